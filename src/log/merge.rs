//! What of one incident another one lacks, as the changes that bring it in; and what a merge brought, to take it back.

mod differences;

use std::collections::{BTreeMap, HashMap, HashSet};

pub use differences::Difference;

use super::fold::join;
use super::{Change, Fold, Ledger, Record, Restored, Stamp, Tried};
use crate::model::{
    Action, Entry, Hypothesis, Incident, JournalSummary, Metrics, Note, Precision, Timeline, Writer,
};
use crate::text::Raw;

/// The records that the merges among these brought in.
pub fn brought<'a>(ledger: &'a Ledger, merges: impl IntoIterator<Item = &'a Stamp>) -> Vec<Stamp> {
    let mut spans: Vec<(&Raw, Writer, std::ops::RangeInclusive<u64>)> = Vec::new();
    for merge in merges.into_iter().filter_map(|stamp| ledger.get(*stamp)) {
        if let Some(Change::Merged { incident, records, also }) = merge.change() {
            let stamp = merge.stamp;
            let before = stamp.n.saturating_sub(1);
            let own = (stamp.writer, stamp.n.saturating_sub(u64::from(*records))..=before);
            let tried = also.iter().map(|Tried { last, records }| {
                (last.writer, last.n.saturating_sub(u64::from(*records)).saturating_add(1)..=last.n)
            });
            spans.extend(std::iter::once(own).chain(tried).map(|(writer, span)| (incident, writer, span)));
        }
    }
    if spans.is_empty() {
        return Vec::new();
    }
    // Whatever numbers it names, a merge takes back only what merges of that incident bring.
    let is_brought = |record: &&Record| match record.change() {
        Some(Change::Joined { from, .. }) => spans.iter().any(|(incident, writer, span)| {
            *incident == from && *writer == record.stamp.writer && span.contains(&record.stamp.n)
        }),
        _ => false,
    };
    ledger.records().iter().filter(is_brought).map(|record| record.stamp).collect()
}

/// The merges of an incident that count.
pub fn counting(ledger: &Ledger, incident: &Raw) -> Vec<Stamp> {
    let undone = super::undo::undone(ledger);
    let is_one = |record: &&Record| match record.change() {
        Some(Change::Merged { incident: merged, .. }) => {
            merged == incident && !undone.contains(&record.stamp)
        }
        _ => false,
    };
    ledger.records().iter().filter(is_one).map(|record| record.stamp).collect()
}

/// What earlier tries to merge an incident brought in before they were interrupted: nothing says yet that it was merged.
pub fn tried(ledger: &Ledger, incident: &Raw) -> Vec<Tried> {
    let is_merge = |r: &&Record| matches!(r.change(), Some(Change::Merged { .. }));
    let merges = ledger.records().iter().filter(is_merge).map(|r| &r.stamp);
    let told: HashSet<Stamp> = brought(ledger, merges).into_iter().collect();
    let mut tries: BTreeMap<Writer, (Stamp, u64)> = BTreeMap::new();
    for record in ledger.records().iter().filter(|record| !told.contains(&record.stamp)) {
        if let Some(Change::Joined { from, .. }) = record.change()
            && from == incident
        {
            let stamp = record.stamp;
            let known = tries.entry(stamp.writer).or_insert((stamp, stamp.n));
            *known = (known.0.max(stamp), known.1.min(stamp.n));
        }
    }
    let of = |(last, first): (Stamp, u64)| {
        let records = u32::try_from(last.n.saturating_sub(first).saturating_add(1)).unwrap_or(u32::MAX);
        Tried { last, records }
    };
    tries.into_values().map(of).collect()
}

/// What `from` has and `into` lacks: [`Change::Joined`] only. Where both say something else of the same thing, what `from`
/// says becomes a note, so that no word of it is missing. None of it where `into` has it all. What was purged from `into`
/// does not come back.
pub fn changes(into: &Fold, ledger: &Ledger, from: &Fold) -> Vec<Change> {
    let (own, other) = (into.incident(), from.incident());
    let twins = twins(own, other);
    let lacks = |id: Stamp| !twins.contains_key(&id) && own.entry(id).is_none() && !ledger.is_purged(id);
    let mut pieces = Vec::new();
    let facts = facts_of(own, from);
    let bare = without_things(own);
    let mut joined = bare.clone();
    join::facts(&mut joined, &facts);
    let doubts = facts.warnings.iter().any(|doubt| !into.doubts().contains(doubt));
    if doubts || joined != bare {
        pieces.push(Restored::Facts(Box::new(facts)));
    }
    let renamed = subjects(own, other);
    for entry in other.timeline.iter().filter(|entry| lacks(entry.id)) {
        let hypothesis = entry.hypothesis.as_deref();
        let hypothesis = hypothesis.map(|id| Box::new(renamed.get(id).copied().unwrap_or(*id)));
        pieces.push(Restored::Entry(Box::new(Entry { hypothesis, ..entry.clone() })));
    }
    for hypothesis in other.hypotheses.iter().filter(|hypothesis| !ledger.is_purged(hypothesis.id)) {
        let mut hypothesis = hypothesis.clone();
        for evidence in &mut hypothesis.evidence {
            evidence.entry = evidence.entry.map(|id| twins.get(&id).copied().unwrap_or(id));
        }
        let known = own.hypothesis(&hypothesis.subject).cloned().into_iter().collect::<Vec<_>>();
        let mut joined = Incident { hypotheses: known.clone(), ..Incident::default() };
        join::hypothesis(&mut joined, &hypothesis);
        // When it was written down is no news of it.
        for (joined, known) in joined.hypotheses.iter_mut().zip(&known) {
            joined.logged_at = known.logged_at;
        }
        if !is_same(&joined.hypotheses, &known) {
            pieces.push(Restored::Hypothesis(Box::new(hypothesis)));
        }
    }
    let (mut next, before) = (into.next_number(), numbers_before(ledger, &other.id));
    for action in other.actions.iter().filter(|action| !ledger.is_purged(action.id)) {
        let Some(known) = same_action(own, other, action) else {
            // What was here once, and was taken back, comes back with the number that people know it by.
            let is_free = |number: &u32| own.actions.iter().all(|known| known.number != *number);
            let number = before.get(&action.id).copied().filter(is_free).unwrap_or_else(|| {
                next = next.saturating_add(1);
                next - 1
            });
            pieces.push(Restored::Action(Box::new(Action { number, ..action.clone() })));
            continue;
        };
        let mut filled = known.clone();
        join::action(&mut filled, action);
        if filled != *known && !ledger.is_purged(known.id) {
            // By the id and the number of the one that is there, which it fills and goes with.
            let more = Action { id: known.id, number: known.number, ..action.clone() };
            pieces.push(Restored::Action(Box::new(more)));
        }
    }
    pieces.into_iter().map(|what| Change::Joined { from: other.id.clone(), what }).collect()
}

/// The numbers that the actions of an incident got here in earlier merges.
fn numbers_before(ledger: &Ledger, incident: &Raw) -> HashMap<Stamp, u32> {
    let brought = ledger.records().iter().filter_map(|record| match record.change() {
        Some(Change::Joined { from, what: Restored::Action(action) }) if from == incident => {
            Some((action.id, action.number))
        }
        _ => None,
    });
    brought.collect()
}

/// The fields of an incident.
fn without_things(incident: &Incident) -> Incident {
    Incident {
        timeline: Timeline::default(),
        hypotheses: Vec::new(),
        actions: Vec::new(),
        metrics: Metrics::default(),
        journal: JournalSummary::default(),
        disputed: Vec::new(),
        ..incident.clone()
    }
}

/// Whether two hypotheses are equal in all, the writing of their subjects too: which compares as equal in any case.
fn is_same(one: &[Hypothesis], other: &[Hypothesis]) -> bool {
    one == other && one.iter().zip(other).all(|(one, other)| one.subject.raw() == other.subject.raw())
}

/// The entries of one incident that the other one has under another id: the same words at the same time.
fn twins(own: &Incident, other: &Incident) -> HashMap<Stamp, Stamp> {
    type Same = (i64, Option<i64>, Precision, bool, String);
    let same = |entry: &Entry| -> Same {
        let until = entry.until.as_ref().map(|until| until.sort_key());
        (entry.at.sort_key(), until, entry.precision, entry.struck, words(&entry.text))
    };
    // What came from there is no twin of it: there it may stand twice.
    let theirs: HashSet<Stamp> = other.timeline.iter().map(|entry| entry.id).collect();
    let own = own.timeline.iter().rev().filter(|entry| !theirs.contains(&entry.id));
    let known: HashMap<_, Stamp> = own.map(|entry| (same(entry), entry.id)).collect();
    let others = other.timeline.iter().filter(|entry| !entry.text.is_blank());
    others.filter_map(|entry| Some((entry.id, *known.get(&same(entry))?))).collect()
}

/// The action that stands for one of the other incident: it itself, where it came from there before, else the first that
/// says the same.
fn same_action<'a>(own: &'a Incident, other: &Incident, action: &Action) -> Option<&'a Action> {
    let itself = own.actions.iter().find(|known| known.id == action.id);
    let theirs = |known: &Action| other.actions.iter().any(|one| one.id == known.id);
    let says = words(&action.text);
    let twin = || own.actions.iter().find(|known| words(&known.text) == says && !theirs(known));
    itself.or_else(|| twin().filter(|_| !says.is_empty()))
}

/// The words of a text as they are compared: neither spaces nor the dot at the end make another one of it.
fn words(text: &Raw) -> String {
    let words: Vec<&str> = text.as_typed().split_whitespace().collect();
    words.join(" ").trim_end_matches('.').to_owned()
}

/// What changes bring to what an incident has already: the field of each, and what it is filled with or gets more of. New
/// entries, hypotheses and actions are none of it, nor are the notes on what both say differently.
pub fn filled(own: &Incident, changes: &[Change]) -> Vec<(Raw, Raw)> {
    let mut after = own.clone();
    for change in changes {
        match change {
            Change::Joined { what: Restored::Facts(facts), .. } => {
                join::facts(&mut after, facts);
                after.warnings.extend(facts.warnings.iter().cloned());
            }
            Change::Joined { what: Restored::Action(more), .. } => {
                after
                    .actions
                    .iter_mut()
                    .filter(|one| one.id == more.id)
                    .for_each(|one| join::action(one, more));
            }
            Change::Joined { what: Restored::Hypothesis(more), .. }
                if own.hypothesis(&more.subject).is_some() =>
            {
                join::hypothesis(&mut after, more);
            }
            _ => {}
        }
    }
    after.notes.retain(|note| own.notes.contains(note) || !note.heading.as_typed().starts_with("From "));
    differences::gained(own, &after)
}

/// What both incidents say differently: what `own` says holds, and what the other one says becomes a note.
pub fn differing(own: &Incident, other: &Incident) -> Vec<Difference> {
    let twins = twins(own, other);
    let pair = |entry: &'_ Entry| own.entry(*twins.get(&entry.id)?);
    let entries: Vec<(&Entry, &Entry)> =
        other.timeline.iter().filter_map(|entry| Some((pair(entry)?, entry))).collect();
    let actions: Vec<(&Action, &Action)> =
        other.actions.iter().filter_map(|one| Some((same_action(own, other, one)?, one))).collect();
    let actions: Vec<_> = actions.into_iter().filter(|(own, other)| own.id != other.id).collect();
    differences::differences(own, other, &entries, &actions)
}

/// The hypotheses of one incident by the ids of those about the same subjects in the other one.
fn subjects(own: &Incident, other: &Incident) -> HashMap<Stamp, Stamp> {
    let known: HashMap<String, Stamp> = own.hypotheses.iter().map(|h| (h.subject.key(), h.id)).collect();
    other.hypotheses.iter().filter_map(|h| Some((h.id, *known.get(&h.subject.key())?))).collect()
}

/// The fields of an incident that is merged into another one, with a note for each that the other one says otherwise.
fn facts_of(own: &Incident, from: &Fold) -> Incident {
    let other = from.incident();
    let warnings = from.doubts().to_vec();
    let mut facts = Incident { warnings, merged: Vec::new(), merged_into: None, ..without_things(other) };
    facts.related.retain(|id| *id != own.id);
    // That they are one outage is settled.
    facts.warnings.retain(|doubt| !names_twin(doubt, &own.id));
    facts.notes.extend(differing(own, other).into_iter().map(|Difference { what, other: text, .. }| {
        let heading = Raw::new(format!("From {}: {}", other.id.as_typed(), what.as_typed()));
        Note { heading, text }
    }));
    facts
}

/// How a doubt begins that another incident tells of the same outage.
pub const SAME_OUTAGE: &str = "it may be the same outage as ";

/// Whether this doubt says that an incident is likely the same as the one with this id.
pub fn names_twin(doubt: &Raw, id: &Raw) -> bool {
    let rest = doubt.as_typed().strip_prefix(SAME_OUTAGE).and_then(|rest| rest.strip_prefix(id.as_typed()));
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(':'))
}
