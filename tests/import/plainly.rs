//! Milestones and causes that a document says plainly: rows called by a kind, rows that confirm a cause or say that a deed
//! helped, labels and lengths of a summary, and the sentence of a story without sections.

use warroom::import::Reading;
use warroom::log::{Change, Fact};
use warroom::model::MilestoneKind::{self, Detected, Identified, Mitigated, Resolved, Started};

use super::timeline::{doubts, read};

/// The time of day of a milestone, in UTC.
fn clock(reading: &Reading, kind: MilestoneKind) -> String {
    let found = reading.found.iter().find_map(|found| match &found.change {
        Change::MilestoneSet { milestone, when: Some(when), .. } if *milestone == kind => {
            Some(when.at.to_string())
        }
        _ => None,
    });
    found.and_then(|at| Some(at.split_once('T')?.1.get(..5)?.to_owned())).unwrap_or_default()
}

fn timeline(rows: &str) -> String {
    format!("# Relay on 2023-05-04\n\n## Timeline (UTC)\n\n{rows}\n")
}

#[test]
fn a_column_of_kinds_sets_the_milestones_and_two_of_one_kind_are_a_doubt() {
    for name in ["Kind", "Event", "Type", "Phase", "Milestone", "Status"] {
        let text = timeline(&format!(
            "| Time | {name} | Words |\n|---|---|---|\n| 10:02 | note | a copy runs |\n| 10:05 | start | x |\n| 10:08 | detection | y |\n\
             | 10:12 | investigation | disks |\n| 10:20 | confirmed | z |\n| 10:34 | mitigation | v |\n| 10:40 | recovery | u |\n\
             | 11:00 | note | tidy |"
        ));
        let reading = read(&text);
        let found = [Started, Detected, Identified, Mitigated, Resolved].map(|kind| clock(&reading, kind));
        assert_eq!(found, ["10:05", "10:08", "10:20", "10:34", "10:40"], "{name}");
        assert!(!doubts(&text).iter().any(|doubt| doubt.contains("are called")), "{name}");
        let twice = text.replace("| 11:00 | note |", "| 11:00 | mitigation |");
        let doubts = doubts(&twice);
        let said = "line 14: 2 rows are called by a name of \"mitigated\": the last of them is taken";
        assert!(doubts.iter().any(|doubt| doubt == said), "{doubts:?}");
    }
    // The column decides only where nothing else says it.
    let text =
        timeline("| Time | Kind | Words |\n|---|---|---|\n| 10:05 | start | x |\n| 10:40 | resolved | u |");
    let text = text.replace("## Timeline", "## Summary\n\nEnd time: 10:50 UTC\n\n## Timeline");
    assert_eq!(clock(&read(&text), Resolved), "10:50");
}

#[test]
fn a_row_that_confirms_the_cause_or_begins_with_its_label_says_when_it_was_identified() {
    let of = |row: &str| {
        let rows = format!("- 10:05 mail is down\n- 10:08 an alert\n- 10:20 {row}\n- 11:00 mail is back up");
        clock(&read(&timeline(&rows)), Identified)
    };
    for row in [
        "found the cause: the queue disk is full",
        "Root cause established: a full disk",
        "Bingo! the queue disk is full",
        "the queue disk is full. That's it",
        "Kim figured out the root cause",
        "Identified: the queue disk",
        "Diagnosis - the queue disk",
    ] {
        assert_eq!(of(row), "10:20", "{row}");
    }
    for row in [
        "the disk is the probable culprit",
        "cause not yet identified",
        "nobody found the cause",
        "Looked at the disk",
        "the relay was restarted",
    ] {
        assert_eq!(of(row), "", "{row}");
    }
}

#[test]
fn a_row_that_says_that_a_deed_helped_says_when_it_was_mitigated() {
    let of = |row: &str| {
        let rows = format!("- 10:05 mail is down\n- 10:08 an alert\n- 10:20 {row}\n- 11:00 mail is back up");
        clock(&read(&timeline(&rows)), Mitigated)
    };
    for row in [
        "failed over to the standby, errors drop",
        "traffic shifted to the other site, 5xx gone",
        "Rolled back the release; error rate falls to zero",
        "killed the report, connections drain",
        "mitigated by failing over",
        "limit raised on lb-3, timeouts stopped",
        "scaled the workers to 40\n- 10:20 queue is draining",
    ] {
        assert_eq!(of(row), "10:20", "{row}");
    }
    for row in [
        "traffic drops",
        "errors drop a little by themselves",
        "restarted the relay, errors drop for two minutes",
        "restarted the relay, errors still not gone",
        "failed over, which should make the errors drop",
        "Deployed 5.2, and the relay stops",
    ] {
        assert_eq!(of(row), "", "{row}");
    }
}

#[test]
fn labels_and_lengths_of_a_summary_say_when_it_was_identified_and_mitigated() {
    for lines in [
        "Identified: 10:20 UTC\nMitigated: 10:34 UTC",
        "| Root cause identified | 10:20 UTC |\n| Mitigated | 10:34 UTC |",
        "The root cause was identified at 10:20 UTC. The impact was mitigated at 10:34 UTC.",
        "- **Time to identify:** 15 minutes\n- **Time to mitigate:** 29 min",
        "TTI: 15 min\nTTM: ~29 min",
    ] {
        let text = timeline("- 10:05 mail fails\n- 10:50 looked\n- 11:00 mail is back up")
            .replace("## Timeline", &format!("## Summary\n\n{lines}\n\n## Timeline"));
        let reading = read(&text);
        assert_eq!([Identified, Mitigated].map(|kind| clock(&reading, kind)), ["10:20", "10:34"], "{lines}");
        // That a cause was found says nothing of what it was.
        assert_eq!(cause(&reading), None, "{lines}");
    }
}

fn cause(reading: &Reading) -> Option<String> {
    reading.found.iter().find_map(|found| match &found.change {
        Change::FactSet { fact: Fact::RootCause, text } => Some(text.as_typed().to_owned()),
        _ => None,
    })
}

#[test]
fn a_story_without_sections_gives_the_sentence_that_says_the_cause() {
    let of = |last: &str| {
        cause(&read(&format!(
            "# Shop down\n\nOur shop was down on 4 May 2023 from 10:05 UTC to 11:00 UTC.\n\nWe looked at the network, which was fine.\n\n{last}\n"
        )))
    };
    for sentence in [
        "The outage was caused by an old certificate.",
        "The cause was an old certificate.",
        "All of it happened because the certificate was old.",
        "In the end it was the old certificate.",
        "We now know that the certificate was old.",
        "The whole thing was down to an old certificate.",
        "An old certificate took the shop down.",
        "A leak in the image worker brought everything to a halt.",
    ] {
        assert_eq!(of(sentence).as_deref(), Some(sentence));
    }
    let asked = of("So why did it break? A clean-up had removed the record.");
    assert_eq!(asked.as_deref(), Some("A clean-up had removed the record."));
    for sentence in [
        "We took the shop down at 10:30 UTC to copy it.",
        "Why did it break? We do not know.",
        "We think the cause was a full disk, but we do not know.",
        "The root cause was found at 10:40 UTC.",
    ] {
        assert_eq!(of(sentence), None, "{sentence}");
    }
}
