//! What lies over the list: the help, what past incidents say together, and what is still to be done.

use crossterm::event::KeyEvent;

use super::{List, Next};
use crate::tui::keymap::{Act, stack};
use crate::tui::overlay::{Overlay, Todos};
use crate::tui::room::Effect;

impl List {
    /// What a key opens here: it does so over something else, too, and closes it again.
    pub(super) fn opens(&self, key: KeyEvent) -> Option<Act> {
        self.keys.act(key, stack::LIST).filter(|act| matches!(act, Act::Help | Act::Insights | Act::Todos))
    }

    /// Shows what past incidents say together.
    pub(super) fn insights(&mut self) {
        let now = self.doors.clock.now();
        let hindsight = self.doors.hindsight.as_ref();
        self.state.overlay = hindsight.map(|hindsight| Overlay::insights(hindsight.tell(now, None)));
    }

    /// Shows what is still to be done.
    pub(super) fn todos(&mut self) {
        let now = self.doors.clock.now();
        let todos = match &self.doors.hindsight {
            Some(hindsight) => hindsight.todos(now),
            None => Todos::of(&self.doors.archive.digests(), self.doors.zone.at(now).date_naive()),
        };
        self.state.overlay = Some(Overlay::todos(todos));
    }

    /// Opens the incident of the chosen action, and writes the line that marks that done.
    pub(super) fn open_action(&mut self) -> Next {
        let chosen = self.state.overlay.as_ref().and_then(Overlay::todos_shown).and_then(Todos::chosen);
        let Some((folder, number)) = chosen.map(|(folder, number)| (folder.to_owned(), number)) else {
            self.state.overlay = None;
            return Next::Stay(Effect::None);
        };
        self.state.overlay = None;
        match self.enter(&folder) {
            Next::Enter(room) => Next::Enter(Box::new(room.with_line(&format!("/done {number}")))),
            stays @ Next::Stay(_) => stays,
        }
    }
}
