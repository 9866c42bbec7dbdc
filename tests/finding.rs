//! Finding in the timeline: while one types, by every kind of term; and from an entry to its hypothesis and back.

use crossterm::event::KeyCode;
use proptest::prelude::*;
use warroom::grammar::{Line, RoomCommand, Wanted};

use crate::scene::Scene;
use crate::stage::Stage;
use crate::support::House;
use crate::terminal::{QUIT, Terminal};

/// What `/find` reads.
fn wanted(scene: &Scene, terms: &str) -> Option<Wanted> {
    match scene.read(&format!("/find {terms}")) {
        Ok(Line::Room(RoomCommand::Find(wanted))) => wanted,
        other => panic!("{terms:?} is {other:?}"),
    }
}

/// The texts of the entries that are found.
fn found(scene: &Scene, terms: &str) -> Vec<String> {
    let incident = scene.incident();
    let wanted = wanted(scene, terms).unwrap();
    let found = incident.timeline.iter().filter(|entry| wanted.finds(entry, &incident.zone));
    found.map(|entry| entry.text.as_typed().to_owned()).collect()
}

fn scene() -> Scene {
    let lines = [
        "12:30 Proxy sends nothing to node B #network @omar",
        "12:35 the pool of the proxy is idle #db",
        "12:36..12:42 errors fall",
        "12:40 restarted the cache @Omara #dbs",
        "/star last",
    ];
    let mut scene = Scene::new("UTC").after(&lines);
    scene.says("bob", "12:44 redis:6379 says from: nobody");
    scene
}

#[test]
fn every_kind_of_term_finds_what_it_says() {
    let scene = scene();
    let cases: &[(&str, &[&str])] = &[
        ("PROXY", &["12:30", "12:35"]),
        ("proxy idle", &["12:35"]),
        ("\"the proxy\"", &["12:35"]),
        ("“proxy the”", &[]),
        ("#db pool", &["12:35"]),
        ("#db", &["12:35", "12:40"]),
        ("#network", &["12:30"]),
        ("@omar proxy", &["12:30"]),
        ("@OMAR", &["12:30", "12:40"]),
        ("by:bob", &["12:44"]),
        ("by:@alice cache", &["12:40"]),
        ("from:12:40", &["12:36", "12:40", "12:44"]),
        ("to:12:35", &["12:30", "12:35"]),
        ("from:12:35 to:12:35 pool", &["12:35"]),
        ("12:31..12:35", &["12:35"]),
        ("from:-9m", &["12:36", "12:40", "12:44"]),
        ("from:2024-08-10 12:44", &["12:44"]),
        ("★", &["12:40"]),
        ("star:", &["12:40"]),
        ("KEY: #dbs", &["12:40"]),
        ("redis:6379", &["12:44"]),
        ("\"from: nobody\"", &["12:44"]),
        ("nothing such", &[]),
    ];
    let texts = [
        ("12:30", "Proxy sends nothing"),
        ("12:35", "the pool"),
        ("12:36", "errors fall"),
        ("12:40", "restarted"),
        ("12:44", "redis"),
    ];
    for (terms, times) in cases {
        let begins: Vec<&str> =
            times.iter().map(|time| texts.iter().find(|(at, _)| at == time).unwrap().1).collect();
        let found = found(&scene, terms);
        let same = found.len() == begins.len() && found.iter().zip(&begins).all(|(f, b)| f.starts_with(b));
        assert!(same, "{terms}: {found:?}, not {begins:?}");
    }
}

proptest! {
    /// What is said to be found by another search, too, is.
    #[test]
    fn what_is_within_another_search_is_found_by_that(one in "[a-dr.\\\\ #\"*]{1,5}", other in "[a-dr.\\\\ #\"*]{1,3}") {
        let texts = ["12:31 a.b \\\\b pr", "12:32 ab. c\\\\.d #ab", "12:33 dab *a :b", "12:34 \"a b\" #abc b."];
        let scene = Scene::new("UTC").after(&texts);
        let (wider, wanted) = (wanted(&scene, &other), wanted(&scene, &one));
        if let (Some(wider), Some(wanted)) = (wider, wanted)
            && wanted.is_within(&wider)
        {
            let incident = scene.incident();
            for entry in &incident.timeline {
                prop_assert!(!wanted.finds(entry, &incident.zone) || wider.finds(entry, &incident.zone));
            }
        }
    }
}

#[test]
fn typing_on_narrows_and_taking_back_widens() {
    let mut stage = Stage::new(80, 24);
    stage.logs("alpha one").logs("alphabet two").logs("beta three");
    stage.key(KeyCode::F(3)).types("alpha").shows(": 2 of 3");
    stage.types("b").shows(": 1 of 3");
    stage.shows("alphabet two");
    stage.key(KeyCode::Backspace).shows(": 2 of 3");
    stage.shows("alpha one");
    stage.types(" one").shows(": 1 of 3");
    stage.hides("alphabet two");
    stage.ctrl('w').ctrl('w').types("three").shows(": 1 of 3");
    stage.shows("beta three");
}

#[test]
fn what_is_not_written_to_its_end_finds_everything() {
    let scene = scene();
    for terms in ["", "  ", "by:", "from:", "\"\"", "\u{200b}"] {
        assert_eq!(wanted(&scene, terms), None, "{terms:?}");
    }
}

#[test]
fn a_time_that_is_none_is_said() {
    let scene = scene();
    let error = scene.error("/find proxy from:noon");
    assert_eq!(error.message, "a time is missing here");
    assert_eq!(&"/find proxy from:noon"[error.span], "noon");
    assert!(scene.error("/find to:25:00").message.contains("not a time of day"));
    assert!(scene.error(&format!("/find {}", "x".repeat(3_000_000))).message.contains("too long"));
}

#[test]
fn hits_lie_within_the_text_and_do_not_overlap() {
    let scene = scene();
    let wanted = wanted(&scene, "pro proxy ß İ #db").unwrap();
    assert_eq!(wanted.hits("Proxy, PROXY"), [0..5, 7..12]);
    for text in ["İproxyẞ #DB", "ǅß prOXy", ""] {
        for hit in wanted.hits(text) {
            assert!(text.get(hit.clone()).is_some(), "{text}: {hit:?}");
        }
    }
}

#[test]
fn the_timeline_is_filtered_while_one_types() {
    let mut stage = Stage::new(120, 40).with_an_outage();
    stage.types("half a line").key(KeyCode::F(3));
    stage.types("cust").shows("first customer");
    stage.hides("· alert:");
    stage.shows("1 of 12 entries · Enter keeps it · Esc ends it");
    stage.types("zzz").shows("No entry has all of this.");
    for _ in 0..3 {
        stage.key(KeyCode::Backspace);
    }
    stage.shows("first customer");
    stage.key(KeyCode::Esc).shows("· alert:");
    assert_eq!(stage.prompt(), "half a line", "what F3 set aside is back");
    stage.ctrl('c').types("/find cust").hides("· alert:");
    stage.key(KeyCode::Esc).shows("· alert:");
    assert_eq!(stage.prompt(), "/find cust", "Esc clears nothing");
    stage.shows("12 of 12 entries are shown · Enter searches for this · Ctrl-C clears the line");
    stage.types("o").hides("· alert:");
    stage.ctrl('c').shows("· alert:");
    stage.key(KeyCode::F(3)).types("custom").key(KeyCode::Enter).hides("· alert:");
    assert_eq!(stage.prompt_text(), "", "what is found stays");
    stage.shows("1 of 12");
    stage.key(KeyCode::F(3));
    assert_eq!(stage.prompt(), "/find custom", "it can be narrowed");
    stage.types("x").shows("No entry has all of this.");
    stage.key(KeyCode::Esc).shows("first customer");
    stage.hides("· alert:");
    stage.key(KeyCode::Esc).shows("· alert:");
}

/// A search that a key began is an aside: nothing typed before or after it is glued to it, or lost.
#[test]
fn what_was_being_typed_comes_back_when_a_search_ends() {
    let mut stage = Stage::new(120, 40).with_an_outage();
    stage.key(KeyCode::F(3)).types("redis").key(KeyCode::Esc).logs("redis is back").until("saved 17");
    stage.shows("· redis is back");
    // With its cursor; and what was searched for is a line of before.
    stage.types("the cache full").key(KeyCode::Left).key(KeyCode::Left).key(KeyCode::Left).key(KeyCode::Left);
    stage.key(KeyCode::F(3)).types("cust").key(KeyCode::Esc).types("is ");
    assert_eq!(stage.prompt(), "the cache is full");
    stage.key(KeyCode::Up);
    assert_eq!(stage.prompt(), "/find cust");
    stage.key(KeyCode::Down);
    assert_eq!(stage.prompt(), "the cache is full");
    stage.key(KeyCode::F(3)).types("cleared").ctrl('c');
    assert_eq!(stage.prompt(), "the cache is full");
    stage.key(KeyCode::F(3)).types("alert").key(KeyCode::Enter).hides("redis is back");
    assert_eq!(stage.prompt(), "the cache is full");
    stage.key(KeyCode::Esc);
    // What only the key wrote is no line of before.
    stage.key(KeyCode::F(3)).key(KeyCode::Esc).key(KeyCode::Up);
    assert_eq!(stage.prompt(), "/find alert");
    stage.key(KeyCode::Down);
    // The keys of the panes, and F3 twice.
    stage.key(KeyCode::Tab).types("f").types("a").key(KeyCode::F(3)).types("l");
    assert_eq!(stage.prompt(), "/find al");
    stage.key(KeyCode::Esc);
    assert_eq!(stage.prompt(), "the cache is full");
    // What takes the place of the search.
    stage.key(KeyCode::F(3)).ctrl('u').key(KeyCode::Esc);
    assert_eq!(stage.prompt(), "the cache is full");
    stage.key(KeyCode::F(3)).ctrl('u').logs("an entry between").until("saved 18");
    assert_eq!(stage.prompt(), "the cache is full");
    stage.key(KeyCode::Enter).until("saved 19");
    assert_eq!(stage.prompt_text(), "");
}

/// A crash while searching costs neither: the draft on disk is the line that was set aside.
#[test]
fn what_is_set_aside_for_a_search_is_the_line_that_is_kept() {
    let house = House::new();
    house.done(&["new", "Found", "--detach"]);
    let mut room = Terminal::start(&house, &["open"], (80, 24));
    room.shows("● saved 0");
    room.types("the cache is");
    room.shows("the cache is");
    room.types("\u{1b}ORproxy");
    room.shows("0 of 0 entries");
    room.types(QUIT);
    assert_eq!(room.ends().exit_code(), 0);
    let draft = std::fs::read_to_string(house.only_incident().join("draft")).unwrap();
    assert_eq!(draft, "the cache is");
}

#[test]
fn what_was_found_is_marked_in_its_rows() {
    let mut stage = Stage::new(80, 24).with_an_outage();
    stage.logs("/find customer #alert").hides("customer wrote");
    stage.logs("/find upload");
    insta::assert_snapshot!(stage.styled());
}

#[test]
fn as_we_knew_it_is_the_order_of_logging() {
    let mut stage = Stage::new(120, 40).with_an_outage();
    let places = |stage: &mut Stage| {
        let shown = stage.draw();
        let place = |text: &str| shown.find(text).unwrap_or_else(|| panic!("{text}:\n{shown}"));
        (place("first customer"), place("alert: upload"))
    };
    let (customer, alert) = places(&mut stage);
    assert!(customer < alert, "it happened before");
    stage.types("half").key(KeyCode::F(5));
    stage.shows("as we knew it");
    stage.shows("happened 09:15");
    let (customer, alert) = places(&mut stage);
    assert!(customer > alert, "it was known later");
    assert_eq!(stage.prompt(), "half");
    stage.ctrl('c').key(KeyCode::Tab).key(KeyCode::Home).key(KeyCode::Char('e'));
    assert!(stage.prompt().contains("alert: upload errors"), "{}", stage.prompt());
    stage.ctrl('c').key(KeyCode::Tab).key(KeyCode::Char('L')).hides("happened 09:15");
    stage.key(KeyCode::Char('e'));
    assert!(stage.prompt().contains("alert: upload errors"), "the selection stays: {}", stage.prompt());
}

#[test]
fn from_an_entry_to_its_hypothesis_and_back() {
    let mut stage = Stage::new(120, 40).with_an_outage();
    stage.key(KeyCode::Tab).key(KeyCode::Tab).types("e");
    stage.shows("entry 1 of 4 about quota service");
    stage.types("n").shows("entry 2 of 4 about quota service");
    stage.types("h").types("e").shows("entry 3 of 4 about quota service");
    stage.types("nn").shows("entry 1 of 4 about quota service");
    stage.types("h").types("x");
    assert!(stage.prompt().starts_with("/out quota service"), "{}", stage.prompt());
    stage.ctrl('c').key(KeyCode::Tab).key(KeyCode::Home).types("h");
    stage.shows("this entry belongs to no hypothesis");
    // What is searched for gives way.
    stage.key(KeyCode::Esc).logs("/find customer").key(KeyCode::Tab).key(KeyCode::Tab).types("e");
    stage.shows("about quota service");
    stage.shows("· alert:");
}

/// Where one pane is shown at a time, what is found is seen, whichever was shown.
#[test]
fn on_a_narrow_screen_the_timeline_is_shown_for_what_is_about_it() {
    let mut stage = Stage::new(50, 20).with_an_outage();
    stage.key(KeyCode::Tab).key(KeyCode::Tab).key(KeyCode::Esc).hides("customer wrote");
    stage.key(KeyCode::F(3)).types("customer").shows("customer wrote");
    stage.key(KeyCode::Enter).shows("customer wrote");
    stage.key(KeyCode::Esc).key(KeyCode::Tab).key(KeyCode::Tab).hides("customer wrote");
    stage.key(KeyCode::F(5)).shows("▸Timeline");
    stage.shows("Status monitoring");
}

#[test]
fn finding_in_a_terminal() {
    let house = House::new();
    house.done(&["new", "Found", "--detach"]);
    let mut room = Terminal::start(&house, &["open"], (50, 20));
    room.shows("● saved 0");
    room.logs("the proxy is slow #net", 1);
    room.logs("the cache is empty", 2);
    room.types("\u{1b}ORproxy");
    room.shows("1 of 2 entries");
    assert!(!room.text().contains("the cache"));
    room.types("\u{1b}");
    room.shows("the cache");
    room.types("\u{15}");
    room.types(QUIT);
    assert_eq!(room.ends().exit_code(), 0);
}

#[test]
fn a_search_at_three_sizes() {
    for (columns, rows) in [(80, 24), (120, 40), (50, 20)] {
        let mut stage = Stage::new(columns, rows).with_an_outage();
        stage.key(KeyCode::F(3)).types("quota by:alice");
        insta::assert_snapshot!(format!("finding {columns}x{rows}"), stage.styled());
    }
}
