//! Journeys through a real pseudo-terminal: keys in, screen and files out.

use std::sync::Arc;

use portable_pty::CommandBuilder;
use tokio::sync::Notify;
use warroom::session::clock::{Clock, Wall};
use warroom::session::{Opening, Session};

use warroom::tui::Depth;
use warroom::tui::keymap::Keymap;

use crate::stage::look;
use crate::support::House;
use crate::terminal::{CRACKED, QUIT, Terminal};

/// Tells the time until a file is there, and panics from then on.
struct Cracked(std::path::PathBuf);

impl Clock for Cracked {
    fn now(&self) -> chrono::DateTime<chrono::Utc> {
        assert!(!self.0.exists(), "the clock broke");
        Wall.now()
    }
}

/// Opens a room whose clock breaks, where another test asks for it in a process of its own; by itself nothing.
#[test]
fn a_room_with_a_clock_that_breaks() {
    let Some(cracked) = std::env::var_os(CRACKED) else { return };
    let house = std::path::PathBuf::from(cracked);
    let root = house.parent().unwrap();
    let folder = std::fs::read_dir(root.join("data/incidents")).unwrap().next().unwrap().unwrap().path();
    let opening =
        Opening { by: "alice".into(), clock: Arc::new(Cracked(house.clone())), rescue: root.to_owned() };
    let wake = Arc::new(Notify::new());
    let session = Session::open(&folder, opening, {
        let wake = Arc::clone(&wake);
        move || wake.notify_one()
    });
    let exit = warroom::tui::run(session.unwrap(), wake, root, look(Depth::Sixteen), Keymap::default(), &[])
        .unwrap();
    std::process::exit(exit.code.into());
}

#[test]
fn a_panic_gives_the_terminal_back_and_loses_nothing() {
    let house = House::new();
    house.done(&["new", "Breaks", "--detach"]);
    let mut command = CommandBuilder::new(std::env::current_exe().unwrap());
    command.args(["--exact", "pty::a_room_with_a_clock_that_breaks", "--nocapture"]);
    let mut room = Terminal::run(&house, command, (80, 24));
    room.shows("● saved 0");
    room.logs("before the panic", 1);
    std::fs::write(house.path().join("cracked"), "").unwrap();
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
fn pasted_and_typed_controls_do_not_act() {
    let house = House::new();
    house.done(&["new", "Hostile", "--detach"]);
    let mut room = Terminal::start(&house, &["open"], (80, 24));
    room.shows("● saved 0");
    room.types("\u{1b}[200~pasted \u{1b}]52;c;ZXZpbA==\u{7} one\rtwo\u{1b}[201~");
    room.shows("two");
    assert!(room.text().contains("● saved 0"), "a paste never commits");
    room.types("\r");
    room.shows("● saved 1");
    room.types(QUIT);
    assert_eq!(room.ends().exit_code(), 0);
    let raw = String::from_utf8_lossy(&room.raw).into_owned();
    assert!(!raw.contains("\u{1b}]52"), "the clipboard was touched");
    let text = house.json()["timeline"][0]["text"].as_str().unwrap().to_owned();
    assert!(text.contains("one") && text.contains("two"), "{text}");
}

#[test]
fn lines_that_come_all_at_once_are_all_kept_in_order() {
    let house = House::new();
    house.done(&["new", "Fast typist", "--detach"]);
    let mut room = Terminal::start(&house, &["open"], (80, 24));
    room.shows("● saved 0");
    let lines: Vec<String> = (0..200).map(|n| format!("line {n}\r")).collect();
    room.types(&lines.concat());
    room.shows("● saved 200");
    room.types(QUIT);
    assert_eq!(room.ends().exit_code(), 0);
    let incident = house.json();
    let said: Vec<_> =
        incident["timeline"].as_array().unwrap().iter().map(|e| e["text"].as_str().unwrap()).collect();
    assert_eq!(said, (0..200).map(|n| format!("line {n}")).collect::<Vec<_>>());
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
