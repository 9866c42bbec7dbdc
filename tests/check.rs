//! The check: what it finds, and above all what it leaves alone.

mod afterwards;
mod facts;
mod language;
mod shell;

use proptest::prelude::*;
use warroom::export::check::{self, Brief, Finding, RULES, Severity, Theme};
use warroom::grammar::table::COMMANDS;
use warroom::log::Change;
use warroom::model::Incident;
use warroom::settings::CheckSettings;
use warroom::text::Raw;

use super::scene::Scene;

/// A record of an outage of which nothing is to be said.
pub const GOOD: [&str; 28] = [
    "/title Card payments refused for a third of the shops",
    "/sev 12:20 2",
    "/service card gateway",
    "/role 12:22 commander @ines",
    "/started 12:05 gateway 5.2 reaches the first shops",
    "/detected 12:19 alert on refused payments",
    "/acked 12:21",
    "/suspect 12:24 bank: it had maintenance last week",
    "/against 12:27 bank: its own test page accepts every card",
    "/out 12:28 bank: payments of other gateways go through",
    "/suspect 12:30 certificate store: 5.2 reads it from another path",
    "/test 12:31 certificate store: list what 5.2 trusts @omar for:10m",
    "/for 12:36 certificate store: two of five authorities are not in the new path",
    "/confirm 12:38 certificate store: with the old path payments go through",
    "/identified 12:38",
    "12:41 gateway 5.1 is back in all shops #rollback",
    "/mitigated 12:44 refused payments below 1%",
    "/resolved 13:05 the queue of retries is empty",
    "/impact A third of the shops could take no cards for 39 minutes",
    "/affected 33% of shops",
    "/summary Gateway 5.2 read its trusted authorities from a path that two of them had not been moved to. \
     Going back to 5.1 ended it; the incident lasted 60 minutes.",
    "/cause The list of trusted authorities was kept in two places, and the move between them was checked by nothing",
    "/trigger Gateway 5.2 reached the shops at 12:05",
    "/factor Refused payments raised an alert only when a tenth of all shops was affected",
    "/workaround Gateway 5.1 was put back",
    "/fix 5.2.1 reads both paths, and does not start without all five authorities",
    "+ Refuse to start the gateway when an authority is missing @omar due:2024-08-20 p1 #prevent",
    "+ Raise the alert on refused payments for each shop after 5 minutes @ines due:2024-08-23 #detect",
];

/// That outage, and more lines.
pub fn good_and(lines: &[&str]) -> Incident {
    Scene::new("UTC").at("2024-08-10 14:30").after(&GOOD).after(lines).incident()
}

pub fn findings(incident: &Incident) -> Vec<Finding> {
    check::findings(incident, &CheckSettings::default(), None)
}

/// What one rule finds.
pub fn of(rule: &str, incident: &Incident) -> Vec<Finding> {
    assert!(check::rule(rule).is_some(), "{rule}");
    findings(incident).into_iter().filter(|finding| finding.rule.id == rule).collect()
}

/// Each group of lines, said besides what is good, is found by the rule; none of the harmless ones is.
#[track_caller]
pub fn holds(rule: &str, found: &[&[&str]], harmless: &[&[&str]]) {
    assert!(found.len() >= 5 && harmless.len() >= 5, "{rule} wants more examples");
    for lines in found {
        assert!(!of(rule, &good_and(lines)).is_empty(), "{rule} does not find {lines:?}");
    }
    for lines in harmless {
        let found = of(rule, &good_and(lines));
        assert!(found.is_empty(), "{rule} is wrong about {lines:?}: {}", found[0].message);
    }
}

#[test]
fn nothing_is_found_where_all_is_well() {
    let incident = good_and(&[]);
    let told: Vec<String> =
        findings(&incident).iter().map(|f| format!("{}: {}", f.rule.id, f.message)).collect();
    assert_eq!(told, [""; 0]);
    let report = warroom::export::markdown::render(&warroom::export::Outline::of(&incident));
    insta::assert_snapshot!("a_good_report", report);
}

#[test]
fn an_empty_incident_lacks_what_a_report_needs() {
    let going_on = Scene::new("UTC").incident();
    let ids = |found: Vec<Finding>| found.iter().map(|finding| finding.rule.id).collect::<Vec<_>>();
    assert_eq!(ids(findings(&going_on)), ["missing-start", "missing-impact", "missing-affected"]);
    assert_eq!(
        ids(check::still_missing(&going_on, &CheckSettings::default())),
        [
            "missing-start",
            "missing-impact",
            "missing-affected",
            "missing-cause",
            "missing-resolution",
            "missing-tasks",
            "missing-end"
        ],
        "the room asks for all that the report will need"
    );
    let over = Scene::new("UTC").after(&["?bank", "/closed 12:44"]).incident();
    let found = findings(&over);
    assert!(ids(found.clone()).contains(&"missing-end"), "it is over, and nobody said when");
    assert!(ids(found.clone()).contains(&"hypothesis-without-verdict"));
    for (incident, found) in [(&going_on, findings(&going_on)), (&over, found)] {
        let gaps = warroom::export::Outline::of(incident).missing;
        assert_eq!(gaps.len(), found.len(), "the check and the handoff tell the same");
        assert!(gaps.iter().zip(&found).all(|(gap, f)| gap.what == f.message && gap.command == f.fix));
    }
}

#[test]
fn what_waits_for_the_end_is_said_to_wait() {
    let settings = CheckSettings::default();
    let going_on = Scene::new("UTC").after(&["/started 12:05"]).incident();
    assert!(check::still_open(&going_on, &settings).unwrap().contains("goes on"));
    assert_eq!(check::still_open(&good_and(&[]), &settings), None);
    let off = RULES.iter().filter(|rule| rule.waits_for_the_end()).map(|rule| rule.id.to_owned());
    let settings = CheckSettings { off: off.collect(), ..settings };
    assert_eq!(settings.off.len(), 5);
    assert_eq!(check::still_open(&going_on, &settings), None);
}

#[test]
fn the_table_is_whole() {
    for (nth, rule) in RULES.iter().enumerate() {
        assert!(rule.id.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{}", rule.id);
        assert!(RULES[..nth].iter().all(|other| other.id != rule.id), "{} twice", rule.id);
        for text in [rule.looks_for, rule.why, rule.source, rule.wrong, rule.right] {
            assert!(text.len() > 5 && text.trim() == text && !text.contains("  "), "{}: {text:?}", rule.id);
        }
        assert_ne!(rule.wrong, rule.right);
        let graver = RULES[..nth].iter().all(|other| other.severity <= rule.severity);
        assert!(graver, "{} stands below what matters less", rule.id);
    }
    assert!(RULES.iter().any(|rule| rule.severity == Severity::Should && rule.theme == Theme::Afterwards));
}

/// What is found by nearly every rule.
pub fn bad() -> Scene {
    let mut scene = Scene::new("UTC").at("2024-08-10 14:30");
    for line in [
        "/title Total outage of the checkout",
        "/role commander @alice",
        "/started 12:30",
        "/detected 12:50",
        "/acked 12:40",
        "/suspect 12:58 network",
        "/out 12:55 network",
        "/suspect 13:00 cache",
        "/confirm 13:10 cache: it must be that",
        "/suspect 13:11 DNS",
        "/resolved 14:00",
        "that was a stupid idea of theirs",
        "/impact Some users had a degraded checkout",
        "/affected many users",
        "/summary The outage lasted 25 minutes. Obviously the on-call engineer should have looked at the PQZ first.",
        "/cause Human error: @bob forgot the flag",
        "/trigger human error, @bob forgot the flag",
        "/factor Nobody looks at the queue",
        "/workaround restarted",
        "+ Better monitoring",
        "+ Improve documentation @bob p2",
        "+ Write a test that starts without the flag @bob due:2024-08-30",
        "/drop 3",
    ] {
        scene.say(line);
    }
    scene
}

#[test]
fn a_bad_record_has_much_to_tell() {
    let found = findings(&bad().incident());
    let told: Vec<String> = found
        .iter()
        .map(|f| {
            let part =
                f.text.as_ref().zip(f.span.clone()).map(|(text, span)| text.as_typed()[span].to_owned());
            format!("{} | {} | {part:?}\n  {}\n  {}…", f.rule.id, f.about, f.told(), f.fix)
        })
        .collect();
    insta::assert_snapshot!("a_bad_record", told.join("\n"));
}

#[test]
fn every_command_that_mends_is_one() {
    let incidents = [bad().incident(), Scene::new("UTC").incident()];
    for finding in incidents.iter().flat_map(findings) {
        let fix = finding.fix.as_str();
        let name = fix.strip_prefix('/').and_then(|fix| fix.split(' ').next());
        let known = name.is_some_and(|name| COMMANDS.iter().any(|command| command.name == name));
        let is_time = fix.starts_with("2024-08-10 12:30");
        assert!(known || fix == "+ " || is_time, "{fix:?}");
    }
}

/// What a person types who copies a hint with its mark.
#[test]
fn a_command_that_is_copied_with_its_mark_stores_nothing() {
    let scene = bad();
    for finding in findings(&scene.incident()) {
        if finding.fix.ends_with(' ') {
            let line = format!("{}…", finding.fix);
            assert!(scene.read(&line).is_err(), "{line}");
        } else {
            assert!(scene.read(&finding.fix).is_ok(), "{}", finding.fix);
        }
    }
}

#[test]
fn what_is_switched_off_is_not_looked_for() {
    let incident = bad().incident();
    for rule in RULES {
        let settings = CheckSettings { off: vec![rule.id.to_owned()], ..CheckSettings::default() };
        let found = check::findings(&incident, &settings, None);
        assert!(found.iter().all(|finding| finding.rule.id != rule.id), "{}", rule.id);
    }
    let known = CheckSettings { acronyms_known: vec!["pqz".into()], ..CheckSettings::default() };
    assert_eq!(of("acronyms", &incident).len(), 1);
    assert!(check::findings(&incident, &known, None).iter().all(|finding| finding.rule.id != "acronyms"));
}

#[test]
fn the_length_of_a_brief_is_counted_in_words_that_are_seen() {
    let incident = good_and(&[]);
    let settings = CheckSettings { brief_words: (3, 5), ..CheckSettings::default() };
    let told = |brief: &str| {
        let found = check::findings(&incident, &settings, Some(Brief::Given(brief)));
        found.into_iter().map(|finding| finding.message).collect::<Vec<_>>()
    };
    assert_eq!(told("# One\n\ntwo **three**, `four`\n\n- [five](https://a.example/six/seven)"), [""; 0]);
    assert!(told("two words")[0].starts_with("the brief has 2 words"));
    assert!(told("one two three four five six")[0].starts_with("the brief has 6 words"));
    assert!(told("one| two\n--|--\nthree | four\nfive | six")[0].starts_with("the brief has 6 words"));
    assert_eq!(told("un**believ**able as one"), [""; 0], "three words");
    // What the record makes of a small outage may be short; long it may not be.
    let made = |brief: &str| check::findings(&incident, &settings, Some(Brief::Made(brief))).len();
    assert_eq!((made("two words"), made("one two three four five six")), (0, 1));
    let note = |incident: &Incident, brief| check::note(incident, &settings, Some(brief));
    let said = note(&incident, Brief::Made("two words")).unwrap();
    assert!(said.starts_with("The brief has 2 words; 3 to 5 are usual"), "{said}");
    assert_eq!(note(&incident, Brief::Made("two words more")), None);
    assert_eq!(note(&incident, Brief::Given("two words")), None, "that is a finding");
    for unfinished in ["/resolved -", "/summary -", "/cause -"] {
        assert_eq!(note(&good_and(&[unfinished]), Brief::Made("two words")), None, "{unfinished}");
    }
}

/// An incident whose texts are all this one.
fn all_of(text: &str) -> Incident {
    let raw = Raw::new(text);
    let mut incident = good_and(&[]);
    incident.title = raw.clone();
    incident.summary = Some(raw.clone());
    incident.impact.text = Some(raw.clone());
    incident.root_cause = Some(raw.clone());
    incident.trigger = Some(raw.clone());
    incident.factors = vec![raw.clone(), raw.clone()];
    incident.lessons.went_wrong = vec![raw.clone()];
    for entry in incident.timeline.iter_mut() {
        (entry.text, entry.key) = (raw.clone(), true);
    }
    for action in &mut incident.actions {
        (action.text, action.owner) = (raw.clone(), Some(raw.clone()));
    }
    incident
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, ..ProptestConfig::default() })]

    #[test]
    fn no_text_breaks_it_and_what_is_told_is_safe(
        text in prop_oneof![
            "\\PC{0,80}",
            "[ \"'`>#@A-Z’“”«»\u{0}-\u{20}\u{202e}\u{200b}\u{301}é語👩🏽\u{200d}ß]{0,80}",
            proptest::collection::vec(
                prop_oneof![
                    Just("should"), Just("have"), Just("failed"), Just("to"), Just("human"), Just("error"), Just("WAL"),
                    Just("("), Just(")"), Just("`"), Just("\""), Just("45"), Just("minutes"), Just("12:61"), Just("at"),
                    Just("detected"), Just("9e99%"), Just("of"), Just("shops"), Just("outage"), Just("lasted"),
                    Just("\n"), Just("’"), Just("it"), Just("@bob"), Just("just"), Just("99999999999999999999h"),
                ],
                0..30,
            ).prop_map(|words| words.join(" ")),
        ]
    ) {
        for finding in findings(&all_of(&text)) {
            if let Some((text, span)) = finding.text.as_ref().zip(finding.span.clone()) {
                prop_assert!(text.as_typed().get(span.clone()).is_some(), "{span:?} of {text:?}");
            }
            for told in [&finding.about, &finding.message, &finding.fix] {
                let safe = told.chars().all(|c| !c.is_control() && !matches!(c, '\u{202e}' | '\u{200b}'));
                prop_assert!(safe, "{told:?}");
            }
        }
    }
}

/// Ten times as much takes ten times as long, and not a hundred times. One quiet moment of five is enough to see it.
#[test]
fn ten_thousand_entries_take_linear_time() {
    let mut scene = Scene::new("UTC").at("2024-08-10 14:30");
    for nth in 0..1_000 {
        scene.commit(Change::EntryAdded {
            text: format!("node {nth} of the WAL says \"stop\" and `waits` for @bob (again)").into(),
            tags: Vec::new(),
            people: Vec::new(),
            kind: warroom::model::EntryKind::Note,
            when: None,
        });
    }
    let small = scene.incident();
    let mut large = small.clone();
    large.timeline = std::iter::repeat_n(&small.timeline, 10).flatten().cloned().collect();
    let time = |incident: &Incident| {
        let begin = std::time::Instant::now();
        assert!(findings(incident).len() < 20);
        begin.elapsed()
    };
    assert!((0..5).any(|_| time(&large) < time(&small) * 30));
}

#[test]
fn open_doubts_are_named_with_what_walks_through_them() {
    let mut scene = Scene::new("UTC");
    assert!(of("open-doubts", &scene.incident()).is_empty());
    scene.say("/warning The log and the pager differ by an hour");
    let found = of("open-doubts", &scene.incident());
    assert_eq!(found[0].told(), "missing: an answer to the one doubt that is open");
    assert_eq!(found[0].fix, "/doubts");
    scene.say("/warning Who noticed it");
    assert_eq!(of("open-doubts", &scene.incident())[0].message, "answers to the 2 doubts that are open");
    scene.say("/strike warning 1");
    scene.say("/strike warning 1");
    assert!(of("open-doubts", &scene.incident()).is_empty());
}

/// What nobody has settled is not settled by the line that a gap writes, and an outage that goes on has its end last.
#[test]
fn a_gap_gives_no_verdict_and_no_end() {
    let scene =
        Scene::new("UTC").after(&["?kafka: lag", "?dns: slow", "/test dns: dig it", "?disk", "/park disk"]);
    let found = check::still_missing(&scene.incident(), &CheckSettings::default());
    let of = |subject: &str| found.iter().find(|f| f.message.contains(subject)).unwrap();
    assert_eq!(of("kafka").message, "a verdict on kafka: /confirm, /out or /park");
    assert_eq!(of("disk").message, "a verdict on disk, which is parked: /confirm or /out");
    let fixes = ["kafka", "dns", "disk"].map(|subject| of(subject).fix.as_str());
    assert_eq!(fixes, ["/test kafka: ", "/against dns: ", "/test disk: "]);
    assert_eq!(found.last().unwrap().rule.id, "missing-end");
    let over = scene.after(&["/resolved"]).incident();
    let found = check::missing(&over);
    assert!(found.iter().all(|f| !f.fix.starts_with("/test ") && !f.fix.starts_with("/out ")), "{found:?}");
}
