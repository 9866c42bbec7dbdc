//! Appends to the journal: one write and one sync for all that waits, under the lock, so that a durable line means that
//! all lines before it are durable too.

use std::fs::File;
use std::io::{self, Write as _};
use std::path::Path;
use std::time::Duration;

use rustix::io::Errno;

use super::files::{Files, Look};
use super::lock::{Held, LockError};
use super::planted::{Fault, planted};
use super::worker::Worker;
use super::{Report, StoreError, error};
use crate::log::{LINE_LIMIT, Record};
use crate::text::Raw;

/// The most bytes of new records that are written at once.
const BATCH_BYTES: usize = 1024 * 1024;

/// How long the thread waits for the lock: less than the limit for saying that something is not saved.
const WAIT: Duration = Duration::from_millis(1500);

/// How many syncs in a row may fail before a copy is made elsewhere.
const SYNCS: u32 = 2;

/// Why something was not written.
#[derive(Debug)]
pub(super) struct Trouble {
    /// In words for a person.
    pub(super) reason: String,
    /// What that person can do.
    pub(super) advice: String,
    /// The open files are of no use any more.
    pub(super) reopen: bool,
    /// Another process that holds the lock, in words.
    pub(super) holder: Option<String>,
    /// It will hardly pass by itself: a copy is to be made elsewhere at once.
    pub(super) grave: bool,
}

impl Trouble {
    pub(super) fn of(error: &io::Error) -> Self {
        let errno = Errno::from_io_error(error);
        let reopen = matches!(errno, Some(Errno::STALE | Errno::BADF | Errno::NODEV));
        let (reason, advice) = (error::reason(error), error::advice(error).to_owned());
        Self { reason, advice, reopen, holder: None, grave: errno == Some(Errno::ROFS) }
    }

    /// Another incident's journal stands where this one's was.
    pub(super) fn displaced(folder: &Path) -> Self {
        let folder = Raw::new(folder.to_string_lossy()).for_term();
        Self {
            reason: "another incident stands in its place".to_owned(),
            advice: format!("put this incident's own files back into {folder}"),
            reopen: true,
            holder: None,
            grave: true,
        }
    }

    fn gone(folder: &Path) -> Self {
        Self {
            reason: "the incident's folder is gone or was moved".to_owned(),
            advice: format!("put it back as {}", Raw::new(folder.to_string_lossy()).for_term()),
            reopen: true,
            holder: None,
            grave: true,
        }
    }
}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Self {
        Self::of(&error)
    }
}

impl From<LockError> for Trouble {
    fn from(error: LockError) -> Self {
        let (advice, holder) = match &error {
            LockError::Busy { pid: Some(pid) } => (
                format!("that process may be stopped: bring it back (`kill -CONT {pid}`) or end it"),
                Some(format!("process {pid}")),
            ),
            LockError::Busy { pid: None } => {
                ("bring it back, or end it".to_owned(), Some("another process".to_owned()))
            }
            LockError::Io(error) => (error::advice(error).to_owned(), None),
        };
        Self { reason: error.to_string(), advice, reopen: false, holder, grave: false }
    }
}

impl From<StoreError> for Trouble {
    fn from(error: StoreError) -> Self {
        match &error {
            StoreError::NoFolder(folder) => Self::gone(folder),
            StoreError::Io { source, .. } => Self::of(source),
            _ => {
                let advice = "put the incident's own files back".to_owned();
                Self { reason: error.to_string(), advice, reopen: true, holder: None, grave: false }
            }
        }
    }
}

impl Worker {
    /// Writes a batch of what waits, with what is owed in front of it. Done where nothing waits.
    pub(super) fn attempt(&mut self) -> Result<(), Trouble> {
        let held = self.hold()?;
        let batch = self.fitting();
        if !batch.is_empty() || !self.owed.is_empty() {
            self.write(&batch)?;
        }
        drop(held);
        let saved: Vec<Record> = batch.into_iter().map(|(record, _)| record).collect();
        self.owed.clear();
        self.queue.save(saved.len());
        for record in saved {
            self.known.insert(record);
        }
        Ok(())
    }

    /// Takes the lock on a journal that is the one at the path, and has been read to its end. Where it is held all the
    /// time, there is nothing to give back.
    pub(super) fn hold(&mut self) -> Result<Option<Held>, Trouble> {
        let anew = self.make_open()?;
        let Some(Files::Writable { lock, .. }) = &self.files else { return Err(self.gone()) };
        let held = if self.sole.is_some() { None } else { Some(lock.acquire(WAIT)?) };
        let look = self.look()?;
        if look == Look::Gone {
            return Err(self.gone());
        }
        let fits = !anew && matches!(look, Look::There(size) if self.place.may_be_in(size));
        if fits && self.catch_up()? {
            return Ok(self.keep(held));
        }
        if !self.knows_all {
            // What another journal lacks of it can only be told by one who knows it all.
            return Err(self.gone());
        }
        if look == Look::Replaced {
            self.open()?;
        }
        self.read_anew()?;
        self.odd = true;
        Ok(self.keep(held))
    }

    fn keep(&mut self, held: Option<Held>) -> Option<Held> {
        if self.setup.standing.one_writer_only() {
            self.sole = held.or(self.sole.take());
            return None;
        }
        held
    }

    /// Opens what is not open or of no use any more; says whether it did.
    fn make_open(&mut self) -> Result<bool, Trouble> {
        let usable = match &self.files {
            Some(files @ Files::Writable { lock, .. }) => files.dir().is_in_place()? && !lock.is_removed()?,
            _ => false,
        };
        if !usable {
            self.open()?;
        }
        Ok(!usable)
    }

    fn open(&mut self) -> Result<(), Trouble> {
        (self.files, self.sole) = (None, None);
        match Files::open(&self.folder)? {
            Files::ReadOnly { reason, .. } => {
                let advice = "see to it that the incident's folder can be written to again".to_owned();
                Err(Trouble { reason, advice, reopen: true, holder: None, grave: true })
            }
            files @ Files::Writable { .. } => {
                self.files = Some(files);
                Ok(())
            }
        }
    }

    fn gone(&self) -> Trouble {
        Trouble::gone(&self.folder)
    }

    fn look(&self) -> Result<Look, Trouble> {
        self.files.as_ref().map_or(Ok(Look::Gone), |files| Ok(files.look()?))
    }

    /// The next records with their lines. Those that no journal can hold are set aside and reported.
    fn fitting(&self) -> Vec<(Record, String)> {
        let mut batch = Vec::new();
        let mut bytes = 0;
        for record in self.queue.batch() {
            let line = record.line();
            if line.len() > LINE_LIMIT {
                self.queue.refuse(record.stamp);
                let reason =
                    "an entry is longer than 256 KiB, which no line of the journal can hold".to_owned();
                let advice = "split what it says".to_owned();
                self.tell(Report::NotSaved { waiting: self.queue.waiting(), reason, advice });
                continue;
            }
            if bytes > 0 && bytes + line.len() > BATCH_BYTES {
                break;
            }
            bytes += line.len() + 1;
            batch.push((record, line));
        }
        batch
    }

    /// One write, one sync. The lock is held, and the journal was read to its end.
    fn write(&mut self, batch: &[(Record, String)]) -> Result<(), Trouble> {
        let Some(Files::Writable { journal, .. }) = &self.files else { return Err(self.gone()) };
        let size = journal.metadata()?.len();
        let mut bytes = Vec::new();
        // Behind a line that is not ended, or one that may come back as zeros without its line feed after a sync that
        // failed, a record would be lost with it.
        if (self.odd || self.place.at() != size) && !planted(Fault::NoLineFeed) {
            bytes.push(b'\n');
        }
        for line in self.owed.iter().map(Record::line) {
            bytes.extend_from_slice(line.as_bytes());
            bytes.push(b'\n');
        }
        // What a tombstone has taken away in the meantime is as good as saved.
        for (_, line) in batch.iter().filter(|(record, _)| !self.known.is_gone(record)) {
            bytes.extend_from_slice(line.as_bytes());
            bytes.push(b'\n');
        }
        if planted(Fault::SyncBeforeWrite) {
            sync(journal)?;
        }
        let mut file = journal;
        if let Err(error) = file.write_all(&bytes) {
            // Where even that fails, the line feed in front of the next attempt keeps the pieces apart.
            if !planted(Fault::PieceLeft) {
                drop(journal.set_len(size));
            }
            self.odd = true;
            return Err(Trouble::of(&error));
        }
        let synced = if planted(Fault::SyncBeforeWrite) { Ok(()) } else { sync(journal) };
        self.place.pass_appended(size, &bytes);
        if let Err(error) = synced {
            // Never believed again: a second sync succeeds although the data is gone. The same records are written once
            // more, on lines of their own.
            self.odd = true;
            self.failed_syncs += 1;
            return Err(self.unsynced(&error));
        }
        self.odd = false;
        self.failed_syncs = 0;
        Ok(())
    }

    fn unsynced(&self, error: &io::Error) -> Trouble {
        let mut trouble = Trouble::of(error);
        if self.failed_syncs >= SYNCS {
            trouble.grave = true;
            trouble.reason = format!(
                "the disk failed to keep it {} times in a row ({})",
                self.failed_syncs, trouble.reason
            );
        }
        trouble
    }
}

/// Makes what was written durable.
pub(super) fn sync(journal: &File) -> io::Result<()> {
    if planted(Fault::NoSync) {
        return Ok(());
    }
    let synced = journal.sync_data();
    if synced.is_err() && planted(Fault::SyncRetried) {
        return journal.sync_data();
    }
    if planted(Fault::FailedSyncIgnored) { Ok(()) } else { synced }
}
