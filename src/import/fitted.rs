//! Changes that fit into a line of the journal: a document may have a line of ten megabytes.

use serde_json::Value;

use crate::log::{Change, LINE_LIMIT};
use crate::text::Raw;

/// The most bytes of a text in one record: written as JSON, a character can take six times its bytes.
const MOST: usize = LINE_LIMIT / 8;

/// How much of a text that is too long stays in its place, in bytes.
const KEPT: usize = 400;

/// Under which heading the whole of such a text stands.
const HEADING: &str = "Too long for its place";

/// The change, or where a text of it is too long, the change with the beginning of that and notes with all of it.
pub(super) fn pieces(change: Change) -> Vec<Change> {
    if let Change::NoteAdded { heading, text } = &change
        && heading.as_typed().len() <= KEPT
    {
        let note = |part: &str| Change::NoteAdded { heading: heading.clone(), text: part.into() };
        return if text.as_typed().len() <= MOST {
            vec![change]
        } else {
            parts(text.as_typed()).map(note).collect()
        };
    }
    let Ok(mut value) = serde_json::to_value(&change) else { return vec![change] };
    let (mut room, mut long) = (MOST, Vec::new());
    cut(&mut value, &mut room, &mut long);
    if long.is_empty() {
        return vec![change];
    }
    let mut pieces: Vec<Change> = serde_json::from_value(value).into_iter().collect();
    let note = |part: &str| Change::NoteAdded { heading: HEADING.into(), text: Raw::new(part) };
    pieces.extend(long.iter().flat_map(|text| parts(text)).map(note));
    pieces
}

/// Cuts the texts that do not fit into the room that is left, and keeps them whole beside.
fn cut(value: &mut Value, room: &mut usize, long: &mut Vec<String>) {
    match value {
        Value::String(text) => {
            if text.len() > *room {
                let kept = start(text, KEPT.min(*room)).to_owned();
                long.push(std::mem::replace(text, if kept.is_empty() { kept } else { kept + " …" }));
            }
            *room = room.saturating_sub(text.len());
        }
        Value::Array(values) => values.iter_mut().for_each(|value| cut(value, room, long)),
        Value::Object(fields) => fields.values_mut().for_each(|value| cut(value, room, long)),
        _ => {}
    }
}

/// The start of a text that has at most so many bytes, and no half of a character.
fn start(text: &str, bytes: usize) -> &str {
    let end = (0..=bytes.min(text.len())).rfind(|end| text.is_char_boundary(*end));
    &text[..end.unwrap_or_default()]
}

/// The text in pieces, each as long as fits.
fn parts(mut text: &str) -> impl Iterator<Item = &str> {
    std::iter::from_fn(move || {
        let (part, rest) = text.split_at(start(text, MOST).len());
        text = rest;
        (!part.is_empty()).then_some(part)
    })
}
