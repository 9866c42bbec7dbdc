//! An incident on a server before its room is open: putting it there, and bringing it here.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

use super::clock::{Clock as _, Wall};
use super::create::{self, Created};
use super::peek::Read;
use crate::log::{Fold, Ledger, Record, hlc};
use crate::model::{Incident, Shared};
use crate::share::{Connection, Fault, Link, LinkError, Name, News, Pace, Setup, Standing};
use crate::store::{self, StoreError, sharing};

/// How long nothing may come from a server.
const SILENCE: Duration = Duration::from_secs(30);

/// How long a link that is done may take to end.
const ENDING: Duration = Duration::from_secs(1);

/// Why an incident did not get to a server, or from there.
#[derive(Debug, thiserror::Error)]
pub enum NotShared {
    /// Its folder cannot be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// There can be no link.
    #[error(transparent)]
    Link(#[from] LinkError),
    /// The server is not there, or does not let one in.
    #[error(transparent)]
    Lost(#[from] Fault),
    /// There is nothing in the incident.
    #[error("there is no sound journal to share")]
    Empty,
}

/// What an incident in a folder is called on a server: as it was shared or joined before, else by its id and what founded
/// it.
///
/// # Errors
/// Where its folder cannot be read.
pub fn name_of(folder: &Path) -> Result<Option<Name>, StoreError> {
    if let Some(shared) = sharing::read(folder)? {
        return Ok(shared.name.parse().ok());
    }
    let loaded = store::read(folder)?;
    let read = Read::of(&loaded);
    Ok(Name::of(read.fold.incident().id.as_typed(), read.ledger.records()))
}

/// Puts an incident onto a server, and remembers where. All that is in its journal is there when this returns. Rooms that
/// are open go on from there.
///
/// # Errors
/// Where that was not done: then nothing is remembered.
pub fn share(folder: &Path, shared: &Shared) -> Result<usize, NotShared> {
    let loaded = store::read(folder)?;
    let records = Read::of(&loaded).ledger.records().to_vec();
    if records.is_empty() {
        return Err(NotShared::Empty);
    }
    let count = records.len();
    Begun::start(shared, records, |to_go| to_go == 0)?.end();
    sharing::write(folder, shared)?;
    Ok(count)
}

/// All that a server has of an incident.
///
/// # Errors
/// Where it is not there.
pub fn fetch(shared: &Shared) -> Result<Ledger, NotShared> {
    let mut ledger = Ledger::default();
    let mut begun = Begun::reading(shared)?;
    ledger.extend(begun.news());
    begun.end();
    if ledger.records().is_empty() { Err(Fault::Nothing.into()) } else { Ok(ledger) }
}

/// Founds a folder for what a server has, and remembers where it is shared. It is on disk when this returns.
///
/// # Errors
/// Where the folder cannot be made.
pub fn found(ledger: &Ledger, shared: &Shared, root: &Path) -> Result<(Created, Incident), NotShared> {
    let name: Name = shared.name.parse().map_err(LinkError::from)?;
    let created = create::put(root, name.id(), |_| ledger.records().to_vec())?;
    let now = Wall.now();
    let wrong = ledger.records().iter().filter(|record| hlc::is_far_ahead(record.stamp, now));
    let wrong: BTreeSet<String> = wrong.map(|record| record.stamp.writer.to_string()).collect();
    let shared = Shared { ahead: wrong.into_iter().collect(), ..shared.clone() };
    sharing::write(&created.folder, &shared)?;
    Ok((created, Fold::of(ledger).into_incident()))
}

/// A link that no room keeps.
#[derive(Debug)]
pub struct Begun {
    link: Link,
    news: mpsc::Receiver<News>,
    arrived: Vec<Record>,
    lost: Option<Fault>,
}

impl Begun {
    /// Reads all that a server has, and changes nothing there.
    ///
    /// # Errors
    /// Where it is not there.
    pub(super) fn reading(shared: &Shared) -> Result<Self, NotShared> {
        Self::start(&Shared { read_only: true, ..shared.clone() }, Vec::new(), |_| true)
    }

    /// Keeps the link until all that the stream had was read and `done` says so of what is to go.
    fn start(shared: &Shared, records: Vec<Record>, done: impl Fn(usize) -> bool) -> Result<Self, NotShared> {
        let (to, news) = mpsc::channel();
        let setup = Setup {
            shared: shared.clone(),
            records,
            own: None,
            turn: None,
            now: Box::new(|| Wall.now()),
            pace: Pace::default(),
        };
        let link = Link::start(setup, move |told| {
            // Nobody waits any more.
            let _ = to.send(told);
        })?;
        let mut begun = Self { link, news, arrived: Vec::new(), lost: None };
        loop {
            let news = begun.news.recv_timeout(SILENCE).map_err(|error| {
                NotShared::Lost(match error {
                    RecvTimeoutError::Timeout => Fault::Silent,
                    RecvTimeoutError::Disconnected => Fault::Other("the link has ended".to_owned()),
                })
            })?;
            let to_go = match &news {
                News::Standing(Standing { connection: Connection::Live, to_go, .. }) => Some(*to_go),
                _ => None,
            };
            begun.take(news);
            if let Some(why) = begun.lost {
                return Err(why.into());
            }
            if to_go.is_some_and(&done) {
                return Ok(begun);
            }
        }
    }

    fn take(&mut self, news: News) {
        match news {
            News::Arrived(records) => {
                // Nothing is kept here: what is lost is read again.
                self.link.saved(records.clone());
                self.arrived.extend(records);
            }
            News::Standing(Standing { connection: Connection::Lost(why), .. }) => self.lost = Some(why),
            News::Standing(Standing { connection: Connection::Live, .. }) => self.lost = None,
            News::Standing(_) | News::People(_) => {}
        }
    }

    /// What has come since this was asked last.
    pub(super) fn news(&mut self) -> Vec<Record> {
        while let Ok(news) = self.news.try_recv() {
            self.take(news);
        }
        std::mem::take(&mut self.arrived)
    }

    /// Why there is no connection.
    pub(super) fn lost(&self) -> Option<&Fault> {
        self.lost.as_ref()
    }

    fn end(self) {
        self.link.stop(ENDING);
    }
}
