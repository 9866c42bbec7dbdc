//! Takes lines out of a journal for good: the one exception to a journal that is never rewritten.
//!
//! Under the lock, the journal is written anew beside the old one, byte for byte but for the lines that go, and with the
//! tombstones at its end; synced, and renamed into the old one's place. A crash leaves the one or the other, whole. Then the
//! old one's bytes are overwritten, and so it goes on with the rescue files and the snapshot. What is overwritten may still
//! be there on an SSD, on a file system that copies what is written, in a backup: nobody can see to that from here.

mod damage;
mod elsewhere;
mod file;

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use super::dir::{Access, Dir};
use super::files::{Files, Look, read_from};
use super::lock::{self, Held, LockError};
use super::scan::scan;
use super::snapshot::{self, Seen, fingerprint, writers};
use super::{JOURNAL, Loaded, SNAPSHOT, StoreError, journal, restore};
use crate::log::{Fold, Ledger, Record};
pub use damage::Needles;
use elsewhere::Rescued;

/// How often the files are opened that others replace meanwhile.
const TRIES: usize = 8;

/// What is to go; worked out under the lock, from all that is known there.
#[derive(Clone, Debug, Default)]
pub struct Orders {
    /// Records to append: what only the snapshot had, and the tombstones.
    pub append: Vec<Record>,
    /// What was said in what goes: to find it in damaged lines, and in other files.
    pub words: Vec<String>,
    /// The attachments of what goes, by the names they are kept by.
    pub files: Vec<String>,
}

/// Where to purge.
#[derive(Clone, Copy, Debug)]
pub struct Where<'a> {
    /// The incident's folder.
    pub folder: &'a Path,
    /// The folder of rescue files.
    pub rescue: &'a Path,
    /// How the names of the incident's rescue files begin.
    pub id: &'a str,
}

/// What was done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Purged {
    /// How many lines went out of the journal.
    pub lines: usize,
    /// How many of them were damaged.
    pub damaged: usize,
    /// The rescue files that were written anew.
    pub rescued: Vec<PathBuf>,
    /// Files in which the words still stand.
    pub remains: Vec<PathBuf>,
    /// What could not be done, in words that are safe for a terminal.
    pub troubles: Vec<String>,
}

/// Why nothing was purged: the journal is as it was.
#[derive(Debug, thiserror::Error)]
pub enum PurgeError {
    /// The folder or its files.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Somebody else is writing.
    #[error(transparent)]
    Busy(#[from] LockError),
    /// The folder may not be written to.
    #[error("the incident is read-only ({0})")]
    ReadOnly(String),
    /// The files were replaced again and again.
    #[error("the journal was replaced while it was being opened")]
    Restless,
}

/// Whether a folder holds what its own tombstones have taken away: after a crash, or as it came from another replica.
pub fn is_due(loaded: &Loaded, ledger: &Ledger) -> bool {
    !ledger.purged().is_empty()
        && (loaded.records.iter().any(|record| ledger.is_gone(record))
            || loaded.snapshot.as_ref().is_some_and(|snapshot| restore::is_unaware(snapshot, ledger)))
}

/// Purges: `orders` are given what the folder holds, and the records in its rescue files and within damaged
/// lines.
///
/// # Errors
/// Where nothing was changed: the lock is held, the folder may not be written to, the disk is full.
pub fn purge(
    place: &Where<'_>,
    orders: impl FnOnce(&Loaded, &[Record]) -> Orders,
) -> Result<Purged, PurgeError> {
    let (files, held) = hold(place.folder)?;
    let Files::Writable { dir, journal, .. } = &files else {
        return Err(PurgeError::Restless);
    };
    let path = place.folder.join(JOURNAL);
    let bytes = read_from(journal, 0).map_err(StoreError::io("read", &path))?;
    let loaded = Loaded { snapshot: snapshot::read(dir).ok().flatten(), ..journal::sort(&bytes) };
    let rescued = Rescued::find(place.rescue, place.id);
    let mut elsewhere = rescued.records();
    elsewhere.extend(damage::salvage(&bytes));
    let Orders { append, words, files } = orders(&loaded, &elsewhere);
    let mut ledger = Ledger::default();
    ledger.extend(loaded.records.into_iter().chain(append.iter().cloned()));
    let needles = Needles::new(ledger.purged(), &words);
    let mut left = damage::without(&bytes, &ledger, &needles);
    left.append(&append);
    let mut done = Purged { lines: left.gone, damaged: left.damaged, ..Purged::default() };
    if left.bytes != bytes {
        let old = dir.open_file(JOURNAL, Access::Write)?;
        let placed = file::replace(dir, JOURNAL, &left.bytes).map_err(StoreError::io("write", &path))?;
        done.take_note(&path, placed.and_then(|()| old.as_ref().map_or(Ok(()), file::overwrite)));
    }
    elsewhere::remove_attachments(dir, &files, &ledger, &mut done);
    rescued.rewrite(&ledger, &needles, &mut done);
    elsewhere::search(dir, &needles, &mut done);
    // The last: as long as it has not heard of the tombstones, the next who opens the folder does all this again.
    done.write_snapshot(dir, &left.bytes);
    drop(held);
    Ok(done)
}

/// The lock on a journal that is the one at the path.
fn hold(folder: &Path) -> Result<(Files, Held), PurgeError> {
    for _ in 0..TRIES {
        let files = Files::open(folder)?;
        let lock = match &files {
            Files::Writable { lock, .. } => lock,
            Files::ReadOnly { reason, .. } => return Err(PurgeError::ReadOnly(reason.clone())),
        };
        let held = lock.acquire(lock::LIMIT)?;
        let path = folder.join(JOURNAL);
        let look = files.look().map_err(StoreError::io("look at", &path))?;
        if matches!(look, Look::There(_)) && !lock.is_removed().map_err(StoreError::io("look at", &path))? {
            return Ok((files, held));
        }
    }
    Err(PurgeError::Restless)
}

impl Purged {
    /// What the system refused after the journal was written is no reason to stop.
    fn take_note(&mut self, path: &Path, done: std::io::Result<()>) {
        if let Err(error) = done {
            let path = crate::text::Raw::new(path.to_string_lossy()).for_term();
            self.troubles.push(format!("{path}: {error}"));
        }
    }

    /// Writes the snapshot anew, of what is left.
    fn write_snapshot(&mut self, dir: &Dir, journal: &[u8]) {
        let mut ledger = Ledger::default();
        ledger.extend(scan(journal, 0).filter_map(|line| line.read.ok()));
        let path = dir.path().join(SNAPSHOT);
        let old = dir.open_file(SNAPSHOT, Access::Write).ok().flatten();
        let seen = Seen {
            length: journal.len() as u64,
            tail_crc: fingerprint(journal),
            writers: writers(ledger.records()),
            purged: ledger.purged().iter().copied().collect(),
            last: ledger.records().last().map(|record| record.stamp),
        };
        let written = snapshot::write(dir, Fold::of(&ledger).incident(), &seen);
        self.take_note(&path, written.and_then(|()| old.as_ref().map_or(Ok(()), file::overwrite)));
    }
}

/// Stamps, as they stand in the lines of a journal.
fn spelled(stamps: &HashSet<crate::log::Stamp>) -> impl Iterator<Item = Vec<u8>> {
    stamps.iter().map(|stamp| format!("\"{stamp}\"").into_bytes())
}
