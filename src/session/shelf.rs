//! The shelf: all incidents below one folder, as they can be read without opening them.

use std::collections::HashMap;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::time::SystemTime;
use std::{fmt, fs, io};

use super::peek;
use crate::archive::hands::in_parts;
use crate::model::Incident;
use crate::store;

/// An incident that was found.
#[derive(Clone, Debug)]
pub struct Found {
    /// Its folder.
    pub folder: PathBuf,
    /// What it holds, or why it cannot be read; the reason is safe for a terminal.
    pub incident: Result<Incident, String>,
    /// When it was written last.
    pub written: Option<SystemTime>,
    mark: Option<Mark>,
}

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

/// All incidents below a folder.
#[derive(Clone, Debug, Default)]
pub struct Shelf {
    root: PathBuf,
    found: Vec<Found>,
}

impl Shelf {
    /// Reads all incidents below `root`. A folder that is not there has none.
    ///
    /// # Errors
    /// Where the folder cannot be read.
    pub fn read(root: &Path) -> io::Result<Self> {
        let mut shelf = Self::below(root);
        shelf.refresh()?;
        Ok(shelf)
    }

    /// One for the incidents below `root`, none of which is read yet.
    pub fn below(root: &Path) -> Self {
        Self { root: root.to_owned(), found: Vec::new() }
    }

    /// Reads again what was written since, and tells whether anything has changed.
    ///
    /// # Errors
    /// Where the folder cannot be read. What was found before stays.
    pub fn refresh(&mut self) -> io::Result<bool> {
        let folders = folders(&self.root)?;
        let mut known: HashMap<PathBuf, Found> =
            std::mem::take(&mut self.found).into_iter().map(|found| (found.folder.clone(), found)).collect();
        let before = known.len();
        let (mut kept, mut fresh) = (Vec::new(), Vec::new());
        for folder in folders {
            match known.remove(&folder) {
                Some(found) if found.mark.is_some() && found.mark == mark(&folder) => kept.push(found),
                _ => fresh.push(folder),
            }
        }
        let changed = !fresh.is_empty() || kept.len() != before;
        kept.extend(in_parts(&fresh, |folder| Found::read(folder)));
        kept.sort_by(|a, b| b.folder.cmp(&a.folder));
        self.found = kept;
        Ok(changed)
    }

    /// The incidents, the newest id first.
    pub fn found(&self) -> &[Found] {
        &self.found
    }

    /// The incidents, the newest id first.
    pub fn into_found(self) -> Vec<Found> {
        self.found
    }
}

impl Found {
    fn read(folder: &Path) -> Self {
        // The mark first: what is written while the incident is being read is then read again.
        let mark = mark(folder);
        let incident = peek(folder, None).map(|peeked| peeked.incident).map_err(|error| error.to_string());
        let written = fs::metadata(folder.join(store::JOURNAL)).and_then(|m| m.modified()).ok();
        Self { folder: folder.to_owned(), incident, written, mark }
    }

    /// Whether the outage is going on, as far as can be read.
    pub fn is_unresolved(&self) -> bool {
        self.incident.as_ref().is_ok_and(|incident| !incident.status.is_over())
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
