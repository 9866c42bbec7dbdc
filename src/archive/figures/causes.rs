//! Causes that come back, what helped them along, and what was left undone about them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use aho_corasick::{AhoCorasick, MatchKind};

use super::names::{self, Forms, Names};
use super::words;
use crate::archive::{Digest, Subjects};
use crate::model::insight::{OpenAction, Recurring, Repeated};
use crate::model::{ActionStatus, HypothesisStatus};
use crate::text::Raw;

/// The shortest subject that is looked for in the texts of other incidents, in bytes.
const LEAST: usize = 4;
/// The most bytes of a root cause that are looked through.
const LONGEST: usize = 2_000;

/// The causes of each incident.
pub(super) struct Known {
    /// In the order of the incidents: their causes, each once.
    keys: Vec<BTreeSet<String>>,
    names: Names,
}

/// The causes of each incident: what was confirmed; where nothing was, the component that its root cause blames, else the
/// subjects that were confirmed elsewhere and stand in it.
pub(super) fn by_incident(all: &[&Digest], subjects: &Subjects) -> Known {
    let guessed = names::keys(all, subjects);
    let (mut forms, mut phrases) = (Forms::default(), BTreeMap::<String, String>::new());
    let mut keys: Vec<BTreeSet<String>> = vec![BTreeSet::new(); all.len()];
    for ((digest, guessed), keys) in all.iter().zip(&guessed).zip(&mut keys) {
        for (guess, key) in digest.guesses.iter().zip(guessed) {
            if guess.status == HypothesisStatus::Confirmed {
                forms.add(key, &subjects.called(&guess.subject));
                keys.insert(key.clone());
                let phrase = guess.subject.as_typed().trim().to_lowercase();
                if phrase.len() >= LEAST {
                    phrases.insert(phrase, key.clone());
                }
            }
        }
    }
    let found = Phrases::of(phrases);
    for (digest, keys) in all.iter().zip(&mut keys).filter(|(_, keys)| keys.is_empty()) {
        let Some(cause) = &digest.root_cause else { continue };
        if let Some(blamed) = subjects.blamed(cause.as_typed()) {
            forms.add(&blamed, &Raw::new(blamed.as_str()));
            keys.insert(blamed);
        } else {
            *keys = found.in_text(cause);
        }
    }
    Known { keys, names: forms.names(subjects) }
}

/// Phrases that are looked for in texts, whole words of them.
struct Phrases {
    finder: Option<AhoCorasick>,
    keys: Vec<String>,
}

impl Phrases {
    fn of(phrases: BTreeMap<String, String>) -> Self {
        let (phrases, keys): (Vec<String>, Vec<String>) = phrases.into_iter().unzip();
        let finder = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(phrases);
        // Where so many do not fit into memory, nothing is found in texts.
        Self { finder: finder.ok(), keys }
    }

    fn in_text(&self, text: &Raw) -> BTreeSet<String> {
        let Some(finder) = &self.finder else { return BTreeSet::new() };
        let start: String = text.as_typed().chars().take(LONGEST).collect();
        let text = start.to_lowercase();
        let apart = |c: Option<char>| !c.is_some_and(char::is_alphanumeric);
        let whole = finder.find_iter(&text).filter(|found| {
            apart(text[..found.start()].chars().next_back()) && apart(text[found.end()..].chars().next())
        });
        whole.map(|found| self.keys[found.pattern().as_usize()].clone()).collect()
    }
}

/// What was the cause of two or more.
pub(super) fn recurring(all: &[&Digest], known: &Known) -> Vec<Recurring> {
    let mut by_key: BTreeMap<&String, Vec<usize>> = BTreeMap::new();
    for (nth, keys) in known.keys.iter().enumerate() {
        for key in keys {
            by_key.entry(key).or_default().push(nth);
        }
    }
    let several = by_key.into_iter().filter(|(_, nths)| nths.len() > 1);
    let said = several.map(|(key, nths)| told(all, known.names.of(key), false, &nths));
    let untold: Vec<usize> = (0..all.len()).filter(|nth| known.keys[*nth].is_empty()).collect();
    let texts: Vec<BTreeSet<String>> = untold
        .iter()
        .map(|nth| all[*nth].root_cause.as_ref().map_or_else(BTreeSet::new, words::telling))
        .collect();
    let by_words = words::shared(&texts).into_iter().map(|(what, nths)| {
        let nths: Vec<usize> = nths.into_iter().map(|nth| untold[nth]).collect();
        told(all, Raw::new(what), true, &nths)
    });
    sorted(said.chain(by_words).collect())
}

/// What helped two or more along.
pub(super) fn factors(all: &[&Digest]) -> Vec<Recurring> {
    let mut same: HashMap<String, (Raw, BTreeSet<usize>)> = HashMap::new();
    let mut texts: Vec<BTreeSet<String>> = vec![BTreeSet::new(); all.len()];
    for (nth, digest) in all.iter().enumerate() {
        for factor in &digest.factors {
            let words: Vec<String> = words::telling(factor).into_iter().collect();
            let plain = factor.as_typed().trim().trim_end_matches('.').to_lowercase();
            same.entry(plain).or_insert_with(|| (factor.clone(), BTreeSet::new())).1.insert(nth);
            texts[nth].extend(words);
        }
    }
    let mut recurring = Vec::new();
    for (what, nths) in same.into_values().filter(|(_, nths)| nths.len() > 1) {
        let nths: Vec<usize> = nths.into_iter().collect();
        recurring.push(told(all, what, false, &nths));
        // What is told in its own words need not be told by words that are shared, too.
        for nth in &nths {
            texts[*nth].clear();
        }
    }
    let by_words = words::shared(&texts).into_iter();
    recurring.extend(by_words.map(|(what, nths)| told(all, Raw::new(what), true, &nths)));
    sorted(recurring)
}

/// The newest incident comes first: they are in the order of time.
fn told(all: &[&Digest], what: Raw, by_words: bool, nths: &[usize]) -> Recurring {
    let incidents = nths.iter().rev().map(|nth| all[*nth].id.clone()).collect();
    Recurring { what, by_words, incidents }
}

fn sorted(mut all: Vec<Recurring>) -> Vec<Recurring> {
    all.sort_by(|a, b| {
        let most = b.incidents.len().cmp(&a.incidents.len());
        most.then_with(|| a.by_words.cmp(&b.by_words)).then_with(|| a.what.cmp(&b.what))
    });
    all
}

/// Incidents before which something was left to do about their cause.
pub(super) fn repeated(all: &[&Digest], known: &Known) -> Vec<Repeated> {
    let mut left: HashMap<&str, usize> = HashMap::new();
    let mut repeated = Vec::new();
    for (nth, (digest, keys)) in all.iter().zip(&known.keys).enumerate() {
        // Of incidents whose time is not known nobody can tell which was first.
        if digest.began.is_none() {
            continue;
        }
        let earlier = keys.iter().find_map(|key| left.get(key.as_str()).map(|earlier| (key, *earlier)));
        if let Some((key, earlier)) = earlier {
            repeated.push(Repeated {
                incident: digest.id.clone(),
                cause: known.names.of(key),
                earlier: all[earlier].id.clone(),
                actions: open(all[earlier]).collect(),
            });
        }
        if open(digest).next().is_some() {
            left.extend(keys.iter().map(|key| (key.as_str(), nth)));
        }
    }
    repeated.reverse();
    repeated
}

fn open(digest: &Digest) -> impl Iterator<Item = OpenAction> {
    let open = digest.todos.iter().filter(|todo| todo.status == ActionStatus::Open);
    open.map(|todo| OpenAction { number: todo.number, text: todo.text.clone() })
}
