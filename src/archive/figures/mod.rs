//! What many incidents say together: computed from their digests alone, in any order of them with the same result.

mod actions;
mod causes;
mod days;
mod names;
mod spread;
mod suspects;
mod words;

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{Digest, Subjects, duplicates, merged_away};
use crate::model::Instant;
use crate::model::insight::{Insight, Severity};
use crate::text::Raw;

pub use spread::{median, nearest_rank};

/// What these incidents say together on the day `today`. `filter` are the words of what they were chosen by.
///
/// The definitions stand at the fields of [`Insight`] and of what it holds. What was merged into another of them counts with
/// that one only, and so does what is likely a copy of another of them.
pub fn of(digests: &[Digest], today: NaiveDate, subjects: &Subjects, filter: Option<Raw>) -> Insight {
    let gone = merged_away(digests);
    let twice = duplicates::copies(digests);
    let is_one = |digest: &&Digest| !gone.contains(&digest.id) && !twice.contains(&digest.id);
    let mut all: Vec<&Digest> = digests.iter().filter(is_one).collect();
    all.sort_by(|a, b| (a.began, &a.id).cmp(&(b.began, &b.id)));
    let days = || all.iter().filter_map(|digest| digest.day());
    let (total_minutes, length_known) = lengths(&all);
    let known = causes::by_incident(&all, subjects);
    Insight {
        schema: 1,
        today,
        filter,
        incidents: all.len(),
        copies: twice.len(),
        unresolved: all.iter().filter(|digest| !digest.status.is_over()).count(),
        first: days().min(),
        last: days().max(),
        total_minutes,
        length_known,
        severities: severities(&all),
        times: spread::all(&all),
        suspects: suspects::all(&all, subjects),
        causes: causes::recurring(&all, &known),
        factors: causes::factors(&all),
        actions: actions::all(&all, today),
        repeated: causes::repeated(&all, &known),
        this_week: days::this_week(&all, today),
    }
}

/// The day of an instant in the incident's zone.
fn day(digest: &Digest, at: Instant) -> NaiveDate {
    digest.zone.at(at).date_naive()
}

/// The minutes of those whose length is known, and how many these are.
fn lengths(all: &[&Digest]) -> (i64, usize) {
    let known = all.iter().filter_map(|digest| digest.resolve_minutes);
    known.fold((0, 0), |(minutes, count), length| (minutes + length, count + 1))
}

fn severities(all: &[&Digest]) -> Vec<Severity> {
    let mut by: BTreeMap<(bool, Option<u8>), Vec<&Digest>> = BTreeMap::new();
    for digest in all {
        by.entry((digest.severity.is_none(), digest.severity)).or_default().push(digest);
    }
    let told = by.into_iter().map(|((_, severity), these)| {
        let (total_minutes, length_known) = lengths(&these);
        Severity { severity, incidents: these.len(), total_minutes, length_known }
    });
    told.collect()
}
