//! The tables of the templates: entries, actions, people, facts.

use chrono::NaiveDate;

use super::{Form, Place, is_unknown};

/// The first cells of the rows that name the columns.
const HEADS: [&str; 5] = ["Time", "Date/Time", "Action Item", "Name", "Incident Summary"];

impl Form {
    /// A row of a table.
    pub(super) fn row(&mut self, text: &str, line: u32) {
        let cells = cells(text);
        let [first, rest @ ..] = cells.as_slice() else { return };
        let is_rule = cells.iter().all(|cell| cell.chars().all(|c| matches!(c, '-' | ':')));
        if is_rule || HEADS.contains(first) {
            return;
        }
        match (self.place, rest) {
            (Place::Timeline, [told, ..]) => {
                let told = if self.name == "kehoe" { rest.get(1).unwrap_or(told) } else { told };
                self.entry_of(first, told, line);
            }
            (Place::Timeline, []) => self.foreign = true,
            (Place::Actions, _) => self.action(first, rest, line),
            (Place::Roles, [role, ..]) => self.put(Place::Roles, format!("- {role}: {first}"), line),
            _ => {
                for pair in cells.chunks(2) {
                    self.fact(pair[0], pair.get(1).copied().unwrap_or_default(), line);
                }
            }
        }
    }

    /// `2024-05-06 10:15–10:40 CEST`, and what happened then.
    fn entry_of(&mut self, when: &str, told: &str, line: u32) {
        let (about, time) = when.strip_prefix('~').map_or(("", when), |time| ("~", time));
        let has_date = time.len() >= 10 && time.as_bytes()[4] == b'-' && time.is_char_boundary(10);
        let (date, time) = if has_date { time.split_at(10) } else { ("no date", time) };
        let time = if time.is_empty() { "no time" } else { time.trim_start() };
        if self.day.split(',').next() != Some(date) {
            let known = date.parse::<NaiveDate>();
            let day = known.map_or_else(|_| date.to_owned(), |day| day.format("%Y-%m-%d, %A").to_string());
            self.dated(&day, line);
        }
        self.timed(&format!("{about}{time}"), told, line);
    }

    /// What is to be done, with what the other columns say of it.
    fn action(&mut self, text: &str, rest: &[&str], line: u32) {
        let cell = |nth: usize| rest.get(nth).copied().filter(|cell| !is_unknown(cell));
        let (text, state) = ["done", "dropped"]
            .into_iter()
            .find_map(|state| Some((text.strip_suffix(&format!(" ({state})"))?, Some(state))))
            .unwrap_or((text, None));
        let kind = cell(0).unwrap_or_default();
        let mut known = Vec::new();
        known.extend(cell(1).map(|owner| format!("owner: {owner}")));
        let link = if self.name == "kehoe" {
            known.extend(cell(4).map(|due| format!("due: {due}")));
            known.extend(cell(2).map(|priority| format!("priority: {priority}")));
            cell(3)
        } else {
            cell(2)
        };
        let class = Some(kind).filter(|kind| !matches!(*kind, "task" | "improvement" | ""));
        known.extend(class.map(|class| format!("class: {class}")));
        known.extend(
            link.map(
                |link| if link.starts_with("[link](") { link.to_owned() } else { format!("link: {link}") },
            ),
        );
        known.extend(state.map(str::to_owned));
        let known = if known.is_empty() { String::new() } else { format!(" ({})", known.join("; ")) };
        let place = if kind == "improvement" { Place::Improvements } else { Place::Actions };
        self.put(place, format!("- {text}{known}"), line);
    }
}

/// The cells of a row: a bar that stands for itself has a backslash before it.
fn cells(row: &str) -> Vec<&str> {
    let row = row.strip_prefix('|').unwrap_or(row);
    let (mut cells, mut start, mut escaped) = (Vec::new(), 0, false);
    for (at, c) in row.char_indices() {
        match c {
            '\\' => escaped = !escaped,
            '|' if !escaped => {
                cells.push(row[start..at].trim());
                start = at + 1;
            }
            _ => escaped = false,
        }
    }
    let last = row[start..].trim();
    cells.extend((!last.is_empty()).then_some(last));
    cells
}
