//! Leaving an incident: what waits is written, and what cannot be is kept elsewhere or said.

use std::collections::HashSet;
use std::fmt;
use std::mem;
use std::path::{Path, PathBuf};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

use super::Session;
use crate::log::{Record, Stamp};
use crate::store;
use crate::text::{Raw, TermText};

/// How long leaving waits for the disk.
const LIMIT: Duration = Duration::from_millis(1800);

/// How long it waits for the disk that a copy goes to.
const COPY_LIMIT: Duration = Duration::from_secs(1);

/// How many records are so many that their memory is left to the system.
const MANY: usize = 10_000;

/// How many columns of a lost change are told.
const TOLD: usize = 2_000;

/// Changes that did not reach the journal before the end. The text is safe to print.
#[derive(Debug, thiserror::Error)]
pub enum Unsaved {
    /// They are in a file of their own.
    #[error("{}", in_words(*.count, .reason, .path))]
    Rescued {
        /// How many.
        count: usize,
        /// Why.
        reason: String,
        /// The file.
        path: PathBuf,
    },
    /// They are nowhere but here.
    #[error("{} could not be saved ({reason}), nor kept elsewhere ({rescue}); copy them from here:{}", changes(.told.len()), listed(.told))]
    Lost {
        /// Why.
        reason: String,
        /// Why they could not be kept elsewhere.
        rescue: String,
        /// What they said.
        told: Vec<TermText>,
    },
}

/// What was left behind on the way out.
#[derive(Debug)]
pub struct Parting {
    /// Changes that are not in the journal.
    pub unsaved: Option<Unsaved>,
    /// The line that was not sent, where it could not be kept.
    pub line: Option<Raw>,
}

/// What to say about it, safe for a terminal.
impl fmt::Display for Parting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(unsaved) = &self.unsaved {
            write!(f, "{unsaved}")?;
        }
        if let Some(line) = &self.line {
            let gap = if self.unsaved.is_some() { "\n" } else { "" };
            write!(f, "{gap}the line that was not sent could not be kept: {}", line.for_term())?;
        }
        Ok(())
    }
}

impl Session {
    /// Leaves: everything that waits is written, at most three seconds long with the copy of what cannot be.
    ///
    /// # Errors
    /// What was left behind.
    pub fn finish(mut self) -> Result<(), Parting> {
        let parting = self.finished();
        if self.ledger.records().len() >= MANY {
            // The program ends: to give all this memory back piece by piece would take longer than all the rest.
            mem::forget(self);
        }
        parting
    }

    fn finished(&mut self) -> Result<(), Parting> {
        self.pump();
        if self.tally.wants_snapshot() {
            self.writer.write_snapshot(Arc::new(self.fold.incident().clone()));
        }
        let left = self.writer.finish(LIMIT);
        let line = self.writer.unkept();
        while let Ok(report) = self.reports.try_recv() {
            self.take_note(&report);
        }
        self.stop_sharing();
        self.forget_rescued(left.is_empty());
        let count = self.tally.of_this_session(left.len());
        if count == 0 {
            return if line.is_some() { Err(Parting { unsaved: None, line }) } else { Ok(()) };
        }
        let reason = self.tally.reported().unwrap_or("the disk did not answer in time").to_owned();
        let copy = self.tally.copy.as_ref().and_then(|copy| copy.as_ref().ok());
        let unsaved = match self.copied(&left, copy.cloned()) {
            Ok(path) => Unsaved::Rescued { count, reason, path },
            Err(rescue) => {
                let teller = self.teller();
                let told = left.iter().filter_map(|record| {
                    Some(Raw::new(teller.words(record.change()?).told(TOLD)).for_term())
                });
                Unsaved::Lost { reason, rescue, told: told.collect() }
            }
        };
        Err(Parting { unsaved: Some(unsaved), line })
    }

    /// Writes a copy of all records, in the place of the one that was made before. In a thread of its own: that disk may
    /// not answer either.
    fn copied(&self, unsaved: &[Record], own: Option<PathBuf>) -> Result<PathBuf, String> {
        let (dir, origin) = (self.rescue.clone(), self.origin.clone());
        let is_unsaved: HashSet<Stamp> = unsaved.iter().map(|record| record.stamp).collect();
        let saved = self.ledger.records().iter().filter(|record| !is_unsaved.contains(&record.stamp));
        let (saved, unsaved): (Vec<Record>, _) = (saved.cloned().collect(), unsaved.to_vec());
        let (sender, done) = mpsc::channel();
        let write = move || {
            // Nobody waits for it any more where the limit has passed.
            let _ = sender.send(store::rescue(&dir, &origin, (&saved, &unsaved), own.as_deref()));
        };
        thread::Builder::new().name("rescue".into()).spawn(write).map_err(|error| error.to_string())?;
        match done.recv_timeout(COPY_LIMIT) {
            Ok(done) => done.map_err(|error| error.to_string()),
            Err(_) => Err("that disk does not answer either".to_owned()),
        }
    }
}

fn changes(count: usize) -> String {
    if count == 1 { "1 change".to_owned() } else { format!("{count} changes") }
}

fn in_words(count: usize, reason: &str, path: &Path) -> String {
    let (changes, path) = (changes(count), Raw::new(path.to_string_lossy()).for_term());
    let (are, come) = if count == 1 { ("it is", "comes") } else { ("they are", "come") };
    format!(
        "{changes} could not be saved ({reason}); {are} kept in {path}, and {come} back when the incident is opened \
         again"
    )
}

fn listed(told: &[TermText]) -> String {
    told.iter().fold(String::new(), |all, told| format!("{all}\n  {told}"))
}
