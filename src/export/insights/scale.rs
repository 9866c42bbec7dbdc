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
        let lengths: Vec<i64> = if self.is_log {
            let mut round: Vec<i64> = ROUND.into_iter().filter(|length| *length <= self.longest).collect();
            // Hours, days and weeks before what lies between them.
            round.sort_by_key(|length| ![1, 10, 60, 1_440, 10_080].contains(length));
            [0].into_iter().chain(round).collect()
        } else {
            let steps = ROUND.into_iter().chain((1..).map(|nth: i64| nth.saturating_mul(525_600)));
            let step = steps.into_iter().find(|step| self.longest / step < most).unwrap_or(self.longest);
            (0..=self.longest / step).map(|nth| nth * step).collect()
        };
        lengths.into_iter().map(|length| (length, label(length))).collect()
    }
}

/// A round length: `10m`, `3h`, `2d`, `1w`.
fn label(minutes: i64) -> String {
    match minutes {
        0 => "0".into(),
        525_600 => "1y".into(),
        whole if whole % 10_080 == 0 => format!("{}w", whole / 10_080),
        whole if whole % 1_440 == 0 => format!("{}d", whole / 1_440),
        whole if whole % 60 == 0 => format!("{}h", whole / 60),
        whole if whole > 60 => format!("{}h {}m", whole / 60, whole % 60),
        whole => format!("{whole}m"),
    }
}
