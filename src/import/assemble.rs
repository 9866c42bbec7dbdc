//! Puts together what the readers of a document found, in the order in which it is recorded.

use std::collections::BTreeMap;

use super::decode::Decoded;
use super::document::{Claims, Document};
use super::hypotheses::{self, Event};
use super::timeline::{self, Timeline, Told};
use super::{Found, Reading, facts, head, rest, whether};
use crate::log::{Change, List};
use crate::model::{EntryKind, MilestoneKind, Moment};
use crate::text::Raw;

/// Reads the incident that the lines of a document tell; `name` is that of its file.
pub(super) fn reading(decoded: &Decoded, name: &str) -> Reading {
    let document = Document::read(&decoded.lines);
    let mut claims = Claims::of(&document);
    let mut timeline = timeline::read(&document, name, &mut claims);
    let head = head::read(&document, name, &mut claims);
    let rows: Vec<Event<'_>> = timeline
        .rows
        .iter()
        .map(|row| Event { line: row.line, text: &row.text, when: &row.moment })
        .collect();
    let guesses = hypotheses::find(&document, &rows, &mut claims);
    if let Some(reason) = whether::nothing(&document, &timeline, &guesses) {
        return Reading { nothing: Some(reason), ..Reading::default() };
    }
    let confirmed = guesses.iter().filter_map(|guess| match &guess.change {
        Change::HypothesisConfirmed(about) => Some((guess.line?, about.when.as_deref()?)),
        _ => None,
    });
    let confirmed: Vec<(u32, &Moment)> = confirmed.collect();
    timeline::identified_by(&confirmed, &timeline.rows, &mut timeline.milestones);
    let mut facts = facts::find(&document, &mut claims);
    facts.extend(facts::doubt(&document, minutes(&timeline)));
    let mut found = Vec::new();
    if let Some(line) = head.line {
        found.push(Found { line: Some(line), change: Change::TitleSet { title: Raw::new(&*head.title) } });
    }
    if let Some((severity, line)) = head.severity {
        found.push(Found {
            line: Some(line),
            change: Change::SeveritySet { severity: Some(severity), when: None },
        });
    }
    tell(&timeline, guesses, &mut found);
    found.append(&mut facts);
    found.extend(rest::notes(&document, &claims));
    found.extend(rest::comments(&document));
    let doubts = decoded.doubts.iter().chain(&timeline.doubts);
    found.extend(doubts.map(|(line, doubt)| warning(*line, doubt)));
    Reading {
        title: Raw::new(head.title),
        severity: head.severity.map(|(severity, _)| severity),
        zone: timeline.zone,
        clock: timeline.clock,
        found,
        by: BTreeMap::new(),
        sources: BTreeMap::new(),
        nothing: None,
    }
}

/// From start to end, where both are known.
fn minutes(timeline: &Timeline) -> Option<i64> {
    let at = |kind| {
        let told = timeline.milestones.iter().find(|told| told.milestone == kind)?;
        told.moment.at.instant()
    };
    Some((at(MilestoneKind::Resolved)? - at(MilestoneKind::Started)?).num_minutes())
}

fn warning(line: Option<u32>, doubt: &str) -> Found {
    let text = line.map_or_else(|| doubt.to_owned(), |line| format!("line {line}: {doubt}"));
    Found { line, change: Change::ItemAdded { list: List::Warnings, text: Raw::new(text) } }
}

/// The rows, each with what else its line says right after it; then what stands on no row.
fn tell(timeline: &Timeline, guesses: Vec<Found>, found: &mut Vec<Found>) {
    let mut on_row: BTreeMap<usize, Vec<&Told>> = BTreeMap::new();
    for told in &timeline.milestones {
        match told.row {
            Some(row) => on_row.entry(row).or_default().push(told),
            None => found.push(milestone(told, told.line)),
        }
    }
    let lines: BTreeMap<u32, usize> =
        timeline.rows.iter().enumerate().rev().map(|(at, row)| (row.line, at)).collect();
    let mut said: BTreeMap<usize, Vec<Found>> = BTreeMap::new();
    let mut other = Vec::new();
    for guess in guesses {
        match guess.line.and_then(|line| lines.get(&line)) {
            Some(row) => said.entry(*row).or_default().push(guess),
            None => other.push(guess),
        }
    }
    for (at, row) in timeline.rows.iter().enumerate() {
        let change = Change::EntryAdded {
            text: Raw::new(&*row.text),
            tags: Vec::new(),
            people: Vec::new(),
            kind: EntryKind::Note,
            when: Some(row.moment.clone().into()),
        };
        found.push(Found { line: Some(row.line), change });
        found.extend(on_row.remove(&at).into_iter().flatten().map(|told| milestone(told, row.line)));
        found.extend(said.remove(&at).into_iter().flatten());
    }
    found.append(&mut other);
}

fn milestone(told: &Told, line: u32) -> Found {
    let how = told.how.as_deref().map(Raw::new);
    let when = Some(told.moment.clone().into());
    Found { line: Some(line), change: Change::MilestoneSet { milestone: told.milestone, how, when } }
}
