//! Watching an incident that others write: what is new in it, one thing after the other. Nothing is written.

use std::path::Path;

use super::joining::{Begun, NotShared};
use crate::log::words::Teller;
use crate::log::{Fold, Ledger, Record, Stamp};
use crate::model::{Entry, Incident, Instant, Shared};
use crate::share::Fault;
use crate::store::StoreError;
use crate::store::follow::Follow;
use crate::text::TermText;

/// An incident that is being watched.
#[derive(Debug)]
pub struct Watch {
    from: From,
    ledger: Ledger,
    fold: Fold,
}

/// Where what is new comes from.
#[derive(Debug)]
enum From {
    Folder(Follow),
    Server(Begun),
}

/// One thing that is new.
#[derive(Debug)]
pub enum News<'a> {
    /// An entry of the timeline.
    Entry(&'a Entry),
    /// A change of what was there, or of a field.
    Change {
        /// Who, when, what.
        record: &'a Record,
        /// What it did, in words.
        words: TermText,
    },
}

impl Watch {
    /// Begins with nothing read.
    pub fn new(folder: &Path) -> Self {
        Self { from: From::Folder(Follow::new(folder)), ledger: Ledger::default(), fold: Fold::default() }
    }

    /// Begins with all that a server has of an incident. Nothing of it is written here.
    ///
    /// # Errors
    /// Where it is not there.
    pub fn on_server(shared: &Shared) -> Result<Self, NotShared> {
        let begun = Begun::reading(shared)?;
        Ok(Self { from: From::Server(begun), ledger: Ledger::default(), fold: Fold::default() })
    }

    /// Why nothing comes now; it is tried again.
    pub fn trouble(&self) -> Option<&Fault> {
        match &self.from {
            From::Folder(_) => None,
            From::Server(begun) => begun.lost(),
        }
    }

    /// The incident, as far as it was read.
    pub fn incident(&self) -> &Incident {
        self.fold.incident()
    }

    /// Takes in what has come, and gives its stamps in the order in which it stands in the journal.
    ///
    /// # Errors
    /// Where the incident cannot be read any more.
    pub fn take(&mut self) -> Result<Vec<Stamp>, StoreError> {
        let records = match &mut self.from {
            From::Folder(follow) => follow.news()?,
            From::Server(begun) => begun.news(),
        };
        if !self.ledger.records().is_empty() {
            return Ok(self.fold.take(&mut self.ledger, records));
        }
        let came = records.iter().map(|record| record.stamp).collect();
        self.ledger.extend(records);
        self.fold = Fold::of(&self.ledger);
        Ok(came)
    }

    /// What came with this stamp, if there is anything to tell of it.
    pub fn news(&self, stamp: Stamp, now: Instant) -> Option<News<'_>> {
        if let Some(entry) = self.incident().entry(stamp) {
            return Some(News::Entry(entry));
        }
        let record = self.ledger.get(stamp)?;
        let teller = Teller { incident: self.incident(), ledger: &self.ledger, now };
        let words = teller.words(record.change()?).told(usize::MAX);
        Some(News::Change { record, words: crate::text::Raw::new(words).for_term() })
    }
}
