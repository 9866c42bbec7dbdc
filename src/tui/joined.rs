//! Characters that join into one picture: terminals differ in how many columns that takes, so that it may lie over what is
//! beside it. A row that has or had one is drawn whole.

use ratatui::buffer::{Buffer, CellDiffOption};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr as _};

/// The most bytes of a character that joins with none.
const SINGLE: usize = 4;

/// The rows that had such characters when they were drawn last.
#[derive(Debug, Default)]
pub(super) struct Joined {
    rows: Vec<bool>,
}

impl Joined {
    /// Sees to it that the rows are drawn whole, and the ones below them: what does not fit goes on there. Only the rows
    /// that are `touched` may have changed; those that are to be drawn are so afterwards.
    pub(super) fn draw_whole(&mut self, buffer: &mut Buffer, touched: &mut [bool]) {
        let width = usize::from(buffer.area.width).max(1);
        self.rows.resize(touched.len(), false);
        let mut whole = vec![false; touched.len()];
        for (nth, row) in buffer.content.chunks(width).enumerate().filter(|(nth, _)| touched[*nth]) {
            let has = row.iter().any(|cell| is_joined(cell.symbol()));
            if std::mem::replace(&mut self.rows[nth], has) || has {
                whole[nth..].iter_mut().take(2).for_each(|row| *row = true);
            }
        }
        for (nth, row) in buffer.content.chunks_mut(width).enumerate().filter(|(nth, _)| whole[*nth]) {
            touched[nth] = true;
            for cell in row {
                cell.set_diff_option(CellDiffOption::AlwaysUpdate);
            }
        }
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
