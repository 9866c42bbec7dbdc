//! A line from end to end: sigils, commands, times, and what is left as text.

use super::args::{Args, unescaped};
use super::table::{self, COMMANDS, Command, RoomVerb, Takes};
use super::{
    Desk, GrammarError, Line, RoomCommand, Wanted, action, attach, dated, entry, facts, hypothesis, scan,
};
use crate::log::Change;
use crate::model::{EntryKind, Instant, Moment, Zone};
use crate::text::{Raw, marks};

/// Reads a line of the prompt.
///
/// # Errors
/// [`GrammarError`] says which part was not understood, what was expected and what to do; the line is then worth nothing,
/// and whoever read it keeps it for the person who typed it.
pub fn read(line: &str, desk: &Desk<'_>) -> Result<Line, GrammarError> {
    let args = Args::new(line, 0);
    let text = args.text();
    if Raw::new(text).is_blank() {
        return Ok(Line::Nothing);
    }
    match sigil(line, args.begin()) {
        Some('\\') => return Ok(added(unescaped(text), None)),
        Some('/') => return command(&args, desk),
        Some('?') => return by_short_form("?", args.after(1), desk),
        Some(_) => return by_short_form("+", args.after(1), desk),
        None => {}
    }
    let Some((when, end)) = desk.times().read_leading(line, args.begin())? else {
        return Ok(added(text, None));
    };
    let rest = Args::new(line, end);
    if Raw::new(rest.text()).is_blank() {
        let typed = Raw::new(text).for_term();
        return Err(rest.error(format!("what happened at {typed} is missing"), "write it after the time"));
    }
    if is_placeholder(rest.text()) {
        return Err(placeholder(&rest));
    }
    Ok(added(unescaped(rest.text()), Some(when)))
}

/// The mark that a hint ends with where something is to be typed on.
const TO_TYPE: &str = "…";

/// Whether a hint was copied with its mark: all of the text, or all behind its last colon. It is no reason, and no summary.
fn is_placeholder(text: &str) -> bool {
    text.strip_suffix(TO_TYPE).is_some_and(|before| before.is_empty() || before.ends_with(": "))
}

fn placeholder(args: &Args<'_>) -> GrammarError {
    args.error("the … stands for what is to be written", "write that in its place")
}

/// Reads the name of a zone for `--tz` and `/tz`.
///
/// # Errors
/// Where there is no such zone, or several that are not the same.
pub fn zone(name: &str, own: Option<(&Zone, Instant)>) -> Result<Zone, GrammarError> {
    Zone::read(name, own).map_err(|error| scan::zone_error(0..name.len(), name, &error))
}

/// What the first character of a line makes of it: `\` text, `/` a command, `?` directly before a letter or a digit a
/// hypothesis, `+` before a blank a task.
pub(super) fn sigil(line: &str, begin: usize) -> Option<char> {
    let mut chars = line[begin..].chars();
    let first = chars.next()?;
    let next = chars.next();
    // Looked for in the line itself: `+ ` without anything behind it is a task that lacks its text, not an entry.
    let counts = match first {
        '\\' | '/' => true,
        '?' => next.is_some_and(char::is_alphanumeric),
        '+' => next.is_some_and(char::is_whitespace),
        _ => false,
    };
    counts.then_some(first)
}

fn added(text: &str, when: Option<Moment>) -> Line {
    Line::Change(Box::new(plain(text.trim(), Vec::new(), when)))
}

/// An entry with this text as it stands: nothing in it is grammar. The `#tags` and `@people` in it are listed, and `more`
/// tags with them.
pub fn plain(text: &str, more: Vec<Raw>, when: Option<Moment>) -> Change {
    let (mut tags, people) = marks::named(text);
    marks::add(&mut tags, more);
    let when = when.map(Box::new);
    Change::EntryAdded { text: Raw::new(text), tags, people, kind: EntryKind::Note, when }
}

fn by_short_form(sigil: &str, args: Args<'_>, desk: &Desk<'_>) -> Result<Line, GrammarError> {
    match COMMANDS.iter().find(|c| c.short == Some(sigil)) {
        Some(command) => run(command, args, desk),
        None => Ok(added(args.line, None)),
    }
}

fn command(args: &Args<'_>, desk: &Desk<'_>) -> Result<Line, GrammarError> {
    let (word, rest) = args.word();
    match table::named(&word[1..]) {
        Some(command) => run(command, rest, desk),
        None => Err(unknown(args, word)),
    }
}

/// `/var/log is full` is not swallowed: it is said, and a second Enter logs it.
fn unknown(args: &Args<'_>, word: &str) -> GrammarError {
    let near = COMMANDS.iter().map(|c| (strsim::damerau_levenshtein(c.name, &word[1..]), c.name)).min();
    let hint = match near {
        Some((distance, name)) if distance <= 2 && word.len() > 2 => format!("did you mean /{name}? "),
        _ => String::new(),
    };
    let begin = args.begin();
    GrammarError {
        span: begin..begin + word.len(),
        message: format!("{} is no command", Raw::new(word).for_term()),
        hint: format!("{hint}begin the line with \\ to log it as text"),
        may_be_text: true,
    }
}

fn run(command: &'static Command, args: Args<'_>, desk: &Desk<'_>) -> Result<Line, GrammarError> {
    if let Takes::Milestone(kind) = command.takes
        && let Some(change) = dated::by_day(kind, &args, desk)
    {
        return Ok(Line::Change(Box::new(change)));
    }
    let (when, args) = match desk.times().read_leading(args.line, args.begin()) {
        Ok(Some((when, end))) if command.timed && !args.text().is_empty() => {
            (Some(Box::new(when)), Args::new(args.line, end))
        }
        Err(error) if command.timed => return Err(error),
        _ => (None, args),
    };
    if is_placeholder(args.text()) {
        return Err(placeholder(&args));
    }
    let change = match command.takes {
        Takes::Hypothesis(verb) => hypothesis::read(verb, command, &args, when, desk)?,
        Takes::Action(kind) => action::add(kind, command, &args, desk)?,
        Takes::Done => action::done(command, &args, when, desk)?,
        Takes::Drop => action::drop(command, &args, when, desk)?,
        Takes::Edit => entry::edit(&args, desk)?,
        Takes::When => entry::when(&args, desk)?,
        Takes::Strike => entry::strike(&args, desk)?,
        Takes::Star => entry::star(&args, desk)?,
        Takes::Undo => entry::undo(&args, desk)?,
        Takes::Redo => entry::redo(&args, desk)?,
        Takes::Room(verb) => return room(verb, command, &args, desk).map(Line::Room),
        Takes::Title
        | Takes::Severity
        | Takes::Status
        | Takes::Zone
        | Takes::Clock
        | Takes::Milestone(_)
        | Takes::Fact(_)
        | Takes::Item(_)
        | Takes::Affected
        | Takes::Link
        | Takes::Note
        | Takes::Role
        | Takes::Update
        | Takes::Every
        | Takes::Decide => facts::read(command, &args, when, desk)?,
    };
    Ok(Line::Change(Box::new(change)))
}

fn room(
    verb: RoomVerb,
    command: &Command,
    args: &Args<'_>,
    desk: &Desk<'_>,
) -> Result<RoomCommand, GrammarError> {
    let takes_nothing = !matches!(verb, RoomVerb::Find | RoomVerb::Attach | RoomVerb::Replay);
    if takes_nothing && !args.text().is_empty() {
        return Err(args.error(
            format!("/{} takes nothing more", command.name),
            format!("for example: {}", command.example),
        ));
    }
    Ok(match verb {
        RoomVerb::Find => RoomCommand::Find(Wanted::read(args, &desk.times())?),
        RoomVerb::Export => RoomCommand::Export,
        RoomVerb::Copy => RoomCommand::Copy,
        RoomVerb::Handoff => RoomCommand::Handoff,
        RoomVerb::Insights => RoomCommand::Insights,
        RoomVerb::Doubts => RoomCommand::Doubts,
        RoomVerb::Replay => RoomCommand::Replay(moment(command, args, desk)?),
        RoomVerb::Attach => attach::read(command, args, desk)?,
        RoomVerb::Help => RoomCommand::Help,
        RoomVerb::Quit => RoomCommand::Quit,
    })
}

/// The last instant of the one time that follows the name of a command; none where nothing does.
fn moment(command: &Command, args: &Args<'_>, desk: &Desk<'_>) -> Result<Option<Instant>, GrammarError> {
    if args.text().is_empty() {
        return Ok(None);
    }
    match desk.times().read_leading(args.line, args.begin())? {
        Some((when, end)) if Args::new(args.line, end).text().is_empty() => Ok(when.last()),
        _ => Err(args.error("this is not a time", format!("for example: {}", command.example))),
    }
}
