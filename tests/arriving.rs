//! A large incident is opened: its newest entries are there before the rest is read, and nothing typed meanwhile is lost.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crossterm::event::KeyCode;
use ratatui::backend::TestBackend;
use tempfile::TempDir;
use warroom::session::{Glimpsed, Opening, Session};
use warroom::store;
use warroom::text::Raw;
use warroom::tui::keymap::Keymap;
use warroom::tui::{Depth, Effect, Room, Screen};

use super::archive::long;
use super::stage::{Fixed, Stage, look};

/// Many enough to be worth it.
const ENTRIES: usize = 4_000;

fn incident(house: &Path, entries: usize) -> PathBuf {
    let folder = house.join("long");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("journal.jsonl"), long::journal(entries)).unwrap();
    folder
}

fn opening(house: &Path, clock: &Arc<Fixed>) -> Opening {
    Opening { by: "alice".into(), clock: clock.clone(), rescue: house.join("rescue"), stays: true }
}

/// A room that is still being read.
fn arriving() -> Stage {
    let house = tempfile::tempdir().unwrap();
    let folder = incident(house.path(), ENTRIES);
    arriving_in(house, folder)
}

fn arriving_in(house: TempDir, folder: PathBuf) -> Stage {
    let clock = Arc::new(Fixed::default());
    let Glimpsed { session, whole } =
        Session::glimpse(&folder, &opening(house.path(), &clock), || {}).unwrap();
    let room = Room::new(session, house.path(), look(Depth::Indexed), Keymap::default());
    let room = room.with_whole(Some(whole));
    let screen = Screen::new(TestBackend::new(120, 40)).unwrap();
    Stage { room, screen, clock, folder, house, last: Effect::None }
}

/// What the timeline shows, without what stands beside it.
fn timeline(shown: &str) -> Vec<String> {
    let rows = shown.lines().skip(2).take(30);
    rows.map(|row| row.chars().take(70).collect::<String>().trim_end().to_owned()).collect()
}

#[test]
fn the_newest_is_there_before_the_rest_is_read() {
    let mut stage = arriving();
    let before = stage.draw();
    assert!(before.starts_with(" reading …"), "{before}");
    assert_eq!(before.matches("reading …").count(), 3, "of neither side is anything told:\n{before}");
    assert!(before.contains("● saved 0"));
    stage.ctrl('l');
    let after = stage.draw();
    assert!(!after.contains("reading …"), "{after}");
    assert_eq!(timeline(&before), timeline(&after));
}

#[test]
fn what_is_typed_meanwhile_is_logged_once_it_is_read() {
    let mut stage = arriving();
    stage.types("typed while it was being read").draw();
    stage.shows("reading …");
    assert_eq!(stage.prompt(), "typed while it was being read");
    stage.key(KeyCode::Enter).until("● saved 1");
    stage.hides("reading …");
    let journal = fs::read_to_string(stage.folder.join("journal.jsonl")).unwrap();
    assert!(journal.lines().last().unwrap().contains("typed while it was being read"));
}

#[test]
fn a_line_that_was_begun_meanwhile_is_kept_by_leaving() {
    let mut stage = arriving();
    stage.types("half a thought").draw();
    let Stage { room, clock, folder, house, .. } = stage;
    room.leave().unwrap();
    let again = Session::open(&folder, opening(house.path(), &clock), || {}).unwrap();
    assert_eq!(again.left_lines().map(Raw::as_typed).collect::<Vec<_>>(), ["half a thought"]);
}

#[test]
fn where_it_cannot_be_read_the_line_is_given_back() {
    let house = tempfile::tempdir().unwrap();
    let folder = incident(house.path(), ENTRIES);
    // What stands there is not opened, and without it nothing may be written.
    fs::create_dir(folder.join(".lock")).unwrap();
    let mut stage = arriving_in(house, folder);
    stage.types("half a thought").key(KeyCode::Enter);
    let parting = stage.room.leave().unwrap_err();
    assert_eq!(parting.line.unwrap().as_typed(), "half a thought");
}

#[test]
fn small_incidents_are_read_at_once() {
    let house = tempfile::tempdir().unwrap();
    let folder = incident(house.path(), 100);
    assert!(store::glimpse(&folder).is_none());
    let clock = Arc::new(Fixed::default());
    assert!(Session::glimpse(&folder, &opening(house.path(), &clock), || {}).is_none());
}
