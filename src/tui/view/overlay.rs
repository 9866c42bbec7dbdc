//! What lies over the panes.

use crate::tui::canvas::Canvas;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::{Block, Padding, Widget as _};

use super::draw_rows;
use crate::text::Raw;
use crate::tui::keymap::{Act, Keymap};
use crate::tui::look::Look;
use crate::tui::overlay::{Gap, Laid, Overlay};

/// How it is handled, the longest words first.
fn handling(overlay: &Overlay, height: usize, keys: &Keymap) -> [String; 4] {
    let places = overlay.places();
    let scroll = [Act::Up, Act::Down, Act::PageUp, Act::PageDown];
    let scroll: Vec<String> = scroll.iter().filter_map(|act| keys.key(*act, places)).collect();
    let scroll = if scroll.is_empty() { String::new() } else { format!(" · {}", scroll.join(" ")) };
    let height = u16::try_from(height).unwrap_or(u16::MAX);
    let fills = overlay.fills(height).map(|_| (Act::FillGap, "writes the line"));
    let opens = [(Act::OpenAction, "opens it, to mark it done"), (Act::CopyShown, "copies")];
    let hints = |hints: &[(Act, &str)]| match keys.hints(hints, places) {
        nothing if nothing.is_empty() => nothing,
        hints => format!(" · {hints}"),
    };
    let leads = [(Act::NextLink, "chooses a →"), (Act::FollowLink, "goes there")];
    let leads = leads.into_iter().filter(|_| overlay.leads());
    let closes = (Act::Close, "closes");
    let all: Vec<_> = leads.chain(fills).chain(opens).chain([closes]).collect();
    let few: Vec<_> = fills.into_iter().chain([closes]).collect();
    let (all, few) = (hints(&all), hints(&few));
    [format!("{scroll}{all}"), all, few, String::new()]
}

fn block() -> Block<'static> {
    Block::bordered().padding(Padding::horizontal(1))
}

/// The columns for its rows on a screen.
pub(in crate::tui) fn columns(screen: Rect) -> usize {
    block().inner(screen).width.into()
}

/// Draws it, and gives the place of its rows and how many of them did not fit.
pub(in crate::tui) fn draw(
    canvas: &mut Canvas,
    area: Rect,
    overlay: &Overlay,
    look: Look,
    keys: &Keymap,
) -> (Rect, usize) {
    let block = block().border_style(look.accent());
    let inner = block.inner(area);
    let height = usize::from(inner.height);
    let hidden = overlay.laid().map_or(0, Laid::height).saturating_sub(height);
    let from = overlay.scroll.min(hidden);
    let title = title(overlay, from, height, area.width, keys);
    canvas.clear(area);
    block.title(Line::from(title).style(look.title(true))).render(area, canvas.buffer_mut());
    let Some(laid) = overlay.laid() else {
        let words = overlay.awaited().map(|work| Line::from(work.under_way()).style(look.quiet()));
        draw_rows(canvas, inner, words.as_slice());
        return (inner, 0);
    };
    draw_rows(canvas, inner, laid.rows.get(from..).unwrap_or_default());
    let chosen = overlay.chosen_gap();
    if let Some(gap) = chosen.filter(|_| laid.beside.is_none()) {
        mark(canvas, inner, from, gap, look);
    }
    if let Some(beside) = &laid.beside {
        let left = u16::try_from(beside.from).unwrap_or(u16::MAX).min(inner.width);
        let right = Rect { x: inner.x + left, width: inner.width - left, ..inner };
        let bar = vec![Line::from(" │ ").style(look.quiet()); height];
        draw_rows(canvas, right, &bar);
        let gap = 3.min(right.width);
        let right = Rect { x: right.x + gap, width: right.width - gap, ..right };
        let last = beside.rows.len().saturating_sub(height);
        // With the last one comes what stands below all of them.
        let from = match (chosen, laid.gaps.last()) {
            (Some(gap), Some(end)) if gap.rows == end.rows => last,
            (Some(gap), _) => gap.rows.end.saturating_sub(height).min(last),
            _ => from.min(last),
        };
        draw_rows(canvas, right, &beside.rows[from..]);
        if let Some(gap) = chosen {
            mark(canvas, right, from, gap, look);
        }
    }
    (inner, hidden)
}

/// Marks the chosen rows, of which so many are above the area.
fn mark(canvas: &mut Canvas, area: Rect, above: usize, gap: &Gap, look: Look) {
    for (nth, row) in area.rows().enumerate() {
        if gap.rows.contains(&(above + nth)) {
            canvas.buffer_mut().set_style(row, look.selected());
            if above + nth == gap.rows.start {
                Line::from("▸ ").style(look.selected()).render(row, canvas.buffer_mut());
            }
        }
    }
}

/// Its title, which rows are seen, and as many words about its keys as fit.
fn title(overlay: &Overlay, from: usize, height: usize, width: u16, keys: &Keymap) -> String {
    let all = overlay.laid().map_or(0, Laid::height);
    let to = (from + height).min(all);
    let seen = if to - from < all { format!(" · {}–{to} of {all}", from + 1) } else { String::new() };
    let room = usize::from(width.saturating_sub(4));
    let titles = handling(overlay, height, keys)
        .map(|keys| Raw::new(format!("{}{}{seen}{keys}", overlay.title, overlay.is_old())).for_term());
    let [.., shortest] = &titles;
    let title = titles.iter().find(|title| title.width() <= room).unwrap_or(shortest);
    format!(" {} ", title.cut(room))
}
