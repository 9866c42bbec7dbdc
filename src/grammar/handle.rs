//! Handles: the short names by which people call an entry.

use super::args::Args;
use super::{Desk, GrammarError};
use crate::log::Stamp;
use crate::model::{Entry, Incident};

/// The shortest an ending may be.
const SHORTEST: usize = 3;

/// The shortest unique ending of an entry's id, of three characters or more.
pub fn shortest(incident: &Incident, id: Stamp) -> String {
    let whole = id.to_string();
    let others: Vec<String> =
        incident.timeline.iter().filter(|e| e.id != id).map(|e| e.id.to_string()).collect();
    (SHORTEST..whole.len())
        .map(|n| &whole[whole.len() - n..])
        .find(|ending| !others.iter().any(|other| other.ends_with(ending)))
        .unwrap_or(&whole)
        .to_owned()
}

/// The entry that a handle names: `last` for the one logged last, or an ending of an id.
pub(super) fn entry<'a>(handle: &str, args: &Args<'_>, desk: &Desk<'a>) -> Result<&'a Entry, GrammarError> {
    let timeline = &desk.incident.timeline;
    if handle.eq_ignore_ascii_case("last") {
        let last = timeline.iter().max_by_key(|e| e.id);
        return last.ok_or_else(|| args.error("there is no entry yet", "type what happens, and Enter"));
    }
    let long = handle.len() >= SHORTEST;
    let mut found = timeline.iter().filter(|e| long && e.id.to_string().ends_with(handle));
    let hint = "name it by `last` or by the last three or more characters of its id";
    match (found.next(), found.next()) {
        (Some(entry), None) => Ok(entry),
        (Some(_), Some(_)) => {
            Err(args.error("several entries end like this", "write more characters of the id"))
        }
        (None, _) => Err(args.error("there is no such entry", hint)),
    }
}

/// The record that a handle names: an entry, or any change by its whole id.
pub(super) fn change(handle: &str, args: &Args<'_>, desk: &Desk<'_>) -> Result<Stamp, GrammarError> {
    match handle.parse() {
        Ok(stamp) => Ok(stamp),
        Err(_) => entry(handle, args, desk).map(|entry| entry.id),
    }
}
