//! The outlines: what each prints of three outages, and the headings of its standard in their order.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use warroom::export::templates::{self, BUILT_IN};
use warroom::export::{Outline, markdown};
use warroom::model::Incident;

use super::outages;

pub fn report(name: &str, incident: &Incident) -> String {
    let template = templates::find(name, None).unwrap();
    templates::render(&template.source, incident).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The headings below the title, in order.
fn headings(markdown: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut inside = false;
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::Heading { level, .. }) if level != HeadingLevel::H1 => {
                inside = true;
                found.push(String::new());
            }
            Event::End(TagEnd::Heading(_)) => inside = false,
            Event::Text(text) if inside => found.last_mut().unwrap().push_str(&text),
            _ => {}
        }
    }
    found
}

#[test]
fn three_outages_in_every_template() {
    for (outage, incident) in [
        ("over", outages::over()),
        ("under_way", outages::under_way()),
        ("hardly_known", outages::hardly_known()),
    ] {
        for built_in in BUILT_IN {
            insta::assert_snapshot!(format!("{}_{outage}", built_in.name), report(built_in.name, &incident));
        }
    }
}

#[test]
fn the_default_is_the_report_of_the_room() {
    for incident in [outages::over(), outages::under_way(), outages::hardly_known()] {
        assert_eq!(report("default", &incident), markdown::render(&Outline::of(&incident)));
    }
}

/// The headings of each standard. `google-sre`: Site Reliability Engineering (O'Reilly 2016), appendix D. `pagerduty`:
/// response.pagerduty.com, "Postmortem Template". `atlassian`: Incident Management Handbook, "Incident postmortem
/// template". `kehoe`: Michael Kehoe's template among github.com/dastergon/postmortem-templates.
const STANDARDS: &[(&str, &[&str])] = &[
    (
        "google-sre",
        &[
            "Date",
            "Authors",
            "Status",
            "Summary",
            "Impact",
            "Root Causes",
            "Trigger",
            "Resolution",
            "Detection",
            "Action Items",
            "Lessons Learned",
            "What went well",
            "What went wrong",
            "Where we got lucky",
            "Timeline",
            "Supporting information",
        ],
    ),
    (
        "pagerduty",
        &[
            "Overview",
            "What Happened",
            "Contributing Factors",
            "Resolution",
            "Impact",
            "Responders",
            "Timeline",
            "How'd We Do?",
            "What Went Well?",
            "What Didn't Go So Well?",
            "Action Items",
            "Messaging",
            "Internal Email",
            "External Message",
        ],
    ),
    (
        "atlassian",
        &[
            "Incident summary",
            "Leadup",
            "Fault",
            "Impact",
            "Detection",
            "Response",
            "Recovery",
            "Timeline",
            "Root cause identification: The Five Whys",
            "Root cause",
            "Backlog check",
            "Recurrence",
            "Lessons learned",
            "Corrective actions",
        ],
    ),
    (
        "kehoe",
        &[
            "Summary",
            "Postmortem Attendees",
            "Incident Timing",
            "Incident Timeline",
            "Impact",
            "End User Impact",
            "Infrastructure Impact",
            "Productivity Impact",
            "What caused the incident?",
            "Trigger(s)",
            "Process Breakdown(s)",
            "Root Cause(s)",
            "Mitigation & Resolution",
            "Open Questions",
            "Lessons Learnt",
            "What went well",
            "What went badly",
            "Where did we get lucky",
            "Action Items & Followups",
            "Supporting Documents",
        ],
    ),
];

#[test]
fn each_standard_has_its_headings_in_its_order() {
    // Notes and lessons bring headings of their own along; a record without any shows the standard's alone.
    let incident = outages::hardly_known();
    for (name, expected) in STANDARDS {
        assert_eq!(headings(&report(name, &incident)), *expected, "{name}");
    }
    // And none is lost where all is known.
    let incident = outages::over();
    for (name, expected) in STANDARDS {
        let found = headings(&report(name, &incident));
        let mut rest = found.iter();
        assert!(expected.iter().all(|heading| rest.any(|f| f == heading)), "{name}: {found:?}");
    }
}

#[test]
fn what_is_not_known_is_said_and_never_made_up() {
    let incident = outages::hardly_known();
    for built_in in BUILT_IN {
        let text = report(built_in.name, &incident);
        assert!(text.contains("not recorded"), "{}:\n{text}", built_in.name);
        for wrong in ["none", "null", "undefined", "{{", "}}", "{%"] {
            assert!(!text.contains(wrong), "{} says {wrong:?}:\n{text}", built_in.name);
        }
    }
}

#[test]
fn the_public_hears_no_names_and_no_causes() {
    for incident in [outages::over(), outages::under_way()] {
        let text = report("status-update-public", &incident);
        let mut secrets =
            vec!["alice", "bob", "mei", "noor", "tomás", "import", "night job", "database", "SEV"];
        secrets.extend(incident.hypotheses.iter().map(|h| h.subject.raw().as_typed()));
        for secret in secrets {
            assert!(!text.contains(secret), "{secret:?} in:\n{text}");
        }
        assert!(text.contains("## Impact") && text.contains("## Updates"));
    }
}

#[test]
fn the_next_update_is_due_as_often_as_was_promised() {
    let text = report("status-update", &outages::under_way());
    assert!(text.contains("**Next update:** 2024-08-10 11:10 AM PDT"), "{text}");
    let over = report("status-update", &outages::over());
    assert!(over.contains("**Next update:** not recorded"), "{over}");
}

#[test]
fn a_brief_is_brief() {
    let words = report("brief", &outages::over()).split_whitespace().count();
    assert!((120..=600).contains(&words), "{words} words");
}
