//! What speaks for and against a hypothesis counts as long as its entry does; a row that is struck out leaves the state that
//! it stands for.

use std::fs;

use crossterm::event::KeyCode;
use proptest::prelude::*;
use warroom::log::{Change, Fold, Inserted, Ledger, Record, Restored, merge};
use warroom::model::{Incident, Side};

use super::scene::Scene;
use super::stage::Stage;
use super::support::{House, texts};

const SLOW: &str = "the slow log is full";

fn count(incident: &Incident, side: Side) -> usize {
    incident.hypotheses[0].evidence_of(side).count()
}

/// One piece of evidence of each side, all of which are struck out.
fn struck() -> Scene {
    let mut scene = Scene::new("UTC").after(&["?redis: slow"]);
    for line in
        ["/for redis: the slow log is full", "/against redis: it answers", "/worse redis: it was restarted"]
    {
        scene.say(line);
        scene.say("/strike last");
    }
    scene
}

#[test]
fn evidence_counts_as_long_as_its_entry() {
    let mut scene = struck();
    for side in [Side::For, Side::Against, Side::Harm] {
        assert_eq!(count(&scene.incident(), side), 0, "{side:?}");
    }
    scene.say("/undo");
    assert_eq!(count(&scene.incident(), Side::Harm), 1);
    scene.say("/redo");
    assert_eq!(count(&scene.incident(), Side::Harm), 0);
    scene.say("/strike last -");
    assert_eq!(count(&scene.incident(), Side::Harm), 1);
    // It is kept, as its entry is.
    assert_eq!(scene.incident().hypotheses[0].evidence.len(), 3);
}

#[test]
fn what_was_struck_out_stands_in_no_report() {
    let house = House::new();
    house.done(&["new", "Slow", "--detach"]);
    house.say("?redis: slow\n/worse redis: the slow log is full\n");
    let reports = || {
        let formats =
            ["md", "html", "mermaid", "svg"].map(|format| house.done(&["export", "--format", format]));
        let handoff = house.done(&["export", "--template", "handoff"]);
        [&formats[..], &[handoff]].concat()
    };
    house.say("/out redis: it answers quickly\n");
    assert!(reports().iter().filter(|report| report.contains("Harm") || report.contains("harm")).count() > 1);
    let handle = house.done(&["show"]);
    let handle = handle.lines().find(|line| line.contains(SLOW)).unwrap();
    let handle = handle.rsplit(", ").next().unwrap().trim_end_matches(')');
    let (_, told) = texts(&house.run(&["say", &format!("/strike {handle}")]));
    assert!(told.contains("struck out, no evidence about redis any more"), "{told}");
    for report in reports() {
        for words in [SLOW, "Harm", "made worse", "Made worse"] {
            assert!(!report.contains(words), "{words} is in {report}");
        }
    }
}

#[test]
fn what_was_struck_out_is_marked_where_all_is_kept() {
    let house = House::new();
    house.done(&["new", "Slow", "--detach"]);
    house.say("?redis: slow\n/for redis: the slow log is full\n/strike last\n");
    let evidence = || {
        let json: serde_json::Value = serde_json::from_str(&house.done(&["show", "--json"])).unwrap();
        let evidence = &json["hypotheses"][0]["evidence"][0];
        (evidence["text"].as_str().map(str::to_owned), evidence["struck"].as_bool())
    };
    assert_eq!(evidence(), (Some(SLOW.into()), Some(true)));
    let found = house.done(&["search", "slow log"]);
    assert!(found.contains("for redis, struck out"), "{found}");
    // The snapshot alone says the same.
    fs::remove_file(house.only_incident().join("journal.jsonl")).unwrap();
    house.say("it was lost\n");
    assert_eq!(evidence(), (Some(SLOW.into()), Some(true)));
}

#[test]
fn in_the_room_struck_evidence_is_not_counted_and_its_details_say_so() {
    let mut stage = Stage::new(120, 40);
    stage.logs("?redis: slow").logs("/for redis: the slow log is full").shows("+1 −0");
    stage.types("/strike last").shows("struck out, no evidence about redis any more · /strike ");
    stage.key(KeyCode::Enter).hides("+1 −0");
    stage.key(KeyCode::Tab).key(KeyCode::Tab).key(KeyCode::Enter);
    stage.shows("✗ struck out: it does not count");
    stage.key(KeyCode::Esc).key(KeyCode::Esc);
    stage.types("/strike last").shows("struck out already · /strike ");
    stage.ctrl('c').logs("/undo").shows("+1 −0");
}

#[test]
fn a_row_that_stands_for_a_change_leaves_it_as_it_is_and_says_what_takes_it_back() {
    let cases = [
        ("/out redis: idle", "redis is still ruled out"),
        ("/test redis: count", "redis is still testing"),
        ("/detected 12:30", "detected is still set to"),
        ("/detected -", "detected is not set"),
        ("/status monitoring", "the status is still monitoring"),
        ("/sev 1", "severity is still 1"),
        ("/role commander @ines", "ines is still commander"),
    ];
    for (line, stays) in cases {
        let mut stage = Stage::new(120, 40);
        stage.logs("?redis").logs("/detected 09:29").logs(line);
        stage.types("/strike last").shows(&format!("row struck out; {stays}"));
        let shown = stage.draw();
        let (_, back) = shown.split_once(" (/undo ").unwrap();
        let handle = back.split_whitespace().next().unwrap().to_owned();
        // A long one is cut at its end.
        let back = format!("{handle} changes that) · /strike {handle} -");
        assert!(shown.contains(&back), "{shown}");
        stage.key(KeyCode::Enter).logs(&format!("/undo {handle}"));
        stage.until("● saved 5");
        let incident = warroom::session::peek(&stage.folder, None).unwrap().incident;
        assert!(incident.timeline.iter().all(|entry| !entry.struck), "{line}: {:?}", incident.timeline);
    }
    // One that stands for nothing else has nothing more to say.
    let mut stage = Stage::new(120, 40);
    stage.logs("a note").types("/strike last").shows("entry \"a note\" struck out");
    stage.hides("row struck out");
}

/// Folds as a session does: one more record where that is enough, all anew where it is not.
fn lived(records: &[Record]) -> Incident {
    let mut ledger = Ledger::default();
    let mut fold = Fold::of(&ledger);
    for record in records {
        match ledger.insert(record.clone()) {
            Inserted::Last if !record.change().unwrap().looks_back(&ledger) => fold.add(record, &ledger),
            _ => fold = Fold::of(&ledger),
        }
    }
    fold.into_incident()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn in_whatever_order_they_arrive(
        order in Just((0..7).collect::<Vec<usize>>()).prop_shuffle(),
        back in any::<bool>(),
    ) {
        let mut scene = struck();
        if back {
            scene.say("/strike last -");
        }
        let all = scene.ledger.records();
        let mut arriving: Vec<Record> = order.iter().map(|at| all[*at].clone()).collect();
        arriving.extend(all.iter().cloned());
        let incident = lived(&arriving);
        prop_assert_eq!(count(&incident, Side::For), 0);
        prop_assert_eq!(count(&incident, Side::Harm), usize::from(back));
    }
}

#[test]
fn merged_evidence_is_struck_as_its_entry_is_and_stands_once() {
    let mut there = struck();
    let mut here = Scene::written_by(9).after(&["?redis"]);
    let merge_in = |here: &mut Scene, there: &Scene| {
        let changes = merge::changes(&Fold::of(&here.ledger), &here.ledger, &Fold::of(&there.ledger));
        for change in changes {
            here.commit(change);
        }
    };
    merge_in(&mut here, &there);
    assert_eq!(count(&here.incident(), Side::Harm), 0);
    // Restored there, it stays struck out here, as its entry does.
    let harm = there.incident().timeline.last().unwrap().id;
    there.say("/strike last -");
    merge_in(&mut here, &there);
    assert_eq!((count(&here.incident(), Side::Harm), here.incident().hypotheses[0].evidence.len()), (0, 3));
    here.commit(Change::EntryUnstruck { entry: harm });
    assert_eq!((count(&here.incident(), Side::Harm), here.incident().hypotheses[0].evidence.len()), (1, 3));
}

/// An `incident.json` of before evidence could be struck out says so of the entries alone.
#[test]
fn what_comes_back_is_struck_as_its_entry_is_in_any_order() {
    let lost = struck().incident();
    let mut hypothesis = lost.hypotheses[0].clone();
    hypothesis.evidence.iter_mut().for_each(|evidence| evidence.struck = false);
    let hypothesis = Change::Restored(Restored::Hypothesis(Box::new(hypothesis)));
    let entries =
        lost.timeline.iter().cloned().map(|entry| Change::Restored(Restored::Entry(Box::new(entry))));
    let entries: Vec<Change> = entries.collect();
    for changes in
        [[vec![hypothesis.clone()], entries.clone()].concat(), [entries, vec![hypothesis]].concat()]
    {
        let mut scene = Scene::written_by(9);
        for change in changes {
            scene.commit(change);
        }
        for side in [Side::For, Side::Against, Side::Harm] {
            assert_eq!(count(&scene.incident(), side), 0, "{side:?}");
        }
    }
}
