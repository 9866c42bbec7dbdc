//! Properties: no line is dropped or makes the desk fall over, and what a line makes can be printed as a line that makes it.

use proptest::prelude::*;
use proptest::sample::select;
use warroom::grammar::{self, Line};
use warroom::log::Change;
use warroom::model::{Clock, EntryKind, Moment, Zone};
use warroom::text::Raw;

use super::generated::{changes, parts, scene, text};
use super::lines::holds;
use crate::scene::Scene;

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
        let plain = |change: Change| wordless(serde_json::to_value(change).unwrap());
        prop_assert_eq!(plain(*back), plain(change.clone()), "{:?}", line);
        Ok(())
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

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

/// Lines that once came back as something else.
#[test]
fn backslashes_and_colons_at_the_edges_come_back() {
    let scene = Scene::new("UTC").after(&["?database", "+ one"]);
    for (line, said) in [
        ("?a::", "a:"),
        ("/suspect ::", ":"),
        ("/decide \\\\share", "\\share"),
        ("/decide \\@bob", "@bob"),
        ("/decide ask \\@bob", "ask @bob"),
        ("/decide ask \\ @bob", "ask \\"),
        ("+ \\\\x", "\\x"),
        ("+ \\p1", "p1"),
        ("+ look at \\ p1", "look at \\"),
        ("/resolved \\ /out", "/out"),
        ("/title \\10:42", "10:42"),
        ("10:42 \\\\share is gone", "\\share is gone"),
        ("/link \\ board x", "board"),
        ("/drop 1: : why", ": why"),
    ] {
        let change = scene.change(line);
        let json = serde_json::to_string(&change).unwrap();
        assert!(json.contains(&format!(":{}", serde_json::to_string(said).unwrap())), "{line}: {json}");
        assert!(there_and_back(&scene, &change).is_ok(), "{line}");
    }
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

/// Without the words that times were given in: two ways to write one time are then equal.
fn wordless(mut change: serde_json::Value) -> serde_json::Value {
    match &mut change {
        serde_json::Value::Object(fields) => {
            fields.remove("as_written");
            for value in fields.values_mut() {
                *value = wordless(value.take());
            }
        }
        serde_json::Value::Array(items) => {
            for value in items {
                *value = wordless(value.take());
            }
        }
        _ => {}
    }
    change
}
