//! Properties: no line is dropped or makes the desk fall over, and what a line makes can be printed as a line that makes it.

use proptest::prelude::*;
use proptest::sample::select;
use warroom::grammar::{self, Line};
use warroom::log::Change;
use warroom::model::{Clock, EntryKind, Moment, Zone};
use warroom::text::Raw;

use super::generated::{changes, parts, scene, text};
use crate::fuzz::targets::prompt::{comes_back_from_its_line, says_where_and_why};
use crate::scene::Scene;

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_the_prompt_can_make_comes_back_from_its_line(parts in parts()) {
        let scene = scene(&parts);
        for change in changes(&parts, &scene) {
            scene.at_desk(|desk| comes_back_from_its_line(&change, desk));
        }
    }

    #[test]
    fn no_line_is_dropped(line in text(), zone in select(&["UTC", "America/New_York", "Asia/Kolkata"][..])) {
        let scene = Scene::new(zone).after(&["?database", "?redis:6379", "+ one", "+ two", "an entry", "/factor x"]);
        match scene.read(&line) {
            Ok(Line::Nothing) => prop_assert!(Raw::new(line.as_str()).is_blank(), "{line:?}"),
            Ok(Line::Room(_)) => prop_assert!(line.trim().starts_with('/')),
            Err(error) => says_where_and_why(&line, &error),
            Ok(Line::Change(change)) => {
                if let Change::EntryAdded { text, when, .. } = &*change {
                    whole(&line, text, when.as_ref())?;
                }
                scene.at_desk(|desk| comes_back_from_its_line(&change, desk));
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
        scene.at_desk(|desk| comes_back_from_its_line(&change, desk));
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
