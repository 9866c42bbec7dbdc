//! What an earlier process could not save and put elsewhere: it comes back by itself.

use std::collections::HashSet;

use super::Session;
use crate::log::{Record, Stamp};
use crate::store;

impl Session {
    /// Takes in what rescue files of this incident have and the journal lacks, and hands it to the writer as it is. What was
    /// not saved when a file was written is handed over in any case: it may stand in the journal and yet not be on the
    /// disk, after a sync that failed. How many records that are.
    pub(super) fn take_in_rescued(&mut self) -> u64 {
        let mut stamps: HashSet<Stamp> = self.ledger.records().iter().map(|record| record.stamp).collect();
        let known = stamps.clone();
        let id = self.fold.incident().id.for_file_name();
        let mut back: Vec<Record> = Vec::new();
        for found in store::rescued(&self.rescue, id.as_str(), |stamp| known.contains(&stamp)) {
            let unsaved = found.unsaved;
            back.extend(found.records.into_iter().filter(|record| {
                stamps.insert(record.stamp)
                    || (unsaved.contains(&record.stamp) && known.contains(&record.stamp))
            }));
            if found.damaged == 0 {
                self.rescued.push(found.path);
            }
        }
        let now = self.clock.now();
        back.sort_by_key(|record| record.stamp);
        back.dedup_by_key(|record| record.stamp);
        let new: Vec<Record> = back.iter().filter(|record| !known.contains(&record.stamp)).cloned().collect();
        for record in &new {
            self.hlc.observe_local(Some(record.stamp), now);
        }
        if !new.is_empty() {
            let things = if new.len() == 1 { "change" } else { "changes" };
            let words =
                format!("{} {things} that could not be saved before came back from a copy", new.len());
            self.notices.push(words);
        }
        self.take_in(new);
        let count = back.len() as u64;
        self.writer.append(back);
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
