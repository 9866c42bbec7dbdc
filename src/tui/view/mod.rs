//! The view: draws what is given, and changes nothing but what it reports to have put where.

mod actions;
mod answers;
pub(super) mod areas;
mod clocks;
mod header;
mod hypotheses;
mod in_words;
pub(super) mod list;
mod offer;
pub(super) use in_words::apply as without_signs;
pub(super) mod overlay;
pub(super) mod prompt;
pub(super) mod ranked;
mod replay;
mod status;
mod timeline;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::{Block, Borders, Widget as _};

use super::state::{Pane, Seen, State};
use super::times::Ages;
use super::typed::Hint;
use crate::model::Incident;
use crate::session::Saving;
use crate::store::presence::Peer;
use crate::text::Raw;
use areas::Areas;
pub(super) use clocks::clocks;
use list::Listing;
pub(super) use overlay::columns as overlay_columns;

/// How many rows the hypotheses have for each that says how the search stands.
const LEAST_BELOW: u16 = 3;
/// The most rows that say so.
const ANSWERS: usize = 2;

/// Everything that is drawn.
#[derive(Clone, Copy)]
pub(super) struct Scene<'a> {
    pub(super) state: &'a State,
    pub(super) incident: &'a Incident,
    pub(super) saving: &'a Saving,
    pub(super) by: &'a Raw,
    pub(super) peers: &'a [Peer],
    pub(super) hint: &'a Hint,
    pub(super) ages: Ages<'a>,
}

/// Draws the room.
pub(super) fn draw(frame: &mut Frame<'_>, scene: &Scene<'_>) -> Seen {
    let area = frame.area();
    frame.buffer_mut().set_style(area, scene.state.look.plain());
    let typed = prompt::Typed::of(scene, area.width);
    let below = prompt::below(scene, area.width);
    let notices = prompt::notices(scene, area.width);
    let mut areas = Areas::of(area, scene, [notices.len(), typed.rows(), below.len()]);
    let hypotheses = hypotheses::items(scene, areas.beside());
    let actions = actions::items(scene, areas.beside());
    let answers = if areas.answers.is_empty() {
        answers::rows(scene, areas.beside(), ANSWERS)
    } else {
        draw_rows(frame, areas.answers, &answers::rows(scene, areas.answers.width, 1));
        Vec::new()
    };
    areas.share(answers.len() + list::height(&hypotheses), list::height(&actions));
    header::draw(frame, areas.header, scene);
    let mut seen = Seen { prompt: areas.prompt, focus: scene.state.focus, ..Seen::default() };
    if let Some(tabs) = areas.tabs {
        seen.tabs = header::draw_tabs(frame, tabs, scene);
    }
    seen.timeline = inside(&areas, Pane::Timeline);
    let title = timeline::draw(frame, seen.timeline, scene, &mut seen.owners);
    draw_frame(frame, Pane::Timeline, &title, &areas, scene);
    for (pane, items) in [(Pane::Hypotheses, &hypotheses), (Pane::Actions, &actions)] {
        let mut inner = inside(&areas, pane);
        let whole = inner;
        if pane == Pane::Hypotheses {
            let most = usize::from(inner.height / LEAST_BELOW);
            // Those that there is no room for are told in fewer.
            let answers =
                if answers.len() > most { answers::rows(scene, inner.width, most) } else { answers.clone() };
            let rows = u16::try_from(answers.len().min(most)).unwrap_or(0);
            draw_rows(frame, areas::top(&mut inner, rows), &answers);
        }
        let more = draw_list(frame, inner, pane, items, scene, &mut seen);
        if pane == Pane::Hypotheses {
            seen.hypotheses = whole;
        }
        let title = match pane {
            Pane::Hypotheses => {
                let room = usize::from(areas.pane(pane).width).saturating_sub(7 + more.chars().count());
                hypotheses::title(scene.incident, room, scene.state.look)
            }
            _ => actions::title(scene.incident),
        };
        draw_frame(frame, pane, &(title + &more), &areas, scene);
    }
    offer::draw(frame, areas.panes, scene);
    draw_rows(frame, areas.notices, &notices);
    prompt::draw_rule(frame, areas.rule, scene);
    typed.draw(frame, areas.prompt, scene);
    draw_rows(frame, areas.below, &below);
    status::draw(frame, areas.status, scene);
    if let Some(over) = &scene.state.overlay {
        (seen.overlay, seen.overlay_hidden) =
            overlay::draw(frame, areas.panes, over, scene.state.look, &scene.state.keys);
    }
    in_words::apply(frame, scene.state.look);
    seen
}

/// Draws the hypotheses or the actions, notes what is where, and says where more of them is.
fn draw_list(
    frame: &mut Frame<'_>,
    area: Rect,
    pane: Pane,
    items: &[list::Item],
    scene: &Scene<'_>,
    seen: &mut Seen,
) -> String {
    let state = scene.state;
    let focused = state.focus == Some(pane);
    let is_hypotheses = pane == Pane::Hypotheses;
    let (selected, scroll, teaching) = if is_hypotheses {
        (state.hypothesis, state.seen.scrolled.0, hypotheses::TEACHING)
    } else {
        (state.action, state.seen.scrolled.1, actions::TEACHING)
    };
    let selected = selected.filter(|_| focused);
    // Whoever leaves it wants to see again what comes first.
    let was_left = !focused && state.seen.focus == Some(pane);
    let scroll = if was_left { 0 } else { scroll };
    let drawn = list::draw(frame, area, &Listing { items, selected, scroll, teaching }, state.look);
    let more = drawn.more();
    seen.owners.extend(drawn.owners.into_iter().map(|(row, id)| (pane, row, id)));
    if is_hypotheses {
        (seen.hypotheses, seen.scrolled.0) = (area, drawn.above);
    } else {
        (seen.actions, seen.scrolled.1) = (area, drawn.above);
    }
    more
}

/// The part of a pane that its rows are in.
fn inside(areas: &Areas, pane: Pane) -> Rect {
    let outer = areas.pane(pane);
    if areas.tabs.is_some() {
        return outer;
    }
    // The timeline has a free column before the line to its right, the others that line to their left.
    let aside = u16::from(outer.width > 0);
    let left = if pane == Pane::Timeline { 0 } else { aside };
    let top = u16::from(outer.height > 0);
    Rect { x: outer.x + left, y: outer.y + top, width: outer.width - aside, height: outer.height - top }
}

fn draw_frame(frame: &mut Frame<'_>, pane: Pane, title: &str, areas: &Areas, scene: &Scene<'_>) {
    let outer = areas.pane(pane);
    if areas.tabs.is_some() || outer.is_empty() {
        return;
    }
    let focused = scene.state.focus == Some(pane);
    let look = scene.state.look;
    let borders = if pane == Pane::Timeline { Borders::TOP } else { Borders::TOP.union(Borders::LEFT) };
    let name = if focused { format!(" ▸ {title} ") } else { format!(" {title} ") };
    let name = Raw::new(name).for_term().cut(outer.width.saturating_sub(2).into());
    let style = if focused { look.accent() } else { look.border() };
    Block::new()
        .borders(borders)
        .border_style(style)
        .title(Line::from(name.to_string()).style(look.title(focused)))
        .render(outer, frame.buffer_mut());
}

/// Draws rows from the top of an area; those that do not fit are left off.
pub(super) fn draw_rows(frame: &mut Frame<'_>, area: Rect, rows: &[Line<'_>]) {
    for (row, line) in area.rows().zip(rows) {
        line.render(row, frame.buffer_mut());
    }
}
