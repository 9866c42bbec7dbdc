//! What past incidents tell of a suspicion: how often it was raised before, how often it was right, and what it was instead.
//!
//! A verdict counts as people gave it: confirmed was the cause, ruled out was not, anything else has no verdict and is said
//! to have none. What it was instead is what was confirmed in that incident; else the component that its root cause blames;
//! else the root cause in its own words. Incidents that were merged into another one are left out, and likely copies of another
//! one count for nothing but their number, which is said.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;

use super::subject::Subjects;
use super::{Digest, Guess, duplicates, merged_away};
use crate::model::{HypothesisStatus, short_length};
use crate::text::Raw;

/// How many dates are named: the newest.
const DATES: usize = 3;
/// How much of a root cause is shown where no hypothesis names it, in columns.
const SENTENCE: usize = 48;
/// The least columns of what it is called.
const LEAST: usize = 8;
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
    /// How what it was instead is called, by its keys: one name, however it was written in each.
    names: HashMap<String, Raw>,
}

/// The past suspicions of many incidents, by their keys: made once, asked with every key that is pressed.
#[derive(Clone, Debug, Default)]
pub struct Guesses {
    subjects: Subjects,
    by_key: BTreeMap<String, Vec<(Raw, Past)>>,
    /// How many likely copies of other incidents suspected it, too, by its key.
    copies: HashMap<String, usize>,
}

impl Guesses {
    /// Takes note of what was suspected in these incidents.
    pub fn of(digests: &[Digest], subjects: &Subjects) -> Self {
        let mut by_key: BTreeMap<String, Vec<(Raw, Past)>> = BTreeMap::new();
        let (gone, twice) = (merged_away(digests), duplicates::copies(digests));
        let mut copies: HashMap<String, usize> = HashMap::new();
        for digest in digests.iter().filter(|digest| !gone.contains(&digest.id)) {
            let date = date(digest);
            for (key, guess) in distinct(digest, subjects) {
                if twice.contains(&digest.id) {
                    *copies.entry(key).or_default() += 1;
                    continue;
                }
                let outcome = outcome(&key, guess, digest, subjects);
                let past = Past { id: digest.id.clone(), date, outcome, minutes: guess.minutes };
                by_key.entry(key).or_default().push((subjects.called(&guess.subject), past));
            }
        }
        for all in by_key.values_mut() {
            all.sort_by(|(_, a), (_, b)| (b.date, &b.id).cmp(&(a.date, &a.id)));
        }
        Self { subjects: subjects.clone(), by_key, copies }
    }

    /// What past incidents tell of a subject; none where it was never suspected in another incident than `own`.
    pub fn recall(&self, subject: &str, own: &Raw) -> Option<Recalled> {
        self.of_key(&self.subjects.component(subject), own)
    }

    /// As [`recall`](Self::recall), for a subject that is still being typed: of those that begin so, the one that was
    /// suspected most often.
    pub fn recall_typed(&self, typed: &str, own: &Raw) -> Option<Recalled> {
        let begun = typed.trim().to_lowercase();
        let exact = self.recall(typed, own);
        if exact.is_some() || begun.chars().count() < BEGINNING {
            return exact;
        }
        let beginning = self.by_key.range(begun.clone()..).take_while(|(key, _)| key.starts_with(&begun));
        // The first of those that are as common: `max_by_key` would take the last.
        let most = beginning.min_by_key(|(_, all)| std::cmp::Reverse(all.len()))?;
        self.of_key(most.0, own)
    }

    fn of_key(&self, key: &str, own: &Raw) -> Option<Recalled> {
        let others = || self.by_key.get(key).into_iter().flatten().filter(|(_, past)| past.id != *own);
        let name = self.subjects.name(key, others().map(|(name, _)| name))?;
        let past: Vec<Past> = others().map(|(_, past)| past.clone()).collect();
        let names = self.names(&past);
        let copies = self.copies.get(key).copied().unwrap_or(0);
        Some(Recalled { name, past, copies, names })
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

impl Cause {
    /// Its words, safe for a terminal.
    pub fn told(&self) -> String {
        let words = self.words.for_term();
        if self.sentence { format!("\"{}\"", words.cut(SENTENCE)) } else { words.to_string() }
    }

    /// In a sentence: `the load balancer`.
    fn in_sentence(&self) -> String {
        let told = self.told();
        let has_article = ["the ", "a ", "an ", "our ", "out of "];
        let lower = told.to_lowercase();
        if self.sentence || has_article.iter().any(|article| lower.starts_with(article)) {
            told
        } else {
            format!("the {told}")
        }
    }
}

impl Past {
    /// Its day, else its id; safe for a terminal.
    fn when(&self) -> String {
        self.date.map_or_else(|| self.id.for_term().to_string(), |date| date.to_string())
    }

    /// What came of it, in words; safe for a terminal.
    pub fn told(&self) -> String {
        let outcome = match &self.outcome {
            Outcome::Cause => "was the cause".to_owned(),
            Outcome::Wrong(causes) if causes.is_empty() => "not the cause; what was is not recorded".into(),
            Outcome::Wrong(causes) => {
                let causes: Vec<String> = causes.iter().map(Cause::in_sentence).collect();
                format!("not the cause; it was {}", causes.join(" and "))
            }
            Outcome::Unknown => "no verdict".into(),
        };
        match self.minutes {
            Some(minutes) => format!("{outcome} · {} to the verdict", short_length(minutes)),
            None => outcome,
        }
    }
}

impl Recalled {
    /// How often it was the cause, was not, and has no verdict.
    pub fn counts(&self) -> (usize, usize, usize) {
        let of = |wanted: fn(&Outcome) -> bool| self.past.iter().filter(|past| wanted(&past.outcome)).count();
        let (cause, wrong) = (of(|o| *o == Outcome::Cause), of(|o| matches!(o, Outcome::Wrong(_))));
        (cause, wrong, self.past.len() - cause - wrong)
    }

    /// In how many of them both the verdict and the cause are known.
    fn settled(&self) -> usize {
        let is_settled = |past: &&Past| match &past.outcome {
            Outcome::Cause => true,
            Outcome::Wrong(causes) => !causes.is_empty(),
            Outcome::Unknown => false,
        };
        self.past.iter().filter(is_settled).count()
    }

    /// What it was instead, the commonest first, each with the incidents; the newest incident first.
    pub fn instead(&self) -> Vec<(Cause, Vec<&Past>)> {
        let mut groups: Vec<(Cause, Vec<&Past>)> = Vec::new();
        let mut at: HashMap<&str, usize> = HashMap::new();
        for past in &self.past {
            let Outcome::Wrong(causes) = &past.outcome else { continue };
            for cause in causes {
                let nth = *at.entry(&cause.key).or_insert(groups.len());
                if nth == groups.len() {
                    let called = self.names.get(&cause.key).filter(|_| !cause.sentence);
                    let words = called.unwrap_or(&cause.words).clone();
                    groups.push((Cause { words, ..cause.clone() }, Vec::new()));
                }
                if let Some((_, all)) = groups.get_mut(nth)
                    && all.last().is_none_or(|last| last.id != past.id)
                {
                    all.push(past);
                }
            }
        }
        groups.sort_by_key(|(_, all)| std::cmp::Reverse(all.len()));
        groups
    }

    /// All of it in one line, safe for a terminal: "database: suspected in 3 past incidents, never the cause; 3 of 3 were the
    /// load balancer (2024-02-23, …)".
    pub fn line(&self) -> String {
        self.told(DATES)
    }

    /// As much of that as fits into so many columns: fewer dates, then [`brief`](Self::brief), then less of what it is
    /// called: what it turned out to be counts most.
    pub fn within(&self, columns: usize) -> String {
        let told = (1..=DATES).rev().map(|dates| self.told(dates)).chain([self.brief()]);
        let fits = |line: &String| width(line) <= columns;
        told.into_iter().find(fits).unwrap_or_else(|| {
            let rest = self.rest().replacen(": the cause in ", ": ", 1);
            let room = columns.saturating_sub(width(&rest)).max(LEAST);
            format!("{}{rest}", self.name.for_term().cut(room))
        })
    }

    fn told(&self, most: usize) -> String {
        let all = self.past.len();
        let (cause, wrong, unknown) = self.counts();
        let name = self.name.for_term();
        let mut incidents =
            if all == 1 { "1 past incident".to_owned() } else { format!("{all} past incidents") };
        match self.copies {
            0 => {}
            1 => incidents.push_str(" (and a likely copy)"),
            copies => incidents.push_str(&format!(" (and {copies} likely copies)")),
        }
        let known = all - unknown;
        let verdict = match (cause, wrong) {
            (0, 0) => "no verdict".to_owned(),
            (0, _) if known == 1 && all == 1 => "not the cause".into(),
            (0, _) => "never the cause".into(),
            (1, 0) if all == 1 => "it was the cause".into(),
            (_, 0) if unknown == 0 => "each time the cause".into(),
            (1, _) => "once the cause".into(),
            (n, _) => format!("{n} times the cause"),
        };
        let mut line = format!("{name}: suspected in {incidents}, {verdict}");
        if cause > 0 {
            let right = self.past.iter().filter(|past| past.outcome == Outcome::Cause);
            line.push_str(&dates(right, most));
        }
        if unknown > 0 && known > 0 {
            line.push_str(&format!(", {unknown} without a verdict"));
        }
        let unexplained = known - self.settled();
        if unexplained > 0 && known > unexplained {
            line.push_str(&format!(", the cause of {unexplained} not known"));
        }
        if let Some((cause, of)) = self.instead().first() {
            let was = if of.len() == 1 { "was" } else { "were" };
            let count = match self.settled() {
                _ if all == 1 => "it".to_owned(),
                settled => format!("{} of {settled}", of.len()),
            };
            line.push_str(&format!(
                "; {count} {was} {}{}",
                cause.in_sentence(),
                dates(of.iter().copied(), most)
            ));
        }
        line
    }
}

impl Recalled {
    /// The same in short, for where there is little room: "database: the cause in 0 of 3; 3 times the load balancer".
    pub fn brief(&self) -> String {
        format!("{}{}", self.name.for_term(), self.rest())
    }

    fn rest(&self) -> String {
        let (cause, wrong, _) = self.counts();
        let times = |n: usize| if n == 1 { "once".to_owned() } else { format!("{n} times") };
        match self.settled() {
            0 if wrong == 0 => return format!(": suspected {} before, no verdict", times(self.past.len())),
            0 => return format!(": ruled out {} before, the cause not known", times(wrong)),
            _ => {}
        }
        let instead = self.instead();
        let instead =
            instead.first().map(|(cause, of)| format!("; {} {}", times(of.len()), cause.in_sentence()));
        format!(": the cause in {cause} of {}{}", self.settled(), instead.unwrap_or_default())
    }
}

fn width(line: &str) -> usize {
    Raw::new(line).for_term().width()
}

/// The days of the newest of them, in brackets.
fn dates<'a>(past: impl Iterator<Item = &'a Past>, most: usize) -> String {
    let mut days: Vec<String> = past.take(most + 1).map(Past::when).collect();
    if days.len() > most {
        days.truncate(most);
        days.push("…".into());
    }
    format!(" ({})", days.join(", "))
}
