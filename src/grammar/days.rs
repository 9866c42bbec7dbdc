//! Days of the past as people type them to say since when or until when: `2024`, `2024-03`, `2024-03-05`, `90d`, `6w`,
//! `3m`, `1y`, `mon`, `today`, `yesterday`.

use chrono::{Datelike as _, Duration, Months, NaiveDate, Weekday};

/// The days that are meant, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days {
    /// The first of them.
    pub first: NaiveDate,
    /// The last of them.
    pub last: NaiveDate,
}

/// How days of the past are written, for a hint.
pub const FORMS: &str = "2024, 2024-03, 2024-03-05, 90d, 6w, 3m, 1y, mon, yesterday or today";

/// Reads the days that `text` means, all of it; none where it means none. A weekday is the last such day before today,
/// and a length of time the day that long ago.
pub fn past(text: &str, today: NaiveDate) -> Option<Days> {
    let text = text.trim();
    let lower = text.to_lowercase();
    let ago = |days: i64| today.checked_sub_signed(Duration::try_days(days)?);
    let one = match lower.as_str() {
        "today" => Some(today),
        "yesterday" => ago(1),
        word => match word.parse::<Weekday>() {
            Ok(weekday) => {
                let back = today.weekday().num_days_from_monday() + 7 - weekday.num_days_from_monday();
                ago(i64::from((back + 6) % 7 + 1))
            }
            Err(_) => long_ago(word, today),
        },
    };
    match one {
        Some(day) => Some(Days { first: day, last: day }),
        None => of_calendar(text),
    }
}

/// `90d`, `6w`, `3m`, `1y`.
fn long_ago(word: &str, today: NaiveDate) -> Option<NaiveDate> {
    let unit = word.chars().last().filter(char::is_ascii_alphabetic)?;
    let digits = word.strip_suffix(unit)?;
    let number: u16 = digits.parse().ok().filter(|_| digits.bytes().all(|digit| digit.is_ascii_digit()))?;
    match unit {
        'd' => today.checked_sub_signed(Duration::try_days(i64::from(number))?),
        'w' => today.checked_sub_signed(Duration::try_weeks(i64::from(number))?),
        'm' => today.checked_sub_months(Months::new(u32::from(number))),
        'y' => today.checked_sub_months(Months::new(u32::from(number) * 12)),
        _ => None,
    }
}

/// `2024`, `2024-03`, `2024-03-05`.
fn of_calendar(text: &str) -> Option<Days> {
    let parts: Vec<&str> = text.split('-').collect();
    let number = |nth: usize, digits: usize| -> Option<u32> {
        let part = parts.get(nth).filter(|part| part.len() == digits)?;
        part.bytes().all(|digit| digit.is_ascii_digit()).then(|| part.parse().ok())?
    };
    let year = i32::try_from(number(0, 4)?).ok()?;
    let (first, next) = match parts.len() {
        1 => (NaiveDate::from_ymd_opt(year, 1, 1)?, NaiveDate::from_ymd_opt(year + 1, 1, 1)?),
        2 => {
            let first = NaiveDate::from_ymd_opt(year, number(1, 2)?, 1)?;
            (first, first.checked_add_months(Months::new(1))?)
        }
        3 => {
            let day = NaiveDate::from_ymd_opt(year, number(1, 2)?, number(2, 2)?)?;
            (day, day.succ_opt()?)
        }
        _ => return None,
    };
    Some(Days { first, last: next.pred_opt()? })
}
