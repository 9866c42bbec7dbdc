//! A list of things of a few rows each, of which one may be selected.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget as _;

use super::draw_rows;
use crate::model::Id;
use crate::text::Raw;
use crate::tui::look::Look;

/// A thing, and its rows.
pub(super) type Item = (Id, Vec<Line<'static>>);

/// What a list shows, and from where.
pub(super) struct Listing<'a> {
    pub(super) items: &'a [Item],
    pub(super) selected: Option<Id>,
    /// How many rows are scrolled away above.
    pub(super) scroll: usize,
    /// What is shown where there is nothing.
    pub(super) teaching: &'a [&'a str],
}

/// How many rows they take.
pub(super) fn height(items: &[Item]) -> usize {
    items.iter().map(|(_, rows)| rows.len()).sum()
}

/// Draws what fits, the selected one among it, and gives how many rows are above, and whose each row is.
pub(super) fn draw(
    frame: &mut Frame<'_>,
    area: Rect,
    list: &Listing<'_>,
    look: Look,
) -> (usize, Vec<(u16, Id)>) {
    if list.items.is_empty() {
        draw_rows(frame, area, &wrapped(list.teaching, area.width, look.quiet()));
        return (0, Vec::new());
    }
    let fits = usize::from(area.height);
    let mut from = list.scroll.min(height(list.items).saturating_sub(fits));
    let mut row = 0;
    for (id, rows) in list.items {
        if list.selected == Some(*id) {
            from = from.min(row).max((row + rows.len()).saturating_sub(fits));
        }
        row += rows.len();
    }
    let all = list.items.iter().flat_map(|(id, rows)| rows.iter().map(move |row| (*id, row)));
    let mut owners = Vec::new();
    for ((id, line), place) in all.skip(from).zip(area.rows()) {
        line.render(place, frame.buffer_mut());
        if list.selected == Some(id) {
            frame.buffer_mut().set_style(place, look.selected());
        }
        owners.push((place.y, id));
    }
    (from, owners)
}

/// Lines of help where there is nothing else to show.
pub(in crate::tui) fn wrapped(
    lines: &[&str],
    width: u16,
    style: ratatui::style::Style,
) -> Vec<Line<'static>> {
    let width = usize::from(width).saturating_sub(1);
    let rows = lines.iter().flat_map(|line| Raw::new(*line).for_term().wrap(width));
    rows.map(|row| Line::from(Span::styled(format!(" {row}"), style))).collect()
}
