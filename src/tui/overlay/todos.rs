//! What is still to be done after all incidents, in rows of which one is chosen.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::archive::actions::{Asked, Due, actions};
use crate::archive::{Digest, merged_away};
use crate::text::{Raw, TermText};
use crate::tui::keymap::Act;
use crate::tui::look::Look;

/// The columns of the day and of the owner.
const DUE: usize = "2026-01-01 overdue ".len();
const OWNER: usize = 10;
/// From this width on, the incident is named behind the action.
const WIDE: usize = 76;

/// What is still to be done.
#[derive(Debug, Default)]
pub(in crate::tui) struct Todos {
    rows: Vec<Todo>,
    chosen: usize,
}

/// An action that is open.
#[derive(Debug)]
struct Todo {
    folder: PathBuf,
    number: u32,
    /// The day it is due, and whether that is over.
    due: String,
    overdue: bool,
    owner: TermText,
    text: TermText,
    incident: TermText,
}

impl Todos {
    /// What is still to be done after these incidents, the most pressing first.
    pub(in crate::tui) fn of(incidents: &[(PathBuf, Digest)], today: NaiveDate) -> Self {
        let away = merged_away(incidents.iter().map(|(_, digest)| digest));
        let here = incidents.iter().filter(|(_, digest)| !away.contains(&digest.id));
        let folders: std::collections::HashMap<&Raw, &Path> =
            here.clone().map(|(folder, digest)| (&digest.id, folder.as_path())).collect();
        let due = actions(here.map(|(_, digest)| digest), &Asked::default(), today);
        let rows = due.iter().filter_map(|one| Some(Todo::of(one, folders.get(&one.digest.id)?)));
        Self { rows: rows.collect(), chosen: 0 }
    }

    /// How many there are.
    pub(in crate::tui) fn len(&self) -> usize {
        self.rows.len()
    }

    /// The folder of the incident that asks for the chosen one, and its number there.
    pub(in crate::tui) fn chosen(&self) -> Option<(&Path, u32)> {
        self.rows.get(self.chosen).map(|one| (one.folder.as_path(), one.number))
    }

    /// Chooses another one; the first row that has to be seen, of so many from this one on.
    pub(super) fn go(&mut self, act: Act, page: usize, from: usize) -> usize {
        let last = self.rows.len().saturating_sub(1);
        let to = match act {
            Act::Up => self.chosen.saturating_sub(1),
            Act::Down => self.chosen + 1,
            Act::PageUp => self.chosen.saturating_sub(page),
            Act::PageDown => self.chosen + page,
            Act::First => 0,
            _ => last,
        };
        self.chosen = to.min(last);
        // Not drawn yet, it has no height.
        if page == 0 { from } else { from.clamp((self.chosen + 1).saturating_sub(page), self.chosen) }
    }

    /// All of them, a row each.
    pub(super) fn laid_out(&self, columns: usize, look: Look) -> Vec<Line<'static>> {
        if self.rows.is_empty() {
            return vec![Line::from(Span::styled("Nothing is left to be done.", look.quiet()))];
        }
        let rows = self.rows.iter().enumerate();
        rows.map(|(nth, one)| one.row(nth == self.chosen, columns, look)).collect()
    }
}

impl Todo {
    fn of(one: &Due<'_>, folder: &Path) -> Self {
        let due =
            one.todo.due.map(|due| if one.overdue { format!("{due} overdue") } else { due.to_string() });
        let owner = one.todo.owner.as_ref().map(|owner| format!("@{}", owner.for_term()));
        Self {
            folder: folder.to_owned(),
            number: one.todo.number,
            due: due.unwrap_or_default(),
            overdue: one.overdue,
            owner: Raw::new(owner.unwrap_or_default()).for_term(),
            text: one.todo.text.for_term(),
            incident: one.digest.title.for_term(),
        }
    }

    fn row(&self, is_chosen: bool, columns: usize, look: Look) -> Line<'static> {
        let mark = if is_chosen { "▸ " } else { "  " };
        let due = if self.overdue { look.bad() } else { look.quiet() };
        let owner = self.owner.cut(OWNER - 1);
        let gap = " ".repeat(OWNER.saturating_sub(owner.width()));
        let mut row = Line::from(vec![
            Span::styled(mark, look.accent()),
            Span::styled(format!("{:DUE$}", self.due), due),
            Span::styled(format!("{owner}{gap}"), look.quiet()),
        ]);
        let room = columns.saturating_sub(row.width());
        let incident = if columns >= WIDE {
            Raw::new(format!("  {}", self.incident.cut(room / 3))).for_term()
        } else {
            Raw::default().for_term()
        };
        let text = self.text.cut(room.saturating_sub(incident.width()));
        let gap = room.saturating_sub(text.width() + incident.width());
        row.extend([
            Span::raw(text.to_string()),
            Span::raw(" ".repeat(gap)),
            Span::styled(incident.to_string(), look.quiet()),
        ]);
        row.patch_style(if is_chosen { look.selected() } else { Style::new() })
    }
}
