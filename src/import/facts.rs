//! The facts that a document tells besides its timeline: summary, impact, cause, how it was noticed and ended, what was
//! learned, who took part, where to read more. Each takes all of the words of its section; what has no field stays unclaimed.

mod beside;
mod duration;
mod front;
mod lessons;
mod people;
pub(super) mod reason;

use std::collections::HashSet;
use std::mem;
use std::sync::LazyLock;

use regex::Regex;

use super::document::{Claims, Document, plain};
use super::parts::{self, Part, Shape};
use super::sections::Topic;
use super::{Found, actions, impact};
use crate::import::pattern;
use crate::log::{Change, Fact, List};
use crate::model::doubt;
use crate::text::Raw;

pub use duration::doubt;

/// The most shares, counts and losses of one incident.
const MOST_NUMBERS: usize = 50;

/// What the sections of a document say, in its order, and claims the blocks whose words are all in it.
pub fn find(document: &Document, claims: &mut Claims) -> Vec<Found> {
    let parts = parts::of(document, claims);
    let mut reader = Reader { claims, found: Vec::new(), taken: Vec::new(), numbers: Vec::new() };
    let summed = parts.iter().any(|part| part.topics.contains(&Topic::Summary));
    let mut rest = parts.as_slice();
    while let Some(first) = rest.first() {
        let length = rest.iter().take_while(|part| part.group == first.group).count();
        let (group, after) = rest.split_at(length);
        reader.group(group, document, summed);
        rest = after;
    }
    let caused = reader.taken.iter().any(|taken| taken.fact == Fact::RootCause);
    let affected = reader.numbers.iter().any(has_percent);
    if !affected {
        reader.shares(&parts);
    }
    let mut found = reader.done();
    let no_action =
        |found: &[Found]| !found.iter().any(|found| matches!(found.change, Change::ActionAdded { .. }));
    if no_action(&found) {
        let last = actions::last(&parts, claims);
        // A lesson that is to be done is told once.
        let lines: HashSet<Option<u32>> = last.iter().map(|action| action.line).collect();
        found.retain(|found| !(lessons::is_one(&found.change) && lines.contains(&found.line)));
        found.extend(last);
    }
    if no_action(&found) {
        found.extend(actions::promised(&parts));
    }
    if let Some((line, text)) = (!caused).then(|| reason::sentence(document, &parts, claims)).flatten() {
        let change = Change::FactSet { fact: Fact::RootCause, text: Raw::new(text) };
        let doubt = Raw::new(format!("line {line}: {}: taken from this sentence", doubt::NO_CAUSE));
        let doubt = Change::ItemAdded { list: List::Warnings, text: doubt };
        found.extend([change, doubt].map(|change| Found { line: Some(line), change }));
    }
    found.extend(front::read(document, claims));
    found.extend(beside::links_of(document, claims));
    found.extend(beside::labels(document, &parts, claims));
    found.sort_by_key(|found| found.line);
    found
}

struct Reader<'a> {
    claims: &'a mut Claims,
    found: Vec<Found>,
    /// The fields that are taken.
    taken: Vec<Taken>,
    /// The shares, counts and losses so far.
    numbers: Vec<Change>,
}

/// A field that is taken.
struct Taken {
    fact: Fact,
    /// Where in `found`.
    at: usize,
    /// What different sections say of it.
    texts: Vec<String>,
    known: HashSet<String>,
}

impl Reader<'_> {
    /// What was found, each field with all its texts.
    fn done(mut self) -> Vec<Found> {
        for taken in mem::take(&mut self.taken) {
            if let Some(Found { change: Change::FactSet { text, .. }, .. }) = self.found.get_mut(taken.at) {
                *text = Raw::new(taken.texts.join("\n\n"));
            }
        }
        self.found
    }

    fn group(&mut self, parts: &[Part], document: &Document, summed: bool) {
        let Some(first) = parts.first() else { return };
        let topics = &first.topics;
        let has = |topic: Topic| topics.contains(&topic);
        if topics.iter().any(|topic| topic.is_to_do()) {
            self.found.extend(actions::of(parts, self.claims));
            return;
        }
        let loose = actions::loose::of(parts, self.claims);
        if !loose.is_empty() {
            self.found.extend(loose);
            let kept: Vec<Part> =
                parts.iter().filter(|p| !p.blocks.iter().all(|at| self.claims.has(*at))).cloned().collect();
            return self.group(&kept, document, summed);
        }
        if has(Topic::Impact) || has(Topic::Summary) || (topics.is_empty() && first.group <= 1) {
            self.numbers(parts, has(Topic::Impact));
        }
        if topics.is_empty() {
            let lead = !summed
                && document.sections.get(first.group).is_some_and(|s| s.level <= 1 && first.group <= 1);
            if lead {
                self.lead(parts);
            }
            return;
        }
        if has(Topic::Timeline) || has(Topic::Misleading) || has(Topic::Investigation) {
            return;
        }
        let lists = [Topic::WentWell, Topic::WentWrong, Topic::Lucky, Topic::Factors, Topic::Services];
        let lesson = (topics == &[Topic::Lessons]).then_some(&Topic::Lessons);
        if let Some(topic) = topics.iter().find(|topic| lists.contains(topic)).or(lesson) {
            self.items(*topic, has(Topic::Lucky), parts);
            return;
        }
        if has(Topic::Cause) && (has(Topic::Resolution) || has(Topic::Workaround)) {
            let end = if has(Topic::Resolution) { Fact::Fix } else { Fact::Workaround };
            self.cause_and_end(parts, end);
            return;
        }
        match topics[0] {
            Topic::Summary => self.fact(Fact::Summary, parts),
            Topic::Impact => self.fact(Fact::Impact, parts),
            Topic::Cause => self.cause(parts),
            Topic::Trigger => self.fact(Fact::Trigger, parts),
            Topic::Detection => self.fact(Fact::Detection, parts),
            Topic::Workaround => self.fact(Fact::Workaround, parts),
            Topic::Resolution => {
                let fact =
                    if is_temporary(&first.heading) { Fact::Workaround } else { ended_for(&flow(parts)) };
                self.fact(fact, parts);
            }
            Topic::Roles => {
                for role in people::roles(parts, self.claims) {
                    people::join(&mut self.found, role);
                }
            }
            _ => {}
        }
    }

    /// Sets a field to all the words of these parts; what the field has already stands before them. Of summaries only the first
    /// is one, and of tables none.
    fn fact(&mut self, fact: Fact, parts: &[Part]) {
        let parts: Vec<&Part> = parts
            .iter()
            .filter(|p| !matches!(p.shape, Shape::Row { .. }) || p.blocks.len() == 1 && two(p))
            .collect();
        let text = flow_of(&parts);
        let Some(first) = parts.first().filter(|_| !text.trim().is_empty()) else { return };
        match self.taken.iter_mut().find(|taken| taken.fact == fact) {
            Some(_) if fact == Fact::Summary => return,
            Some(taken) => {
                if taken.known.insert(text.clone()) {
                    taken.texts.push(text);
                }
            }
            None => {
                let known = HashSet::from([text.clone()]);
                self.taken.push(Taken { fact, at: self.found.len(), texts: vec![text], known });
                let change = Change::FactSet { fact, text: Raw::default() };
                self.found.push(Found { line: Some(first.line), change });
            }
        }
        for part in parts {
            part.blocks.iter().for_each(|block| self.claims.claim(*block));
        }
    }

    /// The first paragraphs of a document that has no summary: what stands under its title.
    fn lead(&mut self, parts: &[Part]) {
        let told: Vec<Part> = parts
            .iter()
            .take_while(|part| part.shape == Shape::Prose)
            .filter(|part| plain(&part.text).split_whitespace().count() >= 12)
            .cloned()
            .collect();
        self.fact(Fact::Summary, &told);
    }

    /// The cause; the items of a numbered list of labelled ones are factors, too.
    fn cause(&mut self, parts: &[Part]) {
        self.fact(Fact::RootCause, parts);
    }

    /// A section on both cause and end: the sentences from the first that tells of the end on are the end.
    fn cause_and_end(&mut self, parts: &[Part], end: Fact) {
        let (mut cause, mut over): (Vec<Part>, Vec<Part>) = (Vec::new(), Vec::new());
        for part in parts {
            if !over.is_empty() {
                over.push(part.clone());
                continue;
            }
            let Some(at) = tells_the_end(&part.text, cause.is_empty()) else {
                cause.push(part.clone());
                continue;
            };
            let (before, after) = part.text.split_at(at);
            let half = |text: &str| Part { text: text.trim().to_owned(), ..part.clone() };
            if !before.trim().is_empty() {
                cause.push(half(before));
            }
            over.push(half(after));
        }
        self.cause(&cause);
        if let Some(text) = (!over.is_empty()).then(|| flow(&over)) {
            let fact = if end == Fact::Fix { ended_for(&text) } else { end };
            self.fact(fact, &over);
        }
    }

    /// Shares, counts and losses.
    fn numbers(&mut self, parts: &[Part], of_impact: bool) {
        for part in parts.iter().filter(|part| !matches!(part.shape, Shape::Row { header: true, .. })) {
            let text = plain(&part.text);
            let said = impact::read(&text, of_impact);
            let affected = said.affected.into_iter().map(|affected| Change::AffectedAdded { affected });
            let losses = said
                .losses
                .into_iter()
                .map(|text| Change::ItemAdded { list: List::Losses, text: Raw::new(text) });
            for change in affected.chain(losses) {
                if self.numbers.len() < MOST_NUMBERS
                    && !self.numbers.iter().any(|other| same_number(other, &change))
                {
                    self.numbers.push(change.clone());
                    self.found.push(Found { line: Some(part.line), change });
                }
            }
        }
    }

    /// Shares of people or of what they asked for, wherever they stand.
    fn shares(&mut self, parts: &[Part]) {
        for part in parts.iter().filter(|part| !part.topics.iter().any(|topic| topic.is_to_do())) {
            let said = impact::people(&plain(&part.text));
            if let Some(affected) = said.into_iter().next() {
                self.found.push(Found { line: Some(part.line), change: Change::AffectedAdded { affected } });
                return;
            }
        }
    }

    /// The items of a list; where there are none, its paragraphs. A sentence that leads to the list is none of them.
    fn items(&mut self, topic: Topic, lucky_too: bool, parts: &[Part]) {
        let listed = parts.iter().any(|part| part.shape == Shape::Item);
        let mut last: Option<usize> = None;
        let least = parts.iter().filter(|p| p.shape == Shape::Item).map(|p| p.depth).min().unwrap_or(0);
        for part in parts {
            let text = plain(&part.text);
            let item = part.shape == Shape::Item || (!listed && part.shape == Shape::Prose) || two(part);
            if !item || text.is_empty() {
                continue;
            }
            part.blocks.iter().for_each(|block| self.claims.claim(*block));
            let below = part.shape == Shape::Item && part.depth > least;
            if below
                && let Some(Found { change: Change::ItemAdded { text: held, .. }, .. }) =
                    last.and_then(|at| self.found.get_mut(at))
            {
                *held = Raw::new(format!("{}\n- {text}", held.as_typed()));
                continue;
            }
            let list = match topic {
                Topic::Lessons => lessons::list(&text, &part.heading, part.under.as_deref()),
                Topic::WentWell if lucky_too && text.to_lowercase().contains("luck") => List::Lucky,
                Topic::WentWell => List::WentWell,
                Topic::WentWrong => List::WentWrong,
                Topic::Lucky => List::Lucky,
                Topic::Factors => List::Factors,
                _ => List::Services,
            };
            let names: Vec<&str> = if list == List::Services && !text.contains(['.', ':']) {
                text.split(", ").collect()
            } else {
                vec![text.as_str()]
            };
            for name in names {
                last = Some(self.found.len());
                let change = Change::ItemAdded { list, text: Raw::new(name) };
                self.found.push(Found { line: Some(part.line), change });
            }
        }
    }
}

fn has_percent(change: &Change) -> bool {
    matches!(change, Change::AffectedAdded { affected } if affected.percent.is_some())
}

/// A row of a table that was read as a label and its text.
fn two(part: &Part) -> bool {
    matches!(&part.shape, Shape::Row { cells, header: false } if cells.len() == 2)
}

/// The same share or loss, said again.
fn same_number(one: &Change, other: &Change) -> bool {
    match (one, other) {
        (Change::AffectedAdded { affected: a }, Change::AffectedAdded { affected: b }) => {
            a.percent == b.percent
                && a.count == b.count
                && (a.percent.is_some() || a.count.is_some() || a.text == b.text)
        }
        (
            Change::ItemAdded { list: List::Losses, text: a },
            Change::ItemAdded { list: List::Losses, text: b },
        ) => a == b,
        _ => false,
    }
}

/// Whether a text speaks of an end for the time being.
fn is_temporary(text: &str) -> bool {
    static WORDS: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern::new(r"(?i)\b(?:temporar\w+|work ?arounds?|stop ?gap|stop the bleeding|interim|for the time being|short[- ]term|as a quick fix|band-?aid)\b").ok()
    });
    WORDS.as_ref().is_some_and(|rule| rule.is_match(text))
}

/// A text on the end is of the lasting one, unless all it tells is temporary.
fn ended_for(text: &str) -> Fact {
    let lasting = text.to_lowercase();
    let both = ["permanent", "then", "long-term", "long term", "finally", "afterwards", "later"]
        .iter()
        .any(|w| lasting.contains(w));
    if is_temporary(text) && !both { Fact::Workaround } else { Fact::Fix }
}

/// Where in a text on the cause the first sentence begins that tells how it was ended. The `first` sentence of a section tells
/// of what was done only where it says so in so many words.
fn tells_the_end(text: &str, first: bool) -> Option<usize> {
    static WORDS: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern::new(r"(?i)\b(?:(?:was|were|been|is|be|we|i|team|engineers?) (?:\w+ )?(?:resolved|fixed|solved|corrected|repaired|remedied|mitigated|reverted|rolled back|patched|restored)|(?:resolution|the (?:\w+ )?(?:fix|solution|remedy))\b|to (?:fix|resolve|solve|remedy|prevent|mitigate|address) (?:this|it|the)|(?:resolved|fixed|solved) (?:the|this|it|by)|rolling back|rolled back)\b").ok()
    });
    static DEEDS: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern::new(r"(?i)\b(?:was|were|we|i|team|engineers?) (?:then |manually |immediately )?(?:installed|replaced|restarted|renewed|rebuilt|increased|killed|deleted|reconfigured|upgraded|moved|cleared|added|adjusted|raised|changed)\b").ok()
    });
    let tells =
        |rule: &LazyLock<Option<Regex>>, text: &str| rule.as_ref().is_some_and(|rule| rule.is_match(text));
    let mut from = 0;
    for (number, sentence) in super::hypotheses::verdict::sentences(text).into_iter().enumerate() {
        let at = text[from..].find(sentence).map_or(from, |at| from + at);
        if tells(&WORDS, sentence) || (!(first && number == 0) && tells(&DEEDS, sentence)) {
            return Some(at);
        }
        from = at + sentence.len();
    }
    None
}

fn flow(parts: &[Part]) -> String {
    flow_of(&parts.iter().collect::<Vec<_>>())
}

/// The words of parts as one text: paragraphs apart, items with a dash.
fn flow_of(parts: &[&Part]) -> String {
    let mut out = String::new();
    let mut named: HashSet<&str> = HashSet::new();
    let lone = parts.len() == 1;
    let least = parts.iter().filter(|p| p.shape == Shape::Item).map(|p| p.depth).min().unwrap_or(0);
    for (at, part) in parts.iter().enumerate() {
        let heading = part.under.as_deref().filter(|name| named.insert(name));
        if let Some(name) = heading {
            out.push_str(if out.is_empty() { "" } else { "\n\n" });
            out.push_str(name.trim_end_matches(':'));
            out.push(':');
        }
        let text = plain(&part.text);
        if text.is_empty() {
            continue;
        }
        let first_of_label = at == 0
            && part.shape == Shape::Item
            && parts.len() > 1
            && parts[1].shape == Shape::Item
            && parts[1].depth > part.depth;
        let item = part.shape == Shape::Item && !lone && !first_of_label;
        let gap = match (out.is_empty(), item) {
            (true, _) => "",
            (false, true) => "\n",
            (false, false) => "\n\n",
        };
        out.push_str(gap);
        if item {
            out.extend(std::iter::repeat_n("  ", usize::from((part.depth - least).min(8))));
            out.push_str("- ");
        }
        out.push_str(&text);
    }
    out
}
