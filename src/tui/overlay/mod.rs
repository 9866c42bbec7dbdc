//! What lies over the panes: the help, the report, the phases, the handoff, the doubts.

mod gaps;
mod handoff;
mod help;
mod pages;
mod report;
mod review;
mod rows;
mod scribe;
mod todos;

use ratatui::text::Line;

use super::export::Written;
use super::hindsight::Telling;
use super::keymap::{Act, Keymap, Place, stack};
use super::look::Look;
use super::phases;
use crate::export::Phases;
use crate::model::{Id, Incident, Instant};
use crate::settings::CheckSettings;

pub(super) use gaps::{Filling, Gap, InReport};
pub(super) use handoff::elapsed;
pub(super) use help::{help, help_of_list};
use pages::Pages;
pub(super) use review::doubt;
pub(super) use rows::Rows;
pub(super) use scribe::{Scribe, Work};
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
    /// The scribe was asked for what it shows, since it was opened.
    is_asked: bool,
    /// What is laid out is not the newest: that is being written.
    is_old: bool,
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
    /// What is written about the incident as it is now, and which gap of the report is chosen.
    Written(Work, usize),
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
#[derive(Clone, Debug, PartialEq, Eq)]
struct Seen {
    columns: usize,
    /// How many records there were, and the last.
    records: (u64, Option<Id>),
    minute: i64,
}

/// Rows for the width there is.
#[derive(Debug, Default)]
pub(super) struct Laid {
    pub(super) rows: Pages,
    pub(super) beside: Option<Beside>,
    /// What can be chosen: in what stands beside, where anything does.
    pub(super) gaps: Vec<Gap>,
    /// What they show, where that can be copied.
    pub(super) text: Option<Written>,
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
        Self::of(title, Content::Rows(rows))
    }

    fn of(title: impl Into<String>, content: Content) -> Self {
        Self {
            title: title.into(),
            content,
            scroll: 0,
            laid: None,
            is_asked: false,
            is_old: false,
            filled: None,
        }
    }

    /// All of an item, and whether it leads anywhere; `title` is safe for a terminal.
    pub(super) fn details(title: &str, rows: Rows, leads: bool) -> Self {
        Self::of(title, Content::Details(rows, leads))
    }

    /// What it is, in a word.
    pub(super) fn word(&self) -> &'static str {
        match &self.content {
            Content::Rows(_) => "help",
            Content::Details(..) => "details",
            Content::Written(Work::Report(_), _) => "report",
            Content::Written(..) => "handoff",
            Content::Phases => "phases",
            Content::Insights(_) => "insights",
            Content::Todos(_) => "actions",
            Content::Doubt(..) => "doubts",
        }
    }

    /// Whether this opens it: what opens it closes it, too.
    pub(super) fn is_opened_by(&self, act: Act) -> bool {
        matches!(
            (&self.content, act),
            (Content::Rows(_), Act::Help)
                | (Content::Phases, Act::Phases)
                | (Content::Written(Work::Report(_), _), Act::Report)
                | (Content::Insights(_), Act::Insights)
                | (Content::Todos(_), Act::Todos)
        )
    }

    /// Whether something in it leads elsewhere.
    pub(super) fn leads(&self) -> bool {
        matches!(self.content, Content::Details(_, true))
    }

    /// The report, what it lacks, and what the check finds in it; after a gap was filled, with what that brought in view.
    pub(super) fn report(check: &CheckSettings, (scroll, chosen): InReport, filled: Option<Filling>) -> Self {
        let content = Content::Written(Work::Report(check.clone()), chosen);
        Self { scroll, filled, ..Self::of("Report", content) }
    }

    /// Scrolls by a row, whatever could be chosen.
    pub(super) fn roll(&mut self, up: bool, height: u16, hidden: usize) {
        match self.content {
            _ if self.awaited().is_some() => {}
            Content::Written(Work::Report(_), _) if up => {
                self.scroll = self.scroll.min(hidden).saturating_sub(1);
            }
            Content::Written(Work::Report(_), _) => self.scroll = (self.scroll + 1).min(hidden),
            _ => self.go(if up { Act::Up } else { Act::Down }, height, hidden),
        }
    }

    /// The state on one screen, for whoever takes over.
    pub(super) fn handoff() -> Self {
        Self::of("Handoff", Content::Written(Work::Handoff, 0))
    }

    /// The phases of the outage, and the hypotheses under them.
    pub(super) fn phases() -> Self {
        Self::of("Phases", Content::Phases)
    }

    /// What past incidents say together, as far as that is known.
    pub(super) fn insights(telling: Telling) -> Self {
        Self::of("Insights", Content::Insights(telling))
    }

    /// What is still to be done after all incidents.
    pub(super) fn todos(todos: Todos) -> Self {
        Self::of(todos.title(), Content::Todos(todos))
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
            Content::Written(Work::Report(_), _) => stack::REPORT,
            Content::Written(Work::Handoff, _) => stack::HANDOFF,
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
        Self::of("Doubts", Content::Doubt(at, Box::new(keys.clone())))
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
        if self.awaited().is_some() {
            return;
        }
        let page = usize::from(height).saturating_sub(1).max(1);
        let at = self.scroll.min(hidden);
        if let Content::Todos(todos) = &mut self.content {
            self.scroll = todos.go(act, usize::from(height), at);
            return;
        }
        if matches!((&self.content, act), (Content::Written(Work::Report(_), _), Act::Up | Act::Down)) {
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
            Content::Written(..) | Content::Phases | Content::Doubt(..) => return,
        };
        self.laid = Some((Seen { columns, records: (0, None), minute: 0 }, rows.into()));
    }

    /// What is being written, where nothing of it is there yet.
    pub(super) fn awaited(&self) -> Option<&Work> {
        self.written().filter(|_| self.laid.is_none())
    }

    /// What it shows as it is copied, and what that is called.
    pub(super) fn copied(&self) -> Option<(&'static str, &Written)> {
        let what = match self.written()? {
            Work::Report(_) => "the report",
            Work::Handoff => "the handoff",
        };
        Some((what, self.laid()?.text.as_ref()?))
    }

    /// What it shows, where that is written.
    fn written(&self) -> Option<&Work> {
        match &self.content {
            Content::Written(work, _) => Some(work),
            _ => None,
        }
    }

    /// Lays it out, where that was not done for the same width and state: at once, or where that takes long, by the scribe.
    /// Until that one is done, what was laid out before stays.
    pub(super) fn lay_out(
        &mut self,
        (columns, look): (usize, Look),
        incident: &Incident,
        now: Instant,
        scribe: &mut Scribe,
    ) {
        let seen = self.seen(columns, incident, now);
        // What was begun before it was opened lacks what the person has done since.
        let wanted = (!self.is_asked).then_some(&seen);
        if let Some((seen, laid)) = self.written().and_then(|work| scribe.written(work, wanted)) {
            self.put(seen, laid);
        }
        self.is_old = self.laid.as_ref().is_some_and(|(last, _)| *last != seen);
        if self.laid.is_some() && !self.is_old {
            return;
        }
        let Some(work) = self.written().filter(|_| scribe::is_long(incident)) else {
            let laid = self.laid_out(columns, incident, now, look);
            self.put(seen, laid);
            self.is_old = false;
            return;
        };
        if !scribe.is_at(work, wanted) {
            scribe.begin(work.clone(), seen, incident.clone(), look);
        }
        self.is_asked = true;
    }

    /// What it is laid out for.
    fn seen(&self, columns: usize, incident: &Incident, now: Instant) -> Seen {
        let records = (incident.journal.records, incident.journal.last);
        match self.content {
            Content::Rows(_) | Content::Details(..) | Content::Insights(_) | Content::Todos(_) => {
                Seen { columns, records: (0, None), minute: 0 }
            }
            Content::Written(..) | Content::Doubt(..) => Seen { columns, records, minute: 0 },
            Content::Phases => Seen { columns, records, minute: now.timestamp().div_euclid(60) },
        }
    }

    fn laid_out(&self, columns: usize, incident: &Incident, now: Instant, look: Look) -> Laid {
        match &self.content {
            Content::Rows(rows) | Content::Details(rows, _) => rows.laid_out(columns).into(),
            Content::Insights(telling) => telling.rows(columns, look).into(),
            Content::Todos(todos) => todos.laid_out(columns, look).into(),
            Content::Written(work, _) => work.laid_out(incident, columns, look),
            Content::Phases => phases::lines(&Phases::of(incident, now), incident, columns, look).into(),
            Content::Doubt(at, keys) => review::laid_out(incident, *at, keys, columns).into(),
        }
    }

    /// Shows what was laid out.
    fn put(&mut self, seen: Seen, laid: Laid) {
        if let Some(filled) = self.filled.take() {
            self.go_on(&filled, &laid);
        }
        if let Some((last, old)) = &self.laid
            && last.columns != seen.columns
        {
            // Whoever resizes the window goes on reading where they were.
            self.scroll = self.scroll * laid.height() / old.height().max(1);
        }
        self.laid = Some((seen, laid));
    }

    /// Forgets what was written: something in it is to be forgotten.
    pub(super) fn forget_written(&mut self) {
        if self.written().is_some() {
            self.laid = None;
        }
    }

    /// That what is shown is not the newest, where that is being written; empty where it is.
    pub(super) fn is_old(&self) -> &'static str {
        if self.is_old { " · being renewed …" } else { "" }
    }

    /// Its rows, as they were laid out last.
    pub(super) fn laid(&self) -> Option<&Laid> {
        self.laid.as_ref().map(|(_, laid)| laid)
    }
}

impl From<Vec<Line<'static>>> for Laid {
    fn from(rows: Vec<Line<'static>>) -> Self {
        Self { rows: rows.into(), ..Self::default() }
    }
}

impl Laid {
    /// How many rows there are.
    pub(super) fn height(&self) -> usize {
        self.rows.len().max(self.beside.as_ref().map_or(0, |beside| beside.rows.len()))
    }
}
