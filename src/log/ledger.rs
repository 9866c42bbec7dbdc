//! The ledger: a grow-only set of records, kept by their stamps. Merging is set union, from any source, in any
//! order, any number of times.
//!
//! What was said counts in the order of the stamps, but for what was said in answer to a host that is far ahead: no clock
//! follows that one, so the answer is stamped before what it answers, and tells after what it was said
//! ([`Stamped::after`](super::Stamped::after)).
//!
//! Tombstones ([`Change::Purged`]) are records of the set like all others. What they name is left
//! out of it, whichever of the two comes first, so that merging stays a union. A tombstone from a hostile replica can
//! take away whatever it names, as a hostile undo can, but for the record that founded the incident and other tombstones;
//! and unlike an undo nothing brings that back but a copy of the folder. Who may write into an incident is trusted so far.

use std::collections::{BTreeSet, HashSet};

use super::{Change, Order, Record, Stamp, known};

/// The records of one incident, each once.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    records: Vec<Record>,
    /// What tombstones name.
    purged: HashSet<Stamp>,
    /// The records that take another one back or let it count again: few, and asked for with every change.
    retractions: BTreeSet<Order>,
    /// The last place in the order that any record has had.
    last: Option<Order>,
    /// Some record counts as said after one that is stamped later.
    reordered: bool,
}

/// What became of a record that was inserted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Inserted {
    /// It is the last in order.
    Last,
    /// It comes before others.
    Among,
    /// It was there already, or a tombstone has taken it away.
    Known,
    /// Another one with its stamp was there already, and was kept.
    Conflict,
}

impl Ledger {
    /// Adds a record. A tombstone takes away what it names.
    pub fn insert(&mut self, record: impl Into<Record>) -> Inserted {
        let record = record.into();
        if self.is_gone(&record) {
            return Inserted::Known;
        }
        let named = names_of(&record);
        let inserted = self.put(record);
        if matches!(inserted, Inserted::Last | Inserted::Among) && !named.is_empty() {
            self.purged.extend(named);
            self.drop_gone();
        }
        inserted
    }

    fn put(&mut self, record: Record) -> Inserted {
        let place = match self.records.last() {
            Some(last) if last.stamp >= record.stamp => {
                self.records.binary_search_by_key(&record.stamp, |r| r.stamp)
            }
            _ => Err(self.records.len()),
        };
        let at = match place {
            Ok(at) if self.records[at] == record => return Inserted::Known,
            Ok(_) => return Inserted::Conflict,
            Err(at) => at,
        };
        if is_retraction(&record) {
            self.retractions.insert(record.order());
        }
        let is_last = self.last.is_none_or(|last| last < record.order());
        self.note_order(&record);
        self.records.insert(at, record);
        if is_last { Inserted::Last } else { Inserted::Among }
    }

    fn note_order(&mut self, record: &Record) {
        self.last = self.last.max(Some(record.order()));
        self.reordered |= record.order().1;
    }

    /// Adds many, in one sort: far faster than one by one where they come out of order. Returns how many conflicts.
    pub fn extend(&mut self, records: impl IntoIterator<Item = Record>) -> usize {
        let known = self.records.len();
        let mut sorted = true;
        for record in records {
            sorted &= self.records.last().is_none_or(|last| last.stamp < record.stamp);
            self.note_order(&record);
            self.records.push(record);
        }
        let conflicts = if sorted { 0 } else { self.sort(known) };
        // Only tombstones that were kept count: of two records with one stamp the first does.
        let named: Vec<Stamp> = self.records.iter().flat_map(names_of).collect();
        self.purged.extend(named);
        self.drop_gone();
        self.retractions = self.records.iter().filter(|r| is_retraction(r)).map(|r| r.order()).collect();
        conflicts
    }

    fn sort(&mut self, known: usize) -> usize {
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

    fn drop_gone(&mut self) {
        if !self.purged.is_empty() {
            let mut all = std::mem::take(&mut self.records);
            all.retain(|record| !self.is_gone(record));
            self.records = all;
            self.retractions.retain(|(_, _, stamp)| !self.purged.contains(stamp));
        }
    }

    /// Whether a tombstone has taken a record away, by its stamp or by what it tells the words of again.
    pub fn is_gone(&self, record: &Record) -> bool {
        if self.purged.is_empty() {
            return false;
        }
        match record.change() {
            Some(change) if !change.may_be_purged() => false,
            Some(change) => {
                self.is_purged(record.stamp) || change.retells().is_some_and(|of| self.is_purged(of))
            }
            None => self.is_purged(record.stamp),
        }
    }

    /// Whether a tombstone names this stamp.
    pub fn is_purged(&self, stamp: Stamp) -> bool {
        self.purged.contains(&stamp)
    }

    /// What tombstones name, in no order.
    pub fn purged(&self) -> &HashSet<Stamp> {
        &self.purged
    }

    /// The record with this stamp.
    pub fn get(&self, stamp: Stamp) -> Option<&Record> {
        self.records.binary_search_by_key(&stamp, |r| r.stamp).ok().map(|at| &self.records[at])
    }

    /// The records that take another one back or let it count again, in order.
    pub fn retractions(&self) -> impl DoubleEndedIterator<Item = &Record> {
        self.retractions.iter().filter_map(|(_, _, stamp)| self.get(*stamp))
    }

    /// All records, by their stamps.
    pub fn records(&self) -> &[Record] {
        &self.records
    }

    /// All records, in the order in which what they say counts.
    pub fn in_order(&self) -> Vec<&Record> {
        let mut all: Vec<&Record> = self.records.iter().collect();
        if self.reordered {
            all.sort_by_key(|record| record.order());
        }
        all
    }

    /// The last record that was known here, in order: whatever is said now is said after it.
    pub fn last(&self) -> Option<Stamp> {
        self.last.map(|(place, ..)| place)
    }

    /// How many records there are, those that were purged counted: with the last one it tells one state from another.
    pub fn count(&self) -> u64 {
        (self.records.len() + self.purged.len()) as u64
    }

    /// What was known at an instant ([`known::times`]), without what was purged since.
    #[must_use]
    pub fn as_of(&self, instant: crate::model::Instant) -> Self {
        let known = known::times(&self.records).into_iter().zip(&self.records);
        let records: Vec<Record> = known.filter(|(at, _)| *at <= instant).map(|(_, r)| r.clone()).collect();
        let mut past = Self { purged: self.purged.clone(), ..Self::default() };
        past.extend(records);
        past
    }
}

fn is_retraction(record: &Record) -> bool {
    matches!(record.change(), Some(Change::Undone { .. } | Change::Redone { .. }))
}

/// What a record names, where it is a tombstone.
fn names_of(record: &Record) -> Vec<Stamp> {
    match record.change() {
        Some(Change::Purged { records, .. }) => records.clone(),
        _ => Vec::new(),
    }
}
