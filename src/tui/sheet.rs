//! The timeline as rows of the screen. Only the rows that are seen are laid out: an incident may have thousands of entries.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

use super::look::Look;
use super::state::InTimeline;
use super::times;
use crate::grammar::parts::Part;
use crate::model::{Entry, Id, Incident};
use crate::text::marks::{self, Mark};
use crate::text::{Raw, TermText};

/// After so many days nobody logs an outage any more: it is written up.
const AFTERWARDS: i64 = 7;

/// Which rows are seen, by the lowest of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Anchor {
    /// The newest is at the bottom, and stays there as more come.
    #[default]
    End,
    /// This entry is at the bottom, with so many of its rows below the edge.
    At { entry: Id, below: usize },
}

/// A place in the sheet: the entry at the bottom, and how many of its rows are below the edge.
type Bottom = (usize, usize);

/// What is seen of the timeline.
pub(super) struct Window {
    /// The rows, and the entry each belongs to.
    pub(super) rows: Vec<(usize, Line<'static>)>,
    /// How many entries begin below the last row.
    pub(super) below: usize,
}

/// Rows that were laid out: they are kept as long as nothing of what they show changes.
#[derive(Clone, Debug, Default)]
pub(super) struct Laid {
    /// How many records there were, and the last; the width; what was searched for.
    seen: Option<(u64, Option<Id>, u16, Option<Raw>)>,
    rows: HashMap<Id, Rc<[Line<'static>]>>,
}

/// How many entries' rows are kept: some screens full.
const KEPT: usize = 2_000;

/// The entries to be shown, in the width there is.
pub(super) struct Sheet<'a> {
    laid: &'a RefCell<Laid>,
    incident: &'a Incident,
    entries: Vec<&'a Entry>,
    several: bool,
    width: usize,
    look: Look,
}

impl<'a> Sheet<'a> {
    pub(super) fn new(incident: &'a Incident, place: &'a InTimeline, width: u16, look: Look) -> Self {
        let seen = Some((incident.journal.records, incident.journal.last, width, place.find.clone()));
        let laid = &place.laid;
        if laid.borrow().seen != seen {
            *laid.borrow_mut() = Laid { seen, rows: HashMap::new() };
        }
        let all = &incident.timeline;
        let entries = match &place.find {
            None => all.iter().collect(),
            Some(wanted) => all.iter().filter(|entry| is_found(&entry.text, wanted)).collect(),
        };
        let several = all.iter().any(|entry| entry.by != all[0].by);
        Self { laid, incident, entries, several, width: width.into(), look }
    }

    pub(super) fn entries(&self) -> &[&'a Entry] {
        &self.entries
    }

    /// The rows that fit above the anchor; from the first entry on where they do not fill the height.
    pub(super) fn window(&self, anchor: Anchor, height: usize) -> Window {
        let Some((bottom, below)) = self.bottom(anchor, height) else {
            return Window { rows: Vec::new(), below: 0 };
        };
        let mut rows = Vec::new();
        for nth in (0..=bottom).rev() {
            let own = self.rows(nth);
            let hidden = if nth == bottom { below.min(own.len()) } else { 0 };
            rows.extend(own[..own.len() - hidden].iter().rev().map(|row| (nth, row.clone())));
            if rows.len() >= height {
                break;
            }
        }
        rows.truncate(height);
        rows.reverse();
        Window { rows, below: self.entries.len() - 1 - bottom }
    }

    /// Scrolls by rows, up where `by` is negative.
    pub(super) fn scrolled(&self, anchor: Anchor, by: isize, height: usize) -> Anchor {
        let Some((mut nth, mut below)) = self.bottom(anchor, height) else { return Anchor::End };
        let mut left = by.unsigned_abs();
        if by < 0 {
            below += left;
            while below >= self.rows(nth).len() {
                if nth == 0 {
                    below = self.rows(0).len() - 1;
                    break;
                }
                below -= self.rows(nth).len();
                nth -= 1;
            }
        } else {
            while left > 0 {
                if below >= left {
                    below -= left;
                    break;
                }
                left -= below;
                below = 0;
                if nth + 1 == self.entries.len() {
                    break;
                }
                nth += 1;
                below = self.rows(nth).len();
            }
        }
        self.anchor(self.not_above_the_top((nth, below), height))
    }

    /// The anchor closest to this one with which all of an entry is seen, or its beginning where it is higher than the pane.
    pub(super) fn revealing(&self, anchor: Anchor, entry: usize, height: usize) -> Anchor {
        let Some((bottom, below)) = self.bottom(anchor, height) else { return Anchor::End };
        if entry > bottom || (entry == bottom && below > 0) {
            let below = self.rows(entry).len().saturating_sub(height);
            return self.anchor(self.not_above_the_top((entry, below), height));
        }
        let mut rows = 0;
        for nth in (entry..=bottom).rev() {
            rows += self.rows(nth).len();
            if rows > height + below {
                return self.anchor(self.with_on_top(entry, height));
            }
        }
        anchor
    }

    /// The place of an entry among those shown.
    pub(super) fn position(&self, id: Id) -> Option<usize> {
        self.entries.iter().rposition(|entry| entry.id == id)
    }

    /// The place an anchor means; none where there is nothing to show. An entry that is not shown any more is replaced by
    /// the newest one.
    fn bottom(&self, anchor: Anchor, height: usize) -> Option<Bottom> {
        let last = self.entries.len().checked_sub(1)?;
        let place = match anchor {
            Anchor::End => (last, 0),
            Anchor::At { entry, below } => match self.position(entry) {
                Some(nth) => (nth, below.min(self.rows(nth).len().saturating_sub(1))),
                None => (last, 0),
            },
        };
        Some(self.not_above_the_top(place, height))
    }

    fn anchor(&self, (nth, below): Bottom) -> Anchor {
        if nth + 1 >= self.entries.len() && below == 0 {
            return Anchor::End;
        }
        Anchor::At { entry: self.entries[nth].id, below }
    }

    /// The same place, or the lower one at which the first row of all is at the top.
    fn not_above_the_top(&self, place: Bottom, height: usize) -> Bottom {
        let (nth, below) = place;
        let mut rows = 0;
        for above in (0..=nth).rev() {
            rows += self.rows(above).len();
            if rows >= height + below {
                return place;
            }
        }
        self.with_on_top(0, height)
    }

    /// The place at which this entry's first row is at the top.
    fn with_on_top(&self, first: usize, height: usize) -> Bottom {
        let mut rows = 0;
        for nth in first..self.entries.len() {
            rows += self.rows(nth).len();
            if rows >= height {
                return (nth, rows - height);
            }
        }
        (self.entries.len().saturating_sub(1), 0)
    }

    /// An entry's rows, with the row of its date before them where the day changes. Never empty.
    fn rows(&self, nth: usize) -> Rc<[Line<'static>]> {
        let id = self.entries[nth].id;
        if let Some(rows) = self.laid.borrow().rows.get(&id) {
            return Rc::clone(rows);
        }
        let rows: Rc<[Line<'static>]> = self.lay_out(nth).into();
        let mut laid = self.laid.borrow_mut();
        if laid.rows.len() >= KEPT {
            laid.rows.clear();
        }
        laid.rows.insert(id, Rc::clone(&rows));
        rows
    }

    fn lay_out(&self, nth: usize) -> Vec<Line<'static>> {
        let entry = self.entries[nth];
        let day = times::day(self.incident, &entry.at);
        let new_day = nth == 0 || times::day(self.incident, &self.entries[nth - 1].at) != day;
        let mut rows = Vec::new();
        if new_day {
            rows.push(Line::from(format!("── {day} ──")).style(self.look.quiet()));
        }
        let (mark, mark_style) = self.look.entry(entry.kind);
        let about = if entry.approximate { "~" } else { "" };
        let time = format!("{about}{}", times::of_day(self.incident, &entry.at));
        let columns = times::width(self.incident.clock);
        let time = Span::styled(format!("{time:>columns$} "), self.look.time());
        let lead = [time, Span::styled(mark, mark_style), Span::raw(" ")];
        let mut first: Vec<Span<'static>> = lead.into_iter().chain(self.flags(entry)).collect();
        let indent = first.iter().map(Span::width).sum();
        let width = self.width.saturating_sub(indent).max(1);
        let style = self.style(entry);
        for text in entry.text.for_term_lines().iter().flat_map(|line| line.wrap(width)) {
            let mut spans = std::mem::take(&mut first);
            if spans.is_empty() {
                spans.push(Span::raw(" ".repeat(indent)));
            }
            spans.extend(self.marked(&text, style));
            rows.push(Line::from(spans));
        }
        self.append_notes(entry, &mut rows, indent);
        rows
    }

    /// A row of text with its marks told apart.
    fn marked(&self, text: &TermText, style: Style) -> Vec<Span<'static>> {
        let text = text.as_str();
        let mut spans = Vec::new();
        let mut at = 0;
        for (span, mark) in marks::spans(text) {
            let part = if mark == Mark::Tag { Part::Tag } else { Part::Person };
            spans.push(Span::styled(text[at..span.start].to_owned(), style));
            spans.push(Span::styled(text[span.clone()].to_owned(), style.patch(self.look.part(part))));
            at = span.end;
        }
        spans.push(Span::styled(text[at..].to_owned(), style));
        spans
    }

    fn style(&self, entry: &Entry) -> Style {
        if entry.struck {
            self.look.quiet().add_modifier(Modifier::CROSSED_OUT)
        } else if entry.key {
            Style::new().add_modifier(Modifier::BOLD)
        } else {
            Style::new()
        }
    }

    fn flags(&self, entry: &Entry) -> Vec<Span<'static>> {
        let star = entry.key.then(|| Span::styled(self.look.mark("★ ", "key entry: "), self.look.star()));
        let struck =
            entry.struck.then(|| Span::styled(self.look.mark("✗ ", "struck out: "), self.look.quiet()));
        star.into_iter().chain(struck).collect()
    }

    /// What is said about the entry itself, at the end of its last row or in one of its own.
    fn append_notes(&self, entry: &Entry, rows: &mut Vec<Line<'static>>, indent: usize) {
        let until = entry.until.map(|until| format!("until {}", times::of_day(self.incident, &until)));
        let late = entry.late().map(|late| match late.num_days() {
            // Nobody was late: it was added long after.
            AFTERWARDS.. => format!("added {}", times::day(self.incident, &entry.logged_at.into())),
            _ => format!("late {}", times::span(late)),
        });
        let edited = entry.edited.then(|| "edited".to_owned());
        let skewed = entry.skewed.then(|| "clock wrong".to_owned());
        let by = self.several.then(|| entry.by.for_term().cut(20).to_string());
        let notes: Vec<String> = [until, late, edited, skewed, by].into_iter().flatten().collect();
        if notes.is_empty() {
            return;
        }
        let notes = Raw::new(notes.join(" · ")).for_term();
        if let Some(last) = rows.last_mut()
            && last.width() + 2 + notes.width() <= self.width
        {
            last.push_span(Span::styled(format!("  {notes}"), self.look.quiet()));
            return;
        }
        let notes = notes.cut(self.width.saturating_sub(indent));
        rows.push(Line::from(vec![
            Span::raw(" ".repeat(indent)),
            Span::styled(notes.to_string(), self.look.quiet()),
        ]));
    }
}

fn is_found(text: &Raw, wanted: &Raw) -> bool {
    let lower = |text: &Raw| text.as_typed().to_lowercase();
    let wanted = lower(wanted);
    // A word is found, too, with something in it that is not seen.
    lower(text).contains(&wanted)
        || text.laid_bare().is_some_and(|bare| bare.to_lowercase().contains(&wanted))
}
