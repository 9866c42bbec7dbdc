//! The incident as it stood earlier: in the room, and from the shell.

use crossterm::event::KeyCode;
use serde_json::Value;

use crate::clockwork;
use crate::stage::Stage;
use crate::support::House;
use crate::terminal::QUIT;

#[test]
fn every_pane_shows_what_was_known_and_the_sign_says_so() {
    let mut stage = Stage::new(120, 40).with_an_outage();
    stage.logs("/replay");
    stage.shows("REPLAY 09:30 GMT · Esc ends · paused 1x · change 2 of 17");
    stage.hides("quota service");
    for _ in 0..4 {
        stage.key(KeyCode::Right);
    }
    stage.shows("change 6 of 17");
    stage.shows("testing");
    stage.hides("ruled out");
    stage.hides("first customer wrote");
    stage.hides("Alert on upload errors");
    stage.key(KeyCode::Left).shows("change 5 of 17");
    stage.hides("testing");
    stage.key(KeyCode::End).shows("change 17 of 17");
    stage.shows("Status monitoring");
    stage.key(KeyCode::Home).shows("change 2 of 17");
    stage.key(KeyCode::Down).key(KeyCode::Down).shows("REPLAY 09:32 GMT");
    stage.key(KeyCode::PageDown).shows("REPLAY 09:42 GMT");
    stage.key(KeyCode::PageUp).key(KeyCode::Up).shows("REPLAY 09:31 GMT");
    stage.key(KeyCode::Esc).hides("REPLAY");
    stage.shows("first customer wrote");
}

#[test]
fn the_replay_at_three_sizes() {
    for (columns, rows) in [(80, 24), (120, 40), (50, 20)] {
        let mut stage = Stage::new(columns, rows).with_an_outage();
        stage.logs("/replay 09:40");
        insta::assert_snapshot!(format!("replay {columns}x{rows}"), stage.styled());
    }
}

#[test]
fn what_is_typed_in_a_replay_is_logged_now_and_nothing_of_it_is_lost() {
    let mut stage = Stage::new(120, 40).with_an_outage();
    stage.logs("/replay 09:35").shows("REPLAY 09:35");
    stage.types("+ not a speed").shows("logged NOW");
    stage.shows("REPLAY 09:35");
    stage.key(KeyCode::Left).types("!").shows("+ not a spee!d");
    stage.key(KeyCode::Enter).until("● saved 17");
    stage.hides("REPLAY");
    stage.shows("logged now, at 09:51 GMT, not in the past; the replay has ended");
    stage.shows("not a spee!d");
    stage.logs("/replay").types("-5m earlier").key(KeyCode::Enter).until("● saved 18");
    stage.shows("09:46 · earlier");
}

#[test]
fn a_pane_key_in_a_replay_writes_its_line_for_now() {
    let mut stage = Stage::new(120, 40).with_an_outage();
    stage.logs("/replay 09:38").key(KeyCode::Tab).key(KeyCode::Tab).types("o");
    assert!(stage.prompt().starts_with("/reopen "), "{}", stage.prompt());
    stage.shows("REPLAY");
    stage.shows("● saved 16");
}

#[test]
fn the_details_in_a_replay_are_those_of_then() {
    let mut stage = Stage::new(120, 40).with_an_outage();
    stage.logs("/replay 09:37").key(KeyCode::Tab).key(KeyCode::Tab).key(KeyCode::Enter);
    stage.shows("History");
    stage.hides("its latency is as always");
    stage.shows("REPLAY");
}

#[test]
fn it_is_played_at_the_speed_that_is_told_and_stops_at_the_end() {
    let mut stage = Stage::new(120, 40).with_an_outage();
    stage.logs("/replay").types(" ").shows("playing 1x");
    stage.clock.go_on(60);
    stage.shows("REPLAY 09:31");
    assert!(stage.room.is_stale(), "time goes by");
    stage.types(">>").shows("playing 60x");
    stage.clock.go_on(2);
    stage.shows("REPLAY 09:33");
    stage.types("<").shows("playing 10x");
    stage.types(" ").shows("paused 10x");
    stage.clock.go_on(600);
    stage.shows("REPLAY 09:33");
    stage.types(" >>").shows("playing 600x");
    stage.clock.go_on(600);
    stage.shows("at the end 600x · change 17 of 17");
}

#[test]
fn a_replay_in_a_terminal() {
    let house = House::new();
    clockwork::set(&house, "2025-03-04T09:30:00Z");
    clockwork::start(&house, "Orders fail", 2, "UTC");
    let mut room = clockwork::room(&house, (80, 24), &[]);
    room.shows("● saved 0");
    room.logs("first word of it", 1);
    clockwork::set(&house, "2025-03-04T09:45:00Z");
    room.logs("?resolver: cache", 2);
    room.types("/replay 09:40\r");
    room.shows("REPLAY 09:40 UTC");
    assert!(room.text().contains("first word of it") && !room.text().contains("resolver"));
    room.types("\u{1b}[C");
    room.shows("REPLAY 09:45 UTC");
    room.shows("resolver");
    // Played from the beginning, the clock of the room drives it; stopped, it stands.
    room.types("\u{1b}[H ");
    room.shows("playing 1x");
    clockwork::set(&house, "2025-03-04T09:48:00Z");
    room.shows("REPLAY 09:33 UTC");
    room.types(" ");
    room.shows("paused 1x");
    room.types("done");
    room.shows("logged NOW");
    room.logs("", 3);
    room.shows("the replay has ended");
    room.types(QUIT);
    assert_eq!(room.ends().exit_code(), 0);
    assert_eq!(house.json()["timeline"][2]["logged_at"], "2025-03-04T09:48:00Z");
}

#[test]
fn what_was_imported_stood_when_its_document_says() {
    let house = House::new();
    let report = "# Orders fail\n\nSeverity: 2\n\n## Timeline\n\n\
        - 2024-01-10 10:00 UTC: orders fail\n- 2024-01-10 10:20 UTC: rolled back\n- 2024-01-10 10:30 UTC: all is well\n\n\
        ## Root cause\n\nA limit was removed.\n";
    std::fs::write(house.path().join("orders.md"), report).unwrap();
    house.done(&["import", "orders.md"]);
    let as_of = |time: &str| -> Value {
        serde_json::from_str(&house.done(&["show", "--json", "--as-of", time])).unwrap()
    };
    let entries = |incident: &Value| incident["timeline"].as_array().unwrap().len();
    let then = as_of("2024-01-10 10:25");
    assert_eq!(then["title"], "Orders fail");
    assert_eq!(entries(&then), 2);
    assert_eq!(then["root_cause"], Value::Null, "it was written down afterwards");
    assert_eq!(entries(&as_of("2024-01-10 10:29")), 2, "the next minute is not known yet");
    assert_eq!(entries(&as_of("10:05")), 1, "a time without a date is one of the incident's days");
    let before = house.done(&["show", "--as-of", "2024-01-10 09:00"]);
    assert!(before.contains("Orders fail: nothing was recorded yet at 2024-01-10 09:00 UTC"), "{before}");
    assert!(before.contains("known since 2024-01-10 10:00 UTC"), "{before}");
    assert_eq!(as_of("2024-01-10 09:00")["journal"]["records"], 0);
    let now = as_of("2099-01-01 10:00");
    assert_eq!(entries(&now), 3);
    assert_eq!(now["root_cause"], house.json()["root_cause"]);
    // What was added to it by hand was known when it was added.
    house.done(&["say", "2024-01-10 10:10 nobody knew of this"]);
    assert_eq!(entries(&as_of("2024-01-10 10:25")), 2);
}
