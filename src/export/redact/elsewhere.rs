//! Secrets that were found in one place, wherever else they stand: "the password is …" says nothing to a rule.

use aho_corasick::{AhoCorasick, Input, MatchKind};

use super::find::stand_in;
use super::rules::RULES;
use super::value;
use crate::text::Raw;

/// The secrets of an incident.
pub(super) struct Elsewhere {
    secrets: Vec<(usize, String)>,
    shape: Option<AhoCorasick>,
}

impl Elsewhere {
    /// From secrets with the numbers of the rules that found them; without those that could be any word or that `is_known`
    /// as something else.
    pub(super) fn of<'a>(
        found: impl Iterator<Item = (usize, &'a String)>,
        is_known: impl Fn(&str) -> bool,
    ) -> Self {
        let in_a_mark = |secret: &str| RULES.iter().any(|rule| rule.name.contains(secret));
        let counts =
            |secret: &str| value::is_secret_elsewhere(secret) && !is_known(secret) && !in_a_mark(secret);
        let secrets: Vec<(usize, String)> = found
            .map(|(rule, secret)| (rule, secret.trim()))
            .filter(|(_, secret)| counts(secret))
            .map(|(rule, secret)| (rule, secret.to_owned()))
            .collect();
        // It fails only where the secrets have gigabytes.
        let shape = (!secrets.is_empty())
            .then(|| {
                AhoCorasick::builder()
                    .match_kind(MatchKind::LeftmostLongest)
                    .build(secrets.iter().map(|one| &one.1))
            })
            .and_then(Result::ok);
        Self { secrets, shape }
    }

    /// Whether there are none to look for.
    pub(super) fn is_empty(&self) -> bool {
        self.shape.is_none()
    }

    /// Whether one of them is in a text.
    pub(super) fn is_in(&self, text: &Raw) -> bool {
        self.without(text, &mut |_, _| {}).is_some()
    }

    /// The text with a mark for each; `None` where there is none. Each is shown to `see` with its rule.
    pub(super) fn without(&self, text: &Raw, see: &mut impl FnMut(usize, &str)) -> Option<Raw> {
        let bare = text.laid_bare().and_then(|bare| self.marked(&bare, see));
        bare.or_else(|| self.marked(text.as_typed(), see)).map(Raw::new)
    }

    fn marked(&self, text: &str, see: &mut impl FnMut(usize, &str)) -> Option<String> {
        let shape = self.shape.as_ref()?;
        let mut out: Option<String> = None;
        let (mut done, mut from) = (0, 0);
        while let Some(found) = shape.find(Input::new(text).range(from..)) {
            let (start, end) = (found.start(), found.end());
            if !is_whole(text, start, end) {
                from = start + text[start..].chars().next().map_or(1, char::len_utf8);
                continue;
            }
            let out = out.get_or_insert_default();
            let (rule, secret) = &self.secrets[found.pattern().as_usize()];
            see(*rule, secret);
            out.push_str(&text[done..start]);
            let mark = stand_in(out, *rule);
            out.push_str(&mark);
            (done, from) = (end, end);
        }
        let mut out = out?;
        out.push_str(&text[done..]);
        Some(out)
    }
}

/// Whether what stands here is no part of a longer word.
fn is_whole(text: &str, from: usize, to: usize) -> bool {
    let goes_on = |c: char| c.is_alphanumeric() || c == '_';
    let secret = &text[from..to];
    let left = secret.starts_with(goes_on) && text[..from].ends_with(goes_on);
    let right = secret.ends_with(goes_on) && text[to..].starts_with(goes_on);
    !left && !right
}
