//! What goes on around an incident: who else has it open, and that something has happened in its folder.

use std::mem;
use std::time::{Duration, Instant};

use super::bell::Bell;
use super::presence::Presence;
use super::worker::Worker;
use super::{Report, Standing, sharing};

/// How often it is looked who else has the incident open.
const PRESENCE: Duration = Duration::from_secs(1);

impl Worker {
    /// Sees to it that it is told when something happens in the folder.
    pub(super) fn hang_bell(&mut self) {
        let is_local = matches!(self.setup.standing, Standing::Local(_));
        if let Some(files) =
            self.files.as_ref().filter(|_| self.bell.is_none() && self.setup.stays && is_local)
        {
            self.bell = Some(Bell::hang(files.dir().path(), self.queue()));
        }
    }

    /// Takes note of whether something has happened in the folder. Who closed a file gives its lock up a moment later: it is
    /// looked once more then.
    pub(super) fn take_note(&mut self, stirred: bool) {
        if mem::replace(&mut self.stirred, stirred) || stirred {
            self.looked_at = None;
        }
    }

    /// Shows that this process has the incident open, and looks who else has.
    pub(super) fn look_around(&mut self) {
        let now = Instant::now();
        if !self.setup.stays || self.looked_at.is_some_and(|at| now < at + PRESENCE) {
            return;
        }
        self.looked_at = Some(now);
        let Some(files) = &self.files else { return };
        // Not under the hands of somebody who removes the folder.
        if !self.stirred && self.presence.as_ref().is_none_or(Presence::is_lost) {
            // Where it cannot be told, nothing is: it is a help.
            self.presence = Presence::take(files.dir(), &self.setup.by).ok().flatten();
        }
        if let Ok(shared) = sharing::of(files.dir())
            && shared != self.shared
        {
            self.shared.clone_from(&shared);
            self.tell(Report::Sharing(shared));
        }
        let (Some(presence), Some(files)) = (&self.presence, &self.files) else { return };
        if let Ok(peers) = presence.others(files.dir())
            && peers != self.peers
        {
            self.peers.clone_from(&peers);
            self.tell(Report::Present(peers));
        }
    }
}
