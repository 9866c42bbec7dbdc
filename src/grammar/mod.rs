//! The desk, pure: what people type becomes a change, and a change can be printed as the line that makes it.

pub mod error;
pub mod table;

use crate::log::{Change, Stamp};
use crate::model::{Incident, Instant};
use crate::text::Raw;

pub use error::GrammarError;

/// What the desk has to know to understand a line: the incident as it stands, the time, and who types.
#[derive(Clone, Copy, Debug)]
pub struct Desk<'a> {
    /// The incident.
    pub incident: &'a Incident,
    /// What the wall clock shows.
    pub now: Instant,
    /// The time that this actor typed last.
    pub typed_last: Option<Instant>,
    /// What `/undo` takes back.
    pub undo: Option<Stamp>,
    /// What `/redo` lets count again.
    pub redo: Option<Stamp>,
}

/// What a line means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// A change of the incident.
    Change(Box<Change>),
    /// Something only the room can do.
    Room(RoomCommand),
    /// An empty line.
    Nothing,
}

/// What only the room can do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RoomCommand {
    /// Show the entries with this text.
    Find(Raw),
    /// Write the report into the folder where the program was started.
    Export,
    /// Put the report on the clipboard.
    Copy,
    /// Show the help.
    Help,
    /// Leave.
    Quit,
    /// Show the incident as it stood earlier.
    Replay,
    /// Show the state for whoever takes over.
    Handoff,
    /// Keep a file with the incident.
    Attach(Raw),
}
