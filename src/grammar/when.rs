//! Times as people type them: `10:42`, `3:15 pm PDT`, `-5m`, `yesterday 23:50`, `2024-08-18 10:15`, `~10:40`,
//! `10:40..10:55`. The clock is handed in; what is ambiguous is settled by the rules of [`Times`].

use std::ops::Range;

use chrono::{
    DateTime, Datelike, Duration, FixedOffset, MappedLocalTime, NaiveDate, NaiveDateTime, NaiveTime, Timelike,
};

use super::GrammarError;
use super::scan::{self, Scanned};
use crate::model::{At, Instant, Moment, Precision, Zone};
use crate::text::Raw;

/// How far ahead of now a time without a date may lie and still be today's.
const AHEAD_MINUTES: i64 = 15;

/// What settles which instant a typed time is.
#[derive(Clone, Copy, Debug)]
pub struct Times<'a> {
    /// What the wall clock shows.
    pub now: Instant,
    /// The zone of times without one.
    pub zone: &'a Zone,
    /// From start to end (or now), for an incident that is over or started over a day ago. A time without a date is then
    /// on one of these days, the one nearest `typed_last`. Otherwise it is the latest such time not over 15 minutes ahead.
    pub past: Option<(Instant, Instant)>,
    /// The time that this actor typed last.
    pub typed_last: Option<Instant>,
}

/// A point in time as typed.
#[derive(Clone, Debug)]
pub(super) struct Point {
    pub day: DayWord,
    pub clock: ClockWord,
    pub zone: Option<Zone>,
    pub span: Range<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DayWord {
    None,
    Date(NaiveDate),
    /// Days from today.
    FromToday(i64),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ClockWord {
    /// Before now.
    Ago(Duration, Precision),
    /// A time of day; `half` says whether am or pm was given.
    Time { time: NaiveTime, precision: Precision, half: bool },
}

impl Times<'_> {
    /// Reads the time that `text` is from end to end.
    ///
    /// # Errors
    /// Where it is none, only begins with one, or names an instant that does not exist.
    pub fn read_whole(&self, text: &str) -> Result<Moment, GrammarError> {
        let begin = text.len() - text.trim_start().len();
        let unread = |from: usize| {
            GrammarError::new(
                from..text.len(),
                "this is not a time",
                "write it as 10:42, 3:15pm PDT, -5m, yesterday 23:50 or 2024-08-18 10:15",
            )
        };
        match self.read_leading(text, begin)? {
            Some((moment, end)) if text[end..].trim().is_empty() => Ok(moment),
            Some((_, end)) => Err(unread(end + text[end..].len() - text[end..].trim_start().len())),
            None => Err(unread(begin)),
        }
    }

    /// Reads the time that `line` has at `from`, if it has one there, and where it ends.
    ///
    /// # Errors
    /// Where it looks like a time and cannot be one: it is then never taken for text silently.
    pub fn read_leading(&self, line: &str, from: usize) -> Result<Option<(Moment, usize)>, GrammarError> {
        let approximate = line[from..].starts_with('~');
        let begin = from + usize::from(approximate);
        let own = Some((self.zone, self.now));
        let Some(Scanned { mut point, end }) = scan::point(line, begin, own)? else { return Ok(None) };
        let mut until = None;
        let mut end = end;
        if line[end..].starts_with("..") {
            let Some(second) = scan::point(line, end + 2, own)? else { return Ok(None) };
            scan::share(&mut point, &second.point);
            until = Some(second.point);
            end = second.end;
        }
        if !line[end..].chars().next().is_none_or(char::is_whitespace) {
            return Ok(None);
        }
        let at = written(self.settle(&point, None)?, &point)?;
        let mut moment = Moment {
            at: At::known(&at),
            until: None,
            precision: point.precision(),
            approximate,
            as_written: Some(Raw::new(&line[from..end])),
        };
        if let Some(until) = until {
            let end = written(self.settle(&until, Some(at))?, &until)?;
            if end < at {
                return Err(GrammarError::new(
                    until.span,
                    "this range ends before it begins",
                    "write the earlier time first, or leave out the date of the second",
                ));
            }
            moment.until = Some(At::known(&end));
        }
        Ok(Some((moment, end)))
    }

    /// The instant of a point; `after` is where a range began.
    fn settle(
        &self,
        point: &Point,
        after: Option<DateTime<FixedOffset>>,
    ) -> Result<DateTime<FixedOffset>, GrammarError> {
        let zone = point.zone.as_ref().unwrap_or(self.zone);
        let time = match point.clock {
            ClockWord::Ago(ago, precision) => {
                let at = self.now.checked_sub_signed(ago).ok_or_else(|| too_far(point))?;
                let at = at.with_nanosecond(0).unwrap_or(at);
                let whole = precision == Precision::Second;
                return Ok(zone.at(if whole { at } else { at.with_second(0).unwrap_or(at) }));
            }
            ClockWord::Time { time, .. } => time,
        };
        let today = zone.at(self.now).date_naive();
        match (point.day, after) {
            (DayWord::Date(date), _) => self.on_day(date, time, zone, point),
            (DayWord::FromToday(days), _) => {
                let date = today.checked_add_signed(Duration::days(days)).ok_or_else(|| too_far(point))?;
                self.on_day(date, time, zone, point)
            }
            // A range that ends earlier than it began ends the next day.
            (DayWord::None, Some(begin)) => {
                let date = begin.with_timezone(&zone.offset_at(begin.to_utc())).date_naive();
                let end = self.on_day(date, time, zone, point)?;
                if end >= begin {
                    return Ok(end);
                }
                self.on_day(date.succ_opt().ok_or_else(|| too_far(point))?, time, zone, point)
            }
            (DayWord::None, None) => match self.past {
                Some((start, end)) => self.nearest(time, zone, point, start, end),
                None => self.latest(today, time, zone, point),
            },
        }
    }

    /// The latest such time that is not over 15 minutes ahead.
    fn latest(
        &self,
        today: NaiveDate,
        time: NaiveTime,
        zone: &Zone,
        point: &Point,
    ) -> Result<DateTime<FixedOffset>, GrammarError> {
        let limit = self.now + Duration::minutes(AHEAD_MINUTES);
        for back in -1..3 {
            let Some(date) = today.checked_sub_signed(Duration::days(back)) else { continue };
            // A skipped hour that would lie ahead is no matter yet: the day before is meant.
            let ahead = zone.offset_at(limit);
            let behind_limit = date.and_time(time) <= limit.with_timezone(&ahead).naive_local();
            match self.on_day(date, time, zone, point) {
                Ok(at) if at.to_utc() <= limit => return Ok(at),
                Err(error) if behind_limit => return Err(error),
                _ => {}
            }
        }
        Err(too_far(point))
    }

    /// Of the days from start to end the one that brings the time nearest to what was typed last; ties go forward.
    fn nearest(
        &self,
        time: NaiveTime,
        zone: &Zone,
        point: &Point,
        start: Instant,
        end: Instant,
    ) -> Result<DateTime<FixedOffset>, GrammarError> {
        let day = |at: Instant| zone.at(at).date_naive();
        let (first, last) = (day(start), day(end.max(start)));
        let anchor = self.typed_last.unwrap_or(start);
        let limit = self.now + Duration::minutes(AHEAD_MINUTES);
        let mut best: Option<DateTime<FixedOffset>> = None;
        let mut skipped = None;
        for days in [1, 0, -1] {
            let Some(date) = day(anchor).checked_add_signed(Duration::days(days)) else { continue };
            match self.on_day(date.clamp(first, last), time, zone, point) {
                Ok(at) if at.to_utc() > limit => {}
                Ok(at) => {
                    let far = |at: DateTime<FixedOffset>| (at.to_utc() - anchor).abs();
                    if best.is_none_or(|best| far(at) < far(best)) {
                        best = Some(at);
                    }
                }
                Err(error) => skipped = Some(error),
            }
        }
        match best {
            Some(at) => Ok(at),
            None => match skipped {
                Some(error) => Err(error),
                None => self.on_day(first, time, zone, point),
            },
        }
    }

    /// The time on a day: of an hour that daylight saving repeats the later one not in the future.
    fn on_day(
        &self,
        date: NaiveDate,
        time: NaiveTime,
        zone: &Zone,
        point: &Point,
    ) -> Result<DateTime<FixedOffset>, GrammarError> {
        let local = date.and_time(time);
        match zone.instants(local) {
            MappedLocalTime::Single(at) => Ok(at),
            MappedLocalTime::Ambiguous(early, late) => {
                Ok(if late.to_utc() <= self.now { late } else { early })
            }
            MappedLocalTime::None => Err(skipped(local, zone, point)),
        }
    }
}

impl Point {
    fn precision(&self) -> Precision {
        match self.clock {
            ClockWord::Ago(_, precision) | ClockWord::Time { precision, .. } => precision,
        }
    }
}

/// Refuses what no incident is as old or as far ahead as, and what RFC 3339 cannot write.
fn written(at: DateTime<FixedOffset>, point: &Point) -> Result<DateTime<FixedOffset>, GrammarError> {
    if (1900..=9999).contains(&at.year()) { Ok(at) } else { Err(too_far(point)) }
}

fn too_far(point: &Point) -> GrammarError {
    GrammarError::new(point.span.clone(), "this time is too far away", "write the date: 2024-08-18 10:15")
}

/// Names the minute before and the minute after what daylight saving skips.
fn skipped(local: NaiveDateTime, zone: &Zone, point: &Point) -> GrammarError {
    let neighbour = |step: i64| {
        (1..=24 * 60).find_map(|n| {
            let near = local.checked_add_signed(Duration::minutes(step * n))?;
            let at = zone.instants(near).earliest()?;
            Some(format!("{} {}", at.format("%H:%M"), zone.label_at(at.to_utc())))
        })
    };
    let (before, after) = (neighbour(-1).unwrap_or_default(), neighbour(1).unwrap_or_default());
    GrammarError::new(
        point.span.clone(),
        format!(
            "{} does not exist on {} in {zone}: daylight saving skips from {before} to {after}",
            local.format("%H:%M"),
            local.format("%Y-%m-%d")
        ),
        format!("write {before} or {after}"),
    )
}
