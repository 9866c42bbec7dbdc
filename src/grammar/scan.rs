//! The shapes of typed times, before any of them is settled to an instant.

use std::ops::Range;

use chrono::{Duration, NaiveDate, NaiveTime};

use super::GrammarError;
use super::when::{ClockWord, DayWord, Point};
use crate::model::{Instant, Precision, Zone, ZoneError};

/// A point that was read, and where it ends.
pub(super) struct Scanned {
    pub point: Point,
    pub end: usize,
}

type Read<T> = Result<Option<(T, usize)>, GrammarError>;

/// Reads a point in time at `from`; `None` where there is none.
pub(super) fn point(
    line: &str,
    from: usize,
    own: Option<(&Zone, Instant)>,
) -> Result<Option<Scanned>, GrammarError> {
    if let Some((ago, precision, end)) = ago(line, from) {
        let point =
            Point { day: DayWord::None, clock: ClockWord::Ago(ago, precision), zone: None, span: from..end };
        return Ok(Some(Scanned { point, end }));
    }
    let (day, at) = day(line, from)?.unwrap_or((DayWord::None, from));
    let Some((clock, end)) = clock(line, at)? else {
        return match day {
            DayWord::Date(_) => Err(GrammarError::new(
                from..at,
                "a date needs a time of day after it",
                "write 2024-08-18 10:15, or begin the line with \\ to log it as text",
            )),
            _ => Ok(None),
        };
    };
    let (zone, end) = match zone(line, end, own)? {
        Some((zone, end)) => (Some(zone), end),
        None => (None, end),
    };
    Ok(Some(Scanned { point: Point { day, clock, zone, span: from..end }, end }))
}

/// What the first point of a range leaves out, it takes from the second: the zone, and am or pm.
pub(super) fn share(first: &mut Point, second: &Point) {
    if first.zone.is_none() {
        first.zone.clone_from(&second.zone);
    }
    if let (ClockWord::Time { time, precision, half: false }, ClockWord::Time { time: end, half: true, .. }) =
        (first.clock, second.clock)
    {
        use chrono::Timelike as _;
        let noon = NaiveTime::from_hms_opt(12, 0, 0).unwrap_or_default();
        if time.hour() < 12 && end >= noon {
            let afternoon = time.overflowing_add_signed(Duration::hours(12)).0;
            // 11:40..12:10 pm begins before noon.
            let time = if afternoon <= end { afternoon } else { time };
            first.clock = ClockWord::Time { time, precision, half: true };
        }
    }
}

/// Whether a time or a word may end here.
fn ends(line: &str, at: usize) -> bool {
    line[at..].chars().next().is_none_or(char::is_whitespace) || line[at..].starts_with("..")
}

fn digits(line: &str, from: usize) -> usize {
    line.as_bytes()[from..].iter().take_while(|c| c.is_ascii_digit()).count()
}

fn number(line: &str, range: Range<usize>) -> Option<u32> {
    line.get(range)?.parse().ok()
}

/// `-5m`, `-1h30m`, `-90s`, `-2d`.
fn ago(line: &str, from: usize) -> Option<(Duration, Precision, usize)> {
    let (duration, precision, end) = duration(line, from + usize::from(line[from..].starts_with('-')))?;
    (line[from..].starts_with('-') && ends(line, end)).then_some((duration, precision, end))
}

/// `5m`, `1h30m`, `90s`, `2d`: units in falling order, each at most once.
pub(super) fn duration(line: &str, from: usize) -> Option<(Duration, Precision, usize)> {
    let (mut at, mut seconds, mut last, mut precision) = (from, 0_i64, i64::MAX, Precision::Minute);
    while digits(line, at) > 0 {
        let unit_at = at + digits(line, at);
        let n = i64::from(number(line, at..unit_at)?);
        let unit = match line.as_bytes().get(unit_at)? {
            b'd' => 86_400,
            b'h' => 3_600,
            b'm' => 60,
            b's' => 1,
            _ => return None,
        };
        if unit >= last {
            return None;
        }
        if unit == 1 {
            precision = Precision::Second;
        }
        last = unit;
        seconds = seconds.checked_add(n.checked_mul(unit)?)?;
        at = unit_at + 1;
    }
    (at > from).then_some((Duration::try_seconds(seconds)?, precision, at))
}

/// `2024-08-18 ` or `2024-08-18T`, `today `, `yesterday `.
fn day(line: &str, from: usize) -> Read<DayWord> {
    let rest = &line[from..];
    for (word, days) in [("today", 0), ("yesterday", -1)] {
        let found = rest.get(..word.len()).is_some_and(|w| w.eq_ignore_ascii_case(word));
        if found && rest[word.len()..].starts_with(' ') {
            let blanks = rest[word.len()..].len() - rest[word.len()..].trim_start_matches(' ').len();
            return Ok(Some((DayWord::FromToday(days), from + word.len() + blanks)));
        }
    }
    let bytes = rest.as_bytes();
    let shape = bytes.len() >= 10
        && bytes[..10]
            .iter()
            .enumerate()
            .all(|(i, c)| if i == 4 || i == 7 { *c == b'-' } else { c.is_ascii_digit() });
    if !shape || bytes.get(10).is_some_and(|c| !matches!(c, b' ' | b'T')) {
        return Ok(None);
    }
    let Ok(date) = NaiveDate::parse_from_str(&rest[..10], "%Y-%m-%d") else {
        return Err(GrammarError::new(
            from..from + 10,
            format!("{} is not a day of the calendar", &rest[..10]),
            "write the date as year-month-day, or begin the line with \\ to log it as text",
        ));
    };
    let skip = rest[10..].len() - rest[10..].trim_start_matches([' ', 'T']).len();
    Ok(Some((DayWord::Date(date), from + 10 + skip)))
}

/// `10:42`, `10:42:07`, `3:15 pm`, `10am`.
fn clock(line: &str, from: usize) -> Read<ClockWord> {
    let hour_end = from + digits(line, from);
    if !(1..=2).contains(&(hour_end - from)) {
        return Ok(None);
    }
    let Some(hour) = number(line, from..hour_end) else { return Ok(None) };
    let (mut end, mut minute, mut second, mut precision) = (hour_end, 0, 0, Precision::Hour);
    if let Some(n) = two_digits(line, end) {
        (minute, end, precision) = (n, end + 3, Precision::Minute);
        if let Some(n) = two_digits(line, end) {
            (second, end, precision) = (n, end + 3, Precision::Second);
        }
    }
    let half = half(line, end);
    if precision == Precision::Hour && half.is_none() {
        return Ok(None);
    }
    if let Some((_, half_end)) = half {
        end = half_end;
    }
    // `10:42:` and `10:42,` are text; `2024-08-18T10:15Z` goes on with its zone.
    let zone_follows = line[end..].starts_with(['Z', '+', '-']);
    if !ends(line, end) && !zone_follows {
        return Ok(None);
    }
    let hour = match half {
        Some((pm, _)) if hour == 12 => Some(if pm { 12 } else { 0 }),
        Some((true, _)) if (1..12).contains(&hour) => Some(hour + 12),
        Some((false, _)) if hour > 12 => None,
        Some((true, _)) if hour == 0 => None,
        _ => Some(hour),
    };
    let time = hour.and_then(|hour| NaiveTime::from_hms_opt(hour, minute, second));
    let Some(time) = time else {
        return Err(GrammarError::new(
            from..end,
            format!("{} is not a time of day", &line[from..end]),
            "write it as 22:15 or 10:15pm, or begin the line with \\ to log it as text",
        ));
    };
    Ok(Some((ClockWord::Time { time, precision, half: half.is_some() }, end)))
}

/// `:42`, not followed by a third digit.
fn two_digits(line: &str, at: usize) -> Option<u32> {
    let found = line[at..].starts_with(':') && digits(line, at + 1) == 2;
    found.then(|| number(line, at + 1..at + 3)).flatten()
}

/// `am`, ` PM`: whether it is pm, and where it ends.
fn half(line: &str, at: usize) -> Option<(bool, usize)> {
    let begin = at + usize::from(line[at..].starts_with(' '));
    let word = line.get(begin..begin + 2)?;
    let pm = word.eq_ignore_ascii_case("pm");
    ((pm || word.eq_ignore_ascii_case("am")) && ends(line, begin + 2)).then_some((pm, begin + 2))
}

/// The word after a time, where it is a zone.
fn zone(line: &str, from: usize, own: Option<(&Zone, Instant)>) -> Read<Zone> {
    let begin = from + (line[from..].len() - line[from..].trim_start_matches(' ').len());
    // Directly behind the time only an offset may stand: `10:15Z`, `10:15+03:00`.
    if begin == from && !line[from..].starts_with(['Z', '+', '-']) {
        return Ok(None);
    }
    let word = line[begin..].split(char::is_whitespace).next().unwrap_or_default();
    let word = word.split("..").next().unwrap_or_default();
    let end = begin + word.len();
    match Zone::read_after_time(word, own) {
        None => Ok(None),
        Some(Ok(zone)) => Ok(Some((zone, end))),
        Some(Err(error)) => Err(zone_error(begin..end, word, &error)),
    }
}

/// Says why a word is no zone.
pub(super) fn zone_error(span: Range<usize>, word: &str, error: &ZoneError) -> GrammarError {
    let word = crate::text::Raw::new(word).for_term();
    match error {
        ZoneError::Unknown => GrammarError::new(
            span,
            format!("no zone is called {word}"),
            "write an IANA name (Europe/Berlin), an offset (+02:00) or an abbreviation in use (CEST)",
        ),
        ZoneError::Ambiguous(places) => GrammarError::new(
            span,
            format!("{word} {error}"),
            format!("write which one: {}", places.join(" or ")),
        ),
    }
}
