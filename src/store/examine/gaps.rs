//! Gaps in the numbers of each writer: where one is missing, a record is.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use crate::log::{Change, Record, Restored, Stamp};
use crate::model::{Instant, Writer};
use crate::text::Raw;

/// Records of one writer that follow on each other and are missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// Whose they are.
    pub writer: Writer,
    /// Who made changes there, where any record of that writer is left.
    pub by: Option<Raw>,
    /// Their numbers.
    pub missing: RangeInclusive<u64>,
    /// When the one before them was stamped.
    pub after: Option<Instant>,
    /// When the one behind them was stamped.
    pub before: Option<Instant>,
}

impl Gap {
    /// How many records are missing.
    pub fn count(&self) -> u64 {
        (self.missing.end() - self.missing.start()).saturating_add(1)
    }
}

/// The stamps that are known to be gone and yet are no loss: what came back from `incident.json` under its own id, and what
/// was purged.
pub fn gone(records: &[Record]) -> BTreeSet<Stamp> {
    let of = |change: &Change| match change {
        Change::Restored(Restored::Entry(entry)) => vec![entry.id],
        Change::Restored(Restored::Hypothesis(hypothesis)) => vec![hypothesis.id],
        Change::Restored(Restored::Action(action)) => vec![action.id],
        Change::Purged { records, .. } => records.clone(),
        _ => Vec::new(),
    };
    records.iter().filter_map(Record::change).flat_map(of).collect()
}

/// The gaps in the numbers of each writer. `gone` are stamps that nobody misses, and `seen` is the highest number of each
/// writer that was ever there, as far as is known: it tells what is missing at the end.
pub fn gaps(records: &[Record], gone: &BTreeSet<Stamp>, seen: &BTreeMap<Writer, u64>) -> Vec<Gap> {
    let mut writers: BTreeMap<Writer, Vec<&Record>> = seen.keys().map(|w| (*w, Vec::new())).collect();
    for record in records {
        writers.entry(record.stamp.writer).or_default().push(record);
    }
    let mut gaps = Vec::new();
    for (writer, mut records) in writers {
        records.sort_by_key(|record| record.stamp.n);
        let gone: BTreeSet<u64> = gone.iter().filter(|s| s.writer == writer).map(|s| s.n).collect();
        let by = records.first().map(|record| record.by.clone());
        let mut last: Option<&Record> = None;
        for record in &records {
            let range = last.map_or(1, |last| last.stamp.n.saturating_add(1))..record.stamp.n;
            for missing in without(range, &gone) {
                let (after, before) = (last.map(|r| r.stamp.instant()), Some(record.stamp.instant()));
                gaps.push(Gap { writer, by: by.clone(), missing, after, before });
            }
            last = Some(record);
        }
        let end = seen.get(&writer).map_or(0, |n| n.saturating_add(1));
        for missing in without(last.map_or(1, |last| last.stamp.n.saturating_add(1))..end, &gone) {
            let after = last.map(|record| record.stamp.instant());
            gaps.push(Gap { writer, by: by.clone(), missing, after, before: None });
        }
    }
    gaps
}

/// The parts of a range that lie between these numbers.
fn without(range: std::ops::Range<u64>, gone: &BTreeSet<u64>) -> Vec<RangeInclusive<u64>> {
    if range.is_empty() {
        return Vec::new();
    }
    let mut parts = Vec::new();
    let mut begin = range.start;
    for n in gone.range(range.clone()) {
        if begin < *n {
            parts.push(begin..=n - 1);
        }
        begin = n + 1;
    }
    if begin < range.end {
        parts.push(begin..=range.end - 1);
    }
    parts
}
