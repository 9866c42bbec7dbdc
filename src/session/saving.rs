//! What is on disk and what is not: the count that the status line shows.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use crate::store::Report;
use crate::store::presence::Peer;
use crate::text::Raw;

/// How long a change may be under way before it is said that it is not saved: longer than the writer waits for the lock, which
/// it reports by itself, and short enough to be said within two seconds.
const STALL: Duration = Duration::from_millis(1700);

/// What the status line tells. One prompt line counts one; restored records do not count.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Saving {
    /// How many changes of this session are on disk.
    pub saved: u64,
    /// How many are not yet.
    pub under_way: u64,
    /// Why they cannot be written.
    pub trouble: Option<String>,
    /// What a person can do about that, and what becomes of what they type; safe for a terminal.
    pub advice: Option<String>,
    /// Why nothing can be changed here.
    pub read_only: Option<String>,
}

#[derive(Debug, Default)]
pub(super) struct Tally {
    /// Records at the beginning of this session that nobody typed.
    pub restored: u64,
    pub saved: u64,
    pub under_way: u64,
    /// How many records are on disk, restored ones among them.
    pub through: u64,
    /// Since when nothing that is under way has reached the disk.
    since: Option<Instant>,
    trouble: Option<(String, String)>,
    read_only: Option<String>,
    /// Why nothing is changed here though it could be.
    pub joined_to_read: Option<String>,
    /// How many records that are on disk came from other hosts.
    pub foreign: u64,
    /// Where a copy of what cannot be saved is, or why there is none.
    pub copy: Option<Result<PathBuf, String>>,
    /// Who else has the incident open.
    pub peers: Vec<Peer>,
    /// The incident has changed since `incident.json` was last handed to the writer.
    pub snapshot_due: bool,
    /// `incident.json` has what is nowhere else: it is not written over.
    pub snapshot_stays: bool,
    /// `incident.json` lacks little, and whoever opened the incident goes again at once.
    pub snapshot_spared: bool,
    last_snapshot: Option<Instant>,
}

impl Tally {
    /// A change is on its way.
    pub fn begin(&mut self) {
        self.under_way += 1;
        self.since.get_or_insert_with(Instant::now);
    }

    /// Takes note of a report of the writer.
    pub fn take(&mut self, report: &Report) {
        match report {
            Report::Saved { through } => {
                let saved = (*through as u64).saturating_sub(self.restored + self.foreign);
                self.under_way = self.under_way.saturating_sub(saved.saturating_sub(self.saved));
                self.saved = self.saved.max(saved);
                self.through = *through as u64;
                self.since = (self.under_way > 0).then(Instant::now);
                self.trouble = None;
            }
            Report::NotSaved { reason, advice, .. } => self.trouble = Some((reason.clone(), advice.clone())),
            Report::ReadOnly { reason } => self.read_only = Some(reason.clone()),
            Report::Copied(copied) => self.copy = Some(copied.clone()),
            Report::CopyGone => (self.copy, self.trouble) = (None, None),
            Report::Present(peers) => self.peers.clone_from(peers),
            Report::Others(_) | Report::Sharing(_) | Report::SnapshotFailed(_) => {}
        }
    }

    pub fn saving(&self) -> Saving {
        let (trouble, advice) = self.trouble().unzip();
        Saving {
            saved: self.saved,
            under_way: self.under_way,
            trouble,
            advice: advice.map(|advice| self.with_hope(&advice)),
            read_only: self.read_only().map(str::to_owned),
        }
    }

    /// Why nothing can be changed here.
    pub fn read_only(&self) -> Option<&str> {
        self.read_only.as_deref().or(self.joined_to_read.as_deref())
    }

    /// Why nothing more is saved, as the writer has reported it.
    pub fn reported(&self) -> Option<&str> {
        let trouble = self.trouble.as_ref().map(|(reason, _)| reason.as_str());
        trouble.or(self.read_only.as_deref())
    }

    /// How many of these records that are not saved are not restored ones, which stand elsewhere still.
    pub fn of_this_session(&self, unsaved: usize) -> usize {
        unsaved.saturating_sub(usize::try_from(self.restored.saturating_sub(self.through)).unwrap_or(0))
    }

    /// Why what is under way is not on disk, and what can be done. A disk that does not answer reports nothing.
    fn trouble(&self) -> Option<(String, String)> {
        let stalled = self.since.map(|since| since.elapsed()).filter(|waited| *waited >= STALL);
        self.trouble.clone().or_else(|| {
            let reason = format!("the disk has not answered for {} s", stalled?.as_secs());
            Some((reason, "look after that disk (`dmesg`)".to_owned()))
        })
    }

    fn with_hope(&self, advice: &str) -> String {
        let copy = match &self.copy {
            Some(Ok(path)) => format!("; a copy is in {}", Raw::new(path.to_string_lossy()).for_term()),
            Some(Err(why)) => format!("; no copy could be made ({why}): do not leave before it works"),
            None => String::new(),
        };
        format!("{advice}; go on typing: all is kept, and saved as soon as it works{copy}")
    }

    /// Whether `incident.json` is to be written anew some time.
    pub fn wants_snapshot(&self) -> bool {
        self.snapshot_due && !self.snapshot_stays && !self.snapshot_spared
    }

    /// Whether `incident.json` is to be written now: everything is on disk, and the last time was long enough ago. Larger
    /// incidents are copied more rarely, so that the copy is never felt.
    pub fn snapshot_is_due_now(&mut self, records: usize) -> bool {
        let pause = Duration::from_millis(1_000 + records as u64);
        let rested = self.last_snapshot.is_none_or(|at| at.elapsed() >= pause);
        let due = self.wants_snapshot() && self.under_way == 0 && self.saved > 0 && rested;
        if due {
            self.snapshot_due = false;
            self.last_snapshot = Some(Instant::now());
        }
        due
    }
}
