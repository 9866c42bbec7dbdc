//! What is looked for in a timeline: words, phrases in quotes, #tags, @people, who logged it, from when to when, and
//! whether only key entries count.

use std::cmp::Reverse;
use std::ops::Range;

use regex::{Regex, RegexBuilder};

use super::args::Args;
use super::{GrammarError, Times};
use crate::model::{Entry, Instant, Moment, Zone};
use crate::text::{Raw, quotes};

/// What is looked for: an entry is found where all of it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    typed: Raw,
    terms: Vec<Term>,
}

/// A part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Term {
    /// Stands in the text, in any case.
    Word(Word),
    /// Is a tag of the entry.
    Tag(Name),
    /// Is named by the entry.
    Person(Name),
    /// Has logged it.
    By(Name),
    /// It did not end before.
    From(Instant),
    /// It had begun by then.
    To(Instant),
    /// It is marked ★.
    Key,
}

impl Term {
    /// Whether this holds of no entry of which the other does not.
    fn implies(&self, wider: &Self) -> bool {
        match (self, wider) {
            // Each character of a word stands for itself, an escape before it or not.
            (Self::Word(word), Self::Word(part)) => word.0.as_str().contains(part.0.as_str()),
            _ => self == wider,
        }
    }
}

/// A word or a phrase.
#[derive(Clone, Debug)]
struct Word(Regex);

/// The name of a tag or a person.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Name {
    /// In lower case.
    folded: String,
    /// It may go on: it was typed last.
    unfinished: bool,
    /// Where it stands in a text.
    mark: Word,
}

impl PartialEq for Word {
    fn eq(&self, other: &Self) -> bool {
        self.0.as_str() == other.0.as_str()
    }
}

impl Eq for Word {}

impl Word {
    fn read(text: &str, span: Range<usize>) -> Result<Self, GrammarError> {
        let word = RegexBuilder::new(&regex::escape(text)).case_insensitive(true).build();
        let too_long =
            |_| GrammarError::new(span, "this is too long to be looked for", "look for less of it");
        word.map(Self).map_err(too_long)
    }

    fn stands_in(&self, text: &Raw) -> bool {
        // A word is found, too, with something in it that is not seen.
        self.0.is_match(text.as_typed()) || text.laid_bare().is_some_and(|bare| self.0.is_match(&bare))
    }
}

impl Name {
    fn is(&self, name: &Raw) -> bool {
        let name = name.as_typed().to_lowercase();
        if self.unfinished { name.starts_with(&self.folded) } else { name == self.folded }
    }
}

impl Wanted {
    /// Reads what follows `/find`; none where that is nothing yet.
    pub(super) fn read(args: &Args<'_>, times: &Times<'_>) -> Result<Option<Self>, GrammarError> {
        let mut reader = Reader { line: args.line, end: args.span().end, times, terms: Vec::new() };
        for (at, piece, is_phrase) in quotes::apart(args.text()) {
            let from = args.begin() + at;
            if is_phrase {
                reader.phrase(from..from + piece.len())?;
            } else {
                reader.words(from..from + piece.len())?;
            }
        }
        let terms = reader.terms;
        Ok((!terms.is_empty()).then(|| Self { typed: Raw::new(args.text()), terms }))
    }

    /// As it was typed.
    pub fn typed(&self) -> &Raw {
        &self.typed
    }

    /// Whether an entry is meant. A time that has no zone is taken for one in `zone`.
    pub fn finds(&self, entry: &Entry, zone: &Zone) -> bool {
        self.terms.iter().all(|term| match term {
            Term::Word(word) => word.stands_in(&entry.text),
            Term::Tag(name) => entry.tags.iter().any(|tag| name.is(tag)),
            Term::Person(name) => entry.people.iter().any(|person| name.is(person)),
            Term::By(name) => name.is(&entry.by),
            Term::From(from) => {
                entry.until.as_deref().unwrap_or(&entry.at).about(zone).is_some_and(|at| at >= *from)
            }
            Term::To(to) => entry.at.about(zone).is_some_and(|at| at <= *to),
            Term::Key => entry.key,
        })
    }

    /// Whether all that this finds is found by the other, too: as it is while a person goes on typing.
    pub fn is_within(&self, wider: &Self) -> bool {
        wider.terms.iter().all(|wide| self.terms.iter().any(|term| term.implies(wide)))
    }

    /// Where what is looked for stands in a text, in bytes; in order, none within another.
    pub fn hits(&self, text: &str) -> Vec<Range<usize>> {
        let words = self.terms.iter().filter_map(|term| match term {
            Term::Word(word) => Some(word),
            Term::Tag(name) | Term::Person(name) => Some(&name.mark),
            Term::By(_) | Term::From(_) | Term::To(_) | Term::Key => None,
        });
        let mut hits: Vec<Range<usize>> =
            words.flat_map(|word| word.0.find_iter(text).map(|hit| hit.range())).collect();
        hits.sort_by_key(|hit| (hit.start, Reverse(hit.end)));
        let mut end = 0;
        hits.retain_mut(|hit| {
            hit.start = hit.start.max(end);
            end = end.max(hit.end);
            hit.start < hit.end
        });
        hits
    }
}

/// Takes a line apart.
struct Reader<'a> {
    line: &'a str,
    /// Where what is looked for ends.
    end: usize,
    times: &'a Times<'a>,
    terms: Vec<Term>,
}

impl Reader<'_> {
    fn phrase(&mut self, span: Range<usize>) -> Result<(), GrammarError> {
        let text = self.line[span.clone()].trim();
        if !Raw::new(text).is_blank() {
            self.terms.push(Term::Word(Word::read(text, span)?));
        }
        Ok(())
    }

    /// What stands between phrases: word for word, but that a time may have blanks in it.
    fn words(&mut self, span: Range<usize>) -> Result<(), GrammarError> {
        let mut at = span.start;
        loop {
            let rest = &self.line[at..span.end];
            at += rest.len() - rest.trim_start().len();
            let rest = &self.line[at..span.end];
            let Some(word) = rest.split_whitespace().next() else { return Ok(()) };
            at = self.word(word, at)?;
        }
    }

    /// Reads what begins with this word, and gives where it ends.
    fn word(&mut self, word: &str, at: usize) -> Result<usize, GrammarError> {
        let end = at + word.len();
        if Raw::new(word).is_blank() {
            return Ok(end);
        }
        let unfinished = end == self.end;
        let name = |name: &str| {
            let mark = Word::read(if word.starts_with(['#', '@']) { word } else { name }, at..end)?;
            Ok(Name { folded: name.to_lowercase(), unfinished, mark })
        };
        let term = match word.split_once(':') {
            Some((key, _)) if is(key, "from") || is(key, "to") => {
                return self.time(is(key, "from"), at + key.len() + 1);
            }
            Some((key, "")) if is(key, "by") => return Ok(end),
            Some((key, by)) if is(key, "by") => Term::By(name(by.trim_start_matches('@'))?),
            Some((key, "")) if is(key, "star") || is(key, "key") => Term::Key,
            _ if word == "★" => Term::Key,
            _ if word.contains("..") => return self.range(word, at),
            _ => match (word.strip_prefix('#'), word.strip_prefix('@')) {
                (Some(tag), _) if !tag.is_empty() => Term::Tag(name(tag)?),
                (_, Some(person)) if !person.is_empty() => Term::Person(name(person)?),
                _ => Term::Word(Word::read(word, at..end)?),
            },
        };
        self.terms.push(term);
        Ok(end)
    }

    /// The time behind `from:` or `to:`.
    fn time(&mut self, is_from: bool, at: usize) -> Result<usize, GrammarError> {
        if let Some((moment, end)) = self.times.read_leading(self.line, at)? {
            self.terms.extend(limit(&moment, is_from));
            return Ok(end);
        }
        let word =
            self.line[at..self.end].split_whitespace().next().filter(|_| !self.line[at..].starts_with(' '));
        match word {
            // Nothing yet.
            None => Ok(at),
            Some(word) => Err(GrammarError::new(
                at..at + word.len(),
                "a time is missing here",
                "write it as from:10:40, from:-30m or to:3:15pm; in quotes it is text",
            )),
        }
    }

    /// `10:40..10:55`, or a word with two dots in it.
    fn range(&mut self, word: &str, at: usize) -> Result<usize, GrammarError> {
        match self.times.read_leading(self.line, at)? {
            Some((moment, end)) => {
                self.terms.extend(limit(&moment, true));
                let until = moment.until.map(|until| Moment { at: until, ..moment });
                self.terms.extend(until.and_then(|until| limit(&until, false)));
                Ok(end)
            }
            None => {
                self.terms.push(Term::Word(Word::read(word, at..at + word.len())?));
                Ok(at + word.len())
            }
        }
    }
}

/// From a time, or to the end of it: of the minute, where no second was written.
fn limit(moment: &Moment, is_from: bool) -> Option<Term> {
    if is_from { moment.at.instant().map(Term::From) } else { moment.last().map(Term::To) }
}

fn is(key: &str, name: &str) -> bool {
    key.eq_ignore_ascii_case(name)
}
