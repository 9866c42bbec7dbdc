//! The line that is being written, where the incident's own folder does not take it: on a full disk, or one that became
//! read-only. It stands in a folder of the incident's own beside the rescue files, with the same files as there.

use std::path::{Path, PathBuf};

use super::append::Trouble;
use super::dir::Dir;
use super::draft::Own;
use super::presence::Presence;
use super::queue::Draft;
use super::worker::Worker;
use super::{Origin, StoreError, folder};
use crate::text::Raw;

/// That place, as one process uses it.
#[derive(Debug)]
pub(super) struct Aside {
    rescue: PathBuf,
    name: String,
    open: Option<Open>,
}

#[derive(Debug)]
struct Open {
    dir: Dir,
    presence: Presence,
    own: Own,
}

/// The folder in which lines of an incident stand that its own folder did not take.
pub fn folder_of(rescue: &Path, origin: &Origin) -> PathBuf {
    rescue.join(origin.aside())
}

impl Aside {
    pub(super) fn new(rescue: &Path, origin: &Origin) -> Self {
        Self { rescue: rescue.to_owned(), name: origin.aside(), open: None }
    }

    /// Keeps a line there, and says in which file.
    pub(super) fn keep(&mut self, by: &Raw, draft: &Draft) -> Result<PathBuf, StoreError> {
        let path = self.rescue.join(&self.name);
        let open = self.opened(by)?;
        open.own.keep(&open.dir, &mut open.presence, draft).map_err(StoreError::io("write", &path))
    }

    /// The line that was left there in this file is this process's own now; nothing where it is no file of that place.
    pub(super) fn take_up(&mut self, file: &Path, by: &Raw) {
        let Some(name) = file.file_name().and_then(|name| name.to_str()) else { return };
        if file.parent() == Some(&self.rescue.join(&self.name))
            && let Ok(open) = self.opened(by)
        {
            open.own.take_up(name, &mut open.presence);
        }
    }

    /// The line stands elsewhere now, or is not wanted any more.
    pub(super) fn forget(&mut self) {
        let Some(mut open) = self.open.take() else { return };
        // What stays is offered once more, which does no harm.
        drop(open.own.forget(&open.dir, &mut open.presence));
        self.close(open);
    }

    /// The process leaves; its line stays.
    pub(super) fn leave(&mut self) {
        if let Some(open) = self.open.take() {
            self.close(open);
        }
    }

    fn close(&self, open: Open) {
        open.presence.leave(&open.dir);
        let above = Dir::open(&self.rescue).and_then(|above| {
            let path = self.rescue.join(&self.name);
            above.remove_folder(&self.name).map_err(StoreError::io("remove", &path))
        });
        // One with a line in it is not empty, and stays.
        drop(above);
    }

    fn opened(&mut self, by: &Raw) -> Result<&mut Open, StoreError> {
        let open = match self.open.take() {
            Some(open) => open,
            None => {
                let path = self.rescue.join(&self.name);
                folder::create_root(&path)?;
                let dir = Dir::open(&folder::resolved(&path)?)?;
                dir.check_owner()?;
                let presence = Presence::take(&dir, by)?;
                let presence = presence.ok_or_else(|| StoreError::Name(self.name.clone()))?;
                Open { dir, presence, own: Own::default() }
            }
        };
        Ok(self.open.insert(open))
    }
}

impl Worker {
    /// Keeps the line that is being written, once it is due, or in any case where this is the `end`.
    pub(super) fn keep_draft(&mut self, end: bool) {
        let Some(draft) = self.queue.due_draft(end) else { return };
        let by = &self.setup.by;
        if let Some(file) = &draft.taken_up {
            self.aside.take_up(file, by);
        }
        let here = match (&self.files, &mut self.presence) {
            (Some(files), Some(presence)) => {
                self.draft.keep(files.dir(), presence, &draft).map_err(|error| Trouble::of(&error).reason)
            }
            _ => Err("the incident's folder cannot be written to".to_owned()),
        };
        let kept = match here {
            Ok(path) => {
                self.aside.forget();
                Ok(path)
            }
            Err(reason) => self.aside.keep(by, &draft).map_err(|_| reason),
        };
        self.queue.kept_draft(&draft, kept);
    }
}
