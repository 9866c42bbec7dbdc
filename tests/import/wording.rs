//! When it began and was over, in the words of many authors; rows whose time stands in every place; what is no incident.

use warroom::import;
use warroom::log::Change;
use warroom::model::MilestoneKind;

use super::timeline::{read, rows};

/// When a document says that something was.
fn at(text: &str, kind: MilestoneKind) -> String {
    let told = read(text).found.into_iter().find_map(|found| match found.change {
        Change::MilestoneSet { milestone, when: Some(when), .. } if milestone == kind => {
            Some(when.at.to_string())
        }
        _ => None,
    });
    told.unwrap_or_default()
}

/// What stands in each summary: it began at 09:10 and was over at 10:40 UTC on 2 May 2024.
const SUMMARIES: &[&str] = &[
    "The shop was unreachable from 09:10 to 10:40 UTC on 2 May 2024.",
    "On 2 May 2024, between 09:10 and 10:40 UTC, checkout returned 502.",
    "On May 2, 2024 from 9:10 AM to 10:40 AM UTC our checkout returned errors to everyone.",
    "Our shop went down on 2024-05-02 at 09:10 UTC and was back up at 10:40 UTC.",
    "On 2024-05-02 at 09:10 UTC the shop stopped taking orders. Service was fully restored at 10:40 UTC.",
    "At 09:10 UTC on 2 May 2024, customers started seeing blank pages; by 10:40 UTC everything worked again.",
    "The incident began at 09:10 UTC on 2024-05-02 and was resolved at 10:40 UTC.",
    "It started around 09:10 UTC on 2024-05-02 and we had it fixed by 10:40 UTC.",
    "Start: 2024-05-02 09:10 UTC\nEnd: 2024-05-02 10:40 UTC",
    "**Start**: 2024-05-02 09:10 UTC  \n**End**: 10:40 UTC",
    "**Started at:** 2024-05-02T09:10:00Z\n**Resolved at:** 2024-05-02T10:40:00Z",
    "- Incident start: 2024-05-02 09:10 UTC\n- Incident end: 2024-05-02 10:40 UTC",
    "- Date: 2024-05-02\n- Start time: 09:10 UTC\n- End time: 10:40 UTC",
    "Date: May 2nd, 2024\nTime: 9:10 AM - 10:40 AM UTC",
    "Duration: 90 minutes (2024-05-02 09:10 UTC - 10:40 UTC)",
    "Duration: 1h30m, from 09:10 to 10:40 UTC, May 2 2024",
    "**Duration:** 09:10 UTC – 10:40 UTC (May 2, 2024), 1 hour 30 minutes",
    "| Field | Value |\n|---|---|\n| Date | 2024-05-02 |\n| Start | 09:10 UTC |\n| End | 10:40 UTC |\n| Duration | 90 min |",
    "| Start time | End time | Duration |\n|---|---|---|\n| 2024-05-02 09:10 UTC | 2024-05-02 10:40 UTC | 1h 30m |",
    "| Began | 2024-05-02 09:10 UTC |\n|---|---|\n| Over | 2024-05-02 10:40 UTC |",
    "Outage window: 2024-05-02 09:10 → 10:40 UTC",
    "Time of incident: 2024-05-02, 09:10–10:40 UTC",
    "When: 2 May 2024, 09:10 to 10:40 (UTC)",
    "The outage lasted from 09:10 UTC until 10:40 UTC on May 2nd 2024 (90 minutes).",
    "For an hour and a half (09:10 to 10:40 UTC, 2 May 2024) nobody could log in.",
    "On Thursday 2 May 2024 we lost the shop at 09:10 UTC. We got it back at 10:40 UTC.",
    "On 02/05/2024 at 09:10 UTC, users began reporting errors. The issue was mitigated at 10:30 and the incident was closed at 10:40 UTC.",
    "Service disruption: 2024-05-02 0910 UTC - 1040 UTC",
    "Downtime started 2024-05-02 09:10 UTC, ended 2024-05-02 10:40 UTC.",
    "Beginning at 09:10 UTC on 2024-05-02 and ending at 10:40 UTC, the API was degraded.",
    "It was 09:10 UTC on 2 May 2024 when the site fell over. At 10:40 UTC we were good again.",
    "Impact start: 2024-05-02 09:10 UTC. Impact end: 2024-05-02 10:40 UTC.",
    "Outage start / end: 2024-05-02 09:10 UTC / 2024-05-02 10:40 UTC",
    "Opened: 2024-05-02 09:10 UTC\nClosed: 2024-05-02 10:40 UTC",
    "First failure at 09:10 UTC (2024-05-02), last failure at 10:40 UTC.",
    "The web app was down for 90 minutes starting 2024-05-02 09:10 UTC.",
    "Duration: from May 2, 2024, 9:10 am UTC, to May 2, 2024, 10:40 am UTC",
    "The system experienced an outage on May 2, 2024, starting from 9:10 AM UTC and lasting till 10:40 AM UTC.",
    "Duration:\n\nStart: 2024-05-02 9:10 am (UTC)\n\nEnd: 2024-05-02 10:40 am (UTC)",
    "Incident occurred on 2 May 2024 at 09:10 UTC and was resolved on 2 May 2024 at 10:40 UTC.",
    "Time to recovery: 90 minutes. Detected 09:15 UTC. The incident started at 09:10 UTC on 2024-05-02. Recovery was complete at 10:40 UTC.",
];

#[test]
fn a_summary_says_when_in_many_words() {
    let rows = "- 08:55 UTC: nightly job finished\n- 09:20 UTC: Ann looks\n- 09:50 UTC: Ben tries a restart\n- 11:30 UTC: report written\n";
    for summary in SUMMARIES {
        let text = format!("# Shop was gone\n\n## Summary\n\n{summary}\n\n## Timeline\n\n{rows}");
        let found = (at(&text, MilestoneKind::Started), at(&text, MilestoneKind::Resolved));
        let wanted = ("2024-05-02T09:10:00Z".to_owned(), "2024-05-02T10:40:00Z".to_owned());
        assert_eq!(found, wanted, "{summary}");
    }
}

/// Rows at 09:10, 09:40 and 10:05, in this order or from the last to the first.
const SHAPES: &[(&str, &str)] = &[
    (
        "brackets end",
        "**What went down when**\n\n- Alarm about the queue (09:10)\n- Ben restarts the relay (09:40)\n- Mail flows again (10:05)\n",
    ),
    (
        "brackets end no head",
        "Story:\n\n* Alarm about the queue was raised by the probe [09:10]\n* Ben restarts the relay, which helps a little bit [09:40]\n* Mail flows again [10:05]\n",
    ),
    (
        "dash end",
        "## Timeline\n\n- Alarm about the queue - 09:10\n- Ben restarts the relay - 09:40\n- Mail flows again - 10:05\n",
    ),
    (
        "colon end",
        "## Timeline\n\n- Alarm about the queue: 09:10\n- Ben restarts the relay: 09:40\n- Mail flows again: 10:05\n",
    ),
    (
        "long dash end",
        "## Timeline\n\n- The alarm about the long queue was raised by the probe in the night - 09:10\n- Ben restarts the relay after he had looked at all the logs he found - 09:40\n- Mail flows again and we are all very happy about that and go home - 10:05\n",
    ),
    (
        "at end",
        "## Timeline\n\n- Alarm about the queue at 09:10\n- Ben restarts the relay at 09:40\n- Mail flows again at 10:05\n",
    ),
    ("+00", "## Timeline\n\n- 09:10 Alarm\n- +00:30 Ben restarts\n- +00:55 flows\n"),
    ("later", "## Timeline\n\n- 09:10 Alarm\n- 30 minutes later: Ben restarts\n- 25 minutes later: flows\n"),
    (
        "prose lines",
        "## Timeline\n\nAt 09:10 the alarm rang.\nAt 09:40 Ben restarted the relay.\nAt 10:05 mail was flowing.\n",
    ),
    (
        "prose one",
        "## What happened\n\nAt 09:10 the alarm rang and nobody was awake. At 09:40 Ben restarted the relay, and at 10:05 mail was flowing.\n",
    ),
    (
        "prose within",
        "## What happened\n\nThe alarm rang at 09:10 and nobody was awake. Ben restarted the relay at 09:40. Mail was flowing at 10:05 at last.\n",
    ),
    (
        "no zone table",
        "## Events\n\n| # | When | Who | What |\n|--|--|--|--|\n| 1 | 09:10 | probe | alarm |\n| 2 | 09:40 | Ben | restart |\n| 3 | 10:05 | Ben | flows |\n",
    ),
    (
        "table time last",
        "## Timeline\n\n| Event | Time |\n|--|--|\n| alarm | 09:10 |\n| restart | 09:40 |\n| flows | 10:05 |\n",
    ),
    ("quote", "> 09:10 alarm\n> 09:40 restart\n> 10:05 flows\n"),
    (
        "chat",
        "**ben** [09:10]\nthe queue is long\n\n**ann** [09:40]\nrestarting relay\n\n**ben** [10:05]\nflows\n",
    ),
    ("chat2", "ben  9:10 AM\nthe queue is long\n\nann  9:40 AM\nrestarting relay\n\nben  10:05 AM\nflows\n"),
    ("chat3", "[09:10] <ben> the queue is long\n[09:40] <ann> restarting relay\n[10:05] <ben> flows\n"),
    (
        "statuspage",
        "Resolved - This incident has been resolved.\nMay 2, 10:05 UTC\n\nMonitoring - A fix has been implemented.\nMay 2, 09:40 UTC\n\nInvestigating - We are looking into it.\nMay 2, 09:10 UTC\n",
    ),
    (
        "statuspage2",
        "**Resolved**\nThis incident has been resolved.\nMay 02, 2024 - 10:05 UTC\n\n**Monitoring**\nA fix has been implemented.\nMay 02, 2024 - 09:40 UTC\n\n**Investigating**\nWe are looking into it.\nMay 02, 2024 - 09:10 UTC\n",
    ),
    (
        "headings",
        "### 09:10 - Alarm\n\nThe queue is long.\n\n### 09:40 - Restart\n\nBen restarts.\n\n### 10:05 - Over\n\nMail flows.\n",
    ),
    (
        "headings end",
        "### Alarm (2024-05-02 09:10 UTC)\n\nThe queue is long.\n\n### Restart (2024-05-02 09:40 UTC)\n\nBen restarts.\n\n### Over (2024-05-02 10:05 UTC)\n\nMail flows.\n",
    ),
    (
        "updates",
        "## Update 1 - 2024-05-02 09:10 UTC\n\nThe queue is long.\n\n## Update 2 - 2024-05-02 09:40 UTC\n\nBen restarts.\n\n## Final update - 2024-05-02 10:05 UTC\n\nMail flows.\n",
    ),
    ("hh h", "## Timeline\n\n- 9h10: alarm\n- 9h40: restart\n- 10h05: flows\n"),
    ("am", "## Timeline\n\n- 9:10am: alarm\n- 9:40am: restart\n- 10:05am: flows\n"),
    ("a.m.", "## Timeline\n\n9:10 a.m. – alarm\n\n9:40 a.m. – restart\n\n10:05 a.m. – flows\n"),
    ("0910", "## Timeline\n\n- 0910 alarm\n- 0940 restart\n- 1005 flows\n"),
    ("0910Z", "## Timeline\n\n- 0910Z alarm\n- 0940Z restart\n- 1005Z flows\n"),
    (
        "iso",
        "## Timeline\n\n- 2024-05-02T09:10:00Z alarm\n- 2024-05-02T09:40:00Z restart\n- 2024-05-02T10:05:00Z flows\n",
    ),
    (
        "syslog",
        "## Timeline\n\n```\nMay  2 09:10:00 mx1 alarm\nMay  2 09:40:00 mx1 restart\nMay  2 10:05:00 mx1 flows\n```\n",
    ),
    ("definition", "## Timeline\n\n09:10\n: alarm\n\n09:40\n: restart\n\n10:05\n: flows\n"),
    (
        "time line then item",
        "## Timeline\n\n**09:10**\n- alarm\n\n**09:40**\n- restart\n\n**10:05**\n- flows\n",
    ),
    ("arrows", "## Timeline\n\n09:10 -> alarm\n09:40 -> restart\n10:05 -> flows\n"),
    ("pipes", "## Timeline\n\n09:10 | alarm\n09:40 | restart\n10:05 | flows\n"),
    ("emoji", "## Timeline\n\n🔴 09:10 — alarm\n🟡 09:40 — restart\n🟢 10:05 — flows\n"),
    ("emoji2", "## Timeline\n\n- ⏰ **09:10** alarm\n- ⏰ **09:40** restart\n- ✅ **10:05** flows\n"),
    ("who first", "## Timeline\n\n- Ben, 09:10: alarm\n- Ann, 09:40: restart\n- Ben, 10:05: flows\n"),
    (
        "label",
        "## Timeline\n\n- Detected: 09:10, by the probe\n- Acted: 09:40, restart by Ben\n- Over: 10:05, mail flows\n",
    ),
    ("approx", "## Timeline\n\n- approx. 09:10 alarm\n- c. 09:40 restart\n- ~10:05 flows\n"),
    ("en dash range", "## Timeline\n\n- 09:10–09:30 alarm\n- 09:40–09:50 restart\n- 10:05–10:10 flows\n"),
    ("escaped list", "## Timeline\n\n\\- 09:10 alarm\n\\- 09:40 restart\n\\- 10:05 flows\n"),
    ("checkbox", "## Timeline\n\n- [x] 09:10 alarm\n- [x] 09:40 restart\n- [x] 10:05 flows\n"),
    ("numbers in bold", "## Timeline\n\n1) **09:10** alarm\n2) **09:40** restart\n3) **10:05** flows\n"),
    ("day heading", "## Timeline\n\n### Thursday, 2 May\n\n- 09:10 alarm\n- 09:40 restart\n- 10:05 flows\n"),
    ("no section bullets", "- 09:10 UTC alarm\n- 09:40 UTC restart\n- 10:05 UTC flows\n"),
    ("colon stuck", "## Timeline\n\n09:10:alarm\n09:40:restart\n10:05:flows\n"),
    ("Time:", "## Timeline\n\n- Time: 09:10 - alarm\n- Time: 09:40 - restart\n- Time: 10:05 - flows\n"),
    (
        "fields",
        "## Timeline\n\n**Time:** 09:10\n**Event:** alarm\n\n**Time:** 09:40\n**Event:** restart\n\n**Time:** 10:05\n**Event:** flows\n",
    ),
    (
        "details",
        "<details><summary>Timeline</summary>\n\n- 09:10 alarm\n- 09:40 restart\n- 10:05 flows\n\n</details>\n",
    ),
    (
        "mermaid",
        "## Timeline\n\n```mermaid\ntimeline\n  09:10 : alarm\n  09:40 : restart\n  10:05 : flows\n```\n",
    ),
    (
        "commas",
        "## Timeline\n\n2024-05-02, 09:10, alarm\n2024-05-02, 09:40, restart\n2024-05-02, 10:05, flows\n",
    ),
    (
        "date each",
        "## Timeline\n\n- 2 May 2024, 9:10 AM: alarm\n- 2 May 2024, 9:40 AM: restart\n- 2 May 2024, 10:05 AM: flows\n",
    ),
    ("weekday", "## Timeline\n\n- Thu 09:10: alarm\n- Thu 09:40: restart\n- Thu 10:05: flows\n"),
    (
        "spanish",
        "## Cronología\n\n- 09:10 — alarma\n- sobre las 09:40 — reinicio\n- a las 10:05 — todo funciona\n",
    ),
    (
        "german",
        "## Zeitverlauf\n\n- 09:10 Uhr: Alarm\n- gegen 09:40 Uhr: Neustart\n- ab 10:05 Uhr: Post läuft\n",
    ),
    ("french", "## Chronologie\n\n- 9h10 : alarme\n- vers 9h40 : redémarrage\n- à 10h05 : tout marche\n"),
];

#[test]
fn a_row_has_its_time_in_any_place() {
    for (shape, text) in SHAPES {
        let found = rows(&format!("# Relay outage on 2024-05-02 (UTC)\n\n{text}"));
        let mut times: Vec<&str> = found.iter().map(|row| row.split(" | ").next().unwrap()).collect();
        if times.first().is_some_and(|first| first.contains("10:05")) {
            times.reverse();
        }
        let times: Vec<&str> =
            times.iter().map(|time| time.split(" ..").next().unwrap().trim_start_matches('~')).collect();
        let wanted = ["2024-05-02T09:10:00Z", "2024-05-02T09:40:00Z", "2024-05-02T10:05:00Z"];
        assert_eq!(times, wanted, "{shape}: {found:?}");
    }
}

/// Papers that have the parts or the times of an incident, and tell none.
const NOTHING: &[(&str, &str)] = &[
    (
        "empty template",
        "# Incident Report\n\n## Summary\n\n<!-- what happened -->\n\n## Impact\n\n## Timeline\n\n| Time | Event |\n|--|--|\n| | |\n\n## Root cause\n\n## Action items\n\n- [ ] \n",
    ),
    (
        "template hints",
        "# Postmortem: [title]\n\nDate: YYYY-MM-DD\nAuthors: \n\n## Summary\n\nTwo or three sentences for someone who was not there.\n\n## Timeline (UTC)\n\n- 00:00 - first sign\n- 00:05 - who was paged\n- 00:30 - resolved\n\n## Root cause\n\nThe technical reason. Use the five whys.\n\n## Action items\n\n| Action | Owner | Due |\n|---|---|---|\n| Example: add alert | @name | date |\n",
    ),
    (
        "template cells",
        "# Incident review template\n\nCopy this file and fill it in.\n\n| Field | Value |\n|---|---|\n| Incident ID | INC-XXXX |\n| Severity | SEV-1 / SEV-2 / SEV-3 |\n| Start | |\n| End | |\n\n## What happened\n\n...\n\n## Timeline\n\n- HH:MM ...\n- HH:MM ...\n\n## Why\n\n...\n",
    ),
    (
        "readme",
        "# mailq\n\nA small mail queue in Go.\n\n## Install\n\n    go install example.com/mailq@latest\n\n## Usage\n\nRun `mailq serve`. If the relay fails, errors are logged and the message is retried after 5 minutes.\n\n## License\n\nMIT\n",
    ),
    (
        "readme repo",
        "# Web infra project - postmortem\n\nThis repository holds my postmortem for the web stack debugging project.\n\n## Files\n\n- `README.md`: the postmortem\n- `img/`: pictures\n\n## Author\n\nAnn Example\n",
    ),
    (
        "howto",
        "# How to write a good postmortem\n\nA postmortem is written after an outage. It should be blameless.\n\n## Timeline\n\nThe timeline should list what happened with times, such as \"10:42 alert fired\".\n\n## Root cause\n\nExplain why it happened. You should go deeper than the first answer.\n\n## Action items\n\nMake sure each one has an owner.\n",
    ),
    (
        "essay",
        "# Why blameless postmortems matter\n\nWhen a system fails, people look for someone to blame. In 2017 a large storage service failed for hours and the world noticed. The team found that a mistyped command took down more servers than intended.\n\n## Blame hides causes\n\nEngineers who fear blame hide errors. Teams which learn from failure improve.\n\n## What we do\n\nWe write a postmortem for each outage and read them aloud every month.\n",
    ),
    (
        "runbook",
        "# Runbook: queue too long\n\n## Symptoms\n\nThe alert QueueTooLong fires.\n\n## Diagnosis\n\n1. Check the relay with `systemctl status relay`.\n2. If the disk is full, remove old logs.\n\n## Mitigation\n\nRestart the relay. If it fails again, escalate to the mail team.\n",
    ),
    (
        "changelog",
        "# Changelog\n\n## 1.2.0 - 2024-05-02\n\n- Fixed a crash when the queue was empty\n- Fixed a memory leak\n\n## 1.1.0 - 2024-04-01\n\n- Added retries\n",
    ),
    (
        "meeting",
        "# Weekly sync 2024-05-02\n\n- 10:00 Welcome\n- 10:05 Status of the migration\n- 10:30 Open issues\n- 11:00 End\n",
    ),
    (
        "assignment",
        "# 0x19. Postmortem\n\nUsing one of the web stack debugging project issue or an outage you have personally faced, write a postmortem.\n\nRequirements:\n\n- Issue Summary (that is often what executives will read) must contain: duration of the outage with start and end times\n- Timeline (format bullet point, format: time - keep it short, 1 or 2 sentences)\n- Root cause and resolution must contain what was causing the issue\n",
    ),
    (
        "schedule",
        "# On-call rota May 2024\n\n| Day | Time | Who |\n|---|---|---|\n| Mon | 09:00 | Ann |\n| Tue | 09:00 | Ben |\n| Wed | 09:00 | Cid |\n",
    ),
    (
        "policy",
        "# Incident severity levels\n\n| Level | Meaning | Response time |\n|---|---|---|\n| SEV1 | Total outage | 15 min |\n| SEV2 | Partial failure | 1 h |\n\nPostmortems are due within 5 days after an incident.\n",
    ),
    (
        "index of",
        "# Postmortems\n\n- [2024-05-02 Relay outage](2024-05-02-relay.md)\n- [2024-03-01 Database crash](2024-03-01-db.md)\n- [2023-12-24 Certificate expired](2023-12-24-cert.md)\n",
    ),
];

#[test]
fn a_form_a_guide_and_an_essay_are_no_incident() {
    for (name, text) in NOTHING {
        let reading = import::read(text.as_bytes(), "notes.md").unwrap();
        assert!(reading.nothing.is_some() && reading.found.is_empty(), "{name}: {:?}", reading.found);
    }
}

#[test]
fn an_exercise_that_asks_for_parts_is_no_incident() {
    let text = "# Exercise 7: tell of a failure (mandatory)\n\nPick a failure of your lab, or make one up; between 200 and 300 words.\n\n## Parts\n\n**Summary**\n- when it was, say \"9:00 to 9:40 CET\"\n- who was hit by the outage\n\n**Timeline**\n- how the issue was noticed\n- which people were called\n\n**Cause**\n- what was causing the outage\n";
    let reading = import::read(text.as_bytes(), "exercise.md").unwrap();
    assert!(reading.nothing.is_some() && reading.found.is_empty(), "{:?}", reading.found);
}

#[test]
fn headings_of_the_timeline_may_have_dots_in_their_times() {
    let text = "# Relay outage on 2024-05-02\n\nAll times in CEST. The test suite runs with TZ=Asia/Tokyo.\n\n## Timeline\n\n### 10.20 \u{2013} Alarm\n\nThe pager rang.\n\n### 11.05 \u{2013} Over\n\nMail flows.\n";
    let found = rows(text);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].starts_with("2024-05-02T10:20:00+02:00 | Alarm"), "{found:?}");
}

#[test]
fn a_jotted_list_is_an_incident() {
    let text = "# relay dead, no idea yet\n\n- queue long since lunch\n- not the disk\n- maybe dns?\n- could be the new kernel\n- todo: ask Ben\n";
    assert_eq!(read(text).nothing, None);
    let shopping = "# Things for the picnic\n\n- bread\n- maybe cheese?\n- could be rain\n- todo: ask Ben\n";
    assert!(read(shopping).nothing.is_some());
}

#[test]
fn a_word_in_the_column_of_times_keeps_its_row() {
    let text = "# Relay outage on 2024-05-02\n\n## Timeline\n\n| Time (UTC) | Event |\n|--|--|\n| 09:10 | alarm |\n| In between | Ann slept |\n| 10:05 | mail flows |\n";
    let wanted = [
        "2024-05-02T09:10:00Z | alarm",
        "~2024-05-02T09:10:00Z | Ann slept",
        "2024-05-02T10:05:00Z | mail flows",
    ];
    assert_eq!(rows(text), wanted);
    let dated = "# Bucket open to all, an incident\n\n## Timeline\n\n| Date | Time (UTC) | Event |\n|--|--|--|\n| 2024-04-20 | | bucket made |\n| 2024-05-02 | 09:10 | mail from a stranger |\n| 2024-05-02 | 10:05 | bucket closed |\n";
    assert_eq!(rows(dated).first().map(String::as_str), Some("2024-04-20 | bucket made"));
}

#[test]
fn a_day_that_holds_for_all_comes_back_after_another() {
    let text = "# Relay outage\n\n## Timeline\n\nUnless noted otherwise all events happened on 2024-05-02, and all times are in UTC.\n\n- 2024-05-01 23:00: disk nearly full\n- 09:10: alarm\n- 10:05: mail flows\n";
    let wanted = [
        "2024-05-01T23:00:00Z | disk nearly full",
        "2024-05-02T09:10:00Z | alarm",
        "2024-05-02T10:05:00Z | mail flows",
    ];
    assert_eq!(rows(text), wanted);
}

#[test]
fn cities_and_countries_name_a_zone() {
    for said in [
        "Times are Stockholm local time.",
        "All times Berlin time",
        "Times are German time.",
        "All times are local to Madrid.",
        "Times in Rome.",
        "Time zone: Vienna",
        "All timestamps are local time (Europe/Paris).",
        "Local times (CEST).",
        "Uhrzeiten in CEST",
    ] {
        let text = format!(
            "# Relay outage on 2024-05-02\n\n{said}\n\n## Timeline\n\n- 10:00 it broke\n- 10:30 fixed\n"
        );
        let found = rows(&text);
        assert_eq!(found.first().map(String::as_str), Some("2024-05-02T10:00:00+02:00 | it broke"), "{said}");
    }
    // A dash between two times is none of an offset.
    let text = "# Relay outage on 2024-05-02\n\nDuration: 09:10 UTC - 11:15 UTC\n";
    assert_eq!(at(text, MilestoneKind::Resolved), "2024-05-02T11:15:00Z");
}

#[test]
fn front_matter_says_when() {
    let text = "---\ntitle: Mail is late\ndate: 2024-05-02T09:10:00Z\nresolvedWhen: 2024-05-02T10:40:00Z\n---\n\nThe relay was down, and mail was late.\n\n## Cause\n\nThe disk was full.\n";
    assert_eq!(at(text, MilestoneKind::Started), "2024-05-02T09:10:00Z");
    assert_eq!(at(text, MilestoneKind::Resolved), "2024-05-02T10:40:00Z");
}

#[test]
fn a_stated_length_that_does_not_fit_is_a_doubt() {
    let doubts = super::timeline::doubts(
        "# Relay outage on 2024-05-02\n\n## Summary\n\nThe relay was down for 3 hours, from 09:10 to 10:40 UTC, and 20 minutes of mail were lost.\n",
    );
    assert!(doubts.iter().any(|doubt| doubt.contains("3 h") && doubt.contains("1 h 30 min")), "{doubts:?}");
}
