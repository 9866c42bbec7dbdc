//! Follows a journal that others write, and writes nothing itself: no lock is taken, so whoever follows stands in nobody's way.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use rustix::fs::{Stat, fstat};

use super::dir::{Access, Dir, is_same};
use super::files::{read_before, read_from};
use super::scan::{ended, scan};
use super::{JOURNAL, StoreError};
use crate::log::Record;

/// How many bytes before the place where reading goes on have to be what they were.
const TAIL: usize = 256;

/// A journal that is being followed.
#[derive(Debug)]
pub struct Follow {
    folder: PathBuf,
    /// The journal that was read last.
    seen: Option<Stat>,
    /// Up to where: always the beginning of a line.
    at: u64,
    /// How long it was then.
    length: u64,
    /// The last bytes before that place.
    tail: Vec<u8>,
}

impl Follow {
    /// Begins before the first line.
    pub fn new(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), seen: None, at: 0, length: 0, tail: Vec::new() }
    }

    /// The records that came since this was asked last. Where another journal stands there now, repaired or purged, those
    /// are all of its records: some of them are known. Damaged lines are passed over.
    ///
    /// # Errors
    /// Where there is no folder any more, or it cannot be read.
    pub fn news(&mut self) -> Result<Vec<Record>, StoreError> {
        let dir = Dir::open(&self.folder)?;
        // Between two names of a journal that is being replaced there is none: it is looked for again.
        let Some(file) = dir.open_file(JOURNAL, Access::Read)? else { return Ok(Vec::new()) };
        self.read(&file).map_err(StoreError::io("read", &self.folder.join(JOURNAL)))
    }

    fn read(&mut self, file: &File) -> io::Result<Vec<Record>> {
        let stat = fstat(file)?;
        let length = u64::try_from(stat.st_size).unwrap_or(0);
        let same = self.seen.as_ref().is_some_and(|seen| is_same(seen, &stat));
        if same && length == self.length {
            return Ok(Vec::new());
        }
        if !same || length < self.at || read_before(file, self.at, self.tail.len())? != self.tail {
            (self.at, self.tail) = (0, Vec::new());
        }
        let mut bytes = read_from(file, self.at)?;
        let read = bytes.len() as u64;
        // A line that is being written is read when it is whole.
        bytes.truncate(ended(&bytes));
        (self.seen, self.length) = (Some(stat), self.at + read);
        self.at += bytes.len() as u64;
        self.tail = read_before(file, self.at, TAIL)?;
        Ok(scan(&bytes, 0).filter_map(|line| line.read.ok()).collect())
    }
}
