//! Which instant each row is: the day goes on from row to row, over midnight and under headings; what contradicts itself
//! is said.

use std::ops::Range;

use chrono::Timelike;

use super::Row;
use super::context::{Context, at, moved};
use super::draft::Draft;
use crate::import::clock::{Date, Half, Hour};
use crate::model::at::Day;
use crate::model::{At, Clock, Moment, Precision, doubt};

/// A step back of more minutes than this goes over midnight; a smaller one is a line out of order.
const OVERNIGHT: i64 = 6 * 60;

/// Where the last row stood.
#[derive(Clone, Copy)]
struct Last {
    day: Day,
    minute: i64,
    /// The day stands there.
    own: bool,
}

/// What became of the drafts.
#[derive(Default)]
pub(super) struct Settled {
    /// The rows.
    pub rows: Vec<Row>,
    /// The blocks of those that count from a time that is not told: no rows, and their words are kept as notes.
    pub untold: Vec<Range<usize>>,
}

/// The rows of the drafts; `start` is what the document says of when it began.
pub(super) fn rows(
    mut drafts: Vec<Draft>,
    context: &mut Context,
    start: (Option<Date>, Option<Hour>),
) -> Settled {
    halves(&mut drafts, context);
    let turned = newest_first(&drafts);
    if turned {
        let line = drafts.first().map(|draft| draft.line);
        context.doubts.push((line, "the timeline stands newest first: read from its end".into()));
        drafts.reverse();
    }
    let mut last: Option<Last> = None;
    let base = base_of(&drafts, start.0, context);
    let mut begun: Option<(Day, Hour)> = start.1.map(|hour| (base.unwrap_or(Day::Unknown), hour));
    let mut untold = Vec::new();
    let mut heading: Option<Date> = None;
    let mut nth: Option<i64> = None;
    let mut rows: Vec<Row> = Vec::with_capacity(drafts.len());
    let mut before: Option<Hour> = None;
    for mut draft in drafts {
        let word = draft.untimed && draft.expression.from.date.is_none();
        let day = last.map_or(base, |last| Some(last.day));
        if word && !time_words(&mut draft, day, before, context) {
            untold.push(draft.block..draft.last + 1);
            continue;
        }
        let from = &draft.expression.from;
        let new_heading = draft.day.filter(|day| heading != Some(*day));
        heading = draft.day.or(heading);
        let own = from.date.or(new_heading).and_then(|date| context.day(date, Some(draft.line)));
        let new_nth = draft.nth.filter(|day| nth != Some(*day));
        nth = draft.nth.or(nth);
        let own = own.or_else(|| counted(base, new_nth?));
        let dated = own.is_some();
        let (day, hour) = if let Some(seconds) = from.since_start.or(from.since_last) {
            let after = if from.since_last.is_some() { last.map(|last| last.day).zip(before) } else { begun };
            let Some((day, hour)) = relative(after, seconds) else {
                context.doubts.push((
                    Some(draft.line),
                    format!("\"{}\" counts from a start that is not told", draft.written),
                ));
                untold.push(draft.block..draft.last + 1);
                continue;
            };
            context.say_once(
                "relative",
                Some(draft.line),
                "times are counted from the start, or the first entry that has one".into(),
            );
            (day, Some(hour))
        } else {
            (next_day(own, &draft, last, base, context), from.hour)
        };
        let zone = context.zone_of(from.zone.as_ref().or(draft.zone.as_ref()));
        let day = if hour.is_some_and(|hour| hour.ends_day()) { moved(day, 1) } else { day };
        let mut moment = context.moment(day, hour, zone.as_ref(), &draft.written, draft.line);
        moment.approximate = draft.expression.approximate || from.since_start.or(from.since_last).is_some();
        moment.until = until(&draft, day, hour, context);
        before = hour.or(before);
        if let Some(hour) = hour {
            begun.get_or_insert((day, hour));
            last = Some(Last { day, minute: minutes(hour), own: dated });
        } else {
            last = Some(Last { day, minute: 0, own: dated });
        }
        say_what_is_missing(&moment, draft.line, context);
        let blocks = draft.block..draft.last + 1;
        rows.push(Row { line: draft.line, blocks, moment, text: draft.text, named: draft.named });
    }
    if turned {
        rows.reverse();
    }
    Settled { rows, untold }
}

/// The day of times without one: that of the start, of the document, else the only one that a row has.
fn base_of(drafts: &[Draft], start: Option<Date>, context: &mut Context) -> Option<Day> {
    let base = start.or(context.base).and_then(|date| context.day(date, None));
    if base.is_some() {
        return base;
    }
    // A row further down may have the only date there is.
    let date = drafts.iter().find_map(|draft| draft.expression.from.date.or(draft.day))?;
    let day = context.day(date, None);
    let undated =
        drafts.first().is_some_and(|draft| draft.expression.from.date.is_none() && draft.day.is_none());
    if undated && day.is_some() {
        context.say_once(
            "day",
            drafts.first().map(|draft| draft.line),
            "the first times have no date: taken to be of the first date below".into(),
        );
    }
    day
}

/// Gives a row with a word in the place of its time that of the row above; false where there is none.
fn time_words(draft: &mut Draft, day: Option<Day>, before: Option<Hour>, context: &mut Context) -> bool {
    if before.is_none() && day.is_none_or(|day| day == Day::Unknown) {
        return false;
    }
    context.say_once(
        "untimed",
        Some(draft.line),
        format!("\"{}\" is no time: taken to be that of the line above", draft.written),
    );
    draft.expression.approximate = true;
    draft.expression.from.hour = before;
    true
}

/// Where the range of a row ends; one that ends earlier than it begins ends the next day.
fn until(draft: &Draft, day: Day, hour: Option<Hour>, context: &mut Context) -> Option<At> {
    let until = draft.expression.until.as_ref()?;
    let end_day = until.date.and_then(|date| context.day(date, Some(draft.line)));
    let second =
        |hour: Option<Hour>| hour.and_then(|hour| hour.time()).map(|time| time.num_seconds_from_midnight());
    let over = end_day.is_none() && second(until.hour) < second(hour);
    let end_day = end_day.unwrap_or(if over { moved(day, 1) } else { day });
    let own = until.zone.as_ref().or(draft.expression.from.zone.as_ref()).or(draft.zone.as_ref());
    let zone = context.zone_of(own);
    Some(at(end_day, until.hour.and_then(|hour| hour.time()), zone.as_ref()))
}

/// Says once what is not known of the times.
fn say_what_is_missing(moment: &Moment, line: u32, context: &mut Context) {
    if moment.at.time.is_some() && moment.at.offset.is_none() && context.zone.is_none() {
        context.say_once("no zone", Some(line), format!("{} for the times", doubt::NO_ZONE));
    }
    match moment.precision {
        Precision::DateUnknown => {
            context.say_once("no date", Some(line), format!("{} for the times", doubt::NO_DATE));
        }
        Precision::YearUnknown => {
            context.say_once("no year", Some(line), format!("{} for the dates", doubt::NO_YEAR));
        }
        _ => {}
    }
}

fn minutes(hour: Hour) -> i64 {
    hour.time().map_or(0, |time| i64::from(time.num_seconds_from_midnight() / 60))
}

/// The day of a row: its own, else that of the row before it, or the next one where the clock went over midnight.
fn next_day(
    own: Option<Day>,
    draft: &Draft,
    last: Option<Last>,
    base: Option<Day>,
    context: &mut Context,
) -> Day {
    if let Some(own) = own {
        if let (Some(Last { day: Day::Full(before), .. }), Day::Full(now)) = (last, own)
            && now < before
        {
            context
                .doubts
                .push((Some(draft.line), format!("{now} is before {before}, the date of the line above")));
        }
        if let (Some(Day::Full(base)), Day::Full(now)) = (base, own)
            && (now - base).num_days().abs() > 60
        {
            context
                .doubts
                .push((Some(draft.line), format!("{now} is far from {base}, the date of the incident")));
        }
        return own;
    }
    let Some(Last { day, minute, own }) = last else { return base.unwrap_or(Day::Unknown) };
    let day = if day == Day::Unknown { base.unwrap_or(day) } else { day };
    if own
        && draft.day.is_none()
        && let Some(held) = context.held.and_then(|date| context.day(date, None)).filter(|held| *held != day)
    {
        return held;
    }
    if draft.expression.from.later > 0 {
        return moved(day, draft.expression.from.later);
    }
    let Some(hour) = draft.expression.from.hour else { return day };
    let back = minute - minutes(hour);
    if back > OVERNIGHT {
        if day != Day::Unknown {
            context
                .doubts
                .push((Some(draft.line), "the time goes back by hours: taken to be of the next day".into()));
        }
        return moved(day, 1);
    }
    if back > 0 {
        context.doubts.push((Some(draft.line), "this time is earlier than that of the line above".into()));
    }
    day
}

/// The day with that number, counted from the first, which is 1 (or 0, which is the same).
fn counted(base: Option<Day>, nth: i64) -> Option<Day> {
    base.filter(|day| *day != Day::Unknown).map(|day| moved(day, (nth - 1).max(0)))
}

/// So many seconds after the first time there is.
fn relative(begun: Option<(Day, Hour)>, seconds: i64) -> Option<(Day, Hour)> {
    let (day, hour) = begun?;
    let total = i64::from(hour.time()?.num_seconds_from_midnight()) + seconds;
    let (days, rest) = (total.div_euclid(86_400), total.rem_euclid(86_400));
    let part = |value: i64| u32::try_from(value).unwrap_or(0);
    let hour = Hour {
        shown: part(rest / 3600),
        minute: part(rest / 60 % 60),
        second: (rest % 60 > 0).then(|| part(rest % 60)),
        half: Half::None,
        ..hour
    };
    Some((moved(day, days), hour))
}

/// Whether most steps go back: a timeline with its end on top.
fn newest_first(drafts: &[Draft]) -> bool {
    let key = |draft: &Draft| {
        let date = draft
            .expression
            .from
            .date
            .map_or((0, 0, 0), |date| (date.year.unwrap_or(0), date.month, date.day));
        (date, draft.expression.from.hour.map_or(0, minutes))
    };
    let (mut up, mut down, mut over) = (0, 0, 0);
    for pair in drafts.windows(2) {
        let (first, second) = (key(&pair[0]), key(&pair[1]));
        match first.cmp(&second) {
            // Back over midnight: from 00:20 to 23:50.
            std::cmp::Ordering::Less if first.0 == second.0 && second.1 - first.1 > 12 * 60 => over += 1,
            std::cmp::Ordering::Less => up += 1,
            std::cmp::Ordering::Greater => down += 1,
            std::cmp::Ordering::Equal => {}
        }
    }
    up == 0 && over <= 1 && down >= 2 && down + over >= 3
}

/// Fills in AM and PM where they are left out: taken on from the row before, and where a clock of twelve hours rolls over
/// (11:50, 12:10, 1:05).
fn halves(drafts: &mut [Draft], context: &mut Context) {
    let hours = || drafts.iter().filter_map(|draft| draft.expression.from.hour);
    let given = hours().any(|hour| hour.half.is_given());
    let wide = hours().any(|hour| hour.is_wide());
    let rolls = drafts.windows(2).any(|pair| {
        let shown = |draft: &Draft| draft.expression.from.hour.map(|hour| hour.shown);
        let date = |draft: &Draft| draft.expression.from.date.or(draft.day);
        matches!((shown(&pair[0]), shown(&pair[1])), (Some(11 | 12), Some(1..=4)))
            && (date(&pair[1]).is_none() || date(&pair[0]) == date(&pair[1]))
    });
    if wide || !(given || (rolls && (context.clock == Clock::H12 || hours().count() >= 3))) {
        return;
    }
    let mut before: Option<i64> = None;
    let mut said = false;
    for draft in drafts {
        let line = draft.line;
        let Some(hour) = draft.expression.from.hour.as_mut() else { continue };
        if hour.half == Half::None && (1..=12).contains(&hour.shown) && !hour.word {
            let with = |half| minutes(Hour { half, ..*hour });
            let (morning, evening) = (with(Half::Am), with(Half::Pm));
            hour.half = match before {
                Some(before) if morning >= before => Half::Am,
                Some(before) if evening >= before => Half::Pm,
                // The first: noon is likelier than midnight.
                None if hour.shown == 12 => Half::Pm,
                Some(_) | None => Half::Am,
            };
            if !said {
                context
                    .doubts
                    .push((Some(line), "a time without AM or PM: taken on from the line above".into()));
                said = true;
            }
        }
        before = Some(minutes(*hour));
    }
}
