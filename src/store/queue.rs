//! What waits to be written: shared by the writer's handle and its thread. Records leave it only when they are durable, so
//! a thread that hangs or dies takes none with it.

use std::collections::{HashSet, VecDeque};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::log::{Record, Stamp};
use crate::model::Incident;

/// The most records that are written at once.
const BATCH: usize = 256;

/// The queue.
#[derive(Debug, Default)]
pub(super) struct Queue {
    state: Mutex<State>,
    /// Something came for the thread.
    rung: Condvar,
    /// The thread has ended.
    ended: Condvar,
}

#[derive(Debug, Default)]
struct State {
    pending: VecDeque<Record>,
    /// Those that no journal can hold.
    refused: Vec<Record>,
    saved: usize,
    snapshot: Option<Queued>,
    fresh: bool,
    stop: bool,
    ended: bool,
}

/// A snapshot that is to be written.
#[derive(Clone, Debug)]
pub(super) struct Queued {
    pub(super) incident: Arc<Incident>,
    /// Since when one has been waiting: a newer one takes the place of an older one, not its turn.
    pub(super) since: Instant,
}

/// Why the thread woke up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Call {
    /// Something was appended.
    pub(super) fresh: bool,
    /// It is time to end.
    pub(super) stop: bool,
}

impl Queue {
    fn lock(&self) -> MutexGuard<'_, State> {
        // Nothing that runs under it can panic halfway.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn append(&self, records: Vec<Record>) {
        let mut state = self.lock();
        state.fresh |= !records.is_empty();
        state.pending.extend(records);
        self.rung.notify_one();
    }

    pub(super) fn put_snapshot(&self, incident: Arc<Incident>) {
        let mut state = self.lock();
        let since = state.snapshot.take().map_or_else(Instant::now, |older| older.since);
        state.snapshot = Some(Queued { incident, since });
        self.rung.notify_one();
    }

    /// The snapshot that waits.
    pub(super) fn snapshot(&self) -> Option<Queued> {
        self.lock().snapshot.clone()
    }

    /// That snapshot needs no writing any more; a newer one that came in between stays.
    pub(super) fn drop_snapshot(&self, done: &Arc<Incident>) {
        let mut state = self.lock();
        state.snapshot.take_if(|queued| Arc::ptr_eq(&queued.incident, done));
    }

    /// Makes the thread look at once.
    pub(super) fn ring(&self) {
        self.lock().fresh = true;
        self.rung.notify_one();
    }

    pub(super) fn stop(&self) {
        self.lock().stop = true;
        self.rung.notify_one();
    }

    /// Waits until something comes, or until then.
    pub(super) fn wait(&self, until: Instant) -> Call {
        let mut state = self.lock();
        let had_snapshot = state.snapshot.is_some();
        while !state.fresh && !state.stop && state.snapshot.is_some() == had_snapshot {
            let Some(left) = until.checked_duration_since(Instant::now()).filter(|l| !l.is_zero()) else {
                break;
            };
            state = self.rung.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0;
        }
        Call { fresh: std::mem::take(&mut state.fresh), stop: state.stop }
    }

    /// The first records, which stay in the queue.
    pub(super) fn batch(&self) -> Vec<Record> {
        self.lock().pending.iter().take(BATCH).cloned().collect()
    }

    pub(super) fn pending_stamps(&self) -> HashSet<Stamp> {
        self.lock().pending.iter().map(|r| r.stamp).collect()
    }

    /// How many are to be written.
    pub(super) fn pending(&self) -> usize {
        self.lock().pending.len()
    }

    /// How many are not saved, whether they can be or not.
    pub(super) fn waiting(&self) -> usize {
        let state = self.lock();
        state.pending.len() + state.refused.len()
    }

    /// How many were saved.
    pub(super) fn saved(&self) -> usize {
        self.lock().saved
    }

    /// The first `count` are durable.
    pub(super) fn save(&self, count: usize) {
        let mut state = self.lock();
        let count = count.min(state.pending.len());
        state.pending.drain(..count);
        state.saved += count;
    }

    /// Sets a record aside that no journal can hold.
    pub(super) fn refuse(&self, stamp: Stamp) {
        let mut state = self.lock();
        if let Some(at) = state.pending.iter().position(|r| r.stamp == stamp)
            && let Some(record) = state.pending.remove(at)
        {
            state.refused.push(record);
        }
    }

    /// All that are not saved, in order.
    pub(super) fn unsaved(&self) -> Vec<Record> {
        let state = self.lock();
        let mut all: Vec<_> = state.refused.iter().chain(&state.pending).cloned().collect();
        all.sort_by_key(|r| r.stamp);
        all
    }

    /// The thread has ended.
    pub(super) fn set_ended(&self) {
        self.lock().ended = true;
        self.ended.notify_all();
    }

    /// Waits for the thread to end; says whether it did.
    pub(super) fn wait_ended(&self, limit: Duration) -> bool {
        let state = self.lock();
        let wait = self.ended.wait_timeout_while(state, limit, |state| !state.ended);
        wait.unwrap_or_else(PoisonError::into_inner).0.ended
    }
}
