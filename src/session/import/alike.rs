//! Whether two incidents may be two records of one outage.

use chrono::TimeDelta;

use crate::model::Incident;
use crate::text::Raw;

/// How far apart two records of one outage may begin.
const APART: TimeDelta = TimeDelta::hours(2);

/// From which likeness on two texts say the same: 1 is equal.
const SAME: f64 = 0.7;

/// The most bytes of a text that are compared: the likeness of long ones takes the product of their lengths.
const COMPARED: usize = 200;

/// Whether both began at about the same time, and have a similar title or cause.
pub fn alike(one: &Incident, other: &Incident) -> bool {
    let began = |incident: &Incident| incident.began().map(|(at, _)| at);
    let (Some(a), Some(b)) = (began(one), began(other)) else { return false };
    let same = |a: &Raw, b: &Raw| {
        let start = |text: &Raw| text.as_typed().to_lowercase().chars().take(COMPARED).collect::<String>();
        !a.is_blank() && strsim::sorensen_dice(&start(a), &start(b)) >= SAME
    };
    let causes = one.root_cause.as_ref().zip(other.root_cause.as_ref());
    (a - b).abs() <= APART
        && (same(&one.title, &other.title) || causes.is_some_and(|(one, other)| same(one, other)))
}
