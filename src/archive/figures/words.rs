//! Words that texts share, where nobody said that they are about the same thing.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use unicode_segmentation::UnicodeSegmentation as _;

use crate::archive::common::is_common;
use crate::text::Raw;

/// The most characters that are looked at of a text.
const LONGEST: usize = 400;
/// The most characters of a cause in short.
const SHORT: usize = 80;
/// The shortest word that tells something.
const LEAST: usize = 4;
/// The most words of a name.
const NAMED: usize = 3;
/// From so many texts on, a word that stands in more than one of [`RARE`] tells nothing about any.
const MANY: usize = 20;
/// See [`MANY`].
const RARE: usize = 5;

/// Besides the words of every report, those that tell no cause from another: how it showed, and what was done. In the order of
/// the alphabet.
const COMMON: &[&str] = &[
    "affected",
    "again",
    "alerts",
    "allowed",
    "already",
    "also",
    "although",
    "because",
    "being",
    "between",
    "both",
    "broke",
    "broken",
    "cause",
    "caused",
    "causes",
    "causing",
    "change",
    "changed",
    "changes",
    "customers",
    "deploy",
    "deployed",
    "deployment",
    "done",
    "during",
    "each",
    "enough",
    "even",
    "every",
    "fails",
    "failures",
    "first",
    "good",
    "having",
    "high",
    "however",
    "impact",
    "increase",
    "increased",
    "instead",
    "issues",
    "just",
    "lack",
    "large",
    "later",
    "leading",
    "leads",
    "made",
    "make",
    "many",
    "missing",
    "much",
    "must",
    "near",
    "never",
    "nobody",
    "none",
    "only",
    "onto",
    "other",
    "people",
    "problems",
    "production",
    "rate",
    "reason",
    "release",
    "request",
    "requests",
    "resulted",
    "resulting",
    "results",
    "root",
    "same",
    "server",
    "servers",
    "services",
    "several",
    "should",
    "since",
    "slow",
    "still",
    "such",
    "system",
    "systems",
    "them",
    "these",
    "those",
    "through",
    "time",
    "times",
    "took",
    "traffic",
    "under",
    "until",
    "update",
    "updated",
    "upon",
    "used",
    "users",
    "using",
    "very",
    "well",
    "what",
    "where",
    "whole",
    "within",
    "without",
    "wrong",
    "your",
];

/// The words of a text that may tell what it is about, each once.
pub(super) fn telling(text: &Raw) -> BTreeSet<String> {
    let start: String = text.as_typed().chars().take(LONGEST).collect();
    let words = start.unicode_words().map(str::to_lowercase);
    let telling = words.filter(|word| {
        word.chars().count() >= LEAST
            && word.chars().any(char::is_alphabetic)
            && !is_common(word)
            && COMMON.binary_search(&word.as_str()).is_err()
    });
    telling.map(|word| singular(&word)).collect()
}

/// `limits` is `limit`; what ends otherwise stays.
fn singular(word: &str) -> String {
    let stem = word.strip_suffix('s').filter(|stem| stem.chars().count() >= LEAST);
    stem.filter(|stem| !stem.ends_with(['s', 'u', 'i'])).unwrap_or(word).to_owned()
}

/// Texts that share words: what they share, and which of `texts` these are. Words of just the same texts are one name.
pub(super) fn shared(texts: &[BTreeSet<String>]) -> Vec<(String, Vec<usize>)> {
    let mut by_word: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (nth, words) in texts.iter().enumerate() {
        for word in words {
            by_word.entry(word).or_default().push(nth);
        }
    }
    let mut by_texts: HashMap<Vec<usize>, Vec<&str>> = HashMap::new();
    for (word, nths) in by_word {
        let everywhere = texts.len() >= MANY && nths.len() * RARE > texts.len();
        if nths.len() > 1 && !everywhere {
            by_texts.entry(nths).or_default().push(word);
        }
    }
    let mut groups: Vec<(Vec<usize>, Vec<&str>)> = by_texts.into_iter().collect();
    // The largest first, then in the order of the words, so that it is always the same.
    groups.sort_by(|(a, words), (b, other)| b.len().cmp(&a.len()).then_with(|| words.cmp(other)));
    let mut told = vec![false; texts.len()];
    let mut out = Vec::new();
    for (nths, words) in groups {
        // Each text is told under one name: otherwise a long text would stand under each of its words.
        let fresh: Vec<usize> = nths.into_iter().filter(|nth| !told[*nth]).collect();
        if fresh.len() > 1 {
            for nth in &fresh {
                told[*nth] = true;
            }
            let named: Vec<&str> = words.into_iter().take(NAMED).collect();
            out.push((named.join(", "), fresh));
        }
    }
    out
}

/// The first sentence of a text in one line, cut where it is long.
pub(super) fn first_sentence(text: &Raw) -> Raw {
    let start: String = text.as_typed().trim_start().chars().take(LONGEST).collect();
    let line = start.lines().next().unwrap_or_default();
    let sentence = line.split_inclusive(". ").next().unwrap_or_default().trim_end();
    let sentence = sentence.strip_suffix('.').unwrap_or(sentence);
    if sentence.graphemes(true).count() <= SHORT {
        return Raw::new(sentence);
    }
    let cut: String = sentence.graphemes(true).take(SHORT - 1).collect();
    let cut = cut.rsplit_once(' ').map_or(cut.as_str(), |(words, _)| words);
    Raw::new(format!("{cut}…"))
}
