//! Folding and unfolding what machines told, by keys and wherever one of it is gone to.

use super::folded;
use super::room::Room;
use super::state::{Pane, Said, Tone};
use crate::model::Id;

impl Room {
    /// Opens the run that the selected row stands for; whether it stands for one.
    pub(super) fn unfold_selected(&mut self) -> bool {
        let selected = self.selected(Pane::Timeline).filter(|_| self.state.focus == Some(Pane::Timeline));
        let Some(selected) = selected.filter(|selected| self.sheet().run(*selected).is_some()) else {
            return false;
        };
        self.state.timeline.opened.open(selected);
        self.reveal(selected);
        true
    }

    /// Opens the run of the selected row, or closes the one that it is in.
    pub(super) fn fold_selected(&mut self) {
        if self.unfold_selected() {
            return;
        }
        let place = &mut self.state.timeline;
        let Some(selected) = place.selected else { return };
        let (order, mut opened) = (place.order, std::mem::take(&mut place.opened));
        let folded = folded::close(self.incident(), order, &mut opened, selected);
        self.state.timeline.opened = opened;
        match folded {
            Some(first) => {
                self.select(Pane::Timeline, Some(first));
                self.reveal(first);
            }
            None => self.state.said = Some(Said::new(Tone::Plain, "nothing is to be folded here")),
        }
    }

    /// Opens the run that an entry is folded into, where it is.
    pub(super) fn show_folded(&mut self, entry: Id) {
        let stands_for = self.sheet().stands_for(entry).filter(|first| *first != entry);
        if let Some(first) = stands_for {
            self.state.timeline.opened.open(first);
        }
    }

    /// Why no key can change what is selected: it stands for several entries.
    pub(super) fn is_folded(&self) -> Option<String> {
        let selected = self.selected(Pane::Timeline).filter(|_| self.state.focus == Some(Pane::Timeline))?;
        let count = self.sheet().run(selected)?.len();
        Some(format!("{count} entries are folded here: Enter shows them"))
    }
}
