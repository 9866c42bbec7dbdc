//! Handles: the short names by which people call an entry.

use super::args::Args;
use super::{Desk, GrammarError};
use crate::log::Stamp;
use crate::model::{Entry, Incident};

/// The shortest an ending may be.
const SHORTEST: usize = 3;

/// For each entry of the timeline, in its order, the shortest unique ending of its id, of three characters or more.
pub fn all(incident: &Incident) -> Vec<String> {
    let ids: Vec<String> = incident.timeline.iter().map(|e| e.id.to_string()).collect();
    let mut backwards: Vec<(Vec<u8>, usize)> =
        ids.iter().enumerate().map(|(at, id)| (id.bytes().rev().collect(), at)).collect();
    // In this order an ending is shared by neighbours, if by anybody.
    backwards.sort_unstable();
    let shared = |a: &[u8], b: &[u8]| a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let mut lengths = vec![SHORTEST; ids.len()];
    for pair in backwards.windows(2) {
        let unique = shared(&pair[0].0, &pair[1].0) + 1;
        for (_, at) in pair {
            lengths[*at] = lengths[*at].max(unique);
        }
    }
    ids.iter().zip(lengths).map(|(id, length)| ending(id, length)).collect()
}

/// The handle of one entry; as in [`all`], but quick enough for each key: it is told while a line is typed.
pub fn shortest(incident: &Incident, id: Stamp) -> String {
    let own = id.to_string();
    if incident.entry(id).is_none() {
        return own;
    }
    // Who has as many characters in common as the shortest handle has the last digits in common.
    let others = incident.timeline.iter().map(|entry| entry.id);
    let others = others.filter(|other| *other != id && other.n % 100 == id.n % 100);
    let shared = others.map(|other| {
        let other = other.to_string();
        own.bytes().rev().zip(other.bytes().rev()).take_while(|(own, other)| own == other).count()
    });
    ending(&own, shared.max().map_or(SHORTEST, |shared| SHORTEST.max(shared + 1)))
}

/// The end of an id, of this many characters at least.
fn ending(id: &str, length: usize) -> String {
    let at = id.len().saturating_sub(length);
    // One that began with a dash would look like an option in a shell.
    let at = if id[at..].starts_with('-') { at.saturating_sub(1) } else { at };
    id[at..].to_owned()
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

/// The record that a handle names where it stands alone, as in the shell: as in `/edit` and in `/undo`.
///
/// # Errors
/// Where it names none, or several entries.
pub fn named(handle: &str, desk: &Desk<'_>) -> Result<Stamp, GrammarError> {
    let args = Args::new(handle, 0);
    change(args.text(), &args, desk)
}
