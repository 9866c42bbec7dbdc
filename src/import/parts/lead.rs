//! What leads to a part without being a heading or a label: a question in bold, the words before a row of pictures. And the lists
//! that people put into a block of code.

use std::sync::LazyLock;

use regex::Regex;

use super::{Shape, is_pictured};
use crate::import::document::{Document, Kind};
use crate::import::pattern;
use crate::import::sections::Topic;

/// The longest question, in words.
const LONGEST: usize = 12;

/// The words that open a part, and what follows them: "**What should be better?** Two things. …", "To do 👉 … 👉 …".
pub(super) fn before(shape: &Shape, text: &str) -> Option<(String, String)> {
    asked(text).filter(|_| *shape == Shape::Prose).or_else(|| pictured(text))
}

fn asked(text: &str) -> Option<(String, String)> {
    let (name, rest) = text.strip_prefix("**")?.split_once("**")?;
    let short = name.split_whitespace().count() <= LONGEST;
    (short && name.ends_with('?')).then(|| (name.to_owned(), rest.trim().to_owned()))
}

fn pictured(text: &str) -> Option<(String, String)> {
    let at = text.char_indices().take(80).map(|(at, _)| at).find(|at| is_pictured(&text[*at..]))?;
    let name = text[..at].trim_matches(['*', '_', ' ']);
    let topics = Topic::label(name);
    let to_do = !topics.is_empty() && topics.iter().all(|topic| topic.is_to_do());
    to_do.then(|| (name.to_owned(), text[at..].to_owned()))
}

/// Whether a line of code is a box to be ticked, or an item between others of its kind.
pub(super) fn is_listed(document: &Document, at: usize) -> bool {
    let text =
        |at: usize| document.blocks.get(at).filter(|block| block.kind == Kind::Code).map(|b| b.text.trim());
    let Some(own) = text(at) else { return false };
    let Some(sign) = sign(own) else { return is_box(own) };
    let beside = [at.checked_sub(1), at.checked_add(1)];
    beside
        .into_iter()
        .flatten()
        .filter_map(text)
        .all(|other| other.ends_with(':') || self::sign(other) == Some(sign))
}

/// `[ ] text`
pub(super) fn is_box(text: &str) -> bool {
    let text = text.trim_start_matches(['-', '*', ' ']);
    ["[ ]", "[x]", "[X]", "[]", "☐", "☑"].iter().any(|mark| text.starts_with(mark))
}

/// A line of code without the sign that makes it an item.
pub(super) fn unlisted(text: &str) -> &str {
    match sign(text.trim()) {
        Some('1') => {
            text.trim().trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches(['.', ')', ' '])
        }
        Some(_) => text.trim().trim_start_matches(['-', '*', '+', ' ']),
        None => text,
    }
}

/// The sign of an item; `1` for any number.
fn sign(text: &str) -> Option<char> {
    let first = text.chars().next()?;
    if matches!(first, '-' | '*' | '+') {
        return text[1..].starts_with(' ').then_some(first);
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    ((1..=2).contains(&digits) && (text[digits..].starts_with(". ") || text[digits..].starts_with(") ")))
        .then_some('1')
}

/// Whether a line without a mark begins with the number of a ticket or of a task: "OPS-12 Raise the limit", "Task 2 -> …".
pub(super) fn is_counted(text: &str) -> bool {
    static COUNT: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern::new(r"^[*_]{0,2}(?:[A-Z][A-Z0-9]{1,9}-\d{1,6}[*_]{0,2}(?:\s*[-–—:|])?\s+\w|(?i:task|action|item|ai|todo|to-do|measure|improvement|ticket|step)\s?#?\d{1,2}\s?[*_]{0,2}(?:->|=>|→|[-–—:.)|])[*_]{0,2}\s*\w)").ok()
    });
    COUNT.as_ref().is_some_and(|rule| rule.is_match(text))
}

/// Whether a line says what follows from what: "Depth is not age => alert on age".
pub(super) fn points(text: &str) -> bool {
    [" => ", " -> ", " → ", " --> ", " ==> "].iter().any(|arrow| text.contains(arrow))
}

/// Topics that end what is to be done, where a label opens them.
pub(super) fn is_apart(topics: &[Topic]) -> bool {
    let told = [Topic::Lessons, Topic::WentWell, Topic::WentWrong, Topic::Lucky];
    !topics.is_empty() && topics.iter().all(|topic| told.contains(topic))
}
