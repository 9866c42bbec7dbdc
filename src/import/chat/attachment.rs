//! What a program attached to a message: the fields that Slack made for it and other chats took over.

use serde_json::Value;

use super::fields::{each, string};

/// A part of a line.
pub(super) enum Piece<'a> {
    /// Text in the mark-up of the chat.
    MarkUp(String),
    /// Text as it is.
    Plain(&'a str),
    /// A link, whose label or target may be empty.
    Link { target: &'a str, label: &'a str },
}

/// Its lines, as they are shown one below the other. `more` are those that stand in fields of one chat alone; what is said for
/// terminals that show no attachments is said only where all else is empty.
pub(super) fn lines(
    attachment: &Value,
    more: impl IntoIterator<Item = String>,
    written: impl Fn(Piece<'_>) -> String,
) -> Vec<String> {
    let mut pieces: Vec<Piece<'_>> = Vec::new();
    let mark_up = |field: &str| string(attachment, field).map(|text| Piece::MarkUp(text.to_owned()));
    pieces.extend(mark_up("pretext"));
    pieces.extend(string(attachment, "author_name").map(Piece::Plain));
    let label = string(attachment, "title").unwrap_or_default();
    let target = string(attachment, "title_link").unwrap_or_default();
    pieces.extend((!label.is_empty() || !target.is_empty()).then_some(Piece::Link { target, label }));
    pieces.extend(mark_up("text"));
    for field in each(attachment, "fields") {
        let pair = [string(field, "title"), string(field, "value")];
        let pair: Vec<&str> = pair.into_iter().flatten().collect();
        pieces.push(Piece::MarkUp(pair.join(": ")));
    }
    let mut lines: Vec<String> = pieces.into_iter().map(&written).chain(more).collect();
    if lines.is_empty() {
        lines.extend(mark_up("fallback").map(written));
    }
    lines
}
