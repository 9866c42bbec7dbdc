//! What was said may stand in other files: rescue files are written anew, the rest is named.

use std::collections::HashSet;
use std::io::{self, Read as _};
use std::path::Path;

use super::damage::{self, Needles};
use super::{Purged, file};
use crate::log::{Change, Fold, Ledger, Record};
use crate::store::attachments::ATTACHMENTS;
use crate::store::dir::{Access, Dir};
use crate::store::scan::scan;
use crate::store::{JOURNAL, LOCK, SNAPSHOT, StoreError, atomic, rescue};
use crate::text::Raw;

/// The rescue files of an incident.
#[derive(Debug, Default)]
pub(super) struct Rescued {
    dir: Option<Dir>,
    files: Vec<(String, Vec<u8>)>,
    /// Those that cannot be read.
    unread: Vec<(String, String)>,
}

impl Rescued {
    /// Those in a folder that is there.
    pub(super) fn find(folder: &Path, id: &str) -> Self {
        // The folder may be reached through links, as a rescue is written.
        let Ok(dir) = folder.canonicalize().map_err(drop).and_then(|f| Dir::open(&f).map_err(drop)) else {
            return Self::default();
        };
        let begin = format!("{}-", rescue::slug(id));
        let mut found = Self::default();
        for name in dir.names().unwrap_or_default() {
            if !name.starts_with(&begin) || !name.contains(".jsonl") {
                continue;
            }
            match content(&dir, &name) {
                Ok(bytes) => found.files.push((name, bytes)),
                Err(why) => found.unread.push((name, why.to_string())),
            }
        }
        Self { dir: Some(dir), ..found }
    }

    /// The records in them.
    pub(super) fn records(&self) -> Vec<Record> {
        self.files.iter().flat_map(|(_, bytes)| scan(bytes, 0).filter_map(|line| line.read.ok())).collect()
    }

    /// Writes those anew that hold something that goes; with the tombstones, since a rescue file becomes a journal.
    pub(super) fn rewrite(&self, ledger: &Ledger, needles: &Needles, done: &mut Purged) {
        let Some(dir) = &self.dir else { return };
        for (name, why) in &self.unread {
            done.take_note(&dir.path().join(name), Err(io::Error::other(why.clone())));
        }
        for (name, bytes) in &self.files {
            let mut left = damage::without(bytes, ledger, needles);
            if left.gone == 0 {
                // Another incident's, or one from before; what else stands in it is said.
                if needles.word_in(bytes) {
                    done.remains.push(dir.path().join(name));
                }
                continue;
            }
            let there: Vec<Record> = scan(&left.bytes, 0).filter_map(|line| line.read.ok()).collect();
            let is_tombstone = |r: &&Record| matches!(r.change(), Some(Change::Purged { .. }));
            let lacks = |r: &&Record| !there.iter().any(|known| known.stamp == r.stamp);
            let tombstones: Vec<Record> =
                ledger.records().iter().filter(is_tombstone).filter(lacks).cloned().collect();
            left.append(&tombstones);
            let path = dir.path().join(name);
            let old = dir.open_file(name, Access::Write).ok().flatten();
            let placed = file::replace(dir, name, &left.bytes).and_then(|synced| synced);
            if placed.is_ok() {
                done.rescued.push(path.clone());
            }
            done.take_note(&path, placed.and_then(|()| old.as_ref().map_or(Ok(()), file::overwrite)));
            if needles.word_in(&left.bytes) {
                done.remains.push(path);
            }
        }
    }
}

/// Removes what writers left of journals and snapshots when they died, and names the other files of the folder in which the
/// words stand. Only under the lock: so nobody is at work on those.
pub(super) fn search(dir: &Dir, needles: &Needles, done: &mut Purged) {
    let names = match dir.names() {
        Ok(names) => names,
        Err(error) => return done.take_note(dir.path(), Err(error)),
    };
    for name in names {
        let path = dir.path().join(&name);
        if [JOURNAL, SNAPSHOT].iter().any(|of| atomic::is_temporary(&name, of)) {
            let old = dir.open_file(&name, Access::Write).ok().flatten();
            let removed = dir.remove(&name).and_then(|()| old.as_ref().map_or(Ok(()), file::overwrite));
            done.take_note(&path, removed);
            continue;
        }
        if [JOURNAL, SNAPSHOT, LOCK].contains(&name.as_str()) {
            continue;
        }
        match content(dir, &name) {
            Ok(bytes) if needles.word_in(&bytes) => done.remains.push(path),
            // What is no file holds no words.
            Ok(_) | Err(StoreError::Refused { .. }) => {}
            Err(error) => done.take_note(&path, Err(io::Error::other(error))),
        }
    }
    done.remains.sort();
}

/// Removes the files of attachments that went, unless others that stay are the same file.
pub(super) fn remove_attachments(dir: &Dir, files: &[String], ledger: &Ledger, done: &mut Purged) {
    if files.is_empty() {
        return;
    }
    let recorded = ledger.records().iter().filter_map(|record| match record.change() {
        Some(Change::Attached(attached)) => Some(attached.file.clone()),
        _ => None,
    });
    let fold = Fold::of(ledger);
    let stay = recorded.chain(fold.incident().attachments.iter().map(|file| file.file.clone()));
    let stay: HashSet<Raw> = stay.collect();
    let path = dir.path().join(ATTACHMENTS);
    let folder = match Dir::open(&path) {
        Err(StoreError::NoFolder(_)) => return,
        Err(error) => return done.take_note(&path, Err(io::Error::other(error))),
        Ok(folder) => folder,
    };
    for name in files.iter().filter(|name| !stay.contains(&Raw::new(name.as_str()))) {
        let old = folder.open_file(name, Access::Write).ok().flatten();
        let removed = folder.remove(name).and_then(|()| folder.sync());
        done.take_note(&path.join(name), removed.and_then(|()| old.as_ref().map_or(Ok(()), file::overwrite)));
    }
}

fn content(dir: &Dir, name: &str) -> Result<Vec<u8>, StoreError> {
    let mut bytes = Vec::new();
    let file = dir.open_file(name, Access::Read)?;
    file.map_or(Ok(0), |mut file| file.read_to_end(&mut bytes))
        .map_err(StoreError::io("read", &dir.path().join(name)))?;
    Ok(bytes)
}
