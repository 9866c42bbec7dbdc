//! The reader of our report and the exporter's outline are tied: each heading and each label that is written is read.

use std::collections::BTreeSet;
use std::fs;

use regex::Regex;
use warroom::import;
use warroom::log::{Attached, Change};
use warroom::model::{AttachmentKind, Incident, Subject};

use super::{imported, reading, report, told};
use crate::scene::Scene;

/// An incident in which everything is known that a report can tell.
fn full() -> Incident {
    let mut scene = Scene::new("Europe/Berlin").at("2024-08-10 12:45").after(&[
        "/started 12:00 a release went out",
        "/detected 12:05 a synthetic check",
        "/sev 2",
        "/service checkout",
        "/impact People could not pay",
        "/affected about 40% of users",
        "/loss 300 orders",
        "/summary Payments failed for half an hour",
        "/cause The release opened two connections for each request",
        "/trigger A release on a Saturday",
        "/factor No limit was set",
        "/detection A synthetic check paid every minute",
        "/workaround The release was taken back",
        "/fix One connection for each request",
        "/role commander @alice",
        "?network: packets are lost",
    ]);
    scene.now += chrono::Duration::minutes(1);
    scene = scene.after(&[
        "/test network: ping all hosts @bob",
        "/for network: one host is slow",
        "/against network: no packet is lost",
        "/worse network: the restart of the switch cut everyone off",
        "/out network: nothing is lost",
        "?database: pool is full",
        "/confirm database: two connections for each request",
        "?cache: cold after the release",
        "/test cache: count the misses @carol",
        "/park cache: it can wait",
        "/update public: We are working on it",
        "/decide Take the release back @alice",
        "/improve Releases are rolled out in steps",
        "+ Alert on pool use @bob due:2024-09-01 p1 #prevent",
        "+ Set a limit @bob",
        "/link Graph https://g.example/pool",
        "/well It was noticed at once",
        "/wrong Nobody had a limit",
        "/lucky It was a Saturday",
        "/related 2024-02-01-search",
        "/note Weather: It rained",
        "/warning The log and the pager differ by an hour",
        "/done 2",
        "/drop 3: there is one by now",
    ]);
    scene.says("bob", "all is quiet again");
    scene.say("/resolved 12:45 nobody waits");
    scene.incident()
}

/// What no report brings back: a file, and who gave a role up.
fn with_a_file() -> Incident {
    let mut scene = Scene::new("UTC").after(&["/role commander @alice", "/role commander @bob", "?database"]);
    scene.commit(Change::Attached(Attached {
        name: "pool.log".into(),
        file: "be06f047-pool.log".into(),
        bytes: 50,
        sha256: "be06f047".repeat(8).into(),
        kind: AttachmentKind::Text,
        subject: Some(Subject::new("database")),
        excerpt: Some("03:12 ERROR pool timeout".into()),
    }));
    scene.incident()
}

/// What the outline writes as headings and labels, found in its source.
fn written() -> BTreeSet<String> {
    let form = r#"(?:heading: |section\(|fact\(|said\(|Span::ours\(|Side::\w+, |\n\s+\(|\[\()"([^"\\{}]+)""#;
    let form = Regex::new(form).unwrap();
    let outline = concat!(env!("CARGO_MANIFEST_DIR"), "/src/export/outline");
    let mut found = BTreeSet::new();
    for file in ["after.rs", "flow.rs", "paths.rs", "summary.rs", "timeline.rs", "metrics.rs"] {
        let source = fs::read_to_string(format!("{outline}/{file}")).unwrap();
        found.extend(form.captures_iter(&source).map(|found| found[1].trim().to_owned()));
    }
    found.retain(|words| words.chars().filter(|c| c.is_alphabetic()).count() > 2);
    found
}

fn headings(report: &str) -> impl Iterator<Item = &str> {
    report.lines().filter(|line| line.starts_with("## "))
}

#[test]
fn everything_that_the_outline_writes_is_in_these_reports() {
    let bare = Scene::new("UTC");
    let reports = [report(&full()), report(&bare.incident()), report(&with_a_file())];
    let written = written();
    assert!(written.len() > 40, "{written:?}");
    let missing: Vec<_> =
        written.iter().filter(|words| reports.iter().all(|report| !report.contains(*words))).collect();
    assert_eq!(missing, Vec::<&String>::new());
}

#[test]
fn a_full_report_brings_everything_back() {
    let incident = full();
    let back = imported(reading(&report(&incident)));
    assert_eq!(told(&back), told(&incident));
    assert_eq!(back.notes.len(), 1, "{:?}", back.notes);
}

#[test]
fn a_heading_that_changed_is_missed() {
    let incident = full();
    let before = report(&incident);
    assert!(headings(&before).count() >= 15);
    for heading in headings(&before) {
        let changed = before.replacen(&format!("{heading}\n"), &format!("{heading} of it\n"), 1);
        let back = import::read(changed.as_bytes(), "report.md").ok().map(imported);
        assert!(back.is_none_or(|back| told(&back) != told(&incident)), "{heading}");
    }
}

#[test]
fn related_incidents_are_read_back() {
    let back = imported(reading(&report(&full())));
    assert_eq!(back.related, full().related);
    assert_eq!(back.related.len(), 1);
}

#[test]
fn updates_and_decisions_know_their_line() {
    let report = report(&full());
    let found = reading(&report);
    let is_told = |change: &Change| matches!(change, Change::UpdateSent { .. } | Change::DecisionMade { .. });
    assert_eq!(found.found.iter().filter(|found| is_told(&found.change)).count(), 2);
    let back = imported(found);
    let line = |source: &Option<warroom::model::Source>| {
        let line = source.as_ref().and_then(|source| source.line).unwrap();
        report.lines().nth(line as usize - 1).unwrap()
    };
    assert!(line(&back.updates[0].source).contains("We are working on it"));
    assert!(line(&back.decisions[0].source).contains("Take the release back"));
}
