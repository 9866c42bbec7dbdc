//! Whole files, written so that a reader finds either the old one or the new one.

use std::fs::File;
use std::io::{self, Write as _};

use rustix::io::Errno;
use rustix::process::{Pid, getpid, test_kill_process};

use super::dir::{Access, Dir};
use super::planted::{Fault, planted};

/// How many temporary names are tried: others of the same process id may be left over from before a restart.
const NAMES: u32 = 64;

/// How many files are kept beside each other under one name with a number.
const ASIDE: u32 = 1000;

/// A name for a temporary file, and the file, not yet written to.
pub(super) fn temporary(dir: &Dir, name: &str, access: Access) -> io::Result<(String, File)> {
    let pid = getpid().as_raw_nonzero();
    let mut taken = io::Error::from(io::ErrorKind::AlreadyExists);
    for turn in 0..NAMES {
        let own = if turn == 0 { format!("{name}.{pid}.tmp") } else { format!("{name}.{pid}-{turn}.tmp") };
        match dir.create_file(&own, access) {
            Ok(file) => return Ok((own, file)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => taken = error,
            Err(error) => return Err(error),
        }
    }
    Err(taken)
}

/// Fills a temporary file, synced where `durable`, and hands its name to `place`; it is removed where that fails.
fn written(
    dir: &Dir,
    name: &str,
    fill: impl FnOnce(&mut File) -> io::Result<()>,
    durable: bool,
    place: impl FnOnce(&str) -> io::Result<()>,
) -> io::Result<()> {
    let (own, mut file) = temporary(dir, name, Access::Write)?;
    let done = fill(&mut file)
        .and_then(|()| if durable && !planted(Fault::UnsyncedFile) { file.sync_all() } else { Ok(()) })
        .and_then(|()| place(&own));
    if done.is_err() {
        // What stopped it is what gets reported; a leftover is found and removed at the next opening.
        drop(dir.remove(&own));
    }
    done
}

/// Puts a file in the place of the one with this name, if there is one. An empty folder in its place is removed.
pub(super) fn replace(dir: &Dir, name: &str, content: &[u8], durable: bool) -> io::Result<()> {
    replace_by(dir, name, |file| file.write_all(content), durable)
}

/// As [`replace`], with what `fill` writes: of a long file not all has to be in memory at once.
pub(super) fn replace_by(
    dir: &Dir,
    name: &str,
    fill: impl FnOnce(&mut File) -> io::Result<()>,
    durable: bool,
) -> io::Result<()> {
    written(dir, name, fill, durable, |own| match dir.rename(own, name) {
        Err(error) if error.kind() == io::ErrorKind::IsADirectory => {
            dir.remove_folder(name)?;
            dir.rename(own, name)
        }
        other => other,
    })?;
    if durable { dir.sync() } else { Ok(()) }
}

/// Creates a file, synced where `durable`; an error of the kind `AlreadyExists` where the name is taken.
pub(super) fn create(dir: &Dir, name: &str, content: &[u8], durable: bool) -> io::Result<()> {
    written(dir, name, |file| file.write_all(content), durable, |own| dir.rename_to_new(own, name))?;
    if durable { dir.sync() } else { Ok(()) }
}

/// Gives a file another name, with a number behind it where that is taken; says which.
pub(super) fn put_aside(dir: &Dir, name: &str, aside: &str) -> io::Result<String> {
    let mut turn = 1;
    loop {
        let to = if turn == 1 { aside.to_owned() } else { format!("{aside}-{turn}") };
        match dir.rename_to_new(name, &to) {
            Ok(()) => break dir.sync().map(|()| to),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && turn < ASIDE => turn += 1,
            Err(error) => return Err(error),
        }
    }
}

/// Whether a name is that of a temporary file of `name` whose process is gone; `mine` says whether one of this very
/// process counts too, which holds only where nothing of it can be at work on it.
pub(super) fn is_stale(candidate: &str, name: &str, mine: bool) -> bool {
    let Some(pid) = writer_of(candidate, name) else { return false };
    match Pid::from_raw(pid) {
        Some(pid) if pid == getpid() => mine,
        Some(pid) => test_kill_process(pid) == Err(Errno::SRCH),
        None => true,
    }
}

/// Whether a name is that of a temporary file of `name`, whoever wrote it.
pub(super) fn is_temporary(candidate: &str, name: &str) -> bool {
    writer_of(candidate, name).is_some()
}

/// The number of the process that wrote a temporary file of `name`.
fn writer_of(candidate: &str, name: &str) -> Option<i32> {
    let rest = candidate.strip_prefix(name)?.strip_prefix('.')?.strip_suffix(".tmp")?;
    rest.split('-').next()?.parse().ok()
}
