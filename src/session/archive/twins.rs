//! Which of the incidents that are listed are likely one outage twice.

use std::collections::HashMap;
use std::path::PathBuf;

use super::{Archive, Kept};
use crate::archive::duplicates;
use crate::model::Instant;
use crate::text::Raw;

/// How far apart two may begin of which the zone or the time of day is not known, in minutes.
const DAYS: i64 = 2 * 24 * 60;

impl Archive {
    /// Those of the shown that are likely one outage twice, by their ids, each with the other one. Only what begins close to
    /// another one is read for that.
    pub fn twins(&mut self, shown: &[Kept]) -> HashMap<Raw, Raw> {
        let of_one = |kept: &Kept| {
            let card = kept.card.as_ref().ok()?;
            Some((card.place()?, card.began.is_some(), kept.folder.clone()))
        };
        let mut dated: Vec<(Instant, bool, PathBuf)> = shown.iter().filter_map(of_one).collect();
        dated.sort();
        let mut near: Vec<PathBuf> = Vec::new();
        for pair in dated.windows(2) {
            if let [(one, known, folder), (other, both, next)] = pair {
                // Of one without a zone, or without a time of day, only about when it began is known.
                let most = if *known && *both { duplicates::APART } else { DAYS };
                if (*other - *one).num_minutes() <= most {
                    near.extend([folder.clone(), next.clone()]);
                }
            }
        }
        near.dedup();
        // Where nothing is to be read, no index is made for it.
        if near.is_empty() {
            return HashMap::new();
        }
        let digests = self.digests_of(&near);
        duplicates::among(&digests).into_iter().map(|(id, likely)| (id.clone(), likely.id)).collect()
    }

    /// The same of all that are listed where no other is asked for.
    pub fn listed_twins(&mut self) -> HashMap<Raw, Raw> {
        let listed: Vec<Kept> = self.kept().iter().filter(|kept| !kept.is_merged_away()).cloned().collect();
        self.twins(&listed)
    }
}
