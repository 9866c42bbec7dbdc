//! Undo and redo.

use warroom::log::{Change, undo};
use warroom::model::Incident;

use crate::scene::Scene;

/// All but how many records it took.
fn state(scene: &Scene) -> Incident {
    Incident { journal: warroom::model::JournalSummary::default(), ..scene.incident() }
}

const LINES: &[&str] = &[
    "an entry #db",
    "?database: why",
    "/test database: count @bob",
    "/for database: slow",
    "+ one",
    "+ two",
    "/done 2",
    "/started 12:00",
    "/out 12:30 database: idle",
    "/when last 12:10",
    "/edit last: anew",
    "/identified 12:35",
    "/resolved 12:40",
    "/status investigating",
    "/sev 1",
    "/role commander @alice",
    "/factor a",
    "/strike factor 1",
    "/summary x",
    "/summary -",
    "/title Another",
    "/star last",
    "/strike last",
];

/// Lines that name an entry name this one's.
fn play(scene: &mut Scene, line: &str) {
    if line.starts_with("/edit") {
        scene.say("to be edited");
    }
    scene.say(line);
}

#[test]
fn undo_then_redo_is_as_before() {
    let mut scene = Scene::new("UTC");
    for line in LINES {
        let before = state(&scene);
        play(&mut scene, line);
        let with = state(&scene);
        scene.say("/undo");
        if !line.starts_with("/edit") {
            assert_eq!(state(&scene), before, "undo of {line}");
        }
        scene.say("/redo");
        assert_eq!(state(&scene), with, "redo of {line}");
        scene.error("/redo");
    }
}

#[test]
fn undo_of_everything_is_the_created_incident_and_redo_of_everything_brings_it_back() {
    let mut scene = Scene::new("UTC");
    let created = state(&scene);
    for line in LINES {
        play(&mut scene, line);
    }
    let all = state(&scene);
    let mut n = 0;
    while undo::last_counting(&scene.ledger, &scene.by).is_some() {
        scene.say("/undo");
        n += 1;
    }
    assert_eq!(n, LINES.len() + 1);
    assert_eq!(state(&scene), created);
    for _ in 0..n {
        scene.say("/redo");
    }
    assert_eq!(state(&scene), all);
    scene.error("/redo");
}

#[test]
fn nobody_undoes_what_another_did() {
    let mut scene = Scene::new("UTC");
    let hers = scene.says("alice", "hers");
    let his = scene.says("bob", "his");
    assert_eq!(scene.change("/undo"), Change::Undone { change: his });
    scene.say("/undo");
    scene.error("/undo");
    scene.by = "alice".into();
    scene.error("/redo");
    assert_eq!(scene.change("/undo"), Change::Undone { change: hers });
    // Hers in between does not keep him from redoing his.
    scene.say("another of hers");
    scene.by = "bob".into();
    assert_eq!(scene.change("/redo"), Change::Redone { change: his });
    scene.say("something new of his");
    scene.error("/redo");
}

#[test]
fn an_action_that_is_taken_back_keeps_its_number() {
    let mut scene = Scene::new("UTC").after(&["+ one"]);
    scene.says("bob", "+ two");
    scene.by = "alice".into();
    let numbers = |scene: &Scene| {
        let actions = scene.incident().actions;
        actions.iter().map(|a| (a.number, a.text.as_typed().to_owned())).collect::<Vec<_>>()
    };
    scene.say("/undo");
    assert_eq!(numbers(&scene), [(2, "two".into())]);
    scene.say("+ three");
    assert_eq!(numbers(&scene), [(2, "two".into()), (3, "three".into())]);
}
