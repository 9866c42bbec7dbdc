//! Which of all that was found was the cause: by the words that say so, and by what the section on the cause speaks of.

use std::collections::HashSet;
use std::sync::LazyLock;

use regex::Regex;

use super::super::document::{label, plain};
use super::super::facts::reason;
use super::super::parts::{Part, Shape};
use super::super::sections::Topic;
use super::voices::{self, Voices};
use super::whole::whole;
use super::{Event, closing, denied, fault, noun, verdict, words};
use crate::import::pattern;
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

/// The most rows that are weighed.
const MOST_ROWS: usize = 300;

/// The most candidates of the section on the cause.
const MOST_TOLD: usize = 8;

/// Heads of what is seen of an outage, not of what causes it.
const SEEN: &str = "alert alerts error errors latency spike spikes increase rise drop decrease symptom symptoms report reports \
    anomaly anomalies timeout timeouts response responses rates rate complaint complaints slowness crashes messages logs pattern \
    patterns traffic users customers usage consumption disruption disruptions details data health degradation downtime outage page pages";

/// Whether a subject is only what is seen of an outage.
pub(super) fn is_seen(subject: &str) -> bool {
    let head = subject.rsplit(' ').next().unwrap_or_default().to_lowercase();
    let number = head.trim_end_matches('s');
    SEEN.split_ascii_whitespace().any(|word| word == head)
        || (!number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
}

/// The candidate that is the cause, if one of them is: weighed by the words that say that it was found, by where it stands, by
/// who else speaks of it, and by what it says. Where a row found the same, that row confirms it.
pub(super) fn best(
    candidates: &[Candidate],
    of_rows: &[(f64, Candidate)],
    causes: &Causes,
    voices: &Voices,
) -> Option<(Candidate, String)> {
    let spoken: HashSet<String> = causes.texts.iter().flat_map(|(_, text)| stems(text)).collect();
    let section = causes.told();
    let mut best: Option<(f64, &Candidate, String)> = None;
    let found = candidates.iter().filter_map(|c| Some((finding(c, causes, &spoken)?, c)));
    let told = section.iter().chain(of_rows).map(|(prior, c)| (*prior, c));
    for (prior, candidate) in found.chain(told) {
        let refused = voices::is_beside(&candidate.subject) || candidate.subject.contains("\":");
        if refused || !fault::is_one(&candidate.subject) || causes.is_vague() && mends(&candidate.text) {
            continue;
        }
        let phrase = whole(&candidate.subject, &candidate.text);
        if voices::is_beside(&phrase) {
            continue;
        }
        let bonus = |holds: bool, by: f64| if holds { by } else { 0.0 };
        let score = prior
            + voices.support(&phrase, &candidate.text)
            + bonus(voices::is_defect(&phrase), 0.5)
            + bonus(voices::is_specific(&phrase), 0.3)
            + bonus(is_root(&candidate.text), 0.5)
            + bonus(candidate.row, 0.2)
            - bonus(is_seen_only(&candidate.subject), 1.5)
            - bonus(words::key(&phrase).len() < 2, 0.3);
        if best.as_ref().is_none_or(|(other, ..)| score > *other) {
            best = Some((score, candidate, phrase));
        }
    }
    let (_, best, phrase) = best?;
    let key = words::key(&best.subject);
    let same = |c: &&Candidate| c.row && c.weight > 1 && super::within(&words::key(&c.subject), &key);
    let row = candidates.iter().find(same).filter(|_| !best.row);
    Some((Candidate { subject: best.subject.clone(), ..row.unwrap_or(best).clone() }, phrase))
}

/// What the rows of the timeline tell right before something is mended, where they say that something was amiss: that was
/// found, whatever the words. `free` are the rows that neither suspect nor acquit.
pub(super) fn before_the_fix(rows: &[Event<'_>], free: &[bool]) -> Vec<(f64, Candidate)> {
    let mut found: Vec<(f64, Candidate)> = Vec::new();
    for (at, row) in rows.iter().enumerate().skip(1).take(MOST_ROWS) {
        let mended = |after: &Event<'_>| voices::mends(after.text) && !denied::denies(after.text);
        let near = rows.get(at + 1).is_some_and(mended) || rows.get(at + 2).is_some_and(mended);
        let finds = denied::finds(row.text) || finds(row.text);
        let amiss = finds || voices::is_defect(row.text);
        let free = free.get(at).is_some_and(|free| *free) && row.text.len() < 200;
        if !free
            || !near
            || !amiss
            || voices::mends(row.text)
            || only_seen(row.text)
            || denied::denies(row.text)
        {
            continue;
        }
        let prior = 1.8 + if finds { 0.4 } else { 0.0 };
        for clause in closing::clauses(row.text) {
            let subject = fault::accuses(clause).or_else(|| fault::told(clause));
            let Some(subject) = subject.filter(|subject| !is_seen_only(subject)) else { continue };
            let text = row.text.trim().to_owned();
            let when = Some(row.when.clone());
            found.push((prior, Candidate { subject, weight: 1, line: row.line, when, row: true, text }));
        }
    }
    found
}

/// How much the words tell by which something was found; nothing where they are too weak to name the cause.
fn finding(candidate: &Candidate, causes: &Causes, told: &HashSet<String>) -> Option<f64> {
    let key = words::key(&candidate.subject);
    let shared = key.iter().filter(|word| told.contains(*word)).count();
    let enough = match candidate.weight {
        3.. => true,
        2 if mends(&candidate.text) => false,
        2 => shared > 0 || causes.is_vague(),
        _ if mends(&candidate.text) || only_seen(&candidate.text) => false,
        _ => 2 * shared >= key.len() || (causes.is_vague() && candidate.row && finds(&candidate.text)),
    };
    let seen = candidate.weight < 2 && is_seen_only(&candidate.subject);
    (enough && !seen).then_some(match (candidate.weight, candidate.row) {
        (1, false) => 0.5,
        (1, true) => 1.4,
        (2, row) => {
            if row {
                2.6
            } else {
                2.0
            }
        }
        (weight, row) => f64::from(weight) + if row { 1.6 } else { 0.6 },
    })
}

/// Whether a sentence tells of what would mend it, or of how long it took.
fn mends(text: &str) -> bool {
    static RULE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern::new(r"(?i)\b(?:solutions?|workaround|remed(?:y|ies)|alternative|(?:signing|working|running|up|online|healthy|available) again|(?:minutes|hours|days) (?:were|was|are) (?:spen[dt]|lost))\b").ok()
    });
    RULE.as_ref().is_some_and(|rule| rule.is_match(text))
}

/// Whether the first or the last word of a subject is of what is seen of an outage.
fn is_seen_only(subject: &str) -> bool {
    let lower = subject.to_lowercase();
    let words: Vec<&str> = lower.split(' ').collect();
    [words.first(), words.last()]
        .into_iter()
        .flatten()
        .any(|word| SEEN.split_ascii_whitespace().any(|seen| seen == *word))
}

/// Whether a sentence tells how something was noticed, or that it is well again.
fn only_seen(text: &str) -> bool {
    static RULE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern::new(r"(?i)\b(?:detected by|alert(?:s|ed)?|was checked|correctly|back to normal|restored|resolved|recovered|fixed|works again|working again)\b").ok()
    });
    RULE.as_ref().is_some_and(|rule| rule.is_match(text))
}

/// Whether a sentence speaks of the cause below all others, and not of what merely came last.
fn is_root(text: &str) -> bool {
    static RULE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern::new(r"(?i)\b(?:root|underlying|actual|real|true|ultimate|main|primary)[ -](?:cause|reason|problem|issue|culprit)\b").ok()
    });
    RULE.as_ref().is_some_and(|rule| rule.is_match(text))
}

/// Whether a row says that something was found out, and not only seen.
fn finds(text: &str) -> bool {
    static RULE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern::new(r"(?i)\b(?:f[io]u?nds?(?: out)?|finding|reveal(?:s|ed)|figure[ds]? out|learn(?:s|ed|t)|conclude[ds]?|understood)\b").ok()
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

    /// What the first sentences on the cause are about, and how much each tells.
    fn told(&self) -> Vec<(f64, Candidate)> {
        let of = |subject: String, line: u32, text: &str| Candidate {
            subject,
            weight: 3,
            line,
            when: None,
            row: false,
            text: text.trim().to_owned(),
        };
        if let Some((line, answer)) = last_why(&self.texts)
            && let Some(subject) = fault::accuses(&answer).or_else(|| fault::told(&answer))
        {
            return vec![(3.4, of(subject, line, &answer))];
        }
        let unknown = self.texts.first().is_some_and(|(_, text)| fault::is_unknown(text));
        if unknown || self.texts.iter().take(4).any(|(_, text)| fault::is_foreign(text)) {
            return Vec::new();
        }
        let mut found: Vec<(f64, Candidate)> = Vec::new();
        let mut place = if self.from == Origin::Factors { 1.0 } else { 2.8 };
        for (line, text) in self.texts.iter().take(4) {
            let sentences = verdict::sentences(text);
            for (at, sentence) in sentences.iter().enumerate().take(3) {
                // "A node was cordoned. This caused the outage."
                let points = sentences.get(at + 1).is_some_and(|next| reason::points_back(next));
                let blamed = fault::accuses(sentence);
                let told = if self.from != Origin::Sentence || points { fault::told(sentence) } else { None };
                let whole = self.from == Origin::Section && found.is_empty() && blamed.is_none();
                let told = told.filter(|subject| fault::is_one(subject));
                let told = told.or_else(|| if whole { fault::clause(sentence) } else { None });
                let before = found.len();
                if let Some(subject) = &blamed {
                    found.push((place + 0.3, of(subject.clone(), *line, sentence)));
                }
                // "The server crashed due to a query": what stands before it only came of it.
                if let Some(subject) = told.filter(|_| points || blamed.is_none()) {
                    found.push((place + if points { 0.3 } else { 0.0 }, of(subject, *line, sentence)));
                }
                if found.len() > before {
                    place -= if place > 2.5 { 0.8 } else { 0.3 };
                }
                if found.len() >= MOST_TOLD {
                    return found;
                }
            }
        }
        found
    }
}

/// The answer to the last of a chain of whys that asks for the outage, and not for why nobody saw it coming.
fn last_why(texts: &[(u32, String)]) -> Option<(u32, String)> {
    static WHY: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern::new(
            r"(?i)^\W*(?:\d\W*)?(?:(?:first|second|third|fourth|fifth|final) )?why\b[^?]*\?*[\s:→–—>-]*",
        )
        .ok()
    });
    static BESIDE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern::new(r"(?i)\b(?:caught|seen|noticed|detected|discovered|prevented|alert\w*|test\w*|monitor\w*|earlier|sooner|long|know|review\w*)\b|n't (?:we|it|they|anyone|this|you)\b").ok()
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
        pattern::new(
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
