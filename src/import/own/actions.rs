//! What is to be done, in our own report: a text, and in brackets what is known of it.

use chrono::NaiveDate;

use super::page::{Item, Kind, Section, Words};
use super::{Sheet, known};
use crate::import::just_added;
use crate::log::Change;
use crate::model::ActionKind;
use crate::text::Raw;

/// The heading of the section.
pub(super) const HEADING: &str = "Corrective and Preventative Measures";

/// What stands in the brackets.
#[derive(Debug, Default)]
struct Known {
    owner: Option<Raw>,
    due: Option<NaiveDate>,
    priority: Option<u8>,
    class: Option<Raw>,
    link: Option<Raw>,
    done: bool,
    dropped: bool,
    /// Why it was dropped.
    reason: Option<Raw>,
}

impl Sheet {
    pub(super) fn actions(&mut self, section: &Section) {
        let mut kind = None;
        for block in &section.blocks {
            match (&block.kind, kind) {
                (Kind::Heading(words), _) => {
                    kind = match words.text().as_str() {
                        "Improvements" => Some(ActionKind::Improvement),
                        "Tasks" => Some(ActionKind::Task),
                        _ => {
                            self.keep_block(HEADING, block);
                            None
                        }
                    };
                }
                (Kind::Items(items), Some(kind)) => {
                    for item in self.items(HEADING, items) {
                        self.action(kind, item);
                    }
                }
                (Kind::Paragraph(words), _) if known(words).is_none() => {}
                _ => self.keep_block(HEADING, block),
            }
        }
    }

    fn action(&mut self, kind: ActionKind, item: &Item) {
        let words = flat(&item.words);
        // From the end: the text may have brackets, too; and so may the reason, which closes all that it opens.
        let even = |inside: &str| inside.matches('(').count() == inside.matches(')').count();
        let open = words.rmatch_indices(" (").find_map(|(at, open)| {
            let inside = words[at + open.len()..].strip_suffix(')').filter(|inside| even(inside))?;
            Some((at, attributes(inside)?))
        });
        let (text, known) =
            open.map_or((words.as_str(), Known::default()), |(at, known)| (&words[..at], known));
        let Known { owner, due, priority, class, link, done, dropped, reason } = known;
        let text = Raw::new(text);
        self.say(item.line, Change::ActionAdded { kind, text, owner, due, priority, class, link });
        if done {
            self.say(item.line, Change::ActionDone { action: just_added(), when: None });
        }
        if dropped {
            self.say(item.line, Change::ActionDropped { action: just_added(), reason, when: None });
        }
        self.keep_below(HEADING, item);
    }
}

/// The words, a link as the report writes one that cannot be followed.
fn flat(words: &Words) -> String {
    let flat: String = words
        .0
        .iter()
        .map(|piece| match &piece.link {
            Some(target) => format!("{}: {target}", piece.text),
            None => piece.text.clone(),
        })
        .collect();
    flat.trim().to_owned()
}

/// Reads `owner: bob; due: 2025-01-20; done`; none where there is anything else in it.
fn attributes(inside: &str) -> Option<Known> {
    let mut known = Known::default();
    let (mut rest, mut last) = (Some(inside), 0);
    while let Some(text) = rest {
        if let Some(why) = text.strip_prefix("dropped: ") {
            (known.dropped, known.reason) = (true, Some(why.into()));
            return Some(known);
        }
        let (part, more) = text.split_once("; ").map_or((text, None), |(part, more)| (part, Some(more)));
        let (name, value) = part.split_once(": ").unwrap_or((part, ""));
        let has_value = !value.is_empty();
        let rank = match name {
            "owner" if has_value => {
                known.owner = Some(value.into());
                1
            }
            "due" => {
                known.due = Some(value.parse().ok()?);
                2
            }
            "priority" => {
                known.priority = Some(value.strip_prefix('P')?.parse().ok()?);
                3
            }
            "class" if has_value => {
                known.class = Some(value.into());
                4
            }
            "link" if has_value => {
                known.link = Some(value.into());
                5
            }
            "done" if !has_value => {
                known.done = true;
                6
            }
            "dropped" if !has_value => {
                known.dropped = true;
                7
            }
            _ => return None,
        };
        if rank <= last {
            return None;
        }
        (rest, last) = (more, rank);
    }
    Some(known)
}
