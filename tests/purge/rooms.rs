//! Rooms that are open while something is purged.

use std::sync::Arc;
use std::time::Duration;

use crossterm::event::KeyCode;
use warroom::session::Opening;
use warroom::session::purge::{prospect, purge};

use super::{SECRET, entries, folder, house, journal, nowhere, purged};
use crate::stage::Stage;
use crate::terminal::{QUIT, Terminal};

#[test]
fn an_open_room_sees_it_vanish_and_does_not_write_it_back() {
    let house = house();
    let mut room = Terminal::start(&house, &["open"], (100, 30));
    let mut other = Terminal::start(&house, &["open"], (100, 30));
    room.shows("● saved 0");
    other.shows("● saved 0");
    room.logs(&format!("it is {SECRET}"), 1);
    room.logs("all fine", 2);
    other.shows("all fine");
    let id = super::stamp_of(&house, "tango");
    purged(&house, &id);
    for room in [&mut room, &mut other] {
        while room.text().contains("tango") {
            assert!(room.read());
        }
        room.shows("all fine");
    }
    nowhere(&house);
    // What is said there now is saved as ever, and the line is not to be had by Up.
    room.logs("after the purge", 3);
    other.logs("in the other room", 1);
    room.shows("in the other room");
    room.types("\u{1b}[A\u{1b}[A\u{1b}[A\u{1b}[A!");
    room.shows("› all fine!");
    room.types("\u{3}");
    for room in [&mut room, &mut other] {
        room.types(QUIT);
        assert_eq!(room.ends().exit_code(), 0);
    }
    nowhere(&house);
    assert_eq!(entries(&house)[2..], ["all fine", "after the purge", "in the other room"]);
    assert_eq!(journal(&house).matches("\"purged\"").count(), 1);
}

fn setup(house: &crate::support::House) -> warroom::store::Setup {
    let rescue = house.path().join("data/rescue");
    let standing = warroom::store::Standing::Local("ext4".into());
    warroom::store::Setup {
        by: "alice".into(),
        origin: warroom::store::Origin::of("x", house.path()),
        stays: false,
        rescue,
        standing,
        shared: None,
        after_failure: false,
    }
}

/// Purges what a stage's own folder holds.
fn purge_on(stage: &Stage, id: &str) {
    let prospect = prospect(&stage.folder, id, stage.clock.as_ref()).unwrap();
    let opening = Opening {
        by: "bob".into(),
        clock: stage.clock.clone(),
        rescue: stage.house.path().join("rescue"),
        stays: false,
    };
    purge(&stage.folder, prospect.id, &opening).unwrap();
}

#[test]
fn the_details_of_what_vanishes_say_so() {
    let mut stage = Stage::new(100, 30);
    stage.logs("payments time out").logs(&format!("it is {SECRET}"));
    stage.until("saved 2");
    stage.key(KeyCode::Tab).key(KeyCode::Enter);
    stage.shows("Entry");
    stage.shows("tango");
    purge_on(&stage, "last");
    let screen = stage.until("Purged");
    assert!(!screen.contains("tango"), "{screen}");
    assert!(screen.contains("bob") && screen.contains("purged for good"), "{screen}");
    stage.key(KeyCode::Esc);
    stage.hides("tango");
    // Keys in the pane act on nothing that is not there.
    stage.key(KeyCode::Tab).types("e");
    stage.hides("tango");
}

#[test]
fn records_that_wait_for_the_disk_are_not_written_once_they_are_purged() {
    // They stand in the journal from an attempt that failed, where somebody else saw and purged them.
    let house = house();
    house.say(&format!("{SECRET}\n"));
    let line = journal(&house).lines().last().unwrap().to_owned();
    let id = super::stamp_of(&house, "tango");
    purged(&house, &id);
    let loaded = warroom::store::read(&folder(&house)).unwrap();
    let (tell, told) = std::sync::mpsc::channel();
    let writer = warroom::store::Writer::start(&folder(&house), loaded, setup(&house), move |report| {
        drop(tell.send(report));
    })
    .unwrap();
    let record = warroom::log::Record::read(line.as_bytes()).unwrap();
    writer.append(vec![record]);
    assert_eq!(writer.finish(Duration::from_secs(60)), []);
    assert!(told.iter().any(|report| report == warroom::store::Report::Saved { through: 1 }));
    nowhere(&house);
}

#[test]
fn a_snapshot_from_before_is_not_written_after() {
    let house = house();
    house.say(&format!("{SECRET}\n"));
    let loaded = warroom::store::read(&folder(&house)).unwrap();
    let mut ledger = warroom::log::Ledger::default();
    ledger.extend(loaded.records.iter().cloned());
    let stale = warroom::log::Fold::of(&ledger).incident().clone();
    let writer = warroom::store::Writer::start(&folder(&house), loaded, setup(&house), |_| {}).unwrap();
    purged(&house, "last");
    let mut stale = stale;
    // Even if no count could tell the two apart.
    let now = house.json();
    stale.journal.records = now["journal"]["records"].as_u64().unwrap();
    stale.journal.last = Some(now["journal"]["last"].as_str().unwrap().parse().unwrap());
    writer.write_snapshot(Arc::new(stale));
    assert_eq!(writer.finish(Duration::from_secs(60)), []);
    nowhere(&house);
}
