//! How figures are said: lengths, counts, and that few incidents are few.

use crate::model::insight::{FEW, Insight, Spread};
use crate::model::short_length;

/// `1 incident`, `3 incidents`.
pub(in crate::export) fn count(count: usize, one: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") }
}

/// A median: of an even number of values it may lie between two minutes.
pub(in crate::export) fn half(minutes: f64) -> String {
    if minutes < 60.0 && minutes.fract() != 0.0 {
        return format!("{minutes:.1} min");
    }
    #[expect(clippy::cast_possible_truncation, reason = "minutes are far below 2^52")]
    let whole = minutes.round() as i64;
    minutes_in_short(whole)
}

/// A length: `0 min`, `42 min`, `1 h 5 min`.
pub(in crate::export) fn minutes_in_short(minutes: i64) -> String {
    if minutes == 0 { "0 min".into() } else { short_length(minutes) }
}

/// `median 12 min, p90 1 h 5 min, which is the longest (5 of 7 known)`.
pub(in crate::export) fn spread(spread: &Spread) -> String {
    let known = spread.dots.len();
    let all = known + spread.unknown;
    let Some(median) = spread.median else { return format!("not known of any of {all}") };
    let of = format!("({known} of {all} known)");
    match known {
        1 => format!("{}, the only one {of}", half(median)),
        _ => format!("median {}, {} {of}", half(median), p90(spread)),
    }
}

/// `p90 1 h 5 min, which is the longest`.
fn p90(spread: &Spread) -> String {
    let Some(p90) = spread.p90 else { return "too few for a p90".into() };
    let longest = if spread.p90_is_longest() { ", which is the longest" } else { "" };
    format!("p90 {}{longest}", minutes_in_short(p90))
}

/// What to keep in mind where there are few; none where there are enough.
pub(in crate::export) fn few(insight: &Insight) -> Option<String> {
    let what = count(insight.incidents, "incident");
    let few = insight.incidents > 0 && insight.incidents < FEW;
    let these = if insight.incidents == 1 {
        "it as a story, not as a statistic"
    } else {
        "these as stories, not as statistics"
    };
    few.then(|| format!("Only {what}: read {these}."))
}
