//! What is still to be done after all incidents, in rows of which one is chosen.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, TryRecvError};

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
    /// How many are left out, since likely copies of an incident ask for the same.
    again: usize,
    chosen: usize,
    /// From where they come, as long as they are being read.
    coming: Option<Receiver<Read>>,
    /// Why they are not known; safe for a terminal.
    trouble: Option<String>,
}

/// What was read, or why it could not be; safe for a terminal.
pub(in crate::tui) type Read = Result<Todos, String>;

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
        let again = due.iter().map(|one| one.also.len()).sum();
        let rows = due.iter().filter_map(|one| Some(Todo::of(one, folders.get(&one.digest.id)?)));
        Self { rows: rows.collect(), again, ..Self::default() }
    }

    /// What a thread is reading.
    pub(in crate::tui) fn coming(from: Receiver<Read>) -> Self {
        Self { coming: Some(from), ..Self::default() }
    }

    /// Takes in what was read; whether there was anything.
    pub(super) fn pump(&mut self) -> bool {
        let Some(read) = self.coming.as_ref().map(Receiver::try_recv) else { return false };
        *self = match read {
            Ok(Ok(todos)) => todos,
            Ok(Err(why)) => Self { trouble: Some(why), ..Self::default() },
            Err(TryRecvError::Empty) => return false,
            Err(TryRecvError::Disconnected) => {
                let why = "they cannot be read: reading them ended before its time".to_owned();
                Self { trouble: Some(why), ..Self::default() }
            }
        };
        true
    }

    /// How many there are, in words.
    pub(super) fn title(&self) -> String {
        let copies =
            if self.again > 0 { format!(", {} more in likely copies", self.again) } else { String::new() };
        match self.rows.len() {
            _ if self.coming.is_some() || self.trouble.is_some() => "Open actions".into(),
            1 => format!("1 open action{copies}"),
            many => format!("{many} open actions{copies}"),
        }
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
        let instead = match &self.trouble {
            Some(why) => Some(Span::styled(why.clone(), look.bad())),
            None if self.coming.is_some() => Some(Span::styled("Reading the incidents …", look.quiet())),
            None => self.rows.is_empty().then(|| Span::styled("Nothing is left to be done.", look.quiet())),
        };
        if let Some(instead) = instead {
            return vec![Line::from(instead)];
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
        let also = one.also.iter().map(|(id, _)| format!(" · also in {}, likely a copy", id.for_term()));
        let also: String = also.collect();
        Self {
            folder: folder.to_owned(),
            number: one.todo.number,
            due: due.unwrap_or_default(),
            overdue: one.overdue,
            owner: Raw::new(owner.unwrap_or_default()).for_term(),
            text: Raw::new(format!("{}{also}", one.todo.text.for_term())).for_term(),
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
