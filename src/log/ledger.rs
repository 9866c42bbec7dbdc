//! The ledger: a grow-only set of records in the order of their stamps. Merging is set union, from any source, in any
//! order, any number of times.

use super::{Record, Stamp};

/// The records of one incident, each once, in order.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    records: Vec<Record>,
}

/// What became of a record that was inserted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Inserted {
    /// It is the newest.
    Last,
    /// It stands before others.
    Among,
    /// It was there already.
    Known,
    /// Another one with its stamp was there already, and was kept.
    Conflict,
}

impl Ledger {
    /// Adds a record.
    pub fn insert(&mut self, record: Record) -> Inserted {
        if self.records.last().is_none_or(|last| last.stamp < record.stamp) {
            self.records.push(record);
            return Inserted::Last;
        }
        match self.records.binary_search_by_key(&record.stamp, |r| r.stamp) {
            Ok(at) if self.records[at] == record => Inserted::Known,
            Ok(_) => Inserted::Conflict,
            Err(at) => {
                self.records.insert(at, record);
                Inserted::Among
            }
        }
    }

    /// Adds many, in one sort: far faster than one by one where they come out of order. Returns how many conflicts.
    pub fn extend(&mut self, records: impl IntoIterator<Item = Record>) -> usize {
        let known = self.records.len();
        let mut sorted = true;
        for record in records {
            sorted &= self.records.last().is_none_or(|last| last.stamp < record.stamp);
            self.records.push(record);
        }
        if sorted {
            return 0;
        }
        // Stable: of two with one stamp the first that was read comes first, and is kept.
        self.records.sort_by_key(|r| r.stamp);
        let before = self.records.len();
        let mut conflicts = 0;
        self.records.dedup_by(|later, first| {
            let same = later.stamp == first.stamp;
            conflicts += usize::from(same && later != first);
            same
        });
        debug_assert!(self.records.len() >= known.min(before));
        conflicts
    }

    /// The record with this stamp.
    pub fn get(&self, stamp: Stamp) -> Option<&Record> {
        self.records.binary_search_by_key(&stamp, |r| r.stamp).ok().map(|at| &self.records[at])
    }

    /// All records, in order.
    pub fn records(&self) -> &[Record] {
        &self.records
    }

    /// The records stamped up to an instant: what was known then.
    #[must_use]
    pub fn as_of(&self, instant: crate::model::Instant) -> Self {
        let ms = super::hlc::millis(instant);
        Self { records: self.records.iter().filter(|r| r.stamp.ms <= ms).cloned().collect() }
    }
}
