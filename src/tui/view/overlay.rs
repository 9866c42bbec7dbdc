//! What lies over the panes.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Clear, Padding, Widget as _};

use super::draw_rows;
use crate::text::Raw;
use crate::tui::look::Look;
use crate::tui::overlay::{Overlay, Row};

/// Draws it, and gives the place of its rows and how many of them did not fit.
pub(in crate::tui) fn draw(
    frame: &mut Frame<'_>,
    area: Rect,
    overlay: &Overlay,
    look: Look,
) -> (Rect, usize) {
    let block = Block::bordered().border_style(look.accent()).padding(Padding::horizontal(1));
    let inner = block.inner(area);
    let rows: Vec<Line<'static>> =
        overlay.rows.iter().flat_map(|row| wrapped(row, inner.width.into())).collect();
    let hidden = rows.len().saturating_sub(inner.height.into());
    let from = overlay.scroll.min(hidden);
    let more = if from < hidden { " ▼ more" } else { "" };
    let title = format!(" {}{more} · Up Down PgUp PgDn · Esc closes ", overlay.title);
    Clear.render(area, frame.buffer_mut());
    block.title(Line::from(title).style(look.title(true))).render(area, frame.buffer_mut());
    draw_rows(frame, inner, &rows[from..]);
    (inner, hidden)
}

fn wrapped(row: &Row, width: usize) -> Vec<Line<'static>> {
    let indent = row.indent.min(width / 3);
    let lead = row.lead.cut(indent);
    let blanks = Raw::default().for_term();
    let pieces = row.text.wrap(width.saturating_sub(indent));
    let lines = pieces.iter().enumerate().map(|(nth, piece)| {
        let lead = if nth == 0 { &lead } else { &blanks };
        let gap = " ".repeat(indent.saturating_sub(lead.width()));
        Line::from(Span::styled(format!("{lead}{gap}{piece}"), row.style))
    });
    lines.collect()
}
