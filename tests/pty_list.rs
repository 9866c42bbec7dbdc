//! Journeys from the list into a room, through a real pseudo-terminal.

use crate::support::House;
use crate::terminal::{QUIT, Terminal};

const DOWN: &str = "\u{1b}[B";
const KILL: &str = "\u{15}";
const YANK: &str = "\u{19}";

#[test]
fn from_nothing_to_the_first_entry() {
    let house = House::new();
    let mut list = Terminal::start(&house, &[], (80, 24));
    list.shows("No incident yet.");
    list.types("Payments time out");
    list.shows("Enter starts “Payments time out”");
    list.types("\r");
    list.shows("● saved 0");
    list.logs("first report from the shop", 1);
    list.types(QUIT);
    assert_eq!(list.ends().exit_code(), 0);
    let raw = String::from_utf8_lossy(&list.raw).into_owned();
    assert_eq!(raw.matches("\u{1b}[?1049h").count(), 1, "the screen was left in between");
    let incident = house.json();
    assert_eq!(incident["title"], "Payments time out");
    assert_eq!(incident["zone"], "UTC");
    assert_eq!(incident["timeline"][0]["text"], "first report from the shop");
    assert_eq!(incident["timeline"][0]["by"], "alice");
}

#[test]
fn what_was_typed_before_the_list_was_there_chooses_and_opens() {
    let house = House::new();
    house.done(&["new", "Login loops", "--detach"]);
    house.done(&["new", "Payments time out", "--detach"]);
    let command = portable_pty::CommandBuilder::new(env!("CARGO_BIN_EXE_warroom"));
    let typed = format!("{DOWN}\rand a note\r");
    let mut room = Terminal::typed_ahead(&house, command, (80, 24), &[], &typed);
    room.shows("● saved 1");
    room.types(QUIT);
    assert_eq!(room.ends().exit_code(), 0);
}

#[test]
fn what_is_typed_ahead_goes_into_the_room() {
    let house = House::new();
    let mut list = Terminal::start(&house, &[], (80, 24));
    list.shows("No incident yet.");
    list.types("Login loops\rone\rtwo\rthree\r");
    list.shows("● saved 3");
    list.types(QUIT);
    assert_eq!(list.ends().exit_code(), 0);
    assert_eq!(house.json()["timeline"].as_array().unwrap().len(), 3);
}

#[test]
fn the_one_that_was_searched_for_is_opened() {
    let house = House::new();
    house.done(&["new", "Payments time out", "--detach"]);
    house.done(&["new", "Mail queue grows", "--detach"]);
    let mut list = Terminal::start(&house, &[], (80, 24));
    list.shows("2 incidents · 2 unresolved");
    list.types("mlq");
    list.shows("Down chooses the one like it");
    list.types(DOWN);
    list.shows("Enter opens “Mail queue grows”");
    list.types("\r");
    list.shows("● saved 0");
    list.logs("relay restarted", 1);
    list.types(QUIT);
    assert_eq!(list.ends().exit_code(), 0);
    let shown = house.done(&["list", "--json"]);
    let all: serde_json::Value = serde_json::from_str(&shown).unwrap();
    let entries = |title: &str| {
        all.as_array().unwrap().iter().find(|one| one["title"] == title).unwrap()["entries"].clone()
    };
    assert_eq!((entries("Mail queue grows"), entries("Payments time out")), (1.into(), 0.into()));
    assert_eq!(all.as_array().unwrap().len(), 2, "none was started");
}

#[test]
fn a_broken_folder_is_shown_and_the_line_survives_a_resize() {
    let house = House::new();
    let broken = house.path().join("data/incidents/2025-01-02-broken");
    std::fs::create_dir_all(&broken).unwrap();
    std::fs::write(broken.join("journal.jsonl"), "nothing of a journal\n").unwrap();
    let mut list = Terminal::start(&house, &[], (80, 24));
    list.shows("2025-01-02-broken cannot be read");
    list.types("Half a tit");
    list.shows("› Half a tit");
    list.resize((50, 20));
    list.types("le");
    list.shows("Enter starts “Half a title”");
    list.types(KILL);
    list.shows("\n  cannot be read: journal.jsonl");
    list.types(YANK);
    list.shows("› Half a title");
    list.signal("-TERM");
    assert_eq!(list.ends().exit_code(), 143);
    assert_eq!(std::fs::read_dir(&broken).unwrap().count(), 1);
}

#[test]
fn another_process_starts_one_while_the_list_is_open() {
    let house = House::new();
    let mut list = Terminal::start(&house, &[], (80, 24));
    list.shows("No incident yet.");
    house.done(&["new", "Payments time out", "--detach"]);
    list.shows("Enter opens “Payments time out”");
    list.types("\r");
    list.shows("● saved 0");
    list.types(QUIT);
    assert_eq!(list.ends().exit_code(), 0);
}

#[test]
fn a_title_that_was_typed_and_not_started_is_said_at_the_end() {
    let house = House::new();
    let mut list = Terminal::start(&house, &[], (80, 24));
    list.shows("No incident yet");
    list.types("Half a title");
    list.shows("Half a title");
    list.types(QUIT);
    assert_eq!(list.ends().exit_code(), 0);
    assert!(list.text().contains("not started: Half a title"));
}

#[test]
fn the_incident_that_the_environment_names_is_opened_at_once() {
    let house = House::new();
    house.done(&["new", "Alpha is down", "--detach"]);
    let beta = house.done(&["new", "Beta is down", "--detach"]);
    house.done(&["say", "-i", beta.trim(), "/resolved"]);
    let mut room = Terminal::with(&house, &[], (80, 24), &[("WARROOM_INCIDENT", beta.trim())]);
    room.shows("● saved 0");
    room.shows("Beta is down");
    room.types(QUIT);
    assert_eq!(room.ends().exit_code(), 0);
}
