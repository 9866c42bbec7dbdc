//! Reads what others appended since the journal was looked at last.

use std::collections::HashSet;
use std::io;

use super::append::Trouble;
use super::files::{Files, read_before, read_from};
use super::journal::TAIL;
use super::planted::{Fault, planted};
use super::scan::{ended, scan};
use super::snapshot::{FINGERPRINT, fingerprint};
use super::worker::Worker;
use super::{Loaded, Report};
use crate::log::{Change, Record, Stamp};

/// Beyond this many at once they are sorted in, not put in their places one by one.
const MANY: usize = 16;

/// Up to where the journal was read: always the beginning of a line.
#[derive(Clone, Debug, Default)]
pub(super) struct Place {
    at: u64,
    /// The journal's size when it was read. Greater than `at` where the last line is not ended.
    looked: Option<u64>,
    /// The last bytes before `at`: where others stand there now, it is not the journal that was read.
    tail: Vec<u8>,
}

impl Place {
    /// Where reading a folder ended.
    pub(super) fn after(loaded: &Loaded) -> Self {
        Self { at: loaded.length, looked: None, tail: loaded.tail.clone() }
    }

    pub(super) fn at(&self) -> u64 {
        self.at
    }

    /// Whether a journal of this size holds nothing new.
    pub(super) fn is_at(&self, size: u64) -> bool {
        self.looked == Some(size)
    }

    /// Whether a journal of this size can still be the one that was read.
    pub(super) fn may_be_in(&self, size: u64) -> bool {
        size >= self.at
    }

    /// Whether the bytes before it are still those that were read.
    fn is_same(&self, files: &Files) -> io::Result<bool> {
        match files.journal() {
            Some(_) if planted(Fault::OverwrittenUnseen) => Ok(true),
            Some(journal) => Ok(read_before(journal, self.at, self.tail.len())? == self.tail),
            None => Ok(self.at == 0),
        }
    }

    /// Goes on over bytes that were read or written, up to the last line feed in them.
    pub(super) fn pass(&mut self, bytes: &[u8]) {
        let whole = ended(bytes);
        self.looked = Some(self.at + bytes.len() as u64);
        self.at += whole as u64;
        self.tail.extend_from_slice(&bytes[whole.saturating_sub(TAIL)..whole]);
        self.tail.drain(..self.tail.len().saturating_sub(TAIL));
    }

    /// Goes to the end of a journal of this size, behind an unfinished line, and over what was appended there.
    pub(super) fn pass_appended(&mut self, size: u64, bytes: &[u8]) {
        if self.at != size {
            // What was passed over is not known here, but it is more than nothing that follows it.
            (self.at, self.tail) = (size, Vec::new());
        }
        self.pass(bytes);
    }

    pub(super) fn fingerprint(&self, files: &Files) -> io::Result<u32> {
        let head = files.journal().map_or(Ok(Vec::new()), |j| read_before(j, self.at, FINGERPRINT))?;
        Ok(fingerprint(&head))
    }
}

impl Worker {
    /// Reads what came after the place, and reports it. Without the lock a line may be in the making: it is no record
    /// yet, and since the place stays in front of it, it is read again. False where the journal is not the one that was
    /// read.
    pub(super) fn catch_up(&mut self) -> io::Result<bool> {
        let Some(files) = &self.files else { return Ok(false) };
        if !self.place.is_same(files)? {
            return Ok(false);
        }
        let Some(journal) = files.journal() else { return Ok(true) };
        let bytes = read_from(journal, self.place.at)?;
        let records = scan(&bytes, 0).filter_map(|line| line.read.ok()).collect();
        self.learn(records);
        self.place.pass(&bytes);
        Ok(true)
    }

    /// Reads the whole journal, which is another one than before. What was known and it lacks is owed to it.
    pub(super) fn read_anew(&mut self) -> Result<(), Trouble> {
        let journal = self.files.as_ref().and_then(Files::journal);
        let bytes = journal.map_or(Ok(Vec::new()), |journal| read_from(journal, 0))?;
        let records: Vec<Record> = scan(&bytes, 0).filter_map(|line| line.read.ok()).collect();
        if self.is_foreign(&records) {
            return Err(Trouble::displaced(&self.folder));
        }
        let there: HashSet<Stamp> = records.iter().map(|r| r.stamp).collect();
        // Learned first: what a tombstone in it took away is not owed to it.
        self.learn(records);
        self.owed = self.known.records().iter().filter(|r| !there.contains(&r.stamp)).cloned().collect();
        if planted(Fault::NothingOwed) {
            self.owed.clear();
        }
        self.place = Place::default();
        self.place.pass(&bytes);
        Ok(())
    }

    /// Whether these were founded as another incident: what is known here has no business among them.
    fn is_foreign(&self, records: &[Record]) -> bool {
        let founds = |record: &&Record| matches!(record.change(), Some(Change::IncidentCreated { .. }));
        let mine = self.known.records().iter().find(founds).map(|r| r.stamp);
        mine.is_some_and(|mine| records.iter().any(|r| founds(&r)) && records.iter().all(|r| r.stamp != mine))
    }

    /// Takes in records of others, and reports those that are new. What waits to be saved is not: it can stand in the
    /// journal from an attempt that failed, which proves nothing.
    fn learn(&mut self, records: Vec<Record>) {
        if records.is_empty() {
            return;
        }
        let mut seen = self.queue.pending_stamps();
        let new: Vec<Record> = records
            .into_iter()
            .filter(|r| self.known.get(r.stamp).is_none() && !self.known.is_gone(r) && seen.insert(r.stamp))
            .collect();
        if new.is_empty() {
            return;
        }
        // Told first: should that fail, they are found again and told again.
        self.tell(Report::Others(new.clone()));
        if new.len() > MANY {
            self.known.extend(new);
        } else {
            for record in new {
                self.known.insert(record);
            }
        }
        let known = &self.known;
        self.owed.retain(|record| !known.is_gone(record));
    }
}
