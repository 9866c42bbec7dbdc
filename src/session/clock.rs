//! The clock: the only place that reads the wall. Everything else is handed the time.

use crate::model::Instant;

/// Tells the time.
pub trait Clock: Send + Sync {
    /// What the wall shows.
    fn now(&self) -> Instant;
}

/// The machine's own clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wall;

impl Clock for Wall {
    #[expect(clippy::disallowed_methods, reason = "this is the one place that reads the wall")]
    fn now(&self) -> Instant {
        chrono::Utc::now()
    }
}
