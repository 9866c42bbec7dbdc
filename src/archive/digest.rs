//! What of an incident is looked through when many are.

use std::collections::HashSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::model::{
    ActionKind, ActionStatus, Definition, Document, EntryKind, Face, HypothesisStatus, Id, Incident, Instant,
    MilestoneKind, Status, Zone,
};
use crate::text::Raw;

use super::Card;

/// What was suspected, and what came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guess {
    /// The subject as typed.
    pub subject: Raw,
    /// Where it stands.
    pub status: HypothesisStatus,
    /// Minutes from raising to the verdict, where both are known.
    pub minutes: Option<i64>,
}

/// What was to be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Todo {
    /// The stamp of the record that added it.
    pub id: Id,
    /// What people call it by.
    pub number: u32,
    /// How broad it is.
    pub kind: ActionKind,
    /// What is to be done.
    pub text: Raw,
    /// Who does it.
    pub owner: Option<Raw>,
    /// Until when, a date in the incident's zone.
    pub due: Option<NaiveDate>,
    /// 0 is the most urgent.
    pub priority: Option<u8>,
    /// What it is good for: prevent, detect, mitigate.
    pub class: Option<Raw>,
    /// Where it is tracked.
    pub link: Option<Raw>,
    /// Where it stands.
    pub status: ActionStatus,
}

/// What of an incident is looked through when many are: small enough to hold ten thousand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Digest {
    /// Its id.
    pub id: Raw,
    /// What people call it.
    pub title: Raw,
    /// 1 is the worst.
    pub severity: Option<u8>,
    /// Where it stands.
    pub status: Status,
    /// The zone its times are printed in.
    pub zone: Zone,
    /// The services affected.
    pub services: Vec<Raw>,
    /// The tags of its entries and the classes of its actions, each once.
    pub tags: Vec<Raw>,
    /// When it began as far as is known: started, else the first entry.
    pub began: Option<Instant>,
    /// The day it began, as written, where that much is known; in an import the time or the zone may not be.
    #[serde(default)]
    pub day: Option<NaiveDate>,
    /// When it was resolved.
    pub resolved: Option<Instant>,
    /// Minutes to detect, to identify, to mitigate, to resolve, each from started; none where unknown.
    pub detect_minutes: Option<i64>,
    /// See [`detect_minutes`](Self::detect_minutes).
    pub identify_minutes: Option<i64>,
    /// See [`detect_minutes`](Self::detect_minutes).
    pub mitigate_minutes: Option<i64>,
    /// See [`detect_minutes`](Self::detect_minutes).
    pub resolve_minutes: Option<i64>,
    /// The short story in words.
    pub summary: Option<Raw>,
    /// What it meant for people.
    pub impact: Option<Raw>,
    /// Why it happened.
    pub root_cause: Option<Raw>,
    /// What set it off.
    pub trigger: Option<Raw>,
    /// What helped it along.
    pub factors: Vec<Raw>,
    /// What was suspected, in the order of the first mention.
    pub guesses: Vec<Guess>,
    /// What was to be done.
    pub todos: Vec<Todo>,
    /// How many entries its timeline has.
    pub entries: usize,
    /// How many doubts are open.
    pub doubts: usize,
    /// Other incidents that belong to it, by their ids.
    pub related: Vec<Raw>,
    /// The documents it was read from.
    pub documents: Vec<Document>,
    /// The incidents that were merged into it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub merged: Vec<Raw>,
    /// The incident that it was merged into: see [`merged_away`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub merged_into: Option<Raw>,
    /// How it showed at first: the beginnings of its first entries.
    #[serde(default)]
    pub symptoms: Vec<Raw>,
}

/// The entries that tell how it showed at first, and how much of each is kept, in characters.
const SYMPTOMS: (usize, usize) = (4, 100);

impl Digest {
    /// What of this incident is looked through.
    pub fn of(incident: &Incident) -> Self {
        let minutes = |metric: Definition| metric.minutes(&incident.milestones);
        let mut tags: Vec<Raw> =
            incident.timeline.iter().flat_map(|entry| entry.tags.iter().cloned()).collect();
        tags.extend(incident.actions.iter().filter_map(|action| action.class.clone()));
        tags.sort_by(|a, b| a.as_typed().cmp(b.as_typed()));
        tags.dedup();
        Self {
            id: incident.id.clone(),
            title: incident.title.clone(),
            severity: incident.severity,
            status: incident.status,
            zone: incident.zone.clone(),
            services: incident.services.clone(),
            tags,
            began: incident.began().map(|(at, _)| at),
            day: day(incident),
            resolved: incident.milestones.instant(MilestoneKind::Resolved),
            detect_minutes: minutes(Definition::DETECT),
            identify_minutes: minutes(Definition::IDENTIFY),
            mitigate_minutes: minutes(Definition::MITIGATE),
            resolve_minutes: minutes(Definition::RESOLVE),
            summary: incident.summary.clone(),
            impact: incident.impact.text.clone(),
            root_cause: incident.root_cause.clone(),
            trigger: incident.trigger.clone(),
            factors: incident.factors.clone(),
            guesses: incident.hypotheses.iter().map(Guess::of).collect(),
            todos: incident.actions.iter().map(Todo::of).collect(),
            entries: incident.timeline.len(),
            doubts: incident.warnings.len(),
            related: incident.related.clone(),
            documents: incident.documents.clone(),
            merged: incident.merged.clone(),
            merged_into: incident.merged_into.clone(),
            symptoms: symptoms(incident),
        }
    }

    /// What is still to be done.
    pub fn open_todos(&self) -> impl Iterator<Item = &Todo> {
        self.todos.iter().filter(|todo| todo.status == ActionStatus::Open)
    }

    /// The day it began, in its zone; where no time is known, the one that was read, and of what was not imported the date
    /// that its id begins with.
    pub fn day(&self) -> Option<NaiveDate> {
        if let Some(began) = self.began {
            return Some(self.zone.at(began).date_naive());
        }
        // That of an import may be the day on which it was imported.
        let id = Some(self.id.as_typed()).filter(|_| self.documents.is_empty());
        self.day.or_else(|| NaiveDate::parse_from_str(id?.get(..10)?, "%Y-%m-%d").ok())
    }
}

/// The incidents that are part of another one now, by their ids: they are left out where incidents are listed or counted.
/// Both have to say so. Where the merge was taken back in the other one, or that one is gone, nothing of this one is hidden.
pub fn merged_away<'a>(digests: impl IntoIterator<Item = &'a Digest>) -> HashSet<&'a Raw> {
    let places = digests.into_iter().map(|one| (&one.id, one.merged_into.as_ref(), one.merged.as_slice()));
    gone(&places.collect::<Vec<_>>())
}

/// The same of what the list shows of them.
pub fn cards_merged_away<'a>(cards: impl IntoIterator<Item = &'a Card>) -> HashSet<&'a Raw> {
    let places = cards.into_iter().map(|one| (&one.id, one.merged_into.as_ref(), one.merged.as_slice()));
    gone(&places.collect::<Vec<_>>())
}

fn gone<'a>(places: &[(&'a Raw, Option<&'a Raw>, &'a [Raw])]) -> HashSet<&'a Raw> {
    let holds: HashSet<(&Raw, &Raw)> =
        places.iter().flat_map(|(into, _, merged)| merged.iter().map(|id| (*into, id))).collect();
    let gone = places.iter().filter(|(id, into, _)| into.is_some_and(|into| holds.contains(&(into, *id))));
    gone.map(|(id, ..)| *id).collect()
}

fn day(incident: &Incident) -> Option<NaiveDate> {
    let face = Face::of(incident);
    let started = incident.milestones.get(MilestoneKind::Started).map(|started| &started.at);
    started.into_iter().chain(incident.timeline.iter().map(|entry| &entry.at)).find_map(|at| face.date(at))
}

/// What was seen before anybody knew why: what people wrote of themselves and what alerts said, not that something was set
/// or suspected, nor what was run.
fn symptoms(incident: &Incident) -> Vec<Raw> {
    let (most, length) = SYMPTOMS;
    let is_seen = |kind: EntryKind| kind.has_own_words() && kind != EntryKind::Command;
    let seen = incident.timeline.iter().filter(|entry| is_seen(entry.kind) && !entry.struck);
    let beginning = |text: &Raw| Raw::new(text.as_typed().chars().take(length).collect::<String>());
    seen.take(most).map(|entry| beginning(&entry.text)).collect()
}

impl Guess {
    fn of(hypothesis: &crate::model::Hypothesis) -> Self {
        Self {
            subject: hypothesis.subject.raw().clone(),
            status: hypothesis.status,
            minutes: hypothesis.minutes(),
        }
    }
}

impl Todo {
    fn of(action: &crate::model::Action) -> Self {
        Self {
            id: action.id,
            number: action.number,
            kind: action.kind,
            text: action.text.clone(),
            owner: action.owner.clone(),
            due: action.due,
            priority: action.priority,
            class: action.class.clone(),
            link: action.link.clone(),
            status: action.status,
        }
    }
}
