//! Why something is suspected, why it is not the cause, and when that was settled: each is kept, and none takes the place of
//! another.

use crossterm::event::KeyCode;
use warroom::export::{Outline, check, markdown};
use warroom::model::{Hypothesis, HypothesisStatus};

use super::scene::{Scene, utc};
use super::stage::Stage;
use super::support::House;

fn first(scene: &Scene) -> Hypothesis {
    scene.incident().hypotheses[0].clone()
}

fn why(scene: &Scene) -> String {
    first(scene).why.unwrap().for_term().to_string()
}

fn reason(scene: &Scene) -> Option<String> {
    first(scene).reason.map(|reason| reason.for_term().to_string())
}

fn last_row(scene: &Scene) -> String {
    scene.incident().timeline.iter().max_by_key(|entry| entry.id).unwrap().text.for_term().to_string()
}

#[test]
fn why_it_was_suspected_outlives_that_it_is_opened_again() {
    for closed in ["/out 12:30 redis: idle", "/confirm 12:30 redis: full", "/park 12:30 redis: later"] {
        for again in ["/reopen redis: errors are back", "?redis: errors are back"] {
            let scene = Scene::new("UTC").after(&["/suspect 12:20 redis: its pool is full", closed, again]);
            assert_eq!(why(&scene), "its pool is full", "{closed} {again}");
            assert_eq!(first(&scene).status, HypothesisStatus::Open);
            let report = markdown::render(&Outline::of(&scene.incident()));
            assert!(report.contains("Suspected because: its pool is full"), "{report}");
            assert!(report.contains("redis: errors are back"), "{report}");
        }
    }
    // Where nobody said why, what it was opened again for is the first theory.
    let scene = Scene::new("UTC").after(&["?redis", "/out redis", "/reopen redis: errors are back"]);
    assert_eq!(why(&scene), "errors are back");
}

#[test]
fn a_theory_about_an_open_one_is_put_right() {
    let scene = Scene::new("UTC").after(&["?redis: pool", "?redis: slow disk"]);
    assert_eq!(why(&scene), "slow disk");
    let scene = scene.after(&["/test redis: count", "?redis: eviction"]);
    assert_eq!((why(&scene), first(&scene).status), ("eviction".into(), HypothesisStatus::Testing));
    // Raised before the verdict, though told after it: that too.
    let scene = Scene::new("UTC").after(&["/out 12:40 redis: idle", "/suspect 12:30 redis: pool"]);
    assert_eq!((why(&scene), first(&scene).status), ("pool".into(), HypothesisStatus::RuledOut));
}

#[test]
fn why_is_put_right_or_kept_and_the_room_says_which() {
    let mut stage = Stage::new(120, 40);
    stage.types("?redis: pool").shows("hypothesis \"redis\" raised");
    stage.key(KeyCode::Enter);
    stage
        .types("?redis: slow disk")
        .shows("redis is suspected already · replaces why it is suspected: \"pool\"");
    stage.ctrl('c').types("?redis").shows("redis is suspected already · now");
    stage
        .ctrl('c')
        .logs("?dns")
        .types("?dns: slow")
        .shows("dns is suspected already · adds why it is suspected");
    stage.ctrl('c').logs("/out redis: idle").types("?redis: errors are back");
    stage.shows("hypothesis \"redis\" opened again");
    stage.ctrl('c').types("/suspect 09:20 redis: slow disk").shows("replaces why it is suspected: \"pool\"");
    stage.ctrl('c').logs("/park dns").types("?dns: back").shows("hypothesis \"dns\" opened again");
    // Why it was opened again stands in its history.
    stage.ctrl('c').logs("/reopen redis: errors are back");
    stage.key(KeyCode::Tab).key(KeyCode::Tab).types("g").key(KeyCode::Enter);
    let shown = stage.draw();
    assert!(shown.contains("errors are back") && shown.contains("why               pool"), "{shown}");
}

#[test]
fn a_reason_given_later_moves_no_verdict() {
    for (verdict, word, status) in [
        ("/out", "Reason for ruling out redis", HypothesisStatus::RuledOut),
        ("/confirm", "Reason for confirming redis", HypothesisStatus::Confirmed),
    ] {
        let mut scene = Scene::new("UTC").at("2024-08-10 13:00").after(&["?redis"]).at("2024-08-10 13:10");
        scene.say("/test redis: count");
        scene.say(&format!("{verdict} redis"));
        scene.now = utc("2024-08-10 13:40");
        scene.say(&format!("{verdict} redis: the pool is idle"));
        let redis = first(&scene);
        assert_eq!((redis.status, redis.minutes()), (status, Some(10)), "{verdict}");
        assert!(!redis.owes_a_reason());
        assert_eq!(reason(&scene).unwrap(), "the pool is idle");
        assert_eq!(redis.tests[0].result, redis.reason);
        assert_eq!(last_row(&scene), format!("{word}: the pool is idle"));
        // Another one replaces it, none leaves it, and so does another time of its row.
        scene.say(&format!("{verdict} redis: the pool is empty"));
        scene.say("/when last 13:41");
        assert_eq!(first(&scene).tests[0].result, first(&scene).reason);
        scene.say(&format!("{verdict} redis"));
        assert!(last_row(&scene).starts_with("Still "), "{}", last_row(&scene));
        assert_eq!(
            (reason(&scene).unwrap().as_str(), first(&scene).minutes()),
            ("the pool is empty", Some(10))
        );
        // With a time, that is put right.
        scene.say(&format!("{verdict} 13:05 redis"));
        assert_eq!(
            (reason(&scene).unwrap().as_str(), first(&scene).minutes()),
            ("the pool is empty", Some(5))
        );
        // What is taken back was never said.
        for _ in 0..5 {
            scene.say("/undo");
        }
        assert_eq!((reason(&scene), first(&scene).minutes()), (None, Some(10)));
    }
}

#[test]
fn parked_twice_is_parked_once() {
    let scene = Scene::new("UTC").after(&["?redis", "/park redis: later", "/park redis"]);
    assert_eq!(
        (reason(&scene).unwrap().as_str(), last_row(&scene).as_str()),
        ("later", "Still parked redis")
    );
    let scene = scene.after(&["/park redis: not today"]);
    assert_eq!(reason(&scene).unwrap(), "not today");
    assert_eq!(last_row(&scene), "Reason for parking redis: not today");
}

#[test]
fn what_a_second_verdict_does_is_said_before_it_is_given() {
    let mut stage = Stage::new(120, 40);
    stage.logs("?redis").logs("/out redis");
    stage.types("/out redis").shows("redis is ruled out already: why? Enter: without a reason");
    stage.types(": idle").shows("redis is ruled out already · adds the reason");
    stage.key(KeyCode::Enter).types("/out redis: empty");
    stage.shows("redis is ruled out already · replaces the reason: \"idle\"");
    stage
        .ctrl('c')
        .types("/out 09:10 redis: idle")
        .shows("already · its time is put right · the reason stays");
    stage.ctrl('c').types("/confirm redis: full").shows("hypothesis \"redis\" confirmed");
}

#[test]
fn the_text_of_show_tells_why_from_why_not_and_marks_what_is_owed() {
    let house = House::new();
    house.done(&["new", "Slow", "--detach"]);
    house.say(
        "?redis: its pool is full\n/test redis: count connections @bob\n/for redis: slow log\n\
         /against redis: it answers\n/worse redis: sessions were lost\n/out redis: the pool is idle\n\
         ?dns: errors\n/out dns\n?cache: misses\n/test cache: hits @maria\n-12m somebody called\n",
    );
    let shown = house.done(&["show"]);
    let (_, hypotheses) = shown.split_once("\nHypotheses\n").unwrap();
    assert_eq!(
        hypotheses,
        "  ruled out  redis — reason: the pool is idle\n             Suspected because: its pool is full\n             \
         Tested by bob: count connections\n             Harm: sessions were lost\n             For: slow log\n             \
         Against: it answers\n  ruled out  dns — ! no reason given: /out dns: WHY\n             \
         Suspected because: errors\n  testing    cache @maria\n             Suspected because: misses\n             \
         Tested by maria: hits\n"
    );
    let row = shown.lines().find(|row| row.contains("somebody called")).unwrap();
    assert!(row.contains("(alice, logged 12m late, at "), "{row}");
}

#[test]
fn harm_is_handed_over_with_the_verdict() {
    let house = House::new();
    house.done(&["new", "Slow", "--detach"]);
    let handoff = |line: &str| {
        house.say(line);
        house.done(&["export", "--template", "handoff"])
    };
    let open = handoff("?redis\n/for redis: slow log\n/worse redis: sessions were *lost*\n");
    assert!(open.contains("open; for: slow log; made worse: sessions were \\*lost\\*\n"), "{open}");
    let out = handoff("/out redis: idle\n");
    assert!(out.contains("**Ruled out:** redis (idle; made worse: sessions were \\*lost\\*)\n"), "{out}");
    let confirmed = handoff("/confirm redis: full\n");
    assert!(
        confirmed.contains("redis — full; made worse: sessions were \\*lost\\*\n- **Open"),
        "{confirmed}"
    );
}

/// What the gaps of the report have typed gives the reason, and nothing else.
#[test]
fn the_line_that_fills_the_gap_names_no_time() {
    let mut scene = Scene::new("UTC").at("2024-08-10 13:00").after(&["?redis", "/out redis"]);
    scene.now = utc("2024-08-10 13:40");
    let line = check::reason_for(&first(&scene));
    assert_eq!(line, "/out redis: ");
    scene.say(&format!("{line}the pool is idle"));
    assert_eq!(first(&scene).minutes(), Some(0));
}

#[test]
fn our_own_report_brings_the_reason_back_without_moving_the_verdict() {
    let mut scene = Scene::new("UTC").at("2024-08-10 13:00").after(&["/started 13:00", "?redis: pool"]);
    for (minute, line) in
        [(10, "/out redis"), (20, "/out redis: it is idle"), (30, "/out redis"), (40, "?dns")]
    {
        scene.now = utc(&format!("2024-08-10 13:{minute}"));
        scene.say(line);
    }
    let report = markdown::render(&Outline::of(&scene.incident()));
    let house = House::new();
    std::fs::write(house.path().join("report.md"), report).unwrap();
    let json: serde_json::Value =
        serde_json::from_str(&house.done(&["import", "--dry-run", "--json", "report.md"])).unwrap();
    let redis = &json["hypotheses"][0];
    assert_eq!(redis["closed_at"].as_str(), Some("2024-08-10T13:10:00Z"), "{redis}");
    assert_eq!(redis["reason"].as_str(), Some("it is idle"));
    let rows = json["timeline"].as_array().unwrap().iter().filter(|row| row["hypothesis"] == redis["id"]);
    assert_eq!(rows.count(), 4);
}
