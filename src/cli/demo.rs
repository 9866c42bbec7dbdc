//! `warroom demo`: an outage of our own making, played in a real room that leaves nothing behind.

use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt as _;
use std::sync::Arc;

use chrono::TimeDelta;
use tokio::sync::Notify;

use super::failure::Failure;
use super::{open, out};
use crate::config::Config;
use crate::session::clock::{Clock as _, Paced, Wall};
use crate::session::{New, Opening, Session, create};
use crate::tui::demo::{Demo, MINUTES, TITLE};
use crate::tui::{self, Room};

/// What its folder begins with.
const PREFIX: &str = "warroom-demo-";

#[derive(Debug, clap::Args)]
#[command(
    after_help = "It plays 45 minutes in 45 seconds: Space pauses, < and > change the speed, Right sends the next \
    line,\nEsc or any other key takes the room over, Ctrl-Q leaves.\n\nExamples:\n  warroom demo\n  warroom demo --plain"
)]
pub(super) struct Args {
    /// Without lines and signs, and with one pane at a time: for screen readers
    #[arg(long)]
    plain: bool,
}

pub(super) fn run(args: &Args, config: &Config) -> Result<u8, Failure> {
    open::needs_a_terminal()?;
    let kept_from_others = Permissions::from_mode(0o700);
    let house = tempfile::Builder::new().prefix(PREFIX).permissions(kept_from_others).tempdir();
    let house = house.map_err(|error| {
        Failure::new(
            format!("the demo has no folder to play in: {error}"),
            "set TMPDIR to one that can be written",
        )
    })?;
    let wake = Arc::new(Notify::new());
    // It ends now, so that nothing of it lies ahead.
    let clock = Arc::new(Paced::new(Arc::new(Wall), Wall.now() - TimeDelta::minutes(MINUTES)));
    let new = New {
        title: TITLE.into(),
        severity: None,
        zone: config.zone.clone(),
        clock: config.clock,
        started: None,
        services: vec!["checkout".into()],
        by: config.name.clone(),
    };
    let folder = create(&new, house.path(), None, clock.as_ref())?.folder;
    let rescue = house.path().join("rescue");
    let opening = Opening { by: config.name.clone(), clock: clock.clone(), rescue, stays: true };
    let woken = Arc::clone(&wake);
    let session = Session::open(&folder, opening, move || woken.notify_one())?;
    let look = if args.plain { config.look.in_words() } else { config.look };
    let room = Room::new(session, house.path(), look, config.keys.clone());
    let room = room.with_check(&config.check).with_timebox(config.timebox).with_notices(&config.notices());
    let code = open::left(tui::run(room.with_demo(Demo::new(clock)), wake))?;
    house.close().map_err(|error| {
        Failure::new(format!("the folder of the demo is still there: {error}"), "it may be deleted")
    })?;
    out::result("Your own: warroom new \"What is wrong\"\n")?;
    Ok(code)
}
