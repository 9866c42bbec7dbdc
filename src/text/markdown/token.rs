//! The words of a text that a renderer gives a meaning of its own, whatever is escaped in them: addresses, mentions,
//! references to issues, emoji short codes. Only a code span keeps them literal, as GitHub looks for the last three in
//! the rendered page, where a backslash has gone.

/// How a renderer's addresses begin (the autolinks extension of GitHub's flavour, which knows `ftp` and `xmpp` too).
const LINKS: [&str; 3] = ["http://", "https://", "www."];
const FOREIGN_LINKS: [&str; 2] = ["ftp://", "xmpp:"];
/// What can end an address without belonging to it.
const TRAILING: &[char] =
    &['>', ')', ']', '}', '.', ',', ':', ';', '!', '?', '\'', '"', '*', '_', '~', '\\', '$', '&'];
/// The longest short code GitHub knows has 36 characters, the longest entity of HTML 31.
const LONGEST_NAME: usize = 40;

/// The emoji that GitHub has and Unicode has not.
const HUB_EMOJI: [&str; 23] = [
    "accessibility",
    "atom",
    "basecamp",
    "basecampy",
    "bowtie",
    "copilot",
    "dependabot",
    "electron",
    "feelsgood",
    "finnadie",
    "fishsticks",
    "goberserk",
    "godmode",
    "hurtrealbad",
    "neckbeard",
    "octocat",
    "rage1",
    "rage2",
    "rage3",
    "rage4",
    "shipit",
    "suspect",
    "trollface",
];

/// A word at the start of a text, with its length in bytes.
#[derive(Clone, Copy)]
pub(super) enum Token {
    /// An address that may stand as it is, if nothing in it needs an escape.
    Link(usize),
    /// An address that a renderer should not see.
    Address(usize),
    /// Something to put into a code span whole.
    Name(usize),
}

impl Token {
    /// How much of it goes into a code span: all but the punctuation after an address.
    pub(super) fn code_len(self, text: &str) -> usize {
        match self {
            Self::Name(len) => len,
            Self::Link(len) | Self::Address(len) => text[..len].trim_end_matches(TRAILING).len(),
        }
    }
}

/// Whether a word that [`at`] knows may begin with this byte; with a letter, only where no letter stands before it.
pub(super) fn may_begin(byte: u8) -> bool {
    matches!(
        byte,
        b'@' | b'#' | b':' | b'g' | b'G' | b'h' | b'H' | b'w' | b'W' | b'f' | b'F' | b'x' | b'X' | b'm'
    )
}

/// The word that begins here, after the character `prev`.
pub(super) fn at(prev: Option<char>, text: &str) -> Option<Token> {
    let after_word = prev.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_');
    match text.as_bytes().first()? {
        b'@' if !after_word => mention(text),
        // also after a word: `owner/name#1` is a reference to another repository
        b'#' => number(text, 1),
        b':' => short_code(prev, text),
        b'g' | b'G' if !after_word && begins(text, "gh-") => number(text, 3),
        b'h' | b'H' | b'w' | b'W' | b'f' | b'F' | b'x' | b'X'
            if !prev.is_some_and(|c| c.is_ascii_alphabetic()) =>
        {
            address(text)
        }
        // taken for the end of an address that begins in the word before
        b'm' if prev.is_some_and(|c| matches!(c, '.' | '+' | '-' | '_')) && text.starts_with("mailto:") => {
            Some(Token::Address(text.find([' ', '<', '|', '`']).unwrap_or(text.len())))
        }
        _ => None,
    }
}

/// Whether the text begins with a character reference (`CommonMark`, "Entity and numeric character references"),
/// by its form: a name that no entity has is escaped too.
pub(super) fn entity(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('&') else { return false };
    let name = rest.strip_prefix('#').unwrap_or(rest);
    let len = run(name, |b| b.is_ascii_alphanumeric());
    (1..=LONGEST_NAME).contains(&len) && name[len..].starts_with(';')
}

/// Length of the ASCII characters at the start that pass.
fn run(text: &str, pass: impl Fn(u8) -> bool) -> usize {
    text.bytes().take_while(|&b| pass(b)).count()
}

fn begins(text: &str, with: &str) -> bool {
    text.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with))
}

/// `@name`, with a team after a slash.
fn mention(text: &str) -> Option<Token> {
    let name = |text: &str| run(text, |b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    let first = text.as_bytes().get(1)?;
    let len = 1 + name(&text[1..]);
    let team = text[len..].strip_prefix('/').map_or(0, name);
    first.is_ascii_alphanumeric().then_some(Token::Name(if team > 0 { len + 1 + team } else { len }))
}

/// `#123` or `GH-123`: digits after the first `from` bytes, and no word that goes on behind them.
fn number(text: &str, from: usize) -> Option<Token> {
    let len = from + run(&text[from..], |b| b.is_ascii_digit());
    let rest = &text[len..];
    let ends = !rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_') || address(rest).is_some();
    (len > from && ends).then_some(Token::Name(len))
}

/// `:smile:`. A word of its own between colons may be an emoji that somebody added to their chat; within other words
/// (`std::fmt`, `12:40:33`) only a known one is drawn, wherever it stands (`a:ok:b`).
fn short_code(prev: Option<char>, text: &str) -> Option<Token> {
    let name = &text[1..];
    let len = run(name, |b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'+' | b'-'));
    let (name, rest) = (&name[..len], name[len..].strip_prefix(':')?);
    let alone =
        !prev.is_some_and(|c| c.is_alphanumeric() || c == ':') && !rest.starts_with(char::is_alphanumeric);
    let named = len <= LONGEST_NAME && name.contains(|c: char| c.is_ascii_alphanumeric());
    let known = || HUB_EMOJI.contains(&name) || emojis::get_by_shortcode(name).is_some();
    (named && (alone || known())).then_some(Token::Name(len + 2))
}

/// An address up to the next blank; up to what would have to be escaped in any case, if that comes first.
fn address(text: &str) -> Option<Token> {
    let link = LINKS.iter().any(|start| begins(text, start));
    if !link && !FOREIGN_LINKS.iter().any(|start| begins(text, start)) {
        return None;
    }
    let len = text.find([' ', '<', '|', '`']).unwrap_or(text.len());
    let whole = text[len..].is_empty() || text[len..].starts_with(' ');
    Some(if link && whole { Token::Link(len) } else { Token::Address(len) })
}
