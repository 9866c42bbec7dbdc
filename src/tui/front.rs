//! What the terminal shows: the list of incidents or the room of one, and the way from the one into the other.

use super::Msg;
use super::canvas::Canvas;
use super::incidents::{List, Next};
use super::room::{Effect, Room};
use crate::session::Parting;

/// What the terminal shows.
pub enum Front {
    /// The list of incidents.
    List(Box<List>),
    /// One incident being recorded.
    Room(Box<Room>),
}

impl Front {
    /// Takes in what was done at the terminal. Where that opens an incident, the room stands in the place of the list at
    /// once, and the next key is the room's.
    pub fn take(&mut self, msg: Msg) -> Effect {
        match self {
            Self::Room(room) => room.take(msg),
            Self::List(list) => match list.take(msg) {
                Next::Stay(effect) => effect,
                Next::Enter(room) => {
                    *self = Self::Room(room);
                    Effect::None
                }
            },
        }
    }

    /// Draws all of it.
    pub fn draw(&mut self, canvas: &mut Canvas) {
        match self {
            Self::Room(room) => room.draw(canvas),
            Self::List(list) => list.draw(canvas),
        }
    }

    /// Takes in what the writer and other processes reported.
    pub fn pump(&mut self) {
        match self {
            Self::Room(room) => room.pump(),
            Self::List(list) => list.pump(),
        }
    }

    /// Takes in that time goes by, and tells whether something else is to be seen now.
    pub fn tick(&mut self) -> bool {
        match self {
            Self::Room(room) => room.is_stale(),
            Self::List(list) => list.tick(),
        }
    }

    /// How many seconds may go by until time is taken in again, at most as many as this.
    pub(super) fn stands_for(&self, most: u32) -> u32 {
        match self {
            Self::Room(room) => room.stands_for(most),
            Self::List(_) => 1,
        }
    }

    /// Whether an outage is being played.
    pub(super) fn is_played(&self) -> bool {
        match self {
            Self::Room(room) => room.is_demo_playing(),
            Self::List(_) => false,
        }
    }

    /// Whether changes are on their way to the disk.
    pub(super) fn is_saving(&self) -> bool {
        match self {
            Self::Room(room) => room.is_saving(),
            Self::List(_) => false,
        }
    }

    /// Leaves the files alone until [`go_on`](Self::go_on): the program is to stand still.
    pub(super) fn pause(&self) {
        if let Self::Room(room) = self {
            room.session.pause();
        }
    }

    /// Goes on after [`pause`](Self::pause).
    pub(super) fn go_on(&self) {
        if let Self::Room(room) = self {
            room.session.go_on();
        }
    }

    /// Says what became of a text for the clipboard, and what was left out of it.
    pub(super) fn copied(&mut self, told: Result<String, String>, left_out: String) {
        match (self, told) {
            (Self::Room(room), Ok(words)) => room.say(words, left_out),
            (Self::Room(room), Err(words)) => room.fail(words),
            // Only a room has something to copy.
            (Self::List(_), _) => {}
        }
    }

    /// Takes a line back from the person's editor.
    pub(super) fn edited_elsewhere(&mut self, ended: Result<(), String>) {
        match self {
            Self::Room(room) => room.edited_elsewhere(ended),
            // Only a room hands a line out.
            Self::List(_) => {}
        }
    }

    /// Why the room cannot stay: its incident could not be read. Safe for a terminal.
    pub(super) fn failure(&self) -> Option<String> {
        match self {
            Self::Room(room) => room.failed.as_ref().map(|error| format!("Error: {error}")),
            Self::List(_) => None,
        }
    }

    /// What to say of a title that was typed and starts no incident; a room keeps its line by itself.
    pub(super) fn unsent(&self) -> Option<String> {
        match self {
            Self::Room(_) => None,
            Self::List(list) => list.unsent().map(|title| format!("not started: {title}")),
        }
    }

    /// Leaves.
    ///
    /// # Errors
    /// What was left behind of a room, and where it is kept.
    pub fn leave(self) -> Result<(), Parting> {
        match self {
            Self::Room(room) => room.leave(),
            Self::List(_) => Ok(()),
        }
    }
}
