//! When it began and was over: from labelled lines, from sentences, from the rows; and what is no incident.

use warroom::import::{self, Reading};
use warroom::log::Change;
use warroom::model::MilestoneKind;

use super::timeline::{doubts, read};

fn at(reading: &Reading, kind: MilestoneKind) -> String {
    let found = reading.found.iter().find_map(|found| match &found.change {
        Change::MilestoneSet { milestone, when: Some(when), .. } if *milestone == kind => {
            Some(when.at.to_string())
        }
        _ => None,
    });
    found.unwrap_or_default()
}

#[test]
fn start_and_end_are_read_wherever_they_stand() {
    let wanted = ("2023-05-04T09:10:00Z".to_owned(), "2023-05-04T10:40:00Z".to_owned());
    for summary in [
        "Start Time: May 4, 2023, 9:10 AM UTC\nEnd Time: May 4, 2023, 10:40 AM UTC\n",
        "**Duration:** 2023-05-04 09:10 UTC to 2023-05-04 10:40 UTC\n",
        "- **Duration**: 4 May 2023, 09:10 - 10:40 UTC\n",
        "The relay was down from 09:10 UTC to 10:40 UTC on May 4, 2023.\n",
        "The outage lasted an hour and a half, starting at 9:10 AM and ending at 10:40 AM UTC on May 4, 2023.\n",
        "Mail was unavailable between 09:10 and 10:40 UTC on 4 May 2023.\n",
        "| Start | 2023-05-04 09:10 UTC |\n| End | 2023-05-04 10:40 UTC |\n",
        "On May 4th, 2023 the outage lasted 90 minutes starting at 09:10 UTC.\n",
    ] {
        let reading = read(&format!("# Relay\n\n## Summary\n\n{summary}"));
        let found = (at(&reading, MilestoneKind::Started), at(&reading, MilestoneKind::Resolved));
        assert_eq!(found, wanted, "{summary}");
    }
}

#[test]
fn rows_name_who_took_it_on_when_it_was_declared_and_when_the_harm_ended() {
    let of = |row: &str, kind: MilestoneKind| {
        let text = format!(
            "# Relay\n\nDate: 2023-05-04\nTime zone: UTC\n\n## Timeline\n\n- 09:10 Mail is down\n- 09:12 Alert on the queue\n- 09:20 {row}\n- 10:40 Incident resolved\n"
        );
        at(&read(&text), kind)
    };
    let wanted = "2023-05-04T09:20:00Z";
    for row in ["Acknowledged", "Acknowledged by Lee", "Priya acks", "Alert acked by Jo", "Kim took the page"]
    {
        assert_eq!(of(row, MilestoneKind::Acknowledged), wanted, "{row}");
    }
    for row in
        ["SEV-1 declared", "Incident declared", "Ana declares a major incident", "P1 opened by the desk"]
    {
        assert_eq!(of(row, MilestoneKind::Declared), wanted, "{row}");
    }
    for row in [
        "Mitigated",
        "**Mitigated**: relay restarted",
        "Mitigated by rollback",
        "Mitigation: traffic moved",
        "Mitigation in place",
        "Customer impact ended",
    ] {
        assert_eq!(of(row, MilestoneKind::Mitigated), wanted, "{row}");
    }
    for row in [
        "Attempted mitigation failed",
        "Partially mitigated",
        "Nobody acts",
        "Packets are lost",
        "The incident channel is busy",
        "Mitigation will be tried at noon",
    ] {
        for kind in [MilestoneKind::Acknowledged, MilestoneKind::Declared, MilestoneKind::Mitigated] {
            assert_eq!(of(row, kind), "", "{row}");
        }
    }
}

#[test]
fn rows_tell_what_no_line_states() {
    let reading = read(
        "# Relay on 2023-05-04\n\n## Timeline\n\n- 09:10 UTC: alert fired\n- 09:20 UTC: root cause identified\n- 09:30 UTC: service restored\n- 10:30 UTC: postmortem meeting held\n",
    );
    assert_eq!(at(&reading, MilestoneKind::Detected), "2023-05-04T09:10:00Z");
    assert_eq!(at(&reading, MilestoneKind::Identified), "2023-05-04T09:20:00Z");
}

#[test]
fn contradictions_are_doubts_with_their_line() {
    let found = doubts(
        "# Relay\n\n## Timeline\n\n- 2023-05-04 09:10 UTC: alert\n- 2023-05-03 09:20 UTC: looked\n- 2023-05-04 08:00: earlier\n",
    );
    assert!(found.iter().any(|doubt| doubt.starts_with("line 6:") && doubt.contains("before")), "{found:?}");
    let found = doubts("# Relay\n\n## Timeline\n\n- 9:10: alert\n- 9:20: looked\n");
    assert!(found.iter().any(|doubt| doubt.contains("no zone")), "{found:?}");
}

#[test]
fn times_go_over_midnight_and_a_rolling_clock_is_inferred_with_a_doubt() {
    let rows = super::timeline::rows("# R on 2023-05-04\n\n## Timeline\n\n- 23:50 UTC: a\n- 00:10 UTC: b\n");
    assert_eq!(rows, ["2023-05-04T23:50:00Z | a", "2023-05-05T00:10:00Z | b"]);
    let text = "# R on 2023-05-04\n\n## Timeline (UTC)\n\n- 11:50: a\n- 12:10: b\n- 1:05: c\n";
    assert_eq!(super::timeline::rows(text)[2], "2023-05-04T13:05:00Z | c");
    assert!(doubts(text).iter().any(|doubt| doubt.contains("AM or PM")));
}

#[test]
fn the_title_and_the_severity_are_read() {
    for (text, title) in [
        ("---\ntitle: Relay down\n---\n", "Relay down"),
        ("# Postmortem: Relay down\n", "Relay down"),
        ("POSTMORTEM: Relay down\n", "Relay down"),
        ("## Summary\nnothing\n", "notes"),
    ] {
        assert_eq!(
            read(&format!("{text}\nSeverity: SEV-2\n\n## Timeline\n- 09:10 UTC: a\n- 09:20 UTC: b\n"))
                .title
                .as_typed(),
            title
        );
    }
    let reading = read("# R\n\nSeverity: P3\n\n## Timeline\n- 09:10 UTC: a\n- 09:20 UTC: b\n");
    assert_eq!(reading.severity, Some(3));
}

#[test]
fn a_document_without_an_incident_is_nothing_and_says_why() {
    for text in [
        "",
        "# My tools\n\nInstall with make. Runs each day at 10:00 UTC.\n",
        "# Template\n\n## Timeline\n\n| Time | Event |\n|---|---|\n| HH:MM | what happened |\n",
        "# Task\n\nWrite a postmortem. It must contain a timeline:\n- when was it detected\n- how was it solved\n",
    ] {
        let reading = import::read(text.as_bytes(), "x.md").unwrap();
        assert!(reading.nothing.is_some() && reading.found.is_empty(), "{text}: {:?}", reading.found);
    }
}

#[test]
fn two_outages_under_headings_with_a_day_each() {
    let doubts = |second: &str| {
        let text = format!(
            "# Winter\n\n## 2024-01-05 API down\n\n- 09:00 502 from the API\n- 09:40 restarted it\n\nRoot cause: the certificate ran out.\n\n{second}"
        );
        let reading = warroom::import::read(text.as_bytes(), "winter.md").unwrap();
        let said = |found: &warroom::import::Found| {
            format!("{:?}", found.change).contains("a second outage may begin here")
        };
        reading.found.iter().filter(|found| said(found)).map(|found| found.line).collect::<Vec<_>>()
    };
    let rows = "- 14:00 mail is late\n- 15:10 queue drained\n\n";
    assert_eq!(doubts(&format!("## 2024-02-09 Mail slow\n\n{rows}Root cause: a full disk.\n")), [Some(10)]);
    assert_eq!(doubts(&format!("## 2024-02-09 Mail slow\n\n{rows}")), []);
}
