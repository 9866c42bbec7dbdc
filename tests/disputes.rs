//! Two people change the same field, and neither has seen the other's change: the last stamp shows, the other value stays known as
//! disputed until somebody settles it.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use chrono::TimeDelta;
use crossterm::event::KeyCode;
use serde_json::{Value, json};
use warroom::grammar::{self, Line, review};
use warroom::log::{Change, Fold, Record, Stamped, purge};
use warroom::model::{Disputed, Incident};
use warroom::session::{Opening, Session};
use warroom::text::Raw;

use crate::scene::Scene;
use crate::stage::Stage;
use crate::support::{House, texts};

/// Alice and bob on two machines, who both know these lines.
fn apart(known: &[&str]) -> (Scene, Scene) {
    let alice = Scene::new("UTC").after(known);
    let mut bob = Scene { by: "bob".into(), ledger: alice.ledger.clone(), ..Scene::written_by(9) };
    bob.ledger = alice.ledger.clone();
    bob.now = alice.now + TimeDelta::seconds(30);
    (alice, bob)
}

/// Each hears what the other one said.
fn meet(one: &mut Scene, other: &mut Scene) {
    one.ledger.extend(other.ledger.records().to_vec());
    other.ledger.extend(one.ledger.records().to_vec());
    let now = one.now.max(other.now) + TimeDelta::seconds(60);
    for scene in [one, other] {
        scene.now = now;
        let newest = scene.ledger.records().last().map(|record| record.stamp);
        scene.clock.observe_local(newest, now);
    }
}

/// What both know after alice said the one and bob, half a minute later, the other.
fn after(known: &[&str], alice: &str, bob: &str) -> Scene {
    let (mut one, mut other) = apart(known);
    for (scene, lines) in [(&mut one, alice), (&mut other, bob)] {
        for line in lines.split(" ; ").filter(|line| !line.is_empty()) {
            scene.say(line);
            scene.now += TimeDelta::seconds(1);
        }
    }
    meet(&mut one, &mut other);
    one
}

fn told(incident: &Incident) -> Vec<String> {
    incident.disputed.iter().map(|one| one.doubt(incident).as_typed().to_owned()).collect()
}

/// What both know, what alice says, what bob says, and the doubt about it.
const CASES: &[(&[&str], &str, &str, &str)] = &[
    (&[], "/title One", "/title Two", "the title is disputed: \"Two\" shows, alice says \"One\""),
    (&[], "/sev 1", "/sev 2", "the severity is disputed: \"2\" shows, alice says \"1\""),
    (
        &[],
        "/status identified",
        "/status monitoring",
        "the status is disputed: \"monitoring\" shows, alice says \"identified\"",
    ),
    (
        &[],
        "/resolved 12:40",
        "/status monitoring",
        "the status is disputed: \"monitoring\" shows, alice says \"resolved\"",
    ),
    (
        &[],
        "/tz Europe/Berlin",
        "/tz Asia/Tokyo",
        "the zone is disputed: \"Asia/Tokyo\" shows, alice says \"Europe/Berlin\"",
    ),
    (&["/clock 12h"], "/clock 24h", "/clock 12h", "the clock is disputed: \"12h\" shows, alice says \"24h\""),
    (
        &[],
        "/every 20m",
        "/every 30m",
        "the time between updates is disputed: \"30\" shows, alice says \"20\"",
    ),
    (&[], "/cause pool", "/cause cert", "the root cause is disputed: \"cert\" shows, alice says \"pool\""),
    (&["/summary s"], "/summary t", "/summary -", "the summary is disputed: none shows, alice says \"t\""),
    (
        &["/impact s"],
        "/impact -",
        "/impact t",
        "the impact is disputed: \"t\" shows, alice says there is none",
    ),
    (&[], "/fix a", "/fix b", "the fix is disputed: \"b\" shows, alice says \"a\""),
    (
        &[],
        "/role commander @ines",
        "/role Commander @omar",
        "who is commander is disputed: \"omar\" shows, alice says \"ines\"",
    ),
    (
        &[],
        "/started 12:10",
        "/started 12:15",
        "when it was started is disputed: \"2024-08-10 12:15 UTC\" shows, alice says \"2024-08-10 12:10 UTC\"",
    ),
    (
        &["/detected 12:00"],
        "/detected 12:00 a call",
        "/detected 12:00 an alert",
        "how it was detected is disputed: \"an alert\" shows, alice says \"a call\"",
    ),
    (
        &["rolled back"],
        "/edit last: rolled back 812",
        "/edit last: rolled back 813",
        "the text of the entry \"rolled back 813\" is disputed: \"rolled back 813\" shows, alice says \"rolled back 812\"",
    ),
    (
        &["rolled back"],
        "/when last 12:31",
        "/when last 12:32",
        "the time of the entry \"rolled back\" is disputed: \"2024-08-10 12:32 UTC\" shows, alice says \"2024-08-10 12:31 UTC\"",
    ),
    (
        &["rolled back"],
        "/strike last",
        "/strike last ; /strike last -",
        "the strike of the entry \"rolled back\" is disputed: \"not struck out\" shows, alice says \"struck out\"",
    ),
    (
        &["+ Write it @ines"],
        "/edit task 1: Write it @omar",
        "/edit task 1: Write it @bob",
        "the owner of action 1 is disputed: \"bob\" shows, alice says \"omar\"",
    ),
    (
        &["+ Write it p2"],
        "/edit task 1: Write it p1",
        "/edit task 1: Write it",
        "the priority of action 1 is disputed: none shows, alice says \"1\"",
    ),
    (
        &["+ Write it"],
        "/edit task 1: Write it due:2024-09-01",
        "/edit task 1: Write it due:2024-09-02",
        "the due date of action 1 is disputed: \"2024-09-02\" shows, alice says \"2024-09-01\"",
    ),
    (
        &["+ Write it"],
        "/done 1",
        "/drop 1: no",
        "the status of action 1 is disputed: \"dropped\" shows, alice says \"done\"",
    ),
    (
        &["+ Write it"],
        "/drop 1: no",
        "/drop 1: never",
        "the reason of action 1 is disputed: \"never\" shows, alice says \"no\"",
    ),
    (
        &["?database"],
        "/confirm database",
        "/out database",
        "the status of database is disputed: \"ruled out\" shows, alice says \"confirmed\"",
    ),
    (
        &["?database"],
        "/out Database: idle",
        "/out database: empty",
        "the reason of database is disputed: \"empty\" shows, alice says \"idle\"",
    ),
    (
        &["?database"],
        "/test database: count @ines",
        "/test database: ping @omar",
        "the owner of database is disputed: \"omar\" shows, alice says \"ines\"",
    ),
    (
        &[],
        "?database: slow",
        "?database: full",
        "the why of database is disputed: \"full\" shows, alice says \"slow\"",
    ),
];

#[test]
fn of_every_field_the_last_shows_and_the_other_is_disputed() {
    for (known, alice, bob, doubt) in CASES {
        let scene = after(known, alice, bob);
        let incident = scene.incident();
        assert_eq!(told(&incident), [*doubt], "{alice} and {bob}");
        assert!(incident.warnings.contains(&Raw::new(*doubt)), "{doubt}");
        let one = &incident.disputed[0];
        assert_eq!(one.by, Raw::new("alice"));
        assert_eq!(one.at, one.change.instant());
        // One after the other, each having seen what the other one said, there is none.
        let mut seen = Scene::new("UTC").after(known);
        for (by, lines) in [("alice", alice), ("bob", bob)] {
            for line in lines.split(" ; ") {
                seen.says(by, line);
                seen.now += TimeDelta::seconds(30);
            }
        }
        assert_eq!(told(&seen.incident()), [""; 0], "{alice}, then {bob}");
    }
}

#[test]
fn each_line_that_is_offered_settles_it() {
    for (known, alice, bob, doubt) in CASES {
        let incident = after(known, alice, bob).incident();
        let found = review::doubt(incident.warnings.len() - 1, &incident).unwrap();
        assert!(
            found.mend.len() > 1 || doubt.contains("the status of") || doubt.contains(" of database"),
            "{found:?}"
        );
        let shown = review::settled_as_it_shows(&incident.disputed[0], &incident);
        let lines = found.mend.iter().cloned().chain([found.settle(), shown]);
        for line in lines {
            let mut scene = after(known, alice, bob);
            let read = scene.read(&line);
            let Ok(Line::Change(change)) = read else { panic!("{line}: {read:?}") };
            scene.commit(*change);
            assert_eq!(told(&scene.incident()), [""; 0], "{doubt}: {line}");
            assert!(scene.incident().warnings.iter().all(|warning| warning.as_typed() != *doubt), "{line}");
        }
    }
}

/// A reason belongs to the verdict that it was given for.
#[test]
fn a_line_about_a_reason_has_the_verdict_of_that_reason() {
    let incident = after(&["?database"], "/out database: idle", "/confirm database: queries fail").incident();
    let found = (0..incident.warnings.len()).filter_map(|nth| review::doubt(nth, &incident));
    let lines: Vec<String> = found.flat_map(|doubt| doubt.mend).collect();
    assert!(lines.iter().any(|line| line == "/out database: idle"), "{lines:?}");
    assert!(lines.iter().all(|line| line != "/confirm database: idle"), "{lines:?}");
}

#[test]
fn what_is_of_one_mind_is_not_disputed() {
    let none: &[(&[&str], &str, &str)] = &[
        (&[], "/title One", "/title One"),
        (&[], "/title Two ; /title One", "/title One"),
        (&[], "/resolved 12:40", "/resolved 12:40"),
        (&[], "/mitigated 12:30", "/resolved 12:40"),
        (&[], "/resolved 12:40", "/mitigated 12:30"),
        (&[], "/identified 12:30", "/status monitoring"),
        (&[], "/factor one", "/factor two"),
        (&[], "/role commander @ines", "/role scribe @omar"),
        (&["rolled back"], "/strike last", "/star last"),
        (&["rolled back"], "/strike last", "/strike last"),
        (&[], "?database", "?database: slow"),
        (&[], "?database ; /out database: idle", "?network"),
        (&["?database"], "/out database: idle", "/out database"),
        (&["?database"], "/out database: idle", "/for database: slow"),
        // Each says all of it, and means what is new.
        (
            &["+ Write it @ines"],
            "/edit task 1: Write it @omar",
            "/edit task 1: Write it @ines due:2024-09-01",
        ),
    ];
    for (known, alice, bob) in none {
        assert_eq!(told(&after(known, alice, bob).incident()), [""; 0], "{alice} and {bob}");
    }
}

#[test]
fn of_an_action_both_changes_show_that_are_of_different_fields() {
    let known = ["+ Write it @ines p2"];
    let scene = after(
        &known,
        "/edit task 1: Write it @omar p2",
        "/edit task 1: Write it down @ines p2 due:2024-09-01",
    );
    let action = &scene.incident().actions[0];
    assert_eq!(action.text.as_typed(), "Write it down");
    assert_eq!(action.owner.as_ref().map(Raw::as_typed), Some("omar"));
    assert_eq!(action.due.map(|due| due.to_string()).as_deref(), Some("2024-09-01"));
    assert_eq!(action.priority, Some(2));
}

#[test]
fn it_is_settled_by_whoever_has_seen_both_and_by_nobody_else() {
    let (mut alice, mut bob) = apart(&[]);
    let mut carol = Scene { by: "carol".into(), ledger: alice.ledger.clone(), ..Scene::written_by(11) };
    alice.say("/cause pool");
    bob.say("/cause cert");
    carol.now = bob.now + TimeDelta::seconds(5);
    carol.ledger.extend(bob.ledger.records().to_vec());
    carol.say("/cause a cert that expired");
    meet(&mut alice, &mut bob);
    assert_eq!(told(&alice.incident()).len(), 1);
    meet(&mut alice, &mut carol);
    let cause = "the root cause is disputed: \"a cert that expired\" shows, alice says \"pool\"";
    assert_eq!(told(&alice.incident()), [cause], "carol had seen bob's alone");
    alice.say("/cause both");
    assert_eq!(told(&alice.incident()), [""; 0]);
    bob.now += TimeDelta::seconds(90);
    bob.say("/cause neither");
    meet(&mut alice, &mut bob);
    let cause = "the root cause is disputed: \"neither\" shows, alice says \"both\"";
    assert_eq!(told(&alice.incident()), [cause], "what alice has settled stays so");
}

/// Lists have no one value that shows: whatever was said stands in them.
#[test]
fn of_an_item_that_two_changed_both_words_stand() {
    let factors = |scene: &Scene| {
        scene.incident().factors.iter().map(|text| text.as_typed().to_owned()).collect::<Vec<_>>()
    };
    let known = ["/factor no alarm", "/factor nobody looked"];
    let scene = after(&known, "/edit factor 1: no alarm for cards", "/edit factor 1: an alarm too late");
    assert_eq!(factors(&scene), ["no alarm for cards", "nobody looked", "an alarm too late"]);
    let scene = after(&known, "/strike factor 1", "/edit factor 1: an alarm too late");
    assert_eq!(factors(&scene), ["nobody looked", "an alarm too late"], "what is said last holds");
    let mut scene = after(&known, "", "/edit factor 1: an alarm too late");
    let added = scene
        .ledger
        .records()
        .iter()
        .find(|record| matches!(record.change(), Some(Change::ItemAdded { .. })));
    let change = added.unwrap().stamp;
    scene.commit(Change::Undone { change });
    assert_eq!(factors(&scene), ["nobody looked"], "what was taken back was never there");
}

#[test]
fn taking_one_of_the_two_back_settles_it() {
    let (mut alice, mut bob) = apart(&["/cause first"]);
    alice.say("/cause pool");
    bob.say("/cause cert");
    meet(&mut alice, &mut bob);
    assert_eq!(told(&alice.incident()).len(), 1);
    let mut other = Scene { ledger: alice.ledger.clone(), ..Scene::written_by(12) };
    other.now = alice.now;
    alice.say("/undo");
    assert_eq!(told(&alice.incident()), [""; 0]);
    assert_eq!(alice.incident().root_cause, Some("cert".into()));
    alice.say("/redo");
    assert_eq!(told(&alice.incident()).len(), 1, "what counts again is disputed again");
    other.by = "bob".into();
    other.say("/undo");
    assert_eq!(other.incident().root_cause, Some("pool".into()));
    assert_eq!(told(&other.incident()), [""; 0], "what both replaced does not come back");
}

#[test]
fn what_was_purged_is_disputed_by_nobody() {
    let mut scene = after(&["rolled back"], "/edit last: the password is x", "/edit last: rolled back 813");
    let other = scene.incident().disputed[0].change;
    for stone in purge::tombstones(other, &purge::goes_with(&scene.ledger, other)) {
        scene.commit(stone);
    }
    let incident = scene.incident();
    assert_eq!(told(&incident), [""; 0]);
    assert!(!serde_json::to_string(&incident).unwrap().contains("password"));
}

#[test]
fn a_record_tells_what_it_is_over_only_where_that_does_not_follow() {
    let mut scene = Scene::new("UTC");
    let over = |scene: &Scene| -> Vec<Option<usize>> {
        let records = scene.ledger.records().iter();
        records.map(|record| record.over.as_ref().map(Vec::len)).collect()
    };
    scene.say("a note");
    scene.say("/title One");
    scene.say("/title Two");
    scene.say("/title Three");
    assert_eq!(over(&scene), [None, None, Some(0), None, None]);
    let record = &scene.ledger.records()[2];
    assert!(record.line().contains(r#""over":[],"change""#), "{}", record.line());
    assert_eq!(Record::read(record.line().as_bytes()).as_ref(), Ok(record));
    // One that comes later between the two is seen by neither.
    let (first, last) = (scene.ledger.records()[2].stamp, scene.ledger.records()[4].clone());
    let mut late = Scene { ledger: Scene::new("UTC").ledger, by: "bob".into(), ..Scene::written_by(9) };
    late.now = first.instant();
    late.clock.observe_local([first], late.now);
    late.say("/title Other");
    let other = late.ledger.records().last().unwrap().clone();
    assert!(first < other.stamp && other.stamp != last.stamp);
    scene.ledger.insert(other.clone());
    assert_eq!(scene.incident().disputed.len(), 1);
    // As it was written before this was told: whoever comes later has seen it.
    let silent = |record: &Record| Record::from(Stamped { over: None, ..Stamped::clone(record) });
    let mut before = warroom::log::Ledger::default();
    before.extend(scene.ledger.records().iter().map(silent));
    assert_eq!(Fold::of(&before).incident().disputed, Vec::<Disputed>::new());
}

/// A house with an incident, and a copy of its folder on another machine.
fn two_houses() -> (House, House) {
    let (one, other) = (House::new(), House::new());
    one.done(&["new", "Checkout is slow", "--detach"]);
    one.say("?database: pool\n+ Write it @ines\n");
    let folder = one.only_incident();
    let copy = other.path().join("data/incidents").join(folder.file_name().unwrap());
    fs::create_dir_all(&copy).unwrap();
    fs::copy(folder.join("journal.jsonl"), copy.join("journal.jsonl")).unwrap();
    (one, other)
}

/// Puts the lines of the one journal that the other one lacks behind it: what replication does.
fn bring(from: &Path, to: &Path) {
    let (from, to) = (from.join("journal.jsonl"), to.join("journal.jsonl"));
    let there = fs::read_to_string(&to).unwrap();
    let known: Vec<&str> = there.lines().collect();
    let new = fs::read_to_string(from).unwrap();
    let mut journal = fs::OpenOptions::new().append(true).open(to).unwrap();
    let new = new.lines().filter(|line| !known.contains(line)).map(|line| format!("{line}\n"));
    // At once, as it comes from another machine.
    journal.write_all(new.collect::<String>().as_bytes()).unwrap();
}

#[test]
fn two_copies_of_a_folder_that_meet_say_the_same_and_one_line_settles_it() {
    let (one, other) = two_houses();
    one.say("/sev 1\n/cause the pool\n/confirm database: full\n");
    other.done(&["--as", "bob", "say", "/cause a cert"]);
    other.done(&["--as", "bob", "say", "/out database: idle"]);
    let (here, there) = (one.only_incident(), other.only_incident());
    bring(&there, &here);
    bring(&here, &there);
    let (mut a, mut b) = (one.json(), other.json());
    for json in [&mut a, &mut b] {
        assert_eq!(json["disputed"].as_array().unwrap().len(), 3, "{json:#}");
    }
    assert_eq!(a["disputed"], b["disputed"]);
    let cause = a["disputed"].as_array().unwrap().iter().find(|one| one["field"] == "root_cause").unwrap();
    assert_eq!(
        [&cause["value"], &cause["shown"], &cause["by"], &cause["item"]],
        [&json!("the pool"), &json!("a cert"), &json!("alice"), &Value::Null]
    );
    let verdict = a["disputed"].as_array().unwrap().iter().find(|one| one["field"] == "status").unwrap();
    assert_eq!(verdict["item"], json!({ "hypothesis": "database" }));
    let doubt = "the root cause is disputed: \"a cert\" shows, alice says \"the pool\"";
    assert!(one.done(&["show"]).contains(doubt));
    let checked = texts(&one.run(&["check"])).0;
    let told = "the root cause: disputed: \"a cert\" shows, alice says \"the pool\"";
    assert!(checked.contains(told) && checked.contains("/cause a cert"), "{checked}");
    let report = one.done(&["export"]);
    assert_eq!(report.matches("is disputed").count(), 3, "{report}");
    one.done(&["say", "/cause a cert, and then the pool"]);
    one.done(&["say", "/out database: idle"]);
    assert_eq!(one.json().get("disputed"), None);
    assert!(!one.done(&["export"]).contains("is disputed"));
    bring(&here, &there);
    assert_eq!(other.json().get("disputed"), None);
}

#[test]
fn incident_json_alone_brings_back_what_is_disputed() {
    let (one, other) = two_houses();
    one.say("/cause the pool\n/edit task 1: Write it @omar\n");
    other.done(&["--as", "bob", "say", "/cause a cert"]);
    other.done(&["--as", "bob", "say", "/edit task 1: Write it @bob"]);
    let here = one.only_incident();
    bring(&other.only_incident(), &here);
    one.say("a note\n10:00 at a time, so that all of it is read\n");
    let before = one.json();
    assert_eq!(before["disputed"].as_array().unwrap().len(), 2);
    fs::remove_file(here.join("journal.jsonl")).unwrap();
    assert_eq!(one.json()["disputed"], before["disputed"]);
    assert_eq!(one.json()["warnings"], before["warnings"]);
    one.say("/cause a cert\n");
    let left = one.json();
    assert_eq!(left["disputed"].as_array().unwrap().len(), 1, "{left:#}");
    assert_eq!(left["warnings"].as_array().unwrap().len(), 1);
    one.say("/edit task 1: Write it @omar\n");
    assert_eq!(one.json().get("disputed"), None);
    assert_eq!(one.json()["warnings"], json!([]));
}

#[test]
fn a_secret_that_is_disputed_is_left_out_of_what_is_exported() {
    let (one, other) = two_houses();
    one.say("/cause password=hunter2secret was logged\n");
    other.done(&["--as", "bob", "say", "/cause a cert"]);
    bring(&other.only_incident(), &one.only_incident());
    for format in ["md", "html", "json"] {
        let report = one.done(&["export", "--format", format]);
        assert!(report.contains("is disputed") && !report.contains("hunter2secret"), "{report}");
    }
}

#[test]
fn people_who_are_only_named_in_what_is_disputed_are_called_by_their_roles_too() {
    let (one, other) = two_houses();
    one.say("/role commander @Leopold\n/edit task 1: Write it @Quentin\n");
    for line in ["/role commander @Melissa", "/edit task 1: Write it @Rupert"] {
        other.done(&["--as", "Theodora", "say", line]);
    }
    bring(&other.only_incident(), &one.only_incident());
    for format in ["md", "json"] {
        let report = one.done(&["export", "--anonymise", "--format", format]);
        assert!(report.contains("is disputed"), "{report}");
        for name in ["Leopold", "Melissa", "Quentin", "Rupert", "Theodora"] {
            assert!(!report.contains(name), "{name}: {report}");
        }
    }
}

/// A room in which somebody else's changes come in that were made on a copy of its folder.
fn room(columns: u16, rows: u16) -> Stage {
    let mut stage = Stage::new(columns, rows);
    for line in ["?database: pool", "+ Write it @ines", "rolled back"] {
        stage.logs(line);
    }
    stage.until("saved 3");
    let copy = stage.house.path().join("copy");
    fs::create_dir(&copy).unwrap();
    fs::copy(stage.folder.join("journal.jsonl"), copy.join("journal.jsonl")).unwrap();
    let lines =
        ["/sev 1", "/edit task 1: Write it @omar", "/out database: idle", "/edit last: rolled back 812"];
    let entry = said_by_bob(&stage, &copy, &lines);
    stage.clock.go_on(30);
    for line in ["/sev 3", "/edit task 1: Write it @bob", "/confirm database: full"] {
        stage.logs(line);
    }
    let line = format!("/edit {entry}: rolled back 813");
    stage.logs(&line);
    stage.until("saved 7");
    bring(&copy, &stage.folder);
    stage
}

/// Bob says these in a copy of the room's folder; the id of the entry that they are about.
fn said_by_bob(stage: &Stage, copy: &Path, lines: &[&str]) -> String {
    let rescue = stage.house.path().join("rescue");
    let opening = Opening { by: "bob".into(), clock: stage.clock.clone(), rescue, stays: true };
    let mut other = Session::open(copy, opening, || {}).unwrap();
    let entry = rolled_back(other.incident());
    for line in lines {
        let line = line.replace("last", &entry);
        let Ok(Line::Change(change)) = grammar::read(&line, &other.desk()) else { panic!("{line}") };
        other.commit(*change).unwrap();
    }
    other.finish().unwrap();
    entry
}

fn rolled_back(incident: &Incident) -> String {
    let entry = incident.timeline.iter().find(|entry| entry.text.as_typed() == "rolled back");
    entry.unwrap().id.to_string()
}

/// Without the names of writers, which are random.
fn without_writers(shown: &str) -> String {
    let is_undo = |row: &&str| row.contains("/undo 17");
    let mut rows: Vec<&str> = shown.lines().collect();
    rows.retain(|row| !is_undo(row));
    assert_eq!(rows.len() + 1, shown.lines().count(), "{shown}");
    rows.join("\n")
}

#[test]
fn a_room_says_what_has_come_to_be_disputed_and_walks_through_it() {
    for (columns, rows) in [(80, 24), (120, 40)] {
        let mut stage = room(columns, rows);
        stage.until("two people have set the severity");
        stage.key(KeyCode::Esc);
        insta::assert_snapshot!(format!("disputed {columns}x{rows}"), stage.draw());
        stage.logs("/doubts");
        stage.shows("the severity is disputed: \"3\" shows, bob says \"1\"");
        insta::assert_snapshot!(format!("disputed doubts {columns}x{rows}"), without_writers(&stage.draw()));
        stage.key(KeyCode::Enter);
        assert_eq!(stage.prompt_text(), "/sev 1");
        stage.key(KeyCode::Enter);
        stage.until("settled, ");
        stage.hides("severity is disputed");
    }
}

#[test]
fn details_say_who_says_otherwise_and_what_settles_it() {
    let mut stage = room(80, 24);
    stage.until("two people have set the severity");
    stage.key(KeyCode::Tab).key(KeyCode::Tab).key(KeyCode::Tab).key(KeyCode::Enter);
    stage.shows("owner: bob says \"omar\"");
    stage.shows("/edit task 1: Write it @bob settles it as it shows");
    stage.key(KeyCode::Esc).key(KeyCode::Esc).types("/sev").ctrl('o');
    stage.shows("severity: bob says \"1\"");
}

#[test]
fn the_report_in_the_room_offers_the_line_that_settles_it() {
    let mut stage = room(120, 40);
    stage.until("two people have set the severity");
    stage.key(KeyCode::Esc).key(KeyCode::F(4));
    stage.until("the severity: disputed: \"3\" shows,");
    stage.shows("/sev 3");
    stage.shows("(/sev ");
}

#[test]
fn milestones_and_roles_that_are_disputed_are_marked() {
    let mut stage = Stage::new(80, 24);
    for line in ["rolled back", "/impact nobody can pay"] {
        stage.logs(line);
    }
    stage.until("saved 2");
    let copy = stage.house.path().join("copy");
    fs::create_dir(&copy).unwrap();
    fs::copy(stage.folder.join("journal.jsonl"), copy.join("journal.jsonl")).unwrap();
    said_by_bob(&stage, &copy, &["/detected 08:00", "/role commander omar"]);
    stage.clock.go_on(30);
    for line in ["/detected 08:05", "/role commander ines"] {
        stage.logs(line);
    }
    stage.until("saved 4");
    bring(&copy, &stage.folder);
    stage.until("two people have set");
    stage.shows("≠ when it was");
    stage.key(KeyCode::F(2));
    insta::assert_snapshot!("disputed phases 80x24", stage.draw());
}
