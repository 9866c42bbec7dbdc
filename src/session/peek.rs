//! Reading an incident without opening it for changes: `show`, `list` and `export` never write anything.

use std::path::Path;

use crate::log::{Body, Change, Fold, Hlc, Ledger, Record, Stamp};
use crate::model::{Incident, Instant, Writer};
use crate::store::{self, Loaded, StoreError};
use crate::text::Raw;

/// An incident that was only read.
#[derive(Debug)]
pub struct Peeked {
    /// The incident.
    pub incident: Incident,
    /// What was found; safe for a terminal.
    pub notices: Vec<String>,
}

/// Reads an incident, as it stood at `as_of` where that is given.
///
/// # Errors
/// Where the folder holds no incident, or cannot be read.
pub fn peek(folder: &Path, as_of: Option<Instant>) -> Result<Peeked, StoreError> {
    let loaded = store::read(folder)?;
    let read = Read::of(&loaded);
    let notices = notices(&loaded, &read.fold, read.lost.len());
    if let Some(as_of) = as_of {
        return Ok(Peeked { incident: Fold::of(&read.ledger.as_of(as_of)).incident().clone(), notices });
    }
    if read.lost.is_empty() {
        return Ok(Peeked { incident: read.fold.incident().clone(), notices });
    }
    Ok(Peeked { incident: Fold::of(&read.whole()).incident().clone(), notices })
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

    /// The records, with what only `incident.json` has: it belongs to the incident, though nothing is written back.
    pub fn whole(self) -> Ledger {
        let newest = self.newest();
        let Self { mut ledger, lost, .. } = self;
        let mut hlc = Hlc::new(Writer::from_bits(0));
        let now = newest.map_or(Instant::default(), |s| s.instant());
        hlc.observe_local(newest, now);
        for change in lost {
            let stamp = hlc.stamp(now);
            ledger.insert(Record { stamp, by: Raw::default(), wall: None, body: Body::Known(change) });
        }
        ledger
    }

    pub fn newest(&self) -> Option<Stamp> {
        self.ledger.records().last().map(|r| r.stamp)
    }
}

/// What a person has to know about how the incident was found.
pub(super) fn notices(loaded: &Loaded, fold: &Fold, lost: usize) -> Vec<String> {
    let mut notices = loaded.findings.words();
    if lost > 0 {
        notices.push(format!("{lost} things came back from incident.json because the journal lacked them; how they came about is gone"));
    }
    if fold.unknown() > 0 {
        notices.push(format!("{} records are from a newer version: kept, not shown", fold.unknown()));
    }
    notices
}
