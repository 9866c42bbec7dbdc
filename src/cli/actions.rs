//! `warroom actions`: what is still to be done after all incidents, and marking it done.

use std::collections::HashSet;
use std::ffi::OsString;
use std::path::PathBuf;

use serde_json::{Value, json};

use super::failure::Failure;
use super::filtered::Filtered;
use super::intake::{Intake, Source};
use super::{export, find, list, out, say};
use crate::archive::actions::{Asked, Due, actions};
use crate::archive::{Digest, merged_away};
use crate::config::Config;
use crate::export::csv;
use crate::model::Action;
use crate::session::clock::{Clock as _, Wall};
use crate::text::{self, Raw};

/// The columns of the table for spreadsheets.
const COLUMNS: [&str; 14] = [
    "incident", "title", "number", "kind", "text", "owner", "due", "overdue", "priority", "class", "status",
    "link", "age_days", "also",
];

#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
#[command(after_help = "Examples:\n  warroom actions\n  warroom actions --owner bob --overdue\n  \
    warroom actions --csv -o actions.csv\n  warroom actions done 2024-08-10-checkout 3\n  \
    warroom actions drop 2024-08-10-checkout 4: the gateway is gone\n\n\
    Those that are overdue come first, then by the day they are due, then by priority. The age is counted from the \
    day the incident began.")]
pub(super) struct Args {
    #[command(subcommand)]
    sub: Option<Sub>,
    /// Only those of this person
    #[arg(long, value_name = "NAME")]
    owner: Option<String>,
    /// Only those that should have been done by now
    #[arg(long)]
    overdue: bool,
    /// Those that are done or dropped, too
    #[arg(long, conflicts_with = "overdue")]
    all: bool,
    /// As a JSON array
    #[arg(long)]
    json: bool,
    /// As a table for a spreadsheet
    #[arg(long, conflicts_with = "json")]
    csv: bool,
    /// Write to this file instead of standard output, which is `-`; one there that nobody has changed is replaced
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Replace a file that somebody has changed, or that is none of warroom's
    #[arg(long, requires = "output")]
    force: bool,
    #[command(flatten)]
    filtered: Filtered,
}

#[derive(Debug, clap::Subcommand)]
enum Sub {
    /// Mark an action done, as `say '/done N'` does
    Done {
        /// The id of the incident, an unambiguous start of one, or a folder
        incident: String,
        /// The number of the action
        number: u32,
        /// When it was done, as the prompt takes it: 10:42, -5m, "2024-08-20 14:00"
        #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
        at: Option<String>,
    },
    /// Say that an action will not be done, and why, as `say '/drop N: why'` does
    Drop {
        /// The id of the incident, an unambiguous start of one, or a folder
        incident: String,
        /// The number of the action; a colon may follow
        number: String,
        /// Why, its words joined
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        why: Vec<String>,
    },
}

pub(super) fn run(args: &Args, config: &Config) -> Result<u8, Failure> {
    match &args.sub {
        Some(Sub::Done { incident, number, at }) => done(incident, *number, at.as_deref(), config),
        Some(Sub::Drop { incident, number, why }) => dropped(incident, number, why, config),
        None => listed(args, config),
    }
}

fn done(incident: &str, number: u32, at: Option<&str>, config: &Config) -> Result<u8, Failure> {
    let intake = Intake::open(Some(incident), config)?;
    if let Some(at) = at {
        let read = intake.session().desk().times().read_whole(at);
        read.map_err(|error| Failure::argument("--at", &error))?;
    }
    said(intake, &format!("/done {} {number}", at.unwrap_or_default().trim()), config)
}

fn dropped(incident: &str, number: &str, why: &[String], config: &Config) -> Result<u8, Failure> {
    let number = number.strip_suffix(':').unwrap_or(number);
    if number.parse::<u32>().is_err() {
        let message = format!("{} is no number of an action", Raw::new(number).for_term());
        return Err(Failure::usage(message, "write `warroom actions drop INCIDENT 3: why`"));
    }
    let why = why.join(" ");
    if Raw::new(why.as_str()).is_blank() {
        let message = format!("why action {number} will not be done is missing");
        let hint = format!("write `warroom actions drop {} {number}: why`", Raw::new(incident).for_term());
        return Err(Failure::usage(message, hint));
    }
    said(Intake::open(Some(incident), config)?, &format!("/drop {number}: {why}"), config)
}

/// Says the line as `say` does: there is one way for a change.
fn said(intake: Intake, line: &str, config: &Config) -> Result<u8, Failure> {
    intake.take(Source::Words(&[OsString::from(line)]), |session, line| {
        let before: Vec<Action> = session.incident().actions.clone();
        let said = say::say(session, line, config)?;
        for action in session.incident().actions.iter().filter(|action| !before.contains(action)) {
            let Action { number, status, text, .. } = action;
            out::aside(&format!("action {number} is {}: {}", status.word(), text.for_term()));
        }
        Ok(said)
    })
}

fn listed(args: &Args, config: &Config) -> Result<u8, Failure> {
    let filter = args.filtered.filter(config)?;
    let mut archive = find::archive(config)?;
    let digests: Vec<Digest> = archive.digests().into_iter().map(|(_, digest)| digest).collect();
    let away: HashSet<Raw> = merged_away(&digests).into_iter().cloned().collect();
    let digests: Vec<Digest> =
        digests.into_iter().filter(|one| !away.contains(&one.id) && filter.takes(one)).collect();
    let owner = args.owner.as_ref().map(|owner| Raw::new(owner.trim_start_matches('@')));
    let asked = Asked { owner, overdue: args.overdue, all: args.all };
    let found = actions(&digests, &asked, config.zone.at(Wall.now()).date_naive());
    let report = if args.csv {
        csv::table(COLUMNS, found.iter().map(cells)).map_err(|error| {
            Failure::new(format!("the table could not be made: {error}"), "nothing was written; try --json")
        })?
    } else if args.json {
        let all: Vec<Value> = found.iter().map(as_json).collect();
        let json = serde_json::to_string_pretty(&all).unwrap_or_default();
        format!("{}\n", text::json::printable(&json))
    } else {
        rows(&found)
    };
    match &args.output {
        Some(path) if path.as_os_str() != "-" => export::write(path, &report, args.force, config)?,
        _ => out::result(&report)?,
    }
    if found.is_empty() {
        out::aside(if asked == Asked::default() {
            "Nothing is left to be done."
        } else {
            "No action is like that."
        });
    }
    Ok(0)
}

fn rows(found: &[Due<'_>]) -> String {
    let id = |one: &Due<'_>| one.digest.id.for_term();
    let owner = |one: &Due<'_>| {
        one.todo.owner.as_ref().map_or(String::new(), |owner| format!("@{}", owner.for_term()))
    };
    let widest = |width: &dyn Fn(&Due<'_>) -> usize| {
        found.iter().map(width).max().unwrap_or_default().min(list::widest())
    };
    let ids = widest(&|one| id(one).width());
    let owners = widest(&|one| Raw::new(owner(one)).for_term().width());
    let numbers = widest(&|one| one.todo.number.to_string().len());
    let mut out = String::new();
    for one in found {
        // Its start is enough for all commands.
        let (id, owner) = (id(one).cut(ids), owner(one));
        let gap = " ".repeat(ids.saturating_sub(id.width()));
        let owner_gap = " ".repeat(owners.saturating_sub(Raw::new(owner.as_str()).for_term().width()));
        let due = match one.todo.due {
            Some(due) if one.overdue => format!("{due} overdue"),
            Some(due) => due.to_string(),
            None => String::new(),
        };
        let age = one.age.map_or("–".to_owned(), |days| format!("{days}d"));
        let priority = one.todo.priority.map_or(String::new(), |level| format!("p{level}"));
        let closed =
            if one.todo.status == crate::model::ActionStatus::Open { "" } else { one.todo.status.word() };
        let facts = format!(
            "{id}{gap}  {:>numbers$}  {:11}  {owner}{owner_gap}  {due:18}  {priority:2}  {age:>6}  {closed}",
            one.todo.number,
            one.todo.kind.word(),
        );
        let also = one
            .also
            .iter()
            .map(|(id, number)| format!(" · also {number} of {}, likely a copy", id.for_term()));
        let also: String = also.collect();
        out.push_str(&format!("{}  {}{also}\n", facts.trim_end(), one.todo.text.for_term()));
    }
    out
}

fn cells(one: &Due<'_>) -> [Raw; COLUMNS.len()] {
    let Due { digest, todo, overdue, age, also } = one;
    let also = also.iter().map(|(id, number)| format!("{} {number}", id.for_term()));
    let maybe = |text: Option<String>| Raw::new(text.unwrap_or_default());
    [
        digest.id.clone(),
        digest.title.clone(),
        Raw::new(todo.number.to_string()),
        todo.kind.word().into(),
        todo.text.clone(),
        todo.owner.clone().unwrap_or_default(),
        maybe(todo.due.map(|due| due.to_string())),
        Raw::new(overdue.to_string()),
        maybe(todo.priority.map(|level| level.to_string())),
        todo.class.clone().unwrap_or_default(),
        todo.status.word().into(),
        todo.link.clone().unwrap_or_default(),
        maybe(age.map(|days| days.to_string())),
        Raw::new(also.collect::<Vec<_>>().join("; ")),
    ]
}

fn as_json(one: &Due<'_>) -> Value {
    let Due { digest, todo, overdue, age, also } = one;
    let also: Vec<Value> =
        also.iter().map(|(id, number)| json!({ "incident": id, "number": number })).collect();
    json!({
        "incident": digest.id, "title": digest.title, "number": todo.number, "kind": todo.kind, "text": todo.text,
        "owner": todo.owner, "due": todo.due, "overdue": overdue, "priority": todo.priority, "class": todo.class,
        "status": todo.status, "link": todo.link, "age_days": age, "also": also,
    })
}
