//! `warroom insights` in the shell.

use std::fs;

use serde_json::Value;

use crate::support::{House, texts};

/// Two incidents of a library's lending desk.
fn house() -> House {
    let house = House::new();
    let incident = |title: &str, sev: &str, started: &str, lines: &str| {
        let id = house.done(&["new", title, "--sev", sev, "--tz", "UTC", "--started", started, "--detach"]);
        let said = house.fed(&["say", "-i", id.trim()], lines);
        assert!(said.status.success(), "{}", texts(&said).1);
    };
    incident(
        "Books cannot be lent",
        "1",
        "2023-03-01 10:00",
        "/service desk\n/suspect 2023-03-01 10:05 db\n/out 2023-03-01 10:35 db\n/confirm barcode reader\n/resolved 2023-03-01 11:00\n",
    );
    incident(
        "Books cannot be returned",
        "2",
        "2024-06-01 10:00",
        "/service returns\n/suspect 2024-06-01 10:05 database\n/out 2024-06-01 10:10 database\n/confirm barcode reader\n/resolved 2024-06-01 10:20\n+ key AKIAQYLPMN5HHHFPZAM2 expires\n",
    );
    house
}

fn json(house: &House, args: &[&str]) -> Value {
    let args: Vec<&str> = ["insights", "--json"].iter().chain(args).copied().collect();
    serde_json::from_str(&house.done(&args)).unwrap()
}

#[test]
fn json_for_scripts() {
    let all = json(&house(), &[]);
    assert_eq!(
        (&all["schema"], &all["incidents"], &all["total_minutes"]),
        (&1.into(), &2.into(), &80.into())
    );
    let guess = all["suspects"].as_array().unwrap().iter().find(|one| one["ruled_out"] == 2).unwrap();
    assert_eq!(guess["minutes_lost"], 35);
    assert_eq!(guess["turned_out"][0]["cause"], "barcode reader");
    assert_eq!(all["times"][3]["until"], "resolved");
    assert_eq!(all["times"][3]["median"], 40.0);
    assert_eq!(all["filter"], Value::Null);
}

#[test]
fn filters_are_those_of_the_list() {
    let house = house();
    let count = |args: &[&str]| json(&house, args)["incidents"].as_u64();
    assert_eq!(count(&["--since", "2024"]), Some(1));
    assert_eq!(count(&["--until", "2023"]), Some(1));
    assert_eq!(count(&["--service", "desk"]), Some(1));
    assert_eq!(count(&["--sev", "1,2"]), Some(2));
    assert_eq!(count(&["--open"]), Some(0));
    let told = house.done(&["insights", "--sev", "1", "--service", "desk"]);
    assert!(told.contains("chosen by service desk, severity 1"), "{told}");
    assert!(told.contains("Only 1 incident"), "{told}");
}

#[test]
fn a_page_is_text_that_a_pipe_can_take() {
    let told = house().done(&["insights"]);
    assert!(told.contains("First guesses") && told.contains('●'), "{told}");
    assert!(told.lines().all(|line| unicode_width::UnicodeWidthStr::width(line) <= 80), "{told}");
    let plain = house().command(&["insights"]).env("LC_ALL", "C").output().unwrap();
    assert!(!texts(&plain).0.contains('●'), "the locale shows no others");
}

#[test]
fn a_file_is_what_its_name_says() {
    let house = house();
    for (name, begins) in
        [("a.md", "## Incidents"), ("a.html", "<!DOCTYPE html>"), ("a.svg", "<?xml"), ("a.txt", "Only 2")]
    {
        assert_eq!(house.done(&["insights", "-o", name]), "");
        let written = fs::read_to_string(house.path().join(name)).unwrap();
        assert!(written.contains(begins), "{name}: {written}");
    }
    let unknown = house.run(&["insights", "-o", "a.xyz"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(texts(&unknown).1.contains("nothing was written"), "{}", texts(&unknown).1);
    fs::write(house.path().join("mine.md"), "my own notes\n").unwrap();
    let mine = house.run(&["insights", "-o", "mine.md"]);
    assert_eq!(mine.status.code(), Some(1));
    assert_eq!(fs::read_to_string(house.path().join("mine.md")).unwrap(), "my own notes\n");
}

#[test]
fn what_leaves_has_no_secrets() {
    let house = house();
    // It is told of the later incident that something was left to do before it.
    let id = house.done(&["new", "Again", "--tz", "UTC", "--started", "2024-07-01 10:00", "--detach"]);
    house.fed(&["say", "-i", id.trim()], "/confirm barcode reader\n");
    let output = house.run(&["insights", "--format", "md"]);
    let (out, err) = texts(&output);
    assert!(out.contains("action 1: key ") && !out.contains("AKIAQYLPMN5HHHFPZAM2"), "{out}");
    assert!(err.contains("1 secret was left out"), "{err}");
    let kept = house.done(&["insights", "--format", "md", "--no-redact"]);
    assert!(kept.contains("AKIAQYLPMN5HHHFPZAM2"), "{kept}");
}

#[test]
fn no_incident_at_all() {
    let house = House::new();
    assert!(house.done(&["insights"]).contains("No incident to tell of."));
    assert_eq!(json(&house, &[])["incidents"], 0);
    assert!(house.done(&["insights", "--format", "svg"]).contains("0 incidents"));
}
