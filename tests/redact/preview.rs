//! The preview: where something would be hidden, by which rule, how long it is, and never the thing itself.

use warroom::export::redact::{self, Hidden};
use warroom::model::{Incident, Timeline};

use super::made_up::{capitals, kinds, pem, word};
use crate::filled::filled;
use crate::scene::Scene;
use crate::support::{House, texts};

fn told(hidden: &[Hidden], incident: &Incident) -> Vec<String> {
    hidden
        .iter()
        .map(|one| format!("{}: {} {}… {}", one.place(incident), one.rule, one.beginning, one.length))
        .collect()
}

#[test]
fn each_place_is_named_and_the_secret_is_not() {
    let key = ["AK", "IA"].concat() + &capitals(16);
    let incident = Scene::new("UTC")
        .after(&[
            &format!("12:30 the key {key} was in the log"),
            &format!("/cause {key} and DB_PASSWORD=swordfish"),
            "?database: a",
            &format!("/for 12:40 database: {key}"),
            &format!("+ rotate link:https://bob:{}@wiki.example/x", word(20)),
        ])
        .incident();
    let redacted = redact::redacted(&incident);
    let told = told(&redacted.hidden, &redacted.incident);
    assert_eq!(
        told,
        [
            "root cause: AWS access key AKIA… 20",
            "root cause: password s… 9",
            "hypothesis 1, evidence 1: AWS access key AKIA… 20",
            "action 1, link: password in a URL q7Wm… 20",
            "entry of 2024-08-10 12:30 UTC: AWS access key AKIA… 20",
            "entry of 2024-08-10 12:40 UTC: AWS access key AKIA… 20",
        ]
        .map(|row| row.replace("q7Wm", &word(4)))
    );
}

#[test]
fn every_field_has_a_place_of_its_own() {
    let key = ["AK", "IA"].concat() + &capitals(16);
    let mut incident: Incident = serde_json::from_value(filled(&mut || key.clone())).unwrap();
    // What is entered as a time is a part of it.
    incident.timeline.iter_mut().next().unwrap().tags = Box::default();
    let redacted = redact::redacted(&incident);
    let told = told(&redacted.hidden, &redacted.incident);
    let mut apart = told.clone();
    apart.sort();
    apart.dedup();
    assert_eq!(told.len(), apart.len(), "{told:#?}");
    for place in [
        "title",
        "service 1",
        "milestone, started, how",
        "role 1, name",
        "impact, affected 1",
        "lesson, lucky 1",
    ] {
        let row = format!("{place}: ").replace("milestone,", "milestones,").replace("lesson,", "lessons,");
        assert!(told.iter().any(|told| told.starts_with(&row)), "{row} is not in {told:#?}");
    }
}

#[test]
fn the_lines_of_a_key_are_named_one_by_one() {
    let mut scene = Scene::new("UTC");
    for line in pem("RSA ").lines() {
        scene.say(line);
    }
    let redacted = redact::redacted(&scene.incident());
    assert_eq!(redacted.hidden.len(), 5, "{:?}", redacted.hidden);
    assert!(redacted.hidden.iter().all(|one| one.rule == "private key"));
}

#[test]
fn no_kind_of_secret_can_be_read_from_its_preview() {
    for (kind, before, secret) in kinds() {
        let incident = Scene::new("UTC").after(&["x"]).incident();
        let summary = Some(format!("{before}{secret}").into());
        let incident = Incident { summary, timeline: Timeline::default(), ..incident };
        for one in redact::redacted(&incident).hidden {
            let shown = one.beginning.chars().count();
            assert!(shown <= 4 && shown * 5 <= one.length, "{kind}: {one:?}");
        }
    }
}

#[test]
fn the_shell_lists_instead_of_exporting() {
    let house = House::new();
    house.done(&["new", "Login fails", "--detach"]);
    let nothing = house.done(&["export", "--redact-preview"]);
    assert_eq!(nothing, "Nothing would be hidden\n");
    let key = ["AK", "IA"].concat() + &capitals(16);
    house.say(&format!(
        "2024-08-10 12:30 the key {key} was in the log\n/title DB_PASSWORD=\u{202e}word#fish7\u{9b} x\n"
    ));
    let (list, err) = texts(&house.run(&["export", "--redact-preview"]));
    assert!(list.contains("entry of 2024-08-10 12:30 UTC: AWS access key, AKIA…, 20 characters\n"), "{list}");
    assert!(list.contains("title: password, "), "{list}");
    assert!(list.ends_with("In a report, 2 secrets were left out: AWS access key, password\n"), "{list}");
    assert!(
        !list.contains(&key) && !list.contains("fish7") && !list.contains('\u{1b}') && !list.contains('#'),
        "{list:?}"
    );
    assert!(!err.contains(&key), "{err}");
    for clash in [&["--redact-preview", "--no-redact"][..], &["--redact-preview", "-o", "x.md"]] {
        let output = house.run(&[&["export"], clash].concat());
        assert_eq!(output.status.code(), Some(2), "{clash:?}");
    }
}
