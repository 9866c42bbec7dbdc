//! A time of day as written: `10:42`, `10h47`, `15.26`, `6 PM`, `noon`, `1030hrs`.

use std::ops::Range;
use std::sync::LazyLock;

use chrono::NaiveTime;
use regex::Regex;

use super::half::Half;
use super::{stands_apart, tail};
use crate::import::pattern;
use crate::model::Precision;

/// A time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hour {
    /// The hour shown, 0 to 24, before AM or PM is applied.
    pub shown: u32,
    /// The minute.
    pub minute: u32,
    /// The second, where it was written.
    pub second: Option<u32>,
    /// AM or PM.
    pub half: Half,
    /// Written to the hour only: `6 PM`.
    pub whole_hour: bool,
    /// Written with a dot or without any sign (`15.26`, `1030`): a time only where something else says so.
    pub doubtful: bool,
    /// `noon`, `midnight`: said in a word.
    pub word: bool,
}

impl Hour {
    /// The time of day; 24:00 is midnight.
    pub fn time(&self) -> Option<NaiveTime> {
        NaiveTime::from_hms_opt(self.half.hour(self.shown) % 24, self.minute, self.second.unwrap_or(0))
    }

    /// Whether it is the end of its day: `24:00`.
    pub fn ends_day(&self) -> bool {
        self.shown == 24
    }

    /// How precisely it was written.
    pub fn precision(&self) -> Precision {
        match (self.second, self.whole_hour) {
            (Some(_), _) => Precision::Second,
            (None, true) => Precision::Hour,
            (None, false) => Precision::Minute,
        }
    }

    /// Whether only a clock of 24 hours shows it.
    pub fn is_wide(&self) -> bool {
        !self.half.is_given() && (self.shown > 12 || self.shown == 0) && !self.word
    }
}

static SIGNED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern::new(
        r"(?xi)^(?P<h>\d{1,2})[\ ]?(?P<sign>[:.：]|h\ ?)(?P<m>\d{2})(?:[:.](?P<s>\d{2})(?:[.,]\d{1,9})?)?
          (?:[\ \u{a0}\u{202f}]{0,2}(?P<half>[ap])\.?[\ ]?m\b\.?|(?P<letter>[ap])\b|[\ ]?(?P<unit>hrs?|hours|uhr|h)\b)?",
    )
    .ok()
});
static WHOLE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern::new(r"(?i)^(?P<h>\d{1,2})[\x20\u{a0}\u{202f}]{0,2}(?:(?P<half>[ap])\.?m\b\.?|o'clock\b)").ok()
});
static GLUED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern::new(r"(?i)^(?P<h>2[0-3]|[01]?\d)(?P<m>[0-5]\d)(?:\x20?(?P<unit>hrs?|hours|h|z)\b|\x20?(?P<half>[ap])\.?m\b\.?)?").ok()
});
static NAMED: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern::new(r"(?i)^(?:12\x20?)?(?P<name>noon|midday|midnight)\b").ok());

/// The time of day at a place of a text, and the bytes it takes.
pub(super) fn read(text: &str, at: usize) -> Option<(Hour, Range<usize>)> {
    let here = tail(text, at);
    let found = named(here).or_else(|| signed(here)).or_else(|| whole(here)).or_else(|| glued(here));
    let (hour, length) = found?;
    let span = at..at + length;
    (hour.time().is_some() && stands_apart_as_time(text, &span)).then_some((hour, span))
}

/// `T` and `Z` may lean on a time.
fn stands_apart_as_time(text: &str, span: &Range<usize>) -> bool {
    let dated = span.start > 0 && text[..span.start].ends_with('T');
    let from = if dated { span.start - 1 } else { span.start };
    let end = span.end + usize::from(tail(text, span.end).starts_with('Z'));
    let before = text[..from].chars().next_back();
    let loose = dated && before.is_some_and(|char| char.is_ascii_digit());
    let digit = |at: usize| tail(text, at).starts_with(|char: char| char.is_ascii_digit());
    // `10:42:99`, `10.42.7`: numbers of another kind.
    let more = tail(text, end).starts_with([':', '.']) && digit(end + 1);
    stands_apart(text, &(if loose { 0 } else { from }..end)) && !more
}

fn half_of(hit: &regex::Captures<'_>, shown: u32) -> Half {
    match hit.name("half").or_else(|| hit.name("letter")).map(|half| half.as_str()) {
        None => Half::None,
        Some(letter) if shown > 12 || (shown == 0 && letter.eq_ignore_ascii_case("p")) => Half::Odd,
        Some(letter) if letter.eq_ignore_ascii_case("a") => Half::Am,
        Some(_) => Half::Pm,
    }
}

fn number(hit: &regex::Captures<'_>, name: &str) -> Option<u32> {
    hit.name(name)?.as_str().parse().ok()
}

fn signed(text: &str) -> Option<(Hour, usize)> {
    let hit = SIGNED.as_ref()?.captures(text)?;
    let (shown, minute) = (number(&hit, "h")?, number(&hit, "m")?);
    let half = half_of(&hit, shown);
    let dotted = hit.name("sign").is_some_and(|sign| sign.as_str() == ".");
    let doubtful = dotted && !half.is_given() && hit.name("unit").is_none();
    if shown > 24 || (shown == 24 && minute > 0) || minute > 59 {
        return None;
    }
    // `1 h 35 min` is a length.
    let lettered = hit.name("sign").is_some_and(|sign| sign.as_str().starts_with(['h', 'H']));
    if lettered && is_minutes(tail(text, hit.get(0)?.end())) {
        return None;
    }
    let second = number(&hit, "s").filter(|second| *second < 60);
    let hour = Hour { shown, minute, second, half, whole_hour: false, doubtful, word: false };
    Some((hour, hit.get(0)?.end()))
}

/// Whether a text begins with what minutes are counted in.
fn is_minutes(text: &str) -> bool {
    let unit: String =
        text.trim_start_matches(' ').chars().take_while(char::is_ascii_alphabetic).take(8).collect();
    matches!(
        unit.to_ascii_lowercase().as_str(),
        "m" | "mn" | "min" | "mins" | "minute" | "minutes" | "minuten" | "minutos"
    )
}

fn whole(text: &str) -> Option<(Hour, usize)> {
    let hit = WHOLE.as_ref()?.captures(text)?;
    let shown = number(&hit, "h").filter(|shown| *shown <= 23)?;
    let half = half_of(&hit, shown);
    Some((
        Hour { shown, minute: 0, second: None, half, whole_hour: true, doubtful: false, word: false },
        hit.get(0)?.end(),
    ))
}

fn glued(text: &str) -> Option<(Hour, usize)> {
    let hit = GLUED.as_ref()?.captures(text)?;
    let (shown, minute) = (number(&hit, "h")?, number(&hit, "m")?);
    let half = half_of(&hit, shown);
    let sure = half.is_given() || hit.name("unit").is_some();
    let digits = hit.name("h")?.len() + 2;
    if digits == 3 && !half.is_given() {
        return None;
    }
    let unit = hit.name("unit").is_some_and(|unit| unit.as_str().eq_ignore_ascii_case("z"));
    let end = hit.get(0)?.end() - usize::from(unit);
    Some((Hour { shown, minute, second: None, half, whole_hour: false, doubtful: !sure, word: false }, end))
}

fn named(text: &str) -> Option<(Hour, usize)> {
    let hit = NAMED.as_ref()?.captures(text)?;
    let shown = if hit.name("name")?.as_str().eq_ignore_ascii_case("midnight") { 0 } else { 12 };
    let hour = Hour {
        shown,
        minute: 0,
        second: None,
        half: Half::None,
        whole_hour: true,
        doubtful: false,
        word: true,
    };
    Some((hour, hit.get(0)?.end()))
}
