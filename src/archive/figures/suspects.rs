//! First guesses: how often something was suspected, what came of it, and what it was when it was not that.

use std::collections::BTreeMap;

use super::names::{self, Forms, Names};
use super::words;
use crate::archive::{Digest, Guess, Subjects};
use crate::model::HypothesisStatus;
use crate::model::insight::{Suspect, TurnedOut};
use crate::text::Raw;

/// What came of one subject, as it is counted.
#[derive(Default)]
struct Tally {
    incidents: usize,
    ruled_out: usize,
    confirmed: usize,
    parked: usize,
    open: usize,
    first: usize,
    minutes_lost: i64,
    minutes_known: usize,
    /// By the key of the cause.
    turned_out: BTreeMap<String, Vec<Raw>>,
    never_told: usize,
}

/// All subjects.
pub(super) fn all(all: &[&Digest], subjects: &Subjects) -> Vec<Suspect> {
    let keys = names::keys(all, subjects);
    let (mut forms, mut tallies) = (Forms::default(), BTreeMap::<&str, Tally>::new());
    for (digest, keys) in all.iter().zip(&keys) {
        let mut by_key: BTreeMap<&str, Vec<&Guess>> = BTreeMap::new();
        for (guess, key) in digest.guesses.iter().zip(keys) {
            forms.add(key, &subjects.called(&guess.subject));
            by_key.entry(key).or_default().push(guess);
        }
        let cause = cause(digest, keys, subjects);
        if let Some((key, typed)) = &cause
            && !keys.contains(key)
        {
            forms.add(key, typed);
        }
        for (key, guesses) in by_key {
            let tally = tallies.entry(key).or_default();
            tally.first += usize::from(keys.first().is_some_and(|first| first == key));
            tally.count(&guesses, digest, cause.as_ref().map(|(key, _)| key));
        }
    }
    let names = forms.names(subjects);
    let mut suspects: Vec<Suspect> =
        tallies.into_iter().map(|(key, tally)| tally.told(names.of(key), &names)).collect();
    suspects.sort_by(|a, b| {
        let most = (b.incidents, b.ruled_out).cmp(&(a.incidents, a.ruled_out));
        most.then_with(|| a.subject.cmp(&b.subject))
    });
    suspects
}

/// What it was: the first hypothesis that was confirmed, else the component that its root cause blames, else that in short. With what it is counted by.
fn cause(digest: &Digest, keys: &[String], subjects: &Subjects) -> Option<(String, Raw)> {
    let mut guesses = digest.guesses.iter().zip(keys);
    let confirmed = guesses.find(|(guess, _)| guess.status == HypothesisStatus::Confirmed);
    if let Some((guess, key)) = confirmed {
        return Some((key.clone(), subjects.called(&guess.subject)));
    }
    let told = digest.root_cause.as_ref()?;
    if let Some(key) = subjects.blamed(told.as_typed()) {
        return Some((key.clone(), Raw::new(key)));
    }
    let short = words::first_sentence(told);
    (!short.is_blank()).then(|| (format!("\n{}", short.as_typed().to_lowercase()), short))
}

impl Tally {
    fn count(&mut self, guesses: &[&Guess], digest: &Digest, cause: Option<&String>) {
        self.incidents += 1;
        let has = |status| guesses.iter().any(|guess| guess.status == status);
        if has(HypothesisStatus::Confirmed) {
            self.confirmed += 1;
        } else if has(HypothesisStatus::RuledOut) {
            self.ruled_out += 1;
            let ruled_out = guesses.iter().filter(|guess| guess.status == HypothesisStatus::RuledOut);
            let known: Vec<i64> = ruled_out.filter_map(|guess| guess.minutes).collect();
            self.minutes_lost += known.iter().sum::<i64>();
            self.minutes_known += usize::from(!known.is_empty());
            match cause {
                Some(cause) => self.turned_out.entry(cause.clone()).or_default().push(digest.id.clone()),
                None => self.never_told += 1,
            }
        } else if has(HypothesisStatus::Open) || has(HypothesisStatus::Testing) {
            self.open += 1;
        } else {
            self.parked += 1;
        }
    }

    fn told(self, subject: Raw, names: &Names) -> Suspect {
        let turned_out = self.turned_out.into_iter();
        let mut turned_out: Vec<TurnedOut> =
            turned_out.map(|(key, incidents)| TurnedOut { cause: names.of(&key), incidents }).collect();
        turned_out.sort_by(|a, b| (b.incidents.len(), &a.cause).cmp(&(a.incidents.len(), &b.cause)));
        Suspect {
            subject,
            incidents: self.incidents,
            ruled_out: self.ruled_out,
            confirmed: self.confirmed,
            parked: self.parked,
            open: self.open,
            first: self.first,
            minutes_lost: self.minutes_lost,
            minutes_known: self.minutes_known,
            turned_out,
            never_told: self.never_told,
        }
    }
}
