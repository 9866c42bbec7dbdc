//! The filters of templates: one table for the engine and for the help. Only what stands here is there.

use std::sync::Arc;

use chrono::TimeDelta;
use minijinja::value::{Kwargs, Value, ValueKind};
use minijinja::{Environment, Error, ErrorKind, filters, tests};

use super::budget::Budget;
use super::engine::printed;
use crate::model::{At, Face, Incident, Precision, length};
use crate::text::{Raw, link_target};

/// A filter, a function or a test, for the help.
pub struct Tool {
    /// What a template writes, with its arguments.
    pub call: &'static str,
    /// What it gives, in one line.
    pub help: &'static str,
}

/// All filters.
pub const FILTERS: &[Tool] = &[
    Tool {
        call: "when",
        help: "a time with date and zone, in the incident's zone: incident.updates[0].at | when",
    },
    Tool { call: "in_words", help: "minutes in words: incident.metrics.duration_minutes | in_words" },
    Tool {
        call: "after(minutes)",
        help: "a time so many minutes later: test.started_at | after(hypothesis.timebox_minutes) | when",
    },
    Tool { call: "cut(columns)", help: "as much of a text as fits into so many columns of one line" },
    Tool { call: "first_sentence", help: "the first sentence of a text" },
    Tool { call: "paragraph", help: "a text with its line breaks; without it a text is one line" },
    Tool {
        call: "link(label)",
        help: "an address as a link, where it is http, https or mailto; else as text",
    },
    Tool {
        call: "join(between, attribute)",
        help: "the items of a list in one text; with attribute=\"name\", that of each",
    },
    Tool { call: "first", help: "the first item of a list" },
    Tool { call: "last", help: "the last item of a list" },
    Tool { call: "length", help: "how many items a list has" },
    Tool { call: "count", help: "the same" },
    Tool { call: "default(value)", help: "the value where there is no such name" },
    Tool { call: "d(value)", help: "the same" },
    Tool { call: "upper", help: "a text in capitals" },
    Tool { call: "lower", help: "a text in small letters" },
    Tool { call: "capitalize", help: "a text with a capital at its beginning" },
];

/// All functions.
pub const FUNCTIONS: &[Tool] = &[Tool {
    call: "note(heading)",
    help: "the text of the note under this heading (/note HEADING: TEXT), whatever its case; a place for what the record has no field for",
}];

/// All tests, for after `is`.
pub const TESTS: &[Tool] = &[
    Tool { call: "defined", help: "there is such a name" },
    Tool { call: "undefined", help: "there is none" },
    Tool { call: "none", help: "it is not known" },
];

/// Teaches an engine all of them.
pub(super) fn add(env: &mut Environment<'static>, incident: &Arc<Incident>, budget: &Budget) {
    let of = Arc::clone(incident);
    env.add_filter("when", move |at: &Value| when(&of, at));
    env.add_filter("after", after);
    env.add_filter("in_words", in_words);
    let mind = budget.clone();
    env.add_filter("cut", move |text: &Value, columns: usize| {
        changed(text, &mind, |text| Raw::new(text).for_term().cut(columns).to_string())
    });
    let mind = budget.clone();
    env.add_filter("first_sentence", move |text: &Value| {
        changed(text, &mind, |text| first_sentence(text).to_owned())
    });
    let mind = budget.clone();
    env.add_filter("paragraph", move |text: &Value| paragraph(text, &mind));
    env.add_filter("link", link);
    let mind = budget.clone();
    env.add_filter("join", move |list: &Value, between: Option<&str>, named: Kwargs| {
        join(list, between.unwrap_or_default(), &named, &mind)
    });
    env.add_filter("first", |list: &Value| item(list, Some(0)));
    env.add_filter("last", |list: &Value| item(list, list.len().and_then(|len| len.checked_sub(1))));
    for name in ["length", "count"] {
        env.add_filter(name, |list: &Value| filters::length(there(list)?));
    }
    for name in ["default", "d"] {
        env.add_filter(name, filters::default);
    }
    let mind = budget.clone();
    env.add_filter("upper", move |text: &Value| changed(text, &mind, str::to_uppercase));
    let mind = budget.clone();
    env.add_filter("lower", move |text: &Value| changed(text, &mind, str::to_lowercase));
    let mind = budget.clone();
    env.add_filter("capitalize", move |text: &Value| changed(text, &mind, capitalized));
    let (of, mind) = (Arc::clone(incident), budget.clone());
    env.add_function("note", move |heading: &str| note(&of, heading, &mind));
    env.add_test("defined", tests::is_defined);
    env.add_test("undefined", tests::is_undefined);
    env.add_test("none", tests::is_none);
}

fn wrong(words: impl Into<String>) -> Error {
    Error::new(ErrorKind::InvalidOperation, words.into())
}

/// The detail of the error of a filter that is given what there is not: the name stands before it.
pub(super) const NOTHING_GIVEN: &str = "there is nothing of that name";

/// What a filter is given.
///
/// # Errors
/// Where there is nothing of its name.
fn there(value: &Value) -> Result<&Value, Error> {
    let nothing = || Error::new(ErrorKind::UndefinedError, NOTHING_GIVEN);
    if value.is_undefined() { Err(nothing()) } else { Ok(value) }
}

/// Another text; what is not known stays so. A piece of the outline is Markdown already, which nothing may cut or change.
fn changed(text: &Value, budget: &Budget, change: impl FnOnce(&str) -> String) -> Result<Value, Error> {
    match there(text)?.as_str() {
        Some(_) if text.is_safe() => {
            Err(wrong("a piece of the outline stays as it is; take a text of the incident"))
        }
        Some(words) => {
            budget.spend(words.len())?;
            Ok(Value::from(change(words)))
        }
        None if text.is_none() => Ok(Value::from(())),
        None => Err(wrong(format!("a {} is no text", text.kind()))),
    }
}

fn when(incident: &Incident, at: &Value) -> Result<Value, Error> {
    if there(at)?.is_none() {
        return Ok(Value::from(()));
    }
    let at: Option<At> = at.as_str().and_then(|text| text.parse().ok());
    match at {
        Some(at) => Ok(Value::from(Face::of(incident).full(&at, Precision::Minute))),
        None => Err(wrong("this is no time; take an `at`")),
    }
}

/// A time that is not known, or has no instant, stays as it is.
fn after(at: &Value, minutes: u32) -> Result<Value, Error> {
    let at = there(at)?;
    let known: Option<At> = at.as_str().and_then(|text| text.parse().ok());
    let instant = known.and_then(|at| at.instant());
    let later = instant.and_then(|at| at.checked_add_signed(TimeDelta::minutes(minutes.into())));
    Ok(later.map_or_else(|| at.clone(), |later| Value::from(At::from(later).to_string())))
}

fn in_words(minutes: &Value) -> Result<Value, Error> {
    match there(minutes)?.as_i64() {
        Some(minutes) if minutes >= 0 => Ok(Value::from(length(minutes))),
        None if minutes.is_none() => Ok(Value::from(())),
        _ => Err(wrong("this is no number of minutes")),
    }
}

/// Up to the first mark that ends a sentence: one before a blank and a capital or a digit, or a line break.
fn first_sentence(text: &str) -> &str {
    let text = text.trim();
    for (at, c) in text.char_indices() {
        let rest = &text[at + c.len_utf8()..];
        let ends = match c {
            '\n' => true,
            '.' | '!' | '?' => {
                let next = rest.trim_start();
                next.len() < rest.len() && next.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
            }
            _ => false,
        };
        if ends {
            return text[..at + c.len_utf8()].trim_end();
        }
    }
    text
}

fn capitalized(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

fn paragraph(text: &Value, budget: &Budget) -> Result<Value, Error> {
    match there(text)?.as_str() {
        Some(_) if text.is_safe() => Ok(text.clone()),
        Some(words) => {
            let markdown = Raw::new(words).for_md().to_string();
            budget.spend(markdown.len())?;
            Ok(Value::from_safe_string(markdown))
        }
        None => Ok(text.clone()),
    }
}

fn link(address: &Value, label: Option<&str>) -> Result<Value, Error> {
    let Some(address) = there(address)?.as_str() else {
        return if address.is_none() { Ok(Value::from(())) } else { Err(wrong("this is no address")) };
    };
    let words = Raw::new(label.unwrap_or(address)).for_md_line();
    Ok(Value::from_safe_string(match link_target(&Raw::new(address)) {
        Some(target) => format!("[{words}]({target})"),
        None if label.is_some() => format!("{words}: {}", Raw::new(address).for_md_line()),
        None => words.to_string(),
    }))
}

fn join(list: &Value, between: &str, named: &Kwargs, budget: &Budget) -> Result<Value, Error> {
    let attribute: Option<&str> = named.get("attribute")?;
    named.assert_all_used()?;
    let between = Raw::new(between);
    let mut out = String::new();
    for (at, item) in there(list)?.try_iter()?.enumerate() {
        let item = attribute.map_or_else(|| Ok(item.clone()), |name| item.get_attr(name))?;
        // a list within the list is no text, and what is not known has no place in a list
        if item.is_none() || item.is_undefined() {
            continue;
        }
        let before = out.len();
        if at > 0 && !out.is_empty() {
            out.push_str(&spaced(&between));
        }
        out.push_str(&printed(&item)?);
        budget.spend(out.len() - before + 1)?;
    }
    Ok(if out.is_empty() { Value::from(()) } else { Value::from_safe_string(out) })
}

/// What stands between two items, with the blanks at its ends.
fn spaced(between: &Raw) -> String {
    let text = between.as_typed();
    let lead = if text.starts_with(' ') { " " } else { "" };
    let trail = if text.len() > 1 && text.ends_with(' ') { " " } else { "" };
    [lead, between.for_md_line().as_str(), trail].concat()
}

/// An item of a list; not known where there is none.
fn item(list: &Value, at: Option<usize>) -> Result<Value, Error> {
    if there(list)?.kind() != ValueKind::Seq {
        return Err(wrong(format!("a {} is no list", list.kind())));
    }
    match at.filter(|&at| list.len().is_some_and(|len| at < len)) {
        Some(at) => list.get_item_by_index(at),
        None => Ok(Value::from(())),
    }
}

fn note(incident: &Incident, heading: &str, budget: &Budget) -> Result<Value, Error> {
    budget.spend(incident.notes.len())?;
    let heading = heading.to_lowercase();
    let found = incident.notes.iter().find(|n| n.heading.as_typed().trim().to_lowercase() == heading);
    found.map_or_else(|| Ok(Value::from(())), |note| paragraph(&Value::from(note.text.as_typed()), budget))
}
