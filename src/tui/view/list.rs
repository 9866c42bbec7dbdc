//! A list of things of a few rows each, of which one may be selected.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::{Scene, draw_rows};
use crate::model::Id;
use crate::text::Raw;

/// A thing, and its rows.
pub(super) type Item = (Id, Vec<Line<'static>>);

/// Draws as many as fit, the selected one among them; where there are none, says how the first comes to be.
pub(super) fn draw(
    frame: &mut Frame<'_>,
    area: Rect,
    items: Vec<Item>,
    selected: Option<Id>,
    scene: &Scene<'_>,
    teaching: &[&str],
) {
    let look = scene.state.look;
    if items.is_empty() {
        draw_rows(frame, area, &wrapped(teaching, area.width, look.quiet()));
        return;
    }
    let height = usize::from(area.height);
    let mut rows = Vec::new();
    let mut from = 0;
    for (id, own) in items {
        let chosen = selected == Some(id);
        let style = if chosen { look.selected() } else { ratatui::style::Style::new() };
        rows.extend(own.into_iter().map(|row| row.patch_style(style)));
        if chosen {
            from = rows.len().saturating_sub(height);
        }
    }
    let shown = &rows[from.min(rows.len())..];
    draw_rows(frame, area, shown);
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
