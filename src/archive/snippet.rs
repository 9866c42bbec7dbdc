//! Snippets: the passages of an incident in which the words stand that were searched for, cut to what is worth showing.

use std::collections::HashSet;
use std::ops::Range;

use super::passage::{Part, Passage};
use super::query::Query;
use crate::model::Id;
use crate::text::Raw;

/// How many are shown of an incident at most.
const MOST: usize = 3;
/// How much of a text is shown, in characters, and how much of that before the first word found.
const SHOWN: usize = 140;
const LEAD: usize = 40;

/// Which term stands where in a text, in bytes.
type Place = (usize, Range<usize>);

/// A part of a text with what was found in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snippet {
    /// What kind of text it is from.
    pub part: Part,
    /// Where that stands.
    pub place: Raw,
    /// What it belongs to, where that has an id.
    pub id: Option<Id>,
    /// The part of the text in pieces; whether each was searched for.
    pub pieces: Vec<(Raw, bool)>,
}

/// The best snippets of these passages: those with words that no earlier one has come first, and of equals those that say
/// most.
pub fn snippets(passages: &[Passage], query: &Query) -> Vec<Snippet> {
    let mut found: Vec<(&Passage, String, Vec<Place>)> = Vec::new();
    for passage in passages {
        let bare = passage.text.laid_bare();
        let text = bare.unwrap_or_else(|| passage.text.as_typed().to_owned());
        let hits = query.hits(&text);
        if !hits.is_empty() {
            found.push((passage, text, hits));
        }
    }
    let mut covered: HashSet<usize> = HashSet::new();
    let mut best = Vec::new();
    while best.len() < MOST && !found.is_empty() {
        let fresh = |hits: &[Place]| {
            hits.iter()
                .map(|(term, _)| *term)
                .filter(|term| !covered.contains(term))
                .collect::<HashSet<_>>()
                .len()
        };
        let most = found.iter().map(|(.., hits)| fresh(hits)).max().unwrap_or_default();
        let nth = found.iter().position(|(.., hits)| fresh(hits) == most).unwrap_or_default();
        let (passage, text, hits) = found.remove(nth);
        covered.extend(hits.iter().map(|(term, _)| *term));
        let pieces = pieces(&text, &hits);
        best.push(Snippet { part: passage.part, place: passage.place.clone(), id: passage.id, pieces });
    }
    best
}

/// The text around the first hit, in pieces.
fn pieces(text: &str, hits: &[Place]) -> Vec<(Raw, bool)> {
    let first = hits.first().map_or(0, |(_, span)| span.start);
    let from = if text.chars().count() <= SHOWN { 0 } else { begin(text, first) };
    let until = text[from..].char_indices().nth(SHOWN).map_or(text.len(), |(at, _)| from + at);
    let mut pieces = Vec::new();
    let mut at = from;
    let mut push = |words: &str, found: bool| {
        if !words.is_empty() {
            pieces.push((Raw::new(words), found));
        }
    };
    push(if from > 0 { "…" } else { "" }, false);
    for (_, span) in hits.iter().filter(|(_, span)| span.end <= until) {
        // Two hits may share words: a phrase, and a word of it.
        if span.start >= at {
            push(&text[at..span.start], false);
            push(&text[span.clone()], true);
            at = span.end;
        }
    }
    push(&text[at..until], false);
    push(if until < text.len() { "…" } else { "" }, false);
    pieces
}

/// Where the words before the first hit begin.
fn begin(text: &str, first: usize) -> usize {
    let from = text[..first].char_indices().rev().nth(LEAD).map_or(0, |(at, _)| at);
    if from == 0 {
        return 0;
    }
    let blank = text[from..first].find(char::is_whitespace).map_or(from, |at| from + at);
    blank + text[blank..first].len() - text[blank..first].trim_start().len()
}
