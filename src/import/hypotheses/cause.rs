//! Which of all that was found was the cause: by the words that say so, and by what the section on the cause speaks of.

use std::collections::HashSet;
use std::sync::LazyLock;

use regex::Regex;

use super::super::document::{label, plain};
use super::super::parts::{Part, Shape};
use super::super::sections::Topic;
use super::{noun, verdict, words};
use crate::model::Moment;

/// Something that a text says was found.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub subject: String,
    pub weight: u8,
    pub line: u32,
    pub when: Option<Moment>,
    /// It stands in the timeline.
    pub row: bool,
    pub text: String,
}

/// The weight of what a row of the timeline confirms outright after it was suspected: no section outweighs it.
pub(super) const OUTRIGHT: u8 = 6;

/// The most factors that one list names.
const MOST: usize = 4;

/// Heads of what is seen of an outage, not of what causes it.
const SEEN: &str = "alert alerts error errors latency spike spikes increase rise drop decrease symptom symptoms report reports \
    anomaly anomalies timeout timeouts response responses rates rate complaint complaints slowness crashes messages logs pattern \
    patterns traffic users customers usage consumption details data health degradation downtime outage page pages";

/// Whether a subject is only what is seen of an outage.
pub(super) fn is_seen(subject: &str) -> bool {
    let head = subject.rsplit(' ').next().unwrap_or_default().to_lowercase();
    let number = head.trim_end_matches('s');
    SEEN.split_ascii_whitespace().any(|word| word == head)
        || (!number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
}

/// The candidate that is the cause, if one of them is.
pub(super) fn best(candidates: &[Candidate], causes: &[(u32, String)]) -> Option<Candidate> {
    let told: HashSet<String> = causes.iter().flat_map(|(_, text)| stems(text)).collect();
    let mut best: Option<(f64, &Candidate)> = None;
    for candidate in candidates {
        let key = words::key(&candidate.subject);
        let shared = key.iter().filter(|word| told.contains(*word)).count();
        #[expect(clippy::cast_precision_loss, reason = "a handful of words")]
        let overlap = shared as f64 / key.len().max(1) as f64;
        let enough = match candidate.weight {
            3.. => true,
            2 => shared > 0 || causes.is_empty(),
            _ => overlap >= 0.5,
        };
        if !enough {
            continue;
        }
        let head = candidate.subject.rsplit(' ').next().unwrap_or_default().to_lowercase();
        let first = candidate.subject.split(' ').next().unwrap_or_default().to_lowercase();
        let seen = SEEN.split_ascii_whitespace().any(|word| word == head || word == first);
        if seen && candidate.weight < 2 {
            continue;
        }
        let score = f64::from(candidate.weight) + 2.0 * overlap - if seen { 1.5 } else { 0.0 }
            + if candidate.row { 0.4 } else { 0.0 };
        if best.is_none_or(|(other, _)| score > other) {
            best = Some((score, candidate));
        }
    }
    best.map(|(_, candidate)| candidate.clone())
}

/// What the section on the cause is about, where nothing says that it was found: the subject of its first sentence.
pub(super) fn told(causes: &[(u32, String)]) -> Option<Candidate> {
    static BEGUN: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)^\W*(?:it )?(?:turns out|turned out|in short|in essence|apparently|simply put|basically|unfortunately|after (?:the|a|an) [^,]{1,60}|during (?:the|a|an) [^,]{1,60}|due to|because of|because)(?: that)?[ ,:]+").ok()
    });
    causes.iter().take(3).find_map(|(line, text)| {
        let sentences = verdict::sentences(text);
        sentences.iter().take(2).find_map(|sentence| {
            if let Some(subject) = blamed(sentence) {
                return Some(of_section(subject, *line, sentence));
            }
            let from = BEGUN.as_ref().and_then(|rule| rule.find(sentence)).map_or(0, |m| m.end());
            let subject =
                noun::clause(&sentence[from..]).into_iter().next().filter(|_| !is_down(sentence))?;
            Some(of_section(subject, *line, sentence))
        })
    })
}

fn of_section(subject: String, line: u32, sentence: &str) -> Candidate {
    Candidate { subject, weight: 3, line, when: None, row: false, text: sentence.trim().to_owned() }
}

/// What a sentence blames in so many words: "cut off by the proxy", "due to a full disk". Not people, numbers or deeds.
fn blamed(sentence: &str) -> Option<String> {
    static RULE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)\b(?:(?:cut off|caused|triggered|provoked|killed|dropped|rejected|refused|blocked|closed|terminated|interrupted|overwhelmed|brought down|taken down|knocked out|slowed down|held up|starved) by|due to|because of|owing to|as a result of|resulted from|stemmed from) ").ok()
    });
    let rule = RULE.as_ref()?;
    rule.find_iter(sentence).take(4).find_map(|hit| {
        let subject = noun::after(sentence.get(hit.end()..)?).into_iter().next()?;
        let person = words::is_people(&subject.rsplit(' ').next()?.to_lowercase());
        (!person && !subject.starts_with(|c: char| c.is_ascii_digit())).then_some(subject)
    })
}

/// Whether a sentence only tells what was down, for how long: it says nothing of why.
fn is_down(sentence: &str) -> bool {
    static RULE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)\b(?:down|unavailable|unreachable|inaccessible|offline|degraded|interrupted|affected|failing|slow)\b[^.;]{0,20} for (?:about |around |roughly |nearly |almost |some |over |more than )?(?:\d|an? |one|two|three|half|several)|\b(?:users?|customers?|clients?|visitors?|people)\b[^.;]{0,30} (?:could not|couldn't|cannot|can't|were unable)\b").ok()
    });
    RULE.as_ref().is_some_and(|rule| rule.is_match(sentence))
}

/// The factors of a section on the cause that is a list with labels: each was found.
pub(super) fn labelled_factors(parts: &[Part]) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = Vec::new();
    let mut labelled = 0;
    let mut items = 0;
    for part in parts
        .iter()
        .filter(|part| part.topics.contains(&Topic::Cause) && part.shape == Shape::Item && part.depth == 0)
        .take(20)
    {
        items += 1;
        let Some((name, rest)) =
            label(&part.text).filter(|(name, rest)| !rest.is_empty() && Topic::all(name).is_empty())
        else {
            continue;
        };
        labelled += 1;
        let text = plain(rest);
        let first = verdict::sentences(&text).first().map(|s| s.trim().to_owned()).unwrap_or_default();
        if let Some(subject) = noun::after(&name).into_iter().next() {
            found.push(Candidate {
                subject,
                weight: 3,
                line: part.line,
                when: None,
                row: false,
                text: first,
            });
        }
    }
    let list = (2..=MOST).contains(&found.len()) && labelled == items;
    if list { found } else { Vec::new() }
}

fn stems(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(|w| words::stem(&w.to_lowercase()))
        .collect()
}
