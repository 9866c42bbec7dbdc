//! The room without its terminal: what was done at the terminal goes in, a drawing comes out.

use super::canvas::Canvas;
use std::path::{Path, PathBuf};

use crossterm::event::KeyEvent;
use ratatui::layout::Position;

use super::attach::Attaching;
use super::completion::{Finder, Kind};
use super::export::Exporter;
use super::hindsight::Hindsight;
use super::keymap::{self, Act, Keymap, Place, stack};
use super::look::Look;
use super::msg::{self, Msg};
use super::overlay::{self, Overlay, Scribe};
use super::past::Remembered;
use super::peers;
use super::state::{Said, State, Tone};
use super::view::{self, Scene};
use crate::model::{Disputed, Instant};
use crate::session::{Parting, Saving, Session, Whole};
use crate::settings::CheckSettings;
use crate::share::Standing;
use crate::store::StoreError;
use crate::store::presence::Peer;
use crate::text::Raw;

/// What only the runtime can do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Nothing.
    None,
    /// Leave the room.
    Quit,
    /// Draw everything again: something else has written on the terminal.
    Redraw,
    /// Stop until the person brings the program back.
    Suspend,
    /// Put a text on the clipboard.
    Copy {
        /// What it is, in words.
        what: &'static str,
        /// The text.
        text: String,
        /// What to say about what was left out of it; safe for a terminal, empty where nothing was.
        left_out: String,
    },
    /// Let the person's editor work on this file.
    Edit(PathBuf),
}

/// One incident being recorded.
pub struct Room {
    pub(super) session: Session,
    pub(super) state: State,
    pub(super) exporter: Exporter,
    pub(super) finder: Finder,
    pub(super) remembered: Remembered,
    /// When and where was clicked last.
    pub(super) clicked: Option<(Instant, Position)>,
    /// The columns of what lies over the panes, as it was drawn last.
    pub(super) columns: usize,
    /// Who writes what takes long to lay out.
    pub(super) scribe: Scribe,
    /// Everything that counts as it was last drawn, and what was on disk and shared then.
    pub(super) drawn: (String, Saving, Option<Standing>),
    /// Past incidents, where they can be read.
    pub(super) hindsight: Option<Hindsight>,
    /// Who else had the incident open when that was looked at last.
    peers: Vec<Peer>,
    /// Who has it open on other hosts, as was told last.
    pub(super) company: super::company::Company,
    /// The files that are being copied.
    pub(super) attaching: Vec<Attaching>,
    /// What had been merged into the incident then.
    pub(super) merged: Vec<Raw>,
    /// What was disputed then.
    pub(super) disputed: Vec<Disputed>,
    /// All of the incident, while only its newest is there.
    pub(super) arriving: Option<Whole>,
    /// Why there is nothing more of it.
    pub(super) failed: Option<StoreError>,
    /// Of how many entries of machines none was an alert when that was looked at last; none: it was asked how the outage was
    /// detected. All are gone through for it, which no key is to wait for.
    pub(super) without_alert: Option<usize>,
}

impl Room {
    /// A room for an open incident, in which these keys act; `/export` writes into `start_dir`.
    pub fn new(session: Session, start_dir: &Path, look: Look, keys: Keymap) -> Self {
        let state = State::new(look, keys, session.notices());
        let merged = session.incident().merged.clone();
        let disputed = session.incident().disputed.clone();
        let mut room = Self {
            session,
            state,
            exporter: Exporter::new(start_dir),
            finder: Finder::default(),
            remembered: Remembered::default(),
            clicked: None,
            columns: 0,
            scribe: Scribe::default(),
            drawn: Default::default(),
            hindsight: None,
            peers: Vec::new(),
            company: super::company::Company::default(),
            attaching: Vec::new(),
            merged,
            disputed,
            arriving: None,
            failed: None,
            without_alert: Some(0),
        };
        room.state.said = room.greeting();
        room
    }

    /// The same room, in which this is said, too, until the first line is sent.
    #[must_use]
    pub fn with_notices(mut self, notices: &[String]) -> Self {
        self.state.notices.extend_from_slice(notices);
        self
    }

    /// The same room, in which the report is checked for this.
    #[must_use]
    pub fn with_check(mut self, check: &CheckSettings) -> Self {
        self.state.check.clone_from(check);
        self
    }

    /// The same room, in which a test may take so many minutes where nobody named a time-box.
    #[must_use]
    pub fn with_timebox(mut self, minutes: Option<u32>) -> Self {
        self.state.timebox = minutes;
        self
    }

    /// The same room, from which past incidents can be read.
    #[must_use]
    pub fn with_hindsight(mut self, hindsight: Option<Hindsight>) -> Self {
        self.hindsight = hindsight;
        self
    }

    /// The same room, with this line for the person to finish.
    #[must_use]
    pub fn with_line(mut self, line: &str) -> Self {
        self.state.prefill(line);
        self
    }

    /// Takes in what the writer and other processes reported.
    pub fn pump(&mut self) {
        self.take_whole();
        self.session.pump();
        self.state.overlay.iter_mut().for_each(Overlay::pump);
        self.take_memories();
        self.take_attached();
        for text in self.session.take_purged() {
            self.state.prompt.forget(&text);
            // It may be told there.
            self.state.said = None;
            self.forget_written();
        }
        self.keep_company();
        self.tell_of_merges();
        self.tell_of_disputes();
        self.ask_how_detected();
        if self.session.peers() != self.peers {
            let came_or_went = peers::told(&self.peers, self.session.peers());
            self.peers = self.session.peers().to_vec();
            // What is said of the line that is being written counts more.
            let is_free = self.state.said.as_ref().is_none_or(|said| said.tone == Tone::Peers);
            if let Some(words) = came_or_went.filter(|_| is_free) {
                let line = self.state.prompt.text();
                self.state.said = Some(Said::new(Tone::Peers, words).about(&line));
            }
        }
    }

    /// Says that another incident became a part of this one, or is none any more.
    fn tell_of_merges(&mut self) {
        let merged = &self.session.incident().merged;
        if *merged == self.merged {
            return;
        }
        let id = self.session.incident().id.for_term();
        let came = merged.iter().filter(|one| !self.merged.contains(one)).map(|one| {
            let one = one.for_term();
            format!("{one} was merged into this incident; warroom merge {id} {one} --undo takes it back")
        });
        let went = self.merged.iter().filter(|one| !merged.contains(one));
        let went = went.map(|one| format!("{} is no part of this incident any more", one.for_term()));
        let told: Vec<String> = came.chain(went).collect();
        self.merged.clone_from(merged);
        self.state.notices.extend(told);
    }

    /// Takes in what was done at the terminal.
    pub fn take(&mut self, msg: Msg) -> Effect {
        self.wait_for_whole(&msg);
        let effect = self.done(msg);
        self.follow_tour();
        self.state.forget_left_gap();
        // While an editor has the file of the line, nothing else is written into it.
        if !matches!(effect, Effect::Edit(_)) {
            self.session.keep_draft(&self.state.draft());
        }
        self.keep_company();
        effect
    }

    fn done(&mut self, msg: Msg) -> Effect {
        match msg {
            ref msg if self.takes_for_demo(msg) || self.skips_step(msg) => {}
            Msg::Key(key) => return self.key(key),
            Msg::Paste(text) => {
                (self.state.focus, self.state.overlay) = (None, None);
                self.state.prompt.paste(&text);
                self.edited();
            }
            Msg::Wheel { up, at } => self.wheel(up, at),
            Msg::Click(at) => self.click(at),
            Msg::Nothing => {}
        }
        Effect::None
    }

    /// Says something under the prompt, and below it what else there is to know; the latter is safe for a terminal.
    pub fn say(&mut self, words: impl Into<String>, hint: String) {
        let words = Raw::new(words).for_term().to_string();
        let line = self.state.prompt.text();
        self.state.said = Some(Said { hint, ..Said::new(Tone::Good, words).about(&line) });
    }

    /// Draws all of it.
    pub fn draw(&mut self, canvas: &mut Canvas) {
        self.refresh_offer();
        self.read_clock();
        self.play_on();
        self.renew_details();
        self.keep_selected_in_view();
        let hint = self.hint();
        self.columns = view::overlay_columns(canvas.area());
        self.lay_out_overlay();
        let (saving, sharing) = (self.session.saving(), self.session.sharing());
        let clocks = view::clocks(self.incident(), &self.ages());
        let scene = Scene {
            state: &self.state,
            incident: self.incident(),
            saving: &saving,
            sharing: sharing.as_ref(),
            by: self.session.by(),
            peers: self.session.peers(),
            people: self.session.people(),
            hint: &hint,
            ages: self.ages(),
            clocks: &clocks,
        };
        let seen = view::draw(canvas, &scene);
        self.drawn = (clocks, saving, sharing);
        self.state.seen = seen;
        self.arriving.iter_mut().for_each(Whole::begin);
    }

    /// Whether changes are on their way to the disk.
    pub(super) fn is_saving(&self) -> bool {
        self.session.saving().under_way > 0 || self.is_attaching()
    }

    /// Leaves: the line that was not sent is kept, and everything that waits is written.
    ///
    /// # Errors
    /// What was left behind, and where it is kept.
    pub fn leave(mut self) -> Result<(), Parting> {
        if !self.state.draft().is_empty() {
            self.wait_whole();
        }
        // All that is typed is kept with the incident; where nothing is, there is nothing to wait for.
        if self.arriving.is_some() {
            return Ok(());
        }
        if self.failed.is_some() {
            let line = Raw::new(self.state.draft());
            let line = (!line.is_blank()).then_some(line);
            return if line.is_some() { Err(Parting { unsaved: None, line }) } else { Ok(()) };
        }
        let mut lines = self.finish_attaching();
        lines.insert(0, self.state.draft());
        lines.retain(|line| !line.is_empty());
        self.session.keep_draft(&lines.join("\n"));
        self.session.finish()
    }

    /// Whether a key writes a character into the prompt, and does nothing else.
    pub(super) fn types(&self, key: KeyEvent) -> bool {
        self.state.keys.act(key, self.places()).is_none() && keymap::typed(key).is_some()
    }

    pub(super) fn key(&mut self, key: KeyEvent) -> Effect {
        self.refresh_offer();
        let act = self.state.keys.act(key, self.places());
        // The panes and what lies over them take no text: typing goes on in the prompt, and no character is lost.
        match (act, keymap::typed(key)) {
            (Some(act), _) => self.act(act),
            (None, Some(typed)) => {
                self.state.overlay = None;
                self.state.focus = None;
                self.state.prompt.insert(typed);
                self.edited();
                Effect::None
            }
            _ => match msg::apart(key) {
                // Neither of the two ends or suspends anything.
                Some(keys) => keys.map(|key| self.key(key)).into_iter().next_back().unwrap_or(Effect::None),
                None => Effect::None,
            },
        }
    }

    fn places(&self) -> &'static [Place] {
        match (&self.state.overlay, self.state.focus) {
            (Some(overlay), _) => overlay.places(),
            (None, None) if self.state.replaying.is_some() && self.state.prompt.is_empty() => stack::REPLAY,
            (None, None) => match self.state.offer.found.as_ref().map(|found| found.kind) {
                None => stack::PROMPT,
                Some(Kind::Mend | Kind::Folded) => stack::COMPLETION,
                Some(_) => stack::CHOICES,
            },
            (None, Some(pane)) => pane.places(),
        }
    }

    fn act(&mut self, act: Act) -> Effect {
        if !act.scrolls() && !matches!(act, Act::NextLink | Act::PreviousLink | Act::FollowLink) {
            // Whatever opens another overlay comes through here: only the details are made anew.
            self.state.details = None;
        }
        self.leave_notice(act);
        if self.state.overlay.take_if(|shown| shown.is_opened_by(act)).is_some() {
            return Effect::None;
        }
        match act {
            Act::Quit => return Effect::Quit,
            Act::Redraw => return Effect::Redraw,
            Act::Suspend => return Effect::Suspend,
            Act::Commit => return self.send(),
            Act::Editor => return self.edit(),
            Act::Clear => self.clear(),
            Act::NextPane | Act::PreviousPane => {
                self.state.overlay = None;
                self.next_pane(act == Act::PreviousPane);
            }
            Act::ToPrompt => self.back_to_prompt(),
            Act::Help => self.state.overlay = Some(overlay::help(&self.state.keys)),
            Act::Phases => self.state.overlay = Some(Overlay::phases()),
            Act::Insights => self.insights(),
            Act::Report => self.open_report(),
            Act::FillGap => self.fill_gap(),
            Act::CopyShown => return self.copy_shown(),
            Act::Details if self.unfold_selected() => {}
            Act::Details => self.open_details(),
            Act::Fold => self.fold_selected(),
            Act::DetailsOfLine => self.open_details_of_line(),
            Act::Close => self.state.overlay = None,
            Act::NextLink | Act::PreviousLink => self.choose_link(act == Act::NextLink),
            Act::FollowLink => self.follow_link(),
            Act::NextDoubt | Act::PreviousDoubt | Act::MendDoubt | Act::SettleDoubt => self.in_review(act),
            Act::Edit(edit) => {
                self.state.prompt.edit(edit);
                self.edited();
            }
            Act::Earlier => {
                self.state.prompt.earlier();
                self.recalled();
            }
            Act::Later => {
                self.state.prompt.later();
                self.recalled();
            }
            Act::Complete | Act::ChooseUp | Act::ChooseDown | Act::TakeChosen | Act::Dismiss => {
                return self.choose(act);
            }
            Act::Prefill(prefill) => self.prefill(prefill),
            Act::Order => self.turn_order(),
            Act::ToHypothesis => self.go_to_hypothesis(),
            Act::ToEntries => self.go_to_entries(),
            Act::Replay(to) => self.move_replay(to),
            Act::PageUp | Act::PageDown | Act::Up | Act::Down | Act::First | Act::Last => self.go(act),
            // Only in the list of incidents.
            Act::Todos | Act::OpenAction => {}
        }
        Effect::None
    }

    /// Back to the prompt; from the prompt, back from what is being searched for, else from the replay, else from what was
    /// searched for.
    fn back_to_prompt(&mut self) {
        if self.state.focus.take().is_none() && !self.leave_search() && !self.end_replay() {
            self.end_find();
        }
    }

    fn clear(&mut self) {
        self.state.overlay = None;
        self.state.focus = None;
        if self.state.prompt.is_empty() && self.state.prompt.aside().is_none() {
            self.state.said = Some(Said::new(Tone::Plain, self.state.keys.quits(stack::PROMPT)));
            return;
        }
        self.state.prompt.set_aside();
        self.restore_find();
        self.state.said = None;
        if self.state.prompt.is_empty() {
            self.state.walk = None;
        } else {
            self.dismiss_offer();
        }
    }

    /// The line was edited: what fits in it is offered again.
    pub(super) fn edited(&mut self) {
        self.state.offer.dismissed = false;
        self.find_as_typed();
        self.forget_what_was_said();
    }

    /// What was said holds until the line it was said about changes.
    pub(super) fn forget_what_was_said(&mut self) {
        let line = self.state.prompt.text();
        if self.state.said.as_ref().is_some_and(|said| said.line != line) {
            self.state.said = None;
        }
    }
}
