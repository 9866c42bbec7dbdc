//! What is seen of the timeline: its rows, and these in cells.

use std::rc::Rc;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::Widget as _;

use super::sheet::Sheet;

/// How many rows are kept as they were painted: those of a screen or two.
const PAINTED: usize = 200;

/// A row of an entry, as it was laid out.
#[derive(Clone)]
pub(super) struct Row {
    /// All rows of the entry.
    pub(super) all: Rc<[Line<'static>]>,
    pub(super) nth: usize,
}

/// What is seen of the timeline.
pub(super) struct Window {
    /// The rows, and the entry each belongs to.
    pub(super) rows: Vec<(usize, Row)>,
    /// How many entries begin below the last row.
    pub(super) below: usize,
}

impl Sheet<'_> {
    /// A row of an entry in cells, in the width there is: to tell characters apart takes longer than to copy them.
    pub(super) fn painted(&self, nth: usize, row: &Row) -> Rc<Buffer> {
        let of = (self.entry(nth).id, row.nth);
        if let Some(painted) = self.laid.borrow().painted.get(&of) {
            return Rc::clone(painted);
        }
        let width = u16::try_from(self.width).unwrap_or(u16::MAX);
        let mut buffer = Buffer::empty(Rect { width, height: 1, ..Rect::default() });
        buffer.set_style(buffer.area, self.look.plain());
        (&row.all[row.nth]).render(buffer.area, &mut buffer);
        let painted = Rc::new(buffer);
        let mut laid = self.laid.borrow_mut();
        if laid.painted.len() >= PAINTED {
            laid.painted.clear();
        }
        laid.painted.insert(of, Rc::clone(&painted));
        painted
    }
}
