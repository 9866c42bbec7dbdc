//! A private key that was pasted where every line became an entry: no line of it but the first and the last shows what it is.

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::Regex;

use super::find::{compiled, mark};
use super::rules::{KEY_BEGINS, KEY_ENDS, PRIVATE_KEY};
use crate::model::{Entry, Timeline};
use crate::text::Raw;

static BEGINS: LazyLock<Option<Regex>> = LazyLock::new(|| compiled(KEY_BEGINS));
static ENDS: LazyLock<Option<Regex>> = LazyLock::new(|| compiled(KEY_ENDS));

/// Lines of a key are this long at least; only the last is shorter (RFC 7468 has 64 characters, others up to 76).
const FULL: usize = 60;

/// What of somebody's key comes next.
enum Next {
    Line,
    End,
}

/// Puts the mark in the place of all that follows the first line of a key, by whoever entered that. The first line itself is
/// left: it is a secret by its own rule, and so its entry one of those `in_question`. Each is shown to `see` with its place in
/// the timeline.
pub(super) fn mark_keys(timeline: &mut Timeline, in_question: &[bool], see: &mut impl FnMut(usize, &str)) {
    let mut begun: HashMap<Raw, Next> = HashMap::new();
    timeline.replace(|nth, entry| {
        if begun.is_empty() && !in_question[nth] {
            return None;
        }
        let text = entry.text.as_typed().trim();
        let end = |shape: &LazyLock<Option<Regex>>| {
            shape.as_ref().and_then(|shape| shape.find_iter(text).last()).map(|found| found.end())
        };
        let begins = end(&BEGINS);
        if begins.is_none() && !begun.contains_key(&entry.by) {
            return None;
        }
        let ends = end(&ENDS);
        if begins > ends {
            begun.insert(entry.by.clone(), Next::Line);
            return None;
        }
        let next = begun.get(&entry.by)?;
        let says = |text: String| Some(Entry { text: Raw::new(text), ..entry.clone() });
        let in_key = !text.is_empty()
            && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'='));
        if let Some(end) = ends {
            let rest = text[end..].to_owned();
            begun.remove(&entry.by);
            see(nth, &text[..end]);
            says(mark(PRIVATE_KEY) + &rest)
        } else if in_key && matches!(next, Next::Line) {
            if text.len() < FULL {
                begun.insert(entry.by.clone(), Next::End);
            }
            see(nth, text);
            says(mark(PRIVATE_KEY))
        } else {
            None
        }
    });
}
