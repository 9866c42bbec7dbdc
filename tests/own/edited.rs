//! Reports that somebody has worked on: nothing that was added is lost.

use super::{imported, reading, report};
use crate::scene::Scene;
use warroom::model::{HypothesisStatus, Incident};

fn outage() -> Incident {
    let scene = Scene::new("UTC").after(&[
        "/started 12:00",
        "12:05 checkout fails",
        "?database: pool is full",
        "/out database: pool is idle",
        "/resolved 12:40",
        "+ Test flags @bob",
    ]);
    scene.incident()
}

/// The incident of a report in which something was put before or in the place of something else.
#[track_caller]
fn edited(what: &str, with: &str) -> Incident {
    let report = report(&outage());
    assert!(report.contains(what), "{report}");
    imported(reading(&report.replacen(what, with, 1)))
}

#[track_caller]
fn notes(incident: &Incident) -> Vec<(&str, &str)> {
    incident.notes.iter().map(|note| (note.heading.as_typed(), note.text.as_typed())).collect()
}

#[test]
fn nothing_is_odd_about_a_report_as_it_was_written() {
    let incident = imported(reading(&report(&outage())));
    assert_eq!((notes(&incident), incident.warnings.len()), (Vec::new(), 0));
}

#[test]
fn a_row_that_somebody_added_is_an_entry() {
    for row in ["- 12:07 traffic halves", "- **12:07** — traffic halves", "- 12:07 UTC: traffic halves"] {
        let incident = edited("## Root Cause", "## Root Cause").timeline.len();
        let with = edited("- **12:05 UTC**", &format!("{row}\n- **12:05 UTC**"));
        assert_eq!(with.timeline.len(), incident + 1, "{row}");
        assert!(with.timeline.iter().any(|entry| entry.text.as_typed() == "traffic halves"), "{row}");
    }
}

#[test]
fn a_row_without_a_time_is_kept() {
    let incident = edited("- **12:05 UTC**", "- then we waited\n- **12:05 UTC**");
    assert_eq!(notes(&incident), [("Timeline", "then we waited")]);
}

#[test]
fn a_section_that_somebody_added_is_kept_under_its_heading() {
    let added = "## Costs\n\nWe paid *twice*.\n\n### Refunds\n\n| who | what |\n|---|---|\n| all | 5 |\n\n## Timeline";
    let incident = edited("## Timeline", added);
    assert_eq!(notes(&incident)[0], ("Costs", "We paid *twice*."));
    assert_eq!(notes(&incident)[1].0, "Costs – Refunds");
    assert!(notes(&incident)[1].1.contains("| all | 5 |"));
}

#[test]
fn words_below_and_beside_ours_are_kept() {
    let incident = edited("- **Status:**", "- **Weather:** rain\n- **Status:**");
    assert_eq!(notes(&incident), [("Issue Summary", "Weather: rain")]);
    let incident = edited("1. Test flags", "1. Test flags\n   - in both regions\n2. Test more");
    assert_eq!(notes(&incident), [("Corrective and Preventative Measures", "in both regions")]);
}

#[test]
fn another_verdict_in_the_section_counts() {
    let incident = edited(
        "Ruled out: pool is idle\n  -",
        "Ruled out: nobody used it\n  - Against: graphs are flat\n  -",
    );
    let database = &incident.hypotheses[0];
    assert_eq!(database.reason.as_ref().unwrap().as_typed(), "nobody used it");
    assert_eq!((database.status, database.evidence.len()), (HypothesisStatus::RuledOut, 1));
    assert!(database.closed_at.is_some() && database.evidence[0].at.is_none());
}

#[test]
fn every_thing_knows_its_line() {
    let report = report(&outage());
    let incident = imported(reading(&report));
    let line = |nth: Option<u32>| report.lines().nth(nth.unwrap() as usize - 1).unwrap();
    for entry in &incident.timeline {
        assert!(line(entry.source.as_ref().unwrap().line).contains(entry.text.as_typed()));
    }
    assert!(line(incident.actions[0].source.as_ref().unwrap().line).contains("Test flags"));
    let started = incident.sources.iter().find(|s| s.field == warroom::model::Field::Started).unwrap();
    assert!(line(started.source.line).contains("Started"));
}
