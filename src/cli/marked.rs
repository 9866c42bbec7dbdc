//! A text with a mark under the part that is meant.

use std::ops::Range;

use crate::text::Raw;

/// How much of a text is shown, in columns.
const SHOWN: usize = 120;

/// How much of what stands before the part is shown where not all of it can be, in characters.
const LEAD: usize = 40;

/// The text in a row, or of a text of several lines the one with the part in it; below it a mark under the part, which is
/// in bytes. Each row begins with a line break and two blanks; safe for a terminal.
pub(super) fn rows(text: &Raw, span: Option<&Range<usize>>) -> String {
    let whole = text;
    let text = whole.as_typed();
    let span = span.filter(|span| text.get((*span).clone()).is_some());
    let Some(span) = span else {
        return format!("\n  {}", whole.for_term().cut(SHOWN));
    };
    let begin = text[..span.start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[span.start..].find('\n').map_or(text.len(), |at| span.start + at);
    let (line, span) = (&text[begin..end], span.start - begin..span.end.min(end) - begin);
    let width = |part: &str| Raw::new(part).for_term().width();
    let (head, part) = line.split_at(span.start);
    let part = &part[..span.len()];
    let marks = width(part).max(1);
    let from = if width(head) + marks > SHOWN { near(head) } else { 0 };
    let lead = if from > 0 { "…" } else { "" };
    let shown = Raw::new(format!("{lead}{}", &line[from..])).for_term().cut(SHOWN);
    let before = width(lead) + width(&head[from..]);
    let marks = "^".repeat(marks.min(SHOWN.saturating_sub(before).max(1)));
    format!("\n  {shown}\n  {}{marks}", " ".repeat(before))
}

/// Where the last words before the part begin.
fn near(head: &str) -> usize {
    let from = head.char_indices().rev().nth(LEAD).map_or(0, |(at, _)| at);
    let word = head[from..]
        .find(char::is_whitespace)
        .and_then(|at| head[from + at..].find(|c: char| !c.is_whitespace()).map(|blank| from + at + blank));
    word.unwrap_or(from)
}
