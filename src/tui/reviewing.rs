//! Walking through the doubts of the incident: each is shown with what would mend it, and a key writes that into the prompt.

use super::keymap::{Act, stack};
use super::overlay::{self, Overlay};
use super::room::Room;
use super::state::{Pane, Said, Step, Tone};
use crate::grammar::review::{About, Doubt};
use crate::log::{Change, List};

/// Says that there are doubts, and what walks through them.
pub(super) fn invitation(count: usize) -> Option<Said> {
    let words = match count {
        0 => return None,
        1 => "1 doubt: /doubts shows it".to_owned(),
        _ => format!("{count} doubts: /doubts walks through them"),
    };
    Some(Said::new(Tone::Plain, words))
}

impl Room {
    /// The same room, which begins with the walk through the doubts.
    #[must_use]
    pub fn reviewing(mut self) -> Self {
        self.state.said = None;
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
            Act::NextDoubt | Act::PreviousDoubt => {
                self.state.said = None;
                let step = if act == Act::NextDoubt { 1 } else { count - 1 };
                self.review((at + step) % count);
            }
            _ => {
                let settles = act == Act::SettleDoubt || doubt.mend.is_empty();
                let line = doubt.mend.first().filter(|_| !settles).cloned().unwrap_or_else(|| doubt.settle());
                if !settles {
                    self.go_to(&doubt);
                }
                self.state.prefill(&line);
                if let Some(wants) = doubt.wants(&line) {
                    let words = format!("to be typed here: {wants}");
                    self.state.said = Some(Said::new(Tone::Plain, words).about(&line));
                }
                self.state.walk = Some(Step { at, doubt: doubt.text, line, settles });
            }
        }
    }

    /// Whether a line that the walk has written must not be sent as it is, and why: it is to be typed on, or would settle
    /// another doubt than the one that was shown, because somebody else has settled one meanwhile.
    pub(super) fn walk_stops(&mut self, line: &str) -> bool {
        let Some(step) = self.state.walk.as_ref().filter(|step| step.line == line) else { return false };
        if line.ends_with(' ') {
            let clear = self.state.keys.hint(&[Act::Clear], "leaves it", stack::PROMPT);
            let (doubt, _) = overlay::doubt(self.session.incident(), step.at);
            let wants = doubt.and_then(|doubt| doubt.wants(line)).unwrap_or("the rest of the line");
            let wants = format!("to be typed here: {wants}");
            let words: Vec<String> = [wants].into_iter().chain(clear).collect();
            self.state.said = Some(Said::new(Tone::Plain, words.join(" · ")).about(line));
            return true;
        }
        let at = step.at;
        let is_another = self.session.incident().warnings.get(at) != Some(&step.doubt);
        if step.settles && is_another {
            self.state.prompt.set_aside();
            self.state.walk = None;
            self.state.said =
                Some(Said::new(Tone::Bad, "nothing was settled: the doubts have changed meanwhile"));
            self.review(at);
            return true;
        }
        false
    }

    /// After `line` was sent, where a key of the walk had written it or its beginning, the walk goes on: the doubt is settled
    /// by that, and it is said what became of it.
    pub(super) fn walk_on(&mut self, line: &str) {
        let Some(step) = self.state.walk.take() else { return };
        if !step.is_continued_by(line) {
            return;
        }
        let (found, _) = overlay::doubt(self.session.incident(), step.at);
        let mut failed = None;
        if let Some(same) = found.filter(|same| !step.settles && same.text == step.doubt) {
            let of_the_record = self.session.doubts().contains(&same.text);
            // One that follows from the times goes when they are right.
            if of_the_record {
                let settled = Change::ItemStruck { list: List::Warnings, text: same.text };
                failed = self.session.commit(settled).err().map(|error| error.to_string());
            } else {
                failed = Some("it still holds with that".to_owned());
            }
        }
        let (found, count) = overlay::doubt(self.session.incident(), step.at);
        let (tone, words) = match (failed, found) {
            (Some(why), _) => (Tone::Plain, format!("noted; the doubt stays: {why}")),
            (None, None) => (Tone::Good, "the last doubt is settled".to_owned()),
            (None, Some(_)) => (Tone::Good, format!("settled, {count} left; /undo brings it back")),
        };
        if count > 0 {
            self.review(step.at);
        }
        self.state.said = Some(Said::new(tone, words));
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
