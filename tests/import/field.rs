//! What people out there write: times, days, zones, starts and ends in many wordings; and what is no incident.

use warroom::import;
use warroom::log::Change;
use warroom::model::MilestoneKind;

use super::timeline::{read, rows};

/// The instants of the rows.
fn instants(document: &str) -> Vec<String> {
    rows(document).iter().map(|row| row.split(" | ").next().unwrap().to_owned()).collect()
}

#[test]
fn a_zone_is_found_in_many_wordings() {
    for said in [
        "All times UTC+2.",
        "Times in UTC+2",
        "Times are given in UTC+2.",
        "Timestamps below are UTC+2",
        "Clocks are GMT+2.",
        "Zone of all times: SAST (UTC+2)",
        "Time zone | SAST",
        "Timezone - UTC+2",
        "Unless otherwise noted, times are UTC+2.",
        "Times are local (Africa/Johannesburg).",
        "Alle Zeiten sind UTC+2",
        "We use UTC+2 throughout.",
        "Everything in UTC+2",
        "SAST times.",
    ] {
        let text = format!(
            "# Relay outage on 2024-05-02\n\n{said}\n\n## Timeline\n\n- 10:00 it broke\n- 10:30 fixed\n"
        );
        assert_eq!(instants(&text), ["2024-05-02T10:00:00+02:00", "2024-05-02T10:30:00+02:00"], "{said}");
    }
}

#[test]
fn the_day_of_the_incident_is_not_that_of_the_paper() {
    for head in [
        "# Relay outage\n\n*Last modified by Ann on 9 May 2024*\n\nIncident date | 2 May 2024\n--- | ---\nOwner | Ann",
        "# Relay outage\n\nPublished: 2024-05-09\n\nDate of the outage: 2024-05-02",
        "# Relay outage 5-2-24\n\n".replace("5-2-24", "2024-05-02").as_str(),
        "# Relay outage\n\nWritten 9.5.2024 by Ann.\n\nThe outage happened on 2.5.2024 in the morning.",
        "# Relay outage\n\n| Prepared | Date of incident |\n|---|---|\n| 2024-05-09 | 2024-05-02 |",
        "# Relay outage (2. Mai 2024)\n\nReview meeting: 2024-05-09",
        "# Panne du relais, 2 mai 2024",
        "# Caída del relay - 2 de mayo de 2024, outage",
    ] {
        let text = format!("{head}\n\n## Timeline (UTC)\n\n- 10:00 it broke\n- 10:30 fixed\n");
        assert_eq!(instants(&text), ["2024-05-02T10:00:00Z", "2024-05-02T10:30:00Z"], "{head}");
    }
}

#[test]
fn times_of_other_forms_are_rows() {
    let want = ["2024-05-02T09:05:00Z", "2024-05-02T09:51:00Z", "2024-05-02T13:05:00Z"];
    for list in [
        "9.05 alarm\n\n9.51 looked at\n\n13.05 all up",
        "\t9.05\talarm\n\t9.51\tlooked at\n\t13.05\tall up",
        "- 0905 alarm\n- 0951 looked at\n- 1305 all up",
        "- 9:05a alarm\n- 9:51a looked at\n- 1:05p all up",
        "* _09:05_ alarm\n* _09:51_ looked at\n* _13:05_ all up",
        "### 09:05\n\nalarm\n\n### 09:51\n\nlooked at\n\n## 13:05\n\nall up",
        "- 9 h 05 alarm\n- 9h51 looked at\n- 13h05 all up".replace("9 h 05", "9h 05").as_str(),
        "> [09:05] ann: alarm\n> [09:51] bob: looked at\n> [13:05] ann: all up",
        "| When | What |\n|---|---|\n| 0905 | alarm |\n| 0951 | looked at |\n| 1305 | all up |",
        "At 9:05 the alarm went, and at 9:51 ann looked at the relay. so at 13:05 we had it all up.",
        "- 09:05 alarm\n- T+46: looked at\n- T+4h00: all up",
    ] {
        let text = format!("# Relay outage on 2024-05-02\n\n## Timeline (UTC)\n\n{list}\n");
        assert_eq!(
            instants(&text).iter().map(|at| at.trim_start_matches('~')).collect::<Vec<_>>(),
            want,
            "{list}"
        );
    }
}

#[test]
fn outlines_and_versions_are_no_times() {
    for list in [
        "1.10 Scope\n\n1.11 Terms\n\n1.12 Parts of the relay",
        "2.30 is out\n\nThe relay failed in 1.26 and 1.45",
    ] {
        let text = format!("# Relay outage\n\n## Notes\n\n{list}\n");
        assert_eq!(instants(&text), Vec::<String>::new(), "{list}");
    }
}

#[test]
fn days_go_on_under_headings_and_back_over_midnight() {
    let days = "# Relay outage, 2 May 2024\n\n## Timeline (UTC)\n\n### Day 1\n\n- 21:00 alarm\n\n### Day 2\n\n- 22:00 fixed\n";
    assert_eq!(instants(days), ["2024-05-02T21:00:00Z", "2024-05-03T22:00:00Z"]);
    let newest = "# Relay outage, 2 May 2024\n\n## Timeline (UTC)\n\n- 00:20 fixed\n- 23:51 looked at\n- 23:30 restarted\n- 23:05 alarm\n";
    let want =
        ["2024-05-03T00:20:00Z", "2024-05-02T23:51:00Z", "2024-05-02T23:30:00Z", "2024-05-02T23:05:00Z"];
    assert_eq!(instants(newest), want);
}

/// When it began and was over.
fn span(document: &str) -> [String; 2] {
    [MilestoneKind::Started, MilestoneKind::Resolved].map(|kind| {
        let told = |found: &import::Found| match &found.change {
            Change::MilestoneSet { milestone, when: Some(when), .. } if *milestone == kind => {
                Some(when.at.to_string())
            }
            _ => None,
        };
        read(document).found.iter().find_map(told).unwrap_or_default()
    })
}

#[test]
fn rows_say_when_the_whole_began_and_was_over() {
    for (began, over) in [
        ("OUTAGE BEGINS: no mail", "END OF OUTAGE"),
        ("Site is hard down", "Incident resolved"),
        ("Start of the incident", "Recovery of all queues completed"),
        ("First errors 504 in the logs", "Return to normal"),
        ("The relay service went offline", "All services fully restored"),
    ] {
        let text = format!(
            "# Relay\n\n## Timeline\n\n- 2024-05-02 09:00 UTC relay changed\n- 10:00 UTC {began}\n- 10:20 UTC ann looks\n- 10:40 UTC {over}\n- 11:30 UTC announced that it is over\n- 12:00 UTC thanks sent to all\n"
        );
        assert_eq!(span(&text), ["2024-05-02T10:00:00Z", "2024-05-02T10:40:00Z"], "{began}, {over}");
    }
}

#[test]
fn what_tells_no_incident_is_refused() {
    for text in [
        "# Team day\n\n## Programme\n\n- 10:00 Welcome\n- 10:30 Talk on gardening\n- 11:30 Lunch\n",
        "# Incident: [title]\n\n**Date:** YYYY-MM-DD\n\n## Summary\n\nBriefly describe it.\n\n## Timeline\n\n- HH:MM [describe event]\n- 10:00 alarm\n\n## Root cause\n\nDescribe the cause.\n",
        "# How to write a postmortem\n\nA good postmortem is short. You should tell the timeline: at 10:00 the alarm went.\n\nYou should name the impact.\n\nMake sure that actions have owners.\n",
        "# relayctl\n\nRestarts relays after a failure, at 10:00 UTC.\n\n## Installation\n\nRun make.\n\n## Usage\n\nrelayctl up\n\n## License\n\nMIT\n",
        "",
    ] {
        assert!(read(text).nothing.is_some(), "{text}");
    }
}

#[test]
fn what_tells_one_without_a_time_is_not_refused() {
    for text in [
        "# Search was gone\n\n## Summary\n\nThe search page returned errors because a volume was full.\n\n## Root cause\n\nThe nightly job failed and filled the disk.\n",
        "# Relay outage\n\n## Timeline\n\n- T+0: alarm for the queue\n- T+5: ann looked at the relay\n- T+70: relay restarted\n",
    ] {
        let reading = read(text);
        assert_eq!(reading.nothing, None, "{text}");
        let all = format!("{reading:?}");
        for word in ["volume", "nightly", "looked", "T+70"].iter().filter(|word| text.contains(**word)) {
            assert!(all.contains(word), "{word}: {all}");
        }
    }
}
