//! The walk through the doubts of an incident: what each is about, and what would mend it.

use ratatui::style::{Modifier, Style};
use ratatui::text::Line;

use super::rows::Rows;
use crate::grammar::review::{self, Doubt};
use crate::model::Incident;
use crate::text::Raw;
use crate::tui::keymap::{Act, Keymap, stack};

/// Columns before a line that would mend it.
const MEND: usize = 4;

/// What is said where none is open.
const NONE: &str = "no doubt is open: everything in this record is as somebody meant it";

/// What is said of a doubt that names no line.
const THE_WHOLE: &str = "it is about the whole, not about one thing";
/// What is said where nothing of the record stands for the line.
const NOTHING_THERE: &str = "no entry, hypothesis, action or field was made of this line";

/// The doubt at this place, and how many there are; the last where there are fewer.
pub(in crate::tui) fn doubt(incident: &Incident, at: usize) -> (Option<Doubt>, usize) {
    let mut all = review::doubts(incident);
    let count = all.len();
    let found = if all.is_empty() { None } else { Some(all.swap_remove(at.min(count - 1))) };
    (found, count)
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
    if let Some(source) = &doubt.source {
        let line = source.line.map(|line| format!(", line {line}")).unwrap_or_default();
        match &doubt.quote {
            Some(quote) => {
                rows.heading(&format!("{}{line}, was read as", source.file.for_term()));
                quote.for_term_lines().iter().for_each(|line| rows.plain(line.as_str()));
            }
            None => {
                rows.heading(&format!("{}{line}", source.file.for_term()));
                rows.plain(if source.line.is_some() { NOTHING_THERE } else { THE_WHOLE });
            }
        }
    }
    rows.heading("What would mend it");
    for line in &doubt.mend {
        rows.push("  ·", Raw::new(line.as_str()).for_term().as_str(), Style::new(), MEND);
    }
    if let Some(wants) = doubt.wants() {
        rows.push("", wants, Style::new().add_modifier(Modifier::DIM), MEND);
    }
    if let Some(line) = doubt.shell(incident) {
        rows.push("  ·", &format!("in the shell: {line}"), Style::new(), MEND);
    }
    let settle = format!("{}: {}", doubt.settle(), doubt.stays());
    rows.push("  ·", &settle, Style::new(), MEND);
    rows.laid_out(columns)
}
