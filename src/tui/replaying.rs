//! The replay in the room: every pane shows the incident as it stood, and time goes where the keys say. Nothing can be
//! done to the past: a line that is sent is logged now, and ends the replay.

use chrono::TimeDelta;

use super::keymap::Move;
use super::room::{Effect, Room};
use super::sheet::Anchor;
use super::state::{Said, Tone};
use super::times;
use crate::log::Replay;
use crate::log::words::Teller;
use crate::model::{Id, Incident, Instant};

/// How many times faster than it was it is played.
pub(super) const SPEEDS: [i32; 4] = [1, 10, 60, 600];

/// The incident as it stood earlier.
#[derive(Clone, Debug)]
pub(super) struct Replaying {
    replay: Replay,
    /// Where in the timeline the person was before.
    before: (Anchor, Option<Id>),
    /// While it is played: what the wall showed when that was taken in last.
    playing: Option<Instant>,
    /// Its place among the speeds.
    speed: usize,
}

impl Replaying {
    /// The moment that is shown.
    pub(super) fn at(&self) -> Instant {
        self.replay.at()
    }

    /// What is told of it beside the moment, the more important first; safe for a terminal.
    pub(super) fn told(&self) -> [String; 2] {
        let (done, all) = self.replay.progress();
        let speed = SPEEDS[self.speed];
        let how = match (self.playing, self.replay.is_at_end()) {
            (Some(_), _) => "playing",
            (None, true) => "at the end",
            (None, false) => "paused",
        };
        [format!("{how} {speed}x"), format!("change {done} of {all}")]
    }
}

impl Room {
    /// The incident as it is shown: as it stands, or as it stood at the moment of the replay.
    pub(super) fn incident(&self) -> &Incident {
        self.state.replaying.as_ref().map_or(self.session.incident(), |past| past.replay.incident())
    }

    /// What is now for what is shown.
    pub(super) fn moment(&self) -> Instant {
        self.state.replaying.as_ref().map_or(self.session.now(), Replaying::at)
    }

    /// What the changes that are shown are told from.
    pub(super) fn teller(&self) -> Teller<'_> {
        match &self.state.replaying {
            Some(past) => {
                Teller { incident: past.replay.incident(), ledger: past.replay.ledger(), now: past.at() }
            }
            None => self.session.teller(),
        }
    }

    /// Shows the incident as it stood at this time; from its beginning where none is said.
    pub(super) fn replay(&mut self, at: Option<Instant>) -> Effect {
        self.state.prompt.set_aside();
        if self.state.replaying.is_none() {
            let Some(replay) = Replay::of(self.session.ledger()) else { return Effect::None };
            let timeline = &mut self.state.timeline;
            let before = (timeline.anchor, timeline.selected);
            (timeline.anchor, timeline.selected) = (Anchor::End, None);
            self.state.replaying = Some(Replaying { replay, before, playing: None, speed: 0 });
        }
        if let (Some(past), Some(at)) = (&mut self.state.replaying, at) {
            past.replay.go_to(at, self.session.ledger());
        }
        Effect::None
    }

    /// Back to the incident as it stands; whether it was not shown.
    pub(super) fn end_replay(&mut self) -> bool {
        let Some(past) = self.state.replaying.take() else { return false };
        let timeline = &mut self.state.timeline;
        (timeline.anchor, timeline.selected) = past.before;
        // An overlay that shows the past is of no use any more.
        (self.state.overlay, self.state.details) = (None, None);
        true
    }

    /// What a key does to the replay.
    pub(super) fn move_replay(&mut self, to: Move) {
        let now = self.session.now();
        let Some(past) = &mut self.state.replaying else { return };
        let ledger = self.session.ledger();
        let by = |minutes| past.replay.at() + TimeDelta::minutes(minutes);
        match to {
            Move::Play => {
                past.playing =
                    if past.playing.is_some() || past.replay.is_at_end() { None } else { Some(now) };
                return;
            }
            Move::Slower => past.speed = past.speed.saturating_sub(1),
            Move::Faster => past.speed = (past.speed + 1).min(SPEEDS.len() - 1),
            Move::Back => past.replay.back(ledger),
            Move::Forward => past.replay.forward(ledger),
            Move::MinuteBack => past.replay.go_to(by(-1), ledger),
            Move::MinuteForward => past.replay.go_to(by(1), ledger),
            Move::TenBack => past.replay.go_to(by(-10), ledger),
            Move::TenForward => past.replay.go_to(by(10), ledger),
            Move::First => past.replay.go_to(Instant::MIN_UTC, ledger),
            Move::Last => past.replay.go_to(Instant::MAX_UTC, ledger),
        }
        // What comes is seen as it comes.
        self.state.timeline.anchor = Anchor::End;
    }

    /// Goes on with what is played, and takes in what has changed meanwhile.
    pub(super) fn play_on(&mut self) {
        let now = self.session.now();
        let Some(past) = &mut self.state.replaying else { return };
        past.replay.follow(self.session.ledger());
        let Some(since) = past.playing else { return };
        // A clock that was set back stands still for a moment.
        let passed = (now - since).max(TimeDelta::zero());
        let ahead = passed.checked_mul(SPEEDS[past.speed]).unwrap_or(TimeDelta::zero());
        let at = past.replay.at().checked_add_signed(ahead).unwrap_or(Instant::MAX_UTC);
        past.replay.go_to(at, self.session.ledger());
        past.playing = (!past.replay.is_at_end()).then_some(now);
    }

    /// Whether time goes by in what is shown.
    pub(super) fn is_playing(&self) -> bool {
        self.state.replaying.as_ref().is_some_and(|past| past.playing.is_some())
    }

    /// Says that a line was logged now, where the past was shown when it was sent.
    pub(super) fn say_it_is_now(&mut self) {
        let clock = times::zoned(self.session.incident(), self.session.now());
        let words = format!("logged now, at {clock}, not in the past; the replay has ended");
        let words = match self.state.said.take() {
            Some(said) if said.tone == Tone::Good => format!("{} · {words}", said.words),
            _ => words,
        };
        self.state.said = Some(Said::new(Tone::Good, words));
    }
}
