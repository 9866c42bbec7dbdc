//! The room without its terminal: keys in, screen out.

use std::path::PathBuf;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use proptest::prelude::*;
use ratatui::backend::{Backend as _, TestBackend};
use ratatui::layout::Position;
use ratatui::style::Modifier;
use tempfile::TempDir;
use warroom::grammar::table::COMMANDS;
use warroom::log::{Change, List};
use warroom::settings::theme::{THEMES, Theme};
use warroom::tui::keymap::{BINDINGS, Keymap};
use warroom::tui::{Depth, Effect, Look, Msg, Room, Screen};

use super::stage::{Stage, look, session, text_of};

#[test]
fn the_room_in_three_sizes_and_three_themes() {
    for (columns, rows) in [(80, 24), (120, 40), (50, 20)] {
        for (theme, text) in THEMES {
            let look = Look::new(&Theme::read(text).unwrap(), Depth::True);
            let mut stage = Stage::looking(columns, rows, look).with_an_outage();
            stage.types("/out databse: idle");
            insta::assert_snapshot!(format!("{columns}x{rows} {theme}"), stage.styled());
        }
    }
}

#[test]
fn an_empty_room_teaches() {
    let mut stage = Stage::new(80, 24);
    insta::assert_snapshot!(stage.draw());
}

#[test]
fn a_line_that_is_not_understood_stays_with_its_reason() {
    let mut stage = Stage::new(80, 24);
    stage.logs("/sev high");
    assert_eq!(stage.prompt(), "/sev high");
    stage.shows("✗ ");
    stage.shows("● saved 0");
    let prompt = stage.text().lines().position(|row| row.starts_with("› /sev")).unwrap();
    let cell = &stage.screen.backend().buffer()[(7, u16::try_from(prompt).unwrap())];
    assert_eq!(cell.symbol(), "h");
    assert!(cell.modifier.contains(Modifier::UNDERLINED), "the wrong part is underlined");
    stage.types("x");
    stage.hides("✗ ");
}

#[test]
fn a_second_enter_logs_what_looked_like_a_command() {
    let mut stage = Stage::new(80, 24);
    stage.logs("/var/log is full");
    assert_eq!(stage.prompt(), "/var/log is full");
    stage.key(KeyCode::Enter);
    stage.until("● saved 1");
    stage.shows("· /var/log is full");
    assert_eq!(stage.prompt_text(), "");
}

#[test]
fn a_second_enter_on_a_changed_line_logs_nothing() {
    let mut stage = Stage::new(80, 24);
    stage.logs("/vax").types("y").key(KeyCode::Enter);
    assert_eq!(stage.prompt(), "/vaxy");
    stage.logs("z");
    assert_eq!(stage.prompt(), "/vaxyz");
    stage.ctrl('c').logs("/sev high").key(KeyCode::Enter);
    stage.shows("● saved 0");
}

#[test]
fn every_pane_key_writes_its_line_and_changes_nothing() {
    let mut stage = Stage::new(120, 40).with_an_outage();
    let cases: &[(usize, &[KeyCode], char, &str)] = &[
        (1, &[], 'u', "/undo"),
        (1, &[], 'U', "/redo"),
        (1, &[KeyCode::Up], '-', "/strike "),
        (2, &[], 'n', "/suspect"),
        (2, &[], '?', "/suspect"),
        (2, &[], 't', "/test quota service:"),
        (2, &[], 'x', "/out quota service:"),
        (2, &[], 'c', "/confirm quota service:"),
        (2, &[], 'p', "/park quota service:"),
        (2, &[KeyCode::Down], 'o', "/reopen object store:"),
        (2, &[KeyCode::Char('G')], 'w', "/worse object store:"),
        (3, &[], 'n', "+"),
        (3, &[], 'd', "/done 1"),
        (3, &[KeyCode::Char('j')], 'D', "/drop 2:"),
    ];
    for (tabs, moves, key, line) in cases {
        stage.types("half a line");
        for _ in 0..*tabs {
            stage.key(KeyCode::Tab);
        }
        for code in *moves {
            stage.key(*code);
        }
        stage.key(KeyCode::Char(*key));
        let prompt = stage.prompt();
        assert!(prompt.starts_with(line), "{key}: {prompt}");
        stage.shows("● saved 16");
        stage.key(KeyCode::Up);
        assert_eq!(stage.prompt(), "half a line", "what was there is one line of before");
        stage.key(KeyCode::Down).ctrl('c').ctrl('c');
        stage.key(KeyCode::Esc);
    }
}

/// A subject can be typed at once; what is not written to its end logs nothing.
#[test]
fn a_new_hypothesis_is_raised_from_its_pane() {
    let mut stage = Stage::new(80, 24);
    stage.key(KeyCode::Tab).key(KeyCode::Tab).types("n").key(KeyCode::Enter);
    stage.shows("● saved 0");
    stage.types(" database: slow").key(KeyCode::Enter).until("● saved 1");
    stage.shows("○ database");
    assert_eq!(stage.prompt_text(), "");
}

#[test]
fn the_timelines_keys_name_the_entry_by_its_handle() {
    let mut stage = Stage::new(120, 40);
    stage.logs("pods restart").logs("all is calm").until("● saved 2");
    stage.key(KeyCode::Tab).key(KeyCode::Char('k')).types("e");
    let line = stage.prompt();
    assert!(line.starts_with("/edit ") && line.ends_with(": pods restart"), "{line}");
    stage.logs(" again").until("● saved 3");
    stage.shows("pods restart again");
    stage.key(KeyCode::Tab).key(KeyCode::Home).types("T");
    assert!(stage.prompt().ends_with(" 09:30"), "what it is now stands there: {}", stage.prompt());
    for _ in "09:30".chars() {
        stage.key(KeyCode::Backspace);
    }
    stage.logs("09:20").until("● saved 4");
    stage.shows("09:20 · pods restart again");
    stage.key(KeyCode::Tab).key(KeyCode::Char('g')).types("s").key(KeyCode::Enter).until("● saved 5");
    stage.shows("★ pods restart again");
    stage.key(KeyCode::Tab).key(KeyCode::Char('g')).types("s");
    assert!(stage.prompt().ends_with(" -"), "a star is taken off");
    stage.key(KeyCode::Enter).until("● saved 6");
    stage.hides("★ pods restart again");
    stage.key(KeyCode::Tab).key(KeyCode::Char('G')).types("-").key(KeyCode::Enter).until("● saved 7");
    stage.shows("✗ all is calm");
}

#[test]
fn the_help_lists_every_command_and_every_key() {
    let mut stage = Stage::new(200, 400);
    stage.key(KeyCode::F(1));
    let help = stage.draw();
    for command in COMMANDS {
        assert!(help.contains(&format!("/{} ", command.name)), "/{}", command.name);
        assert!(help.contains(command.help), "/{}", command.name);
    }
    for binding in BINDINGS {
        assert!(help.contains(binding.keys) && help.contains(binding.help), "{}", binding.keys);
    }
    stage.key(KeyCode::Esc);
    stage.hides("Keys anywhere");
}

#[test]
fn typing_while_the_help_is_open_goes_on_in_the_prompt() {
    let mut stage = Stage::new(80, 24);
    stage.logs("/help").logs("jobs queue up, quickly");
    stage.until("● saved 1");
    stage.shows("· jobs queue up, quickly");
}

#[test]
fn control_characters_never_reach_the_screen() {
    let mut stage = Stage::new(80, 24);
    let hostile = "a\u{1b}[2Jb\u{7}c\u{9b}31md\u{202e}e\u{0}f\u{85}g";
    stage.room.take(Msg::Paste(hostile.into()));
    let clean = |stage: &Stage| {
        let cells = &stage.screen.backend().buffer().content;
        assert!(cells.iter().all(|cell| !cell.symbol().chars().any(|c| c.is_control() || c == '\u{202e}')));
    };
    stage.draw();
    clean(&stage);
    stage.key(KeyCode::Enter);
    stage
        .logs(&format!("?{hostile}: {hostile}"))
        .logs(&format!("+ {hostile} @{hostile}"))
        .logs(&format!("/title {hostile}"));
    stage.logs(&format!("/var{hostile}"));
    for code in [KeyCode::F(1), KeyCode::Esc, KeyCode::F(4), KeyCode::Esc, KeyCode::Tab, KeyCode::Tab] {
        stage.key(code).draw();
        clean(&stage);
    }
    stage.key(KeyCode::Esc).ctrl('c').logs("/handoff").draw();
    clean(&stage);
    stage.shows("␛[2J");
}

#[test]
fn the_key_that_opens_something_closes_it_again() {
    let mut stage = Stage::new(80, 24).with_an_outage();
    let below = stage.draw();
    for (code, title) in
        [(KeyCode::F(1), "┌ Help ·"), (KeyCode::F(2), "┌ Phases ·"), (KeyCode::F(4), "┌ Report ·")]
    {
        stage.key(code).shows(title);
        stage.key(code).hides(title);
        assert_eq!(stage.text(), below);
    }
    // What another key opens takes its place.
    stage.key(KeyCode::F(2)).key(KeyCode::F(1)).shows("┌ Help ·");
}

#[test]
fn a_paste_never_commits() {
    let mut stage = Stage::new(80, 24);
    stage.room.take(Msg::Paste("first\rsecond\r\nthird\n".into()));
    stage.shows("● saved 0");
    let shown = stage.draw();
    assert!(shown.contains("› first\n  second\n  third"), "{shown}");
    stage.key(KeyCode::Enter);
    stage.until("● saved 1");
}

#[test]
fn keys_at_once_are_all_kept_in_order() {
    let mut stage = Stage::new(80, 24);
    for n in 0..200 {
        stage.logs(&format!("line {n:03}"));
    }
    let shown = stage.until("● saved 200");
    let seen: Vec<&str> =
        shown.lines().filter_map(|row| row.find("· line ").map(|at| &row[at + "· ".len()..][..8])).collect();
    assert_eq!(seen.last(), Some(&"line 199"));
    assert!(seen.is_sorted() && seen.len() > 10, "{seen:?}");
}

#[test]
fn a_new_line_is_no_enter() {
    let mut stage = Stage::new(80, 24);
    stage.types("one").ctrl('j').types("two").press(KeyCode::Enter, KeyModifiers::ALT);
    stage.types("three").key(KeyCode::Enter);
    stage.until("● saved 1");
    stage.shows("· one");
    stage.shows("two");
}

#[test]
fn the_prompt_edits_as_a_shell_does() {
    let mut stage = Stage::new(80, 24);
    stage.types("two three").ctrl('a').types("one ").ctrl('e').ctrl('w').ctrl('y').ctrl('b').types("-");
    assert_eq!(stage.prompt(), "one two thre-e");
    stage.press(KeyCode::Char('b'), KeyModifiers::ALT);
    stage.press(KeyCode::Char('b'), KeyModifiers::ALT);
    stage.ctrl('k').ctrl('u').ctrl('y');
    assert!(stage.prompt().starts_with("one "), "{}", stage.prompt());
    stage.ctrl('c');
    assert_eq!(stage.prompt_text(), "");
    stage.ctrl('c').shows("Ctrl-Q quits");
    stage.key(KeyCode::Up);
    assert!(stage.prompt().starts_with("one "));
    stage.key(KeyCode::Esc);
    assert!(stage.prompt().starts_with("one "), "Esc clears nothing");
}

#[test]
fn the_cursor_stands_behind_wide_characters() {
    let mut stage = Stage::new(80, 24);
    stage.types("日本").draw();
    let row = u16::try_from(stage.text().lines().position(|row| row.starts_with("› ")).unwrap()).unwrap();
    assert_eq!(stage.screen.backend_mut().get_cursor_position().unwrap(), Position::new(6, row));
    stage.key(KeyCode::Left).draw();
    assert_eq!(stage.screen.backend_mut().get_cursor_position().unwrap(), Position::new(4, row));
}

#[test]
fn a_long_line_grows_to_six_rows_and_keeps_the_cursor_in_view() {
    let mut stage = Stage::new(80, 24);
    stage.types(&"word ".repeat(200)).types("Z");
    let shown = stage.draw();
    assert!(shown.contains("Z\n"), "{shown}");
    let rule = shown.lines().position(|row| row.contains("as alice")).unwrap();
    assert_eq!(shown.lines().count() - rule, 1 + 6 + 1 + 1);
    stage.key(KeyCode::Enter);
    assert_eq!(stage.prompt_text(), "");
}

#[test]
fn finding_shows_only_what_was_asked_for() {
    let mut stage = Stage::new(80, 24).with_an_outage();
    stage.logs("/find CUSTOMER");
    stage.shows("first customer");
    stage.hides("· alert:");
    stage.key(KeyCode::Esc).shows("· alert:");
    stage.logs("/find customer").logs("something else").until("● saved 17");
    stage.shows("· something else");
}

#[test]
fn the_timeline_scrolls_and_comes_back() {
    let mut stage = Stage::new(80, 24);
    for n in 0..60 {
        stage.logs(&format!("entry {n:02}"));
    }
    stage.until("● saved 60");
    stage.shows("entry 59");
    stage.key(KeyCode::PageUp).hides("entry 59");
    stage.shows("later ▼");
    for _ in 0..9 {
        stage.key(KeyCode::PageUp);
    }
    stage.shows("entry 00");
    for _ in 0..9 {
        stage.key(KeyCode::PageDown);
    }
    stage.shows("entry 59");
    stage.hides("later ▼");
    stage.key(KeyCode::Tab).key(KeyCode::Home).shows("entry 00");
    stage.key(KeyCode::End).shows("entry 59");
    stage.key(KeyCode::PageUp).key(KeyCode::Esc).logs("2025-03-04 09:00 the oldest").until("● saved 61");
    stage.shows("the oldest");
    stage.logs("the newest").until("● saved 62");
    stage.shows("the newest");
}

#[test]
fn the_report_is_written_beside_others_never_over_them() {
    let mut stage = Stage::new(120, 24);
    let name = |n: &str| stage_path(&stage.house, &format!("2025-03-04-uploads-fail-for-new-accounts{n}.md"));
    let (first, second) = (name(""), name("-2"));
    stage.logs("/export").shows("the report is in ");
    assert!(first.exists());
    stage.logs("/title Uploads fail").logs("/export").draw();
    assert!(!second.exists(), "what this room wrote is written anew");
    std::fs::write(&first, "somebody else's").unwrap();
    stage.logs("/export").draw();
    assert_eq!(std::fs::read_to_string(&first).unwrap(), "somebody else's");
    assert!(second.exists());
}

#[test]
fn the_report_names_those_that_only_name_this_incident() {
    let mut stage = Stage::new(120, 24);
    let mut other = crate::stage::session(stage.house.path(), None, &stage.clock);
    let id = other.incident().id.as_typed().to_owned();
    let own = stage.folder.file_name().unwrap().to_str().unwrap().to_owned();
    other.commit(Change::ItemAdded { list: List::Related, text: own.as_str().into() }).unwrap();
    other.finish().unwrap();
    stage.logs("/export").shows("the report is in ");
    let report = std::fs::read_to_string(stage_path(&stage.house, &format!("{own}.md"))).unwrap();
    assert!(report.contains(&id), "{id} in {report}");
}

fn stage_path(house: &TempDir, name: &str) -> PathBuf {
    house.path().join(name)
}

#[test]
fn leaving_suspending_and_copying_are_the_runtimes() {
    let mut stage = Stage::new(80, 24);
    stage.logs("/quit");
    assert_eq!(stage.last, Effect::Quit);
    stage.logs("/copy");
    assert!(matches!(&stage.last, Effect::Copy { text, .. } if text.contains("Uploads fail")));
    for (key, effect) in [('q', Effect::Quit), ('z', Effect::Suspend), ('l', Effect::Redraw)] {
        stage.ctrl(key);
        assert_eq!(stage.last, effect);
    }
}

#[test]
fn the_line_not_sent_comes_back_next_time() {
    let mut stage = Stage::new(80, 24);
    stage.types("half a thought").draw();
    let Stage { room, clock, folder, house, .. } = stage;
    room.leave().unwrap();
    let again = session(house.path(), Some(&folder), &clock);
    let room = Room::new(again, house.path(), look(Depth::None), Keymap::default());
    let screen = Screen::new(TestBackend::new(80, 24)).unwrap();
    let mut stage = Stage { room, screen, clock, folder, house, last: Effect::None };
    assert_eq!(stage.prompt_text(), "");
    stage.key(KeyCode::Up);
    assert_eq!(stage.prompt(), "half a thought");
}

#[test]
fn without_colours_there_are_none() {
    let mut stage = Stage::new(80, 24).with_an_outage();
    let Stage { room, clock, folder, house, .. } = stage;
    room.leave().unwrap();
    let again = session(house.path(), Some(&folder), &clock);
    let room = Room::new(again, house.path(), look(Depth::None), Keymap::default());
    let screen = Screen::new(TestBackend::new(80, 24)).unwrap();
    stage = Stage { room, screen, clock, folder, house, last: Effect::None };
    stage.logs("/sev high").draw();
    let plain = |cell: &ratatui::buffer::Cell| {
        (cell.fg, cell.bg) == (ratatui::style::Color::Reset, ratatui::style::Color::Reset)
    };
    assert!(stage.screen.backend().buffer().content.iter().all(plain));
}

fn any_key() -> impl Strategy<Value = Msg> {
    let code = prop_oneof![
        any::<char>().prop_map(KeyCode::Char),
        "[ -~]".prop_map(|c| KeyCode::Char(c.chars().next().unwrap_or(' '))),
        (1..=12u8).prop_map(KeyCode::F),
        proptest::sample::select(vec![
            KeyCode::Enter,
            KeyCode::Esc,
            KeyCode::Tab,
            KeyCode::BackTab,
            KeyCode::Up,
            KeyCode::Down,
            KeyCode::Left,
            KeyCode::Right,
            KeyCode::Home,
            KeyCode::End,
            KeyCode::PageUp,
            KeyCode::PageDown,
            KeyCode::Backspace,
            KeyCode::Delete,
        ]),
    ];
    let held = proptest::sample::select(vec![
        KeyModifiers::NONE,
        KeyModifiers::NONE,
        KeyModifiers::CONTROL,
        KeyModifiers::ALT,
        KeyModifiers::SHIFT,
    ]);
    let place = (0..130u16, 0..50u16).prop_map(|(x, y)| Position::new(x, y));
    prop_oneof![
        8 => (code, held).prop_map(|(code, held)| Msg::Key(KeyEvent::new(code, held))),
        1 => "\\PC{0,40}".prop_map(Msg::Paste),
        1 => (any::<bool>(), place.clone()).prop_map(|(up, at)| Msg::Wheel { up, at }),
        1 => place.prop_map(Msg::Click),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn no_size_and_no_key_breaks_the_room(
        steps in proptest::collection::vec((any_key(), 0..120u16, 0..45u16), 1..60),
        filled in any::<bool>(),
    ) {
        let mut stage = Stage::new(80, 24);
        if filled {
            stage = stage.with_an_outage();
        }
        for (msg, columns, rows) in steps {
            stage.room.take(msg);
            stage.screen.backend_mut().resize(columns, rows);
            stage.draw();
        }
    }
}

fn is_ascii(msg: &Msg) -> bool {
    match msg {
        Msg::Paste(text) => text.is_ascii(),
        Msg::Key(KeyEvent { code: KeyCode::Char(char), .. }) => char.is_ascii(),
        _ => true,
    }
}

/// A key that moves about in the panes.
fn moving() -> impl Strategy<Value = Msg> {
    let keys = [
        KeyCode::Tab,
        KeyCode::BackTab,
        KeyCode::Up,
        KeyCode::Down,
        KeyCode::Home,
        KeyCode::PageUp,
        KeyCode::Esc,
    ];
    proptest::sample::select(keys.to_vec()).prop_map(|code| Msg::Key(KeyEvent::new(code, KeyModifiers::NONE)))
}

/// Without wide characters: what lies below their second half is never seen, but this screen has it.
fn step() -> impl Strategy<Value = Msg> {
    prop_oneof![any_key().prop_filter("a wide character", is_ascii), moving()]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]

    /// Parts of the screen that nothing has changed stay as they were drawn.
    #[test]
    fn what_is_drawn_in_parts_is_what_is_drawn_from_scratch(
        steps in proptest::collection::vec((step(), 0..90i64), 1..40),
        (columns, rows) in (20..130u16, 8..45u16),
    ) {
        let mut stage = Stage::new(columns, rows).with_an_outage();
        for (msg, seconds) in steps {
            stage.room.take(msg);
            stage.clock.go_on(seconds);
            stage.draw();
            let Stage { room, screen, .. } = &mut stage;
            let mut blank = Screen::new(TestBackend::new(columns, rows)).unwrap();
            blank.draw(|canvas| room.draw(canvas)).unwrap();
            // How a row came to the screen is no matter.
            let seen = |screen: &Screen<TestBackend>| {
                let cells = screen.backend().buffer().content.iter();
                let cells = cells.map(|cell| (cell.symbol().to_owned(), cell.style())).collect::<Vec<_>>();
                cells.chunks(columns.into()).map(<[_]>::to_vec).collect::<Vec<_>>()
            };
            let (drawn, whole) = (seen(screen), seen(&blank));
            let differs = drawn.iter().zip(&whole).position(|(one, other)| one != other);
            prop_assert!(differs.is_none(), "row {differs:?} of:\n{}\nand of:\n{}", text_of(screen), text_of(&blank));
        }
    }
}

#[test]
fn the_smallest_screens_do_no_harm() {
    let mut stage = Stage::new(80, 24).with_an_outage();
    stage.types(&"日本語 text ".repeat(30));
    for overlay in [false, true] {
        for columns in 0..14 {
            for rows in 0..14 {
                stage.screen.backend_mut().resize(columns, rows);
                stage.draw();
                stage.key(KeyCode::PageUp).key(KeyCode::PageDown).draw();
            }
        }
        if !overlay {
            stage.key(KeyCode::F(1));
        }
    }
    stage.key(KeyCode::Esc).screen.backend_mut().resize(40, 12);
    stage.shows("Timeline");
    stage.shows("● saved 16");
}

#[test]
fn esc_and_a_character_soon_after_it_are_two_keys() {
    let mut stage = Stage::new(100, 30).with_an_outage();
    stage.key(KeyCode::Tab);
    // As terminals send it where both come in one piece.
    stage.press(KeyCode::Char('/'), KeyModifiers::ALT);
    stage.types("exp");
    assert_eq!(stage.prompt(), "/exp");
    stage.press(KeyCode::Char('O'), KeyModifiers::ALT.union(KeyModifiers::SHIFT));
    assert_eq!(stage.prompt(), "/expO");
}

#[test]
fn what_has_a_verdict_is_not_selected_when_its_pane_is_entered_again() {
    let mut stage = Stage::new(100, 30);
    stage.logs("?database").key(KeyCode::Tab).key(KeyCode::Tab).types("x");
    assert_eq!(stage.prompt(), "/out database:");
    stage.logs("its pool is idle").logs("?network").key(KeyCode::Tab).key(KeyCode::Tab).types("x");
    assert_eq!(stage.prompt(), "/out network:");
}

#[test]
fn wide_and_joined_characters_push_nothing_out_of_line() {
    let mut stage = Stage::new(100, 30);
    let texts = [
        "決済が遅い、ロードバランサが一台だけ熱い、全部のトラフィックがそこへ行くので再起動を待つ",
        "family 👨‍👩‍👧‍👦 flag 🇩🇪 skin 👍🏽 all one cluster each, and on they go until the row is full 👨‍👩‍👧‍👦 again",
        "e\u{301}a\u{308}o\u{302} combining marks \u{1F525}\u{FE0F} and العربية text, too, wrapped like all others are",
        "?база: пул исчерпан 数据库",
        "+ 監視を足す @omar p1",
    ];
    for text in texts {
        stage.logs(text);
    }
    stage.until("● saved 5");
    // In cells, not in characters: the line between the panes stands in one column on all rows.
    let buffer = stage.screen.backend().buffer().clone();
    let columns: Vec<Vec<u16>> = (1..25)
        .map(|row| (0..100).filter(|column| matches!(buffer[(*column, row)].symbol(), "│" | "┌")).collect())
        .collect();
    assert!(columns.iter().all(|found| *found == [60]), "{columns:?}");
    stage.shows("決済が遅い");
    stage.shows("👨‍👩‍👧‍👦");
}

#[test]
fn each_day_has_its_row() {
    let mut stage = Stage::new(100, 30);
    for line in ["2025-03-01 23:50 the batch began", "2025-03-02 00:10 still at it", "and today"] {
        stage.logs(line);
    }
    let shown = stage.until("● saved 3");
    let rows: Vec<&str> = shown.lines().map(|row| row.split('│').next().unwrap().trim_end()).collect();
    let at = |text: &str| rows.iter().position(|row| row.contains(text)).unwrap();
    assert!(at("── Sat 2025-03-01 ──") + 1 == at("the batch began"));
    assert!(at("── Sun 2025-03-02 ──") + 1 == at("still at it"));
    assert!(at("── Tue 2025-03-04 ──") + 1 == at("and today"));
}

#[test]
fn a_letter_that_no_key_is_bound_to_is_typed_into_the_prompt() {
    let mut stage = Stage::new(100, 30).with_an_outage();
    stage.key(KeyCode::Tab).types("rolled back");
    assert_eq!(stage.prompt(), "rolled back");
    // Esc and Ctrl-U in one piece.
    stage.press(KeyCode::Char('u'), KeyModifiers::CONTROL.union(KeyModifiers::ALT));
    assert_eq!(stage.prompt_text(), "");
}

/// A command behind a time is text: that is said before and after, and a path is no command.
#[test]
fn a_command_behind_a_time_is_text_and_that_is_said() {
    let mut stage = Stage::new(120, 40);
    stage.types("-5m /out database: idle").shows("as text; a command starts the line: /out TIME …");
    stage
        .key(KeyCode::Enter)
        .shows("logged as text; a command starts the line: /out TIME …; /undo takes it back");
    stage.types("-5m ?database").shows("as text; a hypothesis starts the line: /suspect TIME SUBJECT: WHY");
    stage.ctrl('c');
    stage.types("-5m /title Shop").shows("a command starts the line: /title …");
    stage.ctrl('c');
    stage.types("-5m /var/log is full").hides("as text");
}
