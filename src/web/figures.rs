//! What the listener counts, for `GET /metrics`.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::ingest::Taken;

/// What was counted since the start.
#[derive(Debug, Default)]
pub(super) struct Figures {
    /// How many requests were answered so, by the status of the answer.
    answers: Mutex<BTreeMap<u16, u64>>,
    stored: AtomicU64,
    known: AtomicU64,
    ignored: AtomicU64,
    truncated: AtomicU64,
    cut: AtomicU64,
    repeated: AtomicU64,
    /// Connections that are open.
    connections: AtomicU64,
    /// Connections that were closed to make room for others.
    closed: AtomicU64,
    /// Reports that are not on disk yet.
    unsaved: AtomicU64,
    /// The last write did not go well.
    failing: AtomicBool,
}

impl Figures {
    pub fn answered(&self, status: u16) {
        *self.answers.lock().unwrap_or_else(PoisonError::into_inner).entry(status).or_default() += 1;
    }

    /// A call was read.
    pub fn taken(&self, taken: &Taken) {
        let add = |count: &AtomicU64, more: u64| count.fetch_add(more, Ordering::Relaxed);
        add(&self.ignored, taken.ignored as u64);
        add(&self.truncated, taken.truncated);
        add(&self.cut, taken.cut as u64);
        add(&self.repeated, taken.repeated as u64);
    }

    /// Reports are on disk; these others were there before.
    pub fn saved(&self, stored: usize, known: usize) {
        self.stored.fetch_add(stored as u64, Ordering::Relaxed);
        self.known.fetch_add(known as u64, Ordering::Relaxed);
    }

    /// How writing goes: what waits, and whether the last try failed.
    pub fn writing(&self, unsaved: u64, failing: bool) {
        self.unsaved.store(unsaved, Ordering::Relaxed);
        self.failing.store(failing, Ordering::Relaxed);
    }

    pub fn is_failing(&self) -> bool {
        self.failing.load(Ordering::Relaxed)
    }

    pub fn opened(&self) {
        self.connections.fetch_add(1, Ordering::Relaxed);
    }

    pub fn closed(&self) {
        self.connections.fetch_sub(1, Ordering::Relaxed);
    }

    pub fn made_room(&self) {
        self.closed.fetch_add(1, Ordering::Relaxed);
    }

    /// As Prometheus reads it (text format 0.0.4).
    pub fn in_text(&self) -> String {
        let mut out = String::new();
        let head = |out: &mut String, name: &str, kind: &str, help: &str| {
            out.push_str(&format!("# HELP warroom_{name} {help}\n# TYPE warroom_{name} {kind}\n"));
        };
        head(&mut out, "requests_total", "counter", "Requests, by the status of the answer.");
        for (status, count) in self.answers.lock().unwrap_or_else(PoisonError::into_inner).iter() {
            out.push_str(&format!("warroom_requests_total{{status=\"{status}\"}} {count}\n"));
        }
        let rows = [
            ("alerts_stored_total", "counter", "Reports of alerts that are on disk.", &self.stored),
            ("alerts_known_total", "counter", "Reports of alerts that said nothing new.", &self.known),
            ("events_ignored_total", "counter", "Events of a kind that means nothing here.", &self.ignored),
            (
                "alerts_truncated_total",
                "counter",
                "Alerts that were missing in what was sent or taken.",
                &self.truncated,
            ),
            ("values_cut_total", "counter", "Texts and tables that were too long, and were cut.", &self.cut),
            (
                "keys_repeated_total",
                "counter",
                "Keys of JSON that stood twice; the last counts.",
                &self.repeated,
            ),
            ("connections", "gauge", "Connections that are open.", &self.connections),
            (
                "connections_closed_total",
                "counter",
                "Connections that were closed to make room.",
                &self.closed,
            ),
            ("alerts_unsaved", "gauge", "Reports that are not on disk yet.", &self.unsaved),
        ];
        for (name, kind, help, count) in rows {
            head(&mut out, name, kind, help);
            out.push_str(&format!("warroom_{name} {}\n", count.load(Ordering::Relaxed)));
        }
        out
    }
}
