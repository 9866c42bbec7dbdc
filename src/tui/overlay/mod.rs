//! What lies over the panes: the help, the report, the phases, the handoff, the doubts.

mod handoff;
mod help;
mod report;
mod review;
mod rows;
mod todos;

use std::ops::Range;

use ratatui::text::Line;

use super::hindsight::Telling;
use super::keymap::{Act, Keymap, Place, stack};
use super::look::Look;
use super::phases;
use crate::export::Phases;
use crate::model::{Id, Incident, Instant};
use crate::settings::CheckSettings;

pub(super) use handoff::elapsed;
pub(super) use help::{help, help_of_list};
pub(super) use review::doubt;
pub(super) use rows::Rows;
pub(super) use todos::Todos;

/// Text over the panes, scrolled by keys.
#[derive(Debug)]
pub(super) struct Overlay {
    /// Safe for a terminal.
    pub(super) title: String,
    content: Content,
    /// How many rows are scrolled away above.
    pub(super) scroll: usize,
    laid: Option<(Seen, Laid)>,
    /// The gap that was filled since it was shown last.
    filled: Option<Filling>,
}

/// What it shows.
#[derive(Debug)]
enum Content {
    /// What was so when it was opened.
    Rows(Rows),
    /// All of an item as it stood when that was looked at last, and whether it leads anywhere.
    Details(Rows, bool),
    /// The report, as it is now, what it is checked for, and which gap is chosen.
    Report(CheckSettings, usize),
    /// The handoff, as it is now.
    Handoff,
    /// The phases, as they are now.
    Phases,
    /// What past incidents say together.
    Insights(Telling),
    /// What is still to be done after all incidents.
    Todos(Todos),
    /// The doubt at this place, and the keys that handle it.
    Doubt(usize, Box<Keymap>),
}

/// What it was laid out for: while that is the same, its rows are.
#[derive(Debug, PartialEq, Eq)]
struct Seen {
    columns: usize,
    /// How many records there were, and the last.
    records: (u64, Option<Id>),
    minute: i64,
}

/// Rows for the width there is.
#[derive(Debug, Default)]
pub(super) struct Laid {
    pub(super) rows: Vec<Line<'static>>,
    pub(super) beside: Option<Beside>,
    /// What can be chosen: in what stands beside, where anything does.
    pub(super) gaps: Vec<Gap>,
}

/// Something that the report lacks, or that is wrong in it.
#[derive(Debug)]
pub(super) struct Gap {
    /// Its rows.
    pub(super) rows: Range<usize>,
    /// What fills it, as far as that is known.
    line: String,
}

/// Where in the report a person is: how many rows are scrolled away, and which gap is chosen.
pub(super) type InReport = (usize, usize);

/// What is remembered of a gap while the line that fills it is written.
#[derive(Clone, Debug)]
pub(super) struct Filling {
    /// The rows as they were without it, and how many of them were seen.
    rows: Vec<Line<'static>>,
    height: usize,
    /// What fills the gaps behind it.
    next: Vec<String>,
}

/// Rows to the right of the others, which stay where the others scroll, as long as they fit.
#[derive(Debug)]
pub(super) struct Beside {
    /// The columns to their left.
    pub(super) from: usize,
    pub(super) rows: Vec<Line<'static>>,
}

impl Overlay {
    /// Rows as they were gathered; `title` is safe for a terminal.
    pub(super) fn new(title: impl Into<String>, rows: Rows) -> Self {
        Self { title: title.into(), content: Content::Rows(rows), scroll: 0, laid: None, filled: None }
    }

    /// All of an item, and whether it leads anywhere; `title` is safe for a terminal.
    pub(super) fn details(title: &str, rows: Rows, leads: bool) -> Self {
        Self {
            title: title.to_owned(),
            content: Content::Details(rows, leads),
            scroll: 0,
            laid: None,
            filled: None,
        }
    }

    /// Whether something in it leads elsewhere.
    pub(super) fn leads(&self) -> bool {
        matches!(self.content, Content::Details(_, true))
    }

    /// The report, what it lacks, and what the check finds in it; after a gap was filled, with what that brought in view.
    pub(super) fn report(check: &CheckSettings, (scroll, chosen): InReport, filled: Option<Filling>) -> Self {
        let content = Content::Report(check.clone(), chosen);
        Self { title: "Report".into(), content, scroll, laid: None, filled }
    }

    /// Where in the report the person is, where that is shown.
    pub(super) fn in_report(&self) -> Option<InReport> {
        match self.content {
            Content::Report(_, chosen) => Some((self.scroll, chosen)),
            _ => None,
        }
    }

    /// The gap that is chosen, if there is any.
    pub(super) fn chosen_gap(&self) -> Option<&Gap> {
        let (Content::Report(_, chosen), Some(laid)) = (&self.content, self.laid()) else { return None };
        laid.gaps.get(*chosen).or(laid.gaps.last())
    }

    /// What fills the chosen gap, where it is seen; `height` is that of the rows that were seen.
    pub(super) fn fills(&self, height: u16) -> Option<&str> {
        self.chosen_gap().filter(|gap| self.shows(gap, height)).map(|gap| gap.line.as_str())
    }

    /// What is to be remembered while the line for the chosen gap is written.
    pub(super) fn filling(&self, height: u16) -> Option<Filling> {
        let (laid, chosen) = (self.laid()?, self.chosen_gap()?);
        let next = laid.gaps.iter().skip_while(|gap| gap.rows != chosen.rows).skip(1);
        let next = next.map(|gap| gap.line.clone()).collect();
        Some(Filling { rows: laid.rows.clone(), height: height.into(), next })
    }

    /// Goes on behind a gap that was filled: the next one is chosen, and beside it is seen what the filling changed.
    fn go_on(&mut self, filled: &Filling, laid: &Laid) {
        let Content::Report(_, chosen) = &mut self.content else { return };
        let place = |line: &String| laid.gaps.iter().position(|gap| gap.line == *line);
        *chosen = filled.next.iter().find_map(place).unwrap_or(*chosen);
        if laid.beside.is_none() {
            let end = laid.gaps.get(*chosen).or(laid.gaps.last()).map_or(0, |gap| gap.rows.end);
            // What was never drawn was filled at the top.
            self.scroll = if filled.height == 0 { 0 } else { end.saturating_sub(filled.height) };
            return;
        }
        let changed = laid.rows.iter().zip(&filled.rows).position(|(now, was)| now != was);
        if let Some(row) = changed.filter(|row| !(self.scroll..self.scroll + filled.height).contains(row)) {
            // With its heading.
            self.scroll = row.saturating_sub(2);
        }
    }

    /// Whether any of a gap is seen. What was never drawn counts as seen.
    fn shows(&self, gap: &Gap, height: u16) -> bool {
        let is_beside = self.laid().is_some_and(|laid| laid.beside.is_some());
        let to = self.scroll + usize::from(height);
        is_beside || height == 0 || (gap.rows.start < to && gap.rows.end > self.scroll)
    }

    /// Goes to the gap above or below, or a row of the report on where there is none.
    fn choose(&mut self, down: bool, height: u16, hidden: usize) {
        let here = self.chosen_gap().map(|gap| (self.shows(gap, height), gap.rows.start < self.scroll));
        let (Content::Report(_, chosen), Some((_, laid))) = (&mut self.content, &self.laid) else { return };
        *chosen = (*chosen).min(laid.gaps.len().saturating_sub(1));
        let next = if down { Some(*chosen + 1) } else { chosen.checked_sub(1) };
        let is_on_screen = here.is_some_and(|(seen, cut)| seen && (down || !cut || laid.beside.is_some()));
        match next.and_then(|at| Some((at, laid.gaps.get(at)?))).filter(|_| is_on_screen) {
            Some((at, gap)) => {
                *chosen = at;
                if laid.beside.is_none() && height > 0 {
                    let lowest = gap.rows.end.saturating_sub(height.into());
                    self.scroll = self.scroll.clamp(lowest.min(gap.rows.start), gap.rows.start);
                }
            }
            None if down => self.scroll = (self.scroll + 1).min(hidden),
            None => self.scroll = self.scroll.saturating_sub(1),
        }
    }

    /// Scrolls by a row, whatever could be chosen.
    pub(super) fn roll(&mut self, up: bool, height: u16, hidden: usize) {
        match self.content {
            Content::Report(..) if up => self.scroll = self.scroll.min(hidden).saturating_sub(1),
            Content::Report(..) => self.scroll = (self.scroll + 1).min(hidden),
            _ => self.go(if up { Act::Up } else { Act::Down }, height, hidden),
        }
    }

    /// The state on one screen, for whoever takes over.
    pub(super) fn handoff() -> Self {
        Self { title: "Handoff".into(), content: Content::Handoff, scroll: 0, laid: None, filled: None }
    }

    /// Whether that is shown.
    pub(super) fn is_handoff(&self) -> bool {
        matches!(self.content, Content::Handoff)
    }

    /// The phases of the outage, and the hypotheses under them.
    pub(super) fn phases() -> Self {
        Self { title: "Phases".into(), content: Content::Phases, scroll: 0, laid: None, filled: None }
    }

    /// What past incidents say together, as far as that is known.
    pub(super) fn insights(telling: Telling) -> Self {
        Self {
            title: "Insights".into(),
            content: Content::Insights(telling),
            scroll: 0,
            laid: None,
            filled: None,
        }
    }

    /// What is still to be done after all incidents.
    pub(super) fn todos(todos: Todos) -> Self {
        Self { title: todos.title(), content: Content::Todos(todos), scroll: 0, laid: None, filled: None }
    }

    /// What is still to be done, where that is shown.
    pub(super) fn todos_shown(&self) -> Option<&Todos> {
        match &self.content {
            Content::Todos(todos) => Some(todos),
            _ => None,
        }
    }

    /// Where its keys act.
    pub(super) fn places(&self) -> &'static [Place] {
        match self.content {
            Content::Doubt(..) => stack::REVIEW,
            Content::Todos(_) => stack::TODOS,
            Content::Details(..) => stack::DETAILS,
            Content::Report(..) => stack::REPORT,
            Content::Handoff => stack::HANDOFF,
            _ => stack::OVERLAY,
        }
    }

    /// Takes in what is read beside the screen.
    pub(super) fn pump(&mut self) {
        let any = match &mut self.content {
            Content::Insights(telling) => telling.pump(),
            Content::Todos(todos) => {
                let any = todos.pump();
                self.title = todos.title();
                any
            }
            _ => false,
        };
        if any {
            self.laid = None;
        }
    }

    /// The doubt at this place.
    pub(super) fn review(at: usize, keys: &Keymap) -> Self {
        let content = Content::Doubt(at, Box::new(keys.clone()));
        Self { title: "Doubts".into(), content, scroll: 0, laid: None, filled: None }
    }

    /// The place of the doubt that is shown, where one is.
    pub(super) fn doubt_shown(&self) -> Option<usize> {
        match self.content {
            Content::Doubt(at, _) => Some(at),
            _ => None,
        }
    }

    /// Scrolls; `height` and `hidden` are the rows that were seen of it and those that did not fit.
    pub(super) fn go(&mut self, act: Act, height: u16, hidden: usize) {
        let page = usize::from(height).saturating_sub(1).max(1);
        let at = self.scroll.min(hidden);
        if let Content::Todos(todos) = &mut self.content {
            self.scroll = todos.go(act, usize::from(height), at);
            return;
        }
        if matches!((&self.content, act), (Content::Report(..), Act::Up | Act::Down)) {
            self.scroll = at;
            return self.choose(act == Act::Down, height, hidden);
        }
        let to = match act {
            Act::Up => at.saturating_sub(1),
            Act::Down => at + 1,
            Act::PageUp => at.saturating_sub(page),
            Act::PageDown => at + page,
            Act::First => 0,
            _ => hidden,
        };
        self.scroll = to.min(hidden);
    }

    /// Lays out what needs no incident.
    pub(super) fn lay_out_alone(&mut self, columns: usize, look: Look) {
        let rows = match &self.content {
            Content::Rows(rows) | Content::Details(rows, _) => rows.laid_out(columns),
            Content::Insights(telling) => telling.rows(columns, look),
            Content::Todos(todos) => todos.laid_out(columns, look),
            Content::Report(..) | Content::Handoff | Content::Phases | Content::Doubt(..) => return,
        };
        let seen = Seen { columns, records: (0, None), minute: 0 };
        self.laid = Some((seen, Laid { rows, ..Laid::default() }));
    }

    /// Lays it out, where that was not done for the same width and state.
    pub(super) fn lay_out(&mut self, columns: usize, incident: &Incident, now: Instant, look: Look) {
        let records = (incident.journal.records, incident.journal.last);
        let minute = now.timestamp().div_euclid(60);
        let seen = match self.content {
            Content::Rows(_) | Content::Details(..) | Content::Insights(_) | Content::Todos(_) => {
                Seen { columns, records: (0, None), minute: 0 }
            }
            Content::Report(..) | Content::Handoff | Content::Doubt(..) => {
                Seen { columns, records, minute: 0 }
            }
            Content::Phases => Seen { columns, records, minute },
        };
        if self.laid.as_ref().is_some_and(|(last, _)| *last == seen) {
            return;
        }
        let laid = match &self.content {
            Content::Rows(rows) | Content::Details(rows, _) => {
                Laid { rows: rows.laid_out(columns), ..Laid::default() }
            }
            Content::Insights(telling) => Laid { rows: telling.rows(columns, look), ..Laid::default() },
            Content::Todos(todos) => Laid { rows: todos.laid_out(columns, look), ..Laid::default() },
            Content::Report(check, _) => report::laid_out(incident, check, columns, look),
            Content::Handoff => Laid { rows: handoff::laid_out(incident, columns, look), ..Laid::default() },
            Content::Phases => {
                let rows = phases::lines(&Phases::of(incident, now), incident, columns, look);
                Laid { rows, ..Laid::default() }
            }
            Content::Doubt(at, keys) => {
                Laid { rows: review::laid_out(incident, *at, keys, columns), ..Laid::default() }
            }
        };
        if let Some(filled) = self.filled.take() {
            self.go_on(&filled, &laid);
        }
        if let Some((last, old)) = &self.laid
            && last.columns != columns
        {
            // Whoever resizes the window goes on reading where they were.
            self.scroll = self.scroll * laid.height() / old.height().max(1);
        }
        self.laid = Some((seen, laid));
    }

    /// Its rows, as they were laid out last.
    pub(super) fn laid(&self) -> Option<&Laid> {
        self.laid.as_ref().map(|(_, laid)| laid)
    }
}

impl Laid {
    /// How many rows there are.
    pub(super) fn height(&self) -> usize {
        self.rows.len().max(self.beside.as_ref().map_or(0, |beside| beside.rows.len()))
    }
}
