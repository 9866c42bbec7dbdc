//! The past incidents, as rooms ask for them: what of each is looked through, again when something has changed.

use std::fs;
use std::path::{Path, PathBuf};

use super::archive::Archive;
use super::shelf::folders;
use crate::archive::Digest;

/// The incidents below a folder.
#[derive(Debug)]
pub struct Past {
    root: PathBuf,
    /// The incident that is open in this room.
    own: PathBuf,
    archive: Option<Archive>,
}

impl Past {
    /// Those below `root` but for the one in the folder `own`, which is written to all the time and is no past one; nothing is
    /// read yet.
    pub fn below(root: &Path, own: &Path) -> Self {
        Self { root: root.to_owned(), own: own.to_owned(), archive: None }
    }

    /// What of each incident is looked through, where something has changed since this was asked last: where nothing has, the
    /// names of the folders and how their files stand are all that is looked at. A folder that cannot
    /// be read tells nothing of the past, and that is all.
    pub fn changed(&mut self) -> Option<Vec<Digest>> {
        let changed = match &mut self.archive {
            Some(archive) => archive.refresh().unwrap_or(false),
            // Without a past there is nothing to be looked up, and no index is opened.
            None if is_alone(&self.root, &self.own) => false,
            None => {
                self.archive = Archive::beside(&self.root, &self.own).ok();
                self.archive.is_some()
            }
        };
        let archive = self.archive.as_mut().filter(|_| changed)?;
        let own = self.own.file_name().map(|name| name.to_string_lossy());
        // What was merged into the own one, or what that is a part of, tells of the same outage.
        let is_part = |digest: &Digest| {
            let mut with = digest.merged.iter().chain(&digest.merged_into);
            with.any(|id| Some(id.as_typed()) == own.as_deref())
        };
        let digests = archive.digests().into_iter().map(|(_, digest)| digest);
        Some(digests.filter(|digest| !is_part(digest)).collect())
    }
}

/// Whether there is no incident below a folder but this one.
fn is_alone(root: &Path, own: &Path) -> bool {
    let real = |path: &Path| fs::canonicalize(path).ok();
    let folders = folders(root).unwrap_or_default();
    folders.is_empty() || (folders.len() == 1 && real(&folders[0]) == real(own))
}
