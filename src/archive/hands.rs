//! Many hands: the same work on each of many, by several threads.

use std::num::NonZero;
use std::thread;

/// The most threads that work at once.
const HANDS: usize = 8;
/// So few are not worth a thread.
const FEW: usize = 16;

/// Does the same to all by several threads, and gives what came of it in order: thousands of incidents are to be there
/// before a person wonders.
pub fn in_parts<T: Sync, R: Send>(all: &[T], each: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let hands = thread::available_parallelism().map_or(1, NonZero::get).min(HANDS);
    if all.len() <= FEW || hands == 1 {
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
