//! The engine: a template and an incident become Markdown, within limits.
//!
//! The limits count steps and bytes, and no time: the same template on the same incident ends the same way on every
//! machine, however busy. Both grow with the incident, so that a report with 10,000 entries passes.

use std::borrow::Cow;
use std::io;
use std::ops::Range;
use std::sync::Arc;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Value;
use minijinja::{AutoEscape, Environment, Error, ErrorKind, UndefinedBehavior, context};

use super::budget::{Budget, Page};
use super::{Place, TemplateError, filters, guard, pieces, record, tags};
use crate::model::Incident;
use crate::text::Raw;

/// The steps that every template has.
const STEPS: u64 = 100_000;

/// The steps that there are more for each byte of the incident's JSON: some 500 for an entry.
const STEPS_A_BYTE: u64 = 1;

/// The bytes that every template may make.
const BYTES: usize = 4 << 20;

/// How many times the incident's JSON it may make beyond that.
const TIMES: usize = 16;

/// The bytes that every entry has at least in the incident's JSON, beside its text.
const LEAST_OF_ENTRY: usize =
    r#"{"id":"","at":"","until":null,"precision":"","logged_at":"","by":"","text":"","tags":[],"people":[]}"#
        .len();

/// How deep loops, conditions and macros may lie in each other; the engine's own limit is for a larger stack than a
/// thread of a room has.
const DEEPEST: usize = 60;

/// What is printed for what is not known.
pub(super) const UNKNOWN: &str = "not recorded";

/// A report, and what it took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    /// The report.
    pub markdown: String,
    /// The steps that the engine made.
    pub steps: u64,
}

/// Tells an incident in the form of a template.
///
/// # Errors
/// Where the template makes no sense, names what there is not, or goes beyond a limit: with the line, and what to do.
pub fn rendered(source: &str, incident: &Incident) -> Result<Rendered, TemplateError> {
    guard::refuse(source)
        .map_err(|error| tags::wrong(source).filter(|_| error.place.is_some()).unwrap_or(error))?;
    let incident = Arc::new(incident.clone());
    // To count all of it takes longer than to tell it: what stays within the limits of less is told.
    told_within(source, &incident, least_size(&incident))
        .or_else(|_| told_within(source, &incident, size(&incident)))
}

/// The report, where it takes no more than an incident may whose JSON has so many bytes.
fn told_within(source: &str, incident: &Arc<Incident>, size: usize) -> Result<Rendered, TemplateError> {
    let budget = Budget::of(BYTES.saturating_add(size.saturating_mul(TIMES)));
    let mut env = environment(incident, &budget);
    env.set_fuel(Some(STEPS.saturating_add((size as u64).saturating_mul(STEPS_A_BYTE))));
    let wrong = |error: &Error| told(error, source, &budget);
    let template =
        env.template_from_str(source).map_err(|e| tags::wrong(source).unwrap_or_else(|| wrong(&e)))?;
    let known = context! {
        incident => record::fields(Arc::clone(incident)),
        outline => pieces::outline(Arc::clone(incident)),
    };
    let mut page = Page::within(budget.clone());
    let steps = match template.render_captured_to(known, &mut page) {
        Ok(done) => done.state().fuel_levels().map_or(0, |(used, _)| used),
        Err(error) => return Err(wrong(&error)),
    };
    Ok(Rendered { markdown: squeezed(&page.text()), steps })
}

/// A number of bytes that the incident's JSON has at least.
fn least_size(incident: &Incident) -> usize {
    incident.timeline.iter().map(|entry| LEAST_OF_ENTRY + entry.text.as_typed().len()).sum()
}

/// The bytes of the incident's JSON: what all limits go by.
fn size(incident: &Incident) -> usize {
    struct Count(usize);
    impl io::Write for Count {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0 += bytes.len();
            Ok(bytes.len())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let mut count = Count(0);
    // Counting cannot fail.
    let _ = serde_json::to_writer(&mut count, incident);
    count.0
}

/// Tags take no line of their own.
pub(super) fn syntax() -> SyntaxConfig {
    SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build().unwrap_or_default()
}

/// An engine that knows only what is named here: no filter that takes a width, no function that counts to any number,
/// no other file.
fn environment(incident: &Arc<Incident>, budget: &Budget) -> Environment<'static> {
    let mut env = Environment::empty();
    env.set_syntax(syntax());
    env.set_undefined_behavior(UndefinedBehavior::Strict);
    env.set_recursion_limit(DEEPEST);
    env.set_debug(true);
    env.set_auto_escape_callback(|_| AutoEscape::Custom("markdown".into()));
    filters::add(&mut env, incident, budget);
    let budget = budget.clone();
    env.set_formatter(move |out, _, value| {
        let text = printed(value)?;
        budget.spend(text.len())?;
        Ok(out.write_str(&text)?)
    });
    env
}

/// A value as Markdown: pieces of the outline as they are, everything else as text that means what it says, in one line.
pub(super) fn printed(value: &Value) -> Result<Cow<'_, str>, Error> {
    use minijinja::value::ValueKind as Kind;
    Ok(match (value.as_str(), value.kind()) {
        (Some(text), _) if value.is_safe() => text.into(),
        (Some(text), _) => Raw::new(text).for_md_line().to_string().into(),
        (None, Kind::None) => UNKNOWN.into(),
        // only of an `if` without `else` in an expression; every other one is an error before
        (None, Kind::Undefined) => "".into(),
        (None, Kind::Bool) => if value.is_true() { "yes" } else { "no" }.into(),
        (None, Kind::Number) => value.to_string().into(),
        (None, kind) => {
            let words = format!("a {kind} cannot be printed");
            return Err(Error::new(ErrorKind::InvalidOperation, words));
        }
    })
}

/// Without empty lines at the beginning and the end, and with one at most between two others: what conditions leave.
fn squeezed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut empty = true;
    for line in text.lines() {
        let line = line.trim_end();
        if !(line.is_empty() && empty) {
            out.push_str(line);
            out.push('\n');
        }
        empty = line.is_empty();
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

/// The words at a place; of a name with dots, from its beginning.
fn words_at(source: &str, range: Range<usize>) -> &str {
    let start = match source.get(range.clone()).unwrap_or_default() {
        words if words.starts_with(['.', '[']) => name_before(source, range.start).start,
        _ => range.start,
    };
    source.get(start..range.end).unwrap_or_default()
}

/// Where the name stands that ends at a byte; empty where there is none.
fn name_before(source: &str, end: usize) -> Range<usize> {
    let before = source.get(..end).unwrap_or_default();
    let name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '[' | ']');
    let start = before.trim_end_matches(name).len();
    let brackets = before[start..].len() - before[start..].trim_start_matches('[').len();
    start + brackets..end
}

/// The name that a filter is given, where the filter stands in this place: `incident.cause` of `incident.cause | upper`.
fn given(source: &str, range: &Range<usize>) -> String {
    let before = source.get(..range.start).unwrap_or_default().trim_end();
    let end = before.strip_suffix('|').unwrap_or(before).trim_end().len();
    source.get(name_before(source, end)).unwrap_or_default().to_owned()
}

/// An error of the engine in the words of this program.
fn told(error: &Error, source: &str, budget: &Budget) -> TemplateError {
    let what = match error.range() {
        Some(range) if error.detail() == Some(filters::NOTHING_GIVEN) => given(source, &range),
        Some(range) => words_at(source, range).to_owned(),
        None => String::new(),
    };
    let place = error.line().map(|line| Place { line, what: what.clone() });
    let detail = || error.detail().map_or_else(|| error.kind().to_string(), str::to_owned);
    let (message, hint) = match error.kind() {
        _ if budget.is_spent() => (
            "it makes more text than a report can have".to_owned(),
            "look for a loop that prints all of the incident again and again",
        ),
        ErrorKind::OutOfFuel => {
            ("it takes more steps than a report can need".to_owned(), "look for loops within loops")
        }
        ErrorKind::UndefinedError => (
            if what.is_empty() {
                "it names what there is not".to_owned()
            } else {
                format!("there is no `{what}`")
            },
            "`warroom templates help` lists all names; ask with `is defined` for what may be left out",
        ),
        ErrorKind::UnknownFunction => (
            format!("there is no function {}", what.split('(').next().unwrap_or_default()),
            "loops go over lists of the incident, {% for e in incident.timeline %}; the only function is note(heading)",
        ),
        ErrorKind::UnknownFilter | ErrorKind::UnknownTest => {
            (detail(), "`warroom templates help` lists all filters")
        }
        ErrorKind::TemplateNotFound | ErrorKind::BadInclude => (
            "there is no other template here".to_owned(),
            "a template is one file: nothing can be included, imported or extended",
        ),
        _ if detail().contains("recursion limit") => {
            (detail(), "macros, loops and parentheses lie too deep in each other")
        }
        _ => (detail(), "`warroom templates show default` prints one that works"),
    };
    TemplateError { message, place, hint: hint.into() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Entry;

    #[test]
    fn no_entry_is_shorter_than_the_least() {
        let least = r#"{"id":"0-0-00000000-0","at":"2024-08-10","logged_at":"2024-08-10T00:00:00Z","by":"","text":""}"#;
        let entry: Entry = serde_json::from_str(least).unwrap();
        let written = serde_json::to_string(&entry).unwrap();
        assert!(written.len() >= LEAST_OF_ENTRY, "{written}");
    }
}
