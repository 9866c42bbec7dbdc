//! Creates an incident's folder: either it is not there, or it has a journal whose first records are durable.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::{fs, io};

use super::dir::{Access, Dir};
use super::planted::{Fault, planted};
use super::{JOURNAL, StoreError, atomic};
use crate::log::Record;

/// Tells apart the folders that one process creates at once.
static TURN: AtomicU32 = AtomicU32::new(0);

/// Creates the folder `id` in `root` with a journal of these records, and gives its path. The root is created too where
/// it is missing. Folders and files can be read by their owner only, whatever the umask.
///
/// The folder is made under a temporary name that begins with a dot, synced, and renamed without replacing anything: so
/// a crash leaves no folder with half a journal.
///
/// # Errors
/// [`StoreError::Exists`] where the name is taken: the caller tries another one.
pub fn create(root: &Path, id: &str, first: &[Record]) -> Result<PathBuf, StoreError> {
    if id.is_empty() || id == "." || id == ".." || id.contains(['/', '\0']) {
        return Err(StoreError::Name(id.to_owned()));
    }
    create_root(root)?;
    let path = root.join(id);
    let parent = Dir::open(&resolved(root)?)?;
    let taken = parent.stat(id).map_err(StoreError::io("look at", &path))?;
    if taken.is_some() {
        return Err(StoreError::Exists(path));
    }
    let temporary = temporary_folder(&parent).map_err(StoreError::io("create", &path))?;
    let done = fill_and_place(&parent, &temporary, id, first);
    if done.is_err() {
        // What stopped it is what gets reported. Nothing was promised of the temporary folder.
        drop(fs::remove_dir_all(parent.path().join(&temporary)));
    }
    match done {
        Ok(()) => Ok(path),
        Err(error) if is_taken(&error) => Err(StoreError::Exists(path)),
        Err(error) => Err(StoreError::io("create", &path)(error)),
    }
}

/// Creates an incident in this very folder, which has to be missing or empty.
///
/// # Errors
/// [`StoreError::NotEmpty`] where it holds anything, [`StoreError::Refused`] where it is no folder.
pub fn create_at(folder: &Path, first: &[Record]) -> Result<PathBuf, StoreError> {
    let path = std::path::absolute(folder).map_err(StoreError::io("find", folder))?;
    let dir = match Dir::open(&path) {
        Ok(dir) => dir,
        Err(StoreError::NoFolder(_)) => {
            let (Some(root), Some(name)) = (path.parent(), path.file_name().and_then(|n| n.to_str())) else {
                return Err(StoreError::Name(path.to_string_lossy().into_owned()));
            };
            return create(root, name, first);
        }
        Err(error) => return Err(error),
    };
    let names = dir.names().map_err(StoreError::io("read", &path))?;
    if names.iter().any(|name| !atomic::is_stale(name, JOURNAL, false)) {
        return Err(StoreError::NotEmpty(path));
    }
    let done = dir
        .make_private()
        .and_then(|()| atomic::create(&dir, JOURNAL, &lines(first), true))
        .and_then(|()| path.parent().map_or(Ok(()), sync_folder));
    match done {
        Ok(()) => Ok(path),
        Err(error) if is_taken(&error) => Err(StoreError::NotEmpty(path)),
        Err(error) => Err(StoreError::io("create a journal in", &path)(error)),
    }
}

/// Creates a folder with those above it, each for its owner only, and makes their names durable.
pub(super) fn create_root(root: &Path) -> Result<(), StoreError> {
    let root = std::path::absolute(root).map_err(StoreError::io("find", root))?;
    let missing: Vec<_> = root.ancestors().take_while(|a| !a.exists()).collect();
    for folder in missing.into_iter().rev() {
        let (Some(above), Some(name)) = (folder.parent(), folder.file_name().and_then(|n| n.to_str())) else {
            return Err(StoreError::Name(folder.to_string_lossy().into_owned()));
        };
        let above = Dir::open(&resolved(above)?)?;
        match above.create_folder(name) {
            Err(error) if !is_taken(&error) => return Err(StoreError::io("create", folder)(error)),
            _ => above.sync().map_err(StoreError::io("sync", above.path()))?,
        }
    }
    Ok(())
}

/// A root may be reached through links, which people use to put their data on another disk; an incident may not.
pub(super) fn resolved(root: &Path) -> Result<PathBuf, StoreError> {
    root.canonicalize().map_err(StoreError::io("find", root))
}

fn temporary_folder(parent: &Dir) -> io::Result<String> {
    loop {
        let turn = TURN.fetch_add(1, Ordering::Relaxed);
        let name = format!(".new-{}-{turn}", std::process::id());
        match parent.create_folder(&name) {
            Ok(()) => return Ok(name),
            // Left by a process of the same number: the next name is tried.
            Err(error) if is_taken(&error) => {}
            Err(error) => return Err(error),
        }
    }
}

fn fill_and_place(parent: &Dir, temporary: &str, id: &str, first: &[Record]) -> io::Result<()> {
    let dir = Dir::open(&parent.path().join(temporary)).map_err(io::Error::other)?;
    let mut journal = dir.create_file(JOURNAL, Access::Append)?;
    journal.write_all(&lines(first))?;
    if !planted(Fault::UnsyncedFile) {
        journal.sync_all()?;
    }
    dir.sync()?;
    parent.rename_to_new(temporary, id)?;
    parent.sync()
}

/// The lines of a journal with these records.
pub(super) fn lines(records: &[Record]) -> Vec<u8> {
    let mut lines = Vec::new();
    for record in records {
        lines.extend_from_slice(record.line().as_bytes());
        lines.push(b'\n');
    }
    lines
}

fn sync_folder(folder: &Path) -> io::Result<()> {
    fs::File::open(folder)?.sync_all()
}

fn is_taken(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::AlreadyExists | io::ErrorKind::DirectoryNotEmpty)
}
