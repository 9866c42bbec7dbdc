//! The face of the clock: how times look in an incident's zone and clock style. One way for the room, the shell and the
//! report.

use chrono::{NaiveDate, NaiveTime, TimeDelta, Timelike as _};

use super::at::{Day, written_offset};
use super::{At, Clock, Incident, Instant, Moment, Precision, Zone};

/// A zone and a clock style to print times in.
#[derive(Clone, Copy, Debug)]
pub struct Face<'a> {
    zone: &'a Zone,
    style: Clock,
}

impl<'a> Face<'a> {
    /// Of a zone and a style.
    pub fn new(zone: &'a Zone, style: Clock) -> Self {
        Self { zone, style }
    }

    /// The incident's own.
    pub fn of(incident: &'a Incident) -> Self {
        Self { zone: &incident.zone, style: incident.clock }
    }

    /// The date in the zone; none where it is not known.
    pub fn date(&self, at: &At) -> Option<NaiveDate> {
        match (at.instant(), at.day) {
            (Some(instant), _) => Some(self.zone.at(instant).date_naive()),
            (None, Day::Full(date)) => Some(date),
            _ => None,
        }
    }

    /// The time of day without its zone: `10:15`, `3:04 PM`, `~10:40–10:55`; `no time` where it is not known.
    pub fn bare(&self, when: &Moment) -> String {
        let Some(time) = self.clock(&when.at, when.precision) else { return "no time".into() };
        let until = when.until.as_ref().and_then(|until| self.clock(until, when.precision));
        match (when.approximate, until) {
            (false, None) => time,
            (true, None) => format!("~{time}"),
            (false, Some(until)) => format!("{time}–{until}"),
            (true, Some(until)) => format!("~{time}–{until}"),
        }
    }

    /// The time of day with the label of its zone: `10:15 GMT`, `~3:04–3:20 PM PDT`.
    pub fn labelled(&self, when: &Moment) -> String {
        let label = self.label(when.until.as_ref().unwrap_or(&when.at));
        let mut told = self.bare(when);
        if let Some(label) = label {
            told.push(' ');
            told.push_str(&label);
        }
        told
    }

    /// Date, time of day and zone: `2024-08-18 10:15 AM PDT`, as far as they are known.
    pub fn full(&self, at: &At, precision: Precision) -> String {
        let date = match (self.date(at), at.day) {
            (Some(date), _) => Some(date.to_string()),
            (None, Day::MonthDay(month, day)) => Some(format!("--{month:02}-{day:02}")),
            _ => None,
        };
        let parts = [date, self.clock(at, precision), self.label(at)];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    /// An instant, with its date, to the minute.
    pub fn instant(&self, at: Instant) -> String {
        self.full(&at.into(), Precision::Minute)
    }

    /// The time of day with its zone, and the date before it where that is not the date of `now`.
    pub fn near(&self, when: &Moment, now: Instant) -> String {
        let clock = self.labelled(when);
        match self.date(&when.at) {
            Some(date) if Some(date) != self.date(&now.into()) => format!("{date} {clock}"),
            _ => clock,
        }
    }

    /// The label of the zone; of a time whose date is not known, the offset it came with.
    fn label(&self, at: &At) -> Option<String> {
        at.time?;
        let known = at.instant().map(|instant| self.zone.label_at(instant));
        known.or_else(|| at.offset.map(|o| written_offset(o).replace('Z', "UTC")))
    }

    /// The time of day, where it is known.
    pub fn clock(&self, at: &At, precision: Precision) -> Option<String> {
        let time: NaiveTime = match at.instant() {
            Some(instant) => self.zone.at(instant).time(),
            None => at.time?,
        };
        // Not by a format that is read again for each of a hundred thousand entries.
        let (hour, minute, second) = (time.hour(), time.minute(), time.second());
        let (is_pm, hour12) = time.hour12();
        let half = if is_pm { "PM" } else { "AM" };
        Some(match (self.style, precision) {
            (Clock::H24, Precision::Second) => format!("{hour:02}:{minute:02}:{second:02}"),
            (Clock::H24, _) => format!("{hour:02}:{minute:02}"),
            (Clock::H12, Precision::Second) => format!("{hour12}:{minute:02}:{second:02} {half}"),
            (Clock::H12, _) => format!("{hour12}:{minute:02} {half}"),
        })
    }
}

/// A length of time: `30 minutes`, `1 h 45 min (105 minutes)`.
pub fn length(minutes: i64) -> String {
    match (minutes / 60, minutes % 60) {
        (0, 0) => "less than a minute".into(),
        (0, 1) => "1 minute".into(),
        (0, _) => format!("{minutes} minutes"),
        _ => format!("{} ({minutes} minutes)", short_length(minutes)),
    }
}

/// The same in short: `30 min`, `1 h 45 min`.
pub fn short_length(minutes: i64) -> String {
    match (minutes / 60, minutes % 60) {
        (0, 0) => length(minutes),
        (0, rest) => format!("{rest} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, rest) => format!("{hours} h {rest} min"),
    }
}

/// How long a command took: `12 ms`, `1.3 s`, `42 s`, `3 min 4 s`, `1 h 2 min`.
pub fn took(span: TimeDelta) -> String {
    let ms = span.num_milliseconds().max(0);
    match ms {
        0..1_000 => format!("{ms} ms"),
        1_000..10_000 => format!("{}.{} s", ms / 1_000, ms % 1_000 / 100),
        10_000..60_000 => format!("{} s", ms / 1_000),
        60_000..3_600_000 => format!("{} min {} s", ms / 60_000, ms / 1_000 % 60),
        _ => short_length(span.num_minutes()),
    }
}

/// A length of time in short: `0m`, `42m`, `1h 05m`, `3d 4h`.
pub fn span(span: TimeDelta) -> String {
    let minutes = span.num_minutes().max(0);
    match (minutes / 1440, minutes / 60 % 24, minutes % 60) {
        (0, 0, minutes) => format!("{minutes}m"),
        (0, hours, minutes) => format!("{hours}h {minutes:02}m"),
        (days, hours, _) => format!("{days}d {hours}h"),
    }
}
