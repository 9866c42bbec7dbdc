//! Completion: what fits at the cursor, the likeliest first. The list that `/` opens is one of these, and the only palette.

mod candidates;

use std::ops::Range;

use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use crate::archive::Suggestion;
use crate::grammar::Desk;
use crate::grammar::parts::{Slot, Wants, meant, slot};
use crate::grammar::table::Verb;
use crate::text::{Raw, TermText};
use candidates::Candidate;

/// What fits at the cursor, or would mend the line.
#[derive(Clone, Debug)]
pub(super) struct Completion {
    /// What it would replace in the line, in bytes.
    pub(super) span: Range<usize>,
    /// Never empty; the likeliest first.
    pub(super) choices: Vec<Choice>,
    pub(super) kind: Kind,
}

/// How a completion is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// The list of all commands.
    Palette,
    /// A short list.
    List,
    /// Beside the preview: the known subject that was perhaps meant, or what is there already.
    Mend,
    /// A short list that a key opens.
    Folded,
}

/// One thing that fits.
#[derive(Clone, Debug)]
pub(super) struct Choice {
    /// What is written into the line.
    pub(super) insert: String,
    /// What it is called.
    pub(super) label: TermText,
    /// The characters of the label that were typed.
    pub(super) hits: Vec<u32>,
    /// What it is.
    pub(super) help: TermText,
    /// The line is whole with it: nothing can follow.
    pub(super) whole: bool,
    /// A line that works.
    pub(super) example: Option<&'static str>,
}

impl Completion {
    /// Whether it is a list that a key opens.
    pub(super) fn is_folded(&self) -> bool {
        self.kind == Kind::Folded
    }
}

/// What past incidents add to what fits.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Past<'a> {
    /// What the most similar ones were caused by.
    pub(super) suggested: &'a [Suggestion],
    /// The id and the title of each.
    pub(super) known: &'a [(Raw, Raw)],
    /// The files that could be meant.
    pub(super) files: &'a [String],
}

/// Finds completions. It is kept, since its matcher is large.
pub(super) struct Finder {
    matcher: Matcher,
}

impl Default for Finder {
    fn default() -> Self {
        Self { matcher: Matcher::new(Config::DEFAULT) }
    }
}

impl Finder {
    /// What fits at the cursor, which stands at this byte; none where nothing does, or nothing is left to complete.
    pub(super) fn find(
        &mut self,
        line: &str,
        cursor: usize,
        desk: &Desk<'_>,
        past: &Past<'_>,
    ) -> Option<Completion> {
        let Some(slot) = slot(line, cursor, desk) else {
            return mend(line, desk).or_else(|| behind_a_question(line, cursor, past));
        };
        let typed = line.get(slot.span.start..cursor).unwrap_or_default();
        let (span, candidates) = candidates::of(&slot, line, desk, past);
        let is_all = |candidate: &Candidate| candidate.label.as_typed() == &line[slot.span.clone()];
        let mut choices = self.ranked(candidates, typed);
        // What is suspected here comes before what past incidents suggest.
        choices.extend(self.ranked(candidates::suggested(&slot, line, past), typed));
        match choices.as_slice() {
            // What the person typed is all there is; of a command the help is worth a row all the same.
            [(only, _)] if slot.wants != Wants::Command && is_all(only) && !only.adds() => None,
            [] => mend(line, desk),
            _ => {
                let kind = match slot.wants {
                    Wants::Command => Kind::Palette,
                    // Of a list it is not known which item is meant; and most often one is added.
                    Wants::Present if crate::grammar::present(line, desk).is_none() => Kind::Folded,
                    Wants::Present => Kind::Mend,
                    _ => Kind::List,
                };
                let choices = choices.into_iter().map(|(candidate, hits)| candidate.choice(hits)).collect();
                Some(Completion { span, choices, kind })
            }
        }
    }

    /// The candidates that what is typed could be short for: the ones that begin with it, then by how well they match,
    /// then those whose help has the words.
    fn ranked(&mut self, candidates: Vec<Candidate>, typed: &str) -> Vec<(Candidate, Vec<u32>)> {
        let wanted = typed.trim_start_matches(['/', '@', '#', '"', '\'']).to_lowercase();
        if wanted.is_empty() {
            return candidates.into_iter().map(|candidate| (candidate, Vec::new())).collect();
        }
        let pattern = Pattern::parse(&escaped(&wanted), CaseMatching::Ignore, Normalization::Smart);
        let mut found: Vec<(u32, Candidate, Vec<u32>)> = candidates
            .into_iter()
            .filter_map(|candidate| {
                let mut hits = Vec::new();
                let rank = self.rank(&candidate, &wanted, &pattern, &mut hits)?;
                hits.sort_unstable();
                hits.dedup();
                Some((rank, candidate, hits))
            })
            .collect();
        found.sort_by_key(|(rank, ..)| std::cmp::Reverse(*rank));
        found.into_iter().map(|(_, candidate, hits)| (candidate, hits)).collect()
    }

    fn rank(
        &mut self,
        candidate: &Candidate,
        wanted: &str,
        pattern: &Pattern,
        hits: &mut Vec<u32>,
    ) -> Option<u32> {
        const EXACT: u32 = 1 << 24;
        const PREFIX: u32 = 1 << 20;
        const BY_NAME: u32 = 1 << 16;
        let label = candidate.label.as_typed();
        let mut buffer = Vec::new();
        let Some(score) = pattern.indices(Utf32Str::new(label, &mut buffer), &mut self.matcher, hits) else {
            let help = candidate.help.as_typed().to_lowercase();
            let begins = help.split_whitespace().any(|word| word.starts_with(wanted));
            return (candidate.by_help && begins).then_some(1);
        };
        let name = label.trim_start_matches(['/', '@', '#']).to_lowercase();
        let bonus = if name == wanted { EXACT } else { u32::from(name.starts_with(wanted)) * PREFIX };
        Some(BY_NAME + bonus + score)
    }
}

/// What is typed is looked for as it stands: the matcher's own signs are text here.
fn escaped(wanted: &str) -> String {
    let mut escaped = String::with_capacity(wanted.len());
    for c in wanted.chars() {
        if matches!(c, '!' | '^' | '\'' | '$' | '\\') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// The causes of similar incidents, behind a `?` with nothing after it: that may still become a text.
fn behind_a_question(line: &str, cursor: usize, past: &Past<'_>) -> Option<Completion> {
    let typed = line.trim_start();
    if typed != "?" || cursor != line.len() || past.suggested.is_empty() {
        return None;
    }
    let slot = Slot { span: line.len()..line.len(), wants: Wants::Subject(Verb::Suspect) };
    let choices = candidates::suggested(&slot, line, past).into_iter();
    let choices = choices.map(|candidate| candidate.choice(Vec::new())).collect();
    Some(Completion { span: slot.span, choices, kind: Kind::Folded })
}

fn mend(line: &str, desk: &Desk<'_>) -> Option<Completion> {
    let (span, known) = meant(line, desk)?;
    let choice = candidates::subject(known).choice(Vec::new());
    Some(Completion { span, choices: vec![choice], kind: Kind::Mend })
}
