//! Facts: times that cannot be, and numbers that say two things.

use warroom::model::{Entry, Incident};

use super::{GOOD, good_and, holds, of};
use crate::scene::{Scene, utc};

#[test]
fn milestones_out_of_order() {
    holds(
        "milestones-out-of-order",
        &[
            &["/detected 12:00"],
            &["/started 13:30"],
            &["/mitigated 13:20"],
            &["/resolved 12:40", "/closed 12:30"],
            &["/identified 12:10"],
            &["/acked 12:10"],
        ],
        &[
            &["/identified 13:50"],
            &["/mitigated 12:10"],
            &["/declared 12:20"],
            &["/closed 14:00"],
            &["/detected 12:05"],
            &["/started -"],
        ],
    );
    let found = of("milestones-out-of-order", &good_and(&["/detected 12:00"]));
    assert_eq!(
        found[0].message,
        "detected (2024-08-10 12:00 UTC) comes before started (2024-08-10 12:05 UTC): one of the two is wrong"
    );
}

#[test]
fn numbers_that_contradict() {
    holds(
        "numbers-contradict",
        &[
            &["/summary The incident lasted 50 minutes"],
            &["/summary Payments were down for about 3 hours"],
            &["/impact A 90-minute disruption for 33 shops"],
            &["/impact 33 shops had 2 hours of downtime"],
            &["/summary It was detected at 12:45"],
            &["/summary The incident began at 11:50 and was ended by hand"],
            &["/impact 50% of the shops took no cards"],
            &["/summary It was resolved at 3:05 pm UTC"],
        ],
        &[
            &["/summary The incident lasted one hour, or 60 minutes, or about 1 hour"],
            &["/summary The rollback took 3 minutes, and each retry waits for 10 minutes"],
            &["/summary It was detected at 12:19 and resolved at 1:05 pm"],
            &["/summary It was detected at 14:19 CEST"],
            &["/impact 33% of shops, and 5% of orders, took no cards"],
            &["/impact A 39-minute disruption, from 12:05 to 12:44"],
            &["/summary The batch began at 11:50, a node was down for 5 minutes on Monday"],
            &["/summary The page said \"the incident lasted 45 minutes\""],
            &["/summary A 10-minute incident call decided it; 5 hours of downtime per year are allowed"],
            &["/impact About 35% of shops took no cards"],
        ],
    );
    let found = of("numbers-contradict", &good_and(&["/summary The incident lasted 50 minutes"]));
    assert_eq!(
        found[0].message,
        "\"50 minutes\" is not what the milestones say: from the first to the last it took 1 h (60 minutes)"
    );
}

/// The good outage with its last entry changed.
fn with_entry(change: impl FnOnce(&mut Entry)) -> Incident {
    let mut incident = good_and(&["the bank called back"]);
    change(incident.timeline.last_mut().unwrap());
    incident
}

#[test]
fn what_is_yet_to_come() {
    let at = |time: &str| of("time-in-the-future", &with_entry(|entry| entry.at = utc(time).into()));
    for time in
        ["2024-08-10 14:46", "2024-08-11 00:10", "2024-08-10 23:50", "2025-08-10 12:30", "9999-12-31 23:59"]
    {
        let found = at(time);
        assert_eq!(found.len(), 1, "{time}");
        assert!(found[0].fix.starts_with("/when "));
    }
    for time in
        ["2024-08-10 14:45", "2024-08-10 14:30", "2024-08-10 12:30", "1999-08-10 12:30", "2024-08-09 23:50"]
    {
        assert!(at(time).is_empty(), "{time}");
    }
    let late = |change: fn(&mut Entry)| {
        with_entry(|entry| {
            entry.at = utc("2024-08-11 14:46").into();
            change(entry);
        })
    };
    assert!(of("time-in-the-future", &late(|entry| entry.struck = true)).is_empty());
    assert!(
        of("time-in-the-future", &late(|entry| entry.skewed = true)).is_empty(),
        "that clock is known to be wrong"
    );
    assert!(of("time-in-the-future", &late(|entry| entry.at = "2024-08-11".parse().unwrap())).is_empty());
}

#[test]
fn ends_before_beginnings() {
    let until = |time: &str| {
        with_entry(|entry| {
            entry.at = utc("2024-08-10 13:00").into();
            entry.until = Some(utc(time).into());
        })
    };
    assert_eq!(of("time-backwards", &until("2024-08-10 12:59")).len(), 1);
    assert!(of("time-backwards", &until("2024-08-10 13:00")).is_empty());
    assert!(of("time-backwards", &until("2024-08-10 13:01")).is_empty());
    let lines: [(&str, &str); 3] = [
        ("/out 12:20 bank: it works", "hypothesis bank"),
        ("/confirm 12:29 certificate store: seen", "hypothesis certificate store"),
        ("+ Move the list @omar due:2024-08-09", "action 3"),
    ];
    for (line, about) in lines {
        let found = of("time-backwards", &good_and(&[line]));
        assert_eq!(found.iter().map(|f| f.about.as_str()).collect::<Vec<_>>(), [about], "{line}");
    }
    for line in [
        "/out 12:24 bank: it works",
        "/confirm 13:00 certificate store: seen",
        "+ Move the list @omar due:2024-08-10",
        "/confirm 12:00 gateway: seen, and never raised",
        "12:50..12:55 the bank called",
    ] {
        assert!(of("time-backwards", &good_and(&[line])).is_empty(), "{line}");
    }
}

#[test]
fn a_timeline_that_begins_with_the_alarm() {
    let scene = |started: &str, lines: &[&str]| {
        let rest: Vec<&str> = GOOD.into_iter().filter(|line| !line.starts_with("/started")).collect();
        let mut scene = Scene::new("UTC").at("2024-08-10 14:30").after(&rest);
        scene.say(started);
        scene.after(lines).incident()
    };
    let found = of("timeline-starts-at-detection", &scene("/started 12:05", &[]));
    assert!(found[0].message.contains("14 minutes"), "{}", found[0].message);
    assert_eq!(found[0].fix, "2024-08-10 12:05 UTC ");
    let struck = &["12:06 first shop", "/strike last"];
    for (started, lines) in [
        ("/started 12:05", &["12:19 something"][..]),
        ("/started 12:05", struck),
        ("/started 12:18", &[]),
        ("/started 2024-08-09 12:05", &[]),
    ] {
        assert_eq!(
            of("timeline-starts-at-detection", &scene(started, lines)).len(),
            1,
            "{started} {lines:?}"
        );
    }
    for (started, lines) in [
        ("/started 12:05", &["12:06 first shop"][..]),
        ("/started 12:05", &["yesterday 18:00 the list was moved"]),
        ("/started 12:05 gateway 5.2 reaches the first shops", &[]),
        ("/started 12:19", &[]),
        ("/started 12:30", &[]),
    ] {
        assert!(of("timeline-starts-at-detection", &scene(started, lines)).is_empty(), "{started} {lines:?}");
    }
}

#[test]
fn an_impact_without_numbers() {
    let clear = "/affected -";
    let plain = "/impact Shops could take no cards";
    holds(
        "impact-without-numbers",
        &[
            &[clear, plain, "/affected many shops"],
            &[clear, plain, "/affected some of the users in the north"],
            &[clear, "/impact Shops were slow", "/affected several shops"],
            &[clear, plain, "/affected customers", "/affected partners"],
            &[clear, plain, "/affected most shops", "/loss a lot of trust"],
        ],
        &[
            &[clear, plain],
            &[clear, plain, "/affected 12 shops"],
            &[clear, plain, "/affected all shops"],
            &[clear, "/impact Shops could take no cards for an hour and a half", "/affected many shops"],
            &[clear, plain, "/affected many shops", "/loss $20,000"],
            &[clear, plain, "/affected two shops of a friend"],
        ],
    );
}

#[test]
fn confidence_is_no_evidence() {
    holds(
        "cause-without-evidence",
        &[
            &["/confirm 12:50 retry queue"],
            &["/confirm 12:50 retry queue: it must be that"],
            &["?retry queue", "/confirm retry queue: clear"],
            &["?retry queue", "/against retry queue: it is empty", "/confirm retry queue: clear"],
            &["?retry queue", "/worse retry queue: flushing it", "/confirm retry queue: clear"],
        ],
        &[
            &["?retry queue", "/for retry queue: 900 entries", "/confirm retry queue: clear"],
            &["?retry queue", "/test retry queue: count it", "/confirm retry queue: 900 entries"],
            &["/out 12:50 retry queue: empty"],
            &["?retry queue", "/park 12:50 retry queue: later"],
            &["?retry queue"],
        ],
    );
}
