//! What the report still lacks.

use super::case::{Case, Hit, action, command_time, subject};
use super::{is_over, times};
use crate::model::{ActionKind, ActionStatus, Hypothesis, HypothesisStatus, MilestoneKind};

fn lacks(missing: bool, about: &str, what: &str, command: &str) -> Vec<Hit> {
    if missing { vec![Hit::new(about, what, command)] } else { Vec::new() }
}

pub(super) fn start(case: &Case<'_>) -> Vec<Hit> {
    let unmet = case.incident.milestones.get(MilestoneKind::Started).is_none();
    lacks(unmet, "milestones", "when it started", "/started ")
}

pub(super) fn end(case: &Case<'_>) -> Vec<Hit> {
    let unmet = case.incident.milestones.get(MilestoneKind::Resolved).is_none();
    lacks(unmet, "milestones", "when it was resolved", "/resolved ")
}

pub(super) fn impact(case: &Case<'_>) -> Vec<Hit> {
    lacks(case.incident.impact.text.is_none(), "impact", "what it meant for people", "/impact ")
}

pub(super) fn affected(case: &Case<'_>) -> Vec<Hit> {
    lacks(case.incident.impact.affected.is_empty(), "impact", "how many were affected", "/affected ")
}

pub(super) fn cause(case: &Case<'_>) -> Vec<Hit> {
    lacks(case.incident.root_cause.is_none(), "root cause", "the root cause", "/cause ")
}

pub(super) fn resolution(case: &Case<'_>) -> Vec<Hit> {
    let resolution = &case.incident.resolution;
    let none = resolution.temporary.is_none() && resolution.permanent.is_none();
    lacks(none, "resolution", "how it was ended", "/fix ")
}

pub(super) fn tasks(case: &Case<'_>) -> Vec<Hit> {
    let none = !case.incident.actions.iter().any(|a| a.kind == ActionKind::Task);
    lacks(none, "actions", "tasks for afterwards", "+ ")
}

pub(super) fn doubts(case: &Case<'_>) -> Vec<Hit> {
    // What is disputed is told one by one.
    let open = case.incident.warnings.len().saturating_sub(case.incident.disputed.len());
    let what = match open {
        1 => "an answer to the one doubt that is open".to_owned(),
        count => format!("answers to the {count} doubts that are open"),
    };
    lacks(open > 0, "doubts", &what, "/doubts")
}

pub(super) fn reasons(case: &Case<'_>) -> Vec<Hit> {
    let owing = case.incident.hypotheses.iter().filter(|h| h.owes_a_reason());
    owing
        .map(|h| {
            let subject = subject(h);
            let what = format!("why {subject} was ruled out");
            Hit::new(format!("hypothesis {subject}"), what, reason_for(h))
        })
        .collect()
}

/// The beginning of the line that says why a hypothesis was ruled out; safe for a terminal.
pub fn reason_for(h: &Hypothesis) -> String {
    format!("/out {}: ", subject(h))
}

pub(super) fn verdicts(case: &Case<'_>) -> Vec<Hit> {
    let unsettled = case.incident.hypotheses.iter().filter(|h| !h.status.is_closed());
    unsettled
        .map(|h| {
            let subject = subject(h);
            let (parked, verdicts) = match h.status {
                HypothesisStatus::Parked => (", which is parked", "/confirm or /out"),
                _ => ("", "/confirm, /out or /park"),
            };
            // A verdict that is given now did not take until now.
            let left =
                times::left_at(case, h).map(|at| format!(", as of {}", command_time(at, case.incident)));
            let left = left.unwrap_or_default();
            let what = format!("a verdict on {subject}{parked}: {verdicts}{left}");
            // Which verdict it will be nobody knows here: the line gives none, even where it is sent as it stands.
            let command = if h.tests.is_empty() && !is_over(case.incident) { "test" } else { "against" };
            Hit::new(format!("hypothesis {subject}"), what, format!("/{command} {subject}: "))
        })
        .collect()
}

pub(super) fn why_dropped(case: &Case<'_>) -> Vec<Hit> {
    let dropped = case.incident.actions.iter().filter(|a| a.status == ActionStatus::Dropped);
    dropped
        .filter(|a| a.reason.as_ref().is_none_or(crate::text::Raw::is_blank))
        .map(|a| {
            let what = format!("why action {} was dropped", a.number);
            Hit::new(action(a), what, format!("/drop {}: ", a.number)).within(&a.text)
        })
        .collect()
}
