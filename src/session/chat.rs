//! Bringing what was said in a chat into an incident that is there: only what it does not know, with its own times and
//! authors, in one append. Interrupted halfway, it is completed by doing it again.

use std::path::{Path, PathBuf};

use super::clock::Clock;
use super::create::random_writer;
use super::peek::{self, Read};
use super::{CommitError, Opening, Session};
use crate::import::Recording;
use crate::import::chat::{Brought, Choice, Talk, plan};
use crate::log::messages::Messages;
use crate::log::{Change, Fold, Hlc, LINE_LIMIT, Record, undo};
use crate::model::{Document, Incident, Writer};
use crate::store::{self, StoreError};
use crate::text::Raw;

/// What came in, or would.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// What that is.
    pub brought: Brought,
    /// The incident with it.
    pub incident: Incident,
    /// What was found when the incident was read; safe for a terminal.
    pub notices: Vec<String>,
}

/// Why what was said did not come in.
#[derive(Debug, thiserror::Error)]
pub enum NotBrought {
    /// The incident cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// It was not taken in: nothing has changed.
    #[error(transparent)]
    Commit(#[from] CommitError),
    /// Nothing that could be taken back came from a channel.
    #[error("no import of a channel is there to be taken back")]
    NothingThere,
    /// Not all of it is on disk.
    #[error("not saved: {0}")]
    Unsaved(String),
}

/// What would come in. Nothing is written.
///
/// # Errors
/// Where the incident cannot be read.
pub fn prospect(
    folder: &Path,
    talk: &Talk,
    choice: &Choice,
    by: &Raw,
    clock: &dyn Clock,
) -> Result<Outcome, StoreError> {
    let loaded = store::read(folder)?;
    let read = Read::of(&loaded);
    let notices = peek::notices(&loaded, &read.fold, read.lost.len());
    let Read { mut ledger, fold, .. } = read.with_lost();
    let brought = plan(talk, choice, &Messages::of(&ledger, talk.channel().key()));
    let now = clock.now();
    let mut hlc = Hlc::new(random_writer());
    hlc.observe_local(ledger.records().iter().map(|record| record.stamp), now);
    let id = fold.incident().id.clone();
    let recording = Recording { id: id.as_typed(), document: &talk.document, by, now };
    if brought.changes() {
        ledger.extend(recording.more(&brought.reading, &mut hlc));
    }
    Ok(Outcome { brought, incident: Fold::of(&ledger).into_incident(), notices })
}

/// Brings in what the incident does not know of what was said. It is on disk when this returns.
///
/// # Errors
/// Where it was not done, or not to its end: then it can be done again.
pub fn bring(folder: &Path, talk: &Talk, choice: &Choice, opening: Opening) -> Result<Outcome, NotBrought> {
    let mut session = Session::open(folder, opening, || {})?;
    let brought = plan(talk, choice, &Messages::of(session.ledger(), talk.channel().key()));
    if brought.changes() {
        session.bring(&brought, &talk.document)?;
    }
    session.flush(|_| {}).map_err(NotBrought::Unsaved)?;
    let (incident, notices) = (session.incident().clone(), session.notices().to_vec());
    session.finish().map_err(|parting| NotBrought::Unsaved(parting.to_string()))?;
    Ok(Outcome { brought, incident, notices })
}

/// Takes back what the last import of a channel brought that counts, but for what founded the incident: which export that
/// was, and how many entries went. It is on disk when this returns.
///
/// # Errors
/// Where there is none, or it was not done.
pub fn take_back(folder: &Path, opening: Opening) -> Result<(Document, usize), NotBrought> {
    let mut session = Session::open(folder, opening, || {})?;
    let (undone, records) = (undo::undone(session.ledger()), session.ledger().records());
    let founder = founder(records);
    let last = records.iter().rev().find_map(|record| match record.change() {
        Some(Change::Imported(document))
            if document.channel.is_some()
                && !undone.contains(&record.stamp)
                && Some(record.stamp.writer) != founder =>
        {
            Some((record.stamp, document.clone()))
        }
        _ => None,
    });
    let (change, document) = last.ok_or(NotBrought::NothingThere)?;
    let before = session.incident().timeline.len();
    session.commit(Change::Undone { change })?;
    session.flush(|_| {}).map_err(NotBrought::Unsaved)?;
    let gone = before.saturating_sub(session.incident().timeline.len());
    session.finish().map_err(|parting| NotBrought::Unsaved(parting.to_string()))?;
    Ok((document, gone))
}

/// Whose records founded an incident.
fn founder(records: &[Record]) -> Option<Writer> {
    let founds = |record: &&Record| matches!(record.change(), Some(Change::IncidentCreated { .. }));
    records.iter().find(founds).map(|record| record.stamp.writer)
}

/// Those of these incidents that a channel became when it was imported: what comes of it later belongs there.
pub fn founded_on<'a>(channel: &Raw, folders: impl Iterator<Item = &'a Path>) -> Vec<PathBuf> {
    folders.filter(|folder| is_founded_on(channel, folder)).map(Path::to_owned).collect()
}

fn is_founded_on(channel: &Raw, folder: &Path) -> bool {
    let Ok(loaded) = store::read(folder) else { return false };
    let founder = founder(&loaded.records);
    loaded.records.iter().any(|record| match record.change() {
        Some(Change::Imported(document)) => {
            Some(record.stamp.writer) == founder && document.channel.as_ref() == Some(channel)
        }
        _ => false,
    })
}

impl Session {
    /// Takes in what was read: all of it, or nothing.
    fn bring(&mut self, brought: &Brought, document: &Document) -> Result<(), CommitError> {
        self.may_commit()?;
        let (mut hlc, id) = (self.hlc.clone(), self.incident().id.clone());
        let recording = Recording { id: id.as_typed(), document, by: &self.by, now: self.clock.now() };
        let records = recording.more(&brought.reading, &mut hlc);
        if let Some(bytes) =
            records.iter().map(|record| record.line().len()).find(|bytes| *bytes > LINE_LIMIT)
        {
            return Err(CommitError::TooLong { bytes });
        }
        self.hlc = hlc;
        for _ in &records {
            self.tally.begin();
        }
        self.take_in(records.clone());
        self.hand_over(records, false);
        Ok(())
    }
}
