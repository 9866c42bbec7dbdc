//! The outage that `warroom demo` plays: typed letter by letter into a real room by a clock that is handed in, taken over by
//! any key, and gone without a trace.

use std::os::unix::fs::PermissionsExt as _;
use std::sync::Arc;

use crossterm::event::KeyCode;
use ratatui::backend::TestBackend;
use warroom::grammar::{self, Desk, Line};
use warroom::log::Change;
use warroom::model::{Clock as ClockStyle, HypothesisStatus, Status, Zone};
use warroom::session::clock::{Clock as _, Paced};
use warroom::session::{New, Opening, Session, create, peek};
use warroom::tui::demo::{Demo, SCRIPT, TITLE};
use warroom::tui::keymap::Keymap;
use warroom::tui::{Depth, Effect, Room, Screen};

use crate::stage::{Fixed, Stage, look};
use crate::support::House;
use crate::terminal::{QUIT, Terminal};

/// A room in which the outage begins at half past nine.
fn stage(columns: u16, rows: u16) -> Stage {
    empty(columns, rows, |room, clock| room.with_demo(Demo::new(clock)))
}

/// The room of a demo, with what is made of it.
pub fn empty(columns: u16, rows: u16, with: impl FnOnce(Room, Arc<Paced>) -> Room) -> Stage {
    let house = tempfile::tempdir().unwrap();
    let fixed = Arc::new(Fixed::default());
    let clock = Arc::new(Paced::new(fixed.clone(), fixed.now()));
    let new = New {
        title: TITLE.into(),
        severity: None,
        zone: Zone::default(),
        clock: ClockStyle::H24,
        started: None,
        services: vec!["checkout".into()],
        by: "alice".into(),
    };
    let folder = create(&new, house.path(), None, clock.as_ref()).unwrap().folder;
    let rescue = house.path().join("rescue");
    let opening = Opening { by: "alice".into(), clock: clock.clone(), rescue, stays: true };
    let session = Session::open(&folder, opening, || {}).unwrap();
    let room = Room::new(session, house.path(), look(Depth::Indexed), Keymap::default());
    let room = with(room, clock);
    let screen = Screen::new(TestBackend::new(columns, rows)).unwrap();
    let mut stage = Stage { room, screen, clock: fixed, folder, house, last: Effect::None };
    stage.draw();
    stage
}

/// So many seconds of a person go by.
fn goes_on(stage: &mut Stage, seconds: i64) {
    for _ in 0..seconds {
        stage.clock.go_on(1);
        stage.room.is_stale();
    }
}

#[test]
fn each_line_is_what_it_looks_like() {
    let mut stage = stage(80, 24);
    for (nth, cue) in SCRIPT.lines().enumerate() {
        let line = cue.split_once(' ').unwrap().1;
        let incident = peek(&stage.folder, None).unwrap().incident;
        let now = stage.clock.now();
        let desk = Desk { incident: &incident, now, typed_last: None, undo: None, redo: None };
        let read = grammar::read(line, &desk);
        let Ok(Line::Change(change)) = read else { panic!("{line}: {read:?}") };
        let is_entry = matches!(*change, Change::EntryAdded { .. });
        assert_eq!(is_entry, !line.starts_with(['/', '?', '+']), "{line}");
        stage.key(KeyCode::Right);
        assert_eq!(stage.prompt_text(), "", "{line}");
        stage.until(&format!("saved {}", nth + 1));
    }
}

#[test]
fn it_ends_as_a_report_without_gaps() {
    let mut stage = stage(120, 40);
    goes_on(&mut stage, 45);
    stage.shows("demo over: the room is yours");
    stage.shows("Report");
    stage.hides("Still missing");
    stage.key(KeyCode::Esc);
    stage.until(&format!("saved {}", SCRIPT.lines().count()));
    let incident = peek(&stage.folder, None).unwrap().incident;
    assert_eq!(incident.status, Status::Resolved);
    let verdicts: Vec<_> = incident.hypotheses.iter().map(|hypothesis| hypothesis.status).collect();
    let settled = [HypothesisStatus::RuledOut, HypothesisStatus::RuledOut, HypothesisStatus::Confirmed];
    assert_eq!(verdicts, settled);
}

#[test]
fn letters_come_one_by_one_as_time_goes_by() {
    let mut stage = stage(80, 24);
    goes_on(&mut stage, 14);
    insta::assert_snapshot!("demo_at_14", stage.until("● saved 10"));
    goes_on(&mut stage, 11);
    insta::assert_snapshot!("demo_at_25", stage.until("● saved 18"));
}

#[test]
fn its_keys_fit_a_narrow_screen() {
    let mut stage = stage(50, 20);
    goes_on(&mut stage, 8);
    insta::assert_snapshot!("demo_narrow", stage.until("● saved 6"));
}

#[test]
fn while_it_is_paused_nothing_goes_on() {
    let mut stage = stage(80, 24);
    goes_on(&mut stage, 8);
    stage.key(KeyCode::Char(' '));
    let paused = stage.until("demo paused");
    goes_on(&mut stage, 20);
    assert_eq!(stage.draw(), paused);
    stage.key(KeyCode::Char('>')).key(KeyCode::Char(' '));
    stage.shows("demo 600x");
    goes_on(&mut stage, 4);
    stage.shows("demo over");
}

#[test]
fn any_key_takes_the_room_over_with_an_empty_line() {
    for (key, line) in [(KeyCode::Esc, ""), (KeyCode::Char('w'), "w")] {
        let mut stage = stage(80, 24);
        goes_on(&mut stage, 8);
        assert_ne!(stage.prompt_text(), "");
        stage.key(key);
        stage.shows("the room is yours, nothing of it is kept");
        assert_eq!(stage.prompt_text(), line);
        goes_on(&mut stage, 60);
        assert_eq!(stage.prompt_text(), line, "nobody else types any more");
    }
}

#[test]
fn nothing_of_it_stays() {
    let house = House::new();
    let scratch = tempfile::tempdir().unwrap();
    let temp = scratch.path().to_str().unwrap();
    let is_empty = |folder: &std::path::Path| std::fs::read_dir(folder).unwrap().next().is_none();
    let mut room = Terminal::with(&house, &["demo"], (80, 24), &[("TMPDIR", temp)]);
    room.shows("demo 60x");
    assert!(!is_empty(scratch.path()));
    room.types("\u{1b}");
    room.shows("the room is yours");
    room.types("tried by hand\r");
    room.shows("tried by hand");
    room.types(QUIT);
    assert_eq!(room.ends().exit_code(), 0);
    room.shows("warroom new");
    assert!(is_empty(scratch.path()) && is_empty(house.path()));
}

#[test]
fn a_signal_takes_it_away_too() {
    let house = House::new();
    let scratch = tempfile::tempdir().unwrap();
    let temp = scratch.path().to_str().unwrap();
    let mut room = Terminal::with(&house, &["demo"], (80, 24), &[("TMPDIR", temp)]);
    room.shows("demo 60x");
    let pid = rustix::process::Pid::from_raw(room.child.process_id().unwrap().try_into().unwrap()).unwrap();
    rustix::process::kill_process(pid, rustix::process::Signal::TERM).unwrap();
    assert_eq!(room.ends().exit_code(), 143);
    assert!(std::fs::read_dir(scratch.path()).unwrap().next().is_none());
}

#[test]
fn what_a_killed_demo_left_is_swept_by_the_next() {
    let house = House::new();
    let scratch = tempfile::tempdir().unwrap();
    let temp = [("TMPDIR", scratch.path().to_str().unwrap())];
    let mut killed = Terminal::with(&house, &["demo"], (80, 24), &temp);
    killed.shows("demo 60x");
    killed.signal("-KILL");
    killed.child.wait().unwrap();
    let names = || -> Vec<String> {
        let found = std::fs::read_dir(scratch.path()).unwrap();
        let mut names: Vec<_> =
            found.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    };
    let left = names();
    assert_eq!(left.len(), 1, "{left:?}");
    let (process, _) = left[0].strip_prefix("warroom-demo-").unwrap().split_once('-').unwrap();
    // Another name, one that others may look into, one whose process runs, and a link: none of them was left by a killed demo.
    let folder = |name: &str, mode| {
        let path = scratch.path().join(name);
        std::fs::create_dir(&path).unwrap();
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    };
    let (open, runs) =
        (format!("warroom-demo-{process}-open"), format!("warroom-demo-{}-runs", std::process::id()));
    let (mine, link) = (format!("warroom-demo-{process}-my.own"), format!("warroom-demo-{process}-link"));
    for (name, mode) in [(&open, 0o755), (&runs, 0o700), (&mine, 0o700)] {
        folder(name, mode);
    }
    std::os::unix::fs::symlink(house.path(), scratch.path().join(&link)).unwrap();
    let mut next = Terminal::with(&house, &["demo"], (80, 24), &temp);
    next.shows("demo 60x");
    next.types(QUIT);
    assert_eq!(next.ends().exit_code(), 0);
    let mut kept = vec![open, runs, mine, link];
    kept.sort();
    assert_eq!(names(), kept);
}

#[test]
fn without_a_terminal_it_says_what_it_needs() {
    let output = House::new().run(&["demo"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("needs a terminal"));
}
