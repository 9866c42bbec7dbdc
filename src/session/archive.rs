//! The archive: all incidents below one folder, as they are listed, searched and counted. What was read before comes from
//! the index beside that folder; what has changed since is read again, and put into it.
//!
//! The index is a cache. Where it cannot be used, everything is read, and kept in an index in memory: the same is found.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};
use std::{fs, io};

use super::peek;
use super::shelf::{self, Seen};
use crate::archive::hands::in_parts;
use crate::archive::index::{Carded, FILE, Index, IndexError, Prepared};
use crate::archive::{Card, Digest, Facts, Query, Snippet, cards_merged_away, snippets};
use crate::model::Instant;
use crate::store;
use crate::text::Raw;

/// How many incidents are read before they are put into the index: as many are in memory at once.
const AT_ONCE: usize = 1_024;
/// How often the index is asked or filled: as it is, made anew, and in memory.
const TRIES: usize = 3;

/// An incident of the archive.
#[derive(Clone, Debug)]
pub struct Kept {
    /// Its folder.
    pub folder: PathBuf,
    /// What the list shows of it, or why it cannot be read; the reason is safe for a terminal.
    pub card: Result<Card, String>,
    /// When it was written last.
    pub written: Option<SystemTime>,
    mark: Option<String>,
    /// Whether it is in the index as it is.
    indexed: bool,
    /// Whether it is a part of another one now, which is listed in its place.
    away: bool,
}

/// An incident in which all words stand.
#[derive(Clone, Debug)]
pub struct Hit {
    /// Its folder.
    pub folder: PathBuf,
    /// How well it fits: more is better.
    pub score: f64,
}

/// Where the index is.
#[derive(Debug)]
enum Place {
    /// In this file, which is opened for each use: another process may put another in its place.
    File(PathBuf),
    /// With this process.
    Memory(Box<Index>),
    /// There is no room for it.
    Nowhere,
}

/// All incidents below a folder.
#[derive(Debug)]
pub struct Archive {
    root: PathBuf,
    kept: Vec<Kept>,
    place: Place,
    trouble: Option<String>,
    /// The name of a folder that is neither read nor told of.
    apart: Option<String>,
}

impl Kept {
    /// Whether the outage is going on, as far as can be read.
    pub fn is_unresolved(&self) -> bool {
        !self.away && self.card.as_ref().is_ok_and(|card| !card.status.is_over())
    }

    /// What comes first in a list: those that are going on, then those that cannot be read, since one of them may be, then
    /// the newest.
    pub fn place(&self) -> (u8, Reverse<Option<Instant>>, Reverse<String>) {
        let written = self.written.map(Instant::from);
        let (group, newest) = match &self.card {
            Ok(card) if !card.status.is_over() => (0, card.began.or(written)),
            Ok(card) => (2, card.began.or(written)),
            Err(_) => (1, written),
        };
        (group, Reverse(newest), Reverse(self.name()))
    }

    /// Whether it is a part of another one now, which is listed in its place.
    pub fn is_merged_away(&self) -> bool {
        self.away
    }

    fn can_be_indexed(&self) -> bool {
        self.card.is_ok() && self.mark.is_some()
    }

    /// The name of its folder: its id, as a rule.
    pub fn name(&self) -> String {
        name(&self.folder)
    }
}

/// The index of the incidents below `root`, which is the folder `incidents` of a data folder.
pub fn index_of(root: &Path) -> Option<PathBuf> {
    Some(root.parent().filter(|folder| !folder.as_os_str().is_empty())?.join(FILE))
}

/// Takes all words out of the index that an incident in this folder may be in; what could not be done, safe for a
/// terminal.
pub fn forget_words(incident: &Path) -> Vec<String> {
    // As it was called, and as it is: either may be a link.
    let named = std::path::absolute(incident).ok();
    let real = fs::canonicalize(incident).ok();
    let mut indexes: Vec<PathBuf> =
        [named, real].iter().flatten().filter_map(|folder| index_of(folder.parent()?)).collect();
    indexes.dedup();
    let failed = indexes.into_iter().filter_map(|path| {
        let error = Index::wipe(&path).err()?;
        let path = Raw::new(path.to_string_lossy()).for_term();
        Some(format!("the words may still stand in the index {path}, which has to be deleted: {error}"))
    });
    failed.collect()
}

impl Archive {
    /// Looks at all incidents below `root`: reads what the index does not know, and writes nothing. A folder that is not
    /// there has none. `large` is told before much is read, with how many bytes that is.
    ///
    /// # Errors
    /// Where the folder cannot be read.
    pub fn glance(root: &Path, large: &dyn Fn(u64)) -> io::Result<Self> {
        Self::read(root, large, false, None)
    }

    /// As [`glance`](Self::glance), and puts what was read into the index.
    ///
    /// # Errors
    /// Where the folder cannot be read.
    pub fn open(root: &Path, large: &dyn Fn(u64)) -> io::Result<Self> {
        Self::read(root, large, true, None)
    }

    /// As [`open`](Self::open), but for the incident in the folder `own`: that is neither read nor told of, and what the index
    /// holds of it stays.
    ///
    /// # Errors
    /// Where the folder cannot be read.
    pub fn beside(root: &Path, own: &Path) -> io::Result<Self> {
        let real = |path: &Path| fs::canonicalize(path).ok();
        let is_below = own.parent().is_some_and(|parent| real(parent) == real(root));
        Self::read(root, &|_| {}, true, is_below.then(|| name(own)))
    }

    fn read(root: &Path, large: &dyn Fn(u64), fills: bool, apart: Option<String>) -> io::Result<Self> {
        let place = index_of(root).map_or(Place::Nowhere, Place::File);
        let mut archive = Self { root: root.to_owned(), kept: Vec::new(), place, trouble: None, apart };
        archive.kept = archive.remembered();
        archive.look(large, fills)?;
        if fills {
            archive.fill();
        }
        Ok(archive)
    }

    /// Reads again what was written since, and tells whether anything has changed.
    ///
    /// # Errors
    /// Where the folder cannot be read. What was found before stays.
    pub fn refresh(&mut self) -> io::Result<bool> {
        let changed = self.look(&|_| {}, true)?;
        if changed {
            self.fill();
        }
        Ok(changed)
    }

    /// The incidents, the newest id first.
    pub fn kept(&self) -> &[Kept] {
        &self.kept
    }

    /// Why the index on disk is not used; safe for a terminal.
    pub fn trouble(&self) -> Option<&str> {
        self.trouble.as_deref()
    }

    /// The folder that holds the incidents.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// What of each readable incident is looked through, with its folder; the newest id first.
    pub fn digests(&mut self) -> Vec<(PathBuf, Digest)> {
        let mut known: HashMap<String, Digest> = self.ask(Index::digests).into_iter().collect();
        let kept = self.kept.iter().filter(|kept| kept.card.is_ok());
        kept.filter_map(|kept| Some((kept.folder.clone(), known.remove(&kept.name())?))).collect()
    }

    /// What scripts get of an incident besides.
    pub fn facts(&mut self, folders: &[PathBuf]) -> Vec<Option<(Digest, Facts)>> {
        let names: Vec<String> = folders.iter().map(|folder| name(folder)).collect();
        self.ask(|index| names.iter().map(|name| index.facts(name)).collect())
    }

    /// The incidents in which all of it stands, the best first.
    pub fn search(&mut self, query: &Query) -> Vec<Hit> {
        let found = self.ask(|index| index.search(query));
        let here: HashMap<String, &Path> = self
            .kept
            .iter()
            .filter(|kept| !kept.away)
            .map(|kept| (kept.name(), kept.folder.as_path()))
            .collect();
        let hits = found.into_iter().filter_map(|one| {
            let folder = (*here.get(&one.folder)?).to_owned();
            Some(Hit { folder, score: one.score })
        });
        hits.collect()
    }

    /// Where it stands in an incident.
    pub fn snippets(&mut self, folder: &Path, query: &Query) -> Vec<Snippet> {
        let passages = self.ask(|index| index.passages(&name(folder)));
        snippets(&passages, query)
    }

    /// Words that stand somewhere and are spelt almost like this one.
    pub fn alike(&mut self, word: &str) -> Vec<String> {
        self.ask(|index| index.alike(word))
    }

    /// Asks the index. One that was emptied or broken by now is filled again, and at the worst made in memory.
    fn ask<T: Default>(&mut self, question: impl Fn(&Index) -> Result<T, IndexError>) -> T {
        if self.kept.iter().any(|kept| !kept.indexed && kept.can_be_indexed()) {
            self.fill();
        }
        for _ in 0..TRIES {
            let expected = self.kept.iter().filter(|kept| kept.indexed).count();
            let answer = self.place.with(|index| {
                // Another process may have emptied it: what is not in it is not found, and nobody would know.
                if index.count()? < expected { Ok(None) } else { question(index).map(Some) }
            });
            match answer {
                Ok(Some(answer)) => return answer,
                Ok(None) => self.forget_all(),
                Err(error) => self.give_up(&error),
            }
            self.fill();
        }
        T::default()
    }

    /// Takes in which incidents there are, and what changed; whether anything did. With `fills`, what is read goes into
    /// the index at once.
    fn look(&mut self, large: &dyn Fn(u64), fills: bool) -> io::Result<bool> {
        let mut seen = shelf::seen(&self.root)?;
        let is_apart = |folder: &Path| self.apart.as_ref().is_some_and(|apart| *apart == name(folder));
        seen.retain(|seen| !is_apart(&seen.folder));
        self.kept.retain(|kept| !is_apart(&kept.folder));
        let mut known: HashMap<PathBuf, Kept> =
            std::mem::take(&mut self.kept).into_iter().map(|kept| (kept.folder.clone(), kept)).collect();
        let (mut kept, mut fresh): (Vec<Kept>, Vec<Seen>) = (Vec::new(), Vec::new());
        for seen in seen {
            let mark = seen.mark.map(|mark| mark.to_string());
            match known.remove(&seen.folder) {
                Some(found) if found.mark.is_some() && found.mark == mark => kept.push(found),
                _ => fresh.push(seen),
            }
        }
        let changed = !fresh.is_empty() || !known.is_empty();
        large(fresh.iter().filter_map(|seen| seen.mark).map(|mark| mark.length()).sum());
        let mut fills = fills;
        for part in fresh.chunks(AT_ONCE) {
            let read = in_parts(part, |seen| Read::of(&seen.folder, fills));
            let (mut cards, prepared): (Vec<Kept>, Vec<Option<Prepared>>) =
                read.into_iter().map(|one| (one.kept, one.prepared)).unzip();
            let prepared: Vec<Prepared> = prepared.into_iter().flatten().collect();
            // Where it fails, `fill` sees why.
            fills = fills && (prepared.is_empty() || self.place.with(|index| index.put(&prepared)).is_ok());
            for kept in &mut cards {
                kept.indexed = fills && kept.can_be_indexed();
            }
            kept.extend(cards);
        }
        kept.sort_by(|a, b| b.folder.cmp(&a.folder));
        self.kept = kept;
        self.tell_away();
        Ok(changed)
    }

    fn tell_away(&mut self) {
        let cards = self.kept.iter().filter_map(|kept| kept.card.as_ref().ok());
        let away: HashSet<Raw> = cards_merged_away(cards).into_iter().cloned().collect();
        for kept in &mut self.kept {
            kept.away = kept.card.as_ref().is_ok_and(|card| away.contains(&card.id));
        }
    }

    /// What the index holds; nothing where it is not there or cannot be used.
    fn remembered(&self) -> Vec<Kept> {
        let Place::File(path) = &self.place else { return Vec::new() };
        let cards = Index::look_into(path).and_then(|index| index.cards()).unwrap_or_default();
        let written = |ms: Option<i64>| {
            SystemTime::UNIX_EPOCH.checked_add(Duration::from_millis(u64::try_from(ms?).ok()?))
        };
        let kept = cards.into_iter().map(|Carded { folder, mark, written: ms, card }| Kept {
            folder: self.root.join(folder),
            card: Ok(card),
            written: written(ms),
            mark: Some(mark),
            indexed: true,
            away: false,
        });
        kept.collect()
    }

    /// Puts what the index lacks into it, and takes out what is gone; in memory where the file does not take it.
    fn fill(&mut self) {
        for _ in 0..TRIES {
            match self.filled() {
                Ok(()) => return,
                Err(error) => self.give_up(&error),
            }
        }
    }

    fn filled(&mut self) -> Result<(), IndexError> {
        let wanted: Vec<usize> = (0..self.kept.len())
            .filter(|&at| !self.kept[at].indexed && self.kept[at].can_be_indexed())
            .collect();
        // No index is made for nothing.
        if wanted.is_empty() && matches!(&self.place, Place::File(path) if path.symlink_metadata().is_err()) {
            return Ok(());
        }
        for part in wanted.chunks(AT_ONCE) {
            let read = in_parts(part, |&at| Read::of(&self.kept[at].folder, true));
            let prepared: Vec<Prepared> = read.iter().filter_map(|one| one.prepared.clone()).collect();
            self.place.with(|index| index.put(&prepared))?;
            for (&at, one) in part.iter().zip(read) {
                self.kept[at] = Kept { indexed: one.prepared.is_some(), ..one.kept };
            }
        }
        let here: HashSet<String> = self.kept.iter().map(Kept::name).chain(self.apart.clone()).collect();
        self.place.with(|index| {
            let gone: Vec<String> =
                index.known()?.into_iter().filter(|folder| !here.contains(folder)).collect();
            if gone.is_empty() { Ok(()) } else { index.forget(&gone) }
        })
    }

    /// The index cannot be used as it is: a broken file is made anew, anything else is done without.
    fn give_up(&mut self, error: &IndexError) {
        if let Place::File(path) = &self.place
            && error.is_broken()
            && self.trouble.is_none()
            && Index::remove(path).is_ok()
        {
            // Once: a disk that breaks it again is not tried a third time.
            self.trouble = Some(format!("the index was broken, and is made anew: {error}"));
        } else if let Ok(index) = Index::in_memory() {
            self.place = Place::Memory(Box::new(index));
            self.trouble = Some(format!("the index is not used: {error}"));
        }
        self.forget_all();
    }

    fn forget_all(&mut self) {
        self.kept.iter_mut().for_each(|kept| kept.indexed = false);
    }
}

impl Place {
    fn with<T>(&mut self, visit: impl FnOnce(&mut Index) -> Result<T, IndexError>) -> Result<T, IndexError> {
        match self {
            Self::File(path) => visit(&mut Index::open(path)?),
            Self::Memory(index) => visit(index),
            Self::Nowhere => Err(IndexError::NotUsed("it has no place".to_owned())),
        }
    }
}

/// An incident as it was read.
struct Read {
    kept: Kept,
    /// What goes into the index of it, where that was asked for.
    prepared: Option<Prepared>,
}

impl Read {
    fn of(folder: &Path, prepares: bool) -> Self {
        // The mark first: what is written while the incident is being read is then read again.
        let mark = shelf::mark(folder).map(|mark| mark.to_string());
        let written = fs::metadata(folder.join(store::JOURNAL)).and_then(|file| file.modified()).ok();
        let read = peek(folder, None);
        let prepared = match (&read, &mark) {
            (Ok(peeked), Some(mark)) if prepares => {
                let since = written.and_then(|at| at.duration_since(SystemTime::UNIX_EPOCH).ok());
                let ms = since.and_then(|since| i64::try_from(since.as_millis()).ok());
                Prepared::of(&name(folder), mark, ms, &peeked.incident).ok()
            }
            _ => None,
        };
        let card = read.map(|peeked| Card::of(&peeked.incident)).map_err(|error| error.to_string());
        Self {
            kept: Kept { folder: folder.to_owned(), card, written, mark, indexed: false, away: false },
            prepared,
        }
    }
}

fn name(folder: &Path) -> String {
    folder.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
