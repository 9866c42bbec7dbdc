//! What the fields of all senders have in common: texts, tags, links and times, each as far as it can be right.

use chrono::{DateTime, SubsecRound as _, TimeDelta, Utc};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use super::document::CUT;
use crate::model::{Ending, Instant, Moment};
use crate::text::{Raw, hex, link_target};

/// The longest line that an alert becomes, in characters.
const LINE: usize = 300;
/// The longest tag, in characters.
const TAG: usize = 60;
/// The longest identity, and the longest address, in bytes: with them an alert fits into a line of the journal, however each
/// byte has to be written.
const KEY: usize = 256;
const ADDRESS: usize = 2_048;
/// The earliest time that an alert can have begun at, in seconds since 1970: of 2000.
const EARLIEST: i64 = 946_684_800;
/// How far the clock of a sender may be ahead.
const AHEAD: TimeDelta = TimeDelta::minutes(15);

/// The text at a place of the JSON, which there is something to see of.
pub(super) fn text<'a>(value: &'a Value, place: &str) -> Option<&'a str> {
    value.pointer(place)?.as_str().map(str::trim).filter(|text| !Raw::new(*text).is_blank())
}

/// A number or a text that stands for something: as the text of it.
pub(super) fn id(value: &Value, place: &str) -> Option<String> {
    match value.pointer(place)? {
        Value::Number(number) => Some(number.to_string()),
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        _ => None,
    }
}

/// What tells one thing from all others of its sender: one that is too long for that is told by its hash.
pub(super) fn key(key: &str) -> Raw {
    if key.len() <= KEY { Raw::new(key) } else { Raw::new(hex(&Sha256::digest(key))) }
}

/// The first line of a text, cut where it is too long for one.
pub(super) fn line(text: &str) -> String {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let first = lines.next().unwrap_or_default();
    match first.char_indices().nth(LINE) {
        Some((end, _)) => format!("{}{CUT}", &first[..end]),
        None => first.to_owned(),
    }
}

/// A tag of this name, where one can be made of it: what a tag cannot have in it becomes `-`.
pub(super) fn tag(name: &str) -> Option<Raw> {
    let sign = |c: char| if c.is_alphanumeric() || matches!(c, '_' | '.') { c } else { '-' };
    let name: String = name.trim().chars().take(TAG).map(sign).collect();
    let name = name.trim_matches(['-', '.']).to_lowercase();
    name.chars().any(char::is_alphabetic).then(|| Raw::new(name))
}

/// These tags, each once, as far as they can be made.
pub(super) fn tags<'a>(names: impl IntoIterator<Item = &'a str>) -> Vec<Raw> {
    let mut all = Vec::new();
    for tag in names.into_iter().filter_map(tag) {
        if !all.contains(&tag) {
            all.push(tag);
        }
    }
    all
}

/// The address at the first of these places that has one which a report may link.
pub(super) fn link(value: &Value, places: &[&str]) -> Option<Raw> {
    let found = places.iter().filter_map(|place| text(value, place));
    let mut found = found.filter(|url| url.len() <= ADDRESS).map(Raw::new);
    found.find(|url| link_target(url).is_some() && !url.as_typed().starts_with("mailto"))
}

/// The time at a place of the JSON, if it can be one at which something happened; to the millisecond, as all times are kept.
pub(super) fn instant(value: &Value, place: &str, now: Instant) -> Option<Instant> {
    let at = DateTime::parse_from_rfc3339(text(value, place)?).ok()?.with_timezone(&Utc).trunc_subsecs(3);
    (at.timestamp() >= EARLIEST && at <= now + AHEAD).then_some(at)
}

/// When it began, where that is known; else that it came now, which is about when.
pub(super) fn when(at: Option<Instant>, now: Instant) -> Moment {
    Moment { approximate: at.is_none(), ..Moment::stamped(at.unwrap_or(now)) }
}

/// Something that happened at once, and how it is called.
pub(super) fn at_once(when: &Moment, now: Instant, how: &str) -> Ending {
    Ending { at: when.at.instant().unwrap_or(now), how: Some(Raw::new(how)) }
}
