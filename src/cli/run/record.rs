//! Puts what a program did into an incident, beside what it does: nothing of it is waited for by the command.

use std::path::{Path, PathBuf};
use std::thread::{self, JoinHandle};

use crate::cli::failure::Failure;
use crate::cli::{find, open};
use crate::config::Config;
use crate::log::{About, Change, Stamp};
use crate::model::{self, Exit, Face, Incident, Instant, Machine, Moment, Side, Subject};
use crate::session::{self, Added, Session, Unsaved};
use crate::text::Raw;

/// A command as it was started.
#[derive(Clone, Debug)]
pub(super) struct Began {
    /// Its line, without its secrets.
    pub line: Raw,
    /// On which host and in which folder.
    pub place: Raw,
    /// When.
    pub at: Instant,
}

impl Began {
    fn told(&self, ended: Option<Exit>) -> Change {
        Change::CommandStarted {
            text: self.line.clone(),
            tags: Vec::new(),
            place: self.place.clone(),
            when: Some(Box::new(Moment::stamped(self.at))),
            ended: ended.map(Box::new),
        }
    }

    /// What it is evidence of.
    fn evidence(&self, ended: &Exit, (side, subject): (Side, Subject)) -> Change {
        let ended = Some(ended.clone());
        let command = model::Command { place: self.place.clone(), began: self.at, ended };
        let state = Machine::Command(command).state(&Face::of(&Incident::default()));
        let words = ["`", self.line.as_typed(), "`: ", state.as_typed()].concat();
        let about = About { subject, text: Some(Raw::new(words)), when: None };
        Change::EvidenceAdded { side, about, tags: Vec::new() }
    }
}

/// On which host a command is started, and in which folder.
pub(super) fn place(folder: &Path) -> Raw {
    let host = rustix::system::uname().nodename().to_string_lossy().into_owned();
    Raw::new(format!("{host}:{}", folder.to_string_lossy()))
}

/// What was put into an incident.
struct Put {
    /// Of each change.
    stamps: Vec<Stamp>,
    /// Why it is not on disk, and where it is kept instead.
    unsaved: Option<String>,
}

/// Puts changes into an incident, in one go; one that comes alone is added without reading all of a long one.
fn put(folder: &Path, config: &Config, changes: Vec<Change>) -> Result<Put, Failure> {
    let opening = open::opening(config);
    let added = match &changes[..] {
        [only] => session::add(folder, &opening, only.clone()),
        _ => Added::Untried,
    };
    let (mut session, said) = match added {
        Added::Saved(stamp) => return Ok(Put { stamps: vec![stamp], unsaved: None }),
        Added::Unsaved(record) => {
            let stamp = record.stamp;
            (Session::open_with(folder, opening, Some(record))?, Some(stamp))
        }
        Added::Untried => (Session::open(folder, opening, || {})?, None),
    };
    session.pump();
    if let Some(reason) = session.saving().read_only {
        return Err(Failure::new(format!("this incident is read-only ({reason})"), "make it writable"));
    }
    let stamps = match said {
        Some(stamp) => vec![stamp],
        None => {
            let all = changes.into_iter().map(|change| session.commit(change)).collect::<Result<_, _>>();
            all.map_err(|error| Failure::new(error.to_string(), "it is too long for a record"))?
        }
    };
    match session.finish() {
        Ok(()) => Ok(Put { stamps, unsaved: None }),
        Err(left) if matches!(left.unsaved, Some(Unsaved::Rescued { .. })) => {
            Ok(Put { stamps, unsaved: Some(left.to_string()) })
        }
        // Nothing is left of it.
        Err(left) => Err(left.into()),
    }
}

/// Puts down a command that has ended already.
pub(super) fn whole(folder: &Path, config: &Config, began: &Began, ended: Exit) -> Result<(), Failure> {
    put(folder, config, vec![began.told(Some(ended))]).map(drop)
}

/// The incident that a command is logged into.
#[derive(Clone, Debug)]
pub(super) enum Into {
    /// This one.
    Named(PathBuf),
    /// The one that is meant where none is named.
    Meant,
}

/// A command that is being logged: its start is on its way to the disk, or there.
pub(super) struct Recorder {
    began: Began,
    config: Config,
    evidence: Option<(Side, Subject)>,
    start: Option<JoinHandle<Started>>,
}

/// What became of the record of a start.
struct Started {
    /// Where it was put, or was to be.
    folder: Result<PathBuf, Failure>,
    /// Its stamp, where it was taken in.
    stamp: Option<Stamp>,
    /// What is to be said when the command has ended; safe for a terminal.
    note: Option<String>,
}

impl Recorder {
    /// Begins to log a command that was started, and comes back at once.
    pub(super) fn begin(
        began: Began,
        into: Into,
        evidence: Option<(Side, Subject)>,
        config: &Config,
    ) -> Self {
        let told = began.told(None);
        let recorder = config.clone();
        let start = move || started(into, told, &recorder);
        let start = thread::Builder::new().name("record".into()).spawn(start).ok();
        Self { began, config: config.clone(), evidence, start }
    }

    /// Logs how it ended; what has to be said of it, safe for a terminal.
    pub(super) fn end(self, ended: Exit) -> Vec<String> {
        let Self { began, config, evidence, start } = self;
        let Some(Ok(Started { folder, stamp, note })) = start.map(JoinHandle::join) else {
            return vec![not_logged("this process could not do it beside the command")];
        };
        let folder = match folder {
            Ok(folder) => folder,
            Err(failure) => return vec![not_logged(&failure.message)],
        };
        let evidence = evidence.map(|about| began.evidence(&ended, about));
        let first = match stamp {
            Some(command) => Change::CommandEnded { command, ended: Box::new(ended) },
            // Then all of it now.
            None => began.told(Some(ended)),
        };
        let put = put(&folder, &config, [first].into_iter().chain(evidence).collect());
        let trouble = match put {
            Ok(put) => put.unsaved,
            Err(failure) => Some(failure.message),
        };
        note.into_iter().chain(trouble.map(|why| not_logged(&why))).collect()
    }
}

fn started(into: Into, told: Change, config: &Config) -> Started {
    let likely = match into {
        Into::Named(folder) => Ok(find::Likely { folder, why: None }),
        Into::Meant => find::unnamed(config),
    };
    match likely {
        Err(failure) => Started { folder: Err(failure), stamp: None, note: None },
        Ok(find::Likely { folder, why: note }) => {
            // What fails here is tried again at the end, and said then.
            let stamp = put(&folder, config, vec![told]).ok().and_then(|put| put.stamps.first().copied());
            Started { folder: Ok(folder), stamp, note }
        }
    }
}

/// That a command was run and is not in the record.
fn not_logged(why: &str) -> String {
    format!("warroom: the command was not logged: {why}")
}
