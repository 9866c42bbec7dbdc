//! An export of a chat: its channels, and what was said in one of them, whatever chat it is of.

use std::collections::{HashMap, HashSet};

use super::files::{Files, Refused};
use super::mattermost::{self, Mattermost};
use super::plan::{Choice, beginning};
use super::said::Said;
use super::skipped::{Skipped, Why};
use super::slack::{self, Slack};
use crate::model::Document;
use crate::text::Raw;

/// The longest message that is read, in bytes: Slack itself takes a sixteenth of that.
pub(super) const LONGEST_MESSAGE: usize = 1 << 20;

/// The most messages that a channel has.
const MOST_MESSAGES: usize = 200_000;

/// Whether files with these paths are an export, by what only an export has.
pub fn is_export<'a>(mut names: impl Iterator<Item = &'a str>) -> bool {
    names.any(slack::tells_channels)
}

/// A channel of an export.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Channel {
    /// Its name; a direct message may have its id there.
    pub name: Raw,
    /// Its id, where the export tells it: no other channel of the export has it.
    pub id: Option<Raw>,
    /// Whether it is one of people, not one with a name.
    pub is_direct: bool,
}

impl Channel {
    /// One of which only the name is known.
    pub(super) fn named(name: impl AsRef<str>) -> Self {
        Self { name: name.as_ref().into(), ..Self::default() }
    }

    /// What its messages are known by.
    pub fn key(&self) -> &Raw {
        self.id.as_ref().unwrap_or(&self.name)
    }

    /// What it is called: `#incidents`.
    pub fn title(&self) -> Raw {
        if self.is_direct { self.name.clone() } else { Raw::new(["#", self.name.as_typed()].concat()) }
    }

    /// Whether a person means it: by its name, with or without a `#` or `~`, or its id.
    pub fn is_called(&self, given: &str) -> bool {
        let given = given.strip_prefix(['#', '~']).unwrap_or(given);
        let is = |name: &Raw| name.as_typed().eq_ignore_ascii_case(given);
        is(&self.name) || self.id.as_ref().is_some_and(is)
    }
}

/// Who is told what is read of a channel, in order.
pub(super) trait Hear {
    /// What of a file is about to be read.
    fn bytes(&mut self, bytes: &[u8]);

    /// A message, or why it becomes no entry.
    ///
    /// # Errors
    /// Where a limit is passed.
    fn message(&mut self, said: Result<Said, Why>) -> Result<(), Refused>;
}

/// An export of one kind of chat.
pub(super) trait Chat {
    /// Its channels.
    fn channels(&self) -> &[Channel];

    /// How many messages a channel has.
    ///
    /// # Errors
    /// Where its files are not read.
    fn count(&mut self, channel: &Channel) -> Result<usize, Refused>;

    /// Tells all that a channel has.
    ///
    /// # Errors
    /// Where its files are not read, or who hears it refuses.
    fn tell(&mut self, channel: &Channel, to: &mut dyn Hear) -> Result<(), Refused>;
}

/// What was said in a channel.
#[derive(Clone, Debug)]
pub struct Talk {
    /// Where.
    pub(super) channel: Channel,
    /// In the order of time.
    pub(super) said: Vec<Said>,
    /// How the messages begin that may have begun a thread and are not among these, by their time stamps.
    pub(super) roots: HashMap<String, String>,
    /// What is not among them.
    pub skipped: Skipped,
    /// How many were said at other times than was asked for.
    pub outside: usize,
    /// What was read.
    pub document: Document,
}

impl Talk {
    /// Where.
    pub fn channel(&self) -> &Channel {
        &self.channel
    }

    /// Whether nothing was said.
    pub fn is_empty(&self) -> bool {
        self.said.is_empty()
    }
}

/// An export that was opened.
pub struct Export(Box<dyn Chat>);

impl Export {
    /// Looks what is in it.
    ///
    /// # Errors
    /// Where it is no export, or one that is not read.
    pub fn open(mut files: Box<dyn Files>) -> Result<Self, Refused> {
        Ok(Self(match mattermost::find(&mut *files)? {
            Some((path, bytes)) => Box::new(Mattermost::open(&path, &bytes)?),
            None => Box::new(Slack::open(files)?),
        }))
    }

    /// Its channels.
    pub fn channels(&self) -> &[Channel] {
        self.0.channels()
    }

    /// How many messages a channel has.
    ///
    /// # Errors
    /// Where its files are not read.
    pub fn count(&mut self, channel: &Channel) -> Result<usize, Refused> {
        self.0.count(channel)
    }

    /// What was said in a channel at the times that were asked for. `name` is that of the export.
    ///
    /// # Errors
    /// Where its files are not read: then nothing of it is.
    pub fn talk(&mut self, channel: &Channel, choice: &Choice, name: &Raw) -> Result<Talk, Refused> {
        let document =
            Document { file: name.clone(), bytes: 0, crc: 0, channel: Some(channel.key().clone()) };
        let mut talk = Talk {
            channel: channel.clone(),
            said: Vec::new(),
            roots: HashMap::new(),
            skipped: Skipped::default(),
            outside: 0,
            document,
        };
        self.0.tell(channel, &mut Hearing { talk: &mut talk, choice, known: HashSet::new() })?;
        talk.said.sort_by(|a, b| (a.at, &a.ts).cmp(&(b.at, &b.ts)));
        Ok(talk)
    }
}

/// Takes in what is read.
struct Hearing<'a> {
    talk: &'a mut Talk,
    choice: &'a Choice,
    /// The time stamps that were there before.
    known: HashSet<String>,
}

impl Hear for Hearing<'_> {
    fn bytes(&mut self, bytes: &[u8]) {
        let document = &mut self.talk.document;
        document.bytes += bytes.len() as u64;
        document.crc = crc32c::crc32c_append(document.crc, bytes);
    }

    fn message(&mut self, said: Result<Said, Why>) -> Result<(), Refused> {
        let said = match said {
            Ok(said) if self.known.contains(&said.ts) => Err(Why::Copy),
            said => said,
        };
        match said {
            Ok(said) => {
                self.known.insert(said.ts.clone());
                if self.known.len() > MOST_MESSAGES {
                    return Err(Refused::TooManyMessages {
                        channel: self.talk.channel.title(),
                        most: MOST_MESSAGES,
                    });
                }
                if self.choice.includes(said.at) {
                    self.talk.said.push(said);
                } else {
                    self.talk.outside += 1;
                    self.talk.roots.insert(said.ts, beginning(&said.words.text));
                }
            }
            Err(why) => self.talk.skipped.add(why),
        }
        Ok(())
    }
}
