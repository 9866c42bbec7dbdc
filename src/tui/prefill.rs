//! The lines that pane keys write into the prompt. A key never changes the incident: a person reads the line, and sends it.

use super::keymap::Prefill;
use super::state::State;
use crate::export::check;
use crate::grammar::table::{Takes, name_of};
use crate::grammar::{Desk, action_again, handle, present, print};
use crate::log::{About, Change};
use crate::model::{Action, Entry, Hypothesis};

/// The line for a key, about what is selected; none where nothing is.
pub(super) fn line(prefill: Prefill, state: &State, desk: &Desk<'_>) -> Option<String> {
    match prefill {
        // What was looked for last can be narrowed.
        Prefill::Find => {
            let wanted = state.timeline.find.as_ref().map(|wanted| wanted.typed().as_typed());
            Some(["/find ", wanted.unwrap_or_default()].concat())
        }
        Prefill::Undo => Some("/undo".into()),
        Prefill::Redo => Some("/redo".into()),
        Prefill::Suspect => Some("?".into()),
        Prefill::Task => Some("+ ".into()),
        Prefill::EditText | Prefill::EditTime | Prefill::Star | Prefill::Strike => {
            let entry = desk.incident.entry(state.timeline.selected?)?;
            Some(of_entry(prefill, entry, desk))
        }
        Prefill::Done | Prefill::Drop | Prefill::EditAction => {
            let selected = state.action?;
            let action = desk.incident.actions.iter().find(|a| a.id == selected)?;
            if prefill == Prefill::EditAction {
                return action_again(action, desk);
            }
            Some(of_action(prefill, action))
        }
        _ => {
            let selected = state.hypothesis?;
            let hypothesis = desk.incident.hypotheses.iter().find(|h| h.id == selected)?;
            of_hypothesis(prefill, hypothesis, desk)
        }
    }
}

pub(super) fn of_entry(prefill: Prefill, entry: &Entry, desk: &Desk<'_>) -> String {
    let id = handle::shortest(desk.incident, entry.id);
    match prefill {
        Prefill::EditText => {
            // The words of a milestone's entry follow from the milestone.
            let milestone = entry.milestone.filter(|_| !entry.kind.has_own_words());
            let line = match milestone {
                Some(milestone) => format!("/{}", name_of(Takes::Milestone(milestone))),
                None => format!("/edit {id}: "),
            };
            present(&line, desk).unwrap_or(line)
        }
        Prefill::EditTime => format!("/when {id} "),
        Prefill::Star if entry.key => format!("/star {id} -"),
        Prefill::Star => format!("/star {id}"),
        _ if entry.struck => format!("/strike {id} -"),
        _ => format!("/strike {id}"),
    }
}

fn of_action(prefill: Prefill, action: &Action) -> String {
    match prefill {
        Prefill::Done => format!("/done {}", action.number),
        _ => format!("/drop {}: ", action.number),
    }
}

fn of_hypothesis(prefill: Prefill, hypothesis: &Hypothesis, desk: &Desk<'_>) -> Option<String> {
    let about = About { subject: hypothesis.subject.clone(), text: None, when: None };
    let change = match prefill {
        Prefill::Test => Change::HypothesisTested { about, owner: None, timebox_minutes: None },
        // It is out already: what is left to say is why.
        Prefill::Out if hypothesis.owes_a_reason() => return Some(check::reason_for(hypothesis)),
        Prefill::Out => Change::HypothesisRuledOut(about),
        Prefill::Confirm => Change::HypothesisConfirmed(about),
        Prefill::Park => Change::HypothesisParked(about),
        Prefill::Reopen => Change::HypothesisReopened(about),
        Prefill::Worse => Change::EvidenceAdded { side: crate::model::Side::Harm, about, tags: Vec::new() },
        _ => return None,
    };
    print(&change, desk).map(|line| format!("{line}: "))
}
