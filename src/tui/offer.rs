//! What is offered for the line: found when it is drawn or asked for, and taken by a key.

use super::attach as attaching;
use super::completion::{Choice, Kind, Past};
use super::keymap::Act;
use super::room::{Effect, Room};
use crate::grammar::parts::{Slot, Wants, slot};
use crate::grammar::{self, attach};
use crate::text::Raw;

impl Room {
    /// Finds what fits at the cursor, if that is not known yet.
    pub(super) fn refresh_offer(&mut self) {
        let is_long = self.state.prompt.is_long();
        let offer = &mut self.state.offer;
        if self.state.focus.is_some() || self.state.overlay.is_some() || offer.dismissed || is_long {
            (offer.found, offer.found_for) = (None, None);
            return;
        }
        let line = self.state.prompt.text();
        let records = self.session.ledger().count();
        let key = Some((line, self.state.prompt.cursor_byte(), records));
        if offer.found_for == key {
            return;
        }
        offer.chosen = None;
        offer.found_for = key;
        let Some((line, cursor)) = offer.found_for.clone().map(|(line, cursor, _)| (line, cursor)) else {
            return;
        };
        let suspects = line.trim_start().starts_with(['?', '/']);
        let suggested = if suspects { self.suggested().to_vec() } else { Vec::new() };
        let known = self.remembered.known();
        let files = match slot(&line, cursor, &self.session.desk()) {
            Some(Slot { span, wants: Wants::File }) => {
                let typed = attach::name(&line[span.start..cursor]).map(|(name, _)| name);
                let typed =
                    typed.unwrap_or_else(|| Raw::new(line[span.start..cursor].trim_matches(['"', '\''])));
                attaching::files(typed.as_typed(), self.exporter.folder())
            }
            _ => Vec::new(),
        };
        let past = Past { suggested: &suggested, known, files: &files };
        let found = self.finder.find(&line, cursor, &self.session.desk(), &past);
        self.state.offer.found = found;
    }

    /// Does what a key does to a list of completions.
    pub(super) fn choose(&mut self, act: Act) -> Effect {
        let offer = &mut self.state.offer;
        let Some(found) = &offer.found else { return Effect::None };
        let last = found.choices.len() - 1;
        match (act, offer.chosen) {
            // The first is marked before anything is chosen: Tab would take it.
            (Act::ChooseDown, chosen) => offer.chosen = Some((chosen.unwrap_or(0) + 1).min(last)),
            (Act::ChooseUp, Some(0)) => offer.chosen = None,
            (Act::ChooseUp, Some(at)) => offer.chosen = Some(at - 1),
            (Act::ChooseUp, None) if found.kind == Kind::Palette => offer.chosen = Some(last),
            (Act::ChooseUp, None) => {
                self.state.prompt.earlier();
                self.recalled();
            }
            (Act::Complete, _) if found.kind == Kind::Folded => self.unfold(),
            (Act::Complete, _) => self.complete(),
            (Act::TakeChosen, Some(_)) => {
                let taken = self.take_choice();
                if taken.is_some_and(|choice| choice.whole) {
                    return self.send();
                }
            }
            (Act::TakeChosen, None) => return self.send(),
            _ => self.dismiss_offer(),
        }
        Effect::None
    }

    /// Writes the choice into the line; of a command whose name stands there whole, with what it has set already.
    fn complete(&mut self) {
        let line = self.state.prompt.text();
        self.take_choice();
        let is_whole = self.state.prompt.text().trim_end() == line;
        let there = grammar::present(&line, &self.session.desk()).filter(|_| is_whole);
        if let Some(there) = there {
            self.state.prompt.replace(0..line.len() + 1, &there);
        }
    }

    /// Opens a list that only a key opens.
    fn unfold(&mut self) {
        if let Some(found) = &mut self.state.offer.found {
            found.kind = Kind::List;
        }
    }

    /// Closes what is offered until the line is edited.
    pub(super) fn dismiss_offer(&mut self) {
        (self.state.offer.dismissed, self.state.offer.found) = (true, None);
    }

    /// Another line was called back: nothing is offered for it until it is edited.
    pub(super) fn recalled(&mut self) {
        self.dismiss_offer();
        self.find_as_typed();
        self.forget_what_was_said();
    }

    /// Writes the chosen one, else the first, into the line.
    fn take_choice(&mut self) -> Option<Choice> {
        let offer = &mut self.state.offer;
        let found = offer.found.take()?;
        let choice = found.choices.into_iter().nth(offer.chosen.take().unwrap_or(0))?;
        self.state.prompt.replace(found.span, &choice.insert);
        self.find_as_typed();
        self.forget_what_was_said();
        Some(choice)
    }
}
