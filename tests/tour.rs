//! `warroom demo --tour`: ten steps, each done by doing it and by nothing else.

use crossterm::event::KeyCode;
use warroom::tui::tour::{Glimpse, Step};

use crate::demo::empty;
use crate::stage::Stage;
use crate::support::House;
use crate::terminal::{QUIT, Terminal};

fn stage(columns: u16, rows: u16) -> Stage {
    empty(columns, rows, |room, clock| {
        clock.go_at(1);
        room.with_tour()
    })
}

/// Does what a step asks for, with the keys of a person.
fn does(stage: &mut Stage, step: Step) {
    match step {
        Step::Tell => stage.logs("customers wait 30 s to pay"),
        Step::TellLater => stage.logs("-5m first slow payment"),
        Step::Suspect => stage.logs("?database: slow since the deploy"),
        Step::RuleOut => stage.logs("/out database: its load is as always"),
        Step::Details => stage.key(KeyCode::Tab).key(KeyCode::Enter),
        Step::Undo => stage.key(KeyCode::Esc).key(KeyCode::Esc).logs("/undo"),
        Step::Milestone => stage.logs("/sev 2"),
        Step::Action => stage.logs("+ alert on slow payments @nora"),
        Step::Find => stage.key(KeyCode::F(3)).logs("slow"),
        Step::Report => stage.key(KeyCode::F(4)),
    };
}

#[test]
fn ten_steps_are_done_by_doing_them() {
    for (columns, rows) in [(80, 24), (50, 20)] {
        let mut stage = stage(columns, rows);
        insta::assert_snapshot!(format!("tour_first_{columns}"), stage.draw());
        for (nth, step) in Step::ALL.into_iter().enumerate() {
            stage.shows(&format!("▶ {}/10 ", nth + 1));
            stage.clock.go_on(20);
            does(&mut stage, step);
        }
        stage.shows("tour over");
        stage.key(KeyCode::Esc).key(KeyCode::Esc);
        insta::assert_snapshot!(format!("tour_last_{columns}"), stage.until("● saved 7"));
    }
}

#[test]
fn no_step_is_done_by_what_another_asks_for() {
    for (nth, wanted) in Step::ALL.into_iter().enumerate() {
        let mut stage = stage(80, 24);
        for _ in 0..nth {
            stage.key(KeyCode::F(9));
        }
        let progress = format!("▶ {}/10 ", nth + 1);
        for other in Step::ALL.into_iter().filter(|other| *other != wanted) {
            does(&mut stage, other);
            stage.shows(&progress);
        }
    }
}

#[test]
fn a_search_that_is_being_written_is_none_yet() {
    let mut stage = stage(80, 24);
    does(&mut stage, Step::Tell);
    for _ in 0..7 {
        stage.key(KeyCode::F(9));
    }
    stage.key(KeyCode::F(3)).types("pay");
    stage.shows("▶ 9/10 ");
    stage.key(KeyCode::Enter);
    stage.shows("▶ 10/10 ");
}

#[test]
fn taking_a_severity_back_says_no_other() {
    let none = Glimpse::default();
    let said = Glimpse { standing: (Some(2), none.standing.1), ..none };
    assert!(Step::Milestone.is_done(&none, &said));
    let undone = Glimpse { retractions: 1, ..none };
    assert!(!Step::Milestone.is_done(&said, &undone));
    assert!(Step::Undo.is_done(&said, &undone));
}

#[test]
fn a_key_that_the_room_does_not_use_skips_a_step() {
    let mut stage = stage(80, 24);
    for nth in 1..=10 {
        stage.shows(&format!("▶ {nth}/10 "));
        stage.shows("F9 skips");
        stage.key(KeyCode::F(9));
    }
    stage.shows("tour over");
    stage.key(KeyCode::F(9));
    stage.shows("tour over");
}

#[test]
fn nothing_of_the_tour_stays() {
    let house = House::new();
    let scratch = tempfile::tempdir().unwrap();
    let temp = scratch.path().to_str().unwrap();
    let mut room = Terminal::with(&house, &["demo", "--tour"], (80, 24), &[("TMPDIR", temp)]);
    room.shows("1/10 ");
    room.types("seen by hand\r");
    room.shows("2/10 ");
    room.types("/export\r");
    room.shows("the report is in");
    room.types(QUIT);
    assert_eq!(room.ends().exit_code(), 0);
    for folder in [scratch.path(), house.path()] {
        assert!(std::fs::read_dir(folder).unwrap().next().is_none());
    }
}
