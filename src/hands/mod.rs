//! Many hands: the same work on each of many, by several threads.

use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

/// The most threads that work at once.
const HANDS: usize = 8;
/// So few are not worth a thread.
const FEW: usize = 16;
/// How many are done before they are taken: as many are in memory at once.
const AHEAD: usize = 64;

/// Does the same to all by several threads, and gives what came of it in order: thousands of incidents are to be there
/// before a person wonders.
pub fn in_parts<T: Sync, R: Send>(all: &[T], each: impl Fn(&T) -> R + Sync) -> Vec<R> {
    // To ask how many there are takes longer than to do a few.
    let hands = if all.len() <= FEW { 1 } else { hands() };
    if hands == 1 {
        return all.iter().map(each).collect();
    }
    thread::scope(|scope| {
        let each = &each;
        let parts = all.chunks(all.len().div_ceil(hands));
        let workers: Vec<_> =
            parts.map(|part| scope.spawn(move || part.iter().map(each).collect::<Vec<_>>())).collect();
        let done = workers
            .into_iter()
            .map(|worker| worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        done.flatten().collect()
    })
}

/// Does the same to all by several threads, while this one takes what comes of it, in any order: what cannot be done by
/// several at once, as writing.
pub fn through<T: Sync, R: Send>(all: &[T], each: impl Fn(&T) -> R + Sync, mut take: impl FnMut(R)) {
    if all.len() <= FEW {
        all.iter().map(each).for_each(take);
        return;
    }
    let hands = hands();
    let next = AtomicUsize::new(0);
    thread::scope(|scope| {
        let (to, from) = mpsc::sync_channel(AHEAD);
        for _ in 0..hands {
            let (to, each, next) = (to.clone(), &each, &next);
            scope.spawn(move || {
                while let Some(one) = all.get(next.fetch_add(1, Ordering::Relaxed)) {
                    // Nobody takes any more where taking has panicked.
                    if to.send(each(one)).is_err() {
                        return;
                    }
                }
            });
        }
        drop(to);
        from.into_iter().for_each(&mut take);
    });
}

/// How many threads work at once.
fn hands() -> usize {
    thread::available_parallelism().map_or(1, NonZero::get).min(HANDS)
}
