//! `warroom import`: postmortems from elsewhere become incidents.

mod chat;
mod files;
mod folder;
mod told;

use std::fs;
use std::path::{Path, PathBuf};

use super::failure::Failure;
use super::{completing, find, open, out};
use crate::archive::duplicates::Likely;
use crate::archive::{Digest, duplicates};
use crate::config::Config;
use crate::model::{Document, Incident};
use crate::session::archive::relatives;
use crate::session::clock::{Clock as _, Wall};
use crate::session::{self, Import};
use crate::text::{Raw, json};
use crate::{export, import};
use files::File;

/// How many doubts of a document are printed without being asked for.
const FEW: usize = 3;

/// What is printed below the options.
const HELP: &str = "Examples:\n  warroom import postmortem.md\n  warroom import postmortems/ --verbose\n  \
    warroom import --dry-run --json old.md | jq .timeline\n  pandoc old.docx -t gfm | warroom import -\n\n\
    Nothing of a document is dropped: what is not understood becomes a note under its heading. What is doubtful is a \
    warning of the incident, never a silent choice. A document that was imported before is not stored again. \
    A FILE with no incident in it is stored as nothing, and the exit code is 1.\n\n\
    Exports of Slack (the zip, or its folder) and of Mattermost (the zip of a bulk export, its folder, or import.jsonl):\n  \
    warroom import slack.zip --channel incidents --dry-run\n  \
    warroom import slack.zip --channel '#incidents' -i 2024-08-10-checkout --from '2024-08-10 08:30'\n  \
    warroom import import.jsonl --channel sre/incidents\n\n\
    Each message of the channel becomes an entry at its own time, by its author; replies tell what they answer; what is \
    pinned or has the reaction :stopwatch: becomes a key entry. Without -i the channel becomes an incident of its own, and \
    is found again. Imported again, only what is new comes in: what was edited, struck out or purged here stays so.";

/// What of our own report cannot come back: see [`crate::import`]'s reader of it.
const OWN: &str = "A report of `warroom export` (default template) comes back as it was, but for what it does not print:\n  \
    - seconds, the words a time was given in, when and by whom something was logged, where an entry came from\n  \
    - what was struck out, taken back, edited or set anew, and tags that are not in the words of an entry\n  \
    - numbers of actions, and when one was done or dropped; owner and time-box of a hypothesis beyond its tests\n  \
    - blank lines, blanks at the ends of lines, characters that are not seen\n  \
    - attached files: what it tells of them becomes notes\n  \
    - a note in exactly the words of a row that stands for a change is taken for that change\n\
    JSON (show --json, export --format json) and folders of incidents come back but for the id. The templates google-sre, \
    pagerduty, atlassian and kehoe are read with what they print; each adds a doubt that says so.";

#[derive(Debug, clap::Args)]
#[command(
    after_help = HELP,
    after_long_help = format!("{HELP}\n\n{OWN}")
)]
pub(super) struct Args {
    /// Documents in Markdown, incidents of warroom (folders, JSON, HTML), or folders of them (.md, .markdown, .txt, .html,
    /// .htm); - is standard input. Or one export of Slack or Mattermost
    #[arg(
        required_unless_present_all = ["incident", "review"],
        required_unless_present_any = ["undo"],
        value_name = "FILE"
    )]
    files: Vec<PathBuf>,
    /// Store nothing, only say what would be
    #[arg(long)]
    dry_run: bool,
    /// Print the incidents as JSON: an object for one FILE, an array for several
    #[arg(long)]
    json: bool,
    /// Import again what was imported before
    #[arg(long)]
    again: bool,
    /// Then walk through the doubts: in the room, or as a list where there is no terminal
    #[arg(long, conflicts_with_all = ["dry_run", "json"])]
    review: bool,
    /// An incident that is there already: the export comes into it; with --review alone its doubts
    #[arg(short, long, add = completing::incidents())]
    incident: Option<String>,
    /// Take back what the last import of a channel brought into -i INCIDENT
    #[arg(long, requires = "incident", conflicts_with_all = ["files", "dry_run", "json", "again", "review"])]
    undo: bool,
    /// Print all doubts, not only the first three of each document
    #[arg(long, short)]
    verbose: bool,
    #[command(flatten)]
    chat: chat::Wanted,
}

/// What became of a document.
enum Outcome {
    /// It was stored, or would be.
    Stored(Box<Incident>),
    /// It was stored before, as this incident.
    Before(Box<Incident>),
    /// There is no incident in it.
    Nothing(Box<Incident>),
    /// It could not be read or stored, and why.
    Failed(String),
}

pub(super) fn run(args: &Args, config: &Config) -> Result<u8, Failure> {
    if args.undo {
        return chat::undo(args, config);
    }
    if args.files.is_empty() {
        return review(&[find::folder(args.incident.as_deref(), config)?], config);
    }
    if let Some(export) = chat::export(args)? {
        return chat::run(export, args, config);
    }
    let (files, left_out) = files::below(&args.files);
    let one = args.files.len() == 1 && matches!(files.as_slice(), [only] if only.named);
    let mut folders = Vec::new();
    // What is not stored needs no index.
    let mut archive = if args.dry_run { find::glance(config)? } else { find::archive(config)? };
    let mut importer = Importer { args, config, known: archive.digests() };
    let (mut all, mut wanting, mut stored) = (Vec::new(), false, false);
    for file in &files {
        let outcome = importer.import(file);
        importer.tell(file, &outcome)?;
        wanting |= match &outcome {
            Outcome::Failed(_) => true,
            // What merely lies in a folder need not be a postmortem.
            Outcome::Nothing(_) => file.named,
            Outcome::Stored(_) | Outcome::Before(_) => false,
        };
        if let Outcome::Stored(incident) | Outcome::Before(incident) = &outcome {
            folders.extend(importer.folder(incident));
        }
        stored |= matches!(outcome, Outcome::Stored(_) | Outcome::Before(_));
        // Among several what is none would pass for an incident.
        if let Outcome::Stored(incident) | Outcome::Before(incident) = outcome {
            all.extend(args.json.then_some(*incident));
        } else if let (Outcome::Nothing(incident), true) = (outcome, one) {
            all.extend(args.json.then_some(*incident));
        }
    }
    if let Some(left_out) = left_out.shown() {
        out::aside(&left_out.to_string());
    }
    if files.is_empty() {
        out::aside("no .md, .markdown, .txt, .html or .htm in there: nothing to import");
    }
    if args.dry_run && stored {
        out::aside("a dry run: nothing was stored");
    }
    if args.json {
        let text = match all.first() {
            Some(only) if one => serde_json::to_string_pretty(only),
            None if one => Ok(String::new()),
            _ => serde_json::to_string_pretty(&all),
        };
        // Strings, numbers and maps with string keys cannot fail to serialise.
        out::result(&format!("{}\n", json::printable(text.unwrap_or_default())))?;
    }
    if args.review && stored {
        let code = review(&folders, config)?;
        return Ok(code.max(u8::from(wanting)));
    }
    Ok(u8::from(wanting || !stored))
}

/// Walks through the doubts of these incidents: in the room of the first that has any, or as a list.
fn review(folders: &[PathBuf], config: &Config) -> Result<u8, Failure> {
    let mut doubtful = Vec::new();
    for folder in folders {
        let incident = session::peek(folder, None)?.incident;
        if !incident.warnings.is_empty() {
            doubtful.push((folder, incident));
        }
    }
    let Some(((first, _), more)) = doubtful.split_first() else {
        out::aside("no doubt is open");
        return Ok(0);
    };
    if !out::shows_a_room() {
        for (_, incident) in &doubtful {
            out::result(&told::walk(incident))?;
        }
        return Ok(0);
    }
    let code = open::review(first, config)?;
    for (_, incident) in more {
        out::aside(&format!("more doubts: warroom import --review -i {}", incident.id.for_term()));
    }
    Ok(code)
}

struct Importer<'a> {
    args: &'a Args,
    config: &'a Config,
    /// The incidents that are there already.
    known: Vec<(PathBuf, Digest)>,
}

impl Importer<'_> {
    fn import(&mut self, file: &File) -> Outcome {
        if !self.args.again
            && let Some(there) = file.incident.as_deref().and_then(|folder| self.there(folder))
        {
            return Outcome::Before(Box::new(there));
        }
        let bytes = match &file.bytes {
            Ok(bytes) => bytes(),
            Err(why) => Err(why.clone()),
        };
        let bytes = match bytes {
            Ok(bytes) => bytes,
            Err(why) => return Outcome::Failed(why),
        };
        let (length, crc) = (bytes.len() as u64, crc32c::crc32c(&bytes));
        let document = Document { file: file.name.clone(), bytes: length, crc, channel: None };
        if !self.args.again
            && !self.args.dry_run
            && let Some(before) = self.imported_before(&document)
        {
            return Outcome::Before(Box::new(before));
        }
        let before = self.args.dry_run.then(|| self.imported_before(&document)).flatten();
        let reading = match import::read(&bytes, file.name.as_typed()) {
            Ok(reading) => reading,
            Err(too_large) => return Outcome::Failed(too_large.to_string()),
        };
        let nothing = reading.nothing.is_some();
        let import = Import { reading, document, by: self.config.name.clone() };
        let mut incident = import.preview(Wall.now());
        if nothing {
            return Outcome::Nothing(Box::new(incident));
        }
        if !self.args.again
            && let Some(there) = before.or_else(|| self.unchanged(&bytes, &incident))
        {
            return Outcome::Before(Box::new(there));
        }
        let twin = self.twin(&incident);
        if self.args.dry_run {
            incident.warnings.extend(twin.map(|twin| session::same_outage(&twin, None)));
            return Outcome::Stored(Box::new(incident));
        }
        match import.store(twin.as_ref(), &self.config.incidents, &Wall) {
            Ok(created) => {
                if let Some(folder) = &file.incident
                    && let Err(error) = session::attach::bring(&incident, folder, &created.folder)
                {
                    out::aside(&format!(
                        "not all attachments came along: {error}; `warroom doctor` says which"
                    ));
                }
                incident.id = Raw::new(&created.id);
                incident.warnings.extend(twin.map(|twin| session::same_outage(&twin, Some(&created.id))));
                self.known.push((created.folder, Digest::of(&incident)));
                Outcome::Stored(Box::new(incident))
            }
            Err(error) => Outcome::Failed(error.to_string()),
        }
    }

    /// The incident of this folder, where it is one of those that are there.
    fn there(&self, folder: &Path) -> Option<Incident> {
        let real = |folder: &Path| fs::canonicalize(folder).ok();
        let given = real(folder)?;
        let (there, _) = self.known.iter().find(|(known, _)| real(known).as_ref() == Some(&given))?;
        session::peek(there, None).ok().map(|peeked| peeked.incident)
    }

    /// Where an incident lies.
    fn folder(&self, incident: &Incident) -> Option<PathBuf> {
        self.known.iter().find(|(_, known)| known.id == incident.id).map(|(folder, _)| folder.clone())
    }

    /// The incident that this document became before.
    fn imported_before(&self, document: &Document) -> Option<Incident> {
        let same = |known: &Document| (known.bytes, known.crc) == (document.bytes, document.crc);
        let (folder, _) = self.known.iter().find(|(_, known)| known.documents.iter().any(same))?;
        session::peek(folder, None).ok().map(|peeked| peeked.incident)
    }

    /// The incident that is there and of which this is the report, as `warroom export` writes it now.
    fn unchanged(&self, bytes: &[u8], read: &Incident) -> Option<Incident> {
        let text = String::from_utf8_lossy(bytes);
        let same = self.known.iter().filter(|(_, known)| known.title == read.title);
        same.filter_map(|(folder, _)| Some((folder, session::peek(folder, None).ok()?.incident))).find_map(
            |(folder, incident)| {
                export::own_report(&text, &incident, || relatives(folder, &incident)).then_some(incident)
            },
        )
    }

    /// The incident that is there and of which this one is likely a second record.
    fn twin(&self, incident: &Incident) -> Option<Likely> {
        // Not stored yet, it has the id of nobody, though its twin may be called as it will be.
        let digest = Digest { id: Raw::default(), ..Digest::of(incident) };
        duplicates::likely(&digest, self.known.iter().map(|(_, known)| known))
    }

    fn tell(&self, file: &File, outcome: &Outcome) -> Result<(), Failure> {
        let name = file.shown();
        match outcome {
            Outcome::Stored(incident) => {
                if !self.args.json {
                    out::result(&format!("{}\n", told::row(incident)))?;
                }
                let most = if self.args.verbose { usize::MAX } else { FEW };
                for line in told::doubts(incident, most) {
                    out::aside(&line);
                }
            }
            Outcome::Before(incident) => {
                let id = incident.id.for_term();
                if !self.args.json {
                    out::result(&format!("{id}  already imported: {name}\n"))?;
                }
                out::aside(&format!(
                    "{name}: already imported as {id}; nothing changed; --again imports it once more"
                ));
            }
            Outcome::Nothing(incident) => {
                let why = incident.warnings.last().map(|why| why.for_term().to_string()).unwrap_or_default();
                out::aside(&format!("{name}: nothing imported: {why}"));
            }
            Outcome::Failed(why) => out::aside(&format!("{name}: not imported: {why}")),
        }
        Ok(())
    }
}
