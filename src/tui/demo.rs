//! An outage of our own making, typed into a real room line by line: by the same keys as a person's, as the clock of the
//! room goes on. Whoever presses a key of their own has the room to themselves.

use std::fmt;
use std::sync::Arc;

use chrono::TimeDelta;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::keymap::{Act, Keymap, stack};
use super::msg::Msg;
use super::replaying::SPEEDS;
use super::room::Room;
use crate::model::Instant;
use crate::session::clock::{Clock as _, Paced};

/// What the incident is called.
pub const TITLE: &str = "Checkout is slow";

/// When each line is sent, as minutes and seconds since the room was opened, and the line.
pub const SCRIPT: &str = include_str!("../../assets/demo.txt");

/// How long the outage takes from the first look at it, in minutes.
pub const MINUTES: i64 = 45;

/// Its place among the speeds: 60 times as fast as it was.
const BEGINS_AT: usize = 2;

/// A line of the script.
#[derive(Clone, Debug)]
struct Cue {
    /// When it is sent.
    at: Instant,
    letters: Vec<char>,
}

/// What became of the outage that is played.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Playing,
    Paused,
    TakenOver,
    Over,
}

/// An outage that is played in a room.
pub struct Demo {
    clock: Arc<Paced>,
    cues: Vec<Cue>,
    /// When it ends.
    end: Instant,
    /// The line that comes next, and how many of its letters stand in the prompt.
    next: usize,
    typed: usize,
    /// Its place among the speeds.
    speed: usize,
    stage: Stage,
}

impl fmt::Debug for Demo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Demo").field("next", &self.next).field("stage", &self.stage).finish_non_exhaustive()
    }
}

impl Demo {
    /// Begins the outage at what this clock shows, which is that of the room's session.
    pub fn new(clock: Arc<Paced>) -> Self {
        let begin = clock.now();
        let cues = SCRIPT.lines().filter_map(|line| {
            let (at, line) = line.split_once(' ')?;
            let (minutes, seconds) = at.split_once(':')?;
            let at =
                begin + TimeDelta::minutes(minutes.parse().ok()?) + TimeDelta::seconds(seconds.parse().ok()?);
            Some(Cue { at, letters: line.chars().collect() })
        });
        let cues = cues.collect();
        clock.go_at(SPEEDS[BEGINS_AT]);
        let end = begin + TimeDelta::minutes(MINUTES);
        Self { clock, cues, end, next: 0, typed: 0, speed: BEGINS_AT, stage: Stage::Playing }
    }

    /// What is to be known of it, and its keys; safe for a terminal.
    pub(super) fn told(&self, keys: &Keymap) -> String {
        let speed = SPEEDS[self.speed];
        let told = match self.stage {
            Stage::Playing => format!("demo {speed}x · Space pauses · < > speed · Esc takes over"),
            Stage::Paused => "demo paused · Space plays on · → next line · Esc takes over".into(),
            Stage::TakenOver => "demo: the room is yours, nothing of it is kept".into(),
            Stage::Over => "demo over: the room is yours, nothing of it is kept".into(),
        };
        let leaves = keys.hint(&[Act::Quit], "leaves", stack::PROMPT);
        leaves.map_or(told.clone(), |leaves| format!("{told} · {leaves}"))
    }

    fn is_on(&self) -> bool {
        matches!(self.stage, Stage::Playing | Stage::Paused)
    }

    fn turn_to(&mut self, speed: usize) {
        self.speed = speed.min(SPEEDS.len() - 1);
        if self.stage == Stage::Playing {
            self.clock.go_at(SPEEDS[self.speed]);
        }
    }

    fn pause_or_go_on(&mut self) {
        let is_playing = self.stage == Stage::Playing;
        self.stage = if is_playing { Stage::Paused } else { Stage::Playing };
        self.clock.go_at(if is_playing { 0 } else { SPEEDS[self.speed] });
    }

    /// Leaves the room to the person: time goes on as it does.
    fn leave(&mut self, stage: Stage) {
        self.stage = stage;
        self.clock.go_at(1);
    }

    /// What is to be typed by now: of a line a letter a second, so that all of it stands there when it is sent. None: nothing.
    fn due(&mut self) -> Option<KeyCode> {
        let (cue, now) = (self.cues.get(self.next)?, self.clock.now());
        if let Some(letter) = cue.letters.get(self.typed) {
            let left = i64::try_from(cue.letters.len() - self.typed).unwrap_or(i64::MAX);
            let is_due = (cue.at - now).num_seconds() < left;
            self.typed += usize::from(is_due);
            return is_due.then_some(KeyCode::Char(*letter));
        }
        let is_due = now >= cue.at;
        if is_due {
            (self.next, self.typed) = (self.next + 1, 0);
        }
        is_due.then_some(KeyCode::Enter)
    }
}

impl Room {
    /// The same room, in which an outage is played; its session goes by the same clock.
    #[must_use]
    pub fn with_demo(mut self, demo: Demo) -> Self {
        self.state.demo = Some(demo);
        self
    }

    /// Whether an outage is being played.
    pub(super) fn is_demo_playing(&self) -> bool {
        self.state.demo.as_ref().is_some_and(|demo| demo.stage == Stage::Playing)
    }

    /// Types what is due by now; whether that was anything.
    pub(super) fn play_demo(&mut self) -> bool {
        if !self.is_demo_playing() {
            return false;
        }
        self.type_due()
    }

    fn type_due(&mut self) -> bool {
        let mut was_typed = false;
        while let Some(code) = self.state.demo.as_mut().and_then(Demo::due) {
            // What a line is, it is: nothing leads out of the room.
            self.key(KeyEvent::from(code));
            was_typed = true;
        }
        let is_over =
            |demo: &Demo| demo.is_on() && demo.next == demo.cues.len() && demo.clock.now() >= demo.end;
        if let Some(demo) = self.state.demo.as_mut().filter(|demo| is_over(demo)) {
            demo.leave(Stage::Over);
            self.open_report();
            return true;
        }
        was_typed
    }

    /// Takes what was done for what is played; false where it is the room's. Any key but those of the demo and those that leave the
    /// room as it is takes the room over.
    pub(super) fn takes_for_demo(&mut self, msg: &Msg) -> bool {
        let key = match msg {
            Msg::Key(key) => *key,
            Msg::Paste(_) | Msg::Click(_) => {
                self.take_over_demo();
                return false;
            }
            Msg::Wheel { .. } | Msg::Nothing => return false,
        };
        let leaves_as_it_is =
            matches!(self.state.keys.act(key, stack::PROMPT), Some(Act::Quit | Act::Redraw | Act::Suspend));
        let Some(demo) = self.state.demo.as_mut().filter(|demo| demo.is_on() && !leaves_as_it_is) else {
            return false;
        };
        if key.modifiers.difference(KeyModifiers::SHIFT).is_empty() {
            match key.code {
                KeyCode::Char(' ') => demo.pause_or_go_on(),
                KeyCode::Char('<') => demo.turn_to(demo.speed.saturating_sub(1)),
                KeyCode::Char('>') => demo.turn_to(demo.speed + 1),
                KeyCode::Right => {
                    let next = demo.cues.get(demo.next).map_or(demo.end, |cue| cue.at);
                    demo.clock.go_to(next);
                    self.type_due();
                }
                code => {
                    self.take_over_demo();
                    return code == KeyCode::Esc;
                }
            }
            return true;
        }
        self.take_over_demo();
        false
    }

    /// Leaves the room to the person, with an empty line; where nothing is played, all stays as it is.
    fn take_over_demo(&mut self) {
        let Some(demo) = self.state.demo.as_mut().filter(|demo| demo.is_on()) else { return };
        demo.leave(Stage::TakenOver);
        if demo.typed > 0 {
            let line = self.state.prompt.text();
            self.state.prompt.replace(0..line.len(), "");
            self.edited();
        }
    }
}
