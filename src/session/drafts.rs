//! The line that is being written, and those that were left by others before.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::Session;
use crate::store::draft::{self, Left};
use crate::text::Raw;

/// How long an editor waits for its file.
const LIMIT: Duration = Duration::from_secs(1);

/// What is known about lines that were not sent.
#[derive(Debug, Default)]
pub(super) struct Drafts {
    /// Lines that were left.
    left: Vec<Left>,
    /// The line as it was kept last.
    line: String,
    /// The file that the person's editor works on.
    edited: Option<PathBuf>,
}

impl Drafts {
    /// What was left in an incident's folder, and aside of it. What is wrong with it is no reason not to open the incident.
    pub(super) fn of(folder: &Path, aside: &Path) -> Self {
        let left = [folder, aside].into_iter().flat_map(|folder| draft::left(folder).unwrap_or_default());
        Self { left: left.collect(), ..Self::default() }
    }
}

impl Session {
    /// The lines that were not sent by those who had the incident open before, the newest last.
    pub fn left_lines(&self) -> impl Iterator<Item = &Raw> {
        self.drafts.left.iter().map(|left| &left.line)
    }

    /// Keeps the line that is being written half a second after the last call; nobody is told that it is safe. One of those
    /// that were left stays where it is until another takes its place.
    pub fn keep_draft(&mut self, line: &str) {
        if self.drafts.line == line {
            return;
        }
        line.clone_into(&mut self.drafts.line);
        let taken_up = self.drafts.left.iter().find(|left| left.line.as_typed() == line);
        self.writer.keep_draft(Raw::new(line), taken_up.map(|left| left.path.clone()));
    }

    /// Keeps the line in a file that an editor may change; [`edited_draft`](Self::edited_draft) then is what it made of it.
    ///
    /// # Errors
    /// Why it cannot be written.
    pub fn draft_for_editor(&mut self, line: &str) -> Result<PathBuf, String> {
        // An editor wants a file, even for an empty line; a line feed is one to every editor.
        let line = if line.is_empty() { "\n" } else { line };
        line.clone_into(&mut self.drafts.line);
        let file = self.writer.keep_draft_now(Raw::new(line), LIMIT)?;
        self.drafts.edited = Some(file.clone());
        Ok(file)
    }

    /// What the editor made of the line.
    pub fn edited_draft(&mut self) -> Option<Raw> {
        let file = self.drafts.edited.take()?;
        draft::load(&file).ok().flatten()
    }
}
