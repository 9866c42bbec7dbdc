//! What the room asks when machines have told something: nothing is assumed.

use super::keymap::{Act, stack};
use super::room::Room;
use super::state::{Said, Tone};
use super::times;
use crate::grammar::first_alert;
use crate::model::MilestoneKind;

/// The most columns of an alert in the question.
const SHOWN: usize = 40;

impl Room {
    /// Asks once whether the alert that fired first is how the outage was detected, where nobody has said how it was. What is
    /// said of the line that is being written counts more: then it is asked later.
    pub(super) fn ask_how_detected(&mut self) {
        let incident = self.session.incident();
        let is_free = self.state.said.as_ref().is_none_or(|said| said.tone == Tone::Peers);
        let machines = incident.timeline.machines();
        let is_open = self.without_alert.is_some_and(|seen| seen != machines)
            && incident.milestones.get(MilestoneKind::Detected).is_none();
        if !is_open || !is_free || self.state.replaying.is_some() {
            return;
        }
        let Some(alert) = first_alert(incident) else {
            self.without_alert = Some(machines);
            return;
        };
        let at = times::of_day(incident, &alert.at);
        let text = alert.text.for_term().cut(SHOWN);
        let complete = self.state.keys.key(Act::Complete, stack::CHOICES).unwrap_or_default();
        let words = format!(
            "the first alert fired at {at}: {text} · detected by it? /detected and {complete} write that"
        );
        self.without_alert = None;
        self.state.said = Some(Said::new(Tone::Plain, words).about(&self.state.prompt.text()));
    }
}
