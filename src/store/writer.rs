//! The writer of an open incident: one thread that appends to the journal, watches what others append, and writes the
//! snapshot. Nobody who draws or types ever waits for the disk.

use std::mem;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use super::files::Files;
use super::presence::Peer;
use super::queue::Queue;
use super::worker::Worker;
use super::{Loaded, Origin, Standing, StoreError, WRITER};
use crate::log::Record;
use crate::model::{Incident, Shared};
use crate::text::Raw;

/// What the writer's thread has to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Report {
    /// Records are durable: an `fdatasync` that began after they were written has succeeded.
    Saved {
        /// How many of the records given to [`Writer::append`] so far, in their order.
        through: usize,
    },
    /// Records are not on disk. They are kept, and tried again every two seconds and on each new one.
    NotSaved {
        /// How many; 0 where only what was saved before is missing from the disk now.
        waiting: usize,
        /// Why: "disk full", "another process holds the journal (pid 17)".
        reason: String,
        /// What a person can do about it: "make room on that disk".
        advice: String,
    },
    /// Nothing can be saved as long as this writer lives; it only watches.
    ReadOnly {
        /// Why.
        reason: String,
    },
    /// Other processes appended these.
    Others(Vec<Record>),
    /// Where all that is known stands as well, since it cannot be saved; or why it does not stand elsewhere either.
    Copied(Result<PathBuf, String>),
    /// What was copied is saved, and the copy is gone.
    CopyGone,
    /// These others have the incident open now.
    Present(Vec<Peer>),
    /// It is shared with other hosts now as this says, or is not any more.
    Sharing(Option<Shared>),
    /// The snapshot was not written. That loses nothing: it comes again, and the journal is the truth.
    SnapshotFailed(String),
}

/// Who writes, and how.
#[derive(Clone, Debug)]
pub struct Setup {
    /// Who makes changes.
    pub by: Raw,
    /// Which incident it is, for the names of copies.
    pub origin: Origin,
    /// It stays open: it is told to others, and keeps the line that is being written.
    pub stays: bool,
    /// The folder for copies of what cannot be saved.
    pub rescue: PathBuf,
    /// What the incident's folder stands on.
    pub standing: Standing,
    /// Where it was shared with other hosts when it was opened.
    pub shared: Option<Shared>,
    /// Something was written to the journal before, and failed: what is written next begins with a line feed.
    pub after_failure: bool,
}

/// The writer of one open incident. Dropped, it still writes what it was given, but nobody waits for it: that is what
/// [`Writer::finish`] is for.
#[derive(Debug)]
pub struct Writer {
    queue: Arc<Queue>,
    read_only: bool,
}

impl Writer {
    /// Starts writing to a folder that was read. `report` is called on the writer's thread, but for a folder that is read-only
    /// from the start; it must not wait for anything.
    ///
    /// Where the folder may not be written to, it starts all the same, reports [`Report::ReadOnly`] and watches. Where
    /// the system refuses for now (out of file descriptors, disk full), it reports that and tries again.
    ///
    /// # Errors
    /// Where the folder is gone, or something stands in it that must not be opened.
    pub fn start(
        folder: &Path,
        loaded: Loaded,
        setup: Setup,
        report: impl Fn(Report) + Send + 'static,
    ) -> Result<Self, StoreError> {
        let folder = std::path::absolute(folder).map_err(StoreError::io("find", folder))?;
        let files = match Files::open(&folder) {
            Ok(files) => Some(files),
            Err(StoreError::Io { .. }) => None,
            Err(error) => return Err(error),
        };
        let read_only = match &files {
            Some(Files::ReadOnly { reason, .. }) => {
                // Said before anything can be handed over: what is typed then stays where it is.
                report(Report::ReadOnly { reason: reason.clone() });
                true
            }
            _ => false,
        };
        let queue = Arc::new(Queue::default());
        let worker = Worker::new(folder.clone(), Arc::clone(&queue), loaded, files, setup, Box::new(report));
        std::thread::Builder::new()
            .name(WRITER.to_owned())
            .spawn(move || live(worker))
            .map_err(StoreError::io("start a thread for", &folder))?;
        Ok(Self { queue, read_only })
    }

    /// None: what it is given is written nowhere.
    #[must_use]
    pub fn none() -> Self {
        let queue = Queue::default();
        queue.set_ended();
        Self { queue: Arc::new(queue), read_only: true }
    }

    /// Whether the folder could not be written to when it was opened.
    pub fn is_read_only(&self) -> bool {
        self.read_only
    }

    /// Hands over records, to be saved in this order. Never waits for the disk.
    pub fn append(&self, records: Vec<Record>) {
        self.queue.append(records);
    }

    /// Hands over a state, which has to be the fold of all records handed over and reported so far. It is written when
    /// they are saved, rarely enough to take at most a twentieth of the time; one that lacks what others have appended
    /// by then is left out, since another one follows when that was reported.
    pub fn write_snapshot(&self, incident: Arc<Incident>) {
        self.queue.put_snapshot(incident);
    }

    /// How many records were handed over and are not saved.
    pub fn waiting(&self) -> usize {
        self.queue.waiting()
    }

    /// Keeps the line that is being written, when nothing more has been typed for half a second; an empty one is forgotten
    /// at once. `taken_up` names the file of a line that was left, where this is it.
    pub fn keep_draft(&self, line: Raw, taken_up: Option<PathBuf>) {
        self.queue.put_draft(line, taken_up, false);
    }

    /// Keeps the line that is being written at once, and says in which file.
    ///
    /// # Errors
    /// Why it is not kept.
    pub fn keep_draft_now(&self, line: Raw, limit: Duration) -> Result<PathBuf, String> {
        self.queue.put_draft(line, None, true);
        self.queue.wait_kept(limit).unwrap_or_else(|| Err("the disk does not answer".to_owned()))
    }

    /// Finishes what is under way, and then stands still until [`go_on`](Self::go_on), so that a process that is suspended
    /// does not keep others from writing. Says whether it does within a limit.
    pub fn pause(&self, limit: Duration) -> bool {
        self.queue.pause(limit)
    }

    /// Works again.
    pub fn go_on(&self) {
        self.queue.go_on();
    }

    /// Saves what waits, writes the last snapshot and ends, within a limit; gives back what is not saved.
    #[must_use = "what is not saved has to go into a rescue file"]
    pub fn finish(&self, limit: Duration) -> Vec<Record> {
        self.queue.stop();
        let _ = self.queue.wait_ended(limit);
        self.queue.unsaved()
    }

    /// The line that was being written, where it could not be kept by the end.
    pub fn unkept(&self) -> Option<Raw> {
        self.queue.unkept()
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.queue.stop();
    }
}

/// The life of the thread. A panic is reported and the work taken up again with files opened anew, once: what made it
/// panic may be gone with them, but if it is not, trying for ever would only burn the machine.
fn live(mut worker: Worker) {
    let queue = worker.queue();
    let run = |worker: &mut Worker| catch_unwind(AssertUnwindSafe(|| worker.run())).is_ok();
    let mut ended = run(&mut worker);
    if !ended {
        let told = catch_unwind(AssertUnwindSafe(|| worker.revive()));
        drop(told);
        ended = run(&mut worker);
    }
    if !ended {
        drop(catch_unwind(AssertUnwindSafe(|| worker.give_up())));
    }
    // The files and locks are given up; what it knows goes with the process, which waits for this.
    mem::forget(mem::take(&mut worker.known));
    drop(worker);
    queue.set_ended();
}
