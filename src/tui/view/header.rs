//! The header: how bad, where it stands, what it is, how long, and what the wall shows. And the names of the panes, where
//! only one is shown.

use crate::tui::canvas::Canvas;
use chrono::TimeDelta;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget as _;

use super::{Scene, clocks};
use crate::model::{ActionStatus, DisputedItem, Hypothesis, Incident};
use crate::text::{Raw, TermText};
use crate::tui::disputed;
use crate::tui::look::Look;
use crate::tui::sheet::Order;
use crate::tui::state::Pane;
use crate::tui::times;

/// What the tab of the hypotheses says where the search stands still.
const NONE_TESTED: &str = "0 tested";

/// The columns from which on the past is told here, too.
const WIDE: usize = 100;

/// The least columns that the id has of which an incident became a part.
const LEAST_OF_ID: usize = 14;

/// What stands for all that is not known before the incident is read.
pub(super) const READING: &str = " reading …";

/// The header of an incident of which only the newest is there: neither where it stands nor how long it has been going on can be
/// told.
pub(super) fn reading(scene: &Scene<'_>, width: u16) -> Line<'static> {
    let title = scene.incident.title.for_term();
    let title = title.cut_at_word(usize::from(width).saturating_sub(READING.chars().count() + 2));
    let look = scene.state.look;
    Line::from(vec![
        Span::styled(format!("{READING}  "), look.quiet()),
        Span::styled(title.to_string(), ratatui::style::Style::new().bold()),
    ])
}

pub(super) fn draw(canvas: &mut Canvas, area: Rect, scene: &Scene<'_>) {
    let incident = scene.incident;
    let look = scene.state.look;
    let severity = incident.severity.map_or_else(|| " SEV – ".into(), |severity| format!(" SEV {severity} "));
    let status = incident.status.word();
    let marks = [
        Span::styled(severity, look.severity(incident.severity)),
        Span::raw(" "),
        Span::styled(status, if incident.status.is_over() { look.good() } else { look.warn() }),
        Span::raw("  "),
    ];
    let width = usize::from(area.width);
    let past = look.warn().add_modifier(Modifier::REVERSED | Modifier::BOLD);
    // The bar above the prompt says it, too: where there is little room, the clocks count more.
    let past = scene
        .state
        .replaying
        .as_ref()
        .filter(|_| width >= WIDE)
        .map(|_| [Span::styled(" REPLAY ", past), Span::raw("  ")]);
    let marks = marks.into_iter().chain(past.into_iter().flatten());
    let marks = marks.chain(part_of(incident, width, look));
    let marks: Vec<Span<'static>> = marks.chain(otherwise(incident, width, look)).collect();
    let title_style = ratatui::style::Style::new().bold();
    let taken: usize = marks.iter().map(Span::width).sum();
    let wall = Raw::new(times::zoned(incident, scene.ages.now)).for_term();
    if area.height > 1 {
        let title = incident.title.for_term().cut_at_word(width.saturating_sub(wall.width() + 1));
        let title = Line::from(Span::styled(title.to_string(), title_style));
        let since = clocks::elapsed(incident, &scene.ages, width.saturating_sub(taken));
        let rows = [apart(title, &wall, width), apart(Line::from(marks), &since, width)];
        super::draw_rows(canvas, area, &rows);
        return;
    }
    // On one row the title counts most, after the marks; the clocks give way, the wall's last.
    let title = incident.title.for_term();
    let room = width.saturating_sub(taken);
    let least = title.width().min(room / 4).max(8);
    let clocks = clocks::all(incident, &scene.ages).into_iter().chain([wall]);
    let clocks = clocks.into_iter().find(|clocks| clocks.width() + 2 + least <= room);
    let room = clocks.as_ref().map_or(room, |clocks| room - clocks.width() - 2);
    let title = title.cut_at_word(room);
    let mut line = Line::from(marks);
    line.push_span(Span::styled(title.to_string(), title_style));
    let line = match clocks {
        Some(clocks) => apart(line, &clocks, width),
        None => line,
    };
    line.render(area, canvas.buffer_mut());
}

/// Of what incident it became a part: what is said here is missing there.
fn part_of(incident: &Incident, width: usize, look: Look) -> Option<Span<'static>> {
    let into = incident.merged_into.as_ref()?.for_term().cut((width / 4).max(LEAST_OF_ID));
    Some(Span::styled(format!("part of {into}  "), look.warn()))
}

/// What of the incident itself, its milestones and its roles somebody says otherwise: the first of it, and how much more there is.
fn otherwise(incident: &Incident, width: usize, look: Look) -> Option<Span<'static>> {
    let has_no_row = |item: &DisputedItem| matches!(item, DisputedItem::Milestone(_) | DisputedItem::Role(_));
    let mut notes = disputed::notes(None, incident, look);
    notes.extend(disputed::named(incident, look, has_no_row));
    let first = Raw::new(notes.first()?).for_term().cut((width / 3).max(LEAST_OF_ID));
    let more = if notes.len() > 1 { format!(" +{}", notes.len() - 1) } else { String::new() };
    Some(Span::styled(format!("{first}{more}  "), look.quiet()))
}

/// A row with something at its right end.
fn apart<'a>(mut left: Line<'a>, right: &TermText, width: usize) -> Line<'a> {
    let gap = width.saturating_sub(left.width() + right.width());
    left.extend([Span::raw(" ".repeat(gap)), Span::raw(right.to_string())]);
    left
}

/// Draws the names, and gives where each is.
pub(super) fn draw_tabs(canvas: &mut Canvas, area: Rect, scene: &Scene<'_>) -> Vec<(Pane, Rect)> {
    let look = scene.state.look;
    let open = scene.incident.actions.iter().filter(|a| a.status == ActionStatus::Open).count();
    let live = scene.incident.hypotheses.iter().filter(|h| !h.status.is_closed()).count();
    let stands_still = scene.ages.inquiry(scene.incident).stands_still;
    let is_over =
        |hypothesis: &&Hypothesis| scene.ages.left(hypothesis).is_some_and(|left| left <= TimeDelta::zero());
    let over = scene.incident.hypotheses.iter().filter(is_over).count();
    let mut tabs = Line::default();
    let mut places = Vec::new();
    for pane in Pane::ALL {
        let count = match pane {
            Pane::Timeline => String::new(),
            // Where another pane is shown, this is all that can be seen of it.
            Pane::Hypotheses if stands_still => format!(" {live}, {NONE_TESTED}"),
            Pane::Hypotheses if over > 0 => format!(" {live}, {over} over"),
            Pane::Hypotheses => format!(" {live}"),
            Pane::Actions => format!(" {open}"),
        };
        let warns = (stands_still || over > 0) && pane == Pane::Hypotheses;
        let focused = scene.state.focus == Some(pane);
        let shown = if look.is_in_words() && scene.state.shown == pane { " (shown)" } else { "" };
        let count = count + shown;
        let name = format!("{}{}{count} ", if focused { "▸" } else { " " }, pane.name());
        let style = if warns { look.title(focused).patch(look.warn()) } else { look.title(focused) };
        let style = if scene.state.shown == pane { style.reversed() } else { style };
        let before = u16::try_from(tabs.width()).unwrap_or(u16::MAX);
        let name = Span::styled(name, style);
        let width = u16::try_from(name.width()).unwrap_or(u16::MAX);
        let place = Rect { x: area.x.saturating_add(before), width, ..area };
        places.push((pane, place.intersection(area)));
        tabs.extend([name, Span::raw(" ")]);
    }
    if let Some(wanted) = &scene.state.timeline.find {
        tabs.push_span(Span::styled(format!("find: {}", wanted.typed().for_term()), look.warn()));
    } else if scene.state.timeline.order == Order::Known {
        tabs.push_span(Span::styled("as we knew it", look.warn()));
    }
    tabs.render(area, canvas.buffer_mut());
    places
}
