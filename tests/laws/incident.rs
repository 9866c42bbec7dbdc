//! What changes make of an incident: milestones and the status, hypotheses, times, metrics.

use warroom::log::{Change, Fold, Hlc, Restored, Stamped};
use warroom::model::{EntryKind, HypothesisStatus, Incident, MilestoneKind, Side, Status, Subject, Writer};

use crate::scene::{Scene, utc};

fn after(lines: &[&str]) -> Incident {
    Scene::new("UTC").at("2024-08-10 13:30").after(lines).incident()
}

#[test]
fn a_milestone_moves_the_status_forward_and_makes_one_entry() {
    for (line, status) in [
        ("/started 12:00", Status::Investigating),
        ("/detected 12:00", Status::Investigating),
        ("/acked 12:00", Status::Investigating),
        ("/declared 12:00", Status::Investigating),
        ("/identified 12:00", Status::Identified),
        ("/mitigated 12:00", Status::Monitoring),
        ("/resolved 12:00", Status::Resolved),
        ("/closed 12:00", Status::Closed),
    ] {
        let incident = after(&[line]);
        assert_eq!(incident.status, status, "{line}");
        assert_eq!(incident.timeline.len(), 1, "{line}");
        let entry = &incident.timeline[0];
        assert_eq!((entry.kind, entry.milestone.is_some()), (EntryKind::Milestone, true));
    }
    for line in ["/status resolved", "/sev 2", "/role scribe @bob", "/resolved -", "?x", "/for x: y"] {
        let mut scene = Scene::new("UTC").after(&["?x"]);
        scene.say(line);
        assert_eq!(scene.incident().timeline.len(), 2, "{line}");
    }
}

#[test]
fn what_is_filled_in_later_moves_nothing_back() {
    let incident = after(&["/resolved 13:00", "/identified 12:50", "/mitigated 12:55"]);
    assert_eq!(incident.status, Status::Resolved);
    assert_eq!(incident.milestones.instant(MilestoneKind::Identified), Some(utc("2024-08-10 12:50")));
    assert_eq!(after(&["/closed 13:00", "/resolved 12:50"]).status, Status::Closed);
}

#[test]
fn a_status_sets_the_milestone_that_says_the_same_and_an_earlier_one_takes_the_end_back() {
    let incident = after(&["/status 13:00 resolved"]);
    assert_eq!(incident.milestones.instant(MilestoneKind::Resolved), Some(utc("2024-08-10 13:00")));
    let kept = after(&["/resolved 12:50", "/status 13:00 resolved"]);
    assert_eq!(kept.milestones.instant(MilestoneKind::Resolved), Some(utc("2024-08-10 12:50")));
    let back = after(&["/identified 12:30", "/resolved 12:50", "/closed 12:55", "/status investigating"]);
    assert_eq!(back.status, Status::Investigating);
    let met = |kind| back.milestones.get(kind).is_some();
    assert!(met(MilestoneKind::Identified) && !met(MilestoneKind::Resolved) && !met(MilestoneKind::Closed));
    assert_eq!(after(&["/identified 12:30", "/resolved 12:50", "/resolved -"]).status, Status::Identified);
}

#[test]
fn a_subject_that_two_writers_raise_apart_is_one_hypothesis() {
    let mut scene = Scene::new("UTC").after(&["?database: slow queries"]);
    let mut clock = Hlc::new(Writer::from_bits(9));
    let his = Scene::new("UTC").change("/suspect 12:30 Database: pool");
    let stamp = clock.stamp(utc("2024-08-10 12:50"));
    scene.ledger.insert(Stamped {
        stamp,
        by: "bob".into(),
        from: None,
        wall: None,
        over: None,
        after: None,
        body: his.into(),
    });
    let incident = scene.incident();
    assert_eq!(incident.hypotheses.len(), 1);
    let one = incident.hypothesis(&Subject::new("DATABASE")).unwrap();
    assert_eq!(one.why.as_ref().unwrap().as_typed(), "pool");
    assert_eq!(one.raised_at.unwrap().instant(), Some(utc("2024-08-10 12:30")));
    assert_eq!(one.subject.raw().as_typed(), "database");
    assert!(incident.timeline.iter().all(|e| e.is_about(one.id)));
}

#[test]
fn what_is_told_after_the_verdict_and_was_before_it_fills_in_and_reopens_nothing() {
    let incident = after(&["/out 08:50 x: fine", "/suspect 08:40 x: why", "/test 08:45 x: look @bob"]);
    let x = &incident.hypotheses[0];
    assert_eq!(x.status, HypothesisStatus::RuledOut);
    assert_eq!(x.raised_at.unwrap().instant(), Some(utc("2024-08-10 08:40")));
    assert_eq!(x.minutes(), Some(10));
    assert_eq!(x.tests[0].result.as_ref().unwrap().as_typed(), "fine");
    assert_eq!(x.reason.as_ref().unwrap().as_typed(), "fine");
    // Raised after the verdict, it is open again.
    let again = after(&["/out 08:50 x: fine", "/suspect 09:40 x"]);
    assert_eq!(again.hypotheses[0].status, HypothesisStatus::Open);
}

#[test]
fn minutes_that_are_not_known_are_none() {
    for lines in [&["/out 08:50 x"][..], &["/suspect 08:40 x"], &["/suspect 09:40 x", "/out 08:50 x"]] {
        assert_eq!(after(lines).hypotheses[0].minutes(), None, "{lines:?}");
    }
}

#[test]
fn what_was_tried_says_what_came_of_it() {
    let incident = after(&[
        "/suspect 12:00 x",
        "/test 12:05 x: look @bob for:10m",
        "/worse 12:06 x: doubled",
        "/against 12:04 x: idle",
        "/park 12:10 x: later",
        "/test 12:20 x: look again",
        "/out 12:30 x: nothing",
        "/out 12:31 x",
    ]);
    let x = &incident.hypotheses[0];
    let results: Vec<_> = x.tests.iter().map(|t| t.result.as_ref().unwrap().as_typed()).collect();
    assert_eq!(results, ["later", "nothing"]);
    assert_eq!(x.reason.as_ref().unwrap().as_typed(), "nothing");
    assert_eq!(x.evidence.iter().map(|e| e.side).collect::<Vec<_>>(), [Side::Against, Side::Harm]);
    assert!(x.evidence.iter().all(|e| incident.entry(e.entry.unwrap()).is_some()));
}

#[test]
fn metrics_are_minutes_between_milestones_or_nothing_and_a_warning() {
    let incident = after(&[
        "/started 12:30",
        "/detected 12:30",
        "/identified 12:50",
        "/mitigated 12:55",
        "/resolved 13:00",
    ]);
    let metrics = serde_json::to_value(&incident.metrics).unwrap();
    let expected = serde_json::json!({"duration_minutes": 30, "time_to_detect_minutes": 0, "time_to_acknowledge_minutes": null,
        "time_to_identify_minutes": 20, "time_to_mitigate_minutes": 25, "time_to_resolve_minutes": 30,
        "diagnosis_minutes": 20, "diagnosis_percent": 67});
    assert_eq!(metrics, expected);
    assert!(incident.warnings.is_empty());
    let wrong = after(&["/started 12:30", "/detected 12:20", "/resolved 13:00"]);
    assert_eq!(wrong.metrics.time_to_detect_minutes, None);
    assert_eq!(wrong.metrics.duration_minutes, Some(30));
    assert!(wrong.warnings[0].as_typed().contains("detected"), "{:?}", wrong.warnings);
    assert_eq!(after(&["/detected 12:20"]).metrics, warroom::model::Metrics::default());
}

#[test]
fn a_changed_time_moves_all_that_happened_then() {
    let mut scene = Scene::new("UTC").at("2024-08-10 13:30");
    let eight = Some(utc("2024-08-10 08:00"));
    let mut moved = |line: &str| {
        let stamp = scene.say(line);
        scene.say(&format!("/when {stamp} 08:00"));
        let incident = scene.incident();
        let entry = incident.entry(stamp).unwrap().clone();
        assert_eq!(entry.at.instant(), eight, "{line}");
        assert!(entry.edited && entry.as_written.unwrap().as_typed() == "08:00");
        incident
    };
    moved("13:00 an entry");
    moved("an entry of now");
    let incident = moved("/detected 12:30 an alert");
    assert_eq!(incident.milestones.instant(MilestoneKind::Detected), eight);
    let incident = moved("/status resolved");
    assert_eq!(incident.milestones.instant(MilestoneKind::Resolved), eight);
    let at = |at: Option<warroom::model::At>| at.unwrap().instant();
    assert_eq!(at(moved("?x").hypotheses[0].raised_at), eight);
    assert_eq!(at(moved("/out 12:00 x").hypotheses[0].closed_at), eight);
    assert_eq!(moved("/for x: y").hypotheses[0].evidence[0].at.unwrap().instant(), eight);
    let incident = moved("/test x: y");
    assert_eq!(incident.hypotheses[0].tests[0].started_at.unwrap().instant(), eight);
    assert!(incident.timeline.iter().is_sorted_by(|one, next| one.place() < next.place()));
}

#[test]
fn entries_are_sorted_by_when_they_happened_then_by_stamp() {
    let incident = after(&["now", "12:00 earlier", "12:00 earlier, too", "yesterday 23:00 first"]);
    let texts: Vec<_> = incident.timeline.iter().map(|e| e.text.as_typed()).collect();
    assert_eq!(texts, ["first", "earlier", "earlier, too", "now"]);
    let now = &incident.timeline[3];
    assert_eq!(now.at.instant(), Some(now.id.instant()));
}

#[test]
fn what_is_restored_warns_once_and_no_longer_than_it_is_true() {
    let mut scene = Scene::new("UTC").after(&["/started 12:30", "/detected 12:20"]);
    let mut kept = scene.incident();
    kept.warnings.push("page 2 was not read".into());
    assert_eq!(kept.warnings.len(), 2);
    scene.commit(Change::Restored(Restored::Facts(Box::new(kept))));
    let warnings = |scene: &Scene| Fold::of(&scene.ledger).incident().warnings.len();
    assert_eq!(warnings(&scene), 2);
    scene.say("/detected 12:40");
    assert_eq!(warnings(&scene), 1);
}
