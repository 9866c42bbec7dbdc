//! The clocks: the only place that reads the wall, and what runs on evenly when that is set. Everything else is handed the
//! time.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::TimeDelta;
use rustix::time::{ClockId, clock_gettime};

use crate::model::Instant;

/// The clock that nobody sets and that goes on while the machine sleeps. Apple's monotonic clock does.
#[cfg(any(target_os = "linux", target_os = "android"))]
const EVEN: ClockId = ClockId::Boottime;
#[cfg(not(any(target_os = "linux", target_os = "android")))]
const EVEN: ClockId = ClockId::Monotonic;

/// How far the wall may run away from what runs evenly before it was set by somebody.
const SET: TimeDelta = TimeDelta::seconds(2);
/// As much more of the time that has gone by: clocks that are brought right slowly run up to 1 in 2,000 faster or slower.
const SLEWED: i32 = 1_000;
/// How often a wall may be set until the first time is forgotten.
const KEPT: usize = 64;

/// Tells the time.
pub trait Clock: Send + Sync {
    /// What the wall shows.
    fn now(&self) -> Instant;

    /// How long something has been going on that nobody sets and that goes on while the machine sleeps. By itself it is the
    /// wall, for a clock that nobody sets anyway.
    fn running(&self) -> TimeDelta {
        self.now() - Instant::UNIX_EPOCH
    }
}

/// The machine's own clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wall;

impl Clock for Wall {
    #[expect(clippy::disallowed_methods, reason = "this is the one place that reads the wall")]
    fn now(&self) -> Instant {
        chrono::Utc::now()
    }

    fn running(&self) -> TimeDelta {
        let read = clock_gettime(EVEN);
        let parts = u32::try_from(read.tv_nsec).unwrap_or_default();
        TimeDelta::new(read.tv_sec, parts).unwrap_or_default()
    }
}

/// How long ago things were, whatever happens to the wall clock meanwhile: where that is set, all that was stamped before
/// stays as long ago as it was, and what is stamped after counts by the new time.
#[derive(Clone, Debug)]
pub struct Steady {
    wall: Instant,
    running: TimeDelta,
    settings: Vec<Setting>,
}

/// That the wall was set.
#[derive(Clone, Copy, Debug)]
struct Setting {
    /// What was stamped earlier than this is from before: stamps never fall, even when the wall does.
    from: Instant,
    by: TimeDelta,
}

impl Steady {
    /// Begins with what the clock shows.
    pub fn of(clock: &dyn Clock) -> Self {
        Self { wall: clock.now(), running: clock.running(), settings: Vec::new() }
    }

    /// Reads the clock, and gives by how much the wall was set since the last time, where it was.
    pub fn read(&mut self, clock: &dyn Clock) -> Option<TimeDelta> {
        let (wall, running) = (clock.now(), clock.running());
        let gone = running - self.running;
        let by = wall - (self.wall + gone);
        let is_set = by.abs() > SET + gone.abs() / SLEWED;
        if is_set {
            if self.settings.len() == KEPT {
                self.settings.remove(0);
            }
            self.settings.push(Setting { from: wall.max(wall - by), by });
        }
        (self.wall, self.running) = (wall, running);
        is_set.then_some(by)
    }

    /// The same as it will be when so much time has gone by and nobody has set the wall.
    #[must_use]
    pub fn after(&self, gone: TimeDelta) -> Self {
        Self { wall: self.wall + gone, running: self.running + gone, settings: self.settings.clone() }
    }

    /// How long ago an instant was when the clock was read last; less than nothing for one to come.
    pub fn since(&self, at: Instant) -> TimeDelta {
        let set = self.settings.iter().filter(|setting| at < setting.from);
        set.fold(self.wall - at, |since, setting| since - setting.by)
    }
}

/// A clock that is told what it shows and how fast it goes on: for an outage that is played.
pub struct Paced {
    clock: Arc<dyn Clock>,
    pace: Mutex<Pace>,
}

/// What it showed at some moment of the clock behind it, and how fast it has gone since.
#[derive(Clone, Copy)]
struct Pace {
    from: TimeDelta,
    at: Instant,
    speed: i32,
}

impl Paced {
    /// Shows `at` now, and stands still.
    pub fn new(clock: Arc<dyn Clock>, at: Instant) -> Self {
        let pace = Mutex::new(Pace { from: clock.running(), at, speed: 0 });
        Self { clock, pace }
    }

    /// Goes on from here so many times as fast; 0: it stands still.
    pub fn go_at(&self, speed: i32) {
        self.set(self.now(), speed);
    }

    /// Shows `at`, and goes on from there as fast as before.
    pub fn go_to(&self, at: Instant) {
        let speed = self.pace().speed;
        self.set(at, speed);
    }

    fn set(&self, at: Instant, speed: i32) {
        *self.pace() = Pace { from: self.clock.running(), at, speed };
    }

    fn pace(&self) -> MutexGuard<'_, Pace> {
        self.pace.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Clock for Paced {
    fn now(&self) -> Instant {
        let Pace { from, at, speed } = *self.pace();
        at + (self.clock.running() - from) * speed
    }
}
