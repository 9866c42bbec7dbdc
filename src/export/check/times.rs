//! Times that cannot be: milestones out of order, ends before their beginnings, things that happened after they were told.

use chrono::{DurationRound, TimeDelta};

use super::case::{Case, Hit, action, command_time, subject};
use crate::model::{
    At, Entry, EntryKind, Face, Hypothesis, HypothesisStatus, Instant, MilestoneKind, length, short_length,
};

/// What cannot be later than what. The others may come in any order: who mitigates first and looks for the cause afterwards
/// does well, and what heals by itself is noticed when it is over.
const ORDER: [(MilestoneKind, MilestoneKind); 12] = {
    use MilestoneKind::{Acknowledged, Closed, Declared, Detected, Identified, Mitigated, Resolved, Started};
    [
        (Started, Detected),
        (Started, Acknowledged),
        (Started, Declared),
        (Started, Identified),
        (Started, Mitigated),
        (Started, Resolved),
        (Started, Closed),
        (Detected, Acknowledged),
        (Detected, Declared),
        (Detected, Identified),
        (Mitigated, Resolved),
        (Resolved, Closed),
    ]
};

/// How far ahead a clock may be.
const AHEAD: TimeDelta = TimeDelta::minutes(15);

/// What a milestone's command is called.
fn command(kind: MilestoneKind) -> &'static str {
    match kind {
        MilestoneKind::Acknowledged => "acked",
        other => other.word(),
    }
}

pub(super) fn milestones_in_order(case: &Case<'_>) -> Vec<Hit> {
    let face = Face::of(case.incident);
    let met = |kind| case.incident.milestones.get(kind).and_then(|m| Some((m, m.at.instant()?)));
    let mut hits = Vec::new();
    for (first, then) in ORDER {
        let (Some((a, first_at)), Some((b, then_at))) = (met(first), met(then)) else { continue };
        if first_at <= then_at {
            continue;
        }
        let (a, b) = (face.full(&a.at, a.precision), face.full(&b.at, b.precision));
        let message = format!("{then} ({b}) comes before {first} ({a}): one of the two is wrong");
        hits.push(Hit::new("milestones", message, format!("/{} ", command(then))));
    }
    hits
}

pub(super) fn from_the_start(case: &Case<'_>) -> Vec<Hit> {
    let instant = |kind| case.incident.milestones.instant(kind);
    let (Some(started), Some(detected)) = (instant(MilestoneKind::Started), instant(MilestoneKind::Detected))
    else {
        return Vec::new();
    };
    let how = case.incident.milestones.get(MilestoneKind::Started).is_some_and(|m| m.how.is_some());
    let told = case.incident.timeline.iter().any(|entry| {
        let bare = entry.milestone == Some(MilestoneKind::Started);
        !bare && !entry.struck && entry.at.instant().is_some_and(|at| at < detected)
    });
    if started >= detected || how || told {
        return Vec::new();
    }
    let minutes = length((detected - started).num_minutes());
    let from = Face::of(case.incident).instant(started);
    let message =
        format!("it begins when it was noticed; nothing tells what happened in the {minutes} before");
    vec![Hit::new("timeline", message, format!("{from} "))]
}

pub(super) fn in_the_future(case: &Case<'_>) -> Vec<Hit> {
    let face = Face::of(case.incident);
    let mut hits = Vec::new();
    for (entry, handle) in case.incident.timeline.iter().zip(case.handles()) {
        let Some(latest) =
            entry.logged_at.checked_add_signed(AHEAD).filter(|_| !entry.struck && !entry.skewed)
        else {
            continue;
        };
        let logged = face.instant(entry.logged_at);
        let (message, fix) = if entry.at.instant().is_some_and(|at| at > latest) {
            let at = face.full(&entry.at, entry.precision);
            let fix = match (entry.kind, entry.milestone) {
                (EntryKind::Milestone, Some(kind)) => format!("/{} ", command(kind)),
                _ => format!("/when {handle} "),
            };
            (format!("it happened at {at}, and was told before that, at {logged}"), fix)
        } else if let Some(until) = until(entry).filter(|until| *until > latest) {
            let until = face.instant(until);
            let message = format!("it ends at {until}, and was told before that, at {logged}");
            (message, turned_round(entry, handle, face))
        } else {
            continue;
        };
        hits.push(Hit::new(format!("entry {handle}"), message, fix).within(&entry.text));
    }
    hits
}

fn until(entry: &Entry) -> Option<Instant> {
    entry.until.as_ref().and_then(|until| until.instant())
}

/// The command that gives an entry its range the other way round: what was typed as `12:50..12:30` ends on the next day.
/// Where that is not how it came about, the command is left open.
fn turned_round(entry: &Entry, handle: &str, face: Face<'_>) -> String {
    let turned = entry.at.instant().zip(until(entry)).and_then(|(at, until)| {
        let first = until.checked_sub_signed(TimeDelta::days(1)).filter(|first| *first < at)?;
        let time = |at: Instant| face.clock(&at.into(), entry.precision);
        Some(format!("/when {handle} {} {}..{}", face.date(&first.into())?, time(first)?, time(at)?))
    });
    turned.unwrap_or_else(|| format!("/when {handle} "))
}

/// How long an entry may last in an outage that is shorter.
const LONG: TimeDelta = TimeDelta::hours(12);

/// Entries that are over half a day long, in an outage that was shorter.
fn too_long(case: &Case<'_>) -> Vec<Hit> {
    let face = Face::of(case.incident);
    let instant = |kind| case.incident.milestones.instant(kind);
    let (Some(started), Some(resolved)) = (instant(MilestoneKind::Started), instant(MilestoneKind::Resolved))
    else {
        return Vec::new();
    };
    let outage = resolved - started;
    if outage >= LONG {
        return Vec::new();
    }
    let entries = case.incident.timeline.iter().zip(case.handles()).filter(|(entry, _)| !entry.struck);
    let hit = |(entry, handle): (&Entry, &String)| {
        let lasts = until(entry)? - entry.at.instant()?;
        // What ends after it was told is found as that.
        let told = entry.logged_at.checked_add_signed(AHEAD).zip(until(entry)).is_some_and(|(l, u)| u <= l);
        let message = format!(
            "it lasts {}, and the outage {}: a range whose end is the earlier time ends on the next day",
            short_length(lasts.num_minutes()),
            short_length(outage.num_minutes().max(0))
        );
        let hit = Hit::new(format!("entry {handle}"), message, turned_round(entry, handle, face));
        (lasts > LONG && (told || entry.skewed)).then(|| hit.within(&entry.text))
    };
    entries.filter_map(hit).collect()
}

/// When somebody was last seen with a hypothesis, where the incident is over: the last evidence, test or entry of it, by
/// the end at the latest, to the minute where that is not before it was raised. A verdict that is given now did not take until now.
pub(super) fn left_at(case: &Case<'_>, h: &Hypothesis) -> Option<Instant> {
    let resolved = case.incident.milestones.instant(MilestoneKind::Resolved)?;
    let raised = h.raised_at.and_then(|at| at.instant());
    let closed = h.closed_at.and_then(|at| at.instant());
    let entries = case.incident.timeline.iter().filter(|entry| entry.is_about(h.id) && !entry.struck);
    let seen = h.evidence.iter().filter(|evidence| !evidence.struck).filter_map(|evidence| evidence.at);
    let seen =
        seen.chain(h.tests.iter().filter_map(|test| test.started_at)).chain(entries.map(|entry| entry.at));
    let seen = seen.filter_map(|at| at.instant()).filter(|at| Some(*at) != closed);
    let last = seen.max().unwrap_or(resolved).min(resolved);
    let last = last.duration_trunc(TimeDelta::minutes(1)).unwrap_or(last);
    Some(raised.map_or(last, |raised| last.max(raised)))
}

/// Hypotheses of the outage that were settled when it was over.
pub(super) fn verdicts_after_the_end(case: &Case<'_>) -> Vec<Hit> {
    let face = Face::of(case.incident);
    let Some(resolved) = case.incident.milestones.instant(MilestoneKind::Resolved) else { return Vec::new() };
    let mut hits = Vec::new();
    for h in &case.incident.hypotheses {
        let Some((raised, closed)) = h.followed().filter(|_| h.is_placed()) else { continue };
        // What came up afterwards was no path of that day; and `resolved` may be known to the minute alone.
        if raised > resolved || closed < resolved + TimeDelta::minutes(1) {
            continue;
        }
        let mut entries = case.incident.timeline.iter().zip(case.handles());
        let verdict = entries.rfind(|(entry, _)| entry.is_about(h.id) && entry.at.instant() == Some(closed));
        let (Some((_, handle)), Some(left)) = (verdict, left_at(case, h)) else { continue };
        let message = format!(
            "its verdict ({}) comes after the end ({}): the minutes between are no time spent in the outage",
            face.instant(closed),
            face.instant(resolved)
        );
        let fix = format!("/when {handle} {}", command_time(left, case.incident));
        hits.push(Hit::new(format!("hypothesis {}", subject(h)), message, fix));
    }
    hits
}

pub(super) fn backwards(case: &Case<'_>) -> Vec<Hit> {
    let face = Face::of(case.incident);
    let mut hits = Vec::new();
    for (entry, handle) in case.incident.timeline.iter().zip(case.handles()) {
        let until = entry.until.as_ref().and_then(|until| until.instant());
        if let (Some(from), Some(until), false) = (entry.at.instant(), until, entry.struck)
            && until < from
        {
            let message =
                format!("it ends ({}) before it begins ({})", face.instant(until), face.instant(from));
            hits.push(
                Hit::new(format!("entry {handle}"), message, format!("/when {handle} ")).within(&entry.text),
            );
        }
    }
    hits.extend(too_long(case));
    for h in &case.incident.hypotheses {
        let instant = |at: Option<At>| at.and_then(|at| at.instant());
        if let (Some(raised), Some(closed)) = (instant(h.raised_at), instant(h.closed_at))
            && closed < raised
        {
            let subject = subject(h);
            let message = format!(
                "the verdict ({}) comes before it was raised ({})",
                face.instant(closed),
                face.instant(raised)
            );
            let verb = if h.status == HypothesisStatus::Confirmed { "confirm" } else { "out" };
            hits.push(Hit::new(format!("hypothesis {subject}"), message, format!("/{verb} ")));
        }
    }
    let began = case.incident.began().and_then(|(at, _)| face.date(&at.into()));
    for action in &case.incident.actions {
        if let (Some(due), Some(began)) = (action.due, began)
            && due < began
        {
            let message = format!("it is due on {due}, before the incident began");
            let fix = format!("/edit task {}: ", action.number);
            hits.push(Hit::new(self::action(action), message, fix).within(&action.text));
        }
    }
    hits
}
