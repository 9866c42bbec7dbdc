//! `warroom actions`.

use std::fs;

use serde_json::Value;

use super::with_a_past;
use crate::support::{House, texts};

const CHECKOUT: &str = "2024-02-23-checkout-answers-slowly";
const MAIL: &str = "2024-06-10-mail-queue-grows";

fn todo(house: &House, args: &[&str]) -> Vec<String> {
    let json = house.done(&[&["actions", "--json"], args].concat());
    let json: Vec<Value> = serde_json::from_str(&json).unwrap();
    json.iter().map(|one| one["text"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn the_most_pressing_come_first() {
    let house = with_a_past();
    let [audit, watch, alert, renew] =
        ["Audit the health checks", "Watch certificates", "Alert on evictions", "Renew by machine"];
    assert_eq!(todo(&house, &[]), [audit, watch, alert]);
    assert_eq!(todo(&house, &["--all"]), [audit, watch, alert, renew]);
    assert_eq!(todo(&house, &["--overdue"]), [audit]);
    assert_eq!(todo(&house, &["--owner", "@Bob"]), [audit, watch]);
    assert_eq!(todo(&house, &["--service", "mail-relay"]), [watch]);
    assert!(todo(&house, &["--owner", "bo"]).is_empty());
    let rows = house.done(&["actions"]);
    let first: Vec<&str> = rows.lines().next().unwrap().split_whitespace().collect();
    assert_eq!(first[..7], [CHECKOUT, "1", "task", "@bob", "2024-03-01", "overdue", "p1"]);
    assert!(rows.lines().next().unwrap().ends_with(audit), "{rows}");
}

#[test]
fn one_is_marked_done_from_there() {
    let house = with_a_past();
    house.done(&["actions", "done", CHECKOUT, "1", "--at", "2024-03-01 10:00"]);
    house.done(&["actions", "drop", "2024-06", "1:", "the", "relay", "is", "gone"]);
    assert_eq!(todo(&house, &[]), ["Alert on evictions"]);
    let json: Value = serde_json::from_str(&house.done(&["show", "-i", CHECKOUT, "--json"])).unwrap();
    assert_eq!(json["actions"][0]["closed_at"], "2024-03-01T10:00:00Z");
    let json: Value = serde_json::from_str(&house.done(&["show", "-i", MAIL, "--json"])).unwrap();
    assert_eq!(json["actions"][0]["reason"], "the relay is gone");
    for (args, code, said) in [
        (&["done", CHECKOUT, "9"][..], 1, "no action 9"),
        (&["done", "2031", "1"], 1, "no incident 2031"),
        (&["done", CHECKOUT, "2", "--at", "soon"], 2, "--at: this is not a time"),
        (&["drop", CHECKOUT, "two", "why"], 2, "no number"),
    ] {
        let output = house.run(&[&["actions"], args].concat());
        let (_, err) = texts(&output);
        assert_eq!(output.status.code(), Some(code), "{args:?}: {err}");
        assert!(err.contains(said), "{err}");
    }
    assert_eq!(todo(&house, &[]), ["Alert on evictions"]);
}

#[test]
fn a_spreadsheet_takes_nothing_for_a_formula() {
    let house = with_a_past();
    house.done(&["say", "-i", CHECKOUT, "+ =cmd|' /C calc'!A1 \u{1b}[2J"]);
    let csv = house.done(&["actions", "--csv"]);
    let rows: Vec<::csv::StringRecord> =
        ::csv::Reader::from_reader(csv.as_bytes()).into_records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 4);
    let hostile = rows.iter().find(|row| row[4].contains("calc")).unwrap();
    assert!(hostile[4].starts_with("'="), "{hostile:?}");
    assert!(csv.starts_with(
        "incident,title,number,kind,text,owner,due,overdue,priority,class,status,link,age_days,also\r\n"
    ));
    assert!(!csv.contains('\u{1b}'));
    let (out, _) = texts(&house.run(&["actions"]));
    assert!(!out.contains('\u{1b}'));
    house.done(&["actions", "--csv", "-o", "actions.csv"]);
    assert_eq!(fs::read_to_string(house.path().join("actions.csv")).unwrap(), csv);
    fs::write(house.path().join("actions.csv"), "mine").unwrap();
    assert_eq!(
        house.run(&["actions", "--csv", "-o", "actions.csv"]).status.code(),
        Some(1),
        "it is somebody's"
    );
}

#[test]
fn what_became_of_an_action_is_said() {
    let house = with_a_past();
    house.done(&["say", "-i", CHECKOUT, "+ Write the runbook"]);
    let open: serde_json::Value = serde_json::from_str(&house.done(&["actions", "--json"])).unwrap();
    let one = open.as_array().unwrap().iter().find(|one| one["text"] == "Write the runbook").unwrap();
    let number = one["number"].to_string();
    let (_, err) = texts(&house.run(&["actions", "done", CHECKOUT, &number]));
    assert!(err.contains(&format!("action {number} is done: Write the runbook")), "{err}");
    let (_, err) = texts(&house.run(&["actions", "done", CHECKOUT, "99"]));
    assert!(!err.contains("is done:"), "{err}");
}

#[test]
fn nothing_to_do_is_said() {
    let house = House::new();
    let output = house.run(&["actions"]);
    let (out, err) = texts(&output);
    assert!(output.status.success() && out.is_empty() && err.contains("Nothing is left"), "{err}");
    house.done(&["new", "One", "--detach"]);
    assert!(texts(&house.run(&["actions", "--overdue"])).1.contains("No action is like that"));
}
