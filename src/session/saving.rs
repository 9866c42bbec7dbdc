//! What is on disk and what is not: the count that the status line shows.

use std::time::{Duration, Instant};

use crate::store::Report;

/// What the status line tells. One prompt line counts one; restored records do not count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Saving {
    /// How many changes of this session are on disk.
    pub saved: u64,
    /// How many are not yet.
    pub under_way: u64,
    /// Why they cannot be written.
    pub trouble: Option<String>,
    /// Why nothing can be changed here.
    pub read_only: Option<String>,
}

#[derive(Debug, Default)]
pub(super) struct Tally {
    /// Records at the beginning of this session that nobody typed.
    pub restored: u64,
    pub saved: u64,
    pub under_way: u64,
    pub trouble: Option<String>,
    pub read_only: Option<String>,
    /// The incident has changed since `incident.json` was last handed to the writer.
    pub snapshot_due: bool,
    last_snapshot: Option<Instant>,
}

impl Tally {
    /// Takes note of a report of the writer.
    pub fn take(&mut self, report: &Report) {
        match report {
            Report::Saved { through } => {
                let saved = (*through as u64).saturating_sub(self.restored);
                self.under_way = self.under_way.saturating_sub(saved.saturating_sub(self.saved));
                self.saved = self.saved.max(saved);
                self.trouble = None;
            }
            Report::NotSaved { reason, .. } => self.trouble = Some(reason.clone()),
            Report::ReadOnly { reason } => self.read_only = Some(reason.clone()),
            Report::Others(_) | Report::SnapshotFailed(_) => {}
        }
    }

    pub fn saving(&self) -> Saving {
        Saving {
            saved: self.saved,
            under_way: self.under_way,
            trouble: self.trouble.clone(),
            read_only: self.read_only.clone(),
        }
    }

    /// Whether `incident.json` is to be written now: everything is on disk, and the last time was long enough ago. Larger
    /// incidents are copied more rarely, so that the copy is never felt.
    pub fn snapshot_is_due_now(&mut self, records: usize) -> bool {
        let pause = Duration::from_millis(1_000 + records as u64);
        let rested = self.last_snapshot.is_none_or(|at| at.elapsed() >= pause);
        let due = self.snapshot_due && self.under_way == 0 && self.saved > 0 && rested;
        if due {
            self.snapshot_due = false;
            self.last_snapshot = Some(Instant::now());
        }
        due
    }
}
