//! Times that cannot be: milestones out of order, ends before their beginnings, things that happened after they were told.

use chrono::TimeDelta;

use super::case::{Case, Hit, subject};
use crate::model::{At, EntryKind, Face, HypothesisStatus, MilestoneKind, length};

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
    let entries = case.incident.timeline.iter().zip(case.handles());
    entries
        .filter(|(entry, _)| !entry.struck && !entry.skewed)
        .filter(|(entry, _)| {
            let latest = entry.logged_at.checked_add_signed(AHEAD);
            entry.at.instant().zip(latest).is_some_and(|(at, latest)| at > latest)
        })
        .map(|(entry, handle)| {
            let (at, logged) = (face.full(&entry.at, entry.precision), face.instant(entry.logged_at));
            let message = format!("it happened at {at}, and was told before that, at {logged}");
            let fix = match (entry.kind, entry.milestone) {
                (EntryKind::Milestone, Some(kind)) => format!("/{} ", command(kind)),
                _ => format!("/when {handle} "),
            };
            Hit::new(format!("entry {handle}"), message, fix).within(&entry.text)
        })
        .collect()
}

pub(super) fn backwards(case: &Case<'_>) -> Vec<Hit> {
    let face = Face::of(case.incident);
    let mut hits = Vec::new();
    for (entry, handle) in case.incident.timeline.iter().zip(case.handles()) {
        let until = entry.until.and_then(|until| until.instant());
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
            let fix = format!("/drop {}: ", action.number);
            hits.push(Hit::new(format!("action {}", action.number), message, fix).within(&action.text));
        }
    }
    hits
}
