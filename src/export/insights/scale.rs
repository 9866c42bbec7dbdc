//! The scale on which lengths of time are drawn: the same for all of them, so that they can be compared.

use crate::model::insight::{Dot, Spread};

/// From this ratio of the longest to the shortest on, it is logarithmic: on another one most would lie in one place.
const WIDE: i64 = 50;

/// Round lengths that may stand at a scale, in minutes: up to a day, a week, four weeks, a year.
const ROUND: [i64; 17] =
    [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1_440, 2_880, 4_320, 10_080, 40_320, 525_600];

/// A scale that begins at 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scale {
    /// Where it ends, in minutes.
    longest: i64,
    /// Whether it is logarithmic: of one minute more, so that 0 has a place.
    pub is_log: bool,
}

impl Scale {
    /// One on which all of these have a place; none where nothing is known.
    pub fn of(spreads: &[Spread]) -> Option<Self> {
        let minutes = || spreads.iter().flat_map(|spread| &spread.dots).map(|Dot { minutes, .. }| *minutes);
        let (longest, shortest) = (minutes().max()?.max(1), minutes().min()?.max(1));
        Some(Self { longest, is_log: longest / shortest > WIDE })
    }

    /// How many of `steps` equal steps lie before a length.
    pub fn place(&self, minutes: f64, steps: usize) -> usize {
        #[expect(clippy::cast_precision_loss, reason = "minutes and steps are far below 2^52")]
        let (longest, steps_before) = (self.longest as f64, steps as f64);
        let share = if self.is_log { minutes.ln_1p() / longest.ln_1p() } else { minutes / longest };
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "between 0 and the steps"
        )]
        let place = (share.clamp(0.0, 1.0) * steps_before).round() as usize;
        place
    }

    /// Round lengths on it, as they are labelled, in the order in which they are wanted where there is no room for all.
    pub fn ticks(&self, most: usize) -> Vec<(i64, String)> {
        let most = i64::try_from(most.max(1)).unwrap_or(i64::MAX);
        if self.is_log {
            let mut round: Vec<i64> = ROUND.into_iter().filter(|length| *length <= self.longest).collect();
            // Hours, days and weeks before what lies between them.
            round.sort_by_key(|length| ![1, 10, 60, 1_440, 10_080].contains(length));
            return [0].into_iter().chain(round).map(|length| (length, label(length, length))).collect();
        }
        let steps = ROUND.into_iter().chain((1..).map(|nth: i64| nth.saturating_mul(525_600)));
        let step = steps.into_iter().find(|step| self.longest / step < most).unwrap_or(self.longest);
        (0..=self.longest / step).map(|nth| nth * step).map(|length| (length, label(length, step))).collect()
    }
}

/// A round length in the unit of the steps of its scale, so that all of one scale have the same: `10m`, `3h`, `2d`, `1w`.
fn label(minutes: i64, step: i64) -> String {
    if minutes == 0 {
        return "0".into();
    }
    let units = [(525_600, "y"), (10_080, "w"), (1_440, "d"), (60, "h")];
    let unit = units.into_iter().find(|(unit, _)| step % unit == 0).unwrap_or((1, "m"));
    format!("{}{}", minutes / unit.0, unit.1)
}
