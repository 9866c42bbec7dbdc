//! Figures against those computed by hand; the arithmetic stands beside each.

use warroom::archive::figures::{self, median, nearest_rank};
use warroom::archive::{Digest, Subjects};
use warroom::model::insight::{Insight, Severity, Spread, Suspect};
use warroom::text::Raw;

use super::{day, ferries, insight, past};

fn typed(texts: &[Raw]) -> Vec<&str> {
    texts.iter().map(Raw::as_typed).collect()
}

fn minutes(spread: &Spread) -> Vec<i64> {
    spread.dots.iter().map(|dot| dot.minutes).collect()
}

fn suspect<'a>(insight: &'a Insight, subject: &str) -> &'a Suspect {
    insight.suspects.iter().find(|one| one.subject.as_typed() == subject).unwrap()
}

#[test]
fn how_many_and_how_long() {
    let insight = insight(&ferries());
    assert_eq!((insight.incidents, insight.unresolved), (5, 1));
    assert_eq!((insight.first, insight.last), (Some(day("2022-05-03")), Some(day("2025-05-02"))));
    // 90 + 120 + 45 + 60; the fifth goes on.
    assert_eq!((insight.total_minutes, insight.length_known), (315, 4));
    let part = |severity, incidents, total_minutes, length_known| Severity {
        severity,
        incidents,
        total_minutes,
        length_known,
    };
    // 120 + 45 of severity 2; of those without one 60 and one that goes on.
    assert_eq!(insight.severities, [part(Some(1), 1, 90, 1), part(Some(2), 2, 165, 2), part(None, 2, 60, 1)]);
}

#[test]
fn how_long_it_took() {
    let insight = insight(&ferries());
    let [detect, identify, mitigate, resolve] = &insight.times[..] else { panic!("{:?}", insight.times) };
    // 5, 10, 30: the middle is 10; rank ⌈0.9 · 3⌉ = 3.
    assert_eq!((minutes(detect), detect.unknown), (vec![5, 10, 30], 2));
    assert_eq!((detect.median, detect.p90, detect.p90_is_longest()), (Some(10.0), Some(30), true));
    // 50 and 60: (50 + 60) / 2; two values have no p90.
    assert_eq!((minutes(identify), identify.unknown), (vec![50, 60], 3));
    assert_eq!((identify.median, identify.p90), (Some(55.0), None));
    assert_eq!((minutes(mitigate), mitigate.median, mitigate.p90), (vec![60], Some(60.0), None));
    // 45, 60, 90, 120: (60 + 90) / 2; rank ⌈0.9 · 4⌉ = 4.
    assert_eq!((minutes(resolve), resolve.unknown), (vec![45, 60, 90, 120], 1));
    assert_eq!((resolve.median, resolve.p90), (Some(75.0), Some(120)));
    assert_eq!(resolve.dots[0].incident.as_typed(), "2024-01-20-late-mails");
}

#[test]
fn ranks() {
    let to = |last: i64| (1..=last).collect::<Vec<_>>();
    // ⌈0.9 · 9⌉ = 9, ⌈0.9 · 10⌉ = 9, ⌈0.9 · 11⌉ = 10, ⌈0.9 · 20⌉ = 18.
    for (last, p90) in [(1, 1), (9, 9), (10, 9), (11, 10), (20, 18), (100, 90), (101, 91)] {
        assert_eq!(nearest_rank(&to(last), 90), Some(p90), "of {last}");
    }
    assert_eq!((nearest_rank(&[], 90), median(&[])), (None, None));
    assert_eq!((median(&[7]), median(&[7, 8]), median(&[1, 5, 900])), (Some(7.0), Some(7.5), Some(5.0)));
}

#[test]
fn first_guesses() {
    let insight = insight(&ferries());
    let subjects: Vec<&str> = insight.suspects.iter().map(|one| one.subject.as_typed()).collect();
    assert_eq!(subjects, ["database", "load balancer", "cache"]);
    // database twice, DB pool, db: suspected in four, first in all of them, ruled out in three, in 20 + 15 + 6 minutes.
    let database = suspect(&insight, "database");
    assert_eq!((database.incidents, database.first), (4, 4));
    assert_eq!((database.ruled_out, database.confirmed, database.parked, database.open), (3, 1, 0, 0));
    assert_eq!((database.minutes_lost, database.minutes_known), (41, 3));
    let [balancer, relay] = &database.turned_out[..] else { panic!("{:?}", database.turned_out) };
    assert_eq!(balancer.cause.as_typed(), "load balancer");
    assert_eq!(typed(&balancer.incidents), ["2022-05-03-no-tickets", "2023-05-05-cabins-twice"]);
    assert_eq!(relay.cause.as_typed(), "The mail relay refused us");
    assert_eq!((relay.incidents.len(), database.never_told), (1, 0));
    // load balancer twice and LB: confirmed in two, open in the one where it was raised first.
    let balancer = suspect(&insight, "load balancer");
    assert_eq!((balancer.incidents, balancer.first, balancer.confirmed, balancer.open), (3, 1, 2, 1));
    assert_eq!(balancer.turned_out, []);
    let cache = suspect(&insight, "cache");
    assert_eq!((cache.incidents, cache.first, cache.parked), (1, 0, 1));
}

#[test]
fn one_subject_under_two_names_counts_once_in_an_incident() {
    let twice = past(
        "a",
        "A",
        &[
            "/started 2024-01-01 10:00",
            "/suspect 2024-01-01 10:00 db",
            "/out 2024-01-01 10:10 db",
            "/suspect 2024-01-01 10:05 database server",
            "/out 2024-01-01 10:25 database server",
            "/out network",
        ],
    );
    let insight = insight(&[twice]);
    let [database, network] = &insight.suspects[..] else { panic!("{:?}", insight.suspects) };
    // 10 and 20 minutes were followed under the two names.
    assert_eq!((database.incidents, database.ruled_out, database.first), (1, 1, 1));
    assert_eq!((database.minutes_lost, database.minutes_known), (30, 1));
    // What it was nobody said; when the network was suspected, neither.
    assert_eq!((database.never_told, network.never_told), (1, 1));
    assert_eq!((network.ruled_out, network.minutes_lost, network.minutes_known), (1, 0, 0));
}

#[test]
fn a_team_has_its_own_synonyms() {
    let named = |id, subject| past(id, id, &[&format!("/confirm {subject}: sure")]);
    let all = [named("a", "pier gate"), named("b", "turnstile")];
    let own = Subjects::new(&[("turnstile".to_owned(), vec!["pier gate".to_owned()])]);
    let apart = figures::of(&all, day("2025-05-04"), &Subjects::default(), None);
    let same = figures::of(&all, day("2025-05-04"), &own, None);
    assert_eq!((apart.suspects.len(), apart.causes.len()), (2, 0));
    assert_eq!((same.suspects.len(), same.causes.len()), (1, 1));
}

#[test]
fn causes_that_come_back() {
    let mut all = ferries();
    // Nothing was suspected in these: the first names what was confirmed elsewhere, the others share words.
    all.push(past(
        "2020-01-01-old",
        "Old",
        &["/cause All went to one node of the Load Balancer. Then it fell over."],
    ));
    all.push(past("2020-02-01-ice", "Ice", &["/cause The harbour sensor froze solid."]));
    all.push(past("2020-03-01-more-ice", "Ice again", &["/cause Frost on a harbour sensor."]));
    let insight = insight(&all);
    let told: Vec<_> =
        insight.causes.iter().map(|one| (one.what.as_typed(), one.by_words, one.incidents.len())).collect();
    assert_eq!(told, [("load balancer", false, 3), ("harbour, sensor", true, 2)]);
    assert_eq!(insight.causes[0].incidents[0].as_typed(), "2023-05-05-cabins-twice", "the newest first");
    let factors: Vec<_> =
        insight.factors.iter().map(|one| (one.what.as_typed(), one.incidents.len())).collect();
    assert_eq!(factors, [("Nobody is told when one node takes everything", 2)]);
}

#[test]
fn actions_and_what_was_left_of_them() {
    let insight = insight(&ferries());
    let actions = &insight.actions;
    assert_eq!((actions.done, actions.open, actions.dropped, actions.total()), (1, 1, 1, 3));
    assert_eq!((actions.overdue, actions.without_due, actions.without_owner), (1, 0, 0));
    // From 3 May 2022 to 4 May 2025: 365 + 366 + 365 + 1 days.
    assert_eq!((actions.median_age_days, actions.age_known), (Some(1097.0), 1));
    let [again] = &insight.repeated[..] else { panic!("{:?}", insight.repeated) };
    assert_eq!(again.incident.as_typed(), "2023-05-05-cabins-twice");
    assert_eq!(again.earlier.as_typed(), "2022-05-03-no-tickets");
    assert_eq!(
        (again.cause.as_typed(), again.actions.len(), again.actions[0].number),
        ("load balancer", 1, 1)
    );
}

#[test]
fn an_action_is_overdue_from_the_day_after() {
    let due = |day| past("a", "A", &[&format!("+ Oil the ramp due:{day}")]);
    assert_eq!(insight(&[due("2025-05-04")]).actions.overdue, 0);
    assert_eq!(insight(&[due("2025-05-03")]).actions.overdue, 1);
}

#[test]
fn this_week_in_other_years() {
    let near: Vec<_> =
        insight(&ferries()).this_week.into_iter().map(|one| (one.began.to_string(), one.days_off)).collect();
    // The fifth of this year is not of another one; January is far away.
    let expected = [("2023-05-05", 1), ("2022-05-03", -1), ("2024-05-01", -3)];
    assert_eq!(near, expected.map(|(day, off)| (day.to_owned(), off)));
}

#[test]
fn days_at_the_end_of_a_year_and_of_february() {
    let on = |date: &str| past(date, date, &[&format!("/started {date} 12:00")]);
    let off = |began: &str, today: &str| {
        let insight = figures::of(&[on(began)], day(today), &Subjects::default(), None);
        insight.this_week.first().map(|one| one.days_off)
    };
    // Two days before 2 January of 2024, which is an earlier year than today's.
    assert_eq!(off("2023-12-31", "2025-01-02"), Some(-2));
    assert_eq!(off("2023-01-02", "2024-12-31"), Some(2));
    assert_eq!(off("2024-12-31", "2025-01-02"), None, "the day before yesterday");
    assert_eq!(off("2024-05-08", "2025-05-04"), None, "four days off");
    // 2023 has no 29 February.
    assert_eq!(off("2023-02-28", "2024-02-29"), Some(0));
    assert_eq!(off("2024-02-29", "2025-03-01"), Some(-1));
}

#[test]
fn the_day_is_that_of_the_incidents_zone() {
    let mut late = past("a", "A", &["/started 2024-05-04 23:30"]);
    late.zone = warroom::model::Zone::read("Asia/Tokyo", None).unwrap();
    assert_eq!(insight(&[late]).this_week[0].began, day("2024-05-05"));
}

#[test]
fn what_was_merged_into_another_counts_once() {
    let mut all = ferries();
    all[2].merged_into = Some("2023-05-05-cabins-twice".into());
    assert_eq!(insight(&all).incidents, 5, "the other one does not say so");
    all[1].merged = vec!["2024-01-20-late-mails".into()];
    // 315 minutes without the 45 of the third.
    let insight = insight(&all);
    assert_eq!((insight.incidents, insight.total_minutes), (4, 270));
}

#[test]
fn nothing_says_nothing() {
    let none: [Digest; 0] = [];
    let insight = insight(&none);
    assert_eq!((insight.incidents, insight.total_minutes, insight.first), (0, 0, None));
    assert!(insight.times.iter().all(|spread| spread.median.is_none() && spread.p90.is_none()));
    assert!(insight.suspects.is_empty() && insight.causes.is_empty() && insight.this_week.is_empty());
}
