//! The index: what was read of many incidents, so that it need not be read again, and their words for searching.
//!
//! It is a cache, never the truth: what it holds was folded from the journals, each under a mark that tells whether the
//! journal is as it was. It knows nothing of folders but their names. Where its file cannot be used, the same index is
//! made in memory.

mod cards;
mod fill;
mod schema;

use std::cell::{Cell, OnceCell};
use std::collections::HashMap;
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;
use std::{fs, io};

use rusqlite::{Connection, OptionalExtension as _, Row};

pub use fill::Prepared;

use super::{Card, Digest, Facts, Part, Passage, Query};
use crate::hands::in_parts;

/// The name of its file.
pub const FILE: &str = "index.db";

/// The most other words that are proposed for one that is nowhere.
const PROPOSED: usize = 3;
/// How alike two words are from which on one may be the other, misspelt.
const ALIKE: f64 = 0.8;

/// From how many on the incidents that are found are put in order by where the words stand, and not by how often.
const MANY: usize = 1_000;

/// What is found, without a score.
const FOUND: &str = "SELECT rowid, 0.0 FROM words WHERE words MATCH ?1";

/// Why the index cannot be used. Nothing is lost by that.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// The disk said so.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// The database said so.
    #[error("{0}")]
    Sql(#[from] rusqlite::Error),
    /// What is in it makes no sense.
    #[error("what is in it makes no sense: {0}")]
    Json(#[from] serde_json::Error),
    /// What is in it makes no sense: this is not what it should be.
    #[error("what is in it makes no sense: {0}")]
    NotUnderstood(String),
    /// The file is not one that is used, for this reason.
    #[error("{0}")]
    NotUsed(String),
}

impl IndexError {
    /// Whether the file is damaged, so that it has to go.
    pub fn is_broken(&self) -> bool {
        match self {
            Self::Sql(error) => schema::is_broken(error),
            Self::Json(_) | Self::NotUnderstood(_) => true,
            Self::Io(_) | Self::NotUsed(_) => false,
        }
    }
}

/// An incident that was found, and how well it fits.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranked {
    /// The name of its folder.
    pub folder: String,
    /// How well: more is better.
    pub score: f64,
}

/// What the list shows of an incident, as it stands in the index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carded {
    /// The name of its folder.
    pub folder: String,
    /// The mark it was read under.
    pub mark: String,
    /// When it was written last, in milliseconds since 1970.
    pub written: Option<i64>,
    /// What the list shows.
    pub card: Card,
}

/// The index.
#[derive(Debug)]
pub struct Index {
    connection: Connection,
    /// The device and the number of its file, where it has one.
    file: Option<(u64, u64)>,
    /// What the database counts when others write.
    version: Cell<i64>,
    /// The names of the folders by their rows, where they were asked for since it was written to.
    names: OnceCell<HashMap<i64, String>>,
}

impl Index {
    /// Opens the index in this file, which is made where it is missing, and made anew where it is damaged or another
    /// version's.
    ///
    /// # Errors
    /// Where it cannot be used.
    pub fn open(path: &Path) -> Result<Self, IndexError> {
        Self::of(schema::open(path)?.0, number(path))
    }

    /// Opens the index in this file for reading, as it stands there.
    ///
    /// # Errors
    /// Where it is not there, or cannot be used as it is.
    pub fn look_into(path: &Path) -> Result<Self, IndexError> {
        Self::of(schema::look_into(path)?, number(path))
    }

    /// An index that is gone with the process.
    ///
    /// # Errors
    /// Where there is not enough memory.
    pub fn in_memory() -> Result<Self, IndexError> {
        Self::of(schema::in_memory()?, None)
    }

    fn of(connection: Connection, file: Option<(u64, u64)>) -> Result<Self, IndexError> {
        let index = Self { connection, file, version: Cell::new(0), names: OnceCell::new() };
        index.version.set(index.data_version()?);
        Ok(index)
    }

    /// Whether this is still the index in that file: another process may have put another in its place.
    pub fn is_in(&self, path: &Path) -> bool {
        self.file.is_some() && self.file == number(path)
    }

    /// Whether another process wrote to it since this was asked last, or since it was opened. Where that emptied it, its
    /// tables are made anew.
    ///
    /// # Errors
    /// Where it cannot be used any more.
    pub fn has_stirred(&mut self) -> Result<bool, IndexError> {
        let version = self.data_version()?;
        if self.version.replace(version) == version {
            return Ok(false);
        }
        self.names.take();
        schema::renew(&mut self.connection)?;
        Ok(true)
    }

    fn data_version(&self) -> Result<i64, IndexError> {
        Ok(self.connection.prepare_cached("PRAGMA data_version")?.query_row([], |row| row.get(0))?)
    }

    /// Takes everything out of the index in this file, so that no word is left in its bytes.
    ///
    /// # Errors
    /// Where it is still there.
    pub fn wipe(path: &Path) -> Result<(), IndexError> {
        schema::wipe(path)
    }

    /// Removes the index in this file.
    ///
    /// # Errors
    /// Where it is still there.
    pub fn remove(path: &Path) -> Result<(), IndexError> {
        schema::remove(path)
    }

    /// The names of the folders of the incidents in it.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn known(&self) -> Result<Vec<String>, IndexError> {
        Ok(self.names()?.values().cloned().collect())
    }

    /// What the list shows of them.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn cards(&self) -> Result<Vec<Carded>, IndexError> {
        cards::all(&self.connection)
    }

    /// What of each is looked through, with the name of its folder.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn digests(&self) -> Result<Vec<(String, Digest)>, IndexError> {
        self.those("SELECT folder, digest FROM incident JOIN digest USING (id) ORDER BY folder")
    }

    /// The same of those that name others as related: few do, and of the rest nothing is read but that.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn relating(&self) -> Result<Vec<(String, Digest)>, IndexError> {
        // Within a text the quotation marks would be escaped.
        let sql = "SELECT folder, digest FROM incident JOIN digest USING (id)
            WHERE instr(digest, '\"related\":[\"') > 0 ORDER BY folder";
        self.those(sql)
    }

    fn those(&self, sql: &str) -> Result<Vec<(String, Digest)>, IndexError> {
        let mut rows = self.connection.prepare(sql)?;
        let texts = rows.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))?;
        let texts = texts.collect::<Result<Vec<_>, _>>()?;
        let read = in_parts(&texts, |(folder, text)| Ok((folder.clone(), serde_json::from_str(text)?)));
        read.into_iter().collect()
    }

    /// What of each of these is looked through, by the name of its folder; none of one that is not in the index.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn digests_of(&self, folders: &[String]) -> Result<Vec<Option<Digest>>, IndexError> {
        let sql = "SELECT digest FROM incident JOIN digest USING (id) WHERE folder = ?1";
        self.each(sql, folders, |row| row.get::<_, String>(0), |digest| Ok(serde_json::from_str(digest)?))
    }

    /// The same, with what scripts get of each besides.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn facts(&self, folders: &[String]) -> Result<Vec<Option<(Digest, Facts)>>, IndexError> {
        let sql = "SELECT digest, facts FROM incident JOIN digest USING (id) WHERE folder = ?1";
        self.each(
            sql,
            folders,
            |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)),
            |(digest, facts)| Ok((serde_json::from_str(digest)?, serde_json::from_str(facts)?)),
        )
    }

    /// Asks for one row a folder, and reads the rows by several threads.
    fn each<T: Sync, R: Send>(
        &self,
        sql: &str,
        folders: &[String],
        row: impl Fn(&Row<'_>) -> rusqlite::Result<T>,
        read: impl Fn(&T) -> Result<R, IndexError> + Sync,
    ) -> Result<Vec<Option<R>>, IndexError> {
        let mut rows = self.connection.prepare_cached(sql)?;
        let found = folders.iter().map(|folder| rows.query_row([folder], &row).optional());
        let found = found.collect::<Result<Vec<_>, _>>()?;
        in_parts(&found, |found| found.as_ref().map(&read).transpose()).into_iter().collect()
    }

    /// The passages of an incident; none where it is not in the index.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn passages(&self, folder: &str) -> Result<Vec<Passage>, IndexError> {
        let sql = "SELECT passages FROM incident JOIN told USING (id) WHERE folder = ?1";
        let mut rows = self.connection.prepare_cached(sql)?;
        let mut found = rows.query([folder])?;
        let Some(row) = found.next()? else { return Ok(Vec::new()) };
        let text: String = row.get(0)?;
        Ok(serde_json::from_str(&text)?)
    }

    /// The incidents in which all terms stand, the best first; of equals the newest folder.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn search(&self, query: &Query) -> Result<Vec<Ranked>, IndexError> {
        if query.is_empty() {
            return Ok(Vec::new());
        }
        let found = self.rows(FOUND, &query.for_index(&[]))?;
        let scored = if found.len() > MANY { self.by_part(query, found)? } else { self.by_words(query)? };
        let names = self.names()?;
        // They are put in order and named here: for the database, ten thousand that have a common word are as many sorted
        // rows, and as many looked up in another table.
        let mut ranked: Vec<(f64, &str)> =
            scored.iter().filter_map(|(id, score)| Some((*score, names.get(id)?.as_str()))).collect();
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.cmp(a.1)));
        Ok(ranked.into_iter().map(|(score, folder)| Ranked { folder: folder.to_owned(), score }).collect())
    }

    /// Each that is found, with how often the words stand where in it, and how rare they are.
    fn by_words(&self, query: &Query) -> Result<Vec<(i64, f64)>, IndexError> {
        let weights = Part::ALL.map(|part| part.weight().to_string()).join(", ");
        // FTS5 gives less for what fits better.
        let sql = format!("SELECT rowid, -bm25(words, {weights}) FROM words WHERE words MATCH ?1");
        self.rows(&sql, &query.for_index(&[]))
    }

    /// Each that is found, with where all of the words stand together: what a thousand incidents have is not rare, and how
    /// often it stands in one says no more than that it does.
    fn by_part(&self, query: &Query, found: Vec<(i64, f64)>) -> Result<Vec<(i64, f64)>, IndexError> {
        let mut scores: HashMap<i64, f64> =
            found.into_iter().map(|(id, _)| (id, Part::Rest.weight())).collect();
        // The narrower the part, the more it says: it is asked for last.
        for parts in [&[Part::Title, Part::Cause, Part::Hypothesis][..], &[Part::Title]] {
            let weight = parts.iter().map(|part| part.weight()).fold(f64::MAX, f64::min);
            let within = self.rows(FOUND, &query.for_index(parts))?;
            scores.extend(within.into_iter().map(|(id, _)| (id, weight)));
        }
        Ok(scores.into_iter().collect())
    }

    fn rows(&self, sql: &str, query: &str) -> Result<Vec<(i64, f64)>, IndexError> {
        let mut rows = self.connection.prepare_cached(sql)?;
        let found = rows.query_map([query], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    /// Whether it finds anything.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn has(&self, query: &Query) -> Result<bool, IndexError> {
        let mut rows = self.connection.prepare_cached("SELECT 1 FROM words WHERE words MATCH ?1 LIMIT 1")?;
        Ok(!query.is_empty() && rows.exists([query.for_index(&[])])?)
    }

    fn names(&self) -> Result<&HashMap<i64, String>, IndexError> {
        if let Some(names) = self.names.get() {
            return Ok(names);
        }
        let mut rows = self.connection.prepare_cached("SELECT id, folder FROM incident")?;
        let names = rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
        Ok(self.names.get_or_init(|| names))
    }

    /// For each of these words, words of the index that are spelt almost like it, the likest first. All are looked for at
    /// once: going through the words of ten thousand incidents takes longer than anything else here.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn alike(&self, words: &[&str]) -> Result<Vec<Vec<String>>, IndexError> {
        if words.is_empty() {
            return Ok(Vec::new());
        }
        let mut rows = self.connection.prepare("SELECT term, doc FROM vocabulary")?;
        let mut found = rows.query([])?;
        let mut alike: Vec<Vec<(f64, i64, String)>> = vec![Vec::new(); words.len()];
        while let Some(row) = found.next()? {
            let term = row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?;
            for (word, alike) in words.iter().zip(&mut alike) {
                let likeness = strsim::jaro_winkler(word, term);
                if likeness >= ALIKE && term != *word {
                    alike.push((likeness, row.get(1)?, term.to_owned()));
                }
            }
        }
        let likest = |mut alike: Vec<(f64, i64, String)>| {
            alike.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.cmp(&a.1)).then(a.2.cmp(&b.2)));
            alike.into_iter().take(PROPOSED).map(|(.., term)| term).collect()
        };
        Ok(alike.into_iter().map(likest).collect())
    }

    /// How many incidents are in it.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn count(&self) -> Result<usize, IndexError> {
        let count: i64 = self.connection.query_row("SELECT count(*) FROM incident", [], |row| row.get(0))?;
        Ok(usize::try_from(count).unwrap_or_default())
    }
}

/// What tells a file from another one of the same name.
fn number(path: &Path) -> Option<(u64, u64)> {
    let file = fs::symlink_metadata(path).ok()?;
    Some((file.dev(), file.ino()))
}
