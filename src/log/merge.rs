//! What of one incident another one lacks, as the changes that bring it in; and what a merge brought, to take it back.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::fold::{facts, join};
use super::{Change, Fact, Fold, Ledger, Record, Restored, Stamp, Tried};
use crate::model::{
    Action, Entry, Face, Hypothesis, Incident, JournalSummary, Metrics, MilestoneKind, Note, Writer,
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
        let hypothesis = entry.hypothesis.map(|id| renamed.get(&id).copied().unwrap_or(id));
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
        if !is_same(&joined.hypotheses, &known) {
            pieces.push(Restored::Hypothesis(Box::new(hypothesis)));
        }
    }
    let theirs: HashSet<Stamp> = other.actions.iter().map(|action| action.id).collect();
    let mut number = into.next_number();
    for action in &other.actions {
        let there = own
            .actions
            .iter()
            .any(|known| known.id == action.id || !theirs.contains(&known.id) && is_twin(known, action));
        if !there && !ledger.is_purged(action.id) {
            pieces.push(Restored::Action(Box::new(Action { number, ..action.clone() })));
            number = number.saturating_add(1);
        }
    }
    pieces.into_iter().map(|what| Change::Joined { from: other.id.clone(), what }).collect()
}

/// The fields of an incident.
fn without_things(incident: &Incident) -> Incident {
    Incident {
        timeline: Vec::new(),
        hypotheses: Vec::new(),
        actions: Vec::new(),
        metrics: Metrics::default(),
        journal: JournalSummary::default(),
        ..incident.clone()
    }
}

/// Whether two hypotheses are equal in all, the writing of their subjects too: which compares as equal in any case.
fn is_same(one: &[Hypothesis], other: &[Hypothesis]) -> bool {
    one == other && one.iter().zip(other).all(|(one, other)| one.subject.raw() == other.subject.raw())
}

/// The entries of one incident that the other one has under another id, in the same words.
fn twins(own: &Incident, other: &Incident) -> HashMap<Stamp, Stamp> {
    let same = |entry: &Entry| (entry.at.sort_key(), entry.text.clone(), entry.by.clone());
    // What came from there is no twin of it: there it may stand twice.
    let theirs: HashSet<Stamp> = other.timeline.iter().map(|entry| entry.id).collect();
    let own = own.timeline.iter().filter(|entry| !theirs.contains(&entry.id));
    let known: HashMap<_, &Entry> = own.map(|entry| (same(entry), entry)).collect();
    let twin = |entry: &Entry| {
        let twin = known.get(&same(entry)).filter(|twin| {
            let Entry { id, logged_at, hypothesis, skewed, .. } = entry.clone();
            entry.id != twin.id && Entry { id, logged_at, hypothesis, skewed, ..(**twin).clone() } == *entry
        })?;
        Some((entry.id, twin.id))
    };
    other.timeline.iter().filter_map(twin).collect()
}

fn is_twin(own: &Action, other: &Action) -> bool {
    Action { id: other.id, number: other.number, ..own.clone() } == *other
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
    let notes = differences(own, other);
    facts.notes.extend(notes.into_iter().map(|(what, text)| {
        let heading = Raw::new(format!("From {}: {what}", other.id.as_typed()));
        Note { heading, text }
    }));
    facts
}

/// What both say, and differently: what it is of, and what the other one says.
fn differences(own: &Incident, other: &Incident) -> Vec<(String, Raw)> {
    let mut found = Vec::new();
    let mut differs = |what: &str, own: Option<String>, other: Option<String>| {
        if let (Some(own), Some(other)) = (own, other)
            && own != other
        {
            found.push((what.to_owned(), Raw::new(other)));
        }
    };
    let raw = |text: Option<&Raw>| text.map(|text| text.as_typed().to_owned());
    differs("title", raw(Some(&own.title)), raw(Some(&other.title)));
    differs("severity", own.severity.map(|s| s.to_string()), other.severity.map(|s| s.to_string()));
    differs("status", Some(own.status.to_string()), Some(other.status.to_string()));
    differs("zone", Some(own.zone.to_string()), Some(other.zone.to_string()));
    let facts = [
        (Fact::Impact, "impact"),
        (Fact::Summary, "summary"),
        (Fact::RootCause, "root cause"),
        (Fact::Trigger, "trigger"),
        (Fact::Detection, "detection"),
        (Fact::Workaround, "workaround"),
        (Fact::Fix, "fix"),
    ];
    for (fact, what) in facts {
        differs(what, raw(facts::text(own, fact)), raw(facts::text(other, fact)));
    }
    let every =
        |incident: &Incident| incident.update_every_minutes.map(|minutes| format!("every {minutes} minutes"));
    differs("updates", every(own), every(other));
    for kind in MilestoneKind::ALL {
        let told = |incident: &Incident| {
            let met = incident.milestones.get(kind)?;
            let at = Face::of(other).full(&met.at, met.precision);
            let written = raw(met.as_written.as_ref()).map(|written| format!(" (written {written})"));
            let how = raw(met.how.as_ref()).map(|how| format!(": {how}"));
            Some([Some(at), written, how].into_iter().flatten().collect())
        };
        differs(kind.word(), told(own), told(other));
    }
    for role in &other.roles {
        let key = role.role.as_typed().to_lowercase();
        let known = own.roles.iter().find(|known| known.role.as_typed().to_lowercase() == key);
        differs(&key, raw(known.map(|known| &known.name)), raw(Some(&role.name)));
    }
    for hypothesis in &other.hypotheses {
        if let Some(known) = own.hypothesis(&hypothesis.subject) {
            of_hypothesis(known, hypothesis, &mut differs);
        }
    }
    found
}

fn of_hypothesis(
    own: &Hypothesis,
    other: &Hypothesis,
    differs: &mut impl FnMut(&str, Option<String>, Option<String>),
) {
    let raw = |text: Option<&Raw>| text.map(|text| text.as_typed().to_owned());
    let name = other.subject.raw().as_typed();
    differs(
        &format!("{name}, how it is written"),
        raw(Some(own.subject.raw())),
        raw(Some(other.subject.raw())),
    );
    differs(&format!("{name}, why"), raw(own.why.as_ref()), raw(other.why.as_ref()));
    differs(&format!("{name}, who is on it"), raw(own.owner.as_ref()), raw(other.owner.as_ref()));
    let verdict = |hypothesis: &Hypothesis| {
        let reason = raw(hypothesis.reason.as_ref()).map(|reason| format!(": {reason}"));
        format!("{}{}", hypothesis.status, reason.unwrap_or_default())
    };
    // An open one gives way to what the other one found.
    if own.status.is_closed() || other.reason.is_some() && own.reason.is_some() {
        differs(&format!("{name}, what came of it"), Some(verdict(own)), Some(verdict(other)));
    }
}
