//! Times as people write them down: one of each form.

use warroom::import::clock::{self, Half};

/// What stands at the beginning of a text: date, hour, minute, zone.
fn read(text: &str) -> String {
    let Some(lead) = clock::leading(text) else { return "none".into() };
    let point = |point: &clock::Point| {
        let date = point.date.map(|date| {
            let year = date.year.map_or(String::new(), |year| format!("{year}-"));
            format!(
                "{year}{}-{}{}",
                date.month,
                date.day,
                if date.order == clock::Order::Either { "?" } else { "" }
            )
        });
        let hour = point.hour.map(|hour| {
            let odd = if hour.half == Half::Odd { "!" } else { "" };
            format!("{}{odd}", hour.time().unwrap().format("%H:%M:%S"))
        });
        let zone =
            point.zone.as_ref().map(|zone| zone.zone().map_or("local".into(), |zone| zone.name().to_owned()));
        let since = point.since_start.map(|seconds| format!("+{seconds}s"));
        [date, hour, zone, since].into_iter().flatten().collect::<Vec<_>>().join(" ")
    };
    let about = if lead.expression.approximate { "~" } else { "" };
    let until = lead.expression.until.as_ref().map_or(String::new(), |until| format!(" .. {}", point(until)));
    format!("{about}{}{until} | {}", point(&lead.expression.from), &text[lead.rest..])
}

#[test]
fn clocks() {
    for (text, wanted) in [
        ("10:42 it broke", "10:42:00 | it broke"),
        ("3:15 PM it broke", "15:15:00 | it broke"),
        ("3:15pm - it broke", "15:15:00 | it broke"),
        ("3:15 p.m. it broke", "15:15:00 | it broke"),
        ("12:05 AM it broke", "00:05:00 | it broke"),
        ("12:05 PM it broke", "12:05:00 | it broke"),
        ("13:00 PM it broke", "13:00:00! | it broke"),
        ("6 PM it broke", "18:00:00 | it broke"),
        ("10h47 : it broke", "10:47:00 | it broke"),
        ("1030hrs it broke", "10:30:00 | it broke"),
        ("10:42:07 it broke", "10:42:07 | it broke"),
        ("~10:40 it broke", "~10:40:00 | it broke"),
        ("about 10:40 it broke", "~10:40:00 | it broke"),
        ("At approximately 10:40 it broke", "~10:40:00 | it broke"),
        ("noon: it broke", "12:00:00 | it broke"),
        ("Midnight - it broke", "00:00:00 | it broke"),
        ("10:40-10:55 it broke", "10:40:00 .. 10:55:00 | it broke"),
        ("10:40 – 11:05 AM it broke", "10:40:00 .. 11:05:00 | it broke"),
        ("11:40 – 1:05 PM it broke", "11:40:00 .. 13:05:00 | it broke"),
        ("T+5 it broke", "+300s | it broke"),
        ("+15 min it broke", "+900s | it broke"),
        ("**10:42 UTC** - it broke", "10:42:00 UTC | it broke"),
        ("`10:42` **it** broke", "10:42:00 | **it** broke"),
        ("10:42ms it broke", "none"),
        ("25:00 it broke", "none"),
        ("40% it broke", "none"),
        ("+5 servers", "none"),
    ] {
        assert_eq!(read(text), wanted, "{text}");
    }
}

#[test]
fn dates() {
    for (text, wanted) in [
        ("2024-03-12 10:42 x", "2024-3-12 10:42:00 | x"),
        ("2024-03-12T10:42:00Z x", "2024-3-12 10:42:00 UTC | x"),
        ("2024-03-12T10:42:00-05:00 x", "2024-3-12 10:42:00 UTC-5 | x"),
        ("2024.03.12 15.26 x", "2024-3-12 15:26:00 | x"),
        ("12 March 2024, 10:42 x", "2024-3-12 10:42:00 | x"),
        ("March 12th, 2024 at 10:42 x", "2024-3-12 10:42:00 | x"),
        ("Tuesday, March 12, 2024 10:42 x", "2024-3-12 10:42:00 | x"),
        ("Mar 12 10:42 x", "3-12 10:42:00 | x"),
        ("12/03/2024 10:42 x", "2024-12-3? 10:42:00 | x"),
        ("13/03/2024 10:42 x", "2024-3-13 10:42:00 | x"),
        ("03/13/2024 10:42 x", "2024-3-13 10:42:00 | x"),
        ("12.03.2024 10:42 x", "2024-3-12 10:42:00 | x"),
        ("06/May/2022 2:17 PM (GMT) x", "2022-5-6 14:17:00 GMT | x"),
        ("10:42 AM UTC on August 19, 2024 x", "2024-8-19 10:42:00 UTC | x"),
        ("may 5 servers fail", "none"),
        ("1.18.0 is the version", "none"),
    ] {
        assert_eq!(read(text), wanted, "{text}");
    }
}

#[test]
fn zones() {
    for (text, wanted) in [
        ("10:42 UTC x", "10:42:00 UTC | x"),
        ("10:42 (UTC) x", "10:42:00 UTC | x"),
        ("10:42 GMT+2 x", "10:42:00 UTC+2 | x"),
        ("10:42 (UTC +01:00) x", "10:42:00 UTC+1 | x"),
        ("10:42 UTC-3:30 x", "10:42:00 UTC-3:30 | x"),
        ("10:42+05:30 x", "10:42:00 UTC+5:30 | x"),
        ("10:42 PST x", "10:42:00 PST | x"),
        ("10:42 Africa/Lagos x", "10:42:00 Africa/Lagos | x"),
        ("10:42 West Africa Time (WAT) x", "10:42:00 WAT | x"),
        ("10:42 Pacific Standard Time x", "10:42:00 PST | x"),
        ("10:42 local time x", "10:42:00 local | x"),
        ("10:42 IST x", "10:42:00 IST=+05:30 | x"),
        ("10:42 API limits", "10:42:00 | API limits"),
        ("10:42 utc x", "10:42:00 UTC | x"),
    ] {
        assert_eq!(read(text), wanted, "{text}");
    }
    for (text, wanted) in
        [("All times are in UTC.", "UTC"), ("Timezone: WAT", "WAT"), ("(all times EST)", "EST")]
    {
        let zone = warroom::import::timeline::zone_stated(text);
        assert_eq!(zone.unwrap().zone().unwrap().name(), wanted, "{text}");
    }
    assert!(warroom::import::timeline::zone_stated("This time it is fine").is_none());
}
