//! The desk, pure: what people type becomes a change, and a change can be printed as the line that makes it.
//!
//! One line makes at most one change. [`read`] is the way in, [`print()`] the way back, [`table::COMMANDS`] what both follow.

mod about;
mod action;
pub mod affected;
mod args;
pub mod attach;
mod behind;
mod dated;
pub mod days;
mod entry;
pub mod error;
mod facts;
pub mod find;
pub mod handle;
mod hypothesis;
mod item;
mod line;
pub mod marks;
pub mod parts;
mod present;
mod print;
pub mod review;
mod scan;
mod struck;
pub mod table;
pub mod when;

use crate::log::Stamp;
use crate::model::{Incident, Instant, MilestoneKind, Subject};
use crate::text::Raw;

pub use about::about;
pub use affected::read as affected;
pub use behind::behind_a_time;
pub use entry::says_no_words;
pub use error::GrammarError;
pub use find::Wanted;
pub use hypothesis::minutes_of as minutes;
pub use item::{action_again, items};
pub use line::{plain, read, zone};
pub use present::{first_alert, present};
pub use print::{print, time_again};
pub use struck::struck;
pub use when::Times;

use crate::log::Change;

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

impl Desk<'_> {
    /// What settles the instant of a typed time: the incident's zone, and its days once it is over or a day old.
    pub fn times(&self) -> Times<'_> {
        let zone = &self.incident.zone;
        let milestone = |kind| self.incident.milestones.get(kind).and_then(|met| met.at.about(zone));
        let resolved = milestone(MilestoneKind::Resolved);
        // Of what was imported the zone or the time of day need not be known, and its day is all the same.
        let began = self.incident.began().map(|(at, _)| at).or_else(|| milestone(MilestoneKind::Started));
        let began = began.or_else(|| self.incident.timeline.iter().find_map(|entry| entry.at.about(zone)));
        let began = began.or(resolved);
        let old = began.filter(|at| resolved.is_some() || self.now - *at > chrono::Duration::hours(24));
        Times {
            now: self.now,
            zone: &self.incident.zone,
            past: old.map(|start| (start, resolved.unwrap_or(self.now))),
            typed_last: self.typed_last,
        }
    }
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
    /// Show the entries that this finds; none: all again.
    Find(Option<Wanted>),
    /// Write the report into the folder where the program was started.
    Export,
    /// Put the report on the clipboard.
    Copy,
    /// Show the help.
    Help,
    /// Leave.
    Quit,
    /// Show the incident as it stood at this time; none: from its beginning.
    Replay(Option<Instant>),
    /// Show the state for whoever takes over.
    Handoff,
    /// Show what past incidents say together.
    Insights,
    /// Walk through what is doubtful.
    Doubts,
    /// Keep a file with the incident.
    Attach {
        /// The file, as typed.
        file: Raw,
        /// The hypothesis it belongs to.
        subject: Option<Subject>,
    },
}
