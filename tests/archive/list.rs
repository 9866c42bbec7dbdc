//! `warroom list`.

use serde_json::Value;

use super::with_a_past;
use crate::support::{House, texts};

fn ids(house: &House, args: &[&str]) -> Vec<String> {
    let json: Vec<Value> = serde_json::from_str(&house.done(&[args, &["--json"]].concat())).unwrap();
    json.iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect()
}

const CHECKOUT: &str = "2024-02-23-checkout-answers-slowly";
const MAIL: &str = "2024-06-10-mail-queue-grows";
const SEARCH: &str = "2025-01-05-search-finds-nothing";

#[test]
fn the_open_ones_come_first_then_the_newest() {
    let house = with_a_past();
    assert_eq!(ids(&house, &["list"]), [SEARCH, MAIL, CHECKOUT]);
    house.done(&["say", "-i", CHECKOUT, "/status investigating"]);
    house.done(&["say", "-i", SEARCH, "/resolved 2025-01-05 12:30"]);
    assert_eq!(ids(&house, &["list"]), [CHECKOUT, SEARCH, MAIL]);
}

#[test]
fn a_row_says_what_counts() {
    let house = with_a_past();
    house.done(&["say", "-i", SEARCH, "/resolved 2025-01-05 12:30"]);
    insta::assert_snapshot!(house.done(&["list"]));
}

#[test]
fn filters_are_followed() {
    let house = with_a_past();
    for (args, found) in [
        (&["--since", "2024-06"][..], &[SEARCH, MAIL][..]),
        (&["--until", "2024"], &[MAIL, CHECKOUT]),
        (&["--since", "2024-02-23", "--until", "2024-02-23"], &[CHECKOUT]),
        (&["--service", "mail-relay", "--service", "SEARCH"], &[SEARCH, MAIL]),
        (&["--sev", "1,3"], &[MAIL, CHECKOUT]),
        (&["--cause", "load balancer"], &[CHECKOUT]),
        (&["--tag", "deploy"], &[CHECKOUT]),
        (&["--tag", "#prevent"], &[CHECKOUT]),
        (&["--status", "resolved"], &[MAIL, CHECKOUT]),
        (&["--open"], &[SEARCH]),
        (&["--open", "--sev", "1"], &[]),
    ] {
        assert_eq!(ids(&house, &[&["list"], args].concat()), found, "{args:?}");
    }
    let output = house.run(&["list", "--sev", "4"]);
    let (out, err) = texts(&output);
    assert!(output.status.success() && out.is_empty(), "{out}");
    assert!(err.contains("without them: 3 incidents"), "{err}");
}

#[test]
fn what_is_no_day_or_status_is_said() {
    let house = with_a_past();
    for args in [["--since", "soon"], ["--until", "\u{1b}[2J"], ["--status", "burning"], ["--sev", "high"]] {
        let output = house.run(&[&["list"], &args[..]].concat());
        let (_, err) = texts(&output);
        assert_eq!(output.status.code(), Some(2), "{err}");
        assert!(!err.contains('\u{1b}'), "{err:?}");
    }
}

#[test]
fn scripts_get_what_they_got_and_more() {
    let house = with_a_past();
    let json: Vec<Value> = serde_json::from_str(&house.done(&["list", "--json"])).unwrap();
    let one = &json[2];
    let keys: Vec<&str> = one.as_object().unwrap().keys().map(String::as_str).collect();
    for key in [
        "id",
        "folder",
        "title",
        "severity",
        "status",
        "services",
        "milestones",
        "metrics",
        "hypotheses",
        "entries",
        "open_actions",
        "tags",
        "doubts",
    ] {
        assert!(keys.contains(&key), "{key} is not among {keys:?}");
    }
    assert_eq!(one["open_actions"], 2);
    assert_eq!(one["hypotheses"]["ruled_out"], 1);
    assert_eq!(one["metrics"]["time_to_resolve_minutes"], 90);
    let shown: Value = serde_json::from_str(&house.done(&["show", "-i", CHECKOUT, "--json"])).unwrap();
    assert_eq!((&one["metrics"], &one["milestones"]), (&shown["metrics"], &shown["milestones"]));
}
