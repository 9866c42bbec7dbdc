//! `warroom open`: the room of an incident.

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tokio::sync::Notify;

use super::failure::Failure;
use super::{find, listen, new, out};
use crate::config::Config;
use crate::session::archive::Archive;
use crate::session::clock::Wall;
use crate::session::{Glimpsed, Opening, Session};
use crate::store::StoreError;
use crate::tui::{self, Doors, Exit, Hindsight, Past, Room};
use crate::web::Beside;

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  warroom open\n  warroom open 2024-08-10-checkout")]
pub(super) struct Args {
    #[command(flatten)]
    of: find::Named,
    /// Without lines and signs, and with one pane at a time: for screen readers
    #[arg(long)]
    plain: bool,
}

pub(super) fn run(args: &Args, config: &Config) -> Result<u8, Failure> {
    let folder = args.of.folder(config)?;
    if args.plain {
        return room(&folder, &Config { look: config.look.in_words(), ..config.clone() });
    }
    room(&folder, config)
}

/// Opens the room on a folder.
pub(super) fn room(folder: &Path, config: &Config) -> Result<u8, Failure> {
    needs_a_terminal()?;
    let wake = Arc::new(Notify::new());
    let Some(Glimpsed { session, whole }) = glimpsed(folder, config, &wake) else {
        return in_room(folder, config, |room| room);
    };
    enter(session, folder, config, wake, |room| room.with_whole(Some(whole)))
}

/// Opens the room on the walk through its doubts.
pub(super) fn review(folder: &Path, config: &Config) -> Result<u8, Failure> {
    in_room(folder, config, Room::reviewing)
}

fn in_room(folder: &Path, config: &Config, begun: impl FnOnce(Room) -> Room) -> Result<u8, Failure> {
    needs_a_terminal()?;
    find::say_if_large(folder);
    let wake = Arc::new(Notify::new());
    let session = session(folder, config, &wake)?;
    enter(session, folder, config, wake, begun)
}

fn enter(
    session: Session,
    folder: &Path,
    config: &Config,
    wake: Arc<Notify>,
    begun: impl FnOnce(Room) -> Room,
) -> Result<u8, Failure> {
    let keys = config.keys.clone();
    let room = Room::new(session, &start_dir(folder), config.look, keys);
    let room = room.with_check(&config.check).with_timebox(config.timebox).with_notices(&config.notices());
    let room = room.with_past(past(config, &wake).as_ref()).with_hindsight(Some(hindsight(config, &wake)));
    let (listener, told) = listen::beside_room(folder, config);
    let room = room.with_notices(told.as_slice());
    let code = left(tui::run(begun(room), wake));
    listener.into_iter().flat_map(Beside::stop).for_each(|unsaved| out::aside(&unsaved));
    code
}

/// Where a room asks for past incidents, if it is to.
fn past(config: &Config, wake: &Arc<Notify>) -> Option<Past> {
    let (root, subjects, wake) = (config.incidents.clone(), config.subjects.clone(), Arc::clone(wake));
    config.first_guesses.then_some(Past { root, subjects, wake })
}

/// What a screen needs to read what past incidents say together.
fn hindsight(config: &Config, wake: &Arc<Notify>) -> Hindsight {
    let (root, subjects, zone) = (config.incidents.clone(), config.subjects.clone(), config.zone.clone());
    Hindsight { root, subjects, zone, wake: Arc::clone(wake) }
}

/// Opens the list of all incidents.
pub(super) fn list(archive: Archive, config: &Config) -> Result<u8, Failure> {
    let wake = Arc::new(Notify::new());
    let doors = Doors {
        archive,
        start: Box::new({
            let config = config.clone();
            move |title| new::start(title, &config).map(|created| created.folder)
        }),
        open: Box::new({
            let (config, wake, listener) = (config.clone(), Arc::clone(&wake), RefCell::new(None));
            move |folder| {
                let wake = Arc::clone(&wake);
                let (mut session, whole) =
                    Session::enter(folder, staying(&config), move || wake.notify_one())?;
                // The one of another room has the address, and has to let it go first.
                drop(listener.take());
                let (started, told) = listen::beside_room(folder, &config);
                if let Some(told) = told {
                    session.tell(told);
                }
                listener.replace(started);
                Ok((session, whole))
            }
        }),
        clock: Arc::new(Wall),
        by: config.name.clone(),
        zone: config.zone.clone(),
        style: config.clock,
        check: config.check.clone(),
        timebox: config.timebox,
        past: past(config, &wake),
        hindsight: Some(hindsight(config, &wake)),
        notices: config.notices(),
    };
    left(tui::run_list(doors, wake, &start_dir(&config.incidents), config.look, config.keys.clone()))
}

fn session(folder: &Path, config: &Config, wake: &Arc<Notify>) -> Result<Session, StoreError> {
    let wake = Arc::clone(wake);
    Session::open(folder, staying(config), move || wake.notify_one())
}

/// The newest of a large incident, while all of it is read.
fn glimpsed(folder: &Path, config: &Config, wake: &Arc<Notify>) -> Option<Glimpsed> {
    let wake = Arc::clone(wake);
    Session::glimpse(folder, &staying(config), move || wake.notify_one())
}

/// Where a report is written, and where the names of files begin.
pub(super) fn start_dir(otherwise: &Path) -> PathBuf {
    std::env::current_dir().unwrap_or_else(|_| otherwise.to_owned())
}

/// Says what is to be said once the terminal is back.
pub(super) fn left(exit: anyhow::Result<Exit>) -> Result<u8, Failure> {
    let exit = exit.map_err(|e| {
        Failure::new(format!("the room ended: {e:#}"), "what was shown as saved is on disk; open it again")
    })?;
    if let Some(message) = exit.message {
        out::aside(&message);
    }
    Ok(exit.code)
}

/// A room needs a terminal; scripts have `say` and `show`.
pub(super) fn needs_a_terminal() -> Result<(), Failure> {
    if out::shows_a_room() {
        return Ok(());
    }
    let why = if out::is_watched() { "TERM says that this one is dumb" } else { "standard output is none" };
    Err(Failure::new(
        format!("the room needs a terminal, and {why}"),
        "in scripts use `warroom new --detach`, `warroom say` and `warroom show`",
    ))
}

/// Who opens an incident here, and stays.
fn staying(config: &Config) -> Opening {
    Opening { stays: true, ..opening(config) }
}

/// Who opens an incident here, for a moment.
pub(super) fn opening(config: &Config) -> Opening {
    Opening { by: config.name.clone(), clock: Arc::new(Wall), rescue: config.rescue.clone(), stays: false }
}
