//! What an earlier process could not save and put elsewhere: it comes back by itself.

use std::collections::HashSet;

use super::Session;
use crate::log::{Record, Stamp};
use crate::store;

/// Which copies are taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Copies {
    /// Those of the incident in this folder, and those that a person put there.
    OfThisFolder,
    /// Those of the same incident in other folders, on demand: one of them may be a copy that somebody tries things in.
    OfOthers,
}

impl Session {
    /// Takes in what rescue files of this incident have and the journal lacks, and hands it to the writer as it is. What was
    /// not saved when a file was written is handed over in any case: it may stand in the journal and yet not be on the
    /// disk, after a sync that failed. How many records that are.
    pub(super) fn take_in_rescued(&mut self, copies: Copies) -> u64 {
        let ledger = &self.ledger;
        let is_known = |stamp: Stamp| ledger.get(stamp).is_some();
        let mut taken: HashSet<Stamp> = HashSet::new();
        let mut back: Vec<Record> = Vec::new();
        let mut elsewhere = 0;
        for found in store::rescued(&self.rescue, &self.origin, is_known) {
            if found.is_from(&self.origin) != (copies == Copies::OfThisFolder) {
                elsewhere += found.records.iter().filter(|record| !is_known(record.stamp)).count();
                continue;
            }
            let unsaved = found.unsaved;
            // What was purged since is in no journal any more, and stays so.
            let stays = found.records.into_iter().filter(|record| !ledger.is_gone(record));
            back.extend(stays.filter(|record| {
                let is_known = is_known(record.stamp);
                (is_known && unsaved.contains(&record.stamp)) || (!is_known && taken.insert(record.stamp))
            }));
            if found.damaged == 0 {
                self.rescued.push(found.path);
            }
        }
        let now = self.clock.now();
        back.sort_by_key(|record| record.stamp);
        back.dedup_by_key(|record| record.stamp);
        let new: Vec<Record> = back.iter().filter(|record| !is_known(record.stamp)).cloned().collect();
        for record in &new {
            self.hlc.observe_local(Some(record.stamp), now);
        }
        if !new.is_empty() {
            let things = if new.len() == 1 { "change" } else { "changes" };
            let words =
                format!("{} {things} that could not be saved before came back from a copy", new.len());
            self.notices.push(words);
        }
        if elsewhere > 0 && copies == Copies::OfThisFolder {
            let changes = if elsewhere == 1 { "change" } else { "changes" };
            let id = self.fold.incident().id.for_term();
            self.notices.push(format!(
                "{elsewhere} unsaved {changes} of a copy in another folder: `warroom doctor {id} --repair` takes over"
            ));
        }
        self.take_in(new);
        let count = back.len() as u64;
        self.hand_over(back, false);
        count
    }

    /// Removes the rescue files once what they hold is on disk.
    pub(super) fn forget_rescued(&mut self, is_saved: bool) {
        if is_saved {
            for path in self.rescued.drain(..) {
                // One that stays comes back again, and changes nothing then.
                drop(store::remove_rescue(&path));
            }
        }
    }
}
