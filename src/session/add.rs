//! Saying one thing in a long incident and going, without reading all of it.

use std::path::Path;

use super::peek::{self, Read};
use super::{Opening, create, stamped};
use crate::log::{Change, Hlc, LINE_LIMIT, Record, Stamp};
use crate::store::{self, Loaded, Origin, Setup, Standing};

/// What became of a change that was added in passing.
#[derive(Debug)]
pub enum Added {
    /// It is on disk, with this stamp.
    Saved(Stamp),
    /// Nothing was done: the incident has to be opened for it.
    Untried,
    /// It could not be written, for now: [`Session::open_with`](super::Session::open_with) it.
    Unsaved(Record),
}

/// Adds a change that holds whatever stands in the incident, such as a note without a time. Only in a long incident, and only
/// where nothing has to be mended, brought back or told.
pub fn add(folder: &Path, opening: &Opening, change: Change) -> Added {
    let now = opening.clock.now();
    let Ok(standing) = Standing::of(folder) else { return Added::Untried };
    let Some(end) = store::read_end(folder).filter(|_| !standing.one_writer_only()) else {
        return Added::Untried;
    };
    let read = Read::of(&end);
    let Some(last) = last_seen(&end) else { return Added::Untried };
    let is_quiet = peek::notices(&end, &read.fold, read.lost.len()).is_empty()
        && !read.stamps().chain([last]).any(|stamp| peek::is_ahead(stamp, now));
    // A copy may hold what is to come back first, and a purge that was cut off may have to be ended.
    let may_write = store::sharing::read(folder).is_ok_and(|shared| shared.is_none_or(|it| !it.read_only));
    let is_whole = read.ledger.purged().is_empty()
        && store::rescue_files(&opening.rescue).is_ok_and(|copies| copies.is_empty());
    if !is_quiet || !is_whole || !may_write {
        return Added::Untried;
    }
    let mut hlc = Hlc::new(create::random_writer());
    hlc.observe_local(read.stamps().chain([last]), now);
    let record = stamped(&mut hlc, now, &opening.by, (None, None), change);
    if record.line().len() > LINE_LIMIT {
        return Added::Untried;
    }
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let setup = Setup {
        by: opening.by.clone(),
        origin: Origin::of(&name, folder),
        stays: false,
        rescue: opening.rescue.clone(),
        standing,
        shared: None,
        after_failure: false,
    };
    if store::add(folder, end, setup, record.clone()) {
        return Added::Saved(record.stamp);
    }
    Added::Unsaved(record)
}

/// The last of the records that the snapshot has seen.
fn last_seen(end: &Loaded) -> Option<Stamp> {
    end.snapshot.as_ref()?.seen.last
}
