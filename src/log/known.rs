//! When each record was known: by this an incident is seen as it stood at an earlier time, by `show --as-of` and in the
//! replay alike.
//!
//! What somebody logged was known when it was logged, whatever time it tells of. What was imported is stamped all at once,
//! long after: of that the time counts which the document gives, for all that one of its lines says the time of the entry
//! there, and where it gives none the time of the import (causes, lessons, actions: they were written down afterwards).
//! What the incident is called, and how its times are shown, is known from the beginning.

use super::{Change, List, Record, Restored};
use crate::model::{At, Instant, Source, Zone};

/// When each of these records was known; they are all of an incident's, in their order.
pub fn times(records: &[Record]) -> Vec<Instant> {
    let zone = zone_of(records);
    let mut line = None;
    let known: Vec<Option<Instant>> = records.iter().map(|record| known(record, &zone, &mut line)).collect();
    // Of what was imported the stamps come long after; of all else none comes before that of the beginning.
    let stamps = records.iter().map(|record| record.stamp.instant());
    let first = known.iter().flatten().copied().chain(stamps).min();
    known.into_iter().map(|at| at.or(first).unwrap_or_default()).collect()
}

/// When a record was known; none: from the beginning. `line` is that of the imported entry before it, and when that was known.
fn known<'a>(record: &'a Record, zone: &Zone, line: &mut Option<(&'a Source, Instant)>) -> Option<Instant> {
    let stamped = record.stamp.instant();
    let Some(change) = record.change() else { return Some(stamped) };
    match change {
        Change::IncidentCreated { .. } => return None,
        Change::Restored(Restored::Entry(entry)) | Change::Joined { what: Restored::Entry(entry), .. } => {
            return Some(entry.known_at());
        }
        _ => {}
    }
    let Some(from) = &record.from else { return Some(stamped) };
    let said = change.when().map(|when| told(&when.at, zone).unwrap_or(stamped));
    if matches!(change, Change::EntryAdded { .. }) {
        let at = said.unwrap_or(stamped);
        *line = from.is_a_place().then_some((from, at));
        return Some(at);
    }
    let beside = line.filter(|(source, _)| *source == from).map(|(_, at)| at);
    match beside.or(said) {
        None if is_ground(change) => None,
        known => Some(known.unwrap_or(stamped)),
    }
}

/// About when a document says that something happened; of what it does not say the first counts, as on the timeline.
fn told(at: &At, zone: &Zone) -> Option<Instant> {
    at.about(zone).or_else(|| Instant::from_timestamp_millis(at.sort_key()))
}

/// The zone of times without one, as it was set last.
fn zone_of(records: &[Record]) -> Zone {
    let zones = records.iter().rev().filter_map(|record| match record.change()? {
        Change::ZoneSet { zone } | Change::IncidentCreated { zone, .. } => Some(zone.clone()),
        _ => None,
    });
    zones.into_iter().next().unwrap_or_default()
}

/// Whether it says what the incident is, not what happened in it.
fn is_ground(change: &Change) -> bool {
    matches!(
        change,
        Change::Imported(_)
            | Change::TitleSet { .. }
            | Change::ZoneSet { .. }
            | Change::ClockSet { .. }
            | Change::SeveritySet { .. }
            | Change::ItemAdded { list: List::Services, .. }
    )
}
