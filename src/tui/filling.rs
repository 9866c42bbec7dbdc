//! The report while it is shown: a key writes the line that fills a gap, and once that is sent it is said how to go on.

use super::export::left_out;
use super::keymap::{Act, stack};
use super::overlay::{Filling, Overlay};
use super::room::{Effect, Room};
use super::state::{Said, Tone};
use crate::export::check;
use crate::grammar;

impl Room {
    /// Writes the line that fills the chosen gap into the prompt; where none is seen, what is shown is closed.
    pub(super) fn fill_gap(&mut self) {
        self.lay_out_overlay();
        let height = self.state.seen.overlay.height;
        let shown = self.state.overlay.as_ref();
        // Whoever is quick fills nothing, and waits on.
        if shown.is_some_and(|shown| shown.awaited().is_some()) {
            return;
        }
        let line = shown.and_then(|shown| shown.fills(height)).map(str::to_owned);
        let Some(line) = line else {
            self.state.overlay = None;
            return;
        };
        // What is there already is to be corrected, not to be typed anew.
        let line = grammar::present(&line, &self.session.desk()).unwrap_or(line);
        let gap = self.state.overlay.as_ref().and_then(|shown| shown.filling(height));
        self.state.fill(&line, gap);
        self.find_as_typed();
    }

    /// After the line was sent that was to fill a gap, says what is missing still, and which key goes back there.
    pub(super) fn filled_gap(&mut self, filled: Filling) {
        self.state.filled = Some(filled);
        let missing = check::still_missing(self.session.incident(), &self.state.check).len();
        let left = match missing {
            0 => "nothing is missing any more".to_owned(),
            missing => format!("still missing: {missing}"),
        };
        let back = self.state.keys.hint(&[Act::Report], "goes back to the report", stack::PROMPT);
        let words: Vec<String> = ["noted".to_owned(), left].into_iter().chain(back).collect();
        self.state.said = Some(Said::new(Tone::Good, words.join(" · ")));
    }

    /// Puts what is shown on the clipboard.
    pub(super) fn copy_shown(&mut self) -> Effect {
        // Keys may come before what they are for is drawn.
        self.lay_out_overlay();
        match self.state.overlay.as_ref().and_then(Overlay::copied) {
            Some((what, (text, found))) => {
                Effect::Copy { what, text: text.as_typed().to_owned(), left_out: left_out(found) }
            }
            None => {
                self.fail("there is nothing to copy yet");
                Effect::None
            }
        }
    }
}
