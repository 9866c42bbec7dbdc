//! Which lines are headings, marked or not.

use std::collections::HashSet;

use super::emphasis::plain;
use super::inline::label;
use crate::import::sections::Topic;

/// The names of the parts of a postmortem, in lower case and without marks. A line that is nothing but one of them is a
/// heading, whether it is marked as one or not.
const SECTIONS: &[&str] = &[
    "abstract",
    "action items",
    "action plan",
    "actionable tasks",
    "actions",
    "analysis",
    "appendix",
    "attendees",
    "background",
    "cause",
    "chronology",
    "conclusion",
    "contributing factors",
    "corrective actions",
    "corrective and preventative measures",
    "corrective and preventive actions",
    "corrective and preventive measures",
    "corrective measures",
    "customer impact",
    "description",
    "detection",
    "event timeline",
    "events",
    "executive summary",
    "fix",
    "follow up",
    "follow up actions",
    "follow ups",
    "glossary",
    "impact",
    "impact assessment",
    "improvements",
    "improvements and fixes",
    "incident details",
    "incident overview",
    "incident report",
    "incident summary",
    "incident timeline",
    "introduction",
    "issue summary",
    "issue",
    "key events",
    "key takeaways",
    "lessons",
    "lessons learned",
    "lessons learnt",
    "log",
    "mitigation",
    "next steps",
    "outage summary",
    "outage timeline",
    "overview",
    "postmortem",
    "post mortem",
    "preventative measures",
    "prevention",
    "preventive measures",
    "preventive actions",
    "problem",
    "recommendations",
    "recovery",
    "remediation",
    "resolution",
    "resolution and recovery",
    "response",
    "root cause",
    "root cause analysis",
    "root cause and resolution",
    "root causes",
    "specific tasks",
    "summary",
    "supporting information",
    "symptoms",
    "takeaways",
    "task list",
    "tasks",
    "tasks to address the issue",
    "the timeline",
    "things to improve",
    "timeline",
    "timeline of events",
    "time line",
    "to do",
    "todo",
    "trigger",
    "what happened",
    "what went well",
    "what went wrong",
    "where we got lucky",
    "improvements fixes",
    "list of tasks",
];

/// Sections that stand beside one another at the top of a postmortem, as against those that are a label in one of them.
const PARTS: &[&str] = &[
    "summary",
    "timeline",
    "time line",
    "root cause and resolution",
    "measures",
    "action items",
    "lessons learned",
    "lessons learnt",
    "root cause analysis",
    "resolution and recovery",
    "follow up actions",
    "next steps",
    "conclusion",
    "chronology",
    "appendix",
];

/// A heading as it is compared: lower case, words and numbers only, without a number before it.
pub fn normal(heading: &str) -> String {
    let plain = plain(heading);
    let lower = plain.to_lowercase();
    let mut words: Vec<&str> = lower
        .split(|char: char| !char.is_alphanumeric() && char != '\'')
        .filter(|word| !word.is_empty())
        .collect();
    while words.len() > 1 && words[0].bytes().all(|byte| byte.is_ascii_digit()) {
        words.remove(0);
    }
    words.join(" ")
}

/// Whether a text is the name of a part of a postmortem, and nothing else.
pub fn is_section_name(text: &str) -> bool {
    text.len() <= 80 && {
        let normal = normal(text);
        SECTIONS.contains(&normal.as_str())
    }
}

/// The words that the names of parts are made of.
pub fn section_words() -> HashSet<&'static str> {
    const MORE: [&str; 12] = [
        "and",
        "the",
        "of",
        "to",
        "causes",
        "duration",
        "downtime",
        "improve",
        "improvement",
        "fixes",
        "task",
        "things",
    ];
    SECTIONS.iter().flat_map(|name| name.split(' ')).chain(MORE).collect()
}

/// The level of a line that has the name of a section: 7 for a part of its own, 8 for a label in one.
pub(super) fn level(text: &str) -> u8 {
    let normal = normal(text);
    if PARTS.iter().any(|part| normal == *part || normal.ends_with(part)) { 7 } else { 8 }
}

/// `## Heading`, `##Heading ##`: its level and its text.
pub(super) fn marked(text: &str) -> Option<(u8, &str)> {
    if let Some(found) = wiki(text) {
        return Some(found);
    }
    let level = text.bytes().take_while(|byte| *byte == b'#').count();
    if level == 0 {
        return None;
    }
    let rest = &text[level..];
    let glued = !rest.starts_with(char::is_whitespace) && !rest.is_empty();
    // `#42`, `#channel` and `#!` are no headings; `#Issue Summary:` and `##timeline` are.
    let first = rest.chars().next();
    if glued
        && !(first.is_some_and(char::is_uppercase)
            || first == Some('*')
            || (level > 1 && first.is_some_and(char::is_alphabetic)))
    {
        return None;
    }
    if glued && level == 1 && (rest.split_whitespace().count() > 8 || rest.ends_with('.')) {
        return None;
    }
    let level = u8::try_from(level.min(6)).unwrap_or(6);
    Some((level, rest.trim().trim_end_matches('#').trim_end()))
}

/// `== Heading ==`, as wikis mark it.
fn wiki(text: &str) -> Option<(u8, &str)> {
    let level = text.bytes().take_while(|byte| *byte == b'=').count();
    let inner = text.get(level..)?.trim_end();
    let bare = inner.trim_end_matches('=');
    let closed = (1..=6).contains(&level) && inner.len() - bare.len() == level;
    let name = bare.trim();
    (closed && bare.starts_with(' ') && !name.is_empty()).then_some((u8::try_from(level).unwrap_or(6), name))
}

/// Whether a line without a mark stands as a heading, and at which level.
pub(super) fn unmarked(text: &str, alone: bool) -> Option<u8> {
    let text = text.trim();
    if text.is_empty() || text.len() > 120 {
        return None;
    }
    if is_section_name(text) {
        return Some(level(text));
    }
    let bare = plain(text);
    let words = bare.split_whitespace().count();
    let first = bare.chars().find(|char| char.is_alphanumeric())?;
    if first.is_ascii_digit() || bare.ends_with(['.', ',', ';']) || bare.contains("http") {
        return None;
    }
    if let Some(emphasis) = emphasised(text) {
        let named = bare.ends_with(':') || is_shouted(&bare);
        return (words <= 10 && (emphasis || named) && !is_dated(&bare)).then(|| level(text));
    }
    // "Reason", alone on its line: nothing but the name of a part.
    if alone
        && words <= 5
        && first.is_uppercase()
        && !bare.ends_with([':', '!', ')'])
        && !Topic::label(&bare).is_empty()
    {
        return Some(level(text));
    }
    let colon = bare.ends_with(':')
        && words <= 5
        && first.is_uppercase()
        && label(text).is_some_and(|(_, rest)| rest.is_empty());
    ((colon && !is_dated(&bare)) || (alone && is_shouted(&bare) && words <= 8)).then(|| level(text))
}

/// Whether all of a line is set in bold (`Some(true)`) or in italics (`Some(false)`).
fn emphasised(text: &str) -> Option<bool> {
    let text = text.trim_end_matches(':').trim_end();
    [("***", true), ("**", true), ("__", true), ("*", false), ("_", false)].into_iter().find_map(
        |(mark, bold)| {
            let inner = text.strip_prefix(mark)?.strip_suffix(mark)?;
            (!inner.is_empty() && !inner.contains(mark)).then_some(bold)
        },
    )
}

pub(super) fn is_shouted(text: &str) -> bool {
    let letters = text.chars().filter(|char| char.is_alphabetic()).count();
    letters >= 5 && !text.chars().any(char::is_lowercase) && !text.chars().any(|char| char.is_ascii_digit())
}

/// `March 12:` dates what follows; it names no part.
fn is_dated(text: &str) -> bool {
    // "Q9." counts the questions of a document.
    let asked = text.strip_prefix(['Q', 'q']).map(|t| t.trim_start_matches(|c: char| c.is_ascii_digit()));
    let text = asked.unwrap_or(text);
    text.split_whitespace().count() <= 5 && text.chars().any(|char| char.is_ascii_digit())
}
