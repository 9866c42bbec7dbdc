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
mod shared;
mod status;
mod timeline;

use std::hash::Hash;

use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::{Block, Borders, Widget as _};

use super::canvas::Canvas;
use super::look::Look;
use super::state::{Pane, Seen, State};
use super::times::Ages;
use super::typed::Hint;
use crate::grammar::Wanted;
use crate::model::Incident;
use crate::session::Saving;
use crate::share::{Person, Standing};
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
    /// Where the link to other hosts stands, where the incident is shared.
    pub(super) sharing: Option<&'a Standing>,
    pub(super) by: &'a Raw,
    pub(super) peers: &'a [Peer],
    /// Who has it open on other hosts.
    pub(super) people: &'a [Person],
    pub(super) hint: &'a Hint,
    pub(super) ages: Ages<'a>,
    /// Everything that changes by itself.
    pub(super) clocks: &'a str,
}

/// Draws the room. The panes stand as they were drawn where nothing of what they follow from has changed: while somebody
/// types, only what is around the prompt is drawn.
pub(super) fn draw(canvas: &mut Canvas, scene: &Scene<'_>) -> Seen {
    let area = canvas.area();
    let typed = prompt::Typed::of(scene, area.width);
    let below = prompt::below(scene, area.width);
    let notices = prompt::notices(scene, area.width);
    let mut areas = Areas::of(area, scene, [notices.len(), typed.rows(), below.len()]);
    let look = scene.state.look;
    let mut seen = Seen {
        prompt: areas.prompt,
        overlay: Rect::default(),
        overlay_hidden: 0,
        ..scene.state.seen.clone()
    };
    draw_top(canvas, &areas, scene, &mut seen);
    draw_timeline(canvas, &areas, scene, &mut seen);
    draw_beside(canvas, &mut areas, scene, &mut seen);
    seen.focus = scene.state.focus;
    offer::draw(canvas, areas.panes, scene);
    for part in [areas.notices, areas.prompt, areas.below] {
        canvas.clear(part);
        canvas.buffer_mut().set_style(part, look.plain());
    }
    draw_rows(canvas, areas.notices, &notices);
    prompt::draw_rule(canvas, areas.rule, scene);
    typed.draw(canvas, areas.prompt, scene);
    draw_rows(canvas, areas.below, &below);
    status::draw(canvas, areas.status, scene);
    if let Some(over) = &scene.state.overlay {
        (seen.overlay, seen.overlay_hidden) =
            overlay::draw(canvas, areas.panes, over, look, &scene.state.keys);
    }
    in_words::apply(canvas, look);
    seen
}

/// What all that is drawn of the incident follows from, besides where the person is.
fn incident_of<'a>(scene: &Scene<'a>) -> impl Hash + use<'a> {
    let journal = &scene.incident.journal;
    (journal.records, journal.last, scene.state.replaying.is_some(), scene.clocks)
}

/// What only is shown of the timeline.
fn find_of<'a>(scene: &Scene<'a>) -> Option<&'a Raw> {
    scene.state.timeline.find.as_ref().map(Wanted::typed)
}

/// Begins a part of the screen; whether it is to be drawn.
fn begin(canvas: &mut Canvas, area: Rect, follows_from: impl Hash, look: Look) -> bool {
    let begun = canvas.begin(area, follows_from);
    if begun {
        canvas.buffer_mut().set_style(area, look.plain());
    }
    begun
}

/// Draws what stands above the panes.
fn draw_top(canvas: &mut Canvas, areas: &Areas, scene: &Scene<'_>, seen: &mut Seen) {
    let State { focus, shown, timeline, look, .. } = scene.state;
    let part = Rect { height: areas.panes.y - areas.header.y, ..areas.header };
    let place = (focus, shown, find_of(scene), timeline.order, areas.header.height, areas.answers.height);
    if !begin(canvas, part, (incident_of(scene), place), *look) {
        return;
    }
    if scene.state.reading {
        draw_rows(canvas, areas.header, &[header::reading(scene, areas.header.width)]);
        return;
    }
    header::draw(canvas, areas.header, scene);
    seen.tabs = areas.tabs.map(|tabs| header::draw_tabs(canvas, tabs, scene)).unwrap_or_default();
    if !areas.answers.is_empty() {
        draw_rows(canvas, areas.answers, &answers::rows(scene, areas.answers.width, 1));
    }
}

/// Draws the timeline.
fn draw_timeline(canvas: &mut Canvas, areas: &Areas, scene: &Scene<'_>, seen: &mut Seen) {
    let State { focus, timeline, look, .. } = scene.state;
    seen.timeline = inside(areas, Pane::Timeline);
    if seen.timeline.is_empty() {
        seen.owners.retain(|(pane, ..)| *pane != Pane::Timeline);
    }
    let focused = *focus == Some(Pane::Timeline);
    let place =
        (focused, timeline.anchor, timeline.selected, find_of(scene), timeline.order, areas.tabs.is_some());
    let place = (place, timeline.opened.changes());
    let journal = &scene.incident.journal;
    let follows_from = (journal.records, journal.last, place);
    if !begin(canvas, areas.pane(Pane::Timeline), follows_from, *look) {
        return;
    }
    seen.owners.retain(|(pane, ..)| *pane != Pane::Timeline);
    let title = timeline::draw(canvas, seen.timeline, scene, &mut seen.owners);
    draw_frame(canvas, Pane::Timeline, &title, areas, scene);
}

/// Draws the hypotheses, with how the search stands above them, and the actions below.
fn draw_beside(canvas: &mut Canvas, areas: &mut Areas, scene: &Scene<'_>, seen: &mut Seen) {
    let State { focus, hypothesis, action, look, .. } = scene.state;
    let part = areas.beside_timeline();
    if part.is_empty() {
        (seen.hypotheses, seen.actions) = (Rect::default(), Rect::default());
        seen.owners.retain(|(pane, ..)| *pane == Pane::Timeline);
    }
    let place = (focus, hypothesis, action, seen.focus, seen.scrolled, areas.tabs, areas.answers);
    if !begin(canvas, part, (incident_of(scene), place), *look) {
        return;
    }
    seen.owners.retain(|(pane, ..)| *pane == Pane::Timeline);
    if scene.state.reading {
        for pane in [Pane::Hypotheses, Pane::Actions] {
            draw_rows(canvas, inside(areas, pane), &[Line::from(header::READING).style(look.quiet())]);
            draw_frame(canvas, pane, pane.name(), areas, scene);
        }
        return;
    }
    let hypotheses = hypotheses::items(scene, areas.beside());
    let actions = actions::items(scene, areas.beside());
    let answers =
        if areas.answers.is_empty() { answers::rows(scene, areas.beside(), ANSWERS) } else { Vec::new() };
    areas.share(answers.len() + list::height(&hypotheses), list::height(&actions));
    for (pane, items) in [(Pane::Hypotheses, &hypotheses), (Pane::Actions, &actions)] {
        let mut inner = inside(areas, pane);
        let whole = inner;
        if pane == Pane::Hypotheses {
            let most = usize::from(inner.height / LEAST_BELOW);
            // Those that there is no room for are told in fewer.
            let answers =
                if answers.len() > most { answers::rows(scene, inner.width, most) } else { answers.clone() };
            let rows = u16::try_from(answers.len().min(most)).unwrap_or(0);
            draw_rows(canvas, areas::top(&mut inner, rows), &answers);
        }
        let more = draw_list(canvas, inner, pane, items, scene, seen);
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
        draw_frame(canvas, pane, &(title + &more), areas, scene);
    }
}

/// Draws the hypotheses or the actions, notes what is where, and says where more of them is.
fn draw_list(
    canvas: &mut Canvas,
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
    let drawn = list::draw(canvas, area, &Listing { items, selected, scroll, teaching }, state.look);
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

fn draw_frame(canvas: &mut Canvas, pane: Pane, title: &str, areas: &Areas, scene: &Scene<'_>) {
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
        .render(outer, canvas.buffer_mut());
}

/// Draws rows from the top of an area; those that do not fit are left off.
pub(super) fn draw_rows(canvas: &mut Canvas, area: Rect, rows: &[Line<'_>]) {
    for (row, line) in area.rows().zip(rows) {
        line.render(row, canvas.buffer_mut());
    }
}
