//! Which past incidents are like one that goes on, by how it shows: the words of its title, its impact and its first entries,
//! its services and its tags.
//!
//! Two incidents are as alike as their words overlap, each word weighted by how rare it is among all incidents (inverse
//! document frequency), against how many words each has (cosine). What was found out later, as the root cause, does not
//! count: of the one that goes on it is not known.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;

use super::common::is_common;
use super::guesses::{self, Cause};
use super::subject::{Subjects, plain};
use super::{Digest, merged_away};
use crate::text::Raw;

/// How many past incidents are asked for their causes.
const NEAREST: usize = 5;
/// The most subjects that are suggested.
const SUGGESTED: usize = 5;
/// The least that two incidents have in common, of 1: below that, it is one common word in many.
const LEAST: f64 = 0.2;
/// The most words of one incident: what is longer tells no more.
const WORDS: usize = 80;
/// The shortest word that counts, in characters, but for those that teams have a name for.
const SHORTEST: usize = 3;

/// A past incident that is like another one.
#[derive(Clone, Debug, PartialEq)]
pub struct Similar {
    /// Its id.
    pub id: Raw,
    /// The day it began, in its zone.
    pub date: Option<NaiveDate>,
    /// How alike they are, up to 1.
    pub score: f64,
    /// What caused it.
    pub causes: Vec<Cause>,
}

/// A subject that may be worth raising, and the incidents that it was the cause of.
#[derive(Clone, Debug, PartialEq)]
pub struct Suggestion {
    /// Its short name.
    pub subject: Raw,
    /// The incidents, each with the day it began; the most similar first.
    pub from: Vec<(Raw, Option<NaiveDate>)>,
}

/// The incidents by the words that they show: made once.
#[derive(Clone, Debug, Default)]
pub struct Symptoms {
    subjects: Subjects,
    past: Vec<Known>,
    /// Which incidents have a word, by their places.
    having: HashMap<String, Vec<usize>>,
}

#[derive(Clone, Debug)]
struct Known {
    id: Raw,
    date: Option<NaiveDate>,
    causes: Vec<Cause>,
    words: BTreeSet<String>,
}

impl Symptoms {
    /// Takes note of how these incidents showed.
    pub fn of(digests: &[Digest], subjects: &Subjects) -> Self {
        let mut having: HashMap<String, Vec<usize>> = HashMap::new();
        let mut past = Vec::new();
        let gone = merged_away(digests);
        for digest in digests.iter().filter(|digest| !gone.contains(&digest.id)) {
            let words = words(digest);
            for word in &words {
                having.entry(word.clone()).or_default().push(past.len());
            }
            let causes = guesses::causes(digest, subjects);
            past.push(Known { id: digest.id.clone(), date: guesses::date(digest), causes, words });
        }
        Self { subjects: subjects.clone(), past, having }
    }

    /// The past incidents that are like this one and have a cause, the most alike first.
    pub fn similar(&self, incident: &Digest) -> Vec<Similar> {
        let own = words(incident);
        let mut shared: BTreeMap<usize, f64> = BTreeMap::new();
        for word in &own {
            let weight = self.weight(word);
            for nth in self.having.get(word).into_iter().flatten() {
                *shared.entry(*nth).or_default() += weight;
            }
        }
        let length = |words: &BTreeSet<String>| words.iter().map(|word| self.weight(word)).sum::<f64>();
        // What no past incident has says neither that one is like it nor that none is.
        let own_length =
            length(&own.iter().filter(|word| self.having.contains_key(*word)).cloned().collect());
        let alike = shared.into_iter().filter_map(|(nth, shared)| {
            let known =
                self.past.get(nth).filter(|known| known.id != incident.id && !known.causes.is_empty())?;
            let score = shared / (own_length * length(&known.words)).sqrt();
            let (id, date, causes) = (known.id.clone(), known.date, known.causes.clone());
            (score >= LEAST).then_some(Similar { id, date, score, causes })
        });
        let mut alike: Vec<Similar> = alike.collect();
        alike.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| (b.date, &b.id).cmp(&(a.date, &a.id))));
        alike
    }

    /// What the most similar incidents were caused by, but for what is suspected here already and for what is no short name.
    pub fn suggestions(&self, incident: &Digest) -> Vec<Suggestion> {
        let raised: BTreeSet<String> =
            incident.guesses.iter().map(|guess| self.subjects.component(guess.subject.as_typed())).collect();
        let mut found: Vec<(&str, f64, Suggestion)> = Vec::new();
        let similar: Vec<Similar> = self.similar(incident).into_iter().take(NEAREST).collect();
        for near in &similar {
            for cause in near.causes.iter().filter(|c| !c.sentence && !raised.contains(&c.key)) {
                let from = (near.id.clone(), near.date);
                match found.iter_mut().find(|(key, ..)| *key == cause.key) {
                    Some((_, score, known)) => {
                        *score += near.score;
                        known.from.push(from);
                    }
                    None => {
                        let suggestion = Suggestion { subject: cause.words.clone(), from: vec![from] };
                        found.push((&cause.key, near.score, suggestion));
                    }
                }
            }
        }
        // What several similar ones were caused by is likelier.
        found.sort_by(|(_, a, _), (_, b, _)| b.total_cmp(a));
        found.into_iter().map(|(.., suggestion)| suggestion).take(SUGGESTED).collect()
    }

    /// How rare a word is.
    fn weight(&self, word: &str) -> f64 {
        let having = self.having.get(word).map_or(0, Vec::len);
        // Numbers of incidents are far below what a float holds exactly.
        let of = |count: usize| u32::try_from(count).map_or(f64::MAX, f64::from);
        (1.0 + of(self.past.len() + 1) / of(having + 1)).ln()
    }
}

impl Suggestion {
    /// Where it comes from, in words; safe for a terminal.
    pub fn told(&self) -> String {
        let named = |(id, _): &(Raw, Option<NaiveDate>)| id.for_term().to_string();
        let more = self.from.len().saturating_sub(1);
        let more = if more == 0 { String::new() } else { format!(" and {more} more") };
        let first = self.from.first().map(named).unwrap_or_default();
        format!("the cause of {first}{more}")
    }
}

/// How an incident shows, in words.
fn words(digest: &Digest) -> BTreeSet<String> {
    let texts = [&digest.title].into_iter().chain(&digest.impact).chain(&digest.symptoms);
    let told = texts.flat_map(|text| plain(text.as_typed()));
    let told = told.filter(|word| word.chars().count() >= SHORTEST && !is_common(word));
    let told = told.filter(|word| word.chars().any(char::is_alphabetic));
    let marked = |sign: char, all: &[Raw]| {
        all.iter()
            .map(move |one| format!("{sign}{}", one.as_typed().trim().to_lowercase()))
            .collect::<Vec<_>>()
    };
    let marks = marked('/', &digest.services).into_iter().chain(marked('#', &digest.tags));
    marks.chain(told).take(WORDS).collect()
}
