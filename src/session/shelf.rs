//! The shelf: which incidents lie below one folder, and whether their files are as they were.

use std::ffi::OsString;
use std::os::fd::{AsFd as _, BorrowedFd};
use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};
use std::{fmt, fs, io};

use rustix::fs::{AtFlags, CWD, Mode, OFlags, Stat, statat};

use crate::hands::in_parts;
use crate::store;

/// An incident that is there, unread.
#[derive(Clone, Debug)]
pub(super) struct Seen {
    /// Its folder.
    pub folder: PathBuf,
    /// The name of that.
    pub name: String,
    /// How its files stand; none where that cannot be told.
    pub looked: Option<Looked>,
}

/// How the files of an incident stand.
#[derive(Clone, Copy, Debug)]
pub(super) struct Looked {
    /// Whether its files are as they were.
    pub mark: Mark,
    /// When the journal was written last, in milliseconds since 1970; none where there is none.
    pub written: Option<i64>,
}

/// What tells whether an incident is as it was: when its journal was changed, in any way, and its length; those of the
/// snapshot where there is no journal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    journal: Option<Stood>,
    snapshot: Option<Stood>,
}

/// How a file stood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stood {
    changed: (i64, i64),
    length: u64,
}

impl Mark {
    /// How long the journal is, in bytes.
    pub(super) fn length(&self) -> u64 {
        self.journal.map_or(0, |journal| journal.length)
    }
}

/// As it stands in the index.
impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (nth, file) in [self.journal, self.snapshot].into_iter().enumerate() {
            f.write_str(if nth > 0 { " " } else { "" })?;
            match file {
                Some(Stood { changed: (seconds, nanos), length }) => {
                    write!(f, "{seconds}.{nanos:09}:{length}")?;
                }
                None => f.write_str("-")?,
            }
        }
        Ok(())
    }
}

/// The folders that hold an incident; one with a dot is an incident that was never finished being created.
///
/// # Errors
/// Where `root` cannot be read; one that is not there holds none.
pub fn folders(root: &Path) -> io::Result<Vec<PathBuf>> {
    Ok(seen(root)?.into_iter().map(|seen| seen.folder).collect())
}

/// The incidents that are there, with the marks of their files.
///
/// # Errors
/// Where `root` cannot be read; one that is not there holds none.
pub(super) fn seen(root: &Path) -> io::Result<Vec<Seen>> {
    let entries = match fs::read_dir(root) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    // Below an open folder, the way to it is not gone again for each.
    let dir = rustix::fs::open(root, OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC, Mode::empty())?;
    let names: Vec<OsString> = entries.flatten().map(|entry| entry.file_name()).collect();
    let found = in_parts(&names, |name| {
        if name.as_bytes().starts_with(b".") {
            return None;
        }
        let looked = looked_at(dir.as_fd(), Path::new(name));
        let folder = root.join(name);
        // Where nobody may look, it shows when it is read.
        let is_one = looked.is_some() || store::is_incident(&folder);
        is_one.then(|| Seen { folder, name: name.to_string_lossy().into_owned(), looked })
    });
    Ok(found.into_iter().flatten().collect())
}

/// How the files in this folder stand.
pub(super) fn look_at(folder: &Path) -> Option<Looked> {
    looked_at(CWD, folder)
}

fn looked_at(dir: BorrowedFd<'_>, folder: &Path) -> Option<Looked> {
    let stat = |name| statat(dir, folder.join(name), AtFlags::SYMLINK_NOFOLLOW).ok();
    let stood = |file: &Stat| Stood {
        changed: (file.st_ctime, i64::try_from(file.st_ctime_nsec).unwrap_or_default()),
        length: u64::try_from(file.st_size).unwrap_or_default(),
    };
    let journal = stat(store::JOURNAL);
    // Beside a journal the snapshot tells nothing that does not stand in that.
    let snapshot = if journal.is_none() { Some(stat(store::SNAPSHOT)?) } else { None };
    let mark = Mark { journal: journal.as_ref().map(stood), snapshot: snapshot.as_ref().map(stood) };
    let written = journal.map(|file| {
        let nanos = i64::try_from(file.st_mtime_nsec).unwrap_or_default();
        file.st_mtime.saturating_mul(1_000).saturating_add(nanos / 1_000_000)
    });
    Some(Looked { mark, written })
}

/// Milliseconds since 1970, as the time of a file.
pub(super) fn instant(ms: i64) -> Option<SystemTime> {
    SystemTime::UNIX_EPOCH.checked_add(Duration::from_millis(u64::try_from(ms).ok()?))
}
