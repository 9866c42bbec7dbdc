//! Zones: an IANA name, an offset, or an abbreviation in use, which is a fixed offset and the label to print.

use std::fmt;

use chrono::{DateTime, Datelike, FixedOffset, MappedLocalTime, NaiveDateTime, Offset, TimeZone, Utc};
use chrono_tz::{OffsetName, Tz};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Instant;
use super::at::{read_offset, string_schema};
use crate::text::read_str;

/// Abbreviations that people write after a time: minutes east of UTC, and a zone of which it is the name. One that
/// stands more than once has several meanings. Taken from the tz database's abbreviations in use; left out are
/// meanings that people there hardly write (Cuba's CST, the Philippines' PST).
const ABBREVIATIONS: &[(&str, i32, &str)] = &[
    ("ACDT", 630, "Australia/Adelaide"),
    ("ACST", 570, "Australia/Darwin"),
    ("ADT", -180, "America/Halifax"),
    ("AEDT", 660, "Australia/Sydney"),
    ("AEST", 600, "Australia/Brisbane"),
    ("AKDT", -480, "America/Anchorage"),
    ("AKST", -540, "America/Anchorage"),
    ("AST", -240, "America/Halifax"),
    ("AST", 180, "Asia/Riyadh"),
    ("AWST", 480, "Australia/Perth"),
    ("BRT", -180, "America/Sao_Paulo"),
    ("BST", 60, "Europe/London"),
    ("CAT", 120, "Africa/Maputo"),
    ("CDT", -300, "America/Chicago"),
    ("CEST", 120, "Europe/Berlin"),
    ("CET", 60, "Europe/Berlin"),
    ("CST", -360, "America/Chicago"),
    ("CST", 480, "Asia/Shanghai"),
    ("EAT", 180, "Africa/Nairobi"),
    ("EDT", -240, "America/New_York"),
    ("EEST", 180, "Europe/Athens"),
    ("EET", 120, "Europe/Athens"),
    ("EST", -300, "America/New_York"),
    ("GMT", 0, "Africa/Abidjan"),
    ("GST", 240, "Asia/Dubai"),
    ("HDT", -540, "America/Adak"),
    ("HKT", 480, "Asia/Hong_Kong"),
    ("HST", -600, "Pacific/Honolulu"),
    ("ICT", 420, "Asia/Bangkok"),
    ("IDT", 180, "Asia/Jerusalem"),
    ("IST", 330, "Asia/Kolkata"),
    ("IST", 120, "Asia/Jerusalem"),
    ("IST", 60, "Europe/Dublin"),
    ("JST", 540, "Asia/Tokyo"),
    ("KST", 540, "Asia/Seoul"),
    ("MDT", -360, "America/Denver"),
    ("MSK", 180, "Europe/Moscow"),
    ("MST", -420, "America/Denver"),
    ("NDT", -150, "America/St_Johns"),
    ("NST", -210, "America/St_Johns"),
    ("NZDT", 780, "Pacific/Auckland"),
    ("NZST", 720, "Pacific/Auckland"),
    ("PDT", -420, "America/Los_Angeles"),
    ("PHT", 480, "Asia/Manila"),
    ("PKT", 300, "Asia/Karachi"),
    ("PST", -480, "America/Los_Angeles"),
    ("SAST", 120, "Africa/Johannesburg"),
    ("SGT", 480, "Asia/Singapore"),
    ("SST", -660, "Pacific/Pago_Pago"),
    ("TRT", 180, "Europe/Istanbul"),
    ("UTC", 0, "Etc/UTC"),
    ("WAT", 60, "Africa/Lagos"),
    ("WEST", 60, "Europe/Lisbon"),
    ("WET", 0, "Europe/Lisbon"),
    ("WIB", 420, "Asia/Jakarta"),
    ("WIT", 540, "Asia/Jayapura"),
    ("WITA", 480, "Asia/Makassar"),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Rule {
    Tz(Tz),
    Fixed(FixedOffset),
}

/// A zone, with the name it was typed by.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Zone {
    name: String,
    rule: Rule,
}

/// Why a word is no zone.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ZoneError {
    /// Nothing of that name.
    #[error("no such zone")]
    Unknown,
    /// An abbreviation of several zones that are not the same.
    #[error("stands for several zones: {}", .0.join(", "))]
    Ambiguous(Vec<String>),
}

impl Default for Zone {
    fn default() -> Self {
        // As it is read again from its name.
        Self { name: "UTC".into(), rule: Rule::Fixed(Utc.fix()) }
    }
}

impl Zone {
    /// Reads the name of a zone: an IANA name in any case, an offset (`+03:00`, `-0700`, `UTC+3`), or an upper-case
    /// abbreviation in use. One with several meanings takes the one that `own` has in the year of `at`.
    ///
    /// # Errors
    /// [`ZoneError`] says whether nothing has that name, or several zones have.
    pub fn read(text: &str, own: Option<(&Self, Instant)>) -> Result<Self, ZoneError> {
        if let Some(zone) = Self::read_after_time(text, own) {
            return zone;
        }
        let tz = Tz::from_str_insensitive(text).map_err(|_| ZoneError::Unknown)?;
        Ok(Self { name: tz.name().into(), rule: Rule::Tz(tz) })
    }

    /// Reads the word after a time of day, where it is a zone: as [`Zone::read`], but without the IANA names of one word
    /// in mixed case (`Singapore`, `Japan`): there they are more likely the first word of what happened.
    pub fn read_after_time(text: &str, own: Option<(&Self, Instant)>) -> Option<Result<Self, ZoneError>> {
        let fixed = |offset| Some(Ok(Self { name: text.into(), rule: Rule::Fixed(offset) }));
        if let Some(offset) = read_offset(text).or_else(|| read_utc_offset(text)) {
            return fixed(offset);
        }
        if let Some((label, offset)) = text.split_once('=')
            && is_abbreviation(label)
        {
            return fixed(read_offset(offset)?);
        }
        if let Some(offset) = own.and_then(|(own, at)| own.offset_called(text, at)) {
            // Read again without the incident's zone, the name has to stand for the same.
            let mut meanings = ABBREVIATIONS.iter().filter(|a| a.0 == text);
            let minutes = offset.local_minus_utc() / 60;
            let plain = meanings.next().is_some_and(|a| a.1 == minutes) && meanings.next().is_none();
            let name =
                if plain { text.into() } else { format!("{text}={}", super::at::written_offset(offset)) };
            return Some(Ok(Self { name, rule: Rule::Fixed(offset) }));
        }
        let meanings: Vec<_> = ABBREVIATIONS.iter().filter(|a| a.0 == text).collect();
        match meanings[..] {
            [] => {}
            [&(_, minutes, _)] => return fixed(FixedOffset::east_opt(minutes * 60)?),
            _ => {
                let places = meanings.iter().map(|(_, _, place)| (*place).to_owned()).collect();
                return Some(Err(ZoneError::Ambiguous(places)));
            }
        }
        if !text.contains('/') {
            return None;
        }
        let tz = Tz::from_str_insensitive(text).ok()?;
        Some(Ok(Self { name: tz.name().into(), rule: Rule::Tz(tz) }))
    }

    /// The name as typed: good for any place, since it holds only letters, digits and `/ _ + - : =`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The offset from UTC at an instant.
    pub fn offset_at(&self, at: Instant) -> FixedOffset {
        match self.rule {
            Rule::Tz(tz) => tz.offset_from_utc_datetime(&at.naive_utc()).fix(),
            Rule::Fixed(offset) => offset,
        }
    }

    /// The instant in this zone.
    pub fn at(&self, at: Instant) -> DateTime<FixedOffset> {
        at.with_timezone(&self.offset_at(at))
    }

    /// The instants at which a clock in this zone shows `local`: none where daylight saving skips it, two where it
    /// repeats it.
    pub fn instants(&self, local: NaiveDateTime) -> MappedLocalTime<DateTime<FixedOffset>> {
        match self.rule {
            Rule::Tz(tz) => tz.from_local_datetime(&local).map(|at| at.fixed_offset()),
            Rule::Fixed(offset) => offset.from_local_datetime(&local),
        }
    }

    /// What to print after a time: `PDT`, `GMT`, `UTC+3`.
    pub fn label_at(&self, at: Instant) -> String {
        match self.rule {
            Rule::Tz(tz) => {
                let offset = tz.offset_from_utc_datetime(&at.naive_utc());
                let abbreviation =
                    offset.abbreviation().filter(|a| a.starts_with(|c: char| c.is_ascii_alphabetic()));
                abbreviation.map_or_else(|| utc_label(offset.fix()), str::to_owned)
            }
            Rule::Fixed(offset) => {
                let label = self.name.split('=').next().unwrap_or_default();
                if label.starts_with(|c: char| c.is_ascii_alphabetic()) && label != "Z" {
                    label.to_owned()
                } else {
                    utc_label(offset)
                }
            }
        }
    }

    /// The offset that an abbreviation has in this zone in the year of `at`.
    fn offset_called(&self, abbreviation: &str, at: Instant) -> Option<FixedOffset> {
        // The tz database writes `+11` where a zone has no abbreviation, and a few in mixed case (`ChST`).
        if !is_abbreviation(abbreviation) {
            return None;
        }
        let tz = match self.rule {
            Rule::Tz(tz) => tz,
            Rule::Fixed(offset) => {
                return (self.name.split('=').next() == Some(abbreviation)).then_some(offset);
            }
        };
        // Mid-winter and mid-summer: between them they show every abbreviation that a zone has in a year.
        [1, 7].into_iter().find_map(|month| {
            let day = Utc.with_ymd_and_hms(at.year(), month, 1, 12, 0, 0).single()?;
            let offset = tz.offset_from_utc_datetime(&day.naive_utc());
            (offset.abbreviation() == Some(abbreviation)).then(|| offset.fix())
        })
    }
}

/// Whether a word has the shape of an abbreviation: two to five upper-case letters.
fn is_abbreviation(word: &str) -> bool {
    (2..=5).contains(&word.len()) && word.bytes().all(|c| c.is_ascii_uppercase())
}

/// `UTC`, `UTC+3`, `UTC-3:30`.
fn utc_label(offset: FixedOffset) -> String {
    let minutes = offset.local_minus_utc() / 60;
    let sign = if minutes < 0 { '-' } else { '+' };
    match (minutes.abs() / 60, minutes.abs() % 60) {
        (0, 0) => "UTC".into(),
        (hours, 0) => format!("UTC{sign}{hours}"),
        (hours, minutes) => format!("UTC{sign}{hours}:{minutes:02}"),
    }
}

/// Reads `UTC+3`, `GMT-5`, `UTC+05:30`.
fn read_utc_offset(text: &str) -> Option<FixedOffset> {
    let rest = text.strip_prefix("UTC").or_else(|| text.strip_prefix("GMT"))?;
    let (sign, rest) = rest.split_at_checked(1)?;
    let (hours, minutes) = rest.split_once(':').unwrap_or((rest, "00"));
    let digits = |s: &str| (1..=2).contains(&s.len()) && s.bytes().all(|c| c.is_ascii_digit());
    (digits(hours) && digits(minutes)).then_some(())?;
    read_offset(&format!("{sign}{hours:0>2}:{minutes:0>2}"))
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

impl Serialize for Zone {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.name)
    }
}

impl<'de> Deserialize<'de> for Zone {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        read_str(from, |name| Self::read(name, None))
    }
}

string_schema!(Zone, "An IANA name, an offset or an abbreviation, as typed");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_abbreviation_stands_for_what_its_zone_has() {
        for (abbreviation, minutes, place) in ABBREVIATIONS {
            let tz = Tz::from_str_insensitive(place).unwrap();
            let offsets = (1..=12).map(|month| {
                let day = Utc.with_ymd_and_hms(2024, month, 1, 12, 0, 0).unwrap();
                tz.offset_from_utc_datetime(&day.naive_utc()).fix().local_minus_utc() / 60
            });
            assert!(offsets.into_iter().any(|o| o == *minutes), "{abbreviation} in {place}");
        }
    }

    #[test]
    fn names_keep_their_spelling_and_their_meaning() {
        let at = Utc.with_ymd_and_hms(2024, 8, 18, 17, 15, 0).unwrap();
        let label = |name: &str| {
            Zone::read(name, None).map(|z| (z.label_at(at), z.offset_at(at).local_minus_utc() / 60))
        };
        assert_eq!(label("PDT"), Ok(("PDT".into(), -420)));
        assert_eq!(label("America/Los_Angeles"), Ok(("PDT".into(), -420)));
        assert_eq!(label("europe/istanbul"), Ok(("UTC+3".into(), 180)));
        assert_eq!(label("GMT"), Ok(("GMT".into(), 0)));
        assert_eq!(label("-0330"), Ok(("UTC-3:30".into(), -210)));
        assert_eq!(label("UTC+3"), Ok(("UTC+3".into(), 180)));
        assert_eq!(label("Mars/Olympus"), Err(ZoneError::Unknown));
        assert!(matches!(label("IST"), Err(ZoneError::Ambiguous(places)) if places.len() == 3));
    }

    #[test]
    fn an_abbreviation_of_several_meanings_takes_the_zones_own() {
        let at = Utc.with_ymd_and_hms(2024, 8, 18, 17, 15, 0).unwrap();
        let kolkata = Zone::read("Asia/Kolkata", None).unwrap();
        let ist = Zone::read("IST", Some((&kolkata, at))).unwrap();
        assert_eq!((ist.label_at(at).as_str(), ist.offset_at(at).local_minus_utc()), ("IST", 330 * 60));
        let back: Zone = serde_json::from_value(serde_json::to_value(&ist).unwrap()).unwrap();
        assert_eq!(back, ist);
    }

    #[test]
    fn a_word_after_a_time_is_text_unless_it_is_surely_a_zone() {
        for word in ["API", "est", "Singapore", "3", "+5%", "UTC+", "GMT-x"] {
            assert!(Zone::read_after_time(word, None).is_none(), "{word}");
        }
        assert!(Zone::read_after_time("Asia/Tokyo", None).is_some());
    }
}
