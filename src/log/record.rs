//! A record: a stamped change, which is one line of the journal.
//!
//! `{"v":1,"stamp":"<ms>-<counter>-<writer>-<n>","by":"alice","change":{"entry_added":{…}},"crc":"8f1c22aa"}`
//!
//! `from` stands after `by` where it was imported: `{"file":"outage.md","line":12}`, of a chat
//! `{"file":"incidents/2024-08-10.json","message":{"channel":"C012","ts":"1723286400.000100"}}`.
//! `over` stands before `change` where it sets a field: the stamps of the records whose values stood there, `[]` for none.
//! `after` stands there where what was known is stamped later than it: the last of that.
//! `crc` is the last key: CRC-32C (RFC 3720 §12.1) of all bytes before `,"crc":"`. A line stays valid JSON.

use std::borrow::Cow;
use std::ops::Deref;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;

use super::{Change, Stamp};
use crate::model::Source;
use crate::text::{Raw, json};

/// The version of a line.
const VERSION: u64 = 1;

/// The longest line that is written or read, in bytes.
pub const LINE_LIMIT: usize = 256 * 1024;

const SEAL: &str = ",\"crc\":\"";

/// What a record says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// A change this version knows.
    Known(Change),
    /// One that a newer version wrote: kept and passed on, byte for byte.
    Unknown {
        /// The version of its line.
        v: u64,
        /// The whole line: there may be more in it than this version has a place for.
        line: String,
    },
}

impl From<Change> for Body {
    fn from(change: Change) -> Self {
        Self::Known(change)
    }
}

/// A stamped change. Copies share it: the ledger of a session and that of its writer hold the same hundred thousand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record(Arc<Stamped>);

impl Deref for Record {
    type Target = Stamped;

    fn deref(&self) -> &Stamped {
        &self.0
    }
}

impl From<Stamped> for Record {
    fn from(stamped: Stamped) -> Self {
        Self(Arc::new(stamped))
    }
}

/// What a record is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamped {
    /// Its id, and its place in the order of all records.
    pub stamp: Stamp,
    /// Who made it.
    pub by: Raw,
    /// Where it stands in a document, where it was imported from one.
    pub from: Option<Source>,
    /// What the wall clock showed, in milliseconds since 1970 UTC, where it stood behind the stamp.
    pub wall: Option<u64>,
    /// The records whose values stood, where it was made, in the fields that it sets: those that it takes the place of. None
    /// where it sets no field, where it is over the last of its own writer, and in all that was written before this was told:
    /// those are over all that comes before them.
    pub over: Option<Vec<Stamp>>,
    /// The last in [order](Self::order) of what was known where it was made, where that comes after its stamp: it counts as
    /// said after that. A host's clock does not follow one that is far ahead, but whoever answers what came from there has
    /// seen it.
    pub after: Option<Box<Stamp>>,
    /// What it says.
    pub body: Body,
}

impl Stamped {
    /// Its place in the order in which what was said counts: after all that was known where it was made.
    pub fn order(&self) -> Order {
        match self.after.as_deref().filter(|after| **after > self.stamp) {
            Some(after) => (*after, true, self.stamp),
            None => (self.stamp, false, self.stamp),
        }
    }
}

/// A place in the order in which what was said counts: the stamp that it comes at, whether behind the record of that stamp, and
/// its own.
pub type Order = (Stamp, bool, Stamp);

/// Why a line is no record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Damage {
    /// No checksum at its end, or one that is wrong.
    #[error("the checksum is missing or wrong")]
    Checksum,
    /// Longer than [`LINE_LIMIT`].
    #[error("longer than 256 KiB")]
    TooLong,
    /// A right checksum around something else.
    #[error("not a record")]
    Form,
}

#[derive(Serialize)]
struct Out<'a> {
    v: u64,
    stamp: Stamp,
    by: &'a Raw,
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<&'a Source>,
    #[serde(skip_serializing_if = "Option::is_none")]
    wall: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    over: Option<&'a [Stamp]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<&'a Stamp>,
    change: &'a Change,
}

#[derive(Deserialize)]
struct In<'a, C> {
    v: u64,
    stamp: Stamp,
    #[serde(borrow)]
    by: Cow<'a, str>,
    #[serde(default)]
    from: Option<Source>,
    #[serde(default)]
    wall: Option<u64>,
    #[serde(default)]
    over: Option<Vec<Stamp>>,
    #[serde(default)]
    after: Option<Box<Stamp>>,
    change: C,
}

impl Record {
    /// The change, where this version knows it.
    pub fn change(&self) -> Option<&Change> {
        match &self.body {
            Body::Known(change) => Some(change),
            Body::Unknown { .. } => None,
        }
    }

    /// The line of the journal, with its checksum and without its line feed.
    pub fn line(&self) -> String {
        let (stamp, by, from, wall) = (self.stamp, &self.by, self.from.as_ref(), self.wall);
        let (over, after) = (self.over.as_deref(), self.after.as_deref());
        let change = match &self.body {
            Body::Known(change) => change,
            Body::Unknown { line, .. } => return line.clone(),
        };
        let open = serde_json::to_string(&Out { v: VERSION, stamp, by, from, wall, over, after, change });
        // Strings, numbers and maps with string keys cannot fail to serialise.
        let open = json::printable(open.unwrap_or_default());
        let mut line = open.strip_suffix('}').unwrap_or(&open).to_owned();
        let crc = crc32c::crc32c(line.as_bytes());
        line.push_str(SEAL);
        line.push_str(&format!("{crc:08x}\"}}"));
        line
    }

    /// Reads a line without its line feed; one carriage return at its end is allowed, since editors add it.
    ///
    /// # Errors
    /// [`Damage`], where it is no line that a version of this program wrote.
    pub fn read(line: &[u8]) -> Result<Self, Damage> {
        Self::read_after(line, &mut Names::default())
    }

    /// As [`read`](Self::read). `names` are those of the record before, and become those of this one.
    ///
    /// # Errors
    /// As [`read`](Self::read).
    pub fn read_after(line: &[u8], names: &mut Names) -> Result<Self, Damage> {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.len() > LINE_LIMIT {
            return Err(Damage::TooLong);
        }
        // `,"crc":"` + 8 digits + `"}`
        let sealed = line.len().checked_sub(SEAL.len() + 10).ok_or(Damage::Checksum)?;
        let (open, seal) = line.split_at(sealed);
        let digits = seal
            .strip_prefix(SEAL.as_bytes())
            .and_then(|s| s.strip_suffix(b"\"}"))
            .ok_or(Damage::Checksum)?;
        let lower = digits.iter().all(|c| matches!(c, b'0'..=b'9' | b'a'..=b'f'));
        let crc = std::str::from_utf8(digits).ok().and_then(|d| u32::from_str_radix(d, 16).ok());
        if !lower || crc != Some(crc32c::crc32c(open)) {
            return Err(Damage::Checksum);
        }
        // Nearly every line is one that this version wrote: read in one go.
        if let Ok(In { v: VERSION, stamp, by, from, wall, over, after, change }) =
            serde_json::from_slice::<In<'_, Change>>(line)
        {
            let (by, from) = (names.by(&by), names.from(from));
            return Ok(Stamped { stamp, by, from, wall, over, after, body: change.into() }.into());
        }
        let In::<'_, &RawValue> { v, stamp, by, from, wall, over, after, change } =
            serde_json::from_slice(line).map_err(|_| Damage::Form)?;
        // More levels than are read here are no change of any version.
        let _: Value = serde_json::from_str(change.get()).map_err(|_| Damage::Form)?;
        let line = str::from_utf8(line).map_err(|_| Damage::Form)?.to_owned();
        let (by, from) = (names.by(&by), names.from(from));
        Ok(Stamped { stamp, by, from, wall, over, after, body: Body::Unknown { v, line } }.into())
    }
}

/// The names in a record that nearly always are those of the one before: one text for all.
#[derive(Clone, Debug, Default)]
pub struct Names {
    by: Raw,
    file: Raw,
    channel: Raw,
}

impl Names {
    fn by(&mut self, name: &str) -> Raw {
        if self.by.as_typed() != name {
            self.by = name.into();
        }
        self.by.clone()
    }

    fn from(&mut self, from: Option<Source>) -> Option<Source> {
        let mut source = from?;
        if self.file != source.file {
            self.file = source.file;
        }
        source.file = self.file.clone();
        if let Some(message) = &mut source.message {
            if self.channel != message.channel {
                self.channel = message.channel.clone();
            }
            message.channel = self.channel.clone();
        }
        Some(source)
    }
}
