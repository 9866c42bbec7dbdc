//! What is searched for: words and their other names, phrases in quotes, a last word that may be unfinished, and words that
//! must not stand there.

use std::ops::Range;

use super::passage::Part;
use super::subject::Subjects;
use super::words::{Token, tokens};
use crate::text::{Raw, quotes};

/// The most words that are looked for: more were pasted by mistake.
const MOST: usize = 32;
/// The shortest beginning of a word that is looked for as one, in characters: shorter ones begin half of all words.
const SHORTEST: usize = 2;
/// The shortest last word of another name that is found in a longer one, in characters: it may be the plural.
const STEM: usize = 5;

/// A word, or several in a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// The tokens, in a row.
    pub tokens: Vec<String>,
    /// The last of them may go on.
    pub unfinished: bool,
    /// It stands in quotes: only as it is written.
    pub quoted: bool,
    /// Other names of it, each as good.
    pub also: Vec<Term>,
}

/// What is searched for: all terms have to be found, wherever in the incident.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// The terms.
    pub terms: Vec<Term>,
    /// None of these stands in it.
    pub without: Vec<Term>,
    /// How many words were left out, being too many.
    pub left_out: usize,
}

impl Query {
    /// Reads what was typed. Nothing in it is a command: whatever is no letter, digit or quote parts words.
    pub fn read(typed: &Raw) -> Self {
        let bare = typed.laid_bare();
        let text = bare.as_deref().unwrap_or(typed.as_typed());
        let (mut terms, mut without) = (Vec::new(), Vec::new());
        let mut pieces = quotes::apart(text).peekable();
        while let Some((_, piece, is_phrase)) = pieces.next() {
            if is_phrase {
                terms.extend(phrase(piece).map(|term| Term { quoted: true, ..term }));
            } else {
                for word in piece.split_whitespace() {
                    match word.strip_prefix('-').filter(|rest| rest.starts_with(char::is_alphabetic)) {
                        Some(rest) => without.extend(phrase(rest)),
                        None => terms.extend(phrase(word)),
                    }
                }
            }
            let is_last = pieces.peek().is_none();
            let last_word = piece.split_whitespace().next_back().unwrap_or_default();
            let goes_on =
                is_last && piece.ends_with(|c: char| c.is_alphanumeric()) && !last_word.starts_with('-');
            if let Some(last) = terms.last_mut().filter(|_| goes_on) {
                let length = last.tokens.last().map_or(0, |token| token.chars().count());
                last.unfinished = length >= SHORTEST;
            }
        }
        let left_out = terms.len().saturating_sub(MOST);
        terms.truncate(MOST);
        without.truncate(MOST);
        Self { terms, without, left_out }
    }

    /// The same, in which the other names of what it names are found, too: `haproxy` where a team calls its load balancer so.
    /// What stands in quotes has no other name.
    #[must_use]
    pub fn with_names(mut self, subjects: &Subjects) -> Self {
        for at in 0..self.terms.len() {
            // The longest name that begins here.
            let rest = &self.terms[at..];
            let words = rest.iter().take_while(|term| !term.quoted && term.tokens.len() == 1).count();
            let named = (1..=words).rev().find_map(|length| {
                let words: Vec<&str> = rest[..length].iter().map(|term| term.tokens[0].as_str()).collect();
                let forms = subjects.forms(&words.join(" "));
                (!forms.is_empty()).then_some((length, forms))
            });
            let Some((length, forms)) = named else { continue };
            for term in &mut self.terms[at..at + length] {
                if term.also.is_empty() {
                    term.also = forms.iter().filter_map(|form| phrase(form)).map(Term::into_stem).collect();
                }
            }
        }
        self
    }

    /// Whether there is nothing to look for.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// The query in the language of the database, in which each term is a string: no word can be taken for an operator. With
    /// `parts`, the words have to stand in one of these.
    pub(super) fn for_index(&self, parts: &[Part]) -> String {
        let parts: Vec<&str> = parts.iter().map(|part| part.column()).collect();
        let within = if parts.is_empty() { String::new() } else { format!("{{{}}} : ", parts.join(" ")) };
        let wanted: Vec<String> = self.terms.iter().map(Term::for_index).collect();
        let without = self.without.iter().map(|term| format!(" NOT {}", term.for_index()));
        format!("({within}({})){}", wanted.join(" AND "), without.collect::<String>())
    }

    /// Where the terms stand in a text, in bytes, and which terms they are; in order.
    pub fn hits(&self, text: &str) -> Vec<(usize, Range<usize>)> {
        let tokens = tokens(text);
        let mut hits: Vec<(usize, Range<usize>)> = Vec::new();
        for at in 0..tokens.len() {
            for (nth, term) in self.terms.iter().enumerate() {
                if let Some(end) = term.stands(&tokens[at..]) {
                    hits.push((nth, tokens[at].span.start..end));
                    break;
                }
            }
        }
        hits
    }
}

impl Term {
    fn into_stem(self) -> Self {
        let length = self.tokens.last().map_or(0, |token| token.chars().count());
        Self { unfinished: length >= STEM, ..self }
    }

    fn for_index(&self) -> String {
        // Tokens have no quotes in them.
        let string = |term: &Self| {
            let star = if term.unfinished { " *" } else { "" };
            format!("\"{}\"{star}", term.tokens.join(" "))
        };
        let strings: Vec<String> = std::iter::once(self).chain(&self.also).map(string).collect();
        if strings.len() == 1 { strings.concat() } else { format!("({})", strings.join(" OR ")) }
    }

    /// Where the term ends that these tokens begin with, by any of its names.
    fn stands(&self, tokens: &[Token]) -> Option<usize> {
        self.stands_so(tokens).or_else(|| self.also.iter().find_map(|other| other.stands_so(tokens)))
    }

    fn stands_so(&self, tokens: &[Token]) -> Option<usize> {
        let here = tokens.get(..self.tokens.len())?;
        let last = self.tokens.len().checked_sub(1)?;
        let same = here.iter().zip(&self.tokens).enumerate().all(|(nth, (token, wanted))| {
            token.folded == *wanted
                || (self.unfinished && nth == last && token.folded.starts_with(wanted.as_str()))
        });
        same.then(|| here[last].span.end)
    }
}

fn phrase(text: &str) -> Option<Term> {
    let tokens: Vec<String> = tokens(text).into_iter().map(|token| token.folded).collect();
    let has_any = !tokens.is_empty();
    has_any.then(|| Term { tokens, unfinished: false, quoted: false, also: Vec::new() })
}
