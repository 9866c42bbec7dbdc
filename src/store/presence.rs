//! Who has an incident open. Each process that stays has a file of its own in the folder and holds a lock on it as long as
//! it lives: so nobody who was killed seems to be there still, whatever became of its process number.

use std::fs::{File, TryLockError};
use std::io::{self, Read as _};
use std::os::unix::fs::FileExt as _;
use std::path::Path;

use rustix::fs::fstat;
use serde::{Deserialize, Serialize};

use super::dir::{Access, Dir};
use super::{StoreError, draft};
use crate::text::Raw;

/// What the names of these files begin with; a number follows.
const NAME: &str = ".open-";

/// How many can be told at once. Whoever comes later writes all the same, and is not told.
const PLACES: u32 = 64;

/// The longest such file that is read, in bytes.
const LIMIT: u64 = 4096;

/// Somebody who has an incident open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Peer {
    /// Who makes changes there.
    pub by: Raw,
    /// The number of the process.
    pub pid: u32,
    /// The file of the line that is being written there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draft: Option<String>,
}

/// This process's own place among those who have the incident open.
#[derive(Debug)]
pub(super) struct Presence {
    name: String,
    /// Locked.
    file: File,
    me: Peer,
}

/// Those who have the incident in a folder open, without this very process's places.
///
/// # Errors
/// Where the folder cannot be read.
pub fn peers(folder: &Path) -> Result<Vec<Peer>, StoreError> {
    let dir = Dir::open(folder)?;
    others(&dir, None).map_err(StoreError::io("read", folder))
}

impl Presence {
    /// Takes a place; none where all are taken.
    pub(super) fn take(dir: &Dir, by: &Raw) -> Result<Option<Self>, StoreError> {
        let me = Peer { by: by.clone(), pid: std::process::id(), draft: None };
        for place in 1..=PLACES {
            let name = format!("{NAME}{place}");
            if let Some(file) = locked(dir, &name)? {
                let presence = Self { name, file, me };
                presence.write();
                return Ok(Some(presence));
            }
        }
        Ok(None)
    }

    /// Whether the file went, as with a folder that was replaced.
    pub(super) fn is_lost(&self) -> bool {
        fstat(&self.file).is_ok_and(|stat| stat.st_nlink == 0)
    }

    /// Tells the others which file holds the line that is being written here, so that they do not take it for one that
    /// was left.
    pub(super) fn tell_draft(&mut self, draft: Option<&str>) {
        let draft = draft.map(str::to_owned);
        if self.me.draft != draft {
            self.me.draft = draft;
            self.write();
        }
    }

    /// The others.
    pub(super) fn others(&self, dir: &Dir) -> io::Result<Vec<Peer>> {
        others(dir, Some(&self.name))
    }

    /// Gives the place up.
    pub(super) fn leave(self, dir: &Dir) {
        if !self.is_lost() {
            // The lock goes with the process anyway: at worst a file without anybody stays.
            drop(dir.remove(&self.name));
        }
    }

    /// What stands in it is for people: nothing depends on its being written.
    fn write(&self) {
        let Ok(text) = serde_json::to_string(&self.me) else { return };
        let text = text + "\n";
        let written =
            self.file.write_all_at(text.as_bytes(), 0).and_then(|()| self.file.set_len(text.len() as u64));
        drop(written);
    }
}

/// The file of a place, locked; nothing where somebody else has it.
fn locked(dir: &Dir, name: &str) -> Result<Option<File>, StoreError> {
    loop {
        let file = match dir.open_file(name, Access::Write)? {
            Some(file) => file,
            None => match dir.create_file(name, Access::Write) {
                Ok(file) => file,
                // Another process was faster.
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => continue,
                Err(error) => return Err(StoreError::io("create", &dir.path().join(name))(error)),
            },
        };
        if file.try_lock().is_err() {
            return Ok(None);
        }
        // Whoever left in between has removed the name: then this file is nobody's place any more.
        let there = fstat(&file).map_err(StoreError::io("look at", &dir.path().join(name)))?;
        if there.st_nlink > 0 {
            return Ok(Some(file));
        }
    }
}

fn others(dir: &Dir, mine: Option<&str>) -> io::Result<Vec<Peer>> {
    let mut names = dir.names()?;
    names.retain(|name| name.starts_with(NAME) && Some(name.as_str()) != mine);
    names.sort();
    Ok(names.iter().filter_map(|name| peer(dir, name)).collect())
}

/// Who is behind a place; nobody where its file is not locked, or is no such file.
fn peer(dir: &Dir, name: &str) -> Option<Peer> {
    let file = dir.open_file(name, Access::Read).ok()??;
    match file.try_lock_shared() {
        Err(TryLockError::WouldBlock) => {}
        Ok(()) | Err(TryLockError::Error(_)) => return None,
    }
    let mut text = Vec::new();
    (&file).take(LIMIT).read_to_end(&mut text).ok()?;
    let peer: Peer = serde_json::from_slice(&text).ok()?;
    Some(Peer { draft: peer.draft.filter(|name| draft::is_name(name)), ..peer })
}
