//! Duplicates: one outage that was written down twice is found, and two outages are not taken for one.

use warroom::archive::Digest;
use warroom::archive::duplicates::{among, likely};
use warroom::text::Raw;

use crate::scene::Scene;

fn digest(id: &str, title: &str, lines: &[&str]) -> Digest {
    let mut scene = Scene::new("UTC").at("2024-12-30 12:00");
    scene.say(&format!("/title {title}"));
    for line in lines {
        scene.say(line);
    }
    Digest { id: Raw::new(id), ..Digest::of(&scene.incident()) }
}

fn why(one: &Digest, other: &Digest) -> Option<String> {
    let there = likely(one, std::slice::from_ref(other)).map(|found| found.why);
    let back = likely(other, std::slice::from_ref(one)).map(|found| found.why);
    assert_eq!(there.is_some(), back.is_some(), "it holds both ways");
    there
}

#[test]
fn the_same_title_at_the_same_time_is_one_outage() {
    let a = digest("a", "Checkout page slow in Europe", &["/started 2024-08-10 12:30"]);
    let b = digest("b", "Slow checkout pages, Europe", &["/started 2024-08-10 14:10 CEST"]);
    assert_eq!(
        why(&a, &b).as_deref(),
        Some("they begin 20 minutes apart; the titles share checkout, europe, page, slow")
    );
}

#[test]
fn a_shared_service_and_cause_or_the_same_entries_speak_for_it() {
    let one = &["/started 2024-08-10 12:30", "/service checkout", "/cause the node pool ran out of memory"];
    let other = &["/started 2024-08-10 13:00", "/service Checkout", "/cause node pool without memory"];
    assert!(why(&digest("a", "Orders stuck", one), &digest("b", "Payments refused", other)).is_some());
    let entry = &["2024-08-10 12:30 the pager rang for upload errors in Lagos"];
    assert!(why(&digest("a", "Orders stuck", entry), &digest("b", "Uploads", entry)).is_some());
}

#[test]
fn what_only_looks_alike_is_two_outages() {
    let a = digest("a", "Checkout page slow in Europe", &["/started 2024-08-10 12:30"]);
    let next_day = digest("b", "Checkout page slow in Europe", &["/started 2024-08-11 12:30"]);
    assert_eq!(why(&a, &next_day), None, "an outage that comes back is another one");
    let other = digest("b", "Invoices are printed twice", &["/started 2024-08-10 12:40"]);
    assert_eq!(why(&a, &other), None, "two teams have a bad day");
    let service = digest("b", "Login refused", &["/started 2024-08-10 12:40", "/service checkout"]);
    let with = digest("a", "Orders stuck", &["/started 2024-08-10 12:40", "/service checkout"]);
    assert_eq!(why(&service, &with), None, "one service alone is not enough");
    let undated = digest("b", "Checkout page slow in Europe", &[]);
    assert_eq!(why(&a, &undated), None, "without a day nothing is known");
    assert_eq!(
        why(&a, &Digest { id: "a".into(), ..next_day }),
        None,
        "an incident is no duplicate of itself"
    );
}

#[test]
fn where_only_the_day_is_known_more_has_to_speak_for_it() {
    let title = "Checkout page slow in Europe";
    let a = digest("a", title, &["/started 2024-08-10 12:30", "/service checkout"]);
    let mut b = digest("b", title, &["/started 2024-08-10 20:30"]);
    assert_eq!(why(&a, &b), None, "eight hours apart");
    b.began = None;
    assert_eq!(why(&a, &b), None, "the title alone");
    b.services.push("checkout".into());
    assert_eq!(
        why(&a, &b).as_deref(),
        Some("they begin on one day; the titles share checkout, europe, page, slow; both name checkout")
    );
}

#[test]
fn one_that_is_merged_is_no_duplicate_any_more() {
    let mut a = digest("a", "Checkout page slow in Europe", &["/started 2024-08-10 12:30"]);
    let b = Digest { id: "b".into(), merged_into: Some("a".into()), ..a.clone() };
    assert!(why(&a, &b).is_some(), "it was taken back in the one that held it");
    a.merged.push("b".into());
    assert_eq!(why(&a, &b), None);
}

#[test]
fn among_many_each_knows_the_other_and_it_takes_no_square_of_time() {
    let mut all: Vec<Digest> = (0..5_000).map(|n| digest_at(&format!("x{n}"), n)).collect();
    all.push(Digest { id: "twice".into(), ..all[17].clone() });
    let found = among(&all);
    let twice: Raw = "twice".into();
    assert_eq!(found.get(&twice).map(|likely| likely.id.clone()), Some("x17".into()));
    assert_eq!(found.get(&all[17].id).map(|likely| likely.id.clone()), Some(twice));
    assert_eq!(found.len(), 2, "{found:?}");
}

fn digest_at(id: &str, n: i64) -> Digest {
    let base = digest("base", "Checkout page slow", &["/started 2020-01-01 00:00"]);
    let began = base.began.map(|at| at + chrono::TimeDelta::hours(n * 5));
    Digest { id: Raw::new(id), began, ..base }
}
