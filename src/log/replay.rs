//! The replay: an incident as it stood, moved along its time. Forward only what was added is folded.

use super::{Fold, Ledger, Record, Stamp, known};
use crate::model::{Incident, Instant};

/// An incident at an earlier time.
#[derive(Clone, Debug)]
pub struct Replay {
    /// How many records the whole incident had, and the last.
    whole: (u64, Option<Stamp>),
    /// When each record was known, in that order.
    known: Vec<(Instant, Stamp)>,
    /// What was known at the moment, how many of the above that are, and what it makes.
    past: Ledger,
    done: usize,
    fold: Fold,
    at: Instant,
}

impl Replay {
    /// At the first change of an incident; none where it has no records.
    pub fn of(ledger: &Ledger) -> Option<Self> {
        let known = in_order(ledger);
        let (first, _) = *known.first()?;
        let mut replay = Self {
            whole: state_of(ledger),
            known,
            past: Ledger::default(),
            done: 0,
            fold: Fold::default(),
            at: first,
        };
        replay.begin_at(first, ledger);
        Some(replay)
    }

    /// The moment.
    pub fn at(&self) -> Instant {
        self.at
    }

    /// The incident as it stood.
    pub fn incident(&self) -> &Incident {
        self.fold.incident()
    }

    /// The records that were known.
    pub fn ledger(&self) -> &Ledger {
        &self.past
    }

    /// How many changes were known, and of how many.
    pub fn progress(&self) -> (usize, usize) {
        (self.done, self.known.len())
    }

    /// Whether nothing comes after it.
    pub fn is_at_end(&self) -> bool {
        self.done == self.known.len()
    }

    /// Goes to a moment, at most to the first or the last change. `ledger` is the whole of the incident, here and below.
    pub fn go_to(&mut self, at: Instant, ledger: &Ledger) {
        let (Some((first, _)), Some((last, _))) = (self.known.first(), self.known.last()) else { return };
        let at = at.clamp(*first, *last);
        let done = self.known.partition_point(|(known, _)| *known <= at);
        if done < self.done {
            return self.begin_at(at, ledger);
        }
        self.at = at;
        let new: Vec<Stamp> = self.known[self.done..done].iter().map(|(_, stamp)| *stamp).collect();
        // Far ahead it is quicker to begin anew.
        if new.len() > self.done {
            return self.begin_at(at, ledger);
        }
        self.done = done;
        let new = new.into_iter().filter_map(|stamp| ledger.get(stamp)).cloned();
        self.fold.take(&mut self.past, new);
    }

    /// Goes to the next moment at which something changed.
    pub fn forward(&mut self, ledger: &Ledger) {
        if let Some((next, _)) = self.known.get(self.done) {
            self.go_to(*next, ledger);
        }
    }

    /// Goes back to the moment before the last change.
    pub fn back(&mut self, ledger: &Ledger) {
        let here = self.done.checked_sub(1).map(|last| self.known[last].0);
        let Some(here) = here.filter(|here| *here <= self.at) else { return };
        let before = self.known.partition_point(|(known, _)| *known < here);
        if let Some((before, _)) = before.checked_sub(1).map(|before| self.known[before]) {
            self.go_to(before, ledger);
        }
    }

    /// Takes in that the incident has more records than when the replay began, or fewer: what was purged is gone from
    /// former times, too.
    pub fn follow(&mut self, ledger: &Ledger) {
        if self.whole != state_of(ledger) {
            (self.whole, self.known) = (state_of(ledger), in_order(ledger));
            self.begin_at(self.at, ledger);
        }
    }

    fn begin_at(&mut self, at: Instant, ledger: &Ledger) {
        self.at = at;
        self.done = self.known.partition_point(|(known, _)| *known <= at);
        self.past = ledger.as_of(at);
        self.fold = Fold::of(&self.past);
    }
}

fn state_of(ledger: &Ledger) -> (u64, Option<Stamp>) {
    (ledger.count(), ledger.records().last().map(|record: &Record| record.stamp))
}

fn in_order(ledger: &Ledger) -> Vec<(Instant, Stamp)> {
    let records = ledger.records();
    let stamps = records.iter().map(|record| record.stamp);
    let mut known: Vec<(Instant, Stamp)> = known::times(records).into_iter().zip(stamps).collect();
    known.sort_unstable();
    known
}
