//! Who has an incident open on which host, what they look at, and by how much their clocks differ. It is told over plain
//! subjects: nothing of it is kept.

use std::collections::{HashMap, VecDeque};
use std::time::{Duration, Instant as Moment};

use async_nats::ServerError;
use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use super::Name;
use crate::log::hlc::millis;
use crate::model::{Instant, Writer};
use crate::text::Raw;

/// The longest message that is read, in bytes.
const LONGEST: usize = 4 * 1024;
/// The most people that are told.
const MOST: usize = 1_000;
/// How often one says that one is here.
pub(super) const HEARTBEAT: Duration = Duration::from_secs(15);
/// After how long somebody who says nothing has left.
const GONE: Duration = Duration::from_secs(40);
/// Of how many messages the one that took the least time tells how far a clock is off.
const HEARD: usize = 16;
/// How far a clock has to be off to be told: a message takes less time.
const SKEW: TimeDelta = TimeDelta::seconds(2);

/// What somebody looks at and does.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Doing {
    /// What lies open, in a word: `timeline`, `report`; nothing for the prompt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pane: Option<Raw>,
    /// Whether a line is being written.
    #[serde(default)]
    pub typing: bool,
}

/// Somebody who has the incident open on another host.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Person {
    /// Whose records are written there.
    pub writer: Writer,
    /// What they are called.
    pub by: Raw,
    /// What they do.
    pub doing: Doing,
    /// By how many seconds their clock is ahead of this host's, where that can be told: less than 0 where it is behind.
    pub ahead_s: Option<i64>,
}

/// What one says of oneself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Here {
    pub(super) writer: String,
    pub(super) by: Raw,
    #[serde(flatten)]
    pub(super) doing: Doing,
    /// What the wall shows there, in milliseconds since 1970 UTC.
    at: u64,
    /// Of the records that are on disk there.
    #[serde(default)]
    pub(super) digest: u64,
    #[serde(default)]
    gone: bool,
}

impl Here {
    pub(super) fn now(writer: Writer, by: &Raw, doing: &Doing, digest: u64, now: Instant) -> Self {
        let (writer, by, doing) = (writer.to_string(), by.clone(), doing.clone());
        Self { writer, by, doing, at: millis(now), digest, gone: false }
    }

    pub(super) fn leaving(self) -> Self {
        Self { gone: true, ..self }
    }

    /// Strings and numbers cannot fail to serialise.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        serde_json::to_vec(self).unwrap_or_default()
    }

    pub(super) fn read(payload: &[u8]) -> Option<Self> {
        (payload.len() <= LONGEST).then(|| serde_json::from_slice(payload).ok()).flatten()
    }
}

/// All who were heard.
#[derive(Debug, Default)]
pub(super) struct People {
    heard: HashMap<Writer, Heard>,
    /// The digests of this host's and another's records that were found to differ: by one message, or by more.
    differing: HashMap<(u64, u64), Differs>,
}

/// How long records were found to differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Differs {
    Once,
    /// It was looked for: what one host has purged may differ for ever.
    Told,
}

#[derive(Debug)]
struct Heard {
    by: Raw,
    doing: Doing,
    last: Moment,
    /// By how many milliseconds messages seemed to be sent before they came.
    took: VecDeque<i64>,
}

/// Whether a server does not let this host say or hear who is here: it may read, and write, all the same.
pub(super) fn is_refused(name: &Name, error: &ServerError) -> bool {
    error.to_string().contains(&name.people())
}

impl People {
    /// Somebody says something; `now` is what the wall shows here. Whether they were not known to be here.
    pub(super) fn hear(&mut self, here: &Here, now: Instant, at: Moment) -> bool {
        let Ok(writer) = here.writer.parse::<Writer>() else { return false };
        if here.gone {
            self.heard.remove(&writer);
            return false;
        }
        let is_new = !self.heard.contains_key(&writer);
        if is_new && self.heard.len() >= MOST {
            return false;
        }
        let (by, doing) = (here.by.clone(), here.doing.clone());
        let heard = self.heard.entry(writer).or_insert_with(|| Heard {
            by: Raw::default(),
            doing: Doing::default(),
            last: at,
            took: VecDeque::new(),
        });
        (heard.by, heard.doing, heard.last) = (by, doing, at);
        let took =
            i64::try_from(millis(now)).unwrap_or(i64::MAX) - i64::try_from(here.at).unwrap_or(i64::MAX);
        heard.took.push_back(took);
        if heard.took.len() > HEARD {
            heard.took.pop_front();
        }
        is_new
    }

    /// Whether somebody has other records than this host, for the second time: what is under way differs once. Each
    /// difference is told once.
    pub(super) fn differs(&mut self, here: &Here, digest: u64) -> bool {
        if here.digest == digest || here.gone {
            return false;
        }
        if self.differing.len() >= MOST {
            self.differing.clear();
        }
        match self.differing.insert((digest, here.digest), Differs::Once) {
            None => false,
            Some(before) => {
                self.differing.insert((digest, here.digest), Differs::Told);
                before == Differs::Once
            }
        }
    }

    /// There is no connection: nobody knows who is here.
    pub(super) fn forget(&mut self) {
        self.heard.clear();
    }

    /// Those who said something not too long ago, by their names.
    pub(super) fn present(&mut self, at: Moment) -> Vec<Person> {
        self.heard.retain(|_, heard| at.saturating_duration_since(heard.last) < GONE);
        let person = |(writer, heard): (&Writer, &Heard)| Person {
            writer: *writer,
            by: heard.by.clone(),
            doing: heard.doing.clone(),
            ahead_s: heard.ahead(),
        };
        let mut people: Vec<Person> = self.heard.iter().map(person).collect();
        people.sort_by(|a, b| (a.by.as_typed(), a.writer).cmp(&(b.by.as_typed(), b.writer)));
        people
    }
}

impl Heard {
    /// The message that took the least time took nearly none: what is left is how far the clocks differ.
    fn ahead(&self) -> Option<i64> {
        let ahead = TimeDelta::milliseconds(self.took.iter().min()?.checked_neg()?);
        (ahead.abs() >= SKEW).then(|| ahead.num_seconds())
    }
}
