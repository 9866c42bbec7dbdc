//! A point in time as far as it is known: RFC 3339 where all is known, the known part of it where the date, the year,
//! the time of day or the zone is not.

use std::fmt::{self, Write as _};
use std::str::FromStr;

use chrono::{
    DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Offset, SecondsFormat, TimeZone,
    Timelike, Utc,
};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Instant, Zone};
use crate::text::read_str;

/// What is known of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Day {
    /// Nothing.
    Unknown,
    /// Month and day, not the year.
    MonthDay(u32, u32),
    /// All of it.
    Full(NaiveDate),
}

/// A point in time as far as it is known. Written as RFC 3339, or as the known part of it: `T08:30:00Z` without a date,
/// `2023-08-10T12:00:00` without a zone, `2022-06-02` without a time, `--04-17T10:00:00Z` without a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct At {
    /// The date, in the zone of `offset`.
    pub day: Day,
    /// The time of day.
    pub time: Option<NaiveTime>,
    /// The offset from UTC.
    pub offset: Option<FixedOffset>,
}

impl At {
    /// A point in time of which everything is known, to the millisecond.
    pub fn known<Z: TimeZone>(at: &DateTime<Z>) -> Self {
        // Local mean time has seconds in its offset, which RFC 3339 cannot write: the instant counts.
        let minutes = at.offset().fix().local_minus_utc() / 60;
        let offset = FixedOffset::east_opt(minutes * 60).unwrap_or_else(|| Utc.fix());
        let local = at.with_timezone(&offset).naive_local();
        Self { day: Day::Full(local.date()), time: Some(to_the_ms(local.time())), offset: Some(offset) }
    }

    /// The instant, where date, time and zone are known.
    pub fn instant(&self) -> Option<Instant> {
        let (Day::Full(date), Some(time), Some(offset)) = (self.day, self.time, self.offset) else {
            return None;
        };
        offset.from_local_datetime(&date.and_time(time)).single().map(|at| at.with_timezone(&Utc))
    }

    /// The same in this zone, where only its zone was not known. A time that daylight saving repeats is the earlier one.
    pub fn zoned(&self, zone: &Zone) -> Option<Self> {
        let (Day::Full(date), Some(time), None) = (self.day, self.time, self.offset) else { return None };
        zone.instants(date.and_time(time)).earliest().map(|at| Self::known(&at))
    }

    /// About which instant it is, if its zone is this one where it is not known, and the day begins at midnight.
    pub fn about(&self, zone: &Zone) -> Option<Instant> {
        let Day::Full(date) = self.day else { return None };
        let midnight =
            Self { day: Day::Full(date), time: Some(self.time.unwrap_or_default()), offset: self.offset };
        midnight.instant().or_else(|| midnight.zoned(zone)?.instant())
    }

    /// Milliseconds since 1970 UTC for sorting; what is not known counts as the first of its kind (UTC, midnight, 1970).
    pub fn sort_key(&self) -> i64 {
        let date = match self.day {
            Day::Full(date) => date,
            Day::MonthDay(month, day) => NaiveDate::from_ymd_opt(1972, month, day).unwrap_or_default(),
            Day::Unknown => NaiveDate::default(),
        };
        let local: NaiveDateTime = date.and_time(self.time.unwrap_or_default());
        let offset = self.offset.map_or(0, |o| i64::from(o.local_minus_utc()));
        local.and_utc().timestamp_millis() - offset * 1_000
    }
}

impl From<Instant> for At {
    fn from(at: Instant) -> Self {
        Self::known(&at)
    }
}

impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.day {
            Day::Unknown => {}
            Day::MonthDay(month, day) => write!(f, "--{month:02}-{day:02}")?,
            Day::Full(date) => write!(f, "{:04}-{:02}-{:02}", date.year(), date.month(), date.day())?,
        }
        if let Some(time) = self.time {
            write!(f, "T{:02}:{:02}:{:02}", time.hour(), time.minute(), time.second())?;
            let ms = time.nanosecond() / 1_000_000;
            if ms > 0 {
                write!(f, ".{ms:03}")?;
            }
            if let Some(offset) = self.offset {
                f.write_str(&written_offset(offset))?;
            }
        }
        Ok(())
    }
}

/// A time of day as it is written: no finer than milliseconds, and no leap second.
fn to_the_ms(time: NaiveTime) -> NaiveTime {
    time.with_nanosecond(time.nanosecond() / 1_000_000 % 1_000 * 1_000_000).unwrap_or(time)
}

/// An offset as RFC 3339 writes it: `Z` or `-07:00`.
pub fn written_offset(offset: FixedOffset) -> String {
    if offset.local_minus_utc() == 0 {
        return "Z".into();
    }
    let minutes = offset.local_minus_utc() / 60;
    let mut out = String::new();
    let sign = if minutes < 0 { '-' } else { '+' };
    // Writing to a String cannot fail.
    let _ = write!(out, "{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60);
    out
}

/// Reads `Z`, `+03:00` or `-0700`: an offset of at most 14 hours, as in the world's zones.
pub fn read_offset(text: &str) -> Option<FixedOffset> {
    if text == "Z" {
        return FixedOffset::east_opt(0);
    }
    let (sign, rest) = match text.as_bytes().first()? {
        b'+' => (1, &text[1..]),
        b'-' => (-1, &text[1..]),
        _ => return None,
    };
    let digits: String = rest.chars().filter(|c| *c != ':').collect();
    let shape = rest.len() == 4 || (rest.len() == 5 && rest.as_bytes()[2] == b':');
    if !shape || digits.len() != 4 || !digits.bytes().all(|c| c.is_ascii_digit()) {
        return None;
    }
    let (hours, minutes): (i32, i32) = (digits[..2].parse().ok()?, digits[2..].parse().ok()?);
    let fits = minutes < 60 && hours * 60 + minutes <= 14 * 60;
    FixedOffset::east_opt(sign * (hours * 3600 + minutes * 60)).filter(|_| fits)
}

/// Not an RFC 3339 time, nor the known part of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an RFC 3339 time, nor the known part of one")]
pub struct BadAt;

impl FromStr for At {
    type Err = BadAt;

    fn from_str(s: &str) -> Result<Self, BadAt> {
        if let Ok(at) = DateTime::parse_from_rfc3339(s) {
            return Ok(Self::known(&at));
        }
        let (date, time) = match s.split_once('T') {
            Some((date, time)) => (date, Some(time)),
            None => (s, None),
        };
        let day = if date.is_empty() {
            Day::Unknown
        } else if let Some(known) = date.strip_prefix("--") {
            let full = NaiveDate::parse_from_str(&format!("1972-{known}"), "%Y-%m-%d").map_err(|_| BadAt)?;
            Day::MonthDay(full.month(), full.day())
        } else {
            let full = NaiveDate::parse_from_str(date, "%Y-%m-%d").map_err(|_| BadAt)?;
            // Four digits, as RFC 3339 has it.
            Day::Full(Some(full).filter(|full| (0..=9999).contains(&full.year())).ok_or(BadAt)?)
        };
        let Some(time) = time else {
            let known = !matches!(day, Day::Unknown);
            return known.then_some(Self { day, time: None, offset: None }).ok_or(BadAt);
        };
        let clock = time.find(['Z', '+', '-']).map_or(time, |at| &time[..at]);
        let offset = &time[clock.len()..];
        let offset = if offset.is_empty() { None } else { Some(read_offset(offset).ok_or(BadAt)?) };
        let time = NaiveTime::parse_from_str(clock, "%H:%M:%S%.f").map_err(|_| BadAt)?;
        Ok(Self { day, time: Some(to_the_ms(time)), offset })
    }
}

impl Serialize for At {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for At {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        read_str(from, str::parse)
    }
}

/// An instant as the files hold it: RFC 3339 in UTC, to the millisecond where it has any.
pub mod instant {
    use super::{Instant, SecondsFormat, Timelike};
    use serde::{Deserialize, Deserializer, Serializer};

    /// Writes the instant.
    pub fn serialize<S: Serializer>(at: &Instant, to: S) -> Result<S::Ok, S::Error> {
        let format = if at.nanosecond() == 0 { SecondsFormat::Secs } else { SecondsFormat::Millis };
        to.serialize_str(&at.to_rfc3339_opts(format, true))
    }

    /// Reads it again.
    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Instant, D::Error> {
        Instant::deserialize(from)
    }
}

/// Describes a type that is written as a string to the JSON Schema.
macro_rules! string_schema {
    ($type:ty, $description:expr) => {
        impl schemars::JsonSchema for $type {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($type).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "type": "string", "description": $description })
            }
        }
    };
}
pub(crate) use string_schema;

string_schema!(
    At,
    "RFC 3339 with an offset; what is not known is left out: T08:30:00Z, 2023-08-10T12:00:00, 2022-06-02, --04-17T10:00:00Z"
);
