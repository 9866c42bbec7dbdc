//! Key entries and decisions: numbered ticks on the scale, and the numbers explained below it.

use super::canvas::{BODY, QUIET};
use super::{EDGE, LEFT, RIGHT, ROW, Sheet, WIDTH};
use crate::export::fit;
use crate::export::outline::timeline::is_told;
use crate::model::{EntryKind, Instant, Moment};
use crate::text::Raw;

/// The most that get a number.
const MOST: usize = 24;
/// The room that a number takes on the scale.
const STEP: i32 = 21;

/// A key entry or a decision.
pub(super) struct Key {
    when: Moment,
    /// The instant, where it is wholly known.
    pub at: Option<Instant>,
    decided: bool,
    text: Raw,
}

impl Sheet<'_> {
    /// All of them, in the order of time. Milestones and hypotheses are drawn as themselves.
    pub(super) fn key_moments(&self) -> Vec<Key> {
        let incident = self.incident;
        let starred = incident.timeline.iter().filter(|e| e.key && is_told(e, incident));
        let starred = starred.filter(|e| !matches!(e.kind, EntryKind::Milestone | EntryKind::Hypothesis));
        let starred = starred.map(|e| (e.moment(), false, &e.text));
        let decisions = incident.decisions.iter().map(|d| (Moment::to_the_minute(d.at), true, &d.text));
        let mut all: Vec<Key> = starred
            .chain(decisions)
            .map(|(when, decided, text)| Key { at: when.at.instant(), when, decided, text: text.clone() })
            .collect();
        all.sort_by_key(|key| key.when.at.sort_key());
        all
    }

    /// The ticks; those that get a number are led to it, so that numbers never lie on each other.
    pub(super) fn keys(&mut self) {
        let keys = self.key_moments();
        if keys.is_empty() {
            return;
        }
        self.front.path("wr-grid", &format!("M{EDGE} {}H{RIGHT}", self.y));
        let top = self.y + 4;
        self.lane(top + 26, "Key entries");
        let mut ticks: Vec<i32> = keys.iter().filter_map(|key| Some(self.column(key.at?))).collect();
        ticks.dedup();
        for x in ticks {
            self.front.path("wr-mark", &format!("M{x} {top}v6"));
        }
        let known =
            keys.iter().take(MOST).enumerate().filter_map(|(nth, key)| Some((nth + 1, self.column(key.at?))));
        let known: Vec<(usize, i32)> = known.collect();
        let places = apart(&known.iter().map(|(_, x)| *x).collect::<Vec<_>>());
        for ((number, x), place) in known.into_iter().zip(places) {
            self.front.path("wr-rule", &format!("M{x} {}L{place} {}", top + 6, top + 16));
            self.front.number((place, top + 24), number);
        }
        self.y = top + 40;
    }

    /// What the numbers stand for.
    pub(super) fn legend(&mut self) {
        let keys = self.key_moments();
        if keys.is_empty() {
            return;
        }
        let times: Vec<String> = keys.iter().take(MOST).map(|key| self.clock(&key.when)).collect();
        let wide = times.iter().map(|time| QUIET.width(time)).max().unwrap_or(0);
        let x = EDGE + 24 + wide + 10;
        self.y += 4;
        for (nth, (key, time)) in keys.iter().zip(&times).enumerate() {
            self.y += ROW + 2;
            self.front.number((EDGE + 9, self.y - 4), nth + 1);
            self.front.text((EDGE + 24, self.y), QUIET, "", time);
            let decided = if key.decided { "decided: " } else { "" };
            let text = BODY.cut(&format!("{decided}{}", fit::row(&key.text)), WIDTH - EDGE - x);
            self.front.text((x, self.y), BODY, "", &text);
        }
        let left = keys.len().saturating_sub(MOST);
        if left > 0 {
            self.y += ROW + 2;
            self.front.text((x, self.y), QUIET, "", &format!("and {left} more, ticked without a number"));
        }
    }
}

/// Places as near to these as can be, in their order, that do not touch each other and stay on the scale.
fn apart(wanted: &[i32]) -> Vec<i32> {
    let numbers = || (0_i32..).map(|nth| nth * STEP);
    // With the room of all before it taken off, each place only must not be before the last. Neighbours that would be stand
    // around the mean of what they want (pool adjacent violators).
    let mut pools: Vec<(i32, i32)> = Vec::new();
    for (x, before) in wanted.iter().zip(numbers()) {
        let mut pool = (x - before, 1);
        while let Some(last) = pools.pop_if(|last| last.0 / last.1 > pool.0 / pool.1) {
            pool = (pool.0 + last.0, pool.1 + last.1);
        }
        pools.push(pool);
    }
    let all = numbers().nth(wanted.len().saturating_sub(1)).unwrap_or(0);
    let means = pools.into_iter().flat_map(|(sum, count)| (0..count).map(move |_| sum / count));
    means.zip(numbers()).map(|(mean, before)| mean.clamp(LEFT, RIGHT - all) + before).collect()
}
