//! Properties: no line is dropped or makes the desk fall over, and what a line makes can be printed as a line that makes it.

#![expect(clippy::unwrap_used, reason = "what is not there fails its test")]

use chrono::{Duration, FixedOffset};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use warroom::grammar::{self, Line, marks};
use warroom::log::{About, Change, Fact, List};
use warroom::model::{
    ActionKind, At, Clock, EntryKind, MilestoneKind, Moment, Precision, Side, Status, Subject, Zone,
};
use warroom::text::Raw;

use super::lines::holds;
use crate::scene::{Scene, utc};

/// Pieces that mean something somewhere.
const PIECES: &[&str] = &[
    "/out",
    "/test",
    "/for",
    "/suspect",
    "/park",
    "/task",
    "/done",
    "/drop",
    "/title",
    "/sev",
    "/status",
    "/tz",
    "/clock",
    "/resolved",
    "/detected",
    "/impact",
    "/affected",
    "/loss",
    "/link",
    "/note",
    "/role",
    "/update",
    "/every",
    "/decide",
    "/edit",
    "/when",
    "/strike",
    "/star",
    "/undo",
    "/redo",
    "/find",
    "/quit",
    "/var/log",
    "/",
    "?",
    "+",
    "+ ",
    "\\",
    "-",
    "~",
    "..",
    ":",
    ": ",
    "@bob",
    "@",
    "#prevent",
    "#",
    "p1",
    "due:fri",
    "due:x",
    "for:10m",
    "for:x",
    "link:http://x",
    "public:",
    "internal:",
    "last",
    "last:",
    "database",
    "redis:6379",
    "1",
    "2",
    "factor",
    "10:42",
    "10:42:07",
    "3:15 pm",
    "10am",
    "25:99",
    "-5m",
    "-1h30m",
    "yesterday",
    "2024-08-09",
    "T",
    "PDT",
    "IST",
    "EAT",
    "Z",
    "+03:00",
    "Europe/Berlin",
    "40%",
    "12,000",
    "about",
    "of users",
    "\t",
    "\n",
    "\r",
    "\u{1b}[2J",
    "\u{0}",
    "\u{200b}",
    "\u{a0}",
    "\u{85}",
    "\u{2028}",
    "é",
    "e\u{301}",
    "日本",
    "👩‍💻",
    "\u{202e}",
    "ﬁ",
    "İ",
    "ß",
];

fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![4 => select(PIECES).prop_map(str::to_owned), 1 => "\\PC{0,6}", 1 => any::<char>().prop_map(String::from)];
    let glue = select(&["", " ", " ", "  ", "\n"][..]);
    prop::collection::vec((piece, glue), 0..8)
        .prop_map(|pieces| pieces.into_iter().flat_map(|(piece, glue)| [piece, glue.to_owned()]).collect())
}

/// A text that can stand somewhere: trimmed, and not blank.
fn words() -> impl Strategy<Value = String> {
    text().prop_map(|t| t.trim().to_owned()).prop_filter("blank", |t| !Raw::new(t.as_str()).is_blank())
}

/// A word without blanks.
fn word() -> impl Strategy<Value = String> {
    words().prop_map(|t| t.split_whitespace().collect::<String>())
}

/// What a subject or a heading can be.
fn subject() -> impl Strategy<Value = Subject> {
    words()
        .prop_map(|t| {
            let end = t
                .match_indices(':')
                .find(|(at, _)| t[at + 1..].chars().next().is_none_or(char::is_whitespace));
            Subject::new(end.map_or(&*t, |(at, _)| &t[..at]))
        })
        .prop_filter("blank", |s| !s.raw().is_blank())
}

fn name() -> impl Strategy<Value = String> {
    select(&["bob", "j.doe", "ann_2", "日本", "a-b"][..]).prop_map(str::to_owned)
}

fn moment() -> impl Strategy<Value = Moment> {
    let precision = select(&[Precision::Second, Precision::Minute, Precision::Hour][..]);
    let offsets = [0, 180, -210, 345, -720, 840];
    let point = (0i64..86_400 * 3_000, select(&offsets[..]));
    (point, precision, any::<bool>(), prop::option::of((0i64..100_000, select(&offsets[..])))).prop_map(
        |((seconds, minutes), precision, approximate, until)| {
            let unit = match precision {
                Precision::Second => 1,
                Precision::Minute => 60,
                _ => 3_600,
            };
            let point = |seconds: i64, minutes: i32| {
                let offset = FixedOffset::east_opt(minutes * 60).unwrap();
                let local = utc("2020-01-01 00:00") + Duration::seconds(seconds / unit * unit);
                At::known(&local.naive_utc().and_local_timezone(offset).unwrap())
            };
            let at = point(seconds, minutes);
            let until = until
                .map(|(more, minutes)| point(seconds + more, minutes))
                .filter(|until| until.instant() >= at.instant());
            Moment { at, until, precision, approximate, as_written: None }
        },
    )
}

/// Texts for the scene, and one of each thing that a change may hold.
#[derive(Clone, Debug)]
struct Parts {
    a: String,
    b: String,
    word: String,
    subject: Subject,
    name: Option<String>,
    when: Option<Moment>,
    moment: Moment,
    pick: Index,
    number: u32,
    flag: bool,
}

fn parts() -> impl Strategy<Value = Parts> {
    (
        (words(), words(), word(), subject(), prop::option::of(name())),
        (prop::option::of(moment()), moment(), any::<Index>(), 1u32..10_000, any::<bool>()),
    )
        .prop_map(|((a, b, word, subject, name), (when, moment, pick, number, flag))| Parts {
            a,
            b,
            word,
            subject,
            name,
            when,
            moment,
            pick,
            number,
            flag,
        })
}

/// An incident in which all that a line may name exists.
fn scene(parts: &Parts) -> Scene {
    let mut scene = Scene::new(parts.pick.get(&["UTC", "America/New_York", "Asia/Kolkata"]));
    let about = About { subject: parts.subject.clone(), text: None, when: None };
    scene.commit(Change::HypothesisRaised(about));
    scene = scene.after(&[
        "?database",
        "?redis:6379",
        "+ one",
        "+ two",
        "an entry",
        "/link a b",
        "/note a: b",
        "/factor x",
    ]);
    scene.commit(Change::ItemAdded { list: List::Factors, text: parts.a.as_str().into() });
    scene.say("to be taken back");
    scene.say("/undo");
    scene
}

/// A change of every kind that the prompt can make.
fn changes(parts: &Parts, scene: &Scene) -> Vec<Change> {
    let Parts { a, b, word, subject, name, when, moment, pick, number, flag } = parts.clone();
    let raw = |text: &str| Raw::new(text);
    let incident = scene.incident();
    let entry = incident.timeline.iter().find(|e| e.kind == EntryKind::Note).unwrap().id;
    let action = incident.actions[1].id;
    let (tags, people) = marks::named(&a);
    let about =
        |text: Option<&str>| About { subject: subject.clone(), text: text.map(raw), when: when.clone() };
    let maybe = flag.then_some(&*b);
    let lists = [List::Services, List::Losses, List::Factors, List::WentWell, List::WentWrong, List::Lucky];
    let all = [&lists[..], &[List::Affected, List::Links, List::Notes]].concat();
    let facts = [
        Fact::Impact,
        Fact::Summary,
        Fact::RootCause,
        Fact::Trigger,
        Fact::Detection,
        Fact::Workaround,
        Fact::Fix,
    ];
    let side = *pick.get(&[Side::For, Side::Against, Side::Harm]);
    let (list, fact) = (*pick.get(&lists), *pick.get(&facts));
    let milestone = *pick.get(&MilestoneKind::ALL);
    let zones = ["UTC", "Europe/Berlin", "+05:30", "UTC-3", "PDT", "IST=+05:30"];
    let owner = name.as_deref().map(raw);
    // A role ends before a blank and an `@`, as its name does in the line.
    let role = b.split_whitespace().map(|w| w.trim_start_matches('@')).collect::<Vec<_>>().join(" ");
    let role = if role.trim().is_empty() { raw("scribe") } else { raw(role.trim()) };
    vec![
        Change::EntryAdded {
            text: raw(&a),
            tags: tags.clone(),
            people: people.clone(),
            kind: EntryKind::Note,
            when: when.clone(),
        },
        Change::EntryTextChanged { entry, text: raw(&a), tags, people },
        Change::EntryTimeChanged { entry, when: moment },
        Change::EntryStruck { entry },
        Change::EntryUnstruck { entry },
        Change::EntryStarred { entry },
        Change::EntryUnstarred { entry },
        Change::TitleSet { title: raw(&a) },
        Change::SeveritySet {
            severity: flag.then_some(u8::try_from(number % 6).unwrap()),
            when: when.clone(),
        },
        Change::StatusSet { status: *pick.get(&Status::ALL), when: when.clone() },
        Change::ZoneSet { zone: Zone::read(pick.get(&zones), None).unwrap() },
        Change::ClockSet { clock: if flag { Clock::H12 } else { Clock::H24 } },
        Change::MilestoneSet { milestone, how: maybe.map(raw), when: when.clone() },
        Change::MilestoneCleared { milestone },
        Change::FactSet { fact, text: raw(&a) },
        Change::FactCleared { fact },
        Change::ItemAdded { list, text: raw(&a) },
        Change::ItemStruck { list: List::Factors, text: raw(&a) },
        Change::ItemStruck { list: List::Links, text: raw("a b") },
        Change::ItemStruck { list: List::Notes, text: raw("a: b") },
        Change::ListCleared { list: *pick.get(&all) },
        Change::LinkAdded { label: raw(&a), url: raw(&word) },
        Change::NoteAdded { heading: subject.raw().clone(), text: raw(&a) },
        Change::RoleTaken {
            role: role.clone(),
            name: raw(name.as_deref().unwrap_or("al b")),
            when: when.clone(),
        },
        Change::RoleCleared { role, when: when.clone() },
        Change::UpdateSent {
            audience: raw(if flag { "public" } else { "internal" }),
            text: raw(&a),
            when: when.clone(),
        },
        Change::CadenceSet { minutes: flag.then_some(number) },
        Change::DecisionMade { text: raw(&a), who: owner.clone(), when: when.clone() },
        Change::HypothesisRaised(about(maybe)),
        Change::HypothesisTested {
            about: about(maybe),
            owner: owner.clone(),
            timebox_minutes: flag.then_some(number),
        },
        Change::EvidenceAdded { side, about: about(Some(&a)) },
        Change::HypothesisRuledOut(about(maybe)),
        Change::HypothesisConfirmed(about(maybe)),
        Change::HypothesisParked(about(maybe)),
        Change::HypothesisReopened(about(maybe)),
        Change::ActionAdded {
            kind: if flag { ActionKind::Task } else { ActionKind::Improvement },
            text: raw(&a),
            owner,
            due: flag.then(|| utc("2024-02-29 00:00").date_naive()),
            priority: flag.then_some(u8::try_from(number % 6).unwrap()),
            class: name.as_deref().map(raw),
            link: (number % 2 == 0).then(|| raw(&word)),
        },
        Change::ActionDone { action, when: when.clone() },
        Change::ActionDropped { action, reason: maybe.map(raw), when: when.clone() },
        Change::ActionReopened { action },
        Change::Undone { change: entry },
        Change::Redone { change: entry },
    ]
}

/// Prints a change, reads it again, and says what came back; compared as JSON, in which a subject keeps its case.
fn there_and_back(scene: &Scene, change: &Change) -> Result<(), TestCaseError> {
    scene.at_desk(|desk| {
        let line = grammar::print(change, desk);
        prop_assert!(line.is_some(), "not printed: {change:?}");
        let line = line.unwrap();
        let read = grammar::read(&line, desk);
        let Ok(Line::Change(back)) = read else {
            return Err(TestCaseError::fail(format!("{change:?}\nprints {line:?}\nwhich is {read:?}")));
        };
        let plain = |change: Change| serde_json::to_value(change.with_when(Moment::without_words)).unwrap();
        prop_assert_eq!(plain(*back), plain(change.clone()), "{:?}", line);
        Ok(())
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_the_prompt_can_make_comes_back_from_its_line(parts in parts()) {
        let scene = scene(&parts);
        for change in changes(&parts, &scene) {
            there_and_back(&scene, &change)?;
        }
    }

    #[test]
    fn no_line_is_dropped(line in text(), zone in select(&["UTC", "America/New_York", "Asia/Kolkata"][..])) {
        let scene = Scene::new(zone).after(&["?database", "?redis:6379", "+ one", "+ two", "an entry", "/factor x"]);
        match scene.read(&line) {
            Ok(Line::Nothing) => prop_assert!(Raw::new(line.as_str()).is_blank(), "{line:?}"),
            Ok(Line::Room(_)) => prop_assert!(line.trim().starts_with('/')),
            Err(error) => holds(&line, &error),
            Ok(Line::Change(change)) => {
                if let Change::EntryAdded { text, when, .. } = &*change {
                    whole(&line, text, when.as_ref())?;
                }
                there_and_back(&scene, &change)?;
            }
        }
    }
}

/// The words of an entry and of its time give back the line, but for blanks and the `\` that is no part of them.
fn whole(line: &str, text: &Raw, when: Option<&Moment>) -> Result<(), TestCaseError> {
    let time = when.and_then(|w| w.as_written.as_ref()).map_or("", Raw::as_typed);
    let rest = line.trim().strip_prefix(time).map(str::trim_start);
    let text = text.as_typed();
    prop_assert!(
        rest == Some(text)
            || rest == Some(&format!("\\{text}"))
            || rest.is_some_and(|r| r.trim_start_matches('\\').trim() == text),
        "{:?}: {:?} {:?}",
        line,
        time,
        text
    );
    Ok(())
}

#[test]
fn what_nobody_can_type_is_not_printed() {
    let scene = Scene::new("UTC");
    let entry = |kind, tags: &[&str], at: &str| Change::EntryAdded {
        text: "disk full".into(),
        tags: tags.iter().map(|t| Raw::from(*t)).collect(),
        people: Vec::new(),
        kind,
        when: Some(Moment { at: at.parse().unwrap(), ..Moment::stamped(scene.now) }),
    };
    let known = "2024-08-10T12:00:00Z";
    let printed = |change: &Change| scene.at_desk(|desk| grammar::print(change, desk));
    assert_eq!(printed(&entry(EntryKind::Note, &[], known)).unwrap(), "2024-08-10 12:00 Z disk full");
    for change in [
        entry(EntryKind::Alert, &[], known),
        entry(EntryKind::Note, &["db"], known),
        entry(EntryKind::Note, &[], "T12:00:00Z"),
        entry(EntryKind::Note, &[], "2024-08-10"),
        entry(EntryKind::Note, &[], "2024-08-10T12:00:00"),
        Change::IncidentCreated {
            id: "x".into(),
            title: "x".into(),
            zone: Zone::default(),
            severity: None,
            clock: Clock::H24,
        },
    ] {
        assert_eq!(printed(&change), None, "{change:?}");
    }
}
