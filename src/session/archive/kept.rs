//! An incident of the archive: as it is listed, and as it is read where the index does not know it.

use std::cmp::Reverse;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::super::{peek, shelf};
use crate::archive::Card;
use crate::archive::index::Prepared;
use crate::model::Instant;

/// An incident of the archive.
#[derive(Clone, Debug)]
pub struct Kept {
    /// Its folder.
    pub folder: PathBuf,
    /// What the list shows of it, or why it cannot be read; the reason is safe for a terminal.
    pub card: Result<Card, String>,
    /// When it was written last.
    pub written: Option<SystemTime>,
    pub(super) name: String,
    pub(super) mark: Option<String>,
    /// Whether it is in the index as it is.
    pub(super) indexed: bool,
    /// Whether it is a part of another one now, which is listed in its place.
    pub(super) away: bool,
}

impl Kept {
    /// Whether the outage is going on, as far as can be read.
    pub fn is_unresolved(&self) -> bool {
        !self.away && self.card.as_ref().is_ok_and(|card| !card.status.is_over())
    }

    /// What comes first in a list: those that are going on, then those that cannot be read, since one of them may be, then
    /// the newest, and last those of which no day is known.
    pub fn place(&self) -> (u8, Reverse<Option<Instant>>, Reverse<&str>) {
        let written = self.written.map(Instant::from);
        let (group, newest) = match &self.card {
            Ok(card) if !card.status.is_over() => (0, card.place().or(written)),
            // When it was written says nothing of an outage of the past whose day nobody knows.
            Ok(card) => (2, card.place()),
            Err(_) => (1, written),
        };
        (group, Reverse(newest), Reverse(self.name()))
    }

    /// Whether it is a part of another one now, which is listed in its place.
    pub fn is_merged_away(&self) -> bool {
        self.away
    }

    pub(super) fn can_be_indexed(&self) -> bool {
        self.card.is_ok() && self.mark.is_some()
    }

    /// The name of its folder: its id, as a rule.
    pub fn name(&self) -> &str {
        &self.name
    }
}

/// An incident as it was read.
pub(super) struct Read {
    pub kept: Kept,
    /// What goes into the index of it, where that was asked for.
    pub prepared: Option<Prepared>,
}

impl Read {
    /// Reads the incident in this folder.
    pub fn of(folder: &Path, prepares: bool) -> Self {
        let name = name(folder);
        // The mark first: what is written while the incident is being read is then read again.
        let seen = shelf::look_at(folder);
        let mark = seen.map(|seen| seen.mark.to_string());
        let written = seen.and_then(|seen| seen.written);
        let (card, prepared) = match peek(folder, None) {
            Ok(peeked) => {
                let prepared = mark
                    .as_ref()
                    .filter(|_| prepares)
                    .and_then(|mark| Prepared::of(&name, mark, written, &peeked.incident).ok());
                let card =
                    prepared.as_ref().map_or_else(|| Card::of(&peeked.incident), |one| one.card.clone());
                (Ok(card), prepared)
            }
            Err(error) => (Err(error.to_string()), None),
        };
        let written = written.and_then(shelf::instant);
        let kept = Kept { folder: folder.to_owned(), card, written, name, mark, indexed: false, away: false };
        Self { kept, prepared }
    }
}

pub(super) fn name(folder: &Path) -> String {
    folder.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
