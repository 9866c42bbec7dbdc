//! What Enter means in the list, and how that is said before it is pressed.

use super::List;
use super::order::Card;
use crate::grammar::table::{RoomVerb, Takes, name_of};
use crate::text::Raw;
use crate::tui::keymap::{Act, stack};

/// The longest title, in characters: what is longer was pasted by mistake, or belongs into an entry.
const LONGEST: usize = 1_000;
/// The narrowest screen on which all is said in one row.
const ONE_ROW: usize = 60;

/// What Enter would do.
pub(super) enum Meant<'a> {
    /// Nothing.
    Nothing,
    /// Open this one; it was chosen, or is the first.
    Open(&'a Card, Choice),
    /// Start an incident with this title.
    Start(Raw),
    /// Nothing, since the title has this many characters.
    TooLong(usize),
    /// Leave.
    Quit,
    /// Show the help.
    Help,
    /// Show what past incidents say together.
    Insights,
}

/// How an incident came to be the one that Enter opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Choice {
    /// A person chose it.
    Chosen,
    /// It stands at the top, and nothing is typed.
    First,
}

impl List {
    /// What Enter would do now.
    pub(super) fn meant(&self) -> Meant<'_> {
        if let Some(card) = self.chosen().and_then(|nth| self.order.card(nth)) {
            return Meant::Open(card, Choice::Chosen);
        }
        if self.state.prompt.is_empty() {
            return self.order.card(0).map_or(Meant::Nothing, |card| Meant::Open(card, Choice::First));
        }
        // A title is one line, however it was pasted.
        let lines = self.state.prompt.lines().iter().map(|line| line.trim());
        let line = lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ");
        if let Some(name) = line.strip_prefix('/') {
            match name {
                name if name == name_of(Takes::Room(RoomVerb::Quit)) => return Meant::Quit,
                name if name == name_of(Takes::Room(RoomVerb::Help)) => return Meant::Help,
                name if name == name_of(Takes::Room(RoomVerb::Insights)) => return Meant::Insights,
                _ => {}
            }
        }
        let title = Raw::new(line.strip_prefix('\\').unwrap_or(&line));
        match line.chars().count() {
            _ if title.is_blank() => Meant::Nothing,
            length if length > LONGEST => Meant::TooLong(length),
            _ => Meant::Start(title),
        }
    }

    /// What Enter and Down would do, in one row where that fits, else in two.
    pub(super) fn hint(&self, width: usize) -> Vec<String> {
        let enter = self.called(Act::Commit);
        let (enter, down) = match self.meant() {
            Meant::Nothing if self.state.prompt.is_empty() => return Vec::new(),
            Meant::Nothing => ("type what is broken".into(), None),
            Meant::Quit => (format!("{enter} leaves"), None),
            Meant::Help => (format!("{enter} shows the keys"), None),
            Meant::Insights => (format!("{enter} shows what past incidents say"), None),
            Meant::TooLong(length) => (too_long(length), None),
            Meant::Open(card, how) => self.of_opening(card, how, width),
            Meant::Start(title) => self.of_starting(&title, width),
        };
        let twin = self.chosen().and_then(|nth| self.twin(self.order.card(nth)?));
        let twin = twin
            .map(|twin| format!("likely the same as {}: `warroom merge` makes them one", twin.for_term()));
        let rows = match down {
            Some(down) if width >= ONE_ROW => vec![format!("{enter} · {down}")],
            down => [Some(enter), down].into_iter().flatten().collect::<Vec<_>>(),
        };
        rows.into_iter().chain(twin).collect()
    }

    fn of_opening(&self, card: &Card, how: Choice, width: usize) -> (String, Option<String>) {
        let down = match how {
            Choice::Chosen => format!("{} chooses none", self.called(Act::ToPrompt)),
            Choice::First => "type to search, or to start one".into(),
        };
        let opens = format!("{} opens", self.called(Act::Commit));
        let room = room(width, &format!("{opens} “”"), &down);
        let enter = match &self.doors.archive.kept()[card.at].card {
            Ok(_) => format!("{opens} “{}”", card.title.cut(room)),
            Err(why) => return (format!("it cannot be opened: {why}"), None),
        };
        (enter, Some(down))
    }

    fn of_starting(&self, title: &Raw, width: usize) -> (String, Option<String>) {
        let title = title.for_term();
        let (enter, down) = (self.called(Act::Commit), self.called(Act::Down));
        if self.order.going_on(title.as_str()).is_some() {
            let open = format!("is already open: {down}, {enter} opens it");
            let another = format!("{enter} starts another");
            let title = title.cut(room(width, "“” ", &open).min(room(width, &open, &another)));
            return (format!("“{title}” {open}"), Some(another));
        }
        let down = match self.order.len() {
            0 => None,
            1 => Some(format!("{down} chooses the one like it")),
            many => Some(format!("{down} chooses one of {many}")),
        };
        let starts = format!("{enter} starts");
        let room = room(width, &format!("{starts} “”"), down.as_deref().unwrap_or_default());
        (format!("{starts} “{}”", title.cut(room)), down)
    }

    /// How people call the key that does this in the list.
    fn called(&self, act: Act) -> String {
        self.keys.key(act, stack::LIST).unwrap_or_else(|| "no key".into())
    }
}

/// Why a title is not taken.
pub(super) fn too_long(length: usize) -> String {
    format!("too long for a title: {length} characters, and at most {LONGEST} fit; the rest can be an entry")
}

/// The columns that are left for a title beside what is said of it.
fn room(width: usize, around: &str, beside: &str) -> usize {
    let beside = if width >= ONE_ROW { beside.chars().count() + " · ".len() } else { 0 };
    width.saturating_sub(around.chars().count() + beside)
}
