//! A line of the prompt: it is never lost, its parts stand where they are said to stand, and what it makes can be printed,
//! saved and told.

use std::sync::LazyLock;

use warroom::grammar::parts::{meant, parts, slot};
use warroom::grammar::{self, Desk, GrammarError, Line};
use warroom::log::{Change, Fold, Record, Stamped};
use warroom::text::Raw;

use super::text_of;
use crate::scene::Scene;

/// The zones of the incidents that lines are typed into: one that never changes, two that save daylight, one of them by
/// half an hour, and one that is far ahead.
const ZONES: &[&str] = &["UTC", "America/New_York", "Australia/Lord_Howe", "+14:00"];

static SCENES: LazyLock<Vec<Scene>> = LazyLock::new(|| {
    let lines = [
        "/started 12:00",
        "?database: pool exhausted",
        "?redis:6379",
        "/out network: idle",
        "+ one @bob",
        "/improve two",
        "an entry #db @maria",
        "/factor x",
        "/undo",
        "/link board https://x.example",
    ];
    ZONES.iter().map(|zone| Scene::new(zone).after(&lines)).collect()
});

/// A line of the prompt, in incidents of several zones.
pub fn any_prompt(bytes: &[u8]) {
    let line = text_of(bytes);
    // A line has its zone by its length: all zones for each would take four times as long and find little more.
    let scene = &SCENES[line.len() % SCENES.len()];
    scene.at_desk(|desk| {
        parts_stand_in_order(&line, desk);
        is_not_lost(&line, scene, desk);
    });
}

/// Parts, slots and the hypothesis that was perhaps meant lie within the line, on the boundaries of its characters.
pub fn parts_stand_in_order(line: &str, desk: &Desk<'_>) {
    let mut at = 0;
    for (span, part) in parts(line, desk) {
        assert!(at <= span.start && line.get(span.clone()).is_some(), "{line:?}: {part:?} at {span:?}");
        at = span.end;
    }
    for cursor in (0..=line.len()).filter(|at| line.is_char_boundary(*at)).take(200) {
        if let Some(slot) = slot(line, cursor, desk) {
            assert!(line.get(slot.span.clone()).is_some(), "{line:?}: {slot:?}");
            assert!(slot.span.start <= cursor && cursor <= slot.span.end, "{line:?}: {slot:?} at {cursor}");
        }
    }
    if let Some((span, _)) = meant(line, desk) {
        assert!(line.get(span.clone()).is_some(), "{line:?}: meant at {span:?}");
    }
}

/// Only a line of nothing means nothing; an error says where and why; a change comes back from the line it is printed as.
pub fn is_not_lost(line: &str, scene: &Scene, desk: &Desk<'_>) {
    match grammar::read(line, desk) {
        Ok(Line::Nothing) => assert!(Raw::new(line).is_blank(), "{line:?} is dropped"),
        Ok(Line::Room(command)) => assert!(line.trim().starts_with('/'), "{line:?} is {command:?}"),
        Err(error) => says_where_and_why(line, &error),
        Ok(Line::Change(change)) => {
            comes_back_from_its_line(&change, desk);
            is_saved_and_folded(line, &change, scene);
        }
    }
}

/// The span lies in the line, on characters; there is a message and a hint, neither of which does anything to a terminal.
pub fn says_where_and_why(line: &str, error: &GrammarError) {
    assert!(line.get(error.span.clone()).is_some(), "{line:?}: {error:?}");
    assert!(!error.message.is_empty() && !error.hint.is_empty(), "{line:?}: {error:?}");
    let acts = |text: &str| text.chars().any(super::text::acts);
    assert!(!acts(&error.message) && !acts(&error.hint), "{line:?}: {error:?}");
}

/// A change can be printed as a line, and that line makes it; compared as JSON, in which a subject keeps its case.
pub fn comes_back_from_its_line(change: &Change, desk: &Desk<'_>) {
    let line = grammar::print(change, desk);
    assert!(line.is_some(), "{change:?} is not printed");
    let line = line.unwrap_or_default();
    let read = grammar::read(&line, desk);
    let Ok(Line::Change(back)) = &read else {
        panic!("{change:?} is printed as {line:?}, which is {read:?}");
    };
    assert_eq!(wordless(back), wordless(change), "printed as {line:?}");
}

fn is_saved_and_folded(line: &str, change: &Change, scene: &Scene) {
    let last = scene.ledger.records().last().map(|record| record.stamp);
    let Some(mut stamp) = last else { return };
    (stamp.ms, stamp.n) = (stamp.ms + 1, stamp.n + 1);
    let record: Record = Stamped {
        stamp,
        by: scene.by.clone(),
        from: None,
        wall: None,
        over: None,
        after: None,
        body: change.clone().into(),
    }
    .into();
    assert_eq!(Record::read(record.line().as_bytes()).as_ref(), Ok(&record), "{line:?}");
    let mut ledger = scene.ledger.clone();
    ledger.insert(record);
    super::folder::can_be_told(&ledger, &Fold::of(&ledger), scene.now);
}

/// A change without the words that times were given in: two ways to write one time are then equal.
fn wordless(change: &Change) -> serde_json::Value {
    fn without(value: &mut serde_json::Value) {
        match value {
            serde_json::Value::Object(fields) => {
                fields.remove("as_written");
                fields.values_mut().for_each(without);
            }
            serde_json::Value::Array(items) => items.iter_mut().for_each(without),
            _ => {}
        }
    }
    let mut json = serde_json::to_value(change).unwrap_or_default();
    without(&mut json);
    json
}
