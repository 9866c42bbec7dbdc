//! Times and spans as the room shows them, in the incident's zone and on its clock.

use chrono::{NaiveTime, TimeDelta};

use crate::model::at::Day;
use crate::model::{At, Clock, Incident, Instant, Moment};

/// The columns of a time of day.
pub(super) fn width(clock: Clock) -> usize {
    match clock {
        Clock::H24 => "~15:04".len(),
        Clock::H12 => "~10:04 PM".len(),
    }
}

/// The time of day in the incident's zone; blanks where it is not known.
pub(super) fn of_day(incident: &Incident, at: &At) -> String {
    let local = at.instant().map(|at| incident.zone.at(at).time());
    local.or(at.time).map_or_else(|| "--:--".into(), |time| on(incident.clock, time))
}

/// `Sun 2024-08-18`, or what is known of it.
pub(super) fn day(incident: &Incident, at: &At) -> String {
    match (at.instant(), at.day) {
        (Some(at), _) => incident.zone.at(at).format("%a %Y-%m-%d").to_string(),
        (None, Day::Full(date)) => date.format("%a %Y-%m-%d").to_string(),
        (None, Day::MonthDay(month, day)) => format!("--{month:02}-{day:02}"),
        (None, Day::Unknown) => "date not known".into(),
    }
}

/// `10:15 PDT`.
pub(super) fn zoned(incident: &Incident, at: Instant) -> String {
    format!("{} {}", on(incident.clock, incident.zone.at(at).time()), incident.zone.label_at(at))
}

/// `10:15 PDT`, with the date before it when that is not today's.
pub(super) fn full(incident: &Incident, when: &Moment, now: Instant) -> String {
    let about = if when.approximate { "~" } else { "" };
    let until = when.until.map(|until| format!("–{}", of_day(incident, &until))).unwrap_or_default();
    let Some(at) = when.at.instant() else {
        return format!("{about}{} {}{until}", day(incident, &when.at), of_day(incident, &when.at));
    };
    let local = incident.zone.at(at);
    let date = if local.date_naive() == incident.zone.at(now).date_naive() {
        String::new()
    } else {
        local.format("%Y-%m-%d ").to_string()
    };
    let time = on(incident.clock, local.time());
    format!("{about}{date}{time}{until} {}", incident.zone.label_at(at))
}

/// `0m`, `42m`, `1h 05m`, `3d 4h`.
pub(super) fn span(span: TimeDelta) -> String {
    let minutes = span.num_minutes().max(0);
    match (minutes / 1440, minutes / 60 % 24, minutes % 60) {
        (0, 0, minutes) => format!("{minutes}m"),
        (0, hours, minutes) => format!("{hours}h {minutes:02}m"),
        (days, hours, _) => format!("{days}d {hours}h"),
    }
}

fn on(clock: Clock, time: NaiveTime) -> String {
    let form = match clock {
        Clock::H24 => "%H:%M",
        Clock::H12 => "%-I:%M %p",
    };
    time.format(form).to_string()
}
