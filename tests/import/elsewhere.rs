//! Shapes that people elsewhere wrote and no rule had thought of: each in the words of several authors.

use warroom::import;
use warroom::log::{Change, List};
use warroom::model::MilestoneKind;

use super::timeline::{read, rows};

fn warnings(text: &str) -> String {
    let said = read(text).found.into_iter().filter_map(|found| match found.change {
        Change::ItemAdded { list: List::Warnings, text } => Some(text.as_typed().to_owned()),
        _ => None,
    });
    said.collect::<Vec<_>>().join("\n")
}

/// When it began and was over.
fn span(text: &str) -> [String; 2] {
    let found = read(text).found;
    [MilestoneKind::Started, MilestoneKind::Resolved].map(|kind| {
        found
            .iter()
            .find_map(|found| match &found.change {
                Change::MilestoneSet { milestone, when: Some(when), .. } if *milestone == kind => {
                    Some(when.at.to_string())
                }
                _ => None,
            })
            .unwrap_or_default()
    })
}

/// The actions, each with its owner.
fn actions(text: &str) -> Vec<String> {
    let told = read(text).found.into_iter().filter_map(|found| match found.change {
        Change::ActionAdded { text, owner, .. } => {
            let owner = owner.map(|owner| format!(" <{}>", owner.as_typed())).unwrap_or_default();
            Some(format!("{}{owner}", text.as_typed()))
        }
        _ => None,
    });
    told.collect()
}

const TIMES: &str = "## Timeline\n\n- 2024-05-02 09:10 UTC: mail is down\n- 10:40 UTC: mail is back\n\n";

#[test]
fn a_date_of_two_readings_is_read_as_people_write_it_there() {
    for (times, day) in [
        ("09:10 AM, 10:40 AM", "2024-05-02"),
        ("09:10 EST, 10:40 EST", "2024-05-02"),
        ("09:10 PST, 10:40 PST", "2024-05-02"),
        ("09:10 CDT, 10:40 CDT", "2024-05-02"),
        ("09:10 ET, 10:40 ET", "2024-05-02"),
        ("09:10 PT, 10:40 PT", "2024-05-02"),
        ("9:10 am Eastern time, 10:40 am Eastern time", "2024-05-02"),
        ("09:10 UTC, 10:40 UTC", "2024-02-05"),
        ("09:10 CEST, 10:40 CEST", "2024-02-05"),
        ("9:10 AM WAT, 10:40 AM WAT", "2024-02-05"),
        ("9:10 am BST, 10:40 am BST", "2024-02-05"),
    ] {
        let (from, to) = times.split_once(", ").unwrap();
        let text = format!(
            "# Mail down\n\nDate: 5/2/2024\n\n## Timeline\n\n- {from}: mail is down\n- {to}: mail is back\n"
        );
        assert!(rows(&text)[0].starts_with(day), "{times}: {:?}", rows(&text));
        assert!(warnings(&text).contains("two ways"), "{times}: {}", warnings(&text));
    }
    let settled = "# Mail down\n\nDate: 5/2/2024, written 25/2/2024\n\n## Timeline\n\n- 9:10 AM: mail is down\n- 10:40 AM: mail is back\n";
    assert!(rows(settled)[0].starts_with("2024-02-05"), "{:?}", rows(settled));
    assert!(!warnings(settled).contains("two ways"));
}

#[test]
fn dashes_of_all_kinds_join_a_date() {
    for dash in ["-", "\u{2010}", "\u{2011}", "\u{2012}", "\u{2013}", "\u{2212}"] {
        let text = format!(
            "# Mail down on 2024{dash}05{dash}02\n\n## Timeline (UTC)\n\n- 09:10: mail is down\n- 10:40: mail is back\n"
        );
        assert_eq!(rows(&text)[0], "2024-05-02T09:10:00Z | mail is down", "{dash}");
    }
}

#[test]
fn a_length_and_an_offset_are_no_times() {
    for said in [
        "Duration: 1 h 30 min (May 2, 2024, 9:10 AM to 10:40 AM UTC)",
        "Duration: 1h30m, 2 May 2024, 09:10 to 10:40 UTC",
        "Duration: 1 h 30 minutes, from 09:10 to 10:40 UTC on 2 May 2024",
        "When: 2024-05-02, ~09:10 to 10:40 (UTC+00:00)",
        "On 2 May 2024, between about 09:10 and 10:40 UTC, mail was down.",
        "On 2 May 2024 mail was down between approximately 09:10 and 10:40 UTC.",
        "Mail was unreachable on 2 May 2024 between roughly 09:10 and 10:40 UTC.",
    ] {
        let text = format!(
            "# Mail\n\n## Summary\n\n{said}\n\n## Timeline (UTC)\n\n- 09:00: ann deploys\n- 09:20: ann looks\n- 11:00: ann sleeps\n"
        );
        assert_eq!(span(&text), ["2024-05-02T09:10:00Z", "2024-05-02T10:40:00Z"], "{said}");
    }
}

#[test]
fn times_of_four_digits_from_eight_in_the_evening_on() {
    let text = "# Mail on 2024-05-02\n\n## Timeline\n\n- 1950 UTC: alarm\n- 2036 UTC: ann looks\n- 2249 UTC: mail is back\n- May 3 1924 UTC: ben sees it again\n- 3 May 2040 UTC: all is well\n";
    let wanted = [
        "2024-05-02T19:50:00Z | alarm",
        "2024-05-02T20:36:00Z | ann looks",
        "2024-05-02T22:49:00Z | mail is back",
        "2024-05-03T19:24:00Z | ben sees it again",
        "2024-05-03T20:40:00Z | all is well",
    ];
    assert_eq!(rows(text), wanted);
}

#[test]
fn labels_with_times_need_no_empty_lines_between_them() {
    for shape in
        ["LABEL (TIME): WORDS", "LABEL [TIME] WORDS", "LABEL - TIME: WORDS", "**LABEL (TIME):** WORDS"]
    {
        let row = |label: &str, time: &str, words: &str| {
            shape.replace("LABEL", label).replace("TIME", time).replace("WORDS", words)
        };
        let text = format!(
            "# Mail on 2024-05-02\n\n## Timeline\n\n{}\n{}\n{}\n",
            row("Detected", "09:10 UTC", "no mail"),
            row("Wrong lead", "09:40 UTC", "the disk is fine"),
            row("Fix", "10:05 UTC", "mail flows"),
        );
        let told = rows(&text);
        assert_eq!(told.len(), 3, "{shape}: {told:?}");
        assert!(
            told[1].starts_with("2024-05-02T09:40:00Z | Wrong lead") && told[1].ends_with("is fine"),
            "{told:?}"
        );
    }
}

#[test]
fn stamps_part_a_page_that_lost_its_empty_lines() {
    let text = "Search is stale\nResolved -\nAll good again.\nMay 2, 2024 - 11:00 UTC\nMonitoring -\nWe wait.\nMay 2, 2024 - 10:30 UTC\nInvestigating -\nResults are old.\nMay 2, 2024 - 09:30 UTC\n";
    let told = rows(text);
    assert_eq!(told.len(), 3, "{told:?}");
    assert_eq!(span(text), ["2024-05-02T09:30:00Z", "2024-05-02T11:00:00Z"]);
    assert_eq!(read(text).title.as_typed(), "Search is stale");
}

#[test]
fn a_zone_in_brackets_behind_the_day_holds_for_the_times() {
    for (said, wanted) in [
        ("The match was on 2 May 2024 (AEST).", "2024-05-02T14:31:00+10:00"),
        ("2 May 2024 (CEST)", "2024-05-02T14:31:00+02:00"),
        ("2 May 2024 (UTC+2)", "2024-05-02T14:31:00+02:00"),
        ("2 May 2024 (the disk, of course)", "2024-05-02T14:31:00"),
    ] {
        let text = format!(
            "# Stream silent\n\n{said}\n\n## Timeline\n\n- 2:31 pm: no sound\n- 3:04 pm: sound is back\n"
        );
        assert!(rows(&text)[0].starts_with(&format!("{wanted} |")), "{said}: {:?}", rows(&text));
    }
}

#[test]
fn headings_that_promise_something_open_what_is_to_be_done() {
    for heading in [
        "Procedures to add",
        "Rules to adopt",
        "Things we must build",
        "Checks to write",
        "Cleanup required",
        "Work still outstanding",
        "Follow-ups needed",
        "Changes needed",
        "Recovery plan",
        "Return-to-service plan for the relay",
        "Remediation plan",
        "Hardening roadmap",
        "Prevention",
        "Fixes",
        "Fixes:",
    ] {
        let text = format!("# Mail\n\n{TIMES}## {heading}\n\n- Add a second disk\n- Test the failover\n");
        assert_eq!(actions(&text), ["Add a second disk", "Test the failover"], "{heading}");
    }
    for heading in ["Fixes", "The fix", "What the plan was"] {
        let text = format!("# Mail\n\n{TIMES}## {heading}\n\n- We added a disk\n- The relay was restarted\n");
        assert_eq!(actions(&text), [""; 0], "{heading}");
    }
}

#[test]
fn a_paragraph_may_begin_with_its_heading() {
    for opening in
        ["What we will change.", "What we are changing.", "Next steps.", "Prevention.", "*Follow-up.*"]
    {
        let text = format!(
            "# Mail\n\n{TIMES}Nobody knew.\n\n{opening} The relay will get a second disk. Every queue will have an owner.\n"
        );
        let wanted = ["The relay will get a second disk.", "Every queue will have an owner."];
        assert_eq!(actions(&text), wanted, "{opening}");
    }
}

#[test]
fn no_owner_and_no_box_is_lost() {
    let text = format!(
        "# Mail\n\n{TIMES}## Action items\n\n- @ann writes a runbook\n- ship the watchdog (@ben, @cid)\n- rotate the keys @dan @eve\n"
    );
    let wanted =
        ["@ann writes a runbook <ann>", "ship the watchdog <ben, cid>", "rotate the keys @dan <eve>"];
    assert_eq!(actions(&text), wanted);
    let twice =
        format!("# Mail\n\n{TIMES}## Links\n\n[dashboard](https://e.org/)\n\n[graphs](https://e.org/)\n");
    let said = format!("{:?}", read(&twice).found);
    assert!(said.contains("dashboard") && said.contains("graphs"), "{said}");
    let boxes = format!("# Mail\n\n{TIMES}Task list\n☐ Set a queue\n☐ Warn above 10,000\n☑ Say sorry\n");
    assert_eq!(actions(&boxes), ["Set a queue", "Warn above 10,000", "Say sorry"]);
}

#[test]
fn the_first_line_or_the_subject_is_the_title() {
    for (text, title) in [
        ("To: all\nSubject: Mail relay down\nDate: 2024-05-02\n", "Mail relay down"),
        ("Betreff: Mail relay down\n", "Mail relay down"),
        ("Mail relay down\n", "Mail relay down"),
        ("Mail relay down\nMay 2, 2024\n", "Mail relay down"),
    ] {
        let text = format!("{text}\n{TIMES}");
        assert_eq!(import::read(text.as_bytes(), "x.md").unwrap().title.as_typed(), title, "{text}");
    }
}

#[test]
fn an_essay_has_causes_and_is_no_incident() {
    let short = "# Mail was down for the whole office\n\nThe root cause was a full disk on the relay. Mail was rejected until ann removed old logs.\n";
    assert_eq!(read(short).nothing, None);
    let essay = "# Why incidents matter\n\nWhen something fails we look for a cause.\n\n## Fear hides causes\n\nPeople who fear errors hide them.\n";
    assert!(read(essay).nothing.is_some());
}
