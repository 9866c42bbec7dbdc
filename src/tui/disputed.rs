//! What two people set differently, neither having seen the other's change: said once when it comes up, and quietly beside
//! what shows for as long as it is open.

use super::look::Look;
use super::room::Room;
use crate::model::{Disputed, DisputedItem, Incident};
use crate::text::Raw;

impl Room {
    /// Says what has come to be disputed since this was asked last.
    pub(super) fn tell_of_disputes(&mut self) {
        let incident = self.session.incident();
        if incident.disputed == self.disputed {
            return;
        }
        let is_new = |one: &&Disputed| self.disputed.iter().all(|known| known.change != one.change);
        let new: Vec<&Disputed> = incident.disputed.iter().filter(is_new).collect();
        let told = match new[..] {
            [] => None,
            [one] => Some(format!("{} · /doubts settles it", one.doubt(incident).for_term())),
            _ => {
                let all: Vec<String> = new.iter().map(|one| one.what(incident)).collect();
                let all = Raw::new(all.join(", ")).for_term();
                Some(format!("two people have set {all}, each in another way · /doubts walks through them"))
            }
        };
        self.disputed.clone_from(&incident.disputed);
        self.state.notices.extend(told);
    }
}

/// What of this thing is disputed, of none what of the incident is: each field with the value that does not show, and who says
/// so.
pub(super) fn notes(item: Option<&DisputedItem>, incident: &Incident, look: Look) -> Vec<String> {
    let mark = look.mark("≠ ", "disputed: ");
    let note = |one: &Disputed| {
        let note = format!("{mark}{}: {}", one.field.words(), one.otherwise(incident));
        Raw::new(note).for_term().to_string()
    };
    incident.disputed_of(item).map(note).collect()
}

/// What is disputed of the things that `is_one` picks, each named in full: what has no row of its own stands beside others.
pub(super) fn named(incident: &Incident, look: Look, is_one: impl Fn(&DisputedItem) -> bool) -> Vec<String> {
    let mark = look.mark("≠ ", "disputed: ");
    let of_these = incident.disputed.iter().filter(|one| one.item.as_ref().is_some_and(&is_one));
    let note = |one: &Disputed| {
        let note = format!("{mark}{}: {}", one.what(incident), one.otherwise(incident));
        Raw::new(note).for_term().to_string()
    };
    of_these.map(note).collect()
}
