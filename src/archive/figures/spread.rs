//! Lengths of time over many incidents: the values, the middle one, and the one that nine of ten do not exceed.

use crate::archive::Digest;
use crate::model::insight::{Dot, LEAST_FOR_P90, Spread, Until};

/// One for each milestone.
pub(super) fn all(all: &[&Digest]) -> Vec<Spread> {
    Until::ALL.into_iter().map(|until| of(all, until)).collect()
}

fn minutes(digest: &Digest, until: Until) -> Option<i64> {
    match until {
        Until::Detected => digest.detect_minutes,
        Until::Identified => digest.identify_minutes,
        Until::Mitigated => digest.mitigate_minutes,
        Until::Resolved => digest.resolve_minutes,
    }
}

fn of(all: &[&Digest], until: Until) -> Spread {
    let dot =
        |digest: &&Digest| minutes(digest, until).map(|minutes| Dot { incident: digest.id.clone(), minutes });
    let mut dots: Vec<Dot> = all.iter().filter_map(dot).collect();
    dots.sort_by(|a, b| (a.minutes, &a.incident).cmp(&(b.minutes, &b.incident)));
    let values: Vec<i64> = dots.iter().map(|dot| dot.minutes).collect();
    let p90 = if values.len() < LEAST_FOR_P90 { None } else { nearest_rank(&values, 90) };
    Spread { until, unknown: all.len() - dots.len(), median: median(&values), p90, dots }
}

/// The middle one of values that ascend; of an even number the mean of the two in the middle.
pub fn median(ascending: &[i64]) -> Option<f64> {
    let middle = ascending.len() / 2;
    let upper = *ascending.get(middle)?;
    let lower = if ascending.len().is_multiple_of(2) { ascending[middle - 1] } else { upper };
    // Minutes and days are far below what a double holds exactly.
    #[expect(clippy::cast_precision_loss, reason = "minutes and days are far below 2^52")]
    let mean = (lower + upper) as f64 / 2.0;
    Some(mean)
}

/// The smallest of values that ascend which at least `percent` of 100 of them do not exceed: the one at the rank
/// ⌈percent/100 · n⌉.
pub fn nearest_rank(ascending: &[i64], percent: usize) -> Option<i64> {
    let rank = (ascending.len() * percent).div_ceil(100).max(1);
    ascending.get(rank - 1).copied()
}
