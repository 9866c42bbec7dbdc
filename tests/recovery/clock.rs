//! Clocks: stamps that no clock makes, and clocks that jump.

use std::sync::Arc;

use serde_json::{Value, json};

use super::{FROM_ROOM, FROM_SHELL, Found, Row, and, damaged, entries, entries_of, sealed};
use crate::stage::Fixed;
use crate::store::{journal_of, records};

/// The line of an entry with this stamp, of this actor.
fn stamped(stamp: &Value, by: &str, text: &str) -> String {
    let change = json!({"entry_added": {"text": text}});
    sealed(&format!(r#"{{"v":1,"stamp":{stamp},"by":"{by}","change":{change}"#)) + "\n"
}

/// Bad input 44: stamps that are negative, no number of milliseconds, or no text at all.
#[test]
fn stamps_that_are_none_are_damage() {
    let stamps = [
        json!("-5-0-aaaaaaaa-1"),
        json!("1e308-0-aaaaaaaa-1"),
        json!("soon"),
        json!(1e308),
        json!(17),
        json!(null),
        json!([1_700_000_000_000_u64, 0]),
    ];
    let lines: String = stamps.iter().map(|stamp| stamped(stamp, "zoe", "never")).collect();
    let journal = [journal_of(&records(2)), lines.into_bytes(), journal_of(&records(4)[2..])].concat();
    Found::new(&journal).comes_to(&Row::saying(entries(4), damaged(stamps.len())));
}

/// Bad input 44: a stamp of the year 3000 is kept, marked and told, and pulls no clock with it.
#[test]
fn a_stamp_of_the_year_3000_is_marked_and_poisons_no_clock() {
    let poison = stamped(&json!("32503680000000-7-aaaaaaaa-1"), "zoe", "from the year 3000");
    let journal = [journal_of(&records(2)), poison.into_bytes(), journal_of(&records(4)[2..])].concat();
    let found = Found::new(&journal);
    let told = "1 record is stamped later than this clock shows, up to 3000-01-01 00:00 UTC (by zoe): a clock is or was wrong; what is said after them counts all the same";
    let told = [told.to_owned()];
    let with_it = |before: Vec<String>| and(&before, "from the year 3000");
    found.shows(&with_it(entries(4)), &told);

    let mut stage = found.room();
    stage.shows(&format!("! {}", told[0]));
    stage.shows("clock wrong");
    stage.logs(FROM_ROOM);
    stage.until("● saved 1");
    stage.clock.go_on(60);
    stage.logs("and again").until("● saved 2");
    // Taken back is what this room said last, not what claims to be later.
    stage.logs("/undo");
    stage.until("● saved 3");
    stage.logs("a third time").until("● saved 4");
    stage.room.leave().unwrap();
    let mine = and(&and(&entries(4), FROM_ROOM), "a third time");
    found.shows(&with_it(mine.clone()), &told);

    assert_eq!(found.say(FROM_SHELL), told);
    let (incident, said) = found.shown();
    assert_eq!((entries_of(&incident), said), (with_it(and(&mine, FROM_SHELL)), told.to_vec()));
    let timeline = incident["timeline"].as_array().unwrap();
    let marked: Vec<_> = timeline.iter().filter(|entry| entry["skewed"] == true).collect();
    assert_eq!(marked.len(), 1, "{marked:#?}");
    assert_eq!(marked[0]["at"], "3000-01-01T00:00:00Z");
    assert_eq!(timeline[3]["at"], "2025-03-04T09:30:00Z", "typed by the clock of the room");
}

/// A clock that was a year ahead is followed, though a stamp that is none's stands behind it.
#[test]
fn behind_a_stamp_of_no_clock_the_order_of_all_others_is_kept() {
    let lines = [
        stamped(&json!("32503680000000-0-aaaaaaaa-1"), "zoe", "from the year 3000"),
        stamped(&json!("1772616600000-0-bbbbbbbb-1"), "bob", "a year ahead"),
    ];
    let found = Found::new(&[journal_of(&records(2)), lines.concat().into_bytes()].concat());
    let mut stage = found.room();
    stage.shows("what is logged here now gets the time 2026-03-04 09:30 UTC, where the clock");
    stage.logs(FROM_ROOM).until("● saved 1");
    stage.room.leave().unwrap();
    let expected = ["entry 2 of 1", "a year ahead", FROM_ROOM, "from the year 3000"];
    assert_eq!(entries_of(&found.shown().0), expected);
}

/// Bad input 55: an hour, a day, to 1970 and before, ten years ahead, each there and back, in an open room and between
/// two openings: what is typed keeps its order, and is marked where the clock lags.
#[test]
fn what_is_typed_keeps_its_order_whatever_the_clock_does() {
    let (hour, day, years) = (3_600, 86_400, 315_360_000);
    // The stage's clock begins at 1,741,080,600 s.
    for jump in [-hour, -day, -1_741_080_600, -2_000_000_000, years, hour / 2] {
        let found = Found::new(&journal_of(&records(1)));
        let clock = Arc::new(Fixed::default());
        let mut typed = Vec::new();
        for turn in 0..3 {
            let mut stage = found.room_at(&clock);
            let behind = "later than this clock shows";
            let lags = if jump < 0 { turn > 0 } else { turn > 1 };
            if lags {
                stage.shows(behind);
            } else {
                stage.hides(behind);
            }
            for (n, go) in [(1, jump), (2, 1), (3, -jump), (4, 1)] {
                let line = format!("line {n} of opening {turn}");
                stage.logs(&line).until(&format!("● saved {n}"));
                typed.push(line);
                clock.go_on(go);
            }
            // The next opening finds the clock where it jumped to, and this one ends there.
            clock.go_on(if turn == 0 { jump } else { 0 });
            stage.room.leave().unwrap();
        }
        let (incident, _) = found.shown();
        assert_eq!(entries_of(&incident), typed, "by {jump} s");
        let timeline = incident["timeline"].as_array().unwrap();
        let marks: Vec<bool> = timeline[..4].iter().map(|entry| entry["skewed"] == true).collect();
        let expected = if jump < 0 { [false, true, true, false] } else { [false, false, false, true] };
        assert_eq!(marks, expected, "by {jump} s");
    }
}
