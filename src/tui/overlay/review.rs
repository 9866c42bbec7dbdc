//! The walk through the doubts of an incident: what each is about, and what would mend it.

use ratatui::style::{Modifier, Style};
use ratatui::text::Line;

use super::rows::Rows;
use crate::grammar::review::{self, Doubt};
use crate::model::Incident;
use crate::tui::keymap::{Act, Keymap, stack};

/// Columns before a line that would mend it.
const MEND: usize = 4;

/// What is said where none is open.
const NONE: &str = "no doubt is open: everything in this record is as somebody meant it";

/// The doubt at this place, and how many there are; the last where there are fewer.
pub(in crate::tui) fn doubt(incident: &Incident, at: usize) -> (Option<Doubt>, usize) {
    let count = incident.warnings.len();
    (review::doubt(at.min(count.saturating_sub(1)), incident), count)
}

/// The rows of the doubt at this place.
pub(super) fn laid_out(incident: &Incident, at: usize, keys: &Keymap, columns: usize) -> Vec<Line<'static>> {
    let mut rows = Rows::default();
    let (found, count) = doubt(incident, at);
    let Some(doubt) = found else {
        rows.plain(NONE);
        return rows.laid_out(columns);
    };
    rows.heading(&format!("Doubt {} of {count}", doubt.number));
    // Above what may be long: on a small screen they would be out of sight.
    let hints = [
        (Act::MendDoubt, "goes there and writes the first line"),
        (Act::SettleDoubt, "writes the line that settles it"),
        (Act::NextDoubt, "next"),
        (Act::PreviousDoubt, "previous"),
        (Act::Close, "leaves"),
    ];
    rows.push("", &keys.hints(&hints, stack::REVIEW), Style::new().add_modifier(Modifier::DIM), 2);
    rows.plain("");
    rows.plain(doubt.words().for_term().as_str());
    if let Some((place, about)) = doubt.place() {
        rows.heading(&place);
        about.for_term_lines().iter().for_each(|line| rows.plain(line.as_str()));
    }
    rows.heading("What would mend it");
    for way in doubt.ways(incident) {
        rows.push("  ·", &way.words(), Style::new(), MEND);
    }
    rows.laid_out(columns)
}
