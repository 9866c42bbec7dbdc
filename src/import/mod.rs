//! Documents from elsewhere: what a written postmortem says, as changes, each with the line it stands on.

pub mod actions;
mod assemble;
pub mod chat;
pub mod clock;
pub mod decode;
pub mod document;
pub mod facts;
mod fitted;
mod head;
pub mod hypotheses;
pub mod impact;
mod kept;
mod mojibake;
mod own;
mod parts;
mod pattern;
mod records;
mod rest;
pub mod sections;
pub mod timeline;
mod whether;

pub use decode::{LARGEST, TooLarge, decode};
pub use records::{Recording, folded};

use std::collections::BTreeMap;

use crate::log::{Change, Stamp};
use crate::model::{Clock, Source, Writer, Zone};
use crate::text::Raw;

/// One thing that a document says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The line it begins on, from 1; none for what follows from the document as a whole.
    pub line: Option<u32>,
    /// What it says. A doubt is an item of [`crate::log::List::Warnings`]. Where the document does not tell when it
    /// happened, the change has no time: then it is not on the timeline, and an entry or a milestone becomes a note. What
    /// was done with an action or an entry names it by [`just_added`]. A `StatusSet` says that the document tells where the
    /// incident stands; without one, and without an end, storing takes it for resolved, and adds a doubt.
    pub change: Change,
}

/// What a document says of an incident.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// What people call the incident. A `TitleSet` (`ZoneSet`, `SeveritySet`) among what was found tells its line.
    pub title: Raw,
    /// 1 is the worst.
    pub severity: Option<u8>,
    /// The zone its times are given in; none where it names none.
    pub zone: Option<Zone>,
    /// How it writes times of day.
    pub clock: Clock,
    /// What it says, in the order in which it is to be recorded: an entry stands right before what else is said on its line.
    pub found: Vec<Found>,
    /// Who said what was found, by its place in `found`, where the document tells.
    pub by: BTreeMap<usize, Raw>,
    /// Where it stands, by its place in `found`, where that is no line of the document: a message of a chat.
    pub sources: BTreeMap<usize, Source>,
    /// Why there is no incident in it, where there is none: then the rest is empty.
    pub nothing: Option<String>,
}

/// Stands for the id of what was added last before it in [`Reading::found`], which has none yet: of an action in `ActionDone`
/// and `ActionDropped`, of an entry in `EntryStarred` and `EntryStruck`. Storing puts the real one in its place.
pub fn just_added() -> Stamp {
    Stamp { ms: 0, counter: 0, writer: Writer::from_bits(0), n: 0 }
}

/// Reads a document; `name` is that of its file.
///
/// # Errors
/// Where it is longer than [`LARGEST`].
pub fn read(bytes: &[u8], name: &str) -> Result<Reading, TooLarge> {
    let decoded = decode(bytes)?;
    // As it is, where it can be read so: nothing in it is to be repaired.
    let json = std::str::from_utf8(bytes).map_or_else(|_| kept::read(&decoded.lines.join("\n")), kept::read);
    if let Some(reading) = json {
        return Ok(reading);
    }
    Ok(own::read(&decoded).unwrap_or_else(|| assemble::reading(&decoded, name)))
}
