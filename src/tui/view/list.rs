//! A list of things of a few rows each, of which one may be selected.

use crate::tui::canvas::Canvas;
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
    /// How many of them are scrolled away above.
    pub(super) scroll: usize,
    /// What is shown where there is nothing.
    pub(super) teaching: &'a [&'a str],
}

/// How many rows they take.
pub(super) fn height(items: &[Item]) -> usize {
    items.iter().map(|(_, rows)| rows.len()).sum()
}

/// What of a list was drawn.
#[derive(Default)]
pub(super) struct Drawn {
    /// How many of the items are above.
    pub(super) above: usize,
    /// How many begin or go on below.
    pub(super) below: usize,
    /// Whose each row is.
    pub(super) owners: Vec<(u16, Id)>,
}

impl Drawn {
    /// Where more is, for the end of a title; empty where all is seen.
    pub(super) fn more(&self) -> String {
        let above = if self.above > 0 { format!(" · {} ▲", self.above) } else { String::new() };
        let below = if self.below > 0 { format!(" · {} ▼", self.below) } else { String::new() };
        above + &below
    }
}

/// Draws what fits, the selected one among it. The first row is always one with a name: details without it tell nothing.
pub(super) fn draw(canvas: &mut Canvas, area: Rect, list: &Listing<'_>, look: Look) -> Drawn {
    if list.items.is_empty() {
        draw_rows(canvas, area, &wrapped(list.teaching, area.width, look.quiet()));
        return Drawn::default();
    }
    if area.is_empty() {
        return Drawn { above: list.scroll, ..Drawn::default() };
    }
    let fits = usize::from(area.height);
    let mut rows_from_here = 0;
    let at_the_end = list.items.iter().rev().take_while(|(_, rows)| {
        rows_from_here += rows.len();
        rows_from_here <= fits
    });
    let mut from = list.scroll.min(list.items.len() - at_the_end.count().max(1));
    if let Some(selected) = list.items.iter().position(|(id, _)| list.selected == Some(*id)) {
        from = from.min(selected);
        while from < selected && height(&list.items[from..=selected]) > fits {
            from += 1;
        }
    }
    let mut drawn = Drawn { above: from, ..Drawn::default() };
    let mut places = area.rows();
    for (id, rows) in &list.items[from..] {
        for (line, place) in rows.iter().zip(&mut places) {
            line.render(place, canvas.buffer_mut());
            if list.selected == Some(*id) {
                canvas.buffer_mut().set_style(place, look.selected());
            }
            drawn.owners.push((place.y, *id));
        }
    }
    let mut end = 0;
    let goes_below = |(_, rows): &&Item| {
        end += rows.len();
        end > fits
    };
    drawn.below = list.items[from..].iter().filter(goes_below).count();
    drawn
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
