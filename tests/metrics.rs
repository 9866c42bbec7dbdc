//! Metrics: each is the time between two milestones, and says which.

use warroom::export::outline::metrics;
use warroom::export::{Outline, markdown};
use warroom::model::{Definition, Incident};

use super::scene::Scene;
use super::support::House;

fn after(lines: &[&str]) -> Incident {
    Scene::new("UTC").at("2024-08-10 13:30").after(lines).incident()
}

/// What the report says of one metric.
#[track_caller]
fn told(incident: &Incident, name: &str) -> String {
    let metrics = metrics::of(incident);
    metrics.iter().find(|metric| metric.name == name).unwrap().value.clone()
}

#[test]
fn each_is_printed_with_the_two_milestones_it_is_the_difference_of() {
    let incident = after(&[
        "/started 10:00",
        "/detected 10:12",
        "/acked ~10:15",
        "/identified 11:00",
        "/mitigated 11:10:30",
        "/resolved 12:00",
    ]);
    for (name, value) in [
        ("Duration", "2 h (started 10:00 UTC → resolved 12:00 UTC)"),
        ("Time to detect", "12 min (started 10:00 UTC → detected 10:12 UTC)"),
        ("Time to acknowledge", "about 15 min (started 10:00 UTC → acknowledged 10:15 UTC)"),
        ("Time to identify", "1 h (started 10:00 UTC → identified 11:00 UTC)"),
        ("Time to mitigate", "1 h 10 min (started 10:00 UTC → mitigated 11:10:30 UTC)"),
        ("Time to resolve", "2 h (started 10:00 UTC → resolved 12:00 UTC)"),
        ("Diagnosis", "48 min, 40% of the duration (detected 10:12 UTC → identified 11:00 UTC)"),
        ("Wrong paths", "none recorded"),
    ] {
        assert_eq!(told(&incident, name), value, "{name}");
    }
    let report = markdown::render(&Outline::of(&incident));
    assert!(report.contains("\n## Metrics\n\n- **Duration:** 2 h (started"), "{report}");
    assert!(report.contains("\n- **Wrong paths:** none recorded\n"), "{report}");
}

#[test]
fn what_is_missing_or_contradicts_itself_is_said() {
    let incident = after(&["/started 10:00", "/detected 09:50"]);
    assert_eq!(
        told(&incident, "Time to detect"),
        "unknown (detected 09:50 UTC lies before started 10:00 UTC: one of the two is wrong)"
    );
    assert_eq!(told(&incident, "Time to resolve"), "unknown (resolved is not set)");
    assert_eq!(told(&incident, "Diagnosis"), "unknown (identified is not set)");
    assert!(metrics::of(&after(&["x"])).is_empty(), "without a milestone there is nothing to tell");
    let no_start = after(&["/resolved 12:00"]);
    assert_eq!(told(&no_start, "Duration"), "unknown (started is not set)");
    assert_eq!(told(&no_start, "Diagnosis"), "unknown (detected and identified are not set)");
    let swapped = after(&["/started 10:00", "/identified 10:10", "/detected 10:20", "/resolved 10:30"]);
    assert!(
        told(&swapped, "Diagnosis")
            .starts_with("unknown (identified 10:10 UTC lies before detected 10:20 UTC")
    );
    assert!(swapped.warnings.iter().any(|w| w.as_typed().contains("identified lies before detected")));
    let report = markdown::render(&Outline::of(&swapped));
    assert!(!report.contains(" -10") && !report.contains("(-"), "{report}");
}

#[test]
fn a_milestone_without_a_date_is_no_end_of_a_length() {
    let mut json = serde_json::to_value(after(&["/started 10:00", "/resolved 11:00"])).unwrap();
    json["milestones"]["detected"] = serde_json::json!({"at": "T10:12:00Z", "precision": "minute"});
    let incident: Incident = serde_json::from_value(json).unwrap();
    assert_eq!(told(&incident, "Time to detect"), "unknown (all that is known of it: detected 10:12 UTC)");
    // Where the days differ, or one is not known, the dates are said.
    assert!(
        told(&incident, "Duration")
            .contains("(started 2024-08-10 10:00 UTC → resolved 2024-08-10 11:00 UTC)")
    );
}

#[test]
fn wrong_paths_count_once_where_they_overlap_and_only_within_the_outage() {
    let base = ["/started 10:00", "/resolved 11:40"];
    for (lines, minutes, percent) in [
        (&["/suspect 10:00 a", "/out 10:10 a"][..], 10, 10),
        (&["/suspect 10:00 a", "/suspect 10:05 b", "/out 10:10 a", "/out 10:20 b"], 20, 20),
        (&["/suspect 10:00 a", "/suspect 10:05 b", "/out 10:30 a", "/out 10:20 b"], 30, 30),
        (&["/suspect 10:00 a", "/out 10:10 a", "/suspect 10:50 b", "/out 11:00 b"], 20, 20),
        (&["/suspect 09:00 a", "/out 10:10 a"], 10, 10),
        (&["/suspect 11:30 a", "/out 12:30 a"], 10, 10),
        (&["/suspect 09:00 a", "/out 12:30 a"], 100, 100),
        (&["/suspect 09:00 a", "/out 09:30 a"], 0, 0),
        (&["/suspect 10:00 a", "/confirm 10:10 a", "/suspect 10:00 b", "/out 10:01 b"], 1, 1),
    ] {
        let incident = after(&[&base, lines].concat());
        let metrics = &incident.metrics;
        assert_eq!(
            (metrics.wrong_paths_minutes, metrics.wrong_paths_percent),
            (Some(minutes), Some(percent)),
            "{lines:?}"
        );
    }
    let unknown = after(&[&base[..], &["/out 10:20 a"]].concat());
    assert_eq!(unknown.metrics.wrong_paths_minutes, None);
    assert_eq!(
        told(&unknown, "Wrong paths"),
        "unknown (1 hypothesis ruled out, at times that are not recorded or contradict each other)"
    );
    let half = after(&[&base[..], &["/out 10:20 a", "/suspect 10:20 b", "/out 10:30 b"]].concat());
    assert_eq!(
        told(&half, "Wrong paths"),
        "10 min, 10% of the duration (2 hypotheses ruled out, 1 with known times)"
    );
    // While it goes on there is no whole to take a share of.
    let live = after(&["/started 10:00", "/suspect 10:20 b", "/out 10:30 b"]);
    assert_eq!((live.metrics.wrong_paths_minutes, live.metrics.wrong_paths_percent), (Some(10), None));
    let report = markdown::render(&Outline::of(&after(
        &[&base[..], &["/suspect 10:00 a", "/suspect 10:05 b", "/out 10:10 a", "/out 10:20 b"]].concat(),
    )));
    let once = "Time spent on misleading paths: 20 minutes; what overlaps counts once";
    assert!(report.contains(once), "{report}");
}

#[test]
fn diagnosis_counts_only_within_the_outage() {
    let incident = after(&["/started 10:00", "/detected 10:50", "/resolved 11:40", "/identified 12:00"]);
    assert_eq!(
        (incident.metrics.diagnosis_minutes, incident.metrics.diagnosis_percent),
        (Some(70), Some(50))
    );
    let after_all = after(&["/started 10:00", "/resolved 11:00", "/detected 11:10", "/identified 12:00"]);
    assert_eq!(after_all.metrics.diagnosis_percent, Some(0));
    let no_time = after(&["/started 10:00", "/resolved 10:00", "/detected 10:00", "/identified 10:00"]);
    assert_eq!((no_time.metrics.diagnosis_minutes, no_time.metrics.diagnosis_percent), (Some(0), None));
}

#[test]
fn the_definitions_are_what_the_schema_says_and_show_explains_them() {
    let schema = serde_json::to_value(schemars::schema_for!(warroom::model::Metrics)).unwrap();
    for Definition { name, from, to, .. } in Definition::ALL {
        let field = name.to_lowercase().replace(' ', "_") + "_minutes";
        let said = schema["properties"][&field]["description"].as_str().unwrap().to_lowercase();
        assert_eq!(said, format!("{from} to {to}."), "{field}");
    }
    let house = House::new();
    house.done(&["new", "Login fails", "--detach"]);
    assert!(house.done(&["show", "--metrics"]).contains("No milestone is recorded yet"));
    house.say("/started 2024-08-10 10:00\n/detected 2024-08-10 10:12\n");
    let told = house.done(&["show", "--metrics"]);
    let first = "Time to detect: 12 min (started 10:00 UTC → detected 10:12 UTC)\n    How long the harm went unnoticed.\n    \
        Defined by: GitLab";
    assert!(told.contains(first), "{told}");
    assert_eq!(told.lines().count(), 8 * 3, "{told}");
    assert!(
        house.done(&["show"]).contains("\nMetrics\n  Duration             unknown (resolved is not set)\n")
    );
}
