//! What each sender writes, and what becomes of it.

use serde_json::{Value, json};

use super::{Listening, house, told};

/// One after the other, and what the entries are then: text, state, tags, source, address.
fn shown(files: &[&str]) -> Vec<[String; 5]> {
    let house = house();
    let listening = Listening::start(&house, &[]);
    for name in files {
        let (stored, known) = listening.post_file(name).stored();
        assert_eq!((stored > 0, known), (true, 0), "{name}");
    }
    // Again, as senders do: nothing changes.
    for name in files {
        assert_eq!(listening.post_file(name).stored().0, 0, "{name}");
    }
    let incident = house.json();
    let alerts = incident["timeline"].as_array().unwrap().iter().filter(|entry| entry["kind"] == "alert");
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    alerts
        .map(|entry| {
            let alert = &entry["machine"]["alert"];
            let ended = &alert["fired"].as_array().unwrap().last().unwrap()["ended"];
            let how = ended["how"].as_str().unwrap_or(if ended.is_null() { "firing" } else { "resolved" });
            let tags: Vec<String> = entry["tags"].as_array().unwrap().iter().map(text).collect();
            assert_eq!(entry["by"], alert["source"]);
            [
                format!("{} {}", text(&entry["at"]), text(&entry["text"])),
                how.to_owned(),
                tags.join(" "),
                text(&alert["source"]),
                text(&alert["url"]),
            ]
        })
        .collect()
}

#[test]
fn alertmanager() {
    assert_eq!(
        shown(&["alertmanager"]),
        [
            ["2024-08-10T12:20:00Z QueueGrows: queue=sms", "resolved", "alert warning", "alertmanager", "",],
            [
                "2024-08-10T12:31:07.412Z QueueGrows: mail waits for 12 minutes",
                "firing",
                "alert critical mail-gateway",
                "alertmanager",
                "http://metrics.example.net:9090/graph?g0.expr=queue_length",
            ],
        ]
    );
}

#[test]
fn grafana() {
    assert_eq!(
        shown(&["grafana"]),
        [[
            "2024-08-10T12:41:10.120Z Память кончается: db-2 has 3 % left",
            "firing",
            "alert warning",
            "grafana",
            "https://panels.example.net/d/db?orgId=3",
        ]]
    );
}

#[test]
fn pagerduty() {
    assert_eq!(
        shown(&["pagerduty-triggered", "pagerduty-note"]),
        [
            [
                "2024-08-10T12:33:01Z Checkout answers slowly",
                "firing",
                "alert p2 checkout",
                "pagerduty",
                "https://pages.example.net/incidents/PINC771",
            ],
            [
                "2024-08-10T12:36:40Z Maria Lopes: restarted the pool",
                "annotated",
                "alert",
                "pagerduty",
                "https://pages.example.net/incidents/PINC771",
            ],
        ]
    );
}

/// An incident that is acknowledged, resolved, opened again and resolved again; some calls come twice.
#[test]
fn a_page_through_all_its_life() {
    let house = house();
    let listening = Listening::start(&house, &[]);
    let event = |kind: &str, at: &str| {
        let mut call: Value = serde_json::from_str(&super::file("pagerduty-triggered")).unwrap();
        call["event"]["event_type"] = format!("incident.{kind}").into();
        call["event"]["id"] = format!("{kind}-{at}").into();
        call["event"]["occurred_at"] = format!("2024-08-10T{at}:00Z").into();
        call["event"]["agent"] = json!({ "summary": "Maria Lopes" });
        call
    };
    for (kind, at, stored) in [
        ("triggered", "12:33", 1),
        ("acknowledged", "12:35", 1),
        ("acknowledged", "12:35", 0),
        ("reassigned", "12:36", 1),
        ("priority_updated", "12:37", 1),
        ("resolved", "12:40", 1),
        ("resolved", "12:40", 0),
        ("reopened", "12:50", 1),
        ("triggered", "12:33", 0),
        ("resolved", "12:55", 1),
        ("unacknowledged", "12:56", 1),
    ] {
        assert_eq!(listening.post(&event(kind, at)).stored().0, stored, "{kind} {at}");
    }
    for kind in ["incident.conference_bridge.updated", "service.updated", "pagey.ping"] {
        let mut call = event("triggered", "12:58");
        call["event"]["event_type"] = kind.into();
        let answer = listening.post(&call);
        assert_eq!((answer.stored(), &answer.json()["ignored"]), ((0, 0), &json!(1)), "{kind}");
    }
    let all = told(&house.json());
    let fired = |n: usize| {
        let fired = all[n].1.as_array().unwrap().iter();
        let minute = |at: &Value| at.as_str().unwrap()[11..16].to_owned();
        fired.map(|one| (minute(&one["at"]), minute(&one["ended"]["at"]))).collect::<Vec<_>>()
    };
    let pairs = [("12:33", "12:40"), ("12:50", "12:55")].map(|(at, ended)| (at.to_owned(), ended.to_owned()));
    assert_eq!(fired(0), pairs);
    let rest: Vec<_> =
        all[1..].iter().map(|(text, fired)| (text.as_str(), &fired[0]["ended"]["how"])).collect();
    assert_eq!(
        rest,
        [
            ("Maria Lopes: Checkout answers slowly", &json!("acknowledged")),
            ("Maria Lopes: Checkout answers slowly, to Maria Lopes", &json!("reassigned")),
            ("Maria Lopes: Checkout answers slowly is P2", &json!("priority updated")),
            ("Maria Lopes: Checkout answers slowly", &json!("unacknowledged")),
        ]
    );
    assert_eq!(listening.metric("events_ignored_total"), 3);
}

#[test]
fn github() {
    assert_eq!(
        shown(&["github-deployment", "github-deployment-status", "github-workflow-run"]),
        [
            [
                "2024-08-10T12:02:00Z Run of Migrate on main (example/shop)",
                "timed out",
                "workflow",
                "github",
                "https://code.example.net/example/shop/actions/runs/4400",
            ],
            [
                "2024-08-10T12:11:00Z Deploy of release-4711 to production (example/shop)",
                "failure",
                "deploy production",
                "github",
                "https://code.example.net/example/shop",
            ],
        ]
    );
}

#[test]
fn what_else_a_repository_tells_is_ignored() {
    let house = house();
    let listening = Listening::start(&house, &[]);
    let call = json!({ "zen": "Speak like a human.", "hook_id": 1, "repository": {} }).to_string();
    let answer = super::post(listening.address, &call, &[("X-GitHub-Event", "ping")]);
    assert_eq!((answer.stored(), &answer.json()["ignored"]), ((0, 0), &json!(1)));
    let answer =
        super::post(listening.address, &super::file("github-deployment"), &[("X-GitHub-Event", "push")]);
    assert_eq!((answer.stored(), &answer.json()["ignored"]), ((0, 0), &json!(1)));
}

#[test]
fn a_script_says_what_happened() {
    let house = house();
    let listening = Listening::start(&house, &[]);
    assert_eq!(listening.post(&json!({ "text": "failover done #db" })).stored(), (1, 0));
    assert_eq!(
        listening.post(&json!({ "text": "failover done #db" })).stored(),
        (1, 0),
        "said again, it happened again"
    );
    let with_id = json!({ "text": "backup ran", "id": 17, "tag": "#cron", "by": "backup-1" });
    assert_eq!(listening.post(&with_id).stored(), (1, 0));
    assert_eq!(listening.post(&with_id).stored(), (0, 1));
    assert_eq!(
        listening.post(&json!({ "text": "one\ntwo", "at": "2024-08-10T12:00:00+02:00" })).stored(),
        (1, 0)
    );
    for wrong in [json!({ "text": "  " }), json!({ "text": 7 }), json!({ "text": ["x"] })] {
        assert_eq!(listening.post(&wrong).status, 400, "{wrong}");
    }
    let incident = house.json();
    let all = incident["timeline"].as_array().unwrap();
    let row = |n: usize| (all[n]["text"].as_str().unwrap(), &all[n]["tags"], &all[n]["approximate"]);
    assert_eq!(
        (row(0), &all[0]["at"]),
        (("one\ntwo", &json!([]), &json!(false)), &json!("2024-08-10T10:00:00Z"))
    );
    assert_eq!(row(1), ("failover done #db", &json!(["db"]), &json!(false)));
    assert_eq!(row(3), ("backup-1: backup ran", &json!(["cron"]), &json!(true)));
    assert_eq!(all.len(), 4);
}

#[test]
fn what_a_script_says_of_the_time_is_right_or_refused() {
    let house = house();
    let listening = Listening::start(&house, &[]);
    for at in [json!("19:22"), json!("yesterday"), json!(1_754_000_000), json!("9999-01-01T00:00:00Z")] {
        let answer = listening.post(&json!({ "text": "failover", "at": at }));
        assert_eq!(answer.status, 400, "{at}");
        assert!(answer.body.contains("2024-08-10T12:30:00Z"), "{}", answer.body);
    }
    let answer = listening.post(&json!({ "text": " " }));
    assert!(answer.body.contains("there is nothing to see in the text"), "{}", answer.body);
}

#[test]
fn an_alert_says_which_of_several_it_is_and_keeps_all_its_labels() {
    let house = house();
    let listening = Listening::start(&house, &[]);
    let one = |node: &str| {
        json!({ "status": "firing", "fingerprint": node, "startsAt": "2024-08-10T12:00:00Z",
            "labels": { "alertname": "NodeDown", "instance": node, "job": "nodes" },
            "annotations": { "summary": "A node is down", "runbook_url": "https://runbooks.example/node" } })
    };
    let call = json!({ "version": "4", "status": "firing", "alerts": [one("node-1"), one("node-2")] });
    assert_eq!(listening.post(&call).stored(), (2, 0));
    let incident = house.json();
    let all: Vec<_> = incident["timeline"].as_array().unwrap().iter().collect();
    let texts: Vec<_> = all.iter().map(|entry| entry["text"].as_str().unwrap()).collect();
    assert_eq!(texts, ["NodeDown: A node is down [node-1]", "NodeDown: A node is down [node-2]"]);
    let details = all[0]["machine"]["alert"]["details"].as_str().unwrap();
    for line in ["runbook_url: https://runbooks.example/node", "instance: node-1", "job: nodes"] {
        assert!(details.lines().any(|known| known == line), "{details}");
    }
}
