//! Gives times whose date or year was not known the one that follows from a milestone that a person dated.

use std::collections::HashMap;

use chrono::{Datelike as _, Days, FixedOffset, NaiveDate, NaiveTime, TimeDelta, Timelike as _};

use super::zoned::bare;
use crate::model::at::Day;
use crate::model::{At, Entry, Id, Incident, MilestoneKind, Moment, Precision, doubt};
use crate::text::Raw;

/// A step back of more than this goes over midnight, as where documents are read; a smaller one is a line out of order.
const OVERNIGHT: TimeDelta = TimeDelta::hours(6);

/// Whether a doubt is about nothing but that the times of a document name no date or no year.
pub(super) fn is_about(open: &Raw) -> bool {
    [doubt::NO_DATE, doubt::NO_YEAR].iter().any(|begins| bare(open).starts_with(begins))
}

/// Whether a time was given with its day. Of one without, the day was found by the rule of the prompt, which knows nothing of
/// an outage without a date.
pub fn names_its_day(when: &Moment) -> bool {
    let Some(written) = &when.as_written else { return false };
    let written = written.as_typed().trim_start_matches('~').to_ascii_lowercase();
    ["today", "yesterday"].iter().any(|word| written.starts_with(word))
        || written.get(..10).is_some_and(|date| NaiveDate::parse_from_str(date, "%Y-%m-%d").is_ok())
}

/// The first time that has no day or no year, in the order of the document; none where all have theirs.
pub fn first(incident: &Incident) -> Option<At> {
    let timeline = &incident.timeline;
    // They sort before all others: where the first has its day, all have.
    let entries = timeline.iter().take_while(|entry| is_undated(&entry.at));
    let of_entries = entries.min_by_key(|entry| entry.id).map(|entry| entry.at);
    let mut met = MilestoneKind::ALL.into_iter().filter_map(|kind| Some(incident.milestones.get(kind)?.at));
    of_entries.or_else(|| met.find(is_undated))
}

/// How many entries have no day or no year.
pub fn count(incident: &Incident) -> usize {
    incident.timeline.iter().take_while(|entry| is_undated(&entry.at)).count()
}

fn is_undated(at: &At) -> bool {
    !matches!(at.day, Day::Full(_))
}

/// What became of entries that had no day before: so many of them; none where they still have none. Safe for a terminal.
pub fn told(before: usize, incident: &Incident) -> Option<String> {
    let given = before.checked_sub(count(incident)).filter(|given| *given > 0)?;
    let what =
        if given == 1 { "1 entry has its day".into() } else { format!("{given} entries have their days") };
    Some(format!("{what} now"))
}

/// Gives all times of the incident their day that have none, where a person says with its day when this milestone was met;
/// whether anything lacked it.
pub(super) fn apply(incident: &mut Incident, kind: MilestoneKind, when: &Moment) -> bool {
    if first(incident).is_none() || !names_its_day(when) {
        return false;
    }
    let Some(found) = Found::by(incident, kind, when) else { return false };
    for entry in incident.timeline.iter_mut() {
        let own = found.entries.get(&entry.id).copied();
        let began = entry.at.time;
        found.give(&mut entry.at, own, Some(&mut entry.precision));
        let Day::Full(day) = entry.at.day else { continue };
        if let Some(until) = entry.until.as_mut() {
            let next = (until.time < began).then(|| day.succ_opt()).flatten();
            found.give(until, Some(next.unwrap_or(day)), None);
        }
    }
    incident.timeline.sort();
    for kind in MilestoneKind::ALL {
        if let Some(mut met) = incident.milestones.get(kind).cloned() {
            found.give(&mut met.at, None, Some(&mut met.precision));
            incident.milestones.set(kind, Some(met));
        }
    }
    for at in super::zoned::others(incident) {
        found.give(at, None, None);
    }
    true
}

/// The days that were found.
struct Found {
    /// Those of the entries without one.
    entries: HashMap<Id, NaiveDate>,
    /// That of each time of day among them.
    clocks: HashMap<NaiveTime, NaiveDate>,
    /// The first of them.
    first: (NaiveTime, NaiveDate),
    /// The offset of times without a zone, where the milestone was given with one at the same time of day.
    offset: Option<FixedOffset>,
}

impl Found {
    /// The days that follow from this milestone; none where they lie beyond all calendars.
    fn by(incident: &Incident, kind: MilestoneKind, when: &Moment) -> Option<Self> {
        let lacking: Vec<&Entry> =
            incident.timeline.iter().take_while(|entry| is_undated(&entry.at)).collect();
        let mut rows: Vec<(Id, NaiveTime)> = lacking
            .iter()
            .filter(|entry| entry.at.day == Day::Unknown)
            .filter_map(|entry| Some((entry.id, entry.at.time?)))
            .collect();
        rows.sort_by_key(|(id, _)| *id);
        let (date, clock) = local(when, first(incident)?)?;
        let steps = steps(&mut rows);
        let same = |(_, row): &(Id, NaiveTime)| is_same_minute(*row, clock);
        let late = kind >= MilestoneKind::Mitigated;
        let exact = if late { rows.iter().rposition(same) } else { rows.iter().position(same) };
        // Where no row stands at that time, it lies before the first, or after the last.
        let beside = match (late, rows.first(), rows.last()) {
            (false, Some((_, first)), _) => -i64::from(clock - *first > OVERNIGHT),
            (true, _, Some((_, last))) => {
                steps.last().copied().unwrap_or(0) + i64::from(*last - clock > OVERNIGHT)
            }
            _ => 0,
        };
        let nth = exact.and_then(|at| steps.get(at).copied()).unwrap_or(beside);
        let day = |step: i64| moved(date, step - nth);
        let mut found = Self {
            entries: HashMap::new(),
            clocks: HashMap::new(),
            first: (rows.first().map_or(clock, |(_, first)| *first), day(0)?),
            offset: None,
        };
        for ((id, row), step) in rows.iter().zip(&steps) {
            let date = day(*step)?;
            found.entries.insert(*id, date);
            found.clocks.entry(*row).or_insert(date);
        }
        let is_local = lacking.iter().any(|entry| entry.at.offset.is_none());
        found.offset = when.at.offset.filter(|_| is_local && exact.is_some());
        Some(found)
    }

    /// Gives a time its day: this one, else that of an entry at the same time of day.
    fn give(&self, at: &mut At, own: Option<NaiveDate>, precision: Option<&mut Precision>) {
        let day = match at.day {
            Day::Full(_) => return,
            Day::MonthDay(month, day) => self.nearest(month, day),
            Day::Unknown => own.or_else(|| at.time.and_then(|time| self.of(time))),
        };
        let Some(day) = day else { return };
        at.day = Day::Full(day);
        at.offset = at.offset.or(self.offset.filter(|_| at.time.is_some()));
        let Some(precision) = precision else { return };
        if matches!(precision, Precision::DateUnknown | Precision::YearUnknown) {
            *precision = match at.time {
                None => Precision::Day,
                Some(_) if at.offset.is_none() => Precision::ZoneUnknown,
                Some(time) if time.second() > 0 => Precision::Second,
                Some(_) => Precision::Minute,
            };
        }
    }

    fn of(&self, time: NaiveTime) -> Option<NaiveDate> {
        let (first, day) = self.first;
        self.clocks.get(&time).copied().or_else(|| moved(day, i64::from(first - time > OVERNIGHT)))
    }

    /// The day of the year that lies nearest.
    fn nearest(&self, month: u32, day: u32) -> Option<NaiveDate> {
        let near = self.first.1;
        let years = near.year() - 1..=near.year() + 1;
        let days = years.filter_map(|year| NaiveDate::from_ymd_opt(year, month, day));
        days.min_by_key(|date| (*date - near).num_days().abs())
    }
}

/// Date and time of day of a moment, on the clock that this time was read from.
fn local(when: &Moment, read: At) -> Option<(NaiveDate, NaiveTime)> {
    if let (Some(instant), Some(offset)) = (when.at.instant(), read.offset) {
        let local = instant.with_timezone(&offset).naive_local();
        return Some((local.date(), local.time()));
    }
    let Day::Full(date) = when.at.day else { return None };
    Some((date, when.at.time?))
}

/// On which day each row lies, counted from the first. The rows are put into their order in time: some documents have their
/// end on top.
fn steps(rows: &mut [(Id, NaiveTime)]) -> Vec<i64> {
    let step = |pair: &[(Id, NaiveTime)]| pair[1].1 - pair[0].1;
    let far = TimeDelta::days(1) - OVERNIGHT;
    let is_back = |step: TimeDelta| step > far || step < TimeDelta::zero() && step >= -OVERNIGHT;
    let all = || rows.windows(2).map(step).filter(|step| *step != TimeDelta::zero());
    if all().count() >= 2 && all().all(is_back) {
        rows.reverse();
    }
    let mut day = 0;
    let later = rows.windows(2).map(|pair| {
        day += i64::from(step(pair) < -OVERNIGHT);
        day
    });
    let later: Vec<i64> = later.collect();
    if rows.is_empty() { later } else { [0].into_iter().chain(later).collect() }
}

fn is_same_minute(a: NaiveTime, b: NaiveTime) -> bool {
    (a.hour(), a.minute()) == (b.hour(), b.minute())
}

/// So many days later, or earlier; none where no date can be written of it.
fn moved(date: NaiveDate, days: i64) -> Option<NaiveDate> {
    let by = Days::new(days.unsigned_abs());
    let date = if days < 0 { date.checked_sub_days(by) } else { date.checked_add_days(by) };
    date.filter(|date| (0..=9999).contains(&date.year()))
}
