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
    change(incident.timeline.iter_mut().last().unwrap());
    incident
}

/// An outage of half an hour: 10:00 to 10:30.
fn half_an_hour(lines: &[&str]) -> Incident {
    let known =
        ["/started 10:00", "/detected 10:08", "/mitigated 10:24", "/resolved 10:30", "/affected all users"];
    Scene::new("Europe/Berlin").at("2024-08-10 14:30").after(&known).after(lines).incident()
}

#[test]
fn how_long_all_was_gone() {
    for line in [
        "/title Login outage for 45 minutes",
        "/title Login down from 10:00 to 11:15",
        "/title 45-minute outage of the login",
        "/title 45-minute login outage",
        "/impact Downtime: 45 minutes",
        "/summary The downtime was 45 minutes.",
        "/impact Logins failed for all users for 45 minutes, from 10:00 to 10:45",
        "/summary Nobody saw it coming. Users could not log in for 2 hours.",
        "/summary Login was unavailable between 9:15 and 10:30 CEST.",
        "/impact Login was degraded for about 50 minutes",
        "/impact Login was down from 10:00 am to 10:50 am",
    ] {
        assert!(!of("numbers-contradict", &half_an_hour(&[line])).is_empty(), "{line}");
    }
    for line in [
        "/title Login outage for 30 minutes",
        "/title Login down from 10:00 to 10:24",
        "/title 24-minute login outage",
        "/impact Downtime: 28 minutes",
        "/impact Logins failed for all users for half an hour, from 10:00 to 10:30",
        "/impact Logins failed for 22 minutes, from 10:08 to 10:30",
        "/summary The restart took 5 minutes",
        "/summary For 5 minutes we thought that the database was down",
        "/summary The first restart failed, and we waited for 10 minutes",
        "/summary One node was unavailable for 10 minutes after the restart",
        "/summary Health checks failed for 5 minutes before anybody looked",
        "/summary Logins failed for 5 minutes at a time",
        "/summary Login may be down for 45 minutes per month",
        "/summary Login was down from 8:00 to 8:30 UTC",
        "/summary The pager was on from 9:00 to 17:00. Login was down",
        "/summary Login was not down for 45 minutes",
        "/summary Login was down, and the team met from 11:00 to 11:30",
        "/summary Users failed to log in between 10:00 and 10:30",
        "/summary It was down from 10:00 am to 10:30 am",
        "/summary Downtime per year: 45 minutes",
        "/summary The 45-minute call about the outage came later",
        "/summary Login could have been down for 3 hours if nobody had looked",
    ] {
        let found = of("numbers-contradict", &half_an_hour(&[line]));
        assert!(found.is_empty(), "{line}: {}", found[0].message);
    }
    let found = of("numbers-contradict", &half_an_hour(&["/title Login down from 10:00 to 11:15"]));
    assert_eq!(
        found[0].message,
        "\"from 10:00 to 11:15\" is not what the milestones say: it began at 2024-08-10 10:00 CEST, and ended at \
         2024-08-10 10:30 CEST"
    );
}

/// What was typed as `12:50..12:30` ends on the next day.
#[test]
fn ranges_the_wrong_way_round() {
    for zone in ["UTC", "Europe/Berlin", "Asia/Kolkata", "America/New_York"] {
        let mut scene = Scene::new(zone);
        scene.say("12:50..12:30 was down");
        let incident = scene.incident();
        let found = of("time-in-the-future", &incident);
        assert_eq!(found.len(), 1, "{zone}");
        scene.say(&found[0].fix);
        let incident = scene.incident();
        let entry = &incident.timeline[0];
        let lasts = entry.until.as_ref().unwrap().instant().unwrap() - entry.at.instant().unwrap();
        assert_eq!(lasts.num_minutes(), 20, "{zone}: {}", found[0].fix);
        assert!(of("time-in-the-future", &incident).is_empty(), "{zone}");
    }
    // Days later it is no longer in the future, and too long for the outage.
    let mut scene = Scene::new("UTC").at("2024-08-13 14:30");
    for line in
        ["/started 2024-08-10 12:00", "/resolved 2024-08-10 13:00", "2024-08-10 12:50..12:30 was down"]
    {
        scene.say(line);
    }
    let found = of("time-backwards", &scene.incident());
    assert!(of("time-in-the-future", &scene.incident()).is_empty());
    assert!(found[0].message.starts_with("it lasts 23 h 40 min, and the outage 1 h"), "{}", found[0].message);
    scene.say(&found[0].fix);
    assert!(of("time-backwards", &scene.incident()).is_empty());
    for harmless in ["2024-08-10 12:30..12:50 was down", "2024-08-10 23:30..00:20 the batch ran"] {
        scene.say(harmless);
        assert!(of("time-backwards", &scene.incident()).is_empty(), "{harmless}");
    }
    // A long outage has long entries; one that goes on may have them.
    for end in ["/resolved 2024-08-12 13:00", "/resolved -"] {
        scene.say("2024-08-10 12:50..12:30 was down");
        scene.say(end);
        assert!(of("time-backwards", &scene.incident()).is_empty(), "{end}");
    }
}

#[test]
fn verdicts_after_the_end() {
    let lines = [
        "/suspect 12:50 queue: it was long",
        "/against 12:56 queue: it is empty",
        "/out queue: empty all day",
    ];
    for zone in ["UTC", "Asia/Kolkata", "America/New_York"] {
        let mut scene = Scene::new(zone).at("2024-08-10 20:30");
        for line in ["/started 12:05", "/resolved 13:05"].iter().chain(&lines) {
            scene.say(line);
        }
        let found = of("verdict-after-end", &scene.incident());
        assert_eq!(found.len(), 1, "{zone}");
        scene.say(&found[0].fix);
        assert!(of("verdict-after-end", &scene.incident()).is_empty(), "{zone}: {}", found[0].fix);
        assert_eq!(scene.incident().hypotheses[0].minutes(), Some(6), "{zone}");
    }
    holds(
        "verdict-after-end",
        &[
            &lines,
            &["/suspect 12:50 queue", "/out queue"],
            &["/suspect 13:04 queue", "/confirm 13:30 queue: long"],
            &["/suspect 12:10 queue", "/out 13:07 queue: short"],
            &["/resolved 12:30"],
        ],
        &[
            &["/suspect 12:50 queue", "/out 13:05 queue: short"],
            &["/suspect 13:30 queue", "/out queue: short"],
            &["/out queue: nobody raised it"],
            &["/suspect 12:50 queue"],
            &["/suspect 12:50 queue", "/out queue: short", "/resolved -"],
            &["/suspect 12:50 queue", "/park queue"],
        ],
    );
}

/// The hint of a hypothesis that was left does not make it last until now.
#[test]
fn a_verdict_that_is_given_late_has_the_time_of_what_was_seen_last() {
    for (lines, minutes) in [
        (&["/suspect 12:50 queue", "/against 12:56 queue: it is empty"][..], 6),
        (&["/suspect 12:50 queue", "/test 12:53 queue: count it"], 3),
        (&["/suspect 12:50 queue", "/park 12:59 queue: later"], 9),
        (&["/suspect 12:50 queue", "/against queue: it is empty"], 15),
        (&["/suspect 13:30 queue"], 0),
    ] {
        let mut scene = Scene::new("UTC").at("2024-08-10 18:30").after(&GOOD).after(lines);
        let found = of("hypothesis-without-verdict", &scene.incident());
        let (_, left) = found[0].message.rsplit_once(", as of ").unwrap();
        scene.say(&format!("/out {left} queue: it was not"));
        let incident = scene.incident();
        assert_eq!(incident.hypotheses.last().unwrap().minutes(), Some(minutes), "{left}");
        assert!(of("verdict-after-end", &incident).is_empty() && of("time-backwards", &incident).is_empty());
    }
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
            entry.until = Some(Box::new(utc(time).into()));
        })
    };
    assert_eq!(of("time-backwards", &until("2024-08-10 12:59")).len(), 1);
    assert!(of("time-backwards", &until("2024-08-10 13:00")).is_empty());
    assert!(of("time-backwards", &until("2024-08-10 13:01")).is_empty());
    let lines: [(&str, &str); 3] = [
        ("/out 12:20 bank: it works", "hypothesis bank"),
        ("/confirm 12:29 certificate store: seen", "hypothesis certificate store"),
        ("+ Move the list @omar due:2024-08-09", "action \"Move the list\" (number 3)"),
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
