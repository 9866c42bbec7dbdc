//! Opening a large incident: its newest entries are there at once, and all of it is read meanwhile.

use std::cell::OnceCell;
use std::path::Path;
use std::sync::mpsc::{self, TryRecvError};
use std::thread;

use super::clock::Steady;
use super::drafts::Drafts;
use super::saving::Tally;
use super::sharing::Sharing;
use super::{Opening, Session};
use crate::log::{Fold, Hlc, Ledger};
use crate::model::Writer as WriterName;
use crate::store::{self, Origin, StoreError, Writer};

/// An incident of which the newest is there. Nothing can be committed to it: what is done waits for the [whole](Whole).
pub struct Glimpsed {
    /// How it was called at its beginning, and the newest of it.
    pub session: Session,
    /// All of it.
    pub whole: Whole,
}

/// An incident that is being read.
pub struct Whole {
    /// What reads it, until it [begins](Whole::begin).
    read: Option<Box<dyn FnOnce() + Send>>,
    session: mpsc::Receiver<Result<Session, StoreError>>,
}

impl Whole {
    /// Begins to read it, in a thread of its own; not before its newest is on the screen, which that would hold up.
    pub fn begin(&mut self) {
        if let Some(read) = self.read.take() {
            // Without a thread it is as if nothing came of it.
            let _ = thread::Builder::new().name("reading".to_owned()).spawn(read);
        }
    }

    /// The incident, once it is read.
    ///
    /// # Errors
    /// As [`Session::open`].
    pub fn taken(&mut self) -> Option<Result<Session, StoreError>> {
        self.begin();
        match self.session.try_recv() {
            Ok(opened) => Some(opened),
            Err(TryRecvError::Empty) => None,
            Err(TryRecvError::Disconnected) => Some(Err(StoreError::Broken)),
        }
    }

    /// The incident, as soon as it is read.
    ///
    /// # Errors
    /// As [`Session::open`].
    pub fn wait(&mut self) -> Result<Session, StoreError> {
        self.begin();
        self.session.recv().unwrap_or(Err(StoreError::Broken))
    }
}

impl Session {
    /// Opens an incident for changes: where it is large its newest first, as [`Session::glimpse`] does, and with it what is
    /// still to come.
    ///
    /// # Errors
    /// As [`Session::open`].
    pub fn enter(
        folder: &Path,
        opening: Opening,
        wake: impl Fn() + Clone + Send + Sync + 'static,
    ) -> Result<(Self, Option<Whole>), StoreError> {
        match Self::glimpse(folder, &opening, wake.clone()) {
            Some(Glimpsed { session, whole }) => Ok((session, Some(whole))),
            None => Self::open(folder, opening, wake).map(|session| (session, None)),
        }
    }

    /// Begins to open an incident for changes, where it is so large that it is worth it and its newest entries can be read by
    /// themselves. `wake` is called as for [`Session::open`], and when all of it is there.
    pub fn glimpse(
        folder: &Path,
        opening: &Opening,
        wake: impl Fn() + Clone + Send + Sync + 'static,
    ) -> Option<Glimpsed> {
        let records = store::glimpse(folder)?;
        let mut ledger = Ledger::default();
        ledger.extend(records);
        let fold = Fold::of(&ledger);
        if fold.incident().title.is_blank() {
            return None;
        }
        let (sender, receiver) = mpsc::channel();
        let (at, whole) = (folder.to_owned(), opening.clone());
        let read = move || {
            // Where the room was left meanwhile, nobody waits for it any more.
            let _ = sender.send(Self::open(&at, whole, wake.clone()));
            wake();
        };
        let (_, reports) = mpsc::channel();
        let session = Self {
            folder: folder.to_owned(),
            by: opening.by.clone(),
            steady: Steady::of(opening.clock.as_ref()),
            clock: opening.clock.clone(),
            rescue: opening.rescue.clone(),
            origin: Origin::of(fold.incident().id.for_file_name().as_str(), folder),
            hlc: Hlc::new(WriterName::from_bits(0)),
            ledger,
            fold,
            retractable: OnceCell::new(),
            writer: Writer::none(),
            reports,
            tally: Tally::default(),
            notices: Vec::new(),
            purged: Vec::new(),
            drafts: Drafts::default(),
            rescued: Vec::new(),
            sharing: Sharing::default(),
        };
        Some(Glimpsed { session, whole: Whole { read: Some(Box::new(read)), session: receiver } })
    }
}
