//! The plain room: no lines, no signs, one thing below the other.

use crossterm::event::KeyCode;
use insta::assert_snapshot;

use crate::stage::{Stage, look};
use crate::support::House;
use crate::terminal::{QUIT, Terminal};
use warroom::tui::Depth;

fn stage(columns: u16, rows: u16) -> Stage {
    Stage::looking(columns, rows, look(Depth::None).in_words())
}

#[track_caller]
fn is_ascii(shown: &str) {
    let odd: Vec<char> = shown.chars().filter(|c| !c.is_ascii()).collect();
    assert!(odd.is_empty(), "{odd:?} in:\n{shown}");
}

#[test]
fn an_outage_at_three_sizes() {
    for (columns, rows) in [(80, 24), (120, 40), (50, 20)] {
        let mut stage = stage(columns, rows).with_an_outage();
        let shown = stage.draw();
        is_ascii(&shown);
        assert_snapshot!(format!("plain_{columns}x{rows}"), shown);
    }
}

#[test]
fn every_pane_and_overlay_is_without_signs() {
    let mut stage = stage(80, 24).with_an_outage();
    for _ in 0..3 {
        stage.key(KeyCode::Tab);
        is_ascii(&stage.draw());
        stage.key(KeyCode::Enter);
        is_ascii(&stage.draw());
        stage.key(KeyCode::Esc);
    }
    stage.key(KeyCode::Esc);
    for n in [1, 2, 4] {
        stage.key(KeyCode::F(n));
        is_ascii(&stage.draw());
        stage.key(KeyCode::F(n)).key(KeyCode::Esc);
    }
    for line in ["/replay", "/handoff", "/every 1m", "?disk", "/test disk: look"] {
        stage.logs(line);
        is_ascii(&stage.draw());
    }
    stage.types("/");
    is_ascii(&stage.draw());
}

#[test]
fn marks_are_words() {
    let mut stage = stage(80, 24).with_an_outage();
    stage.shows("key entry: default limit is back");
    stage.shows("struck out: a line that does not belong here");
    stage.shows("Timeline (shown)");
    stage.logs("/nothing");
    stage.shows("error: /nothing is no command");
    stage.key(KeyCode::Tab).key(KeyCode::Tab);
    stage.shows("out object store");
}

#[test]
fn it_is_set_by_a_flag_or_in_the_settings() {
    for flag in [true, false] {
        let house = House::new();
        house.done(&["new", "Checkout", "--detach"]);
        if !flag {
            let file = house.path().join("settings.toml");
            std::fs::write(file, "plain = true\n").unwrap();
        }
        let args: &[&str] = if flag { &["open", "--plain"] } else { &["--config", "settings.toml", "open"] };
        let mut room = Terminal::start(&house, args, (80, 24));
        room.shows("saved 0");
        room.types("one\r");
        room.shows("saved 1");
        is_ascii(&room.text());
        room.types(QUIT);
        assert_eq!(room.ends().exit_code(), 0);
    }
}

/// What a screen reader is fed: of a key little more than what it wrote, and nothing while nothing happens.
#[test]
fn little_is_drawn_again() {
    let house = House::new();
    house.done(&["new", "Checkout", "--detach"]);
    let mut room = Terminal::start(&house, &["open", "--plain"], (80, 24));
    room.shows("saved 0");
    room.types("first");
    room.shows("> first");
    let before = room.raw.len();
    room.types("x");
    room.shows("> firstx");
    let fed = room.raw.len() - before;
    assert!(fed < 200, "{fed} bytes for one key");
    room.types(QUIT);
    assert_eq!(room.ends().exit_code(), 0);
}
