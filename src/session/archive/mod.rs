//! The archive: all incidents below one folder, as they are listed, searched and counted. What was read before comes from
//! the index beside that folder; what has changed since is read again, and put into it.
//!
//! The index is a cache. Where it cannot be used, everything is read, and kept in an index in memory: the same is found.

mod kept;
mod place;
mod relatives;
mod twins;

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::{fs, io, thread};

use super::shelf::{self, Seen};
use crate::archive::index::{Carded, FILE, Index, IndexError};
use crate::archive::{Digest, Facts, Query, Snippet, cards_merged_away, snippets};
use crate::hands::through;
use crate::text::Raw;
pub use kept::Kept;
use kept::{Read, name};
use place::Place;
pub use relatives::{relatives, with_relatives};
pub use twins::twins_beside;

/// How often the index is asked or filled: as it is, made anew, and in memory.
const TRIES: usize = 3;
/// How many incidents are looked at for whether an index is worth making.
const FEW: usize = 16;

/// An incident in which all words stand.
#[derive(Clone, Debug)]
pub struct Hit {
    /// Its folder.
    pub folder: PathBuf,
    /// How well it fits: more is better.
    pub score: f64,
}

/// All incidents below a folder.
#[derive(Debug)]
pub struct Archive {
    root: PathBuf,
    kept: Vec<Kept>,
    place: Place,
    /// The names of those that the index still knows and that are not there any more; none where nobody has looked what it
    /// knows.
    gone: Option<Vec<String>>,
    trouble: Option<String>,
    /// The name of a folder that is neither read nor told of.
    apart: Option<String>,
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
        let place = index_of(root).map_or(Place::Nowhere, Place::of);
        let mut archive =
            Self { root: root.to_owned(), kept: Vec::new(), place, gone: None, trouble: None, apart };
        // What the index knows is read while the folder is looked through: with ten thousand each takes its time.
        let (seen, known) = thread::scope(|scope| {
            let seen = scope.spawn(|| shelf::seen(root));
            let known = archive.remembered(fills);
            (seen.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)), known)
        });
        archive.look(seen?, known, large, fills);
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
        let seen = shelf::seen(&self.root)?;
        let known =
            std::mem::take(&mut self.kept).into_iter().map(|kept| (kept.name.clone(), kept)).collect();
        let changed = self.look(seen, known, &|_| {}, true);
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
        kept.filter_map(|kept| Some((kept.folder.clone(), known.remove(&kept.name)?))).collect()
    }

    /// Which incidents name which others as related, by the id of the other one.
    pub fn related_by(&mut self) -> HashMap<Raw, Vec<Raw>> {
        let mut by: HashMap<Raw, Vec<Raw>> = HashMap::new();
        for (name, digest) in self.ask(Index::relating) {
            if self.named(&name).is_some() {
                for other in digest.related {
                    by.entry(other).or_default().push(digest.id.clone());
                }
            }
        }
        by
    }

    /// What of the incidents in these folders is looked through; of those that can be read.
    pub fn digests_of(&mut self, folders: &[PathBuf]) -> Vec<Digest> {
        let names: Vec<String> = folders.iter().map(|folder| name(folder)).collect();
        self.ask(|index| index.digests_of(&names)).into_iter().flatten().collect()
    }

    /// The same of each, with what scripts get of it besides; none of one that cannot be read.
    pub fn facts(&mut self, folders: &[PathBuf]) -> Vec<Option<(Digest, Facts)>> {
        let names: Vec<String> = folders.iter().map(|folder| name(folder)).collect();
        self.ask(|index| index.facts(&names))
    }

    /// The incidents in which all of it stands, the best first.
    pub fn search(&mut self, query: &Query) -> Vec<Hit> {
        let found = self.ask(|index| index.search(query));
        let hits = found.into_iter().filter_map(|one| {
            let kept = self.named(&one.folder).filter(|kept| !kept.away)?;
            Some(Hit { folder: kept.folder.clone(), score: one.score })
        });
        hits.collect()
    }

    /// The incident in this folder.
    pub fn kept_in(&self, folder: &Path) -> Option<&Kept> {
        self.named(&name(folder))
    }

    fn named(&self, name: &str) -> Option<&Kept> {
        self.kept.get(self.position(name)?)
    }

    fn position(&self, name: &str) -> Option<usize> {
        // The newest id comes first.
        self.kept.binary_search_by(|kept| name.cmp(&kept.name)).ok()
    }

    /// Where it stands in an incident.
    pub fn snippets(&mut self, folder: &Path, query: &Query) -> Vec<Snippet> {
        let passages = self.ask(|index| index.passages(&name(folder)));
        snippets(&passages, query)
    }

    /// Whether anything is found.
    pub fn has(&mut self, query: &Query) -> bool {
        self.ask(|index| index.has(query))
    }

    /// For each of these words, words that stand somewhere and are spelt almost like it.
    pub fn alike(&mut self, words: &[&str]) -> Vec<Vec<String>> {
        self.ask(|index| index.alike(words))
    }

    /// Asks the index. One that was emptied or broken by now is filled again, and at the worst made in memory.
    fn ask<T: Default>(&mut self, question: impl Fn(&Index) -> Result<T, IndexError>) -> T {
        if self.kept.iter().any(|kept| !kept.indexed && kept.can_be_indexed()) {
            self.fill();
        }
        for _ in 0..TRIES {
            let expected = self.kept.iter().filter(|kept| kept.indexed).count();
            let answer = self.place.with(|index, doubted| {
                // Another process may have emptied it: what is not in it is not found, and nobody would know.
                if *doubted && index.count()? < expected {
                    return Ok(None);
                }
                *doubted = false;
                question(index).map(Some)
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
    fn look(
        &mut self,
        mut seen: Vec<Seen>,
        mut known: HashMap<String, Kept>,
        large: &dyn Fn(u64),
        fills: bool,
    ) -> bool {
        if let Some(apart) = &self.apart {
            seen.retain(|seen| seen.name != *apart);
            known.remove(apart);
        }
        let (mut kept, mut fresh): (Vec<Kept>, Vec<Seen>) = (Vec::with_capacity(seen.len()), Vec::new());
        for seen in seen {
            let found = known.remove(&seen.name);
            let mark = seen.looked.map(|looked| looked.mark.to_string());
            match found {
                Some(found) if mark.is_some() && found.mark == mark => {
                    kept.push(Kept { folder: seen.folder, ..found });
                }
                _ => fresh.push(seen),
            }
        }
        self.gone.iter_mut().for_each(|gone| gone.extend(known.keys().cloned()));
        let changed = !fresh.is_empty() || !known.is_empty();
        large(fresh.iter().filter_map(|seen| seen.looked).map(|looked| looked.mark.length()).sum());
        let folders: Vec<PathBuf> = fresh.into_iter().map(|seen| seen.folder).collect();
        // Where the index does not take it, `fill` sees why.
        kept.extend(self.read_anew(&folders, fills).0);
        kept.sort_by(|a, b| b.name.cmp(&a.name));
        self.kept = kept;
        self.tell_away();
        changed
    }

    /// Reads the incidents in these folders and, with `fills`, puts them into the index while others are being read; whether
    /// that went well.
    fn read_anew(&mut self, folders: &[PathBuf], fills: bool) -> (Vec<Kept>, Result<(), IndexError>) {
        let mut kept = Vec::with_capacity(folders.len());
        if folders.is_empty() {
            return (kept, Ok(()));
        }
        // No index is made for nothing: of the first few one has to be fit for it.
        let (mut first, mut is_fit): (Vec<Read>, bool) = (Vec::new(), !self.place.is_missing());
        while let (true, false, Some(folder)) = (fills && first.len() < FEW, is_fit, folders.get(first.len()))
        {
            let read = Read::of(folder, true);
            is_fit = read.kept.can_be_indexed();
            first.push(read);
        }
        let (fills, rest) = (fills && is_fit, &folders[first.len()..]);
        let done = if fills {
            self.place.with(|index, _| {
                let mut filling = index.filling()?;
                let mut failed = None;
                let mut put = |one: Read| {
                    let put = match &one.prepared {
                        Some(prepared) if failed.is_none() => filling.put(prepared).map(|()| true),
                        _ => Ok(false),
                    };
                    let indexed = put.unwrap_or_else(|error| failed.replace(error).is_some());
                    kept.push(Kept { indexed, ..one.kept });
                };
                first.drain(..).for_each(&mut put);
                through(rest, |folder| Read::of(folder, true), &mut put);
                failed.map_or_else(|| filling.done(), Err)
            })
        } else {
            Ok(())
        };
        if kept.is_empty() {
            kept.extend(first.into_iter().map(|one| one.kept));
            through(rest, |folder| Read::of(folder, false), |one| kept.push(one.kept));
        } else if done.is_err() {
            for one in &mut kept {
                one.indexed = false;
            }
        }
        (kept, done)
    }

    fn tell_away(&mut self) {
        let cards = self.kept.iter().filter_map(|kept| kept.card.as_ref().ok());
        let away: HashSet<Raw> = cards_merged_away(cards).into_iter().cloned().collect();
        for kept in &mut self.kept {
            kept.away = kept.card.as_ref().is_ok_and(|card| away.contains(&card.id));
        }
    }

    /// What the index holds, by the names of the folders; nothing where it is not there or cannot be used.
    fn remembered(&mut self, fills: bool) -> HashMap<String, Kept> {
        let Place::File { path, .. } = &self.place else { return HashMap::new() };
        let cards = if !fills {
            Index::look_into(path).and_then(|index| index.cards())
        } else if path.symlink_metadata().is_ok() {
            self.place.with(|index, doubted| {
                *doubted = false;
                index.cards()
            })
        } else {
            return HashMap::new();
        };
        // Only looked into, it is not what will be written to.
        self.gone = (fills && cards.is_ok()).then(Vec::new);
        let kept = cards.unwrap_or_default().into_iter().map(|Carded { folder, mark, written, card }| {
            let kept = Kept {
                // As it is seen is filled in when it is.
                folder: PathBuf::new(),
                card: Ok(card),
                written: written.and_then(shelf::instant),
                name: folder.clone(),
                mark: Some(mark),
                indexed: true,
                away: false,
            };
            (folder, kept)
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
        // No index is made for nothing, and none is opened.
        if wanted.is_empty() && (self.gone.as_ref().is_some_and(Vec::is_empty) || self.place.is_missing()) {
            return Ok(());
        }
        let folders: Vec<PathBuf> = wanted.iter().map(|&at| self.kept[at].folder.clone()).collect();
        let (read, done) = self.read_anew(&folders, true);
        done?;
        for kept in read {
            if let Some(at) = self.position(&kept.name) {
                self.kept[at] = Kept { away: self.kept[at].away, ..kept };
            }
        }
        let here: HashSet<&str> = self.kept.iter().map(Kept::name).chain(self.apart.as_deref()).collect();
        let gone = self.gone.take();
        self.place.with(|index, _| {
            let known = gone.map_or_else(|| index.known(), Ok)?;
            let gone: Vec<String> = known.into_iter().filter(|name| !here.contains(name.as_str())).collect();
            if gone.is_empty() { Ok(()) } else { index.forget(&gone) }
        })?;
        self.gone = Some(Vec::new());
        Ok(())
    }

    /// The index cannot be used as it is: a broken file is made anew, anything else is done without.
    fn give_up(&mut self, error: &IndexError) {
        if let Place::File { path, .. } = &self.place
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
        self.gone = None;
    }
}
