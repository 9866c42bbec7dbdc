//! Causes: not the trigger once more, with evidence, and each with an answer.

use std::collections::BTreeSet;

use super::case::{Case, Hit, SHOWN, command_time, subject};
use super::stems::stems;
use super::words::Words;
use crate::model::{ActionStatus, HypothesisStatus, Side};

pub(super) fn cause_is_trigger(case: &Case<'_>) -> Vec<Hit> {
    let (Some(cause), Some(trigger)) = (&case.incident.root_cause, &case.incident.trigger) else {
        return Vec::new();
    };
    let (a, b) = (stems(&Words::of(cause.as_typed())), stems(&Words::of(trigger.as_typed())));
    let common = a.intersection(&b).count();
    // Four of five words the same: one sentence, told twice.
    let all = a.union(&b).count();
    if cause.as_typed().trim() != trigger.as_typed().trim() && (all == 0 || common * 5 < all * 4) {
        return Vec::new();
    }
    let message =
        "the cause says what the trigger says: what was there before, that the trigger could do this?";
    vec![Hit::new("root cause", message, "/cause ").within(cause)]
}

pub(super) fn without_evidence(case: &Case<'_>) -> Vec<Hit> {
    let confirmed = case.incident.hypotheses.iter().filter(|h| h.status == HypothesisStatus::Confirmed);
    confirmed
        .filter(|h| h.evidence_of(Side::For).next().is_none() && h.tests.is_empty())
        .map(|h| {
            let subject = subject(h);
            // What showed it was seen by then.
            let time =
                h.closed_at.and_then(|at| at.instant()).map(|at| command_time(at, case.incident) + " ");
            let time = time.unwrap_or_default();
            let message = "confirmed without evidence for it, or a test: what was seen that showed it?";
            let hit = Hit::new(format!("hypothesis {subject}"), message, format!("/for {time}{subject}: "));
            match &h.reason {
                Some(reason) => hit.within(reason),
                None => hit,
            }
        })
        .collect()
}

pub(super) fn factors_unanswered(case: &Case<'_>) -> Vec<Hit> {
    // Without any action, that is what is missing.
    if case.incident.actions.is_empty() {
        return Vec::new();
    }
    // A decision not to do anything is an answer too, where it says why.
    let mut answered: BTreeSet<String> = BTreeSet::new();
    for action in &case.incident.actions {
        if action.status != ActionStatus::Dropped || action.reason.is_some() {
            for text in [Some(&action.text), action.reason.as_ref()].into_iter().flatten() {
                answered.extend(stems(&Words::of(text.as_typed())));
            }
        }
    }
    let factors = case.incident.factors.iter().enumerate();
    factors
        .filter(|(_, factor)| {
            let words = stems(&Words::of(factor.as_typed()));
            !words.is_empty() && words.is_disjoint(&answered)
        })
        .map(|(at, factor)| {
            let message = format!(
                "no action speaks of \"{}\": add one, or add and drop one with the reason why not",
                factor.for_term().cut(SHOWN)
            );
            Hit::new(format!("factor {}", at + 1), message, "+ ").within(factor)
        })
        .collect()
}
