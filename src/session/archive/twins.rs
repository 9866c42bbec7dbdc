//! Which of the incidents that are listed are likely one outage twice.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use super::kept::name;
use super::{Archive, Kept, index_of};
use crate::archive::index::Index;
use crate::archive::{Digest, duplicates};
use crate::model::Instant;
use crate::text::Raw;

/// How far apart two may begin of which the zone or the time of day is not known, in minutes.
const DAYS: i64 = 2 * 24 * 60;

/// The folders of those that begin so close to another one that they may be one outage twice: only these need to be read.
fn near<'a>(shown: impl IntoIterator<Item = &'a Kept>) -> Vec<PathBuf> {
    let of_one = |kept: &'a Kept| {
        let card = kept.card.as_ref().ok()?;
        Some((card.place()?, card.began.is_some(), &kept.folder))
    };
    let mut dated: Vec<(Instant, bool, &PathBuf)> = shown.into_iter().filter_map(of_one).collect();
    dated.sort();
    let mut near: Vec<&PathBuf> = Vec::new();
    for pair in dated.windows(2) {
        if let [(one, known, folder), (other, both, next)] = *pair {
            // Of one without a zone, or without a time of day, only about when it began is known.
            let most = if known && both { duplicates::APART } else { DAYS };
            if (other - one).num_minutes() <= most {
                near.extend([folder, next]);
            }
        }
    }
    near.dedup();
    near.into_iter().cloned().collect()
}

/// Those of the incidents in these folders below `root` that are likely one outage twice, by their ids, each with the other
/// one. Read from the index alone where that knows them all.
pub fn twins_beside(root: &Path, near: &[PathBuf]) -> HashMap<Raw, Raw> {
    let names: Vec<String> = near.iter().map(|folder| name(folder)).collect();
    let indexed = || {
        Index::look_into(&index_of(root)?)
            .ok()?
            .digests_of(&names)
            .ok()?
            .into_iter()
            .collect::<Option<Vec<Digest>>>()
    };
    let read = || Archive::glance(root, &|_| {}).map(|mut archive| archive.digests_of(near));
    let digests: Vec<Digest> = indexed().unwrap_or_else(|| read().unwrap_or_default());
    among(&digests)
}

impl Archive {
    /// Those of the shown that are likely one outage twice, by their ids, each with the other one.
    pub fn twins(&mut self, shown: &[Kept]) -> HashMap<Raw, Raw> {
        self.twins_of(&near(shown))
    }

    /// The same of those in these folders.
    pub fn twins_of(&mut self, near: &[PathBuf]) -> HashMap<Raw, Raw> {
        // Where nothing is to be read, no index is made for it.
        let digests = if near.is_empty() { Vec::new() } else { self.digests_of(near) };
        among(&digests)
    }

    /// The folders of those that may be there twice, of all that are listed where no other is asked for.
    pub fn listed_near(&self) -> Vec<PathBuf> {
        near(self.kept().iter().filter(|kept| !kept.is_merged_away()))
    }
}

fn among(digests: &[Digest]) -> HashMap<Raw, Raw> {
    duplicates::among(digests).into_iter().map(|(id, likely)| (id.clone(), likely.id)).collect()
}
