//! What follows the name of a command: taken apart with the places kept, so that an error can point at them.

use std::ops::Range;

use super::GrammarError;
use crate::model::Subject;
use crate::text::Raw;

/// The rest of a line from some place on, without blanks at its ends.
#[derive(Clone, Copy, Debug)]
pub(super) struct Args<'a> {
    pub line: &'a str,
    from: usize,
    to: usize,
}

impl<'a> Args<'a> {
    /// The rest of `line` from `from` on.
    pub fn new(line: &'a str, from: usize) -> Self {
        let rest = &line[from..];
        let from = line.len() - rest.trim_start().len();
        Self { line, from, to: from + line[from..].trim_end().len() }
    }

    /// Its text.
    pub fn text(&self) -> &'a str {
        &self.line[self.from..self.to]
    }

    /// Where it stands.
    pub fn span(&self) -> Range<usize> {
        self.from..self.to
    }

    /// Where a part of the text stands in the line.
    pub fn span_of(&self, part: Range<usize>) -> Range<usize> {
        self.from + part.start..self.from + part.end
    }

    /// Where it begins.
    pub fn begin(&self) -> usize {
        self.from
    }

    /// What is left behind its first `n` bytes.
    pub fn after(&self, n: usize) -> Self {
        Self::new(&self.line[..self.to], self.from + n)
    }

    /// The first word, and what follows it.
    pub fn word(&self) -> (&'a str, Self) {
        let text = self.text();
        let end = text.find(char::is_whitespace).unwrap_or(text.len());
        (&text[..end], self.after(end))
    }

    /// Whether it is the `-` that clears.
    pub fn clears(&self) -> bool {
        self.text() == "-"
    }

    /// An error about all of it.
    pub fn error(&self, message: impl Into<String>, hint: impl Into<String>) -> GrammarError {
        GrammarError::new(self.span(), message, hint)
    }

    /// The text that has to be there; a `\` before it makes it text whatever it looks like.
    pub fn required(&self, what: &str, example: &str) -> Result<Raw, GrammarError> {
        let raw = self.optional();
        raw.ok_or_else(|| self.error(format!("{what} is missing"), format!("for example: {example}")))
    }

    /// The text, where there is any.
    pub fn optional(&self) -> Option<Raw> {
        let raw = Raw::new(unescaped(self.text()));
        (!raw.is_blank()).then_some(raw)
    }
}

/// The text behind a `\`; one with nothing to be seen behind it stands for itself.
pub(super) fn unescaped(text: &str) -> &str {
    let plain = text.strip_prefix('\\').map(str::trim_start);
    plain.filter(|plain| !Raw::new(*plain).is_blank()).unwrap_or(text)
}

/// Takes a text apart into a subject and what is said about it: the subject ends at the first colon that is followed by a
/// blank or the end.
pub(super) fn about(text: &str) -> (Subject, Option<Raw>) {
    let text = unescaped(text);
    let (subject, said) = colon(text).map_or((text, ""), |at| (&text[..at], text[at + 1..].trim()));
    let said = Raw::new(said);
    (Subject::new(subject), (!said.is_blank()).then_some(said))
}

/// The colon that ends a subject: the first one that is followed by a blank or the end.
pub(super) fn colon(text: &str) -> Option<usize> {
    let ends = |at: usize| text[at + 1..].chars().next().is_none_or(char::is_whitespace);
    text.match_indices(':').map(|(at, _)| at).find(|at| ends(*at))
}
