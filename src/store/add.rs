//! A record for a long journal, from somebody who says one thing and goes: all but the end of the journal stays unread.
//!
//! The snapshot tells what came last in the part that it has seen, as long as it belongs to this very journal; only what was
//! appended since is read. What is written goes the way of all else that is appended. Whether lines are damaged further up
//! is not seen: whoever reads the journal next sees it.

use std::path::Path;
use std::sync::Arc;

use super::dir::{Access, Dir};
use super::files::{Files, read_before, read_from};
use super::journal::TAIL;
use super::queue::Queue;
use super::worker::Worker;
use super::{JOURNAL, Loaded, Setup, journal, snapshot};
use crate::log::Record;

/// What came to a journal since its snapshot was written. Nothing where that is not known for sure, where it is more than the
/// snapshot may lack ([`Loaded::has_nearly_all_in_snapshot`]), or where there is anything that a person has to be told of.
pub fn read_end(folder: &Path) -> Option<Loaded> {
    let dir = Dir::open(folder).ok()?;
    // The snapshot first, as when all is read.
    let closed = snapshot::read_closed(&dir, false).ok()??;
    let file = dir.open_file(JOURNAL, Access::Read).ok()??;
    if !closed.fits_in(&file).ok()? || closed.is_merged() || dir.open_to_all().ok()?.is_some() {
        return None;
    }
    let snapshot = closed.unread();
    let seen = snapshot.length();
    let end = journal::sort(&read_from(&file, seen).ok()?);
    let length = seen + end.length;
    let tail = read_before(&file, length, TAIL).ok()?;
    let loaded = Loaded { length, snapshot: Some(snapshot), snapshot_fits: true, tail, ..end };
    let is_sound = loaded.ended && loaded.findings.words().is_empty();
    (is_sound && loaded.has_nearly_all_in_snapshot()).then_some(loaded)
}

/// Appends a record to the journal of which this [end](read_end) was read; whether it is on disk. Where it is not, it may stand
/// in the journal all the same, and has to be handed to a [`Writer`](super::Writer) that is told of the failure.
pub fn add(folder: &Path, end: Loaded, setup: Setup, record: Record) -> bool {
    let Ok(folder) = std::path::absolute(folder) else { return false };
    let Ok(files @ Files::Writable { .. }) = Files::open(&folder) else { return false };
    let queue = Arc::new(Queue::default());
    queue.append(vec![record]);
    let nobody = Box::new(|_| ());
    let mut worker = Worker::new(folder, Arc::clone(&queue), end, Some(files), setup, nobody);
    worker.knows_all = false;
    worker.attempt().is_ok() && queue.waiting() == 0
}
