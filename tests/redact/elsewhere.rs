//! A secret that was found once goes wherever it stands, and what is said of it is about this report.

use std::fs;

use warroom::export::redact;
use warroom::model::Incident;

use crate::scene::Scene;
use crate::support::{House, texts};

/// What is left of the texts of the timeline.
fn left(lines: &[&str]) -> (Vec<String>, Incident) {
    let redacted = redact::redacted(&Scene::new("UTC").after(lines).incident());
    let texts = redacted.incident.timeline.iter().map(|entry| entry.text.as_typed().to_owned()).collect();
    (texts, redacted.incident)
}

#[test]
fn it_goes_before_and_behind_the_place_where_it_was_found() {
    let (texts, incident) = left(&[
        "we use sesamopen44 there",
        "curl -u admin:sesamopen44 https://x.example",
        "it is \"sesamopen44\", sesamo\u{200b}pen44, and not sesamopen445 or Xsesamopen44",
        "see https://x.example/?k=sesamopen44&y=1",
        "the tag #sesamopen44 too",
        "/cause sesamopen44",
        "+ rotate sesamopen44",
    ]);
    let mark = "(redacted: password on a command line)";
    assert_eq!(
        texts[..5],
        [
            format!("we use {mark} there"),
            format!("curl -u admin:{mark} https://x.example"),
            format!("it is \"{mark}\", {mark}, and not sesamopen445 or Xsesamopen44"),
            "see https://x.example/?k=REDACTED&y=1".to_owned(),
            format!("the tag #{mark} too"),
        ]
    );
    assert_eq!(incident.root_cause.unwrap().as_typed(), mark);
    assert_eq!(incident.actions[0].text.as_typed(), format!("rotate {mark}"));
    assert!(incident.timeline[4].tags.is_empty(), "{:?}", incident.timeline[4].tags);
}

#[test]
fn it_counts_once_and_each_place_is_listed() {
    let scene = Scene::new("UTC").after(&[
        "DB_PASSWORD=sesamopen44",
        "it is sesamopen44",
        "redis-cli -a sesamopen44",
    ]);
    let redacted = redact::redacted(&scene.incident());
    assert_eq!(redacted.found, [("password", 1)]);
    assert_eq!(redacted.hidden.len(), 3);
    let again = redact::redacted(&redacted.incident);
    assert!(again.found.is_empty() && again.incident == redacted.incident);
}

#[test]
fn a_word_that_was_somebodys_password_stays_a_word() {
    for (secret, line) in [
        ("master", "the master is down"),
        ("ab12", "pod ab12 is down"),
        ("postgres", "postgres is down"),
        ("password", "the password is old"),
        ("authorization", "no authorization at all"),
        ("checkouts-2", "checkouts-2 is down"),
    ] {
        let url = format!("https://app:{secret}@x.example/");
        let (texts, _) = left(&["/service checkouts-2", &url, line]);
        assert_eq!(texts, ["https://app:REDACTED@x.example/", line], "{secret}");
    }
}

/// A house with an incident in which only the timeline has a secret.
fn house() -> House {
    let house = House::new();
    house.done(&["new", "Login fails", "--detach"]);
    house.say("2024-08-10 12:30 we ran curl -u admin:s_e*same<44>& there\n2024-08-10 12:31 PASSWORD=\"three mice\"\n");
    house
}

#[test]
fn only_what_this_report_would_have_had_is_counted() {
    let house = house();
    let empty = house.path().join("empty.md");
    fs::write(&empty, "nothing of it\n").unwrap();
    let empty = empty.to_str().unwrap();
    let (list, _) = texts(&house.run(&["export", "--redact-preview"]));
    assert!(list.contains("In a report, 2 secrets were left out"), "{list}");
    for (args, count) in [
        (&["--format", "md"][..], 2),
        (&["--format", "html"], 2),
        (&["--format", "json"], 2),
        (&["--format", "csv"], 2),
        (&["--template", empty], 0),
        (&["--template", empty, "--format", "html"], 0),
        (&["--template", "status-update-public"], 0),
    ] {
        let (_, err) = texts(&house.run(&[&["export"], args].concat()));
        let (_, kept) = texts(&house.run(&[&["export", "--no-redact"], args].concat()));
        let (list, _) = texts(&house.run(&[&["export", "--redact-preview"], args].concat()));
        if count == 0 {
            assert!(!err.contains("left out"), "{args:?}: {err}");
            assert!(kept.contains("nothing that looks like a secret is in it"), "{args:?}: {kept}");
            assert!(
                list.ends_with("in the record; this report would have none of them\n"),
                "{args:?}: {list}"
            );
        } else {
            assert!(err.contains("2 secrets were left out"), "{args:?}: {err}");
            assert!(kept.contains("2 secrets are in it"), "{args:?}: {kept}");
        }
        assert_eq!(list.lines().count(), 3, "{list}");
    }
}
