//! The file that says where an incident is shared: a fact of this host. Whoever keeps the link to the server holds a lock on
//! it, so that of several rooms one does.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use super::dir::{Access, Dir};
use super::{StoreError, atomic};
use crate::model::Shared;

/// The name of the file.
const NAME: &str = "shared.json";

/// The longest that is read, in bytes.
const LIMIT: u64 = 64 * 1024;

/// The file in an incident's folder.
pub fn path(folder: &Path) -> PathBuf {
    folder.join(NAME)
}

/// Where an incident is shared; nothing where it is not.
///
/// # Errors
/// Where that cannot be read.
pub fn read(folder: &Path) -> Result<Option<Shared>, StoreError> {
    of(&Dir::open(folder)?)
}

/// As [`read`], of a folder that is open.
pub(super) fn of(dir: &Dir) -> Result<Option<Shared>, StoreError> {
    let path = dir.path().join(NAME);
    let Some(file) = dir.open_file(NAME, Access::Read)? else { return Ok(None) };
    let mut text = String::new();
    file.take(LIMIT).read_to_string(&mut text).map_err(StoreError::io("read", &path))?;
    // One that nobody understands shares nothing.
    Ok(serde_json::from_str(&text).ok())
}

/// Whether what is said here stays here for now: it is shared, and no process of this host has the link. Of an incident that is
/// not shared it is only looked whether the file is there.
pub fn waits(folder: &Path) -> bool {
    let Ok(dir) = Dir::open(folder) else { return false };
    let Ok(Some(file)) = dir.open_file(NAME, Access::Read) else { return false };
    // Where nothing can be locked, nobody can say: then a room may have the link.
    file.try_lock().is_ok() && of(&dir).is_ok_and(|shared| shared.is_some())
}

/// Takes the turn of whoever keeps the link again, as long as this is held: the file that it was taken on was written anew.
pub fn hold(folder: &Path) -> Option<File> {
    let file = File::open(path(folder)).ok()?;
    file.try_lock().is_ok().then_some(file)
}

/// Says where an incident is shared. It is on disk when this returns.
///
/// # Errors
/// Where it cannot be written.
pub fn write(folder: &Path, shared: &Shared) -> Result<(), StoreError> {
    let dir = Dir::open(folder)?;
    // Strings and numbers cannot fail to serialise.
    let text = serde_json::to_string_pretty(shared).unwrap_or_default() + "\n";
    let written = atomic::replace(&dir, NAME, text.as_bytes(), true);
    written.map_err(StoreError::io("write", &dir.path().join(NAME)))
}

/// Says that it is not shared any more; whether it was.
///
/// # Errors
/// Where that cannot be written.
pub fn remove(folder: &Path) -> Result<bool, StoreError> {
    let dir = Dir::open(folder)?;
    let path = dir.path().join(NAME);
    let was = dir.stat(NAME).map_err(StoreError::io("look at", &path))?.is_some();
    if was {
        dir.remove(NAME).and_then(|()| dir.sync()).map_err(StoreError::io("remove", &path))?;
    }
    Ok(was)
}
