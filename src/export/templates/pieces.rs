//! What templates see as `outline`: the pieces of the story by name, each made when a template first names it. One table
//! for the engine and for the help.

use std::sync::{Arc, OnceLock};

use minijinja::context;
use minijinja::value::{Enumerator, Object, Value};

use crate::export::markdown;
use crate::export::outline::{Block, Outline, parts, timeline};
use crate::model::{Entry, Face, Incident, Milestone, MilestoneKind, Precision, Update, length};
use crate::text::Raw;

/// A piece of the story.
pub struct Piece {
    /// Its name, after `outline.`.
    pub name: &'static str,
    /// What it is, in one line.
    pub help: &'static str,
    make: fn(&Incident) -> Value,
}

/// A row of the table.
macro_rules! pieces {
    ($($name:ident: $help:literal => $make:expr;)*) => {
        &[$(Piece { name: stringify!($name), help: $help, make: $make },)*]
    };
}

/// All pieces. Those of several lines are Markdown without a heading of their own; one that is not known prints "not
/// recorded" and counts as false.
pub const PIECES: &[Piece] = pieces! {
    title: "the title" => title;
    sections: "the sections of the default report, in order: .heading, .text" => sections;
    overview: "the summary in words; where there is none, a sentence of what is known" => overview;
    summary: "the summary of the default report: how long, how bad, why" => |i| text(&parts::summary(i));
    date: "the day it started, as far as known" => date;
    duration: "how long it took, with both ends" => |i| text(&parts::duration(i));
    started: "when the harm began" => |i| milestone(i, MilestoneKind::Started);
    detected: "when it was noticed" => |i| milestone(i, MilestoneKind::Detected);
    acknowledged: "when somebody took it on" => |i| milestone(i, MilestoneKind::Acknowledged);
    declared: "when it was declared an incident" => |i| milestone(i, MilestoneKind::Declared);
    identified: "when the cause was found" => |i| milestone(i, MilestoneKind::Identified);
    mitigated: "when the harm ended" => |i| milestone(i, MilestoneKind::Mitigated);
    resolved: "when all was as it had been" => |i| milestone(i, MilestoneKind::Resolved);
    closed: "when the work after it was done" => |i| milestone(i, MilestoneKind::Closed);
    milestones: "each milestone that was met, with the time since the start" => |i| text(&parts::milestones(i));
    diagram: "the flow of the incident as a Mermaid diagram" => |i| text(&parts::diagram(i));
    metrics: "the time to detect, acknowledge, identify, mitigate and resolve" => |i| text(&parts::metrics(i));
    impact: "what it meant for people: in words, how many, what was lost" => |i| text(&parts::impact(i));
    timeline: "all of the timeline, parted by day" => |i| text(&parts::timeline(i));
    key_timeline: "the starred entries; where there are none, the milestones" => |i| text(&parts::key_timeline(i));
    entries: "the timeline as a list: .when, .day, .full, .text, .by (who logged it), .people, .key" => |i| entries(i, &timeline::told(i));
    key_entries: "the same of the starred entries, else of the milestones" => |i| entries(i, &timeline::key(i));
    authors: "who logged entries, a list of names" => authors;
    roles: "who has which role" => |i| text(&parts::roles(i));
    misleading_paths: "what was ruled out, with the minutes it took and the harm" => |i| text(&parts::misleading_paths(i));
    confirmed: "what was suspected and confirmed" => |i| text(&parts::confirmed(i));
    open_hypotheses: "what was suspected and never settled, with its tests" => |i| text(&parts::open_hypotheses(i));
    cause: "the root cause" => |i| text(&parts::cause(i));
    trigger: "what set it off" => |i| text(&parts::trigger(i));
    factors: "what helped it along" => |i| text(&parts::factors(i));
    detection: "how it was noticed" => |i| text(&parts::detection(i));
    detected_by: "the same in one line" => |i| parts::noticed(i).map_or_else(unknown, |how| Value::from(how.as_typed()));
    resolution: "how it was ended, for the time being and for good" => |i| text(&parts::resolution(i));
    improvements: "broad actions" => |i| text(&parts::improvements(i));
    tasks: "specific actions, numbered" => |i| text(&parts::tasks(i));
    actions: "all actions, the broad ones first" => |i| text(&parts::actions(i));
    lessons: "what was learned, under three headings of the third level" => |i| text(&parts::lessons(i));
    went_well: "what went well" => |i| text(&parts::went_well(i));
    went_wrong: "what went wrong" => |i| text(&parts::went_wrong(i));
    lucky: "where luck helped" => |i| text(&parts::lucky(i));
    updates: "what stakeholders were told" => |i| text(&parts::updates(i));
    public_update: "the last update for the public: .when, .text" => |i| update(i, "public");
    latest_update: "the last update of all: .when, .text, .audience" => latest_update;
    internal_update: "the last update for colleagues: .when, .text" => |i| update(i, "internal");
    next_update: "when the next update is due, where /every says how often" => next_update;
    decisions: "what was decided, and by whom" => |i| text(&parts::decisions(i));
    attachments: "the files that are kept with it: pictures, and the first lines of texts" => |i| text(&parts::attachments(i));
    links: "pointers to something outside" => |i| text(&parts::links(i));
    notes: "the notes, each under a heading of the third level" => |i| text(&parts::notes(i));
    doubts: "what contradicts itself, and what was read but not understood" => |i| text(&parts::doubts(i));
    missing: "what the report still lacks" => |i| text(&parts::missing(i));
};

/// The pieces of an incident, each made once.
#[derive(Debug)]
struct Pieces {
    incident: Arc<Incident>,
    made: Vec<OnceLock<Value>>,
}

/// The pieces of an incident as a value.
pub(super) fn outline(incident: Arc<Incident>) -> Value {
    Value::from_object(Pieces { incident, made: PIECES.iter().map(|_| OnceLock::new()).collect() })
}

impl Object for Pieces {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let at = PIECES.iter().position(|piece| key.as_str() == Some(piece.name))?;
        let make = || (PIECES[at].make)(&self.incident);
        self.made.get(at).map(|made| made.get_or_init(make).clone())
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Values(PIECES.iter().map(|piece| Value::from(piece.name)).collect())
    }
}

/// What is not known.
fn unknown() -> Value {
    Value::from(())
}

/// Blocks as Markdown.
fn text(blocks: &[Block]) -> Value {
    if blocks.is_empty() {
        return unknown();
    }
    let mut told = markdown::blocks(blocks);
    told.truncate(told.trim_end().len());
    Value::from_safe_string(told)
}

fn title(incident: &Incident) -> Value {
    Value::from(incident.title.as_typed())
}

fn sections(incident: &Incident) -> Value {
    let sections = Outline::of(incident).sections;
    sections.iter().map(|s| context! { heading => s.heading, text => text(&s.blocks) }).collect()
}

/// In the words of somebody, else in those of the record.
fn overview(incident: &Incident) -> Value {
    if let Some(summary) = &incident.summary {
        return Value::from_safe_string(summary.for_md().to_string());
    }
    // One text, made safe as a whole: a number and the mark that ends its sentence would be an item of a list.
    let mut known = Vec::new();
    if let Some(text) = &incident.impact.text {
        known.push(ended("", text.as_typed()));
    }
    if let Some(cause) = &incident.root_cause {
        known.push(ended("Root cause: ", cause.as_typed()));
    }
    if let Some(minutes) = incident.metrics.duration_minutes {
        known.push(ended("Duration: ", &length(minutes)));
    }
    if known.is_empty() { unknown() } else { Value::from(known.join(" ")) }
}

/// With a mark that ends a sentence.
fn ended(label: &str, words: &str) -> String {
    let words = words.trim();
    let mark = if words.ends_with(['.', '!', '?']) { "" } else { "." };
    [label, words, mark].concat()
}

fn date(incident: &Incident) -> Value {
    let face = Face::of(incident);
    let began = incident.began().and_then(|(at, _)| face.date(&at.into()));
    let started = incident.milestones.get(MilestoneKind::Started).and_then(|m| face.date(&m.at));
    let first = incident.timeline.first().and_then(|entry| face.date(&entry.at));
    started.or(began).or(first).map_or_else(unknown, |date| Value::from(date.to_string()))
}

fn milestone(incident: &Incident, kind: MilestoneKind) -> Value {
    let face = Face::of(incident);
    let full = |m: &Milestone| {
        let about = if m.approximate { "about " } else { "" };
        Value::from(format!("{about}{}", face.full(&m.at, m.precision)))
    };
    incident.milestones.get(kind).map_or_else(unknown, full)
}

fn entries(incident: &Incident, told: &[&Entry]) -> Value {
    let face = Face::of(incident);
    let row = |entry: &&Entry| {
        let day = timeline::day_name(face.date(&entry.at));
        let date = face.date(&entry.at).map_or_else(String::new, |date| format!("{date} "));
        let when = face.labelled(&entry.moment());
        let (text, by) = (entry.with_state(&face), entry.by.as_typed());
        let text = text.as_typed();
        let people: Vec<Value> = entry.people.iter().map(|name| Value::from(name.as_typed())).collect();
        context! { full => format!("{date}{when}"), when, day, text, by, people, key => entry.key }
    };
    told.iter().map(row).collect()
}

fn authors(incident: &Incident) -> Value {
    let mut authors: Vec<&Raw> = timeline::told(incident)
        .into_iter()
        .filter(|entry| !entry.kind.is_machine())
        .map(|entry| &entry.by)
        .collect();
    authors.sort_unstable();
    authors.dedup();
    authors.into_iter().map(|name| Value::from(name.as_typed())).collect()
}

/// The last update for somebody.
fn update(incident: &Incident, audience: &str) -> Value {
    last_of(incident, |update| update.audience.as_typed() == audience)
}

/// The last update, whoever it was for.
fn latest_update(incident: &Incident) -> Value {
    last_of(incident, |_| true)
}

fn last_of(incident: &Incident, wanted: impl Fn(&&Update) -> bool) -> Value {
    let last = incident.updates.iter().filter(wanted).max_by_key(|update| update.at.sort_key());
    let row = |update: &Update| {
        let when = Face::of(incident).full(&update.at, Precision::Minute);
        context! { when, text => update.text.as_typed(), audience => update.audience.as_typed() }
    };
    last.map_or_else(unknown, row)
}

fn next_update(incident: &Incident) -> Value {
    incident.update_due().map_or_else(unknown, |due| Value::from(Face::of(incident).instant(due)))
}
