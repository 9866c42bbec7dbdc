//! A host whose clock is far ahead. No other clock follows it, and what is said in answer to it counts all the same.

use chrono::TimeDelta;
use warroom::log::{Change, Fold, Ledger, Record};
use warroom::model::{ActionStatus, HypothesisStatus, Incident, MilestoneKind, Status};
use warroom::text::Raw;

use crate::scene::{Scene, utc};

/// Bob's clock is a year ahead. He says this, alice hears it and answers.
fn answered(bob_says: &[&str], alice_says: &[&str]) -> Scene {
    let mut alice = Scene::new("UTC").after(&["looking into it"]);
    let mut bob = Scene { by: "bob".into(), ledger: alice.ledger.clone(), ..Scene::written_by(9) };
    bob.ledger = alice.ledger.clone();
    bob.now = alice.now + TimeDelta::days(365);
    for line in bob_says {
        bob.say(line);
        bob.now += TimeDelta::seconds(20);
    }
    alice.now += TimeDelta::minutes(5);
    alice.ledger.extend(bob.ledger.records().to_vec());
    for record in bob.ledger.records() {
        alice.clock.observe(record.stamp, alice.now);
    }
    for line in alice_says {
        let stamp = alice.say(line);
        assert!(stamp.instant() < utc("2024-08-11 00:00"), "her clock does not follow");
        alice.now += TimeDelta::seconds(20);
    }
    alice
}

/// What bob says, what alice answers, and what holds then.
type Case = (&'static [&'static str], &'static [&'static str], fn(&Incident) -> bool);

const CASES: &[Case] = &[
    (&["/sev 1"], &["/sev 2"], |it| it.severity == Some(2)),
    (&["/sev 1", "/sev 3"], &["/sev 2"], |it| it.severity == Some(2)),
    (&["/title Bob's"], &["/title Hers", "/title Hers in the end"], |it| {
        it.title.as_typed() == "Hers in the end"
    }),
    (&["/cause pool"], &["/cause -"], |it| it.root_cause.is_none()),
    (&["/resolved"], &["/status identified"], |it| {
        it.status == Status::Identified && it.milestones.get(MilestoneKind::Resolved).is_none()
    }),
    (&["/role commander @bob"], &["/role commander @carol"], |it| {
        it.roles.iter().map(|role| role.name.as_typed()).eq(["carol"])
    }),
    (&["a wrong line"], &["/strike last"], |it| it.timeline.iter().filter(|entry| entry.struck).count() == 1),
    (&["a fine line"], &["/star last"], |it| it.timeline.iter().filter(|entry| entry.key).count() == 1),
    (&["a wrong line"], &["/edit last: a right line"], |it| {
        it.timeline.iter().any(|entry| entry.text.as_typed() == "a right line")
    }),
    (&["+ write it down"], &["/done 1"], |it| it.actions[0].status == ActionStatus::Done),
    (&["+ write it down"], &["+ and tell them", "/done 2"], |it| {
        it.actions[0].status == ActionStatus::Open && it.actions[1].status == ActionStatus::Done
    }),
    (&["?database: the pool"], &["/out database: it is idle"], |it| {
        it.hypotheses[0].status == HypothesisStatus::RuledOut
            && it.hypotheses[0].reason == Some(Raw::from("it is idle"))
    }),
    (&["?database", "/out database: idle"], &["/reopen database"], |it| {
        it.hypotheses[0].status == HypothesisStatus::Open && it.hypotheses[0].reopened.is_some()
    }),
    (&["/factor no alarm"], &["/strike factor 1"], |it| it.factors.is_empty()),
    (&["/every 20m"], &["/every 30m"], |it| it.update_every_minutes == Some(30)),
];

#[test]
fn what_is_answered_to_it_counts() {
    for (bob, alice, holds) in CASES {
        let scene = answered(bob, alice);
        let incident = scene.incident();
        assert!(holds(&incident), "{bob:?} then {alice:?}: {incident:#?}");
        assert_eq!(incident.disputed, [], "{bob:?} then {alice:?}");
        // In whatever order the records come.
        let mut records: Vec<Record> = scene.ledger.records().to_vec();
        records.reverse();
        let (mut ledger, mut fold) = (Ledger::default(), Fold::default());
        for record in records {
            fold.take(&mut ledger, [record]);
        }
        assert_eq!(fold.incident(), &incident, "{bob:?} then {alice:?}");
    }
}

#[test]
fn what_was_not_seen_is_disputed_all_the_same() {
    let mut scene = answered(&["/sev 1"], &["/sev 2"]);
    let mut bob = Scene { by: "bob".into(), ..Scene::written_by(10) };
    bob.ledger = answered(&["/sev 1"], &[]).ledger;
    bob.now = scene.now + TimeDelta::days(366);
    bob.clock.observe_local(bob.ledger.last(), bob.now);
    bob.say("/sev 3");
    scene.ledger.extend(bob.ledger.records().to_vec());
    assert_eq!(scene.incident().severity, Some(3));
    assert_eq!(scene.incident().disputed.len(), 1);
    scene.say("/sev 2");
    assert_eq!((scene.incident().severity, scene.incident().disputed.len()), (Some(2), 0), "settled");
}

#[test]
fn a_record_tells_it_only_where_its_stamp_does_not() {
    let scene = answered(&["/sev 1"], &["/sev 2", "a note"]);
    let mut later = scene.ledger.records().iter().filter(|record| record.after.is_some());
    for _ in 0..2 {
        let record = later.next().unwrap();
        assert_eq!(record.by.as_typed(), "alice");
        assert_eq!(
            Some(*record.after.clone().unwrap()),
            scene.ledger.records().last().map(|last| last.stamp)
        );
        let line = record.line();
        assert!(line.contains(r#","after":"1754"#), "{line}");
        assert_eq!(Record::read(line.as_bytes()).as_ref(), Ok(record));
    }
    assert!(later.next().is_none());
    assert!(matches!(
        scene.ledger.in_order().last().and_then(|last| last.change()),
        Some(Change::EntryAdded { .. })
    ));
}

#[test]
fn taking_back_and_letting_count_again_is_in_order_too() {
    let mut scene = answered(&["/sev 1", "/undo"], &[]);
    let set = scene.ledger.records().iter().find(|r| matches!(r.change(), Some(Change::SeveritySet { .. })));
    let change = set.unwrap().stamp;
    scene.commit(Change::Redone { change });
    assert_eq!(scene.incident().severity, Some(1));
    scene.commit(Change::Undone { change });
    assert_eq!(scene.incident().severity, None);
}
