//! A folder that holds incidents: whose it is, who may do what in it, what it stands on, and how much room is left.

use std::io;
use std::path::Path;

use rustix::fs::{Access, access, stat, statvfs};
use rustix::process::geteuid;

use super::places::{number, rights};
use crate::store::{Standing, is_incident};

/// What a folder that is being made for an incident begins with.
const UNFINISHED: &str = ".new-";

/// What is known of a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Root {
    /// Its rights.
    pub mode: u32,
    /// Whose it is.
    pub uid: u32,
    /// It belongs to whoever looks.
    pub mine: bool,
    /// Whoever looks may put something into it.
    pub writable: bool,
    /// What it stands on, where the system tells.
    pub standing: Option<Standing>,
    /// How many bytes are free for whoever looks, where the system tells.
    pub free: Option<u64>,
    /// The names of folders in it that hold nothing of an incident, or one that was never finished being made.
    pub strays: Vec<String>,
}

/// Looks at a folder; none where there is none.
///
/// # Errors
/// Where it cannot be looked at.
pub fn root(path: &Path) -> io::Result<Option<Root>> {
    let found = match stat(path) {
        Ok(found) => found,
        Err(rustix::io::Errno::NOENT) => return Ok(None),
        Err(errno) => return Err(errno.into()),
    };
    let entries = std::fs::read_dir(path)?.flatten();
    let folders = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()));
    let stray = |path: &Path, name: &str| name.starts_with(UNFINISHED) || !is_incident(path);
    let names = folders.filter_map(|entry| {
        let name = entry.file_name().to_string_lossy().into_owned();
        stray(&entry.path(), &name).then_some(name)
    });
    let mut strays: Vec<String> = names.collect();
    strays.sort();
    Ok(Some(Root {
        mode: number(rights(&found)),
        uid: found.st_uid,
        mine: found.st_uid == geteuid().as_raw(),
        writable: access(path, Access::WRITE_OK | Access::EXEC_OK).is_ok(),
        standing: Standing::of(path).ok(),
        free: statvfs(path).ok().map(|disk| disk.f_bavail.saturating_mul(disk.f_frsize)),
        strays,
    }))
}
