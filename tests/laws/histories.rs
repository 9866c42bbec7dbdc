//! Merging is set union: any order, any repetition and any split of the same records give the same incident.

use std::collections::HashSet;

use chrono::Duration;
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::json;
use warroom::grammar::{self, Desk, Line};
use warroom::log::{
    Body, Change, Fold, Hlc, Inserted, Ledger, Record, Reported, Stamp, Stamped, purge, undo,
};
use warroom::model::{Ending, Exit, Incident, Instant, Moment, Writer};
use warroom::text::Raw;

use crate::scene::{Scene, utc};

/// Lines of all kinds; those that name what is not there yet are skipped.
pub const LINES: &[&str] = &[
    "rolled back #db @maria",
    "10:42 noticed late",
    "-5m a moment ago",
    "12:30..12:40 errors",
    "?database: pool",
    "/suspect 12:05 database",
    "?network",
    "/test database: count @bob for:10m",
    "/test 12:10 network: ping",
    "/for database: slow",
    "/worse 12:20 network: doubled",
    "/out 12:25 database: idle",
    "/out dns",
    "/confirm network: a switch",
    "/park database",
    "/reopen database: again",
    "+ one @bob p1",
    "/improve two",
    "/done 1",
    "/drop 2: no",
    "/done 1 -",
    "/started 12:00",
    "/detected 12:02 an alert",
    "/identified",
    "/mitigated 12:30",
    "/resolved",
    "/closed",
    "/resolved -",
    "/status investigating",
    "/status resolved",
    "/sev 1",
    "/sev -",
    "/role commander @alice",
    "/role commander -",
    "/update public: we know",
    "/decide roll back @alice",
    "/summary short",
    "/summary -",
    "/factor a",
    "/factor b",
    "/strike factor 1",
    "/factor -",
    "/affected 40% of users",
    "/link a b",
    "/note a: b",
    "/title Another",
    "/tz Europe/Berlin",
    "/every 20m",
    "/edit last: anew #x",
    "/when last 12:15",
    "/strike last",
    "/strike last -",
    "/star last",
    "/undo",
    "/undo",
    "/redo",
    "/redo",
    PURGE,
    PURGE,
    HOSTILE,
    ALERT,
    ALERT,
    ALERT,
    COMMAND,
    COMMAND_ENDED,
];

/// Not a line: something is purged, as `warroom purge` does it.
const PURGE: &str = "purge";
/// Not a line: a tombstone names what it likes.
const HOSTILE: &str = "hostile purge";

/// Not a line: a sender of alerts tells of one of a few, which fired at one of a few times, and may have ended.
const ALERT: &str = "alert";
/// Not lines: a command is started, and one that was started ends.
const COMMAND: &str = "command";
const COMMAND_ENDED: &str = "command ended";

/// What one writer does: which line, how far the wall clock moves before it, whether it hears the others first.
pub type Step = (Index, i64, bool, Index);

pub fn steps() -> impl Strategy<Value = Vec<Step>> {
    // A wall clock that falls, stands still, runs, and now and then is hours ahead.
    let moved = prop_oneof![6 => 0i64..90, 1 => -600i64..0, 1 => 4_000i64..9_000];
    prop::collection::vec((any::<Index>(), moved, any::<bool>(), any::<Index>()), 1..40)
}

/// Plays the steps: three writers, each with a copy of its own, which sometimes hear each other. All records that were ever
/// made, in order: those that were purged, too.
pub fn play(steps: &[Step]) -> Vec<Record> {
    let begin = Scene::new("UTC").ledger;
    let mut all = begin.records().to_vec();
    let actors = ["alice", "bob", "alice"];
    let mut copies = [begin.clone(), begin.clone(), begin];
    let mut clocks = [1, 2, 3].map(|bits| Hlc::new(Writer::from_bits(bits)));
    let mut walls = [utc("2024-08-10 12:30"); 3];
    for (line, moved, hears, who) in steps {
        let who = who.index(3);
        walls[who] += Duration::seconds(*moved);
        if *hears {
            for other in 0..3 {
                let heard = copies[other].records().to_vec();
                for record in &heard {
                    clocks[who].observe(record.stamp, walls[who]);
                }
                copies[who].extend(heard);
            }
        }
        let by = Raw::from(actors[who]);
        let Some(change) = said(&copies[who], line.get::<&str>(LINES), &by, walls[who]) else { continue };
        let stamp = clocks[who].stamp(walls[who]);
        let over = Fold::of(&copies[who]).over(&change, &by, stamp.writer);
        let after = copies[who].last().filter(|last| *last > stamp).map(Box::new);
        let record: Record =
            Stamped { stamp, by, from: None, wall: None, over, after, body: change.into() }.into();
        all.push(record.clone());
        copies[who].insert(record);
    }
    all.sort_by_key(|record| record.order());
    all
}

pub fn said(ledger: &Ledger, line: &str, by: &Raw, now: Instant) -> Option<Change> {
    let fold = Fold::of(ledger);
    let any = &ledger.records()[usize::try_from(now.timestamp()).unwrap() % ledger.records().len()];
    if line == PURGE {
        let may = any.change().is_some_and(Change::may_be_purged);
        let id = purge::target(ledger, any.stamp);
        return purge::tombstones(id, &purge::goes_with(ledger, id)).into_iter().next().filter(|_| may);
    }
    if line == HOSTILE {
        let records = [Some(any), ledger.records().first(), ledger.records().last()];
        let records: Vec<Stamp> = records.into_iter().flatten().map(|r| r.stamp).collect();
        return Some(Change::Purged { actions: records.clone(), records, messages: Vec::new() });
    }
    if line == ALERT {
        let of = now.timestamp() % 12;
        let at = utc("2024-08-10 12:00") + Duration::minutes(of / 3);
        let ended = (of % 2 == 0).then(|| Ending { at: at + Duration::minutes(1 + of), how: None });
        return Some(reported(&format!("alert {}", of % 3), at, ended));
    }
    if line == COMMAND {
        return Some(started("systemctl restart db", "db-1:/srv"));
    }
    if line == COMMAND_ENDED {
        let started =
            ledger.records().iter().rfind(|r| matches!(r.change(), Some(Change::CommandStarted { .. })));
        let ended = Exit { at: now, status: Some(1), why: None, output: Some("no such unit".into()) };
        return Some(Change::CommandEnded { command: started?.stamp, ended: Box::new(ended) });
    }
    let desk = Desk {
        incident: fold.incident(),
        now,
        typed_last: fold.typed_last(by),
        undo: undo::last_counting(ledger, by),
        redo: undo::last_undone(ledger, by),
    };
    match grammar::read(line, &desk) {
        Ok(Line::Change(change)) => Some(*change),
        _ => None,
    }
}

/// A report of an alert that fired at this time.
pub fn reported(key: &str, at: Instant, ended: Option<Ending>) -> Change {
    Change::AlertReported(Box::new(Reported {
        source: "alertmanager".into(),
        key: key.into(),
        text: format!("{key} fires").into(),
        tags: vec!["critical".into()],
        url: None,
        details: None,
        when: Moment::stamped(at),
        ended,
    }))
}

/// A command that was started.
pub fn started(text: &str, place: &str) -> Change {
    Change::CommandStarted { text: text.into(), tags: vec![], place: place.into(), when: None, ended: None }
}

pub fn ledger(records: impl IntoIterator<Item = Record>) -> Ledger {
    let mut ledger = Ledger::default();
    ledger.extend(records);
    ledger
}

fn json_of(ledger: &Ledger) -> String {
    serde_json::to_string(Fold::of(ledger).incident()).unwrap()
}

/// Inserts one by one, folding as a session does: one more record where that is enough, all anew where it is not.
pub fn lived(records: &[Record]) -> (Incident, usize) {
    let mut ledger = Ledger::default();
    let mut fold = Fold::of(&ledger);
    for record in records {
        match ledger.insert(record.clone()) {
            Inserted::Known | Inserted::Conflict => {}
            Inserted::Last if record.change().is_none_or(|c| !c.looks_back(&ledger)) => {
                fold.add(record, &ledger);
            }
            Inserted::Last | Inserted::Among => fold = Fold::of(&ledger),
        }
    }
    (fold.incident().clone(), fold.unknown())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_order_any_repetition_any_split(
        steps in steps(),
        order in prop::collection::vec(any::<Index>(), 0..120),
        split in any::<Index>(),
    ) {
        let records = play(&steps);
        let expected = json_of(&ledger(records.clone()));
        // Some twice, in another order, then whatever is missing.
        let mut shuffled: Vec<Record> = order.iter().map(|at| at.get(&records).clone()).collect();
        shuffled.extend(records.iter().rev().cloned());
        prop_assert_eq!(&json_of(&ledger(shuffled.clone())), &expected);
        let (incident, _) = lived(&shuffled);
        prop_assert_eq!(&serde_json::to_string(&incident).unwrap(), &expected);
        let (incident, _) = lived(&records);
        prop_assert_eq!(&serde_json::to_string(&incident).unwrap(), &expected);
        // Two copies that overlap.
        let at = split.index(shuffled.len());
        let (mut one, other) = (ledger(shuffled[..at].to_vec()), ledger(shuffled[at / 2..].to_vec()));
        prop_assert_eq!(one.extend(other.records().to_vec()), 0);
        let left = ledger(records.clone());
        prop_assert_eq!(one.records(), left.records());
        for record in &records {
            let change = record.change().unwrap();
            prop_assert!(left.get(record.stamp).is_some() || change.may_be_purged(), "{:?} is gone", change);
        }
        prop_assert_eq!(&json_of(&one), &expected);
        // And the incident comes back from its JSON.
        let back: Incident = serde_json::from_str(&expected).unwrap();
        prop_assert_eq!(&serde_json::to_string(&back).unwrap(), &expected);
    }

    #[test]
    fn a_timeline_has_an_entry_for_each_change_that_shows(steps in steps()) {
        let records = play(&steps);
        let fold = Fold::of(&ledger(records.clone()));
        let undone = undo::undone(&ledger(records.clone()));
        let mut shown: Vec<Stamp> = fold.incident().timeline.iter().map(|e| e.id).collect();
        let places: Vec<_> = fold.incident().timeline.iter().map(warroom::model::Entry::place).collect();
        prop_assert!(places.is_sorted());
        shown.sort();
        let left = ledger(records);
        let mut alerts = HashSet::new();
        let mut expected: Vec<Stamp> = left
            .in_order()
            .into_iter()
            .filter(|r| !undone.contains(&r.stamp) && r.change().is_some_and(shows))
            // All that is told of one alert is one entry.
            .filter(|r| match r.change() {
                Some(Change::AlertReported(reported)) => alerts.insert(reported.identity()),
                _ => true,
            })
            .map(|r| r.stamp)
            .collect();
        expected.sort();
        prop_assert_eq!(shown, expected);
        let mut subjects: Vec<_> = fold.incident().hypotheses.iter().map(|h| h.subject.key()).collect();
        subjects.sort();
        subjects.dedup();
        prop_assert_eq!(subjects.len(), fold.incident().hypotheses.len());
    }

    #[test]
    fn every_record_comes_back_from_its_line(steps in steps(), by in any::<String>(), text in any::<String>()) {
        let mut records = play(&steps);
        let scene = Scene::new("UTC");
        let stamp = scene.ledger.records()[0].stamp;
        let text = Raw::new(text);
        let body = Change::TitleSet { title: text }.into();
        records.push(Stamped { stamp, by: Raw::new(by), from: None, wall: Some(3), over: None, after: None, body }.into());
        for record in records {
            let line = record.line();
            prop_assert!(!line.contains(['\n', '\r']));
            prop_assert_eq!(Record::read(line.as_bytes()), Ok(record));
        }
    }
}

/// Whether a change shows on the timeline.
fn shows(change: &Change) -> bool {
    let name = serde_json::to_value(change).unwrap();
    let name = name.as_object().unwrap().keys().next().unwrap().clone();
    let people = ["hypothesis_", "evidence_", "milestone_", "status_", "severity_", "role_", "entry_added"];
    let machines = ["alert_reported", "command_started"];
    people.iter().chain(&machines).any(|kind| name.starts_with(kind))
}

#[test]
fn what_is_taken_back_before_it_arrives_stays_taken_back() {
    // Bob's clock is an hour ahead: alice, who takes his entry back, has the earlier stamp.
    let mut scene = Scene::new("UTC");
    let far = Hlc::new(Writer::from_bits(9)).stamp(utc("2024-08-10 13:45"));
    let change = scene.change("from the future");
    let ahead: Record = Stamped {
        stamp: far,
        by: "bob".into(),
        from: None,
        wall: None,
        over: None,
        after: None,
        body: change.into(),
    }
    .into();
    scene.commit(Change::Undone { change: far });
    let mut fold = Fold::of(&scene.ledger);
    assert_eq!(scene.ledger.insert(ahead.clone()), Inserted::Last);
    fold.add(&ahead, &scene.ledger);
    assert_eq!(fold.incident(), &scene.incident());
    assert!(fold.incident().timeline.is_empty());

    let mut moved = Scene::new("UTC");
    let when = Moment::stamped(utc("2024-08-10 12:00")).into();
    moved.commit(Change::EntryTimeChanged { entry: far, when });
    let mut fold = Fold::of(&moved.ledger);
    moved.ledger.insert(ahead.clone());
    fold.add(&ahead, &moved.ledger);
    assert_eq!(fold.incident(), &moved.incident());
    assert_eq!(fold.incident().timeline[0].at.instant(), Some(utc("2024-08-10 12:00")));
}

#[test]
fn what_a_newer_version_wrote_is_kept_counted_and_passed_on() {
    let mut scene = Scene::new("UTC");
    let stamp = scene.say("known");
    let known = scene.incident();
    let newer = [
        (1, json!({"telepathy": {"of": "bob", "n": 3}})),
        (99, json!({"entry_added": {"text": "x"}})),
        (2, json!("s")),
    ];
    for (n, (v, change)) in newer.into_iter().enumerate() {
        let stamp = Stamp { n: 100 + n as u64, ..stamp };
        // With blanks and a key that this version does not write.
        let open = format!(r#"{{"v":{v}, "stamp":"{stamp}","by":"bob","new":1.50,"change":{change}"#);
        let line = format!("{open},\"crc\":\"{:08x}\"}}", crc32c::crc32c(open.as_bytes()));
        let record = Record::read(line.as_bytes()).unwrap();
        assert!(matches!(record.body, Body::Unknown { v: there, .. } if there == v));
        assert_eq!(record.line(), line);
        assert_eq!(scene.ledger.insert(record), Inserted::Last);
    }
    let fold = Fold::of(&scene.ledger);
    assert_eq!(fold.unknown(), 3);
    assert_eq!(fold.incident().timeline, known.timeline);
    assert_eq!(fold.incident().journal.records, 5);
    assert_eq!(lived(scene.ledger.records()).1, 3);
}

#[test]
fn of_two_records_with_one_stamp_the_first_is_kept() {
    let mut scene = Scene::new("UTC");
    scene.say("first");
    scene.say("last");
    let last = Stamped::clone(&scene.ledger.records()[1]);
    let other = Record::from(Stamped { by: "mallory".into(), ..last });
    let before = scene.incident();
    assert_eq!(scene.ledger.insert(other.clone()), Inserted::Conflict);
    assert_eq!(scene.ledger.extend([other.clone(), other.clone()]), 2);
    assert_eq!(scene.ledger.insert(scene.ledger.records()[1].clone()), Inserted::Known);
    assert_eq!(scene.incident(), before);
    assert_eq!(scene.ledger.get(other.stamp).unwrap().by.as_typed(), "alice");
    assert_eq!(scene.ledger.as_of(utc("2024-08-10 12:30")).records().len(), 1);
}
