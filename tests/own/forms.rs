//! Our own report in the forms of other templates, as Markdown and as a page: what they tell comes back.

use serde_json::{Value, json};
use warroom::export::{html, svg};
use warroom::model::{HypothesisStatus, Incident, MilestoneKind};

use warroom::text::Raw;

use super::{imported, reading, report_as, told};
use crate::scene::Scene;

/// The templates that are read.
const FORMS: [&str; 4] = ["google-sre", "pagerduty", "atlassian", "kehoe"];

fn outage() -> Incident {
    let scene = Scene::new("UTC").after(&[
        "/started 12:00",
        "/detected 12:10 probe #web",
        "12:12..12:20 lag *rises* on a|b",
        "?cache: filled up",
        "/for cache: 98% full",
        "/out cache: no change",
        "?release: it is new",
        "/confirm release: bisected",
        "/impact nobody could pay",
        "/affected about 40% of users",
        "/loss $5,000",
        "/summary Payments stood still.",
        "/cause a flag was read twice",
        "/trigger a deploy",
        "/factor nobody reviews flags",
        "/workaround rolled back",
        "/fix flag deleted",
        "+ Read flags once @bob due:2024-09-01 p1",
        "/task Delete the rest",
        "/well The rollback took a minute",
        "/wrong nobody looked",
        "/lucky it was night",
        "/resolved all is well",
    ]);
    scene.incident()
}

/// The report in this form, and the page made of it.
fn both(form: &str, incident: &Incident) -> [String; 2] {
    let report = report_as(form, incident);
    let page = html::page(&incident.title, &report, Some(&svg::figure(incident)));
    [report, page]
}

#[test]
fn what_the_forms_tell_comes_back() {
    let incident = outage();
    for form in FORMS {
        for report in both(form, &incident) {
            let back = imported(reading(&report));
            let (was, is) = (told(&incident), told(&back));
            for field in [
                "title",
                "milestones",
                "severity",
                "status",
                "timeline",
                "summary",
                "impact",
                "root_cause",
                "trigger",
                "factors",
                "resolution",
                "lessons",
                "roles",
                "notes",
            ] {
                assert_eq!(is[field], was[field], "{form} {field}\n{report}");
            }
            let suspected = |incident: &Incident| -> Vec<(String, HypothesisStatus, Value)> {
                let of = incident.hypotheses.iter();
                of.map(|h| (h.subject.raw().as_typed().to_owned(), h.status, json!(h.reason))).collect()
            };
            assert_eq!(suspected(&back), suspected(&incident), "{form}\n{report}");
            let due = |incident: &Incident| -> Vec<(String, Value)> {
                let of = incident.actions.iter();
                of.map(|action| (action.text.as_typed().to_owned(), json!(action.owner))).collect()
            };
            assert_eq!(due(&back), due(&incident), "{form}\n{report}");
            let doubts: Vec<&str> = back.warnings.iter().map(Raw::as_typed).collect();
            assert!(matches!(doubts[..], [only] if only.contains(form)), "{form} {doubts:?}");
        }
    }
}

#[test]
fn what_is_not_recorded_is_no_fact() {
    let incident = Scene::new("UTC").after(&["12:05 checkout fails"]).incident();
    for form in FORMS {
        for report in both(form, &incident) {
            let back = imported(reading(&report));
            let facts = told(&back);
            for field in ["severity", "root_cause", "trigger", "detection"] {
                assert_eq!(facts[field], Value::Null, "{form} {field}\n{report}");
            }
            for field in ["hypotheses", "actions", "services", "factors", "links", "notes", "roles"] {
                assert_eq!(facts[field], json!([]), "{form} {field}\n{report}");
            }
            assert_eq!(back.timeline.len(), 1, "{form}");
        }
    }
}

#[test]
fn a_line_of_a_page_is_that_of_the_page() {
    let incident = outage();
    let [_, page] = both("default", &incident);
    let back = imported(reading(&page));
    let line = back.timeline[2].source.as_ref().unwrap().line.unwrap();
    let there = page.lines().nth(usize::try_from(line).unwrap() - 1).unwrap();
    assert!(there.contains("lag *rises*"), "{there}");
    let [_, page] = both("kehoe", &incident);
    let back = imported(reading(&page));
    let line = back.timeline[2].source.as_ref().unwrap().line.unwrap();
    let there = page.lines().nth(usize::try_from(line).unwrap() - 1).unwrap();
    assert!(there.contains("lag *rises*"), "{there}");
    assert!(back.milestones.get(MilestoneKind::Resolved).is_some());
}

/// Others follow the same outlines: their times are not as ours are.
#[test]
fn a_document_of_others_in_that_outline_is_read_as_theirs() {
    let report = report_as("pagerduty", &outage());
    let theirs = report.replace("| 2024-08-10 ", "| Aug 10, 2024 at ").replace("not recorded", "n/a");
    assert_ne!(theirs, report);
    let back = imported(reading(&theirs));
    assert!(back.warnings.iter().all(|doubt| !doubt.as_typed().contains("in the form of")));
    assert!(back.timeline.len() > 3, "{theirs}");
}

/// What somebody wrote into the parts that the template leaves open is kept.
#[test]
fn words_in_the_open_parts_are_notes() {
    let report = report_as("kehoe", &outage());
    let filled = report.replacen(
        "### Productivity Impact\n\nnot recorded",
        "### Productivity Impact\n\nA day of four people.",
        1,
    );
    assert_ne!(filled, report);
    let back = imported(reading(&filled));
    let notes: Vec<_> =
        back.notes.iter().map(|note| (note.heading.as_typed(), note.text.as_typed())).collect();
    assert_eq!(notes, [("Productivity Impact", "A day of four people.")]);
}
