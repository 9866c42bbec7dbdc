//! The shape of `incident.json`, and of times of which only a part is known.

use proptest::prelude::*;
use serde_json::{Value, json};
use warroom::log::Change;
use warroom::model::{At, EntryKind, Incident};

use crate::scene::{Scene, utc};

const LINES: &[&str] = &[
    "/sev 1",
    "/service checkout",
    "/started 12:30",
    "/detected 12:30 Prometheus latency alert",
    "/role commander @alice",
    "/summary the short story",
    "/impact nobody could pay",
    "/affected about 40% of users",
    "/loss $150,000 potential",
    "/cause one node took it all",
    "/trigger an update",
    "/factor no alert",
    "/detection late",
    "/workaround by hand",
    "/fix health checks",
    "~3:15..3:20 am PDT called #alert @maria",
    "/suspect 12:40 network: slow",
    "/test 12:41 network: ping @bob for:10m",
    "/against 12:42 network: fine",
    "/out 12:45 network: idle",
    "+ Audit @bob due:2024-08-20 p1 #prevent link:https://x.example/1",
    "/drop 12:46 1: replaced",
    "/update 12:47 public: we know",
    "/every 20m",
    "/decide 12:48 roll back @alice",
    "/well fast",
    "/wrong slow",
    "/lucky quiet",
    "/link board https://x.example",
    "/note Vendor: case 815",
];

/// The entry of a change, with what is the same for all of them here.
fn entry(n: u64, minute: &str, kind: &str, text: &str, rest: &Value) -> Value {
    let mut entry = json!({
        "id": format!("1723295700000-0-70000000-{n}"), "at": format!("2024-08-10T{minute}:00Z"), "until": null,
        "precision": "minute", "approximate": false, "as_written": minute, "logged_at": "2024-08-10T13:15:00Z",
        "by": "alice", "text": text, "tags": [], "people": [], "key": false, "kind": kind, "hypothesis": null,
        "milestone": null,
    });
    let id = entry["id"].as_str().unwrap().replace("-0-", &format!("-{}-", n - 2));
    entry["id"] = json!(id);
    for (key, value) in rest.as_object().unwrap() {
        entry[key] = value.clone();
    }
    entry
}

fn id(n: u64) -> String {
    format!("1723295700000-{}-70000000-{n}", n - 2)
}

fn stamped(n: u64, kind: &str, text: &str) -> Value {
    let rest = json!({"at": "2024-08-10T13:15:00Z", "precision": "millisecond", "as_written": null});
    entry(n, "13:15", kind, text, &rest)
}

fn timeline() -> Value {
    let network = json!({"hypothesis": id(18)});
    json!([
        entry(
            17,
            "10:15",
            "note",
            "called #alert @maria",
            &json!({
            "at": "2024-08-10T03:15:00-07:00", "until": "2024-08-10T03:20:00-07:00", "approximate": true,
            "as_written": "~3:15..3:20 am PDT", "tags": ["alert"], "people": ["maria"], "key": true})
        ),
        entry(4, "12:30", "milestone", "Started", &json!({"milestone": "started"})),
        entry(
            5,
            "12:30",
            "milestone",
            "Detected: Prometheus latency alert",
            &json!({"milestone": "detected"})
        ),
        entry(18, "12:40", "hypothesis", "Suspected network: slow", &network),
        entry(
            19,
            "12:41",
            "hypothesis",
            "Testing network: ping (@bob, for 10 min)",
            &json!({"hypothesis": network["hypothesis"], "people": ["bob"]}),
        ),
        entry(20, "12:42", "hypothesis", "Speaks against network: fine", &network),
        entry(21, "12:45", "hypothesis", "Ruled out network: idle", &network),
        entry(
            33,
            "13:15",
            "alert",
            "disk full",
            &json!({
            "at": "2024-08-10T13:15:00Z", "precision": "millisecond", "as_written": null})
        ),
        stamped(2, "severity", "Severity 1"),
        stamped(6, "role", "alice is commander"),
    ])
}

fn whole() -> Value {
    json!({
        "schema": 1, "id": "2024-08-10-checkout", "title": "Checkout", "severity": 1, "status": "investigating",
        "zone": "UTC", "clock": "24h", "services": ["checkout"],
        "milestones": {
            "started": {"at": "2024-08-10T12:30:00Z", "precision": "minute", "approximate": false, "as_written": "12:30", "how": null},
            "detected": {"at": "2024-08-10T12:30:00Z", "precision": "minute", "approximate": false, "as_written": "12:30",
                "how": "Prometheus latency alert"}},
        "roles": [{"role": "commander", "name": "alice", "since": "2024-08-10T13:15:00Z"}],
        "summary": "the short story",
        "impact": {"text": "nobody could pay", "affected": [{"percent": 40, "of": "users", "count": null, "approximate": true,
            "text": "about 40% of users"}], "loss": ["$150,000 potential"]},
        "root_cause": "one node took it all", "trigger": "an update", "factors": ["no alert"], "detection": "late",
        "resolution": {"temporary": "by hand", "permanent": "health checks"},
        "timeline": timeline(),
        "hypotheses": [{"id": id(18), "subject": "network", "why": "slow", "status": "ruled_out", "owner": "bob",
            "raised_at": "2024-08-10T12:40:00Z", "closed_at": "2024-08-10T12:45:00Z", "reason": "idle", "timebox_minutes": 10,
            "tests": [{"text": "ping", "owner": "bob", "started_at": "2024-08-10T12:41:00Z", "result": "idle"}],
            "evidence": [{"at": "2024-08-10T12:42:00Z", "by": "alice", "side": "against", "text": "fine", "entry": id(20)}],
            "logged_at": "2024-08-10T13:15:00Z"}],
        "actions": [{"id": id(22), "number": 1, "kind": "task", "text": "Audit", "owner": "bob", "due": "2024-08-20", "priority": 1,
            "class": "prevent", "link": "https://x.example/1", "status": "dropped", "reason": "replaced",
            "closed_at": "2024-08-10T12:46:00Z"}],
        "updates": [{"id": id(24), "at": "2024-08-10T12:47:00Z", "by": "alice", "audience": "public", "text": "we know"}],
        "update_every_minutes": 20, "update_every_since": "2024-08-10T13:15:00Z",
        "decisions": [{"id": id(26), "at": "2024-08-10T12:48:00Z", "by": "alice", "who": "alice", "text": "roll back"}],
        "lessons": {"went_well": ["fast"], "went_wrong": ["slow"], "lucky": ["quiet"]},
        "links": [{"label": "board", "url": "https://x.example"}], "notes": [{"heading": "Vendor", "text": "case 815"}],
        "warnings": [],
        "metrics": {"duration_minutes": null, "time_to_detect_minutes": 0, "time_to_acknowledge_minutes": null,
            "time_to_identify_minutes": null, "time_to_mitigate_minutes": null, "time_to_resolve_minutes": null, "wrong_paths_minutes": 5},
        "journal": {"records": 33, "last": id(33)},
    })
}

#[test]
fn a_full_incident_in_json() {
    let mut scene = Scene::new("UTC").at("2024-08-10 13:15").after(LINES);
    let called = scene.incident().timeline[0].id;
    scene.commit(Change::EntryStarred { entry: called });
    scene.commit(Change::EntryAdded {
        text: "disk full".into(),
        tags: Vec::new(),
        people: Vec::new(),
        kind: EntryKind::Alert,
        when: None,
    });
    let incident = scene.incident();
    let found = serde_json::to_value(&incident).unwrap();
    let mut expected = whole();
    // In the order of the stamps, which the alert's closes.
    expected["timeline"].as_array_mut().unwrap().sort_by_key(|e| {
        let at = e["at"].as_str().unwrap().parse::<At>().unwrap().sort_key();
        let n = e["id"].as_str().unwrap().rsplit('-').next().unwrap().parse::<u64>().unwrap();
        (at, n)
    });
    for (key, value) in expected.as_object().unwrap() {
        assert_eq!(&found[key], value, "{key}");
    }
    assert_eq!(found, expected);
    assert_eq!(serde_json::from_value::<Incident>(found).unwrap(), incident);
    assert_eq!(
        serde_json::from_value::<Incident>(json!({"schema": 1, "id": "x", "title": "y"})).unwrap().title,
        "y".into()
    );
}

#[test]
fn times_of_which_a_part_is_known_come_back() {
    for text in [
        "2024-08-10T12:30:00Z",
        "2024-08-10T12:30:00.250-07:00",
        "2024-08-10T12:30:00+05:45",
        "T08:30:00Z",
        "T08:30:00",
        "2023-08-10T12:00:00",
        "2022-06-02",
        "--04-17T10:00:00Z",
        "--02-29",
        "0000-01-01",
        "9999-12-31T23:59:59-14:00",
    ] {
        let at: At = text.parse().unwrap();
        assert_eq!(at.to_string(), text);
        assert_eq!(serde_json::from_value::<At>(json!(text)).unwrap(), at);
        let whole = text.len() > 19 && text.starts_with(|c: char| c.is_ascii_digit());
        assert_eq!(at.instant().is_some(), whole, "{text}");
    }
    for (text, plain) in [
        ("T23:59:60Z", "T23:59:59Z"),
        ("T08:30:00.1234567Z", "T08:30:00.123Z"),
        ("2024-08-10T12:30:00.9999Z", "2024-08-10T12:30:00.999Z"),
        ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z"),
        ("2024-08-10T12:30:00+00:00", "2024-08-10T12:30:00Z"),
    ] {
        assert_eq!(text.parse::<At>().unwrap().to_string(), plain);
    }
    for text in [
        "",
        "T",
        "Z",
        "soon",
        "2024",
        "2024-13-01",
        "--02-30",
        "T25:00:00",
        "-001-01-01",
        "+12024-01-01",
        "2024-08-10T12:30:00+25:00",
    ] {
        assert!(text.parse::<At>().is_err(), "{text}");
    }
    // What is typed can always be written.
    for line in ["1912-01-01 10:00 x", "1960-01-01 10:00 x"] {
        let scene = Scene::new("Africa/Monrovia");
        let change = scene.change(line);
        let at = change.when().unwrap().at;
        assert_eq!(at.to_string().parse::<At>().unwrap(), at, "{line}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_parses_prints_as_itself(text in "(\\PC{0,12})|((-?-?[0-9]{2,4}-[0-9]{2}(-[0-9]{2})?)?(T[0-2][0-9]:[0-5][0-9]:[0-6][0-9](\\.[0-9]{1,10})?(Z|[+-][0-2][0-9]:?[0-5][0-9])?)?)") {
        if let Ok(at) = text.parse::<At>() {
            let printed = at.to_string();
            prop_assert_eq!(printed.parse::<At>(), Ok(at), "{}", printed);
            let _ = at.sort_key();
        }
    }
}

#[test]
fn an_instant_keeps_its_milliseconds() {
    let at: At = (utc("2024-08-10 12:30") + chrono::Duration::microseconds(1_234)).into();
    assert_eq!(at.to_string(), "2024-08-10T12:30:00.001Z");
    assert_eq!(at.instant(), Some(utc("2024-08-10 12:30") + chrono::Duration::milliseconds(1)));
}
