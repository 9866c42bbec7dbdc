//! The history of one item: all records that concern it, oldest first, and what became of each.

use std::collections::{HashMap, HashSet};

use super::field::Field;
use super::fold::facts;
use super::{Change, Fact, Ledger, Record, Restored, Stamp, reword};
use crate::model::{Entry, EntryKind, Moment, Subject};
use crate::text::Raw;

/// How far a record is followed to what it concerns: an undo, of a change of time, of an entry.
const FAR: u8 = 3;

/// What a history is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// An entry of the timeline, with all records of what it stands for.
    Entry(Stamp),
    /// A hypothesis, in any letter case.
    Hypothesis(Subject),
    /// An action.
    Action(Stamp),
    /// Something of the incident as a whole.
    Field(Field),
}

/// A record that concerns the item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step<'a> {
    /// Who, when, what.
    pub record: &'a Record,
    /// What stood there before, where the record put something else in its place.
    pub before: Option<Before<'a>>,
    /// The record by which it was taken back, where it does not count.
    pub taken_back: Option<&'a Record>,
}

/// What stood there before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Before<'a> {
    /// The words of an entry.
    Text(&'a Raw),
    /// When it happened.
    Time(Moment),
}

/// The history of an item.
pub fn of<'a>(ledger: &'a Ledger, item: &Item) -> Vec<Step<'a>> {
    let wanted = wanted(ledger, item);
    let last_said = last_said(ledger);
    let mut past = Past::default();
    let concerns = |record: &&Record| names(ledger, record, FAR).iter().any(|name| wanted.contains(name));
    let step = |record: &'a Record| {
        let before = past.before(record);
        past.note(record);
        let said = last_said.get(&record.stamp).copied();
        let taken_back = said.filter(|said| matches!(said.change(), Some(Change::Undone { .. })));
        Step { record, before, taken_back }
    };
    ledger.in_order().into_iter().filter(concerns).map(step).collect()
}

/// What records can have in common.
#[derive(Debug, PartialEq, Eq)]
enum Name {
    /// What the record with this stamp made: an entry, an action.
    Made(Stamp),
    /// A hypothesis, by what is compared of its subject.
    Hypothesis(String),
    /// Something of the incident as a whole.
    Of(Field),
}

fn wanted(ledger: &Ledger, item: &Item) -> Vec<Name> {
    match item {
        Item::Hypothesis(subject) => vec![Name::Hypothesis(subject.key())],
        Item::Action(stamp) => vec![Name::Made(*stamp)],
        Item::Field(field) => vec![Name::Of(field.clone())],
        Item::Entry(stamp) => {
            let restored = |record: &Record| match record.change() {
                Some(
                    Change::Restored(Restored::Entry(entry))
                    | Change::Joined { what: Restored::Entry(entry), .. },
                ) => entry.id == *stamp,
                _ => false,
            };
            let makers = ledger.records().iter().filter(|r| r.stamp == *stamp || restored(r));
            let mut wanted: Vec<Name> = makers.flat_map(|record| names(ledger, record, FAR)).collect();
            wanted.push(Name::Made(*stamp));
            wanted
        }
    }
}

/// What a record concerns.
fn names(ledger: &Ledger, record: &Record, far: u8) -> Vec<Name> {
    let Some(change) = record.change() else { return Vec::new() };
    let mut names = match change {
        Change::EntryStruck { entry }
        | Change::EntryUnstruck { entry }
        | Change::EntryStarred { entry }
        | Change::EntryUnstarred { entry } => vec![Name::Made(*entry)],
        Change::CommandEnded { command, .. } => vec![Name::Made(*command)],
        // Of what it named no more is known than that.
        Change::Purged { records, .. } => records.iter().copied().map(Name::Made).collect(),
        Change::ActionChanged { action, .. }
        | Change::ActionDone { action, .. }
        | Change::ActionDropped { action, .. }
        | Change::ActionReopened { action } => vec![Name::Made(*action)],
        // They change what another record says, and so whatever that one concerns.
        Change::EntryTimeChanged { entry: other, .. }
        | Change::EntryTextChanged { entry: other, .. }
        | Change::Undone { change: other }
        | Change::Redone { change: other } => {
            let other_names = ledger.get(*other).filter(|_| far > 0).map(|r| names(ledger, r, far - 1));
            let mut names = other_names.unwrap_or_default();
            names.push(Name::Made(*other));
            return names;
        }
        Change::Restored(restored) | Change::Joined { what: restored, .. } => {
            return restored_names(ledger, restored);
        }
        Change::Attached(file) => {
            file.subject.iter().map(|subject| Name::Hypothesis(subject.key())).collect()
        }
        other => match other.about() {
            Some(about) => vec![Name::Hypothesis(about.subject.key())],
            None => Field::all_of(other).into_iter().map(Name::Of).collect(),
        },
    };
    names.push(Name::Made(record.stamp));
    names
}

/// What came back concerns what it is, by the name it had before.
fn restored_names(ledger: &Ledger, restored: &Restored) -> Vec<Name> {
    match restored {
        Restored::Entry(entry) => {
            let stands = stands_for(ledger, entry);
            stands.into_iter().chain([Name::Made(entry.id)]).collect()
        }
        Restored::Hypothesis(hypothesis) => vec![Name::Hypothesis(hypothesis.subject.key())],
        Restored::Action(action) => vec![Name::Made(action.id)],
        Restored::Facts(incident) => Field::restored(incident).into_iter().map(Name::Of).collect(),
    }
}

/// What a restored entry stands for. Of a role it is not known which.
fn stands_for(ledger: &Ledger, entry: &Entry) -> Option<Name> {
    match entry.kind {
        EntryKind::Hypothesis => {
            subject(ledger, *entry.hypothesis.as_deref()?).map(|s| Name::Hypothesis(s.key()))
        }
        EntryKind::Milestone => entry.milestone.map(|kind| Name::Of(Field::milestone(kind))),
        EntryKind::Status => Some(Name::Of(Field::Course)),
        EntryKind::Severity => Some(Name::Of(Field::Severity)),
        EntryKind::Role | EntryKind::Note | EntryKind::Alert | EntryKind::Command => None,
    }
}

/// The subject of the hypothesis with this id.
fn subject(ledger: &Ledger, id: Stamp) -> Option<&Subject> {
    let first = ledger.get(id).and_then(Record::change).and_then(Change::about).map(|about| &about.subject);
    let restored = || {
        ledger.records().iter().find_map(|record| match record.change() {
            Some(
                Change::Restored(Restored::Hypothesis(h))
                | Change::Joined { what: Restored::Hypothesis(h), .. },
            ) if h.id == id => Some(&h.subject),
            _ => None,
        })
    };
    first.or_else(restored)
}

/// The last that was said about whether a record counts: an undo or a redo.
fn last_said(ledger: &Ledger) -> HashMap<Stamp, &Record> {
    let mut last = HashMap::new();
    for record in ledger.records() {
        if let Some(Change::Undone { change } | Change::Redone { change }) = record.change() {
            last.insert(*change, record);
        }
    }
    last
}

/// What was said so far, while a history is walked.
#[derive(Default)]
struct Past<'a> {
    undone: HashSet<Stamp>,
    /// The words of each entry, with the record that gave them.
    texts: HashMap<Stamp, Vec<(Stamp, &'a Raw)>>,
    times: HashMap<Stamp, Vec<(Stamp, Moment)>>,
    /// The texts of the fields that hold one, and none where one was cleared.
    fields: HashMap<Fact, Vec<(Stamp, Option<&'a Raw>)>>,
    titles: Vec<(Stamp, &'a Raw)>,
}

impl<'a> Past<'a> {
    /// What a record puts something else in the place of.
    fn before(&self, record: &Record) -> Option<Before<'a>> {
        match record.change()? {
            Change::EntryTextChanged { entry, .. } | Change::ActionChanged { action: entry, .. } => {
                self.latest(self.texts.get(entry)?).map(|text| Before::Text(text))
            }
            Change::EntryTimeChanged { entry, .. } => {
                self.latest(self.times.get(entry)?).map(|when| Before::Time(when.clone()))
            }
            Change::FactSet { fact, .. } | Change::FactCleared { fact } => {
                self.latest(self.fields.get(fact)?).copied().flatten().map(Before::Text)
            }
            Change::TitleSet { .. } => self.latest(&self.titles).map(|title| Before::Text(title)),
            _ => None,
        }
    }

    fn latest<'b, T>(&self, said: &'b [(Stamp, T)]) -> Option<&'b T> {
        said.iter().rev().find(|(by, _)| !self.undone.contains(by)).map(|(_, what)| what)
    }

    fn note(&mut self, record: &'a Record) {
        let stamp = record.stamp;
        match record.change() {
            Some(Change::Undone { change }) => drop(self.undone.insert(*change)),
            Some(Change::Redone { change }) => drop(self.undone.remove(change)),
            Some(
                Change::EntryTextChanged { entry, text, .. }
                | Change::ActionChanged { action: entry, text, .. },
            ) => {
                self.texts.entry(*entry).or_default().push((stamp, text));
            }
            Some(Change::EntryTimeChanged { entry, when }) => {
                self.times.entry(*entry).or_default().push((stamp, (**when).clone()));
            }
            Some(
                Change::Restored(Restored::Entry(entry))
                | Change::Joined { what: Restored::Entry(entry), .. },
            ) => {
                self.texts.entry(entry.id).or_default().push((stamp, &entry.text));
                self.times.entry(entry.id).or_default().push((stamp, entry.moment()));
            }
            Some(Change::FactSet { fact, text }) => {
                self.fields.entry(*fact).or_default().push((stamp, Some(text)));
            }
            Some(Change::FactCleared { fact }) => self.fields.entry(*fact).or_default().push((stamp, None)),
            Some(Change::TitleSet { title } | Change::IncidentCreated { title, .. }) => {
                self.titles.push((stamp, title));
            }
            Some(Change::Restored(Restored::Facts(incident))) => {
                self.titles.push((stamp, &incident.title));
                for fact in facts::FACTS {
                    self.fields.entry(fact).or_default().push((stamp, facts::text(incident, fact)));
                }
            }
            Some(change) => {
                let text = match change {
                    Change::EntryAdded { text, .. }
                    | Change::CommandStarted { text, .. }
                    | Change::ActionAdded { text, .. } => Some(text),
                    Change::AlertReported(reported) => Some(&reported.text),
                    other => reword::words(other),
                };
                if let Some(text) = text {
                    self.texts.entry(stamp).or_default().push((stamp, text));
                }
                let when = change.when().cloned().unwrap_or_else(|| Moment::stamped(stamp.instant()));
                self.times.entry(stamp).or_default().push((stamp, when));
            }
            None => {}
        }
    }
}
