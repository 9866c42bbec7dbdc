//! Generated lines, texts and changes: of every kind that the prompt can make, in an incident that has what they name.

use chrono::{Duration, FixedOffset};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use warroom::log::{About, Change, Fact, List, ListItem, Stamp};
use warroom::model::{
    ActionKind, At, Clock, EntryKind, MilestoneKind, Moment, Precision, Side, Status, Subject, Zone,
};
use warroom::text::{Raw, marks};

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

/// A line of anything, with much in it that means something somewhere.
pub fn text() -> impl Strategy<Value = String> {
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

/// Minutes east of UTC.
const OFFSETS: &[i32] = &[0, 180, -210, 345, -720, 840];

fn moment() -> impl Strategy<Value = Moment> {
    let precision = select(&[Precision::Second, Precision::Minute, Precision::Hour][..]);
    let point = (0i64..86_400 * 3_000, select(OFFSETS));
    (point, precision, any::<bool>(), prop::option::of((0i64..100_000, select(OFFSETS)))).prop_map(
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
pub struct Parts {
    a: String,
    b: String,
    word: String,
    subject: Subject,
    name: Option<String>,
    when: Option<Box<Moment>>,
    moment: Box<Moment>,
    pick: Index,
    number: u32,
    flag: bool,
}

/// What a scene and its changes are made of.
pub fn parts() -> impl Strategy<Value = Parts> {
    (
        (words(), words(), word(), subject(), prop::option::of(name())),
        (
            prop::option::of(moment().prop_map(Box::new)),
            moment().prop_map(Box::new),
            any::<Index>(),
            1u32..10_000,
            any::<bool>(),
        ),
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
pub fn scene(parts: &Parts) -> Scene {
    let mut scene = Scene::new(parts.pick.get::<&str>(&["UTC", "America/New_York", "Asia/Kolkata"]));
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
pub fn changes(parts: &Parts, scene: &Scene) -> Vec<Change> {
    let incident = scene.incident();
    let entry = incident.timeline.iter().find(|e| e.kind == EntryKind::Note).unwrap().id;
    let mut changes = of_entries(parts, entry);
    changes.extend(of_fields(parts));
    changes.extend(of_people(parts));
    changes.extend(of_hypotheses(parts));
    changes.extend(of_actions(parts, incident.actions[1].id));
    changes
}

fn raw(text: &str) -> Raw {
    Raw::new(text)
}

fn of_entries(parts: &Parts, entry: Stamp) -> Vec<Change> {
    let Parts { a, when, moment, .. } = parts.clone();
    let (tags, people) = marks::named(&a);
    let text = raw(&a);
    let kind = EntryKind::Note;
    vec![
        Change::EntryAdded { text: text.clone(), tags: tags.clone(), people: people.clone(), kind, when },
        Change::EntryTextChanged { entry, text, tags, people },
        Change::EntryTimeChanged { entry, when: moment },
        Change::EntryStruck { entry },
        Change::EntryUnstruck { entry },
        Change::EntryStarred { entry },
        Change::EntryUnstarred { entry },
        Change::Undone { change: entry },
        Change::Redone { change: entry },
    ]
}

fn of_fields(parts: &Parts) -> Vec<Change> {
    const LISTS: [List; 11] = [
        List::Services,
        List::Losses,
        List::Factors,
        List::WentWell,
        List::WentWrong,
        List::Lucky,
        List::Related,
        List::Warnings,
        List::Affected,
        List::Links,
        List::Notes,
    ];
    const FACTS: [Fact; 7] = [
        Fact::Impact,
        Fact::Summary,
        Fact::RootCause,
        Fact::Trigger,
        Fact::Detection,
        Fact::Workaround,
        Fact::Fix,
    ];
    const ZONES: [&str; 6] = ["UTC", "Europe/Berlin", "+05:30", "UTC-3", "PDT", "IST=+05:30"];
    let Parts { a, b, word, subject, pick, number, flag, .. } = parts.clone();
    let (text, fact) = (raw(&a), *pick.get(&FACTS));
    vec![
        Change::TitleSet { title: text.clone() },
        Change::ZoneSet { zone: Zone::read(pick.get::<&str>(&ZONES), None).unwrap() },
        Change::ClockSet { clock: if flag { Clock::H12 } else { Clock::H24 } },
        Change::FactSet { fact, text: text.clone() },
        Change::FactCleared { fact },
        Change::ItemAdded { list: *pick.get(&LISTS[..8]), text: text.clone() },
        Change::ItemStruck { list: List::Factors, text: text.clone() },
        Change::ItemStruck { list: List::Links, text: raw("a b") },
        Change::ItemStruck { list: List::Notes, text: raw("a: b") },
        Change::ItemChanged { list: List::Factors, was: text.clone(), now: ListItem::Text(raw(&b)) },
        Change::ItemChanged {
            list: List::Links,
            was: raw("a b"),
            now: ListItem::Link { label: raw(&b), url: raw(&word) },
        },
        Change::ListCleared { list: *pick.get(&LISTS) },
        Change::LinkAdded { label: raw(&b), url: raw(&word) },
        Change::NoteAdded { heading: subject.raw().clone(), text },
        Change::CadenceSet { minutes: flag.then_some(number) },
    ]
}

fn of_people(parts: &Parts) -> Vec<Change> {
    let Parts { a, b, name, when, pick, number, flag, .. } = parts.clone();
    // A role ends before a blank and an `@`, as its name does in the line.
    let role = b.split_whitespace().map(|w| w.trim_start_matches('@')).collect::<Vec<_>>().join(" ");
    let role = Some(raw(role.trim())).filter(|role| !role.is_blank()).unwrap_or_else(|| raw("scribe"));
    let severity = flag.then_some(u8::try_from(number % 6).unwrap());
    let milestone = *pick.get(&MilestoneKind::ALL);
    let audience = raw(if flag { "public" } else { "internal" });
    let person = raw(name.as_deref().unwrap_or("al b"));
    vec![
        Change::SeveritySet { severity, when: when.clone() },
        Change::StatusSet { status: *pick.get(&Status::ALL), when: when.clone() },
        Change::MilestoneSet { milestone, how: flag.then(|| raw(&b)), when: when.clone() },
        Change::MilestoneCleared { milestone },
        Change::RoleTaken { role: role.clone(), name: person, when: when.clone() },
        Change::RoleCleared { role, when: when.clone() },
        Change::UpdateSent { audience, text: raw(&a), when: when.clone() },
        Change::DecisionMade { text: raw(&a), who: name.as_deref().map(raw), when },
    ]
}

fn of_hypotheses(parts: &Parts) -> Vec<Change> {
    let Parts { a, b, subject, name, when, pick, number, flag, .. } = parts.clone();
    let about =
        |text: Option<&str>| About { subject: subject.clone(), text: text.map(raw), when: when.clone() };
    let maybe = || about(flag.then_some(&*b));
    let (owner, timebox_minutes) = (name.as_deref().map(raw), flag.then_some(number));
    vec![
        Change::HypothesisRaised(maybe()),
        Change::HypothesisTested { about: maybe(), owner, timebox_minutes },
        Change::EvidenceAdded {
            side: *pick.get(&[Side::For, Side::Against, Side::Harm]),
            about: about(Some(&a)),
            tags: Vec::new(),
        },
        Change::HypothesisRuledOut(maybe()),
        Change::HypothesisConfirmed(maybe()),
        Change::HypothesisParked(maybe()),
        Change::HypothesisReopened(maybe()),
    ]
}

fn of_actions(parts: &Parts, action: Stamp) -> Vec<Change> {
    let Parts { a, b, word, name, when, number, flag, .. } = parts.clone();
    vec![
        Change::ActionAdded {
            kind: if flag { ActionKind::Task } else { ActionKind::Improvement },
            text: raw(&a),
            owner: name.as_deref().map(raw),
            due: flag.then(|| utc("2024-02-29 00:00").date_naive()),
            priority: flag.then_some(u8::try_from(number % 6).unwrap()),
            class: name.as_deref().map(raw),
            link: number.is_multiple_of(2).then(|| raw(&word)),
        },
        Change::ActionChanged {
            action,
            text: raw(&b),
            owner: name.as_deref().map(raw),
            due: flag.then(|| utc("2024-02-29 00:00").date_naive()),
            priority: None,
            class: name.as_deref().map(raw),
            link: None,
        },
        Change::ActionDone { action, when: when.clone() },
        Change::ActionDropped { action, reason: flag.then(|| raw(&b)), when },
        Change::ActionReopened { action },
    ]
}
