//! Rows of the timeline in cells.

use std::rc::Rc;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget as _;

use super::sheet::{Row, Sheet};

/// How many rows are kept as they were painted: those of a screen or two.
const PAINTED: usize = 200;

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
