//! Which half of the day a time of twelve hours is in.

/// AM or PM, as it was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Half {
    /// Not said: a clock of 24 hours, or left out.
    #[default]
    None,
    /// Before noon.
    Am,
    /// After noon.
    Pm,
    /// Said, but it cannot be: `13:00 PM`, `15:10 AM`. The number counts.
    Odd,
}

impl Half {
    /// The hour of the day, 0 to 23, of what a clock shows. An hour over 12 is what it is.
    pub fn hour(self, shown: u32) -> u32 {
        match (self, shown) {
            (Self::Am, 12) => 0,
            (Self::Pm, 1..12) => shown + 12,
            _ => shown,
        }
    }

    /// Whether AM or PM was written at all.
    pub fn is_given(self) -> bool {
        self != Self::None
    }
}
