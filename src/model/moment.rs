//! When something happened: a point in time, how precisely it is known, and the words it was given in.

use chrono::{DurationRound, TimeDelta};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{At, Instant};
use crate::text::Raw;

/// How precisely a time is known, or which part of it is not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Precision {
    /// Stamped by the program.
    Millisecond,
    /// Given with seconds.
    Second,
    /// Given to the minute, as people do.
    #[default]
    Minute,
    /// Given to the hour (`10am`).
    Hour,
    /// Only the date is known.
    Day,
    /// The year is not known.
    YearUnknown,
    /// The date is not known.
    DateUnknown,
    /// The zone is not known.
    ZoneUnknown,
}

/// When something happened. `until` makes it a range; `as_written` keeps the words it was given in.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Moment {
    /// The point in time, or where the range begins.
    pub at: At,
    /// Where the range ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<At>,
    /// How precisely it is known.
    #[serde(default)]
    pub precision: Precision,
    /// Given as "about".
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub approximate: bool,
    /// The words it was given in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_written: Option<Raw>,
}

impl Moment {
    /// The last millisecond of what was named: of the second, where one was written, else of the minute. None where the
    /// date or the zone is not known.
    pub fn last(&self) -> Option<Instant> {
        let at = self.at.instant()?;
        let unit = match self.precision {
            Precision::Millisecond => return Some(at),
            Precision::Second => TimeDelta::seconds(1),
            _ => TimeDelta::minutes(1),
        };
        Some(at.duration_trunc(unit).unwrap_or(at) + unit - TimeDelta::milliseconds(1))
    }

    /// A moment of which only the point in time is kept, told to the minute.
    pub fn to_the_minute(at: At) -> Self {
        Self { at, until: None, precision: Precision::Minute, approximate: false, as_written: None }
    }

    /// The moment at which the program itself stamped something.
    pub fn stamped(at: Instant) -> Self {
        Self {
            at: at.into(),
            until: None,
            precision: Precision::Millisecond,
            approximate: false,
            as_written: None,
        }
    }
}
