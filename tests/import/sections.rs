//! Which section a heading or a label opens.

use warroom::import::sections::Topic;

use Topic::{
    Cause, Detection, Duration, Factors, Impact, Improvements, Investigation, Lessons, Links, Lucky,
    Measures, Misleading, Resolution, Roles, Services, Summary, Tasks, Timeline, Trigger, WentWell,
    WentWrong, Workaround,
};

#[test]
fn a_heading_is_told_by_its_words() {
    let table: &[(&str, &[Topic])] = &[
        ("Incident summary", &[Summary]),
        ("## 1. Executive overview:", &[Summary]),
        ("TL;DR", &[Summary]),
        ("Lead-up", &[Summary]),
        ("**DURATION**", &[Duration]),
        ("III) Customer impact", &[Impact]),
        ("Who was affected?", &[Impact]),
        ("Affected services", &[Services]),
        ("🔥 Root-cause(s)", &[Cause]),
        ("The five whys", &[Cause]),
        ("What caused it?", &[Cause]),
        ("Trigger", &[Trigger]),
        ("Contributing causes", &[Factors]),
        ("How did we notice? Detection", &[Detection]),
        ("Resolution & recovery", &[Resolution]),
        ("How it was fixed", &[Resolution]),
        ("Mitigation", &[Workaround]),
        ("Temporary workaround", &[Workaround]),
        ("Root cause and resolution", &[Cause, Resolution]),
        ("A long night: root cause and fix", &[Cause, Resolution]),
        ("Chronology (all times CET)", &[Timeline]),
        ("Sequence of events", &[Timeline]),
        ("Wrong turns", &[Misleading]),
        ("Misleading investigation paths", &[Misleading]),
        ("What we tried", &[Investigation]),
        ("Actions taken", &[Investigation]),
        ("Corrective and preventive measures", &[Measures]),
        ("Things to improve / fix", &[Improvements]),
        ("Improvements", &[Improvements]),
        ("Action items", &[Tasks]),
        ("Follow-ups", &[Tasks]),
        ("TODO", &[Tasks]),
        ("What's next?", &[Tasks]),
        ("Remediation", &[Tasks]),
        ("What went well", &[WentWell]),
        ("What didn't go so well", &[WentWrong]),
        ("What went badly", &[WentWrong]),
        ("Where we got lucky", &[Lucky]),
        ("Lessons learnt", &[Lessons]),
        ("References", &[Links]),
        ("Participants", &[Roles]),
        ("Parking", &[]),
        ("The orchard", &[]),
    ];
    for (heading, topics) in table {
        assert_eq!(Topic::all(heading), *topics, "{heading}");
        assert_eq!(Topic::of(heading), topics.first().copied(), "{heading}");
    }
    assert_eq!(
        Topic::of(&"we looked for the cause in many places and then ".repeat(4)),
        None,
        "a sentence is no heading"
    );
}

#[test]
fn a_label_that_names_an_action_opens_nothing() {
    assert_eq!(Topic::label("Improvements/Fixes needed"), [Improvements]);
    assert_eq!(Topic::label("List of specific tasks"), [Tasks]);
    assert_eq!(Topic::label("Customer impact"), [Impact]);
    assert!(Topic::label("Review process improvement").is_empty());
    assert!(Topic::label("Impact dashboards").is_empty());
}
