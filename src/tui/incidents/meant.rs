//! What Enter means in the list, and how that is said before it is pressed.

use super::List;
use super::order::Card;
use crate::grammar::table::{RoomVerb, Takes, name_of};
use crate::text::Raw;

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
        let (enter, down) = match self.meant() {
            Meant::Nothing if self.state.prompt.is_empty() => return Vec::new(),
            Meant::Nothing => ("type what is broken".into(), None),
            Meant::Quit => ("Enter leaves".into(), None),
            Meant::Help => ("Enter shows the keys".into(), None),
            Meant::TooLong(length) => (too_long(length), None),
            Meant::Open(card, how) => self.of_opening(card, how, width),
            Meant::Start(title) => self.of_starting(&title, width),
        };
        match down {
            Some(down) if width >= ONE_ROW => vec![format!("{enter} · {down}")],
            down => [Some(enter), down].into_iter().flatten().collect(),
        }
    }

    fn of_opening(&self, card: &Card, how: Choice, width: usize) -> (String, Option<String>) {
        let down = match how {
            Choice::Chosen => "Esc chooses none",
            Choice::First => "type to search, or to start one",
        };
        let room = room(width, "Enter opens “”", down);
        let enter = match &self.doors.shelf.found()[card.at].incident {
            Ok(_) => format!("Enter opens “{}”", card.title.cut(room)),
            Err(why) => return (format!("it cannot be opened: {why}"), None),
        };
        (enter, Some(down.into()))
    }

    fn of_starting(&self, title: &Raw, width: usize) -> (String, Option<String>) {
        let title = title.for_term();
        if self.order.going_on(title.as_str()).is_some() {
            let (open, another) = ("is already open: Down, Enter opens it", "Enter starts another");
            let title = title.cut(room(width, "“” ", open).min(room(width, open, another)));
            return (format!("“{title}” {open}"), Some(another.into()));
        }
        let down = match self.order.len() {
            0 => None,
            1 => Some("Down chooses the one like it".to_owned()),
            many => Some(format!("Down chooses one of {many}")),
        };
        let room = room(width, "Enter starts “”", down.as_deref().unwrap_or_default());
        (format!("Enter starts “{}”", title.cut(room)), down)
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
