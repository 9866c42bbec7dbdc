//! The order in which the panes show things: what is being worked on comes first.

use crate::model::{Action, ActionStatus, Hypothesis, HypothesisStatus, Incident};

/// The hypotheses: the confirmed ones, those under test, open, parked, ruled out.
pub(in crate::tui) fn hypotheses(incident: &Incident) -> Vec<&Hypothesis> {
    let mut all: Vec<_> = incident.hypotheses.iter().collect();
    all.sort_by_key(|hypothesis| match hypothesis.status {
        HypothesisStatus::Confirmed => 0,
        HypothesisStatus::Testing => 1,
        HypothesisStatus::Open => 2,
        HypothesisStatus::Parked => 3,
        HypothesisStatus::RuledOut => 4,
    });
    all
}

/// The actions: the open ones, then the others.
pub(in crate::tui) fn actions(incident: &Incident) -> Vec<&Action> {
    let mut all: Vec<_> = incident.actions.iter().collect();
    all.sort_by_key(|action| action.status != ActionStatus::Open);
    all
}
