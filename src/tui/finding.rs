//! Finding: the timeline is filtered while a search is being written, and an entry leads to its hypothesis and back.

use super::keymap::Act;
use super::room::Room;
use super::sheet::Order;
use super::state::{BeforeFind, Pane, Said, Tone, is_search};
use crate::grammar::{self, Line, RoomCommand, Wanted};
use crate::model::{Entry, Hypothesis, Id};

impl Room {
    /// The line has changed: where it is a search, the timeline shows what that finds; where it is none any more, what it
    /// showed before.
    pub(super) fn find_as_typed(&mut self) {
        let line = if self.state.prompt.is_long() { String::new() } else { self.state.prompt.text() };
        if !is_search(&line) {
            self.restore_find();
            return;
        }
        // Where one pane is shown at a time, it is the one that is searched.
        self.state.shown = Pane::Timeline;
        let timeline = &mut self.state.timeline;
        timeline.before_find.get_or_insert_with(|| BeforeFind(timeline.find.clone()));
        // What is not understood yet leaves what was found so far.
        if let Ok(Line::Room(RoomCommand::Find(wanted))) = grammar::read(&line, &self.session.desk()) {
            self.state.timeline.find = wanted;
        }
    }

    /// Shows again what was shown before a search was begun; whether one was.
    pub(super) fn restore_find(&mut self) -> bool {
        let before = self.state.timeline.before_find.take();
        let was_begun = before.is_some();
        if let Some(BeforeFind(before)) = before {
            self.state.timeline.find = before;
        }
        was_begun
    }

    /// Ends a search that is being written; whether one was. Where a key had begun it, the line from before it is back.
    pub(super) fn leave_search(&mut self) -> bool {
        let was_begun = self.restore_find();
        let makes_way = was_begun || self.state.prompt.is_empty();
        let is_aside = makes_way && self.state.prompt.aside().is_some();
        if is_aside {
            self.state.prompt.set_aside();
            self.dismiss_offer();
            self.forget_what_was_said();
        }
        was_begun || is_aside
    }

    /// Keeps what a search finds.
    pub(super) fn keep_find(&mut self, wanted: Option<Wanted>) {
        (self.state.timeline.find, self.state.timeline.before_find) = (wanted, None);
    }

    /// Shows all entries again.
    pub(super) fn end_find(&mut self) {
        self.keep_find(None);
    }

    /// How many entries a search that is being written finds, and what its keys do.
    pub(super) fn found(&self) -> String {
        let (found, all) = (self.sheet().len(), self.incident().timeline.len());
        let keys = &self.state.keys;
        let places = super::keymap::stack::PROMPT;
        if self.state.timeline.before_find.is_some() {
            let does = [(Act::Commit, "keeps it"), (Act::ToPrompt, "ends it")];
            return format!("{found} of {all} entries · {}", keys.hints(&does, places));
        }
        // The search has ended, and the line still stands: whoever types on searches on.
        let does = [(Act::Commit, "searches for this"), (Act::Clear, "clears the line")];
        format!("{found} of {all} entries are shown · {}", keys.hints(&does, places))
    }

    /// Turns the timeline from what happened when to what was known when, and back. What is selected stays so, and in view.
    pub(super) fn turn_order(&mut self) {
        let timeline = &mut self.state.timeline;
        let (order, words) = match timeline.order {
            Order::Happened => (Order::Known, "as we knew it: in the order of logging"),
            Order::Known => (Order::Happened, "as it happened"),
        };
        timeline.order = order;
        if !self.state.seen.tabs.is_empty() {
            self.state.shown = Pane::Timeline;
            if self.state.focus.is_some_and(|pane| pane != Pane::Timeline) {
                self.enter_pane(Pane::Timeline);
            }
        }
        if self.state.focus == Some(Pane::Timeline)
            && let Some(selected) = self.state.timeline.selected
        {
            self.reveal(selected);
        }
        let line = self.state.prompt.text();
        self.state.said = Some(Said::new(Tone::Plain, format!("the timeline {words}")).about(&line));
    }

    /// Scrolls to an entry; whether it is shown.
    pub(super) fn reveal(&mut self, entry: Id) -> bool {
        self.show_folded(entry);
        let height = self.height();
        let anchor = {
            let sheet = self.sheet();
            sheet.position(entry).map(|nth| sheet.revealing(self.state.timeline.anchor, nth, height))
        };
        if let Some(anchor) = anchor {
            self.state.timeline.anchor = anchor;
        }
        anchor.is_some()
    }

    /// From the entry that is selected to the hypothesis that it belongs to.
    pub(super) fn go_to_hypothesis(&mut self) {
        let incident = self.incident();
        let entry = self.selected(Pane::Timeline).and_then(|id| incident.entry(id));
        let belongs = |entry: &Entry| incident.hypotheses.iter().find(|h| belongs_to(entry, h));
        match entry.and_then(belongs).map(|hypothesis| hypothesis.id) {
            Some(hypothesis) => {
                self.state.focus_on(Pane::Hypotheses);
                self.select(Pane::Hypotheses, Some(hypothesis));
            }
            None => {
                let words = match entry {
                    Some(_) => "this entry belongs to no hypothesis",
                    None => "nothing is selected here",
                };
                self.state.said = Some(Said::new(Tone::Plain, words));
            }
        }
    }

    /// From the hypothesis that is selected to its next entry, from the last one to the first: from the timeline behind
    /// the entry that is selected there, from the hypotheses behind the one where they were left.
    pub(super) fn go_to_entries(&mut self) {
        let incident = self.incident();
        let here = self.selected(Pane::Timeline);
        let entry = here.and_then(|id| incident.entry(id));
        let of_entry =
            || incident.hypotheses.iter().find(|h| entry.is_some_and(|entry| belongs_to(entry, h)));
        let selected = self.selected(Pane::Hypotheses);
        let hypothesis = match self.state.focus {
            Some(Pane::Timeline) => of_entry(),
            _ => incident.hypotheses.iter().find(|h| Some(h.id) == selected),
        };
        let Some(hypothesis) = hypothesis else {
            let words = match self.state.focus {
                Some(Pane::Timeline) if entry.is_some() => "this entry belongs to no hypothesis",
                _ => "nothing is selected here",
            };
            self.state.said = Some(Said::new(Tone::Plain, words));
            return;
        };
        let own: Vec<Id> =
            incident.timeline.iter().filter(|entry| belongs_to(entry, hypothesis)).map(|e| e.id).collect();
        let subject = hypothesis.subject.raw().for_term().cut(30);
        let nth = own.iter().position(|id| Some(*id) == here).map_or(0, |nth| (nth + 1) % own.len());
        let Some(entry) = own.get(nth).copied() else {
            self.state.said = Some(Said::new(Tone::Plain, format!("no entry is about {subject}")));
            return;
        };
        let words = format!("entry {} of {} about {subject}", nth + 1, own.len());
        self.state.focus_on(Pane::Timeline);
        self.select(Pane::Timeline, Some(entry));
        if !self.reveal(entry) {
            // It is wanted more than what was searched for.
            self.end_find();
            self.reveal(entry);
        }
        self.state.said = Some(Said::new(Tone::Plain, words));
    }
}

/// Whether an entry stands for a change of a hypothesis, or is evidence for or against it.
fn belongs_to(entry: &Entry, hypothesis: &Hypothesis) -> bool {
    entry.is_about(hypothesis.id)
        || hypothesis.evidence.iter().any(|evidence| evidence.entry == Some(entry.id))
}
