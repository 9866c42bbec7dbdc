//! The line that was typed but not sent, kept so that a crash does not lose it. It is a help, not a promise: it is not
//! synced, and what is wrong with its file is no reason not to open the incident.
//!
//! Several processes may have an incident open: each has a file of its own, `draft` or `draft-2` and so on. One that no
//! living process has told to be its own was left, and is offered to whoever comes next.

use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use super::dir::{Access, Dir};
use super::planted::{Fault, planted};
use super::presence::{self, Presence};
use super::queue::Draft;
use super::{DRAFT, StoreError, atomic};
use crate::text::Raw;

/// The longest draft that is read, in bytes.
const LIMIT: u64 = 1024 * 1024;

/// How many lines are kept beside each other.
const FILES: u32 = 1000;

/// A line that somebody left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    /// Its file.
    pub path: PathBuf,
    /// The line.
    pub line: Raw,
}

/// Whether a file of this name holds a draft.
pub fn is_name(name: &str) -> bool {
    let number = name.strip_prefix(DRAFT).map(|rest| rest.strip_prefix('-').unwrap_or(rest));
    name == DRAFT || number.is_some_and(|n| name.contains('-') && n.parse::<u32>().is_ok())
}

/// The lines that were left in an incident's folder, or [aside](super::aside) of it, the newest last.
///
/// # Errors
/// Where the folder cannot be read.
pub fn left(folder: &Path) -> Result<Vec<Left>, StoreError> {
    let dir = Dir::open(folder)?;
    let owned: Vec<String> = presence::peers(folder)?.into_iter().filter_map(|peer| peer.draft).collect();
    let mut names = dir.names().map_err(StoreError::io("read", folder))?;
    names.retain(|name| is_name(name) && !owned.contains(name));
    let written = |name: &str| dir.stat(name).ok().flatten().map(|stat| (stat.st_mtime, stat.st_mtime_nsec));
    names.sort_by_cached_key(|name| (written(name), name.clone()));
    let lines = names.into_iter().filter_map(|name| {
        // One that cannot be read keeps none of the others from being offered.
        let line = read(&dir, &name).ok()??;
        Some(Left { path: folder.join(name), line })
    });
    Ok(lines.collect())
}

/// What stands in the file of a draft; none where it is blank or gone. What is not UTF-8 in it is replaced.
///
/// # Errors
/// Where it cannot be read, or is no file.
pub fn load(path: &Path) -> Result<Option<Raw>, StoreError> {
    let (Some(folder), Some(name)) = (path.parent(), path.file_name().and_then(|n| n.to_str())) else {
        return Err(StoreError::Name(path.to_string_lossy().into_owned()));
    };
    read(&Dir::open(folder)?, name)
}

fn read(dir: &Dir, name: &str) -> Result<Option<Raw>, StoreError> {
    let Some(file) = dir.open_file(name, Access::Read)? else { return Ok(None) };
    let mut bytes = Vec::new();
    file.take(LIMIT).read_to_end(&mut bytes).map_err(StoreError::io("read", &dir.path().join(name)))?;
    let line = Raw::new(String::from_utf8_lossy(&bytes));
    Ok((!line.is_blank()).then_some(line))
}

/// The file of this process's own draft. One that was left, and whose line the person has taken up, is its own, too.
#[derive(Debug, Default)]
pub(super) struct Own(Option<String>);

impl Own {
    /// Keeps a line, and says in which file. An empty one is forgotten, with its file.
    pub(super) fn keep(&mut self, dir: &Dir, presence: &mut Presence, draft: &Draft) -> io::Result<PathBuf> {
        let Draft { line, taken_up, anew, .. } = draft;
        if *anew {
            self.forget(dir, presence)?;
        }
        if let Some(file) = taken_up.as_ref().filter(|file| file.parent() == Some(dir.path()))
            && let Some(name) = file.file_name().and_then(|name| name.to_str())
        {
            self.take_up(name, presence);
        }
        if planted(Fault::DraftDropped) {
            return Ok(dir.path().join(DRAFT));
        }
        if line.is_blank() {
            self.forget(dir, presence)?;
            return Ok(dir.path().join(DRAFT));
        }
        let bytes = line.as_typed().as_bytes();
        let name = match self.0.take() {
            Some(name) => {
                let done = atomic::replace(dir, &name, bytes, false);
                self.0 = Some(name.clone());
                done.map(|()| name)?
            }
            None => self.0.insert(create(dir, presence, bytes)?).clone(),
        };
        Ok(dir.path().join(name))
    }

    /// The line that was left in the file of this name is this process's own now.
    pub(super) fn take_up(&mut self, name: &str, presence: &mut Presence) {
        if self.0.as_deref() != Some(name) {
            self.0 = Some(name.to_owned());
            presence.tell_draft(Some(name));
        }
    }

    /// Removes the file.
    pub(super) fn forget(&mut self, dir: &Dir, presence: &mut Presence) -> io::Result<()> {
        let Some(name) = &self.0 else { return Ok(()) };
        dir.remove(name)?;
        self.0 = None;
        presence.tell_draft(None);
        Ok(())
    }
}

/// Puts a new draft beside those that are there. Told before it is there, so that nobody takes it for one that was left.
fn create(dir: &Dir, presence: &mut Presence, bytes: &[u8]) -> io::Result<String> {
    let mut taken = io::Error::from(io::ErrorKind::AlreadyExists);
    for turn in 1..=FILES {
        let name = if turn == 1 { DRAFT.to_owned() } else { format!("{DRAFT}-{turn}") };
        if matches!(dir.stat(&name), Ok(Some(_))) {
            continue;
        }
        presence.tell_draft(Some(&name));
        match atomic::create(dir, &name, bytes, false) {
            Ok(()) => return Ok(name),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => taken = error,
            Err(error) => {
                presence.tell_draft(None);
                return Err(error);
            }
        }
    }
    presence.tell_draft(None);
    Err(taken)
}
