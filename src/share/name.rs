//! What an incident is called on a server, and where it is found there.

use std::fmt;
use std::str::FromStr;

use crate::log::{Change, Record};
use crate::model::Writer;

/// The most characters of an id that stand in a name: a stream is called by it, and servers make it the name of a folder.
const ID: usize = 100;

/// What all streams and subjects begin with.
const PREFIX: &str = "warroom";

/// The name of an incident on a server: its id where it was shared first, and whose record founded it, so that two of one id are
/// two: `2024-08-10-checkout-n81gaj5g`. Letters, digits, `-` and `_`, which is one token of a subject.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Name(String);

/// It is no name of an incident.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "an incident is called there like 2024-08-10-checkout-n81gaj5g: letters, digits, - and _, and eight at the end"
)]
pub struct NoName;

impl Name {
    /// That of an incident with these records, in order: the founding one tells it, else the first.
    pub fn of(id: &str, records: &[Record]) -> Option<Self> {
        let founds = |record: &&Record| matches!(record.change(), Some(Change::IncidentCreated { .. }));
        let founder = records.iter().find(founds).or_else(|| records.first())?.stamp.writer;
        let plain = |c: char| if is_plain(c) { c } else { '_' };
        let id: String = id.chars().take(ID).map(plain).collect();
        Some(Self(format!("{id}-{founder}")))
    }

    /// The stream that has its records.
    pub fn stream(&self) -> String {
        format!("{PREFIX}-{self}")
    }

    /// The subject that its records come under.
    pub fn records(&self) -> String {
        format!("{PREFIX}.{self}.op")
    }

    /// The subject under which those who have it open say so.
    pub fn people(&self) -> String {
        format!("{PREFIX}.{self}.here")
    }

    /// What its folder is called where it is joined.
    pub fn id(&self) -> &str {
        self.0.rsplit_once('-').map_or(self.0.as_str(), |(id, _)| id)
    }

    /// Whose record founded it.
    pub fn founder(&self) -> Option<Writer> {
        self.0.rsplit_once('-')?.1.parse().ok()
    }
}

impl FromStr for Name {
    type Err = NoName;

    fn from_str(text: &str) -> Result<Self, NoName> {
        let name = Self(text.to_owned());
        let is_right = text.chars().all(is_plain) && text.len() <= ID + 9 && !name.id().is_empty();
        (is_right && name.founder().is_some()).then_some(name).ok_or(NoName)
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn is_plain(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_')
}
