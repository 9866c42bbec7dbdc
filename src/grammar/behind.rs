//! What was likely meant by an entry that has a sigil or the name of a command behind its time: it is text there.

use super::table;
use crate::log::Change;

/// What to type instead where a sigil or the name of a command stands behind a time, and is text there.
pub fn behind_a_time(change: &Change) -> Option<String> {
    let Change::EntryAdded { text, when: Some(_), .. } = change else { return None };
    let text = text.as_typed();
    let mut chars = text.chars();
    match (chars.next()?, chars.next()?) {
        ('?', next) if next.is_alphanumeric() => {
            Some("as text; a hypothesis starts the line: /suspect TIME SUBJECT: WHY".into())
        }
        ('+', ' ') => Some("as text; a task starts the line, without a time: + TEXT".into()),
        // What is no command is a path.
        ('/', _) => {
            let command = table::named(text[1..].split_whitespace().next()?)?;
            let more = if command.arguments.is_empty() { "" } else { " …" };
            let time = if command.timed { " TIME" } else { "" };
            Some(format!("as text; a command starts the line: /{}{time}{more}", command.name))
        }
        _ => None,
    }
}
