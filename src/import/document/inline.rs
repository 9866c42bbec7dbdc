//! The markup within a line: taken off, and where its links point.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::emphasis::plain;
use crate::import::pattern;

/// A link, an image, or a bare address.
static LINK: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern::new(
        r#"(?x)(?P<image>!?)\[(?P<label>[^\[\]]*)\]\(\s*<?(?P<target>[^\s()<>]*(?:\([^\s()<>]*\)[^\s()<>]*)*)>?(?:\s+(?P<title>"[^"]*"|'[^']*'))?\s*\)
        |<(?P<auto>(?:https?|mailto|ftp):[^\s<>]+)>
        |(?P<bare>https?://[^\s<>\[\]"'`|]+)"#,
    )
    .ok()
});

/// Where bare addresses stand in a text: nothing in them is emphasis.
pub(super) fn addresses(text: &str) -> Vec<Range<usize>> {
    let Some(link) = LINK.as_ref().filter(|_| text.contains("://")) else { return Vec::new() };
    let bare = link.captures_iter(text).filter_map(|hit| hit.name("bare").map(|bare| bare.range()));
    bare.map(|at| at.start..at.start + address_end(&text[at.clone()])).collect()
}

/// An address ends before the marks of the sentence around it.
fn address_end(text: &str) -> usize {
    text.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '*', '_']).len()
}

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
            let address = &bare.as_str()[..address_end(bare.as_str())];
            found.push((address.to_owned(), address.to_owned(), false));
        }
        from = whole.end.max(from + 1);
        if from >= text.len() || !text.is_char_boundary(from) {
            break;
        }
    }
    found
}

/// The entities that people write in Markdown.
pub(super) fn entities(text: &str) -> String {
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
    let text = unwrapped(text.trim());
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

/// `**Impact: text**` without the marks that are around all of it.
fn unwrapped(text: &str) -> &str {
    let inner = ["***", "**", "__", "*", "_"].iter().find_map(|mark| {
        let inner = text.strip_prefix(mark)?.strip_suffix(mark)?;
        (inner.contains(':') && !inner.contains(['*', '_', '`'])).then_some(inner)
    });
    inner.filter(|inner| !inner.starts_with(' ') && !inner.ends_with([' ', ':'])).unwrap_or(text)
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
