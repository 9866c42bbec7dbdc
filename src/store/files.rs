//! The open files of an incident: folder, lock, journal. They stay open for the life of a writer, so that a process that
//! has run out of file descriptors can still save.

use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::os::unix::fs::FileExt as _;
use std::path::Path;

use rustix::fs::fstat;
use rustix::io::Errno;

use super::dir::{Access, Dir, is_same};
use super::lock::Lock;
use super::planted::{Fault, planted};
use super::{JOURNAL, StoreError, error};

/// The files of an incident.
#[derive(Debug)]
pub(super) enum Files {
    /// They can be written to.
    Writable { dir: Dir, lock: Lock, journal: File },
    /// They cannot, for this reason.
    ReadOnly {
        dir: Dir,
        /// Missing where only a snapshot is there.
        journal: Option<File>,
        reason: String,
    },
}

/// What became of the journal since it was looked at last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// The name stands for the open file, which has this size.
    There(u64),
    /// The name stands for another file, or for none.
    Replaced,
    /// The folder is gone from its path.
    Gone,
}

impl Files {
    /// Opens them; a journal that is missing is created. Read-only where writing is not allowed.
    pub(super) fn open(folder: &Path) -> Result<Self, StoreError> {
        let dir = Dir::open(folder)?;
        dir.check_owner()?;
        let writable = open_journal(&dir).and_then(|journal| Ok((journal, Lock::open(&dir)?)));
        match writable {
            Ok((journal, lock)) => Ok(Self::Writable { dir, lock, journal }),
            Err(error) => {
                let forbidden = error.source_io().is_some_and(|e| {
                    matches!(Errno::from_io_error(e), Some(Errno::ROFS | Errno::ACCESS | Errno::PERM))
                });
                if !forbidden {
                    return Err(error);
                }
                let reason = error.source_io().map_or_else(String::new, error::reason);
                let journal = dir.open_file(JOURNAL, Access::Read)?;
                Ok(Self::ReadOnly { dir, journal, reason })
            }
        }
    }

    /// The folder.
    pub(super) fn dir(&self) -> &Dir {
        match self {
            Self::Writable { dir, .. } | Self::ReadOnly { dir, .. } => dir,
        }
    }

    /// The journal.
    pub(super) fn journal(&self) -> Option<&File> {
        match self {
            Self::Writable { journal, .. } => Some(journal),
            Self::ReadOnly { journal, .. } => journal.as_ref(),
        }
    }

    /// Whether the names still stand for what is open, and how long the journal is. Changes nothing.
    pub(super) fn look(&self) -> io::Result<Look> {
        if !self.dir().is_in_place()? {
            return Ok(Look::Gone);
        }
        let Some(there) = self.dir().stat(JOURNAL)? else { return Ok(Look::Replaced) };
        let Some(journal) = self.journal() else { return Ok(Look::Replaced) };
        let open = fstat(journal)?;
        if !is_same(&open, &there) {
            return Ok(Look::Replaced);
        }
        Ok(Look::There(u64::try_from(open.st_size).unwrap_or(0)))
    }
}

fn open_journal(dir: &Dir) -> Result<File, StoreError> {
    let path = dir.path().join(JOURNAL);
    loop {
        if let Some(journal) = dir.open_file(JOURNAL, Access::Append)? {
            return Ok(journal);
        }
        match dir.create_file(JOURNAL, Access::Append) {
            Ok(journal) => {
                // A name that is not durable would take the records with it. Where that cannot be had, the name goes
                // again: found there at the next try, it would be believed.
                let synced = if planted(Fault::UnsyncedFile) { Ok(()) } else { journal.sync_all() };
                if let Err(error) = synced.and_then(|()| dir.sync()) {
                    drop(dir.remove(JOURNAL));
                    return Err(StoreError::io("create", &path)(error));
                }
                return Ok(journal);
            }
            // Another process was faster.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(StoreError::io("create", &path)(error)),
        }
    }
}

/// The bytes of a file from an offset to its end.
pub(super) fn read_from(mut file: &File, offset: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    // Where the file stands does not matter to writes: they all append.
    file.seek(SeekFrom::Start(offset))?;
    file.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// At most `length` bytes that end before an offset; fewer where the file is shorter.
pub(super) fn read_before(file: &File, offset: u64, length: usize) -> io::Result<Vec<u8>> {
    let length = length.min(usize::try_from(offset).unwrap_or(length));
    let mut bytes = vec![0; length];
    let begin = offset - length as u64;
    let mut got = 0;
    while got < length {
        match file.read_at(&mut bytes[got..], begin + got as u64) {
            Ok(0) => break,
            Ok(n) => got += n,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    bytes.truncate(got);
    Ok(bytes)
}
