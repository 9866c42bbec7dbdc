//! Ids: the stamp of the record that created a thing, which is also the record's place in the order of all records.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::text::read_str;

/// The last millisecond of the year 9999: beyond it a time can no longer be written in RFC 3339.
const LAST_MS: u64 = 253_402_300_799_999;

/// Who wrote a record: random for each opening of an incident by each process. Eight characters of `a-z 0-9`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Writer([u8; 8]);

impl Writer {
    const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
    /// All that may stand in a name.
    const PLACES: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";

    /// A writer's name from random bits: 40 of them, so that two openings of one incident do not meet.
    pub fn from_bits(bits: u64) -> Self {
        let mut name = [b'0'; 8];
        for (i, c) in name.iter_mut().enumerate() {
            *c = Self::ALPHABET[usize::try_from(bits >> (5 * i) & 31).unwrap_or(0)];
        }
        Self(name)
    }

    /// A third writer that stands for this one beside that one: two that differ stay different.
    #[must_use]
    pub fn mixed(self, with: Self) -> Self {
        let place = |c: u8| Self::PLACES.iter().position(|known| *known == c).unwrap_or(0);
        let mut name = self.0;
        for (c, other) in name.iter_mut().zip(with.0) {
            *c = Self::PLACES[(place(*c) + place(other)) % Self::PLACES.len()];
        }
        Self(name)
    }
}

impl FromStr for Writer {
    type Err = BadId;

    fn from_str(s: &str) -> Result<Self, BadId> {
        let name: [u8; 8] = s.as_bytes().try_into().map_err(|_| BadId)?;
        let plain = name.iter().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
        plain.then_some(Self(name)).ok_or(BadId)
    }
}

impl fmt::Display for Writer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|c| write!(f, "{}", char::from(*c)))
    }
}

/// `<ms>-<counter>-<writer>-<n>`: a hybrid logical clock (milliseconds since 1970 UTC, counter), the writer, and the
/// number of the record among that writer's. The order of the fields is the order of all records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Id {
    /// The physical part, in milliseconds since 1970 UTC; never falls within a journal.
    pub ms: u64,
    /// Tells apart what happened in one millisecond.
    pub counter: u32,
    /// Who wrote it.
    pub writer: Writer,
    /// The how-many-eth record of that writer, from 1 on.
    pub n: u64,
}

impl Id {
    /// The instant of the physical part.
    pub fn instant(&self) -> DateTime<Utc> {
        i64::try_from(self.ms)
            .ok()
            .and_then(DateTime::from_timestamp_millis)
            .unwrap_or(DateTime::<Utc>::MAX_UTC)
    }
}

/// Not of the form `<ms>-<counter>-<writer>-<n>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an id of the form <ms>-<counter>-<writer>-<n>")]
pub struct BadId;

impl FromStr for Id {
    type Err = BadId;

    fn from_str(s: &str) -> Result<Self, BadId> {
        // Only the digits that `Display` writes: "+5" or "007" would be a second spelling of the same id.
        fn number(part: Option<&str>) -> Result<u64, BadId> {
            let digits =
                part.filter(|p| *p == "0" || p.starts_with(|c: char| c.is_ascii_digit() && c != '0'));
            digits.and_then(|p| p.parse().ok()).ok_or(BadId)
        }
        let mut parts = s.split('-');
        let ms = number(parts.next())?;
        let counter = u32::try_from(number(parts.next())?).map_err(|_| BadId)?;
        let writer = parts.next().ok_or(BadId)?.parse()?;
        let n = number(parts.next())?;
        if parts.next().is_some() || ms > LAST_MS {
            return Err(BadId);
        }
        Ok(Self { ms, counter, writer, n })
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}-{}-{}", self.ms, self.counter, self.writer, self.n)
    }
}

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        read_str(from, str::parse)
    }
}

super::at::string_schema!(Id, "The stamp of the record that created it: <ms>-<counter>-<writer>-<n>");
