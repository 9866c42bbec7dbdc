//! The hall: the one door through which an incident changes. What is said here is stamped, folded at once and handed to
//! the writer; what others said is taken in. `saved` is only what the writer reports to be on disk.

pub mod clock;
mod create;
mod peek;
pub mod purge;
mod saving;
mod shelf;

use std::cell::OnceCell;
use std::path::{Path, PathBuf};
use std::sync::{Arc, mpsc};
use std::time::Duration;

use crate::grammar::Desk;
use crate::log::words::Teller;
use crate::log::{Body, Change, Fold, Hlc, Inserted, LINE_LIMIT, Ledger, Record, Stamp, hlc, undo};
use crate::model::{Incident, Instant, Writer as WriterName};
use crate::store::{self, Loaded, Report, StoreError, Writer};
use crate::text::Raw;

use clock::Clock;
pub use create::{Created, New, create};
pub use peek::{Peeked, peek};
pub use saving::Saving;
use saving::Tally;
pub use shelf::{Found, Shelf, folders};

/// How long leaving may wait for the disk.
const LEAVING: Duration = Duration::from_secs(3);

/// How far the wall may stand behind the order of the records before an entry is marked, in milliseconds: processes of
/// one host differ by less.
const SKEW_MS: u64 = 1_000;

/// Who opens an incident, and with what.
pub struct Opening {
    /// Who makes changes.
    pub by: Raw,
    /// What tells the time.
    pub clock: Arc<dyn Clock>,
    /// The folder for what could not be saved.
    pub rescue: PathBuf,
}

/// One incident that is open for changes.
pub struct Session {
    folder: PathBuf,
    by: Raw,
    clock: Arc<dyn Clock>,
    rescue: PathBuf,
    hlc: Hlc,
    ledger: Ledger,
    fold: Fold,
    /// What `/undo` and `/redo` would name; worked out when asked for, forgotten with the next change.
    retractable: OnceCell<(Option<Stamp>, Option<Stamp>)>,
    writer: Writer,
    reports: mpsc::Receiver<Report>,
    tally: Tally,
    notices: Vec<String>,
    /// What was said in changes that were purged while it was open.
    purged: Vec<Raw>,
}

/// Why a change was not taken in. What was typed has to stay where it is.
#[derive(Debug, thiserror::Error)]
pub enum CommitError {
    /// A record would be longer than a line of the journal may be.
    #[error(
        "too long: {bytes} bytes, and at most {LINE_LIMIT} fit; split it, or keep it in a file and link that"
    )]
    TooLong {
        /// How long its line would be.
        bytes: usize,
    },
    /// The incident can only be read.
    #[error("not taken: this incident is read-only ({0})")]
    ReadOnly(String),
}

/// Changes that did not reach the journal before the end.
#[derive(Debug, thiserror::Error)]
pub enum Unsaved {
    /// They are in a file of their own.
    #[error("{count} changes could not be saved ({reason}); they are kept in {}", .path.display())]
    Rescued {
        /// How many.
        count: usize,
        /// Why.
        reason: String,
        /// The file.
        path: PathBuf,
    },
    /// They are nowhere.
    #[error("{count} changes could not be saved ({reason}), nor kept elsewhere ({rescue})")]
    Lost {
        /// How many.
        count: usize,
        /// Why.
        reason: String,
        /// Why they could not be kept elsewhere.
        rescue: StoreError,
    },
}

impl Session {
    /// Opens an incident for changes. `wake` is called from another thread whenever [`Session::pump`] has something to
    /// take in.
    ///
    /// # Errors
    /// Where the folder holds no incident, or cannot be read.
    pub fn open(
        folder: &Path,
        opening: Opening,
        wake: impl Fn() + Send + 'static,
    ) -> Result<Self, StoreError> {
        let mut loaded = store::read(folder)?;
        if purge::sweep(folder, &loaded, &opening) {
            loaded = store::read(folder)?;
        }
        let Opening { by, clock, rescue } = opening;
        let now = clock.now();
        let mut hlc = Hlc::new(WriterName::from_bits(random_bits()));
        let read = peek::Read::of(&loaded);
        hlc.observe_local(read.newest(), now);
        let (sender, reports) = mpsc::channel();
        let writer = Writer::start(folder, &loaded, move |report| {
            // The session may be gone already: then nobody is left to tell.
            if sender.send(report).is_ok() {
                wake();
            }
        })?;
        let notices = peek::notices(&loaded, &read.fold, read.lost.len());
        let peek::Read { ledger, fold, lost } = read;
        let mut session = Self {
            folder: folder.to_owned(),
            by,
            clock,
            rescue,
            hlc,
            ledger,
            fold,
            retractable: OnceCell::new(),
            writer,
            reports,
            tally: Tally::default(),
            notices,
            purged: Vec::new(),
        };
        let restored = lost.len() as u64;
        session.tally.restored = restored;
        for change in lost {
            // What was written once fits again.
            let _ = session.commit(change);
        }
        session.tally.under_way = 0;
        session.tally.snapshot_due = loaded_without_snapshot(&loaded) || restored > 0;
        Ok(session)
    }

    /// The incident as it stands, with what is not on disk yet.
    pub fn incident(&self) -> &Incident {
        self.fold.incident()
    }

    /// The records the incident is folded from.
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// What changes are told from, as things stand now.
    pub fn teller(&self) -> Teller<'_> {
        Teller { incident: self.incident(), ledger: &self.ledger, now: self.now() }
    }

    /// Who makes changes here.
    pub fn by(&self) -> &Raw {
        &self.by
    }

    /// What the wall shows.
    pub fn now(&self) -> Instant {
        self.clock.now()
    }

    /// The incident's folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// What was found and mended at opening; safe for a terminal.
    pub fn notices(&self) -> &[String] {
        &self.notices
    }

    /// What the grammar needs to understand a line typed now.
    pub fn desk(&self) -> Desk<'_> {
        let named =
            || (undo::last_counting(&self.ledger, &self.by), undo::last_undone(&self.ledger, &self.by));
        let (undo, redo) = *self.retractable.get_or_init(named);
        Desk {
            incident: self.fold.incident(),
            now: self.clock.now(),
            typed_last: self.fold.typed_last(&self.by),
            undo,
            redo,
        }
    }

    /// Takes a change in: it is stamped, folded, and on its way to the disk when this returns.
    ///
    /// # Errors
    /// Where it is too long for a line of the journal, or the incident is read-only. Nothing has changed then.
    pub fn commit(&mut self, change: Change) -> Result<Stamp, CommitError> {
        self.pump();
        if let Some(reason) = &self.tally.read_only {
            return Err(CommitError::ReadOnly(reason.clone()));
        }
        let now = self.clock.now();
        let mut hlc = self.hlc.clone();
        let stamp = hlc.stamp(now);
        let wall = hlc::millis(now);
        let wall = (stamp.ms > wall + SKEW_MS).then_some(wall);
        let record = Record { stamp, by: self.by.clone(), wall, body: Body::Known(change) };
        let bytes = record.line().len();
        if bytes > LINE_LIMIT {
            return Err(CommitError::TooLong { bytes });
        }
        self.hlc = hlc;
        self.tally.under_way += 1;
        self.take_in(record.clone());
        self.writer.append(vec![record]);
        Ok(stamp)
    }

    /// Takes in what the writer and other processes reported; whether anything has changed.
    pub fn pump(&mut self) -> bool {
        let mut changed = false;
        while let Ok(report) = self.reports.try_recv() {
            changed = true;
            self.take_report(report);
        }
        self.snapshot_when_due();
        changed
    }

    /// Waits until everything is on disk, or until the disk says that it is not.
    ///
    /// # Errors
    /// Why it is not on disk. The changes are still queued.
    pub fn flush(&mut self) -> Result<(), String> {
        self.pump();
        while self.tally.under_way > 0 {
            if let Some(trouble) = self.tally.trouble.clone().or_else(|| self.tally.read_only.clone()) {
                return Err(trouble);
            }
            match self.reports.recv() {
                Ok(report) => self.take_report(report),
                Err(_) => return Err("the writer has stopped".into()),
            }
        }
        Ok(())
    }

    /// What was said in changes that were purged since this was asked last: it is to be forgotten.
    pub fn take_purged(&mut self) -> Vec<Raw> {
        std::mem::take(&mut self.purged)
    }

    /// What is on disk and what is not.
    pub fn saving(&self) -> Saving {
        self.tally.saving()
    }

    /// Keeps the line that was not sent yet, as far as the disk allows: nobody was told that it is safe.
    pub fn save_draft(&self, line: &str) {
        let kept = if line.is_empty() {
            store::draft::clear(&self.folder)
        } else {
            store::draft::save(&self.folder, &Raw::new(line)).map(drop)
        };
        drop(kept);
    }

    /// Keeps the line in a file that an editor may change; [`draft`](Self::draft) then is what it made of it.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn draft_for_editor(&self, line: &str) -> Result<PathBuf, String> {
        store::draft::save(&self.folder, &Raw::new(line)).map_err(|error| error.to_string())
    }

    /// The line that was not sent last time.
    pub fn draft(&self) -> Option<Raw> {
        store::draft::load(&self.folder).ok().flatten()
    }

    /// Leaves: everything that waits is written, at most three seconds long.
    ///
    /// # Errors
    /// What is not on disk then, and where it is kept.
    pub fn finish(mut self) -> Result<(), Unsaved> {
        self.pump();
        if self.tally.snapshot_due {
            self.writer.write_snapshot(Arc::new(self.fold.incident().clone()));
        }
        let left = self.writer.finish(LEAVING);
        while let Ok(report) = self.reports.try_recv() {
            self.tally.take(&report);
        }
        if left.is_empty() {
            return Ok(());
        }
        let count = left.len();
        let reason = self.tally.trouble.unwrap_or_else(|| "the disk did not answer in time".into());
        let id = self.fold.incident().id.for_file_name();
        match store::rescue(&self.rescue, id.as_str(), self.ledger.records()) {
            Ok(path) => Err(Unsaved::Rescued { count, reason, path }),
            Err(rescue) => Err(Unsaved::Lost { count, reason, rescue }),
        }
    }

    fn take_report(&mut self, report: Report) {
        self.tally.take(&report);
        if let Report::Others(records) = report {
            let now = self.clock.now();
            for record in records {
                self.hlc.observe_local(Some(record.stamp), now);
                self.take_in(record);
            }
        }
    }

    fn take_in(&mut self, record: Record) {
        let looks_back = record.change().is_some_and(Change::looks_back);
        if let Some(Change::Purged { records, .. }) = record.change() {
            self.purged.extend(crate::log::purge::said_in(&self.ledger, records));
        }
        let inserted = self.ledger.insert(record);
        match inserted {
            Inserted::Known | Inserted::Conflict => return,
            Inserted::Last if !looks_back => {
                if let Some(newest) = self.ledger.records().last() {
                    self.fold.add(newest, &self.ledger);
                }
            }
            Inserted::Last | Inserted::Among => self.fold = Fold::of(&self.ledger),
        }
        self.retractable = OnceCell::new();
        self.tally.snapshot_due = true;
    }

    fn snapshot_when_due(&mut self) {
        if self.tally.snapshot_is_due_now(self.ledger.records().len()) {
            self.writer.write_snapshot(Arc::new(self.fold.incident().clone()));
        }
    }
}

fn loaded_without_snapshot(loaded: &Loaded) -> bool {
    loaded.snapshot.is_none()
}

/// Bits for the name of a writer. Without a source of randomness the process id and the address space have to do: the
/// lock and the checksums still keep two writers apart.
fn random_bits() -> u64 {
    getrandom::u64().unwrap_or_else(|_| u64::from(std::process::id()))
}
