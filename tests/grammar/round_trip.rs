//! Properties: no line is dropped or makes the desk fall over, and what a line makes can be printed as a line that makes it.

use chrono::{TimeDelta, Timelike as _};
use proptest::prelude::*;
use proptest::sample::select;
use warroom::grammar::{self, Line};
use warroom::log::Change;
use warroom::model::{Clock, EntryKind, Moment, Precision, Zone};
use warroom::text::Raw;

use super::generated::{changes, parts, scene, text};
use crate::fuzz::targets::prompt::{comes_back_from_its_line, says_where_and_why};
use crate::scene::Scene;

/// What an incident that is going on, one on a clock of 12 hours, and one that is over, begin with.
const LINES: &[&[&str]] =
    &[&[], &["/clock 12h"], &["/started 2024-03-01 10:00 +00:00", "/resolved 2024-03-02 09:00 +00:00"]];

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
    fn a_time_that_is_typed_again_is_the_same(
        ago in -600_i64..400_000,
        zone in select(&["UTC", "America/New_York", "Asia/Kolkata"][..]),
        now in select(&["2024-08-10 12:45", "2024-03-10 08:10", "2024-11-03 06:40", "2024-11-03 23:58"][..]),
        lines in select(LINES),
        written in select(&["", "~", "..", "s"][..]),
    ) {
        let scene = Scene::new(zone).at(now).after(lines);
        let at = scene.now - TimeDelta::seconds(ago);
        let at = if written == "s" { at } else { at.with_second(0).unwrap() };
        let when = Moment {
            until: (written == "..").then(|| (at + TimeDelta::minutes(7)).into()),
            approximate: written == "~",
            precision: if written == "s" { Precision::Second } else { Precision::Minute },
            ..Moment::to_the_minute(at.into())
        };
        let (typed, read) = scene.at_desk(|desk| {
            let typed = grammar::time_again(&when, desk).unwrap();
            let read = desk.times().read_whole(&typed).unwrap();
            (typed, read)
        });
        prop_assert_eq!(read.at.instant(), Some(at), "{}", typed);
        prop_assert_eq!(read.until.and_then(|until| until.instant()), when.until.and_then(|until| until.instant()), "{}", typed);
        prop_assert_eq!((read.approximate, read.precision), (when.approximate, when.precision), "{}", typed);
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
                    whole(&line, text, when.as_deref())?;
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

/// As short as a person would type it: with the date where that is not today's, with the offset where an hour comes twice.
#[test]
fn a_time_is_typed_again_as_short_as_it_is_read() {
    let again = |zone: &str, now: &str, lines: &[&str]| {
        let scene = Scene::new(zone).at(now).after(lines);
        let entry = scene.incident().timeline[0].clone();
        scene.at_desk(|desk| grammar::time_again(&entry.moment(), desk).unwrap())
    };
    assert_eq!(again("UTC", "2024-08-10 12:45", &["12:30 x"]), "12:30");
    assert_eq!(again("UTC", "2024-08-10 12:45", &["x"]), "12:45", "the seconds of a stamp are not typed");
    assert_eq!(again("UTC", "2024-08-10 12:45", &["/clock 12h", "2024-08-09 15:04 x"]), "2024-08-09 3:04 pm");
    assert_eq!(again("UTC", "2024-08-10 12:45", &["~12:30..12:40 x"]), "~12:30..12:40");
    assert_eq!(again("UTC", "2024-08-10 12:45", &["yesterday 12:30:09 x"]), "2024-08-09 12:30:09");
    let twice = again("America/New_York", "2024-11-03 06:40", &["2024-11-03 05:30 +00:00 x"]);
    assert_eq!(twice, "2024-11-03 05:30 Z");
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
        when: Some(Box::new(Moment { at: at.parse().unwrap(), ..Moment::stamped(scene.now) })),
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
