//! Times and spans as the room shows them, in the incident's zone and on its clock.

use chrono::TimeDelta;

use crate::model::at::Day;
pub(super) use crate::model::span;
use crate::model::{At, Clock, Face, Hypothesis, Incident, Inquiry, Instant, Moment, Precision};
use crate::session::clock::Steady;

/// What ages and time-boxes are counted by.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ages<'a> {
    /// What the wall shows.
    pub(super) now: Instant,
    /// What goes on when somebody sets the wall; none: things are looked at as they stood at `now`.
    pub(super) time: Option<&'a Steady>,
    /// How long a test may take for which nobody named a time-box, in minutes.
    pub(super) timebox: Option<u32>,
}

impl Ages<'_> {
    /// How long ago an instant was.
    pub(super) fn since(&self, at: Instant) -> TimeDelta {
        self.time.map_or_else(|| self.now - at, |time| time.since(at))
    }

    /// How much is left of the time-box of a hypothesis under test.
    pub(super) fn left(&self, hypothesis: &Hypothesis) -> Option<TimeDelta> {
        hypothesis.left(|at| self.since(at), self.timebox)
    }

    /// How the search for the cause stands.
    pub(super) fn inquiry<'a>(&self, incident: &'a Incident) -> Inquiry<'a> {
        Inquiry::of(incident, |at| self.since(at), self.timebox)
    }
}

/// A length of time that runs out, in minutes begun: `1m` until the last second.
pub(super) fn running_out(left: TimeDelta) -> String {
    span(TimeDelta::minutes((left.num_seconds() + 59).div_euclid(60)))
}

/// What is said where somebody has set the wall clock.
pub(super) fn set(by: TimeDelta) -> String {
    let (far, way) = (by.abs(), if by < TimeDelta::zero() { "back" } else { "forward" });
    let far = if far.num_minutes() == 0 { format!("{} s", far.num_seconds()) } else { span(far) };
    format!(
        "the clock of this machine was set {way} by {far}: what is counted here goes on as before, new entries have the new time"
    )
}

/// The columns of a time of day.
pub(super) fn width(clock: Clock) -> usize {
    match clock {
        Clock::H24 => "~15:04".len(),
        Clock::H12 => "~10:04 PM".len(),
    }
}

/// The time of day in the incident's zone; dashes where it is not known.
pub(super) fn of_day(incident: &Incident, at: &At) -> String {
    Face::of(incident).clock(at, Precision::Minute).unwrap_or_else(|| "--:--".into())
}

/// The same, with the day before it where that is not the day of `now`.
pub(super) fn of_day_near(incident: &Incident, at: &At, now: Instant) -> String {
    let (day, clock) = (day(incident, at), of_day(incident, at));
    if day == self::day(incident, &now.into()) { clock } else { format!("{day} {clock}") }
}

/// `Sun 2024-08-18`, or what is known of it.
pub(super) fn day(incident: &Incident, at: &At) -> String {
    match (Face::of(incident).date(at), at.day) {
        (Some(date), _) => date.format("%a %Y-%m-%d").to_string(),
        (None, Day::MonthDay(month, day)) => format!("--{month:02}-{day:02}"),
        (None, _) => "date not known".into(),
    }
}

/// `10:15 PDT`.
pub(super) fn zoned(incident: &Incident, at: Instant) -> String {
    wall(Face::of(incident), at)
}

/// `10:15 PDT` on a clock that is no incident's.
pub(super) fn wall(face: Face<'_>, at: Instant) -> String {
    face.labelled(&Moment::stamped(at))
}
