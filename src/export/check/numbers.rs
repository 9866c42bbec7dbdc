//! Numbers in the summary and the impact that are not those of the milestones: how long, when, how many.

use std::ops::Range;

use chrono::NaiveTime;

use super::case::{Case, Hit, Kind, Passage};
use super::words::Words;
use crate::model::{Face, MilestoneKind, Precision, length};

const KINDS: &[Kind] = &[Kind::Title, Kind::Summary, Kind::Impact];

pub(super) fn contradicting(case: &Case<'_>) -> Vec<Hit> {
    let mut hits = Vec::new();
    for passage in case.english(KINDS) {
        hits.extend(durations(case, passage));
        hits.extend(clocks(case, passage));
        hits.extend(shares(case, passage));
    }
    hits
}

/// A length of time in a text.
struct Length {
    minutes: f64,
    /// How far it may be off, in minutes: what is said in hours is meant in half hours.
    slack: f64,
    /// Its first and its last word.
    words: (usize, usize),
}

/// What lasted is the incident; a failover that took a minute is another matter.
const INCIDENT: &[&str] = &[
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

/// What people count from when they say how long it took.
const BEGINNINGS: [MilestoneKind; 4] =
    [MilestoneKind::Started, MilestoneKind::Detected, MilestoneKind::Acknowledged, MilestoneKind::Declared];

/// And until when.
const ENDS: [MilestoneKind; 2] = [MilestoneKind::Mitigated, MilestoneKind::Resolved];

fn durations(case: &Case<'_>, passage: &Passage<'_>) -> Vec<Hit> {
    let at = |kind: &MilestoneKind| case.incident.milestones.instant(*kind);
    let spans: Vec<i64> = BEGINNINGS
        .iter()
        .filter_map(at)
        .flat_map(|from| ENDS.iter().filter_map(at).map(move |to| (to - from).num_minutes()))
        .filter(|minutes| *minutes > 0)
        .collect();
    let Some(longest) = spans.iter().max() else { return Vec::new() };
    let words = passage.words();
    let mut hits = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let Some(said) = length_at(words, at) else {
            at += 1;
            continue;
        };
        at = said.words.1 + 1;
        #[expect(clippy::cast_precision_loss, reason = "minutes between milestones are few")]
        let fits = spans.iter().any(|span| (*span as f64 - said.minutes).abs() <= said.slack);
        if !fits && of_the_incident(words, said.words) {
            let span = words.spans(said.words.0, said.words.1);
            let message = format!(
                "\"{}\" is not what the milestones say: from the first to the last it took {}",
                passage.shown(&span),
                length(*longest)
            );
            hits.push(passage.hit(span, message));
        }
    }
    hits
}

/// Whether a length of time is said of the incident as a whole.
fn of_the_incident(words: &Words<'_>, (from, to): (usize, usize)) -> bool {
    let mut verb = from;
    while matches!(
        words.before(verb),
        "about"
            | "around"
            | "roughly"
            | "nearly"
            | "approximately"
            | "almost"
            | "only"
            | "for"
            | "just"
            | "over"
            | "under"
            | "a"
            | "total"
            | "of"
    ) {
        verb -= 1;
    }
    let lasted =
        matches!(words.before(verb), "lasted" | "lasting") && INCIDENT.contains(&words.before(verb - 1));
    let gone = matches!(words.before(verb), "down" | "unavailable" | "unreachable" | "offline")
        && words.before_is(from, 4, |word| word == "for")
        && !words.before_is(verb, 5, |word| matches!(word, "each" | "one" | "node" | "replica" | "node's"));
    // "30-minute incident call", "an hour of downtime per year", "a 10-minute downtime window".
    let of_another =
        |at: usize| matches!(words.next(at), "call" | "review" | "meeting" | "per" | "window" | "a" | "each");
    let noun = matches!(words.next(to), "outage" | "incident" | "disruption" | "downtime" | "degradation");
    let of = words.next(to) == "of" && matches!(words.next(to + 1), "downtime" | "outage" | "disruption");
    lasted || gone || noun && !of_another(to + 1) || of && !of_another(to + 2)
}

/// The length of time that begins at a word: `45 minutes`, `1h 30m`, `2 hours and 5 minutes`.
fn length_at(words: &Words<'_>, at: usize) -> Option<Length> {
    let (mut minutes, mut slack, mut end) = part_at(words, at)?;
    let next = if words.next(end) == "and" { end + 2 } else { end + 1 };
    if !words.next(next - 1).is_empty()
        && let Some((more, finer, last)) = part_at(words, next)
        && finer < slack
    {
        minutes += more;
        slack = finer;
        end = last;
    }
    let about = |word: &str| {
        matches!(
            word,
            "about"
                | "around"
                | "roughly"
                | "nearly"
                | "approximately"
                | "almost"
                | "over"
                | "under"
                | "some"
        )
    };
    if words.before_is(at, 2, about) || words.text[..words.span(at).start].ends_with(['~', '<', '>']) {
        slack = slack.max(minutes / 5.0);
    }
    Some(Length { minutes, slack, words: (at, end) })
}

/// A number and its unit, in minutes, how far it may be off, and its last word.
fn part_at(words: &Words<'_>, at: usize) -> Option<(f64, f64, usize)> {
    let word = words.at(at);
    let digits = word.find(|c: char| !(c.is_ascii_digit() || c == '.' || c == ',')).unwrap_or(word.len());
    let number: f64 = word[..digits].replace(',', "").parse().ok()?;
    let (unit, end) = if digits < word.len() { (&word[digits..], at) } else { (words.next(at), at + 1) };
    let (factor, slack) = match unit {
        "m" | "min" | "mins" | "minute" | "minutes" => (1.0, 1.5),
        "h" | "hr" | "hrs" | "hour" | "hours" => (60.0, if number.fract() == 0.0 { 30.0 } else { 6.0 }),
        "d" | "day" | "days" => (1440.0, 720.0),
        _ => return None,
    };
    Some((number * factor, slack, end))
}

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
        // In another zone than the incident's it is another number.
        let zone: String =
            words.text[span.end..].trim_start().chars().take_while(char::is_ascii_uppercase).collect();
        let other_zone = zone.len() > 1 && !label.ends_with(&zone) && !matches!(zone.as_str(), "AM" | "PM");
        let held = milestone.at.instant().map(|at| case.incident.zone.at(at).time());
        let Some(held) = held.filter(|_| !other_zone) else { continue };
        let apart = (held - time).num_minutes().abs();
        if apart > 1 && apart != 12 * 60 {
            let message = format!("\"{}\" is not when it was {kind}: that is {label}", passage.shown(&span));
            hits.push(passage.hit(span, message));
        }
    }
    hits
}

/// The time of day that follows on a byte: `14:05`, `2:05 pm`.
fn clock_after(text: &str, from: usize) -> Option<(NaiveTime, Range<usize>)> {
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
