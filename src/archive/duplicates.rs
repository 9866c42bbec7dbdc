//! Which incidents are likely one outage that was written down twice.
//!
//! Wrongly taken for another one, an incident would be hidden in a merge: so that time and words both have to speak for it.
//! They have to begin within two hours of each other, or, where of one only the day is known (its zone or time is not),
//! on days next to each other, or both on none that is known; and then share enough of their titles, causes, services and first entries. For two that are
//! known to the day only, more of that.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::Digest;
use super::common::is_common;
use super::subject::plain;
use crate::model::length;
use crate::text::Raw;

/// How far apart the beginnings of one outage are written down at most, in minutes.
pub const APART: i64 = 120;
/// What has to speak for it, where the times do, and where only the days do.
const ENOUGH: (u8, u8) = (2, 3);
/// A share of common words that says the same thing twice, and one that only hints at it.
const SAME: (f64, f64) = (0.6, 0.34);
/// The shortest text of an entry that two people do not write by chance, in characters.
const TELLING: usize = 16;
/// How many neighbours in time one incident is compared with: more begin so close together in no archive of people.
const NEIGHBOURS: usize = 64;
/// The shortest word that counts, in characters.
const SHORTEST: usize = 3;
/// Another incident that is likely the same outage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Likely {
    /// Its id.
    pub id: Raw,
    /// What speaks for it, in words; safe for a terminal.
    pub why: String,
}

/// The first of others that is likely the same outage as this one; none where one of the two is merged into the other.
pub fn likely<'a>(digest: &Digest, others: impl IntoIterator<Item = &'a Digest>) -> Option<Likely> {
    others.into_iter().find_map(|other| Some(Likely { id: other.id.clone(), why: alike(digest, other)? }))
}

/// Of many incidents, those that likely stand there twice, by their ids, each with the other one.
pub fn among<'a>(digests: impl IntoIterator<Item = &'a Digest>) -> HashMap<&'a Raw, Likely> {
    let mut found: HashMap<&'a Raw, Likely> = HashMap::new();
    let mut dated: Vec<(chrono::NaiveDate, &Digest)> =
        digests.into_iter().filter_map(|digest| Some((super::guesses::date(digest)?, digest))).collect();
    dated.sort_by_key(|(date, digest)| (*date, digest.began));
    for (nth, (date, one)) in dated.iter().enumerate() {
        let near = dated.iter().skip(nth + 1).take(NEIGHBOURS);
        for (_, other) in near.take_while(|(other, _)| (*other - *date).num_days() <= 1) {
            if let Some(why) = alike(one, other) {
                found.entry(&one.id).or_insert_with(|| Likely { id: other.id.clone(), why: why.clone() });
                found.entry(&other.id).or_insert_with(|| Likely { id: one.id.clone(), why });
            }
        }
    }
    found
}

/// Of incidents that likely stand there more than once, those beyond the first, by their ids: what is counted counts one.
pub fn copies(digests: &[Digest]) -> HashSet<Raw> {
    let gone = super::merged_away(digests);
    let twins = among(digests.iter().filter(|one| !gone.contains(&one.id)));
    let mut first: BTreeMap<&Raw, &Raw> = BTreeMap::new();
    let mut ids: Vec<&Raw> = twins.keys().copied().collect();
    ids.sort();
    let mut copies = HashSet::new();
    for id in ids {
        let Some(other) = twins.get(id).map(|twin| &twin.id) else { continue };
        // The first id of a group stays; whoever names it, or one that names it, is a copy.
        let kept = first.get(other).copied().unwrap_or(other).min(id);
        first.insert(id, kept);
        first.entry(other).or_insert(kept);
        copies.extend((id != kept).then(|| id.clone()));
    }
    copies
}

/// What speaks for two incidents being one outage; none where too little does.
fn alike(one: &Digest, other: &Digest) -> Option<String> {
    // Both have to say so: see `merged_away`.
    let merged = |a: &Digest, b: &Digest| a.merged_into.as_ref() == Some(&b.id) && b.merged.contains(&a.id);
    if one.id == other.id || merged(one, other) || merged(other, one) {
        return None;
    }
    let (when, enough) = near(one, other)?;
    let (mut points, mut why) = (0, vec![when]);
    let mut speaks = |more: u8, words: String| {
        points += more;
        why.push(words);
    };
    if let Some((more, words)) = shared(&words(&one.title), &words(&other.title)) {
        speaks(more, format!("the titles share {words}"));
    }
    let cause = |digest: &Digest| digest.root_cause.as_ref().map(words).unwrap_or_default();
    if let Some((more, words)) = shared(&cause(one), &cause(other)) {
        speaks(more, format!("the causes share {words}"));
    }
    let services =
        |digest: &Digest| digest.services.iter().map(|s| s.as_typed().trim().to_lowercase()).collect();
    let (of_one, of_other): (BTreeSet<String>, BTreeSet<String>) = (services(one), services(other));
    if let Some(service) = of_one.intersection(&of_other).next() {
        speaks(1, format!("both name {}", Raw::new(service.as_str()).for_term()));
    }
    let entries =
        |digest: &Digest| digest.symptoms.iter().map(told).filter(|text| text.len() >= TELLING).collect();
    let (of_one, of_other): (BTreeSet<String>, BTreeSet<String>) = (entries(one), entries(other));
    match of_one.intersection(&of_other).count() {
        0 => {}
        1 => speaks(2, "an entry is the same".into()),
        n if n == of_one.len() && n == of_other.len() => {
            speaks(3, format!("the first {n} entries that tell something are the same"));
        }
        n => speaks(3, format!("{n} of the first entries are the same")),
    }
    (points >= enough).then(|| why.join("; "))
}

/// Whether two begin near each other, in words, and how much more has to speak for them then.
fn near(one: &Digest, other: &Digest) -> Option<(String, u8)> {
    if let (Some(a), Some(b)) = (one.began, other.began) {
        let apart = (a - b).num_minutes().abs();
        let words = if apart == 0 {
            "they begin together".into()
        } else {
            format!("they begin {} apart", length(apart))
        };
        return (apart <= APART).then_some((words, ENOUGH.0));
    }
    let (a, b) = match (super::guesses::date(one), super::guesses::date(other)) {
        (Some(a), Some(b)) => (a, b),
        // Nothing tells them apart in time: a copy of one that has no day is found by its words.
        (None, None) => return Some(("neither says on which day it was".to_owned(), ENOUGH.1)),
        _ => return None,
    };
    let days = (a - b).num_days().abs();
    let words = if days == 0 { "they begin on one day" } else { "they begin on days next to each other" };
    (days <= 1).then(|| (words.to_owned(), ENOUGH.1))
}

/// How much two sets of words have in common, and which.
fn shared(one: &BTreeSet<String>, other: &BTreeSet<String>) -> Option<(u8, String)> {
    let common: Vec<&str> = one.intersection(other).map(String::as_str).collect();
    let of = |count: usize| u32::try_from(count).map_or(f64::MAX, f64::from);
    let share = of(common.len()) / of(one.union(other).count().max(1));
    let points = match common.len() {
        0 | 1 => return None,
        _ if share >= SAME.0 => 2,
        _ if share >= SAME.1 => 1,
        _ => return None,
    };
    let shown: Vec<&str> = common.into_iter().take(4).collect();
    Some((points, shown.join(", ")))
}

fn words(text: &Raw) -> BTreeSet<String> {
    let all = plain(text.as_typed()).into_iter();
    all.filter(|word| word.chars().count() >= SHORTEST && !is_common(word)).collect()
}

fn told(text: &Raw) -> String {
    plain(text.as_typed()).join(" ")
}
