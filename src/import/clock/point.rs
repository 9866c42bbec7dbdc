//! A whole time as written: date, time of day and zone in any order, a range of two, and the words that lead to it.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::date::{self, Date};
use super::half::Half;
use super::hour::{self, Hour};
use super::zones::{self, ZoneWord};
use super::{Lead, tail};
use crate::import::pattern;

/// A point in time as written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Point {
    /// The date, where it stands there.
    pub date: Option<Date>,
    /// The time of day, where it stands there.
    pub hour: Option<Hour>,
    /// The zone, where it stands there.
    pub zone: Option<ZoneWord>,
    /// Days after the one before: 1 for "next day".
    pub later: i64,
    /// Seconds from the start: `T+5`, `+15 min`.
    pub since_start: Option<i64>,
    /// Seconds from the time before it: "ten minutes later".
    pub since_last: Option<i64>,
}

/// A time, or a range of two.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Expression {
    /// Where its words stand.
    pub span: Range<usize>,
    /// The time, or where the range begins.
    pub from: Point,
    /// Where the range ends.
    pub until: Option<Point>,
    /// Given as "about".
    pub approximate: bool,
}

impl Expression {
    /// Whether it has a time of day.
    pub fn is_timed(&self) -> bool {
        self.from.hour.is_some() || self.from.since_start.or(self.from.since_last).is_some()
    }

    /// Whether it may be no time at all, by itself: `15.26`, `1030`.
    pub fn is_doubtful(&self) -> bool {
        let hour = self.from.hour.is_some_and(|hour| hour.doubtful);
        hour && self.from.date.is_none() && self.from.zone.is_none()
    }
}

static WEEKDAY: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern::new(r"(?i)^(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?|^(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo|lunedì|martedì|mercoledì|giovedì|venerdì|sabato|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag)\b").ok()
});
static JOINER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern::new(r"(?i)^[\x20\u{a0}\u{202f}]{0,3}(?:[,(\[@|~≈]|[*_`]{1,3}|-\x20|–\x20|—\x20)?[\x20\u{a0}]{0,3}(?:(?:at|on|of|the|around|about|approximately|approx\.?|circa|ca\.|roughly|from|hrs?|hours|um|gegen|kl\.?|pukul|a\x20las|à)(?:\b|\x20)|time:)?\x20?(?:(?:about|around|approximately|roughly)\x20|[~≈]\x20?)?[\x20\u{a0}]{0,3}")
    .ok()
});
static RANGE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern::new(r"(?i)^[*_`)\x20]{0,4}(?:-|–|—|−|→|->|=>|\.\.\.?|…|~|to\b|till?\b|until\b|through\b|and\b|y\b|und\b|et\b|bis\b|a\x20las\b|hasta\b|&)[*_`(\x20]{0,4}(?:(?:at|about|around|approximately|approx\.?|~)\x20?)?").ok()
});
static LEADS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern::new(r"(?i)^(?:at|by|on|from|since|until|between|before|after|circa|ca\.|c\.|about|around|approximately|approx\.?|roughly|nearly|just\x20(?:after|before|past)|(?:shortly|soon|right)\x20(?:after|before)|early\x20on|um|gegen|gegen\x20etwa|ab|vor|nach|zwischen|kurz\x20(?:vor|nach)|vers|avant|après|à|às|a\x20las|(?:antes\x20de|después\x20de|despues\x20de|hacia|sobre|desde|entre|a\x20partir\x20de)\x20las|entre|pukul|jam|sekitar(?:\x20pukul)?|alle\x20ore|alle|klo|kl\.?|om|time:|time\x20-|date:|@|~|≈)[\x20*_`~]{0,4}").ok()
});
static ABOUT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern::new(
        r"(?i)(?:~|≈|\b(?:about|around|approximately|approx\.?|roughly|nearly|circa|ca\.))[\x20*_`]{0,3}$",
    )
    .ok()
});
static BETWEEN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern::new(r"(?i)\b(?:between|entre|zwischen)[\x20*_`(]{0,4}(?:(?:the|las|about|around|approximately|approx\.?|roughly|circa|ca\.|about\x20the\x20hours\x20of|the\x20hours\x20of|etwa)\x20|[~≈]\x20?)?[*_`]{0,3}$").ok()
});
static NEXT_DAY: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern::new(r"(?i)^\(?(?:the\x20)?(?:(?P<next>next|following)\x20(?:day|morning)|same\x20day|\+1\x20?d(?:ay)?)\)?\b").ok()
});
static SINCE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern::new(r"(?xi)^(?:T\x20?(?P<sign>[+\x{2212}–-])\x20?|\+)(?:(?P<h>\d{1,3}):(?P<m>\d{2})(?::(?P<s>\d{2}))?\b|(?P<hours>\d{1,3})\x20?h(?:ours?|rs?)?\x20?(?P<rest>[0-5]?\d)(?:\x20?m(?:in(?:utes?|s)?)?)?\b|(?P<n>\d{1,4})\x20?(?P<unit>hours?|hrs?|h|minutes?|mins?|m|seconds?|secs?|s)?\b)").ok()
});
static LATER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern::new(r"(?i)^(?:another\x20)?(?P<n>\d{1,3}|an?|one|two|three|four|five|ten|fifteen|twenty|thirty)[\x20-]?(?P<unit>hours?|hrs?|h|minutes?|mins?|m|seconds?|secs?)\x20(?:later|after(?:wards?|\x20that)?)\b").ok()
});
static CANDIDATE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern::new(
        r"(?i)\b(?:\d|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|noon|midday|midnight)|T[+\x{2212}–-]\d",
    )
    .ok()
});

/// A place in a text where a joiner of two parts of a time ends.
fn joined(text: &str, at: usize) -> usize {
    JOINER.as_ref().and_then(|joiner| joiner.find(tail(text, at))).map_or(at, |hit| at + hit.end())
}

/// Reads the parts of one point from a place on.
fn point(text: &str, at: usize) -> Option<(Point, usize)> {
    let mut point = Point::default();
    let (mut end, mut exact) = (at, false);
    if let Some(found) = since_start(text, at) {
        return Some(found);
    }
    for step in 0..6 {
        let here = tail(text, end);
        let dated_only = point.date.is_some() && point.hour.is_none();
        let from = match step {
            0 => end,
            _ if dated_only && here.starts_with('T') => end + 1,
            _ => joined(text, end),
        };
        // A dash joins a date to the time after it, and nothing else.
        let dash = text.get(end..from).is_some_and(|joiner| joiner.contains(['-', '–', '—', '|']));
        if dash && !dated_only {
            break;
        }
        match part(text, from, &mut point, exact) {
            Some(next) => {
                exact = (dated_only && here.starts_with('T')) || (exact && point.zone.is_none());
                end = next;
            }
            None => break,
        }
    }
    // Both brackets or none.
    let opened = text.get(at..end)?;
    let rest = tail(text, end);
    let close = [('(', ')'), ('[', ']')].into_iter().find(|(open, close)| {
        opened.matches(*open).count() > opened.matches(*close).count()
            && rest.trim_start_matches(' ').starts_with(*close)
    });
    if let Some((_, close)) = close {
        end += rest.find(close).map_or(0, |at| at + close.len_utf8());
    }
    (point.date.is_some() || point.hour.is_some()).then_some((point, end))
}

/// Reads one more part: a date, a time of day, a zone, a day of the week.
fn part(text: &str, at: usize, point: &mut Point, exact: bool) -> Option<usize> {
    if point.date.is_none() && point.later == 0 {
        if let Some((date, span)) = date::read(text, at) {
            point.date = Some(date);
            return Some(span.end);
        }
        if let Some(hit) = NEXT_DAY.as_ref()?.captures(tail(text, at)) {
            point.later = i64::from(hit.name("next").is_some() || hit.get(0)?.as_str().contains('+'));
            return Some(at + hit.get(0)?.end());
        }
    }
    if point.hour.is_none()
        && let Some((hour, span)) = hour::read(text, at)
    {
        point.hour = Some(hour);
        return Some(span.end);
    }
    if point.hour.is_some()
        && let Some((zone, span)) = zones::read(text, at, exact)
    {
        // `WAT (UTC+1)`: the first counts.
        point.zone.get_or_insert(zone);
        return Some(span.end);
    }
    let weekday = WEEKDAY.as_ref()?.find(tail(text, at))?;
    let end = at + weekday.end();
    if point.date.is_some() || point.hour.is_some() {
        return point.date.is_some().then_some(end);
    }
    let next = joined(text, end);
    let followed = date::read(text, next).is_some() || hour::read(text, next).is_some();
    followed.then_some(end)
}

/// `T+5`, `T-10 min`, `+00:15`, `+15 min`.
fn since_start(text: &str, at: usize) -> Option<(Point, usize)> {
    let hit = SINCE.as_ref()?.captures(tail(text, at))?;
    let number = |name: &str| hit.name(name).and_then(|m| m.as_str().parse::<i64>().ok());
    let marked = hit.name("sign").is_some();
    let long = number("hours").zip(number("rest")).map(|(hours, minutes)| hours * 3600 + minutes * 60);
    let seconds = match (number("n"), number("h"), number("m")) {
        _ if long.is_some() => long.unwrap_or_default(),
        (Some(count), _, _) => {
            let unit = hit.name("unit").map(|unit| unit.as_str().to_ascii_lowercase());
            match unit.as_deref().and_then(|unit| unit.chars().next()) {
                Some('h') => count * 3600,
                Some('s') => count,
                Some(_) => count * 60,
                // "+5 servers": a count unless `T` says that it is a time.
                None if marked => count * 60,
                None => return None,
            }
        }
        (None, Some(first), Some(second)) => first * 3600 + second * 60 + number("s").unwrap_or(0),
        _ => return None,
    };
    let sign = if hit.name("sign").is_some_and(|sign| sign.as_str() != "+") { -1 } else { 1 };
    let point = Point { since_start: Some(sign * seconds), ..Point::default() };
    Some((point, at + hit.get(0)?.end()))
}

/// "5 minutes later", "an hour after that".
fn since_last(text: &str, at: usize) -> Option<(Point, usize)> {
    let hit = LATER.as_ref()?.captures(tail(text, at))?;
    let count = match hit.name("n")?.as_str().to_lowercase().as_str() {
        "a" | "an" | "one" => 1,
        "two" => 2,
        "three" => 3,
        "four" => 4,
        "five" => 5,
        "ten" => 10,
        "fifteen" => 15,
        "twenty" => 20,
        "thirty" => 30,
        number => number.parse().ok()?,
    };
    let unit = hit.name("unit")?.as_str().to_ascii_lowercase();
    let seconds = match unit.chars().next()? {
        'h' => count * 3600,
        's' => count,
        _ => count * 60,
    };
    Some((Point { since_last: Some(seconds), ..Point::default() }, at + hit.get(0)?.end()))
}

/// Reads a time or a range at a place of a text.
fn expression(text: &str, at: usize) -> Option<Expression> {
    let (mut from, mut end) = point(text, at)?;
    let approximate = ABOUT.as_ref().is_some_and(|about| about.is_match(shortly_before(text, at)));
    let mut until = None;
    if from.since_start.is_none()
        && let Some(hit) = RANGE.as_ref()?.find(tail(text, end))
        && let Some((second, after)) = point(text, end + hit.end())
        && (second.hour.is_some() || (second.date.is_some() && from.hour.is_none()))
        && second.since_start.is_none()
        && (!["and", "y", "und", "et"].contains(&hit.as_str().trim().to_lowercase().as_str())
            || BETWEEN.as_ref().is_some_and(|between| between.is_match(shortly_before(text, at))))
        && !second.hour.is_some_and(|hour| hour.doubtful && from.hour.is_none_or(|first| !first.doubtful))
        && (from.hour.is_some() || from.date.is_some())
        && !(from.hour.is_none() && second.date.is_none())
    {
        let mut second = second;
        share(&mut from, &mut second);
        until = Some(second);
        end = after;
    }
    Some(Expression { span: at..end, from, until, approximate })
}

/// The few characters before a place.
fn shortly_before(text: &str, at: usize) -> &str {
    let before = text.get(..at).unwrap_or("");
    &before[before.char_indices().rev().nth(36).map_or(0, |(at, _)| at)..]
}

/// The two ends of a range share what only one of them says: the zone, AM or PM.
fn share(from: &mut Point, until: &mut Point) {
    if from.zone.is_none() {
        from.zone.clone_from(&until.zone);
    } else if until.zone.is_none() {
        until.zone.clone_from(&from.zone);
    }
    let (Some(first), Some(second)) = (&mut from.hour, &mut until.hour) else { return };
    let minutes = |hour: &Hour, half: Half| half.hour(hour.shown) * 60 + hour.minute;
    let flipped = |half: Half| if half == Half::Am { Half::Pm } else { Half::Am };
    match (first.half, second.half) {
        (Half::None, half @ (Half::Am | Half::Pm)) if first.shown <= 12 && first.shown > 0 && !first.word => {
            first.half = if minutes(first, half) <= minutes(second, half) { half } else { flipped(half) };
        }
        (half @ (Half::Am | Half::Pm), Half::None)
            if second.shown <= 12 && second.shown > 0 && !second.word =>
        {
            second.half = if minutes(first, half) <= minutes(second, half) { half } else { flipped(half) };
        }
        _ => {}
    }
}

/// A text with stars for the `_` of emphasis, which would else be part of a number or a word: byte for byte as long.
fn starred(text: &str) -> Cow<'_, str> {
    if !text.contains('_') {
        return Cow::Borrowed(text);
    }
    let mut before = None;
    let mut chars = text.chars().peekable();
    let mut out = String::with_capacity(text.len());
    while let Some(char) = chars.next() {
        let inner = |char: Option<char>| char.is_some_and(|char| char.is_alphanumeric() || char == '/');
        let within = inner(before) && inner(chars.peek().copied());
        out.push(if char == '_' && !within { '*' } else { char });
        before = Some(char);
    }
    Cow::Owned(out)
}

/// All times and dates within a text, in order.
pub fn inside(text: &str) -> Vec<Expression> {
    let text = &*starred(text);
    let mut found: Vec<Expression> = Vec::new();
    let Some(candidate) = CANDIDATE.as_ref() else { return found };
    let mut from = 0;
    while let Some(hit) = candidate.find_at(text, from) {
        match expression(text, hit.start()).filter(|_| !is_offset(text, hit.start())) {
            Some(expression) => {
                from = expression.span.end.max(hit.start() + 1);
                found.push(expression);
            }
            None => from = hit.end(),
        }
        while !text.is_char_boundary(from) {
            from += 1;
        }
        if from >= text.len() {
            break;
        }
    }
    found
}

/// Whether what begins at a place is how far a zone is off: the `03:00` of `UTC-03:00`.
fn is_offset(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or("").trim_end_matches(' ');
    let Some(base) = before.strip_suffix(['+', '-', '−', '–', '±']) else { return false };
    let base = base.trim_end_matches(' ');
    let last = base.get(base.len().saturating_sub(3)..).unwrap_or("");
    last.eq_ignore_ascii_case("utc") || last.eq_ignore_ascii_case("gmt")
}

/// What stands before a time at the beginning of a line: marks, pictures, words that lead to it.
fn opening(text: &str) -> (usize, bool) {
    let mut at = 0;
    let mut led = false;
    for _ in 0..6 {
        let here = tail(text, at);
        let marks = here
            .char_indices()
            .take(16)
            .find(|(_, char)| {
                char.is_alphanumeric() || matches!(char, '@' | '~' | '≈' | '+' | '$' | '#' | '!')
            })
            .map_or(0, |(length, _)| length);
        let dash = here[..marks].contains("--");
        if !dash {
            at += marks;
        }
        match LEADS.as_ref().and_then(|leads| leads.find(tail(text, at))) {
            Some(hit) if hit.end() > 0 => {
                at += hit.end();
                led |= hit.as_str().starts_with(char::is_alphabetic);
            }
            _ if marks == 0 || dash => break,
            _ => {}
        }
    }
    (at, led)
}

/// A time that counts from the one before.
fn later(text: &str, at: usize) -> Option<Expression> {
    let (from, end) = since_last(text, at)?;
    Some(Expression { span: at..end, from, until: None, approximate: true })
}

/// The time at the beginning of a text.
pub fn leading(text: &str) -> Option<Lead> {
    let text = &*starred(text);
    let (at, led) = opening(text);
    let expression = expression(text, at).or_else(|| later(text, at))?;
    let after = tail(text, expression.span.end);
    let words = after
        .char_indices()
        .find(|(_, char)| !(char.is_whitespace() || "*_`)]}:-–—|,.;>→=~•·".contains(*char)))
        .map_or(after.len(), |(length, _)| length);
    let mut between = &after[..words];
    // What opens the markup of the first word belongs to it.
    let own = between.len() - between.trim_end_matches(['*', '_', '`']).len();
    let before_own = &between[..between.len() - own];
    if own > 0 && before_own.ends_with(char::is_whitespace) {
        between = before_own;
    }
    let parted = between.chars().any(|char| !char.is_whitespace()) || words == after.len();
    let rest = expression.span.end + between.len();
    Some(Lead { expression, rest, parted, led })
}

/// The time that a text is from end to end.
pub fn whole(text: &str) -> Option<Expression> {
    let lead = leading(text)?;
    tail(text, lead.rest).chars().all(|char| !char.is_alphanumeric()).then_some(lead.expression)
}
