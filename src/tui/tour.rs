//! The tour: ten steps in a real room, each of them done by doing it. What was done is seen by what became of the incident and
//! of the room, whichever keys did it; no key is taken from the room.

use chrono::TimeDelta;
use crossterm::event::{KeyCode, KeyModifiers};

use super::keymap::{Act, Keymap, Prefill, stack};
use super::msg::Msg;
use super::overlay::Overlay;
use super::room::Room;
use crate::model::{HypothesisStatus, Status};

/// What is told within this was told as it happened: times are written to the minute.
const AT_ONCE: TimeDelta = TimeDelta::minutes(1);

/// What of the incident and of the room the steps are recognised by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Glimpse {
    /// How many entries were told as it happened, and how many later.
    pub entries: (usize, usize),
    /// How many hypotheses are not closed, and how many are ruled out.
    pub hypotheses: (usize, usize),
    /// All of an item lies over the panes.
    pub shows_details: bool,
    /// How many changes were taken back or made to count again.
    pub retractions: usize,
    /// How bad it is, and where it stands.
    pub standing: (Option<u8>, Status),
    /// How many actions have an owner.
    pub owned_actions: usize,
    /// Only what was searched for is shown, and the search is written to its end.
    pub shows_found: bool,
    /// The report lies over the panes.
    pub shows_report: bool,
}

/// The things worth knowing, in the order of the tour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// To tell what one sees.
    Tell,
    /// To tell what was earlier.
    TellLater,
    /// To raise a hypothesis.
    Suspect,
    /// To rule one out.
    RuleOut,
    /// To look at all of an item.
    Details,
    /// To take a change back.
    Undo,
    /// To say how bad it is or where it stands.
    Milestone,
    /// To add an action that somebody owns.
    Action,
    /// To search.
    Find,
    /// To look at the report.
    Report,
}

impl Step {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Tell,
        Self::TellLater,
        Self::Suspect,
        Self::RuleOut,
        Self::Details,
        Self::Undo,
        Self::Milestone,
        Self::Action,
        Self::Find,
        Self::Report,
    ];

    /// Whether it was done between these two.
    pub fn is_done(self, before: &Glimpse, now: &Glimpse) -> bool {
        match self {
            Self::Tell => now.entries.0 > before.entries.0,
            Self::TellLater => now.entries.1 > before.entries.1,
            // A verdict that is taken back raises nothing.
            Self::Suspect => now.hypotheses.0 > before.hypotheses.0 && now.retractions == before.retractions,
            Self::RuleOut => now.hypotheses.1 > before.hypotheses.1,
            Self::Details => now.shows_details && !before.shows_details,
            Self::Undo => now.retractions > before.retractions,
            // What is taken back was not said.
            Self::Milestone => now.standing != before.standing && now.retractions == before.retractions,
            Self::Action => now.owned_actions > before.owned_actions,
            Self::Find => now.shows_found && !before.shows_found,
            Self::Report => now.shows_report && !before.shows_report,
        }
    }

    /// What to do, with the keys there are; safe for a terminal.
    fn asks(self, keys: &Keymap) -> String {
        let key = |act, otherwise: &str| keys.key(act, stack::PROMPT).unwrap_or_else(|| otherwise.into());
        match self {
            Self::Tell => "Type what you see, and Enter: customers wait 30 s to pay".into(),
            Self::TellLater => "It began before: -5m first slow payment (or a time, as 10:42)".into(),
            Self::Suspect => "What may it be? ?database: slow since the deploy".into(),
            Self::RuleOut => "It was not that: /out database: its load is as always".into(),
            Self::Details => {
                format!(
                    "{} goes into the panes; there, Enter shows all of an item",
                    key(Act::NextPane, "A click")
                )
            }
            Self::Undo => "Esc is the way back. Take the last change back: /undo".into(),
            Self::Milestone => "Say how bad it is, or where it stands: /sev 2, or /resolved".into(),
            Self::Action => "What is to be done after? + alert on slow payments @nora".into(),
            Self::Find => {
                format!(
                    "{}, a word and Enter find it; Esc shows all again",
                    key(Act::Prefill(Prefill::Find), "/find")
                )
            }
            Self::Report => {
                format!(
                    "{}: the report has written itself, and says what it lacks",
                    key(Act::Report, "F9 (the report has no key here)")
                )
            }
        }
    }
}

/// How far somebody is on the tour.
#[derive(Clone, Debug)]
pub(super) struct Tour {
    /// How many steps are behind them.
    behind: usize,
    /// What was seen last.
    seen: Glimpse,
}

impl Tour {
    /// What to do next, and how far one is; safe for a terminal.
    pub(super) fn told(&self, keys: &Keymap) -> String {
        let Some(step) = Step::ALL.get(self.behind) else {
            let help = keys.hint(&[Act::Help], "all keys", stack::PROMPT);
            let leaves = keys.hint(&[Act::Quit], "leaves", stack::PROMPT);
            let told = "tour over: the room is yours, /export too; nothing is kept".to_owned();
            let all = [Some(told), help, Some("warroom man reads on".into()), leaves];
            return all.into_iter().flatten().collect::<Vec<_>>().join(" · ");
        };
        let skips = if keys.act(SKIP.into(), stack::PROMPT).is_none() { " · F9 skips" } else { "" };
        format!("{}/{} {}{skips}", self.behind + 1, Step::ALL.len(), step.asks(keys))
    }
}

/// Skips a step; no key of the room.
const SKIP: KeyCode = KeyCode::F(9);

impl Room {
    /// The same room, with the tour through it.
    #[must_use]
    pub fn with_tour(mut self) -> Self {
        self.state.tour = Some(Tour { behind: 0, seen: self.glimpse() });
        self
    }

    /// Skips a step where this is the key for it and the room has no use for it.
    pub(super) fn skips_step(&mut self, msg: &Msg) -> bool {
        let Msg::Key(key) = msg else { return false };
        let is_free = (key.code, key.modifiers) == (SKIP, KeyModifiers::NONE)
            && self.state.keys.act(*key, stack::PROMPT).is_none();
        let tour = self.state.tour.as_mut().filter(|tour| is_free && tour.behind < Step::ALL.len());
        tour.map(|tour| tour.behind += 1).is_some()
    }

    /// Looks at what was done, and goes on where that was the step.
    pub(super) fn follow_tour(&mut self) {
        if self.state.tour.is_none() {
            return;
        }
        let now = self.glimpse();
        let Some(tour) = &mut self.state.tour else { return };
        let is_done = Step::ALL.get(tour.behind).is_some_and(|step| step.is_done(&tour.seen, &now));
        tour.behind += usize::from(is_done);
        tour.seen = now;
    }

    fn glimpse(&self) -> Glimpse {
        let incident = self.session.incident();
        let told = incident.timeline.iter().filter(|entry| entry.kind.has_own_words());
        let later = told
            .clone()
            .filter(|entry| entry.at.instant().is_some_and(|at| entry.logged_at - at > AT_ONCE))
            .count();
        let out = |status: HypothesisStatus| status == HypothesisStatus::RuledOut;
        let overlay = self.state.overlay.as_ref().map(Overlay::word);
        let timeline = &self.state.timeline;
        Glimpse {
            entries: (told.count() - later, later),
            hypotheses: (
                incident.hypotheses.iter().filter(|hypothesis| !hypothesis.status.is_closed()).count(),
                incident.hypotheses.iter().filter(|hypothesis| out(hypothesis.status)).count(),
            ),
            shows_details: overlay == Some("details"),
            retractions: self.session.ledger().retractions().count(),
            standing: (incident.severity, incident.status),
            owned_actions: incident.actions.iter().filter(|action| action.owner.is_some()).count(),
            shows_found: timeline.find.is_some() && timeline.before_find.is_none(),
            shows_report: overlay == Some("report"),
        }
    }
}
