//! Finds the secrets of one text, and puts a mark in the place of each.

use std::ops::Range;
use std::sync::{LazyLock, OnceLock};

use regex::{Captures, Regex, RegexBuilder, RegexSet, RegexSetBuilder};

use super::rules::RULES;
use super::{needed, value};
use crate::text::Raw;

/// How every mark begins. Round brackets: Markdown gives them no meaning of their own, so they stay as they are.
const MARK: &str = "(redacted";
/// The mark within an address, which stays one: nothing in it needs an escape there, and it is one word with what follows.
const MARK_IN_ADDRESS: &str = "REDACTED";
/// What takes the place of one secret can lay open another behind it; more often than this it does not.
const ROUNDS: usize = 16;

/// A secret in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Find {
    /// The number of the rule that names it.
    pub(super) rule: usize,
    /// Where it stands.
    pub(super) place: Range<usize>,
}

/// The rules, compiled: all as one, so that a text without a secret costs one pass, and each where it is needed.
struct Shapes {
    all: RegexSet,
    each: Vec<OnceLock<Option<Regex>>>,
}

/// None where one of them cannot be compiled, which a test rules out.
static SHAPES: LazyLock<Option<Shapes>> = LazyLock::new(|| {
    let all = RegexSetBuilder::new(RULES.iter().map(|rule| rule.shape)).unicode(false).build();
    all.ok().map(|all| Shapes { all, each: RULES.iter().map(|_| OnceLock::new()).collect() })
});

impl Shapes {
    fn shape(&self, rule: usize) -> Option<&Regex> {
        self.each.get(rule)?.get_or_init(|| compiled(RULES[rule].shape)).as_ref()
    }
}

/// Compiles a shape; without Unicode tables, which no rule needs.
pub(super) fn compiled(shape: &str) -> Option<Regex> {
    RegexBuilder::new(shape).unicode(false).build().ok()
}

/// The mark that stands for a secret of that name.
pub(super) fn mark(name: &str) -> String {
    format!("{MARK}: {name})")
}

/// What stands for a secret behind this text.
pub(super) fn stand_in(before: &str, rule: usize) -> String {
    let word = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    if word.contains("://") { MARK_IN_ADDRESS.to_owned() } else { mark(name(rule)) }
}

/// The name of what a rule finds.
pub(super) fn name(rule: usize) -> &'static str {
    RULES.get(rule).map_or("text that was not checked", |rule| rule.name)
}

/// The secrets in a text, in order; those that overlap are one.
pub(super) fn secrets(text: &str) -> Vec<Find> {
    if needed::may_hold(text) { found_by_rules(text) } else { Vec::new() }
}

/// The same, without asking first what the rules need.
pub(super) fn found_by_rules(text: &str) -> Vec<Find> {
    secrets_by(SHAPES.as_ref(), text)
}

/// The same, by these shapes. Without them nothing would be found: then the text as a whole stays here.
fn secrets_by(shapes: Option<&Shapes>, text: &str) -> Vec<Find> {
    let Some(shapes) = shapes else {
        let passes = text.is_empty() || text.starts_with(MARK);
        return if passes { Vec::new() } else { vec![Find { rule: RULES.len(), place: 0..text.len() }] };
    };
    let mut finds: Vec<Find> = Vec::new();
    for rule in &shapes.all.matches(text) {
        let Some(shape) = shapes.shape(rule) else { continue };
        for found in shape.captures_iter(text) {
            let Some(place) = secret_of(&found) else { continue };
            let secret = &text[place.clone()];
            let marked = secret.starts_with(MARK) || secret.starts_with(MARK_IN_ADDRESS);
            if !marked && !value::stands_in(secret) && (RULES[rule].holds)(secret) {
                finds.push(Find { rule, place });
            }
        }
    }
    finds.sort_by_key(|find| (find.place.start, find.rule));
    let mut apart: Vec<Find> = Vec::with_capacity(finds.len());
    for find in finds {
        match apart.last_mut() {
            Some(last) if find.place.start < last.place.end => {
                last.place.end = last.place.end.max(find.place.end);
                last.rule = last.rule.min(find.rule);
            }
            _ => apart.push(find),
        }
    }
    apart
}

/// The first group that takes part, else all of it.
fn secret_of(found: &Captures<'_>) -> Option<Range<usize>> {
    found.iter().skip(1).flatten().next().or_else(|| found.get(0)).map(|part| part.range())
}

/// Whether a text could hold a secret. Where this is not so, [`without_secrets`] finds none in it.
pub(super) fn may_hold(text: &Raw) -> bool {
    needed::may_hold(text.as_typed()) || text.laid_bare().is_some()
}

/// The text with a mark for each secret; `None` where there is none. Each secret is shown to `see` with its rule.
pub(super) fn without_secrets(text: &Raw, see: &mut impl FnMut(usize, &str)) -> Option<Raw> {
    let marked = marked(text.as_typed(), see).map(Raw::new);
    // What is hidden within a word would hide the word from the rules. It is given up only where there is a secret.
    let bare = marked.as_ref().unwrap_or(text).laid_bare();
    bare.and_then(|bare| self::marked(&bare, see)).map(Raw::new).or(marked)
}

fn marked(text: &str, see: &mut impl FnMut(usize, &str)) -> Option<String> {
    let mut marked: Option<String> = None;
    for _ in 0..ROUNDS {
        let text = marked.as_deref().unwrap_or(text);
        let finds = secrets(text);
        if finds.is_empty() {
            break;
        }
        let mut out = String::with_capacity(text.len());
        let mut done = 0;
        for Find { rule, place } in finds {
            see(rule, &text[place.clone()]);
            out.push_str(&text[done..place.start]);
            let mark = stand_in(&out, rule);
            out.push_str(&mark);
            done = place.end;
        }
        out.push_str(&text[done..]);
        marked = Some(out);
    }
    marked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shape_compiles() {
        for rule in RULES {
            let built = RegexBuilder::new(rule.shape).unicode(false).build();
            assert!(built.is_ok(), "{}: {built:?}", rule.name);
        }
        assert_eq!(SHAPES.as_ref().unwrap().all.len(), RULES.len());
    }

    #[test]
    fn no_shape_needs_a_table_of_unicode() {
        // Libraries that only tests use bring the tables along: a shape that needs one compiles here, and not in the program.
        for rule in RULES {
            for part in rule.shape.split("(?").skip(1) {
                let flags = part.split([':', ')']).next().unwrap_or_default();
                assert!(!flags.contains('u') || flags == "u-i", "{}: (?{flags}", rule.name);
                let class = ["\\w", "\\d", "\\s", "\\b"].iter().find(|class| within(part).contains(**class));
                assert!(flags != "u-i" || class.is_none(), "{}: {class:?} in (?{part}", rule.name);
            }
        }
    }

    /// A group up to the bracket that closes it.
    fn within(part: &str) -> &str {
        let (mut depth, mut in_class, mut escaped) = (0, false, false);
        for (at, c) in part.char_indices() {
            match c {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '[' => in_class = true,
                ']' => in_class = false,
                '(' if !in_class => depth += 1,
                ')' if !in_class && depth == 0 => return &part[..at],
                ')' if !in_class => depth -= 1,
                _ => {}
            }
        }
        part
    }

    #[test]
    fn what_cannot_be_checked_stays_here() {
        assert_eq!(secrets_by(None, "all is calm"), [Find { rule: RULES.len(), place: 0..11 }]);
        assert_eq!(secrets_by(None, &mark(name(RULES.len()))), []);
        assert_eq!(secrets_by(None, ""), []);
    }
}
