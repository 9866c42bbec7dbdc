//! Changes of what has a number: the items of lists, and actions.

use super::args::Args;
use super::table::{self, Command, Takes, name_of};
use super::{Desk, GrammarError, action, entry, facts, print};
use crate::log::fold::facts::names;
use crate::log::{Change, List, ListItem};
use crate::model::{Action, ActionStatus};

/// `/edit factor 2: TEXT`, `/edit task 3: TEXT @owner due:DAY`; none where the name is not that of a list or of actions.
pub(super) fn edit(name: &str, args: &Args<'_>, desk: &Desk<'_>) -> Result<Option<Change>, GrammarError> {
    let Some(command) = table::named(name) else { return Ok(None) };
    let (word, rest) = args.word();
    let number = word.strip_suffix(':').unwrap_or(word);
    // The colon may stand apart: `/edit factor 2 : too few alerts`.
    let rest = if number.len() == word.len() && rest.text().starts_with(": ") { rest.after(1) } else { rest };
    match (command.takes, entry::list(name), number.parse()) {
        (Takes::Action(kind), ..) => {
            let known = action::numbered(number, command, args, desk)?.id;
            let added = action::add(kind, command, &rest, desk)?;
            Ok(action::again(known, added))
        }
        (_, Some(list), Ok(number)) => of_list(list, number, command, &rest, desk).map(Some),
        (_, Some(_), Err(_)) => {
            let hint = format!("for example: /edit {} 2: TEXT", command.name);
            Err(args.error("the number of the item is missing", hint))
        }
        (_, None, _) => Ok(None),
    }
}

fn of_list(
    list: List,
    number: usize,
    command: &Command,
    args: &Args<'_>,
    desk: &Desk<'_>,
) -> Result<Change, GrammarError> {
    let name = command.name;
    if list == List::Warnings {
        return Err(args.error("a doubt is not edited", format!("/strike {name} {number} settles it")));
    }
    let was = entry::numbered(list, name, number, args, desk)?;
    let off = || args.error("nothing is to stand there", format!("/strike {name} {number} takes it off"));
    let now = ListItem::of(facts::read(command, args, None, desk)?).ok_or_else(off)?;
    Ok(Change::ItemChanged { list, was, now })
}

/// The line that says again what an action is, for a person to correct.
pub fn action_again(known: &Action, desk: &Desk<'_>) -> Option<String> {
    let Action { id, kind, text, owner, due, priority, class, link, .. } = known.clone();
    let added = Change::ActionAdded { kind, text, owner, due, priority, class, link };
    print(&action::again(id, added)?, desk)
}

/// The items of the list that the command of this line adds to, or the open actions: each with the line that says it again.
pub fn items(line: &str, desk: &Desk<'_>) -> Vec<String> {
    let Some(command) = super::present::bare(line) else { return Vec::new() };
    if let Takes::Action(kind) = command.takes {
        let is_open = |a: &&Action| a.kind == kind && a.status == ActionStatus::Open;
        let open = desk.incident.actions.iter().filter(is_open);
        return open.filter_map(|action| action_again(action, desk)).collect();
    }
    let Some(list) = entry::list(command.name).filter(|list| *list != List::Warnings) else {
        return Vec::new();
    };
    let edit = name_of(Takes::Edit);
    let again = |(nth, was): (usize, crate::text::Raw)| {
        let body = super::present::said_again(list, &was, desk)?;
        Some(format!("/{edit} {} {}: {body}", command.name, nth + 1))
    };
    names(desk.incident, list).into_iter().enumerate().filter_map(again).collect()
}
