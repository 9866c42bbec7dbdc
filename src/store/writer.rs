//! The writer of an open incident: one thread that appends to the journal, watches what others append, and writes the
//! snapshot. Nobody who draws or types ever waits for the disk.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use super::files::Files;
use super::queue::Queue;
use super::worker::Worker;
use super::{Loaded, StoreError};
use crate::log::Record;
use crate::model::Incident;

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
    },
    /// Nothing can be saved as long as this writer lives; it only watches.
    ReadOnly {
        /// Why.
        reason: String,
    },
    /// Other processes appended these.
    Others(Vec<Record>),
    /// The snapshot was not written. That loses nothing: it comes again, and the journal is the truth.
    SnapshotFailed(String),
}

/// The writer of one open incident. Dropped, it still writes what it was given, but nobody waits for it: that is what
/// [`Writer::finish`] is for.
#[derive(Debug)]
pub struct Writer {
    queue: Arc<Queue>,
    read_only: bool,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    /// Starts writing to a folder that was read. `report` is called on the writer's thread; it must not wait for
    /// anything.
    ///
    /// Where the folder may not be written to, it starts all the same, reports [`Report::ReadOnly`] and watches. Where
    /// the system refuses for now (out of file descriptors, disk full), it reports that and tries again.
    ///
    /// # Errors
    /// Where the folder is gone, or something stands in it that must not be opened.
    pub fn start(
        folder: &Path,
        loaded: &Loaded,
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
        let worker = Worker::new(folder.clone(), Arc::clone(&queue), loaded, files, Box::new(report));
        let thread = std::thread::Builder::new()
            .name("journal".to_owned())
            .spawn(move || live(worker))
            .map_err(StoreError::io("start a thread for", &folder))?;
        Ok(Self { queue, read_only, thread: Some(thread) })
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

    /// Saves what waits, writes the last snapshot and ends, within a limit; gives back what is not saved.
    #[must_use = "what is not saved has to go into a rescue file"]
    pub fn finish(mut self, limit: Duration) -> Vec<Record> {
        self.queue.stop();
        if self.queue.wait_ended(limit)
            && let Some(thread) = self.thread.take()
        {
            // Panics were caught and reported within.
            drop(thread.join());
        }
        self.queue.unsaved()
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
        let reason = "the writer failed twice: what is not saved is kept, open the incident again".to_owned();
        let told = catch_unwind(AssertUnwindSafe(|| worker.tell(Report::ReadOnly { reason })));
        drop(told);
    }
    queue.set_ended();
}
