//! Whether two texts speak of the same: the words they have in common, without their endings.

use std::collections::BTreeSet;

use super::words::Words;

/// Words that say nothing about what a text is about.
const EMPTY: &[&str] = &[
    "the", "and", "for", "with", "was", "were", "are", "had", "has", "have", "been", "not", "that", "this",
    "from", "into", "its", "all", "any", "but", "when", "which", "who", "than", "then", "there", "their",
    "them", "they", "our", "out", "too", "one", "two", "did", "does", "after", "before", "because", "while",
    "about", "more", "most", "only", "also", "each", "every", "some", "such", "over", "under", "could",
    "would", "should", "will", "can", "add", "make", "made", "new", "use", "used", "been", "being", "during",
    "without", "until", "what", "where",
];

/// The stems of the words that carry meaning.
pub(super) fn stems(words: &Words<'_>) -> BTreeSet<String> {
    (0..words.len())
        .map(|at| words.at(at))
        .filter(|word| word.chars().count() > 2 && !EMPTY.contains(word))
        .map(stem)
        .collect()
}

/// A word without its ending, as far as that is easily told.
fn stem(word: &str) -> String {
    let mut word = word.trim_start_matches('@').trim_end_matches("'s");
    for ending in
        ["ations", "ation", "ings", "ing", "ments", "ment", "ions", "ion", "ies", "ed", "es", "s", "y", "e"]
    {
        if let Some(rest) = word.strip_suffix(ending)
            && rest.chars().count() >= 3
        {
            word = rest;
            break;
        }
    }
    // "dropped", "dropping" and "drop".
    let mut stem = word.to_owned();
    let mut ends = word.chars().rev();
    if let (Some(last), Some(before)) = (ends.next(), ends.next())
        && last == before
        && word.chars().count() > 3
        && last.is_alphabetic()
    {
        stem.pop();
    }
    stem
}
