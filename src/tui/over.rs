//! What lies over the panes: it is opened, and laid out for the screen as it was drawn last.

use std::sync::Arc;

use tokio::sync::Notify;

use super::overlay::{Overlay, Scribe};
use super::room::Room;

impl Room {
    /// The same room, which notifies this when it has written something that took long.
    #[must_use]
    pub(super) fn waking(mut self, wake: &Arc<Notify>) -> Self {
        self.scribe = Scribe::waking(wake);
        self
    }

    /// Shows what past incidents say together.
    pub(super) fn insights(&mut self) {
        match &self.hindsight {
            Some(hindsight) => {
                let own = &self.session.incident().id;
                self.state.overlay = Some(Overlay::insights(hindsight.tell(self.session.now(), Some(own))));
            }
            None => self.fail("there are no past incidents to read here"),
        }
    }

    /// Shows the report where it was left, or what filling a gap of it has changed.
    pub(super) fn open_report(&mut self) {
        let (at, filled) = (self.state.in_report, self.state.filled.clone());
        self.state.overlay = Some(Overlay::report(&self.state.check, at, filled));
    }

    /// Lays out what lies over the panes, for the screen as it was drawn last.
    pub(super) fn lay_out_overlay(&mut self) {
        let Some(mut overlay) = self.state.overlay.take() else { return self.scribe.put_away() };
        let mut scribe = std::mem::take(&mut self.scribe);
        overlay.lay_out((self.columns, self.state.look), self.incident(), self.moment(), &mut scribe);
        self.scribe = scribe;
        if let Some(at) = overlay.in_report() {
            self.state.in_report = at;
            // What was filled is seen now.
            self.state.filled.take_if(|_| overlay.awaited().is_none());
        }
        self.state.overlay = Some(overlay);
    }

    /// Forgets what was written and is being written of the incident: something in it was purged.
    pub(super) fn forget_written(&mut self) {
        self.state.overlay.iter_mut().for_each(Overlay::forget_written);
        self.scribe.forget();
    }
}
