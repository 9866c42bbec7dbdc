//! The line that was typed but not sent, kept so that a crash does not lose it. It is a help, not a promise: it is not
//! synced, and what is wrong with the file is no reason not to open the incident.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use super::dir::{Access, Dir};
use super::planted::{Fault, planted};
use super::{DRAFT, StoreError, atomic};
use crate::text::Raw;

/// The longest draft that is read, in bytes.
const LIMIT: u64 = 1024 * 1024;

/// Keeps a line, and says in which file.
///
/// # Errors
/// Where it cannot be written.
pub fn save(folder: &Path, line: &Raw) -> Result<PathBuf, StoreError> {
    let dir = Dir::open(folder)?;
    let path = folder.join(DRAFT);
    if planted(Fault::DraftDropped) {
        return Ok(path);
    }
    atomic::replace(&dir, DRAFT, line.as_typed().as_bytes(), false)
        .map_err(StoreError::io("write", &path))?;
    Ok(path)
}

/// The line that was kept, if there is one. What is not UTF-8 in it is replaced.
///
/// # Errors
/// Where it cannot be read, or is no file.
pub fn load(folder: &Path) -> Result<Option<Raw>, StoreError> {
    let dir = Dir::open(folder)?;
    let Some(file) = dir.open_file(DRAFT, Access::Read)? else { return Ok(None) };
    let mut bytes = Vec::new();
    file.take(LIMIT).read_to_end(&mut bytes).map_err(StoreError::io("read", &folder.join(DRAFT)))?;
    let line = Raw::new(String::from_utf8_lossy(&bytes));
    Ok((!line.is_blank()).then_some(line))
}

/// Forgets the line, and removes what crashes left of others.
///
/// # Errors
/// Where it cannot be removed.
pub fn clear(folder: &Path) -> Result<(), StoreError> {
    let dir = Dir::open(folder)?;
    let path = folder.join(DRAFT);
    dir.remove(DRAFT).map_err(StoreError::io("remove", &path))?;
    for name in dir.names().map_err(StoreError::io("read", folder))? {
        if atomic::is_stale(&name, DRAFT, false) {
            dir.remove(&name).map_err(StoreError::io("remove", &path))?;
        }
    }
    Ok(())
}
