//! The walk through the doubts, by keystrokes.

use std::sync::Arc;

use crossterm::event::KeyCode;
use insta::assert_snapshot;
use ratatui::backend::TestBackend;
use warroom::grammar::review::{self, About};
use warroom::log::{Change, List};
use warroom::model::Incident;
use warroom::tui::keymap::Keymap;
use warroom::tui::{Depth, Effect, Room, Screen};

use super::{doubt, import, outage};
use crate::stage::{Fixed, Stage, look, session};
use crate::support::House;
use crate::terminal::{QUIT, Terminal as Tty};

/// The room of an imported incident, in the walk through its doubts.
fn walk(columns: u16, rows: u16) -> Stage {
    walk_of(outage(), columns, rows)
}

fn walk_of(lines: Vec<(u32, Change)>, columns: u16, rows: u16) -> Stage {
    let house = tempfile::tempdir().unwrap();
    let clock = Arc::new(Fixed::default());
    let folder = import(lines).store(None, house.path(), clock.as_ref()).unwrap().folder;
    let session = session(house.path(), Some(&folder), &clock);
    let room = Room::new(session, house.path(), look(Depth::Indexed), Keymap::default()).reviewing();
    let screen = Screen::new(TestBackend::new(columns, rows)).unwrap();
    let mut stage = Stage { room, screen, clock, folder, house, last: Effect::None };
    stage.draw();
    stage
}

fn incident(stage: &Stage) -> Incident {
    warroom::session::peek(&stage.folder, None).unwrap().incident
}

#[test]
fn a_doubt_its_line_and_what_would_mend_it() {
    for (name, columns, rows) in [("80x24", 80, 24), ("120x40", 120, 40)] {
        let mut stage = walk(columns, rows);
        // The name of the writer is random.
        let incident = incident(&stage);
        let handle = warroom::grammar::handle::shortest(&incident, incident.timeline[1].id);
        assert_snapshot!(name, stage.draw().replace(&handle, "x-4"));
    }
}

/// Only what the one that is shown takes is looked up.
#[test]
fn one_doubt_is_told_as_it_is_among_all() {
    let incident = incident(&walk(80, 24));
    let all = review::doubts(&incident);
    assert!(all.iter().any(|doubt| matches!(doubt.about, Some(About::Entry(_)))), "{all:?}");
    for at in 0..=all.len() {
        assert_eq!(review::doubt(at, &incident).as_ref(), all.get(at));
    }
}

#[test]
fn one_after_the_other_and_round_again() {
    let mut stage = walk(80, 24);
    stage.shows("Doubt 1 of 3");
    stage.types("n").shows("Doubt 2 of 3");
    stage.types("n").types("n").shows("Doubt 1 of 3");
    stage.types("p").shows("Doubt 3 of 3");
    stage.key(KeyCode::Esc).hides("Doubt");
    assert_eq!(stage.prompt_text(), "");
}

#[test]
fn a_key_writes_the_line_that_mends_it_and_a_sent_line_leads_on() {
    let mut stage = walk(120, 40);
    stage.key(KeyCode::Enter).hides("Doubt 1");
    assert_eq!(stage.prompt_text(), "/tz");
    // The zone was all that was missing.
    stage.types("UTC+3").key(KeyCode::Enter).until("Doubt 1 of 2");
    stage.shows("it is not clear whether this is done");
    stage.shows("Delete the rule");
    stage.until("saved 1");
    assert_eq!(incident(&stage).zone.name(), "UTC+3");
}

#[test]
fn any_room_with_doubts_has_the_walk() {
    let mut stage = Stage::new(80, 24);
    stage.logs("/doubts").shows("no doubt is open");
    stage.logs("/warning the pager was an hour late");
    stage.logs("/doubts").shows("Doubt 1 of 1");
    stage.types("s").key(KeyCode::Enter);
    stage.until("saved 2");
    stage.logs("/doubts").shows("no doubt is open");
}

#[test]
fn from_a_document_to_a_record_without_doubts() {
    let house = House::new();
    house.done(&["new", "Feeds stand still", "--started", "2021-05-06 10:00", "--detach"]);
    house.say("2021-05-06 10:05 first complaint\n/resolved 2021-05-06 11:00\n/warning who noticed it\n");
    let report = house.done(&["export"]);
    let house = House::new();
    std::fs::write(house.path().join("feeds.md"), report).unwrap();
    let mut room = Tty::start(&house, &["import", "--review", "feeds.md"], (80, 24));
    room.shows("Doubt 1 of 1");
    room.types("s");
    room.shows("/strike warning 1");
    room.types("\r");
    room.shows("saved 1");
    room.types(QUIT);
    assert_eq!(room.ends().exit_code(), 0);
    assert_eq!(house.json()["warnings"].as_array().unwrap().len(), 0);
}

#[test]
fn a_line_that_is_to_be_typed_on_is_not_sent_by_a_second_enter() {
    let mut stage = walk(120, 40);
    stage.key(KeyCode::Enter).key(KeyCode::Enter);
    stage.shows("a zone such as Europe/Berlin: all times without one are in it then");
    assert_eq!((stage.prompt_text().as_str(), incident(&stage).zone.name()), ("/tz", "UTC"));
    stage.types("UTC+3").key(KeyCode::Enter).until("saved 1");
    stage.shows("settled, 2 left; /undo brings it back");
}

/// Whatever is doubted, Enter writes a line that can be sent, or one of which it is said what is missing.
#[test]
fn every_line_can_be_sent_or_says_what_is_missing() {
    let doubts = [
        ("several zones: Europe/Oslo, UTC", ""),
        ("no date is given for the times", "the day is enough"),
        ("no part is about the cause: taken from this sentence", "the rest of the line"),
        ("the end was read from a picture", "the time, such as 10:42"),
        ("who called the vendor", ""),
    ];
    for (doubt, missing) in doubts {
        let mut stage = Stage::new(120, 40);
        stage.logs(&format!("/warning {doubt}"));
        stage.logs("/doubts").key(KeyCode::Enter);
        assert_eq!(stage.room_doubts(), 1, "{doubt}");
        if missing.is_empty() {
            stage.hides("to be typed here");
        } else {
            stage.shows(&format!("to be typed here: {missing}"));
        }
        stage.key(KeyCode::Enter);
        assert_eq!(stage.room_doubts() == 0, missing.is_empty(), "{doubt}");
    }
}

#[test]
fn of_a_time_that_is_doubted_the_right_one_is_asked_for() {
    let mut lines = outage();
    lines.push((7, doubt("a time without AM or PM: taken on from the line above")));
    let mut stage = walk_of(lines, 120, 40);
    stage.types("n").types("n").shows("without AM or PM");
    stage.shows("(the right time, such as 10:42 or 2024-08-18 10:42)");
    stage.key(KeyCode::Enter).shows("to be typed here: the right time");
    assert!(stage.prompt_text().starts_with("/when "), "{}", stage.prompt_text());
    let count = stage.room_doubts();
    stage.types("10:21").key(KeyCode::Enter).shows("settled, 3 left");
    // The time and the doubt.
    stage.until("● saved 2");
    assert_eq!(stage.room_doubts(), count - 1);
}

#[test]
fn a_likely_twin_is_related_or_merged() {
    let mut stage = Stage::new(120, 40);
    stage.logs("/warning it may be the same outage as 2025-03-03-uploads: they begin 5 min apart");
    stage
        .logs("/doubts")
        .shows("· in the shell: warroom merge 2025-03-03-uploads 2025-03-04-uploads-fail-for-new-accounts");
    stage.shows("/strike warning 1  (they are two outages, and stay two incidents)");
    stage.hides("/started");
    stage.key(KeyCode::Enter);
    assert_eq!(stage.prompt_text(), "/related 2025-03-03-uploads");
}

#[test]
fn what_the_record_tells_is_proposed_and_what_settling_means_is_said() {
    let mut stage = Stage::new(120, 40);
    stage.logs("10:07 the feeds stand still");
    stage.logs("/warning no line says when it began: taken to be the first entry");
    stage.logs("/warning several zones: Europe/Oslo, UTC");
    stage.logs("/doubts").shows("/strike warning 1  (what it was taken to be is right)");
    stage.key(KeyCode::Enter);
    assert!(stage.prompt_text().contains("10:07"), "{}", stage.prompt_text());
    stage.key(KeyCode::Enter).until("saved 4");
    stage.shows("settled, 1 left; /undo brings it back");
    stage.shows("/tz Europe/Oslo");
    stage.shows("/tz UTC");
    stage.shows("each time stays in the zone it was read in");
}

#[test]
fn a_line_that_mends_it_settles_it_and_another_one_does_not() {
    let mut stage = Stage::new(120, 40);
    stage.logs("10:07 the feeds stand still");
    stage.logs("/warning who called the vendor");
    stage.logs("/warning the end was read from a picture");
    stage.logs("/resolved 10:40");
    stage.logs("/doubts").types("n").shows("Doubt 2 of 2");
    stage.key(KeyCode::Enter);
    assert!(stage.prompt_text().starts_with("/resolved "), "{}", stage.prompt_text());
    // Another line is about something else.
    stage.ctrl('c');
    stage.logs("10:20 the vendor calls back");
    assert_eq!(stage.room_doubts(), 2);
    stage.logs("/doubts").types("n").key(KeyCode::Enter).key(KeyCode::Enter).until("saved 7");
    stage.shows("settled, 1 left; /undo brings it back");
    assert_eq!(stage.room_doubts(), 1);
    stage.key(KeyCode::Esc);
    stage.logs("/undo");
    assert_eq!(stage.room_doubts(), 2);
}

#[test]
fn a_doubt_that_follows_from_the_times_stays_as_long_as_it_holds() {
    let mut stage = Stage::new(120, 40);
    stage.logs("/started 10:20").logs("/detected 10:07");
    stage.logs("/doubts").shows("detected lies before started: one of the two times is wrong");
    stage.key(KeyCode::Enter).key(KeyCode::Enter);
    stage.shows("noted; the doubt stays: it still holds with that");
    stage.key(KeyCode::Enter);
    assert!(stage.prompt_text().starts_with("/started "), "{}", stage.prompt_text());
    stage.ctrl('c');
    stage.logs("/started 10:01");
    stage.logs("/doubts").shows("no doubt is open");
}

#[test]
fn how_a_document_was_read_is_mended_by_nothing() {
    let mut stage = Stage::new(120, 40);
    stage.logs("/warning line 4: the timeline stands newest first: read from its end");
    stage.logs("/doubts").hides("/resolved");
    stage.key(KeyCode::Enter);
    assert_eq!(stage.prompt_text(), "/strike warning 1");
}

#[test]
fn the_keys_are_seen_on_a_small_screen_whatever_is_doubted() {
    let mut stage = Stage::new(80, 24);
    let long = "whether the vendor was called before or after the restart is told in two ways, ".repeat(20);
    stage.logs(&format!("/warning {long}"));
    stage.logs("/doubts").shows("s writes the line that");
    stage.shows("n next");
}

#[test]
fn what_became_of_a_doubt_is_said() {
    let mut stage = walk(120, 40);
    stage.types("s").key(KeyCode::Enter).until("Doubt 1 of 2");
    stage.shows("settled, 2 left; /undo brings it back");
    stage.types("n").hides("settled, 2 left");
    stage.types("s").key(KeyCode::Enter).until("Doubt 1 of 1");
    stage.types("s").key(KeyCode::Enter).until("the last doubt is settled");
    stage.until("saved 3");
    assert!(incident(&stage).warnings.is_empty());
}

#[test]
fn no_other_doubt_is_settled_than_the_one_that_was_shown() {
    let mut stage = Stage::new(80, 24);
    for doubt in ["who noticed it", "when it began", "what it cost"] {
        stage.logs(&format!("/warning {doubt}"));
    }
    stage.until("saved 3");
    stage.logs("/doubts").shows("who noticed it");
    stage.types("s");
    assert_eq!(stage.prompt_text(), "/strike warning 1");
    // Meanwhile somebody else settles it.
    let mut other = session(stage.house.path(), Some(&stage.folder), &stage.clock);
    other.commit(Change::ItemStruck { list: List::Warnings, text: "who noticed it".into() }).unwrap();
    other.finish().unwrap();
    stage.until("taken off the warnings: when it began");
    stage.key(KeyCode::Enter).shows("nothing was settled: the doubts have changed meanwhile");
    stage.shows("Doubt 1 of 2");
    assert_eq!(incident(&stage).warnings.len(), 2);
}

#[test]
fn a_room_with_doubts_says_so_once() {
    let mut stage = Stage::new(80, 24);
    stage.hides("/doubts");
    stage.logs("/warning who noticed it");
    stage.until("saved 1");
    let again = session(stage.house.path(), Some(&stage.folder), &stage.clock);
    stage.room = Room::new(again, stage.house.path(), look(Depth::Indexed), Keymap::default());
    stage.shows("1 doubt: /doubts shows it");
    stage.types("10");
    stage.hides("/doubts shows it");
}
