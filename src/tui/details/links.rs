//! Where the details of an item lead: to the entries of a hypothesis, and from an entry to its hypothesis.

use ratatui::style::{Modifier, Style};

use super::{Item, Room};
use crate::model::Id;
use crate::tui::overlay::Rows;
use crate::tui::state::Pane;

/// Columns before what a row says, as in [`Rows::two`].
const INDENT: usize = 18;

/// Where a row leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Target {
    Entry(Id),
    Hypothesis(Id),
}

/// Where the rows lead, in their order, and which of that is chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Links {
    targets: Vec<Target>,
    chosen: Option<usize>,
    /// The row of the chosen one.
    row: Option<usize>,
}

impl Links {
    pub(super) fn new(chosen: Option<usize>) -> Self {
        Self { targets: Vec::new(), chosen, row: None }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.targets.is_empty()
    }

    /// The place of the chosen one.
    pub(super) fn chosen(&self) -> Option<usize> {
        self.chosen
    }

    /// Adds a row of two columns, with an arrow where it leads somewhere.
    pub(super) fn two(&mut self, rows: &mut Rows, left: &str, right: &str, target: Option<Target>) {
        let Some(target) = target else { return rows.two(left, right) };
        let is_chosen = self.chosen == Some(self.targets.len());
        self.targets.push(target);
        if is_chosen {
            self.row = Some(rows.count());
            let style = Style::new().add_modifier(Modifier::BOLD | Modifier::REVERSED);
            rows.push(&format!("▸ {left}"), &format!("{right} →"), style, INDENT);
        } else {
            rows.push(left, &format!("{right} →"), Style::new(), INDENT);
        }
    }

    /// The scrolling, the closest to this one, with which the chosen row is seen in so many columns and rows.
    pub(super) fn in_view(&self, rows: &Rows, scroll: usize, (width, height): (usize, usize)) -> usize {
        let Some(row) = self.row.filter(|_| width > 0 && height > 0) else { return scroll };
        let at = rows.above(row, width);
        // The row after it says what was seen.
        scroll.min(at).max((at + 2).saturating_sub(height))
    }
}

impl Room {
    /// Chooses the next or the previous of what the details lead to.
    pub(in crate::tui) fn choose_link(&mut self, next: bool) {
        let (Some(details), Some(overlay)) = (&self.state.details, &self.state.overlay) else { return };
        let count = details.links.targets.len();
        if count == 0 {
            return;
        }
        let chosen = match (details.links.chosen, next) {
            (None, true) => 0,
            (None, false) => count - 1,
            (Some(at), true) => (at + 1) % count,
            (Some(at), false) => (at + count - 1) % count,
        };
        let (item, scroll) = (details.item.clone(), overlay.scroll);
        self.show_details(item, scroll, Some(chosen));
    }

    /// Goes where the chosen row leads; with none chosen it closes the details.
    pub(in crate::tui) fn follow_link(&mut self) {
        self.state.overlay = None;
        let Some(details) = self.state.details.take() else { return };
        let links = details.links;
        match links.chosen.and_then(|at| links.targets.get(at)) {
            Some(Target::Entry(id)) => {
                self.state.focus_on(Pane::Timeline);
                self.state.timeline.selected = Some(*id);
                self.show_made(*id);
            }
            Some(Target::Hypothesis(id)) => {
                let all = &self.incident().hypotheses;
                let found = all.iter().find(|hypothesis| hypothesis.id == *id);
                let Some(item) = found.map(|found| Item::Hypothesis(found.subject.clone())) else { return };
                self.state.focus_on(Pane::Hypotheses);
                self.state.hypothesis = Some(*id);
                self.show_details(item, 0, None);
            }
            None => {}
        }
    }
}
