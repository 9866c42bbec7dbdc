//! Times as typed: what is read is an instant that the words can mean, and reading the words again gives it again.

use std::sync::LazyLock;

use chrono::{DateTime, Duration};
use warroom::grammar::{GrammarError, Times};
use warroom::model::{At, Instant, Moment, Zone};
use warroom::text::Raw;

use super::text_of;

/// Wherever the clock is odd: days on which Berlin, New York and Lord Howe skip or repeat an hour, the day that Apia never
/// had, the turn of a year, a leap day, and plain days; each with the zones that it is looked at from.
const MOMENTS: &[(&str, &[&str])] = &[
    ("2024-08-10T12:45:30Z", &["UTC", "America/New_York", "Asia/Kolkata"]),
    ("2024-03-31T01:05:00Z", &["Europe/Berlin", "Asia/Kathmandu"]),
    ("2024-10-27T00:59:59Z", &["Europe/Berlin", "PDT"]),
    ("2024-11-03T06:10:00Z", &["America/New_York", "-03:30"]),
    ("2024-10-05T15:45:00Z", &["Australia/Lord_Howe"]),
    ("2011-12-31T09:00:00Z", &["Pacific/Apia"]),
    ("2025-01-01T00:00:00Z", &["America/Sao_Paulo", "+14:00"]),
    ("2024-02-29T23:59:00Z", &["Africa/Monrovia"]),
];

/// A time of day without a date lies at most this far ahead.
const AHEAD: Duration = Duration::minutes(15);

static PLACES: LazyLock<Vec<(Instant, Zone)>> = LazyLock::new(|| {
    let places = MOMENTS.iter().flat_map(|(now, zones)| zones.iter().map(move |zone| (now, zone)));
    let read = |(now, zone): (&&str, &&str)| {
        let now = DateTime::parse_from_rfc3339(now).unwrap_or_default().to_utc();
        (now, Zone::read(zone, None).unwrap_or_default())
    };
    places.map(read).collect()
});

/// A time, alone and at the start of a line, in several zones, for an incident that goes on and for one that is over.
pub fn any_time(bytes: &[u8]) {
    let line = text_of(bytes);
    for (now, zone) in PLACES.iter() {
        let live = Times { now: *now, zone, past: None, typed_last: None };
        let start = *now - Duration::hours(50);
        let past = Some((start, start + Duration::hours(30)));
        let over = Times { past, typed_last: Some(start + Duration::hours(9)), ..live };
        for times in [live, over] {
            is_a_time_or_text(&line, &times);
        }
    }
}

/// Whether a line begins with a time, and which.
pub fn is_a_time_or_text(line: &str, times: &Times<'_>) {
    let whole = times.read_whole(line);
    let begin = line.len() - line.trim_start().len();
    match times.read_leading(line, begin) {
        Ok(Some((moment, end))) => {
            is_what_was_written(line, begin, end, &moment, times);
            let alone = line[end..].trim().is_empty();
            assert_eq!(whole.is_ok(), alone, "{line:?}: {whole:?}");
            assert!(!alone || whole.as_ref() == Ok(&moment), "{line:?}: {whole:?}, and {moment:?}");
        }
        Ok(None) => assert!(whole.is_err(), "{line:?}: {whole:?}"),
        Err(error) => {
            says_where_and_why(line, &error);
            assert_eq!(whole.as_ref(), Err(&error), "{line:?}");
        }
    }
    if let Err(error) = &whole {
        says_where_and_why(line, error);
    }
}

fn says_where_and_why(line: &str, error: &GrammarError) {
    super::prompt::says_where_and_why(line, error);
}

fn is_what_was_written(line: &str, begin: usize, end: usize, moment: &Moment, times: &Times<'_>) {
    let about = || format!("{:?} of {line:?} at {} in {}", moment, times.now, times.zone);
    let words = line.get(begin..end).unwrap_or_default();
    assert!(!words.is_empty() && !words.ends_with(char::is_whitespace), "{}", about());
    assert!(line[end..].chars().next().is_none_or(char::is_whitespace), "{}", about());
    assert_eq!(moment.as_written.as_ref().map(Raw::as_typed), Some(words), "{}", about());
    assert_eq!(moment.approximate, words.starts_with('~'), "{}", about());
    for at in [Some(moment.at), moment.until].into_iter().flatten() {
        assert!(at.instant().is_some(), "{}", about());
        assert_eq!(at.to_string().parse::<At>().as_ref(), Ok(&at), "{}", about());
    }
    assert!(moment.until.is_none_or(|until| until.instant() >= moment.at.instant()), "{}", about());
    // What was said once can be said again.
    assert_eq!(times.read_whole(words).as_ref(), Ok(moment), "{}", about());
    let json = serde_json::to_string(moment).unwrap_or_default();
    assert_eq!(serde_json::from_str::<Moment>(&json).ok().as_ref(), Some(moment), "{}", about());
    if let Some(at) = moment.at.instant().filter(|_| is_only_a_time_of_day(words)) {
        assert!(at <= times.now + AHEAD || times.past.is_some(), "ahead: {}", about());
        // A day back at most, and two where daylight saving took the hour out of one.
        assert!(at > times.now - Duration::hours(49) || times.past.is_some(), "behind: {}", about());
    }
}

/// `10:42`, `~9:05:30`, `10am`: no date, no day, no zone, no range, nothing that counts back.
fn is_only_a_time_of_day(words: &str) -> bool {
    let words = words.strip_prefix('~').unwrap_or(words);
    words.chars().all(|c| matches!(c, '0'..='9' | ':' | 'a' | 'p' | 'm' | 'A' | 'P' | 'M'))
}
