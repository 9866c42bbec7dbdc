//! An export of a chat: its channels, and what was said in one of them. So far those of Slack: folders of channels with a file
//! for each day, and beside them what the channels and the people are called.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt;

use serde::Deserializer as _;
use serde::de::{self, SeqAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;

use super::files::{Files, Refused};
use super::plan::Choice;
use super::said::Said;
use super::skipped::{Skipped, Why};
use super::slack::{self, Names};
use crate::model::Document;
use crate::text::Raw;

/// What tells the channels of each kind.
const CHANNELS: [&str; 4] = ["channels.json", "groups.json", "dms.json", "mpims.json"];

/// What tells the people.
const PEOPLE: [&str; 2] = ["users.json", "org_users.json"];

/// The longest message that is read, in bytes: Slack itself takes a sixteenth of that.
const LONGEST_MESSAGE: usize = 1 << 20;

/// The most messages that a channel has.
const MOST_MESSAGES: usize = 200_000;

/// Whether files with these paths are an export, by what only an export has.
pub fn is_export<'a>(mut names: impl Iterator<Item = &'a str>) -> bool {
    names.any(|name| CHANNELS.contains(&name))
}

/// A channel of an export.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Channel {
    /// Its name, which is that of its folder; a direct message has its id there.
    pub name: Raw,
    /// Its id, where the export tells it.
    pub id: Option<Raw>,
    /// The paths of its days.
    days: Vec<String>,
    /// The time stamps of the messages that are pinned to it.
    pins: HashSet<String>,
}

impl Channel {
    /// What its messages are known by.
    pub fn key(&self) -> &Raw {
        self.id.as_ref().unwrap_or(&self.name)
    }

    /// What it is called: `#incidents`.
    pub fn title(&self) -> Raw {
        Raw::new(["#", self.name.as_typed()].concat())
    }

    /// Whether a person means it: by its name, with or without a `#`, or its id.
    pub fn is_called(&self, given: &str) -> bool {
        let given = given.strip_prefix('#').unwrap_or(given);
        let is = |name: &Raw| name.as_typed().eq_ignore_ascii_case(given);
        is(&self.name) || self.id.as_ref().is_some_and(is)
    }
}

/// What was said in a channel.
#[derive(Clone, Debug)]
pub struct Talk {
    /// Where.
    pub(super) channel: Channel,
    /// In the order of time.
    pub(super) said: Vec<Said>,
    /// How the messages begin that began a thread and are not among these, by their time stamps.
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
pub struct Export {
    files: Box<dyn Files>,
    /// What stands before all paths: an archive may have one folder that has all.
    root: String,
    channels: Vec<Channel>,
    names: Names,
}

impl Export {
    /// Looks what is in it.
    ///
    /// # Errors
    /// Where it is no export, or one that is not read.
    pub fn open(files: Box<dyn Files>) -> Result<Self, Refused> {
        let root = root(files.paths()).ok_or(Refused::NoChat)?;
        let mut folders: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for path in files.paths() {
            let parts = path.strip_prefix(root.as_str()).and_then(|inside| inside.split_once('/'));
            if let Some((folder, _)) = parts.filter(|(folder, day)| is_day(day) && !folder.starts_with('.')) {
                folders.entry(folder.to_owned()).or_default().push(path.clone());
            }
        }
        if folders.is_empty() {
            return Err(Refused::NoChat);
        }
        let channels =
            folders.into_iter().map(|(name, days)| Channel { name: name.into(), days, ..Channel::default() });
        let mut export = Self { channels: channels.collect(), files, root, names: Names::default() };
        export.name_channels()?;
        Ok(export)
    }

    /// Its channels, in the order of their names.
    pub fn channels(&self) -> &[Channel] {
        &self.channels
    }

    /// How many messages a channel has.
    ///
    /// # Errors
    /// Where its files are not read.
    pub fn count(&mut self, channel: &Channel) -> Result<usize, Refused> {
        let mut count = 0;
        for day in &channel.days {
            each(day, &self.files.read(day)?, |_| {
                count += 1;
                Ok(())
            })?;
        }
        Ok(count)
    }

    /// What was said in a channel at the times that were asked for. `name` is that of the export.
    ///
    /// # Errors
    /// Where its files are not read: then nothing of it is.
    pub fn talk(&mut self, channel: &Channel, choice: &Choice, name: &Raw) -> Result<Talk, Refused> {
        self.name_people()?;
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
        let mut reader = Reader { talk: &mut talk, names: &self.names, choice, known: HashSet::new() };
        for day in &channel.days {
            reader.day(day, &self.root, &self.files.read(day)?)?;
        }
        talk.said.sort_by(|a, b| (a.at, &a.ts).cmp(&(b.at, &b.ts)));
        Ok(talk)
    }

    /// Gives the channels their ids and what is pinned to them.
    fn name_channels(&mut self) -> Result<(), Refused> {
        let Self { files, root, channels, names } = self;
        for file in CHANNELS {
            whole(&mut **files, root, file, |told| {
                let text = |field: &str| told.get(field).and_then(Value::as_str);
                let Some(id) = text("id") else { return };
                // A direct message has none, and its id is that of its folder.
                let name = text("name").unwrap_or(id);
                names.add_channel(id, name);
                let of = |called: &str| channels.binary_search_by(|one| one.name.as_typed().cmp(called)).ok();
                let Some(place) = of(name).or_else(|| of(id)) else { return };
                let channel = &mut channels[place];
                channel.id = Some(id.into());
                let pins = told.get("pins").and_then(Value::as_array).into_iter().flatten();
                channel.pins.extend(pins.filter_map(|pin| Some(pin.get("id")?.as_str()?.to_owned())));
            })?;
        }
        Ok(())
    }

    fn name_people(&mut self) -> Result<(), Refused> {
        let Self { files, root, names, .. } = self;
        PEOPLE.iter().try_for_each(|file| whole(&mut **files, root, file, |user| names.add_user(user)))
    }
}

/// Reads day after day.
struct Reader<'a> {
    talk: &'a mut Talk,
    names: &'a Names,
    choice: &'a Choice,
    known: HashSet<String>,
}

impl Reader<'_> {
    fn day(&mut self, path: &str, root: &str, bytes: &[u8]) -> Result<(), Refused> {
        let document = &mut self.talk.document;
        document.bytes += bytes.len() as u64;
        document.crc = crc32c::crc32c_append(document.crc, bytes);
        let file = Raw::new(path.strip_prefix(root).unwrap_or(path));
        each(path, bytes, |message| self.message(message, &file))
    }

    fn message(&mut self, message: &str, file: &Raw) -> Result<(), Refused> {
        let is_short = message.len() <= LONGEST_MESSAGE;
        let said = match is_short.then(|| serde_json::from_str(message).ok()).flatten() {
            Some(message) => slack::said(&message, self.names, &self.talk.channel.pins),
            None => Err(Why::NotUnderstood),
        };
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
                    self.talk.said.push(Said { file: file.clone(), ..said });
                } else {
                    self.talk.outside += 1;
                    self.talk.roots.insert(said.ts, super::plan::beginning(&said.words.text));
                }
            }
            Err(why) => self.talk.skipped.add(why),
        }
        Ok(())
    }
}

/// What stands before the paths of an export: the folder of what tells its channels, else that of its people, else that of
/// the channels themselves.
fn root(paths: &[String]) -> Option<String> {
    let folder = |path: &str, name: &str| {
        let folder = path.strip_suffix(name)?;
        (folder.is_empty() || folder.ends_with('/')).then(|| folder.to_owned())
    };
    let told = CHANNELS
        .iter()
        .chain(&PEOPLE)
        .find_map(|name| paths.iter().filter_map(|path| folder(path, name)).min_by_key(String::len));
    let of_day = |path: &String| {
        let (folder, day) = path.rsplit_once('/')?;
        is_day(day)
            .then(|| folder.rsplit_once('/').map_or_else(String::new, |(above, _)| format!("{above}/")))
    };
    told.or_else(|| paths.iter().filter_map(of_day).min_by_key(String::len))
}

/// Whether a file is that of a day: `2024-08-10.json`.
fn is_day(name: &str) -> bool {
    name.strip_suffix(".json").is_some_and(|day| {
        day.len() == 10
            && day.bytes().enumerate().all(|(at, byte)| match at {
                4 | 7 => byte == b'-',
                _ => byte.is_ascii_digit(),
            })
    })
}

/// Reads a list of things, where the export has the file.
fn whole(files: &mut dyn Files, root: &str, name: &str, mut see: impl FnMut(&Value)) -> Result<(), Refused> {
    let path = format!("{root}{name}");
    if files.paths().binary_search(&path).is_err() {
        return Ok(());
    }
    each(&path, &files.read(&path)?, |thing| {
        if let Ok(thing) = serde_json::from_str(thing) {
            see(&thing);
        }
        Ok(())
    })
}

/// Shows each thing of a list in JSON, one after the other: they are never all in memory.
fn each(path: &str, bytes: &[u8], see: impl FnMut(&str) -> Result<(), Refused>) -> Result<(), Refused> {
    struct List<F>(F, Option<Refused>);

    impl<'de, F: FnMut(&str) -> Result<(), Refused>> Visitor<'de> for &mut List<F> {
        type Value = ();

        fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
            to.write_str("a list")
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
            while let Some(thing) = list.next_element::<&RawValue>()? {
                if let Err(refused) = (self.0)(thing.get()) {
                    self.1 = Some(refused);
                    return Err(de::Error::custom("refused"));
                }
            }
            Ok(())
        }
    }

    let not_understood = |why: String| Refused::NotUnderstood { path: path.into(), why };
    let text = std::str::from_utf8(bytes).map_err(|error| not_understood(error.to_string()))?;
    let mut json = serde_json::Deserializer::from_str(text.trim_start_matches('\u{feff}'));
    let mut list = List(see, None);
    match json.deserialize_seq(&mut list).and_then(|()| json.end()) {
        Ok(()) => Ok(()),
        Err(error) => Err(list.1.unwrap_or_else(|| not_understood(error.to_string()))),
    }
}
