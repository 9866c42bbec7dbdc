//! Says which component a suspicion or a cause names: a load balancer's certificate, its memory leak and a sentence that blames
//! it are all the load balancer.
//!
//! [`Phrases::key`] tells suspicions apart as finely as people do; what past incidents have in common is coarser. The rules:
//!
//! 1. A part or a fault of a component is that component: the noun that owns wins over what broke in it, so that
//!    `load balancer certificate` and `memory leak in the LB` are the load balancer. What broke differs from outage to outage;
//!    where to look first is what a person asks the past for.
//! 2. What says which one stays: `payment db pool` is the payment database. What only says how it was goes: `slow database`.
//! 3. What owns nothing else counts where there is no owner: `expired certificate` is the certificate.
//! 4. In a sentence it is the component that is blamed: after `because`, `due to`, `caused by` and the like, else the first that
//!    is neither denied (`not the database`) nor a circumstance (`after a database migration`).
//! 5. Two at once (`database and network`), something turned round (`not the database`) and what names no component stay what
//!    their words are.

use super::subject::{Phrases, plain};
use crate::text::Raw;

/// From so many words on it is a sentence.
const SENTENCE: usize = 7;
/// How many words a denial stands before or behind what it denies.
const NEAR: usize = 3;

/// What goes wrong in components, and is one only where nothing owns it: forms as [`Phrases::key`] gives them.
const FAULTS: &[&str] = &[
    "configuration",
    "certificate",
    "deployment",
    "out of memory",
    "memory leak",
    "memory",
    "cpu",
    "disk",
    "storage",
    "human error",
    "feature flag",
    "ddos",
    "third party",
];

/// What a thing is, where words before it say which: `payment service memory leak` is the payment service.
const KINDS: &[&str] = &["service", "server", "api", "proxy", "gateway", "broker", "cluster", "worker"];

/// How something was, or which of them only.
const STATES: &[&str] = &[
    "slow",
    "overloaded",
    "full",
    "stuck",
    "expired",
    "expiring",
    "unhealthy",
    "degraded",
    "exhausted",
    "saturated",
    "flaky",
    "high",
    "low",
    "missing",
    "stale",
    "corrupt",
    "corrupted",
    "unreachable",
    "unavailable",
    "dead",
    "crashed",
    "crashing",
    "leaking",
    "hanging",
    "locked",
    "too",
    "many",
    "single",
    "one",
    "main",
    "production",
    "prod",
    "wrongly",
    "configured",
    "outdated",
    "old",
    "unstable",
    "hot",
];

/// What makes two of it, or turns it round: it stays what its words are.
const APART: &[&str] = &["and", "or", "not", "no", "without", "vs", "versus", "between", "nor", "but"];

/// What a blame stands after.
const BLAMES: &[&[&str]] = &[
    &["because"],
    &["since"],
    &["due", "to"],
    &["by"],
    &["blame"],
    &["culprit", "was"],
    &["culprit", "is"],
    &["cause", "was"],
    &["cause", "is"],
    &["turned", "out", "to", "be"],
    &["it", "was"],
    &["fault", "of"],
    &["traced", "to"],
    &["traced", "back", "to"],
    &["came", "from"],
];

/// Right before a thing, these deny it or make it a circumstance.
const ASIDE: &[&str] = &[
    "not",
    "wasn",
    "isn",
    "nor",
    "than",
    "instead",
    "out",
    "after",
    "when",
    "during",
    "while",
    "before",
    "once",
    "until",
    "suspected",
    "blamed",
    "thought",
];

/// What stands between such a word and the thing.
const BETWEEN: &[&str] =
    &["the", "a", "an", "our", "of", "t", "in", "is", "was", "be", "been", "to", "that", "its", "any"];

/// Right behind a thing and `was`, these deny it.
const FINE: &[&str] =
    &["not", "n", "fine", "innocent", "healthy", "idle", "ok", "okay", "ruled", "cleared", "unrelated", "t"];

/// A component that stands in a text.
struct Mention {
    at: usize,
    until: usize,
    key: String,
    is_fault: bool,
}

impl Phrases {
    /// What past incidents are counted by: the component that the words name, else their own key.
    pub fn component(&self, words: &str) -> String {
        let key = self.key(words);
        if self.is_own(&key) {
            return key;
        }
        if is_sentence(words) {
            return self.blamed(words).unwrap_or(key);
        }
        let words = self.phrase(words);
        if words.iter().any(|word| APART.contains(&word.as_str())) {
            return key;
        }
        let all = self.mentions(&words);
        let owner = all.iter().find(|one| !one.is_fault);
        if owner.is_none()
            && let Some(kind) = words.iter().position(|word| KINDS.contains(&word.as_str()))
            && let which @ [_, ..] = self.which(&words[..kind]).as_slice()
        {
            return self.own_name([which, &words[kind..=kind]].concat().join(" "));
        }
        let Some(found) = owner.or(all.first()) else { return key };
        let before = self.which(&words[..found.at]);
        self.own_name(if before.is_empty() {
            found.key.clone()
        } else {
            format!("{} {}", before.join(" "), found.key)
        })
    }

    /// How what is counted by its component is called: as typed, but for a sentence, which is no name of a thing.
    pub fn called(&self, typed: &Raw) -> Raw {
        if is_sentence(typed.as_typed()) {
            self.blamed(typed.as_typed()).map_or_else(|| typed.clone(), Raw::new)
        } else {
            typed.clone()
        }
    }

    /// The component that a text blames, as a key; none where it names none, or several things of which none owns another.
    pub fn blamed(&self, text: &str) -> Option<String> {
        let mut faults: Vec<String> = Vec::new();
        let mut first = None;
        for sentence in text.split_inclusive(['.', ';', '!', '?', '\n']) {
            let words = self.one_form(&plain(sentence));
            let all: Vec<Mention> =
                self.mentions(&words).into_iter().filter(|one| !is_aside(&words, one)).collect();
            let (owners, others): (Vec<_>, Vec<_>) = all.into_iter().partition(|one| !one.is_fault);
            if let Some(cue) = last_blame(&words)
                && let Some(found) = owners.iter().find(|one| one.at >= cue)
            {
                return Some(found.key.clone());
            }
            first = first.or_else(|| owners.into_iter().next().map(|one| one.key));
            faults.extend(others.into_iter().map(|one| one.key));
        }
        faults.dedup();
        let only = if let [only] = faults.as_slice() { Some(only.clone()) } else { None };
        first.or(only)
    }

    /// The components that a subject names, also where another one owns them; none of a sentence, which may name them to deny
    /// them.
    pub(super) fn things_in(&self, subject: &str) -> Vec<String> {
        let words = self.phrase(subject);
        if is_sentence(subject) || words.iter().any(|word| APART.contains(&word.as_str())) {
            return Vec::new();
        }
        let mut things: Vec<String> = self.mentions(&words).into_iter().map(|one| one.key).collect();
        things.sort();
        things.dedup();
        things
    }

    /// The components that stand in these words, in their order.
    fn mentions(&self, words: &[String]) -> Vec<Mention> {
        let (mut found, mut at) = (Vec::new(), 0);
        while at < words.len() {
            let Some(thing) = self.thing_at(words, at) else {
                at += 1;
                continue;
            };
            let name = thing.join(" ");
            let is_fault = FAULTS.contains(&name.as_str()) && !self.is_own(&name);
            found.push(Mention { at, until: at + thing.len(), key: self.own_name(name), is_fault });
            at += thing.len();
        }
        found
    }

    /// Of the words before a thing, those that say which one it is.
    fn which(&self, before: &[String]) -> Vec<String> {
        let mut kept = Vec::new();
        let mut at = 0;
        while let Some(word) = before.get(at) {
            let thing = self.thing_at(before, at).map_or(0, Vec::len);
            if thing == 0 && !STATES.contains(&word.as_str()) && word.chars().any(char::is_alphabetic) {
                kept.push(word.clone());
            }
            at += thing.max(1);
        }
        kept
    }
}

fn is_sentence(text: &str) -> bool {
    plain(text).len() >= SENTENCE
}

fn ends_with(words: &[String], cue: &[&str]) -> bool {
    words.len() >= cue.len() && words.iter().rev().zip(cue.iter().rev()).all(|(word, cue)| word == cue)
}

/// Where the last words that blame end.
fn last_blame(words: &[String]) -> Option<usize> {
    let ends = |at: usize| BLAMES.iter().any(|cue| ends_with(&words[..at], cue));
    (1..=words.len()).rev().find(|at| ends(*at))
}

/// Whether a thing is denied, or only a circumstance.
fn is_aside(words: &[String], one: &Mention) -> bool {
    let before = words[..one.at].iter().rev().take(NEAR + 1);
    let before = before.map(String::as_str).find(|word| !BETWEEN.contains(word));
    let mut behind = words[one.until..].iter().map(String::as_str).take(NEAR);
    let is = behind.next().is_some_and(|word| ["was", "is", "were", "looked", "wasn", "isn"].contains(&word));
    before.is_some_and(|word| ASIDE.contains(&word)) || is && behind.any(|word| FINE.contains(&word))
}
