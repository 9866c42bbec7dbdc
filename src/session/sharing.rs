//! Sharing: what is on disk here goes to the stream of the incident, and what others sent is taken in. Nobody waits for
//! that: the link has a thread of its own.

use std::collections::VecDeque;
use std::fs::File;
use std::sync::Arc;
use std::sync::mpsc::{self, TryRecvError};
use std::thread;
use std::time::Duration;

use super::{Opening, Session, purge};
use crate::log::{Change, Record, hlc};
use crate::model::{Instant, Shared};
use crate::share::{Connection, Doing, Fault, Link, News, Pace, Person, Setup, Standing};
use crate::store::{self, sharing};

/// How long leaving waits for the network.
const LIMIT: Duration = Duration::from_millis(700);

/// What calls the session's owner.
pub(super) type Wake = Arc<dyn Fn() + Send + Sync>;

/// What was given to the writer, and the link that waits for it.
#[derive(Default)]
pub(super) struct Sharing {
    /// How many records the writer was given.
    given: usize,
    /// Those that are not known to be on disk, by their number, and whether they came from others; none where there is no link.
    waiting: VecDeque<(usize, Record, bool)>,
    /// Where it is shared.
    shared: Option<Shared>,
    link: Option<Linked>,
    /// Why there is no link.
    failed: Option<String>,
    /// What a person has to know that was not told yet; safe for a terminal.
    told: Vec<String>,
    /// What is done here, as others were told.
    doing: Doing,
    /// That it is this room that has the link, where the file that says so was written anew meanwhile.
    turn: Option<File>,
    /// Others have purged something that is on this disk still.
    to_purge: bool,
    wake: Option<Wake>,
}

struct Linked {
    link: Link,
    news: mpsc::Receiver<News>,
    standing: Standing,
    people: Vec<Person>,
}

impl Sharing {
    /// Where an incident is shared, and what calls its owner. Who adds a line and goes sends nothing: a room does, as soon as
    /// it is open.
    pub(super) fn of(shared: Option<Shared>, stays: bool, wake: Wake) -> Self {
        Self { shared, wake: stays.then_some(wake), ..Self::default() }
    }

    /// Why nothing may be changed here.
    pub(super) fn read_only(&self) -> Option<String> {
        self.shared.as_ref().filter(|shared| shared.read_only).map(|_| "it was joined to be read".to_owned())
    }

    /// Records go to the writer.
    pub(super) fn give(&mut self, records: &[Record], foreign: bool) {
        for record in records {
            self.given += 1;
            if self.link.is_some() {
                self.waiting.push_back((self.given, record.clone(), foreign));
            }
        }
    }

    /// The first so many that the writer was given are on disk: how many of those that became so came from others.
    pub(super) fn saved(&mut self, through: usize) -> u64 {
        let (mut saved, mut foreign) = (Vec::new(), 0);
        let reached = self.waiting.partition_point(|(nth, ..)| *nth <= through);
        for (_, record, is_foreign) in self.waiting.drain(..reached) {
            foreign += u64::from(is_foreign);
            self.to_purge |= is_foreign && matches!(record.change(), Some(Change::Purged { .. }));
            saved.push(record);
        }
        self.tell_saved(saved);
        foreign
    }

    /// These are on disk.
    pub(super) fn tell_saved(&self, records: Vec<Record>) {
        if let Some(linked) = self.link.as_ref().filter(|_| !records.is_empty()) {
            linked.link.saved(records);
        }
    }

    fn is_waiting(&self, record: &Record) -> bool {
        self.waiting.iter().any(|(_, waiting, _)| waiting.stamp == record.stamp)
    }
}

impl Session {
    /// Where the link to other hosts stands; nothing where the incident is not shared.
    pub fn sharing(&self) -> Option<Standing> {
        let sharing = &self.sharing;
        sharing.shared.as_ref()?;
        if let Some(why) = &sharing.failed {
            return Some(Standing {
                connection: Connection::Lost(Fault::Other(why.clone())),
                ..Standing::default()
            });
        }
        Some(sharing.link.as_ref().map(|linked| linked.standing.clone()).unwrap_or_default())
    }

    /// Who has the incident open on other hosts.
    pub fn people(&self) -> &[Person] {
        self.sharing.link.as_ref().map_or(&[], |linked| &linked.people)
    }

    /// What a person has to know of other hosts that was not told yet; safe for a terminal.
    pub fn take_told(&mut self) -> Vec<String> {
        std::mem::take(&mut self.sharing.told)
    }

    /// What is done here, for those on other hosts to see.
    pub fn show_doing(&mut self, doing: Doing) {
        if self.sharing.doing != doing {
            if let Some(linked) = &self.sharing.link {
                linked.link.doing(doing.clone());
            }
            self.sharing.doing = doing;
        }
    }

    /// Begins to share, stops, or goes on, as the folder says.
    pub(super) fn share_as(&mut self, shared: Option<Shared>) {
        let is_same = match (&self.sharing.shared, &shared) {
            (Some(before), Some(now)) => before.is_same(now),
            (before, now) => before.is_none() && now.is_none(),
        };
        if !is_same {
            self.stop_sharing();
            self.sharing.shared = shared;
            self.tally.joined_to_read = self.sharing.read_only();
        }
    }

    /// Takes in what the link tells; whether there was anything.
    pub(super) fn hear_others(&mut self) -> bool {
        self.begin_sharing();
        let Some(linked) = &mut self.sharing.link else { return false };
        let (mut changed, mut arrived) = (false, Vec::new());
        loop {
            match linked.news.try_recv() {
                Ok(News::Standing(standing)) => linked.standing = standing,
                Ok(News::People(people)) => linked.people = people,
                Ok(News::Arrived(records)) => arrived.extend(records),
                Err(TryRecvError::Empty) => break,
                Err(TryRecvError::Disconnected) => {
                    self.sharing.failed = Some("the link has ended: open the incident again".to_owned());
                    break;
                }
            }
            changed = true;
        }
        self.absorb(arrived);
        changed
    }

    fn begin_sharing(&mut self) {
        let sharing = &mut self.sharing;
        let (Some(shared), None, None) = (&sharing.shared, &sharing.link, &sharing.failed) else { return };
        // All that is in the ledger has to be on disk.
        let is_saved = self.tally.under_way == 0 && self.tally.through >= self.tally.restored;
        let (Some(wake), true) = (sharing.wake.clone(), is_saved) else { return };
        let (to, news) = mpsc::channel();
        let tell = move |told| {
            // The session may be gone already.
            if to.send(told).is_ok() {
                wake();
            }
        };
        let clock = Arc::clone(&self.clock);
        let setup = Setup {
            shared: shared.clone(),
            records: self.ledger.records().to_vec(),
            own: Some((self.hlc.writer(), self.by.clone())),
            turn: Some(sharing::path(&self.folder)),
            now: Box::new(move || clock.now()),
            pace: Pace::default(),
        };
        match Link::start(setup, tell) {
            Ok(link) => {
                link.doing(sharing.doing.clone());
                let (standing, people) = (Standing::default(), Vec::new());
                sharing.link = Some(Linked { link, news, standing, people });
            }
            Err(error) => sharing.failed = Some(error.to_string()),
        }
    }

    /// Takes in what others sent: what is new goes to the disk, and is acknowledged when it is there.
    fn absorb(&mut self, records: Vec<Record>) {
        let now = self.clock.now();
        let mut new = Vec::new();
        for record in records {
            let Some(linked) = &self.sharing.link else { return };
            match self.ledger.get(record.stamp) {
                Some(known) if *known == record => {
                    if !self.sharing.is_waiting(&record) {
                        linked.link.saved(vec![record]);
                    }
                }
                Some(_) => linked.link.refused(record.stamp, "another record has its stamp".to_owned()),
                None if self.ledger.is_gone(&record) => linked.link.purged(vec![record.stamp]),
                None => {
                    self.hlc.observe(record.stamp, now);
                    new.push(record);
                }
            }
        }
        if !new.is_empty() {
            self.remember_wrong_clocks(&new, now);
            self.take_in(new.clone());
            // Of what came together one may have purged another: that is written nowhere.
            new.retain(|record| !self.ledger.is_gone(record));
            self.hand_over(new, true);
        }
    }

    /// Remembers whose clocks are so wrong that this one does not follow them, and says so.
    fn remember_wrong_clocks(&mut self, new: &[Record], now: Instant) {
        let Some(shared) = &mut self.sharing.shared else { return };
        let mut told = Vec::new();
        for record in new.iter().filter(|record| hlc::is_far_ahead(record.stamp, now)) {
            let writer = record.stamp.writer.to_string();
            if !shared.ahead.contains(&writer) {
                shared.ahead.push(writer);
                let (by, at) = (record.by.for_term(), record.stamp.instant().format("%Y-%m-%d %H:%M UTC"));
                told.push(format!(
                    "what came from {by} is stamped {at}: the clock of that host is wrong; nothing else is set by it"
                ));
            }
        }
        if !told.is_empty() {
            // Where it cannot be remembered, the order is all the same as it is now.
            let _ = sharing::write(&self.folder, shared);
            self.sharing.turn = sharing::hold(&self.folder);
            self.sharing.told.extend(told);
        }
    }

    /// What others have purged goes from this disk, too. That takes a while, and nobody waits for it: it is out of sight
    /// already, and where it fails it is done when the incident is opened next.
    pub(super) fn purge_with_others(&mut self) {
        if !std::mem::take(&mut self.sharing.to_purge) {
            return;
        }
        let (folder, by, clock) = (self.folder.clone(), self.by.clone(), Arc::clone(&self.clock));
        let opening = Opening { by, clock, rescue: self.rescue.clone(), stays: false };
        let obey = move || {
            if let Ok(loaded) = store::read(&folder) {
                purge::sweep(&folder, &loaded, &opening);
            }
        };
        // Without a thread it is done at the next opening.
        let _ = thread::Builder::new().name("purge".to_owned()).spawn(obey);
    }

    /// Gives records to the writer; `foreign` ones were not made here.
    pub(super) fn hand_over(&mut self, records: Vec<Record>, foreign: bool) {
        self.sharing.give(&records, foreign);
        self.writer.append(records);
    }

    /// What was purged is sent to nobody any more.
    pub(super) fn share_no_more(&self, records: &[Record]) {
        let Some(linked) = &self.sharing.link else { return };
        for record in records {
            if let Some(Change::Purged { records, .. }) = record.change() {
                linked.link.purged(records.clone());
            }
        }
    }

    /// Ends the link; what it has not sent goes when the incident is opened next.
    pub(super) fn stop_sharing(&mut self) {
        self.sharing.failed = None;
        self.sharing.waiting.clear();
        self.sharing.turn = None;
        if let Some(linked) = self.sharing.link.take() {
            linked.link.stop(LIMIT);
        }
    }
}
