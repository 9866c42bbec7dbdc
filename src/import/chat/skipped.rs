//! What of a channel did not become an entry, and why.

use std::collections::BTreeMap;

/// Why a message did not become an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// It says that somebody came or went.
    Joined,
    /// Only that it was deleted or changed is left of it.
    Deleted,
    /// Its time stamp is none.
    NoTime,
    /// There is nothing in it to read.
    NoText,
    /// It is another copy of one that is in the export.
    Copy,
    /// It is no message, or longer than is read.
    NotUnderstood,
}

impl Why {
    /// `3 joins and leaves`, `1 without a right time`.
    fn words(self, count: usize) -> String {
        let what = match (self, count) {
            (Self::Joined, 1) => "join or leave",
            (Self::Joined, _) => "joins and leaves",
            (Self::Deleted, _) => "deleted or changed in the chat",
            (Self::NoTime, _) => "without a right time",
            (Self::NoText, _) => "without any text",
            (Self::Copy, 1) => "copy of another",
            (Self::Copy, _) => "copies of others",
            (Self::NotUnderstood, _) => "not understood",
        };
        format!("{count} {what}")
    }
}

/// How many messages did not become entries, and why.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Skipped(BTreeMap<Why, usize>);

impl Skipped {
    /// One more.
    pub fn add(&mut self, why: Why) {
        *self.0.entry(why).or_default() += 1;
    }

    /// How many for this reason.
    pub fn of(&self, why: Why) -> usize {
        self.0.get(&why).copied().unwrap_or_default()
    }

    /// How many in all.
    pub fn count(&self) -> usize {
        self.0.values().sum()
    }

    /// `2 joins and leaves, 1 without a right time`.
    pub fn words(&self) -> String {
        let each: Vec<String> = self.0.iter().map(|(why, count)| why.words(*count)).collect();
        each.join(", ")
    }
}
