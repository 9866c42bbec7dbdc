//! What the document as a whole says of its times: the zone, the clock, the year, the day it is about.

use super::base;
use super::draft::Draft;
use super::table::header_zone;
use super::zone::Zones;
use crate::import::clock::{self, Date, Expression, Hour, Order, ZoneWord};
use crate::import::document::{Document, Kind};
use crate::model::at::Day;
use crate::model::{At, Clock, Moment, Precision, Zone};
use crate::text::Raw;
use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveTime, TimeZone, Utc};

/// What settles what a time does not say itself.
#[derive(Clone, Debug, Default)]
pub(super) struct Context {
    /// The zone of times without one.
    pub zone: Option<Zone>,
    /// How it writes times of day.
    pub clock: Clock,
    /// Whether `03/04/2024` has its day first.
    pub day_first: bool,
    /// The year of dates without one, where a date of the document has it.
    year: Option<i32>,
    /// The day of times without one, where no row and no summary says it.
    pub base: Option<Date>,
    /// The day that all times without a date are said to be of.
    pub held: Option<Date>,
    /// What is not sure.
    pub doubts: Vec<(Option<u32>, String)>,
    said: Vec<&'static str>,
}

impl Context {
    /// Reads what the document says outside of the times of its rows, and by them.
    pub fn of(document: &Document, name: &str, drafts: &[Draft]) -> Self {
        let mut context = Self::default();
        let mut zones = Zones::default();
        let mut dates: Vec<Date> = Vec::new();
        let (mut halves, mut wide) = (0, 0);
        let mut see = |found: &Expression, dates: &mut Vec<Date>| {
            for point in [Some(&found.from), found.until.as_ref()].into_iter().flatten() {
                dates.extend(point.date);
                halves += usize::from(point.hour.is_some_and(|hour| hour.half.is_given()));
                wide += usize::from(point.hour.is_some_and(|hour| !hour.half.is_given() && !hour.doubtful));
            }
        };
        for found in clock::inside(&spaced(name)) {
            dates.extend(found.from.date);
        }
        for draft in drafts {
            see(&draft.expression, &mut dates);
            zones.add(draft.expression.from.zone.as_ref().or(draft.zone.as_ref()), 4);
        }
        for block in &document.blocks {
            if block.kind == Kind::Code {
                continue;
            }
            for found in clock::inside(&block.text) {
                see(&found, &mut dates);
                zones.add(found.from.zone.as_ref(), 1);
            }
            if block.text.len() < 600 {
                zones.hear(&block.text);
            }
            if let Kind::Row { cells, header: false } = &block.kind {
                zones.cells(cells);
            }
            let headed = matches!(block.kind, Kind::Heading(_) | Kind::Row { header: true, .. });
            if headed && let Some(zone) = header_zone(&block.text) {
                zones.add(Some(&zone), 2);
            }
        }
        context.clock = if halves > wide || halves >= 3 { Clock::H12 } else { Clock::H24 };
        context.order(&dates, halves > 0, zones.order());
        let places = super::place::places(document);
        if let Some((date, line, others)) = base::of(document, name, drafts, &places) {
            context.base = Some(date);
            if others && line > 0 {
                context.say_once(
                    "base",
                    Some(line),
                    "several dates: this one is taken for that of the incident where a time has none".into(),
                );
            }
        }
        context.held = base::held(document);
        context.base = context.held.or(context.base);
        let based = context.base.and_then(|date| date.year);
        context.year =
            based.or_else(|| dates.iter().find_map(|date| date.year)).or_else(|| title_year(document));
        context.zone = zones.settle(|key, doubt| context.say_once(key, None, doubt));
        context
    }

    /// Says a doubt about the whole document once.
    pub fn say_once(&mut self, key: &'static str, line: Option<u32>, doubt: String) {
        if !self.said.contains(&key) {
            self.said.push(key);
            self.doubts.push((line, doubt));
        }
    }

    /// Which number of a date such as `5/2/2024` is the month: as the dates that leave no choice have it; else as people
    /// write it where the zone is, or who write AM and PM.
    fn order(&mut self, dates: &[Date], halves: bool, zone: Option<bool>) {
        let first = dates.iter().filter(|date| date.day_first == Some(true)).count();
        let second = dates.iter().filter(|date| date.day_first == Some(false)).count();
        self.day_first = match (first, second) {
            (0, 0) => zone.unwrap_or(!halves),
            _ => first >= second,
        };
        let unsure = dates.iter().find(|date| date.order == Order::Either);
        if let Some(date) = unsure.filter(|_| first == 0 && second == 0) {
            // Another date of the document may settle which number is the month.
            let known = dates.iter().filter(|known| known.order == Order::Sure);
            let (mut month_first, mut day_first) = (0, 0);
            for known in known {
                month_first += usize::from(known.month == date.month && known.day == date.day);
                day_first += usize::from(known.month == date.day && known.day == date.month);
            }
            if month_first != day_first {
                self.day_first = day_first > month_first;
                return;
            }
            let read = if self.day_first { "day first" } else { "month first" };
            self.say_once(
                "order",
                None,
                format!("dates such as {}/{} can be read two ways: read {read}", date.month, date.day),
            );
        }
    }

    /// The day that a date is, with its year from elsewhere where it has none.
    pub fn day(&mut self, date: Date, line: Option<u32>) -> Option<Day> {
        let day = date.day(self.day_first)?;
        let (Day::MonthDay(month, day_of), Some(year)) = (day, self.year) else { return Some(day) };
        let full = NaiveDate::from_ymd_opt(year, month, day_of)?;
        self.say_once(
            "year",
            line,
            format!("dates without a year: taken to be of {year}, which stands elsewhere in the document"),
        );
        Some(Day::Full(full))
    }

    /// The zone of a time: its own, that of what it stands under, that of the document.
    pub fn zone_of(&self, own: Option<&ZoneWord>) -> Option<Zone> {
        match own {
            Some(ZoneWord::Local) => None,
            Some(word) => word.zone().cloned(),
            None => self.zone.clone(),
        }
    }

    /// The moment of a day and a time of day in a zone.
    pub fn moment(
        &mut self,
        day: Day,
        hour: Option<Hour>,
        zone: Option<&Zone>,
        written: &str,
        line: u32,
    ) -> Moment {
        let time = hour.and_then(|hour| hour.time());
        let at = at(day, time, zone);
        if let (Some(zone), Day::Full(date), Some(time)) = (zone, day, time) {
            self.check_season(zone, date, time, line);
        }
        let precision = match (day, time, at.offset) {
            (_, None, _) if day != Day::Unknown => Precision::Day,
            (Day::Unknown, _, _) => Precision::DateUnknown,
            (Day::MonthDay(..), _, _) => Precision::YearUnknown,
            (_, _, None) => Precision::ZoneUnknown,
            _ => hour.map_or(Precision::Minute, |hour| hour.precision()),
        };
        if hour.is_some_and(|hour| hour.half == clock::Half::Odd) {
            self.say_once("odd", Some(line), format!("\"{written}\" cannot be AM or PM: the number counts"));
        }
        Moment { at, until: None, precision, approximate: false, as_written: Some(Raw::new(written)) }
    }

    /// `PST` in May: read as it is written, and said.
    fn check_season(&mut self, zone: &Zone, date: NaiveDate, time: NaiveTime, line: u32) {
        const PLACES: &[(&str, &str, &str)] = &[
            ("PST", "PDT", "America/Los_Angeles"),
            ("EST", "EDT", "America/New_York"),
            ("CST", "CDT", "America/Chicago"),
            ("CET", "CEST", "Europe/Berlin"),
        ];
        let label = zone.name().split('=').next().unwrap_or_default();
        let Some((_, _, place)) =
            PLACES.iter().find(|(winter, summer, _)| label == *winter || label == *summer)
        else {
            return;
        };
        let Ok(place) = Zone::read(place, None) else { return };
        let Some(there) = place.instants(date.and_time(time)).earliest() else { return };
        if there.offset() != &zone.offset_at(there.with_timezone(&Utc)) {
            self.say_once(
                "season",
                Some(line),
                format!("{label} is not in use there on {date}: read as written"),
            );
        }
    }
}

/// The point in time of a day, a time and a zone, as far as they are known.
pub(super) fn at(day: Day, time: Option<NaiveTime>, zone: Option<&Zone>) -> At {
    let offset = time.and(zone).and_then(|zone| match day {
        Day::Full(date) => {
            let local = date.and_time(time.unwrap_or_default());
            let at: Option<DateTime<FixedOffset>> = zone.instants(local).earliest();
            Some(at.map_or_else(|| zone.offset_at(local.and_utc()), |at| *at.offset()))
        }
        // Without the date only an offset that holds all year is known.
        Day::MonthDay(..) | Day::Unknown => {
            let on =
                |month| Utc.with_ymd_and_hms(2024, month, 1, 12, 0, 0).single().map(|at| zone.offset_at(at));
            on(1).filter(|winter| Some(*winter) == on(7))
        }
    });
    At { day, time, offset }
}

/// The name of a file with blanks for what stands between its parts.
pub(super) fn spaced(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    name.replace(['_', '.'], " ").replace("--", " ")
}

/// A year in the title: "The great outage of 2024".
fn title_year(document: &Document) -> Option<i32> {
    let now = 1990..2100;
    document
        .blocks
        .iter()
        .take(12)
        .filter(|block| matches!(block.kind, Kind::Heading(_) | Kind::Meta { .. }))
        .find_map(|block| {
            block.text.split(|char: char| !char.is_ascii_alphanumeric()).find_map(|word| {
                (word.len() == 4)
                    .then(|| word.parse::<i32>().ok())
                    .flatten()
                    .filter(|year| now.contains(year))
            })
        })
}

/// The day before or after.
pub(super) fn moved(day: Day, days: i64) -> Day {
    match day {
        Day::Full(date) => date
            .checked_add_signed(chrono::Duration::days(days))
            .filter(|date| (0..=9999).contains(&date.year()))
            .map_or(day, Day::Full),
        Day::MonthDay(month, of) => {
            let next = NaiveDate::from_ymd_opt(2001, month, of)
                .and_then(|date| date.checked_add_signed(chrono::Duration::days(days)));
            next.map_or(day, |date| Day::MonthDay(date.month(), date.day()))
        }
        Day::Unknown => day,
    }
}
