//! The link of one open incident to its stream: a thread of its own, so that nobody who types or draws ever waits for the
//! network.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread::{self, JoinHandle};
use std::time::Duration;
use std::{fmt, io};

use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use super::hearing;
use super::people::{Doing, Person};
use super::plan::Plan;
use super::wire::{self, Side};
use super::{Fault, Name, NoName};
use crate::log::{Record, Stamp};
use crate::model::{Instant, Shared, Writer};
use crate::text::Raw;

/// How often it is looked whether another process has left the link.
const LOOK: Duration = Duration::from_secs(1);

/// Where the link stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Standing {
    /// Whether there is a connection, and what it has.
    pub connection: Connection,
    /// How many records that are on this disk the stream has not acknowledged.
    pub to_go: usize,
    /// How many messages were no records that could be taken in, and why the last one was not.
    pub refused: usize,
    /// Why the last of those was not.
    pub why_refused: Option<String>,
}

/// Whether there is a connection.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum Connection {
    /// Not yet, or the stream is being read.
    #[default]
    Begun,
    /// All that the stream had was read.
    Live,
    /// Another process of this host has the link of this incident.
    Elsewhere,
    /// There is none, and why; it is tried again.
    Lost(Fault),
}

/// What the link tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    /// These came, and are not on this disk. They are acknowledged once [`Link::saved`] has them.
    Arrived(Vec<Record>),
    /// Where it stands now.
    Standing(Standing),
    /// These have the incident open on other hosts now.
    People(Vec<Person>),
}

/// What the link is told.
#[derive(Debug)]
pub(super) enum Told {
    Saved(Vec<Record>),
    Refused(Stamp, String),
    Purged(Vec<Stamp>),
    Doing(Doing),
}

/// Who begins a link, and with what.
pub struct Setup {
    /// Where it leads.
    pub shared: Shared,
    /// What is on this disk.
    pub records: Vec<Record>,
    /// Whose records are written here, and what they are called: they are told to others.
    pub own: Option<(Writer, Raw)>,
    /// A file that one process of this host locks at a time.
    pub turn: Option<PathBuf>,
    /// What the wall shows.
    pub now: Box<dyn Fn() -> Instant + Send>,
    /// How often things are done.
    pub pace: Pace,
}

/// How often things are done.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// How often it is looked what the stream has.
    pub check: Duration,
    /// How long until what failed is tried again.
    pub retry: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self { check: Duration::from_secs(60), retry: Duration::from_secs(2) }
    }
}

/// The link.
#[derive(Debug)]
pub struct Link {
    /// Gone: it is to end.
    told: Option<UnboundedSender<Told>>,
    ended: mpsc::Receiver<()>,
    thread: Option<JoinHandle<()>>,
}

/// Why there can be no link.
#[derive(Debug, thiserror::Error)]
pub enum LinkError {
    /// It has no name.
    #[error(transparent)]
    Name(#[from] NoName),
    /// No thread or no runtime.
    #[error("no thread can be started: {0}")]
    Thread(#[from] io::Error),
}

impl Link {
    /// Begins. `tell` is called from the link's thread, and must not wait.
    ///
    /// # Errors
    /// Where it has no name, or no thread is to be had.
    pub fn start(setup: Setup, tell: impl Fn(News) + Send + 'static) -> Result<Self, LinkError> {
        let Setup { shared, records, own, turn, now, pace } = setup;
        let name: Name = shared.name.parse()?;
        let (told, mut heard) = unbounded_channel();
        let (end, ended) = mpsc::channel();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let live = move || {
            let (mut plan, mut doing) = (Plan::default(), Doing::default());
            plan.saved(records);
            let turn = turn.as_deref().map(|turn| take(turn, &mut heard, (&mut plan, &mut doing), &tell));
            if matches!(turn, Some(Turn::Over)) {
                return;
            }
            let side = Side { shared, name, own, now, pace, tell: Box::new(tell) };
            runtime.block_on(wire::live(&side, &mut plan, doing, &mut heard));
            drop(end);
        };
        let thread = thread::Builder::new().name("share".to_owned()).spawn(live)?;
        Ok(Self { told: Some(told), ended, thread: Some(thread) })
    }

    /// These are on this disk.
    pub fn saved(&self, records: Vec<Record>) {
        self.tell(Told::Saved(records));
    }

    /// One that arrived is not taken in, and why.
    pub fn refused(&self, stamp: Stamp, why: String) {
        self.tell(Told::Refused(stamp, why));
    }

    /// These were purged.
    pub fn purged(&self, stamps: Vec<Stamp>) {
        self.tell(Told::Purged(stamps));
    }

    /// What is done here, for others to see.
    pub fn doing(&self, doing: Doing) {
        self.tell(Told::Doing(doing));
    }

    fn tell(&self, told: Told) {
        if let Some(to) = &self.told {
            // A link that has ended sends what it was not told when it is opened next.
            let _ = to.send(told);
        }
    }

    /// Ends, within a limit; what it has not sent goes when the incident is opened next.
    pub fn stop(mut self, limit: Duration) {
        drop(self.told.take());
        if self.ended.recv_timeout(limit) != Err(RecvTimeoutError::Timeout)
            && let Some(thread) = self.thread.take()
        {
            // One that panicked has nothing to tell.
            let _ = thread.join();
        }
    }
}

/// Of several processes of a host one has the link of an incident.
enum Turn {
    /// It is this one, as long as the lock is held.
    Taken { _lock: File },
    /// Nothing can be locked there: then only one process may write there, too.
    Free,
    /// The link is to end.
    Over,
}

/// Waits for this process's turn.
fn take(
    turn: &Path,
    heard: &mut UnboundedReceiver<Told>,
    (plan, doing): (&mut Plan, &mut Doing),
    tell: &(impl Fn(News) + Send),
) -> Turn {
    let mut is_told = false;
    loop {
        let Ok(file) = File::open(turn) else { return Turn::Free };
        if file.try_lock().is_ok() {
            return Turn::Taken { _lock: file };
        }
        if !is_told {
            is_told = true;
            tell(News::Standing(Standing { connection: Connection::Elsewhere, ..Standing::default() }));
        }
        thread::sleep(LOOK);
        loop {
            match heard.try_recv() {
                Ok(told) => hearing::hear(told, plan, doing),
                Err(tokio::sync::mpsc::error::TryRecvError::Empty) => break,
                Err(tokio::sync::mpsc::error::TryRecvError::Disconnected) => return Turn::Over,
            }
        }
    }
}

impl fmt::Display for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Begun => f.write_str("connecting"),
            Self::Live => f.write_str("connected"),
            Self::Elsewhere => f.write_str("another room of this host shares it"),
            Self::Lost(why) => why.fmt(f),
        }
    }
}
