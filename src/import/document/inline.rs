//! The markup within a line: taken off, and where its links point.

use std::sync::LazyLock;

use regex::Regex;

/// A link, an image, or a bare address.
static LINK: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r#"(?x)(?P<image>!?)\[(?P<label>[^\[\]]*)\]\(\s*<?(?P<target>[^\s()<>]*(?:\([^\s()<>]*\)[^\s()<>]*)*)>?(?:\s+(?P<title>"[^"]*"|'[^']*'))?\s*\)
        |<(?P<auto>(?:https?|mailto|ftp):[^\s<>]+)>
        |(?P<bare>https?://[^\s<>\[\]"'`|]+)"#,
    )
    .ok()
});

/// The links of a text: what they are called, where they point, and whether they are images. A bare address is its own name.
pub fn links(text: &str) -> Vec<(String, String, bool)> {
    let mut found = Vec::new();
    let Some(link) = LINK.as_ref() else { return found };
    let mut from = 0;
    while let Some(hit) = link.captures_at(text, from) {
        let whole = hit.get(0).map_or(from..from, |all| all.range());
        if let Some(label) = hit.name("label") {
            let target = hit.name("target").map_or("", |target| target.as_str());
            let image = hit.name("image").is_some_and(|mark| !mark.is_empty());
            if label.as_str().is_empty() || !target.is_empty() {
                found.push((plain(label.as_str()), target.to_owned(), image));
            }
        } else if let Some(address) = hit.name("auto") {
            found.push((address.as_str().to_owned(), address.as_str().to_owned(), false));
        } else if let Some(bare) = hit.name("bare") {
            let address = bare.as_str().trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '*', '_']);
            found.push((address.to_owned(), address.to_owned(), false));
        }
        from = whole.end.max(from + 1);
        if from >= text.len() || !text.is_char_boundary(from) {
            break;
        }
    }
    found
}

/// A text without its markup: bold, italic and code marks go, a link gives its label, an image its alternative text,
/// entities become their characters. Every word of the text stays, but for where links point.
pub fn plain(text: &str) -> String {
    let without_links = match LINK.as_ref() {
        Some(link) if text.contains("](") || text.contains('<') => link
            .replace_all(text, |hit: &regex::Captures<'_>| {
                let named = |name: &str| hit.name(name).map(|m| m.as_str().to_owned());
                named("label").or_else(|| named("auto")).or_else(|| named("bare")).unwrap_or_default()
            })
            .into_owned(),
        _ => text.to_owned(),
    };
    let unmarked = without_marks(&without_links);
    entities(&unmarked).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Takes off `**`, `__`, `~~`, backticks, backslashes before marks, and single `*` and `_` that lean on a word.
fn without_marks(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < chars.len() {
        let char = chars[at];
        let before = at.checked_sub(1).and_then(|at| chars.get(at)).copied();
        match char {
            '\\' if chars.get(at + 1).is_some_and(char::is_ascii_punctuation) => {
                out.push(chars[at + 1]);
                at += 2;
                continue;
            }
            '*' | '_' | '~' | '`' => {
                let run = chars[at..].iter().take_while(|next| **next == char).count();
                let after = chars.get(at + run).copied();
                if !is_mark(char, run, before, after) {
                    out.extend(std::iter::repeat_n(char, run));
                }
                at += run;
                continue;
            }
            _ => out.push(char),
        }
        at += 1;
    }
    out
}

/// Whether a run of marks is markup: not the `_` within a name, the `*` of a product, the `~` of "about".
fn is_mark(char: char, run: usize, before: Option<char>, after: Option<char>) -> bool {
    let word = |char: Option<char>| char.is_some_and(char::is_alphanumeric);
    let blank = |char: Option<char>| char.is_none_or(char::is_whitespace);
    match char {
        '`' => true,
        '~' => run == 2,
        '_' => !((word(before) && word(after)) || (blank(before) && blank(after))),
        _ => run >= 2 || !(blank(before) && blank(after)),
    }
}

/// The entities that people write in Markdown.
fn entities(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let name = rest[1..].bytes().take(9).position(|byte| byte == b';').map(|end| &rest[1..=end]);
        match name.and_then(|name| Some((entity(name)?, name.len() + 2))) {
            Some((char, length)) => {
                out.push(char);
                rest = &rest[length..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

fn entity(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code).filter(|char| !char.is_control());
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" | "lsquo" | "rsquo" => '\'',
        "nbsp" => ' ',
        "ndash" => '–',
        "mdash" => '—',
        "hellip" => '…',
        "ldquo" => '“',
        "rdquo" => '”',
        "rarr" => '→',
        "larr" => '←',
        "bull" => '•',
        "middot" => '·',
        "times" => '×',
        "deg" => '°',
        _ => return None,
    })
}

/// The longest label, in words and in bytes.
const LABEL: (usize, usize) = (7, 64);

/// A label and what it is the label of: `**Impact:** text`, `**Impact**: text`, `Impact: text`, `*Impact* - text`,
/// `**Impact** text`. The rest is as written and may be empty.
pub fn label(text: &str) -> Option<(String, &str)> {
    let text = text.trim();
    if let Some(found) = marked_label(text) {
        return Some(found);
    }
    let end = text.bytes().take(LABEL.1).position(|byte| byte == b':')?;
    let (name, rest) = (&text[..end], &text[end + 1..]);
    // `10:42`, `https://…`, `redis:6379`
    let apart = rest.is_empty() || rest.starts_with(char::is_whitespace) || rest.starts_with(['*', '_', '`']);
    let rest = rest.trim_start_matches(['*', '_', '`']).trim_start();
    (apart && is_label(name)).then(|| (plain(name), rest))
}

fn marked_label(text: &str) -> Option<(String, &str)> {
    let mark = ["***", "**", "__", "*", "_"].into_iter().find(|mark| text.starts_with(mark))?;
    let inner = &text[mark.len()..];
    let end = inner.find(mark)?;
    let (name, rest) = (&inner[..end], &inner[end + mark.len()..]);
    let closed = name.trim_end().ends_with([':', '-', '–', '—']);
    let name = name.trim_end().trim_end_matches([':', '-', '–', '—']);
    let apart = rest.trim_start();
    let after = apart.trim_start_matches([':', '-', '–', '—']);
    let separated =
        closed || after.len() < apart.len() || apart.is_empty() || (mark == "**" && rest.starts_with(' '));
    (separated && is_label(name)).then(|| (plain(name), after.trim_start()))
}

fn is_label(name: &str) -> bool {
    let bare = name.trim();
    !bare.is_empty()
        && bare.len() <= LABEL.1
        && bare.split_whitespace().count() <= LABEL.0
        && bare.chars().any(char::is_alphabetic)
        && !bare.contains(['.', '!', '?', '|', '"', '“'])
}
