//! The shelf: all incidents below one folder, as they can be read without opening them.

use std::collections::HashMap;
use std::num::NonZero;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::time::SystemTime;
use std::{fs, io, thread};

use super::peek;
use crate::model::Incident;
use crate::store;

/// The most threads that read at once.
const HANDS: usize = 8;
/// So few incidents are not worth a thread.
const FEW: usize = 16;

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

/// What tells whether a file is as it was: when it was changed, in any way, and its length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Mark {
    changed: (i64, i64),
    length: u64,
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
        let mut shelf = Self { root: root.to_owned(), found: Vec::new() };
        shelf.refresh()?;
        Ok(shelf)
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
        kept.extend(read_all(&fresh));
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
    /// An incident that was written just now, as it was written.
    pub fn just_written(folder: PathBuf, incident: Incident) -> Self {
        Self { folder, incident: Ok(incident), written: None, mark: None }
    }

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
    let entries = match fs::read_dir(root) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let hidden = |path: &Path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
    let folders = entries.flatten().map(|entry| entry.path());
    Ok(folders.filter(|folder| !hidden(folder) && store::is_incident(folder)).collect())
}

fn mark(folder: &Path) -> Option<Mark> {
    let file = |name| fs::symlink_metadata(folder.join(name));
    let data = file(store::JOURNAL).or_else(|_| file(store::SNAPSHOT)).ok()?;
    Some(Mark { changed: (data.ctime(), data.ctime_nsec()), length: data.len() })
}

/// Reads them by several threads: hundreds of incidents are to be there before a person wonders.
fn read_all(folders: &[PathBuf]) -> Vec<Found> {
    let of = |folders: &[PathBuf]| folders.iter().map(|folder| Found::read(folder)).collect::<Vec<_>>();
    let hands = thread::available_parallelism().map_or(1, NonZero::get).min(HANDS);
    if folders.len() <= FEW || hands == 1 {
        return of(folders);
    }
    thread::scope(|scope| {
        let share = folders.len().div_ceil(hands);
        let readers: Vec<_> = folders.chunks(share).map(|part| scope.spawn(move || of(part))).collect();
        let parts = readers
            .into_iter()
            .map(|reader| reader.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        parts.flatten().collect()
    })
}
