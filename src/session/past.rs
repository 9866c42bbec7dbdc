//! The past incidents, as rooms ask for them: what of each is looked through, again when something has changed.

use std::path::{Path, PathBuf};

use super::archive::Archive;
use crate::archive::Digest;

/// The incidents below a folder.
#[derive(Debug)]
pub struct Past {
    root: PathBuf,
    archive: Option<Archive>,
}

impl Past {
    /// Those below `root`; nothing is read yet.
    pub fn below(root: &Path) -> Self {
        Self { root: root.to_owned(), archive: None }
    }

    /// What of each incident is looked through, where something has changed since this was asked last. A folder that cannot
    /// be read tells nothing of the past, and that is all.
    pub fn changed(&mut self) -> Option<Vec<Digest>> {
        let changed = match &mut self.archive {
            Some(archive) => archive.refresh().unwrap_or(false),
            None => {
                self.archive = Archive::open(&self.root, &|_| {}).ok();
                self.archive.is_some()
            }
        };
        let archive = self.archive.as_mut().filter(|_| changed)?;
        Some(archive.digests().into_iter().map(|(_, digest)| digest).collect())
    }
}
