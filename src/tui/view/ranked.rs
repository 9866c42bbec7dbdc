//! The order in which the panes show things: what is being worked on comes first.

use crate::model::{Action, ActionStatus, Hypothesis, HypothesisStatus, Incident};

/// What is worth most comes first.
pub(in crate::tui) const ORDER: [HypothesisStatus; 5] = [
    HypothesisStatus::Confirmed,
    HypothesisStatus::Testing,
    HypothesisStatus::Open,
    HypothesisStatus::Parked,
    HypothesisStatus::RuledOut,
];

/// The hypotheses, in that order.
pub(in crate::tui) fn hypotheses(incident: &Incident) -> Vec<&Hypothesis> {
    let mut all: Vec<_> = incident.hypotheses.iter().collect();
    all.sort_by_key(|hypothesis| ORDER.iter().position(|status| *status == hypothesis.status));
    all
}

/// The actions: the open ones, then the others.
pub(in crate::tui) fn actions(incident: &Incident) -> Vec<&Action> {
    let mut all: Vec<_> = incident.actions.iter().collect();
    all.sort_by_key(|action| action.status != ActionStatus::Open);
    all
}
