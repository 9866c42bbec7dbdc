//! What is searched for: words, phrases in quotes, and a last word that may be unfinished.

use std::ops::Range;

use super::words::{Token, tokens};
use crate::text::{Raw, quotes};

/// The most words that are looked for: more were pasted by mistake.
const MOST: usize = 32;
/// The shortest beginning of a word that is looked for as one, in characters: shorter ones begin half of all words.
const SHORTEST: usize = 2;

/// A word, or several in a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// The tokens, in a row.
    pub tokens: Vec<String>,
    /// The last of them may go on.
    pub unfinished: bool,
}

/// What is searched for: all terms have to be found, wherever in the incident.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// The terms.
    pub terms: Vec<Term>,
    /// How many words were left out, being too many.
    pub left_out: usize,
}

impl Query {
    /// Reads what was typed. Nothing in it is a command: whatever is no letter, digit or quote parts words.
    pub fn read(typed: &Raw) -> Self {
        let bare = typed.laid_bare();
        let text = bare.as_deref().unwrap_or(typed.as_typed());
        let mut terms = Vec::new();
        let mut pieces = quotes::apart(text).peekable();
        while let Some((_, piece, is_phrase)) = pieces.next() {
            if is_phrase {
                terms.extend(phrase(piece));
            } else {
                terms.extend(piece.split_whitespace().filter_map(phrase));
            }
            let is_last = pieces.peek().is_none();
            let goes_on = is_last && piece.ends_with(|c: char| c.is_alphanumeric());
            if let Some(last) = terms.last_mut().filter(|_| goes_on) {
                let length = last.tokens.last().map_or(0, |token| token.chars().count());
                last.unfinished = length >= SHORTEST;
            }
        }
        let left_out = terms.len().saturating_sub(MOST);
        terms.truncate(MOST);
        Self { terms, left_out }
    }

    /// Whether there is nothing to look for.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// The query in the language of the database, in which each term is a string: no word can be taken for an operator.
    pub(super) fn for_index(&self) -> String {
        let strings = self.terms.iter().map(|term| {
            // Tokens have no quotes in them.
            let star = if term.unfinished { " *" } else { "" };
            format!("\"{}\"{star}", term.tokens.join(" "))
        });
        strings.collect::<Vec<_>>().join(" AND ")
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
    /// Where the term ends that these tokens begin with.
    fn stands(&self, tokens: &[Token]) -> Option<usize> {
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
    (!tokens.is_empty()).then_some(Term { tokens, unfinished: false })
}
