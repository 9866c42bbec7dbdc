//! Subjects, and what may be said about a hypothesis in which state.

use serde_json::json;
use warroom::model::{HypothesisStatus, Subject};

use crate::scene::Scene;

#[test]
fn a_subject_ends_at_the_first_colon_before_a_blank_or_the_end() {
    let scene = Scene::new("UTC");
    for (line, subject, text) in [
        ("?database", "database", None),
        ("?database: pool: full", "database", Some("pool: full")),
        ("?redis:6379: refused", "redis:6379", Some("refused")),
        ("?redis:6379", "redis:6379", None),
        ("?database:", "database", None),
        ("?database:\tx", "database", Some("x")),
        ("?load   balancer : x", "load balancer", Some("x")),
        ("/suspect \\10:40 job: slow", "10:40 job", Some("slow")),
        ("/suspect -", "-", None),
    ] {
        let change = serde_json::to_value(scene.change(line)).unwrap();
        let raised = &change["hypothesis_raised"];
        assert_eq!((&raised["subject"], &raised["text"]), (&json!(subject), &json!(text)), "{line}");
    }
}

#[test]
fn one_subject_is_one_hypothesis_in_any_case_and_every_state() {
    let mut scene = Scene::new("UTC").after(&["?Database: why", "/test dataBASE: count @maria for:10m"]);
    let state = |scene: &Scene| {
        let incident = scene.incident();
        assert_eq!(incident.hypotheses.len(), 1);
        incident.hypotheses[0].status
    };
    assert_eq!(state(&scene), HypothesisStatus::Testing);
    for (line, status) in [
        ("/out database: idle", HypothesisStatus::RuledOut),
        ("/for DATABASE: slow again", HypothesisStatus::RuledOut),
        ("?database", HypothesisStatus::Open),
        ("/confirm database", HypothesisStatus::Confirmed),
        ("/test database: again", HypothesisStatus::Testing),
        ("/park database: later", HypothesisStatus::Parked),
        ("?database", HypothesisStatus::Open),
        ("/out database", HypothesisStatus::RuledOut),
        ("/reopen database: back", HypothesisStatus::Open),
    ] {
        scene.say(line);
        assert_eq!(state(&scene), status, "{line}");
    }
    let found = scene.incident().hypotheses[0].clone();
    // An open one has no verdict, and nothing of an earlier one is left.
    assert_eq!((found.closed_at, found.reason), (None, None));
}

#[test]
fn a_verdict_on_an_unknown_one_creates_and_closes_it() {
    for (line, status) in
        [("/out 08:50 dns: fine", HypothesisStatus::RuledOut), ("/confirm dns", HypothesisStatus::Confirmed)]
    {
        let incident = Scene::new("UTC").after(&[line]).incident();
        let made = incident.hypothesis(&Subject::new("DNS")).unwrap();
        assert_eq!((made.status, made.raised_at), (status, None), "{line}");
        assert!(made.closed_at.is_some());
        assert_eq!(made.minutes(), None);
    }
}

#[test]
fn others_need_one_that_exists_and_the_near_one_is_named() {
    let scene = Scene::new("UTC").after(&["?database"]);
    for command in ["test", "for", "against", "worse", "park", "reopen"] {
        let error = scene.error(&format!("/{command} databse: x"));
        assert!(error.hint.contains("did you mean database?"), "{error:?}");
        assert!(error.message.contains("databse"), "{error:?}");
    }
    let bare = Scene::new("UTC").error("/for dns: x");
    assert!(bare.hint.contains("?dns"), "{bare:?}");
}

#[test]
fn a_test_takes_who_and_for_how_long_at_its_end() {
    let scene = Scene::new("UTC").after(&["?database"]);
    for (line, text, owner, minutes) in [
        ("/test database: ask @bob now", json!("ask @bob now"), json!(null), json!(null)),
        ("/test database: count @maria for:10m", json!("count"), json!("maria"), json!(10)),
        ("/test database: count for:1h30m @maria", json!("count"), json!("maria"), json!(90)),
        ("/test database @maria", json!(null), json!("maria"), json!(null)),
        ("/test database: ask \\@maria", json!("ask @maria"), json!(null), json!(null)),
    ] {
        let change = serde_json::to_value(scene.change(line)).unwrap();
        let test = &change["hypothesis_tested"];
        let found = (&test["text"], &test["owner"], &test["timebox_minutes"]);
        assert_eq!(found, (&text, &owner, &minutes), "{line}");
    }
    assert_eq!(scene.error("/test database: x for:ever").span, 18..26);
}
