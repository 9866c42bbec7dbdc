//! The hall: the one door through which an incident changes. What is said here is stamped, folded at once and handed to
//! the writer; what others said is taken in. `saved` is only what the writer reports to be on disk.

mod add;
pub mod archive;
pub mod attach;
pub mod chat;
pub mod clock;
mod create;
mod drafts;
mod glimpse;
mod import;
pub mod joining;
mod leaving;
mod machine;
mod mend;
pub mod merge;
mod opening;
mod past;
mod peek;
pub mod purge;
mod rescued;
mod saving;
mod sharing;
mod shelf;
pub mod watch;

use std::cell::OnceCell;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

use crate::grammar::Desk;
use crate::log::words::Teller;
use crate::log::{Change, Fold, Hlc, LINE_LIMIT, Ledger, List, Record, Stamp, Stamped, hlc, undo};
use crate::model::{Incident, Instant};
use crate::store::presence::Peer;
use crate::store::{Origin, Report, Writer};
use crate::text::Raw;

pub use add::{Added, add};
use clock::{Clock, Steady};
pub use create::{Created, New, create};
use drafts::Drafts;
pub use glimpse::{Glimpsed, Whole};
pub use import::{Import, same_outage};
pub use leaving::{Parting, Unsaved};
pub use mend::{Mended, mend};
pub use opening::Opening;
pub use past::Past;
pub use peek::{Peeked, peek};
pub use saving::Saving;
use saving::Tally;
use sharing::Sharing;
pub use shelf::{Mark, folders};

/// How often somebody who waits for the disk looks whether it answers at all.
const LOOK: Duration = Duration::from_millis(250);

/// How long a process that is suspended finishes what it has begun.
const SUSPENDING: Duration = Duration::from_secs(1);

/// One incident that is open for changes.
pub struct Session {
    folder: PathBuf,
    by: Raw,
    clock: Arc<dyn Clock>,
    steady: Steady,
    rescue: PathBuf,
    origin: Origin,
    hlc: Hlc,
    ledger: Ledger,
    fold: Fold,
    /// What `/undo` and `/redo` would name; worked out when asked for, forgotten with the next change.
    retractable: OnceCell<(Option<Stamp>, Option<Stamp>)>,
    writer: Writer,
    reports: mpsc::Receiver<Report>,
    tally: Tally,
    notices: Vec<String>,
    /// What was said in changes that were purged while it was open.
    purged: Vec<Raw>,
    drafts: Drafts,
    /// Rescue files whose records are on their way into the journal.
    rescued: Vec<PathBuf>,
    sharing: Sharing,
}

/// Why a change was not taken in. What was typed has to stay where it is.
#[derive(Debug, thiserror::Error)]
pub enum CommitError {
    /// A record would be longer than a line of the journal may be.
    #[error(
        "too long: {bytes} bytes, and at most {LINE_LIMIT} fit; split it, or keep it in a file and link that"
    )]
    TooLong {
        /// How long its line would be.
        bytes: usize,
    },
    /// The incident can only be read.
    #[error("not taken: this incident is read-only ({0})")]
    ReadOnly(String),
}

impl Session {
    /// The incident as it stands, with what is not on disk yet.
    pub fn incident(&self) -> &Incident {
        self.fold.incident()
    }

    /// Its doubts that were recorded, as against those that follow from its times.
    pub fn doubts(&self) -> &[Raw] {
        self.fold.doubts()
    }

    /// The records the incident is folded from.
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// What changes are told from, as things stand now.
    pub fn teller(&self) -> Teller<'_> {
        Teller { incident: self.incident(), ledger: &self.ledger, now: self.now() }
    }

    /// Who makes changes here.
    pub fn by(&self) -> &Raw {
        &self.by
    }

    /// What the wall shows.
    pub fn now(&self) -> Instant {
        self.clock.now()
    }

    /// Reads the clock that [`time`](Self::time) goes by, and gives by how much the wall was set since the last time, where
    /// it was.
    pub fn read_clock(&mut self) -> Option<chrono::TimeDelta> {
        self.steady.read(self.clock.as_ref())
    }

    /// How long ago things were when the clock was read last.
    pub fn time(&self) -> &Steady {
        &self.steady
    }

    /// The incident's folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// What is told at opening: what was found and mended; safe for a terminal.
    pub fn notices(&self) -> &[String] {
        &self.notices
    }

    /// Adds to what is told at opening; safe for a terminal.
    pub fn tell(&mut self, notice: String) {
        self.notices.push(notice);
    }

    /// What the grammar needs to understand a line typed now.
    pub fn desk(&self) -> Desk<'_> {
        let named =
            || (undo::last_counting(&self.ledger, &self.by), undo::last_undone(&self.ledger, &self.by));
        let (undo, redo) = *self.retractable.get_or_init(named);
        Desk {
            incident: self.fold.incident(),
            now: self.clock.now(),
            typed_last: self.fold.typed_last(&self.by),
            undo,
            redo,
        }
    }

    /// Takes a change in: it is stamped, folded, and on its way to the disk when this returns.
    ///
    /// # Errors
    /// Where it is too long for a line of the journal, or the incident is read-only. Nothing has changed then.
    pub fn commit(&mut self, change: Change) -> Result<Stamp, CommitError> {
        self.may_commit()?;
        let change = self.with_whole_id(change);
        self.put_down(change)
    }

    fn may_commit(&mut self) -> Result<(), CommitError> {
        self.pump();
        if let Some(reason) = self.tally.read_only() {
            return Err(CommitError::ReadOnly(reason.to_owned()));
        }
        // Only of a glimpse is it not reported.
        if self.writer.is_read_only() {
            return Err(CommitError::ReadOnly("it is still being read".to_owned()));
        }
        Ok(())
    }

    /// Where an incident beside this one is named by the beginning of its id, and by no other's, its id stands for that.
    fn with_whole_id(&self, change: Change) -> Change {
        let Change::ItemAdded { list: List::Related, text } = &change else { return change };
        let Some(root) = self.folder().parent().filter(|_| !text.is_blank()) else { return change };
        let folders = folders(root).unwrap_or_default();
        let others = folders.iter().filter(|folder| folder.file_name() != self.folder().file_name());
        let ids = others.filter_map(|folder| folder.file_name()?.to_str());
        let begun: Vec<&str> = ids.filter(|id| id.starts_with(text.as_typed())).collect();
        match begun[..] {
            [only] => Change::ItemAdded { list: List::Related, text: only.into() },
            _ => change,
        }
    }

    /// Stamps and folds a change and hands it to the writer, also where that can only keep it in mind.
    fn put_down(&mut self, change: Change) -> Result<Stamp, CommitError> {
        let mut hlc = self.hlc.clone();
        let over = self.fold.over(&change, &self.by, hlc.writer());
        let record = stamped(&mut hlc, self.clock.now(), &self.by, (over, self.ledger.last()), change);
        let stamp = record.stamp;
        let bytes = record.line().len();
        if bytes > LINE_LIMIT {
            return Err(CommitError::TooLong { bytes });
        }
        self.hlc = hlc;
        self.tally.begin();
        self.take_in(vec![record.clone()]);
        self.hand_over(vec![record], false);
        Ok(stamp)
    }

    /// Takes in what the writer and other processes reported; whether anything has changed.
    pub fn pump(&mut self) -> bool {
        let changed = self.take_reports(Vec::new()) | self.hear_others();
        self.forget_rescued(self.tally.through >= self.tally.restored);
        self.snapshot_when_due();
        changed
    }

    /// Waits until everything is on disk, or until it is said that it is not. A disk that does not answer is waited for;
    /// `waits` is told so, once.
    ///
    /// # Errors
    /// Why it is not on disk. The changes are still queued.
    pub fn flush(&mut self, waits: impl FnOnce(&str)) -> Result<(), String> {
        let mut waits = Some(waits);
        self.pump();
        while self.tally.under_way > 0 {
            if let Some(reason) = self.tally.reported() {
                return Err(reason.to_owned());
            }
            if let Some(reason) = self.tally.saving().trouble
                && let Some(waits) = waits.take()
            {
                waits(&reason);
            }
            match self.reports.recv_timeout(LOOK) {
                Ok(report) => drop(self.take_reports(vec![report])),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return Err("the writer has stopped".into()),
            }
        }
        Ok(())
    }

    /// What was said in changes that were purged since this was asked last: it is to be forgotten.
    pub fn take_purged(&mut self) -> Vec<Raw> {
        std::mem::take(&mut self.purged)
    }

    /// How its files stand now, whoever wrote them; none where that cannot be told.
    pub fn mark(&self) -> Option<Mark> {
        shelf::look_at(&self.folder).map(|looked| looked.mark)
    }

    /// What is on disk and what is not.
    pub fn saving(&self) -> Saving {
        self.tally.saving()
    }

    /// Who else has the incident open.
    pub fn peers(&self) -> &[Peer] {
        &self.tally.peers
    }

    /// Finishes what is under way, and then leaves the files alone until [`go_on`](Self::go_on): a process that stands
    /// still must not keep others from writing.
    pub fn pause(&self) {
        // One that does not answer is not waited for: others then say who holds them up.
        let _ = self.writer.pause(SUSPENDING);
    }

    /// Goes on after [`pause`](Self::pause).
    pub fn go_on(&self) {
        self.writer.go_on();
    }

    /// Takes in these reports and all that have come; whether there were any. What others wrote is taken in together: where
    /// it has to be folded anew, once is enough.
    fn take_reports(&mut self, mut reports: Vec<Report>) -> bool {
        reports.extend(self.reports.try_iter());
        let changed = !reports.is_empty();
        let now = self.clock.now();
        let mut others = Vec::new();
        for report in reports {
            self.take_note(&report);
            match report {
                Report::Others(records) => {
                    for record in &records {
                        self.hlc.observe_local(Some(record.stamp), now);
                    }
                    self.sharing.tell_saved(records.clone());
                    others.extend(records);
                }
                Report::Sharing(shared) => self.share_as(shared),
                _ => {}
            }
        }
        self.take_in(others);
        changed
    }

    /// Takes note of what is on disk and what is not.
    fn take_note(&mut self, report: &Report) {
        if let Report::Saved { through } = report {
            self.tally.foreign += self.sharing.saved(*through);
            self.purge_with_others();
        }
        self.tally.take(report);
    }

    fn take_in(&mut self, records: Vec<Record>) {
        self.share_no_more(&records);
        for record in &records {
            if let Some(Change::Purged { records: named, .. }) = record.change() {
                let known = self.ledger.records().iter().chain(&records);
                self.purged.extend(crate::log::purge::said_in(known, named));
            }
        }
        if !self.fold.take(&mut self.ledger, records).is_empty() {
            self.retractable = OnceCell::new();
            self.tally.snapshot_due = true;
        }
    }

    fn snapshot_when_due(&mut self) {
        if self.tally.snapshot_is_due_now(self.ledger.records().len()) {
            self.writer.write_snapshot(Arc::new(self.fold.incident().clone()));
        }
    }
}

/// A change that is made now, over the values that stand in what it sets, and after the last that is known.
fn stamped(
    hlc: &mut Hlc,
    now: Instant,
    by: &Raw,
    (over, last): (Option<Vec<Stamp>>, Option<Stamp>),
    change: Change,
) -> Record {
    let stamp = hlc.stamp(now);
    let wall = hlc::behind(stamp, now);
    let after = last.filter(|last| *last > stamp).map(Box::new);
    Stamped { stamp, by: by.clone(), from: None, wall, over, after, body: change.into() }.into()
}

/// Bits for the name of a writer. Without a source of randomness the process id and the address space have to do: the
/// lock and the checksums still keep two writers apart.
fn random_bits() -> u64 {
    getrandom::u64().unwrap_or_else(|_| u64::from(std::process::id()))
}
