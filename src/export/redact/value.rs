//! What a value has to look like to be a secret, and no word of a sentence.

/// Words that stand where a password would, and are none.
const WORDS: &[&str] = &[
    "accepted",
    "auth",
    "bcrypt",
    "blank",
    "changed",
    "correct",
    "default",
    "denied",
    "disabled",
    "empty",
    "enabled",
    "error",
    "expired",
    "failed",
    "failure",
    "false",
    "filtered",
    "hidden",
    "incorrect",
    "invalid",
    "locked",
    "login",
    "masked",
    "mismatch",
    "missing",
    "needed",
    "none",
    "null",
    "optional",
    "pass",
    "passwd",
    "password",
    "plain",
    "policy",
    "prompt",
    "redacted",
    "rejected",
    "removed",
    "required",
    "reset",
    "rotated",
    "secret",
    "stdin",
    "string",
    "text",
    "token",
    "true",
    "unchanged",
    "undefined",
    "unknown",
    "unset",
    "user",
    "value",
    "vault",
    "wrong",
];

/// The shortest run of letters and digits behind a telling name that is no name itself.
const SHORTEST_JUMBLED: usize = 10;
/// The longest run of letters and digits that a name has, and a random one goes beyond.
const LONGEST_NAME: usize = 15;

/// The shape is proof enough.
pub(super) fn any(_: &str) -> bool {
    true
}

/// Letters and digits.
pub(super) fn mixed(value: &str) -> bool {
    value.contains(|c: char| c.is_ascii_digit()) && value.contains(char::is_alphabetic) && shown(value)
}

/// Long, and of three kinds of characters at least.
pub(super) fn strong(value: &str) -> bool {
    let kinds: [fn(char) -> bool; 4] = [
        |c| c.is_lowercase(),
        |c| c.is_uppercase(),
        |c| c.is_ascii_digit(),
        |c| c.is_ascii_punctuation() && !matches!(c, '-' | '_' | '.' | '/' | ':'),
    ];
    value.len() >= 8 && kinds.iter().filter(|kind| value.contains(**kind)).count() >= 3 && shown(value)
}

/// A run of letters and digits in which both stand, too long for a version or the name of a host.
pub(super) fn jumbled(value: &str) -> bool {
    let mut runs = value.split(|c: char| !c.is_ascii_alphanumeric());
    shown(value) && runs.any(|run| run.len() >= SHORTEST_JUMBLED && mixed(run))
}

/// [`strong`], and no adjective as prose makes them: "SHA256-hashed".
pub(super) fn said(value: &str) -> bool {
    let adjective = value
        .rsplit_once('-')
        .is_some_and(|(_, last)| last.trim_end_matches(['.', ',']).chars().all(|c| c.is_ascii_lowercase()));
    strong(value) && !adjective
}

/// [`shown`], and no port or pair of ports: `-p3306`, `-p3306:3306`.
pub(super) fn no_port(value: &str) -> bool {
    let digits = |c: char| c.is_ascii_digit() || matches!(c, ':' | '/' | '.' | '-');
    let short = value.len() <= 5 || value.contains([':', '/']);
    shown(value) && !(short && value.trim_end_matches("tcp").trim_end_matches("udp").chars().all(digits))
}

/// [`mixed`] and [`no_port`].
pub(super) fn mixed_no_port(value: &str) -> bool {
    mixed(value) && no_port(value)
}

/// Passwords that programs come with, which are also their names.
const DEFAULTS: &[&str] = &["administrator", "changeme", "postgres", "postgresql", "rabbitmq", "wordpress"];
/// Shorter strings are not looked for elsewhere: a part of any word.
const SHORTEST_ELSEWHERE: usize = 6;
/// Of so many letters and nothing else most are words.
const LETTERS_ELSEWHERE: usize = 8;

/// Whether what was found to be a secret in one place is one wherever it stands. A word is none: with `redis://app:master@…`
/// nothing else that is called master would be left in the report.
pub(super) fn is_secret_elsewhere(value: &str) -> bool {
    let small = value.to_lowercase();
    let known = |list: &[&str]| list.contains(&small.as_str());
    let letters = value.chars().all(char::is_alphabetic);
    let length = value.chars().count();
    length >= SHORTEST_ELSEWHERE
        && !(letters && (length < LETTERS_ELSEWHERE || known(WORDS) || known(DEFAULTS)))
        && !stands_in(value)
}

/// What no person would say: a UUID, or a long run of letters and digits.
pub(super) fn random(value: &str) -> bool {
    let uuid = value.len() == 36
        && value
            .chars()
            .enumerate()
            .all(|(at, c)| if matches!(at, 8 | 13 | 18 | 23) { c == '-' } else { c.is_ascii_hexdigit() });
    let mut runs = value.split(|c: char| !c.is_ascii_alphanumeric());
    uuid || runs.any(|run| run.len() > LONGEST_NAME && mixed(run))
}

/// Encoded: a digit in it, or a capital after a small letter.
pub(super) fn opaque(value: &str) -> bool {
    let bytes = value.as_bytes();
    bytes.iter().any(u8::is_ascii_digit)
        || bytes.windows(2).any(|two| two[0].is_ascii_lowercase() && two[1].is_ascii_uppercase())
}

/// A value that is there to be read: no word such as "expired", and [`literal`].
pub(super) fn shown(value: &str) -> bool {
    let word = value.trim_end_matches([',', '.', ';', ':', ')', '!', '?']).to_ascii_lowercase();
    !WORDS.contains(&word.as_str()) && literal(value)
}

/// No name of a variable, no path, no call.
pub(super) fn literal(value: &str) -> bool {
    let is_name =
        |text: &str| text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-'));
    let is_function = |text: &str| text.chars().all(|c| c.is_ascii_alphabetic() || matches!(c, '_' | '.'));
    let variable = value.strip_prefix('$').is_some_and(|rest| rest.starts_with(['{', '(']) || is_name(rest))
        || value
            .strip_prefix('{')
            .is_some_and(|rest| rest.starts_with('{') || is_name(rest.trim_end_matches('}')))
        || value.starts_with('%') && (value.len() <= 3 || value.ends_with('%') || value.starts_with("%{"));
    let path = value.contains('/') && {
        let rest = value.trim_start_matches(['~', '.']);
        rest.starts_with('/') && rest.split('/').all(is_name)
    };
    let call = value.split_once(['(', '[']).is_some_and(|(name, rest)| {
        !name.is_empty() && is_function(name) && (rest.is_empty() || rest.ends_with([')', ']']))
    });
    !(variable || path || call)
}

/// What stands for a secret without being one: masked, or out of somebody's manual.
pub(super) fn stands_in(value: &str) -> bool {
    let once = |mark: char| !value.is_empty() && value.chars().all(|c| c == mark);
    ['x', 'X', '.', '•', '…', '#', '?', '_', '-'].into_iter().any(once)
        || value.contains("***")
        || value.starts_with('[') && value.ends_with(']')
        || value.len() <= 64 && value.contains("EXAMPLE")
}
