//! Zones as written: `UTC`, `(GMT+2)`, `PST`, `Africa/Lagos`, `West Africa Time`, `local time`.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::tail;
use crate::import::pattern;
use crate::model::{Zone, ZoneError};

/// A zone as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ZoneWord {
    /// One zone.
    Sure(Zone),
    /// An abbreviation of several zones, or a place without its half of the year: the meaning most documents have, which is a
    /// guess, and the words.
    Guessed(Zone, String),
    /// `local time`: whoever wrote it knew which.
    Local,
}

impl ZoneWord {
    /// The zones that words may mean: all that their abbreviations stand for.
    pub fn ways(words: &str) -> Vec<String> {
        let mut ways: Vec<String> = Vec::new();
        for word in words.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| word.len() > 2) {
            match Zone::read(word, None) {
                Ok(zone) => ways.push(zone.name().to_owned()),
                Err(ZoneError::Ambiguous(names)) => ways.extend(names),
                Err(ZoneError::Unknown) => {}
            }
        }
        ways
    }

    /// The zone, where it is known.
    pub fn zone(&self) -> Option<&Zone> {
        match self {
            Self::Sure(zone) | Self::Guessed(zone, _) => Some(zone),
            Self::Local => None,
        }
    }
}

/// Names in words, and what they mean: read literally, so that Pacific Standard Time is eight hours behind in July, too.
const NAMES: &[(&str, &str)] = &[
    ("west african time", "WAT"),
    ("west africa time", "WAT"),
    ("west africa standard time", "WAT"),
    ("east africa time", "EAT"),
    ("east african time", "EAT"),
    ("central africa time", "CAT"),
    ("central african time", "CAT"),
    ("south africa standard time", "SAST"),
    ("south african standard time", "SAST"),
    ("greenwich mean time", "GMT"),
    ("coordinated universal time", "UTC"),
    ("universal time", "UTC"),
    ("central european time", "CET"),
    ("central european summer time", "CEST"),
    ("central european standard time", "CET"),
    ("eastern european time", "EET"),
    ("eastern european summer time", "EEST"),
    ("western european time", "WET"),
    ("british summer time", "BST"),
    ("indian standard time", "IST=+05:30"),
    ("india standard time", "IST=+05:30"),
    ("pacific standard time", "PST"),
    ("pacific daylight time", "PDT"),
    ("pacific daylight saving time", "PDT"),
    ("eastern standard time", "EST"),
    ("eastern daylight time", "EDT"),
    ("eastern daylight saving time", "EDT"),
    ("central standard time", "CST=-06:00"),
    ("central daylight time", "CDT"),
    ("mountain standard time", "MST"),
    ("mountain daylight time", "MDT"),
    ("japan standard time", "JST"),
    ("singapore time", "SGT"),
    ("singapore standard time", "SGT"),
    ("pakistan standard time", "PKT"),
    ("moscow time", "MSK"),
    ("hong kong time", "HKT"),
    ("egypt standard time", "EET"),
    ("arabian standard time", "AST=+03:00"),
    ("australian eastern standard time", "AEST"),
    ("australian eastern daylight time", "AEDT"),
    ("pst/pdt", "America/Los_Angeles"),
    ("pdt/pst", "America/Los_Angeles"),
    ("est/edt", "America/New_York"),
    ("edt/est", "America/New_York"),
    ("cst/cdt", "America/Chicago"),
    ("mst/mdt", "America/Denver"),
    ("cet/cest", "Europe/Berlin"),
    ("cest/cet", "Europe/Berlin"),
    ("mez/mesz", "Europe/Berlin"),
    ("gmt/bst", "Europe/London"),
    ("bst/gmt", "Europe/London"),
    ("eet/eest", "Europe/Helsinki"),
    ("aest/aedt", "Australia/Sydney"),
    ("utc/gmt", "UTC"),
    ("gmt/utc", "UTC"),
    ("eastern time", "America/New_York"),
    ("pacific time", "America/Los_Angeles"),
    ("mountain time", "America/Denver"),
    ("central time", "America/Chicago"),
    ("us eastern", "America/New_York"),
    ("us pacific", "America/Los_Angeles"),
    ("eastern", "America/New_York"),
    ("pacific", "America/Los_Angeles"),
    ("uk time", "Europe/London"),
    ("london time", "Europe/London"),
    ("nigerian time", "Africa/Lagos"),
    ("lagos time", "Africa/Lagos"),
    ("nairobi time", "Africa/Nairobi"),
    ("cairo time", "Africa/Cairo"),
];

/// Abbreviations without an offset of their own, and those of several meanings with the one that most documents have.
const SHORT: &[(&str, &str)] = &[
    ("ET", "America/New_York"),
    ("PT", "America/Los_Angeles"),
    ("CT", "America/Chicago"),
    ("MT", "America/Denver"),
    ("CST", "CST=-06:00"),
    ("IST", "IST=+05:30"),
    ("AST", "AST=-04:00"),
    ("GMT0", "GMT"),
    ("MEZ", "CET"),
    ("MESZ", "CEST"),
    ("HNE", "EST"),
    ("MYT", "MYT=+08:00"),
    ("NPT", "NPT=+05:45"),
    ("ART", "ART=-03:00"),
    ("COT", "COT=-05:00"),
    ("PET", "PET=-05:00"),
    ("CLT", "CLT=-04:00"),
];

/// Abbreviations that are read in lower case, too: no words of English.
const LOWER: &[&str] = &[
    "utc", "gmt", "pst", "pdt", "edt", "est", "cst", "cdt", "mst", "mdt", "cet", "cest", "wat", "bst", "ist",
    "sast",
];

static OFFSET: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern::new(r"^(?i:(?P<base>utc|gmt)|[A-Z]{3,4}\x20)?\x20?(?P<sign>[+\x{2212}–-])\x20?(?P<h>\d{1,2})(?::?(?P<m>[0-5]\d))?(?:\x20?(?:hrs?|hours|h)\b)?").ok()
});
static WORD: LazyLock<Option<Regex>> = LazyLock::new(|| pattern::new(r"^[A-Za-z][A-Za-z0-9]{1,4}").ok());
static PLACE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern::new(r"^[A-Z][A-Za-z]{1,12}/[A-Z][A-Za-z_+0-9-]{1,24}(?:/[A-Z][A-Za-z_]{2,20})?").ok()
});
static LONG: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let names: Vec<_> = NAMES.iter().map(|(name, _)| name.replace(' ', r"\x20")).collect();
    pattern::new(&format!(
        r"(?i)^(?:the\x20)?(?P<name>{}|local\x20time)\b(?:\x20\((?P<short>[A-Z]{{2,5}})\))?",
        names.join("|")
    ))
    .ok()
});

/// The zone at a place of a text, and the bytes it takes. `exact`: the time before it is one in the manner of RFC 3339,
/// where `-05:00` is an offset and not the end of a range.
pub(super) fn read(text: &str, at: usize, exact: bool) -> Option<(ZoneWord, Range<usize>)> {
    let here = tail(text, at);
    let (word, length) = offset(here, exact)
        .or_else(|| place(here))
        .or_else(|| named(here))
        .or_else(|| short(here))
        .or_else(|| city_time(here))?;
    let after = tail(here, length).chars().next();
    after.is_none_or(|char| !char.is_alphanumeric()).then_some((word, at..at + length))
}

/// The zone of a text that is nothing but its name.
pub fn named_zone(text: &str) -> Option<ZoneWord> {
    let text = text.trim().trim_matches(['(', ')', '*', '_', '.', '`', '"']);
    read(text, 0, true).filter(|(_, span)| span.end == text.len()).map(|(word, _)| word)
}

fn offset(text: &str, exact: bool) -> Option<(ZoneWord, usize)> {
    let hit = OFFSET.as_ref()?.captures(text)?;
    let based = hit.name("base").is_some();
    let labelled = !based && text.starts_with(|char: char| char.is_ascii_alphabetic());
    if labelled {
        return None;
    }
    let plus = hit.name("sign")?.as_str() == "+";
    // `10:30 UTC - 11:15`, `10:30 UTC - 5 servers`: the dash parts.
    if !plus && tail(text, hit.name("sign")?.end()).starts_with(' ') {
        return None;
    }
    let (hours, minutes) = (hit.name("h")?.as_str(), hit.name("m").map(|m| m.as_str()));
    // `10:30-11:00` is a range and `10:30 - 5 servers` words.
    let glued = hours.len() == 2 && minutes.is_some() && !text.starts_with(' ');
    let colon = hit.get(0)?.as_str().contains(':');
    if !based && !(glued && (plus || exact || (!colon && minutes == Some("00")))) {
        return None;
    }
    let sign = if plus { '+' } else { '-' };
    let name = format!(
        "UTC{sign}{hours}{}",
        minutes.filter(|m| *m != "00").map(|m| format!(":{m}")).unwrap_or_default()
    );
    let name = if hours.trim_start_matches('0').is_empty() && minutes.is_none_or(|m| m == "00") {
        "UTC".to_owned()
    } else {
        name
    };
    let zone = Zone::read(&name.replace("+0", "+").replace("-0", "-"), None).ok()?;
    Some((ZoneWord::Sure(zone), hit.get(0)?.end()))
}

fn place(text: &str) -> Option<(ZoneWord, usize)> {
    let hit = PLACE.as_ref()?.find(text)?;
    let zone = Zone::read(hit.as_str(), None).ok()?;
    Some((ZoneWord::Sure(zone), hit.end()))
}

fn named(text: &str) -> Option<(ZoneWord, usize)> {
    let hit = LONG.as_ref()?.captures(text)?;
    let name = hit.name("name")?.as_str();
    let end = hit.get(0)?.end();
    // "Eastern" and "Pacific" alone are names of regions unless written as names and nothing follows that they describe.
    if !name.contains(' ')
        && tail(text, end).starts_with(' ')
        && tail(text, end + 1).starts_with(char::is_alphabetic)
    {
        return None;
    }
    let lower = name.to_ascii_lowercase();
    if lower == "local time" {
        return Some((ZoneWord::Local, end));
    }
    let (_, means) = NAMES.iter().find(|(known, _)| *known == lower)?;
    let zone = Zone::read(means, None).ok()?;
    let fixed = !means.contains('/');
    let words = || tail(text, 0).get(..end).unwrap_or(name).to_owned();
    Some((if fixed { ZoneWord::Sure(zone) } else { ZoneWord::Guessed(zone, words()) }, end))
}

fn short(text: &str) -> Option<(ZoneWord, usize)> {
    if text.starts_with('Z') {
        return Some((ZoneWord::Sure(Zone::default()), 1));
    }
    let hit = WORD.as_ref()?.find(text)?;
    let word = hit.as_str();
    let upper = word.to_ascii_uppercase();
    let known = LOWER.contains(&word.to_ascii_lowercase().as_str()) || upper == word;
    if !known {
        return None;
    }
    let time = if tail(text, hit.end()).to_ascii_lowercase().starts_with(" time") { 5 } else { 0 };
    let end = hit.end() + time;
    if let Some((_, means)) = SHORT.iter().find(|(name, _)| *name == upper) {
        return Some((ZoneWord::Guessed(Zone::read(means, None).ok()?, word.to_owned()), end));
    }
    match Zone::read_after_time(&upper, None)? {
        Ok(zone) => Some((ZoneWord::Sure(zone), end)),
        Err(ZoneError::Ambiguous(_) | ZoneError::Unknown) => None,
    }
}

/// Countries and peoples with one zone, as people name the time there.
const COUNTRIES: &[(&str, &str)] = &[
    ("uk", "Europe/London"),
    ("british", "Europe/London"),
    ("irish", "Europe/Dublin"),
    ("german", "Europe/Berlin"),
    ("germany", "Europe/Berlin"),
    ("austrian", "Europe/Vienna"),
    ("swiss", "Europe/Zurich"),
    ("french", "Europe/Paris"),
    ("france", "Europe/Paris"),
    ("spanish", "Europe/Madrid"),
    ("spain", "Europe/Madrid"),
    ("italian", "Europe/Rome"),
    ("italy", "Europe/Rome"),
    ("dutch", "Europe/Amsterdam"),
    ("danish", "Europe/Copenhagen"),
    ("swedish", "Europe/Stockholm"),
    ("sweden", "Europe/Stockholm"),
    ("norwegian", "Europe/Oslo"),
    ("norway", "Europe/Oslo"),
    ("finnish", "Europe/Helsinki"),
    ("finland", "Europe/Helsinki"),
    ("polish", "Europe/Warsaw"),
    ("poland", "Europe/Warsaw"),
    ("greek", "Europe/Athens"),
    ("turkish", "Europe/Istanbul"),
    ("turkey", "Europe/Istanbul"),
    ("israel", "Asia/Jerusalem"),
    ("egyptian", "Africa/Cairo"),
    ("egypt", "Africa/Cairo"),
    ("nigeria", "Africa/Lagos"),
    ("nigerian", "Africa/Lagos"),
    ("ghana", "Africa/Accra"),
    ("ghanaian", "Africa/Accra"),
    ("kenya", "Africa/Nairobi"),
    ("kenyan", "Africa/Nairobi"),
    ("ethiopian", "Africa/Addis_Ababa"),
    ("ethiopia", "Africa/Addis_Ababa"),
    ("rwandan", "Africa/Kigali"),
    ("rwanda", "Africa/Kigali"),
    ("moroccan", "Africa/Casablanca"),
    ("morocco", "Africa/Casablanca"),
    ("south african", "Africa/Johannesburg"),
    ("indian", "Asia/Kolkata"),
    ("india", "Asia/Kolkata"),
    ("pakistani", "Asia/Karachi"),
    ("pakistan", "Asia/Karachi"),
    ("bangladesh", "Asia/Dhaka"),
    ("japanese", "Asia/Tokyo"),
    ("japan", "Asia/Tokyo"),
    ("korean", "Asia/Seoul"),
    ("korea", "Asia/Seoul"),
    ("chinese", "Asia/Shanghai"),
    ("china", "Asia/Shanghai"),
    ("beijing", "Asia/Shanghai"),
    ("philippine", "Asia/Manila"),
    ("vietnam", "Asia/Ho_Chi_Minh"),
    ("mumbai", "Asia/Kolkata"),
    ("bangalore", "Asia/Kolkata"),
    ("delhi", "Asia/Kolkata"),
    ("san francisco", "America/Los_Angeles"),
    ("seattle", "America/Los_Angeles"),
    ("boston", "America/New_York"),
    ("austin", "America/Chicago"),
    ("munich", "Europe/Berlin"),
    ("hamburg", "Europe/Berlin"),
    ("frankfurt", "Europe/Berlin"),
    ("barcelona", "Europe/Madrid"),
    ("milan", "Europe/Rome"),
    ("geneva", "Europe/Zurich"),
    ("cape town", "Africa/Johannesburg"),
    ("abuja", "Africa/Lagos"),
];

/// The zone of a city that a zone is named after, of a larger city beside it, or of a country.
pub fn city(name: &str) -> Option<ZoneWord> {
    let written = name.trim();
    let name = written.to_lowercase();
    let place =
        COUNTRIES.iter().find(|(known, _)| *known == name).map(|(_, place)| *place).or_else(|| {
            let mut places = chrono_tz::TZ_VARIANTS.iter().map(|tz| tz.name());
            places.find(|place| {
                let last = place.rsplit('/').next().filter(|_| place.contains('/')).unwrap_or_default();
                last.len() > 3 && last.replace('_', " ").eq_ignore_ascii_case(&name)
            })
        })?;
    Zone::read(place, None).ok().map(|zone| ZoneWord::Guessed(zone, written.to_owned()))
}

/// `Stockholm time`, `Berlin local time`, `Indian Standard Time`.
fn city_time(text: &str) -> Option<(ZoneWord, usize)> {
    static CITY: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern::new(r"^(?:the\x20)?(?P<city>[A-Z][A-Za-zãéíóú]{2,15}(?:\x20[A-Z][a-z]{2,12})?|UK)\x20(?:[Ll]ocal\x20)?(?:[Ss]tandard\x20|[Ss]ummer\x20|[Ww]inter\x20)?[Tt]imes?\b").ok()
    });
    let hit = CITY.as_ref()?.captures(text)?;
    let name = hit.name("city")?.as_str();
    let known = name.strip_suffix(" Standard").or_else(|| name.strip_suffix(" Local")).unwrap_or(name);
    Some((city(known)?, hit.get(0)?.end()))
}
