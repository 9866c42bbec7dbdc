//! Folds what machines told: all reports of one alert are one entry, and how a command ended belongs to its beginning.

use std::collections::HashMap;

use super::{Fold, Said, Stands, entry};
use crate::log::{Change, Reported, Stamp};
use crate::model::{Alert, Command, Entry, EntryKind, Exit, Incident, Machine};
use crate::text::{Raw, marks};

/// The entries of alerts, by what tells each alert from all others.
#[derive(Clone, Debug, Default)]
pub(super) struct Alerts {
    /// Where the entry of each stands.
    places: HashMap<(Raw, Raw), (i64, Stamp)>,
    /// The entries of reports that made none of their own: two replicas may each have had the first.
    parts: HashMap<Stamp, Stamp>,
}

impl Alerts {
    /// The entry that a record is a part of; its own where it is of none.
    pub(super) fn entry_of(&self, record: Stamp) -> Stamp {
        self.parts.get(&record).copied().unwrap_or(record)
    }

    /// Where the entry of an alert stands.
    pub(super) fn place(&self, identity: &(Raw, Raw)) -> Option<(i64, Stamp)> {
        self.places.get(identity).copied()
    }
}

/// Folds what a machine told.
pub(super) fn apply(fold: &mut Fold, change: &Change, said: &Said<'_>) {
    match change {
        Change::AlertReported(reported) => report(fold, reported, said),
        Change::CommandStarted { text, tags, place, ended, .. } => {
            let mut made = entry::made(said, text.clone(), &Stands::of(EntryKind::Command));
            (made.tags, made.people) = named(text, tags);
            let began = said.when.at.instant().unwrap_or(said.logged_at);
            let command = Command { place: place.clone(), began, ended: ended.as_deref().cloned() };
            made.machine = Some(Box::new(Machine::Command(command)));
            fold.incident.timeline.insert(made);
        }
        Change::CommandEnded { command, ended } => end(&mut fold.incident, *command, ended),
        _ => {}
    }
}

/// Takes an entry that came from elsewhere into account, if it is that of an alert: whether it became a part of one that is
/// there already, with what it knows of when the alert fired.
pub(super) fn joined(fold: &mut Fold, other: &Entry) -> bool {
    let Some(Machine::Alert(alert)) = other.machine.as_deref() else { return false };
    let identity = (alert.source.clone(), alert.key.clone());
    let Some(place) = fold.alerts.place(&identity) else {
        fold.alerts.places.insert(identity, other.place());
        return false;
    };
    fold.alerts.parts.insert(other.id, place.1);
    fold.incident.timeline.edit_at(place, |entry| {
        if let Some(Machine::Alert(own)) = entry.machine.as_deref_mut() {
            alert.fired.iter().for_each(|firing| own.fire(firing.at, firing.ended.as_ref()));
        }
    });
    true
}

fn report(fold: &mut Fold, reported: &Reported, said: &Said<'_>) {
    let identity = reported.identity();
    let at = reported.when.at.instant().unwrap_or(said.logged_at);
    let Some(mut place) = fold.alerts.place(&identity) else {
        let mut made = entry::made(said, reported.text.clone(), &Stands::of(EntryKind::Alert));
        (made.tags, made.people) = named(&reported.text, &reported.tags);
        let mut alert = Alert {
            source: reported.source.clone(),
            key: reported.key.clone(),
            url: reported.url.clone(),
            details: reported.details.clone(),
            fired: Vec::new(),
        };
        alert.fire(at, reported.ended.as_ref());
        made.machine = Some(Box::new(Machine::Alert(alert)));
        fold.alerts.places.insert(identity, made.place());
        fold.incident.timeline.insert(made);
        return;
    };
    fold.alerts.parts.insert(said.id, place.1);
    // Its time is when it fired first; what a person has corrected stays.
    let is_corrected = said.edited && said.when.at != reported.when.at;
    let is_earlier = said.when.at.sort_key() < place.0;
    if is_corrected || is_earlier {
        let timed = fold.hindsight.times.contains_key(&place.1);
        if is_corrected || !timed {
            place = fold.incident.timeline.place_anew(place, &said.when, is_corrected);
            fold.alerts.places.insert(identity, place);
        }
    }
    fold.incident.timeline.edit_at(place, |entry| {
        if let Some(Machine::Alert(alert)) = entry.machine.as_deref_mut() {
            alert.fire(at, reported.ended.as_ref());
        }
    });
}

fn end(incident: &mut Incident, command: Stamp, ended: &Exit) {
    incident.timeline.edit(command, |entry| {
        if let Some(Machine::Command(command)) = entry.machine.as_deref_mut() {
            command.ended = Some(ended.clone());
        }
    });
}

/// The tags and the people of a text, and these tags.
fn named(text: &Raw, tags: &[Raw]) -> (Box<[Raw]>, Box<[Raw]>) {
    let (mut all, people) = marks::named(text.as_typed());
    marks::add(&mut all, tags.iter().cloned());
    (all.into(), people.into())
}
