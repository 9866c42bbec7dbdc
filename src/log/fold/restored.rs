//! Folds what came back from `incident.json`. What the journal still has itself counts more: a thing that is there
//! already stays as it is.

use super::{Fold, entry, machine, metrics};
use crate::log::Restored;

/// Folds what was restored.
pub(super) fn apply(fold: &mut Fold, restored: &Restored) {
    let incident = &mut fold.incident;
    match restored {
        Restored::Facts(facts) => {
            let (timeline, hypotheses, actions) = (
                std::mem::take(&mut incident.timeline),
                std::mem::take(&mut incident.hypotheses),
                std::mem::take(&mut incident.actions),
            );
            *incident = (**facts).clone();
            (incident.timeline, incident.hypotheses, incident.actions) = (timeline, hypotheses, actions);
            // What follows from the milestones is found anew, and must not outlive their correction.
            let recorded = std::mem::take(&mut incident.warnings);
            metrics::measure(incident, &metrics::Doubts::default());
            fold.doubts.open = recorded.into_iter().filter(|w| !incident.warnings.contains(w)).collect();
        }
        Restored::Entry(lost) => {
            if fold.incident.entry(lost.id).is_none() {
                let mut lost = (**lost).clone();
                if let Some(when) = fold.hindsight.times.get(&lost.id) {
                    lost.set_moment(when);
                    lost.edited = true;
                }
                if machine::joined(fold, &lost) {
                    return;
                }
                let (id, struck) = (lost.id, lost.struck);
                fold.incident.timeline.insert(lost);
                entry::strike(&mut fold.incident, id, struck);
            }
        }
        Restored::Hypothesis(lost) => {
            let key = lost.subject.key();
            incident.hypotheses.retain(|h| h.subject.key() != key);
            incident.hypotheses.push((**lost).clone());
            incident.hypotheses.sort_by_key(|h| h.id);
            entry::strike_evidence(incident, &lost.subject);
        }
        Restored::Action(lost) => {
            incident.actions.retain(|a| a.id != lost.id);
            incident.actions.push((**lost).clone());
            incident.actions.sort_by_key(|a| (a.number, a.id));
            fold.actions = fold.actions.max(lost.number);
        }
    }
}
