//! At the speed of the call: journeys by keystrokes on a real pseudo-terminal, one for each thing a room is for.

use crate::clockwork;
use crate::support::House;
use crate::terminal::{QUIT, Terminal};

const ALT_ENTER: &str = "\u{1b}\r";
const ESC: &str = "\u{1b}";
const F4: &str = "\u{1b}OS";
const COPIES: &str = "\u{19}";

fn begin() -> (House, Terminal) {
    let house = House::new();
    clockwork::set(&house, "2025-03-04T09:30:00Z");
    clockwork::start(&house, "Logins time out", 1, "UTC");
    let mut room = clockwork::room(&house, (80, 24), &[]);
    room.shows("● saved 0");
    (house, room)
}

fn leaves(mut room: Terminal) {
    room.types(QUIT);
    assert_eq!(room.ends().exit_code(), 0);
}

#[test]
fn a_suspicion_is_tested_runs_out_of_time_and_goes_without_a_reason() {
    let (house, mut room) = begin();
    room.logs("?database: slow", 1);
    room.shows("none is being tested");
    room.types("\t\ttcount connections @maria for:10m\r");
    room.shows("● saved 2");
    room.shows("10m left");
    room.logs("?network: loss", 3);
    clockwork::set(&house, "2025-03-04T09:41:00Z");
    room.shows("! 1m over");
    room.shows("What would we see");
    room.types("\t\tx");
    room.shows("› /out database:");
    room.types("\r");
    room.shows("● saved 4");
    room.shows("no reason given");
    room.types(F4);
    room.shows("why database was ruled out");
    room.types(ESC);
    room.logs("/reopen database: one probe was wrong", 5);
    room.shows("2 open");
    leaves(room);
    assert_eq!(house.json()["hypotheses"][0]["status"], "open");
}

#[test]
fn a_text_of_two_lines_is_mended_looked_up_and_taken_back() {
    let (house, mut room) = begin();
    room.types(&["first line", ALT_ENTER, "second line\r"].concat());
    room.shows("● saved 1");
    room.types("\te");
    room.shows("/edit");
    room.types(" mended\r");
    room.shows("● saved 2");
    room.shows("second line mended");
    room.types("\t\r");
    room.shows("text changed: first line⏎second line mended");
    // Closes it: no → is chosen.
    room.types("\r\tu\r");
    room.shows("● saved 3");
    leaves(room);
    assert_eq!(house.json()["timeline"][0]["text"], "first line\nsecond line");
}

#[test]
fn a_gap_of_the_report_is_filled_from_the_report() {
    let (house, mut room) = begin();
    room.types(F4);
    room.shows("▸ /started …");
    room.types("\r");
    room.shows("› /started");
    room.types("-5m\r");
    room.shows("● saved 1");
    room.shows("still missing:");
    room.types(F4);
    room.shows("▸ /impact …");
    leaves(room);
    assert_eq!(house.json()["milestones"]["started"]["at"], "2025-03-04T09:25:00Z");
}

#[test]
fn the_state_is_handed_over_on_one_screen_and_copied() {
    let (_house, mut room) = begin();
    room.logs("/role commander @ines", 1);
    room.logs("/role commander @omar", 2);
    room.logs("?database: slow", 3);
    room.types("/handoff\r");
    room.shows("Handoff: Logins time out");
    room.shows("commander omar");
    room.shows("database — open");
    room.types(COPIES);
    while !room.raw.windows(5).any(|part| part == b"\x1b]52;") {
        assert!(room.read());
    }
    leaves(room);
}

#[test]
fn a_log_excerpt_goes_from_the_prompt_into_the_report() {
    let (house, mut room) = begin();
    std::fs::write(house.path().join("errors.log"), "pool timeout\n").unwrap();
    room.logs("?database: slow", 1);
    room.types("/attach errors.log database\r");
    room.shows("Attached errors.log for database");
    room.shows("● saved 2");
    room.logs("/decide fail over @omar", 3);
    room.types("/export\r");
    room.shows("the report is in");
    leaves(room);
    let report = std::fs::read_to_string(house.path().join("2025-03-04-logins-time-out.md")).unwrap();
    assert!(report.contains("```text\npool timeout\n```"), "{report}");
    assert!(report.contains("fail over (decided by omar)"), "{report}");
}

#[test]
fn that_a_file_is_not_there_is_said_without_another_key() {
    let (_house, mut room) = begin();
    room.types("/attach nope.log\r");
    room.shows("there is no such file");
    leaves(room);
}
