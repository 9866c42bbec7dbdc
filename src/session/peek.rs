//! Reading an incident without opening it for changes: `show` and `export` never write anything, and `list` nothing but
//! its index.

use std::path::Path;

use chrono::TimeDelta;

use super::clock::{Clock as _, Wall};
use crate::log::{Change, Fold, Hlc, Ledger, Stamp, Stamped, known};
use crate::model::{Incident, Instant, Writer};
use crate::store::{self, Loaded, StoreError};
use crate::text::Raw;

/// How many people are named of whom something is said.
const NAMED: usize = 3;

/// How far ahead of the wall a record may be stamped before it is said: hosts that share a folder differ by less.
const AHEAD: TimeDelta = TimeDelta::minutes(10);

/// An incident that was only read.
#[derive(Debug)]
pub struct Peeked {
    /// The incident.
    pub incident: Incident,
    /// What was found; safe for a terminal.
    pub notices: Vec<String>,
    /// When the first of it was known.
    pub begins: Option<Instant>,
}

/// Reads an incident, as it stood at `as_of` where that is given.
///
/// # Errors
/// Where the folder holds no incident, or cannot be read.
pub fn peek(folder: &Path, as_of: Option<Instant>) -> Result<Peeked, StoreError> {
    let loaded = store::read(folder)?;
    let read = Read::of(&loaded);
    let mut notices = notices(&loaded, &read.fold, read.lost.len());
    notices.extend(ahead(&read.ledger, Wall.now()));
    let begins = known::times(read.ledger.records()).into_iter().min();
    let fold = match as_of {
        Some(as_of) => Fold::of(&read.ledger.as_of(as_of)),
        None => read.with_lost().fold,
    };
    Ok(Peeked { incident: fold.into_incident(), notices, begins })
}

/// What the files of an incident say.
pub(super) struct Read {
    pub ledger: Ledger,
    pub fold: Fold,
    /// What `incident.json` has and the journal lacks.
    pub lost: Vec<Change>,
}

impl Read {
    pub fn of(loaded: &Loaded) -> Self {
        let mut ledger = Ledger::default();
        ledger.extend(loaded.records.iter().cloned());
        let fold = Fold::of(&ledger);
        let lost = match &loaded.snapshot {
            Some(snapshot) => store::lost(snapshot, &ledger, fold.incident()),
            None => Vec::new(),
        };
        Self { ledger, fold, lost }
    }

    /// With what only `incident.json` has, where nothing is written back: it belongs to the incident all the same.
    pub fn with_lost(self) -> Self {
        if self.lost.is_empty() {
            return self;
        }
        let Self { mut ledger, lost, .. } = self;
        let mut hlc = Hlc::new(Writer::from_bits(0));
        let newest = ledger.records().last().map(|r| r.stamp);
        let now = newest.map_or(Instant::default(), |stamp| stamp.instant());
        hlc.observe_local(newest, now);
        for change in lost {
            let stamp = hlc.stamp(now);
            ledger.insert(Stamped {
                stamp,
                by: Raw::default(),
                from: None,
                wall: None,
                over: None,
                after: None,
                body: change.into(),
            });
        }
        Self { fold: Fold::of(&ledger), ledger, lost: Vec::new() }
    }

    /// All stamps, so that one which no clock made does not hide those before it.
    pub fn stamps(&self) -> impl Iterator<Item = Stamp> {
        self.ledger.records().iter().map(|r| r.stamp)
    }
}

/// What a person has to know about how the incident was found.
pub(super) fn notices(loaded: &Loaded, fold: &Fold, lost: usize) -> Vec<String> {
    let mut notices = loaded.findings.words();
    if loaded.snapshot.as_ref().is_some_and(|snapshot| snapshot.is_of_another(fold.incident())) {
        notices.push(
            "incident.json is another incident's: nothing of it is shown; when this incident is saved it is kept as incident.json.other"
                .into(),
        );
    }
    if lost > 0 {
        let things = if lost == 1 { "thing" } else { "things" };
        notices.push(format!("{lost} {things} came back from incident.json, which the journal lacked; how they came about is gone"));
    }
    if let Some(into) = &fold.incident().merged_into {
        let into = into.for_term();
        notices.push(format!("this incident is part of {into} now: what is added here is not added there"));
    }
    if fold.unknown() > 0 {
        let (count, are) = (fold.unknown(), if fold.unknown() == 1 { "record is" } else { "records are" });
        notices
            .push(format!("{count} {are} from a newer version: kept, not shown; a newer warroom shows all"));
    }
    notices
}

/// Whether a record is stamped so far ahead of the wall that it is told.
pub(super) fn is_ahead(stamp: Stamp, now: Instant) -> bool {
    stamp.instant() > now + AHEAD
}

/// What a person has to know where what is logged here follows a clock of this host that was ahead: order is kept, times are
/// not those that its clock shows now.
pub(super) fn held_ahead(hlc: &Hlc, now: Instant) -> Option<String> {
    let next = hlc.clone().stamp(now);
    is_ahead(next, now).then(|| {
        let at = next.instant().format("%Y-%m-%d %H:%M UTC");
        format!(
            "what is logged here now gets the time {at}, where the clock of this host stood before: begin a line with its time, as in \
             `10:42 text`, to give the right one"
        )
    })
}

/// What a person has to know of records from the future.
pub(super) fn ahead(ledger: &Ledger, now: Instant) -> Option<String> {
    let from_now_on = ledger.records().partition_point(|r| !is_ahead(r.stamp, now));
    let ahead = ledger.records().len() - from_now_on;
    let newest = ledger.records()[from_now_on..].last()?.stamp.instant();
    let are = if ahead == 1 { "record is" } else { "records are" };
    let mut by: Vec<String> = Vec::new();
    for record in &ledger.records()[from_now_on..] {
        let name = record.by.for_term().to_string();
        if !by.contains(&name) {
            by.push(name);
        }
    }
    let by = if by.len() > NAMED { format!("{} people", by.len()) } else { by.join(", ") };
    let newest = newest.format("%Y-%m-%d %H:%M UTC");
    Some(format!(
        "{ahead} {are} stamped later than this clock shows, up to {newest} (by {by}): a clock is or was wrong; what is said after them counts all the same"
    ))
}
