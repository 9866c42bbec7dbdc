//! The files of an export of Slack: folders of channels with a file for each day, and beside them what the channels and the
//! people are called.

use std::collections::{BTreeMap, HashSet};

use serde_json::Value;

use super::Names;
use crate::import::chat::export::{Channel, Chat, Hear, LONGEST_MESSAGE};
use crate::import::chat::fields::{of_list, text};
use crate::import::chat::files::{Files, Refused};
use crate::import::chat::skipped::Why;
use crate::text::Raw;

/// What tells the channels of each kind.
const CHANNELS: [&str; 4] = ["channels.json", "groups.json", "dms.json", "mpims.json"];

/// What tells the people.
const PEOPLE: [&str; 2] = ["users.json", "org_users.json"];

/// Whether a file of this name tells the channels of an export.
pub(in crate::import::chat) fn tells_channels(name: &str) -> bool {
    CHANNELS.contains(&name)
}

/// An export of Slack.
pub(in crate::import::chat) struct Slack {
    files: Box<dyn Files>,
    /// What stands before all paths: an archive may have one folder that has all.
    root: String,
    /// In the order of their names, which are those of their folders.
    channels: Vec<Channel>,
    /// What each channel has, in the same order.
    contents: Vec<Contents>,
    names: Names,
}

/// What a channel has.
#[derive(Default)]
struct Contents {
    /// The paths of its days.
    days: Vec<String>,
    /// The time stamps of the messages that are pinned to it.
    pins: HashSet<String>,
}

impl Slack {
    /// Looks what is in it.
    ///
    /// # Errors
    /// Where it is no export, or one that is not read.
    pub(in crate::import::chat) fn open(files: Box<dyn Files>) -> Result<Self, Refused> {
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
        let channels = folders.keys().map(Channel::named).collect();
        let contents = folders.into_values().map(|days| Contents { days, ..Contents::default() }).collect();
        let mut export = Self { files, root, channels, contents, names: Names::default() };
        export.name_channels()?;
        Ok(export)
    }

    /// Gives the channels their ids and what is pinned to them.
    fn name_channels(&mut self) -> Result<(), Refused> {
        let Self { files, root, channels, contents, names } = self;
        for file in CHANNELS {
            whole(&mut **files, root, file, |told| {
                let text = |field: &str| told.get(field).and_then(Value::as_str);
                let Some(id) = text("id") else { return };
                // A direct message has none, and its id is that of its folder.
                let name = text("name").unwrap_or(id);
                names.add_channel(id, name);
                let of = |called: &str| channels.binary_search_by(|one| one.name.as_typed().cmp(called)).ok();
                let Some(place) = of(name).or_else(|| of(id)) else { return };
                channels[place].id = Some(id.into());
                let pins = told.get("pins").and_then(Value::as_array).into_iter().flatten();
                let pins = pins.filter_map(|pin| Some(pin.get("id")?.as_str()?.to_owned()));
                contents[place].pins.extend(pins);
            })?;
        }
        Ok(())
    }

    fn name_people(&mut self) -> Result<(), Refused> {
        let Self { files, root, names, .. } = self;
        PEOPLE.iter().try_for_each(|file| whole(&mut **files, root, file, |user| names.add_user(user)))
    }

    fn place(&self, channel: &Channel) -> Option<usize> {
        self.channels.iter().position(|one| one == channel)
    }
}

impl Chat for Slack {
    fn channels(&self) -> &[Channel] {
        &self.channels
    }

    fn count(&mut self, channel: &Channel) -> Result<usize, Refused> {
        let mut count = 0;
        let Some(place) = self.place(channel) else { return Ok(count) };
        for day in &self.contents[place].days {
            of_list(day, text(day, &self.files.read(day)?)?, |_| {
                count += 1;
                Ok(())
            })?;
        }
        Ok(count)
    }

    fn tell(&mut self, channel: &Channel, to: &mut dyn Hear) -> Result<(), Refused> {
        self.name_people()?;
        let Some(place) = self.place(channel) else { return Ok(()) };
        let Self { files, root, names, .. } = self;
        let Contents { days, pins } = &self.contents[place];
        for day in days {
            let bytes = files.read(day)?;
            to.bytes(&bytes);
            let file = Raw::new(day.strip_prefix(root.as_str()).unwrap_or(day));
            of_list(day, text(day, &bytes)?, |message| {
                let is_short = message.len() <= LONGEST_MESSAGE;
                let message = is_short.then(|| serde_json::from_str(message).ok()).flatten();
                to.message(match message {
                    Some(message) => super::said(&message, names, pins, &file),
                    None => Err(Why::NotUnderstood),
                })
            })?;
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
    of_list(&path, text(&path, &files.read(&path)?)?, |thing| {
        if let Ok(thing) = serde_json::from_str(thing) {
            see(&thing);
        }
        Ok(())
    })
}
