//! What the snapshot has and the journal lacks. Pure: the hall stamps the changes, and they go the way of all others.

use std::collections::HashSet;

use super::Snapshot;
use super::snapshot::writers;
use crate::log::{Change, Fold, Ledger, Restored, Stamp, Stamped, undo};
use crate::model::{Clock, Hypothesis, Incident, JournalSummary, Metrics, Timeline, Writer, Zone};
use crate::text::Raw;

/// What came to light only through the snapshot, as changes that carry the original ids, times and authors; `folded` is
/// the fold of the ledger. None where the journal has all that the snapshot has seen. What was taken back in the journal
/// does not return, and what was restored once is not restored again. None of it where the snapshot is another incident's.
///
/// Nothing returns that was purged, though the snapshot has not heard of that; and what the snapshot knows to be purged is
/// purged again from a journal that was put back.
///
/// Entries, actions and hypotheses return where the journal does not know their id. Where they differ, only a journal
/// that lacks some of what the snapshot has seen and has nothing beyond it is known to be the older one: then the
/// snapshot's hypotheses, actions and facts count.
pub fn lost(snapshot: &Snapshot, ledger: &Ledger, folded: &Incident) -> Vec<Change> {
    if snapshot.is_of_another(folded) {
        return Vec::new();
    }
    let known = Known::of(ledger);
    let Some(saved) = &snapshot.incident else { return Vec::new() };
    let entries: Vec<_> = saved.timeline.iter().filter(|e| !known.has(e.id)).collect();
    let older = is_older(snapshot, saved.journal.records, ledger, !entries.is_empty());
    let unaware = is_unaware(snapshot, ledger);
    let mut changes = Vec::new();
    if older && facts(saved) != facts(folded) {
        changes.push(Restored::Facts(Box::new(without_doubts(facts(saved), saved))));
    } else if !older && folded.id.is_blank() && !saved.id.is_blank() {
        changes.push(Restored::Facts(Box::new(without_doubts(founded(folded, saved, unaware), folded))));
    }
    changes.extend(entries.into_iter().map(|e| Restored::Entry(Box::new(e.clone()))));
    for hypothesis in &saved.hypotheses {
        let returns = match folded.hypothesis(&hypothesis.subject) {
            Some(there) => older && there != hypothesis && !ledger.is_purged(hypothesis.id),
            None => !known.has(hypothesis.id),
        };
        if returns {
            changes.push(Restored::Hypothesis(Box::new(without_purged(hypothesis, saved, ledger))));
        }
    }
    for action in &saved.actions {
        let returns = match folded.actions.iter().find(|a| a.id == action.id) {
            Some(there) => older && there != action,
            None => !known.has(action.id),
        };
        if returns {
            let mut action = action.clone();
            // Of the change that gave the reason nothing is known here; it may be the one that was purged.
            action.reason = action.reason.filter(|_| !unaware);
            changes.push(Restored::Action(Box::new(action)));
        }
    }
    let forgotten: Vec<Stamp> =
        snapshot.seen.purged.iter().copied().filter(|stamp| !ledger.is_purged(*stamp)).collect();
    let purged = Change::Purged { records: forgotten.clone(), actions: Vec::new(), messages: Vec::new() };
    let purged = (!forgotten.is_empty()).then_some(purged);
    purged.into_iter().chain(changes.into_iter().map(Change::Restored)).collect()
}

/// The ids that the journal has, had restored, or took back.
struct Known<'a> {
    ledger: &'a Ledger,
    restored: HashSet<Stamp>,
    undone: HashSet<Stamp>,
}

impl<'a> Known<'a> {
    fn of(ledger: &'a Ledger) -> Self {
        let restored = ledger.records().iter().filter_map(|record| match record.change()? {
            Change::Restored(what) | Change::Joined { what, .. } => what.id(),
            _ => None,
        });
        Self { ledger, restored: restored.collect(), undone: undo::undone(ledger) }
    }

    fn has(&self, id: Stamp) -> bool {
        self.ledger.get(id).is_some()
            || self.ledger.is_purged(id)
            || self.restored.contains(&id)
            || self.undone.contains(&id)
    }
}

/// Whether the journal lacks some of what the snapshot has seen, and has nothing that the snapshot has not.
fn is_older(snapshot: &Snapshot, records: u64, ledger: &Ledger, lacks_entries: bool) -> bool {
    let seen = &snapshot.seen.writers;
    let has = writers(ledger.records());
    let beyond = has.iter().any(|(writer, n)| seen.get(writer).is_none_or(|most| most < n));
    let behind = seen.iter().any(|(writer, most)| has.get(writer).is_none_or(|n| n < most));
    // A line that was lost in the middle leaves the highest numbers as they were, but one record fewer.
    let fewer = ledger.count() < records;
    !beyond && (behind || fewer || lacks_entries)
}

/// Whether there is a tombstone that a snapshot has not heard of: then it may hold what was purged.
pub(super) fn is_unaware(snapshot: &Snapshot, ledger: &Ledger) -> bool {
    let seen = &snapshot.seen.writers;
    let tombstones = ledger.records().iter().filter(|r| matches!(r.change(), Some(Change::Purged { .. })));
    let mut stamps = tombstones.map(|r| r.stamp);
    stamps.any(|stamp| seen.get(&stamp.writer).is_none_or(|n| *n < stamp.n))
}

/// A hypothesis of a snapshot without what was said in entries that were purged.
fn without_purged(hypothesis: &Hypothesis, saved: &Incident, ledger: &Ledger) -> Hypothesis {
    let purged = saved.timeline.iter().filter(|e| ledger.is_purged(e.id));
    let purged: Vec<&str> = purged.map(|e| e.text.as_typed()).collect();
    let stays = |text: &Raw| text.is_blank() || !purged.iter().any(|p| p.contains(text.as_typed()));
    let mut left = hypothesis.clone();
    left.evidence.retain(|evidence| evidence.entry.is_none_or(|entry| !ledger.is_purged(entry)));
    left.tests.retain(|test| stays(&test.text));
    for test in &mut left.tests {
        test.result = test.result.take().filter(stays);
    }
    (left.why, left.reason) = (left.why.filter(stays), left.reason.filter(stays));
    if let Some(reopened) = &mut left.reopened {
        reopened.why = reopened.why.take().filter(stays);
    }
    left
}

/// All fields that are not lists of things with ids of their own, nor follow from others.
fn facts(incident: &Incident) -> Incident {
    let mut facts = incident.clone();
    facts.timeline = Timeline::default();
    facts.hypotheses.clear();
    facts.actions.clear();
    facts.metrics = Metrics::default();
    facts.journal = JournalSummary::default();
    facts
}

/// The facts of a journal that lost the record which founded it, with what that record said from the snapshot.
fn founded(folded: &Incident, saved: &Incident, unaware: bool) -> Incident {
    let mut all = facts(folded);
    all.id.clone_from(&saved.id);
    if all.title.is_blank() {
        // One that may have been purged is not taken; the id was made from the first one, which cannot be.
        all.title.clone_from(if unaware { &saved.id } else { &saved.title });
    }
    if all.zone == Zone::default() {
        all.zone.clone_from(&saved.zone);
    }
    if all.clock == Clock::default() {
        all.clock = saved.clock;
    }
    all.severity = all.severity.or(saved.severity);
    all
}

/// The facts of an incident without the warnings that the fold finds by itself: recorded, they would stand there twice, and stay when
/// their cause is gone.
fn without_doubts(mut facts: Incident, of: &Incident) -> Incident {
    let recorded = std::mem::take(&mut facts.warnings);
    let stamp = Stamp { ms: 0, counter: 0, writer: Writer::from_bits(0), n: 0 };
    let change = Change::Restored(Restored::Facts(Box::new(facts.clone())));
    let mut ledger = Ledger::default();
    ledger.insert(Stamped {
        stamp,
        by: Raw::default(),
        from: None,
        wall: None,
        over: None,
        after: None,
        body: change.into(),
    });
    let found = Fold::of(&ledger);
    let doubts = &found.incident().warnings;
    let disputed: Vec<Raw> = of.disputed.iter().map(|disputed| disputed.doubt(of)).collect();
    let is_found = |warning: &Raw| doubts.contains(warning) || disputed.contains(warning);
    facts.warnings = recorded.into_iter().filter(|warning| !is_found(warning)).collect();
    facts
}
