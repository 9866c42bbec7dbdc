//! Times: their shapes, the day that is meant, and who takes one.

use warroom::grammar::Line;
use warroom::grammar::table::{COMMANDS, Takes};
use warroom::log::Change;
use warroom::model::Moment;

use crate::scene::Scene;

/// A moment in UTC, without the year: `~08-10 10:40..08-10 10:55`.
fn spelt(when: &Moment) -> String {
    let point = |at: warroom::model::At| {
        let at = at.instant().unwrap();
        at.format(if at.timestamp() % 60 == 0 { "%m-%d %H:%M" } else { "%m-%d %H:%M:%S" }).to_string()
    };
    let until = when.until.map_or_else(String::new, |until| format!("..{}", point(until)));
    format!("{}{}{until}", if when.approximate { "~" } else { "" }, point(when.at))
}

/// What a line says as an entry: `when | text`, or the text alone where it has no time.
#[track_caller]
pub fn told(scene: &Scene, line: &str) -> String {
    let read = scene.read(line);
    let told = match &read {
        Ok(Line::Change(change)) => match &**change {
            Change::EntryAdded { text, when: Some(when), .. } => {
                Some(format!("{} | {}", spelt(when), text.as_typed()))
            }
            Change::EntryAdded { text, .. } => Some(text.as_typed().to_owned()),
            _ => None,
        },
        _ => None,
    };
    assert!(told.is_some(), "{line:?} is {read:?}");
    told.unwrap()
}

#[track_caller]
pub fn check(scene: &Scene, table: &[(&str, &str)]) {
    for (line, expected) in table {
        assert_eq!(told(scene, line), *expected, "{line:?} at {}", scene.now);
    }
}

#[test]
fn shapes_of_times() {
    check(
        &Scene::new("UTC"),
        &[
            ("10:42 rolled back", "08-10 10:42 | rolled back"),
            ("9:05 x", "08-10 09:05 | x"),
            ("10:42:07 x", "08-10 10:42:07 | x"),
            ("10am x", "08-10 10:00 | x"),
            ("10 AM x", "08-10 10:00 | x"),
            ("3:15 pm x", "08-09 15:15 | x"),
            ("3:15PM x", "08-09 15:15 | x"),
            ("12am x", "08-10 00:00 | x"),
            ("12:30 AM x", "08-10 00:30 | x"),
            ("12pm x", "08-10 12:00 | x"),
            ("-5m x", "08-10 12:40 | x"),
            ("-1h30m x", "08-10 11:15 | x"),
            ("-2d x", "08-08 12:45 | x"),
            ("-90s x", "08-10 12:43:30 | x"),
            ("yesterday 23:50 x", "08-09 23:50 | x"),
            ("Yesterday 11:50pm x", "08-09 23:50 | x"),
            ("today 12:00 x", "08-10 12:00 | x"),
            ("2024-08-18 10:15 x", "08-18 10:15 | x"),
            ("2024-08-18T10:15Z x", "08-18 10:15 | x"),
            ("2024-08-18T10:15:30+03:00 x", "08-18 07:15:30 | x"),
            ("~10:40 x", "~08-10 10:40 | x"),
            ("~2024-08-18 10:15 x", "~08-18 10:15 | x"),
            ("10:40..10:55 x", "08-10 10:40..08-10 10:55 | x"),
            ("~10:40..10:55 x", "~08-10 10:40..08-10 10:55 | x"),
            ("-10m..-5m x", "08-10 12:35..08-10 12:40 | x"),
            ("23:50..00:10 x", "08-09 23:50..08-10 00:10 | x"),
            ("yesterday 23:50..00:10 x", "08-09 23:50..08-10 00:10 | x"),
            ("2024-08-08 23:50..2024-08-09 00:10 x", "08-08 23:50..08-09 00:10 | x"),
            ("3:15..3:40pm x", "08-09 15:15..08-09 15:40 | x"),
            ("11:40..12:10pm x", "08-10 11:40..08-10 12:10 | x"),
            ("  10:42   two blanks  ", "08-10 10:42 | two blanks"),
            ("10:42 10:50 was when", "08-10 10:42 | 10:50 was when"),
        ],
    );
}

#[test]
fn what_is_no_time_is_text() {
    let scene = Scene::new("UTC");
    let lines = [
        "40% of users cannot pay",
        "40 nodes down",
        "3 nodes down",
        "10",
        "1:1 meeting",
        "16:9 screens",
        "10:421 x",
        "10.42 x",
        "10amx",
        "10:42: x",
        "10:42, x",
        "-5 degrees",
        "-5mins late",
        "- 5m x",
        "5m x",
        "-m x",
        "-5m30h x",
        "~ 10:40 x",
        "10:40.. x",
        "10:40...",
        "10:40..soon x",
        "yesterday was fine",
        "today",
        "yesterdays 10:40",
        "2024-08 x",
        "2024-08-181 x",
        "am I late",
        "٣:١٥ x",
        "１０:42 x",
    ];
    for line in lines {
        assert_eq!(told(&scene, line), line);
    }
}

#[test]
fn what_looks_like_a_time_and_is_none_is_an_error() {
    let scene = Scene::new("UTC");
    let table = [
        ("25:10 x", 0..5),
        ("10:60 x", 0..5),
        ("24:00 x", 0..5),
        ("13am x", 0..4),
        ("0pm x", 0..3),
        ("10:40..25:10 x", 7..12),
        ("2024-02-30 10:00 x", 0..10),
        ("2024-08-18 x", 0..11),
        ("0024-08-18 10:00 x", 0..16),
        ("-999999d x", 0..8),
        ("9999-12-31 23:00..22:00 x", 18..23),
        ("2024-08-10 10:00..2024-08-09 11:00 x", 18..34),
        ("-5m..-10m x", 5..9),
        ("10:42", 5..5),
        ("10:42 \u{200b}", 6..9),
        ("/out 25:10 database", 5..10),
    ];
    for (line, span) in table {
        assert_eq!(scene.error(line).span, span, "{line:?}: {:?}", scene.error(line));
    }
}

#[test]
fn in_a_live_incident_the_latest_that_is_not_over_15_minutes_ahead() {
    check(&Scene::new("UTC"), &[("13:00 x", "08-10 13:00 | x"), ("13:01 x", "08-09 13:01 | x")]);
    let just_after = Scene::new("UTC").at("2024-08-10 00:05");
    check(
        &just_after,
        &[
            ("23:55 x", "08-09 23:55 | x"),
            ("00:04 x", "08-10 00:04 | x"),
            ("00:20 x", "08-10 00:20 | x"),
            ("00:21 x", "08-09 00:21 | x"),
            ("23:55..00:03 x", "08-09 23:55..08-10 00:03 | x"),
        ],
    );
    let just_before = Scene::new("UTC").at("2024-08-10 23:55");
    check(&just_before, &[("00:10 x", "08-11 00:10 | x"), ("00:11 x", "08-10 00:11 | x")]);
    // Midnight is that of the zone: 23:30 on the 9th in Los Angeles.
    let west = Scene::new("America/Los_Angeles").at("2024-08-10 06:30");
    check(&west, &[("23:20 x", "08-10 06:20 | x"), ("yesterday 23:20 x", "08-09 06:20 | x")]);
}

#[test]
fn once_it_is_over_the_day_nearest_what_this_actor_typed_last() {
    let over = &["/started 2024-08-10 12:30", "/resolved 2024-08-12 09:00"];
    let mut scene = Scene::new("UTC").at("2024-09-01 10:00").after(over);
    check(
        &scene,
        &[
            ("10:00 x", "08-12 10:00 | x"),
            ("22:00 x", "08-11 22:00 | x"),
            // Twelve hours either way: forward.
            ("21:00 x", "08-12 21:00 | x"),
            ("2024-08-20 10:00 x", "08-20 10:00 | x"),
        ],
    );
    scene.say("2024-08-10 23:00 x");
    check(&scene, &[("00:10 x", "08-11 00:10 | x"), ("22:00 x", "08-10 22:00 | x")]);
    check(&scene, &[("11:30 x", "08-10 11:30 | x"), ("10:30 x", "08-11 10:30 | x")]);
    // Never outside the days from start to resolved.
    scene.say("2024-08-20 10:00 x");
    check(&scene, &[("10:00 x", "08-12 10:00 | x")]);
    // Somebody who has typed no time yet begins at the start.
    scene.by = "bob".into();
    check(&scene, &[("12:40 x", "08-10 12:40 | x"), ("00:10 x", "08-11 00:10 | x")]);
}

#[test]
fn a_live_incident_of_more_than_a_day_counts_as_over() {
    let started = &["/started 2024-08-10 12:30"];
    let day = Scene::new("UTC").at("2024-08-11 12:30").after(started);
    check(&day, &[("11:50 x", "08-11 11:50 | x")]);
    let mut older = Scene::new("UTC").at("2024-08-12 09:00").after(started);
    check(&older, &[("13:00 x", "08-10 13:00 | x"), ("08:30 x", "08-10 08:30 | x")]);
    older.say("2024-08-12 08:00 x");
    check(&older, &[("08:30 x", "08-12 08:30 | x"), ("23:00 x", "08-11 23:00 | x")]);
}

#[test]
fn who_takes_a_time_after_the_name() {
    for command in COMMANDS {
        let takes_one = matches!(
            command.takes,
            Takes::Milestone(_)
                | Takes::Hypothesis(_)
                | Takes::Status
                | Takes::Severity
                | Takes::Role
                | Takes::Update
                | Takes::Done
                | Takes::Drop
                | Takes::Decide
        );
        assert_eq!(command.timed, takes_one, "/{}", command.name);
    }
    let scene = Scene::new("UTC").after(&["?database", "+ one"]);
    let at = |line: &str| scene.change(line).when().map(spelt);
    for (name, rest) in [
        ("detected", "an alert"),
        ("suspect", "cache: why"),
        ("out", "database: pool is idle"),
        ("worse", "database: doubled"),
        ("status", "monitoring"),
        ("sev", "2"),
        ("role", "commander @bob"),
        ("update", "we are on it"),
        ("done", "1"),
        ("drop", "1: why"),
        ("decide", "roll back @bob"),
    ] {
        let line = format!("/{name} 08:50 {rest}");
        assert_eq!(at(&line).as_deref(), Some("08-10 08:50"), "{line}");
        assert_eq!(at(&format!("/{name} {rest}")), None, "/{name} {rest}");
    }
    assert_eq!(at("?08:50 cache").as_deref(), Some("08-10 08:50"));
    let as_text = |line: &str| serde_json::to_string(&scene.change(line)).unwrap();
    for line in ["/title 10:42 x", "/summary 10:42 x", "/factor 10:42 x", "/task 10:42 x", "+ 10:42 x"] {
        assert!(as_text(line).contains("\"10:42 x\""), "{line}");
    }
    assert!(as_text("/note 10:42: x").contains("\"10:42\""));
    // A backslash makes text of it where a time may stand.
    assert!(as_text("/detected \\10:42 was the alert").contains("\"how\":\"10:42 was the alert\""));
}

#[test]
fn the_words_of_a_time_are_kept() {
    let scene = Scene::new("UTC");
    for line in ["3:15 pm PDT x", "~10:40..10:55 x", "-5m x", "2024-08-18 10:15 Europe/Berlin x"] {
        let change = scene.change(line);
        let words = change.when().unwrap().as_written.clone().unwrap();
        assert_eq!(format!("{} x", words.as_typed()), line);
    }
}
