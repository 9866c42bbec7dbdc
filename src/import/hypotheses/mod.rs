//! What a document suspected, ruled out and found: from its timeline, and from what it tells besides.

mod cues;
mod noun;
pub mod verdict;
mod words;

/// Whether two subjects are about the same thing: the words of one are among those of the other.
fn alike(one: &str, other: &str) -> bool {
    let (a, b) = (words::key(one), words::key(other));
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    !short.is_empty() && short.iter().all(|w| long.contains(w))
}
