//! `warroom say`: the prompt's grammar from any shell.

use std::ffi::OsString;
use std::path::PathBuf;

use super::failure::Failure;
use super::intake::{Intake, Refusal, Source, no_option, only_text};
use super::{completing, open, out};
use crate::config::Config;
use crate::grammar::parts::alike;
use crate::grammar::{self, Desk, Line, RoomCommand};
use crate::log::fold::dated;
use crate::log::retraction::Retraction;
use crate::log::{Change, List};
use crate::model::Incident;
use crate::session::attach::{self, located};
use crate::session::clock::{Clock as _, Wall};
use crate::session::{self, Session};
use crate::text::Raw;

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  warroom say DB team says all clear '#db' @maria\n  warroom say -5m rolled back\n  \
    warroom say '?database: pool exhausted after deploy'\n  warroom say /out database: pool is idle\n  \
    warroom say < lines.txt\n\nEach line is saved before the program ends with exit code 0. \
    `warroom man` has the whole grammar."
)]
pub(super) struct Args {
    /// An id, an unambiguous start of one, or a folder
    #[arg(short, long, add = completing::incidents())]
    incident: Option<String>,
    /// What to say, its words joined; without it, a line each from standard input
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    line: Vec<OsString>,
}

pub(super) fn run(args: &Args, config: &Config) -> Result<u8, Failure> {
    no_option(&args.line)?;
    let source = if args.line.is_empty() { Source::Lines } else { Source::Words(&args.line) };
    let only = only_text(&args.line).and_then(|line| note(&line));
    let Some(intake) = Intake::open_or_add(args.incident.as_deref(), config, only)? else { return Ok(0) };
    intake.take(source, |session, line| say(session, line, config))
}

/// The entry that a line becomes, where that does not depend on what stands in the incident: a note without a time.
fn note(line: &str) -> Option<Change> {
    let incident = Incident::default();
    let desk = Desk { incident: &incident, now: Wall.now(), typed_last: None, undo: None, redo: None };
    match grammar::read(line, &desk) {
        Ok(Line::Change(change)) if matches!(*change, Change::EntryAdded { when: None, .. }) => Some(*change),
        _ => None,
    }
}

/// Says that a related incident is not where the others are: it may lie elsewhere, and counts all the same.
fn tell_of_nobody(change: &Change, session: &Session, config: &Config) {
    let Change::ItemAdded { list: List::Related, .. } = change else { return };
    // As it was stored: the beginning of an id is that id.
    let Some(text) = session.incident().related.last() else { return };
    let folders = session::folders(&config.incidents).unwrap_or_default();
    let names =
        |folder: &PathBuf| folder.file_name().is_some_and(|name| Raw::new(name.to_string_lossy()) == *text);
    if !folders.iter().any(names) {
        out::aside(&format!("no incident here is called {}; it was stored all the same", text.for_term()));
    }
}

/// That a line is about what nobody has suspected so far: nearly always a slip where something is called much the same.
fn not_suspected(change: &Change, desk: &Desk<'_>) -> Option<String> {
    let about = change.about().filter(|_| !matches!(change, Change::HypothesisRaised(_)))?;
    if desk.incident.hypothesis(&about.subject).is_some() {
        return None;
    }
    let subject = about.subject.raw().for_term();
    Some(match alike(&about.subject, desk) {
        Some(known) => {
            let known = known.subject.raw().for_term();
            format!("NEW '{subject}': it was not suspected before, but '{known}' was; /undo takes it back")
        }
        None => format!("NEW '{subject}': it was not suspected before"),
    })
}

/// What does the same outside of the room.
fn instead(command: &RoomCommand, id: &str) -> String {
    let from_the_shell = match command {
        RoomCommand::Find(Some(wanted)) => format!("search {}", wanted.typed().for_term()),
        RoomCommand::Find(None) => "search WORDS".into(),
        RoomCommand::Export => format!("export -i {id}"),
        RoomCommand::Copy => format!("export -i {id} -o -"),
        RoomCommand::Help => "man".into(),
        RoomCommand::Handoff => format!("export -i {id} --template handoff"),
        RoomCommand::Insights => "insights".into(),
        RoomCommand::Doubts => format!("import --review -i {id}"),
        RoomCommand::Quit => return "nothing has to be left here".into(),
        RoomCommand::Replay(_) | RoomCommand::Attach { .. } => format!("open {id}"),
    };
    format!("use `warroom {from_the_shell}`")
}

/// Says one line; whether there was anything in it.
pub(super) fn say(session: &mut Session, line: &str, config: &Config) -> Result<bool, Refusal> {
    match grammar::read(line, &session.desk())? {
        Line::Nothing => Ok(false),
        Line::Room(RoomCommand::Attach { file, subject }) => {
            let path = located(&file, &open::start_dir(session.folder()));
            if let Some(error) = session.read_only() {
                return Err(error.into());
            }
            session.attach(attach::open(&path)?.copy(session.folder())?, subject)?;
            Ok(true)
        }
        Line::Room(command) => {
            let id = session.incident().id.for_term();
            Err(Refusal::new("only the room knows this command", &instead(&command, id.as_str())))
        }
        Line::Change(change) => {
            let retraction = Retraction::ahead_of(&change, &session.teller());
            let struck = grammar::struck(&change, &session.teller());
            let undated = dated::count(session.incident());
            let unknown = not_suspected(&change, &session.desk());
            session.commit((*change).clone())?;
            tell_of_nobody(&change, session, config);
            if let Some(words) = unknown {
                out::aside(&words);
            }
            if let Some(hint) = grammar::behind_a_time(&change) {
                out::aside(&format!("logged {hint}"));
            }
            if let Some(words) = struck {
                out::aside(&words);
            }
            if let Some(words) = dated::told(undated, session.incident()) {
                out::aside(&format!("{words}; /undo takes it back"));
            }
            if let Some(retraction) = retraction {
                out::aside(&retraction.done(&session.teller(), session.by()));
            }
            Ok(true)
        }
    }
}
