//! What is to be done afterwards: items, labelled paragraphs, promises in prose, tables; with owner, due date, priority and
//! ticket where they are given.

mod group;
pub(super) mod loose;
mod marks;
mod people;
mod prose;
mod shape;
mod status;
mod table;
mod unnamed;
mod verbs;

pub(super) use unnamed::{last, promised};

use super::document::{Claims, label, plain};
use super::parts::{Part, Shape, outline, pictures};
use super::sections::Topic;
use super::{Found, just_added};
use crate::log::Change;
use crate::model::ActionKind;
use crate::text::Raw;

/// An action that is being read.
#[derive(Clone, Debug, Default)]
pub(super) struct Draft {
    line: u32,
    text: String,
    marks: marks::Marks,
    /// The heading or label in front of it.
    under: Option<String>,
}

/// The actions of the parts under one heading or label; claims what they are made of.
pub(super) fn of(parts: &[Part], claims: &mut Claims) -> Vec<Found> {
    let Some(first) = parts.first() else { return Vec::new() };
    let kind = if first.topics.contains(&Topic::Tasks) { ActionKind::Task } else { ActionKind::Improvement };
    if shape::may_be_past(&first.heading) && !first.topics.contains(&Topic::Measures) && all_done(parts) {
        return Vec::new();
    }
    let mut drafts = table::rows(parts, claims);
    let least = parts.iter().filter(|p| p.shape == Shape::Item).map(|p| p.depth).min();
    let listed = least.is_some() || !drafts.is_empty();
    let paragraphs = parts.iter().filter(|p| p.shape == Shape::Prose && p.depth == 0).count();
    let mut parents: Vec<(u8, usize)> = Vec::new();
    let mut led = 0;
    for (at, part) in parts.iter().enumerate() {
        match part.shape {
            _ if at < led => {}
            Shape::Row { .. } => {}
            Shape::Prose if group::data(&parts[at..]) > 0 => {
                led = at + 1 + group::data(&parts[at..]);
                drafts.push(group::with_data(&parts[at..led], claims));
            }
            Shape::Item => item(parts, at, &mut drafts, &mut parents, claims),
            Shape::Prose if part.depth > 0 && !parents.is_empty() => {
                if let Some((_, parent)) = parents.iter().rev().find(|(depth, _)| *depth < part.depth) {
                    add_to(&mut drafts[*parent], &part.text, "\n");
                    claim(part, claims);
                }
            }
            Shape::Prose => prose::read(part, paragraphs, listed, &mut drafts, claims),
        }
    }
    drafts.into_iter().flat_map(|draft| finished(draft, kind)).collect()
}

/// Whether all that the parts tell is done: it ended the outage, and is no plan.
fn all_done(parts: &[Part]) -> bool {
    let mut told =
        parts.iter().map(|part| plain(&part.text)).filter(|text| !text.trim().is_empty()).peekable();
    let rows = parts.iter().any(|part| matches!(part.shape, Shape::Row { .. }));
    !rows && told.peek().is_some() && told.all(|text| shape::is_past(&text) || text.ends_with(':'))
}

/// Whether a box to be ticked stands before the text; a tick alone says that something went well, too.
fn checkbox(text: &str) -> bool {
    let text = text.trim();
    let boxed = text.starts_with(['[', '☐', '\\']);
    marks::checkbox(text).filter(|_| boxed).is_some_and(|(_, rest)| !rest.is_empty())
}

fn claim(part: &Part, claims: &mut Claims) {
    part.blocks.iter().for_each(|block| claims.claim(*block));
}

/// An item is an action, one below it a part of it; below a label without a text each is an action with that label.
fn item(
    parts: &[Part],
    at: usize,
    drafts: &mut Vec<Draft>,
    parents: &mut Vec<(u8, usize)>,
    claims: &mut Claims,
) {
    let part = &parts[at];
    let text = plain(&part.text);
    parents.retain(|(depth, _)| *depth < part.depth);
    if text.is_empty() {
        // The label that stood before it opened this group: what is below it are the items.
        claim(part, claims);
        return;
    }
    if shape::is_nothing(&part.text) {
        return;
    }
    let name = text.trim_end_matches([':', ' ']);
    let leads = parts.get(at + 1).is_some_and(|next| {
        next.under.as_deref() == Some(name) && next.shape == Shape::Item && next.depth > part.depth
    });
    let bare = label(&part.text).is_some_and(|(_, rest)| rest.is_empty());
    claim(part, claims);
    let opens = (bare && leads && !group::goes_on(&parts[at..])) || group::is_named(&parts[at..]);
    if opens && parents.is_empty() && part.under.is_none() {
        return;
    }
    if let Some((_, parent)) = parents.last() {
        add_to(&mut drafts[*parent], &part.text, "\n- ");
        return;
    }
    parents.push((part.depth, drafts.len()));
    let mut new = draft(part, &part.text);
    if let Some(name) = group::above(&parts[..at], part) {
        new.text = format!("{name}: {}", new.text);
    }
    drafts.push(new);
}

fn draft(part: &Part, raw: &str) -> Draft {
    let raw = raw[outline(raw)..].trim();
    let (text, mut marks) = marks::read(raw[pictures(raw)..].trim_end_matches(';'));
    if marks.owner.is_none() && (part.labelled || is_plain_name(&part.heading)) {
        marks.owner = people::who_dashes(&text);
    }
    let done_above = part.under.as_deref().is_some_and(marks::says_done) || marks::says_done(&part.heading);
    marks.done |= done_above;
    let text =
        match part.under.as_deref().map(str::trim).filter(|under| !under.is_empty() && !is_plain_name(under))
        {
            Some(under) => format!("{}: {text}", under.trim_end_matches(':')),
            None => text,
        };
    Draft { line: part.line, text, marks, under: part.under.clone() }
}

/// A heading that names nothing but that actions follow.
fn is_plain_name(heading: &str) -> bool {
    let topics = Topic::label(heading);
    !topics.is_empty() && topics.iter().all(|topic| topic.is_to_do())
}

fn add_to(draft: &mut Draft, raw: &str, between: &str) {
    let marks = marks::field(raw).unwrap_or_else(|| marks::read(raw).1);
    if marks.only {
        draft.marks.take(marks);
        return;
    }
    draft.text.push_str(between);
    draft.text.push_str(&plain(raw));
}

/// The changes of an action.
fn finished(draft: Draft, kind: ActionKind) -> Vec<Found> {
    let mut text = draft.text.trim().to_owned();
    if text.is_empty() {
        return Vec::new();
    }
    let mut marks = draft.marks;
    if let Some(told) = marks.told.take_if(|_| marks.done || !marks.dropped) {
        text = format!("{text} ({told})");
    }
    let line = Some(draft.line);
    let raw = |text: String| Raw::new(text);
    let added = Change::ActionAdded {
        kind,
        text: Raw::new(text),
        owner: marks.owner.map(raw),
        due: marks.due,
        priority: marks.priority,
        class: marks.class.map(raw),
        link: marks.link.map(raw),
    };
    let mut found = vec![Found { line, change: added }];
    if marks.done {
        found.push(Found { line, change: Change::ActionDone { action: just_added(), when: None } });
    } else if marks.dropped {
        found.push(Found {
            line,
            change: Change::ActionDropped { action: just_added(), reason: marks.told.map(raw), when: None },
        });
    }
    found
}
