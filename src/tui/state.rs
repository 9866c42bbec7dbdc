//! What the room remembers besides the incident: where the person is, and what they are writing.

use std::cell::RefCell;
use std::ops::Range;

use ratatui::layout::Rect;

use super::completion::Completion;
use super::demo::Demo;
use super::details::Details;
use super::folded::Opened;
use super::keymap::{Keymap, Place, stack};
use super::look::Look;
use super::overlay::{Filling, InReport, Overlay};
use super::prompt::Prompt;
use super::replaying::Replaying;
use super::sheet::{Anchor, Laid, Order};
use super::tour::Tour;
use crate::grammar::Wanted;
use crate::grammar::table::{self, RoomVerb, Takes};
use crate::model::Id;
use crate::settings::CheckSettings;
use crate::text::Raw;

/// A part of the screen that keys can act in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Pane {
    Timeline,
    Hypotheses,
    Actions,
}

impl Pane {
    pub(super) const ALL: [Self; 3] = [Self::Timeline, Self::Hypotheses, Self::Actions];

    /// Where keys act in it.
    pub(super) fn places(self) -> &'static [Place] {
        match self {
            Self::Timeline => stack::TIMELINE,
            Self::Hypotheses => stack::HYPOTHESES,
            Self::Actions => stack::ACTIONS,
        }
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Timeline => "Timeline",
            Self::Hypotheses => "Hypotheses",
            Self::Actions => "Actions",
        }
    }
}

/// How something is said under the prompt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tone {
    /// It did not work.
    Bad,
    /// It worked.
    Good,
    /// For information.
    Plain,
    /// Who came or went: what comes next takes its place.
    Peers,
}

/// What is said under the prompt until the line there changes.
#[derive(Clone, Debug)]
pub(super) struct Said {
    pub(super) tone: Tone,
    /// Safe for a terminal.
    pub(super) words: String,
    /// What to do; safe for a terminal.
    pub(super) hint: String,
    /// The line it is about.
    pub(super) line: String,
    /// The part of that line, in bytes.
    pub(super) span: Range<usize>,
    /// A second Enter logs the line as text.
    pub(super) may_be_text: bool,
}

impl Said {
    pub(super) fn new(tone: Tone, words: impl Into<String>) -> Self {
        let (words, hint, line) = (words.into(), String::new(), String::new());
        Self { tone, words, hint, line, span: 0..0, may_be_text: false }
    }

    #[must_use]
    pub(super) fn about(mut self, line: &str) -> Self {
        line.clone_into(&mut self.line);
        self
    }
}

/// What was searched for before another search was begun.
#[derive(Clone, Debug)]
pub(super) struct BeforeFind(pub(super) Option<Wanted>);

/// Where in the timeline the person is.
#[derive(Clone, Debug, Default)]
pub(super) struct InTimeline {
    pub(super) anchor: Anchor,
    pub(super) selected: Option<Id>,
    /// Only the entries that this finds are shown.
    pub(super) find: Option<Wanted>,
    /// While a search is being written: what was shown before.
    pub(super) before_find: Option<BeforeFind>,
    pub(super) order: Order,
    /// What is unfolded.
    pub(super) opened: Opened,
    pub(super) laid: RefCell<Laid>,
}

impl InTimeline {
    /// Whether the row that is selected stands for several entries.
    pub(super) fn is_folded(&self) -> bool {
        self.selected.is_some_and(|selected| self.laid.borrow().is_folded(selected))
    }
}

/// What the last drawing put where; keys and clicks refer to it.
#[derive(Clone, Debug, Default)]
pub(super) struct Seen {
    pub(super) timeline: Rect,
    pub(super) hypotheses: Rect,
    pub(super) actions: Rect,
    pub(super) prompt: Rect,
    /// The names of the panes, where only one is shown at a time.
    pub(super) tabs: Vec<(Pane, Rect)>,
    /// Whose the rows of the screen are, in each pane.
    pub(super) owners: Vec<(Pane, u16, Id)>,
    /// The pane that had the focus.
    pub(super) focus: Option<Pane>,
    /// How many of the hypotheses and of the actions are above.
    pub(super) scrolled: (usize, usize),
    pub(super) overlay: Rect,
    /// How many rows of the overlay did not fit.
    pub(super) overlay_hidden: usize,
}

/// What is offered for the line, and which of it is chosen.
#[derive(Debug, Default)]
pub(super) struct Offer {
    pub(super) found: Option<Completion>,
    /// Chosen by a key; the first is only what Tab would take.
    pub(super) chosen: Option<usize>,
    /// Nothing is offered until the line is edited.
    pub(super) dismissed: bool,
    /// What it was found for: the line, the cursor, and how many records there were.
    pub(super) found_for: Option<(String, usize, u64)>,
}

/// A doubt for which a line was written into the prompt.
#[derive(Clone, Debug)]
pub(super) struct Step {
    /// Its place among the doubts.
    pub(super) at: usize,
    /// Its words.
    pub(super) doubt: Raw,
    /// The line that was written.
    pub(super) line: String,
    /// It settles the doubt.
    pub(super) settles: bool,
}

impl Step {
    /// Whether a line says what this one was to say: it is of the same command, about the same thing.
    pub(super) fn is_continued_by(&self, line: &str) -> bool {
        let command = self.line.split(' ').next().unwrap_or_default();
        let fixed = match command {
            "/edit" | "/out" | "/confirm" | "/drop" => {
                self.line.find(':').map_or(command, |at| &self.line[..at])
            }
            "/when" | "/done" | "/strike" => self.line.trim_end(),
            _ => command,
        };
        let rest = line.trim_start().strip_prefix(fixed);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', ':']))
    }
}

/// All of it.
#[derive(Debug)]
pub(super) struct State {
    pub(super) prompt: Prompt,
    pub(super) offer: Offer,
    pub(super) said: Option<Said>,
    /// The pane with the focus; none: the prompt has it.
    pub(super) focus: Option<Pane>,
    /// The pane that is shown where only one fits.
    pub(super) shown: Pane,
    pub(super) timeline: InTimeline,
    pub(super) hypothesis: Option<Id>,
    pub(super) action: Option<Id>,
    pub(super) overlay: Option<Overlay>,
    /// What the overlay shows the details of.
    pub(super) details: Option<Details>,
    /// A step of the walk through the doubts: a line that is sent leads back to it.
    pub(super) walk: Option<Step>,
    /// The incident as it stood earlier, while that is shown.
    pub(super) replaying: Option<Replaying>,
    /// The outage that is played here, and what became of it.
    pub(super) demo: Option<Demo>,
    /// How far the person is on the tour.
    pub(super) tour: Option<Tour>,
    /// Where in the report the person was when it was shown last.
    pub(super) in_report: InReport,
    /// The gap of the report that a line in the prompt was written to fill, and how many others wait for it.
    pub(super) fills_gap: Option<(Filling, usize)>,
    /// The gap that was filled last, until the report is shown again.
    pub(super) filled: Option<Filling>,
    pub(super) notices: Vec<String>,
    /// Only the newest of the incident is there.
    pub(super) reading: bool,
    pub(super) seen: Seen,
    pub(super) look: Look,
    pub(super) keys: Keymap,
    /// What the report is checked for.
    pub(super) check: CheckSettings,
    /// How long a test may take for which nobody named a time-box, in minutes.
    pub(super) timebox: Option<u32>,
}

impl State {
    pub(super) fn new(look: Look, keys: Keymap, notices: &[String]) -> Self {
        Self {
            prompt: Prompt::default(),
            offer: Offer::default(),
            said: None,
            focus: None,
            shown: Pane::Timeline,
            timeline: InTimeline::default(),
            hypothesis: None,
            action: None,
            overlay: None,
            details: None,
            walk: None,
            replaying: None,
            demo: None,
            tour: None,
            in_report: (0, 0),
            fills_gap: None,
            filled: None,
            notices: notices.to_vec(),
            reading: false,
            seen: Seen::default(),
            look,
            keys,
            check: CheckSettings::default(),
            timebox: None,
        }
    }

    pub(super) fn focus_on(&mut self, pane: Pane) {
        self.focus = Some(pane);
        self.shown = pane;
    }

    /// Puts a line into the prompt for the person to finish, in the place of another.
    pub(super) fn prefill(&mut self, line: &str) {
        self.prompt.prefill(line);
        self.fills_gap = None;
        self.focus_prompt();
    }

    /// Puts a search there; the line that stood there comes back after it. A search that is written there already goes on.
    pub(super) fn search(&mut self, line: &str) {
        if !is_search(&self.prompt.text()) {
            self.prompt.make_way(line);
        }
        self.focus_prompt();
    }

    /// Puts the line there that fills a gap of the report; the line that stood there comes back after it.
    pub(super) fn fill(&mut self, line: &str, gap: Option<Filling>) {
        self.prompt.make_way(line);
        self.fills_gap = gap.map(|gap| (gap, self.prompt.waiting()));
        self.focus_prompt();
    }

    /// Whether the line is the one that was written to fill a gap, and no other one that stands between, or of before.
    pub(super) fn is_at_gap(&self) -> bool {
        let waiting = self.fills_gap.as_ref().map(|(_, waiting)| *waiting);
        waiting == Some(self.prompt.waiting()) && !self.prompt.is_recalling()
    }

    /// A line that was written to fill a gap does so as long as it stands in the prompt, or waits there: what is typed after
    /// it was sent, set aside or emptied is about something else.
    pub(super) fn forget_left_gap(&mut self) {
        let now = self.prompt.waiting();
        let is_empty = self.is_at_gap() && self.prompt.is_empty();
        self.fills_gap.take_if(|(_, waiting)| now < *waiting || is_empty);
    }

    fn focus_prompt(&mut self) {
        (self.focus, self.said, self.overlay) = (None, None, None);
        self.offer.dismissed = true;
    }

    /// The lines to keep on disk: what is being told counts more than what is searched for, or what only a key wrote.
    pub(super) fn draft(&self) -> String {
        let text = self.prompt.text();
        match self.prompt.aside().filter(|aside| !aside.trim().is_empty()) {
            Some(aside) if text.is_empty() || is_search(&text) || self.prompt.is_written_by_a_key() => aside,
            Some(aside) => [aside, text].join("\n"),
            None => text,
        }
    }
}

/// Whether a line is a search, written to its end or not.
pub(super) fn is_search(line: &str) -> bool {
    let name = line.trim_start().strip_prefix('/').and_then(|line| line.split_whitespace().next());
    name.and_then(table::named).is_some_and(|command| command.takes == Takes::Room(RoomVerb::Find))
}
