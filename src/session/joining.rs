//! An incident on a server before its room is open: putting it there, and bringing it here.

use std::path::Path;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

use super::clock::{Clock as _, Wall};
use super::create::{self, Created};
use super::peek::Read;
use crate::log::{Fold, Ledger, Record};
use crate::model::{Incident, Shared};
use crate::share::{Connection, Link, LinkError, Name, News, Pace, Setup};
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
    #[error("{0}")]
    Lost(String),
    /// Nothing is shared there under that name.
    #[error("nothing is shared there under that name")]
    Nothing,
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
    follow(shared, records, |_| {}, |to_go| to_go == 0)?;
    sharing::write(folder, shared)?;
    Ok(count)
}

/// All that a server has of an incident.
///
/// # Errors
/// Where it is not there.
pub fn fetch(shared: &Shared) -> Result<Ledger, NotShared> {
    let mut ledger = Ledger::default();
    let reading = Shared { read_only: true, ..shared.clone() };
    let take = |records| {
        // Of two records with one stamp the first one counts, as it does everywhere.
        ledger.extend(records);
    };
    follow(&reading, Vec::new(), take, |_| true)?;
    if ledger.records().is_empty() { Err(NotShared::Nothing) } else { Ok(ledger) }
}

/// Founds a folder for what a server has, and remembers where it is shared. It is on disk when this returns.
///
/// # Errors
/// Where the folder cannot be made.
pub fn found(ledger: &Ledger, shared: &Shared, root: &Path) -> Result<(Created, Incident), NotShared> {
    let name: Name = shared.name.parse().map_err(LinkError::from)?;
    let created = create::put(root, name.id(), |_| ledger.records().to_vec())?;
    sharing::write(&created.folder, shared)?;
    Ok((created, Fold::of(ledger).into_incident()))
}

/// Keeps a link until all that the stream had was read and `done` says so of what is to go.
fn follow(
    shared: &Shared,
    records: Vec<Record>,
    mut take: impl FnMut(Vec<Record>),
    done: impl Fn(usize) -> bool,
) -> Result<(), NotShared> {
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
    let ended = loop {
        match news.recv_timeout(SILENCE) {
            Ok(News::Arrived(records)) => {
                link.saved(records.clone());
                take(records);
            }
            Ok(News::Standing(standing)) => match standing.connection {
                Connection::Live if done(standing.to_go) => break Ok(()),
                Connection::Lost(why) => break Err(NotShared::Lost(why)),
                _ => {}
            },
            Ok(News::People(_)) => {}
            Err(RecvTimeoutError::Timeout) => {
                break Err(NotShared::Lost("the server does not answer".to_owned()));
            }
            Err(RecvTimeoutError::Disconnected) => {
                break Err(NotShared::Lost("the link has ended".to_owned()));
            }
        }
    };
    link.stop(ENDING);
    ended
}
