//! The tags of a template that does not work: which one is not closed, and which block is never ended. The engine reads on to
//! where it is lost, and names that place.

use super::{Place, TemplateError};

/// The tags that begin a block, each of which `end` and its name ends.
const BLOCKS: &[&str] = &["for", "if", "macro", "call", "filter", "block", "with", "autoescape", "raw"];

/// What begins a tag, and what closes it.
const MARKS: [(&str, &str); 3] = [("{{", "}}"), ("{%", "%}"), ("{#", "#}")];

/// How much of a tag is named, in characters.
const SHOWN: usize = 40;

/// Finds the tag that is not closed, the block that is never ended or the end of none; only for a template that the engine
/// does not take.
pub(super) fn wrong(source: &str) -> Option<TemplateError> {
    let mut open: Vec<(&str, usize)> = Vec::new();
    let mut at = 0;
    while let Some((begin, mark, closing)) = next_tag(source, at) {
        let inner = begin + mark.len();
        let Some(end) = close(source, inner, closing) else {
            let hint = format!("end it with {closing}");
            return Some(error(source, begin, format!("`{mark}` is not closed"), hint));
        };
        at = end + closing.len();
        if mark != "{%" {
            continue;
        }
        let words = source[inner..end].trim_matches(['-', '+']).trim();
        let name = words.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        if let Some(ended) = name.strip_prefix("end").filter(|ended| is_block(ended)) {
            match open.pop() {
                Some((block, _)) if block == ended => {}
                Some((block, _)) if open.iter().all(|(outer, _)| *outer != ended) && block != ended => {
                    return Some(ends_nothing(source, begin, ended));
                }
                Some((block, from)) => return Some(never_ended(source, from, block, Some((ended, begin)))),
                None => return Some(ends_nothing(source, begin, ended)),
            }
        } else if BLOCKS.contains(&name)
            || name == "set" && !words.split(['|', '(']).next().is_some_and(|to| to.contains('='))
        {
            open.push((name, begin));
        }
        // What stands in it is text.
        if name == "raw" {
            at = source[at..]
                .find("endraw")
                .and_then(|to| source[..at + to].rfind("{%"))
                .unwrap_or(source.len());
        }
    }
    open.pop().map(|(block, from)| never_ended(source, from, block, None))
}

fn is_block(name: &str) -> bool {
    BLOCKS.contains(&name) || name == "set"
}

/// The next tag from a byte on: where it begins, its mark and what closes it.
fn next_tag(source: &str, from: usize) -> Option<(usize, &'static str, &'static str)> {
    let mut at = from;
    loop {
        let begin = at + source.get(at..)?.find('{')?;
        if let Some((mark, closing)) = MARKS.iter().find(|(mark, _)| source[begin..].starts_with(mark)) {
            return Some((begin, mark, closing));
        }
        at = begin + 1;
    }
}

/// Where a tag is closed; none where another one begins before that.
fn close(source: &str, from: usize, closing: &str) -> Option<usize> {
    if closing == "#}" {
        return source[from..].find(closing).map(|end| from + end);
    }
    let mut at = from;
    while let Some(c) = source[at..].chars().next() {
        let rest = &source[at..];
        if rest.starts_with(closing) {
            return Some(at);
        }
        if rest.starts_with("{{") || rest.starts_with("{%") {
            return None;
        }
        at += match c {
            '"' | '\'' => quoted(rest, c).unwrap_or(1),
            _ => c.len_utf8(),
        };
    }
    None
}

/// The bytes of a text in quotes that ends on its line; the quote of "it's" begins none.
fn quoted(rest: &str, quote: char) -> Option<usize> {
    let line = rest.lines().next().unwrap_or_default();
    let mut escaped = false;
    for (at, c) in line.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return Some(at + 1),
            _ => {}
        }
    }
    None
}

fn line_of(source: &str, at: usize) -> usize {
    source[..at].matches('\n').count() + 1
}

fn error(source: &str, at: usize, message: String, hint: String) -> TemplateError {
    let what: String = source[at..].lines().next().unwrap_or_default().chars().take(SHOWN).collect();
    let place = Place { line: line_of(source, at), what: what.trim().to_owned() };
    TemplateError { message, place: Some(place), hint }
}

fn ends_nothing(source: &str, at: usize, ended: &str) -> TemplateError {
    let message = format!("`end{ended}` ends nothing: no `{ended}` is open here");
    error(source, at, message, format!("take it out, or begin with {{% {ended} … %}} before it"))
}

fn never_ended(source: &str, from: usize, block: &str, met: Option<(&str, usize)>) -> TemplateError {
    let met = met.map_or(String::new(), |(ended, at)| {
        format!(", and `end{ended}` follows on line {}", line_of(source, at))
    });
    let hint = format!("end it with {{% end{block} %}}");
    error(source, from, format!("this `{block}` is never ended{met}"), hint)
}
