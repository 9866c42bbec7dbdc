//! The thread that holds the incidents: it takes the calls that wait, writes what they tell at once, and answers when that is
//! on disk.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use tokio::sync::oneshot;

use super::figures::Figures;
use super::incidents::Incidents;
use crate::ingest::Told;

/// How often it is looked what others have written, and what became of what could not be.
const LOOK: Duration = Duration::from_secs(1);
/// How many calls are answered together.
const TOGETHER: usize = 64;

/// What one call tells, and who waits for the answer.
pub(super) struct Job {
    pub told: Vec<Told>,
    pub answer: oneshot::Sender<Result<Stored, Unstored>>,
}

/// What became of the reports of a call, all of which are on disk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Stored {
    /// Those that said something new.
    pub stored: usize,
    /// Those that did not.
    pub known: usize,
}

/// Why a call is not on disk, so that the sender has to keep it; and what can be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unstored {
    pub error: &'static str,
    pub hint: &'static str,
}

/// The thread's own things.
pub(super) struct Scribe {
    jobs: Receiver<Job>,
    incidents: Incidents,
    figures: Arc<Figures>,
}

impl Scribe {
    pub fn new(jobs: Receiver<Job>, incidents: Incidents, figures: Arc<Figures>) -> Self {
        Self { jobs, incidents, figures }
    }

    /// Works until nobody can call any more. What could not be saved, safe for a terminal.
    pub fn work(mut self) -> Vec<String> {
        self.incidents.begin();
        loop {
            match self.jobs.recv_timeout(LOOK) {
                Ok(first) => self.take(first),
                Err(RecvTimeoutError::Timeout) => self.incidents.pump(),
                Err(RecvTimeoutError::Disconnected) => return self.incidents.finish(),
            }
            let (unsaved, failing) = self.incidents.unsaved();
            self.figures.writing(unsaved, failing);
        }
    }

    fn take(&mut self, first: Job) {
        let others: Vec<Job> = self.jobs.try_iter().take(TOGETHER - 1).collect();
        self.incidents.look();
        let mut answers = Vec::new();
        for Job { told, answer } in std::iter::once(first).chain(others) {
            answers.push((answer, self.incidents.take(told)));
        }
        let flushed = self.incidents.flush();
        for (answer, taken) in answers {
            let taken = taken.and_then(|stored| flushed.map(|()| stored));
            if let Ok(Stored { stored, known }) = taken {
                self.figures.saved(stored, known);
            }
            // Whoever asked may not wait any more, and asks again.
            let _ = answer.send(taken);
        }
    }
}
