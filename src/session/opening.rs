//! Opening an incident for changes: what is found is read, mended and brought back.

use std::cell::OnceCell;
use std::path::{Path, PathBuf};
use std::sync::{Arc, mpsc};

use super::clock::{Clock, Steady};
use super::drafts::Drafts;
use super::rescued::Copies;
use super::saving::Tally;
use super::sharing::{Sharing, Wake};
use super::{Session, peek, purge, random_bits};
use crate::log::fold::facts;
use crate::log::{Change, Hlc, Record, Restored, Stamp};
use crate::model::Writer as WriterName;
use crate::store::{self, Origin, Setup, Snapshot, Standing, StoreError, Writer, aside};
use crate::text::Raw;

/// Who opens an incident, and with what.
#[derive(Clone)]
pub struct Opening {
    /// Who makes changes.
    pub by: Raw,
    /// What tells the time.
    pub clock: Arc<dyn Clock>,
    /// The folder for what could not be saved.
    pub rescue: PathBuf,
    /// It stays open, as a room does: others are told, and the line that is being written is kept.
    pub stays: bool,
}

impl Session {
    /// Opens an incident for changes. `wake` is called from another thread whenever [`Session::pump`] has something to
    /// take in.
    ///
    /// # Errors
    /// Where the folder holds no incident, or cannot be read.
    pub fn open(
        folder: &Path,
        opening: Opening,
        wake: impl Fn() + Send + Sync + 'static,
    ) -> Result<Self, StoreError> {
        Self::opened(folder, opening, false, wake)
    }

    fn opened(
        folder: &Path,
        opening: Opening,
        after_failure: bool,
        wake: impl Fn() + Send + Sync + 'static,
    ) -> Result<Self, StoreError> {
        let mut loaded = store::read(folder)?;
        if purge::sweep(folder, &loaded, &opening) {
            loaded = store::read(folder)?;
        }
        let Opening { by, clock, rescue, stays } = opening;
        let now = clock.now();
        let mut hlc = Hlc::new(WriterName::from_bits(random_bits()));
        let read = peek::Read::of(&loaded);
        // A file that cannot be read shares nothing: it keeps nobody from the incident.
        let shared = store::sharing::read(folder).ok().flatten();
        let wrong = shared.as_ref().map_or(&[][..], |shared| &shared.ahead);
        let is_followed = |stamp: &Stamp| wrong.is_empty() || !wrong.contains(&stamp.writer.to_string());
        hlc.observe_local(read.stamps().filter(is_followed), now);
        let (sender, reports) = mpsc::channel();
        let origin = Origin::of(read.fold.incident().id.for_file_name().as_str(), folder);
        // As the writer knows it: by its files it is told which line was taken up.
        let whole = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
        let drafts =
            if stays { Drafts::of(&whole, &aside::folder_of(&rescue, &origin)) } else { Drafts::default() };
        // A folder that does not tell what it stands on is taken for what most are.
        let standing = Standing::of(folder).unwrap_or_else(|_| Standing::Local("a disk".to_owned()));
        let alone = standing.one_writer_only().then(|| standing.name().to_owned());
        let (of, to) = (origin.clone(), rescue.clone());
        let setup = Setup {
            by: by.clone(),
            origin: of,
            stays,
            rescue: to,
            standing,
            shared: shared.clone(),
            after_failure,
        };
        let wake: Wake = Arc::new(wake);
        let woken = Arc::clone(&wake);
        let mut notices = peek::notices(&loaded, &read.fold, read.lost.len());
        // Who adds a line and goes may have left it behind.
        let is_behind = |snapshot: &Snapshot| stays && snapshot.seen.length < loaded.length;
        let lacks_snapshot = loaded.snapshot.as_ref().is_none_or(is_behind);
        let spares_snapshot = !stays && loaded.has_nearly_all_in_snapshot();
        let writer = Writer::start(folder, loaded, setup, move |report| {
            // The session may be gone already: then nobody is left to tell.
            if sender.send(report).is_ok() {
                woken();
            }
        })?;
        notices.extend(alone.map(|kind| {
            format!("a network file system ({kind}): only one may write here at a time, on all machines")
        }));
        notices.extend(peek::ahead(&read.ledger, now));
        notices.extend(peek::held_ahead(&hlc, now));
        let read = if writer.is_read_only() { read.with_lost() } else { read };
        let peek::Read { ledger, fold, lost } = read;
        let mut session = Self {
            folder: folder.to_owned(),
            by,
            steady: Steady::of(clock.as_ref()),
            clock,
            rescue,
            origin,
            hlc,
            ledger,
            fold,
            retractable: OnceCell::new(),
            writer,
            reports,
            tally: Tally::default(),
            notices,
            purged: Vec::new(),
            drafts,
            rescued: Vec::new(),
            sharing: Sharing::of(shared, stays, wake),
        };
        let came_back = session.take_in_rescued(Copies::OfThisFolder);
        let restored = came_back + session.put_back(lost);
        session.tally.restored = restored;
        session.tally.joined_to_read = session.sharing.read_only();
        session.tally.under_way = 0;
        session.tally.snapshot_spared = spares_snapshot && restored == 0;
        session.tally.snapshot_due = lacks_snapshot || restored > 0;
        Ok(session)
    }

    /// As [`open`](Self::open), for a change that [`add`](super::add()) could not save: it is on its way to the disk again.
    ///
    /// # Errors
    /// As there.
    pub fn open_with(folder: &Path, opening: Opening, unsaved: Option<Record>) -> Result<Self, StoreError> {
        let Some(record) = unsaved else { return Self::open(folder, opening, || {}) };
        let mut session = Self::opened(folder, opening, true, || {})?;
        session.hlc.observe_local(Some(record.stamp), session.clock.now());
        session.tally.begin();
        session.take_in(vec![record.clone()]);
        session.hand_over(vec![record], false);
        Ok(session)
    }

    /// Puts down what only `incident.json` has. All facts together may be longer than any record they came from: they then
    /// come back one by one. How many records that are.
    fn put_back(&mut self, lost: Vec<Change>) -> u64 {
        let (mut back, mut too_long) = (0, 0);
        for change in lost {
            let pieces = match (self.put_down(change.clone()), change) {
                (Ok(_), _) => {
                    back += 1;
                    continue;
                }
                (Err(_), Change::Restored(Restored::Facts(facts))) => facts::apart(*facts),
                (Err(_), change) => vec![change],
            };
            for piece in pieces {
                let done = self.put_down(piece).is_ok();
                (back, too_long) = (back + u64::from(done), too_long + u64::from(!done));
            }
        }
        if too_long > 0 {
            self.tally.snapshot_stays = true;
            let words = "incident.json has more than fits into a line of the journal: it is left as it is, keep a copy";
            self.notices.push(words.into());
        }
        back
    }
}
