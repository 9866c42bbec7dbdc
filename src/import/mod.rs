//! Documents from elsewhere: what a written postmortem says, as changes, each with the line it stands on.

pub mod clock;
pub mod decode;
pub mod document;
pub mod hypotheses;
mod mojibake;
pub mod sections;
pub mod timeline;

use crate::log::Change;
use crate::model::{Clock, Zone};
use crate::text::Raw;

/// One thing that a document says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The line it begins on, from 1; none for what follows from the document as a whole.
    pub line: Option<u32>,
    /// What it says. A doubt is an item of [`crate::log::List::Warnings`]. Where the document does not tell when it
    /// happened, the change has no time.
    pub change: Change,
}

/// What a document says of an incident.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// What people call the incident.
    pub title: Raw,
    /// 1 is the worst.
    pub severity: Option<u8>,
    /// The zone its times are given in; none where it names none.
    pub zone: Option<Zone>,
    /// How it writes times of day.
    pub clock: Clock,
    /// What it says, in the order in which it is to be recorded: an entry stands right before what else is said on its line.
    pub found: Vec<Found>,
    /// Why there is no incident in it, where there is none: then the rest is empty.
    pub nothing: Option<String>,
}
