//! Insight in the room and in the list: keys in, screen out.

use std::path::Path;
use std::sync::Arc;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use insta::assert_snapshot;
use ratatui::backend::TestBackend;
use warroom::archive::Subjects;
use warroom::grammar::{self, Line};
use warroom::model::{Clock as ClockStyle, Zone};
use warroom::session::archive::Archive;
use warroom::session::{New, Opening, Session, create};
use warroom::settings::CheckSettings;
use warroom::tui::keymap::Keymap;
use warroom::tui::{Depth, Doors, Effect, Front, Hindsight, List, Msg, Screen};

use crate::stage::{Fixed, Stage, look, text_of};

fn utc() -> Zone {
    Zone::read("UTC", None).unwrap()
}

/// An incident of before, in which these lines were said.
fn has(root: &Path, title: &str, lines: &[&str]) {
    let clock = Arc::new(Fixed::default());
    let (title, by, zone) = (title.into(), "alice".into(), utc());
    let new = New {
        title,
        severity: Some(2),
        zone,
        clock: ClockStyle::H24,
        started: None,
        services: Vec::new(),
        by,
    };
    let folder = create(&new, root, None, clock.as_ref()).unwrap().folder;
    let opening = Opening { by: "alice".into(), clock, rescue: root.join(".rescue"), stays: false };
    let mut session = Session::open(&folder, opening, || {}).unwrap();
    for line in lines {
        let read = grammar::read(line, &session.desk());
        let Ok(Line::Change(change)) = read else { panic!("{line}: {read:?}") };
        session.commit(*change).unwrap();
    }
    session.finish().unwrap();
}

/// Three of a post office.
fn fill(root: &Path) {
    has(
        root,
        "Stamps sold out online",
        &[
            "/started 2024-03-05 08:00",
            "/detected 2024-03-05 08:03",
            "/suspect 2024-03-05 08:05 database",
            "/out 2024-03-05 08:25 database",
            "/confirm 2024-03-05 08:40 cache",
            "/resolved 2024-03-05 09:00",
        ],
    );
    has(
        root,
        "Parcels without labels",
        &[
            "/started 2024-09-01 08:00",
            "/detected 2024-09-01 10:00",
            "/suspect 2024-09-01 10:05 db",
            "/out 2024-09-01 10:15 db",
            "/resolved 2024-09-01 14:00",
            "+ Print a test label each morning @ines due:2024-10-01",
        ],
    );
    has(root, "Counter app slow", &["/started 2025-03-01 08:00", "/suspect 2025-03-01 08:10 cache"]);
}

fn hindsight(root: &Path) -> Hindsight {
    let (root, subjects, wake) = (root.to_owned(), Subjects::default(), Arc::default());
    Hindsight { root, subjects, zone: utc(), wake }
}

/// A room with three incidents behind it, on the screen that `/insights` opens.
fn opened(columns: u16, rows: u16, depth: Depth) -> Stage {
    let mut stage = Stage::looking(columns, rows, look(depth));
    let root = stage.house.path().join("past");
    fill(&root);
    stage.room = stage.room.with_hindsight(Some(hindsight(&root)));
    stage.logs("/insights");
    stage
}

#[test]
fn the_room_says_what_it_reads() {
    let mut stage = opened(80, 24, Depth::None);
    stage.shows("reading past incidents …");
    stage.until("3 incidents from 2024-03-05 to 2025-03-01");
    stage.key(KeyCode::Esc);
    stage.hides("3 incidents");
    assert_eq!(stage.prompt_text(), "");
}

#[test]
fn the_incident_of_the_room_does_not_count_while_it_goes_on() {
    let mut stage = Stage::new(80, 24);
    let root = stage.folder.parent().unwrap().to_owned();
    fill(&root);
    stage.room = stage.room.with_hindsight(Some(hindsight(&root)));
    stage.logs("/insights");
    stage.until("Without this incident: it goes on.");
    stage.shows("3 incidents from 2024-03-05 to 2025-03-01");
    stage.key(KeyCode::Esc);
    stage.logs("/resolved").until("saved 1");
    stage.logs("/insights");
    stage.until("4 incidents from");
    stage.hides("Without this incident");
}

#[test]
fn in_three_sizes() {
    for (columns, rows) in [(80, 24), (120, 40), (50, 20)] {
        let mut stage = opened(columns, rows, Depth::None);
        stage.until("Only 3 incidents");
        assert_snapshot!(format!("room {columns}x{rows}"), stage.draw());
        stage.key(KeyCode::PageDown);
        assert_snapshot!(format!("room {columns}x{rows}, a page down"), stage.draw());
    }
}

#[test]
fn in_colours() {
    let mut stage = opened(80, 40, Depth::Indexed);
    stage.until("First guesses");
    assert_snapshot!("room in colours", stage.styled());
}

#[test]
fn typing_goes_on_in_the_prompt() {
    let mut stage = opened(80, 24, Depth::None);
    stage.until("Only 3 incidents").clear();
    stage.types("it is back");
    assert_eq!(stage.prompt_text(), "it is back");
}

#[test]
fn a_folder_that_cannot_be_read_is_said() {
    let mut stage = Stage::new(80, 24);
    let file = stage.house.path().join("no folder");
    std::fs::write(&file, "x").unwrap();
    stage.room = stage.room.with_hindsight(Some(hindsight(&file)));
    stage.logs("/insights");
    stage.until("they cannot be read");
}

#[test]
fn a_room_without_a_past_keeps_quiet_about_it() {
    let mut stage = Stage::new(80, 24);
    stage.logs("/insights");
    stage.shows("there are no past incidents to read here");
}

#[test]
fn the_list_has_a_key_and_the_command_for_it() {
    let house = tempfile::tempdir().unwrap();
    let root = house.path().join("incidents");
    fill(&root);
    let doors = Doors {
        check: CheckSettings::default(),
        timebox: None,
        archive: Archive::open(&root, &|_| {}).unwrap(),
        start: Box::new(|_| panic!("nothing is started")),
        open: Box::new(|_| panic!("nothing is opened")),
        clock: Arc::new(Fixed::default()),
        by: "alice".into(),
        zone: utc(),
        style: ClockStyle::H24,
        past: None,
        hindsight: Some(hindsight(&root)),
        notices: Vec::new(),
    };
    let list = List::new(doors, house.path(), look(Depth::None), Keymap::default());
    let mut front = Front::List(Box::new(list));
    let mut screen = Screen::new(TestBackend::new(80, 24)).unwrap();
    let mut shown = |front: &mut Front, text: &str| {
        loop {
            front.pump();
            screen.draw(|frame| front.draw(frame)).unwrap();
            if text_of(&screen).contains(text) {
                return text_of(&screen);
            }
            std::thread::yield_now();
        }
    };
    let press = |front: &mut Front, code| {
        assert_eq!(front.take(Msg::Key(KeyEvent::new(code, KeyModifiers::NONE))), Effect::None);
    };
    press(&mut front, KeyCode::F(2));
    assert_snapshot!("list", shown(&mut front, "Only 3 incidents"));
    press(&mut front, KeyCode::Esc);
    shown(&mut front, "what is broken?");
    "/insights".chars().for_each(|c| press(&mut front, KeyCode::Char(c)));
    shown(&mut front, "Enter shows what past incidents say");
    press(&mut front, KeyCode::Enter);
    shown(&mut front, "Only 3 incidents");
    press(&mut front, KeyCode::Esc);
    // What is still to be done is read beside the screen, too.
    press(&mut front, KeyCode::F(3));
    shown(&mut front, "1 open action");
    // One takes the place of the other, and the key that opens it closes it.
    press(&mut front, KeyCode::F(2));
    shown(&mut front, "Only 3 incidents");
    press(&mut front, KeyCode::F(2));
    shown(&mut front, "what is broken?");
}
