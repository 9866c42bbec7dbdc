//! Which of all that was found was the cause: by the words that say so, and by what the section on the cause speaks of.

use std::collections::HashSet;
use std::sync::LazyLock;

use regex::Regex;

use super::super::document::{label, plain};
use super::super::facts::reason;
use super::super::parts::{Part, Shape};
use super::super::sections::Topic;
use super::{closing, fault, noun, verdict, words};
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

/// The weight of what a row calls the cause without naming it in the same words.
pub(super) const FINDING: u8 = 4;

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

/// The candidate that is the cause, if one of them is: what was said to be it, or what the section on the cause is about. Where
/// a row found the same, that row confirms it.
pub(super) fn best(candidates: &[Candidate], causes: &Causes) -> Option<Candidate> {
    let told: HashSet<String> = causes.texts.iter().flat_map(|(_, text)| stems(text)).collect();
    let section = causes.told();
    let mut best: Option<(f64, &Candidate)> = None;
    for candidate in candidates.iter().chain(section.as_ref()) {
        if !fault::is_one(&candidate.subject) {
            continue;
        }
        let key = words::key(&candidate.subject);
        let shared = key.iter().filter(|word| told.contains(*word)).count();
        #[expect(clippy::cast_precision_loss, reason = "a handful of words")]
        let overlap = shared as f64 / key.len().max(1) as f64;
        let enough = match candidate.weight {
            3.. => true,
            2 => shared > 0 || causes.is_vague(),
            _ if only_seen(&candidate.text) => false,
            _ => overlap >= 0.5 || (causes.is_vague() && candidate.row && finds(&candidate.text)),
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
        let of_section = section.as_ref().is_some_and(|section| std::ptr::eq(section, candidate));
        let weight = match candidate.weight {
            _ if of_section => causes.weight(),
            1 if !candidate.row => 0.5,
            weight => f64::from(weight),
        };
        let score = weight + 2.0 * overlap - if seen { 1.5 } else { 0.0 }
            + if is_root(&candidate.text) { 0.5 } else { 0.0 }
            + if candidate.row { 0.4 } else { 0.0 };
        if best.is_none_or(|(other, _)| score > other) {
            best = Some((score, candidate));
        }
    }
    let mut best = best.map(|(_, candidate)| candidate.clone())?;
    let key = words::key(&best.subject);
    let same = |c: &&Candidate| c.row && c.weight > 1 && super::within(&words::key(&c.subject), &key);
    if let Some(row) = candidates.iter().find(same).filter(|_| !best.row) {
        best = Candidate { subject: best.subject, ..row.clone() };
    }
    Some(best)
}

/// Whether a sentence tells how something was noticed, or that it is well again.
fn only_seen(text: &str) -> bool {
    static RULE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)\b(?:detected by|alert(?:s|ed)?|was checked|correctly|back to normal|restored|resolved|recovered|fixed|works again|working again)\b").ok()
    });
    RULE.as_ref().is_some_and(|rule| rule.is_match(text))
}

/// Whether a sentence speaks of the cause below all others, and not of what merely came last.
fn is_root(text: &str) -> bool {
    static RULE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)\b(?:root|underlying|actual|real|true|ultimate|main|primary)[ -](?:cause|reason|problem|issue|culprit)\b").ok()
    });
    RULE.as_ref().is_some_and(|rule| rule.is_match(text))
}

/// Whether a row says that something was found out, and not only seen.
fn finds(text: &str) -> bool {
    static RULE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)\b(?:f[io]u?nds?(?: out)?|finding|reveal(?:s|ed)|figure[ds]? out|learn(?:s|ed|t)|conclude[ds]?|understood)\b").ok()
    });
    RULE.as_ref().is_some_and(|rule| rule.is_match(text))
}

/// What a document tells of the cause.
#[derive(Debug, Default)]
pub(super) struct Causes {
    /// The texts of its parts on the cause, or else the sentences that blame something.
    pub texts: Vec<(u32, String)>,
    /// Where they stand.
    pub from: Origin,
}

/// Where a document tells of the cause.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Origin {
    /// In a part that is about it.
    Section,
    /// In a list of what contributed.
    Factors,
    /// In a sentence somewhere.
    #[default]
    Sentence,
}

impl Causes {
    /// No part is about the cause.
    fn is_vague(&self) -> bool {
        self.from != Origin::Section
    }

    /// The weight of what they speak of: a find that shares most of its words with it outweighs it.
    fn weight(&self) -> f64 {
        if self.from == Origin::Factors { 0.0 } else { 0.9 }
    }

    /// The candidates, each with a name: of a row that has found it, the clause that speaks of what these texts speak of.
    pub fn named(&self, candidates: &[Candidate]) -> Vec<Candidate> {
        let told: HashSet<String> = self.texts.iter().flat_map(|(_, text)| stems(text)).collect();
        let name = |candidate: &Candidate| {
            if !candidate.subject.is_empty() {
                let told = fault::referred(&candidate.subject, &candidate.text);
                return Some(Candidate {
                    subject: told.unwrap_or_else(|| candidate.subject.clone()),
                    ..candidate.clone()
                });
            }
            let mut best: Option<(usize, String)> = None;
            for clause in closing::clauses(&candidate.text) {
                let Some(subject) = fault::thing(clause).filter(|subject| fault::is_one(subject)) else {
                    continue;
                };
                let shared = words::key(clause).iter().filter(|word| told.contains(*word)).count();
                // The first of those that share as much.
                if best.as_ref().is_none_or(|(most, _)| shared > *most + 1) {
                    best = Some((shared, subject));
                }
            }
            best.map(|(_, subject)| Candidate { subject, ..candidate.clone() })
        };
        candidates.iter().filter_map(name).collect()
    }

    /// What the part on the cause is about, where nothing says that it was found.
    fn told(&self) -> Option<Candidate> {
        let of = |subject: String, line: u32, text: &str| Candidate {
            subject,
            weight: 3,
            line,
            when: None,
            row: false,
            text: text.trim().to_owned(),
        };
        if let Some((line, answer)) = last_why(&self.texts)
            && let Some(subject) = fault::told(&answer)
        {
            return Some(of(subject, line, &answer));
        }
        self.texts.iter().take(3).find_map(|(line, text)| {
            let sentences = verdict::sentences(text);
            // "A node was cordoned. This caused the outage."
            let points = |at: usize| sentences.get(at + 1).is_some_and(|next| reason::points_back(next));
            sentences.iter().enumerate().take(3).find_map(|(at, sentence)| {
                let subject = if self.from != Origin::Sentence || points(at) {
                    fault::told(sentence)
                } else {
                    fault::blamed(sentence).or_else(|| fault::did(sentence))
                }?;
                Some(of(subject, *line, sentence))
            })
        })
    }
}

/// The answer to the last of a chain of whys that asks for the outage, and not for why nobody saw it coming.
fn last_why(texts: &[(u32, String)]) -> Option<(u32, String)> {
    static WHY: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(
            r"(?i)^\W*(?:\d\W*)?(?:(?:first|second|third|fourth|fifth|final) )?why\b[^?]*\?*[\s:→–—>-]*",
        )
        .ok()
    });
    static BESIDE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)\b(?:caught|seen|noticed|detected|discovered|prevented|alert\w*|test\w*|monitor\w*|earlier|sooner|long|know|review\w*)\b|n't (?:we|it|they|anyone|this|you)\b").ok()
    });
    let (why, beside) = (WHY.as_ref()?, BESIDE.as_ref()?);
    let mut found: Vec<(u32, String)> = Vec::new();
    let mut asked = 0;
    let mut over = false;
    for (at, (line, text)) in texts.iter().enumerate() {
        let Some(hit) = why.find(text) else { continue };
        asked += 1;
        over |= asked > 1 && beside.is_match(hit.as_str());
        if over {
            continue;
        }
        let here = text[hit.end()..].trim();
        let answer =
            if here.is_empty() { texts.get(at + 1).map_or("", |(_, next)| next.as_str()) } else { here };
        found.push((*line, answer.to_owned()));
    }
    if asked >= 3 { found.pop() } else { None }
}

/// The factors of a section on the cause that says it has several, and is a list with labels: each was found.
pub(super) fn labelled_factors(parts: &[Part]) -> Vec<Candidate> {
    static SEVERAL: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(
            r"(?i)\b(?:causes|factors|reasons|conditions|mistakes|failures|bugs|things|issues|problems)\b",
        )
        .ok()
    });
    let says = |text: &str| SEVERAL.as_ref().is_some_and(|rule| rule.is_match(text));
    let leads = |part: &&Part| part.topics.contains(&Topic::Cause);
    if !parts.iter().filter(leads).any(|p| says(&p.heading) || (p.shape == Shape::Prose && says(&p.text))) {
        return Vec::new();
    }
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
