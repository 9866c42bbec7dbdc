//! Export, then import: the same incident.

use chrono::Duration;
use proptest::prelude::*;
use proptest::sample::select;
use warroom::export::{html, json, svg};
use warroom::log::{About, Change, Fact, List, Stamp};
use warroom::model::{
    ActionKind, Clock, EntryKind, Incident, MilestoneKind, Moment, Precision, Side, Status, Subject, Zone,
};
use warroom::text::{Raw, marks};

use super::{imported, reading, report, told};
use crate::scene::Scene;

const WORDS: [&str; 43] = [
    "restarted",
    "the",
    "pods",
    "*all*",
    "_of_",
    "`them`",
    "[l](https://e.example/a)",
    "<b>",
    "&amp;",
    "&",
    "# h",
    "#db",
    "@bob",
    "- i",
    "1. x",
    "|",
    "| a | b |",
    "~~s~~",
    "~9",
    "$5",
    "$x$",
    "https://e.example/x_y?a=1&b",
    "\\",
    "\\*",
    "a:b",
    ":ok:",
    "(x)",
    "; due",
    "—",
    "–",
    "日本語",
    "**",
    "!",
    "===",
    ">",
    "> q",
    "+",
    "10:42",
    "not recorded yet",
    "```",
    "snake_case",
    "gh-12",
    "![i](x.png)",
];

fn text() -> impl Strategy<Value = Raw> {
    let line = prop::collection::vec(select(&WORDS[..]), 1..6).prop_map(|words| words.join(" "));
    let lines = prop_oneof![
        6 => line.clone(),
        1 => (line.clone(), line).prop_map(|(one, other)| format!("{one}\n{other}")),
    ];
    lines.prop_map(Raw::new)
}

fn subject() -> impl Strategy<Value = Subject> {
    select(&["database", "redis:6379", "load *balancer*", "the `DNS` of [others]", "1. certificate"][..])
        .prop_map(Subject::new)
}

/// What somebody says, at the moment it happens.
#[derive(Clone, Debug)]
enum Said {
    Change(Change),
    /// An entry, of so many minutes ago, in one of four forms.
    Entry(Raw, u8),
    Action(Change),
    Done,
    Dropped(Option<Raw>),
    Star,
}

fn about() -> impl Strategy<Value = About> {
    (subject(), prop::option::of(text())).prop_map(|(subject, text)| About { subject, text, when: None })
}

fn of_hypotheses() -> impl Strategy<Value = Change> {
    let side = select(&[Side::For, Side::Against, Side::Harm][..]);
    prop_oneof![
        3 => about().prop_map(Change::HypothesisRaised),
        2 => (about(), prop::option::of(select(&["bob", "carol"][..])), prop::option::of(1_u32..90)).prop_map(
            |(about, owner, timebox_minutes)| {
                Change::HypothesisTested { about, owner: owner.map(Raw::from), timebox_minutes }
            }
        ),
        2 => (side, subject(), text()).prop_map(|(side, subject, text)| {
            let about = About { subject, text: Some(text), when: None };
            Change::EvidenceAdded { side, about, tags: Vec::new() }
        }),
        2 => about().prop_map(Change::HypothesisRuledOut),
        1 => about().prop_map(Change::HypothesisConfirmed),
        1 => about().prop_map(Change::HypothesisParked),
        1 => about().prop_map(Change::HypothesisReopened),
    ]
}

fn of_fields() -> impl Strategy<Value = Change> {
    let facts = [
        Fact::Impact,
        Fact::Summary,
        Fact::RootCause,
        Fact::Trigger,
        Fact::Detection,
        Fact::Workaround,
        Fact::Fix,
    ];
    let lists = [
        List::Losses,
        List::Factors,
        List::WentWell,
        List::WentWrong,
        List::Lucky,
        List::Related,
        List::Warnings,
    ];
    prop_oneof![
        2 => (select(facts.to_vec()), text()).prop_map(|(fact, text)| Change::FactSet { fact, text }),
        3 => (select(lists.to_vec()), text()).prop_map(|(list, text)| Change::ItemAdded { list, text }),
        1 => select(&["checkout", "log-in", "search_v2"][..])
            .prop_map(|text| Change::ItemAdded { list: List::Services, text: text.into() }),
        1 => select(&["about 40% of users", "12,000 orders", "25% degradation"][..])
            .prop_map(|text| Change::AffectedAdded { affected: warroom::grammar::affected(text) }),
        1 => (text(), text()).prop_map(|(heading, text)| {
            Change::NoteAdded { heading: Raw::new(heading.as_typed().replace('\n', " ")), text }
        }),
        1 => select(&[("Graph", "https://g.example/a?b=1&c"), ("Sketch", "sketch.png")][..])
            .prop_map(|(label, url)| Change::LinkAdded { label: label.into(), url: url.into() }),
    ]
}

fn of_standing() -> impl Strategy<Value = Change> {
    let milestone = || select(MilestoneKind::ALL.to_vec());
    prop_oneof![
        4 => (milestone(), prop::option::of(text()))
            .prop_map(|(milestone, how)| Change::MilestoneSet { milestone, how, when: None }),
        1 => milestone().prop_map(|milestone| Change::MilestoneCleared { milestone }),
        2 => select(Status::ALL.to_vec()).prop_map(|status| Change::StatusSet { status, when: None }),
        1 => prop::option::of(1_u8..5).prop_map(|severity| Change::SeveritySet { severity, when: None }),
        2 => (select(&["commander", "scribe"][..]), select(&["alice", "dave is off"][..]))
            .prop_map(|(role, name)| Change::RoleTaken { role: role.into(), name: name.into(), when: None }),
        1 => (select(&["internal", "public"][..]), text())
            .prop_map(|(to, text)| Change::UpdateSent { audience: to.into(), text, when: None }),
        1 => (text(), prop::option::of(select(&["maria", "li"][..])))
            .prop_map(|(text, who)| Change::DecisionMade { text, who: who.map(Raw::from), when: None }),
    ]
}

fn action() -> impl Strategy<Value = Change> {
    let kind = select(&[ActionKind::Improvement, ActionKind::Task][..]);
    let owner = prop::option::of(select(&["bob", "the DB team"][..]));
    let class = prop::option::of(select(&["prevent", "detect"][..]));
    let link = prop::option::of(select(&["https://t.example/7", "TICKET-9"][..]));
    let due = prop::option::of(Just(chrono::NaiveDate::from_ymd_opt(2025, 1, 20).unwrap()));
    (kind, text(), owner, due, prop::option::of(0_u8..4), class, link).prop_map(
        |(kind, text, owner, due, priority, class, link)| Change::ActionAdded {
            kind,
            text,
            owner: owner.map(Raw::from),
            due,
            priority,
            class: class.map(Raw::from),
            link: link.map(Raw::from),
        },
    )
}

fn said() -> impl Strategy<Value = Said> {
    prop_oneof![
        5 => (text(), 0_u8..4).prop_map(|(text, form)| Said::Entry(text, form)),
        5 => of_hypotheses().prop_map(Said::Change),
        4 => of_fields().prop_map(Said::Change),
        4 => of_standing().prop_map(Said::Change),
        2 => action().prop_map(Said::Action),
        1 => Just(Said::Done),
        1 => prop::option::of(text()).prop_map(Said::Dropped),
        1 => Just(Said::Star),
    ]
}

/// Plays it, a few minutes between two.
fn played(zone: &str, clock: Clock, title: Raw, all: &[(Said, i64, bool)]) -> Scene {
    let mut scene = Scene::new(zone);
    scene.commit(Change::TitleSet { title });
    scene.commit(Change::ClockSet { clock });
    let (mut action, mut entry) = (None::<Stamp>, None::<Stamp>);
    for (said, minutes, by_bob) in [(Said::Entry("first complaint".into(), 1), 1, false)].iter().chain(all) {
        scene.now += Duration::minutes(*minutes);
        scene.by = if *by_bob { "bob" } else { "alice" }.into();
        match said {
            Said::Change(change) => drop(scene.commit(change.clone())),
            Said::Action(change) => action = Some(scene.commit(change.clone())),
            Said::Entry(text, form) => entry = Some(scene.commit(spoken(&scene, text, *form))),
            Said::Done => {
                action.map(|action| scene.commit(Change::ActionDone { action, when: None }));
            }
            Said::Dropped(reason) => {
                let reason = reason.clone();
                action.map(|action| scene.commit(Change::ActionDropped { action, reason, when: None }));
            }
            Said::Star => {
                entry.map(|entry| scene.commit(Change::EntryStarred { entry }));
            }
        }
    }
    scene
}

fn spoken(scene: &Scene, text: &Raw, form: u8) -> Change {
    let zone = scene.incident().zone;
    let at = warroom::model::At::known(&zone.at(scene.now));
    let minute = Moment::to_the_minute(at);
    let until = warroom::model::At::known(&zone.at(scene.now + Duration::minutes(95)));
    let when = match form {
        0 => None,
        1 => Some(minute),
        2 => Some(Moment { approximate: true, until: Some(until), ..minute }),
        _ => Some(Moment { precision: Precision::Second, ..minute }),
    };
    let (tags, people) = marks::named(text.as_typed());
    let when = when.map(Box::new);
    Change::EntryAdded { text: text.clone(), tags, people, kind: EntryKind::Note, when }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// All of it comes back from JSON, but for its ids.
    #[test]
    fn what_is_exported_as_json_is_imported_again(
        title in text().prop_map(|title| Raw::new(title.as_typed().replace('\n', " "))),
        all in prop::collection::vec((said(), 1_i64..50, any::<bool>()), 0..24),
    ) {
        let incident = played("Asia/Kolkata", Clock::H12, title, &all).incident();
        let back = imported(reading(&json::render(&incident).unwrap()));
        prop_assert_eq!(without_ids(&back), without_ids(&incident));
        // Each thing that names another one still does.
        let named = |incident: &Incident| -> Vec<Option<usize>> {
            let ids: Vec<_> = incident.hypotheses.iter().map(|one| one.id).collect();
            incident.timeline.iter().map(|entry| ids.iter().position(|id| entry.is_about(*id))).collect()
        };
        prop_assert_eq!(named(&back), named(&incident));
        prop_assert!(incident.timeline.iter().all(|entry| back.entry(entry.id).is_none()));
    }

    /// The page comes back as the Markdown that it is made from.
    #[test]
    fn a_page_comes_back_as_its_markdown(
        title in text().prop_map(|title| Raw::new(title.as_typed().replace('\n', " "))),
        all in prop::collection::vec((said(), 1_i64..50, any::<bool>()), 0..24),
    ) {
        let incident = played("UTC", Clock::H24, title, &all).incident();
        let report = report(&incident);
        let page = html::page(&incident.title, &report, Some(&svg::figure(&incident)));
        prop_assert_eq!(told(&imported(reading(&page))), told(&imported(reading(&report))), "{}", page);
    }

    /// What the report tells comes back.
    #[test]
    fn what_is_exported_is_imported_again(
        zone in select(&["UTC", "America/Los_Angeles", "Asia/Kolkata", "+05:45", "PDT"][..]),
        twelve in any::<bool>(),
        title in text().prop_map(|title| Raw::new(title.as_typed().replace('\n', " "))),
        all in prop::collection::vec((said(), 1_i64..50, any::<bool>()), 0..24),
    ) {
        let clock = if twelve { Clock::H12 } else { Clock::H24 };
        let incident = played(zone, clock, title, &all).incident();
        let report = report(&incident);
        let back = imported(reading(&report));
        let (was, is) = (told(&incident), told(&back));
        prop_assert_eq!(&is, &was, "{}", report);
        prop_assert_eq!(Zone::name(&back.zone), zone);
    }
}

/// All of an incident but its ids and what it says of its journal and its documents.
fn without_ids(incident: &Incident) -> serde_json::Value {
    fn bare(value: &mut serde_json::Value) {
        match value {
            serde_json::Value::Array(all) => all.iter_mut().for_each(bare),
            serde_json::Value::Object(fields) => {
                fields.retain(|name, _| {
                    !["id", "hypothesis", "entry", "journal", "documents"].contains(&name.as_str())
                });
                fields.values_mut().for_each(bare);
            }
            _ => {}
        }
    }
    let mut value = serde_json::to_value(incident).unwrap();
    bare(&mut value);
    value
}

/// A status sets a milestone, and clearing that leaves the row of the status: which must not set it again.
#[test]
fn a_milestone_that_was_cleared_stays_cleared() {
    let status = Said::Change(Change::StatusSet { status: Status::Identified, when: None });
    let cleared = Said::Change(Change::MilestoneCleared { milestone: MilestoneKind::Identified });
    let incident =
        played("UTC", Clock::H24, "A".into(), &[(status, 2, false), (cleared, 2, false)]).incident();
    let report = report(&incident);
    assert!(report.contains("Status identified"), "{report}");
    let back = imported(reading(&report));
    assert_eq!(told(&back), told(&incident), "{report}");
    assert!(back.milestones.get(MilestoneKind::Identified).is_none());
}

/// Row 94 of the bad inputs: the same entries at the same times, and the same report again.
#[test]
fn row_94_a_report_read_back_makes_the_same_report() {
    let scene = Scene::new("Europe/London").after(&[
        "/started 12:00 the new release",
        "/detected 12:10 probe #web",
        "?cache: filled up",
        "/for cache: 98% full",
        "12:20..12:31 purged *everything*",
        "/out cache: no change",
        "/confirm release: bisected",
        "/resolved rolled back",
        "/cause a flag was read twice",
        "/factor nobody reviews flags",
        "+ Read flags once @bob due:2024-09-01 p1",
        "/well The rollback took a minute",
    ]);
    let incident = scene.incident();
    let first = report(&incident);
    let back = imported(reading(&first));
    assert_eq!(report(&back), first);
    assert_eq!(told(&back), told(&incident));
}
