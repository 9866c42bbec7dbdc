//! The hybrid logical clock: wall time that never falls, so that the order of records survives clocks that jump.
//! Kulkarni et al., "Logical Physical Clocks" (2014).

use super::Stamp;
use crate::model::{Instant, Writer};

/// How far ahead of the wall another host's stamp may pull this clock: ten minutes.
const LEAD_MS: u64 = 10 * 60 * 1000;

/// How far ahead of the wall a stamp of this host's own journal may pull this clock: a hundred years. A clock that was ten
/// years ahead and was set right, or one that fell to 1970, must not turn the order around; a stamp beyond that is no
/// clock's.
pub(super) const OWN_LEAD_MS: u64 = 100 * 365 * 24 * 60 * 60 * 1000;

/// How far the wall may stand behind the order of the records before an entry is marked, in milliseconds: processes of
/// one host differ by less.
const SKEW_MS: u64 = 1_000;

/// Hands out the stamps of one writer.
#[derive(Clone, Debug)]
pub struct Hlc {
    ms: u64,
    counter: u32,
    writer: Writer,
    n: u64,
}

impl Hlc {
    /// A clock that has seen nothing.
    pub fn new(writer: Writer) -> Self {
        Self { ms: 0, counter: 0, writer, n: 0 }
    }

    /// Whose stamps it hands out.
    pub fn writer(&self) -> Writer {
        self.writer
    }

    /// The next stamp; `now` is what the wall clock shows.
    pub fn stamp(&mut self, now: Instant) -> Stamp {
        let now = millis(now);
        if now > self.ms {
            (self.ms, self.counter) = (now, 0);
        } else if let Some(next) = self.counter.checked_add(1) {
            self.counter = next;
        } else {
            (self.ms, self.counter) = (self.ms + 1, 0);
        }
        self.n += 1;
        Stamp { ms: self.ms, counter: self.counter, writer: self.writer, n: self.n }
    }

    /// Takes note of another writer's stamp: what is stamped here from now on comes after it, unless it lies more than
    /// ten minutes ahead of the wall.
    pub fn observe(&mut self, seen: Stamp, now: Instant) {
        self.follow(seen, now, LEAD_MS);
    }

    /// Takes note of a stamp in this host's own journal: what is stamped here from now on comes after it, though the wall
    /// clock was set back since.
    pub fn observe_local(&mut self, seen: impl IntoIterator<Item = Stamp>, now: Instant) {
        for stamp in seen {
            self.follow(stamp, now, OWN_LEAD_MS);
        }
    }

    fn follow(&mut self, seen: Stamp, now: Instant, lead_ms: u64) {
        if leads(seen, now, lead_ms) {
            return;
        }
        if (seen.ms, seen.counter) > (self.ms, self.counter) {
            (self.ms, self.counter) = (seen.ms, seen.counter);
        }
    }
}

/// Whether another host's stamp lies so far ahead of the wall that no clock here follows it: more than ten minutes.
pub fn is_far_ahead(stamp: Stamp, now: Instant) -> bool {
    leads(stamp, now, LEAD_MS)
}

/// Whether a stamp is no clock's: more than a hundred years ahead.
pub fn is_beyond(stamp: Stamp, now: Instant) -> bool {
    leads(stamp, now, OWN_LEAD_MS)
}

fn leads(stamp: Stamp, now: Instant, by_ms: u64) -> bool {
    stamp.ms > millis(now).saturating_add(by_ms)
}

/// What the wall showed, in milliseconds since 1970 UTC, where it stood so far behind a stamp that this has to be noted with
/// the record.
pub fn behind(stamp: Stamp, now: Instant) -> Option<u64> {
    let wall = millis(now);
    (stamp.ms > wall + SKEW_MS).then_some(wall)
}

/// Milliseconds since 1970 UTC; a clock before that counts as 1970.
pub fn millis(at: Instant) -> u64 {
    u64::try_from(at.timestamp_millis()).unwrap_or(0)
}
