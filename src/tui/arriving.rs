//! An incident that is being read while its newest entries are shown already. What is typed goes into the prompt; whatever
//! else is done waits until all of it is there.

use super::Msg;
use super::keymap::{Act, stack};
use super::reviewing;
use super::room::Room;
use super::state::{Said, Tone};
use crate::session::{Session, Whole};
use crate::store::StoreError;

impl Room {
    /// The same room, of which all is still to come.
    #[must_use]
    pub fn with_whole(mut self, whole: Option<Whole>) -> Self {
        self.state.reading = whole.is_some();
        self.arriving = whole;
        self
    }

    /// Takes the whole incident in, where it has been read.
    pub(super) fn take_whole(&mut self) {
        if let Some(read) = self.arriving.as_mut().and_then(Whole::taken) {
            self.arrive(read);
        }
    }

    /// Waits for the whole incident, where something is done that needs it.
    pub(super) fn wait_for_whole(&mut self, msg: &Msg) {
        if self.arriving.is_none() {
            return;
        }
        let types = match msg {
            Msg::Key(key) => self.types(*key),
            Msg::Paste(_) | Msg::Nothing => true,
            Msg::Wheel { .. } | Msg::Click(_) => false,
        };
        if !types {
            self.wait_whole();
        }
    }

    /// Waits for the whole incident.
    pub(super) fn wait_whole(&mut self) {
        if let Some(read) = self.arriving.as_mut().map(Whole::wait) {
            self.arrive(read);
        }
    }

    /// Puts the whole incident in the place of what was seen of it.
    fn arrive(&mut self, read: Result<Session, StoreError>) {
        self.arriving = None;
        match read {
            Ok(session) => self.session = session,
            Err(error) => return self.failed = Some(error),
        }
        self.state.reading = false;
        self.state.notices.extend_from_slice(self.session.notices());
        self.merged.clone_from(&self.session.incident().merged);
        self.disputed.clone_from(&self.session.incident().disputed);
        self.state.said = self.state.said.take().or_else(|| self.greeting());
        self.session.keep_draft(&self.state.draft());
    }

    /// What is said of an incident that is opened; the lines that were left are offered.
    pub(super) fn greeting(&mut self) -> Option<Said> {
        for line in self.session.left_lines() {
            self.state.prompt.offer(line.as_typed());
        }
        if self.session.left_lines().next().is_none() {
            return reviewing::invitation(self.session.incident().warnings.len());
        }
        let words = "brings back the line that was not sent last time";
        let words = self.state.keys.hint(&[Act::Earlier], words, stack::PROMPT)?;
        Some(Said::new(Tone::Plain, words))
    }
}
