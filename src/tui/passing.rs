//! What time going by changes: the clocks, and that the disk does not answer.

use chrono::TimeDelta;

use super::room::Room;
use super::times::{self, Ages};
use super::view;

impl Room {
    /// Whether by time going by something else is to be seen than was drawn: a clock, or that the disk does not answer.
    pub fn is_stale(&mut self) -> bool {
        let was_played = self.play_demo();
        let was_set = self.read_clock();
        let (clocks, saving, sharing) = &self.drawn;
        was_played
            || was_set
            || self.is_playing()
            || view::clocks(self.incident(), &self.ages()) != *clocks
            || self.session.saving() != *saving
            || self.session.sharing() != *sharing
    }

    /// For how many seconds nothing changes by time going by, as things stand and as far as it is asked.
    pub fn stands_for(&self, most: u32) -> u32 {
        if self.is_playing() {
            return 1;
        }
        let Ages { now, timebox, .. } = self.ages();
        let clocks = |seconds: u32| {
            let gone = TimeDelta::seconds(seconds.into());
            let time = self.session.time().after(gone);
            let time = self.state.replaying.is_none().then_some(&time);
            view::clocks(self.incident(), &Ages { now: now + gone, time, timebox })
        };
        let stand = clocks(0);
        (1..most).find(|seconds| clocks(*seconds) != stand).unwrap_or(most)
    }

    /// What all that counts in the room counts by.
    pub(super) fn ages(&self) -> Ages<'_> {
        let time = self.state.replaying.is_none().then(|| self.session.time());
        Ages { now: self.moment(), time, timebox: self.state.timebox }
    }

    /// Reads the clock; whether somebody has set it, which is said.
    pub(super) fn read_clock(&mut self) -> bool {
        let Some(by) = self.session.read_clock() else { return false };
        self.state.notices.push(times::set(by));
        true
    }
}
