//! The lines that pane keys write into the prompt. A key never changes the incident: a person reads the line, and sends it.

use super::keymap::Prefill;
use super::room::Room;
use super::state::{Said, State, Tone};
use crate::grammar::{Desk, action_again, handle, present, print, says_no_words, time_again};
use crate::log::{About, Change};
use crate::model::{Action, Entry, Hypothesis};

impl Room {
    /// Writes the line for a key into the prompt, or says why there is none.
    pub(super) fn prefill(&mut self, prefill: Prefill) {
        let of_entry =
            matches!(prefill, Prefill::EditText | Prefill::EditTime | Prefill::Star | Prefill::Strike);
        if let Some(folded) = self.is_folded().filter(|_| of_entry) {
            self.state.said = Some(Said::new(Tone::Plain, folded));
            return;
        }
        match line(prefill, &self.state, &self.session.desk()) {
            Some(line) => {
                match prefill {
                    Prefill::Find => self.state.search(&line),
                    _ => self.state.prefill(&line),
                }
                self.find_as_typed();
            }
            None => {
                let why = why_none(prefill, &self.state, &self.session.desk());
                self.state.said = Some(Said::new(Tone::Plain, why));
            }
        }
    }
}

/// The line for a key, about what is selected; none where nothing is.
fn line(prefill: Prefill, state: &State, desk: &Desk<'_>) -> Option<String> {
    match prefill {
        // What was looked for last can be narrowed.
        Prefill::Find => {
            let wanted = state.timeline.find.as_ref().map(|wanted| wanted.typed().as_typed());
            Some(["/find ", wanted.unwrap_or_default()].concat())
        }
        Prefill::Undo => Some("/undo".into()),
        Prefill::Redo => Some("/redo".into()),
        // A lone `?` would be text, and so would one with a blank behind it.
        Prefill::Suspect => Some("/suspect ".into()),
        Prefill::Task => Some("+ ".into()),
        Prefill::EditText | Prefill::EditTime | Prefill::Star | Prefill::Strike => {
            let entry = desk.incident.entry(state.timeline.selected?)?;
            let has_words = prefill != Prefill::EditText || says_no_words(entry, desk).is_none();
            has_words.then(|| of_entry(prefill, entry, desk))
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

/// Why there is no line for a key. Safe for a terminal.
fn why_none(prefill: Prefill, state: &State, desk: &Desk<'_>) -> String {
    let entry = state.timeline.selected.and_then(|id| desk.incident.entry(id));
    let entry = entry.filter(|_| prefill == Prefill::EditText);
    match entry.and_then(|entry| says_no_words(entry, desk)) {
        Some(instead) => format!("this entry has no words of its own: {instead}"),
        None => "nothing is selected here".into(),
    }
}

pub(super) fn of_entry(prefill: Prefill, entry: &Entry, desk: &Desk<'_>) -> String {
    let id = handle::shortest(desk.incident, entry.id);
    match prefill {
        Prefill::EditText => {
            let line = format!("/edit {id}: ");
            present(&line, desk).unwrap_or(line)
        }
        Prefill::EditTime => {
            format!("/when {id} {}", time_again(&entry.moment(), desk).unwrap_or_default())
        }
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
        Prefill::Out => Change::HypothesisRuledOut(about),
        Prefill::Confirm => Change::HypothesisConfirmed(about),
        Prefill::Park => Change::HypothesisParked(about),
        Prefill::Reopen => Change::HypothesisReopened(about),
        Prefill::Worse => Change::EvidenceAdded { side: crate::model::Side::Harm, about, tags: Vec::new() },
        _ => return None,
    };
    print(&change, desk).map(|line| format!("{line}: "))
}
