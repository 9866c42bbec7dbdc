//! `warroom open`: the room of an incident.

use std::path::Path;
use std::sync::Arc;

use tokio::sync::Notify;

use super::failure::Failure;
use super::{find, out};
use crate::config::Config;
use crate::session::clock::Wall;
use crate::session::{Opening, Session};
use crate::settings::theme::Theme;
use crate::tui::{self, Depth, Look};

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  warroom open\n  warroom open 2024-08-10-checkout")]
pub(super) struct Args {
    /// An id, an unambiguous start of one, or a folder
    incident: Option<String>,
}

pub(super) fn run(args: &Args, config: &Config) -> Result<u8, Failure> {
    let folder = find::folder(args.incident.as_deref(), config)?;
    room(&folder, config)
}

/// Opens the room on a folder.
pub(super) fn room(folder: &Path, config: &Config) -> Result<u8, Failure> {
    needs_a_terminal()?;
    let wake = Arc::new(Notify::new());
    let session = Session::open(folder, opening(config), {
        let wake = Arc::clone(&wake);
        move || wake.notify_one()
    })?;
    let here = std::env::current_dir().unwrap_or_else(|_| folder.to_owned());
    let exit = tui::run(session, wake, &here, look()).map_err(|e| {
        Failure::new(format!("the room ended: {e:#}"), "what was shown as saved is on disk; open it again")
    })?;
    if let Some(message) = exit.message {
        out::aside(&message);
    }
    Ok(exit.code)
}

/// A room needs a terminal; scripts have `say` and `show`.
pub(super) fn needs_a_terminal() -> Result<(), Failure> {
    if out::is_watched() {
        return Ok(());
    }
    Err(Failure::new(
        "the room needs a terminal, and standard output is none",
        "in scripts use `warroom new --detach`, `warroom say` and `warroom show`",
    ))
}

fn look() -> Look {
    let theme = Theme::named("dark").unwrap_or_default();
    Look::new(&theme, Depth::of("auto", |name| std::env::var(name).ok()))
}

/// Who opens an incident here.
pub(super) fn opening(config: &Config) -> Opening {
    Opening { by: config.name.clone(), clock: Arc::new(Wall), rescue: config.rescue.clone() }
}
