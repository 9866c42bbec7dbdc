//! The past incidents, as rooms ask for them: what of each is looked through, again when something has changed.

use std::path::Path;

use super::Shelf;
use crate::archive::Digest;

/// The incidents below a folder.
#[derive(Debug)]
pub struct Past {
    shelf: Shelf,
    asked: bool,
}

impl Past {
    /// Those below `root`; nothing is read yet.
    pub fn below(root: &Path) -> Self {
        Self { shelf: Shelf::below(root), asked: false }
    }

    /// What of each incident is looked through, where something has changed since this was asked last. A folder that cannot
    /// be read tells nothing of the past, and that is all.
    pub fn changed(&mut self) -> Option<Vec<Digest>> {
        let changed = self.shelf.refresh().unwrap_or(false);
        let first = !std::mem::replace(&mut self.asked, true);
        (changed || first).then(|| self.digests())
    }

    fn digests(&self) -> Vec<Digest> {
        self.shelf.found().iter().filter_map(|found| found.incident.as_ref().ok()).map(Digest::of).collect()
    }
}
