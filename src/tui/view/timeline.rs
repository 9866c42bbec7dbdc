//! The timeline.

use crate::tui::canvas::Canvas;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::header::READING;
use super::{Scene, draw_rows, list};
use crate::model::Id;
use crate::tui::keymap::{Act, stack};
use crate::tui::sheet::{Order, Sheet};
use crate::tui::state::Pane;

/// What is shown where nothing is logged; Enter stands for the key that does it.
const TEACHING: [&str; 4] = [
    "Nothing is logged yet.",
    "",
    "Type what happens, and Enter: it is logged with the time.",
    "Begin with a time for what happened earlier: 10:42 rolled back, or -5m …",
];

/// Draws it, and gives its title.
pub(super) fn draw(
    canvas: &mut Canvas,
    area: Rect,
    scene: &Scene<'_>,
    owners: &mut Vec<(Pane, u16, Id)>,
) -> String {
    let place = &scene.state.timeline;
    let look = scene.state.look;
    let sheet = Sheet::new(scene.incident, place, area.width, look);
    let mut title = Pane::Timeline.name().to_owned();
    if place.order == Order::Known {
        title.push_str(" · as we knew it");
    }
    if let Some(wanted) = &place.find {
        let (found, all) = (sheet.len(), scene.incident.timeline.len());
        let ends = scene.state.keys.hint(&[Act::ToPrompt], "ends", stack::PROMPT).unwrap_or_default();
        title.push_str(&format!(" · find \"{}\": {found} of {all}, {ends}", wanted.typed().for_term()));
    }
    if sheet.is_empty() && scene.state.reading {
        draw_rows(canvas, area, &[Line::from(READING).style(look.quiet())]);
        return title;
    }
    if sheet.is_empty() {
        let commit = scene.state.keys.key(Act::Commit, stack::PROMPT).unwrap_or_default();
        let taught = TEACHING.map(|line| line.replace("Enter", &commit));
        let taught = taught.each_ref().map(String::as_str);
        let teaching = if place.find.is_some() { &["No entry has all of this."][..] } else { &taught };
        draw_rows(canvas, area, &list::wrapped(teaching, area.width, look.quiet()));
        return title;
    }
    let window = sheet.window(place.anchor, area.height.into());
    if let Some((top, _)) = window.rows.first() {
        title.push_str(&format!(" · {}", sheet.day(*top)));
    }
    if window.below > 0 {
        title.push_str(&format!(" · {} later ▼", window.below));
    }
    let selected = place.selected.filter(|_| scene.state.focus == Some(Pane::Timeline));
    for ((nth, row), place) in window.rows.iter().zip(area.rows()) {
        let id = sheet.entry(*nth).id;
        canvas.put(place, &sheet.painted(*nth, row));
        if selected == Some(id) {
            canvas.buffer_mut().set_style(place, look.selected());
        }
        owners.push((Pane::Timeline, place.y, id));
    }
    title
}
