//! The milestones: flags over the phases, each at its time.

use super::canvas::QUIET;
use super::{EDGE, Sheet, WIDTH};
use crate::model::{Instant, MilestoneKind, Moment};

/// The height of a row of flags.
const FLAG: i32 = 18;

/// A milestone and its place.
struct Flag {
    kind: MilestoneKind,
    x: i32,
    label: String,
    /// Where the label begins and ends.
    from: i32,
    to: i32,
    /// Which row it hangs in, from below.
    row: i32,
}

impl Sheet<'_> {
    /// Draws them. A later one hangs lower, so that no pole goes through the label of an earlier one.
    pub(super) fn milestones(&mut self) {
        let mut known: Vec<(Instant, MilestoneKind)> =
            self.phases.milestones.iter().map(|(kind, at)| (*at, *kind)).collect();
        known.sort_unstable();
        let mut flags: Vec<Flag> = Vec::new();
        for (at, kind) in known.into_iter().rev() {
            let approximate = self.incident.milestones.get(kind).is_some_and(|m| m.approximate);
            let time = self.clock(&Moment { approximate, ..Moment::stamped(at) });
            let (x, label) = (self.column(at), format!("{kind} {time}"));
            let width = QUIET.width(&label);
            let from = (x - 3).min(WIDTH - EDGE / 2 - width);
            let meets = |flag: &&Flag| {
                flag.from < from + width + 8 && from < flag.to + 8 || (from..=from + width).contains(&flag.x)
            };
            let row = flags.iter().filter(meets).map(|flag| flag.row + 1).max().unwrap_or(0);
            flags.push(Flag { kind, x, label, from, to: from + width, row });
        }
        let rows = flags.iter().map(|flag| flag.row + 1).max().unwrap_or(0);
        if rows == 0 {
            self.y += 12;
            return;
        }
        let bottom = self.y + rows * FLAG + 14;
        self.lane(bottom - 6, "Milestones");
        for Flag { x, row, .. } in &flags {
            self.front.path("wr-rule", &format!("M{x} {}V{bottom}", bottom - 12 - row * FLAG));
        }
        for Flag { x, row, label, from, kind, .. } in &flags {
            self.front.text((*from, bottom - 16 - row * FLAG), QUIET, "wr-halo", label);
            let d = format!("M{x} {}l5 5l-5 5l-5-5Z", bottom - 8);
            self.front
                .0
                .push_str(&format!("<path class=\"wr-ink\" d=\"{d}\"><title>{kind}</title></path>\n"));
        }
        self.y = bottom + 6;
    }
}
