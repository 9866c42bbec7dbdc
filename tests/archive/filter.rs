//! Which incidents are meant.

use chrono::NaiveDate;
use warroom::archive::{Digest, Filter};
use warroom::grammar::days::{Days, past};
use warroom::model::Status;
use warroom::text::Raw;

use crate::scene::Scene;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn days_of_the_past_are_read() {
    // A Wednesday.
    let today = day("2024-03-06");
    for (text, first, last) in [
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023-12", "2023-12-01", "2023-12-31"),
        ("2024-03-05", "2024-03-05", "2024-03-05"),
        ("90d", "2023-12-07", "2023-12-07"),
        ("2W", "2024-02-21", "2024-02-21"),
        ("1m", "2024-02-06", "2024-02-06"),
        ("1y", "2023-03-06", "2023-03-06"),
        ("today", "2024-03-06", "2024-03-06"),
        (" Yesterday ", "2024-03-05", "2024-03-05"),
        ("mon", "2024-03-04", "2024-03-04"),
        ("Wednesday", "2024-02-28", "2024-02-28"),
    ] {
        assert_eq!(past(text, today), Some(Days { first: day(first), last: day(last) }), "{text}");
    }
    for text in [
        "",
        "d",
        "-3d",
        "+3d",
        "24",
        "2024-3",
        "2024-13",
        "2024-02-30",
        "2024-03-05-01",
        "99999999d",
        "3h",
        "²d",
        "２０２４",
        "now",
        "2024-",
        "ü",
    ] {
        assert_eq!(past(text, today), None, "{text}");
    }
}

#[test]
fn all_that_is_set_has_to_apply() {
    let scene = Scene::new("Asia/Tokyo").after(&[
        "/started 2024-08-09 23:30",
        "/sev 2",
        "/service Checkout API",
        "pool empty #Déploy",
        "/confirm load balancer: seen in its log",
        "/cause The health check was wrong",
        "+ Audit it #prevent",
    ]);
    let digest = Digest::of(&scene.incident());
    let raw = |text: &str| vec![Raw::from(text)];
    let empty = Filter::default();
    assert!(empty.is_empty() && empty.takes(&digest));
    let since = |text: &str| Filter { since: Some(day(text)), ..Filter::default() };
    let until = |text: &str| Filter { until: Some(day(text)), ..Filter::default() };
    let takes = [
        since("2024-08-09"),
        until("2024-08-09"),
        Filter { services: raw("checkout-api"), ..Filter::default() },
        Filter { severities: vec![1, 2], ..Filter::default() },
        Filter { cause: Some("HEALTH wrong".into()), ..Filter::default() },
        Filter { cause: Some("balancer".into()), ..Filter::default() },
        Filter { tags: raw("deploy"), ..Filter::default() },
        Filter { tags: raw("#prevent"), ..Filter::default() },
        Filter { statuses: vec![Status::Closed, digest.status], ..Filter::default() },
        Filter { open: true, ..Filter::default() },
    ];
    for filter in takes {
        assert!(!filter.is_empty() && filter.takes(&digest), "{filter:?}");
    }
    let refuses = [
        since("2024-08-10"),
        until("2024-08-08"),
        Filter { services: raw("checkout"), ..Filter::default() },
        Filter { severities: vec![3], ..Filter::default() },
        Filter { cause: Some("health database".into()), ..Filter::default() },
        Filter { cause: Some("pool".into()), ..Filter::default() },
        Filter { tags: raw("dep"), ..Filter::default() },
        Filter { statuses: vec![Status::Closed], ..Filter::default() },
        Filter { severities: vec![2], tags: raw("other"), ..Filter::default() },
    ];
    for filter in refuses {
        assert!(!filter.takes(&digest), "{filter:?}");
    }
}

#[test]
fn the_day_is_that_of_its_zone_or_of_its_id() {
    let mut scene = Scene::new("Asia/Tokyo");
    scene.say("/started 2024-08-10 01:00");
    let mut digest = Digest::of(&scene.incident());
    assert_eq!(digest.day(), Some(day("2024-08-10")), "the day before in UTC");
    digest.began = None;
    assert_eq!(digest.day(), Some(day("2024-08-10")), "as it was read");
    digest.day = None;
    digest.id = "2023-01-02-old".into();
    assert_eq!(digest.day(), Some(day("2023-01-02")));
    let file = warroom::model::Document { file: "old.md".into(), bytes: 1, crc: 1, channel: None };
    let imported = Digest { documents: vec![file], ..digest.clone() };
    assert_eq!(imported.day(), None, "that of an import may be the day of the import");
    digest.id = "é23-01-02-old".into();
    assert_eq!(digest.day(), None);
    assert!(!Filter { since: Some(day("1990-01-01")), ..Filter::default() }.takes(&digest));
}
