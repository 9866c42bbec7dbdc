//! Times and spans as the room shows them, in the incident's zone and on its clock.

use crate::model::at::Day;
pub(super) use crate::model::span;
use crate::model::{At, Clock, Face, Incident, Instant, Moment, Precision};

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
