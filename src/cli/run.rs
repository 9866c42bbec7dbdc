//! `warroom run`: a command as it would run by itself, and in the incident what it was, when, where and how it ended.
//!
//! The command comes first: it is started before anything is written, ends with its own status whatever becomes of the
//! record, and sees the terminal that it would see ([`start`]).

mod attend;
pub(super) mod hook;
mod record;
mod signals;
mod start;
mod tail;
mod terminal;
mod within;

use std::ffi::OsString;

use super::failure::Failure;
use super::{completing, find, log, open, out};
use crate::config::Config;
use crate::export::redact;
use crate::model::{Exit, Instant, Side, Subject};
use crate::session::clock::{Clock as _, Wall};
use crate::session::peek;
use crate::store;
use crate::text::Raw;
use attend::Ended;
use record::{Began, Into, Recorder, place};
use start::{NotStarted, REST, WITHIN};
use tail::Tail;

/// How many lines are kept of a command that fails.
const KEPT: usize = 20;

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  warroom run -- systemctl restart checkout\n  warroom run --against database -- pg_isready -h db-2\n  \
    warroom run --keep 50 -- kubectl describe pod web-0\n  warroom run --keep 0 -- ssh db-2\n\n\
    It runs as it would by itself: terminal, keys, signals and exit status are its own (127 not found, 126 not \
    executable, 128 and the number of the signal that ended it). Logged are its line, host and folder, when it began, how long it \
    took, its exit status, and the last 20 lines that it printed to a terminal or a pipe where it failed. Secrets in the \
    line and in those lines are masked. For the lines it gets a terminal of its own, so what is typed ahead goes to it; \
    with --keep 0 everything is its own and nothing is kept. Where no incident can be meant, or the disk is full, it runs all \
    the same, and that is said at its end; an incident or a hypothesis that was named has to be there."
)]
pub(super) struct Args {
    /// An id, an unambiguous start of one, or a folder
    #[arg(short, long, add = completing::incidents())]
    incident: Option<String>,
    /// Keep the last N lines however it ends; none with 0 [default: 20 where it fails]
    #[arg(long, value_name = "N")]
    keep: Option<usize>,
    /// How it ended is evidence for this hypothesis
    #[arg(long = "for", value_name = "SUBJECT", conflicts_with = "against", add = completing::subjects())]
    supports: Option<String>,
    /// How it ended is evidence against this hypothesis
    #[arg(long, value_name = "SUBJECT", add = completing::subjects())]
    against: Option<String>,
    /// The command with its arguments
    #[arg(trailing_var_arg = true, required = true, value_name = "COMMAND")]
    command: Vec<OsString>,
}

/// Plays a part beside `run`, where this process was started for one: it is no command of its own. Its exit status then.
pub(super) fn part(mut args: impl Iterator<Item = OsString>) -> Option<u8> {
    match args.next()?.to_str()? {
        WITHIN => Some(within::run(&args.collect::<Vec<_>>())),
        REST => {
            // Who reads it may have gone, and nobody is left to be told.
            let _ = start::pass_on();
            Some(0)
        }
        _ => None,
    }
}

pub(super) fn run(args: &Args, config: &Config) -> Result<u8, Failure> {
    let (into, evidence) = meant(args, config)?;
    let signals = attend::signals().map_err(|error| {
        Failure::new(format!("no signal can be listened for: {error}"), "nothing was run; run it by itself")
    })?;
    let clock = Stopwatch::start();
    let running = start::start(&args.command, args.keep != Some(0));
    let mut line = redact::command_line::line(&args.command);
    let secrets = redact::command_line::mask(&mut line);
    let began = Began { line, place: place(&open::start_dir(&config.incidents)), at: clock.began };
    let recorder = Recorder::begin(began, into, evidence, config);
    let mut tail = Tail::default();
    let (ended, why) = match running {
        Ok(running) => (attend::attend(running, &signals, &mut tail), None),
        Err(NotStarted { status, why }) => {
            let name = Raw::new(args.command[0].to_string_lossy()).for_term();
            out::aside(&format!("warroom: {name}: {why}"));
            (Ended::Exit(status), Some(why))
        }
    };
    let status = match ended {
        Ended::Exit(status) => Some(status).filter(|_| why.is_none()),
        Ended::Signal(_) => None,
    };
    let why = match ended {
        Ended::Signal(signal) => Some(signals::name(signal)),
        Ended::Exit(_) => why,
    };
    let count = args.keep.unwrap_or(if ended == Ended::Exit(0) { 0 } else { KEPT });
    let output = tail.lines(count).map(|lines| redact::command_line::without(&Raw::new(lines), &secrets));
    let ended_at = clock.now();
    recorder
        .end(Exit { at: ended_at, status, why: why.map(Raw::new), output })
        .iter()
        .for_each(|said| out::aside(said));
    Ok(passed_on(ended))
}

/// Ends as the command did. Where it was ended by a signal this does not come back, but for one that ends nothing.
fn passed_on(ended: Ended) -> u8 {
    match ended {
        Ended::Exit(status) => status,
        Ended::Signal(signal) => {
            signals::end_by(signal);
            128_u8.saturating_add(u8::try_from(signal).unwrap_or_default())
        }
    }
}

/// Into which incident, and what it is evidence of: what was named has to be there before anything runs.
fn meant(args: &Args, config: &Config) -> Result<(Into, Option<(Side, Subject)>), Failure> {
    let about = match (&args.supports, &args.against) {
        (Some(subject), _) => Some((Side::For, subject, "--for")),
        (None, Some(subject)) => Some((Side::Against, subject, "--against")),
        (None, None) => None,
    };
    if args.incident.is_none() && about.is_none() {
        return Ok((Into::Meant, None));
    }
    let folder = find::folder(args.incident.as_deref(), config)?;
    if !store::is_incident(&folder) {
        let name = Raw::new(folder.to_string_lossy()).for_term();
        let hint = "nothing was run; `warroom list` shows the incidents";
        return Err(Failure::new(format!("there is no incident in {name}"), hint));
    }
    let evidence = match about {
        None => None,
        Some((side, subject, option)) => {
            Some((side, log::known(subject, option, &peek(&folder, None)?.incident)?))
        }
    };
    Ok((Into::Named(folder), evidence))
}

/// When something began, and how long ago that is, whatever happens to the wall clock meanwhile.
struct Stopwatch {
    began: Instant,
    running: chrono::TimeDelta,
}

impl Stopwatch {
    fn start() -> Self {
        Self { began: Wall.now(), running: Wall.running() }
    }

    fn now(&self) -> Instant {
        self.began + (Wall.running() - self.running)
    }
}
