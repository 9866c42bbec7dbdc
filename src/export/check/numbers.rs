//! Numbers in the summary and the impact that are not those of the milestones: how long, when, how many.

use std::ops::Range;

use chrono::NaiveTime;

use super::case::{Case, Hit, Kind, Passage};
use super::lengths;
use super::words::Words;
use crate::model::{Face, MilestoneKind, Precision};

const KINDS: &[Kind] = &[Kind::Title, Kind::Summary, Kind::Impact];

pub(super) fn contradicting(case: &Case<'_>) -> Vec<Hit> {
    let mut hits = Vec::new();
    for passage in case.english(KINDS) {
        hits.extend(lengths::durations(case, passage));
        hits.extend(lengths::ranges(case, passage));
        hits.extend(clocks(case, passage));
        hits.extend(shares(case, passage));
    }
    hits
}

/// What lasted is the incident; a failover that took a minute is another matter.
pub(super) const INCIDENT: &[&str] = &[
    "incident",
    "outage",
    "disruption",
    "degradation",
    "downtime",
    "unavailability",
    "interruption",
    "it",
    "this",
    "impact",
];

/// What is said to have happened at a time: the milestone, and whether its subject has to be the incident.
const SAID_AT: &[(&[&str], MilestoneKind, bool)] = &[
    (&["started", "began"], MilestoneKind::Started, true),
    (&["detected"], MilestoneKind::Detected, false),
    (&["acknowledged"], MilestoneKind::Acknowledged, false),
    (&["declared"], MilestoneKind::Declared, false),
    (&["mitigated"], MilestoneKind::Mitigated, false),
    (&["resolved"], MilestoneKind::Resolved, false),
];

fn clocks(case: &Case<'_>, passage: &Passage<'_>) -> Vec<Hit> {
    let words = passage.words();
    let face = Face::of(case.incident);
    let mut hits = Vec::new();
    for at in 0..words.len() {
        let Some((_, kind, strict)) = SAID_AT.iter().find(|(verbs, ..)| verbs.contains(&words.at(at))) else {
            continue;
        };
        let subject = words.before_is(at, 2, |word| INCIDENT.contains(&word));
        if words.next(at) != "at" || *strict && !subject {
            continue;
        }
        let Some((time, span)) = clock_after(words.text, words.span(at + 1).end) else { continue };
        let Some(milestone) = case.incident.milestones.get(*kind).filter(|m| !m.approximate) else {
            continue;
        };
        let label = face.full(&milestone.at, Precision::Minute);
        let held = milestone.at.instant().map(|at| case.incident.zone.at(at).time());
        let Some(held) = held.filter(|_| !in_another_zone(&words.text[span.end..], &label)) else { continue };
        let apart = (held - time).num_minutes().abs();
        if apart > 1 && apart != 12 * 60 {
            let message = format!("\"{}\" is not when it was {kind}: that is {label}", passage.shown(&span));
            hits.push(passage.hit(span, message));
        }
    }
    hits
}

/// Whether what follows on a time names another zone than the label of the incident's: there it is another number.
pub(super) fn in_another_zone(after: &str, label: &str) -> bool {
    let zone: String = after.trim_start().chars().take_while(char::is_ascii_uppercase).collect();
    zone.len() > 1 && !label.ends_with(&zone) && !matches!(zone.as_str(), "AM" | "PM")
}

/// The time of day that follows on a byte: `14:05`, `2:05 pm`.
pub(super) fn clock_after(text: &str, from: usize) -> Option<(NaiveTime, Range<usize>)> {
    let begin = from + text[from..].find(|c: char| !c.is_whitespace())?;
    let rest = &text[begin..];
    let length = rest.find(|c: char| !(c.is_ascii_digit() || c == ':')).unwrap_or(rest.len());
    let (hours, minutes) = rest[..length].trim_end_matches(':').split_once(':')?;
    let (mut hours, minutes): (u32, u32) = (hours.parse().ok()?, minutes.get(..2)?.parse().ok()?);
    let after = rest[length..].trim_start().get(..2).unwrap_or_default().to_lowercase();
    hours = match after.as_str() {
        "pm" if hours < 12 => hours + 12,
        "am" if hours == 12 => 0,
        _ => hours,
    };
    Some((NaiveTime::from_hms_opt(hours, minutes, 0)?, begin..begin + length))
}

/// Shares of the same people that are two numbers.
fn shares(case: &Case<'_>, passage: &Passage<'_>) -> Vec<Hit> {
    let affected = &case.incident.impact.affected;
    // What is on the list is what others are measured by.
    if passage.about.starts_with("affected") {
        return Vec::new();
    }
    let held: Vec<(f64, String)> = affected
        .iter()
        .filter_map(|a| Some((a.percent?.0, of_whom(&Words::of(a.of.as_ref()?.as_typed()), 0)?)))
        .collect();
    let words = passage.words();
    let mut hits = Vec::new();
    for at in 0..words.len() {
        let Ok(percent) = words.at(at).parse::<f64>() else { continue };
        let after = &words.text[words.span(at).end..];
        let sign = after.trim_start().starts_with('%');
        let next = words.at(at + 1);
        let of = match (sign, next) {
            (true, "of") => at + 2,
            (false, "percent") if words.at(at + 2) == "of" => at + 3,
            _ => continue,
        };
        let Some(whom) = of_whom(words, of) else { continue };
        let same: Vec<f64> = held.iter().filter(|(_, of)| *of == whom).map(|(percent, _)| *percent).collect();
        let near = |held: f64| (held - percent).abs() <= (held * 0.15).max(1.0);
        if !same.is_empty() && !same.iter().any(|held| near(*held)) {
            let span = words.spans(at, of - 1);
            let message = format!("the list of the affected says {} % of {whom}, not {percent} %", same[0]);
            hits.push(passage.hit(span, message));
        }
    }
    hits
}

/// The first word that says of whom a share is, in the plural.
fn of_whom(words: &Words<'_>, at: usize) -> Option<String> {
    let at = (at..words.len()).find(|at| !matches!(words.at(*at), "the" | "all" | "our" | "of"))?;
    let word = words.at(at);
    let safe = crate::text::Raw::new(word).for_term().to_string();
    Some(if safe.ends_with('s') { safe } else { format!("{safe}s") })
}
