//! What made-up incidents are made of: words, people, a journal, and numbers that look like chance.

use std::fmt::Write as _;

use chrono::{DateTime, Utc};
use warroom::log::{Change, Hlc, Record, Stamp, Stamped};

pub const SERVICES: [&str; 12] = [
    "checkout",
    "search",
    "billing",
    "mail relay",
    "login",
    "catalogue",
    "invoices",
    "labels",
    "parcels",
    "wiki",
    "gateway",
    "reports",
];
pub const SUBJECTS: [&str; 10] = [
    "database",
    "load balancer",
    "network",
    "certificate",
    "cache",
    "last deploy",
    "DNS",
    "disk",
    "queue",
    "provider",
];
pub const WORDS: [&str; 40] = [
    "replicas",
    "lag",
    "seconds",
    "errors",
    "rising",
    "falling",
    "restarted",
    "rolled",
    "back",
    "deploy",
    "latency",
    "timeout",
    "connections",
    "pool",
    "idle",
    "customers",
    "complain",
    "dashboard",
    "green",
    "red",
    "paged",
    "second",
    "opinion",
    "confirmed",
    "memory",
    "threads",
    "queue",
    "drained",
    "failover",
    "region",
    "traffic",
    "half",
    "doubled",
    "normal",
    "again",
    "still",
    "waiting",
    "vendor",
    "ticket",
    "opened",
];
pub const PEOPLE: [&str; 5] = ["alice", "bob", "carol", "dan", "erin"];

/// Numbers that look like chance and are always the same.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5bd1_e995)
    }

    pub fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap_or_default() % limit
    }

    pub fn of(&mut self, all: &[&'static str]) -> &'static str {
        all[self.below(all.len())]
    }
}

/// The journal of an incident.
pub struct Journal {
    pub clock: Hlc,
    pub now: DateTime<Utc>,
    pub lines: String,
}

impl Journal {
    pub fn says(&mut self, by: &str, change: Change) -> Stamp {
        let stamp = self.clock.stamp(self.now);
        let record: Record = Stamped {
            stamp,
            by: by.into(),
            wall: None,
            over: None,
            after: None,
            from: None,
            body: change.into(),
        }
        .into();
        writeln!(self.lines, "{}", record.line()).unwrap_or_default();
        stamp
    }
}
