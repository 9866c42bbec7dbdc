//! Journeys through a real pseudo-terminal: keys in, screen and files out.

use std::os::unix::fs::PermissionsExt as _;

use crate::clockwork;
use crate::support::House;
use crate::terminal::{QUIT, Terminal};

#[test]
fn a_panic_gives_the_terminal_back_and_loses_nothing() {
    let house = House::new();
    house.done(&["new", "Breaks", "--detach"]);
    clockwork::set(&house, "2025-03-04T09:30:00Z");
    let mut room = clockwork::room(&house, (80, 24), &[]);
    room.shows("● saved 0");
    room.logs("before the panic", 1);
    clockwork::set(&house, "broken");
    room.types("typed on");
    assert_eq!(room.ends().exit_code(), 70);
    assert!(room.text().contains("the clock broke"), "the panic is said on the terminal that was given back");
    assert_eq!(house.json()["timeline"][0]["text"], "before the panic");
}

#[test]
fn an_outage_from_the_first_key_to_the_report() {
    let house = House::new();
    let mut room =
        Terminal::start(&house, &["new", "Search is slow", "--sev", "2", "--started", "-30m"], (80, 24));
    room.shows("● saved 0");
    room.shows("Search is slow");
    room.logs("alert: search latency over 2 s #alert", 1);
    room.logs("?index", 2);
    room.logs("/test index: compare shard sizes @maria for:10m", 3);
    room.logs("/out index: all shards are alike", 4);
    room.logs("?cache: hit rate fell to 3%", 5);
    room.logs("-5m cache node restarted by itself", 6);
    room.logs("/confirm cache: it lost its memory limit", 7);
    room.logs("+ Alert on cache restarts @maria due:2030-01-05 p1", 8);
    room.logs("wrong line", 9);
    room.logs("/undo", 10);
    room.logs("/cause The cache node came back without its memory limit", 11);
    room.logs("/resolved", 12);
    room.types("/export\r");
    room.shows(".md");
    room.types(QUIT);
    assert_eq!(room.ends().exit_code(), 0);
    let incident = house.json();
    assert_eq!(incident["status"], "resolved");
    assert_eq!(incident["hypotheses"][0]["status"], "ruled_out");
    assert_eq!(incident["hypotheses"][0]["tests"][0]["owner"], "maria");
    let id = incident["id"].as_str().unwrap();
    let written = std::fs::read_to_string(house.path().join(format!("{id}.md"))).unwrap();
    assert_eq!(written, house.done(&["export"]), "the room and the shell write one report");
    assert!(written.contains("all shards are alike") && !written.contains("wrong line"));
}

#[test]
fn what_was_saved_survives_a_kill_and_what_was_recovered_is_said() {
    let house = House::new();
    house.done(&["new", "Killed", "--detach"]);
    let mut room = Terminal::start(&house, &["open"], (120, 40));
    room.shows("● saved 0");
    for n in 1..=20 {
        room.logs(&format!("entry number {n}"), n);
    }
    room.kill();
    let entries = || {
        let incident = house.json();
        let all =
            incident["timeline"].as_array().unwrap().iter().map(|e| e["text"].as_str().unwrap().to_owned());
        all.collect::<Vec<_>>()
    };
    assert_eq!(entries(), (1..=20).map(|n| format!("entry number {n}")).collect::<Vec<_>>());
    // Half a line, as a power cut leaves it.
    let journal = house.only_incident().join("journal.jsonl");
    let mut bytes = std::fs::read(&journal).unwrap();
    bytes.extend_from_slice(br#"{"v":1,"stamp":"17"#);
    std::fs::write(&journal, bytes).unwrap();
    let mut room = Terminal::start(&house, &["open"], (120, 40));
    room.shows("unfinished entry");
    room.shows("● saved 0");
    room.logs("after the kill", 1);
    room.types(QUIT);
    assert_eq!(room.ends().exit_code(), 0);
    assert_eq!(entries().len(), 21);
}

#[test]
fn the_terminal_is_given_back_on_every_way_out() {
    for (signal, code) in [("-TERM", 143), ("-HUP", 129), ("-INT", 130)] {
        let house = House::new();
        house.done(&["new", "Signals", "--detach"]);
        let mut room = Terminal::start(&house, &["open"], (80, 24));
        room.shows("● saved 0");
        room.logs("before the signal", 1);
        room.types("not sent yet");
        room.shows("not sent yet");
        room.signal(signal);
        assert_eq!(room.ends().exit_code(), code, "{signal}");
        assert_eq!(house.json()["timeline"].as_array().unwrap().len(), 1);
        let draft = std::fs::read_to_string(house.only_incident().join("draft")).unwrap();
        assert_eq!(draft, "not sent yet");
    }
}

#[test]
fn a_terminal_that_goes_away_loses_nothing() {
    let house = House::new();
    house.done(&["new", "Line drops", "--detach"]);
    let mut room = Terminal::start(&house, &["open"], (80, 24));
    room.shows("● saved 0");
    room.logs("before the line dropped", 1);
    room.types("half a thought");
    room.shows("half a thought");
    room.hangs_up();
    assert_eq!(room.child.wait().unwrap().exit_code(), 129);
    assert_eq!(house.json()["timeline"][0]["text"], "before the line dropped");
}

#[test]
fn another_process_is_seen_while_the_room_is_open() {
    let house = House::new();
    house.done(&["new", "Two hands", "--detach"]);
    let mut room = Terminal::start(&house, &["open"], (80, 24));
    room.shows("● saved 0");
    house.say("from the other window\n");
    room.shows("from the other window");
    room.logs("from the room", 1);
    room.types(QUIT);
    assert_eq!(room.ends().exit_code(), 0);
    assert_eq!(house.json()["timeline"].as_array().unwrap().len(), 2);
}

/// An editor that waits for a line at the terminal, and adds it to the file.
const EDITOR: &str = "#!/bin/sh\necho ready >/dev/tty\nread -r line </dev/tty\nprintf '%s, %s\\n' \"$(cat \"$1\")\" \"$line\" >\"$1\"\n";

#[test]
fn the_persons_editor_has_the_terminal_and_gives_the_line_back() {
    let house = House::new();
    house.done(&["new", "Long lines", "--detach"]);
    let editor = house.path().join("editor");
    std::fs::write(&editor, EDITOR).unwrap();
    std::fs::set_permissions(&editor, std::fs::Permissions::from_mode(0o755)).unwrap();
    let visual = editor.to_str().unwrap();
    let mut room =
        Terminal::with(&house, &["open"], (80, 24), &[("VISUAL", visual), ("PATH", "/usr/bin:/bin")]);
    room.shows("● saved 0");
    room.types("rolled back\u{7}");
    room.shows("ready");
    assert!(!room.screen.screen().alternate_screen());
    // Every key is the editor's, the ones that mean something to the room, too.
    room.types("and it /helped ?\u{11}\r");
    room.shows("› rolled back, and it /helped");
    assert!(room.screen.screen().alternate_screen() && room.screen.screen().bracketed_paste());
    room.types("\r");
    room.shows("● saved 1");
    room.types(QUIT);
    assert_eq!(room.ends().exit_code(), 0);
    let text = house.json()["timeline"][0]["text"].as_str().unwrap().to_owned();
    assert!(text.starts_with("rolled back, and it /helped"), "{text}");
}

#[test]
fn an_editor_that_fails_leaves_the_line_as_it_was() {
    let house = House::new();
    house.done(&["new", "No editor", "--detach"]);
    let environment = [("VISUAL", "false"), ("PATH", "/usr/bin:/bin")];
    let mut room = Terminal::with(&house, &["open"], (80, 24), &environment);
    room.shows("● saved 0");
    room.types("half a line\u{7}");
    room.shows("the line is as it was");
    room.shows("› half a line");
    room.types(" more");
    room.shows("› half a line more");
    room.types(QUIT);
    assert_eq!(room.ends().exit_code(), 0);
}

#[test]
fn suspended_and_brought_back_the_screen_is_whole_again() {
    let house = House::new();
    house.done(&["new", "Suspended", "--detach"]);
    let mut room = Terminal::start(&house, &["open"], (80, 24));
    room.shows("● saved 0");
    room.types("half a line\u{1a}");
    room.stands_still();
    assert!(!room.screen.screen().bracketed_paste() && !room.screen.screen().hide_cursor());
    room.signal("-CONT");
    room.shows("› half a line");
    assert!(room.screen.screen().alternate_screen() && room.screen.screen().bracketed_paste());
    room.types("!\r");
    room.shows("● saved 1");
    room.types(QUIT);
    assert_eq!(room.ends().exit_code(), 0);
}

#[test]
fn while_nothing_happens_only_the_clocks_are_written() {
    let house = House::new();
    clockwork::set(&house, "2025-03-04T09:30:00Z");
    clockwork::start(&house, "Quiet night", 2, "UTC");
    let mut room = clockwork::room(&house, (80, 24), &[]);
    room.shows("● saved 0");
    room.logs("?database: slow", 1);
    room.shows("0m since first entry · 09:30 UTC");
    let before = room.screen.screen().clone();
    room.raw.clear();
    for second in 1..60 {
        clockwork::set(&house, &format!("2025-03-04T09:30:{second:02}Z"));
    }
    clockwork::set(&house, "2025-03-04T09:31:00Z");
    room.shows("1m since first entry · 09:31 UTC");
    // On a screen of its own, all that was written is digits: of the two clocks above, and of the age of a hypothesis.
    let mut alone = vt100::Parser::new(24.try_into().unwrap(), 80.try_into().unwrap(), 0);
    alone.process(&room.raw);
    let written: String = alone.screen().contents().split_whitespace().collect();
    assert!(written.len() <= 6 && written.chars().all(|c| c.is_ascii_digit()), "{written}");
    let without_digits = |screen: &vt100::Screen| screen.contents().replace(|c: char| c.is_ascii_digit(), "");
    assert_eq!(without_digits(&before), without_digits(room.screen.screen()));
    room.types(QUIT);
    assert_eq!(room.ends().exit_code(), 0);
}

#[test]
fn over_ssh_the_report_goes_to_the_terminals_clipboard_and_that_is_said() {
    let house = House::new();
    house.done(&["new", "Copied", "--detach"]);
    let mut room =
        Terminal::with(&house, &["open"], (80, 24), &[("SSH_CONNECTION", "10.0.0.1 1 10.0.0.2 22")]);
    room.shows("● saved 0");
    room.types("/copy\r");
    room.shows("handed to the terminal for its clipboard (OSC 52)");
    assert!(String::from_utf8_lossy(&room.raw).contains("\u{1b}]52;c;IyBDb3BpZWQ"), "the title in base64");
    // What no terminal would take is not sent; nothing pretends that it was.
    room.raw.clear();
    let long = "the same again and again ".repeat(3_000);
    house.say(&long);
    room.shows("the same again");
    room.types("/copy\r");
    room.shows("too long for the terminal's clipboard");
    assert!(!String::from_utf8_lossy(&room.raw).contains("\u{1b}]52"));
    room.types(QUIT);
    assert_eq!(room.ends().exit_code(), 0);
}

/// A terminal that tells Enter with Shift from Enter, and says so when it is asked.
#[test]
fn shift_enter_is_a_new_line_where_the_terminal_tells_it() {
    let house = House::new();
    house.done(&["new", "Two lines", "--detach"]);
    let mut room = Terminal::with(&house, &["open"], (80, 24), &[("TERM", "xterm-kitty")]);
    while !room.raw.windows(4).any(|asked| asked == b"\x1b[?u") {
        assert!(room.read());
    }
    room.types("\u{1b}[?1u\u{1b}[?62c");
    room.shows("● saved 0");
    room.types("one\u{1b}[13;2utwo");
    room.shows("two");
    room.logs("", 1);
    room.types(QUIT);
    assert_eq!(room.ends().exit_code(), 0);
    assert_eq!(house.json()["timeline"][0]["text"], "one\ntwo");
}
