//! Clocks that were wrong when records were stamped, writer by writer.

use std::collections::BTreeMap;

use crate::log::{Record, hlc};
use crate::model::{Instant, Writer};
use crate::text::Raw;

/// How far ahead of the wall a stamp may be: what processes of several hosts differ by.
const AHEAD_MS: u64 = 10 * 60 * 1000;

/// The beginning of the year 2000, in milliseconds since 1970 UTC: a clock that shows less was never set.
const SET_MS: u64 = 946_684_800_000;

/// Records of one writer whose clock was wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Clockwork {
    /// Stamps that lie in the future: a clock was fast, or the one here is slow.
    Ahead(Of),
    /// Stamps from before the year 2000: a clock that was not set.
    NotSet(Of),
    /// The wall clock stood behind the order of the records, so that the entries are marked as skewed.
    Behind(Of),
}

/// Whose, and how far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Of {
    /// Whose records.
    pub writer: Writer,
    /// Who made changes there.
    pub by: Raw,
    /// How many records.
    pub records: usize,
    /// How far the clock was off at most, in milliseconds.
    pub most_ms: u64,
}

impl Clockwork {
    /// Whose, and how far.
    pub fn of(&self) -> &Of {
        match self {
            Self::Ahead(of) | Self::NotSet(of) | Self::Behind(of) => of,
        }
    }

    /// Its name for programs.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Ahead(_) => "clock_ahead",
            Self::NotSet(_) => "clock_not_set",
            Self::Behind(_) => "clock_behind",
        }
    }
}

/// All of them, kind by kind.
pub(super) fn all(records: &[Record], now: Instant) -> Vec<Clockwork> {
    let now = hlc::millis(now);
    let ahead = |r: &Record| Some(r.stamp.ms.saturating_sub(now)).filter(|ms| *ms > AHEAD_MS);
    let not_set = |r: &Record| (r.stamp.ms < SET_MS).then(|| now.saturating_sub(r.stamp.ms));
    let behind = |r: &Record| r.wall.map(|wall| r.stamp.ms.saturating_sub(wall));
    let mut all: Vec<Clockwork> = each(records, ahead).map(Clockwork::Ahead).collect();
    all.extend(each(records, not_set).map(Clockwork::NotSet));
    all.extend(each(records, behind).map(Clockwork::Behind));
    all
}

/// Writer by writer, the records that are off.
fn each(records: &[Record], off: impl Fn(&Record) -> Option<u64>) -> impl Iterator<Item = Of> {
    let mut writers: BTreeMap<Writer, Of> = BTreeMap::new();
    for record in records {
        let Some(ms) = off(record) else { continue };
        let writer = record.stamp.writer;
        let new = || Of { writer, by: record.by.clone(), records: 0, most_ms: 0 };
        let of = writers.entry(writer).or_insert_with(new);
        of.records += 1;
        of.most_ms = of.most_ms.max(ms);
    }
    writers.into_values()
}
