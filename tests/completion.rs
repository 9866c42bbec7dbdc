//! What is offered for the line: the palette, subjects, people, tags; how it is chosen and taken; and how few keys it takes.

use crossterm::event::{KeyCode, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use warroom::tui::{Effect, Msg};

use crate::stage::Stage;

fn stage() -> Stage {
    Stage::new(100, 30).with_an_outage()
}

#[test]
fn the_palette_lists_every_command_with_its_help() {
    let mut stage = Stage::new(120, 120);
    stage.types("/");
    for command in warroom::grammar::table::COMMANDS {
        stage.shows(&format!("/{} ", command.name));
    }
    stage.shows("rule a hypothesis out, with the reason");
    stage.types("rul");
    stage.shows("▸ /out");
    stage.hides("/task");
    stage.shows("for example: /out 08:50 database: pool is idle");
}

#[test]
fn the_palette_closes_behind_the_name_and_for_what_is_no_command() {
    let mut stage = stage();
    stage.types("/var/log is full");
    stage.hides("commands ·");
    stage.shows("/var/log is no command");
    stage.key(KeyCode::Enter).key(KeyCode::Enter);
    assert_eq!(stage.prompt_text(), "");
    stage.shows("/var/log is full");
}

#[test]
fn tab_writes_the_first_and_down_chooses_others() {
    let mut stage = stage();
    stage.types("/ou").key(KeyCode::Tab);
    assert_eq!(stage.prompt(), "/out");
    stage.shows("▸ quota service");
    // The mark is where one is: Down goes to the next.
    stage.key(KeyCode::Down).shows("▸ object store");
    stage.key(KeyCode::Tab);
    assert_eq!(stage.prompt(), "/out object store:");
    stage.types("its latency is low");
    assert_eq!(stage.prompt(), "/out object store: its latency is low");
}

#[test]
fn enter_takes_what_was_chosen_and_otherwise_sends_the_line() {
    let mut stage = stage();
    stage.types("/hel").key(KeyCode::Enter);
    stage.shows("/hel is no command");
    stage.shows("Tab writes /help; \\ before it makes it text; Enter again logs it as it stands");
    assert_eq!(stage.prompt(), "/hel");
    stage.key(KeyCode::Down).key(KeyCode::Up).key(KeyCode::Enter);
    stage.shows("What you type is logged");
    stage.key(KeyCode::Esc).types("/sta").key(KeyCode::Down).key(KeyCode::Up).key(KeyCode::Enter);
    assert_eq!(stage.prompt(), "/status");
}

#[test]
fn people_and_tags_are_completed_where_they_are_written() {
    let mut stage = stage();
    stage.types("ask @om").key(KeyCode::Tab).types("about #al").key(KeyCode::Tab);
    assert_eq!(stage.prompt(), "ask @omar about #alert");
    // A mark that is whole has nothing left to complete: Tab goes to the next pane.
    stage.ctrl('u').types("ask @omar").key(KeyCode::Tab);
    stage.shows("▸ Timeline");
}

#[test]
fn an_untouched_recalled_line_offers_nothing_and_keys_recall_on() {
    let mut stage = stage();
    stage.logs("ask @om").types("second @in");
    stage.shows("fits here");
    stage.key(KeyCode::Esc);
    stage.hides("fits here");
    assert_eq!(stage.prompt(), "second @in");
    stage.ctrl('u').key(KeyCode::Up);
    assert_eq!(stage.prompt(), "ask @om");
    stage.hides("fits here");
    stage.key(KeyCode::Up);
    assert_eq!(stage.prompt(), "/status monitoring");
    stage.types("x").key(KeyCode::Backspace);
    stage.hides("▸ monitoring");
    stage.key(KeyCode::Backspace);
    stage.shows("▸ monitoring");
}

#[test]
fn a_mistyped_subject_is_mended_by_tab() {
    let mut stage = stage();
    stage.types("/out qutoa service: limits are fine");
    stage.shows("NEW 'qutoa service' · Tab: quota service");
    stage.key(KeyCode::Tab);
    assert_eq!(stage.prompt(), "/out quota service: limits are fine");
    stage.shows("hypothesis \"quota service\" ruled out");
    stage.ctrl('u').types("/for obejct store: slow");
    stage.shows("Tab: object store");
    stage.key(KeyCode::Tab);
    assert_eq!(stage.prompt(), "/for object store: slow");
}

#[test]
fn entries_actions_and_words_are_offered_by_what_they_say() {
    let mut stage = stage();
    stage.types("/star default").key(KeyCode::Tab);
    assert!(stage.prompt().starts_with("/star "));
    stage.shows("→ entry \"default limit is back, uploads work aga…\" no longer starred ★");
    stage.ctrl('u').types("/done ");
    stage.shows("▸ 1  Alert on upload errors by age");
    stage.ctrl('u').types("/tz new_y").key(KeyCode::Tab);
    assert_eq!(stage.prompt(), "/tz America/New_York");
    stage.ctrl('u').types("/role scr").key(KeyCode::Tab);
    stage.types("in").key(KeyCode::Tab);
    assert_eq!(stage.prompt(), "/role scribe @ines");
}

#[test]
fn the_parts_of_a_line_are_told_apart_before_it_is_sent() {
    let mut stage = Stage::new(80, 24);
    stage.types("-5m DB team says #db is fine @maria");
    insta::assert_snapshot!(stage.styled());
    stage.ctrl('u').types("/sev high").key(KeyCode::Enter);
    insta::assert_snapshot!("a part that is not understood is marked", stage.styled());
}

/// The keys that were pressed until the line was whole, Enter left out.
fn keys(stage: &mut Stage, keys: &[KeyCode]) -> usize {
    for key in keys {
        stage.key(*key);
    }
    keys.len()
}

#[test]
fn what_is_done_most_takes_the_fewest_keys() {
    use KeyCode::{Char, Enter, Tab};
    let mut stage = Stage::new(100, 30);
    // An entry is its text, and Enter.
    stage.logs("checkout is slow");
    stage.until("● saved 1");
    // A hypothesis is one key, its subject, and Enter.
    let raised = keys(&mut stage, &[Char('?')]);
    stage.types("database").key(Enter);
    stage.until("● saved 2");
    assert_eq!(raised, 1);
    stage.shows("○ database");
    // Ruling it out: four keys at most, from the prompt, then the reason, and Enter.
    let by_pane = keys(&mut stage, &[Tab, Tab, Char('x')]);
    assert_eq!((by_pane, stage.prompt().as_str()), (3, "/out database:"));
    stage.ctrl('u');
    let by_name = keys(&mut stage, &[Char('/'), Char('o'), Tab, Tab]);
    assert!(by_name <= 4);
    assert_eq!(stage.prompt(), "/out database:");
    stage.types("its pool is idle").key(Enter);
    stage.until("● saved 3");
    stage.shows("✗ database ruled out: its pool is idle");
    // Five minutes earlier: four keys before the text.
    let earlier = keys(&mut stage, &[Char('-'), Char('5'), Char('m'), Char(' ')]);
    stage.types("first customer called");
    assert!(earlier <= 4);
    stage.shows("→ entry · 09:25 GMT");
}

fn click(stage: &mut Stage, column: u16, row: u16) {
    let kind = MouseEventKind::Down(MouseButton::Left);
    let event = MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE };
    let effect = stage.room.take(Msg::from(crossterm::event::Event::Mouse(event)));
    assert_eq!(effect, Effect::None);
}

/// The column and the row of a text on the screen.
fn place(stage: &mut Stage, text: &str) -> (u16, u16) {
    let shown = stage.draw();
    let (row, line) = shown.lines().enumerate().find(|(_, line)| line.contains(text)).unwrap();
    let column = line[..line.find(text).unwrap()].chars().count();
    (column.try_into().unwrap(), row.try_into().unwrap())
}

#[test]
fn a_click_selects_what_is_under_it_and_a_second_one_opens_it() {
    let mut stage = stage();
    let (column, row) = place(&mut stage, "✗ object store");
    click(&mut stage, column + 3, row);
    stage.shows("▸ Hypotheses");
    stage.key(KeyCode::Char('o'));
    assert_eq!(stage.prompt(), "/reopen object store:");
    stage.ctrl('u');
    stage.clock.go_on(10);
    let (column, row) = place(&mut stage, "alert: upload errors");
    click(&mut stage, column, row);
    stage.clock.go_on(10);
    click(&mut stage, column, row);
    stage.shows("▸ Timeline");
    click(&mut stage, column, row);
    stage.shows("┌ Entry");
    stage.shows("History");
}

#[test]
fn below_eighty_columns_a_click_on_a_tab_shows_its_pane() {
    let mut stage = Stage::new(60, 20).with_an_outage();
    let (column, row) = place(&mut stage, "Actions 2");
    click(&mut stage, column, row);
    stage.shows("[ ] 1 Alert on upload errors");
}
