//! What goes where, for every size of the screen.

use ratatui::layout::Rect;

use super::{Scene, answers};
use crate::tui::state::Pane;

/// The narrowest screen that shows all panes at once.
const ALL_PANES: u16 = 80;
/// The lowest screen that has rows to spare.
const ROOMY: u16 = 16;
/// The most columns that the hypotheses and the actions take: longer rows are harder to read.
const WIDEST: u16 = 90;
/// The rows that even an empty list has.
const LEAST: usize = 3;
/// The most rows the prompt takes.
const PROMPT: u16 = 6;

/// The parts of the screen, from top to bottom. One that does not fit is empty.
pub(super) struct Areas {
    pub(super) header: Rect,
    /// The names of the panes, where only one is shown at a time.
    pub(super) tabs: Option<Rect>,
    /// How the search for the cause stands, where another pane may hide the one that says it.
    pub(super) answers: Rect,
    pub(super) panes: Rect,
    pub(super) notices: Rect,
    pub(super) rule: Rect,
    pub(super) prompt: Rect,
    pub(super) below: Rect,
    pub(super) status: Rect,
    shown: Pane,
    /// The rows of the hypotheses, where all panes are shown.
    upper: u16,
}

impl Areas {
    /// For as many rows of notices, of the prompt and below it.
    pub(super) fn of(area: Rect, scene: &Scene<'_>, [notices, prompt, below]: [usize; 3]) -> Self {
        // Read aloud row by row, panes beside each other would be mixed up.
        let narrow = area.width < ALL_PANES || scene.state.look.is_in_words();
        let roomy = area.height >= ROOMY;
        let mut left = area;
        // In the order in which they would be missed.
        let status = bottom(&mut left, 1);
        let most = (area.height / 3).clamp(1, PROMPT);
        let prompt = u16::try_from(prompt).unwrap_or(most).clamp(1, most);
        let below = u16::try_from(below).unwrap_or(1).clamp(1, (area.height / 5).max(1));
        let below = bottom(&mut left, if area.height >= 4 { below } else { 0 });
        let prompt = bottom(&mut left, prompt);
        let rule = bottom(&mut left, u16::from(roomy));
        let notices = u16::try_from(notices).unwrap_or(u16::MAX).min(area.height / 4);
        let notices = bottom(&mut left, notices);
        let header = top(&mut left, if narrow && roomy { 2 } else { u16::from(area.height >= 5) });
        let tabs = narrow.then(|| top(&mut left, 1));
        let due = narrow && roomy && !scene.state.reading && answers::are_due(scene.incident, &scene.ages);
        let answers = top(&mut left, u16::from(due));
        let shown = scene.state.shown;
        let upper = left.height.div_ceil(2);
        Self { header, tabs, answers, panes: left, notices, rule, prompt, below, status, shown, upper }
    }

    /// The columns for a row of the hypotheses or of the actions.
    pub(super) fn beside(&self) -> u16 {
        if self.tabs.is_some() { self.panes.width } else { self.right().saturating_sub(1) }
    }

    /// Shares the right side out: half and half, but where one needs more, it has what the other leaves.
    pub(super) fn share(&mut self, hypotheses: usize, actions: usize) {
        let height = self.panes.height;
        let rows = |rows: usize| u16::try_from(rows.max(LEAST)).unwrap_or(u16::MAX).saturating_add(1);
        let half = height.div_ceil(2);
        let (upper, lower) = (rows(hypotheses), rows(actions));
        self.upper = if upper > half {
            upper.min(height - lower.min(height / 2))
        } else {
            half.min(height.saturating_sub(lower)).max(upper)
        };
    }

    fn right(&self) -> u16 {
        (self.panes.width * 2 / 5).min(WIDEST)
    }

    /// The part of the hypotheses and of the actions; empty where the timeline has all of it.
    pub(super) fn beside_timeline(&self) -> Rect {
        match (self.tabs, self.shown) {
            (None, _) => Rect { x: self.panes.right() - self.right(), width: self.right(), ..self.panes },
            (Some(_), Pane::Timeline) => Rect::default(),
            (Some(_), _) => self.panes,
        }
    }

    /// The part of a pane; empty where it is not shown.
    pub(super) fn pane(&self, pane: Pane) -> Rect {
        let all = self.panes;
        if self.tabs.is_some() {
            return if pane == self.shown { all } else { Rect::default() };
        }
        let right = self.right();
        let upper = self.upper.min(all.height);
        let beside = Rect { x: all.x + all.width - right, width: right, ..all };
        match pane {
            Pane::Timeline => Rect { width: all.width - right, ..all },
            Pane::Hypotheses => Rect { height: upper, ..beside },
            Pane::Actions => Rect { y: all.y + upper, height: all.height - upper, ..beside },
        }
    }
}

pub(in crate::tui) fn bottom(left: &mut Rect, rows: u16) -> Rect {
    let rows = rows.min(left.height);
    left.height -= rows;
    Rect { y: left.y + left.height, height: rows, ..*left }
}

pub(in crate::tui) fn top(left: &mut Rect, rows: u16) -> Rect {
    let rows = rows.min(left.height);
    let taken = Rect { height: rows, ..*left };
    (left.y, left.height) = (left.y + rows, left.height - rows);
    taken
}
