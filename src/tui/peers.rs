//! Who else has the incident open, in words.

use crate::store::presence::Peer;
use crate::text::Raw;

/// The most columns of a name.
const NAME: usize = 24;
/// The most that are named; the others are counted.
const NAMED: usize = 3;

/// Those who have it open beside this room: `bob, maria and 2 more`; empty where nobody has.
pub(super) fn names(peers: &[Peer]) -> String {
    let names: Vec<String> = peers.iter().take(NAMED).map(|peer| shown(&peer.by)).collect();
    match peers.len().saturating_sub(NAMED) {
        0 => names.join(", "),
        more => format!("{} and {more} more", names.join(", ")),
    }
}

/// What has changed; nothing where nobody came or went.
pub(super) fn told(before: &[Peer], now: &[Peer]) -> Option<String> {
    let differing = |some: &[Peer], others: &[Peer]| -> Vec<Peer> {
        some.iter().filter(|one| others.iter().all(|other| other.pid != one.pid)).cloned().collect()
    };
    let (came, went) = (differing(now, before), differing(before, now));
    let one = |peers: &[Peer], did: &str| match peers {
        [] => None,
        [one] => Some(format!("{} {did} (pid {})", shown(&one.by), one.pid)),
        several => Some(format!("{} {did}", names(several)).replace(" has ", " have ")),
    };
    let came = one(&came, "has this incident open, too");
    let went = one(&went, "has left");
    let words: Vec<String> = came.into_iter().chain(went).collect();
    (!words.is_empty()).then(|| words.join(" · "))
}

fn shown(name: &Raw) -> String {
    name.for_term().cut(NAME).to_string()
}
