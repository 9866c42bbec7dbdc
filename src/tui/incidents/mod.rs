//! The list: the screen before a room, on which a person finds an incident, opens it, or starts one by typing its title.

mod meant;
mod order;
mod over;
mod rows;
mod twins;
mod view;

use crate::tui::canvas::Canvas;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::TimeDelta;
use crossterm::event::KeyEvent;
use ratatui::layout::Position;
use tokio::sync::Notify;

use super::hindsight::Hindsight;
use super::keymap::{self, Act, Keymap, Place, stack};
use super::look::Look;
use super::overlay::{self, Overlay};
use super::prompt::Prompt;
use super::room::{Effect, Room};
use super::state::{Said, Tone};
use super::view::{overlay_columns, without_signs};
use super::{Msg, Past, msg, times};
use crate::model::{Clock as ClockStyle, Face, Instant, Zone};
use crate::session::archive::Archive;
use crate::session::clock::Clock;
use crate::session::{Session, Whole};
use crate::settings::CheckSettings;
use crate::store::StoreError;
use crate::text::Raw;
use meant::Meant;
use order::Order;
use twins::Twins;
use view::{Scene, Seen};

/// Incidents that a turn of the wheel scrolls.
const WHEEL: usize = 3;
/// Two clicks within this time are one double click, in milliseconds.
const DOUBLE_CLICK: i64 = 500;

/// Starts an incident with a title, and gives its folder.
pub type Start = Box<dyn Fn(&Raw) -> Result<PathBuf, StoreError>>;
/// Opens the incident in a folder for changes; where it is large, what is still to come of it is given, too.
pub type Open = Box<dyn Fn(&Path) -> Result<(Session, Option<Whole>), StoreError>>;

/// What the list has of the house around it: the incidents there are, and the ways into one.
pub struct Doors {
    /// The incidents there are.
    pub archive: Archive,
    /// Starts an incident with this title, and gives its folder. It is on disk then.
    pub start: Start,
    /// Opens an incident for changes.
    pub open: Open,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Who starts incidents here.
    pub by: Raw,
    /// The zone of the wall clock.
    pub zone: Zone,
    /// Its style.
    pub style: ClockStyle,
    /// What reports are checked for.
    pub check: CheckSettings,
    /// How long a test may take in each room for which nobody named a time-box, in minutes.
    pub timebox: Option<u32>,
    /// Where the past incidents are, for each room; none where nobody wants to hear of them.
    pub past: Option<Past>,
    /// What past incidents say together is read with this.
    pub hindsight: Option<Hindsight>,
    /// What is to be said here, and in each room; safe for a terminal.
    pub notices: Vec<String>,
}

/// What the list remembers besides the incidents.
#[derive(Default)]
struct State {
    prompt: Prompt,
    said: Option<Said>,
    /// The folder of the incident that a person chose.
    chosen: Option<PathBuf>,
    /// The line that was last searched for.
    line: String,
    /// The first incident that is in view.
    from: usize,
    /// Whether the chosen one has to be in view: not after a person has scrolled it away.
    follows: bool,
    overlay: Option<Overlay>,
    seen: Seen,
    clicked: Option<(PathBuf, Instant)>,
    /// The wall clock as it was last drawn.
    wall: String,
    twins: Twins,
}

/// What follows on something that was done at the terminal.
pub(super) enum Next {
    /// The list stays.
    Stay(Effect),
    /// This room takes its place.
    Enter(Box<Room>),
}

/// The list of incidents.
pub struct List {
    doors: Doors,
    order: Order,
    state: State,
    start_dir: PathBuf,
    look: Look,
    keys: Keymap,
    /// Notified by each room that has something new to show.
    wake: Arc<Notify>,
}

impl List {
    /// The list of these incidents; `start_dir` is where a room's `/export` writes.
    pub fn new(doors: Doors, start_dir: &Path, look: Look, keys: Keymap) -> Self {
        let order = Order::of(doors.archive.kept());
        let mut state = State::default();
        if let Some((first, others)) = doors.notices.split_first() {
            state.said = Some(Said { hint: others.join(" · "), ..Said::new(Tone::Bad, first) });
        }
        let (start_dir, wake) = (start_dir.to_owned(), Arc::default());
        let mut list = Self { doors, order, state, start_dir, look, keys, wake };
        list.seek();
        list.look_for_twins();
        list
    }

    /// The same list, of which each room notifies this when it has something new to show.
    #[must_use]
    pub(super) fn waking(mut self, wake: &Arc<Notify>) -> Self {
        self.wake = Arc::clone(wake);
        self
    }

    /// Takes in what is read beside the screen.
    pub(super) fn pump(&mut self) {
        self.state.overlay.iter_mut().for_each(Overlay::pump);
        self.state.twins.pump();
    }

    pub(super) fn take(&mut self, msg: Msg) -> Next {
        match msg {
            Msg::Key(key) => return self.key(key),
            Msg::Paste(text) => {
                self.state.overlay = None;
                self.state.prompt.paste(&text);
                self.edited();
            }
            Msg::Wheel { up, at: _ } => self.wheel(up),
            Msg::Click(at) => return self.click(at),
            Msg::Nothing => {}
        }
        Next::Stay(Effect::None)
    }

    pub(super) fn draw(&mut self, canvas: &mut Canvas) {
        self.seek();
        let rows = usize::from(canvas.area().height);
        self.order.quote(self.state.from..self.state.from.saturating_add(rows), &mut self.doors.archive);
        let now = self.doors.clock.now();
        self.state.wall = self.wall(now);
        if let Some(overlay) = &mut self.state.overlay {
            overlay.lay_out_alone(overlay_columns(canvas.area()), self.look);
        }
        let seen = view::draw(canvas, &Scene { list: self, now });
        without_signs(canvas, self.look);
        (self.state.from, self.state.seen) = (seen.from, seen);
    }

    /// The title that was typed, safe for a terminal; none where nothing was.
    pub(super) fn unsent(&self) -> Option<String> {
        let typed = Raw::new(self.state.prompt.lines().join(" "));
        (!typed.is_blank()).then(|| typed.for_term().to_string())
    }

    /// Takes in what was written since, and tells whether something else is to be seen now.
    pub(super) fn tick(&mut self) -> bool {
        match self.doors.archive.refresh() {
            Ok(true) => {
                self.order.take(self.doors.archive.kept());
                self.look_for_twins();
                true
            }
            Ok(false) => self.wall(self.doors.clock.now()) != self.state.wall,
            Err(error) => {
                let words = format!("the incidents cannot be read any more: {error}");
                self.state.said.get_or_insert(Said::new(Tone::Bad, words));
                true
            }
        }
    }

    fn wall(&self, now: Instant) -> String {
        times::wall(Face::new(&self.doors.zone, self.doors.style), now)
    }

    fn key(&mut self, key: KeyEvent) -> Next {
        let places: &[Place] = match &self.state.overlay {
            Some(overlay) => overlay.places(),
            None => stack::LIST,
        };
        match (self.opens(key).or_else(|| self.keys.act(key, places)), keymap::typed(key)) {
            (Some(act), _) => return self.act(act),
            (None, Some(typed)) => {
                self.state.overlay = None;
                self.state.prompt.insert(typed);
                self.edited();
            }
            (None, None) => {
                for key in msg::apart(key).into_iter().flatten() {
                    self.key(key);
                }
            }
        }
        Next::Stay(Effect::None)
    }

    fn act(&mut self, act: Act) -> Next {
        if self.state.overlay.take_if(|shown| shown.is_opened_by(act)).is_some() {
            return Next::Stay(Effect::None);
        }
        match act {
            Act::Quit => return Next::Stay(Effect::Quit),
            Act::Redraw => return Next::Stay(Effect::Redraw),
            Act::Suspend => return Next::Stay(Effect::Suspend),
            Act::Commit => return self.send(),
            Act::Clear => self.clear(),
            Act::ToPrompt => self.choose(None),
            Act::Help => self.state.overlay = Some(overlay::help_of_list(&self.keys)),
            Act::Insights => self.insights(),
            Act::Todos => self.todos(),
            Act::OpenAction => return self.open_action(),
            Act::Close => self.state.overlay = None,
            Act::Edit(edit) => {
                self.state.prompt.edit(edit);
                self.edited();
            }
            Act::Up | Act::Down | Act::PageUp | Act::PageDown | Act::First | Act::Last => self.go(act),
            // What there are panes and an incident for.
            _ => {}
        }
        Next::Stay(Effect::None)
    }

    fn go(&mut self, act: Act) {
        let seen = self.state.seen;
        if let Some(overlay) = &mut self.state.overlay {
            overlay.go(act, seen.overlay.height, seen.overlay_hidden);
            return;
        }
        self.seek();
        let page = seen.page().max(1);
        let Some(last) = self.order.len().checked_sub(1) else {
            if act == Act::Up {
                self.recall();
            }
            return;
        };
        match (act, self.chosen()) {
            (Act::Up, None) => self.recall(),
            (Act::Up, Some(0)) => self.choose(None),
            (Act::Up, Some(at)) => self.choose(Some(at - 1)),
            (Act::Down, at) => self.choose(Some(at.map_or(0, |at| (at + 1).min(last)))),
            (Act::PageUp, at) => self.choose(at.map(|at| at.saturating_sub(page))),
            (_, at) => self.choose(Some((at.unwrap_or_default() + page).min(last))),
        }
    }

    /// Brings back the line of before.
    fn recall(&mut self) {
        self.state.prompt.earlier();
        self.edited();
    }

    /// Where the chosen incident is shown; none where none is chosen or it is not there any more.
    fn chosen(&self) -> Option<usize> {
        self.order.position(self.state.chosen.as_deref()?)
    }

    fn choose(&mut self, nth: Option<usize>) {
        self.state.chosen = nth.and_then(|nth| self.order.card(nth)).map(|card| card.folder.clone());
        (self.state.said, self.state.follows) = (None, true);
    }

    /// Finds what is typed, if that is still to be done.
    fn seek(&mut self) {
        let typed = self.state.prompt.lines().join(" ");
        let subjects = self.doors.hindsight.as_ref().map(|hindsight| &hindsight.subjects);
        let typed = typed.strip_prefix('\\').unwrap_or(&typed);
        self.order.seek(typed, &mut self.doors.archive, subjects);
    }

    /// The line is another one: it is searched from the top, and what was chosen or said is over.
    fn edited(&mut self) {
        let line = self.state.prompt.text();
        if self.state.line != line {
            self.state.line = line;
            (self.state.chosen, self.state.said, self.state.from) = (None, None, 0);
        }
    }

    fn clear(&mut self) {
        self.state.overlay = None;
        if self.state.prompt.is_empty() {
            self.state.said = Some(Said::new(Tone::Plain, self.keys.quits(stack::LIST)));
        } else {
            self.state.prompt.set_aside();
            self.edited();
        }
    }

    /// Does what Enter means.
    fn send(&mut self) -> Next {
        self.seek();
        match self.meant() {
            Meant::Nothing => {}
            Meant::Quit => return Next::Stay(Effect::Quit),
            Meant::Help => {
                self.state.prompt.set_aside();
                self.edited();
                self.state.overlay = Some(overlay::help_of_list(&self.keys));
            }
            Meant::Insights => {
                self.state.prompt.set_aside();
                self.edited();
                self.insights();
            }
            Meant::TooLong(length) => self.refuse(meant::too_long(length), "nothing was started"),
            Meant::Open(card, _) => {
                let folder = card.folder.clone();
                return self.enter(&folder);
            }
            Meant::Start(title) => return self.start(&title),
        }
        Next::Stay(Effect::None)
    }

    fn start(&mut self, title: &Raw) -> Next {
        match (self.doors.start)(title) {
            Ok(folder) => {
                self.state.prompt.set_aside();
                self.edited();
                self.enter(&folder)
            }
            Err(error) => {
                self.refuse(
                    error.to_string(),
                    "nothing was started; the title stays here, and Enter tries again",
                );
                Next::Stay(Effect::None)
            }
        }
    }

    fn enter(&mut self, folder: &Path) -> Next {
        match (self.doors.open)(folder) {
            Ok((session, whole)) => {
                let room = Room::new(session, &self.start_dir, self.look, self.keys.clone());
                let room = room.with_whole(whole).waking(&self.wake);
                let room = room.with_check(&self.doors.check).with_past(self.doors.past.as_ref());
                let room = room.with_timebox(self.doors.timebox);
                let room = room.with_hindsight(self.doors.hindsight.clone());
                Next::Enter(Box::new(room.with_notices(&self.doors.notices)))
            }
            Err(error) => {
                self.refuse(error.to_string(), "it was left as it is");
                Next::Stay(Effect::None)
            }
        }
    }

    fn refuse(&mut self, why: String, kept: &str) {
        self.state.said = Some(Said { hint: kept.into(), ..Said::new(Tone::Bad, why) });
    }

    fn wheel(&mut self, up: bool) {
        if self.state.overlay.is_some() {
            for _ in 0..WHEEL {
                self.go(if up { Act::Up } else { Act::Down });
            }
            return;
        }
        let from = self.state.from;
        self.state.from = if up { from.saturating_sub(WHEEL) } else { from + WHEEL };
        self.state.follows = false;
    }

    fn click(&mut self, at: Position) -> Next {
        let (seen, now) = (self.state.seen, self.doors.clock.now());
        let clicked = seen.nth(at).filter(|_| self.state.overlay.is_none());
        let Some(folder) = clicked.and_then(|nth| self.order.card(nth)).map(|card| card.folder.clone())
        else {
            return Next::Stay(Effect::None);
        };
        let before = self.state.clicked.replace((folder.clone(), now));
        if before.is_some_and(|(other, then)| {
            other == folder && now - then <= TimeDelta::milliseconds(DOUBLE_CLICK)
        }) {
            return self.enter(&folder);
        }
        self.choose(seen.nth(at));
        Next::Stay(Effect::None)
    }
}
