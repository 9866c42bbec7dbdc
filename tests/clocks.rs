//! The clocks that people ask for, and that none of them minds when somebody sets the wall clock.

use std::sync::Mutex;

use chrono::{TimeDelta, Utc};
use crossterm::event::KeyCode;
use warroom::session::clock::{Clock, Steady, Wall};

use super::clockwork;
use super::scene::{Scene, utc};
use super::stage::Stage;
use super::support::House;
use super::terminal::{QUIT, Terminal};

/// A wall that can be set, and what runs on beside it; in seconds.
#[derive(Default)]
struct Two(Mutex<(i64, i64)>);

impl Two {
    fn goes_on(&self, wall: i64, running: i64) {
        let mut both = self.0.lock().unwrap();
        *both = (both.0 + wall, both.1 + running);
    }
}

impl Clock for Two {
    fn now(&self) -> chrono::DateTime<Utc> {
        utc("2025-03-04 09:30") + TimeDelta::seconds(self.0.lock().unwrap().0)
    }

    fn running(&self) -> TimeDelta {
        TimeDelta::seconds(self.0.lock().unwrap().1)
    }
}

#[test]
fn what_was_before_stays_as_long_ago_as_it_was_however_the_wall_is_set() {
    for by in [7_200, -7_200, 40, -40] {
        let clock = Two::default();
        let mut steady = Steady::of(&clock);
        let begun = clock.now();
        clock.goes_on(300, 300);
        assert_eq!(steady.read(&clock), None);
        clock.goes_on(by + 1, 1);
        assert_eq!(steady.read(&clock), Some(TimeDelta::seconds(by)));
        assert_eq!(steady.read(&clock), None, "said once");
        assert_eq!(steady.since(begun), TimeDelta::seconds(301), "{by}");
        if by > 0 {
            let after = clock.now();
            clock.goes_on(60, 60);
            steady.read(&clock);
            assert_eq!(steady.since(after), TimeDelta::seconds(60), "{by}");
            assert_eq!(steady.since(begun), TimeDelta::seconds(361), "{by}");
        }
        // And set right again.
        clock.goes_on(-by, 0);
        assert_eq!(steady.read(&clock), Some(TimeDelta::seconds(-by)));
        assert!((steady.since(begun) - TimeDelta::seconds(301)).num_seconds() <= 60);
    }
}

#[test]
fn a_night_asleep_and_a_clock_that_is_brought_right_slowly_are_no_setting() {
    let clock = Two::default();
    let mut steady = Steady::of(&clock);
    let begun = clock.now();
    clock.goes_on(8 * 3_600, 8 * 3_600);
    assert_eq!(steady.read(&clock), None);
    assert_eq!(steady.since(begun), TimeDelta::hours(8));
    // 500 millionths, the most that is done, over a night.
    clock.goes_on(8 * 3_600 + 14, 8 * 3_600);
    assert_eq!(steady.read(&clock), None);
    clock.goes_on(4, 1);
    assert_eq!(steady.read(&clock), Some(TimeDelta::seconds(3)));
}

#[test]
fn the_machines_own_clock_runs() {
    let (before, after) = (Wall.running(), Wall.running());
    assert!(before > TimeDelta::zero() && after >= before);
}

#[test]
fn both_clocks_are_told_and_each_size_has_them() {
    let sizes = [(120, "42m since start · 36m since detected · 10:06 GMT"), (80, "42m"), (50, "42m")];
    for (columns, told) in sizes {
        let mut stage = Stage::new(columns, if columns == 50 { 20 } else { 24 });
        stage.logs("/started 09:24").logs("/detected 09:30 an alert");
        stage.clock.go_on(36 * 60);
        stage.shows(told);
        stage.shows("36m");
        stage.shows("detected");
        stage.logs("/resolved").shows("lasted 42m");
        stage.hides("detected");
    }
}

#[test]
fn when_stakeholders_are_to_be_told_something_is_counted_down_and_then_urgent() {
    for (columns, rows) in [(120, 40), (80, 24), (50, 20)] {
        let mut stage = Stage::new(columns, rows);
        stage.hides("update in");
        stage.clock.go_on(60);
        stage.logs("/every 20m").until("● saved 1 · update in 20m");
        stage.clock.go_on(17 * 60 + 1);
        stage.shows("● saved 1 · update in 3m");
        stage.clock.go_on(3 * 60 - 1);
        stage.shows("● saved 1 · ! UPDATE DUE");
        stage.clock.go_on(6 * 60);
        stage.shows("● saved 1 · ! UPDATE DUE 6m ago");
        stage.logs("/update we are looking into it").until("● saved 2 · update in 20m");
        stage.clock.go_on(21 * 60);
        stage.shows("! UPDATE DUE 1m ago");
        stage.logs("/resolved").until("● saved 3");
        stage.hides("UPDATE DUE");
    }
}

#[test]
fn updates_are_due_from_the_last_one_and_from_when_that_was_settled_where_there_was_none() {
    let mut scene = Scene::new("UTC").after(&["/every 20m"]);
    assert_eq!(scene.incident().update_due(), Some(utc("2024-08-10 13:05")));
    scene.say("/update 12:30 we know");
    assert_eq!(scene.incident().update_due(), Some(utc("2024-08-10 12:50")));
    scene.say("/every -");
    assert_eq!(scene.incident().update_due(), None);
    scene.say("/every 1h");
    scene.say("/resolved");
    assert_eq!(scene.incident().update_due(), None);
}

#[test]
fn in_the_room_nothing_that_counts_jumps_when_the_wall_is_set() {
    let mut stage = Stage::new(120, 30);
    stage.logs("/started 09:20").logs("/every 20m").logs("?database: slow");
    stage.logs("/test database: count connections for:10m");
    stage.clock.go_on(4 * 60);
    stage.shows("6m left");
    stage.shows("14m since start · 09:34 GMT");
    for (by, said) in [(7_200, "set forward by 2h 00m"), (-10_800, "set back by 3h 00m")] {
        stage.clock.set_by(by);
        stage.shows(said);
        stage.shows("6m left");
        stage.shows("14m since start");
        stage.shows("update in 16m");
    }
    stage.shows("08:34 GMT");
    stage.clock.go_on(7 * 60);
    stage.shows("! 1m over");
    stage.shows("21m since start");
    // What it says is gone with the next line.
    stage.logs("noted").hides("was set");
}

#[test]
fn a_test_begun_after_the_wall_was_set_forward_has_all_its_time() {
    let mut stage = Stage::new(120, 30);
    stage.logs("?database").draw();
    stage.clock.set_by(7_200);
    stage.draw();
    stage.logs("/test database: count for:10m").shows("10m left");
    stage.clock.go_on(3 * 60);
    stage.shows("7m left");
}

#[test]
fn it_is_drawn_again_only_when_something_else_is_to_be_seen() {
    let mut stage = Stage::new(80, 24);
    stage.clock.go_on(20);
    stage.logs("?database").until("● saved 1");
    stage.clock.go_on(20);
    stage.logs("/test database: count for:10m").until("● saved 2");
    let mut drawn = Vec::new();
    for second in 41..=120 {
        stage.clock.go_on(1);
        if stage.room.is_stale() {
            drawn.push(second);
            stage.draw();
        }
    }
    // The wall at each minute, the age of the first entry 20 s later, the time-box 20 s after that.
    assert_eq!(drawn, [60, 80, 100, 120]);
}

#[test]
fn after_standing_still_the_first_screen_has_the_right_clocks() {
    let house = House::new();
    clockwork::set(&house, "2025-03-04T09:30:00Z");
    clockwork::start(&house, "Lid closed", 2, "UTC");
    let mut room: Terminal = clockwork::room(&house, (80, 24), &[]);
    room.shows("● saved 0");
    room.logs("?database: slow", 1);
    room.logs("/test database: count for:10m", 2);
    room.logs("/every 20m", 3);
    room.shows("10m left");
    room.types("\u{1a}");
    room.stands_still();
    clockwork::set(&house, "2025-03-04T09:55:00Z");
    room.raw.clear();
    room.signal("-CONT");
    room.shows("! 15m over");
    room.shows("! UPDATE DUE 5m ago");
    room.shows("25m since first entry · 09:55 UTC");
    let told = String::from_utf8_lossy(&room.raw).into_owned();
    assert!(!told.contains("left"), "the first screen has them already");
    room.types(QUIT);
    assert_eq!(room.ends().exit_code(), 0);
}

#[test]
fn what_lies_over_the_panes_hides_no_due_update() {
    let mut stage = Stage::new(80, 24);
    stage.logs("/every 20m");
    stage.clock.go_on(25 * 60);
    stage.key(KeyCode::F(1)).shows("! UPDATE DUE 5m ago");
}

#[test]
fn the_clocks_of_an_outage_at_three_sizes() {
    for (columns, rows) in [(80, 24), (120, 40), (50, 20)] {
        let mut stage = Stage::new(columns, rows);
        stage.logs("/started 09:24").logs("/detected 09:30 an alert").logs("/every 20m").logs("?database");
        stage.logs("/test database: count for:10m").until("● saved 5");
        stage.clock.go_on(26 * 60);
        insta::assert_snapshot!(format!("clocks {columns}x{rows}"), stage.styled());
    }
}
