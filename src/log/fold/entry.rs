//! Folds entries, and puts those that stand for another change on the timeline.

use super::{Said, Stands};
use crate::log::{Change, Stamp};
use crate::model::{Entry, Incident, Subject};
use crate::text::{Raw, marks};

/// Folds a change of an entry; `entry_of` gives the entry that a record is a part of, where that is not its own.
pub(super) fn apply(
    incident: &mut Incident,
    change: &Change,
    said: &Said<'_>,
    entry_of: impl Fn(Stamp) -> Stamp,
) {
    match change {
        // What a document does not say the time of has no place on the timeline.
        Change::EntryAdded { .. } if !said.timed => {}
        Change::EntryAdded { text, tags, people, kind, .. } => {
            let mut entry = made(said, text.clone(), &Stands::of(*kind));
            (entry.tags, entry.people) = (tags.as_slice().into(), people.as_slice().into());
            incident.timeline.insert(entry);
        }
        Change::EntryTextChanged { entry, text, tags, people } => {
            incident.timeline.edit(entry_of(*entry), |e| {
                let own = e.kind.has_own_words();
                if !own && !e.kind.has_words() {
                    return;
                }
                // Of what came back without its change, the entry is all that can be put right.
                e.text = if own { text.clone() } else { e.with_words(text) };
                (e.tags, e.people) =
                    if own { (tags.as_slice().into(), people.as_slice().into()) } else { named(&e.text) };
                e.edited = true;
            });
        }
        Change::EntryStruck { entry } => strike(incident, entry_of(*entry), true),
        Change::EntryUnstruck { entry } => strike(incident, entry_of(*entry), false),
        Change::EntryStarred { entry } => incident.timeline.edit(entry_of(*entry), |e| e.key = true),
        Change::EntryUnstarred { entry } => incident.timeline.edit(entry_of(*entry), |e| e.key = false),
        _ => {}
    }
}

/// Strikes an entry out, or takes that back, and with it what it tells as evidence.
pub(super) fn strike(incident: &mut Incident, entry: Stamp, struck: bool) {
    incident.timeline.edit(entry, |e| e.struck = struck);
    for hypothesis in &mut incident.hypotheses {
        hypothesis
            .evidence
            .iter_mut()
            .filter(|evidence| evidence.entry == Some(entry))
            .for_each(|evidence| evidence.struck = struck);
    }
}

/// Strikes what a hypothesis has as evidence as its entries are: it was brought in apart from them.
pub(super) fn strike_evidence(incident: &mut Incident, subject: &Subject) {
    let Incident { timeline, hypotheses, .. } = incident;
    let Some(hypothesis) = hypotheses.iter_mut().find(|known| known.subject == *subject) else { return };
    for evidence in &mut hypothesis.evidence {
        if let Some(entry) = timeline.iter().rfind(|entry| Some(entry.id) == evidence.entry) {
            evidence.struck = entry.struck;
        }
    }
}

/// Puts the one entry on the timeline that stands for a change of something else. Of what was imported, the entry of the
/// same line does; and without a time there is none.
pub(super) fn stand(incident: &mut Incident, said: &Said<'_>, text: String, stands: &Stands) {
    if let Some(entry) = said.entry {
        incident.timeline.edit(entry, |entry| {
            entry.hypothesis = entry.hypothesis.take().or(stands.hypothesis.map(Box::new));
            entry.milestone = entry.milestone.or(stands.milestone);
        });
        return;
    }
    if !said.timed {
        return;
    }
    let mut entry = made(said, Raw::new(text), stands);
    (entry.tags, entry.people) = named(&entry.text);
    incident.timeline.insert(entry);
}

/// Lists these tags with an entry too.
pub(super) fn tag(incident: &mut Incident, id: Stamp, tags: &[Raw]) {
    if !tags.is_empty() {
        incident.timeline.edit(id, |entry| {
            let mut all = std::mem::take(&mut entry.tags).into_vec();
            marks::add(&mut all, tags.iter().cloned());
            entry.tags = all.into();
        });
    }
}

/// The tags and the people that a text names.
pub(super) fn named(text: &Raw) -> (Box<[Raw]>, Box<[Raw]>) {
    let (tags, people) = marks::named(text.as_typed());
    (tags.into(), people.into())
}

/// An entry with these words.
pub(super) fn made(said: &Said<'_>, text: Raw, stands: &Stands) -> Entry {
    let mut entry = Entry {
        id: said.id,
        at: said.when.at,
        until: None,
        precision: said.when.precision,
        approximate: false,
        as_written: None,
        logged_at: said.logged_at,
        by: said.by.clone(),
        text,
        tags: Box::default(),
        people: Box::default(),
        key: false,
        kind: stands.kind,
        hypothesis: stands.hypothesis.map(Box::new),
        milestone: stands.milestone,
        struck: false,
        edited: said.edited,
        skewed: said.skewed,
        source: said.from.cloned().map(Box::new),
        machine: None,
    };
    entry.set_moment(&said.when);
    entry
}
