//! Sigils, marks, text, handles, and what is said about a line that is not understood.

use serde_json::{Value, json};
use warroom::grammar::{Line, handle};
use warroom::log::Change;

use crate::fuzz::targets::prompt::says_where_and_why;
use crate::scene::Scene;

fn json_of(scene: &Scene, line: &str) -> Value {
    serde_json::to_value(scene.change(line)).unwrap()
}

#[track_caller]
fn check(scene: &Scene, table: &[(&str, Value)]) {
    for (line, expected) in table {
        assert_eq!(json_of(scene, line), *expected, "{line:?}");
    }
}

#[test]
fn sigils_count_only_directly_before_what_they_stand_for() {
    let scene = Scene::new("UTC");
    let raised = |subject: &str| json!({"hypothesis_raised": {"subject": subject}});
    check(
        &scene,
        &[
            ("?database", raised("database")),
            ("?5xx from the proxy", raised("5xx from the proxy")),
            ("?база", raised("база")),
            ("?db: why", json!({"hypothesis_raised": {"subject": "db", "text": "why"}})),
            ("+ Audit", json!({"action_added": {"kind": "task", "text": "Audit"}})),
            ("+\tAudit", json!({"action_added": {"kind": "task", "text": "Audit"}})),
        ],
    );
    for text in ["?? odd", "? what", "?", "?!", "+1 from me", "+5% errors", "+", "++", "-", "#", "@", "~"] {
        check(&scene, &[(text, entry(text))]);
    }
    assert_eq!(scene.error("+ ").span, 1..1);
    assert_eq!(scene.error("+ @bob").span, 2..6);
}

fn entry(text: &str) -> Value {
    json!({"entry_added": {"text": text}})
}

#[test]
fn a_backslash_makes_text_of_anything() {
    let scene = Scene::new("UTC");
    for text in ["10:42 is when it broke", "/out x", "?database", "+ task", "\\share\\x", "-5m", "25:99"] {
        check(&scene, &[(format!("\\{text}").as_str(), entry(text))]);
    }
    check(&scene, &[("\\", entry("\\")), ("\\ ", entry("\\")), ("C:\\temp", entry("C:\\temp"))]);
    check(&scene, &[("/title \\- ", json!({"title_set": {"title": "-"}}))]);
}

/// Only what happens at a time takes one: of all else it is a word.
#[test]
fn a_time_before_what_has_none_is_part_of_it() {
    let scene = Scene::new("UTC");
    check(
        &scene,
        &[
            ("/title 10:42 the pool ran dry", json!({"title_set": {"title": "10:42 the pool ran dry"}})),
            (
                "/cause 10:42 was the deploy",
                json!({"fact_set": {"fact": "root_cause", "text": "10:42 was the deploy"}}),
            ),
        ],
    );
}

#[test]
fn marks_stay_in_the_text_and_are_listed() {
    check(
        &Scene::new("UTC"),
        &[(
            "DB team (#db) says all clear #db #p1-db. @maria, @j.doe a@b.c #123 x#y @maria",
            json!({"entry_added": {
                "text": "DB team (#db) says all clear #db #p1-db. @maria, @j.doe a@b.c #123 x#y @maria",
                "tags": ["db", "p1-db"],
                "people": ["maria", "j.doe"],
            }}),
        )],
    );
}

#[test]
fn only_blank_lines_are_nothing() {
    let scene = Scene::new("UTC");
    for blank in ["", " ", "\t \n", "\u{200b}", " \u{feff}\u{2060} ", "\u{0}\u{1b}"] {
        assert_eq!(scene.read(blank), Ok(Line::Nothing), "{blank:?}");
    }
    for text in [".", "\u{301}", "\u{200b}x", "\u{1b}[2J", "\u{202e}x", "👩‍💻", "\n line\n two \n"] {
        check(&scene, &[(text, entry(text.trim()))]);
    }
}

#[test]
fn what_begins_like_a_command_and_is_none_may_be_text() {
    let scene = Scene::new("UTC");
    for (line, span) in [("/var/log is full", 0..8), ("/", 0..1), ("//x", 0..3), ("  /größer x", 2..11)] {
        let error = scene.error(line);
        assert!(error.may_be_text, "{line}");
        assert_eq!(error.span, span, "{line}");
        assert!(error.hint.contains('\\'), "{line}: {}", error.hint);
    }
    assert!(scene.error("/resolvd 10:00").hint.contains("/resolved"));
    assert!(!scene.error("/sev high").may_be_text);
    check(&scene, &[("/SeV 1", json!({"severity_set": {"severity": 1}}))]);
}

#[test]
fn handles_are_endings_of_ids_or_last() {
    let mut scene = Scene::new("UTC");
    let first = scene.say("first");
    let second = scene.say("second");
    scene.say("2024-08-01 10:00 third, of an earlier day");
    let incident = scene.incident();
    let short = handle::shortest(&incident, first);
    assert!(short.len() >= 3 && first.to_string().ends_with(&short));
    let mut many = Scene::new("UTC");
    for nth in 0..12 {
        many.say(&format!("line {nth}"));
    }
    let all = handle::all(&many.incident());
    assert!(all.iter().all(|handle| !handle.starts_with('-')), "they would look like options: {all:?}");
    let edited = |line: &str| match scene.change(line) {
        Change::EntryTextChanged { entry, text, .. } => (entry, text.as_typed().to_owned()),
        other => (first, format!("{other:?}")),
    };
    assert_eq!(edited(&format!("/edit {short}: anew")), (first, "anew".into()));
    assert_eq!(edited(&format!("/edit {short} anew: x")), (first, "anew: x".into()));
    assert_eq!(edited(&format!("/edit {short} : anew")), (first, "anew".into()));
    let whole = second.to_string();
    assert_eq!(edited(&format!("/edit {whole}: anew #tag")).0, second);
    assert_eq!(edited("/edit last: : x").1, ": x");
    // The newest is the one logged last, whenever it happened.
    let third = incident.timeline.iter().find(|e| e.text.as_typed().starts_with("third")).unwrap();
    assert_eq!(edited("/edit LAST: x").0, third.id);
    assert_eq!(scene.change("/strike last"), Change::EntryStruck { entry: third.id });
    assert_eq!(scene.change("/strike last -"), Change::EntryUnstruck { entry: third.id });
    assert_eq!(scene.change(&format!("/star {short}")), Change::EntryStarred { entry: first });
    assert_eq!(scene.change(&format!("/star {short} -")), Change::EntryUnstarred { entry: first });
    assert!(matches!(scene.change("/when last 10:40"),
        Change::EntryTimeChanged { entry, .. } if entry == third.id));
    for line in
        ["/star 4", "/star zz-9", "/star", "/star last now", "/edit last", "/edit last:", "/when last"]
    {
        scene.error(line);
    }
    assert_eq!(scene.error("/when last soon").span, 11..15);
    assert_eq!(scene.error("/when last 10:40 x").span, 11..18);
    assert!(Scene::new("UTC").error("/star last").message.contains("no entry"));
}

#[test]
fn an_entry_that_only_tells_of_a_change_has_no_words_to_edit() {
    let mut scene = Scene::new("UTC");
    let stamp = scene.say("/status 12:40 monitoring");
    let error = scene.error("/edit last: not monitoring");
    assert!(error.hint.starts_with("/status WORD says it anew"), "{}", error.hint);
    // The hint names it by a handle that works.
    let undo = error.hint.split("; ").nth(1).unwrap().strip_suffix(" takes it back").unwrap();
    assert_eq!(scene.change(undo), Change::Undone { change: stamp });
    assert_eq!(scene.change(&format!("/undo {stamp}")), Change::Undone { change: stamp });
    // Its time is, though.
    assert!(matches!(scene.change("/when last 12:30"), Change::EntryTimeChanged { .. }));
}

#[test]
fn undo_and_redo_are_of_the_last_change_of_whoever_types() {
    let mut scene = Scene::new("UTC");
    scene.error("/undo");
    let mine = scene.says("alice", "mine");
    scene.says("bob", "his");
    scene.by = "carol".into();
    scene.error("/undo");
    scene.by = "alice".into();
    assert_eq!(scene.change("/undo"), Change::Undone { change: mine });
    scene.error("/redo");
    scene.say("/undo");
    assert_eq!(scene.change("/redo"), Change::Redone { change: mine });
    scene.error("/undo");
    scene.error("/undo zzz");
}

#[test]
fn an_error_says_where_what_and_what_to_do() {
    let scene = Scene::new("UTC").after(&["?database", "+ one", "an entry"]);
    let lines = [
        "/sev",
        "/sev 9",
        "/sev high",
        "/sev 12",
        "/status",
        "/status fine",
        "/status -",
        "/title",
        "/title -",
        "/tz",
        "/tz -",
        "/clock 25h",
        "/service",
        "/affected",
        "/link x",
        "/link",
        "/note x",
        "/note : x",
        "/note x:",
        "/role",
        "/role commander",
        "/role commander @",
        "/role -",
        "/update",
        "/update public:",
        "/update -",
        "/every",
        "/every soon",
        "/every 0m",
        "/decide",
        "/decide @bob",
        "/decide -",
        "/suspect",
        "/suspect : x",
        "/suspect 10:40",
        "/for database",
        "/against database:",
        "/test nothing",
        "/test database for:ever",
        "/park nothing",
        "/reopen nothing: x",
        "/worse nothing: x",
        "/task",
        "/task due:fri",
        "/task x due:never",
        "/task x due:2024-02-30",
        "/done",
        "/done 2",
        "/done one",
        "/done 1 x",
        "/done 10:40 1 -",
        "/drop",
        "/drop 7: x",
        "/drop : x",
        "/strike factor 1",
        "/strike factor x",
        "/strike x",
        "/undo x",
        "/redo",
        "/attach",
        "/export x.md",
        "/quit now",
        "/help me",
        "/resolved 12:00 -",
        "/impact",
        "/größer",
        "/ x",
        "/out 10:40",
        "/out 10:99 x",
        "10:40 IST x",
        "/when last 10:40 IST x",
        "/detected 13am",
    ];
    for line in lines {
        says_where_and_why(line, &scene.error(line));
    }
}
