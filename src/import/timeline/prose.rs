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
    let mut day = None;
    for (begin, sentence) in clauses(&text) {
        let (begin, sentence) = without_conjunction(begin, sentence);
        if drafts.is_empty() {
            // "It was Monday, 6 May. At nine …"
            day = clock::inside(sentence).into_iter().find_map(|found| found.from.date).or(day);
        }
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
                draft.day = day;
                drafts.push(draft);
            }
            (None, Some(draft)) => draft.append(last, sentence, " "),
            (None, None) => {}
        }
    }
    (drafts, told_from)
}

/// Words that join two parts of a story.
const CONJUNCTIONS: &[&str] = &[
    "and",
    "then",
    "so",
    "but",
    "while",
    "finally",
    "later",
    "next",
    "now",
    "afterwards",
    "also",
    "eventually",
    "only",
];

/// A clause without the words that join it to the one before, where a time follows them.
fn without_conjunction(begin: usize, clause: &str) -> (usize, &str) {
    let mut at = 0;
    for _ in 0..3 {
        let rest = &clause[at..];
        let end = rest.find([' ', ',']).unwrap_or(rest.len());
        if !CONJUNCTIONS.contains(&rest[..end].to_lowercase().as_str()) {
            break;
        }
        at += end + rest[end..].len() - rest[end..].trim_start_matches([' ', ',']).len();
    }
    let timed = at > 0
        && clock::leading(&clause[at..])
            .is_some_and(|lead| lead.expression.is_timed() && !lead.expression.is_doubtful());
    if timed { (begin + at, &clause[at..]) } else { (begin, clause) }
}

/// The parts of a text that are rows of their own: its sentences, and what a time begins within one ("…, and at 10:10 the
/// first …").
fn clauses(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    for (begin, sentence) in sentences(text) {
        let times: Vec<_> = clock::inside(sentence)
            .into_iter()
            .filter(|time| time.is_timed() && !time.is_doubtful())
            .collect();
        let mut from = 0;
        for time in times.iter().skip(1) {
            let told = sentence[time.span.end..].split_whitespace().take(3).count() == 3;
            if let Some(cut) = joint(&sentence[from..time.span.start]).filter(|_| told) {
                let cut = from + cut;
                found.push((begin + from, sentence[from..cut].trim_end()));
                from = cut + sentence[cut..].len() - sentence[cut..].trim_start().len();
            }
        }
        found.push((begin + from, &sentence[from..]));
    }
    found
}

/// Where a clause begins that a time opens: after a comma or a semicolon, before the words that join it.
fn joint(before: &str) -> Option<usize> {
    let mut rest = before.trim_end_matches([' ', '*', '_', '`', '(', '~']);
    let mut lead = false;
    for _ in 0..4 {
        let begin = rest.rfind([' ', ',', ';']).map_or(0, |at| at + 1);
        let word = rest[begin..].to_lowercase();
        let leads = matches!(
            word.as_str(),
            "at" | "by" | "around" | "about" | "approximately" | "roughly" | "until" | "from"
        );
        if word.is_empty() || !(leads || CONJUNCTIONS.contains(&word.as_str())) {
            break;
        }
        lead |= CONJUNCTIONS.contains(&word.as_str());
        rest = rest[..begin].trim_end();
    }
    let signed = rest.ends_with([',', ';', '–', '—']);
    ((signed || lead) && rest.split_whitespace().take(3).count() == 3)
        .then_some(rest.len())
        .map(|at| at + before[at..].len() - before[at..].trim_start_matches([' ', ',', ';', '–', '—']).len())
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
        let opens = next.is_some_and(|next| !next.is_lowercase())
            || (blank && opens_with_time(text[closed..].trim_start()));
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

/// "by 12:50 …", "so at 13:40 …": those who write all in lower case begin sentences so, too.
fn opens_with_time(text: &str) -> bool {
    let end = text.char_indices().nth(60).map_or(text.len(), |(at, _)| at);
    let (at, rest) = without_conjunction(0, &text[..end]);
    at > 0
        || clock::leading(rest)
            .is_some_and(|lead| lead.expression.is_timed() && !lead.expression.is_doubtful())
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
