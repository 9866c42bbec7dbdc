//! Anonymising: known people are called by their roles wherever they stand, and nothing else changes.

use proptest::prelude::*;
use serde_json::Value;
use warroom::export::anonymise::anonymised;
use warroom::export::{Outline, markdown};
use warroom::model::Incident;
use warroom::text::Raw;

use super::filled::whole;
use super::scene::Scene;
use super::support::{House, texts};

fn texts_of(incident: &Incident) -> Vec<String> {
    incident.timeline.iter().map(|entry| entry.text.as_typed().to_owned()).collect()
}

/// An incident of alice (commander), bob, maria and Jo, after these lines.
fn after(lines: &[&str]) -> Incident {
    let mut scene = Scene::new("UTC").after(&["/role commander @alice"]);
    scene.says("bob", "restarting @maria");
    scene.says("Jo", "ok");
    scene.by = "alice".into();
    scene.after(lines).incident()
}

/// What becomes of a text.
#[track_caller]
fn turned(text: &str) -> String {
    let mut incident = after(&[]);
    incident.summary = Some(text.into());
    anonymised(&incident).incident.summary.unwrap().as_typed().to_owned()
}

#[test]
fn the_same_person_is_the_same_word_everywhere() {
    let incident = after(&[
        "?database: bob saw it",
        "/test database: look @bob",
        "/out database: Bob is sure",
        "+ Ask bob and maria @maria",
        "/decide go on @bob",
        "/update public: Maria is on it",
        "/title Alice broke it",
    ]);
    let done = anonymised(&incident);
    let now = &done.incident;
    assert_eq!(done.people, 4);
    assert_eq!(now.roles[0].name.as_typed(), "(a person)");
    assert_eq!(now.title.as_typed(), "commander broke it");
    let by: Vec<_> = now.timeline.iter().map(|entry| entry.by.as_typed()).collect();
    assert_eq!(&by[..4], ["commander", "responder 1", "responder 3", "commander"]);
    assert_eq!(
        texts_of(now),
        [
            "commander: (a person)",
            "restarting responder 2",
            "ok",
            "Suspected database: responder 1 saw it",
            "Testing database: look (responder 1)",
            "Ruled out database: responder 1 is sure",
        ]
    );
    assert_eq!(*now.timeline[1].people, [Raw::new("responder 2")]);
    assert_eq!(now.actions[0].owner, Some("responder 2".into()));
    assert_eq!(now.actions[0].text.as_typed(), "Ask responder 1 and responder 2");
    assert_eq!(now.decisions[0].who, Some("responder 1".into()));
    assert_eq!(now.updates[0].text.as_typed(), "responder 2 is on it");
    assert_eq!(now.hypotheses[0].owner, Some("responder 1".into()));
}

#[test]
fn names_go_at_word_boundaries_and_other_words_stay() {
    for (typed, is) in [
        ("BOB and bob's, (Bob)", "responder 1 and responder 1's, (responder 1)"),
        ("bobbin, kebob, bob2", "bobbin, kebob, bob2"),
        ("bob_laptop", "bob_laptop"),
        (
            "bob-srv01.lan is down, /home/bob/x, ~bob, bob.service",
            "bob-srv01.lan is down, /home/bob/x, ~bob, bob.service",
        ),
        ("_bob_ said: ask bob... or bob.", "_responder 1_ said: ask responder 1... or responder 1."),
        ("@bob @BOB.", "responder 1 responder 1."),
        ("bob@shop.example wrote", "responder 1 wrote"),
        ("mail bob@shop.example.", "mail responder 1."),
        ("bob@ home", "responder 1@ home"),
        ("a@bob.example", "a@bob.example"),
        ("#bob", "#responder-1"),
        ("https://git.example/~Bob/@bob?u=maria", "https://git.example/~Bob/@bob?u=maria"),
        ("https://bob@git.example/bob", "https://bob@git.example/bob"),
        ("https://x.example/?to=bob@shop.example&x=1", "https://x.example/?to=responder-1&x=1"),
        (
            "mailto:bob@shop.example, see https://x.example. Bob",
            "mailto:responder 1, see https://x.example. responder 1",
        ),
        ("jo is short, @jo is marked", "jo is short, responder 3 is marked"),
        ("b\u{200b}ob hides", "responder 1 hides"),
        ("nobody else: carol", "nobody else: carol"),
        ("", ""),
    ] {
        assert_eq!(turned(typed), is, "{typed:?}");
    }
}

#[test]
fn a_full_name_and_its_short_form_are_one_person() {
    let mut scene = Scene::new("UTC");
    scene.says("Alice Smith", "here");
    scene.says("bob", "asking @alice about it");
    scene.says("bob", "Smith says the smith is busy, alice-smith@x.example too");
    scene.says("on-call bot", "call me");
    let done = anonymised(&scene.incident());
    assert_eq!(done.people, 3);
    assert_eq!(
        texts_of(&done.incident)[1..],
        ["asking responder 1 about it", "responder 1 says the smith is busy, responder 1 too", "call me"]
    );
    // Two of that first name: neither is taken for the other.
    let mut scene = Scene::new("UTC");
    scene.says("Alice Smith", "one");
    scene.says("Alice Jones", "@alice");
    let incident = anonymised(&scene.incident()).incident;
    assert_eq!(texts_of(&incident), ["one", "responder 3"]);
}

#[test]
fn a_role_that_names_somebody_or_is_taken_is_no_word_for_anybody() {
    let done =
        anonymised(&after(&["/role bob's deputy @carol", "/role scribe @carol", "/role on call @dave"]));
    let names: Vec<_> =
        done.incident.roles.iter().map(|role| (role.role.as_typed(), role.name.as_typed())).collect();
    assert_eq!(
        names,
        [
            ("commander", "(a person)"),
            ("responder 1's deputy", "scribe"),
            ("scribe", "(a person)"),
            ("on call", "(a person)")
        ]
    );
}

#[test]
fn a_name_that_is_also_a_word_goes_only_where_it_is_marked() {
    let incident = after(&[
        "@will and @may look, will.may@x.example too",
        "the queue will drain, Will says, it may; May we? WILL",
        "mail will@shop.example",
        "+ Will it drain? @will",
    ]);
    let done = anonymised(&incident);
    assert_eq!(
        texts_of(&done.incident)[3..],
        [
            "responder 4 and responder 5 look, will.may@x.example too",
            "the queue will drain, Will says, it may; May we? WILL",
            "mail responder 4",
        ]
    );
    assert_eq!(done.incident.actions[0].owner, Some("responder 4".into()));
    assert_eq!(done.incident.actions[0].text.as_typed(), "Will it drain?");
    assert_eq!(done.also_words, ["may", "will"]);
    assert_eq!(anonymised(&after(&["@will looks"])).also_words, Vec::<String>::new());
    assert_eq!(anonymised(&after(&["jo looks"])).also_words, ["jo"]);
}

#[test]
fn two_handles_are_two_people_and_the_longest_name_wins() {
    let done = anonymised(&after(&["@maria met @maria.lopez", "maria, maria.lopez, Maria Lopez and Lopez"]));
    assert_eq!(done.people, 5);
    assert_eq!(
        texts_of(&done.incident)[3..],
        ["responder 2 met responder 4", "responder 2, responder 4, responder 4 and responder 4"]
    );
}

#[test]
fn the_words_for_roles_stay() {
    let mut scene = Scene::new("UTC");
    scene.by = "scribe".into();
    let scene = scene.after(&[
        "/role scribe @mei",
        "/role commander @mei",
        "the scribe asks mei",
        "/role commander -",
    ]);
    let done = anonymised(&scene.incident());
    assert_eq!(
        texts_of(&done.incident),
        ["scribe: (a person)", "scribe is commander", "the scribe asks scribe", "Nobody is commander"]
    );
    assert_eq!(done.incident.timeline[0].by.as_typed(), "responder 1");
    assert_eq!(done.also_words, ["scribe"]);
    let mut scene = Scene::new("UTC");
    scene.by = "scribe".into();
    let done = anonymised(&scene.after(&["/role scribe @mei", "/role db lead @mei"]).incident()).incident;
    assert_eq!(texts_of(&done), ["scribe: (a person)", "scribe is db lead"]);
    assert_eq!((done.roles[0].name.as_typed(), done.roles[1].name.as_typed()), ("(a person)", "scribe"));
    let again = anonymised(&done).incident;
    assert_eq!(serde_json::to_value(&again).unwrap(), serde_json::to_value(&done).unwrap());
}

#[test]
fn a_surname_behind_a_known_first_name_goes_with_it() {
    let incident = after(&[
        "asked @priya, then Priya Raman looked",
        "Raman: all calm. RAMAN_X and raman-db stay",
        "?Kafka: Bob Kafka said",
        "Bob SRE, Bob Friday, Bob. Then Maria Quiet, it is quiet; @bob Please",
    ]);
    assert_eq!(
        texts_of(&anonymised(&incident).incident)[3..],
        [
            "asked responder 4, then responder 4 looked",
            "responder 4: all calm. RAMAN_X and raman-db stay",
            "Suspected Kafka: responder 1 Kafka said",
            "responder 1 SRE, responder 1 Friday, responder 1. Then responder 2 Quiet, it is quiet; responder 1 Please",
        ]
    );
}

#[test]
fn the_report_reads_well() {
    let house = House::new();
    house.done(&["new", "Login fails", "--detach"]);
    house.say("/role commander @mei\nthe queue will drain @will\n");
    for form in ["md", "html", "csv", "mermaid", "svg"] {
        let (report, err) = texts(&house.run(&["export", "--anonymise", "--format", form]));
        assert!(
            !report.contains("commander: commander") && !report.contains("commander is commander"),
            "{report}"
        );
        assert!(err.contains("will: also a word"), "{err}");
    }
    let (report, _) = texts(&house.run(&["export", "--anonymise"]));
    assert!(report.contains("commander: (a person)") && report.contains("queue will drain"), "{report}");
    let (report, _) = texts(&house.run(&["export", "--anonymise", "--template", "kehoe"]));
    assert!(report.contains("| (a person) | commander |"), "{report}");
}

#[test]
fn a_chat_wide_mark_is_nobody() {
    let done = anonymised(&after(&["@channel @here look"]));
    assert_eq!((done.people, texts_of(&done.incident)[3].as_str()), (4, "@channel @here look"));
}

#[test]
fn the_id_has_no_name_in_it_either() {
    let house = House::new();
    house.done(&["new", "Alice broke it", "--detach"]);
    house.say("hello\n");
    let (report, err) = texts(&house.run(&["export", "--anonymise"]));
    assert!(report.starts_with("# responder 1 broke it"), "{report}");
    assert!(
        err.contains("1 person was replaced by a role; names that only stand in a text cannot be known,"),
        "{err}"
    );
    let incident: Incident = serde_json::from_value(house.json()).unwrap();
    let id = anonymised(&incident).incident.id;
    assert!(id.as_typed().ends_with("-responder-1-broke-it"), "{id:?}");
}

/// The same document with nothing but its shape and what is no text.
fn shape(value: &Value) -> Value {
    match value {
        Value::String(_) => Value::String(String::new()),
        Value::Array(items) => items.iter().map(shape).collect(),
        Value::Object(fields) => fields.iter().map(|(name, field)| (name.clone(), shape(field))).collect(),
        other => other.clone(),
    }
}

fn a_name() -> impl Strategy<Value = String> {
    prop_oneof![prop::sample::select(vec![
        "zoe",
        "Yusuf",
        "xavi",
        "WENDY",
        "Uwe Ting",
        "ting",
        "zoe.quim",
        "Øyvind",
        "al",
        "李雷明"
    ]),]
    .prop_map(str::to_owned)
}

fn a_text() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        a_name(),
        a_name().prop_map(|name| format!("@{name}")),
        a_name().prop_map(|name| format!("#{name}")),
        a_name().prop_map(|name| format!("{name}@x.example")),
        a_name().prop_map(|name| format!("https://x.example/{name}/y")),
        a_name().prop_map(|name| name.to_uppercase()),
        a_name().prop_map(|name| name.to_lowercase() + "'s"),
        "[a-d ,.:/_\\-@#*]{1,6}",
        Just("\u{200b}".to_owned()),
        Just(" ".to_owned()),
    ];
    prop::collection::vec(part, 0..6).prop_map(|parts| parts.concat())
}

/// Whether a text has this name in it as words of their own, or marked: not within a link, a path or the name of a host.
fn names(text: &str, name: &str) -> bool {
    let (text, name) = (without_links(text).to_lowercase(), name.to_lowercase());
    text.match_indices(&name).any(|(at, _)| {
        let before = &text[..at];
        let behind = &text[at + name.len()..];
        let stop = |c: char| {
            c.is_whitespace() || matches!(c, ',' | ';' | ':' | '!' | '?' | '(' | ')' | '"' | '#' | '*')
        };
        let marked = before.strip_suffix('@').is_some_and(|rest| rest.is_empty() || rest.ends_with(stop));
        let begins = before.is_empty() || before.ends_with(stop) || marked;
        let ends = |rest: &str| rest.is_empty() || rest.starts_with(stop);
        begins && (ends(behind) || ends(behind.trim_start_matches('.')) || behind.starts_with("'s"))
    })
}

/// The text with an `x` for each link.
fn without_links(text: &str) -> String {
    let mut parts = text.split("://");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let scheme = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
        out.truncate(out.trim_end_matches(scheme).len());
        out.push('x');
        let end = part.find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '`'));
        out.push_str(end.map_or("", |end| &part[end..]));
    }
    out
}

/// The lines that have a name in them.
fn near(text: &str, name: &str) -> String {
    text.lines().filter(|line| names(line, name)).take(5).collect::<Vec<_>>().join("\n")
}

/// Every name in a field of its own.
fn known(incident: &Incident) -> Vec<String> {
    let entries = incident.timeline.iter().flat_map(|e| e.people.iter().chain([&e.by]));
    let known = entries
        .chain(incident.actions.iter().filter_map(|a| a.owner.as_ref()))
        .chain(incident.roles.iter().map(|r| &r.name))
        .chain(incident.former_roles.iter().map(|r| &r.name));
    known.map(|name| name.for_term().to_string()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    /// No known name is left, the rest has the shape it had, and doing it twice is doing it once.
    #[test]
    fn no_known_name_is_left(
        names_of in prop::collection::vec(a_name(), 12),
        texts in prop::collection::vec(a_text(), 40),
        commander in a_name(),
    ) {
        let mut nth = 0;
        let mut incident = whole(&mut || { nth += 1; texts[nth % texts.len()].clone() });
        let mut name = 0;
        let mut next = || { name += 1; Raw::new(names_of[name % names_of.len()].clone()) };
        for entry in incident.timeline.iter_mut() {
            (entry.by, entry.people) = (next(), [next(), next()].into());
        }
        for action in &mut incident.actions {
            action.owner = Some(next());
        }
        for role in &mut incident.roles {
            (role.role, role.name) = ("commander".into(), Raw::new(commander.clone()));
        }
        for role in &mut incident.former_roles {
            (role.role, role.name) = ("commander".into(), next());
        }
        let once = anonymised(&incident).incident;
        let (before, after) = (serde_json::to_value(&incident).unwrap(), serde_json::to_value(&once).unwrap());
        prop_assert_eq!(shape(&before), shape(&after));
        let report = markdown::render(&Outline::of(&once)).replace(['\\', '`'], "");
        // What the diagram writes for a sign.
        let signs = (33..128).map(|n| (format!("#{n};"), char::from(n).to_string()));
        let report = signs.fold(report, |text, (code, sign)| text.replace(&code, &sign));
        let json = serde_json::to_string(&once).unwrap();
        for name in known(&incident).iter().filter(|name| name.chars().filter(|c| c.is_alphabetic()).count() >= 3) {
            prop_assert!(!names(&report, name), "{} is in {}", name, near(&report, name));
            prop_assert!(!names(&json, name), "{} is in {}", name, near(&json.replace(',', "\n"), name));
        }
        let twice = anonymised(&once).incident;
        prop_assert!(after == serde_json::to_value(&twice).unwrap(), "twice is not once");
    }
}

/// A name that was marked with several signs between its words goes as a whole, so that no half of it is left to be found
/// the next time.
#[test]
fn a_mark_with_several_signs_between_its_words_goes_at_once() {
    let text = Raw::new("ask @Yusuf_-zoe's team");
    let mut incident = whole(&mut || text.as_typed().to_owned());
    for entry in incident.timeline.iter_mut() {
        (entry.by, entry.people) = ("@Yusuf_-zoe's".into(), ["zoe".into(), "ting".into()].into());
    }
    let once = anonymised(&incident).incident;
    let json = serde_json::to_string(&once).unwrap();
    assert!(!json.to_lowercase().contains("yusuf"), "{json}");
    assert_eq!(json, serde_json::to_string(&anonymised(&once).incident).unwrap());
}
