//! What goes into the index, and how: worked out by several threads, written by one in short transactions.

use rusqlite::{Connection, TransactionBehavior, params};

use super::{Index, IndexError, cards};
use crate::archive::{Card, Digest, Facts, Part, passages, words};
use crate::model::Incident;

/// How many incidents are written at once: others wait no longer than that takes.
const AT_ONCE: usize = 1_024;

/// An incident as it goes into the index.
#[derive(Clone, Debug)]
pub struct Prepared {
    folder: String,
    mark: String,
    written: Option<i64>,
    /// What the list shows of it.
    pub card: Card,
    digest: String,
    facts: String,
    passages: String,
    words: [String; Part::ALL.len()],
}

impl Prepared {
    /// What goes into the index of an incident that was read under this mark, and written last at this time, in
    /// milliseconds since 1970.
    ///
    /// # Errors
    /// Where it cannot be written as JSON: none that is known.
    pub fn of(
        folder: &str,
        mark: &str,
        written: Option<i64>,
        incident: &Incident,
    ) -> Result<Self, IndexError> {
        let card = Card::of(incident);
        let passages = passages(incident);
        let mut words: [String; Part::ALL.len()] = Default::default();
        for passage in &passages {
            let column = &mut words[passage.part as usize];
            column.push_str(&words::folded_text(&passage.text));
            // No phrase goes on from one text to the next: nobody searches for this.
            column.push_str(" \u{e000} ");
        }
        Ok(Self {
            folder: folder.to_owned(),
            mark: mark.to_owned(),
            written,
            card,
            digest: serde_json::to_string(&Digest::of(incident))?,
            facts: serde_json::to_string(&Facts::of(incident))?,
            passages: serde_json::to_string(&passages)?,
            words,
        })
    }
}

impl Index {
    /// Takes in what comes, each in the place of what was known of it.
    ///
    /// # Errors
    /// Where it cannot be written to.
    pub fn filling(&mut self) -> Result<Filling<'_>, IndexError> {
        self.names.take();
        Ok(Filling { connection: &mut self.connection, put: 0 })
    }

    /// Takes these in, each in the place of what was known of it.
    ///
    /// # Errors
    /// Where it cannot be written; some may be in it then.
    pub fn put(&mut self, prepared: &[Prepared]) -> Result<(), IndexError> {
        let mut filling = self.filling()?;
        prepared.iter().try_for_each(|one| filling.put(one))?;
        filling.done()
    }

    /// Takes out those whose folders are gone.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn forget(&mut self, folders: &[String]) -> Result<(), IndexError> {
        self.names.take();
        for part in folders.chunks(AT_ONCE) {
            let change = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            for folder in part {
                take_out(&change, folder)?;
            }
            change.commit()?;
        }
        Ok(())
    }
}

/// An index that is being filled: what was put into it is there once it is done, or [`AT_ONCE`] later.
#[derive(Debug)]
pub struct Filling<'a> {
    connection: &'a mut Connection,
    /// How many were put into it since it was written.
    put: usize,
}

impl Filling<'_> {
    /// Takes this one in, in the place of what was known of it.
    ///
    /// # Errors
    /// Where it cannot be written; some of those before it may be missing then, too.
    pub fn put(&mut self, one: &Prepared) -> Result<(), IndexError> {
        if self.put == 0 {
            self.connection.execute_batch("BEGIN IMMEDIATE")?;
        }
        self.put += 1;
        take_out(self.connection, &one.folder)?;
        put_in(self.connection, one)?;
        if self.put >= AT_ONCE { self.write() } else { Ok(()) }
    }

    /// Writes what is not written yet.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn done(mut self) -> Result<(), IndexError> {
        self.write()
    }

    fn write(&mut self) -> Result<(), IndexError> {
        if self.put > 0 {
            self.connection.execute_batch("COMMIT")?;
            self.put = 0;
        }
        Ok(())
    }
}

impl Drop for Filling<'_> {
    fn drop(&mut self) {
        if self.put > 0 {
            // Something failed: nothing half written stays, and nobody waits for it any longer.
            drop(self.connection.execute_batch("ROLLBACK"));
        }
    }
}

fn take_out(change: &Connection, folder: &str) -> Result<(), IndexError> {
    let mut find = change.prepare_cached("SELECT id FROM incident WHERE folder = ?1")?;
    let mut found = find.query([folder])?;
    let Some(row) = found.next()? else { return Ok(()) };
    let id: i64 = row.get(0)?;
    for sql in [
        "DELETE FROM words WHERE rowid = ?1",
        "DELETE FROM told WHERE id = ?1",
        "DELETE FROM digest WHERE id = ?1",
        "DELETE FROM incident WHERE id = ?1",
    ] {
        change.prepare_cached(sql)?.execute([id])?;
    }
    Ok(())
}

fn put_in(change: &Connection, one: &Prepared) -> Result<(), IndexError> {
    let mut insert = cards::inserting(change)?;
    cards::insert(&mut insert, &one.folder, (&one.mark, one.written), &one.card)?;
    let id = change.last_insert_rowid();
    change
        .prepare_cached("INSERT INTO digest(id, digest, facts) VALUES (?1, ?2, ?3)")?
        .execute(params![id, one.digest, one.facts])?;
    change
        .prepare_cached("INSERT INTO told(id, passages) VALUES (?1, ?2)")?
        .execute(params![id, one.passages])?;
    let [title, causes, hypotheses, actions, entries, rest] = &one.words;
    change
        .prepare_cached(
            "INSERT INTO words(rowid, title, causes, hypotheses, actions, entries, rest)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![id, title, causes, hypotheses, actions, entries, rest])?;
    Ok(())
}
