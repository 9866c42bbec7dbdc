//! The timeline as CSV (RFC 4180), a row an entry, for spreadsheets.

use std::collections::HashMap;
use std::io;

use csv::{Terminator, WriterBuilder};
use serde::Serialize;
use serde_json::Value;

use crate::model::{At, Entry, Face, Id, Incident, Subject};
use crate::text::Raw;

/// The columns. `at`, `until` and `logged_at` are RFC 3339 in the incident's zone, as far as they are known; `date` and
/// `time` say `at` once more, in a form that spreadsheets reckon with.
const COLUMNS: [&str; 16] = [
    "at",
    "date",
    "time",
    "until",
    "precision",
    "approximate",
    "logged_at",
    "by",
    "kind",
    "key",
    "struck",
    "tags",
    "people",
    "hypothesis",
    "milestone",
    "text",
];

/// Renders the timeline: all of it, entries that were struck out too, in the order it happened.
///
/// # Errors
/// None that is known: memory takes all that is written.
pub fn render(incident: &Incident) -> io::Result<String> {
    let subjects: HashMap<Id, &Subject> = incident.hypotheses.iter().map(|h| (h.id, &h.subject)).collect();
    table(COLUMNS, incident.timeline.iter().map(|entry| cells(entry, incident, &subjects)))
}

/// A table with these columns; no cell of it is taken for a formula.
///
/// # Errors
/// None that is known: memory takes all that is written.
pub fn table<const N: usize>(
    columns: [&str; N],
    rows: impl IntoIterator<Item = [Raw; N]>,
) -> io::Result<String> {
    let mut out = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
    out.write_record(columns)?;
    for cells in rows {
        out.write_record(cells.iter().map(|cell| cell.for_cell().as_str().to_owned()))?;
    }
    let bytes = out.into_inner().map_err(csv::IntoInnerError::into_error)?;
    String::from_utf8(bytes).map_err(io::Error::other)
}

/// What stands in a row, in the order of the columns.
fn cells(entry: &Entry, incident: &Incident, subjects: &HashMap<Id, &Subject>) -> [Raw; COLUMNS.len()] {
    let (date, time) = local(entry, incident);
    let subject = entry.hypothesis.as_deref().and_then(|id| subjects.get(id));
    [
        Raw::new(zoned(entry.at, incident)),
        Raw::new(date),
        Raw::new(time),
        Raw::new(entry.until.as_ref().map_or(String::new(), |until| zoned(**until, incident))),
        word(entry.precision),
        word(entry.approximate),
        Raw::new(zoned(entry.logged_at.into(), incident)),
        entry.by.clone(),
        word(entry.kind),
        word(entry.key),
        word(entry.struck),
        list(&entry.tags),
        list(&entry.people),
        subject.map_or_else(Raw::default, |subject| subject.raw().clone()),
        Raw::new(entry.milestone.map_or("", |milestone| milestone.word())),
        entry.text.clone(),
    ]
}

/// The date, and the time of day to the second, in the incident's zone; empty where they are not known.
fn local(entry: &Entry, incident: &Incident) -> (String, String) {
    let date = Face::of(incident).date(&entry.at).map_or(String::new(), |date| date.to_string());
    let known = entry.at.instant().map(|instant| incident.zone.at(instant).time()).or(entry.at.time);
    (date, known.map_or(String::new(), |time| time.format("%H:%M:%S").to_string()))
}

/// A point in time with the offset that the incident's zone had then; what is not known of it stays unknown.
fn zoned(at: At, incident: &Incident) -> String {
    at.instant().map_or(at, |instant| At::known(&incident.zone.at(instant))).to_string()
}

/// A value by its name in the incident's JSON.
fn word(value: impl Serialize) -> Raw {
    Raw::new(match serde_json::to_value(value) {
        Ok(Value::String(word)) => word,
        Ok(other) => other.to_string(),
        Err(_) => String::new(),
    })
}

fn list(words: &[Raw]) -> Raw {
    Raw::new(words.iter().map(Raw::as_typed).collect::<Vec<_>>().join(", "))
}
