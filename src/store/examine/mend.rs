//! Puts right what can be without losing a byte: the journal is only ever appended to, and what is replaced is kept beside
//! it.

use std::io::{self, Write as _};
use std::path::Path;

use rustix::process::geteuid;

use super::super::append::sync;
use super::super::dir::{Dir, not_a_file};
use super::super::files::Files;
use super::super::lock::{LIMIT, Lock};
use super::super::{DRAFT, JOURNAL, LOCK, SNAPSHOT, StoreError, atomic, folder};
use super::places;
use crate::log::Record;

/// Takes from others what they may do with a folder and its files, and gives their owner back what the program needs.
/// Only what belongs to whoever runs it is touched.
///
/// # Errors
/// Where the system refuses.
pub fn put_rights_right(folder: &Path) -> Result<(), StoreError> {
    let dir = Dir::open(folder)?;
    let me = geteuid().as_raw();
    let path = folder.to_path_buf();
    let own = dir.own_stat().map_err(StoreError::io("look at", &path))?;
    // The folder first: then nobody else can put other files into it.
    if own.st_uid == me {
        dir.make_private().map_err(StoreError::io("change the mode of", &path))?;
    }
    for name in dir.names().map_err(StoreError::io("read", &path))? {
        let path = folder.join(&name);
        let Some(stat) = dir.stat(&name).map_err(StoreError::io("look at", &path))? else { continue };
        let own = [JOURNAL, SNAPSHOT, LOCK, DRAFT].contains(&name.as_str());
        let wanted = places::wanted(&stat, own);
        if stat.st_uid == me && not_a_file(&stat).is_none() && places::rights(&stat) != wanted {
            dir.set_mode(&name, wanted).map_err(StoreError::io("change the mode of", &path))?;
        }
    }
    Ok(())
}

/// Appends records as they are, under the lock, and synced when this returns.
///
/// # Errors
/// Where the folder cannot be written to; nothing is lost then, and it can be tried again.
pub fn append_found(folder: &Path, records: &[Record]) -> Result<(), StoreError> {
    let path = folder.join(JOURNAL);
    let refused = |reason: String| StoreError::io("write", &path)(io::Error::other(reason));
    let Files::Writable { lock, journal, .. } = Files::open(folder)? else {
        return Err(refused("it can only be read".to_owned()));
    };
    let held = lock.acquire(LIMIT).map_err(|error| refused(error.to_string()))?;
    let size = journal.metadata().map_err(StoreError::io("look at", &path))?.len();
    // Whatever the last line is, it must not take these with it. A blank line is none.
    let bytes = [b"\n".to_vec(), folder::lines(records)].concat();
    let mut file = &journal;
    if let Err(error) = file.write_all(&bytes) {
        drop(journal.set_len(size));
        return Err(StoreError::io("write", &path)(error));
    }
    sync(&journal).map_err(StoreError::io("sync", &path))?;
    drop(held);
    Ok(())
}

/// Moves what stands in the place of `incident.json` aside, as `incident.json.damaged-<label>`, and says the name.
///
/// # Errors
/// Where it cannot be renamed; it then stays where it is.
pub fn put_snapshot_aside(folder: &Path, label: &str) -> Result<String, StoreError> {
    let dir = Dir::open(folder)?;
    let path = folder.join(SNAPSHOT);
    let held = Lock::open(&dir)?.acquire(LIMIT);
    let held = held.map_err(|error| StoreError::io("move", &path)(io::Error::other(error.to_string())))?;
    let aside = format!("{SNAPSHOT}.damaged-{label}");
    let name = atomic::put_aside(&dir, SNAPSHOT, &aside).map_err(StoreError::io("move", &path))?;
    drop(held);
    Ok(name)
}
