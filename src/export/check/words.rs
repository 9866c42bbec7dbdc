//! The words of a text that are its author's own: not what is quoted, code, an address or a tag.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation as _;

use crate::text::marks::{self, Mark};

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// Where it stands, in bytes.
    pub(super) span: Range<usize>,
    /// In small letters, with straight apostrophes. That of a person begins with `@`.
    pub(super) lower: String,
    /// Whether only blanks or a hyphen part it from the word before it.
    joined: bool,
}

/// A text and its words.
#[derive(Clone, Debug)]
pub(super) struct Words<'a> {
    pub(super) text: &'a str,
    words: Vec<Word>,
}

impl<'a> Words<'a> {
    /// Reads them.
    pub(super) fn of(text: &'a str) -> Self {
        let quiet = quiet(text);
        let people: Vec<Range<usize>> = marks::spans(text)
            .into_iter()
            .filter(|(_, mark)| *mark == Mark::Person)
            .map(|(span, _)| span)
            .collect();
        let (mut next_quiet, mut next_person) = (0, 0);
        let mut words: Vec<Word> = Vec::new();
        for (at, word) in text.unicode_word_indices() {
            let mut span = at..at + word.len();
            while quiet.get(next_quiet).is_some_and(|range| range.end <= span.start) {
                next_quiet += 1;
            }
            if quiet.get(next_quiet).is_some_and(|range| range.start < span.end) {
                continue;
            }
            while people.get(next_person).is_some_and(|range| range.end <= span.start) {
                next_person += 1;
            }
            let person = people
                .get(next_person)
                .is_some_and(|range| range.start < span.start && span.start < range.end);
            if person {
                let whole = people[next_person].clone();
                if words.last().is_some_and(|last| last.span == whole) {
                    continue;
                }
                span = whole;
            }
            let joined = words.last().is_some_and(|last| {
                let between = &text[last.span.end.min(span.start)..span.start];
                between.chars().all(|c| c.is_whitespace() || matches!(c, '-' | '\u{2011}'))
            });
            let lower = text[span.clone()].to_lowercase().replace('\u{2019}', "'");
            words.push(Word { span, lower, joined });
        }
        Self { text, words }
    }

    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    /// The word at a place, in small letters; empty beyond the last.
    pub(super) fn at(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |word| word.lower.as_str())
    }

    /// Where a word stands.
    pub(super) fn span(&self, at: usize) -> Range<usize> {
        self.words.get(at).map_or(self.text.len()..self.text.len(), |word| word.span.clone())
    }

    /// Where the words from one to another stand, both with it.
    pub(super) fn spans(&self, from: usize, to: usize) -> Range<usize> {
        self.span(from).start..self.span(to).end
    }

    /// A word as it was typed.
    pub(super) fn typed(&self, at: usize) -> &'a str {
        &self.text[self.span(at)]
    }

    /// The word that follows on this one in the same breath; empty where there is none.
    pub(super) fn next(&self, at: usize) -> &str {
        self.words.get(at + 1).filter(|word| word.joined).map_or("", |word| word.lower.as_str())
    }

    /// The word before this one in the same breath; empty where there is none.
    pub(super) fn before(&self, at: usize) -> &str {
        let joined = self.words.get(at).is_some_and(|word| word.joined);
        if joined && at > 0 { self.at(at - 1) } else { "" }
    }

    /// Whether one of `these` stands among the `most` words before this one, all in one breath.
    pub(super) fn before_is(&self, at: usize, most: usize, these: impl Fn(&str) -> bool) -> bool {
        let mut at = at;
        for _ in 0..most {
            let before = self.before(at);
            if before.is_empty() {
                return false;
            }
            if these(before) {
                return true;
            }
            at -= 1;
        }
        false
    }

    /// Whether these words follow on the one at a place; then the place of the last.
    pub(super) fn follow(&self, at: usize, these: &[&str]) -> Option<usize> {
        let all = these.iter().enumerate().all(|(nth, word)| self.next(at + nth) == *word);
        all.then_some(at + these.len())
    }

    /// The place after the words that only colour: `could [easily] have [also] been`.
    pub(super) fn past_adverbs(&self, at: usize) -> usize {
        let mut at = at;
        while let next = self.next(at)
            && (ADVERBS.contains(&next) || next.len() > 4 && next.ends_with("ly"))
        {
            at += 1;
        }
        at
    }

    /// Whether they are words of another language than English; `else_is` where they do not tell.
    pub(super) fn are_foreign(&self, else_is: bool) -> bool {
        let (english, foreign) = self.votes();
        if english == 0 && foreign == 0 { else_is || self.len() >= LONG } else { foreign > english }
    }

    /// How many of the words only English has, and how many only other languages have.
    pub(super) fn votes(&self) -> (usize, usize) {
        let count = |these: &[&str]| self.words.iter().filter(|w| these.contains(&w.lower.as_str())).count();
        let other_script = |w: &&Word| !w.lower.chars().any(|c| c.is_ascii_alphanumeric());
        (count(ENGLISH), count(FOREIGN) + self.words.iter().filter(other_script).count())
    }
}

/// An English text of so many words has one that only English has.
const LONG: usize = 9;

const ADVERBS: &[&str] = &[
    "also", "at", "least", "not", "never", "even", "still", "perhaps", "then", "simply", "just", "well",
    "soon",
];

/// Short words of English that no other language around has in the same letters.
const ENGLISH: &[&str] = &[
    "the", "of", "and", "to", "with", "is", "for", "that", "this", "by", "from", "were", "had", "not", "it",
    "at", "be", "are", "we", "when", "which", "after", "before", "has", "have", "been", "their", "our",
    "should", "could",
];

/// Short words that other languages have and English has not.
const FOREIGN: &[&str] = &[
    "der", "das", "und", "nicht", "ist", "mit", "für", "von", "wurde", "eine", "auf", "durch", "le", "les",
    "est", "pas", "pour", "une", "dans", "sur", "el", "los", "las", "que", "por", "una", "del", "il",
    "della", "sono", "che", "het", "een", "niet", "voor", "och", "att", "som", "inte", "não", "uma", "para",
    "è", "w", "się", "nie",
];

/// The parts of a text that are not its author's words, in order and apart.
fn quiet(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    found.extend(code(text));
    found.extend(quoted(text));
    found.extend(marks::spans(text).into_iter().filter(|(_, mark)| *mark == Mark::Tag).map(|(span, _)| span));
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if line.trim_start().starts_with('>') {
            found.push(at..at + line.len());
        }
        at += line.len();
    }
    let mut from = 0;
    for piece in text.split_inclusive(char::is_whitespace) {
        if is_no_prose(piece.trim_end()) {
            found.push(from..from + piece.len());
        }
        from += piece.len();
    }
    found.sort_by_key(|range| range.start);
    let mut apart: Vec<Range<usize>> = Vec::with_capacity(found.len());
    for range in found {
        match apart.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => apart.push(range),
        }
    }
    apart
}

/// An address, a path, a setting, a name from a program.
fn is_no_prose(piece: &str) -> bool {
    let piece = piece.trim_start_matches(['(', '[', '"', '\'']);
    piece.contains("://")
        || piece.starts_with("www.")
        || piece.starts_with(['/', '~', '$'])
        || piece.starts_with("./")
        || piece.starts_with("--")
        || piece.contains(['_', '=', '\\', '{', '<'])
        || piece.contains("::")
        || piece.contains("()")
        || piece.matches('/').count() > 1
        || piece.contains('/') && piece.trim_end_matches(['.', '!', '?', ')']).contains('.')
}

/// Between backticks, as many as began it.
fn code(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut runs: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while let Some(begin) = bytes[at..].iter().position(|b| *b == b'`').map(|found| at + found) {
        let length = bytes[begin..].iter().take_while(|b| **b == b'`').count();
        runs.push(begin..begin + length);
        at = begin + length;
    }
    // For each run the next one of its length, found from the end: a text of backticks takes linear time.
    let mut next_of: std::collections::HashMap<usize, usize> = std::collections::HashMap::new();
    let mut closes = vec![None; runs.len()];
    for (nth, run) in runs.iter().enumerate().rev() {
        closes[nth] = next_of.insert(run.len(), nth);
    }
    let (mut found, mut nth) = (Vec::new(), 0);
    while nth < runs.len() {
        let fence = runs[nth].len() >= 3;
        match closes[nth] {
            Some(close) => {
                found.push(runs[nth].start..runs[close].end);
                nth = close + 1;
            }
            None if fence => {
                found.push(runs[nth].start..text.len());
                break;
            }
            None => nth += 1,
        }
    }
    found
}

/// Between quotation marks of one kind, within one paragraph.
fn quoted(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut open: Option<(usize, char)> = None;
    let mut before = ' ';
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let after = chars.peek().map_or(' ', |(_, next)| *next);
        match open {
            Some(_) if c == '\n' && after == '\n' => open = None,
            Some((from, end)) if c == end && !after.is_alphanumeric() => {
                found.push(from..at + c.len_utf8());
                open = None;
            }
            Some(_) => {}
            None => {
                let fresh = !before.is_alphanumeric();
                let end = match c {
                    '"' if fresh => Some('"'),
                    '\'' if fresh && !after.is_whitespace() => Some('\''),
                    '\u{201c}' => Some('\u{201d}'),
                    '\u{201e}' => Some('\u{201c}'),
                    '\u{2018}' => Some('\u{2019}'),
                    '«' => Some('»'),
                    _ => None,
                };
                open = end.map(|end| (at, end));
            }
        }
        before = c;
    }
    found
}
