//! The view: draws what is given, and changes nothing but what it reports to have put where.

mod actions;
mod areas;
mod header;
mod hypotheses;
mod list;
mod overlay;
mod prompt;
pub(super) mod ranked;
mod status;
mod timeline;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::{Block, Borders, Widget as _};

use super::state::{Pane, Seen, State};
use super::typed::Hint;
use crate::model::{Incident, Instant};
use crate::session::Saving;
use crate::text::Raw;
use areas::Areas;
pub(super) use header::clocks;
pub(super) use overlay::columns as overlay_columns;

/// Everything that is drawn.
#[derive(Clone, Copy)]
pub(super) struct Scene<'a> {
    pub(super) state: &'a State,
    pub(super) incident: &'a Incident,
    pub(super) saving: &'a Saving,
    pub(super) by: &'a Raw,
    pub(super) hint: &'a Hint,
    pub(super) now: Instant,
}

/// Draws the room.
pub(super) fn draw(frame: &mut Frame<'_>, scene: &Scene<'_>) -> Seen {
    let area = frame.area();
    let typed = prompt::Typed::of(scene, area.width);
    let below = prompt::below(scene, area.width);
    let areas = Areas::of(area, scene, typed.rows(), below.len());
    header::draw(frame, areas.header, scene);
    let mut seen = Seen { prompt: areas.prompt, ..Seen::default() };
    if let Some(tabs) = areas.tabs {
        header::draw_tabs(frame, tabs, scene);
    }
    for pane in Pane::ALL {
        let outer = areas.pane(pane);
        let inner = inside(outer, pane, areas.tabs.is_some());
        match pane {
            Pane::Timeline => {
                let title = timeline::draw(frame, inner, scene);
                draw_frame(frame, outer, pane, &title, &areas, scene);
                seen.timeline = inner;
            }
            Pane::Hypotheses => {
                let title = hypotheses::draw(frame, inner, scene);
                draw_frame(frame, outer, pane, &title, &areas, scene);
                seen.hypotheses = inner;
            }
            Pane::Actions => {
                let title = actions::draw(frame, inner, scene);
                draw_frame(frame, outer, pane, &title, &areas, scene);
                seen.actions = inner;
            }
        }
    }
    draw_rows(frame, areas.notices, &prompt::notices(scene, areas.notices));
    prompt::draw_rule(frame, areas.rule, scene);
    typed.draw(frame, areas.prompt, scene);
    draw_rows(frame, areas.below, &below);
    status::draw(frame, areas.status, scene);
    if let Some(over) = &scene.state.overlay {
        (seen.overlay, seen.overlay_hidden) = overlay::draw(frame, areas.panes, over, scene.state.look);
    }
    seen
}

/// The part of a pane that its rows are in.
fn inside(outer: Rect, pane: Pane, tabbed: bool) -> Rect {
    if tabbed {
        return outer;
    }
    let left = u16::from(pane != Pane::Timeline).min(outer.width);
    let top = u16::from(outer.height > 0);
    Rect { x: outer.x + left, y: outer.y + top, width: outer.width - left, height: outer.height - top }
}

fn draw_frame(frame: &mut Frame<'_>, outer: Rect, pane: Pane, title: &str, areas: &Areas, scene: &Scene<'_>) {
    if areas.tabs.is_some() || outer.is_empty() {
        return;
    }
    let focused = scene.state.focus == Some(pane);
    let look = scene.state.look;
    let borders = if pane == Pane::Timeline { Borders::TOP } else { Borders::TOP.union(Borders::LEFT) };
    let name = if focused { format!(" ▸ {title} ") } else { format!(" {title} ") };
    let name = Raw::new(name).for_term().cut(outer.width.saturating_sub(2).into());
    let style = if focused { look.accent() } else { look.quiet() };
    Block::new()
        .borders(borders)
        .border_style(style)
        .title(Line::from(name.to_string()).style(look.title(focused)))
        .render(outer, frame.buffer_mut());
}

/// Draws rows from the top of an area; those that do not fit are left off.
fn draw_rows(frame: &mut Frame<'_>, area: Rect, rows: &[Line<'_>]) {
    for (row, line) in area.rows().zip(rows) {
        line.render(row, frame.buffer_mut());
    }
}
