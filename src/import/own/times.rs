//! Times as our own reports print them.

use chrono::{Days, MappedLocalTime, NaiveDate, NaiveTime};

use crate::model::at::{Day, read_offset};
use crate::model::{At, Clock, Instant, Moment, Precision, Zone};

/// The zone that the times of a report are printed in.
#[derive(Clone, Debug, Default)]
pub(super) struct Times {
    pub zone: Zone,
}

/// A time of day as printed.
struct Printed<'a> {
    time: NaiveTime,
    precision: Precision,
    /// What follows it: the label of its zone.
    rest: &'a str,
}

impl Times {
    /// A time of the timeline: `10:15 UTC`, `~3:04 PM–3:20 PM PDT`, `no time`.
    pub fn row(&self, text: &str, day: Day) -> Option<Moment> {
        if text == "no time" {
            let at = At { day, time: None, offset: None };
            let known = !matches!(day, Day::Unknown);
            return known.then(|| Moment { precision: Precision::Day, ..Moment::to_the_minute(at) });
        }
        let (approximate, text) = text.strip_prefix('~').map_or((false, text), |rest| (true, rest));
        let (from, until) = text.split_once('–').map_or((text, None), |(from, until)| (from, Some(until)));
        let begins = printed(from)?;
        let ends = until.map(printed);
        let label = match &ends {
            None => begins.rest,
            Some(ends) if begins.rest.is_empty() => ends.as_ref()?.rest,
            Some(_) => return None,
        };
        let at = self.at(day, begins.time, label)?;
        let until = match ends.flatten() {
            None => None,
            Some(ends) => {
                let day = if ends.time < begins.time { next(day) } else { day };
                Some(self.at(day, ends.time, label)?)
            }
        };
        let precision = known_of(&at, begins.precision);
        Some(Moment { at, until, precision, approximate, as_written: None })
    }

    /// Date, time of day and zone, as far as they are printed: `2024-08-18 10:15 AM PDT`.
    pub fn full(&self, text: &str) -> Option<Moment> {
        let (date, rest) = text.split_once(' ').unwrap_or((text, ""));
        let day = match date.strip_prefix("--") {
            Some(known) => {
                let (month, day) = known.split_once('-')?;
                Day::MonthDay(month.parse().ok()?, day.parse().ok()?)
            }
            None => date.parse::<NaiveDate>().map_or(Day::Unknown, Day::Full),
        };
        let rest = if day == Day::Unknown { text } else { rest };
        if rest.is_empty() {
            let at = At { day, time: None, offset: None };
            return Some(Moment { precision: Precision::Day, ..Moment::to_the_minute(at) });
        }
        let Printed { time, precision, rest: label, .. } = printed(rest)?;
        let at = self.at(day, time, label)?;
        Some(Moment { precision: known_of(&at, precision), ..Moment::to_the_minute(at) })
    }

    /// A point in time that a clock showed.
    fn at(&self, day: Day, time: NaiveTime, label: &str) -> Option<At> {
        if label.is_empty() {
            return Some(At { day, time: Some(time), offset: None });
        }
        let Day::Full(date) = day else {
            let offset = read_offset(if label == "UTC" { "Z" } else { label })?;
            return Some(At { day, time: Some(time), offset: Some(offset) });
        };
        let local = date.and_time(time);
        let called = |at: &Instant| self.zone.label_at(*at) == label;
        let own: Vec<Instant> = match self.zone.instants(local) {
            MappedLocalTime::Single(at) => vec![at.to_utc()],
            MappedLocalTime::Ambiguous(one, other) => vec![one.to_utc(), other.to_utc()],
            MappedLocalTime::None => Vec::new(),
        };
        if let Some(at) = own.into_iter().find(called) {
            return Some(At::known(&self.zone.at(at)));
        }
        // Somebody has written another zone there.
        let zone = Zone::read_after_time(label, Some((&self.zone, local.and_utc())))?.ok()?;
        let at = zone.instants(local).earliest()?;
        Some(At::known(&at))
    }
}

/// Which zone a report is printed in, where it has no line that says so: that of the first label.
pub(super) fn zone_of(times: &[&str]) -> Option<Zone> {
    times.iter().find_map(|text| {
        let text = text.rsplit('–').next().unwrap_or(text).trim_start_matches('~');
        let text = text.split_once(' ').filter(|(date, _)| date.len() == 10).map_or(text, |(_, rest)| rest);
        let label = printed(text)?.rest;
        Zone::read_after_time(label, None)?.ok()
    })
}

/// How a report writes times of day.
pub(super) fn clock_of(times: &[&str]) -> Clock {
    let twelve = |text: &&str| {
        let words: Vec<&str> = text.split([' ', '–']).collect();
        words.iter().any(|word| matches!(*word, "AM" | "PM"))
    };
    if times.iter().any(twelve) { Clock::H12 } else { Clock::H24 }
}

/// How precisely a time is known that is printed to the minute or to the second: what is not known of it counts more.
fn known_of(at: &At, precision: Precision) -> Precision {
    match (at.day, at.offset) {
        (Day::Unknown, _) => Precision::DateUnknown,
        (Day::MonthDay(..), _) => Precision::YearUnknown,
        (Day::Full(_), None) => Precision::ZoneUnknown,
        (Day::Full(_), Some(_)) => precision,
    }
}

fn next(day: Day) -> Day {
    match day {
        Day::Full(date) => date.checked_add_days(Days::new(1)).map_or(day, Day::Full),
        other => other,
    }
}

/// The time of day that a text begins with.
fn printed(text: &str) -> Option<Printed<'_>> {
    let (digits, rest) = text.split_once(' ').unwrap_or((text, ""));
    let precision = match digits.matches(':').count() {
        1 => Precision::Minute,
        2 => Precision::Second,
        _ => return None,
    };
    if !digits.bytes().all(|c| c.is_ascii_digit() || c == b':') {
        return None;
    }
    let (half, after) = rest.split_once(' ').unwrap_or((rest, ""));
    let (written, pattern, rest) = match half {
        "AM" | "PM" => (format!("{digits} {half}"), "%I:%M:%S %p", after),
        _ => (digits.to_owned(), "%H:%M:%S", rest),
    };
    let written = if precision == Precision::Minute {
        written.replacen(digits, &format!("{digits}:00"), 1)
    } else {
        written
    };
    let time = NaiveTime::parse_from_str(&written, pattern).ok()?;
    Some(Printed { time, precision, rest })
}
