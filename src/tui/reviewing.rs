//! Walking through the doubts of the incident: each is shown with what would mend it, and a key writes that into the prompt.

use super::keymap::Act;
use super::overlay::{self, Overlay};
use super::room::Room;
use super::state::{Pane, Said, Tone};
use crate::grammar::review::{About, Doubt};

impl Room {
    /// The same room, which begins with the walk through the doubts.
    #[must_use]
    pub fn reviewing(mut self) -> Self {
        self.review(0);
        self
    }

    /// Shows the doubt at this place, the last where there are fewer; says so where there is none.
    pub(super) fn review(&mut self, at: usize) {
        let (_, count) = overlay::doubt(self.session.incident(), at);
        if count == 0 {
            self.state.said = Some(Said::new(Tone::Good, "no doubt is open"));
            return;
        }
        self.state.details = None;
        self.state.overlay = Some(Overlay::review(at.min(count - 1), &self.state.keys));
    }

    /// Does what a key does while a doubt is shown.
    pub(super) fn in_review(&mut self, act: Act) {
        let Some(at) = self.state.overlay.as_ref().and_then(Overlay::doubt_shown) else { return };
        let (found, count) = overlay::doubt(self.session.incident(), at);
        let Some(doubt) = found else { return };
        // Where it has become less, the last is shown.
        let at = at.min(count - 1);
        match act {
            Act::NextDoubt => self.review((at + 1) % count),
            Act::PreviousDoubt => self.review((at + count - 1) % count),
            Act::SettleDoubt => {
                self.state.prefill(&doubt.settle());
                self.state.walk = Some(at);
            }
            _ => {
                self.go_to(&doubt);
                let line = doubt.mend.first().cloned().unwrap_or_else(|| doubt.settle());
                self.state.prefill(&line);
                self.state.walk = Some(at);
            }
        }
    }

    /// After a line was sent that a key of the walk had written, the walk goes on.
    pub(super) fn walk_on(&mut self) {
        if let Some(at) = self.state.walk.take() {
            let (_, count) = overlay::doubt(self.session.incident(), at);
            if count > 0 {
                self.review(at);
            }
        }
    }

    /// Selects what a doubt is about, so that it is seen while the line is written.
    fn go_to(&mut self, doubt: &Doubt) {
        match doubt.about {
            Some(About::Entry(id)) => {
                self.state.timeline.selected = Some(id);
                self.state.shown = Pane::Timeline;
                self.show_made(id);
            }
            Some(About::Hypothesis(id)) => {
                self.state.hypothesis = Some(id);
                self.state.shown = Pane::Hypotheses;
            }
            Some(About::Action(id)) => {
                self.state.action = Some(id);
                self.state.shown = Pane::Actions;
            }
            Some(About::Field(..)) | None => {}
        }
    }
}
