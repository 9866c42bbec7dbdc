//! Characters that join into one picture: terminals differ in how many columns that takes, so that it may lie over what is
//! beside it. A row that has or had one is drawn whole.

use ratatui::Frame;
use ratatui::buffer::CellDiffOption;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr as _};

/// The most bytes of a character that joins with none.
const SINGLE: usize = 4;

/// The rows that had such characters when they were drawn last.
#[derive(Debug, Default)]
pub(super) struct Joined {
    rows: Vec<bool>,
}

impl Joined {
    /// Sees to it that the rows are drawn whole, and the ones below them: what does not fit goes on there.
    pub(super) fn draw_whole(&mut self, frame: &mut Frame<'_>) {
        let buffer = frame.buffer_mut();
        let width = usize::from(buffer.area.width).max(1);
        let rows = buffer.content.chunks(width).map(|row| row.iter().any(|cell| is_joined(cell.symbol())));
        let rows: Vec<bool> = rows.collect();
        let had = |nth: usize| self.rows.get(nth) == Some(&true) || rows.get(nth) == Some(&true);
        for (nth, row) in buffer.content.chunks_mut(width).enumerate() {
            if had(nth) || nth.checked_sub(1).is_some_and(had) {
                for cell in row {
                    cell.set_diff_option(CellDiffOption::AlwaysUpdate);
                }
            }
        }
        self.rows = rows;
    }
}

/// Whether it is drawn as several characters where a terminal joins none.
fn is_joined(symbol: &str) -> bool {
    if symbol.len() <= SINGLE {
        return false;
    }
    let widths = symbol.chars().filter_map(UnicodeWidthChar::width).filter(|width| *width > 0);
    widths.clone().count() > 1 || widths.sum::<usize>() != symbol.width()
}
