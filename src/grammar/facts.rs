//! Commands that set, add to or clear the fields of the incident.

use super::args::{self, Args};
use super::table::{Command, Takes};
use super::{Desk, GrammarError, affected, dated, hypothesis, line, marks};
use crate::log::{Change, List};
use crate::model::{Clock, Moment, Status};
use crate::text::Raw;

/// For whom an update may be.
pub(super) const AUDIENCES: [&str; 2] = ["internal", "public"];

/// Reads what follows the name of such a command.
pub(super) fn read(
    command: &Command,
    args: &Args<'_>,
    when: Option<Box<Moment>>,
    desk: &Desk<'_>,
) -> Result<Change, GrammarError> {
    if args.clears() {
        return clear(command, args, when);
    }
    let required = |what: &str| args.required(what, command.example);
    Ok(match command.takes {
        Takes::Title => Change::TitleSet { title: required("the title")? },
        Takes::Severity => Change::SeveritySet { severity: Some(severity(args)?), when },
        Takes::Status => Change::StatusSet { status: status(args)?, when },
        Takes::Zone => {
            let own = Some((&desk.incident.zone, desk.now));
            let name = required("the zone")?;
            let at = args.span();
            let zone = line::zone(name.as_typed(), own).map_err(|e| GrammarError { span: at, ..e })?;
            Change::ZoneSet { zone }
        }
        Takes::Clock => Change::ClockSet { clock: clock(args)? },
        Takes::Milestone(milestone) => dated::milestone(milestone, command, args, when, desk)?,
        Takes::Fact(fact) => Change::FactSet { fact, text: required("the text")? },
        Takes::Item(list) => Change::ItemAdded { list, text: required("the text")? },
        Takes::Affected => {
            let text = required("how many were affected")?;
            Change::AffectedAdded { affected: affected::read(text.as_typed()) }
        }
        Takes::Link => link(command, args)?,
        Takes::Note => {
            let (heading, text) = args::about(args.text());
            let text = text.filter(|_| !heading.raw().is_blank());
            let missing = || args.error("a note needs a heading, a colon and a text", example(command));
            Change::NoteAdded { heading: heading.raw().clone(), text: text.ok_or_else(missing)? }
        }
        Takes::Role => role(command, args, when)?,
        Takes::Update => update(command, args, when)?,
        Takes::Every => {
            let minutes = hypothesis::minutes_of(args.text());
            let wrong =
                || args.error("this is no length of time", "write it as 20m or 1h30m, or `-` for none");
            Change::CadenceSet { minutes: Some(minutes.ok_or_else(wrong)?) }
        }
        Takes::Decide => decide(command, args, when)?,
        _ => return Err(args.error("this command sets nothing", example(command))),
    })
}

fn example(command: &Command) -> String {
    format!("for example: {}", command.example)
}

/// `/NAME -`.
fn clear(command: &Command, args: &Args<'_>, when: Option<Box<Moment>>) -> Result<Change, GrammarError> {
    let none = |what: &str| Err(args.error(format!("{what} cannot be cleared"), example(command)));
    match command.takes {
        Takes::Severity => Ok(Change::SeveritySet { severity: None, when }),
        Takes::Milestone(milestone) if when.is_none() => Ok(Change::MilestoneCleared { milestone }),
        Takes::Milestone(_) => {
            Err(args.error("clearing takes no time", format!("write /{} -", command.name)))
        }
        Takes::Fact(fact) => Ok(Change::FactCleared { fact }),
        Takes::Item(list) => Ok(Change::ListCleared { list }),
        Takes::Affected => Ok(Change::ListCleared { list: List::Affected }),
        Takes::Link => Ok(Change::ListCleared { list: List::Links }),
        Takes::Note => Ok(Change::ListCleared { list: List::Notes }),
        Takes::Every => Ok(Change::CadenceSet { minutes: None }),
        Takes::Title => none("the title"),
        Takes::Status => none("the status"),
        Takes::Zone => none("the zone"),
        Takes::Clock => none("the clock style"),
        Takes::Role => Err(args.error("which role is missing", "for example: /role scribe -")),
        _ => Err(args.error("what was said cannot be cleared", "take it back with /undo")),
    }
}

fn severity(args: &Args<'_>) -> Result<u8, GrammarError> {
    let lower = args.text().to_lowercase();
    let digits = lower.trim_start_matches("sev").trim_start_matches('p').trim_start_matches('-').trim();
    let level = digits.parse().ok().filter(|level| digits.len() == 1 && *level <= 5);
    level.ok_or_else(|| {
        args.error("a severity is a number from 0 to 5", "1 is the worst: /sev 1; /sev - clears it")
    })
}

fn status(args: &Args<'_>) -> Result<Status, GrammarError> {
    let word = args.text();
    let known = Status::ALL.into_iter().find(|s| s.word().eq_ignore_ascii_case(word));
    known.ok_or_else(|| {
        let words: Vec<_> = Status::ALL.iter().map(|s| s.word()).collect();
        args.error(
            if word.is_empty() { "the status is missing" } else { "there is no such status" },
            format!("one of {}", words.join(", ")),
        )
    })
}

fn clock(args: &Args<'_>) -> Result<Clock, GrammarError> {
    match args.text().to_lowercase().as_str() {
        "24h" | "24" => Ok(Clock::H24),
        "12h" | "12" => Ok(Clock::H12),
        _ => Err(args.error("there is no such clock style", "write 12h or 24h")),
    }
}

/// `/link LABEL URL`: the last word is the target.
fn link(command: &Command, args: &Args<'_>) -> Result<Change, GrammarError> {
    let missing = || args.error("a link needs a label and a target", example(command));
    let (url, span) = marks::last_word(args.text()).ok_or_else(missing)?;
    let label = args.text()[..span.start].trim();
    let label = Raw::new(args::unescaped(label));
    if label.is_blank() {
        return Err(missing());
    }
    Ok(Change::LinkAdded { label, url: Raw::new(url) })
}

/// `/role commander @alice`, `/role commander -`.
fn role(command: &Command, args: &Args<'_>, when: Option<Box<Moment>>) -> Result<Change, GrammarError> {
    let text = args.text();
    let at = text.match_indices('@').find(|(at, _)| text[..*at].ends_with(char::is_whitespace));
    let (role, name) = match at {
        Some((at, _)) => (&text[..at], text[at + 1..].trim()),
        None => text.split_once(char::is_whitespace).map_or((text, ""), |(role, name)| (role, name.trim())),
    };
    let (role, name) = (Raw::new(args::unescaped(role.trim())), Raw::new(name));
    if role.is_blank() || name.is_blank() {
        return Err(args.error("a role needs a person", example(command)));
    }
    Ok(match name.as_typed() {
        "-" => Change::RoleCleared { role, when },
        _ => Change::RoleTaken { role, name, when },
    })
}

/// `/update TEXT`, `/update public: TEXT`.
fn update(command: &Command, args: &Args<'_>, when: Option<Box<Moment>>) -> Result<Change, GrammarError> {
    let (audience, rest) = args.word();
    let audience = audience.strip_suffix(':').map(str::to_lowercase);
    let known = AUDIENCES.into_iter().find(|known| audience.as_deref() == Some(known));
    let (audience, text) = known.map_or((AUDIENCES[0], *args), |known| (known, rest));
    let text = text.required("what they were told", command.example)?;
    Ok(Change::UpdateSent { audience: Raw::new(audience), text, when })
}

/// `/decide TEXT @who`.
fn decide(command: &Command, args: &Args<'_>, when: Option<Box<Moment>>) -> Result<Change, GrammarError> {
    let mut who = None;
    let text = marks::trailing(args.text(), |word, _| {
        let person = marks::person(word).filter(|_| who.is_none());
        who = person.map(Raw::new).or(who.take());
        Ok::<_, GrammarError>(person.is_some())
    })?;
    let text = Raw::new(args::unescaped(&text));
    if text.is_blank() {
        return Err(args.error("what was decided is missing", example(command)));
    }
    Ok(Change::DecisionMade { text, who, when })
}
