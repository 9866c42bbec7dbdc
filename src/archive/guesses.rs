//! What past incidents tell of a suspicion: how often it was raised before, how often it was right, and what it was instead.
//!
//! A verdict counts as people gave it: confirmed was the cause, ruled out was not, anything else has no verdict and is said
//! to have none. What it was instead is what was confirmed in that incident; else the component that its root cause blames;
//! else the root cause in its own words. Incidents that were merged into another one are left out, and likely copies of another
//! one count for nothing but their number, which is said.

mod told;

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;

use super::subject::Subjects;
use super::{Digest, Guess, duplicates, merged_away};
use crate::model::HypothesisStatus;
use crate::text::Raw;

/// The shortest beginning of a known subject for which that one is recalled, in characters.
const BEGINNING: usize = 3;

/// What a suspicion turned out to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was the cause.
    Cause,
    /// It was not, and these were, each by its key and its words; none where that is not known.
    Wrong(Vec<Cause>),
    /// Nobody gave a verdict.
    Unknown,
}

/// What an incident was caused by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cause {
    /// What is compared.
    pub key: String,
    /// Its words: a subject, or a sentence.
    pub words: Raw,
    /// They are a sentence: no name of a thing.
    pub sentence: bool,
}

/// One past incident in which something was suspected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Past {
    /// The incident's id.
    pub id: Raw,
    /// The day it began, in its zone.
    pub date: Option<NaiveDate>,
    /// What came of the suspicion.
    pub outcome: Outcome,
    /// Minutes from raising to the verdict, where both are known.
    pub minutes: Option<i64>,
    /// The incident is not over: it is no past one yet.
    pub going_on: bool,
}

/// What past incidents tell of one suspicion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recalled {
    /// How it was called most often.
    pub name: Raw,
    /// The incidents, the newest first; never empty.
    pub past: Vec<Past>,
    /// How many incidents besides are likely copies of some of them, and do not count.
    pub copies: usize,
    /// Nobody suspected it there: it was the cause.
    unsuspected: bool,
    /// How what it was instead is called, by its keys: one name, however it was written in each.
    names: HashMap<String, Raw>,
}

/// The past suspicions of many incidents, by their keys: made once, asked with every key that is pressed.
#[derive(Clone, Debug, Default)]
pub struct Guesses {
    subjects: Subjects,
    by_key: BTreeMap<String, Vec<(Raw, Past)>>,
    /// Suspicions that name a thing as a part or a fault of another one, by that thing: `certificate` of the gateway's.
    within: BTreeMap<String, Vec<(Raw, Past)>>,
    /// Causes that nobody suspected in their incident, by their keys.
    causes: BTreeMap<String, Vec<(Raw, Past)>>,
    /// How many likely copies of other incidents suspected it, too, by its key.
    copies: HashMap<String, usize>,
}

impl Guesses {
    /// Takes note of what was suspected in these incidents.
    pub fn of(digests: &[Digest], subjects: &Subjects) -> Self {
        let mut all = Self { subjects: subjects.clone(), ..Self::default() };
        let (gone, twice) = (merged_away(digests), duplicates::copies(digests));
        for digest in digests.iter().filter(|digest| !gone.contains(&digest.id)) {
            all.note(digest, twice.contains(&digest.id));
        }
        for known in [&mut all.by_key, &mut all.within, &mut all.causes] {
            for past in known.values_mut() {
                past.sort_by(|(_, a), (_, b)| (b.date, &b.id).cmp(&(a.date, &a.id)));
            }
        }
        all
    }

    fn note(&mut self, digest: &Digest, is_copy: bool) {
        let (date, going_on) = (date(digest), !digest.status.is_over());
        let suspected = distinct(digest, &self.subjects);
        for (key, guess) in &suspected {
            if is_copy {
                *self.copies.entry(key.clone()).or_default() += 1;
                continue;
            }
            let outcome = outcome(key, guess, digest, &self.subjects);
            let past = Past { id: digest.id.clone(), date, outcome, minutes: guess.minutes, going_on };
            let called = self.subjects.called(&guess.subject);
            for thing in self.subjects.things_in(guess.subject.as_typed()).iter().filter(|one| *one != key) {
                self.within.entry(thing.clone()).or_default().push((called.clone(), past.clone()));
            }
            self.by_key.entry(key.clone()).or_default().push((called, past));
        }
        if is_copy {
            return;
        }
        for cause in causes(digest, &self.subjects) {
            if !cause.sentence && suspected.iter().all(|(key, _)| *key != cause.key) {
                let past =
                    Past { id: digest.id.clone(), date, outcome: Outcome::Cause, minutes: None, going_on };
                self.causes.entry(cause.key).or_default().push((cause.words, past));
            }
        }
    }

    /// What past incidents tell of a subject; none where it was never suspected in another incident than `own`, nor a part of
    /// what was, nor the cause.
    pub fn recall(&self, subject: &str, own: &Raw) -> Option<Recalled> {
        let key = self.subjects.component(subject);
        let recalled = |of| self.told(of, &key, own);
        recalled(&self.by_key).or_else(|| recalled(&self.within)).or_else(|| {
            let recalled = recalled(&self.causes)?;
            Some(Recalled { unsuspected: true, ..recalled })
        })
    }

    /// As [`recall`](Self::recall), for a subject that is still being typed: of those that begin so, the one that was
    /// suspected most often.
    pub fn recall_typed(&self, typed: &str, own: &Raw) -> Option<Recalled> {
        let begun = typed.trim().to_lowercase();
        let exact = self.recall(typed, own);
        if exact.is_some() || begun.chars().count() < BEGINNING {
            return exact;
        }
        [&self.by_key, &self.within, &self.causes].into_iter().find_map(|known| {
            let beginning = known.range(begun.clone()..).take_while(|(key, _)| key.starts_with(&begun));
            // The first of those that are as common: `max_by_key` would take the last.
            let most = beginning.min_by_key(|(_, all)| std::cmp::Reverse(all.len()))?;
            self.recall(most.0, own)
        })
    }

    fn told(&self, of: &BTreeMap<String, Vec<(Raw, Past)>>, key: &str, own: &Raw) -> Option<Recalled> {
        let others = || of.get(key).into_iter().flatten().filter(|(_, past)| past.id != *own);
        let name = self.subjects.name(key, others().map(|(name, _)| name))?;
        let past: Vec<Past> = others().map(|(_, past)| past.clone()).collect();
        let names = self.names(&past);
        let copies = self.copies.get(key).copied().unwrap_or(0);
        Some(Recalled { name, past, copies, unsuspected: false, names })
    }

    fn names(&self, past: &[Past]) -> HashMap<String, Raw> {
        let mut forms: HashMap<&String, Vec<&Raw>> = HashMap::new();
        for past in past {
            let Outcome::Wrong(causes) = &past.outcome else { continue };
            for cause in causes.iter().filter(|cause| !cause.sentence) {
                forms.entry(&cause.key).or_default().push(&cause.words);
            }
        }
        let named = |(key, forms): (&String, Vec<&Raw>)| {
            Some((key.clone(), self.subjects.name(key, forms.iter().copied())?))
        };
        forms.into_iter().filter_map(named).collect()
    }
}

/// What past incidents tell of a subject; `own` is the id of the incident that asks.
pub fn recall(subject: &str, digests: &[Digest], own: &Raw, subjects: &Subjects) -> Option<Recalled> {
    Guesses::of(digests, subjects).recall(subject, own)
}

/// The suspicions of an incident, one for each key: of two forms of one subject, the one with a verdict counts.
fn distinct<'a>(digest: &'a Digest, subjects: &Subjects) -> Vec<(String, &'a Guess)> {
    let rank = |guess: &Guess| match guess.status {
        HypothesisStatus::Confirmed => 0,
        HypothesisStatus::RuledOut => 1,
        _ => 2,
    };
    let mut all: Vec<(String, &Guess)> = Vec::new();
    for guess in &digest.guesses {
        let key = subjects.component(guess.subject.as_typed());
        match all.iter_mut().find(|(known, _)| *known == key) {
            Some((_, known)) if rank(guess) < rank(known) => *known = guess,
            Some(_) => {}
            None => all.push((key, guess)),
        }
    }
    all
}

fn outcome(key: &str, guess: &Guess, digest: &Digest, subjects: &Subjects) -> Outcome {
    match guess.status {
        HypothesisStatus::Confirmed => Outcome::Cause,
        HypothesisStatus::RuledOut => {
            Outcome::Wrong(causes(digest, subjects).into_iter().filter(|cause| cause.key != key).collect())
        }
        _ => Outcome::Unknown,
    }
}

/// What caused an incident, as far as it says so.
pub fn causes(digest: &Digest, subjects: &Subjects) -> Vec<Cause> {
    let confirmed = digest.guesses.iter().filter(|guess| guess.status == HypothesisStatus::Confirmed);
    let named = confirmed.map(|guess| Cause {
        key: subjects.component(guess.subject.as_typed()),
        words: subjects.called(&guess.subject),
        sentence: false,
    });
    let named: Vec<Cause> = named.collect();
    if !named.is_empty() {
        return named;
    }
    let Some(text) = digest.root_cause.as_ref().filter(|text| !text.is_blank()) else { return Vec::new() };
    vec![match subjects.blamed(text.as_typed()) {
        Some(key) => Cause { words: Raw::new(key.as_str()), key, sentence: false },
        None => Cause { key: subjects.key(text.as_typed()), words: text.clone(), sentence: true },
    }]
}

/// The day an incident began, in its zone.
pub fn date(digest: &Digest) -> Option<NaiveDate> {
    digest.began.map(|at| digest.zone.at(at).date_naive()).or(digest.day)
}
