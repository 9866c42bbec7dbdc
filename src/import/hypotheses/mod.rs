//! What a document suspected, ruled out and found: from its timeline, and from what it tells besides.

mod about;
mod answer;
mod cause;
mod closing;
mod cues;
mod denied;
mod enquiry;
mod fault;
mod noun;
mod refuse;
mod suspects;
mod table;
pub mod verdict;
mod voices;
mod whole;
mod words;

use std::sync::LazyLock;

use regex::Regex;

use super::Found;
use super::document::{Claims, Document, label, plain};
use super::facts::reason;
use super::parts::{self, Part, Shape};
use super::sections::Topic;
use crate::import::pattern;
use crate::model::Moment;
use answer::{Kind, Touched};
use suspects::{Place, Suspects};

/// A row of the timeline.
#[derive(Clone, Copy, Debug)]
pub struct Event<'a> {
    /// The line it begins on.
    pub line: u32,
    /// What it says, without markup.
    pub text: &'a str,
    /// When.
    pub when: &'a Moment,
}

/// How far apart the numbers of places are that have nothing to do with each other.
const APART: usize = 2 * MOST;

/// The most rows and paragraphs that are read: no postmortem that a person wrote has more.
const MOST: usize = 3_000;

/// A paragraph of at most this many bytes is of one thought.
const SHORT: usize = 240;

/// The hypotheses of a document, each change with its line. What stands on the line of a row has its time. Reads what nobody
/// has claimed besides the rows; claims the items whose whole text is now the reason of a verdict. To be called before the
/// facts are read.
pub fn find(document: &Document, rows: &[Event<'_>], claims: &mut Claims) -> Vec<Found> {
    let parts = parts::of(document, claims);
    let mut suspects = Suspects::default();
    let mut free: Vec<bool> = Vec::new();
    let told: Vec<&str> = rows.iter().take(MOST).map(|row| row.text).collect();
    let search = enquiry::Search::of(&told, &texts(&parts, &[Topic::Cause]));
    for (at, row) in rows.iter().enumerate().take(MOST) {
        let mut said = verdict::read(row.text, false);
        let mut touched = None;
        if (1..search.worded).contains(&at) {
            // What is looked at before the cause is found, and well, is ruled out though nobody suspected it.
            denied::promote(&mut said);
        }
        let over = at + 2 >= rows.len() && row.text.to_lowercase().contains("all clear");
        let closes = over || closing::closes(row.text, at, rows.len());
        if closes {
            said.sayings
                .retain(|s| s.verdict != verdict::Verdict::RuledOut || !s.subject.is_empty() && !over);
        } else {
            let kind = match row.text.len() {
                SHORT.. => Kind::Long,
                _ if 4 * at >= 3 * rows.len() => Kind::Late,
                _ => Kind::Short,
            };
            touched = answer::settle(&mut said, row.text, None, kind);
        }
        let place = Place { at, row: true, line: row.line, when: Some(row.when), text: row.text };
        suspects.hear(&said, &place);
        let speaks = |s: &verdict::Saying| s.verdict != verdict::Verdict::Confirmed && s.weight > 1;
        free.push(!closes && !said.sayings.iter().any(speaks));
        if !closes {
            suspects.ask(&said, &place, &search);
        }
        suspects.touch(touched, at);
        suspects.find_in(row.text, row.line, row.when);
    }
    let mut head: Vec<String> = Vec::new();
    for (at, part) in parts.iter().enumerate().take(MOST) {
        match &part.shape {
            Shape::Row { cells, header: true } => head.clone_from(cells),
            Shape::Row { cells, .. } if table::is_of_suspects(&head) => {
                let said = table::read(&head, cells);
                suspects.hear(
                    &said,
                    &Place {
                        at: APART * (at + MOST),
                        row: false,
                        line: part.line,
                        when: None,
                        text: &part.text,
                    },
                );
            }
            // What stands under one heading is near.
            _ => {
                if !matches!(part.shape, Shape::Row { .. }) {
                    head.clear();
                }
                prose(part, APART * (MOST + part.group) + at, &mut suspects, claims);
            }
        }
    }
    let mut told = texts(&parts, &[Topic::Cause]);
    told.extend(texts(&parts, &[Topic::Trigger]));
    let mut from = cause::Origin::Section;
    if told.is_empty() {
        (told, from) = (texts(&parts, &[Topic::Factors]), cause::Origin::Factors);
    }
    if told.is_empty() {
        told = reason::sentence(document, &parts, claims).into_iter().collect();
        from = cause::Origin::Sentence;
    }
    let causes = cause::Causes { texts: told, from };
    let factors = cause::labelled_factors(&parts);
    let title = document.sections.iter().map(|s| s.heading.as_str()).find(|heading| !heading.is_empty());
    let voices = voices::Voices::of(rows, &parts, &causes.texts, title.unwrap_or_default());
    suspects.conclude(&causes, &voices, cause::before_the_fix(rows, &free), factors);
    suspects.found()
}

/// The texts of the parts on these topics.
fn texts(parts: &[Part], topics: &[Topic]) -> Vec<(u32, String)> {
    let on = |part: &&Part| part.topics.iter().any(|topic| topics.contains(topic));
    parts
        .iter()
        .filter(on)
        .take(60)
        .map(|part| (part.line, plain(&part.text)))
        .filter(|(_, text)| !text.is_empty())
        .collect()
}

/// A paragraph or an item besides the timeline.
fn prose(part: &Part, at: usize, suspects: &mut Suspects, claims: &mut Claims) {
    let has = |topics: &[Topic]| part.topics.iter().any(|topic| topics.contains(topic));
    let misled = has(&[Topic::Misleading]);
    let looked = misled || has(&[Topic::Investigation, Topic::Timeline]);
    let tried = has(&[Topic::Resolution, Topic::Workaround, Topic::WentWrong]);
    let other = part.topics.is_empty() && part.shape != Shape::Item || tried;
    let named = has(&[Topic::Summary, Topic::Cause, Topic::Trigger, Topic::Detection]);
    let doubts = part.shape == Shape::Prose && is_in_doubt(&part.text);
    if !looked && !other && !named && !doubts {
        return;
    }
    let text = match &part.shape {
        // "Checked the cache | fine"
        Shape::Row { cells, .. } => {
            cells.iter().map(|cell| plain(cell)).collect::<Vec<_>>().join(" \u{2013} ")
        }
        _ => plain(&part.text),
    };
    if text.is_empty() || overlooked(&text) {
        return;
    }
    // A paragraph may tell how the wrong way was found; of an item the label decides.
    let mut said = verdict::read(&text, misled && part.shape != Shape::Prose);
    if misled && part.shape == Shape::Prose && !verdict::mislead(&mut said) {
        said = verdict::read(&text, true);
    }
    if !looked && !other && !named {
        said.sayings.retain(|s| s.verdict == verdict::Verdict::Open && is_in_doubt(&s.text));
    } else if other {
        // No telling what such a text is about: only what it says in so many words.
        let plain = |s: &verdict::Saying| match s.verdict {
            verdict::Verdict::RuledOut => s.weight > 1 && !s.subject.is_empty(),
            verdict::Verdict::Open => s.weight > 2 && !tried || doubts && is_in_doubt(&s.text),
            verdict::Verdict::Confirmed => s.weight > 2,
        };
        said.sayings.retain(plain);
    } else if !looked {
        said.sayings.retain(|s| {
            // "It looked well from outside": of a cause it tells how it hid.
            let weak = s.weight < 3 && has(&[Topic::Cause, Topic::Trigger]) && !has(&[Topic::Summary]);
            !s.subject.is_empty()
                && match s.verdict {
                    verdict::Verdict::Open => is_in_doubt(&s.text),
                    verdict::Verdict::RuledOut => !weak,
                    verdict::Verdict::Confirmed => true,
                }
        });
    }
    if looked && part.shape == Shape::Item {
        listed(part, &text, &mut said);
    } else if looked {
        let kind = if text.len() < SHORT { Kind::Short } else { Kind::Long };
        answer::settle(&mut said, &text, named_above(&part.heading), kind);
    }
    let place = Place { at, row: false, line: part.line, when: None, text: &text };
    let kept = suspects.hear(&said, &place);
    suspects.weigh(&place, false);
    let whole = kept.as_deref().is_some_and(|reason| reason.trim() == text.trim());
    if misled && whole && part.shape == Shape::Item && !part.text.contains("](") {
        part.blocks.iter().for_each(|block| claims.claim(*block));
    }
}

/// An item that begins with a label is about that: "**Database**: connections and CPU were normal". Under a heading such as
/// "Hypotheses", an item that gives no verdict names a suspect.
fn listed(part: &Part, text: &str, said: &mut verdict::Said) {
    let heading = part.heading.to_lowercase();
    let suspects = SUSPECTS.iter().any(|word| heading.contains(word));
    let name = label(&part.text).filter(|(name, rest)| {
        !rest.is_empty()
            && Topic::all(name).is_empty()
            && verdict::read(name, false) == verdict::Said::default()
    });
    let subject = name.and_then(|(name, _)| noun::after(&name).into_iter().next());
    let settled = |s: &&mut verdict::Saying| s.verdict != verdict::Verdict::Open;
    if let Some(subject) = &subject
        && said.sayings.iter().all(|s| s.verdict != verdict::Verdict::Open)
    {
        let mut of_label = said.sayings.iter_mut().filter(settled);
        if let (Some(first), None) = (of_label.next(), of_label.next()) {
            first.subject.clone_from(subject);
            first.weight = first.weight.max(2);
        }
    }
    if suspects && said.sayings.iter().all(|s| s.subject.is_empty()) && part.depth == 0 {
        let subject = subject.clone().or_else(|| noun::clause(text).into_iter().next());
        said.sayings.extend(subject.map(|subject| verdict::Saying {
            verdict: verdict::Verdict::Open,
            subject,
            weight: 2,
            text: text.trim().to_owned(),
        }));
    }
    answer::settle(said, text, subject.map(Touched::inspected), Kind::Short);
}

/// What a heading lists suspects with.
const SUSPECTS: [&str; 8] =
    ["hypothes", "theor", "suspect", "suspicion", "assumption", "possible cause", "guess", "candidate"];

/// The suspect that a heading names: "Hypothesis 2: disk full".
fn named_above(heading: &str) -> Option<Touched> {
    static NAMES: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern::new(r"(?i)^\W*(?:\w+ )?(?:hypothes[ie]s|theory|suspect|suspicion|guess|idea|candidate|lead)(?: (?:#?\d+|[a-e]|one|two|three|four))? ?[:–—.-]+ +").ok()
    });
    let from = NAMES.as_ref()?.find(heading)?.end();
    noun::clause(heading.get(from..)?).into_iter().next().map(Touched::inspected)
}

/// Whether a sentence says that nobody knows to this day.
fn is_in_doubt(sentence: &str) -> bool {
    static DOUBT: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern::new(r"(?i)\b(?:to this day|(?:did not|didn't|never) (?:come|came|get|got) (?:a?round )?to|(?:did not|didn't|never|not) (?:been )?(?:test|check|verif|follow|look|pursu|examin|investigat)\w*(?: \w+)? (?:this|that|it|further|up|at any|any further)|no (?:instrument|way|means|tool|metrics?|access) to|still (?:not|unclear|unknown|do not|don't|open|a theory)|not (?:yet )?(?:clear|known|proven|confirmed|certain|sure|verified)|unclear|unproven|unconfirmed|unknown|(?:cannot|can't|could not|couldn't|can not) (?:yet )?(?:be |fully |completely )*(?:excluded|ruled out|rule out|prove\w*|confirm\w*|verif\w+|reproduce\w*|say|tell|find out)|no proof|(?:never|not|n't) f[io]u?nd out|under confirmation|unverified|undecided|plausible|not (?:been )?examined|not been (?:able|proven|confirmed))\b").ok()
    });
    DOUBT.as_ref().is_some_and(|rule| rule.is_match(sentence))
}

/// What nobody thought of was no suspicion.
fn overlooked(text: &str) -> bool {
    let lower = text.to_lowercase();
    [
        "overlooked",
        "ignored",
        "missed",
        "neglected",
        "did not consider",
        "didn't consider",
        "failed to consider",
        "never considered",
    ]
    .iter()
    .any(|word| lower.starts_with(word))
}

/// Whether two subjects are about the same thing: the words of one are among those of the other.
fn alike(one: &str, other: &str) -> bool {
    within(&words::key(one), &words::key(other))
}

fn within(a: &[String], b: &[String]) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    !short.is_empty() && short.iter().all(|w| long.contains(w))
}
