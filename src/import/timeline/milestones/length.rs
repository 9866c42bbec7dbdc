//! How long the whole took, as a text says it.

use std::sync::LazyLock;

use regex::Regex;

use crate::import::pattern;

static LENGTH: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern::new(r"(?i)\b(?P<n>\d{1,3}(?:\.\d{1,2})?|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve)[\x20-]?(?:whole\x20|full\x20)?(?P<unit>hours?|hrs?|h|minutes?|mins?|m|days?)\b(?:(?:\x20?,)?\x20?(?:and\x20|&\x20)?(?P<m>\d{1,2}|a\x20half)[\x20-]?(?:minutes?|mins?|m\b)?)?").ok()
});

/// What stands before how long the whole took.
const LASTED: &[&str] = &[
    "lasted",
    "lasted for",
    "lasting",
    "lasting for",
    "a total of",
    "outage of",
    "downtime of",
    "down for",
    "unavailable for",
    "duration:",
    "duration of",
    "outage for",
    "took",
];
/// What says that a number is a rough one.
const ROUGHLY: &[&str] = &["about", "around", "approximately", "roughly", "nearly", "almost", "over", "~"];

/// How long a text says that the whole took, in minutes. `span`: it says nothing else.
pub(super) fn length(text: &str, span: bool) -> Option<i64> {
    let hit = LENGTH.as_ref()?.captures_iter(text).find(|hit| {
        let before = hit.get(0).map_or("", |all| &text[..all.start()]);
        let near = before.char_indices().rev().nth(40).map_or(0, |(at, _)| at);
        let lower = before[near..].to_lowercase();
        let bare = ROUGHLY
            .iter()
            .fold(lower.trim_end(), |rest, word| rest.strip_suffix(word).unwrap_or(rest).trim_end());
        span || LASTED.iter().any(|word| bare.ends_with(word))
    })?;
    let count = match hit.name("n")?.as_str().to_lowercase().as_str() {
        "a" | "an" | "one" => 1.0,
        "two" => 2.0,
        "three" => 3.0,
        "four" => 4.0,
        "five" => 5.0,
        "six" => 6.0,
        "seven" => 7.0,
        "eight" => 8.0,
        "nine" => 9.0,
        "ten" => 10.0,
        "twelve" => 12.0,
        number => number.parse::<f64>().ok()?,
    };
    let unit = match hit.name("unit")?.as_str().chars().next()?.to_ascii_lowercase() {
        'h' => 60.0,
        'd' => 1440.0,
        _ => 1.0,
    };
    let more = hit.name("m").map_or(0.0, |more| more.as_str().parse::<f64>().unwrap_or(unit / 2.0));
    let minutes = count * unit + if unit > 1.0 { more } else { 0.0 };
    #[expect(clippy::cast_possible_truncation, reason = "at most 999 days, in minutes")]
    Some(minutes.round() as i64)
}
