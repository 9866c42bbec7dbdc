//! What became of an item: all records that concern it, oldest first, whatever the order in which they arrived.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};
use warroom::log::history::{self, Before, Item, Step};
use warroom::log::words::Teller;
use warroom::log::{Change, Ledger, Record, Restored, Stamp, Stamped, undo};
use warroom::model::{Moment, Subject};

use super::scene::{Scene, utc};

/// The kinds of change in a history, each with a `-` where it is taken back.
fn kinds(steps: &[Step<'_>]) -> Vec<String> {
    let kind = |step: &Step<'_>| {
        let taken_back = if step.taken_back.is_some() { "-" } else { "" };
        format!("{taken_back}{}", body(step.record).0)
    };
    steps.iter().map(kind).collect()
}

/// A record's change as it is written: its kind, and what it holds.
fn body(record: &Record) -> (String, Value) {
    let value = serde_json::to_value(record.change().unwrap()).unwrap();
    value.as_object().unwrap().iter().next().map(|(kind, body)| (kind.clone(), body.clone())).unwrap()
}

fn about(subject: &str) -> Item {
    Item::Hypothesis(Subject::new(subject))
}

#[test]
fn an_entry_shows_each_change_with_what_was_there_before() {
    let mut scene = Scene::new("UTC");
    let entry = scene.say("12:30 first words");
    scene.say("another entry");
    scene.says("bob", &format!("/edit {entry}: second words"));
    scene.says("bob", &format!("/when {entry} 12:10"));
    scene.say(&format!("/when {entry} 12:20"));
    scene.say(&format!("/edit {entry}: third words"));
    for line in ["/star", "/strike"] {
        scene.say(&format!("{line} {entry}"));
        scene.say(&format!("{line} {entry} -"));
    }
    let steps = history::of(&scene.ledger, &Item::Entry(entry));
    assert_eq!(
        kinds(&steps),
        [
            "entry_added",
            "entry_text_changed",
            "entry_time_changed",
            "entry_time_changed",
            "entry_text_changed",
            "entry_starred",
            "entry_unstarred",
            "entry_struck",
            "entry_unstruck"
        ]
    );
    let before: Vec<_> = steps.iter().map(|step| before(step)).collect();
    let expected = ["", "first words", "12:30", "12:10", "second words", "", "", "", ""];
    assert_eq!(before, expected);
    let by: Vec<_> = steps.iter().map(|step| step.record.by.as_typed()).collect();
    assert_eq!(by, ["alice", "bob", "bob", "bob", "bob", "bob", "bob", "bob", "bob"]);
}

fn before(step: &Step<'_>) -> String {
    match &step.before {
        Some(Before::Text(text)) => text.as_typed().to_owned(),
        Some(Before::Time(when)) => when.at.instant().unwrap().format("%H:%M").to_string(),
        None => String::new(),
    }
}

#[test]
fn a_step_that_is_taken_back_says_by_whom() {
    let mut scene = Scene::new("UTC");
    let entry = scene.says("alice", "one");
    let edit = scene.say("/edit last: two");
    let undo = scene.says("bob", &format!("/undo {edit}"));
    scene.say("/edit last: three");
    let steps = history::of(&scene.ledger, &Item::Entry(entry));
    assert_eq!(kinds(&steps), ["entry_added", "-entry_text_changed", "undone", "entry_text_changed"]);
    assert_eq!(before(&steps[3]), "one", "what was taken back was not there");
    let by = steps[1].taken_back.unwrap();
    assert_eq!((by.stamp, by.by.as_typed()), (undo, "bob"));
    scene.say(&format!("/redo {edit}"));
    scene.say("/edit last: four");
    let steps = history::of(&scene.ledger, &Item::Entry(entry));
    assert_eq!(kinds(&steps)[1..3], ["entry_text_changed", "undone"], "it counts again");
    assert_eq!(before(&steps[5]), "three");
    // The entry itself is gone, its history is not.
    scene.say(&format!("/undo {entry}"));
    assert!(scene.incident().entry(entry).is_none());
    assert_eq!(kinds(&history::of(&scene.ledger, &Item::Entry(entry))).len(), 7);
}

#[test]
fn a_hypothesis_is_one_in_any_letter_case_and_so_is_its_history() {
    let mut scene = Scene::new("UTC");
    let raised = scene.say("?Data  Base: slow");
    scene.say("/test data base: count @bob for:10m");
    scene.say("/for DATA BASE: full pool");
    scene.say("/against data base: idle");
    let harm = scene.say("/worse data base: failover");
    scene.say("?network");
    scene.say("/out Data base: not it");
    scene.say("/undo");
    scene.say("/reopen data base");
    let moved = scene.say(&format!("/when {harm} 12:40"));
    scene.say(&format!("/star {harm}"));
    let steps = history::of(&scene.ledger, &about("DATA BASE"));
    let expected = [
        "hypothesis_raised",
        "hypothesis_tested",
        "evidence_added",
        "evidence_added",
        "evidence_added",
        "-hypothesis_ruled_out",
        "undone",
        "hypothesis_reopened",
        "entry_time_changed",
    ];
    assert_eq!(kinds(&steps), expected);
    assert_eq!(before(&steps[8]), "12:45");
    // Its entries have the same history, and what is only theirs.
    let of = |entry| history::of(&scene.ledger, &Item::Entry(entry));
    assert_eq!(kinds(&of(raised)), expected);
    assert_eq!(kinds(&of(harm)), [&expected[..], &["entry_starred"]].concat());
    assert_eq!(of(harm).iter().filter(|s| s.record.stamp == moved).count(), 1);
    assert_eq!(kinds(&history::of(&scene.ledger, &about("network"))), ["hypothesis_raised"]);
}

#[test]
fn an_action_has_its_own_history() {
    let mut scene = Scene::new("UTC");
    let first = scene.say("+ one @bob");
    let second = scene.say("/improve two");
    for line in ["/done 1", "/done 1 -", "/drop 1: not worth it", "/undo", "/done 2"] {
        scene.say(line);
    }
    let of = |action| kinds(&history::of(&scene.ledger, &Item::Action(action)));
    assert_eq!(of(first), ["action_added", "action_done", "action_reopened", "-action_dropped", "undone"]);
    assert_eq!(of(second), ["action_added", "action_done"]);
}

#[test]
fn the_status_and_the_milestones_that_move_it_share_a_history() {
    let mut scene = Scene::new("UTC");
    let started = scene.say("/started 12:00");
    let monitoring = scene.say("/status monitoring");
    let resolved = scene.say("/resolved 12:40 by hand");
    scene.say("/status investigating");
    scene.say("/started 12:05");
    scene.say("/resolved -");
    let severity = scene.say("/sev 2");
    scene.say("/sev 1");
    let scribe = scene.say("/role scribe @bob");
    scene.say("/role commander @alice");
    scene.say("/role Scribe @carol");
    let of = |entry| kinds(&history::of(&scene.ledger, &Item::Entry(entry)));
    let course = ["status_set", "milestone_set", "status_set", "milestone_cleared"];
    assert_eq!(of(resolved), course);
    assert_eq!(of(monitoring), course);
    assert_eq!(of(started), ["milestone_set", "milestone_set"]);
    assert_eq!(of(severity), ["severity_set", "severity_set"]);
    assert_eq!(of(scribe), ["role_taken", "role_taken"]);
}

#[test]
fn what_came_back_has_a_history_from_then_on() {
    let mut lost = Scene::new("UTC").after(&["words", "?database", "/out database: idle", "+ one"]);
    lost.say("/resolved 12:40");
    let incident = lost.incident();
    let mut scene = Scene::new("UTC").at("2024-08-10 13:00");
    let entry =
        |text: &str| incident.timeline.iter().find(|e| e.text.as_typed().starts_with(text)).unwrap().clone();
    for text in ["words", "Ruled out", "Resolved"] {
        scene.commit(Change::Restored(Restored::Entry(Box::new(entry(text)))));
    }
    scene.commit(Change::Restored(Restored::Hypothesis(Box::new(incident.hypotheses[0].clone()))));
    scene.commit(Change::Restored(Restored::Action(Box::new(incident.actions[0].clone()))));
    scene.say(&format!("/edit {}: other words", entry("words").id));
    scene.say("/done 1");
    scene.say("/reopen database");
    scene.say("/status investigating");
    let of = |item: &Item| kinds(&history::of(&scene.ledger, item));
    let words = history::of(&scene.ledger, &Item::Entry(entry("words").id));
    assert_eq!(kinds(&words), ["restored", "entry_text_changed"]);
    assert_eq!(before(&words[1]), "words");
    let hypothesis = ["restored", "restored", "hypothesis_reopened"];
    assert_eq!(of(&Item::Entry(entry("Ruled out").id)), hypothesis);
    assert_eq!(of(&about("database")), hypothesis);
    assert_eq!(of(&Item::Entry(entry("Resolved").id)), ["restored", "status_set"]);
    assert_eq!(of(&Item::Action(incident.actions[0].id)), ["restored", "action_done"]);
}

const LINES: &[&str] = &[
    "words #db",
    "12:10 earlier",
    "?database: pool",
    "?Network",
    "/test DATABASE: count @bob",
    "/for database: slow",
    "/worse network: doubled",
    "/out database: idle",
    "/confirm network",
    "/park dns",
    "/reopen database",
    "+ one @bob",
    "/improve two",
    "/done 1",
    "/drop 2: no",
    "/done 1 -",
    "/started 12:00",
    "/detected 12:05",
    "/identified",
    "/resolved",
    "/resolved -",
    "/started -",
    "/status monitoring",
    "/sev 1",
    "/role commander @alice",
    "/role Commander -",
    "/role scribe @bob",
    "/summary short",
    "/update we know",
    "/edit last: anew",
    "/when last 12:15",
    "/strike last",
    "/strike last -",
    "/star last",
    "/undo",
    "/redo",
];

/// A line and who says it, or a record to take back or to let count again.
type Move = (Index, Index, Option<(bool, Index)>);

/// Plays lines, and now and then takes back or brings back any record at all.
fn played(steps: &[Move]) -> Scene {
    let mut scene = Scene::new("UTC");
    for (line, who, any) in steps {
        scene.now += chrono::Duration::seconds(20);
        scene.by = (*who.get(&["alice", "bob"])).into();
        if let Some((redo, target)) = any {
            let change = target.get(scene.ledger.records()).stamp;
            scene.commit(if *redo { Change::Redone { change } } else { Change::Undone { change } });
        } else if let Ok(warroom::grammar::Line::Change(change)) = scene.read(line.get::<&str>(LINES)) {
            scene.commit(*change);
        }
    }
    scene
}

/// What a record is about, read from how it is written.
fn things(ledger: &Ledger, record: &Record, depth: usize) -> BTreeSet<String> {
    let (kind, body) = body(record);
    let text = |key: &str| body[key].as_str().map(str::to_lowercase);
    let mut things = BTreeSet::new();
    let moves = ["identified", "mitigated", "resolved", "closed"];
    let milestone = text("milestone").filter(|m| !moves.contains(&m.as_str()));
    things.extend(text("subject").map(|subject| format!("hypothesis {subject}")));
    things.extend(text("role").map(|role| format!("role {role}")));
    things.extend(text("entry").or(text("action")).or(text("change")).map(|id| format!("made {id}")));
    match (kind.as_str(), milestone) {
        ("status_set" | "milestone_set" | "milestone_cleared", None) => drop(things.insert("course".into())),
        (_, Some(milestone)) => drop(things.insert(milestone)),
        ("severity_set", _) => drop(things.insert("severity".into())),
        ("entry_time_changed" | "entry_text_changed" | "undone" | "redone", _) if depth < 3 => {
            let other = text("entry").or(text("change")).unwrap().parse().unwrap();
            things.extend(ledger.get(other).iter().flat_map(|other| self::things(ledger, other, depth + 1)));
        }
        _ => {}
    }
    let names_another = ["entry", "action", "change"].iter().any(|key| text(key).is_some());
    if !names_another {
        things.insert(format!("made {}", record.stamp));
    }
    things
}

fn ledger_of(records: impl IntoIterator<Item = Record>) -> Ledger {
    let mut ledger = Ledger::default();
    ledger.extend(records);
    ledger
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_record_is_in_exactly_the_histories_it_concerns(
        steps in prop::collection::vec(
            (any::<Index>(), any::<Index>(), prop::option::weighted(0.2, any::<(bool, Index)>())), 1..50),
        order in prop::collection::vec(any::<Index>(), 0..80),
    ) {
        let scene = played(&steps);
        let (ledger, records) = (&scene.ledger, scene.ledger.records());
        let undone = undo::undone(ledger);
        // Every item there ever was, with what makes a record concern it.
        let mut items: Vec<(Item, BTreeSet<String>)> = Vec::new();
        for record in records {
            let (kind, body) = body(record);
            let made = format!("made {}", record.stamp);
            if let Some(subject) = body["subject"].as_str() {
                let name = format!("hypothesis {}", subject.to_lowercase());
                items.push((about(subject), [name].into()));
            }
            if kind == "action_added" {
                items.push((Item::Action(record.stamp), [made].into()));
            } else if shows(&kind) {
                items.push((Item::Entry(record.stamp), things(ledger, record, 0)));
            }
        }
        // In another order of arrival, some twice.
        let mut shuffled: Vec<Record> = order.iter().map(|at| at.get(records).clone()).collect();
        shuffled.extend(records.iter().rev().cloned());
        let other = ledger_of(shuffled);
        for (item, wanted) in &items {
            let steps = history::of(ledger, item);
            let found: Vec<Stamp> = steps.iter().map(|step| step.record.stamp).collect();
            let concerns = |record: &&Record| !things(ledger, record, 0).is_disjoint(wanted);
            let expected: Vec<Stamp> = records.iter().filter(concerns).map(|r| r.stamp).collect();
            prop_assert_eq!(&found, &expected, "{:?}", item);
            prop_assert_eq!(&steps, &history::of(&other, item), "the order of arrival counts");
            for step in &steps {
                let stamp = step.record.stamp;
                prop_assert_eq!(step.taken_back.is_some(), undone.contains(&stamp));
                let target = step.taken_back.map(|undo| body(undo).1["change"].clone());
                prop_assert_eq!(target, undone.contains(&stamp).then(|| json!(stamp.to_string())));
            }
        }
        // Nothing is lost: whatever makes or changes an item is in a history.
        let told: BTreeSet<Stamp> = items
            .iter()
            .flat_map(|(item, _)| history::of(ledger, item))
            .map(|step| step.record.stamp)
            .collect();
        for record in records {
            let (kind, body) = body(record);
            let names = ["subject", "entry", "action"].iter().any(|key| !body[key].is_null());
            if names || shows(&kind) || kind == "action_added" {
                prop_assert!(told.contains(&record.stamp), "{kind}");
            }
        }
    }
}

/// Whether a change of this kind puts an entry on the timeline.
fn shows(kind: &str) -> bool {
    let kinds = ["hypothesis_", "evidence_", "milestone_", "status_", "severity_", "role_", "entry_added"];
    kinds.iter().any(|shown| kind.starts_with(shown))
}

#[test]
fn an_undo_that_arrives_before_what_it_takes_back_is_in_its_history() {
    let mut scene = Scene::new("UTC");
    let far = Stamp { ms: scene.ledger.records()[0].stamp.ms + 9_000_000, ..scene.ledger.records()[0].stamp };
    scene.commit(Change::Undone { change: far });
    scene.commit(Change::EntryTimeChanged {
        entry: far,
        when: Moment::stamped(utc("2024-08-10 12:00")).into(),
    });
    let change = scene.change("from the future");
    scene.ledger.insert(Stamped {
        stamp: far,
        by: "bob".into(),
        from: None,
        wall: None,
        over: None,
        after: None,
        body: change.into(),
    });
    let steps = history::of(&scene.ledger, &Item::Entry(far));
    assert_eq!(kinds(&steps), ["undone", "entry_time_changed", "-entry_added"]);
}

#[test]
fn undos_of_each_other_do_not_go_round_for_ever() {
    let mut scene = Scene::new("UTC");
    let first = scene.ledger.records()[0].stamp;
    let later = Stamp { ms: first.ms + 9_000_000, ..first };
    let earlier = scene.commit(Change::Undone { change: later });
    let change = Change::Undone { change: earlier };
    scene.ledger.insert(Stamped {
        stamp: later,
        by: "bob".into(),
        from: None,
        wall: None,
        over: None,
        after: None,
        body: change.clone().into(),
    });
    assert_eq!(history::of(&scene.ledger, &Item::Entry(later)).len(), 2);
    let incident = scene.incident();
    let teller = Teller { incident: &incident, ledger: &scene.ledger, now: scene.now };
    assert!(teller.words(&change).told(200).starts_with("taken back: an undo"));
}
