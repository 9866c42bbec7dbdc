//! The shelf: which incidents lie below one folder, and whether their files are as they were.

use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::{fmt, fs, io};

use crate::archive::hands::in_parts;
use crate::store;

/// An incident that is there, unread.
#[derive(Clone, Debug)]
pub(super) struct Seen {
    /// Its folder.
    pub folder: PathBuf,
    /// Whether its files are as they were; none where that cannot be told.
    pub mark: Option<Mark>,
}

/// What tells whether the files of an incident are as they were: when each was changed, in any way, and its length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark {
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
    pub fn length(&self) -> u64 {
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
    let hidden = |path: &Path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
    let paths: Vec<PathBuf> =
        entries.flatten().map(|entry| entry.path()).filter(|path| !hidden(path)).collect();
    let found = in_parts(&paths, |path| {
        let mark = mark(path);
        // Where nobody may look, it shows when it is read.
        let is_one = mark.is_some() || store::is_incident(path);
        is_one.then(|| Seen { folder: path.clone(), mark })
    });
    Ok(found.into_iter().flatten().collect())
}

pub(super) fn mark(folder: &Path) -> Option<Mark> {
    let stood = |name| {
        let file = fs::symlink_metadata(folder.join(name)).ok()?;
        Some(Stood { changed: (file.ctime(), file.ctime_nsec()), length: file.len() })
    };
    let (journal, snapshot) = (stood(store::JOURNAL), stood(store::SNAPSHOT));
    (journal.is_some() || snapshot.is_some()).then_some(Mark { journal, snapshot })
}
