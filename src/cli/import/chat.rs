//! `warroom import` of an export of a chat: a channel comes into an incident.

use std::fs::File;
use std::io::{BufReader, Read as _};
use std::path::{Path, PathBuf};

use super::folder::Folder;
use crate::archive::{Digest, duplicates};
use crate::cli::failure::Failure;
use crate::cli::{find, open, out};
use crate::config::Config;
use crate::grammar::Desk;
use crate::import::chat::{self, Brought, Channel, Choice, Export, Files, Refused, Talk, Zipped};
use crate::log::messages::Messages;
use crate::model::{Incident, Moment};
use crate::session::chat::{NotBrought, Outcome, bring, founded_on, prospect, take_back};
use crate::session::clock::{Clock as _, Wall};
use crate::session::{self, Import};
use crate::text::{Raw, json};

/// How many channels are told where one has to be named.
const TOLD: usize = 20;

#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Exports of chats")]
pub(super) struct Wanted {
    /// The channel that is meant, by its name or its id
    #[arg(long, value_name = "NAME")]
    channel: Option<String>,
    /// Only what was said then or later: 10:42, -2h, "2024-08-10 08:30"
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    from: Option<String>,
    /// Only what was said until then
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    to: Option<String>,
    /// The reaction that makes a message a key entry, instead of :stopwatch:; may be given several times
    #[arg(long, value_name = "NAME")]
    key_reaction: Vec<String>,
}

impl Wanted {
    fn are_given(&self) -> bool {
        self.channel.is_some() || self.from.is_some() || self.to.is_some() || !self.key_reaction.is_empty()
    }
}

/// The export that is meant, where one is.
pub(super) fn export(args: &super::Args) -> Result<Option<&Path>, Failure> {
    let asked = args.chat.are_given() || args.incident.is_some();
    let is_one = |path: &Path| is_export(path) || (asked && path.is_dir());
    match args.files.as_slice() {
        [only] if is_one(only) => Ok(Some(only)),
        files if asked || files.iter().any(|path| is_export(path)) => Err(Failure::usage(
            "an export of a chat is imported by itself, and only with one go -i, --channel, --from, --to and --key-reaction",
            "name one zip, or what it was unpacked into: warroom import slack.zip --channel incidents",
        )),
        _ => Ok(None),
    }
}

fn is_export(path: &Path) -> bool {
    if path.is_dir() {
        let Ok(entries) = path.read_dir() else { return false };
        let names: Vec<String> =
            entries.flatten().filter_map(|entry| entry.file_name().into_string().ok()).collect();
        return chat::is_export(names.iter().map(String::as_str))
            || names
                .iter()
                .any(|name| chat::may_be_lines(name) && chat::is_lines(&beginning(&path.join(name))));
    }
    let begin = beginning(path);
    chat::is_zip(&begin) || chat::is_lines(&begin)
}

/// The first bytes of a file: enough to tell what it is.
fn beginning(path: &Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    if path.is_file()
        && let Ok(file) = File::open(path)
    {
        // What cannot be read is told when all of it is.
        let _ = file.take(chat::FIRST_LINE).read_to_end(&mut bytes);
    }
    bytes
}

/// Takes back what the last import of a channel brought into an incident.
pub(super) fn undo(args: &super::Args, config: &Config) -> Result<u8, Failure> {
    let folder = find::folder(args.incident.as_deref(), config)?;
    let (document, entries) = take_back(&folder, open::opening(config))?;
    let entries = if entries == 1 { "1 entry".to_owned() } else { format!("{entries} entries") };
    let file = document.file.for_term();
    out::result(&format!("taken back: {entries} that {file} brought; /redo brings all of it back\n"))?;
    Ok(0)
}

/// Imports a channel of it.
pub(super) fn run(path: &Path, args: &super::Args, config: &Config) -> Result<u8, Failure> {
    let name = Raw::new(path.file_name().unwrap_or(path.as_os_str()).to_string_lossy());
    let refused = |refused: Refused| failure(&name, &refused);
    let mut export = Export::open(files(path).map_err(refused)?).map_err(refused)?;
    let channel = channel(&mut export, args.chat.channel.as_deref(), &name)?;
    let target = target(&channel, args, config)?;
    let choice = choice(&args.chat, target.as_deref(), config)?;
    let talk = export.talk(&channel, &choice, &name).map_err(refused)?;
    let Outcome { brought, incident, notices } = match &target {
        Some(folder) if args.dry_run => prospect(folder, &talk, &choice, &config.name, &Wall)?,
        Some(folder) => bring(folder, &talk, &choice, open::opening(config))?,
        None => alone(&talk, &choice, args.dry_run, config)?,
    };
    for notice in &notices {
        out::aside(notice);
    }
    let is_nothing = brought.reading.nothing.is_some();
    if is_nothing {
        out::aside(&format!(
            "{}: nothing imported: {}",
            name.for_term(),
            brought.reading.nothing.as_deref().unwrap_or_default()
        ));
    }
    tell(&brought, &incident, args, !is_nothing)?;
    if args.review && !is_nothing {
        let folder = target.unwrap_or_else(|| config.incidents.join(incident.id.for_file_name().as_str()));
        return super::review(&[folder], config);
    }
    Ok(u8::from(is_nothing))
}

fn files(path: &Path) -> Result<Box<dyn Files>, Refused> {
    if path.is_dir() {
        return Ok(Box::new(Folder::open(path)?));
    }
    if !chat::is_zip(&beginning(path)) {
        return Ok(Box::new(Folder::of_one(path)?));
    }
    let unread = |why| Refused::Unread { path: Raw::new(path.to_string_lossy()), why };
    Ok(Box::new(Zipped::open(BufReader::new(File::open(path).map_err(unread)?))?))
}

/// The channel that is meant: the one that is named, or the only one.
fn channel(export: &mut Export, given: Option<&str>, name: &Raw) -> Result<Channel, Failure> {
    let channels = export.channels().to_vec();
    if channels.is_empty() {
        return Err(Failure::new(
            format!("{}: not imported: there is no message in it", name.for_term()),
            "nothing was stored; see that the export has the channel",
        ));
    }
    let is_meant = |channel: &&Channel| given.is_none_or(|given| channel.is_called(given));
    let meant: Vec<&Channel> = channels.iter().filter(is_meant).collect();
    if let [only] = meant.as_slice() {
        return Ok((*only).clone());
    }
    let mut counted: Vec<(usize, &Channel)> = Vec::new();
    for channel in if meant.is_empty() { channels.iter().collect() } else { meant.clone() } {
        counted.push((export.count(channel).map_err(|refused| failure(name, &refused))?, channel));
    }
    counted.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    let told: Vec<String> = counted
        .iter()
        .take(TOLD)
        .map(|(count, channel)| {
            let messages = if *count == 1 { "message" } else { "messages" };
            let is_twin = channels.iter().filter(|other| other.name == channel.name).count() > 1;
            let called = if is_twin { channel.key().clone() } else { channel.title() };
            format!("{} ({count} {messages})", called.for_term())
        })
        .collect();
    let more = counted.len().saturating_sub(TOLD);
    let more = if more > 0 { format!(", and {more} more") } else { String::new() };
    let message = match given.map(|given| Raw::new(given).for_term()) {
        Some(given) if meant.is_empty() => format!("there is no channel {given} in {}", name.for_term()),
        Some(given) => format!("{} has several channels {given}", name.for_term()),
        None => format!("{} has several channels", name.for_term()),
    };
    Err(Failure::usage(message, format!("name one with --channel: {}{more}", told.join(", "))))
}

/// The incident that it comes into: the one that is named, else the one that the channel became before.
fn target(channel: &Channel, args: &super::Args, config: &Config) -> Result<Option<PathBuf>, Failure> {
    if args.incident.is_some() {
        return find::folder(args.incident.as_deref(), config).map(Some);
    }
    if args.again {
        return Ok(None);
    }
    let mut archive = find::glance(config)?;
    let digests = archive.digests();
    let has = |digest: &Digest| digest.documents.iter().any(|it| it.channel.as_ref() == Some(channel.key()));
    let having = digests.iter().filter(|(_, digest)| has(digest)).map(|(folder, _)| folder.as_path());
    let founded = founded_on(channel.key(), having);
    let merged_into = |folder: &PathBuf| {
        let (_, digest) = digests.iter().find(|(known, _)| known == folder)?;
        digests.iter().find(|(_, other)| digest.merged_into.as_ref() == Some(&other.id))
    };
    match founded.as_slice() {
        [] => Ok(None),
        [only] => Ok(Some(merged_into(only).map_or_else(|| only.clone(), |(folder, _)| folder.clone()))),
        several => {
            let title = channel.title().for_term();
            let ids = several.iter().filter_map(|folder| folder.file_name()?.to_str());
            let ids: Vec<String> = ids.map(|id| Raw::new(id).for_term().to_string()).collect();
            let message = format!("{title} became several incidents: {}", ids.join(", "));
            Err(Failure::usage(message, "name the one you mean with -i"))
        }
    }
}

/// What was asked for. Times without a zone are in that of the incident, or of the settings.
fn choice(args: &Wanted, target: Option<&Path>, config: &Config) -> Result<Choice, Failure> {
    let incident = match target {
        Some(folder) => session::peek(folder, None)?.incident,
        None => Incident { zone: config.zone.clone(), ..Incident::default() },
    };
    let desk = Desk { incident: &incident, now: Wall.now(), typed_last: None, undo: None, redo: None };
    let read = |option: &str, text: Option<&String>| {
        let moment = text.map(|text| desk.times().read_whole(text)).transpose();
        moment.map_err(|error| Failure::argument(option, &error))
    };
    let from = read("--from", args.from.as_ref())?.and_then(|moment| moment.at.instant());
    let to = read("--to", args.to.as_ref())?.as_ref().and_then(Moment::last);
    Ok(Choice { from, to, reactions: args.key_reaction.clone() })
}

/// The channel as an incident of its own.
fn alone(talk: &Talk, choice: &Choice, dry_run: bool, config: &Config) -> Result<Outcome, Failure> {
    let mut brought = chat::plan(talk, choice, &Messages::default());
    (brought.reading.zone, brought.reading.clock) = (Some(config.zone.clone()), config.clock);
    let import =
        Import { reading: brought.reading.clone(), document: talk.document.clone(), by: config.name.clone() };
    let mut incident = import.preview(Wall.now());
    if brought.reading.nothing.is_some() {
        return Ok(Outcome { brought, incident, notices: Vec::new() });
    }
    let known = if dry_run { find::glance(config)? } else { find::archive(config)? }.digests();
    let own = Digest { id: Raw::default(), ..Digest::of(&incident) };
    let twin = duplicates::likely(&own, known.iter().map(|(_, known)| known));
    let mut id = None;
    if !dry_run {
        let created = import.store(twin.as_ref(), &config.incidents, &Wall)?;
        incident.id = Raw::new(&created.id);
        id = Some(created.id);
    }
    incident.warnings.extend(twin.map(|twin| session::same_outage(&twin, id.as_deref())));
    Ok(Outcome { brought, incident, notices: Vec::new() })
}

/// Says what came in, and what did not.
fn tell(brought: &Brought, incident: &Incident, args: &super::Args, came: bool) -> Result<(), Failure> {
    if came {
        let (id, title) = (incident.id.for_term(), incident.title.for_term());
        let line = format!("{id}  {title}  {}\n", told(brought));
        if args.json { out::aside(line.trim_end()) } else { out::result(&line)? }
    }
    let edited = match brought.edited {
        1 => "  1 was edited in the chat since it came in: it stays as it is here".to_owned(),
        count => format!("  {count} were edited in the chat since they came in: they stay as they are here"),
    };
    let skipped = format!("  skipped {}: {}", brought.skipped.count(), brought.skipped.words());
    let outside = format!("  {} said at other times", brought.outside);
    let lines = [(brought.skipped.count(), skipped), (brought.outside, outside), (brought.edited, edited)];
    for (_, line) in lines.into_iter().filter(|(count, _)| *count > 0) {
        out::aside(&line);
    }
    if args.dry_run && came {
        out::aside("a dry run: nothing was stored");
    }
    if args.json {
        // Strings, numbers and maps with string keys cannot fail to serialise.
        let text = serde_json::to_string_pretty(incident).unwrap_or_default();
        out::result(&format!("{}\n", json::printable(text)))?;
    }
    Ok(())
}

/// `34 messages became entries, 3 of them key entries; 12 were there already, and 1 of these is a key entry now`.
fn told(brought: &Brought) -> String {
    let mut told = match brought.new {
        1 => "1 message became an entry".to_owned(),
        count => format!("{count} messages became entries"),
    };
    if brought.key > 0 {
        told.push_str(&format!(", {} of them key entries", brought.key));
    }
    match brought.back {
        0 => {}
        1 => told.push_str("; 1 that was taken back is there again"),
        count => told.push_str(&format!("; {count} that were taken back are there again")),
    }
    if brought.there > 0 {
        let were = if brought.there == 1 { "was" } else { "were" };
        told.push_str(&format!("; {} {were} there already", brought.there));
    }
    match brought.marked {
        0 => {}
        1 => told.push_str(", and 1 of these is a key entry now"),
        count => told.push_str(&format!(", and {count} of these are key entries now")),
    }
    told
}

fn failure(name: &Raw, refused: &Refused) -> Failure {
    let hint = match refused {
        Refused::TooLong(path) if chat::may_be_lines(path.as_typed()) => {
            "nothing was stored; keep the channel's lines of it, and import those: \
             grep -E '^.\"type\":\"(version|user|channel)\"|\"channel\":\"NAME\"' import.jsonl > NAME.jsonl"
        }
        Refused::TooMany | Refused::TooLong(_) | Refused::TooMuch | Refused::Nested(_) => {
            "nothing was stored; unpack what the messages stand in, and import that: of Slack a folder with users.json, \
             channels.json and the folder of the channel, of Mattermost import.jsonl"
        }
        Refused::TooManyMessages { .. } => {
            "nothing was stored; export the days that matter: Slack asks for a first and a last one"
        }
        Refused::NoChat => "nothing was stored; a document has to be unpacked or converted first",
        _ => "nothing was stored; export it anew",
    };
    Failure::new(format!("{}: not imported: {refused}", name.for_term()), hint)
}

impl From<NotBrought> for Failure {
    fn from(error: NotBrought) -> Self {
        match error {
            NotBrought::Store(error) => error.into(),
            NotBrought::Commit(error) => Self::new(error.to_string(), "nothing was stored"),
            error @ NotBrought::NothingThere => Self::new(
                error.to_string(),
                "what founded an incident goes with its folder; `/undo ID` takes back one entry",
            ),
            error @ NotBrought::Unsaved(_) => Self::new(
                error.to_string(),
                "what was written of it is on disk; mend that, and run it again: only the rest comes in then",
            ),
        }
    }
}
