//! `warroom demo`: an outage of our own making, played in a real room that leaves nothing behind.

use std::fs::{self, DirEntry, Permissions};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::Path;
use std::sync::Arc;

use chrono::TimeDelta;
use rustix::io::Errno;
use rustix::process::{Pid, geteuid, test_kill_process};
use tokio::sync::Notify;

use super::failure::Failure;
use super::{open, out};
use crate::config::Config;
use crate::session::clock::{Clock as _, Paced, Wall};
use crate::session::{New, Opening, Session, create};
use crate::tui::demo::{Demo, MINUTES, TITLE};
use crate::tui::{self, Room};

/// What its folder begins with; the process and some letters by chance follow: `warroom-demo-4711-x7Kp2q`.
const PREFIX: &str = "warroom-demo-";

/// Nobody else may look into it.
const MODE: u32 = 0o700;

#[derive(Debug, clap::Args)]
#[command(
    after_help = "It plays 45 minutes in 45 seconds: Space pauses, < and > change the speed, Right sends the next \
    line,\nEsc or any other key takes the room over, Ctrl-Q leaves.\n\nExamples:\n  warroom demo\n  warroom demo --plain\n  warroom demo --tour"
)]
pub(super) struct Args {
    /// Learn the ten things worth knowing by doing them: three minutes, F9 skips a step
    #[arg(long)]
    tour: bool,
    /// Without lines and signs, and with one pane at a time: for screen readers
    #[arg(long)]
    plain: bool,
}

pub(super) fn run(args: &Args, config: &Config) -> Result<u8, Failure> {
    open::needs_a_terminal()?;
    sweep(&std::env::temp_dir());
    let (prefix, kept_from_others) =
        (format!("{PREFIX}{}-", std::process::id()), Permissions::from_mode(MODE));
    let house = tempfile::Builder::new().prefix(&prefix).permissions(kept_from_others).tempdir();
    let house = house.map_err(|error| {
        Failure::new(
            format!("the demo has no folder to play in: {error}"),
            "set TMPDIR to one that can be written",
        )
    })?;
    let wake = Arc::new(Notify::new());
    // It ends now, so that nothing of it lies ahead.
    let begin = if args.tour { Wall.now() } else { Wall.now() - TimeDelta::minutes(MINUTES) };
    let clock = Arc::new(Paced::new(Arc::new(Wall), begin));
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
    let room = if args.tour {
        clock.go_at(1);
        room.with_tour()
    } else {
        room.with_demo(Demo::new(clock))
    };
    let code = open::left(tui::run(room, wake))?;
    house.close().map_err(|error| {
        Failure::new(format!("the folder of the demo is still there: {error}"), "it may be deleted")
    })?;
    out::result("Your own: warroom new \"What is wrong\"\n")?;
    Ok(code)
}

/// Removes what demos left that were killed: of this person, and of a process that is gone.
fn sweep(temp: &Path) {
    let Ok(found) = fs::read_dir(temp) else { return };
    for left in found.flatten().filter(is_left) {
        // What cannot be removed does no harm to the demo that begins.
        let _ = fs::remove_dir_all(left.path());
    }
}

/// Whether this is the folder of a demo of this person whose process is gone. A link never is.
fn is_left(found: &DirEntry) -> bool {
    let is_own = || -> std::io::Result<bool> {
        let known = found.metadata()?;
        Ok(known.is_dir() && known.uid() == geteuid().as_raw() && known.mode() & 0o7777 == MODE)
    };
    let process = found.file_name().to_str().and_then(process_of);
    process.is_some_and(|process| test_kill_process(process) == Err(Errno::SRCH)) && is_own().unwrap_or(false)
}

/// The process that a folder of a demo is named after.
fn process_of(name: &str) -> Option<Pid> {
    let (process, by_chance) = name.strip_prefix(PREFIX)?.split_once('-')?;
    let is_whole = !by_chance.is_empty() && by_chance.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let is_number = process.bytes().all(|byte| byte.is_ascii_digit());
    (is_whole && is_number).then(|| process.parse().ok().and_then(Pid::from_raw)).flatten()
}
