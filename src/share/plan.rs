//! What is to be sent, without any network: what this host has on its disk, and what the stream has. A stream is transport, not
//! storage: one that comes back empty, or has less than it had, is filled again.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use crate::log::{Record, Stamp};

/// A record that is to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sending {
    /// What.
    pub record: Record,
    /// How often the server said that it has it, though it has not: a server remembers what it was given for a while, also what
    /// it has lost since.
    pub denied: u32,
}

impl Sending {
    /// By what the server tells it from others: the id of the record.
    pub fn message_id(&self) -> String {
        match self.denied {
            0 => self.record.stamp.to_string(),
            denied => format!("{}/{denied}", self.record.stamp),
        }
    }
}

/// What is to be sent.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// All that is on this disk.
    saved: BTreeMap<Stamp, Record>,
    /// What the stream has.
    held: HashSet<Stamp>,
    /// What is to be sent.
    unsent: BTreeSet<Stamp>,
    /// What was sent and is not acknowledged.
    flying: HashSet<Stamp>,
    /// Of what the stream has, what the server said it took, and was not seen there yet.
    unseen: HashSet<Stamp>,
    /// What the server says it has, and was not seen in the stream.
    doubtful: HashSet<Stamp>,
    /// How often it said so.
    denied: HashMap<Stamp, u32>,
    /// What was purged: it is never sent again, whatever is told of it later.
    purged: HashSet<Stamp>,
    /// All of the stream was read.
    is_read: bool,
    /// Of the stamps of all that is on this disk, in no order.
    digest: u64,
}

impl Plan {
    /// These are on disk.
    pub fn saved(&mut self, records: impl IntoIterator<Item = Record>) {
        for record in records {
            let stamp = record.stamp;
            if self.purged.contains(&stamp) {
                continue;
            }
            if !self.held.contains(&stamp) {
                self.unsent.insert(stamp);
            }
            if self.saved.insert(stamp, record).is_none() {
                self.digest ^= digest(stamp);
            }
        }
    }

    /// Whether it was purged.
    pub fn is_purged(&self, stamp: Stamp) -> bool {
        self.purged.contains(&stamp)
    }

    /// Tells two sets of records apart, whatever order they came in.
    pub fn digest(&self) -> u64 {
        self.digest
    }

    /// Whether a record is on this disk.
    pub fn has(&self, record: &Record) -> bool {
        self.saved.get(&record.stamp) == Some(record)
    }

    /// The stream is read from its beginning: what it has is not known.
    pub fn read_anew(&mut self) {
        let saved = self.saved.keys().copied();
        let unsent = saved.collect();
        let (digest, saved, purged) =
            (self.digest, std::mem::take(&mut self.saved), std::mem::take(&mut self.purged));
        *self = Self { saved, unsent, purged, digest, ..Self::default() };
    }

    /// The connection was lost: whether what was sent arrived is not known.
    pub fn lost(&mut self) {
        // An acknowledgement is no promise: a server that failed may have lost what it took last, and nobody saw that there.
        for stamp in self.unseen.drain() {
            self.held.remove(&stamp);
            self.unsent.insert(stamp);
        }
        self.unsent.extend(self.flying.drain().chain(self.doubtful.drain()));
        self.is_read = false;
    }

    /// The stream has this one.
    pub fn seen(&mut self, stamp: Stamp) {
        self.held.insert(stamp);
        self.unseen.remove(&stamp);
        self.unsent.remove(&stamp);
        self.flying.remove(&stamp);
        self.doubtful.remove(&stamp);
    }

    /// All that the stream had was read.
    pub fn all_read(&mut self) {
        self.is_read = true;
    }

    /// Whether all that the stream had was read.
    pub fn is_read(&self) -> bool {
        self.is_read
    }

    /// The next one that is to be sent, the oldest first; none before all of the stream was read.
    pub fn take_next(&mut self) -> Option<Sending> {
        if !self.is_read {
            return None;
        }
        let stamp = self.unsent.pop_first()?;
        self.flying.insert(stamp);
        let denied = self.denied.get(&stamp).copied().unwrap_or_default();
        Some(Sending { record: self.saved.get(&stamp)?.clone(), denied })
    }

    /// The server has it, newly or `already`: that counts only where it is seen.
    pub fn acknowledged(&mut self, stamp: Stamp, already: bool) {
        if !self.flying.remove(&stamp) {
            return;
        }
        if already {
            self.doubtful.insert(stamp);
        } else if self.held.insert(stamp) {
            self.unseen.insert(stamp);
        }
    }

    /// It was not taken.
    pub fn failed(&mut self, stamp: Stamp) {
        if self.flying.remove(&stamp) {
            self.unsent.insert(stamp);
        }
    }

    /// Whether the server says of anything that it has it, which was not seen.
    pub fn is_doubtful(&self) -> bool {
        !self.doubtful.is_empty()
    }

    /// What the server said it has was not seen for long enough: it is sent under another id.
    pub fn doubt(&mut self) {
        for stamp in self.doubtful.drain() {
            *self.denied.entry(stamp).or_default() += 1;
            self.unsent.insert(stamp);
        }
    }

    /// These were purged: they are never sent again.
    pub fn purge(&mut self, stamps: impl IntoIterator<Item = Stamp>) {
        for stamp in stamps {
            self.purged.insert(stamp);
            if self.saved.remove(&stamp).is_some() {
                self.digest ^= digest(stamp);
            }
            self.unseen.remove(&stamp);
            self.unsent.remove(&stamp);
            self.flying.remove(&stamp);
            self.doubtful.remove(&stamp);
        }
    }

    /// How many that are on this disk the stream has not acknowledged.
    pub fn to_go(&self) -> usize {
        self.unsent.len() + self.flying.len() + self.doubtful.len()
    }
}

fn digest(stamp: Stamp) -> u64 {
    let text = stamp.to_string();
    let half = |begin: u32| u64::from(crc32c::crc32c_append(begin, text.as_bytes()));
    half(0) << 32 | half(1)
}
