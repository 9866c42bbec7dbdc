//! What happened around this day of the year, in other years.

use chrono::{Datelike as _, NaiveDate};

use crate::archive::Digest;
use crate::model::insight::Anniversary;

/// The days before and after that count.
const NEAR: i64 = 3;

/// The incidents of other years around this day, the nearest day first, then the newest.
pub(super) fn this_week(all: &[&Digest], today: NaiveDate) -> Vec<Anniversary> {
    let near = all.iter().filter_map(|digest| {
        let began = digest.day()?;
        let days_off = days_off(began, today).filter(|days| days.abs() <= NEAR)?;
        let (incident, title) = (digest.id.clone(), digest.title.clone());
        Some(Anniversary { incident, title, severity: digest.severity, began, days_off })
    });
    let mut near: Vec<Anniversary> = near.collect();
    near.sort_by(|a, b| {
        let nearest = a.days_off.abs().cmp(&b.days_off.abs());
        nearest.then_with(|| b.began.cmp(&a.began)).then_with(|| a.incident.cmp(&b.incident))
    });
    near
}

/// How many days it lies from the nearest day with the month and day of `today` that is in an earlier year.
fn days_off(began: NaiveDate, today: NaiveDate) -> Option<i64> {
    let years = (began.year() - 1)..=(began.year() + 1);
    let days = years.filter(|year| *year < today.year()).filter_map(|year| in_year(today, year));
    days.map(|day| (began - day).num_days()).min_by_key(|days| days.abs())
}

/// The same day of another year; 29 February is 28 February where there is none.
fn in_year(day: NaiveDate, year: i32) -> Option<NaiveDate> {
    day.with_year(year).or_else(|| NaiveDate::from_ymd_opt(year, 2, 28))
}
