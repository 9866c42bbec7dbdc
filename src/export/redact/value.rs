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
