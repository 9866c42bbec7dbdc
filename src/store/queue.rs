//! What waits to be written: shared by the writer's handle and its thread. Records leave it only when they are durable, so
//! a thread that hangs or dies takes none with it.

use std::collections::{HashSet, VecDeque};
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::log::{Record, Stamp};
use crate::model::Incident;
use crate::text::Raw;

/// The most records that are written at once.
const BATCH: usize = 256;

/// How long after the last key the line is kept that is being written.
const CALM: Duration = Duration::from_millis(500);

/// How long that waits at most for somebody who does not stop typing.
const PATIENCE: Duration = Duration::from_secs(2);

/// The queue.
#[derive(Debug, Default)]
pub(super) struct Queue {
    state: Mutex<State>,
    /// Something came for the thread.
    rung: Condvar,
    /// The thread has ended.
    ended: Condvar,
    /// The thread has done something that somebody waits for.
    done: Condvar,
}

#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a call or a state of its own")]
struct State {
    pending: VecDeque<Record>,
    /// Those that no journal can hold.
    refused: Vec<Record>,
    saved: usize,
    snapshot: Option<Queued>,
    draft: Option<Draft>,
    /// Where the last draft was kept, or why it was not.
    kept: Option<Result<PathBuf, String>>,
    fresh: bool,
    /// Something has happened in the folder.
    stirred: bool,
    stop: bool,
    /// The thread is to stand still.
    paused: bool,
    /// The thread waits for something to come, and holds nothing.
    idle: bool,
    ended: bool,
}

/// A line that is to be kept.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub(super) line: Raw,
    /// The file that was left with this line, where the person has taken one up.
    pub(super) taken_up: Option<PathBuf>,
    /// The one before was sent or cleared, and is to be forgotten first.
    pub(super) anew: bool,
    /// Since when one has been waiting.
    since: Instant,
    due: Instant,
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
    /// Something has happened in the folder.
    pub(super) stirred: bool,
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

    /// Keeps a line when nothing more has been typed for a moment; an empty one, or one that is wanted `now`, at once. A newer
    /// one takes the place of an older one.
    pub(super) fn put_draft(&self, line: Raw, taken_up: Option<PathBuf>, now: bool) {
        let at = Instant::now();
        let mut state = self.lock();
        let older = state.draft.take();
        let older_due = older.as_ref().map(|older| older.due);
        let since = older.as_ref().map_or(at, |older| older.since);
        let at_once = now || line.is_blank();
        let due = if at_once { at } else { (at + CALM).min(since + PATIENCE) };
        let anew = older.as_ref().is_some_and(|older| older.anew || older.line.is_blank());
        let taken_up = taken_up.or(older.filter(|_| !anew).and_then(|older| older.taken_up));
        state.draft = Some(Draft { line, taken_up, anew, since, due });
        if now {
            (state.fresh, state.kept) = (true, None);
        }
        // The first of them, whose time nobody waits for yet.
        if now || older_due.is_none_or(|older| due < older) {
            self.rung.notify_one();
        }
    }

    /// The draft that waits, once it is due; it stays until it is [kept](Self::kept_draft).
    pub(super) fn due_draft(&self, all: bool) -> Option<Draft> {
        self.lock().draft.clone().filter(|draft| all || draft.due <= Instant::now())
    }

    /// When the draft that waits is due.
    pub(super) fn draft_due(&self) -> Option<Instant> {
        self.lock().draft.as_ref().map(|draft| draft.due)
    }

    /// A draft was kept, or was not and is tried again later; a newer one that came in between stays.
    pub(super) fn kept_draft(&self, draft: &Draft, kept: Result<PathBuf, String>) {
        let mut state = self.lock();
        let is_newest = state.draft.as_ref().is_some_and(|d| d.since == draft.since && d.line == draft.line);
        if is_newest && (kept.is_ok() || draft.line.is_blank()) {
            state.draft = None;
        } else if let Some(waiting) = state.draft.as_mut().filter(|_| kept.is_err()) {
            waiting.due = Instant::now() + PATIENCE;
        }
        state.kept = Some(kept);
        self.done.notify_all();
    }

    /// Waits for the draft that was wanted at once; nothing where the thread does not answer in time.
    pub(super) fn wait_kept(&self, limit: Duration) -> Option<Result<PathBuf, String>> {
        let state = self.lock();
        let wait = self.done.wait_timeout_while(state, limit, |state| state.kept.is_none() && !state.ended);
        wait.unwrap_or_else(PoisonError::into_inner).0.kept.take()
    }

    /// The line that could not be kept.
    pub(super) fn unkept(&self) -> Option<Raw> {
        let draft = self.lock().draft.take();
        draft.map(|draft| draft.line).filter(|line| !line.is_blank())
    }

    /// Makes the thread finish what it has been given, and then stand still until [`go_on`](Self::go_on): it holds no lock
    /// then. Says whether it does within a limit.
    pub(super) fn pause(&self, limit: Duration) -> bool {
        let mut state = self.lock();
        state.paused = true;
        self.rung.notify_one();
        let busy = |state: &mut State| !(state.idle || state.ended) || state.fresh;
        let wait = self.done.wait_timeout_while(state, limit, busy);
        let state = wait.unwrap_or_else(PoisonError::into_inner).0;
        state.idle || state.ended
    }

    /// Lets the thread work again.
    pub(super) fn go_on(&self) {
        self.lock().paused = false;
        self.rung.notify_one();
    }

    /// Makes the thread look at once.
    pub(super) fn ring(&self) {
        self.lock().fresh = true;
        self.rung.notify_one();
    }

    /// Makes the thread look into the folder.
    pub(super) fn look(&self) {
        self.lock().stirred = true;
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
        let is_due_earlier = |state: &State| state.draft.as_ref().is_some_and(|draft| draft.due < until);
        state.idle = true;
        while !state.fresh && !state.stop {
            if state.stirred && !state.paused {
                break;
            }
            if state.paused {
                self.done.notify_all();
                state = self.rung.wait(state).unwrap_or_else(PoisonError::into_inner);
                continue;
            }
            let left = until.checked_duration_since(Instant::now()).filter(|left| !left.is_zero());
            let as_before = state.snapshot.is_some() == had_snapshot && !is_due_earlier(&state);
            let Some(left) = left.filter(|_| as_before) else { break };
            state = self.rung.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0;
        }
        state.idle = false;
        let (fresh, stirred) = (std::mem::take(&mut state.fresh), std::mem::take(&mut state.stirred));
        Call { fresh, stirred, stop: state.stop }
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
        self.done.notify_all();
    }

    /// Waits for the thread to end; says whether it did.
    pub(super) fn wait_ended(&self, limit: Duration) -> bool {
        let state = self.lock();
        let wait = self.ended.wait_timeout_while(state, limit, |state| !state.ended);
        wait.unwrap_or_else(PoisonError::into_inner).0.ended
    }
}
