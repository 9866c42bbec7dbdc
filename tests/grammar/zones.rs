//! Zones after a time, and the hours that daylight saving repeats or skips.

use super::times::check;
use crate::scene::Scene;

#[test]
fn a_zone_is_a_name_an_offset_or_an_upper_case_abbreviation() {
    check(
        &Scene::new("UTC"),
        &[
            ("10:40 Europe/Berlin x", "08-10 08:40 | x"),
            ("10:40 europe/berlin x", "08-10 08:40 | x"),
            ("10:40 +03:00 x", "08-10 07:40 | x"),
            ("10:40 -0330 x", "08-09 14:10 | x"),
            ("10:40 UTC+3 x", "08-10 07:40 | x"),
            ("10:40Z x", "08-10 10:40 | x"),
            ("10:40 GMT x", "08-10 10:40 | x"),
            ("3:15pm PDT x", "08-09 22:15 | x"),
            ("3:15 pm PDT x", "08-09 22:15 | x"),
            ("10:40 WAT x", "08-10 09:40 | x"),
            ("10:40 EAT x", "08-10 07:40 | x"),
            ("10:40..10:55 EAT x", "08-10 07:40..08-10 07:55 | x"),
            ("10:40 EAT..10:55 EAT x", "08-10 07:40..08-10 07:55 | x"),
            ("10:40am API limits", "08-10 10:40 | API limits"),
            ("10:40 est timing", "08-10 10:40 | est timing"),
            ("10:40 Singapore team joins", "08-10 10:40 | Singapore team joins"),
            ("10:40 +5% errors", "08-10 10:40 | +5% errors"),
            ("10:40 EAT: x", "08-10 10:40 | EAT: x"),
            ("10:40 \\EAT team joins", "08-10 10:40 | EAT team joins"),
            ("10:40 ?database", "08-10 10:40 | ?database"),
        ],
    );
}

#[test]
fn a_time_without_a_zone_is_in_the_incidents() {
    check(&Scene::new("America/New_York"), &[("8:40 x", "08-10 12:40 | x")]);
    check(&Scene::new("PST"), &[("4:40 x", "08-10 12:40 | x"), ("4:40 -07:00 x", "08-10 11:40 | x")]);
}

#[test]
fn an_abbreviation_of_several_meanings_is_the_incidents_own() {
    check(&Scene::new("Asia/Kolkata"), &[("10:40 IST x", "08-10 05:10 | x")]);
    check(&Scene::new("Europe/Dublin"), &[("10:40 IST x", "08-10 09:40 | x")]);
    check(&Scene::new("America/Chicago"), &[("5:40 CST x", "08-10 11:40 | x")]);
    check(&Scene::new("Asia/Shanghai"), &[("10:40 CST x", "08-10 02:40 | x")]);
    // Its own, too, where the table has only somebody else's.
    check(&Scene::new("Asia/Manila"), &[("10:40 PST x", "08-10 02:40 | x")]);
    let error = Scene::new("UTC").error("10:40 IST x");
    assert_eq!(error.span, 6..9);
    for place in ["Asia/Kolkata", "Asia/Jerusalem", "Europe/Dublin"] {
        assert!(error.message.contains(place) && error.hint.contains(place), "{error:?}");
    }
    assert!(!error.may_be_text);
}

#[test]
fn what_the_database_has_instead_of_an_abbreviation_is_text() {
    let scene = Scene::new("Australia/Lord_Howe").at("2024-01-10 12:00");
    check(&scene, &[("10:40 +11 errors", "01-09 23:40 | +11 errors")]);
    check(&Scene::new("Pacific/Guam"), &[("10:40 ChST x", "08-10 00:40 | ChST x")]);
}

#[test]
fn an_unknown_zone_is_an_error_where_a_zone_is_asked_for() {
    let scene = Scene::new("UTC");
    for (line, span) in
        [("/tz Mars/Olympus", 4..16), ("/tz XYZ", 4..7), ("/tz est time", 4..12), ("/tz IST", 4..7)]
    {
        assert_eq!(scene.error(line).span, span, "{line}");
    }
    for zone in ["Europe/Berlin", "+02:00", "UTC+3", "PDT", "WAT", "Japan", "UTC", "IST=+05:30"] {
        let change = serde_json::to_value(scene.change(&format!("/tz {zone}"))).unwrap();
        assert_eq!(change["zone_set"]["zone"], zone);
    }
    assert!(warroom::grammar::zone("Nowhere", None).is_err());
    // What is stored means the same wherever it is read again.
    for (own, name, offset) in [("Asia/Kolkata", "IST", "+05:30"), ("Asia/Manila", "PST", "+08:00")] {
        let change = serde_json::to_value(Scene::new(own).change(&format!("/tz {name}"))).unwrap();
        assert_eq!(change["zone_set"]["zone"], format!("{name}={offset}"));
        assert!(serde_json::from_value::<warroom::log::Change>(change).is_ok());
    }
}

#[test]
fn of_a_repeated_hour_the_later_one_that_is_not_in_the_future() {
    // Clocks in New York went back from 2:00 EDT to 1:00 EST at 06:00 UTC.
    let york = |now| Scene::new("America/New_York").at(now);
    check(&york("2024-11-03 12:00"), &[("01:30 x", "11-03 06:30 | x"), ("00:30 x", "11-03 04:30 | x")]);
    check(&york("2024-11-03 06:20"), &[("01:10 x", "11-03 06:10 | x"), ("01:30 x", "11-03 05:30 | x")]);
    check(&york("2024-11-03 05:20"), &[("01:10 x", "11-03 05:10 | x"), ("01:30 x", "11-03 05:30 | x")]);
    check(
        &york("2024-11-03 12:00"),
        &[("01:30 EDT x", "11-03 05:30 | x"), ("2024-11-03 01:30 EST x", "11-03 06:30 | x")],
    );
    check(&Scene::new("Europe/Berlin").at("2024-10-27 06:00"), &[("02:30 x", "10-27 01:30 | x")]);
    // Half an hour on Lord Howe Island: 01:30 to 02:00 twice.
    let howe = Scene::new("Australia/Lord_Howe").at("2024-04-06 20:00");
    check(&howe, &[("01:45 x", "04-06 15:15 | x"), ("02:15 x", "04-06 15:45 | x")]);
}

#[test]
fn a_skipped_hour_is_an_error_that_names_both_neighbours() {
    for (zone, now, typed, before, after) in [
        ("America/New_York", "2024-03-10 15:00", "02:30", "01:59 EST", "03:00 EDT"),
        ("America/New_York", "2024-03-20 15:00", "2024-03-10 2:30", "01:59 EST", "03:00 EDT"),
        ("Europe/Berlin", "2024-03-31 10:00", "02:30", "01:59 CET", "03:00 CEST"),
        ("Australia/Lord_Howe", "2024-10-05 20:00", "02:15", "01:59 UTC+10:30", "02:30 UTC+11"),
    ] {
        let scene = Scene::new(zone).at(now);
        for line in [format!("{typed} x"), format!("/detected {typed} x"), format!("01:00..{typed} x")] {
            if line.starts_with("01") && typed.len() > 5 {
                continue;
            }
            let error = scene.error(&line);
            assert!(error.message.contains(before) && error.message.contains(after), "{line}: {error:?}");
            assert!(error.hint.contains(before) && error.hint.contains(after), "{line}: {error:?}");
            assert_eq!(&line[error.span], typed);
        }
    }
    // The day before is meant while today's lies ahead; half of Lord Howe's hour is there.
    check(&Scene::new("America/New_York").at("2024-03-10 06:20"), &[("02:30 x", "03-09 07:30 | x")]);
    check(&Scene::new("Australia/Lord_Howe").at("2024-10-05 20:00"), &[("02:45 x", "10-05 15:45 | x")]);
}
