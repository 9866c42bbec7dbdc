//! What happened, in the order of time: milestones, changes of severity and roles, decisions, key entries.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::label::Label;
use crate::export::outline::timeline::is_told;
use crate::model::{EntryKind, Face, Incident, MilestoneKind, Moment};
use crate::text::Raw;

/// The most that is drawn besides the milestones.
const EVENTS: usize = 16;
/// The most hypotheses that branch off one node.
const BRANCHES_OF_ONE: usize = 3;

/// One node of the middle line.
pub(super) struct Knot {
    /// Its name in the diagram.
    pub id: String,
    /// What it says.
    pub label: Label,
    /// Whether it is a milestone.
    pub milestone: bool,
    /// Its place in time.
    at: i64,
}

/// The middle line; never empty.
pub(super) struct Spine<'a> {
    /// Its nodes, in the order of time.
    pub knots: Vec<Knot>,
    /// How it tells the time.
    pub dial: Dial<'a>,
}

impl<'a> Spine<'a> {
    /// Gathers it.
    pub(super) fn of(incident: &'a Incident) -> Self {
        let mut told = events(incident);
        told.extend(milestones(incident));
        told.sort_by_key(Event::place);
        let face = Face::of(incident);
        let first = told.iter().find_map(|event| face.date(&event.when.as_ref()?.at));
        let dial = Dial { face, first };
        let mut knots: Vec<Knot> = Vec::new();
        if told.is_empty() {
            knots.push(ours("nothing", "nothing is recorded yet"));
        } else if incident.milestones.get(MilestoneKind::Started).is_none() {
            knots.push(ours("no_start", "the start is not recorded"));
        }
        let mut dated = false;
        for event in told {
            let time = match &event.when {
                Some(when) if !dated => {
                    dated = dial.face.date(&when.at).is_some();
                    format!("{} ", dial.whole(when))
                }
                Some(when) => format!("{} ", dial.tells(when)),
                None => String::new(),
            };
            let label = match &event.words {
                Some(words) if event.what.is_empty() => Label::default().led(&time, words),
                words => Label::of(&format!("{time}{}", event.what)).line(words.as_ref()),
            };
            let at = event.place().0;
            knots.push(Knot { id: event.id, label, milestone: event.rank.is_some(), at });
        }
        Self { knots, dial }
    }

    /// Puts a node in between wherever more than three branch off, so that the diagram does not become wider than a page.
    pub(super) fn make_room(&mut self, mut branches: Vec<Option<i64>>) {
        branches.sort_unstable();
        let mut at_one: HashMap<String, usize> = HashMap::new();
        let mut nodes = 0;
        for place in branches {
            let from = self.before(place).to_owned();
            let taken = at_one.entry(from.clone()).or_default();
            *taken += 1;
            if *taken <= BRANCHES_OF_ONE {
                continue;
            }
            nodes += 1;
            let id = format!("also_{nodes}");
            let Some(nth) = self.knots.iter().position(|knot| knot.id == from) else { continue };
            let at = self.knots[nth].at.max(place.unwrap_or(i64::MIN));
            let label = Label::of("and then suspected");
            self.knots.insert(nth + 1, Knot { id: id.clone(), label, milestone: false, at });
            at_one.insert(id, 1);
        }
    }

    /// The last node that is not after an instant; the first where there is none, or where the instant is not known.
    pub(super) fn before(&self, at: Option<i64>) -> &str {
        let first = self.knots.first().map_or(i64::MIN, |knot| knot.at);
        let at = at.map_or(first, |at| at.max(first));
        let found = self.knots.iter().rev().find(|knot| knot.at <= at);
        found.map_or("", |knot| &knot.id)
    }

    /// The node after one.
    pub(super) fn next(&self, id: &str) -> Option<&str> {
        let mut after = self.knots.iter().skip_while(|knot| knot.id != id).skip(1);
        after.next().map(|knot| knot.id.as_str())
    }

    /// The first node that is not before an instant.
    pub(super) fn after(&self, at: i64) -> Option<&str> {
        self.knots.iter().find(|knot| knot.at >= at).map(|knot| knot.id.as_str())
    }
}

fn ours(id: &str, words: &str) -> Knot {
    Knot { id: id.into(), label: Label::of(words), milestone: false, at: i64::MIN }
}

/// What is told in one node.
struct Event {
    id: String,
    when: Option<Moment>,
    /// In our words.
    what: String,
    /// In theirs.
    words: Option<Raw>,
    /// Which milestone it is.
    rank: Option<MilestoneKind>,
    place: i64,
}

impl Event {
    /// What happened at one instant happened in the order of the milestones.
    fn place(&self) -> (i64, Option<MilestoneKind>) {
        (self.place, self.rank)
    }
}

fn milestones(incident: &Incident) -> Vec<Event> {
    let known = MilestoneKind::ALL.into_iter().filter_map(|kind| {
        let milestone = incident.milestones.get(kind)?;
        let known_else = match kind {
            MilestoneKind::Detected => incident.detection.as_ref(),
            MilestoneKind::Identified => incident.root_cause.as_ref(),
            MilestoneKind::Mitigated => incident.resolution.temporary.as_ref(),
            MilestoneKind::Resolved => incident.resolution.permanent.as_ref(),
            _ => None,
        };
        let when = Moment {
            at: milestone.at,
            until: None,
            precision: milestone.precision,
            approximate: milestone.approximate,
            as_written: None,
        };
        Some(Event {
            id: format!("m_{kind}"),
            when: Some(when),
            what: kind.word().into(),
            words: milestone.how.as_ref().or(known_else).cloned(),
            rank: Some(kind),
            place: milestone.at.sort_key(),
        })
    });
    known.collect()
}

/// Changes of severity and roles, decisions, key entries: the first and the last of them, where there are many.
fn events(incident: &Incident) -> Vec<Event> {
    let entries =
        incident.timeline.iter().filter(|e| is_told(e, incident)).filter(|entry| match entry.kind {
            EntryKind::Severity | EntryKind::Role => true,
            EntryKind::Note | EntryKind::Alert | EntryKind::Command | EntryKind::Status => entry.key,
            // They are there as themselves.
            EntryKind::Milestone | EntryKind::Hypothesis => false,
        });
    let entries = entries.map(|entry| (entry.at, entry.moment(), "", &entry.text));
    let decisions =
        incident.decisions.iter().map(|d| (d.at, Moment::to_the_minute(d.at), "decided", &d.text));
    let mut all: Vec<_> = entries.chain(decisions).collect();
    all.sort_by_key(|(at, ..)| at.sort_key());
    let left = all.len().saturating_sub(EVENTS);
    let cut = EVENTS / 2..EVENTS / 2 + left;
    let told = all.into_iter().enumerate().filter_map(|(nth, (at, when, what, text))| {
        let id = format!("e{}", nth + 1);
        let place = at.sort_key();
        let more = left > 0 && nth == cut.start;
        if cut.contains(&nth) && !more {
            return None;
        }
        let event =
            Event { id, when: Some(when), what: what.into(), words: Some(text.clone()), rank: None, place };
        let and_more = || Event {
            when: None,
            what: format!("and {left} more"),
            words: None,
            id: "more_events".into(),
            rank: None,
            place,
        };
        Some(if more { and_more() } else { event })
    });
    told.collect()
}

/// The clock of the diagram: the first node tells date and zone, the others the date only where it is another one.
#[derive(Clone, Copy)]
pub(super) struct Dial<'a> {
    face: Face<'a>,
    first: Option<NaiveDate>,
}

impl Dial<'_> {
    /// When it was.
    pub(super) fn tells(&self, when: &Moment) -> String {
        let time = self.face.bare(when);
        match self.face.date(&when.at) {
            _ if when.at.time.is_none() => self.whole(when),
            Some(date) if Some(date) != self.first => format!("{} {time}", date.format("%m-%d")),
            _ => time,
        }
    }

    /// With its date and its zone.
    fn whole(&self, when: &Moment) -> String {
        let about = if when.approximate { "~" } else { "" };
        format!("{about}{}", self.face.full(&when.at, when.precision))
    }
}
