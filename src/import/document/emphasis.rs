//! What a text says without its markup: a mark goes only where `CommonMark` reads it as one.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::inline::{addresses, entities};

/// Before the text, so that nothing in it stands where a block could begin.
const LEAD: &str = "x ";

/// A text without its markup: bold, italic and code marks go, a link gives its label, an image its alternative text,
/// entities become their characters. Every word of the text stays, but for where links point; so does every mark that is no
/// markup: one that is not closed, one within a word or an address, one within code.
pub fn plain(text: &str) -> String {
    plain_from(text, 0)
}

/// What stands from a byte on, of a text whose marks may be opened before it: `**10:42 text**` from the time on.
pub fn plain_from(text: &str, from: usize) -> String {
    plain_within(text, from..text.len())
}

/// What stands within a range of bytes; the marks are read in the whole text.
pub fn plain_within(text: &str, range: Range<usize>) -> String {
    let from = range.start.min(text.len());
    let range = from..range.end.clamp(from, text.len());
    if !text.contains(['*', '_', '~', '`', '[', '<', '&', '\\']) {
        return joined(text.get(range).unwrap_or_default());
    }
    // One line: a paragraph of several could be a heading, a table, a rule.
    let line: String =
        text.chars().map(|char| if matches!(char, '\n' | '\r') { ' ' } else { char }).collect();
    let source = format!("{LEAD}{}", tightened(&line));
    let wanted = range.start + LEAD.len()..range.end + LEAD.len();
    let bare = addresses(&source);
    let mut out = String::with_capacity(text.len());
    for (event, at) in Parser::new_ext(&source, Options::ENABLE_STRIKETHROUGH).into_offset_iter() {
        match event {
            Event::Text(said) | Event::InlineHtml(said) | Event::Html(said) => {
                out.push_str(&cut(&source, &said, &at, &wanted));
            }
            Event::Code(said) if at.start < wanted.end && at.end > wanted.start => {
                // A blank at both of its ends is no part of it, but parts its words from those beside it.
                let apart = if source[at.clone()].trim_matches('`').starts_with(' ') { " " } else { "" };
                out.push_str(apart);
                out.push_str(&entities(&within_code(&source, &said, &at, &wanted)));
                out.push_str(apart);
            }
            Event::SoftBreak | Event::HardBreak => out.push(' '),
            Event::Start(Tag::Emphasis) if stays(&source, &at) || in_address(&bare, at.start) => {
                out.push_str(&cut(&source, &source[at.start..=at.start], &(at.start..at.start + 1), &wanted));
            }
            Event::End(TagEnd::Emphasis) if stays(&source, &at) || in_address(&bare, at.start) => {
                let last = at.end - 1;
                out.push_str(&cut(&source, &source[last..at.end], &(last..at.end), &wanted));
            }
            Event::Start(Tag::Strikethrough) | Event::End(TagEnd::Strikethrough)
                if !source[at.clone()].starts_with("~~") =>
            {
                // `~5 to ~10`: about, not struck out.
                let mark = if matches!(event, Event::Start(_)) { at.start } else { at.end - 1 };
                out.push_str(&cut(&source, "~", &(mark..mark + 1), &wanted));
            }
            _ => {}
        }
    }
    joined(&out.replace("&nbsp;", " "))
}

/// The part of what an event says that stands within the wanted range.
fn cut<'a>(source: &str, said: &'a str, at: &Range<usize>, wanted: &Range<usize>) -> Cow<'a, str> {
    if at.start >= wanted.start && at.end <= wanted.end {
        // A character of control is not what anyone meant: the entity stays.
        return if said.chars().any(|char| char.is_control() && char != '\t')
            && source[at.clone()].starts_with('&')
        {
            Cow::Owned(source[at.clone()].to_owned())
        } else {
            Cow::Borrowed(said)
        };
    }
    let (from, to) = (at.start.max(wanted.start), at.end.min(wanted.end));
    if from >= to || said.len() != at.len() {
        return Cow::Borrowed("");
    }
    Cow::Borrowed(said.get(from - at.start..to - at.start).unwrap_or_default())
}

/// Code that lies only partly within the range gives that part of it.
fn within_code(source: &str, said: &str, at: &Range<usize>, wanted: &Range<usize>) -> String {
    if at.start >= wanted.start && at.end <= wanted.end {
        return said.to_owned();
    }
    let part = source.get(at.start.max(wanted.start)..at.end.min(wanted.end)).unwrap_or_default();
    part.trim_matches('`').to_owned()
}

/// Whether `CommonMark` takes a pair of marks for emphasis and people do not: within a word, as in `2*3*4`, or in patterns of
/// file names, as in `*.log /x/*`.
fn stays(source: &str, at: &Range<usize>) -> bool {
    let around = |at: usize| (source[..at].chars().next_back(), source[at + 1..].chars().next());
    let within = |at: usize| {
        let (before, after) = around(at);
        before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric)
    };
    let first = around(at.start).1;
    let last = around(at.end - 1).0;
    within(at.start) || within(at.end - 1) || matches!(first, Some('.' | '/')) || last == Some('/')
}

/// Whether a byte stands within one of the addresses.
fn in_address(bare: &[Range<usize>], at: usize) -> bool {
    let found = bare.partition_point(|bare| bare.end <= at);
    bare.get(found).is_some_and(|bare| bare.contains(&at))
}

/// `**10:42 **text` and `** 10:42** text`, which editors leave behind: the blank goes out of the bold, so that its marks are
/// marks. No byte is added or lost.
fn tightened(line: &str) -> Cow<'_, str> {
    let lead = line.len() - line.trim_start().len();
    let Some(inner) = line[lead..].strip_prefix("**") else { return Cow::Borrowed(line) };
    let Some(end) = inner.find("**").filter(|end| !inner[..*end].trim().is_empty()) else {
        return Cow::Borrowed(line);
    };
    let (bold, rest) = (&inner[..end], &inner[end + 2..]);
    let words = bold.trim();
    let word = words.starts_with(char::is_alphanumeric) && !words.contains(['*', '`']);
    let left = bold.len() - bold.trim_start().len();
    let right = bold.len() - bold.trim_end().len();
    // With blanks on both sides the stars stand for themselves.
    if (left == 0) == (right == 0) || !word {
        return Cow::Borrowed(line);
    }
    let (before, after) = (&bold[..left], &bold[bold.len() - right..]);
    Cow::Owned(format!("{}{before}**{words}**{after}{rest}", &line[..lead]))
}

/// The words with one blank between them.
fn joined(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
