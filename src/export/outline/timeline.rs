//! The timeline of the report.

use chrono::NaiveDate;

use super::{Block, Item, Section, Span};
use crate::hands::in_parts;
use crate::model::{Entry, EntryKind, Face, Incident, MilestoneKind};

/// So many rows are made in one go.
const PART: usize = 256;

/// The most spans that a row has.
const LONGEST_ROW: usize = 7;

/// Tells what happened, in order, in the incident's zone and clock style. Struck entries, and milestones that were set
/// anew or cleared later, are no part of the story.
pub(super) fn section(incident: &Incident) -> Section {
    Section { heading: "Timeline", blocks: days(incident, &told(incident)) }
}

/// The entries that are part of the story.
pub(in crate::export) fn told(incident: &Incident) -> Vec<&Entry> {
    incident.timeline.iter().filter(|e| is_told(e, incident)).collect()
}

/// The same incident, of which the report tells what machines told, too.
pub fn with_machines(incident: &Incident) -> Incident {
    let mut incident = incident.clone();
    let (zone, clock) = (incident.zone.clone(), incident.clock);
    let face = Face::new(&zone, clock);
    incident.timeline.replace(|_, entry| {
        let text = entry.with_state(&face);
        let told = || Entry { kind: EntryKind::Note, machine: None, text, ..entry.clone() };
        entry.kind.is_machine().then(told)
    });
    incident
}

/// The short story: the key entries; where there are none, the milestones.
pub(in crate::export) fn key(incident: &Incident) -> Vec<&Entry> {
    let told = told(incident);
    let starred: Vec<_> = told.iter().copied().filter(|e| e.key).collect();
    if starred.is_empty() {
        told.into_iter().filter(|e| e.kind == EntryKind::Milestone).collect()
    } else {
        starred
    }
}

/// The rows, parted by day where there is more than one, or where no milestone tells which day it was.
pub(super) fn days(incident: &Incident, told: &[&Entry]) -> Vec<Block> {
    let by_several = told.windows(2).any(|two| two[0].by != two[1].by);
    let parts: Vec<&[&Entry]> = told.chunks(PART).collect();
    let told: Vec<_> =
        in_parts(&parts, |part| dated_rows(incident, part, by_several)).into_iter().flatten().collect();
    let on_several_days = told.windows(2).any(|two| two[0].0 != two[1].0);
    let mut blocks = Vec::new();
    let mut rows: Vec<Item> = Vec::new();
    let mut day = None;
    for (date, row) in told {
        if day != Some(date) && (on_several_days || !is_dated(incident, date)) {
            if !rows.is_empty() {
                blocks.push(Block::Bullets(std::mem::take(&mut rows)));
            }
            blocks.push(Block::Day(day_name(date)));
            day = Some(date);
        }
        rows.push(row);
    }
    if !rows.is_empty() {
        blocks.push(Block::Bullets(rows));
    }
    if blocks.is_empty() {
        blocks.push(Block::Paragraph(vec![Span::ours("No entries yet.")]));
    }
    blocks
}

/// A row for each entry, with its day.
fn dated_rows(incident: &Incident, told: &[&Entry], by_several: bool) -> Vec<(Option<NaiveDate>, Item)> {
    let face = Face::of(incident);
    let [dash, star, open, close] = [" — ", "★ ", " (", ")"].map(Span::ours);
    let row = |entry: &&Entry| {
        let mut words = Vec::with_capacity(LONGEST_ROW);
        words.extend([Span::ours(face.labelled(&entry.moment())).strong(), dash.clone()]);
        words.extend(entry.key.then(|| star.clone()));
        words.push(Span::typed(&entry.with_state(&face)));
        if by_several {
            words.extend([open.clone(), Span::typed(&entry.by), close.clone()]);
        }
        (face.date(&entry.at), Item::from(words))
    };
    told.iter().map(row).collect()
}

/// Whether the milestones tell the day: they were all met on it.
fn is_dated(incident: &Incident, day: Option<NaiveDate>) -> bool {
    let face = Face::of(incident);
    let mut met = MilestoneKind::ALL.iter().filter_map(|kind| incident.milestones.get(*kind)).peekable();
    met.peek().is_some() && met.all(|milestone| face.date(&milestone.at) == day)
}

/// `2024-08-10, Saturday`.
pub(in crate::export) fn day_name(date: Option<NaiveDate>) -> String {
    date.map_or_else(|| "no date".into(), |d| d.format("%Y-%m-%d, %A").to_string())
}

/// Whether an entry is part of the story. Of what machines told only what a person has marked is.
pub(in crate::export) fn is_told(entry: &Entry, incident: &Incident) -> bool {
    if entry.kind.is_machine() && !entry.key {
        return false;
    }
    let stands = match (entry.kind, entry.milestone) {
        (EntryKind::Milestone, Some(kind)) => incident.milestones.get(kind).is_some_and(|m| m.at == entry.at),
        _ => true,
    };
    stands && !entry.struck
}
