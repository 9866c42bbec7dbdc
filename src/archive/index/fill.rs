//! What goes into the index, and how: worked out by several threads, written by one in short transactions.

use rusqlite::{Transaction, TransactionBehavior, params};

use super::{Index, IndexError, cards};
use crate::archive::{Card, Digest, Facts, Part, passages, words};
use crate::model::Incident;

/// How many incidents are written at once: others wait no longer than that takes.
const AT_ONCE: usize = 256;

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
    /// Takes these in, each in the place of what was known of it.
    ///
    /// # Errors
    /// Where it cannot be written; some may be in it then.
    pub fn put(&mut self, prepared: &[Prepared]) -> Result<(), IndexError> {
        for part in prepared.chunks(AT_ONCE) {
            let change = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            for one in part {
                take_out(&change, &one.folder)?;
                put_in(&change, one)?;
            }
            change.commit()?;
        }
        Ok(())
    }

    /// Takes out those whose folders are gone.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn forget(&mut self, folders: &[String]) -> Result<(), IndexError> {
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

fn take_out(change: &Transaction<'_>, folder: &str) -> Result<(), IndexError> {
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

fn put_in(change: &Transaction<'_>, one: &Prepared) -> Result<(), IndexError> {
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
