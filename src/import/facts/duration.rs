//! How long a document says that it took, against what its times say.

use std::sync::LazyLock;

use regex::Regex;

use super::super::Found;
use super::super::document::{Document, Kind, plain};
use super::super::sections::Topic;
use crate::import::pattern;
use crate::log::{Change, List};
use crate::text::Raw;

/// What is not said of a difference, in minutes: people round.
const ROUNDED: i64 = 5;

/// A doubt where a duration that the document states is not that from start to end, in minutes. Only what stands in a title,
/// or behind the name of a duration, is one: "restored within 20 minutes" may be of anything.
pub fn doubt(document: &Document, minutes: Option<i64>) -> Vec<Found> {
    let Some(minutes) = minutes.filter(|m| *m > 0) else { return Vec::new() };
    let mut found: Vec<Found> = Vec::new();
    for block in &document.blocks {
        if matches!(block.kind, Kind::Code | Kind::Comment | Kind::Row { .. }) {
            continue;
        }
        let heading = document.sections.get(block.section).map_or("", |s| s.heading.as_str());
        let text = plain(&block.text);
        let lower = text.to_lowercase();
        let titled = matches!(block.kind, Kind::Heading(1));
        let named = Topic::all(heading) == [Topic::Duration];
        // What stands behind the words counts, not the first number of the line.
        let told = WORDS.iter().find_map(|word| lower.find(word).map(|at| at + word.len()));
        let near = |at: usize| lower[at..].char_indices().nth(60).map_or(lower.len(), |(end, _)| at + end);
        let part = match told {
            Some(at) => lower[at..near(at)].trim_start(),
            None if titled || named => lower.as_str(),
            None => continue,
        };
        let Some(stated) = stated(part).or_else(|| stated(lower.as_str()).filter(|_| titled || named)) else {
            continue;
        };
        let off = (stated - minutes).abs();
        if off > ROUNDED && off * 10 > minutes {
            let text = format!(
                "the document says {}, but from start to end it is {}",
                words(stated),
                words(minutes)
            );
            let change = Change::ItemAdded { list: List::Warnings, text: Raw::new(text) };
            if !found.iter().any(|f| f.change == change) {
                found.push(Found { line: Some(block.line), change });
            }
        }
    }
    found
}

/// What stands before how long the whole took.
const WORDS: &[&str] = &[
    "duration",
    "lasted",
    "lasting",
    "downtime",
    "outage of",
    "down for",
    "offline for",
    "unavailable for",
    "inaccessible for",
    "unreachable for",
    "outage for",
    "interrupted for",
    "disrupted for",
];

fn words(minutes: i64) -> String {
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

/// The first duration of a text in lower case, in minutes: `2 hours 30 minutes`, `1h45`, `90min`, `1.5 hours`.
fn stated(text: &str) -> Option<i64> {
    static WHOLE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern::new(r"(?:^|[^\w.:])(?:(?P<d>\d{1,3}) ?(?:days?|d)(?:,| and)? ?)?(?:(?P<h>\d{1,3}(?:\.\d+)?)[ -]?(?:(?:hours?|hrs?|h)\b(?:,| and)? ?|h(?P<glued>\d\d)\b))?(?:(?P<m>\d{1,4})[ -]?(?:minutes?|mins?|m)\b)?").ok()
    });
    let rule = WHOLE.as_ref()?;
    rule.captures_iter(text).find_map(|hit| {
        let part = |name: &str| hit.name(name).and_then(|m| m.as_str().parse::<f64>().ok());
        let (days, hours, minutes) = (part("d"), part("h"), part("m").or(part("glued")));
        if hours.is_none() && minutes.is_none() {
            return None;
        }
        let total = days.unwrap_or(0.0) * 1_440.0 + hours.unwrap_or(0.0) * 60.0 + minutes.unwrap_or(0.0);
        #[expect(clippy::cast_possible_truncation, reason = "at most seven digits")]
        let total = total.round() as i64;
        Some(total)
    })
}
