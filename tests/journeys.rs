//! Whole outages through the shell: started, logged, ruled out, confirmed, exported.

use serde_json::{Value, json};

use crate::support::House;

fn hypothesis<'a>(incident: &'a Value, subject: &str) -> &'a Value {
    let all = incident["hypotheses"].as_array().unwrap();
    all.iter().find(|h| h["subject"] == subject).unwrap_or_else(|| panic!("no hypothesis {subject}"))
}

fn times(incident: &Value) -> Vec<&str> {
    incident["timeline"].as_array().unwrap().iter().map(|e| e["at"].as_str().unwrap()).collect()
}

/// The report has these, in this order.
fn in_order(report: &str, parts: &[&str]) {
    let mut rest = report;
    for part in parts {
        let at =
            rest.find(part).unwrap_or_else(|| panic!("{part:?} is missing, or out of order, in:\n{report}"));
        rest = &rest[at + part.len()..];
    }
}

#[test]
fn one_server_takes_all_the_traffic() {
    let house = House::new();
    house.done(&[
        "new",
        "Payments time out",
        "--sev",
        "1",
        "--tz",
        "GMT",
        "--started",
        "2024-08-05 08:30",
        "--detach",
    ]);
    house.say(
        "/detected 8:30 AM failure rate alert\n\
         8:35 AM on-call engineer is up and looking @omar\n\
         ?database\n\
         /suspect 08:40 AM database: it usually is\n\
         /out 08:50 AM database: their team finds nothing wrong\n\
         9:00 AM first customer calls, so people do notice\n\
         9:10 AM network team joins #escalation\n\
         /suspect 9:10 AM load balancer: one node looks hot\n\
         /confirm 9:20 AM load balancer: it sends everything to one node\n\
         /identified 9:20 AM\n\
         9:30 AM spreading traffic by hand\n\
         /mitigated 9:50 AM payments go through again\n\
         /resolved 10:15 AM\n\
         /impact Paying was slow or failed\n\
         /affected 70% of shoppers\n\
         /loss $150,000 potential\n\
         /cause An update of the load balancer sent nearly all traffic to one server\n\
         /workaround Traffic was spread by hand\n\
         /fix The balancing parameter was set right and tested\n\
         /improve Test each balancer update under load\n\
         /improve Alert on uneven traffic\n\
         /improve Spread traffic automatically\n\
         + Set the balancing parameter right @omar due:2024-08-09 p1\n\
         + Add metrics for traffic per server @ines p2\n\
         + Script the redistribution\n\
         + Train the team on balancer settings\n",
    );
    let incident = house.json();
    assert_eq!(incident["zone"], "GMT");
    assert_eq!(incident["status"], "resolved");
    assert_eq!(incident["metrics"]["duration_minutes"], 105);
    assert_eq!(incident["metrics"]["time_to_identify_minutes"], 50);
    assert_eq!(
        incident["impact"]["affected"][0],
        json!({"percent": 70, "of": "shoppers", "count": null, "approximate": false, "text": "70% of shoppers"})
    );
    assert_eq!(incident["impact"]["loss"][0], "$150,000 potential");
    let database = hypothesis(&incident, "database");
    assert_eq!(database["status"], "ruled_out");
    assert_eq!(database["closed_at"], "2024-08-05T08:50:00Z");
    assert_eq!(hypothesis(&incident, "load balancer")["status"], "confirmed");
    assert_eq!(
        incident["timeline"].as_array().unwrap().iter().filter(|e| e["milestone"] == "resolved").count(),
        1
    );
    the_payments_report(&house.done(&["export"]));
}

fn the_payments_report(report: &str) {
    in_order(
        report,
        &[
            "# Payments time out",
            "## Issue Summary",
            "105 minutes",
            "70% of shoppers",
            "$150,000 potential",
            "## Timeline",
            "08:30 GMT",
            "## Misleading paths",
            "database",
            "their team finds nothing wrong",
            "## Root Cause and Resolution",
            "load balancer",
            "spread by hand",
            "set right and tested",
            "## Corrective and Preventative Measures",
            "Alert on uneven traffic",
            "Set the balancing parameter right",
            "omar",
            "2024-08-09",
            "P1",
        ],
    );
}

#[test]
fn two_paths_are_ruled_out_on_a_twelve_hour_clock() {
    let house = House::new();
    house.done(&[
        "new",
        "Gateway drops payments",
        "--tz",
        "PDT",
        "--started",
        "2024-08-18 10:15 AM",
        "--detach",
    ]);
    house.say(
        "/clock 12h\n\
         10:15 AM error rate alert on payments\n\
         10:17 AM on-call engineer confirms: no answer from the gateway\n\
         10:25 AM servers are fine, traffic is spread oddly\n\
         /out 10:40 AM database connections: none is waiting\n\
         /out 10:40 AM API rate limits: far from any limit\n\
         10:50 AM DevOps called in\n\
         /confirm 10:50 AM load balancer: routes to a server that is not set up for it\n\
         /identified 10:50 AM\n\
         11:00 AM route corrected\n\
         /mitigated 11:10 AM errors go down\n\
         /resolved 11:45 AM\n\
         /affected approximately 40% of users attempting payments\n",
    );
    let incident = house.json();
    assert_eq!(incident["zone"], "PDT");
    assert_eq!(incident["clock"], "12h");
    assert_eq!(incident["metrics"]["duration_minutes"], 90);
    let affected = &incident["impact"]["affected"][0];
    assert_eq!((affected["percent"].as_f64(), affected["approximate"].as_bool()), (Some(40.0), Some(true)));
    assert_eq!(affected["of"], "users attempting payments");
    assert_eq!(times(&incident)[0], "2024-08-18T10:15:00-07:00");
    for subject in ["database connections", "API rate limits"] {
        let h = hypothesis(&incident, subject);
        assert_eq!((h["status"].as_str(), h["raised_at"].is_null()), (Some("ruled_out"), true));
    }
    let report = house.done(&["export"]);
    in_order(
        &report,
        &[
            "90 minutes",
            "40% of users attempting payments",
            "10:15 AM PDT",
            "11:45 AM PDT",
            "## Misleading paths",
            "none is waiting",
            "far from any limit",
        ],
    );
}

#[test]
fn a_failover_makes_it_worse_and_one_suspicion_is_never_settled() {
    let house = House::new();
    house.done(&["new", "Payments are slow", "--tz", "UTC", "--started", "2024-02-23 10:30", "--detach"]);
    house.say(
        "10:30 latency alert on payments\n\
         /suspect 10:35 server overload: load is high\n\
         /suspect 10:35 network\n\
         /suspect 10:50 database: looks like a bottleneck\n\
         10:50 failing over to the second database\n\
         /worse 10:55 database: the failover brought new errors\n\
         11:15 infrastructure team reads the balancer logs\n\
         /out 11:15 database: as slow as before on the second one\n\
         /confirm 11:45 load balancer: requests are spread unevenly\n\
         /identified 11:45\n\
         /mitigated 12:00 settings corrected\n\
         /resolved 12:45\n\
         /affected 25% degradation in user experience\n",
    );
    let incident = house.json();
    assert_eq!(incident["metrics"]["duration_minutes"], 135);
    let affected = &incident["impact"]["affected"][0];
    assert_eq!((affected["percent"].as_f64(), affected["of"].is_null()), (Some(25.0), true));
    assert_eq!(hypothesis(&incident, "server overload")["status"], "open");
    let database = hypothesis(&incident, "database");
    assert_eq!(database["status"], "ruled_out");
    assert_eq!(database["evidence"][0]["side"], "harm");
    let report = house.done(&["export"]);
    in_order(
        &report,
        &[
            "## Misleading paths",
            "database",
            "25 min",
            "the failover brought new errors",
            "Open hypotheses",
            "server overload",
        ],
    );
}

#[test]
fn noon_is_passed_within_half_an_hour() {
    let house = House::new();
    house.done(&[
        "new",
        "Checkout does not load",
        "--tz",
        "UTC",
        "--started",
        "2024-08-10 12:30 PM",
        "--detach",
    ]);
    house.say(
        "/clock 12h\n/detected 12:30 PM latency alert\n12:32 PM engineer paged\n/suspect 12:35 PM network\n\
         /out 12:40 PM network: nothing lost on the way\n/suspect 12:45 PM load balancer\n\
         /confirm 12:50 PM load balancer\n/mitigated 12:55 PM traffic spread evenly\n/resolved 1:00 PM\n",
    );
    let incident = house.json();
    assert_eq!(incident["metrics"]["duration_minutes"], 30);
    assert_eq!(incident["metrics"]["time_to_mitigate_minutes"], 25);
    assert_eq!(incident["milestones"]["resolved"]["at"], "2024-08-10T13:00:00Z");
    let report = house.done(&["export"]);
    in_order(
        &report,
        &[
            "30 minutes",
            "12:40 PM UTC",
            "1:00 PM UTC",
            "## Misleading paths",
            "network",
            "nothing lost on the way",
            "5 min",
        ],
    );
}

#[test]
fn memory_leaks_while_traffic_and_deployments_are_suspected() {
    let house = House::new();
    house.done(&[
        "new",
        "Store runs out of memory",
        "--sev",
        "2",
        "--tz",
        "UTC",
        "--started",
        "2024-06-20 14:00",
        "--detach",
    ]);
    house.say(
        "14:00 alert: errors and latency up\n/suspect 14:10 traffic\n/out 14:20 traffic: a quiet day in the logs\n\
         14:30 memory is nearly used up\n14:40 gateway developers join\n\
         /out 15:00 recent deployments: all checked, all fine\n/suspect 15:20 memory leak\n\
         /confirm 15:40 memory leak: in the gateway module\n/identified 15:40\n\
         /workaround Servers were restarted\n/fix Memory is given back after each payment\n/resolved 16:30\n\
         /affected 75% of users\n/link diagram diagram.png\n",
    );
    let incident = house.json();
    assert_eq!(incident["metrics"]["duration_minutes"], 150);
    assert_eq!(hypothesis(&incident, "recent deployments")["raised_at"], Value::Null);
    assert_eq!(hypothesis(&incident, "memory leak")["status"], "confirmed");
    let report = house.done(&["export"]);
    in_order(
        &report,
        &[
            "2 h 30 min (150 minutes)",
            "75% of users",
            "traffic",
            "10 min",
            "recent deployments",
            "Servers were restarted",
            "diagram.png",
        ],
    );
    assert!(!report.contains("](diagram.png)"), "a target without a scheme is no link");
}

#[test]
fn a_night_passes_midnight_and_a_wrong_word_is_taken_back() {
    let house = House::new();
    house.done(&[
        "new",
        "Night batch stuck",
        "--tz",
        "Europe/Berlin",
        "--started",
        "2024-03-30 23:40",
        "--detach",
    ]);
    house.say("23:50 queue is not moving\n0:15 restarted the worker\n/when last 0:20\n1:00 wrong line\n/undo\n/resolved 3:30\n");
    let incident = house.json();
    // The clocks go forward that night: 3:30 is three hours after 23:30, not four.
    assert_eq!(incident["metrics"]["duration_minutes"], 170);
    assert_eq!(
        times(&incident),
        [
            "2024-03-30T23:40:00+01:00",
            "2024-03-30T23:50:00+01:00",
            "2024-03-31T00:20:00+01:00",
            "2024-03-31T03:30:00+02:00"
        ]
    );
    let report = house.done(&["export"]);
    in_order(&report, &["2024-03-30", "23:50 CET", "2024-03-31", "00:20 CET", "03:30 CEST"]);
    assert!(!report.contains("wrong line"));
}

#[test]
fn what_several_processes_say_at_once_is_all_there_once() {
    let house = House::new();
    house.done(&["new", "Everybody types", "--detach"]);
    let children: Vec<_> = (0..8)
        .map(|who| {
            house
                .command(&["say", &format!("line of {who}")])
                .stdout(std::process::Stdio::null())
                .spawn()
                .unwrap()
        })
        .collect();
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    let incident = house.json();
    let mut said: Vec<_> =
        incident["timeline"].as_array().unwrap().iter().map(|e| e["text"].as_str().unwrap()).collect();
    said.sort_unstable();
    assert_eq!(said, (0..8).map(|who| format!("line of {who}")).collect::<Vec<_>>());
}
