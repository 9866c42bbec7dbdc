//! What a purge takes: the records that go with an entry or a change, the texts that go with them, and the tombstones.

use std::collections::BTreeSet;

use super::{About, Change, Ledger, ListItem, Record, Restored, Stamp, messages};
use crate::model::{Action, Affected, Entry, Hypothesis, Incident, Machine, Message};
use crate::text::Raw;

/// How many stamps one tombstone names at most: its line has to fit into a journal.
const NAMES: usize = 4_000;

/// The id of what a record is about to be purged for: that of the thing itself where the record only brought it back.
pub fn target(ledger: &Ledger, named: Stamp) -> Stamp {
    match ledger.get(named).and_then(Record::change) {
        Some(change @ (Change::Restored(_) | Change::Joined { .. })) => change.retells().unwrap_or(named),
        _ => named,
    }
}

/// The records that go with what has this id, itself among them: all that tells its words. A message of a chat may have come
/// in twice.
pub fn goes_with(ledger: &Ledger, id: Stamp) -> Vec<&Record> {
    let alert = |record: &Record| match record.change() {
        Some(Change::AlertReported(reported)) => Some(reported.identity()),
        _ => None,
    };
    // Every report of an alert tells its words.
    let of = ledger.get(id).and_then(alert);
    let mut ids = BTreeSet::from([id]);
    if let Some(message) = ledger.get(id).and_then(messages::of) {
        let is_same = |r: &&Record| messages::of(r).is_some_and(|other| other.is_same(message));
        ids.extend(ledger.records().iter().filter(is_same).map(|r| target(ledger, r.stamp)));
    }
    let tells = |r: &&Record| {
        ids.contains(&r.stamp)
            || r.change().and_then(Change::retells).is_some_and(|of| ids.contains(&of))
            || (of.is_some() && alert(r) == of)
    };
    ledger.records().iter().filter(tells).collect()
}

/// The tombstones for these records and for what has this id, which need not be in the ledger itself.
pub fn tombstones(id: Stamp, gone: &[&Record]) -> Vec<Change> {
    let all: BTreeSet<Stamp> = gone.iter().map(|r| r.stamp).chain([id]).collect();
    let adds = |r: &&&Record| {
        matches!(
            r.change(),
            Some(
                Change::ActionAdded { .. }
                    | Change::Restored(Restored::Action(_))
                    | Change::Joined { what: Restored::Action(_), .. }
            )
        )
    };
    // One that came back has the place of the one that was lost; one of another incident that of the record it came with.
    let of = |r: &&Record| match r.change() {
        Some(change @ Change::Restored(_)) => change.retells().unwrap_or(r.stamp),
        _ => r.stamp,
    };
    // What fills an action that was there brings no number of its own.
    let mut counted = BTreeSet::new();
    let is_first = |r: &&&Record| counted.insert(r.change().and_then(Change::retells).unwrap_or(r.stamp));
    let actions: BTreeSet<Stamp> = gone.iter().filter(adds).filter(is_first).map(of).collect();
    let mut came_from: Vec<Message> = Vec::new();
    for message in gone.iter().filter_map(|record| messages::of(record)) {
        let bare = Message { thread: None, edited: None, ..message.clone() };
        if !came_from.contains(&bare) {
            came_from.push(bare);
        }
    }
    let all: Vec<Stamp> = all.into_iter().collect();
    let tombstone = |records: &[Stamp]| {
        let actions = records.iter().copied().filter(|r| actions.contains(r)).collect();
        // What goes with one thing has one message, hardly more.
        Change::Purged { records: records.to_vec(), actions, messages: std::mem::take(&mut came_from) }
    };
    all.chunks(NAMES).map(tombstone).collect()
}

/// What was said in those of the records that these stamps, of a tombstone, are about to take away.
pub fn said_in<'a>(records: impl Iterator<Item = &'a Record>, named: &[Stamp]) -> Vec<Raw> {
    let named: BTreeSet<Stamp> = named.iter().copied().collect();
    let goes = |r: &&Record| {
        let retold = r.change().and_then(Change::retells);
        r.change().is_some_and(Change::may_be_purged)
            && (named.contains(&r.stamp) || retold.is_some_and(|of| named.contains(&of)))
    };
    let said = records.filter(goes).filter_map(Record::change).flat_map(texts);
    said.cloned().collect()
}

/// What a person or a program said in a change: all its texts, but for the names of who did something.
pub fn texts(change: &Change) -> Vec<&Raw> {
    match change {
        Change::IncidentCreated { title, .. } | Change::TitleSet { title } => vec![title],
        Change::MilestoneSet { how, .. } => how.iter().collect(),
        Change::FactSet { text, .. }
        | Change::ItemAdded { text, .. }
        | Change::ItemStruck { text, .. }
        | Change::UpdateSent { text, .. }
        | Change::DecisionMade { text, .. }
        | Change::EntryAdded { text, .. }
        | Change::EntryTextChanged { text, .. } => vec![text],
        Change::AlertReported(reported) => {
            let how = reported.ended.iter().filter_map(|ended| ended.how.as_ref());
            [&reported.text].into_iter().chain(&reported.url).chain(&reported.details).chain(how).collect()
        }
        Change::CommandStarted { text, ended, .. } => {
            [text].into_iter().chain(ended.iter().filter_map(|ended| ended.output.as_ref())).collect()
        }
        Change::CommandEnded { ended, .. } => ended.output.iter().collect(),
        Change::ItemChanged { was, now, .. } => [was].into_iter().chain(of_item(now)).collect(),
        Change::Attached(file) => [&file.name].into_iter().chain(&file.excerpt).collect(),
        Change::AffectedAdded { affected } => vec![&affected.text],
        Change::LinkAdded { label, url } => vec![label, url],
        Change::NoteAdded { heading, text } => vec![heading, text],
        Change::RoleTaken { role, name, .. } => vec![role, name],
        Change::RoleCleared { role, .. } => vec![role],
        Change::ActionAdded { text, link, .. } | Change::ActionChanged { text, link, .. } => {
            [text].into_iter().chain(link).collect()
        }
        Change::ActionDropped { reason, .. } => reason.iter().collect(),
        Change::Restored(restored) | Change::Joined { what: restored, .. } => restored_texts(restored),
        other => other.about().map(of_about).unwrap_or_default(),
    }
}

fn of_item(item: &ListItem) -> Vec<&Raw> {
    match item {
        ListItem::Text(text) | ListItem::Affected(Affected { text, .. }) => vec![text],
        ListItem::Link { label, url } => vec![label, url],
        ListItem::Note { heading, text } => vec![heading, text],
    }
}

/// The subject stands in every change of its hypothesis: it counts only where nothing else was said.
fn of_about(about: &About) -> Vec<&Raw> {
    vec![about.text.as_ref().unwrap_or_else(|| about.subject.raw())]
}

fn restored_texts(restored: &Restored) -> Vec<&Raw> {
    match restored {
        Restored::Facts(incident) => facts(incident),
        Restored::Entry(entry) => of_entry(entry),
        Restored::Hypothesis(hypothesis) => of_hypothesis(hypothesis),
        Restored::Action(action) => of_action(action),
    }
}

fn of_entry(entry: &Entry) -> Vec<&Raw> {
    let more = match entry.machine.as_deref() {
        Some(Machine::Alert(alert)) => [alert.url.as_ref(), alert.details.as_ref()],
        Some(Machine::Command(command)) => {
            [command.ended.as_ref().and_then(|ended| ended.output.as_ref()), None]
        }
        None => [None, None],
    };
    let more = more.into_iter().flatten();
    [&entry.text].into_iter().chain(more).collect()
}

fn of_hypothesis(hypothesis: &Hypothesis) -> Vec<&Raw> {
    let tests = hypothesis.tests.iter().flat_map(|test| [&test.text].into_iter().chain(&test.result));
    let evidence = hypothesis.evidence.iter().map(|evidence| &evidence.text);
    let own = [hypothesis.subject.raw()].into_iter().chain(&hypothesis.why).chain(&hypothesis.reason);
    let reopened = hypothesis.reopened.iter().filter_map(|reopened| reopened.why.as_ref());
    own.chain(reopened).chain(tests).chain(evidence).collect()
}

fn of_action(action: &Action) -> Vec<&Raw> {
    [&action.text].into_iter().chain(&action.link).chain(&action.reason).collect()
}

/// The texts of one field each: those of which a purge could be meant.
fn facts(incident: &Incident) -> Vec<&Raw> {
    let one = [
        &incident.summary,
        &incident.impact.text,
        &incident.root_cause,
        &incident.trigger,
        &incident.detection,
        &incident.resolution.temporary,
        &incident.resolution.permanent,
    ];
    let lists = [&incident.factors, &incident.lessons.went_well, &incident.lessons.went_wrong];
    let notes = incident.notes.iter().map(|note| &note.text);
    one.into_iter().flatten().chain(lists.into_iter().flatten()).chain(notes).collect()
}
