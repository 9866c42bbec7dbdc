//! Dates as written: `2024-03-12`, `12 March 2024`, `March 12th, 2024`, `Mar 12`, `12/03/2024`, `03, 14, 2024`.

use std::ops::Range;
use std::sync::LazyLock;

use chrono::NaiveDate;
use regex::Regex;

use super::{stands_apart, tail};
use crate::import::pattern;
use crate::model::at::Day;

/// Which number of an all-numeric date is the month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// It cannot be anything else, or the month is a word.
    Sure,
    /// The day stands first, and the month could.
    DayFirst,
    /// Both could be the month.
    Either,
}

/// A date as far as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Date {
    /// The year, where it was written.
    pub year: Option<i32>,
    /// The month, 1 to 12; the first number where the order is not known.
    pub month: u32,
    /// The day, 1 to 31.
    pub day: u32,
    /// How sure the order of an all-numeric date is.
    pub order: Order,
    /// For a date of numbers over 12: whether the day stood first.
    pub day_first: Option<bool>,
}

impl Date {
    /// The date as a day, with a numeric one that could be either read day first where `day_first`.
    pub fn day(&self, day_first: bool) -> Option<Day> {
        let (month, day) = if self.order == Order::Either && day_first {
            (self.day, self.month)
        } else {
            (self.month, self.day)
        };
        match self.year {
            Some(year) => NaiveDate::from_ymd_opt(year, month, day).map(Day::Full),
            // A leap year, so that 29 February may be.
            None => NaiveDate::from_ymd_opt(2000, month, day).map(|_| Day::MonthDay(month, day)),
        }
    }
}

/// Months in the languages of Europe that people mix into English reports, written out; those that English shares are left out.
const ELSEWHERE: [&[&str]; 12] = [
    &[
        "januar",
        "januari",
        "janvier",
        "enero",
        "janeiro",
        "gennaio",
        "ocak",
        "stycznia",
        "leden",
        "ledna",
        "tammikuuta",
    ],
    &[
        "februar",
        "februari",
        "février",
        "fevrier",
        "febrero",
        "fevereiro",
        "febbraio",
        "şubat",
        "lutego",
        "helmikuuta",
    ],
    &["märz", "maerz", "mars", "marzo", "março", "maart", "marts", "mart", "marca", "maaliskuuta"],
    &["avril", "abril", "aprile", "nisan", "kwietnia", "huhtikuuta"],
    &["mai", "mayo", "maio", "maggio", "mei", "maj", "maja", "mayıs", "toukokuuta"],
    &["juni", "juin", "junio", "junho", "giugno", "haziran", "czerwca", "kesäkuuta"],
    &["juli", "juillet", "julio", "julho", "luglio", "temmuz", "lipca", "heinäkuuta"],
    &["août", "aout", "agosto", "augustus", "augusti", "ağustos", "sierpnia", "elokuuta"],
    &["septembre", "septiembre", "setembro", "settembre", "eylül", "września", "syyskuuta"],
    &["oktober", "octobre", "octubre", "outubro", "ottobre", "ekim", "października", "lokakuuta"],
    &["novembre", "noviembre", "novembro", "kasım", "listopada", "marraskuuta"],
    &[
        "dezember",
        "décembre",
        "decembre",
        "diciembre",
        "dezembro",
        "dicembre",
        "aralık",
        "grudnia",
        "joulukuuta",
    ],
];

const MONTH: &str = r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)";

/// What people and their programs write for the hyphen within a date.
const DASH: &str = r"[-\x{2010}-\x{2013}\x{2212}]";

static ISO: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern::new(&format!(
        r"^(?P<y>(?:19|20)[0-9]{{2}})(?P<s>[/.]|{DASH})(?P<m>[0-9]{{1,2}})(?:[/.]|{DASH})(?P<d>[0-9]{{1,2}})"
    ))
    .ok()
});
static GLUED: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern::new(r"^(?P<y>20\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])").ok());
static NUMBERS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern::new(&format!(
        r"^(?P<a>[0-9]{{1,2}})(?P<s>[/.,]|{DASH})\x20?(?P<b>[0-9]{{1,2}})(?:[/.,]|{DASH})\x20?(?P<y>(?:19|20)?[0-9]{{2}})"
    ))
    .ok()
});
static DAY_MONTH: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let other = ELSEWHERE.concat().join("|");
    pattern::new(&format!(
        r"(?i)^(?P<d>\d{{1,2}})(?:st|nd|rd|th|er|º|ª)?\.?[\x20/-]?(?:of\x20|de\x20)?(?:{MONTH}|(?P<other>{other}))\b\.?(?:\x20?[,/\x20-]\x20?(?:de\x20)?(?P<y>(?:19|20)\d\d)\b)?"
    ))
    .ok()
});
static MONTH_DAY: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern::new(&format!(
        r"(?i)^{MONTH}\.?[\x20-]{{1,2}}(?:the\x20)?(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\b(?:\x20?[,/\x20-]\x20?(?:of\x20)?(?P<y>(?:19|20)\d\d)\b)?"
    ))
    .ok()
});
static YEAR_MONTH: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern::new(&format!(r"(?i)^(?P<y>20\d\d)[\x20-]{MONTH}[\x20-](?P<d>\d{{1,2}})\b")).ok()
});

/// The date at a place of a text, and the bytes it takes.
pub(super) fn read(text: &str, at: usize) -> Option<(Date, Range<usize>)> {
    let here = tail(text, at);
    let whole = iso(here);
    // `inc-2024-03-12-api-down`: the day within the name of a channel or a file.
    let slugged = whole.is_some();
    let (date, length) = whole.or_else(|| words(here)).or_else(|| numbers(here))?;
    let span = at..at + length;
    // `2024-03-12T10:00`
    let timed = tail(text, span.end).starts_with('T')
        && tail(text, span.end + 1).starts_with(|char: char| char.is_ascii_digit());
    let apart = stands_apart(text, &(span.start..span.end + usize::from(timed)));
    let timed_apart = timed && stands_apart(text, &(span.start..text.len()));
    let more = tail(text, span.end).starts_with(['-', '/'])
        && tail(text, span.end + 1).starts_with(|c: char| c.is_alphanumeric())
        && !(slugged && tail(text, span.end + 1).starts_with(char::is_alphabetic))
        && !timed;
    ((apart || timed_apart) && !more).then_some((date, span))
}

fn number<T: std::str::FromStr>(hit: &regex::Captures<'_>, name: &str) -> Option<T> {
    hit.name(name)?.as_str().parse().ok()
}

fn sure(year: Option<i32>, month: u32, day: u32) -> Option<Date> {
    let date = Date { year, month, day, order: Order::Sure, day_first: None };
    date.day(false).map(|_| date)
}

fn iso(text: &str) -> Option<(Date, usize)> {
    let hit = ISO.as_ref()?.captures(text).or_else(|| GLUED.as_ref()?.captures(text))?;
    Some((sure(number(&hit, "y"), number(&hit, "m")?, number(&hit, "d")?)?, hit.get(0)?.end()))
}

fn words(text: &str) -> Option<(Date, usize)> {
    if let Some(hit) = MONTH_DAY.as_ref()?.captures(text) {
        let name = hit.name("month")?.as_str();
        // "may 5 servers", "march 3 miles": a verb unless it is written as a name.
        let verb = matches!(name, "may" | "mar" | "march");
        let (year, end) = year_of(&hit, text)?;
        let date = sure(year, month(name)?, number(&hit, "d")?).filter(|_| !verb)?;
        return Some((date, end));
    }
    let hit = DAY_MONTH.as_ref()?.captures(text).or_else(|| YEAR_MONTH.as_ref()?.captures(text))?;
    let (year, end) = year_of(&hit, text)?;
    let named = month(hit.name("month").or_else(|| hit.name("other"))?.as_str())?;
    Some((sure(year, named, number(&hit, "d")?)?, end))
}

/// The year of a date in words, and where the date ends. `Feb 9 1924 UTC` has a time of day in the place of its year.
fn year_of(hit: &regex::Captures<'_>, text: &str) -> Option<(Option<i32>, usize)> {
    let end = hit.get(0)?.end();
    let Some(year) = hit.name("y").filter(|year| year.start() > 0) else {
        return Some((number(hit, "y"), end));
    };
    let number = year.as_str().parse::<i32>().ok()?;
    let clock = number % 100 < 60 && !(1980..2036).contains(&number);
    let after = tail(text, year.end()).trim_start_matches(' ');
    let unit = ["hrs", "hours", "h "].iter().any(|unit| after.starts_with(unit));
    let zoned = || unit || super::zones::read(after, 0, false).is_some();
    if clock && zoned() {
        let before = text.get(..year.start())?.trim_end_matches([' ', ',', '-', '/']).len();
        return Some((None, before));
    }
    Some((Some(number), end))
}

fn month(name: &str) -> Option<u32> {
    const NAMES: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let name = name.to_lowercase();
    let elsewhere = (1..).zip(ELSEWHERE).find(|(_, names)| names.contains(&name.as_str()));
    if let Some((number, _)) = elsewhere {
        return Some(number);
    }
    (1..).zip(NAMES).find(|(_, short)| name.starts_with(short)).map(|(number, _)| number)
}

fn numbers(text: &str) -> Option<(Date, usize)> {
    let hit = NUMBERS.as_ref()?.captures(text)?;
    let (a, b): (u32, u32) = (number(&hit, "a")?, number(&hit, "b")?);
    let sign = hit.name("s")?.as_str();
    let short = hit.name("y")?.len() == 2;
    // `10.2.14` is a version, `1,20,30` a list; `03/12/24` a date, and so is `5-26-21`, where one number is no month.
    let dashed = !matches!(sign, "/" | "." | ",") && (a > 12) != (b > 12) && a.max(b) <= 31;
    if short && sign != "/" && !dashed {
        return None;
    }
    let year = number::<i32>(&hit, "y").map(|year| if short { 2000 + year } else { year });
    let (month, day, order, day_first) = match (a, b) {
        (13.., _) => (b, a, Order::Sure, Some(true)),
        (_, 13..) => (a, b, Order::Sure, Some(false)),
        _ if a == b => (a, b, Order::Sure, None),
        // With dots the day stands first wherever dots are used.
        _ if sign == "." => (b, a, Order::DayFirst, None),
        _ => (a, b, Order::Either, None),
    };
    let date = Date { year, month, day, order, day_first };
    date.day(false).or_else(|| date.day(true)).map(|_| (date, hit.get(0).map_or(0, |all| all.end())))
}

/// Whether a text begins with the name of a month and a number, as what follows the day of a date does.
pub(in crate::import) fn begins_with_month(text: &str) -> bool {
    let word: String = text.chars().take_while(|char| char.is_alphabetic()).take(12).collect();
    let rest = text[word.len()..].trim_start_matches(['.', ',', ' ']);
    word.len() >= 3
        && rest.starts_with(|char: char| char.is_ascii_digit())
        && ENGLISH.iter().any(|month| month.starts_with(&word.to_lowercase()))
        || (ELSEWHERE.iter().any(|names| names.contains(&word.to_lowercase().as_str())))
}

const ENGLISH: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
