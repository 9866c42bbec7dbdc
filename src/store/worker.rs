//! The writer's thread: when it saves, looks for what others wrote, and writes the snapshot.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::append::Trouble;
use super::aside::Aside;
use super::bell::Bell;
use super::catch_up::Place;
use super::draft::Own;
use super::files::{Files, Look};
use super::lock::Held;
use super::presence::{Peer, Presence};
use super::queue::{Queue, Queued};
use super::snapshot::{self, Seen};
use super::{Loaded, Report, Setup, rescue};
use crate::log::{Fold, Ledger, Record, Stamp};
use crate::model::{Incident, Shared};

/// How often the journal's size is looked at, where nothing tells when that is worth it, and once more after it was.
const WATCH: Duration = Duration::from_millis(250);
/// How often both are looked at where something tells when that is worth it: it does not tell of all that can happen.
const CALM: Duration = Duration::from_secs(5);
/// How often something may fail before a copy is made elsewhere.
const FAILURES: u32 = 3;
/// How long until what failed is tried again.
const RETRY: Duration = Duration::from_secs(2);
/// How long nothing may have been appended before the snapshot is written: its syncs would make the next entry wait.
const QUIET: Duration = Duration::from_secs(1);
/// How long a snapshot waits for that at most.
const PATIENCE: Duration = Duration::from_secs(10);
/// The rest that follows a snapshot, in times of what it took: 1 in 20 is five per cent.
const REST: u32 = 19;

/// The state of the thread.
pub(super) struct Worker {
    pub(super) folder: PathBuf,
    pub(super) queue: Arc<Queue>,
    pub(super) setup: Setup,
    report: Box<dyn Fn(Report) + Send>,
    pub(super) files: Option<Files>,
    /// All records that are saved or came from others, so that they can be written again should the journal vanish.
    pub(super) known: Ledger,
    /// `known` is all that the journal had when it was opened; else only the end of it.
    pub(super) knows_all: bool,
    pub(super) place: Place,
    /// Records that were in the journal and are there no more.
    pub(super) owed: Vec<Record>,
    /// Something went wrong at the journal's end: what is written next begins with a line feed.
    pub(super) odd: bool,
    /// How many syncs failed in a row.
    pub(super) failed_syncs: u32,
    /// How many attempts failed in a row.
    failures: u32,
    copy: Option<Copied>,
    pub(super) presence: Option<Presence>,
    pub(super) draft: Own,
    pub(super) aside: Aside,
    pub(super) peers: Vec<Peer>,
    /// Where it is shared, as was told last.
    pub(super) shared: Option<Shared>,
    pub(super) looked_at: Option<Instant>,
    /// What tells that something has happened in the folder.
    pub(super) bell: Option<Bell>,
    /// Something has happened there since it was looked at in peace.
    pub(super) stirred: bool,
    /// The lock, where it is held all the time: on a network file system only one process may write.
    pub(super) sole: Option<Held>,
    /// Why nothing may be written here.
    read_only: Option<String>,
    pub(super) tidied: bool,
    retry_at: Option<Instant>,
    appended_at: Option<Instant>,
    rested_at: Option<Instant>,
}

/// The copy that was made elsewhere.
struct Copied {
    path: PathBuf,
    /// The last record in it.
    last: Option<Stamp>,
    /// Not made anew before then: an incident may be large.
    rest: Instant,
}

impl Worker {
    pub(super) fn new(
        folder: PathBuf,
        queue: Arc<Queue>,
        loaded: Loaded,
        files: Option<Files>,
        setup: Setup,
        report: Box<dyn Fn(Report) + Send>,
    ) -> Self {
        let mut known = Ledger::default();
        let place = Place::after(&loaded);
        known.extend(loaded.records);
        let read_only = match &files {
            Some(Files::ReadOnly { reason, .. }) => Some(reason.clone()),
            _ => None,
        };
        let aside = Aside::new(&setup.rescue, &setup.origin);
        let (odd, shared) = (setup.after_failure, setup.shared.clone());
        Self {
            folder,
            queue,
            setup,
            report,
            files,
            known,
            knows_all: true,
            place,
            owed: Vec::new(),
            odd,
            failed_syncs: 0,
            failures: 0,
            copy: None,
            presence: None,
            draft: Own::default(),
            aside,
            peers: Vec::new(),
            shared,
            looked_at: None,
            bell: None,
            stirred: false,
            sole: None,
            read_only,
            tidied: false,
            retry_at: None,
            appended_at: None,
            rested_at: None,
        }
    }

    pub(super) fn queue(&self) -> Arc<Queue> {
        Arc::clone(&self.queue)
    }

    pub(super) fn tell(&self, report: Report) {
        (self.report)(report);
    }

    /// After a panic: nothing is believed of what is open, and all is read again.
    pub(super) fn revive(&mut self) {
        self.files = None;
        self.odd = true;
        self.queue.ring();
        let reason = "the writer failed and was started again".to_owned();
        let advice = "wait a moment".to_owned();
        self.tell(Report::NotSaved { waiting: self.queue.waiting(), reason, advice });
    }

    /// After a second panic: nothing more is written here, but what waits stands elsewhere.
    pub(super) fn give_up(&mut self) {
        let reason = "the writer failed twice: open the incident again".to_owned();
        self.tell(Report::ReadOnly { reason });
        if self.queue.waiting() > 0 {
            self.copy_elsewhere();
        }
    }

    /// Works until it is told to stop.
    pub(super) fn run(&mut self) {
        self.be_the_only_one();
        if let Some(reason) = &self.read_only {
            self.tell(Report::ReadOnly { reason: reason.clone() });
        } else if self.queue.saved() > 0 {
            self.tell(Report::Saved { through: self.queue.saved() });
        }
        loop {
            self.watch();
            self.look_around();
            self.hang_bell();
            let call = self.queue.wait(self.next());
            self.take_note(call.stirred);
            let due = self.retry_at.is_some_and(|at| at <= Instant::now());
            if call.fresh {
                self.appended_at = Some(Instant::now());
            }
            if call.fresh || call.stop || due {
                self.save();
            }
            self.keep_draft(call.stop);
            if call.stop {
                self.write_snapshot();
                return self.leave();
            }
            if self.snapshot_due().is_some_and(|at| at <= Instant::now()) {
                self.write_snapshot();
            }
        }
    }

    /// Where only one process may write, it is the one that came first.
    fn be_the_only_one(&mut self) {
        if !self.setup.standing.one_writer_only() || self.read_only.is_some() {
            return;
        }
        // Whatever else is wrong is said when something is to be saved.
        if let Err(Trouble { holder: Some(holder), .. }) = self.hold() {
            let kind = self.setup.standing.name();
            self.read_only = Some(format!("{holder} writes here, and on {kind} only one may"));
        }
    }

    /// When to wake up without being called.
    fn next(&self) -> Instant {
        let is_calm = self.bell.as_ref().is_some_and(Bell::rings) && !self.stirred;
        let watch = Instant::now() + if is_calm { CALM } else { WATCH };
        [self.retry_at, self.snapshot_due(), self.queue.draft_due()]
            .into_iter()
            .flatten()
            .fold(watch, Instant::min)
    }

    /// Saves all that waits.
    fn save(&mut self) {
        if let Some(reason) = &self.read_only {
            if self.queue.waiting() > 0 {
                self.tell(Report::ReadOnly { reason: reason.clone() });
            }
            return;
        }
        self.retry_at = None;
        loop {
            if self.queue.pending() == 0 && self.owed.is_empty() && self.files.is_some() {
                return;
            }
            if let Err(trouble) = self.attempt_and_tell() {
                return self.complain(trouble);
            }
        }
    }

    /// Writes what waits and what is owed, and tells what of that is saved.
    fn attempt_and_tell(&mut self) -> Result<(), Trouble> {
        let before = self.queue.saved();
        self.attempt()?;
        let through = self.queue.saved();
        if through > before {
            self.tell(Report::Saved { through });
        }
        self.recover();
        Ok(())
    }

    /// It works again.
    fn recover(&mut self) {
        self.failures = 0;
        if self.queue.waiting() > 0 {
            return;
        }
        if let Some(copy) = self.copy.take() {
            // What is in it has reached the journal: one that stays does no harm.
            drop(rescue::remove_rescue(&copy.path));
            self.tell(Report::CopyGone);
        }
    }

    fn complain(&mut self, trouble: Trouble) {
        if trouble.reopen {
            self.files = None;
        }
        self.retry_at = Some(Instant::now() + RETRY);
        self.failures += 1;
        let Trouble { reason, advice, grave, .. } = trouble;
        self.tell(Report::NotSaved { waiting: self.queue.waiting(), reason, advice });
        if grave || self.failures >= FAILURES {
            self.copy_elsewhere();
        }
    }

    /// Writes all that is known into a file somewhere else, unless it stands there already.
    fn copy_elsewhere(&mut self) {
        let unsaved = self.queue.unsaved();
        let last = unsaved.last().or(self.known.records().last()).map(|record| record.stamp);
        let rests = |copy: &Copied| copy.last == last || copy.rest > Instant::now();
        if self.copy.as_ref().is_some_and(rests) {
            return;
        }
        let begin = Instant::now();
        let own = self.copy.as_ref().map(|copy| copy.path.as_path());
        let all = (self.known.records(), unsaved.as_slice());
        match rescue::rescue(&self.setup.rescue, &self.setup.origin, all, own) {
            Ok(path) => {
                let rest = Instant::now() + begin.elapsed() * REST;
                self.copy = Some(Copied { path: path.clone(), last, rest });
                self.tell(Report::Copied(Ok(path)));
            }
            Err(error) => self.tell(Report::Copied(Err(error.to_string()))),
        }
    }

    fn leave(&mut self) {
        if let (Some(files), Some(presence)) = (&self.files, self.presence.take()) {
            presence.leave(files.dir());
        }
        self.aside.leave();
    }

    /// Looks for what others appended, without the lock; sees to it that a journal that vanished is written again.
    fn watch(&mut self) {
        if self.retry_at.is_some() || self.files.is_none() && self.read_only.is_some() {
            return;
        }
        let Some(files) = &self.files else {
            self.retry_at = Some(Instant::now());
            return;
        };
        match files.look() {
            Ok(Look::There(size)) if self.place.is_at(size) => {}
            Ok(Look::There(size)) if self.place.may_be_in(size) => {
                let read = self.catch_up();
                if matches!(read, Ok(false)) {
                    self.heal();
                }
            }
            // Somebody may be at work there, such as removing all of it: it is not put back under their hands.
            _ if self.stirred => {}
            _ => {
                // It hangs in a folder that may be another one now.
                self.bell = None;
                self.heal();
            }
        }
    }

    /// What was saved is not in the journal any more.
    fn heal(&mut self) {
        if self.read_only.is_some() {
            return self.follow();
        }
        // Something may have been handed over meanwhile: it is written, too.
        if let Err(trouble) = self.attempt_and_tell() {
            self.complain(trouble);
        }
    }

    /// Looks into the journal that stands there now, as one who may not write.
    fn follow(&mut self) {
        if let Ok(files) = Files::open(&self.folder) {
            self.files = Some(files);
            // What cannot be read now is read at the next look.
            drop(self.read_anew());
            self.owed.clear();
        }
    }

    /// When the snapshot that waits is to be written.
    fn snapshot_due(&self) -> Option<Instant> {
        let Queued { since, .. } = self.queue.snapshot()?;
        if self.read_only.is_some() || self.retry_at.is_some() {
            return None;
        }
        let quiet = self.appended_at.unwrap_or(since) + QUIET;
        let due = quiet.min(since + PATIENCE);
        Some(self.rested_at.map_or(due, |rested| due.max(rested)))
    }

    fn write_snapshot(&mut self) {
        let Some(Queued { incident, .. }) = self.queue.snapshot() else { return };
        if self.read_only.is_some() || self.queue.pending() > 0 || !self.owed.is_empty() {
            return;
        }
        let begin = Instant::now();
        let mut written = self.try_snapshot(&incident);
        if matches!(written, Ok(false)) {
            // The journal has to be put right first.
            self.save();
            written = self.try_snapshot(&incident);
        }
        let took = begin.elapsed();
        self.rested_at = Some(Instant::now() + took * REST);
        match written {
            Ok(true) => self.queue.drop_snapshot(&incident),
            Ok(false) => {}
            Err(trouble) => {
                if trouble.reopen {
                    self.files = None;
                }
                self.rested_at = Some(Instant::now() + PATIENCE.max(took * REST));
                self.tell(Report::SnapshotFailed(trouble.reason));
            }
        }
    }

    /// Writes the snapshot under the lock, unless it lacks what others appended; not done where the journal vanished.
    fn try_snapshot(&mut self, incident: &Incident) -> Result<bool, Trouble> {
        let held = self.hold()?;
        if !self.owed.is_empty() {
            return Ok(false);
        }
        let records = self.known.records();
        let journal = &incident.journal;
        if journal.records != self.known.count() || journal.last != records.last().map(|r| r.stamp) {
            return Ok(true);
        }
        // No count tells for sure that it is without what was purged.
        if !self.known.purged().is_empty() && Fold::of(&self.known).incident() != incident {
            return Ok(true);
        }
        let Some(files) = &self.files else { return Ok(false) };
        let seen = Seen {
            length: self.place.at(),
            tail_crc: self.place.fingerprint(files)?,
            writers: snapshot::writers(records),
            purged: self.known.purged().iter().copied().collect(),
            last: journal.last,
        };
        if !self.tidied {
            snapshot::tidy(files.dir())?;
            snapshot::keep_other(files.dir(), incident)?;
            self.tidied = true;
        }
        let written = snapshot::write(files.dir(), incident, &seen);
        drop(held);
        written.map_err(|error| Trouble::of(&error))?;
        Ok(true)
    }
}
