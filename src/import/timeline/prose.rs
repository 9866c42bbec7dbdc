//! Timelines told as a story: one row for each sentence that a time governs.

use super::draft::Draft;
use crate::import::clock;
use crate::import::document::{Block, plain, plain_from, plain_within};

/// The rows of a paragraph that stands on the blocks `from..to`. What stands before its first time is in none of them; the
/// blocks of which all words are in rows begin with the second number.
pub(super) fn rows(blocks: &[Block], from: usize, to: usize) -> (Vec<Draft>, usize) {
    let mut text = String::new();
    let mut begins = Vec::new();
    for block in &blocks[from..to] {
        if !text.is_empty() {
            text.push(' ');
        }
        begins.push(text.len());
        text.push_str(&block.text);
    }
    let block_at = |at: usize| from + begins.partition_point(|begin| *begin <= at).saturating_sub(1);
    let mut drafts: Vec<Draft> = Vec::new();
    let mut told_from = to;
    for (begin, sentence) in sentences(&text) {
        let lead = clock::leading(sentence)
            .filter(|lead| lead.expression.is_timed() && !lead.expression.is_doubtful());
        let (expression, words) = match lead {
            Some(lead) => {
                let rest = plain_from(sentence, lead.rest);
                (Some(lead.expression), if rest.is_empty() { plain(sentence) } else { rest })
            }
            None => {
                let first = clock::inside(sentence)
                    .into_iter()
                    .find(|found| found.is_timed() && !found.is_doubtful());
                (first, plain(sentence))
            }
        };
        let at = block_at(begin);
        let last = block_at(begin + sentence.len().saturating_sub(1));
        match (expression, drafts.last_mut()) {
            (Some(expression), _) => {
                if drafts.is_empty() {
                    told_from = if begins.contains(&begin) { at } else { at + 1 };
                }
                let written = plain_within(sentence, expression.span.clone());
                let mut draft = Draft::of(at, &blocks[at], expression, words);
                draft.written = written;
                draft.last = last;
                drafts.push(draft);
            }
            (None, Some(draft)) => draft.append(last, sentence, " "),
            (None, None) => {}
        }
    }
    (drafts, told_from)
}

/// The sentences of a text, each with where it begins.
pub(super) fn sentences(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut begin = 0;
    let bytes = text.as_bytes();
    for (at, char) in text.char_indices() {
        if !matches!(char, '.' | '!' | '?' | '…') {
            continue;
        }
        let end = at + char.len_utf8();
        let closed = end + text[end..].bytes().take(4).take_while(|byte| b"\"')]*_`".contains(byte)).count();
        let blank = bytes.get(closed).is_some_and(u8::is_ascii_whitespace);
        let next = text[closed..].trim_start().chars().next();
        let opens = next.is_some_and(|next| !next.is_lowercase());
        if blank && opens && !is_short_form(&text[begin..at]) {
            found.push((begin, text[begin..closed].trim_end()));
            begin = closed + text[closed..].len() - text[closed..].trim_start().len();
        }
    }
    if begin < text.len() {
        found.push((begin, text[begin..].trim_end()));
    }
    found
}

/// `a.m`, `approx`, `e.g`, `No`, a letter: the dot after it ends no sentence.
fn is_short_form(before: &str) -> bool {
    let word = before.rsplit([' ', '(']).next().unwrap_or_default().to_lowercase();
    matches!(
        word.as_str(),
        "a.m"
            | "p.m"
            | "approx"
            | "e.g"
            | "i.e"
            | "ca"
            | "vs"
            | "no"
            | "dr"
            | "mr"
            | "ms"
            | "mrs"
            | "st"
            | "etc"
    ) || (word.len() == 1 && word.chars().all(char::is_alphabetic))
}
