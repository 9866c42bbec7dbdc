//! The room: the screen in which one incident is recorded while it happens, with the list before it, and the only place
//! that knows the terminal.
//!
//! The walk is one-way: a key becomes a [`Msg`], the [`keymap`] says what it does, [`Room::take`] does it and gives an
//! [`Effect`] for what only the runtime can do, and the view draws the state and the incident, which it cannot change.

mod arriving;
mod asking;
mod attach;
mod canvas;
pub mod clipboard;
mod company;
mod completion;
pub mod demo;
mod details;
mod disputed;
mod editor;
mod export;
mod filling;
mod finding;
mod folded;
mod front;
mod hindsight;
mod incidents;
mod joined;
pub mod keymap;
mod keys;
mod laid_out;
mod look;
pub mod markdown;
mod msg;
mod offer;
mod over;
mod overlay;
mod painted;
mod pane_keys;
mod passing;
mod past;
mod paste;
mod peers;
pub mod phases;
mod prefill;
pub mod preview;
mod prompt;
mod recall;
mod replaying;
mod reviewing;
mod room;
mod runtime;
mod sheet;
mod state;
mod terminal;
pub mod terms;
mod times;
pub mod tour;
mod typed;
mod unfolding;
mod view;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;

use anyhow::Context as _;
use tokio::sync::Notify;

pub use canvas::{Canvas, Screen};
pub use front::Front;
pub use hindsight::Hindsight;
pub use incidents::{Doors, List, Open, Start};
use keymap::Keymap;
pub use look::{Depth, Look};
pub use msg::Msg;
pub use past::Past;
pub use room::{Effect, Room};
use runtime::WayOut;

/// The exit status after a panic.
const PANICKED: u8 = 70;

/// How the room was left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exit {
    /// The exit status of the program.
    pub code: u8,
    /// What to say once the terminal is back; safe for a terminal.
    pub message: Option<String>,
}

/// Opens the room, and returns when it was left: by a key, by a signal, by a lost terminal or by a panic. The terminal is
/// then as it was, and what waited is on disk, or the message says where it is.
///
/// `wake` is notified when the session has something to take in.
///
/// # Errors
/// Where there is no terminal to open it in. Nothing is lost then.
pub fn run(room: Room, wake: Arc<Notify>) -> anyhow::Result<Exit> {
    walk(Front::Room(Box::new(room.waking(&wake))), wake)
}

/// Opens the list, from which a person goes on into a room on the same screen; else as [`run`].
///
/// # Errors
/// As [`run`].
pub fn run_list(
    doors: Doors,
    wake: Arc<Notify>,
    start_dir: &Path,
    look: Look,
    keys: Keymap,
) -> anyhow::Result<Exit> {
    let list = List::new(doors, start_dir, look, keys).waking(&wake);
    walk(Front::List(Box::new(list)), wake)
}

fn walk(mut front: Front, wake: Arc<Notify>) -> anyhow::Result<Exit> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("the room cannot wait for keys and signals")?;
    let woken = Arc::clone(&wake);
    terminal::guard_against_panics(wake);
    let walked = catch_unwind(AssertUnwindSafe(|| runtime.block_on(runtime::walk(&mut front, &woken))));
    terminal::leave();
    runtime.shutdown_background();
    let way_out = match walked {
        Ok(way_out) => way_out.context("there is no terminal for the room")?,
        Err(_) => WayOut::Panicked,
    };
    let unsent = front.unsent();
    let failed = front.failure();
    // What broke once may break again, and must not keep the exit status from being what it is.
    let left = catch_unwind(AssertUnwindSafe(|| front.leave()));
    let parting = left.as_ref().ok().and_then(|left| left.as_ref().err());
    let words = parting.map(ToString::to_string);
    let is_saved = parting.is_none_or(|parting| parting.unsaved.is_none());
    Ok(match (way_out, &left) {
        (WayOut::Panicked, _) => {
            let words = words.map(|words| format!("; {words}")).unwrap_or_default();
            Exit { code: PANICKED, message: Some(format!("an error in warroom ended the room{words}")) }
        }
        (_, Err(_)) => Exit { code: PANICKED, message: None },
        (WayOut::Quit, Ok(_)) if failed.is_some() => Exit {
            code: 1,
            message: failed.into_iter().chain(words).reduce(|told, line| format!("{told}\n{line}")),
        },
        (WayOut::Quit, Ok(_)) => Exit { code: u8::from(!is_saved), message: words.or(unsent) },
        (WayOut::Signal(code), Ok(_)) => Exit { code, message: words },
    })
}
