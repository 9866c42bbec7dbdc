//! What the parts of a line are taken as while it is written, and what would fit at the cursor.

use proptest::prelude::*;
use warroom::grammar::Line;
use warroom::grammar::parts::{Part, Wants, meant, parts, slot};
use warroom::grammar::table::Verb;

use crate::fuzz::targets::prompt::parts_stand_in_order;
use crate::scene::Scene;

fn scene() -> Scene {
    Scene::new("UTC").after(&["?database: pool is full", "?redis:6379", "+ Audit the proxy @bob"])
}

fn found(line: &str) -> Vec<(&str, Part)> {
    let parts = scene().at_desk(|desk| parts(line, desk));
    parts.into_iter().map(|(span, part)| (&line[span], part)).collect()
}

/// What fits at the `|`, and what of the line it would replace.
fn fits(line: &str) -> Option<(String, Wants)> {
    let cursor = line.find('|').unwrap();
    let line = line.replace('|', "");
    let slot = scene().at_desk(|desk| slot(&line, cursor, desk));
    slot.map(|slot| (line[slot.span].to_owned(), slot.wants))
}

#[test]
fn each_part_is_seen_where_it_stands() {
    use Part::{Command, Person, Subject, Tag, Time};
    assert_eq!(found("-5m DB says (#db, @maria) a@b.c"), [("-5m", Time), ("#db", Tag), ("@maria", Person)]);
    assert_eq!(
        found("/out 12:40 redis:6379: idle #db"),
        [("/out", Command), ("12:40", Time), ("redis:6379", Subject), ("#db", Tag)]
    );
    assert_eq!(found(" ?data base: why"), [("?", Command), ("data base", Subject)]);
    assert_eq!(
        found("/test database @bob for:10m"),
        [("/test", Command), ("database", Subject), ("@bob", Person)]
    );
    assert_eq!(found("+ Audit @bob"), [("+", Command), ("@bob", Person)]);
    assert_eq!(found("/title 12:40 is no time here"), [("/title", Command)]);
    for text in ["/var/log is full #db", "\\-5m is text @bob", "", "40% #1"] {
        assert_eq!(found(text), [], "{text:?}");
    }
}

#[test]
fn what_fits_depends_on_where_the_cursor_stands() {
    let of = |typed: &str, wants| Some((typed.to_owned(), wants));
    assert_eq!(fits("/|"), of("/", Wants::Command));
    assert_eq!(fits(" /o|u"), of("/ou", Wants::Command));
    assert_eq!(fits("|/out"), None);
    assert_eq!(fits("/out |"), of("", Wants::Subject(Verb::Out)));
    assert_eq!(fits("/out 12:40 data|: idle"), of("data", Wants::Subject(Verb::Out)));
    assert_eq!(fits("/out data: idle|"), None);
    assert_eq!(fits("?|"), None);
    assert_eq!(fits("?da|"), of("da", Wants::Subject(Verb::Suspect)));
    assert_eq!(fits("/test data @bo|"), of("@bo", Wants::Person));
    assert_eq!(fits("ask @|"), of("@", Wants::Person));
    assert_eq!(fits("ask (@ma|"), of("@ma", Wants::Person));
    assert_eq!(fits("ask @ma|ria"), None);
    assert_eq!(fits("a@b|"), None);
    assert_eq!(fits("12:40 all clear #d|"), of("#d", Wants::Tag));
    assert_eq!(fits("\\#d|"), None);
    assert_eq!(fits("/done |"), of("", Wants::Action));
    assert_eq!(fits("/done 1 |"), None);
    assert_eq!(fits("/star la|"), of("la", Wants::Entry));
    assert!(matches!(fits("/status mon|"), Some((typed, Wants::Word(command)))
        if typed == "mon" && command.name == "status"));
    assert_eq!(fits("/role commander @a|"), of("@a", Wants::Person));
    assert_eq!(fits("/cause the p|"), None);
}

#[test]
fn a_subject_that_was_mistyped_is_known_again() {
    let scene = scene();
    let of =
        |line: &str| scene.at_desk(|desk| meant(line, desk).map(|(span, known)| (span, known.subject.key())));
    assert_eq!(of("/out databse: idle"), Some((5..12, "database".to_owned())));
    assert_eq!(of("?dtabase"), Some((1..8, "database".to_owned())));
    for line in ["/out database: idle", "/out network", "databse is slow", "/out db", "/title databse"] {
        assert_eq!(of(line), None, "{line}");
    }
}

proptest! {
    #[test]
    fn parts_stand_in_order_and_agree_with_the_reading(
        line in "(/[a-z]{1,8} |[?+/\\\\]|)(12:40|-5m|~9am|)[ ]?[a-z:@# ]{0,12}\\PC{0,6}",
    ) {
        let scene = scene();
        let all = scene.at_desk(|desk| {
            parts_stand_in_order(&line, desk);
            parts(&line, desk)
        });
        if let Ok(Line::Change(change)) = scene.read(&line) {
            let timed = serde_json::to_value(&change).unwrap().to_string().contains("\"when\":{");
            let seen = all.iter().any(|(_, part)| *part == Part::Time);
            prop_assert_eq!(timed, seen, "{:?}", change);
        }
    }
}
