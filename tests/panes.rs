//! The panes say where one is: what a key acts on is seen, and so is what a list begins with.

use crossterm::event::KeyCode::{self, Esc, Tab, Up};

use crate::stage::Stage;

/// How many entries of a name are logged.
fn notes(stage: &mut Stage, name: &str, count: usize) {
    for nth in 1..=count {
        stage.logs(&format!("{name} {nth}"));
    }
}

fn keys(stage: &mut Stage, keys: &[KeyCode]) {
    for key in keys {
        stage.key(*key);
    }
}

/// The text of the entry that a key of the timeline would change.
fn selected(stage: &mut Stage) -> String {
    let before = stage.prompt_text();
    stage.key(KeyCode::Char('e'));
    let line = stage.prompt();
    let text = line.split_once(": ").map(|(_, text)| text.to_owned()).unwrap();
    stage.ctrl('c').types(&before).key(Tab);
    text
}

#[test]
fn the_timelines_keys_act_on_a_row_that_is_seen() {
    let mut stage = Stage::new(80, 24);
    notes(&mut stage, "early", 3);
    keys(&mut stage, &[Tab, Up, Esc]);
    notes(&mut stage, "note", 25);
    stage.draw();
    stage.key(Tab);
    assert_eq!(selected(&mut stage), "note 25", "the newest in view");
    // What is in view stays selected.
    keys(&mut stage, &[Up, Up, Esc, Tab]);
    assert_eq!(selected(&mut stage), "note 23");
    // One that belongs further up is shown there, and so is what is selected.
    stage.key(Esc).logs("-20m late");
    stage.shows("late");
    stage.key(Tab);
    let seen = selected(&mut stage);
    stage.shows(&seen);
    assert!(seen.starts_with("note ") && seen != "note 23", "{seen}");
}

/// A pane that hides the timeline changes nothing about what is in view there.
#[test]
fn where_one_pane_is_shown_the_row_that_was_left_is_selected_again() {
    let mut stage = Stage::new(60, 20);
    notes(&mut stage, "note", 25);
    stage.draw();
    keys(&mut stage, &[Tab, Up, Up]);
    for _ in 0..4 {
        stage.key(Tab).draw();
    }
    assert_eq!(selected(&mut stage), "note 23");
}

#[test]
fn what_others_log_leaves_the_selected_row_in_view() {
    let mut stage = Stage::new(80, 24);
    notes(&mut stage, "note", 5);
    stage.until("saved 5");
    keys(&mut stage, &[Tab, Up]);
    let mut other = crate::stage::session(stage.house.path(), Some(&stage.folder), &stage.clock);
    for nth in 1..=30 {
        let line = warroom::grammar::read(&format!("theirs {nth}"), &other.desk()).unwrap();
        let warroom::grammar::Line::Change(change) = line else { panic!("no change") };
        other.commit(*change).unwrap();
    }
    other.finish().unwrap();
    stage.until("later ▼");
    stage.shows("note 4");
    assert_eq!(selected(&mut stage), "note 4");
}

/// Suspicions of some rows each, the last of them tested.
fn suspicious(columns: u16, rows: u16) -> Stage {
    let mut stage = Stage::new(columns, rows);
    for nth in 1..=12 {
        stage.logs(&format!("?part {nth}: a reason that takes more than one row beside the timeline"));
    }
    stage.logs("/test part 12: count the rows for:15m");
    stage.draw();
    stage
}

/// The rows of the pane of the hypotheses, where it is beside the timeline: its title first.
fn hypotheses(stage: &mut Stage) -> Vec<String> {
    let shown = stage.draw();
    let beside = |row: &str| row.split_once(['┌', '│']).map(|(_, beside)| beside.to_owned());
    let rows: Vec<String> = shown.lines().filter_map(beside).collect();
    let end = rows.iter().position(|row| row.contains("Actions")).unwrap();
    rows[..end].to_vec()
}

#[test]
fn without_the_focus_the_hypotheses_begin_with_the_running_test() {
    let mut stage = suspicious(80, 24);
    let first = hypotheses(&mut stage);
    assert!(first[0].contains(" ▼ ") && !first[0].contains('▲'), "{first:#?}");
    keys(&mut stage, &[Tab, Tab, KeyCode::Char('G')]);
    let last = hypotheses(&mut stage);
    assert!(last[0].contains(" ▲ ") && !last[0].contains('▼'), "{last:#?}");
    let named = |rows: &[String]| rows.iter().skip(1).position(|row| row.contains("part "));
    assert_eq!(named(&last), named(&first), "no detail stands before the first name: {last:#?}");
    stage.key(Esc);
    assert_eq!(hypotheses(&mut stage), first);
}

#[test]
fn what_is_said_for_information_makes_way_for_the_keys_of_a_pane() {
    let mut stage = Stage::new(80, 24).with_an_outage();
    keys(&mut stage, &[Tab, Tab, KeyCode::Char('e')]);
    stage.shows("entry 1 of ");
    stage.key(Up).hides("entry 1 of ");
    stage.shows("keys: ");
    keys(&mut stage, &[Esc]);
    // What is wrong with the line stays until that changes.
    stage.logs("/tset x").key(Tab).shows("/tset is no command");
}

#[test]
fn who_has_it_open_too_is_said_until_a_key_moves() {
    let mut stage = Stage::new(80, 24);
    let other = crate::stage::session(stage.house.path(), Some(&stage.folder), &stage.clock);
    stage.until("open, too");
    stage.key(Tab).hides("open, too");
    stage.shows("keys: ");
    other.finish().unwrap();
}
