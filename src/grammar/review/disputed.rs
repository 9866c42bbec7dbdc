//! The lines that settle what is disputed: two people set one field, and neither had seen the other's change.

use crate::grammar::{Desk, print};
use crate::log::settled::settling;
use crate::model::{Disputed, Incident, Instant};
use crate::text::Raw;

/// The line that sets a field to the value that shows, for a person to send as it is or to correct; where none does, the one
/// that takes the other value back.
pub fn settled_as_it_shows(disputed: &Disputed, incident: &Incident) -> String {
    let line = line(disputed, disputed.shown.as_ref(), incident);
    line.unwrap_or_else(|| taken_back(disputed))
}

/// The line that sets it to the value that does not show, where there is one.
pub fn settled_otherwise(disputed: &Disputed, incident: &Incident) -> Option<String> {
    line(disputed, disputed.value.as_ref(), incident)
}

/// All lines that settle it: with the other value, with the one that shows, by taking the other one back.
pub(super) fn lines(disputed: &Disputed, incident: &Incident) -> Vec<String> {
    let values = [disputed.value.as_ref(), disputed.shown.as_ref()];
    let lines = values.into_iter().filter_map(|value| line(disputed, value, incident));
    lines.chain([taken_back(disputed)]).collect()
}

fn line(disputed: &Disputed, value: Option<&Raw>, incident: &Incident) -> Option<String> {
    let change = settling(disputed, value, incident)?;
    let now = Instant::default();
    print(&change, &Desk { incident, now, typed_last: None, undo: None, redo: None })
}

fn taken_back(disputed: &Disputed) -> String {
    format!("/undo {}", disputed.change)
}
