//! Tombstones: what they take, what nobody can take, and what is left of it.

use serde_json::json;
use warroom::log::history::{self, Item};
use warroom::log::purge::{goes_with, target, texts, tombstones};
use warroom::log::retraction::Retraction;
use warroom::log::words::Teller;
use warroom::log::{Body, Change, Fold, Inserted, Ledger, Restored, Stamp, Stamped, undo};

use crate::scene::Scene;

fn purge(scene: &mut Scene, id: Stamp) -> Stamp {
    let stones = tombstones(id, &goes_with(&scene.ledger, id));
    let [stone] = &stones[..] else { panic!("{stones:?}") };
    scene.commit(stone.clone())
}

fn texts_of(scene: &Scene) -> Vec<String> {
    scene.incident().timeline.iter().map(|e| e.text.as_typed().to_owned()).collect()
}

#[test]
fn an_entry_goes_with_its_edits_and_what_brought_it_back() {
    let mut scene = Scene::new("UTC");
    let id = scene.say("the password is x");
    let edit = scene.say("/edit last: the password is y");
    let star = scene.say("/star last");
    let copy = scene.incident().timeline[0].clone();
    let restored = scene.commit(Change::Restored(Restored::Entry(Box::new(copy))));
    scene.say("all fine");
    let gone: Vec<Stamp> = goes_with(&scene.ledger, id).iter().map(|r| r.stamp).collect();
    assert_eq!(gone, [id, edit, restored]);
    assert_eq!(target(&scene.ledger, restored), id, "what was brought back is meant, not that it was");
    assert_eq!(target(&scene.ledger, edit), edit, "an edit alone can be meant");
    let count = scene.ledger.count();
    let stone = purge(&mut scene, id);
    assert_eq!(texts_of(&scene), ["all fine"]);
    assert!(scene.ledger.get(star).is_some());
    assert!(scene.ledger.count() > count, "a state that nobody takes for the one before");
    let line = scene.ledger.get(stone).unwrap().line();
    assert!(line.contains(&json!({"purged": {"records": [id, edit, restored]}}).to_string()), "{line}");
    let steps = history::of(&scene.ledger, &Item::Entry(id));
    assert_eq!(steps.iter().map(|s| s.record.stamp).collect::<Vec<_>>(), [star, stone]);
}

#[test]
fn an_edit_purged_alone_leaves_the_entry_as_it_was() {
    let mut scene = Scene::new("UTC").after(&["rolled back"]);
    let edit = scene.say("/edit last: the password is y");
    purge(&mut scene, edit);
    assert_eq!(texts_of(&scene), ["rolled back"]);
}

#[test]
fn an_edit_that_nobody_knew_of_goes_too() {
    let mut scene = Scene::new("UTC");
    let id = scene.say("the password is x");
    let mut other = Scene::new("UTC");
    other.ledger = scene.ledger.clone();
    other.now += chrono::Duration::minutes(1);
    let edit = other.says("bob", "/edit last: The password is x");
    purge(&mut scene, id);
    let late = other.ledger.get(edit).unwrap().clone();
    assert_eq!(scene.ledger.insert(late), Inserted::Known);
    other.ledger.extend(scene.ledger.records().to_vec());
    assert_eq!(other.ledger.records(), scene.ledger.records());
    assert!(scene.ledger.get(edit).is_none());
}

#[test]
fn what_founded_the_incident_and_tombstones_stay_whoever_names_them() {
    let mut scene = Scene::new("UTC");
    let founding = scene.ledger.records()[0].stamp;
    let id = scene.say("x marks it");
    let stone = purge(&mut scene, id);
    let records = vec![founding, stone];
    scene.commit(Change::Purged { records: records.clone(), actions: records, messages: Vec::new() });
    assert!(scene.ledger.get(founding).is_some() && scene.ledger.get(stone).is_some());
    assert_eq!(scene.incident().title, "Checkout".into());
    assert_eq!(scene.ledger.records().len(), 3);
    // Nor does what a newer version wrote, which can be taken by its stamp alone.
    let stamp = Stamp { n: 90, ..id };
    let newer = Stamped {
        stamp,
        by: "bob".into(),
        from: None,
        wall: None,
        over: None,
        after: None,
        body: Body::Unknown { v: 2, line: "{}".into() },
    };
    scene.ledger.insert(newer);
    scene.commit(Change::Purged { records: vec![stamp], actions: Vec::new(), messages: Vec::new() });
    assert_eq!(Fold::of(&scene.ledger).unknown(), 0);
}

#[test]
fn nobody_undoes_a_purge() {
    let mut scene = Scene::new("UTC").after(&["before"]);
    let before = scene.ledger.records()[1].stamp;
    let id = scene.say("the password is x");
    scene.say("/undo");
    let stone = purge(&mut scene, id);
    assert_eq!(undo::last_counting(&scene.ledger, &scene.by), Some(before));
    assert_eq!(undo::last_undone(&scene.ledger, &scene.by), None, "nothing is left to count again");
    let incident = scene.incident();
    for change in [Change::Undone { change: stone }, Change::Redone { change: id }] {
        let teller = Teller { incident: &incident, ledger: &scene.ledger, now: scene.now };
        let retraction = Retraction::ahead_of(&change, &teller).unwrap();
        scene.commit(change);
        let teller = Teller { incident: &incident, ledger: &scene.ledger, now: scene.now };
        let done = retraction.done(&teller, &scene.by);
        assert_eq!(done, "nothing has changed: what was purged is gone for good");
    }
    assert_eq!(texts_of(&scene), ["before"]);
    assert_eq!(scene.ledger.as_of(scene.now).records().len(), scene.ledger.records().len());
    let earlier = scene.ledger.as_of(id.instant());
    assert!(earlier.get(id).is_none(), "nor was it there in former times");
}

#[test]
fn the_numbers_of_actions_stay_as_they_are() {
    let mut scene = Scene::new("UTC").after(&["+ one"]);
    let two = scene.say("+ call with x");
    scene.say("+ three");
    purge(&mut scene, two);
    scene.say("+ four");
    let numbers = |scene: &Scene| scene.incident().actions.iter().map(|a| a.number).collect::<Vec<_>>();
    assert_eq!(numbers(&scene), [1, 3, 4]);
    let last = scene.incident().actions[2].clone();
    purge(&mut scene, last.id);
    scene.commit(Change::Restored(Restored::Action(Box::new(last.clone()))));
    assert_eq!(numbers(&scene), [1, 3], "nor does it come back");
    scene.say("+ five");
    assert_eq!(numbers(&scene), [1, 3, 5]);
}

#[test]
fn many_records_are_named_by_several_tombstones() {
    let mut scene = Scene::new("UTC");
    let id = scene.say("x");
    let edit = Change::EntryTextChanged { entry: id, text: "y".into(), tags: Vec::new(), people: Vec::new() };
    let mut all = Ledger::default();
    for n in 0..9_000 {
        let stamp = Stamp { n, ..id };
        all.insert(Stamped {
            stamp,
            by: "bob".into(),
            from: None,
            wall: None,
            over: None,
            after: None,
            body: edit.clone().into(),
        });
    }
    let stones = tombstones(id, &goes_with(&all, id));
    assert_eq!(stones.len(), 3);
    for stone in stones {
        let stamp = scene.commit(stone);
        assert!(scene.ledger.get(stamp).unwrap().line().len() <= warroom::log::LINE_LIMIT);
    }
    all.extend(scene.ledger.records().to_vec());
    assert_eq!(all.records().len(), 4);
}

#[test]
fn all_that_people_said_is_told() {
    let scene = Scene::new("UTC").after(&["?database"]);
    for (line, said) in [
        ("10:42 one two", vec!["one two"]),
        ("/cause one two", vec!["one two"]),
        ("/note one: two", vec!["one", "two"]),
        ("/link one https://two.example", vec!["one", "https://two.example"]),
        ("/factor one", vec!["one"]),
        ("/affected 40% of users", vec!["40% of users"]),
        ("/detected one", vec!["one"]),
        ("/for database: one", vec!["one"]),
        ("?one", vec!["one"]),
        ("/decide one @bob", vec!["one"]),
        ("/update one", vec!["one"]),
        ("+ one link:https://two.example", vec!["one", "https://two.example"]),
        ("/sev 1", vec![]),
    ] {
        let change = scene.change(line);
        let found: Vec<&str> = texts(&change).into_iter().map(warroom::text::Raw::as_typed).collect();
        assert_eq!(found, said, "{line}");
    }
}
