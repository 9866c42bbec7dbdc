//! Changes of entries, and undo and redo.

use super::args::Args;
use super::table::{COMMANDS, Takes, name_of};
use super::{Desk, GrammarError, handle, item};
use crate::log::fold::facts;
use crate::log::{Change, List};
use crate::model::{Entry, EntryKind};
use crate::text::{Raw, marks};

/// `/edit ID: TEXT`, `/edit factor 2: TEXT`, `/edit task 3: TEXT @owner`.
pub(super) fn edit(args: &Args<'_>, desk: &Desk<'_>) -> Result<Change, GrammarError> {
    let (word, rest) = args.word();
    if let Some(change) = item::edit(word, &rest, desk)? {
        return Ok(change);
    }
    let entry = handle::entry(word.trim_end_matches(':'), args, desk)?;
    // The colon may stand apart from the handle: `/edit last : rolled back`.
    let apart = !word.ends_with(':') && rest.text().starts_with(": ");
    let rest = if apart { rest.after(1) } else { rest };
    if let Some(hint) = says_no_words(entry, desk) {
        return Err(args.error("this entry has no words of its own", hint));
    }
    let text = rest.required("the new text", "/edit last: rolled back to 4710")?;
    let (tags, people) = marks::named(text.as_typed());
    Ok(Change::EntryTextChanged { entry: entry.id, text, tags, people })
}

/// What to do instead, where an entry tells of nothing but a change: there are no words to put right.
pub fn says_no_words(entry: &Entry, desk: &Desk<'_>) -> Option<String> {
    let (takes, of) = match entry.kind {
        EntryKind::Status => (Takes::Status, " WORD"),
        EntryKind::Severity => (Takes::Severity, " 1"),
        EntryKind::Role => (Takes::Role, " ROLE @who"),
        _ => return None,
    };
    let (name, id) = (name_of(takes), handle::shortest(desk.incident, entry.id));
    Some(format!("/{name}{of} says it anew; /undo {id} takes it back; /when {id} TIME moves it"))
}

/// `/when ID TIME`.
pub(super) fn when(args: &Args<'_>, desk: &Desk<'_>) -> Result<Change, GrammarError> {
    let (word, rest) = args.word();
    let entry = handle::entry(word.trim_end_matches(':'), args, desk)?.id;
    let (begin, end) = (rest.span().start, rest.span().end);
    if rest.text().is_empty() {
        return Err(rest.error("the new time is missing", "for example: /when last 10:40"));
    }
    match desk.times().read_leading(rest.line, begin)? {
        Some((when, at)) if rest.line[at..end].trim().is_empty() => {
            Ok(Change::EntryTimeChanged { entry, when: when.into() })
        }
        _ => Err(rest.error("this is not a time", "write it as 10:42, 3:15pm PDT, -5m or 2024-08-18 10:15")),
    }
}

/// `/star ID`, `/star ID -`.
pub(super) fn star(args: &Args<'_>, desk: &Desk<'_>) -> Result<Change, GrammarError> {
    let (word, rest) = args.word();
    let entry = handle::entry(word, args, desk)?.id;
    Ok(if takes_back(&rest)? { Change::EntryUnstarred { entry } } else { Change::EntryStarred { entry } })
}

/// `/strike ID`, `/strike ID -`, `/strike factor 2`.
pub(super) fn strike(args: &Args<'_>, desk: &Desk<'_>) -> Result<Change, GrammarError> {
    let (word, rest) = args.word();
    if let Some(list) = list(word)
        && let Ok(number) = rest.text().parse::<usize>()
    {
        return Ok(Change::ItemStruck { list, text: numbered(list, word, number, &rest, desk)? });
    }
    let entry = handle::entry(word, args, desk)?.id;
    Ok(if takes_back(&rest)? { Change::EntryUnstruck { entry } } else { Change::EntryStruck { entry } })
}

/// The words of an item of a list, by its number.
pub(super) fn numbered(
    list: List,
    name: &str,
    number: usize,
    args: &Args<'_>,
    desk: &Desk<'_>,
) -> Result<Raw, GrammarError> {
    let names = facts::names(desk.incident, list);
    number.checked_sub(1).and_then(|at| names.get(at)).cloned().ok_or_else(|| {
        let hint =
            if names.is_empty() { "it is empty".into() } else { format!("it has 1 to {}", names.len()) };
        args.error(format!("the list {} has no item {number}", name.to_lowercase()), hint)
    })
}

/// The list that is filled by the command of this name.
pub(super) fn list(name: &str) -> Option<List> {
    COMMANDS.iter().find(|c| c.name.eq_ignore_ascii_case(name)).and_then(|c| match c.takes {
        Takes::Item(list) => Some(list),
        Takes::Affected => Some(List::Affected),
        Takes::Link => Some(List::Links),
        Takes::Note => Some(List::Notes),
        _ => None,
    })
}

fn takes_back(rest: &Args<'_>) -> Result<bool, GrammarError> {
    match rest.text() {
        "" => Ok(false),
        "-" => Ok(true),
        _ => Err(rest.error("nothing more goes here", "only `-`, which takes it back")),
    }
}

/// `/undo`, `/undo ID`.
pub(super) fn undo(args: &Args<'_>, desk: &Desk<'_>) -> Result<Change, GrammarError> {
    let change = match args.text() {
        "" => desk
            .undo
            .ok_or_else(|| args.error("there is nothing of yours to take back", "type what happens"))?,
        handle => handle::change(handle, args, desk)?,
    };
    Ok(Change::Undone { change })
}

/// `/redo`, `/redo ID`.
pub(super) fn redo(args: &Args<'_>, desk: &Desk<'_>) -> Result<Change, GrammarError> {
    let nothing =
        || args.error("there is nothing to let count again", "only what was taken back last comes back");
    let change = match args.text() {
        "" => desk.redo.ok_or_else(nothing)?,
        handle => handle::change(handle, args, desk)?,
    };
    Ok(Change::Redone { change })
}
