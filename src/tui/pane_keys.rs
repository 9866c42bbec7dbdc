//! Moving about: between panes, within one, and in what lies over them.

use chrono::TimeDelta;
use ratatui::layout::{Position, Rect};

use super::keymap::Act;
use super::room::Room;
use super::sheet::{Anchor, Sheet};
use super::state::{Pane, Said, Tone};
use super::view::ranked;
use crate::model::{ActionStatus, Id};

/// Two clicks on one place within this time are a double click.
const DOUBLE_CLICK: TimeDelta = TimeDelta::milliseconds(500);
/// Rows that a turn of the wheel scrolls.
const WHEEL: isize = 3;

impl Room {
    /// Moves about in what is over the panes, else in the pane with the focus.
    pub(super) fn go(&mut self, act: Act) {
        match (&self.state.overlay, act, self.state.focus) {
            (Some(_), ..) => self.scroll_overlay(act),
            (None, Act::PageUp, _) => self.scroll_timeline(-self.page()),
            (None, Act::PageDown, _) => self.scroll_timeline(self.page()),
            (None, _, Some(pane)) => self.move_selection(pane, act),
            (None, _, None) => {}
        }
    }

    /// What is said for information makes way for what is said where a key goes. What is wrong with the line stays, and so does
    /// what the walk through the doubts asks for.
    pub(super) fn leave_notice(&mut self, act: Act) {
        let in_pane = self.state.focus.is_some();
        let moves = match act {
            Act::NextPane | Act::PreviousPane => true,
            Act::ToPrompt | Act::ToHypothesis | Act::ToEntries | Act::FollowLink => in_pane,
            act => in_pane && act.scrolls(),
        };
        let walk = self.state.walk.as_ref();
        let is_left =
            |said: &mut Said| said.tone != Tone::Bad && walk.is_none_or(|step| step.line != said.line);
        if moves {
            self.state.said.take_if(is_left);
        }
    }

    /// Moves the focus along prompt, timeline, hypotheses, actions.
    pub(super) fn next_pane(&mut self, back: bool) {
        let stops = [None, Some(Pane::Timeline), Some(Pane::Hypotheses), Some(Pane::Actions)];
        let here = stops.iter().position(|stop| *stop == self.state.focus).unwrap_or(0);
        let step = if back { stops.len() - 1 } else { 1 };
        match stops[(here + step) % stops.len()] {
            Some(pane) => self.enter_pane(pane),
            None => self.state.focus = None,
        }
    }

    pub(super) fn enter_pane(&mut self, pane: Pane) {
        self.state.focus_on(pane);
        let selected = self.selected(pane);
        if pane == Pane::Timeline {
            if !self.is_in_view(selected) {
                let lowest = self.lowest_seen();
                self.select(pane, lowest);
            }
            return;
        }
        let ids = self.ids(pane);
        if selected.is_none_or(|selected| !ids.contains(&selected) || self.is_over(selected)) {
            // What is over is not what a key is meant for next.
            let first = ids.iter().find(|id| !self.is_over(**id)).or(ids.first()).copied();
            self.select(pane, first);
        }
    }

    /// While the timeline has the focus, its keys act on a row that is seen: others may have logged something meanwhile.
    pub(super) fn keep_selected_in_view(&mut self) {
        let selected = self.selected(Pane::Timeline);
        if self.state.focus != Some(Pane::Timeline) || self.is_in_view(selected) {
            return;
        }
        // What is folded now is seen in the row that stands for it.
        let stands_for = selected.and_then(|selected| self.sheet().stands_for(selected));
        let selected = stands_for.or(selected);
        self.select(Pane::Timeline, selected);
        if !selected.is_some_and(|selected| self.reveal(selected)) {
            let lowest = self.lowest_seen();
            self.select(Pane::Timeline, lowest);
        }
    }

    /// Whether this is a hypothesis with a verdict, or an action that is not open any more.
    fn is_over(&self, id: Id) -> bool {
        let incident = self.incident();
        let hypothesis = incident.hypotheses.iter().find(|hypothesis| hypothesis.id == id);
        let action = incident.actions.iter().find(|action| action.id == id);
        hypothesis.is_some_and(|hypothesis| hypothesis.status.is_closed())
            || action.is_some_and(|action| action.status != ActionStatus::Open)
    }

    /// Moves the selection in the pane with the focus.
    pub(super) fn move_selection(&mut self, pane: Pane, act: Act) {
        let selected = self.selected(pane);
        let ids = self.ids(pane);
        let (count, here) = if pane == Pane::Timeline {
            let sheet = self.sheet();
            (sheet.len(), selected.and_then(|id| sheet.position(id)))
        } else {
            (ids.len(), selected.and_then(|id| ids.iter().position(|other| *other == id)))
        };
        let Some(last) = count.checked_sub(1) else { return };
        let to = match (act, here) {
            (Act::First, _) => 0,
            (Act::Last, _) => last,
            (Act::Up, here) => here.map_or(last, |here| here.saturating_sub(1)),
            (_, here) => here.map_or(0, |here| (here + 1).min(last)),
        };
        if pane == Pane::Timeline {
            let (sheet, height) = (self.sheet(), self.height());
            let (id, anchor) = (sheet.entry(to).id, sheet.revealing(self.state.timeline.anchor, to, height));
            self.select(pane, Some(id));
            self.state.timeline.anchor = anchor;
        } else {
            self.select(pane, Some(ids[to]));
        }
    }

    /// Scrolls the timeline by rows, up where `by` is negative.
    pub(super) fn scroll_timeline(&mut self, by: isize) {
        let anchor = self.sheet().scrolled(self.state.timeline.anchor, by, self.height());
        self.state.timeline.anchor = anchor;
        if self.state.focus == Some(Pane::Timeline) {
            let lowest = self.lowest_seen();
            self.select(Pane::Timeline, lowest);
        }
    }

    /// A page of the timeline, but for a row that stays in view.
    pub(super) fn page(&self) -> isize {
        isize::try_from(self.height().saturating_sub(1).max(1)).unwrap_or(1)
    }

    pub(super) fn scroll_overlay(&mut self, act: Act) {
        // Keys may come before what they are for is drawn.
        self.lay_out_overlay();
        let seen = &self.state.seen;
        if let Some(overlay) = &mut self.state.overlay {
            overlay.go(act, seen.overlay.height, seen.overlay_hidden);
        }
    }

    pub(super) fn wheel(&mut self, up: bool, at: Position) {
        if self.state.overlay.is_some() {
            let seen = &self.state.seen;
            for _ in 0..WHEEL {
                if let Some(overlay) = &mut self.state.overlay {
                    overlay.roll(up, seen.overlay.height, seen.overlay_hidden);
                }
            }
        } else if self.state.seen.timeline.contains(at) {
            self.scroll_timeline(if up { -WHEEL } else { WHEEL });
        } else {
            let seen = &mut self.state.seen;
            let lists = [
                (Pane::Hypotheses, seen.hypotheses, &mut seen.scrolled.0),
                (Pane::Actions, seen.actions, &mut seen.scrolled.1),
            ];
            let Some((pane, _, scrolled)) = lists.into_iter().find(|(_, area, _)| area.contains(at)) else {
                return;
            };
            // Where a row is selected, the list follows it.
            if self.state.focus == Some(pane) {
                self.move_selection(pane, if up { Act::Up } else { Act::Down });
            } else {
                *scrolled = if up { scrolled.saturating_sub(1) } else { *scrolled + 1 };
            }
        }
    }

    /// A click goes to what was clicked, and selects it; a second one soon after opens it.
    pub(super) fn click(&mut self, at: Position) {
        if self.state.overlay.is_some() {
            return;
        }
        let now = self.session.now();
        let again = self.clicked.replace((now, at)).is_some_and(|(before, there)| {
            there == at && (TimeDelta::zero()..=DOUBLE_CLICK).contains(&(now - before))
        });
        let seen = &self.state.seen;
        let tab = seen.tabs.iter().find(|(_, area)| area.contains(at)).map(|(pane, _)| *pane);
        let panes = [seen.timeline, seen.hypotheses, seen.actions];
        let pane = Pane::ALL.into_iter().zip(panes).find(|(_, area)| area.contains(at)).map(|(pane, _)| pane);
        let owner = seen.owners.iter().find(|(owner, row, _)| Some(*owner) == pane && *row == at.y);
        let owner = owner.map(|(_, _, id)| *id);
        if seen.prompt.contains(at) {
            self.state.focus = None;
        }
        if let Some(pane) = tab.or(pane) {
            self.enter_pane(pane);
        }
        if let (Some(pane), Some(id)) = (pane, owner) {
            self.select(pane, Some(id));
            if again {
                self.clicked = None;
                self.open_details();
            }
        }
    }

    /// Shows the entry that a change has made, at the end or where it belongs.
    pub(super) fn show_made(&mut self, made: Id) {
        self.show_folded(made);
        let height = self.height();
        let hidden = self.session.incident().entry(made).is_some() && self.sheet().position(made).is_none();
        if hidden {
            // Whoever logs an entry wants to see it more than what was searched for.
            self.end_find();
        }
        let sheet = self.sheet();
        let anchor = match sheet.position(made) {
            Some(entry) => sheet.revealing(Anchor::End, entry, height),
            None => Anchor::End,
        };
        self.state.timeline.anchor = anchor;
    }

    pub(super) fn sheet(&self) -> Sheet<'_> {
        Sheet::new(self.incident(), &self.state.timeline, self.timeline_area().width, self.state.look)
    }

    pub(super) fn height(&self) -> usize {
        usize::from(self.timeline_area().height).max(1)
    }

    /// Where the timeline is, or would be where another pane is shown in its place.
    fn timeline_area(&self) -> Rect {
        let seen = &self.state.seen;
        let panes = [seen.timeline, seen.hypotheses, seen.actions];
        panes.into_iter().find(|area| !area.is_empty()).unwrap_or_default()
    }

    fn lowest_seen(&self) -> Option<Id> {
        let sheet = self.sheet();
        let window = sheet.window(self.state.timeline.anchor, self.height());
        window.rows.last().map(|(nth, _)| sheet.entry(*nth).id)
    }

    /// Whether a row of this entry is in view.
    fn is_in_view(&self, entry: Option<Id>) -> bool {
        let sheet = self.sheet();
        let window = sheet.window(self.state.timeline.anchor, self.height());
        window.rows.iter().any(|(nth, _)| Some(sheet.entry(*nth).id) == entry)
    }

    /// What can be selected in a list, from top to bottom; the timeline is none: it has thousands.
    fn ids(&self, pane: Pane) -> Vec<Id> {
        let incident = self.incident();
        match pane {
            Pane::Timeline => Vec::new(),
            Pane::Hypotheses => ranked::hypotheses(incident).iter().map(|h| h.id).collect(),
            Pane::Actions => ranked::actions(incident).iter().map(|a| a.id).collect(),
        }
    }

    pub(super) fn selected(&self, pane: Pane) -> Option<Id> {
        match pane {
            Pane::Timeline => self.state.timeline.selected,
            Pane::Hypotheses => self.state.hypothesis,
            Pane::Actions => self.state.action,
        }
    }

    pub(super) fn select(&mut self, pane: Pane, id: Option<Id>) {
        match pane {
            Pane::Timeline => self.state.timeline.selected = id,
            Pane::Hypotheses => self.state.hypothesis = id,
            Pane::Actions => self.state.action = id,
        }
    }
}
