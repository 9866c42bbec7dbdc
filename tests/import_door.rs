//! How what was read from a document comes in: what it is recorded with, `warroom import`, the walk through the doubts.

mod mattermost;
mod review;
mod shell;
mod slack;
mod undated;
mod zoneless;

use warroom::import::{Found, Reading, just_added};
use warroom::log::{About, Change, List};
use warroom::model::{
    ActionKind, ActionStatus, At, Document, EntryKind, Field, HypothesisStatus, MilestoneKind, Moment,
    Status, Subject,
};
use warroom::session::{Import, peek};

use crate::scene::utc;
use crate::stage::Fixed;

fn at(text: &str) -> Moment {
    Moment::to_the_minute(At::known(&utc(text)))
}

fn entry(text: &str, when: Option<Moment>) -> Change {
    Change::EntryAdded {
        text: text.into(),
        tags: Vec::new(),
        people: Vec::new(),
        kind: EntryKind::Note,
        when: when.map(Box::new),
    }
}

fn about(subject: &str, text: &str, when: Option<Moment>) -> About {
    About { subject: Subject::new(subject), text: Some(text.into()), when: when.map(Box::new) }
}

fn action(text: &str) -> Change {
    Change::ActionAdded {
        kind: ActionKind::Task,
        text: text.into(),
        owner: None,
        due: None,
        priority: None,
        class: None,
        link: None,
    }
}

pub fn doubt(text: &str) -> Change {
    Change::ItemAdded { list: List::Warnings, text: text.into() }
}

/// What some document says, line by line.
pub fn import(lines: Vec<(u32, Change)>) -> Import {
    let found = lines.into_iter().map(|(line, change)| Found { line: Some(line), change }).collect();
    let reading = Reading { title: "Feeds stand still".into(), found, ..Reading::default() };
    let document = Document { file: "feeds.md".into(), bytes: 10, crc: 20, channel: None };
    Import { reading, document, by: "alice".into() }
}

pub fn outage() -> Vec<(u32, Change)> {
    let milestone = MilestoneKind::Started;
    vec![
        (3, Change::MilestoneSet { milestone, how: None, when: Some(at("2021-05-06 10:00").into()) }),
        (7, entry("10:05 we thought it was the cache", Some(at("2021-05-06 10:05")))),
        (7, Change::HypothesisRaised(about("cache", "it was full", Some(at("2021-05-06 10:05"))))),
        (8, Change::HypothesisRuledOut(about("cache", "it was empty", None))),
        (9, Change::HypothesisRaised(about("load balancer", "an old rule", None))),
        (12, action("Write it down")),
        (13, action("Delete the rule")),
        (13, Change::ActionDone { action: just_added(), when: None }),
        (7, doubt("no zone is given: UTC is assumed")),
        (13, doubt("it is not clear whether this is done")),
    ]
}

#[test]
fn an_entry_stands_for_what_else_its_line_says() {
    let incident = import(outage()).preview(utc("2026-01-01 12:00"));
    let texts: Vec<&str> = incident.timeline.iter().map(|entry| entry.text.as_typed()).collect();
    assert_eq!(texts, ["Started", "10:05 we thought it was the cache"]);
    let cache = &incident.hypotheses[0];
    assert!(incident.timeline[1].is_about(cache.id));
    assert_eq!(incident.timeline[1].kind, EntryKind::Note);
    assert_eq!(incident.timeline[1].source.as_ref().unwrap().line, Some(7));
    assert_eq!(cache.source.as_ref().unwrap().line, Some(7));
}

#[test]
fn what_has_no_time_is_on_no_timeline_and_has_none() {
    let incident = import(outage()).preview(utc("2026-01-01 12:00"));
    let [cache, balancer] = incident.hypotheses.as_slice() else { panic!("two hypotheses") };
    assert_eq!((cache.status, cache.raised_at.is_some()), (HypothesisStatus::RuledOut, true));
    assert_eq!((cache.closed_at, balancer.raised_at), (None, None));
    assert_eq!(incident.actions[1].status, ActionStatus::Done);
    assert_eq!(incident.actions[1].closed_at, None);
    let late = vec![
        (1, Change::HypothesisRuledOut(about("a", "b", None))),
        (2, Change::HypothesisRaised(about("a", "c", None))),
    ];
    let incident = import(late).preview(utc("2026-01-01 12:00"));
    assert_eq!(incident.hypotheses[0].status, HypothesisStatus::RuledOut, "a document tells in any order");
}

#[test]
fn what_needs_a_time_and_has_none_becomes_a_note() {
    let milestone = MilestoneKind::Detected;
    let how = Some("a customer called".into());
    let lines =
        vec![(4, entry("then it went on", None)), (5, Change::MilestoneSet { milestone, how, when: None })];
    let incident = import(lines).preview(utc("2026-01-01 12:00"));
    let notes: Vec<_> = incident.notes.iter().map(|n| (n.heading.as_typed(), n.text.as_typed())).collect();
    assert_eq!(notes, [("Timeline", "then it went on"), ("Milestones", "detected: a customer called")]);
    assert!(incident.timeline.is_empty() && incident.milestones.get(milestone).is_none());
}

#[test]
fn an_old_outage_without_an_end_counts_as_over_and_says_so() {
    let incident = import(outage()).preview(utc("2026-01-01 12:00"));
    assert_eq!(incident.status, Status::Resolved);
    assert!(incident.milestones.get(MilestoneKind::Resolved).is_none());
    assert!(incident.warnings.iter().any(|doubt| doubt.as_typed().contains("taken for resolved")));
    let mut told = outage();
    told.push((2, Change::StatusSet { status: Status::Monitoring, when: None }));
    let incident = import(told).preview(utc("2026-01-01 12:00"));
    assert_eq!((incident.status, incident.warnings.len()), (Status::Monitoring, 2));
}

#[test]
fn fields_remember_their_lines_until_somebody_changes_them() {
    let incident = import(outage()).preview(utc("2026-01-01 12:00"));
    let line = |field, item| {
        let of = incident.sources.iter().find(|source| source.field == field && source.item == item);
        of.and_then(|of| of.source.line)
    };
    assert_eq!(line(Field::Started, None), Some(3));
    assert_eq!((line(Field::Warnings, Some(1)), line(Field::Warnings, Some(2))), (Some(7), Some(13)));
    let mut changed = outage();
    changed.push((
        20,
        Change::ItemStruck { list: List::Warnings, text: "no zone is given: UTC is assumed".into() },
    ));
    let incident = import(changed).preview(utc("2026-01-01 12:00"));
    let left: Vec<_> =
        incident.sources.iter().filter(|s| s.field == Field::Warnings && s.source.line.is_some()).collect();
    assert_eq!((left.len(), left[0].item, left[0].source.line), (1, Some(1), Some(13)));
}

#[test]
fn a_text_of_any_length_is_kept_whole() {
    let long = "word ".repeat(200_000);
    let note = Change::NoteAdded { heading: "Log".into(), text: long.as_str().into() };
    let house = tempfile::tempdir().unwrap();
    let lines = vec![(1, note), (2, entry(&long, Some(at("2021-05-06 10:05"))))];
    let created = import(lines).store(None, house.path(), &Fixed::default()).unwrap();
    let incident = peek(&created.folder, None).unwrap().incident;
    let under = |heading: &str| {
        let notes = incident.notes.iter().filter(|note| note.heading.as_typed() == heading);
        notes.map(|note| note.text.as_typed()).collect::<String>()
    };
    assert_eq!(under("Log"), long);
    assert_eq!(under("Too long for its place"), long);
    assert!(incident.timeline[0].text.as_typed().starts_with("word word"));
}

#[test]
fn what_was_stored_is_what_was_shown_before() {
    let house = tempfile::tempdir().unwrap();
    let clock = Fixed::default();
    let import = import(outage());
    let created = import.store(None, house.path(), &clock).unwrap();
    assert_eq!(created.id, "2021-05-06-feeds-stand-still");
    let shown = import.preview(warroom::session::clock::Clock::now(&clock));
    let stored = peek(&created.folder, None).unwrap().incident;
    assert_eq!(crate::own::told(&stored), crate::own::told(&shown));
    assert_eq!((&stored.sources, &stored.documents), (&shown.sources, &shown.documents));
}
