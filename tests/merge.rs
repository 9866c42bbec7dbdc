//! Merges: two records of one outage become one, nothing is lost, and all of it can be taken back.

use std::fs;
use std::path::PathBuf;

use proptest::prelude::*;
use serde_json::Value;
use warroom::log::{Change, Fold, Ledger, Restored, Stamped, Tried, merge, undo};
use warroom::model::{Incident, JournalSummary};

use crate::grammar::generated::{Parts, changes, parts, scene};
use crate::scene::Scene;
use crate::stage::{self, Stage};
use crate::support::{House, texts};

/// The same records by another writer, as another incident.
fn elsewhere(ledger: &Ledger) -> Ledger {
    let mut other = Ledger::default();
    for record in ledger.records() {
        let moved = |json: String| {
            json.replace("-70000000-", "-90000000-").replace("2024-08-10-checkout", "2024-08-10-other")
        };
        let change: Change =
            serde_json::from_str(&moved(serde_json::to_string(record.change().unwrap()).unwrap())).unwrap();
        let stamp = serde_json::from_str(&moved(serde_json::to_string(&record.stamp).unwrap())).unwrap();
        other.insert(Stamped {
            stamp,
            by: "bob".into(),
            wall: None,
            over: None,
            after: None,
            from: None,
            body: change.into(),
        });
    }
    other
}

fn state(ledger: &Ledger) -> Incident {
    Incident { journal: JournalSummary::default(), ..Fold::of(ledger).into_incident() }
}

fn lacks(into: &Ledger, from: &Ledger) -> Vec<Change> {
    merge::changes(&Fold::of(into), into, &Fold::of(from))
}

/// Merges as the hall does; returns the change that tells it.
fn merged(scene: &mut Scene, from: &Ledger) -> warroom::log::Stamp {
    let id = Fold::of(from).incident().id.clone();
    let changes = lacks(&scene.ledger, from);
    let also = merge::tried(&scene.ledger, &id);
    let records = u32::try_from(changes.len()).unwrap();
    for change in changes {
        scene.commit(change);
    }
    scene.commit(Change::Merged { incident: id, records, also })
}

/// Two incidents of which each has some of everything.
fn two(mine: &Parts, theirs: &Parts, mask: u64) -> (Scene, Ledger) {
    let of = |parts: &Parts, mask: u64| {
        let mut scene = scene(parts);
        for (nth, change) in changes(parts, &scene).into_iter().enumerate() {
            if mask >> (nth % 64) & 1 == 1 {
                scene.commit(change);
            }
        }
        scene
    };
    (of(mine, mask), elsewhere(&of(theirs, mask.rotate_left(17)).ledger))
}

/// All that people said, in small letters: subjects and roles are one in any case.
fn words(value: &Value, key: &str, said: &mut Vec<String>) {
    const SILENT: [&str; 16] = [
        "id",
        "at",
        "until",
        "precision",
        "status",
        "kind",
        "milestone",
        "hypothesis",
        "entry",
        "raised_at",
        "closed_at",
        "started_at",
        "logged_at",
        "zone",
        "clock",
        "warnings",
    ];
    match value {
        _ if SILENT.contains(&key) || ["metrics", "journal", "due", "side", "merged_into"].contains(&key) => {
        }
        Value::String(text) => said.push(text.trim().to_lowercase()),
        Value::Array(all) => all.iter().for_each(|one| words(one, key, said)),
        Value::Object(all) => all.iter().for_each(|(key, one)| words(one, key, said)),
        _ => {}
    }
}

fn said(incident: &Incident) -> Vec<String> {
    let mut said = Vec::new();
    words(&serde_json::to_value(incident).unwrap(), "", &mut said);
    said
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_word_is_missing_afterwards(mine in parts(), theirs in parts(), mask in any::<u64>()) {
        let (mut scene, from) = two(&mine, &theirs, mask);
        let (own, other) = (state(&scene.ledger), Fold::of(&from));
        merged(&mut scene, &from);
        let after = Fold::of(&scene.ledger);
        let all = said(after.incident());
        for word in said(&own).into_iter().chain(said(other.incident())) {
            prop_assert!(all.iter().any(|there| there.contains(&word)), "{word:?} is missing");
        }
        for doubt in other.doubts() {
            prop_assert!(after.incident().warnings.contains(doubt));
        }
        for entry in &own.timeline {
            prop_assert_eq!(after.incident().entry(entry.id), Some(entry));
        }
    }

    #[test]
    fn a_merge_and_its_undo_leave_what_was(mine in parts(), theirs in parts(), mask in any::<u64>()) {
        let (mut scene, from) = two(&mine, &theirs, mask);
        let before = state(&scene.ledger);
        let stamp = merged(&mut scene, &from);
        prop_assert_eq!(undo::last_counting(&scene.ledger, &scene.by), Some(stamp), "one /undo is enough");
        let with = state(&scene.ledger);
        scene.commit(Change::Undone { change: stamp });
        prop_assert_eq!(&state(&scene.ledger), &before);
        prop_assert!(merge::counting(&scene.ledger, &"2024-08-10-other".into()).is_empty());
        scene.commit(Change::Redone { change: stamp });
        prop_assert_eq!(state(&scene.ledger), with);
    }

    #[test]
    fn merging_again_brings_nothing(mine in parts(), theirs in parts(), mask in any::<u64>()) {
        let (mut scene, from) = two(&mine, &theirs, mask);
        merged(&mut scene, &from);
        prop_assert_eq!(lacks(&scene.ledger, &from), []);
    }

    #[test]
    fn an_interrupted_merge_is_completed_and_taken_back_whole(
        mine in parts(), theirs in parts(), mask in any::<u64>(), part in any::<prop::sample::Index>(),
    ) {
        let (mut scene, from) = two(&mine, &theirs, mask);
        let before = state(&scene.ledger);
        let mut whole = Scene { ledger: scene.ledger.clone(), ..Scene::written_by(12) };
        whole.now = scene.now + chrono::TimeDelta::minutes(1);
        merged(&mut whole, &from);
        let changes = lacks(&scene.ledger, &from);
        let mut lost = Scene { ledger: Ledger::default(), ..Scene::written_by(11) };
        lost.now = scene.now + chrono::TimeDelta::minutes(1);
        let done = part.index(changes.len() + 1);
        for change in changes.into_iter().take(done) {
            lost.commit(change);
        }
        scene.ledger.extend(lost.ledger.records().iter().cloned());
        scene.now += chrono::TimeDelta::minutes(2);
        let stamp = merged(&mut scene, &from);
        let (there, wanted) = (state(&scene.ledger), state(&whole.ledger));
        let json = |incident: &Incident| serde_json::to_string_pretty(incident).unwrap();
        prop_assert_eq!(json(&there), json(&wanted));
        scene.commit(Change::Undone { change: stamp });
        prop_assert_eq!(state(&scene.ledger), before);
    }

    #[test]
    fn any_order_and_repetition_folds_the_same(mine in parts(), theirs in parts(), mask in any::<u64>()) {
        let (mut scene, from) = two(&mine, &theirs, mask);
        merged(&mut scene, &from);
        scene.say("/undo");
        scene.say("/redo");
        let mut backwards = Ledger::default();
        let records = scene.ledger.records();
        for record in records.iter().rev().chain(records) {
            backwards.insert(record.clone());
        }
        prop_assert_eq!(state(&backwards), state(&scene.ledger));
        let mut one_by_one = Ledger::default();
        let mut fold = Fold::default();
        for record in records {
            one_by_one.insert(record.clone());
            match record.change() {
                Some(change) if change.looks_back(&one_by_one) => fold = Fold::of(&one_by_one),
                _ => fold.add(record, &one_by_one),
            }
        }
        prop_assert_eq!(fold.into_incident(), Fold::of(&scene.ledger).into_incident());
    }
}

fn small() -> (Scene, Ledger) {
    let mine =
        Scene::new("UTC").after(&["?database: slow", "12:31 the first page", "+ one", "/cause a lock"]);
    let theirs = Scene::new("UTC").after(&[
        "/title Orders stuck",
        "?Database: pool",
        "/out database: idle",
        "12:30 the pager rang",
        "+ two",
        "+ three",
        "/cause the load balancer",
        "/factor no alert",
    ]);
    (mine, elsewhere(&theirs.ledger))
}

#[test]
fn what_both_say_differently_becomes_a_note() {
    let (mut scene, from) = small();
    merged(&mut scene, &from);
    let incident = scene.incident();
    assert_eq!(incident.root_cause, Some("a lock".into()), "what was there holds");
    let notes: Vec<(&str, &str)> =
        incident.notes.iter().map(|note| (note.heading.as_typed(), note.text.as_typed())).collect();
    assert_eq!(
        notes,
        [
            ("From 2024-08-10-other: title", "Orders stuck"),
            ("From 2024-08-10-other: root cause", "the load balancer"),
            ("From 2024-08-10-other: Database, how it is written", "Database"),
            ("From 2024-08-10-other: Database, why", "pool"),
        ]
    );
    let numbers: Vec<(u32, &str)> = incident.actions.iter().map(|a| (a.number, a.text.as_typed())).collect();
    assert_eq!(numbers, [(1, "one"), (2, "two"), (3, "three")]);
    let [database] = &incident.hypotheses[..] else { panic!("{:?}", incident.hypotheses) };
    assert_eq!(database.reason, Some("idle".into()), "an open one takes the verdict of the other");
    let standing: Vec<_> = incident.timeline.iter().filter_map(|entry| entry.hypothesis.as_deref()).collect();
    assert!(
        standing.len() == 3 && standing.iter().all(|id| **id == database.id),
        "entries stand for the one that is here"
    );
    assert_eq!(incident.merged, ["2024-08-10-other".into()]);
    assert_eq!(incident.factors, ["no alert".into()]);
}

#[test]
fn numbers_stay_whatever_is_taken_back_or_purged() {
    let (mut scene, from) = small();
    let stamp = merged(&mut scene, &from);
    scene.say("+ four");
    let numbers = |scene: &Scene| -> Vec<(u32, String)> {
        scene.incident().actions.iter().map(|a| (a.number, a.text.as_typed().to_owned())).collect()
    };
    let four = (4, "four".to_owned());
    assert_eq!(numbers(&scene).last(), Some(&four));
    let two = scene.incident().actions[1].id;
    let mut purged = Scene { ledger: scene.ledger.clone(), ..Scene::written_by(11) };
    purged.now = scene.now + chrono::TimeDelta::minutes(5);
    for stone in warroom::log::purge::tombstones(two, &warroom::log::purge::goes_with(&scene.ledger, two)) {
        purged.commit(stone);
    }
    let left = numbers(&purged);
    assert_eq!(left, [(1, "one".to_owned()), (3, "three".to_owned()), four.clone()]);
    let all = numbers(&scene);
    scene.commit(Change::Undone { change: stamp });
    assert_eq!(numbers(&scene), [(1, "one".to_owned()), four]);
    // Merged again, they are called as before.
    merged(&mut scene, &from);
    assert_eq!(numbers(&scene), all);
}

#[test]
fn a_merge_that_names_too_much_takes_back_no_more_than_it_brought() {
    let mut scene = Scene::new("UTC").after(&["an entry", "+ one"]);
    let before = state(&scene.ledger);
    let last = scene.ledger.records().last().unwrap().stamp;
    let also = vec![Tried { last, records: u32::MAX }];
    let stamp = scene.commit(Change::Merged { incident: "elsewhere".into(), records: u32::MAX, also });
    scene.commit(Change::Undone { change: stamp });
    assert_eq!(state(&scene.ledger), before);
}

#[test]
fn a_time_can_be_corrected_after_a_merge() {
    let (mut scene, from) = small();
    merged(&mut scene, &from);
    let pager = scene.incident().timeline.iter().find(|e| e.text.as_typed() == "the pager rang").unwrap().id;
    scene.say(&format!("/when {pager} 12:29"));
    let entry = scene.incident().entry(pager).unwrap().clone();
    assert!(entry.edited && entry.as_written == Some("12:29".into()), "{entry:?}");
}

#[test]
fn what_was_purged_here_does_not_come_back() {
    let (mut scene, from) = small();
    merged(&mut scene, &from);
    let pager = scene.incident().timeline.iter().find(|e| e.text.as_typed() == "the pager rang").unwrap().id;
    for stone in warroom::log::purge::tombstones(pager, &warroom::log::purge::goes_with(&scene.ledger, pager))
    {
        scene.commit(stone);
    }
    assert!(scene.incident().entry(pager).is_none());
    let back = lacks(&scene.ledger, &from);
    assert!(
        !back.iter().any(|change| matches!(change, Change::Joined { what: Restored::Entry(_), .. })),
        "{back:?}"
    );
}

/// Two incidents on disk: the ids.
fn house() -> (House, &'static str, &'static str) {
    let house = House::new();
    let (a, b) = ("2024-08-10-checkout-page-outage", "2024-08-10-orders-stuck");
    house.done(&["new", "Checkout page outage", "--started", "2024-08-10 12:30", "--detach"]);
    house.done(&["new", "Orders stuck", "--started", "2024-08-10 12:40", "--detach"]);
    for (id, lines) in [
        (a, &["12:31 the first page", "?database", "+ one"][..]),
        (
            b,
            &[
                "12:45 orders wait, says the shop #orders",
                "/out database: idle",
                "+ two @bob",
                "/cause load balancer",
                "/sev 2",
            ],
        ),
    ] {
        for line in lines {
            house.done(&["say", "-i", id, line]);
        }
    }
    (house, a, b)
}

fn show(house: &House, id: &str) -> Value {
    serde_json::from_str(&house.done(&["show", "--json", "-i", id])).unwrap()
}

fn journal(house: &House, id: &str) -> PathBuf {
    house.path().join("data/incidents").join(id).join("journal.jsonl")
}

#[test]
fn two_incidents_on_disk_become_one_and_two_again() {
    let (house, a, b) = house();
    let before = [show(&house, a), show(&house, b)];
    let lengths = || [a, b].map(|id| fs::metadata(journal(&house, id)).unwrap().len());
    let untouched = lengths();
    let dry = house.done(&["merge", a, b, "--dry-run"]);
    for part in [
        format!(
            "{b} would bring into {a}: 4 entries, 1 hypothesis, 1 action, 5 fields, 2 notes. Nothing was changed.\n"
        ),
        format!("\nComes in where {a} says nothing, or beside what it says:\n"),
        "  severity: 2\n".to_owned(),
        "  root cause: load balancer\n".to_owned(),
        format!(
            "\n{a} holds, and what {b} says becomes a note:\n  title: Checkout page outage, not: Orders stuck\n"
        ),
    ] {
        assert!(dry.contains(&part), "{part:?} in {dry}");
    }
    assert_eq!(lengths(), untouched);
    house.done(&["merge", a, b]);
    let (one, other) = (show(&house, a), show(&house, b));
    assert_eq!(one["merged"], serde_json::json!([b]));
    assert_eq!(other["merged_into"], a);
    assert_eq!(one["root_cause"], "load balancer");
    assert_eq!(one["severity"], 2);
    assert!(
        one["timeline"].as_array().unwrap().iter().any(|e| e["text"] == "orders wait, says the shop #orders")
    );
    let again = house.done(&["merge", a, b]);
    assert_eq!(again, format!("{b} is a part of {a} already, with all that it has.\n"));
    house.done(&["merge", a, b, "--undo"]);
    for (id, before) in [a, b].into_iter().zip(before) {
        let mut after = show(&house, id);
        after["journal"] = before["journal"].clone();
        assert_eq!(after, before, "{id}");
    }
    let output = house.run(&["merge", a, b, "--undo"]);
    assert!(!output.status.success());
    assert!(texts(&output).1.contains("was not merged into"), "{}", texts(&output).1);
}

/// A document of one outage, as two people write it.
fn document(title: &str, severity: &str, due: &str) -> String {
    format!(
        "# {title}\n\nDate: 2025-03-04\nTime zone: UTC\nSeverity: {severity}\n\n## Timeline\n\n\
         - 11:12 Parcels page is slow for everybody\n- 11:20 Suspected the database\n- 12:05 Resolved by a restart\n\n\
         ## Action items\n\n- [ ] Raise the limit of ports (@bo, due {due})\n"
    )
}

#[test]
fn what_stands_in_both_stands_once_and_says_where_else() {
    let house = House::new();
    let (a, b) = ("2025-03-04-parcels-page-slow", "2025-03-04-parcels-page-very-slow");
    for (name, text) in [
        ("a.md", document("Parcels page slow", "1", "2025-03-20")),
        ("b.md", document("Parcels page very slow", "2", "2025-03-22")),
    ] {
        fs::write(house.path().join(name), text).unwrap();
        house.done(&["import", name]);
    }
    let doubts = |id: &str| show(&house, id)["warnings"].to_string();
    assert!(doubts(b).contains("it may be the same outage as"), "{}", doubts(b));
    let listed = house.done(&["list"]);
    assert_eq!(listed.matches("· likely the same as 2025-03-04-parcels-page-").count(), 2, "{listed}");
    // What both ask for is to be done once.
    let todo = house.done(&["actions"]);
    assert_eq!(todo.lines().count(), 1, "{todo}");
    assert!(todo.starts_with(a) && todo.contains(&format!("ports · also 1 of {b}, likely a copy")), "{todo}");
    let dry = house.done(&["merge", b, a, "--dry-run"]);
    for row in [
        "  severity: 2, not: 1\n",
        "  action 1, due: 2025-03-22, not: 2025-03-20\n",
        "  title: Parcels page very slow, not: Parcels page slow\n",
    ] {
        assert!(dry.contains(row), "{row:?} in {dry}");
    }
    let before = show(&house, b);
    house.done(&["merge", b, a]);
    let whole = show(&house, b);
    assert_eq!(whole["severity"], 2);
    assert_eq!(whole["timeline"].as_array().unwrap().len(), 3, "{:#}", whole["timeline"]);
    let [action] = &whole["actions"].as_array().unwrap()[..] else { panic!("{:#}", whole["actions"]) };
    assert_eq!(action["due"], "2025-03-22");
    let note = |what: &str| {
        let heading = format!("From {a}: {what}");
        let notes = whole["notes"].as_array().unwrap().iter();
        notes
            .filter(|note| note["heading"] == heading)
            .map(|note| note["text"].as_str().unwrap())
            .collect::<String>()
    };
    assert_eq!(note("action 1, due"), "2025-03-20");
    assert_eq!(note("where what stands in both was read"), "a.md, lines 9, 10, 11, 15");
    assert_eq!(
        note("action 1, from") + &note("entries that stand in both, by whom"),
        "",
        "{:#}",
        whole["notes"]
    );
    assert!(!doubts(b).contains("it may be the same outage as"), "{}", doubts(b));
    assert!(!house.done(&["list"]).contains("likely the same"));
    house.done(&["merge", b, a, "--undo"]);
    assert!(doubts(b).contains("it may be the same outage as"), "{}", doubts(b));
    assert_eq!(show(&house, b)["notes"], before["notes"]);
}

#[test]
fn a_copy_brings_one_note_and_what_is_new_is_listed_beforehand() {
    let house = House::new();
    let text = document("Parcels page slow", "1", "2025-03-20");
    let more = text.replace("- 12:05", "- 11:40 Queue of the parcels grows\n- 12:05");
    for (name, text) in [("a.md", &text), ("copy.md", &text), ("more.md", &more)] {
        fs::write(house.path().join(name), text).unwrap();
        house.done(&["import", "--again", name]);
    }
    let dry =
        house.done(&["merge", "2025-03-04-parcels-page-slow", "2025-03-04-parcels-page-slow-2", "--dry-run"]);
    assert!(dry.contains(": 1 note. Nothing was changed."), "{dry}");
    let dry =
        house.done(&["merge", "2025-03-04-parcels-page-slow", "2025-03-04-parcels-page-slow-3", "--dry-run"]);
    assert!(dry.contains("  entry at 2025-03-04 11:40 UTC: Queue of the parcels grows\n"), "{dry}");
}

#[test]
fn an_open_room_says_that_another_incident_came_in() {
    let mut stage = Stage::new(120, 24);
    let mut session = stage::session(stage.house.path(), Some(&stage.folder), &stage.clock);
    let made = session.commit(Change::Merged {
        incident: "2025-03-04-parcels".into(),
        records: 0,
        also: Vec::new(),
    });
    let change = made.unwrap();
    session.flush(|_| {}).unwrap();
    stage.until("2025-03-04-parcels was merged into this incident");
    session.commit(Change::Undone { change }).unwrap();
    session.finish().unwrap();
    stage.until("2025-03-04-parcels is no part of this incident any more");
}

#[test]
fn an_action_that_stands_in_both_is_filled_and_purged_with_what_filled_it() {
    let mut scene = Scene::new("UTC").after(&["+ Write the runbook", "+ two"]);
    let theirs = Scene::new("UTC").after(&["+ write it", "+ Write the  runbook. @bo", "/done 2"]);
    let from = elsewhere(&theirs.ledger);
    let stamp = merged(&mut scene, &from);
    scene.say("+ four");
    let actions = |ledger: &Ledger| -> Vec<String> {
        let line = |a: &warroom::model::Action| {
            let owner = a.owner.as_ref().map_or("", |owner| owner.as_typed());
            format!("{} {} {} {owner}", a.number, a.text.as_typed(), a.status.word())
        };
        Fold::of(ledger).incident().actions.iter().map(line).collect()
    };
    let with = ["1 Write the runbook done bo", "2 two open ", "3 write it open ", "4 four open "];
    assert_eq!(actions(&scene.ledger), with);
    let runbook = scene.incident().actions[0].id;
    let mut purged = Scene { ledger: scene.ledger.clone(), ..Scene::written_by(11) };
    purged.now = scene.now + chrono::TimeDelta::minutes(5);
    for stone in
        warroom::log::purge::tombstones(runbook, &warroom::log::purge::goes_with(&scene.ledger, runbook))
    {
        purged.commit(stone);
    }
    assert_eq!(actions(&purged.ledger), &with[1..], "its words are gone, and the others keep their numbers");
    scene.commit(Change::Undone { change: stamp });
    assert_eq!(actions(&scene.ledger)[0], "1 Write the runbook open ");
}

#[test]
fn a_room_of_what_became_a_part_of_another_one_says_so_as_long_as_it_is_open() {
    for columns in [80, 120] {
        let mut stage = Stage::new(columns, 24);
        let mut session = stage::session(stage.house.path(), Some(&stage.folder), &stage.clock);
        session.commit(Change::MergedInto { incident: "2025-03-04-parcels".into() }).unwrap();
        session.finish().unwrap();
        stage.until("part of 2025-03-04-parcels");
        stage.logs("one more line").shows("part of 2025-03-04-parcels");
        stage.shows("Uploads fail");
    }
}

#[test]
fn one_cannot_be_merged_into_itself_or_twice() {
    let (house, a, b) = house();
    house.done(&["new", "Third", "--started", "2024-08-10 12:30", "--detach"]);
    assert!(texts(&house.run(&["merge", a, a])).1.contains("into itself"));
    house.done(&["merge", a, b]);
    let third = texts(&house.run(&["merge", "2024-08-10-third", b])).1;
    assert!(third.contains(&format!("{b} is a part of {a} already")), "{third}");
    let back = texts(&house.run(&["merge", b, "2024-08-10-third"])).1;
    assert!(back.contains(&format!("{b} is a part of {a} already")), "{back}");
}

#[test]
fn an_undo_in_the_prompt_takes_all_of_it_back_and_hides_nothing() {
    let (house, a, b) = house();
    let before = show(&house, a);
    house.done(&["merge", a, b]);
    let listed = |args: &[&str]| house.done(args);
    assert!(!listed(&["list"]).contains(b), "{}", listed(&["list"]));
    assert!(listed(&["list", "--all"]).contains(b));
    house.done(&["say", "-i", a, "/undo"]);
    let mut after = show(&house, a);
    after["journal"] = before["journal"].clone();
    assert_eq!(after, before);
    assert!(listed(&["list"]).contains(b), "what is in no other incident is in the list");
}

#[test]
fn an_entry_is_purged_after_a_merge() {
    let (house, a, b) = house();
    house.done(&["merge", a, b]);
    let shown = show(&house, a);
    let entry = shown["timeline"]
        .as_array()
        .unwrap()
        .iter()
        .find(|e| e["text"].as_str().unwrap().starts_with("orders wait"))
        .unwrap();
    let told = house.done(&["purge", entry["id"].as_str().unwrap(), "-i", a, "--yes", "--yes"]);
    // The other incident has a copy of its own, and how to be rid of that is said.
    let there = told.lines().find(|line| line.contains(&format!("warroom purge -i {b} "))).unwrap();
    let ending = there.split_whitespace().nth(4).unwrap();
    let text = fs::read_to_string(journal(&house, a)).unwrap();
    assert!(!text.contains("orders wait"), "{text}");
    assert!(!show(&house, a).to_string().contains("orders wait"));
    house.done(&["merge", a, b]);
    assert!(!show(&house, a).to_string().contains("orders wait"), "nor does another merge bring it back");
    assert!(fs::read_to_string(journal(&house, b)).unwrap().contains("orders wait"));
    house.done(&["purge", ending, "-i", b, "--yes", "--yes"]);
    assert!(!fs::read_to_string(journal(&house, b)).unwrap().contains("orders wait"));
}

#[test]
fn a_merge_cut_off_on_disk_is_completed() {
    let (house, a, b) = house();
    let before = show(&house, a);
    let start = fs::read_to_string(journal(&house, a)).unwrap();
    house.done(&["merge", a, b]);
    let whole = show(&house, a);
    let all = fs::read_to_string(journal(&house, a)).unwrap();
    let kept = start.lines().count() + 3;
    let cut: String = all.split_inclusive('\n').take(kept).collect();
    fs::write(journal(&house, a), cut).unwrap();
    fs::remove_file(journal(&house, a).with_file_name("incident.json")).unwrap();
    house.done(&["merge", a, b]);
    let mut completed = show(&house, a);
    completed["journal"] = whole["journal"].clone();
    assert_eq!(completed, whole);
    house.done(&["merge", a, b, "--undo"]);
    let mut after = show(&house, a);
    after["journal"] = before["journal"].clone();
    assert_eq!(after, before);
}

#[test]
fn fields_that_are_too_long_together_come_one_by_one() {
    let (house, a, b) = house();
    let long = "x".repeat(200_000);
    for line in ["/note first: ", "/note second: ", "/summary "] {
        let output = house.fed(&["say", "-i", b], &format!("{line}{long}"));
        assert!(output.status.success());
    }
    house.done(&["merge", a, b]);
    let shown = show(&house, a);
    assert_eq!(shown["summary"].as_str().map(str::len), Some(long.len()));
    let notes =
        shown["notes"].as_array().unwrap().iter().filter(|n| n["text"].as_str().unwrap().len() == long.len());
    assert_eq!(notes.count(), 2);
}

#[test]
fn what_is_merged_away_is_told() {
    let (house, a, b) = house();
    house.done(&["merge", a, b]);
    assert!(house.done(&["show", "-i", b]).contains(&format!("Merged into {a}")));
    assert!(house.done(&["show", "-i", a]).contains(&format!("Merged in: {b}")));
    let said = house.run(&["say", "-i", b, "one more"]);
    assert!(texts(&said).1.contains(&format!("part of {a}")), "{}", texts(&said).1);
}

#[test]
fn a_related_incident_that_is_not_there_is_warned_of_and_stored() {
    let (house, a, b) = house();
    let related = |id: &str| texts(&house.run(&["say", "-i", a, &format!("/related {id}")])).1;
    assert_eq!(related(b), "");
    let warned = related("2019-01-01-nowhere");
    assert!(warned.contains("no incident here is called 2019-01-01-nowhere"), "{warned}");
    assert_eq!(show(&house, a)["related"], serde_json::json!([b, "2019-01-01-nowhere"]));
    assert!(house.done(&["show", "-i", a]).contains(&format!("Related: {b}, 2019-01-01-nowhere")));
    let report = house.done(&["export", "-i", a]);
    assert!(report.contains("## Related incidents"), "{report}");
    let list: Value = serde_json::from_str(&house.done(&["list", "--json"])).unwrap();
    let other = list.as_array().unwrap().iter().find(|one| one["id"] == b).unwrap();
    assert_eq!(other["related_by"], serde_json::json!([a]), "it is known from the other side, too");
    house.done(&["say", "-i", a, &format!("/related {b}")]);
    let seen = house.done(&["show", "-i", a]);
    assert!(seen.contains(&format!("Related: {b}, 2019-01-01-nowhere\n")), "once: {seen}");
    assert!(house.done(&["show", "-i", b]).contains(&format!("Related: {a}\n")));
    let report = house.done(&["export", "-i", b]);
    assert!(report.contains("## Related incidents"), "{report}");
}
