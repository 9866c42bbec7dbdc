//! Times that stand behind what happened: `Cache emptied (10:42)` in item after item, or on a line of their own under each
//! paragraph, as pages of the state of services have them. One alone is none.

use std::collections::{HashMap, HashSet};

use crate::import::clock::{self, Expression};
use crate::import::document::{Block, Kind};

/// So many are needed in a part of a document.
const NEEDED: usize = 3;
/// The longest paragraph that one time is under, in lines.
const LONGEST: usize = 40;

/// A row whose time does not stand first.
#[derive(Clone)]
pub(super) struct End {
    /// The block it ends with.
    pub last: usize,
    /// The block that has the time.
    pub timed: usize,
    /// The time, with its place in the text of that block.
    pub time: Expression,
    /// Where the words before it end.
    pub words: usize,
}

/// The rows by their first block.
#[derive(Default)]
pub(super) struct Ends(HashMap<usize, End>);

impl Ends {
    /// What begins at a block.
    pub(super) fn take(&mut self, at: usize) -> Option<End> {
        self.0.remove(&at)
    }
}

/// The times at the end of what they are of.
pub(super) fn ends(blocks: &[Block]) -> Ends {
    let mut ends = Ends::default();
    let mut run: Vec<End> = Vec::new();
    let mut section = None;
    for (at, block) in blocks.iter().enumerate() {
        if section != Some(block.section) {
            keep(&mut run, &mut ends);
            section = Some(block.section);
        }
        if let Some((time, words)) = bracketed(block) {
            run.push(End { last: at, timed: at, time, words });
        }
    }
    keep(&mut run, &mut ends);
    let stamps = stamps(blocks);
    if stamps.len() >= 2 {
        let row = |(first, last, time)| (first, End { last, timed: last, time, words: 0 });
        ends.0.extend(stamps.into_iter().map(row));
    }
    let spoken = spoken(blocks);
    if spoken.len() >= NEEDED {
        ends.0.extend(spoken.into_iter().map(|end| (end.timed, end)));
    }
    ends
}

fn keep(run: &mut Vec<End>, ends: &mut Ends) {
    if run.len() >= NEEDED {
        ends.0.extend(run.iter().map(|end| (end.timed, end.clone())));
    }
    run.clear();
}

/// `ben 10:42` with what he said on the lines under it, as people copy it from a chat.
fn spoken(blocks: &[Block]) -> Vec<End> {
    let mut found: Vec<End> = Vec::new();
    for (at, block) in blocks.iter().enumerate() {
        if block.kind != Kind::Line || block.text.len() > 80 {
            continue;
        }
        let goes_on =
            |at: usize| blocks.get(at).is_some_and(|next| next.kind == Kind::Line && next.continues);
        if !goes_on(at + 1) || found.last().is_some_and(|before| at <= before.last) {
            continue;
        }
        let Some(time) = clock::inside(&block.text).pop() else { continue };
        let name = block.text[..time.span.start].trim_end_matches(|char: char| !char.is_alphanumeric());
        let after = block.text[time.span.end..].contains(char::is_alphanumeric);
        let count = name.split_whitespace().count();
        if after || !(1..=4).contains(&count) || time.from.hour.is_none() || time.is_doubtful() {
            continue;
        }
        let last = (at + 1..blocks.len()).take_while(|next| goes_on(*next)).last().unwrap_or(at);
        found.push(End { last, timed: at, time, words: name.len() });
    }
    found
}

/// `Cache emptied (10:42)`: a time in brackets ends the text, and none begins it.
fn bracketed(block: &Block) -> Option<(Expression, usize)> {
    let item = matches!(block.kind, Kind::Item { .. });
    if !(item || block.kind == Kind::Line && !block.continues) {
        return None;
    }
    let text = block.text.trim_end_matches([' ', '.', '*', '_', '`']);
    let text = text.strip_suffix([')', ']'])?;
    let open = text.rfind(['(', '['])?;
    let inner = &text[open + 1..];
    let found = clock::whole(inner).filter(|found| found.from.hour.is_some() && !found.is_doubtful())?;
    let told = text[..open].split_whitespace().filter(|word| word.contains(char::is_alphabetic)).count() >= 2;
    let begins = clock::leading(text).is_some_and(|lead| lead.expression.is_timed());
    (told && !begins).then(|| (moved(found, open + 1), text[..open].trim_end().len()))
}

fn moved(found: Expression, by: usize) -> Expression {
    Expression { span: found.span.start + by..found.span.end + by, ..found }
}

/// Paragraphs whose last line is a time and nothing else: the first block, the last, the time.
fn stamps(blocks: &[Block]) -> Vec<(usize, usize, Expression)> {
    let mut found = Vec::new();
    let parted = within_one(blocks);
    let mut begin = 0;
    for (at, block) in blocks.iter().enumerate() {
        if block.kind != Kind::Line || !block.continues {
            // `**Monitoring**:` on the line right above is the first of it.
            let named = at.checked_sub(1).filter(|before| blocks[*before].kind == Kind::Heading(8));
            begin = if block.gap { at } else { named.unwrap_or(at) };
            continue;
        }
        let last = blocks.get(at + 1).is_none_or(|next| next.kind != Kind::Line || !next.continues)
            || parted.contains(&at);
        let short = block.text.len() < 90 && at - begin <= LONGEST;
        if !(last && short)
            || clock::leading(&blocks[begin].text).is_some_and(|lead| lead.expression.is_timed())
        {
            continue;
        }
        if let Some(expression) = stamp(&block.text) {
            found.push((begin, at, expression));
            begin = at + 1;
        }
    }
    found
}

/// The stamps that part one paragraph into several, where the empty lines between them were lost: three or more, and the first
/// line is none while the last is.
fn within_one(blocks: &[Block]) -> HashSet<usize> {
    let goes_on = |at: usize| blocks.get(at).is_some_and(|next| next.kind == Kind::Line && next.continues);
    let is_stamp = |at: usize| blocks[at].text.len() < 90 && stamp(&blocks[at].text).is_some();
    let mut found = HashSet::new();
    let mut at = 0;
    while at < blocks.len() {
        let end = (at + 1..blocks.len()).find(|next| !goes_on(*next)).unwrap_or(blocks.len());
        let counts = end - at >= 2 * NEEDED && blocks[at].kind == Kind::Line && is_stamp(end - 1);
        if counts && !is_stamp(at) {
            let stamps: Vec<usize> = (at..end).filter(|at| is_stamp(*at)).collect();
            if stamps.len() >= NEEDED {
                found.extend(stamps);
            }
        }
        at = end;
    }
    found
}

/// A date and a time of day, with nothing beside them but the marks and the one word of a template.
fn stamp(text: &str) -> Option<Expression> {
    let begin = text.find(|char: char| char.is_ascii_digit() || char.is_ascii_uppercase())?;
    let word =
        text[..begin].split(|char: char| !char.is_alphanumeric()).filter(|word| !word.is_empty()).count();
    let posted = text[begin..].find("ago").map_or(begin, |at| begin + at + 3);
    let begin = posted + text[posted..].find(|char: char| char.is_alphanumeric())?;
    let rest = &text[begin..];
    let rest = rest.trim_end_matches(|char: char| !(char.is_alphanumeric() || char == ')'));
    let found = clock::whole(rest)?;
    let full = found.from.hour.is_some() && found.from.date.is_some() && found.until.is_none();
    (word <= 1 && full).then(|| moved(found, begin))
}
