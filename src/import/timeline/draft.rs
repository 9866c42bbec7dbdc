//! A row as it was found, before the document as a whole says which instant its time is.

use super::Named;
use crate::import::clock::{self, Date, Expression, ZoneWord};
use crate::import::document::{Block, plain, plain_from, plain_within};

/// A row before its time is settled.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    /// Its first block.
    pub block: usize,
    /// Its last block.
    pub last: usize,
    /// The line it begins on.
    pub line: u32,
    /// How many items it stands under.
    pub depth: u8,
    /// Its time as written.
    pub expression: Expression,
    /// The words of the time.
    pub written: String,
    /// Its text so far.
    pub text: String,
    /// The date of the heading or the cell that it stands under.
    pub day: Option<Date>,
    /// The number of the day that it stands under: "Day 2".
    pub nth: Option<i64>,
    /// The zone of the column or the heading that it stands under.
    pub zone: Option<ZoneWord>,
    /// Nothing but a label stands beside the time.
    pub bare: bool,
    /// The words in the place of its time are none: "Morning".
    pub untimed: bool,
    /// The milestone that its cell in a column of kinds names.
    pub named: Option<Named>,
}

impl Draft {
    /// A row that begins in a block.
    pub fn of(at: usize, block: &Block, expression: Expression, text: String) -> Self {
        let written = plain(block.text.get(expression.span.clone()).unwrap_or_default());
        Self {
            block: at,
            last: at,
            line: block.line,
            depth: block.depth,
            expression,
            written,
            text,
            day: None,
            nth: None,
            zone: None,
            bare: false,
            untimed: false,
            named: None,
        }
    }

    /// Adds what stands under it.
    pub fn append(&mut self, at: usize, text: &str, separator: &str) {
        let text = plain(text);
        if !text.is_empty() {
            if !self.text.is_empty() {
                self.text.push_str(separator);
            }
            self.text.push_str(&text);
        }
        self.last = at;
    }
    /// Adds a line of code that stands under it, as it is.
    pub fn show(&mut self, at: usize, code: &str) {
        self.text.push('\n');
        self.text.push_str(code);
        self.last = at;
    }
}

/// The longest label before a time, in words and in bytes.
const LABEL: (usize, usize) = (8, 90);

/// What a text with a time within it says: the label before the time, the time, what follows.
pub(super) struct Labelled {
    pub label: String,
    pub expression: Expression,
    pub rest: String,
}

/// `Detection: 10:30 AM – text`, `**Detection (Nov 10, 8 PM)**: text`, `Alert fired at 10:30`, `Alert fired (10:30 UTC)`.
pub(super) fn labelled(text: &str) -> Option<Labelled> {
    // A label is short: a time further in is one within a sentence.
    let end = text.char_indices().nth(LABEL.1 + 60).map_or(text.len(), |(at, _)| at);
    let expression =
        clock::inside(&text[..end]).into_iter().find(|found| found.is_timed() && !found.is_doubtful())?;
    let before = text[..expression.span.start].trim_end();
    let label = plain_within(text, 0..before.len());
    if label.len() > LABEL.1
        || label.split_whitespace().count() > LABEL.0
        || !label.contains(char::is_alphabetic)
    {
        return None;
    }
    let before = before.trim_end_matches(['*', '_', '`', ' ']);
    let after = text[expression.span.end..]
        .trim_start_matches(|char: char| !char.is_alphanumeric() && !"\"'“‘[<$#@!+".contains(char));
    let signed = before.ends_with(['(', '[', ':', '-', '–', '—', '|', ',', '@', '~', '=', '→']);
    let lower = label.to_lowercase();
    let led = ["at", "on", "by", "around", "about", "from", "approximately"]
        .iter()
        .any(|word| lower.strip_suffix(word).is_some_and(|rest| rest.ends_with(' ')));
    let rest = plain_from(text, text.len() - after.len());
    if !(signed || (led && rest.is_empty())) {
        return None;
    }
    let label = label.trim_end_matches(|char: char| !char.is_alphanumeric() && !")\"'”’!?%".contains(char));
    let label = if led { label.rsplit_once(' ').map_or(label, |(head, _)| head) } else { label };
    Some(Labelled { label: label.trim().to_owned(), expression, rest })
}
