//! A large incident's report is written beside the room: it opens at once, its keys act, and what changes meanwhile follows.

use std::fs;
use std::sync::Arc;

use crossterm::event::{KeyCode, KeyModifiers};
use ratatui::backend::TestBackend;
use warroom::export::{Outline, markdown, redact};
use warroom::log::{Change, List};
use warroom::model::EntryKind;
use warroom::session::purge::{prospect, purge};
use warroom::session::{Opening, Session, peek};
use warroom::tui::keymap::Keymap;
use warroom::tui::{Depth, Effect, Msg, Room, Screen};

use super::archive::long;
use super::stage::{self, Stage, look};

/// Too many for a report that nobody waits for.
const MANY: usize = 1_500;
/// So few that it is there in the next frame.
const FEW: usize = 100;
const F4: KeyCode = KeyCode::F(4);
const AWAITED: &str = "writing the report …";

/// A room with so many entries.
fn room(entries: usize, size: (u16, u16)) -> Stage {
    let house = tempfile::tempdir().unwrap();
    let folder = house.path().join("long");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("journal.jsonl"), long::journal(entries)).unwrap();
    let clock = Arc::default();
    let session = stage::session(house.path(), Some(&folder), &clock);
    let room = Room::new(session, house.path(), look(Depth::Indexed), Keymap::default());
    let screen = Screen::new(TestBackend::new(size.0, size.1)).unwrap();
    let mut stage = Stage { room, screen, clock, folder, house, last: Effect::None };
    stage.draw();
    stage
}

/// Somebody else.
fn bob(stage: &Stage) -> Opening {
    let rescue = stage.house.path().join("rescue");
    Opening { by: "bob".into(), clock: stage.clock.clone(), rescue, stays: false }
}

/// Somebody else changes something.
fn elsewhere(stage: &Stage, change: Change) {
    let mut other = Session::open(&stage.folder, bob(stage), || {}).unwrap();
    other.commit(change).unwrap();
    other.finish().unwrap();
}

fn service(name: &str) -> Change {
    Change::ItemAdded { list: List::Services, text: name.into() }
}

/// The first row that is seen of the report, as its title tells.
fn first_row(shown: &str) -> &str {
    let title = shown.lines().find(|row| row.contains(" Report")).unwrap();
    title.split_once('–').unwrap().0.rsplit(' ').next().unwrap()
}

#[test]
fn it_opens_before_it_is_written() {
    for size in [(120, 40), (80, 24)] {
        let mut stage = room(MANY, size);
        let shown = stage.key(F4).draw();
        assert!(shown.contains(AWAITED) && shown.contains("┌ Report ·"), "{shown}");
        stage.until("Still missing: ");
        stage.hides(AWAITED);
        stage.press(KeyCode::Char('y'), KeyModifiers::CONTROL);
        let Effect::Copy { text, .. } = &stage.last else { panic!("{:?}", stage.last) };
        let incident = peek(&stage.folder, None).unwrap().incident;
        assert!(*text == markdown::render(&Outline::of(&redact::redacted(&incident).incident)));
    }
}

#[test]
fn that_of_a_small_incident_is_there_at_once() {
    let mut stage = room(FEW, (120, 40));
    stage.key(F4).shows("Still missing: ");
    stage.key(KeyCode::Esc).logs("/handoff").shows("Handoff: Checkout answers slowly");
}

#[test]
fn its_keys_act_while_it_is_written() {
    // Whoever is quick fills nothing, and neither scrolls nor copies what is not there.
    let mut stage = room(MANY, (80, 24));
    stage.key(F4).key(KeyCode::Enter).key(KeyCode::PageDown);
    stage.room.take(Msg::Wheel { up: false, at: (5, 5).into() });
    stage.ctrl('y');
    assert_eq!(stage.last, Effect::None);
    stage.shows("there is nothing to copy yet");
    stage.until("Still missing: ");
    assert_eq!(first_row(&stage.text()), "1");
    // It opens where it was left.
    stage.key(KeyCode::PageDown).key(KeyCode::PageDown);
    let left = first_row(&stage.draw()).to_owned();
    stage.key(KeyCode::Esc).draw();
    stage.key(F4).key(KeyCode::PageDown).shows(AWAITED);
    stage.until(&format!("┌ Report · {left}–"));
    // Away from it, by a key and by typing.
    let mut stage = room(MANY, (80, 24));
    stage.key(F4).draw();
    stage.key(KeyCode::Esc).hides(" Report ·");
    stage.key(F4).draw();
    stage.types("x").hides(" Report ·");
    assert_eq!(stage.prompt_text(), "x");
}

#[test]
fn what_others_write_meanwhile_follows_and_the_place_in_it_stays() {
    let mut stage = room(MANY, (120, 40));
    stage.key(F4).until("Still missing: ");
    for _ in 0..3 {
        stage.key(KeyCode::PageDown);
    }
    stage.key(KeyCode::Down).draw();
    let before = stage.text();
    let (first, chosen) = (first_row(&before).to_owned(), "▸ how many were affected");
    assert!(first != "1" && before.contains(chosen), "{before}");
    elsewhere(&stage, service("mail-relay"));
    // As it was, until it is written anew.
    let meanwhile = stage.until("┌ Report · being renewed … ·");
    assert_eq!(first_row(&meanwhile), first);
    assert_eq!(meanwhile.lines().nth(5), before.lines().nth(5));
    elsewhere(&stage, service("search-index"));
    let after = stage.until(&format!("┌ Report · {first}–"));
    assert!(after.contains(chosen), "{after}");
    stage.key(KeyCode::Home);
    // However often it was written for that.
    stage.until("mail-relay, search-index");
    stage.until("┌ Report · 1–");
}

/// Where something is written all the time, what was begun is shown all the same.
#[test]
fn what_changes_before_it_is_there_does_not_begin_it_anew() {
    let mut stage = room(MANY, (120, 40));
    stage.key(F4).shows(AWAITED);
    elsewhere(&stage, service("mail-relay"));
    stage.until("┌ Report · being renewed … · 1–");
    stage.until("mail-relay");
}

#[test]
fn a_gap_that_was_filled_is_gone_on_behind() {
    let mut stage = room(MANY, (120, 40));
    stage.key(F4).until("Still missing: ");
    stage.key(KeyCode::Down).key(KeyCode::Down).key(KeyCode::Down).key(KeyCode::Enter);
    assert_eq!(stage.prompt(), "/fix");
    stage.types(" The cache is gone").key(F4).shows(AWAITED);
    // That one is of before.
    stage.key(KeyCode::Esc).key(KeyCode::Enter).shows("still missing: ");
    // What was not waited for is not lost.
    stage.key(F4).shows(AWAITED);
    stage.key(KeyCode::Esc).key(F4);
    stage.until("▸ when it was resolved");
    stage.shows("Permanent: The cache is gone");
}

#[test]
fn what_is_purged_is_not_shown_until_it_is_written_anew() {
    let mut stage = room(MANY, (120, 40));
    let secret = "the door opens with tango-4711";
    let (tags, people) = (Vec::new(), Vec::new());
    let said = Change::EntryAdded { text: secret.into(), when: None, tags, people, kind: EntryKind::Note };
    elsewhere(&stage, said);
    stage.until(secret);
    stage.key(F4).until("Still missing: ");
    let last = prospect(&stage.folder, "last", stage.clock.as_ref()).unwrap();
    purge(&stage.folder, last.id, &bob(&stage)).unwrap();
    stage.until(AWAITED);
    stage.until("Still missing: ");
}

#[test]
fn the_handoff_opens_before_it_is_written() {
    let mut stage = room(MANY, (80, 24));
    stage.logs("/handoff").shows("writing the handoff …");
    stage.until("Handoff: Checkout answers slowly");
    // One takes the place of the other.
    stage.key(KeyCode::Esc).key(F4).shows(AWAITED);
    stage.key(KeyCode::Esc).logs("/handoff").shows("writing the handoff …");
    stage.until("Handoff: Checkout answers slowly");
    stage.key(KeyCode::Esc).key(F4).until("Still missing: ");
}
