//! What somebody said in a channel, as far as it matters here, whatever chat it was.

use std::ops::Range;

use crate::model::Instant;
use crate::text::Raw;
use crate::text::marks::{self, Mark};

/// A message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Said {
    /// What no other message of the channel has: its time stamp as the chat writes it, and what else it takes.
    pub ts: String,
    /// When.
    pub at: Instant,
    /// What it answers, where it is a reply.
    pub thread: Option<Thread>,
    /// When it was last edited.
    pub edited: Option<String>,
    /// By whom.
    pub by: Raw,
    /// What.
    pub words: Words,
    /// Whether it is pinned to the channel.
    pub pinned: bool,
    /// The names of the reactions to it.
    pub reactions: Vec<String>,
    /// The file of the export that it stands in.
    pub file: Raw,
}

impl Said {
    /// What replies to it answer.
    pub(super) fn as_thread(&self) -> Thread {
        Thread { ts: self.ts.clone(), at: self.at, root: Some(self.words.text.clone()) }
    }
}

/// The message that began a thread.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Thread {
    /// Its time stamp.
    pub ts: String,
    /// When.
    pub at: Instant,
    /// What it says, where the reply brings it along.
    pub root: Option<String>,
}

/// Plain text, and what its marks mean.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Words {
    pub text: String,
    /// Where people are named with their `@`, and their names, which may have blanks in them.
    people: Vec<(Range<usize>, Raw)>,
    /// Where something stands that only looks like a mark: the `#` of a channel, the `@here` of a call to all.
    no_marks: Vec<usize>,
}

impl Words {
    /// Adds text as it is.
    pub(super) fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Adds somebody's name with an `@`.
    pub(super) fn push_person(&mut self, name: &Raw) {
        let from = self.text.len();
        self.text.push('@');
        self.text.push_str(name.as_typed());
        self.people.push((from..self.text.len(), name.clone()));
    }

    /// Adds what begins with `#` or `@` and is neither a tag nor a person.
    pub(super) fn push_no_mark(&mut self, text: &str) {
        self.no_marks.push(self.text.len());
        self.text.push_str(text);
    }

    /// Adds all of another text, on a line of its own where there is one before it.
    pub(super) fn push_line(&mut self, other: &Self) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        let shift = self.text.len();
        self.text.push_str(&other.text);
        let moved = |(at, name): &(Range<usize>, Raw)| (at.start + shift..at.end + shift, name.clone());
        self.people.extend(other.people.iter().map(moved));
        self.no_marks.extend(other.no_marks.iter().map(|at| at + shift));
    }

    /// The tags and the people that it names, each once, in order, without `#` and `@`. A channel is no tag: it is a place,
    /// and would stand among the tags of half of all messages.
    pub(super) fn marks(&self) -> (Vec<Raw>, Vec<Raw>) {
        let (mut tags, mut named) = (Vec::new(), self.people.clone());
        for (span, mark) in marks::spans(&self.text) {
            let within = self.people.iter().any(|(person, _)| person.contains(&span.start));
            if within || self.no_marks.contains(&span.start) {
                continue;
            }
            let name = Raw::new(&self.text[span.start + 1..span.end]);
            match mark {
                Mark::Tag => marks::add(&mut tags, [name]),
                Mark::Person => named.push((span, name)),
            }
        }
        named.sort_by_key(|(at, _)| at.start);
        let mut people = Vec::new();
        marks::add(&mut people, named.into_iter().map(|(_, name)| name));
        (tags, people)
    }
}
