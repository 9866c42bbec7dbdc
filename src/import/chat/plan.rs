//! What of a channel comes into an incident: of each message that it does not know an entry, in the order of time.

use std::collections::HashMap;

use super::export::Talk;
use super::said::{Said, Thread};
use super::skipped::Skipped;
use crate::import::{Found, Reading, just_added};
use crate::log::Change;
use crate::log::messages::Messages;
use crate::model::{EntryKind, Instant, Message, Moment, Precision, Source};
use crate::text::Raw;

/// The most characters that a reply has of what it answers.
const BEGINNING: usize = 32;

/// What marks a message as part of the short story, where nobody asks for another reaction.
const STOPWATCH: &str = "stopwatch";

/// What was asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// Not before this.
    pub from: Option<Instant>,
    /// Not after this.
    pub to: Option<Instant>,
    /// The reactions that make a message a key entry, by their names or as they are drawn; ⏱ where none is named. What is
    /// pinned is one, too.
    pub reactions: Vec<String>,
}

impl Choice {
    /// Whether what was said then was asked for.
    pub fn includes(&self, at: Instant) -> bool {
        self.from.is_none_or(|from| from <= at) && self.to.is_none_or(|to| at <= to)
    }

    /// Whether a message is part of the short story.
    fn is_key(&self, said: &Said) -> bool {
        let wanted = |reaction: &String| match self.reactions.as_slice() {
            [] => is_same(reaction, STOPWATCH),
            named => named.iter().any(|named| is_same(reaction, named)),
        };
        said.pinned || said.reactions.iter().any(wanted)
    }
}

/// Whether a reaction is the one that is wanted: in any colour of skin, under any name of the picture, or as it is drawn.
fn is_same(reaction: &str, wanted: &str) -> bool {
    let bare = |name: &str| name.trim_matches(':').split("::").next().unwrap_or_default().to_owned();
    // What says that a sign is drawn as a picture is left out by many.
    let drawn =
        |name: &str| emojis::get_by_shortcode(name).map(|emoji| emoji.as_str().replace('\u{fe0f}', ""));
    let (reaction, wanted) = (bare(reaction), bare(wanted));
    let is_drawn = |picture| drawn(&wanted).unwrap_or_else(|| wanted.replace('\u{fe0f}', "")) == picture;
    reaction == wanted || drawn(&reaction).is_some_and(is_drawn)
}

/// What comes in.
#[derive(Clone, Debug, Default)]
pub struct Brought {
    /// As it is recorded. It founds an incident, where there is none yet.
    pub reading: Reading,
    /// How many messages become entries.
    pub new: usize,
    /// How many of those are key entries.
    pub key: usize,
    /// How many come back that went with an import that was taken back.
    pub back: usize,
    /// How many are there already.
    pub there: usize,
    /// How many of those become key entries now.
    pub marked: usize,
    /// How many of those were edited in the chat since they came in: they stay as they are.
    pub edited: usize,
    /// What becomes no entry.
    pub skipped: Skipped,
    /// How many were said at other times than was asked for.
    pub outside: usize,
}

impl Brought {
    /// Whether anything comes in.
    pub fn changes(&self) -> bool {
        self.new + self.back + self.marked > 0
    }
}

/// What of a channel an incident lacks that knows these of its messages, by their time stamps.
pub fn plan(talk: &Talk, choice: &Choice, known: &Messages) -> Brought {
    let mut brought = Brought {
        reading: Reading { title: talk.channel.title(), ..Reading::default() },
        skipped: talk.skipped.clone(),
        outside: talk.outside,
        ..Brought::default()
    };
    let threads = Threads::of(talk, known);
    for said in &talk.said {
        let is_key = choice.is_key(said);
        if let Some(known) = known.get(&said.ts) {
            if let Some(entry) = known.entry.filter(|_| known.recalled) {
                brought.back += 1;
                found(&mut brought.reading, said, talk, Change::Redone { change: entry });
                if is_key {
                    found(&mut brought.reading, said, talk, Change::EntryStarred { entry });
                }
                continue;
            }
            brought.there += 1;
            // An export may leave out when something was edited.
            let edited =
                said.edited.as_deref().filter(|at| known.edited.as_ref().map(Raw::as_typed) != Some(*at));
            brought.edited += usize::from(edited.is_some());
            if let Some(entry) = known.entry.filter(|_| is_key && !known.starred) {
                brought.marked += 1;
                found(&mut brought.reading, said, talk, Change::EntryStarred { entry });
            }
            continue;
        }
        brought.new += 1;
        found(&mut brought.reading, said, talk, entry(said, &threads));
        if is_key {
            brought.key += 1;
            found(&mut brought.reading, said, talk, Change::EntryStarred { entry: just_added() });
        }
    }
    if brought.new + brought.back + brought.there == 0 {
        brought.reading.nothing = Some("nothing was said in it that can be read".to_owned());
    }
    brought
}

fn found(reading: &mut Reading, said: &Said, talk: &Talk, change: Change) {
    let (at, ts) = (reading.found.len(), &said.ts);
    let message = Message {
        channel: talk.channel.key().clone(),
        ts: ts.as_str().into(),
        thread: said.thread.as_ref().map(|thread| thread.ts.as_str().into()),
        edited: said.edited.as_deref().map(Raw::new),
    };
    if matches!(change, Change::EntryAdded { .. }) {
        reading.by.insert(at, said.by.clone());
    }
    let source = Source { file: said.file.clone(), line: None, message: Some(Box::new(message)) };
    reading.sources.insert(at, source);
    reading.found.push(Found { line: None, change });
}

fn entry(said: &Said, threads: &Threads<'_>) -> Change {
    let (tags, people) = said.words.marks();
    let text = match &said.thread {
        Some(thread) => format!("↳ {}: {}", threads.beginning_of(thread), said.words.text),
        None => said.words.text.clone(),
    };
    let when = Moment { precision: Precision::Second, ..Moment::stamped(said.at) };
    Change::EntryAdded {
        text: Raw::new(text),
        tags,
        people,
        kind: EntryKind::Note,
        when: Some(Box::new(when)),
    }
}

/// How the messages begin that began threads.
struct Threads<'a> {
    talk: &'a Talk,
    said: HashMap<&'a str, &'a Said>,
    known: &'a Messages,
}

impl<'a> Threads<'a> {
    fn of(talk: &'a Talk, known: &'a Messages) -> Self {
        let said = talk.said.iter().map(|said| (said.ts.as_str(), said)).collect();
        Self { talk, said, known }
    }

    /// As it was when it came in, so that all replies to it begin alike; where nobody knows it, or it was purged, when it
    /// was said.
    fn beginning_of(&self, thread: &Thread) -> String {
        let ts = thread.ts.as_str();
        let in_export = || self.said.get(ts).map(|said| beginning(&said.words.text));
        let outside = || self.talk.roots.get(ts).cloned();
        let brought = || thread.root.as_deref().map(beginning);
        let told = match self.known.get(ts) {
            Some(known) => known.entry.map(|_| beginning(known.text.as_typed())),
            None => in_export().or_else(outside).or_else(brought),
        };
        told.filter(|text| !text.is_empty()).unwrap_or_else(|| thread.at.format("%H:%M UTC").to_string())
    }
}

/// The first words of a text, cut between two words.
pub(super) fn beginning(text: &str) -> String {
    let line = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    let is_whole = line == text.trim();
    let Some((end, _)) = line.char_indices().nth(BEGINNING) else {
        let line = line.trim_end_matches(':');
        return if is_whole { line.to_owned() } else { format!("{line}…") };
    };
    let cut = &line[..end];
    let words = cut.rfind(char::is_whitespace).filter(|at| *at > 0).map_or(cut, |at| &cut[..at]);
    format!("{}…", words.trim_end().trim_end_matches([':', ',', '.', ';']))
}
