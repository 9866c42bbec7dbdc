//! Undo and redo: changes that take another one back, or let it count again. The last one said about a change holds.

use std::collections::{HashMap, HashSet};

use super::{Change, Ledger, Record, Stamp, merge};
use crate::text::Raw;

/// The changes that are taken back.
pub fn undone(ledger: &Ledger) -> HashSet<Stamp> {
    // An import may let count again what an earlier one had brought: no longer once it is taken back itself.
    let by_people = said_last(ledger, |record| record.from.is_none());
    let of_people = by_people.into_iter().filter_map(|(stamp, undone)| undone.then_some(stamp)).collect();
    let withdrawn: HashSet<Stamp> = imported(ledger, &of_people).into_iter().collect();
    let last = said_last(ledger, |record| !withdrawn.contains(&record.stamp));
    let mut undone: HashSet<Stamp> =
        last.iter().filter_map(|(stamp, undone)| undone.then_some(*stamp)).collect();
    let with_merges = merge::brought(ledger, &undone);
    undone.extend(with_merges);
    // What was said to count again itself does, whatever becomes of its import.
    let with_imports = imported(ledger, &undone);
    undone.extend(with_imports.into_iter().filter(|stamp| last.get(stamp) != Some(&false)));
    undone
}

/// Of each change that an undo or a redo names, whether it is taken back, by what was said of it last in these records.
fn said_last(ledger: &Ledger, counts: impl Fn(&Record) -> bool) -> HashMap<Stamp, bool> {
    let said = ledger.retractions().filter(|record| counts(record));
    let said = said.filter_map(|record| match record.change() {
        Some(Change::Undone { change }) => Some((*change, true)),
        Some(Change::Redone { change }) => Some((*change, false)),
        _ => None,
    });
    said.collect()
}

/// The changes that an undo or a redo names, whether they count or not.
pub fn named(ledger: &Ledger) -> HashSet<Stamp> {
    let named = ledger.retractions().filter_map(|record| match record.change() {
        Some(Change::Undone { change } | Change::Redone { change }) => Some(*change),
        _ => None,
    });
    named.collect()
}

/// The records that the imports among these brought: those of the same writer that came from a document, up to the next
/// import. What an incident was founded with stays.
fn imported(ledger: &Ledger, undone: &HashSet<Stamp>) -> Vec<Stamp> {
    let is_import = |record: &Record| matches!(record.change(), Some(Change::Imported(_)));
    if !undone.iter().filter_map(|stamp| ledger.get(*stamp)).any(is_import) {
        return Vec::new();
    }
    let (mut writers, mut brought) = (HashMap::new(), Vec::new());
    for record in ledger.records().iter().filter(|record| record.from.is_some()) {
        let Stamp { writer, .. } = record.stamp;
        if is_import(record) {
            writers.insert(writer, undone.contains(&record.stamp));
        } else if writers.get(&writer) == Some(&true) {
            brought.push(record.stamp);
        }
    }
    brought
}

fn of<'a>(ledger: &'a Ledger, by: &'a Raw) -> impl Iterator<Item = &'a Record> {
    // What was imported was typed by nobody here.
    ledger.in_order().into_iter().rev().filter(move |r| r.by == *by && r.from.is_none())
}

/// The last change of this actor that counts: what `/undo` takes back.
pub fn last_counting(ledger: &Ledger, by: &Raw) -> Option<Stamp> {
    let undone = undone(ledger);
    of(ledger, by)
        .find(|r| r.change().is_some_and(Change::is_a_persons) && !undone.contains(&r.stamp))
        .map(|r| r.stamp)
}

/// What `/redo` lets count again: the change this actor took back last, unless the actor has changed something since.
pub fn last_undone(ledger: &Ledger, by: &Raw) -> Option<Stamp> {
    let undone = undone(ledger);
    for record in of(ledger, by) {
        match record.change() {
            // What was purged since cannot count again.
            Some(Change::Undone { change }) if undone.contains(change) && !ledger.is_purged(*change) => {
                return Some(*change);
            }
            Some(change) if change.is_a_persons() && !undone.contains(&record.stamp) => return None,
            _ => {}
        }
    }
    None
}
