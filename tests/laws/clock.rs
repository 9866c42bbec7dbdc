//! The clock that stamps: it never falls, and nobody pulls it far ahead.

use proptest::prelude::*;
use warroom::log::{Hlc, Stamp};
use warroom::model::{Instant, Writer};

use crate::scene::utc;

fn instant(ms: i64) -> Instant {
    Instant::from_timestamp_millis(ms).unwrap_or_default()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn it_never_falls(
        steps in prop::collection::vec((-10_000_000i64..10_000_000_000, prop::option::of((0u64..10_000_000_000, any::<u32>()))), 1..60)
    ) {
        let other = Writer::from_bits(99);
        let mut clock = Hlc::new(Writer::from_bits(1));
        let mut last: Option<Stamp> = None;
        let mut highest = 0;
        for (n, (wall, seen)) in (1..).zip(steps) {
            let mut heard = None;
            if let Some((ms, counter)) = seen {
                let foreign = Stamp { ms, counter, writer: other, n };
                clock.observe(foreign, instant(wall));
                let limit = wall.max(0).unsigned_abs() + 600_000;
                heard = (ms <= limit).then_some(foreign);
            }
            let stamp = clock.stamp(instant(wall));
            prop_assert!(last.is_none_or(|last| last < stamp));
            prop_assert!(heard.is_none_or(|heard| (heard.ms, heard.counter) < (stamp.ms, stamp.counter)));
            prop_assert_eq!(stamp.n, n);
            // Never further ahead than a wall it has seen, or what it may take from another.
            highest = highest.max(wall.max(0).unsigned_abs());
            prop_assert!(stamp.ms <= highest + 600_001);
            last = Some(stamp);
        }
    }
}

#[test]
fn a_stamp_over_ten_minutes_ahead_does_not_raise_it() {
    let now = utc("2024-08-10 12:00");
    let ms = now.timestamp_millis().unsigned_abs();
    for (ahead, followed) in [(600_000, true), (600_001, false), (40_000_000_000_000, false)] {
        let mut clock = Hlc::new(Writer::from_bits(1));
        let foreign = Stamp { ms: ms + ahead, counter: 4, writer: Writer::from_bits(2), n: 1 };
        clock.observe(foreign, now);
        let stamp = clock.stamp(now);
        assert_eq!(stamp > foreign, followed, "{ahead} ms ahead");
        assert_eq!((stamp.ms, stamp.counter), if followed { (foreign.ms, 5) } else { (ms, 0) });
    }
}

#[test]
fn within_one_millisecond_the_counter_goes_on() {
    let now = utc("2024-08-10 12:00");
    let mut clock = Hlc::new(Writer::from_bits(1));
    let first = clock.stamp(now);
    let second = clock.stamp(now - chrono::Duration::hours(1));
    assert_eq!((second.ms, second.counter, second.n), (first.ms, 1, 2));
    clock.observe(Stamp { counter: u32::MAX, writer: Writer::from_bits(2), ..first }, now);
    let third = clock.stamp(now);
    assert_eq!((third.ms, third.counter), (first.ms + 1, 0));
}
