//! The zone of a document's times: what it says of them as a whole, else the zone that most of them name.

use std::collections::HashMap;

use crate::import::clock::{self, ZoneWord};
use crate::import::document::plain;
use crate::model::Zone;

/// What a zone is said of.
const NOUNS: &[&str] = &[
    "times",
    "time",
    "timestamps",
    "timestamp",
    "clocks",
    "clock",
    "hours",
    "zone",
    "timezone",
    "zones",
    "timezones",
    "tz",
    "dates",
    "time-zone",
    "zeiten",
    "zeit",
    "uhrzeiten",
    "zeitzone",
    "heures",
    "horas",
    "orari",
    "tijden",
    "fuseau",
];

/// The words that may stand between what a zone is said of and the zone.
const BETWEEN: &[&str] = &[
    "a",
    "above",
    "all",
    "and",
    "approximate",
    "are",
    "as",
    "at",
    "below",
    "by",
    "default",
    "document",
    "entries",
    "event",
    "events",
    "everything",
    "expressed",
    "follow",
    "following",
    "for",
    "given",
    "here",
    "i",
    "in",
    "incident",
    "into",
    "is",
    "listed",
    "local",
    "log",
    "logged",
    "mentioned",
    "noted",
    "of",
    "on",
    "our",
    "otherwise",
    "page",
    "per",
    "quoted",
    "recorded",
    "reference",
    "refer",
    "report",
    "rounded",
    "set",
    "shown",
    "specified",
    "standard",
    "stated",
    "table",
    "the",
    "their",
    "these",
    "this",
    "throughout",
    "time",
    "timeline",
    "timestamps",
    "times",
    "to",
    "unless",
    "use",
    "used",
    "uses",
    "using",
    "was",
    "were",
    "we",
    "which",
    "with",
    "written",
    "zone",
    "sind",
    "alle",
    "sont",
    "en",
    "toutes",
    "les",
    "son",
    "todas",
    "las",
    "estão",
    "horaire",
    "zijn",
    "~",
    "≈",
    "-",
    "–",
    "—",
    "→",
];

/// How many words of a text are looked at.
const LOOKED_AT: usize = 400;

/// The zone that a text gives for other times: "all times in UTC", "Timezone: WAT", "Clocks are GMT+1", "(times are EST)".
pub fn zone_stated(text: &str) -> Option<ZoneWord> {
    let end = text.char_indices().nth(2000).map_or(text.len(), |(at, _)| at);
    let text = plain(text.get(..end)?);
    let words: Vec<&str> = text
        .split(|char: char| char.is_whitespace() || "()[]{}:;,=|\"".contains(char))
        .filter(|word| !word.is_empty())
        .take(LOOKED_AT)
        .collect();
    let bare = |word: &str| word.trim_matches(['.', '!', '?', '*', '_', '`']).to_lowercase();
    for (at, word) in words.iter().enumerate() {
        let noun = NOUNS.contains(&bare(word).as_str());
        // "in UTC", "all UTC": no noun, but the zone right after it.
        let short = matches!(bare(word).as_str(), "in" | "all");
        let many = bare(word).ends_with(['s', 'n']);
        if !(noun || short) {
            continue;
        }
        if let Some(zone) = following(&words[at + 1..], if short { 0 } else { 12 }) {
            return Some(zone);
        }
        if noun
            && many
            && let Some(zone) = at.checked_sub(1).and_then(|at| zone_word(&words[at..]))
        {
            return Some(zone);
        }
    }
    throughout(&words)
}

/// "UTC throughout", "UTC for all times".
fn throughout(words: &[&str]) -> Option<ZoneWord> {
    let at = words.windows(2).position(|pair| {
        matches!(pair[1].trim_end_matches('.'), "throughout" | "everywhere")
            || (pair[0] == "for" && pair[1] == "all")
    })?;
    zone_word(&words[at..]).or_else(|| zone_word(&words[at.checked_sub(1)?..]))
}

/// The zone that the first words are, of which at most four belong to it.
fn zone_word(words: &[&str]) -> Option<ZoneWord> {
    (1..=words.len().min(4)).rev().find_map(|count| clock::named_zone(&words[..count].join(" ")))
}

/// "in Berlin", "local to Cape Town": the first one or two words are a city.
fn city_word(words: &[&str]) -> Option<ZoneWord> {
    let name = |word: &&&str| word.starts_with(|char: char| char.is_ascii_uppercase()) && word.len() > 3;
    let count = words.iter().take(2).take_while(name).count();
    let bare = |words: &[&str]| words.join(" ").trim_end_matches(['.', '!', '\'', '*', '_']).to_owned();
    (1..=count).rev().find_map(|count| clock::city(&bare(&words[..count])))
}

/// The zone after a noun, with nothing between that says another thing.
fn following(words: &[&str], most: usize) -> Option<ZoneWord> {
    let mut local = false;
    for at in 0..words.len().min(most + 1) {
        if at > 0 && words[at - 1].ends_with(['.', '!', '?']) && !local {
            return None;
        }
        if let Some(zone) = zone_word(&words[at..]).or_else(|| city_word(&words[at..])) {
            return Some(zone);
        }
        let word = words[at].trim_matches(['.', '*', '_', '`']).to_lowercase();
        local |= word == "local";
        if !BETWEEN.contains(&word.as_str()) {
            break;
        }
    }
    (local && most > 0).then_some(ZoneWord::Local)
}

/// The places that a text names as zones: `Africa/Lagos`.
fn places(text: &str) -> impl Iterator<Item = ZoneWord> {
    text.split(|char: char| char.is_whitespace() || "()[]{}:;,|\"*`".contains(char))
        .filter(|word| word.contains('/') && word.len() < 40)
        .map(|word| word.trim_end_matches('.'))
        .filter(|word| word.split('/').all(|part| part.starts_with(|char: char| char.is_ascii_uppercase())))
        .filter_map(clock::named_zone)
}

/// The zones that stand in brackets by themselves: "on 30 September 2023 (AEST)". One of several meanings, only after a date.
fn bracketed(text: &str) -> impl Iterator<Item = ZoneWord> {
    text.match_indices('(').filter_map(|(open, _)| {
        let inner = text[open + 1..].split(')').next().filter(|inner| inner.len() < 30)?;
        let zone = clock::named_zone(inner)?;
        let dated = || text[..open].trim_end().ends_with(|char: char| char.is_ascii_digit());
        let sure = matches!(zone, ZoneWord::Sure(_)) && inner.len() > 2;
        (sure || dated()).then_some(zone)
    })
}

/// The zones that a document names, by how often.
#[derive(Default)]
pub(super) struct Zones {
    stated: Option<ZoneWord>,
    counts: HashMap<String, (usize, usize, ZoneWord)>,
}

impl Zones {
    /// Counts a zone.
    pub fn add(&mut self, word: Option<&ZoneWord>, weight: usize) {
        let Some(word) = word else { return };
        let Some(zone) = word.zone() else { return };
        let order = self.counts.len();
        self.counts.entry(zone.name().to_owned()).or_insert_with(|| (0, order, word.clone())).0 += weight;
    }

    /// What a block says of all times. "Local" gives way to a place that is named later.
    pub fn hear(&mut self, text: &str) {
        if text.contains('/') {
            for place in places(text) {
                self.add(Some(&place), 3);
            }
        }
        for zone in bracketed(text) {
            self.add(Some(&zone), 1);
        }
        if let Some(word) = zone_stated(text)
            && self.stated.as_ref().is_none_or(|stated| stated.zone().is_none())
        {
            self.stated = Some(word);
        }
    }

    /// Counts the zones that cells are, and nothing else.
    pub fn cells(&mut self, cells: &[String]) {
        for cell in cells {
            self.add(clock::named_zone(&plain(cell)).as_ref(), 3);
        }
    }

    /// Whether people write the day before the month where most of the times are: not in the United States. None where the
    /// zone says nothing of it.
    pub fn order(&self) -> Option<bool> {
        const MONTH_FIRST: &[&str] =
            &["EST", "EDT", "CST", "CDT", "MST", "MDT", "PST", "PDT", "AKST", "AKDT", "HST"];
        const CITIES: &[&str] = &[
            "New_York",
            "Los_Angeles",
            "Chicago",
            "Denver",
            "Detroit",
            "Phoenix",
            "Boise",
            "Anchorage",
            "Manila",
        ];
        let counted = || self.counts.values().max_by_key(|(count, order, _)| (*count, usize::MAX - order));
        let word = self.stated.as_ref().or_else(|| counted().map(|(_, _, word)| word))?;
        let name = word.zone()?.name().to_owned();
        let label = name.split('=').next().unwrap_or_default();
        if matches!(label, "UTC" | "GMT") {
            return None;
        }
        let city = label.rsplit('/').next().unwrap_or_default();
        let month_first = MONTH_FIRST.contains(&label)
            || CITIES.contains(&city)
            || label.starts_with("US/")
            || label == "Pacific/Honolulu";
        let offset = label.starts_with("UTC");
        if month_first { Some(false) } else { (!offset).then_some(true) }
    }

    /// The zone of times without one, with what is not sure of it.
    pub fn settle(self, mut doubt: impl FnMut(&'static str, String)) -> Option<Zone> {
        let mut all: Vec<_> = self.counts.into_values().collect();
        all.sort_by_key(|(count, order, _)| (usize::MAX - count, *order));
        if all.len() > 1 {
            let names: Vec<_> =
                all.iter().filter_map(|(_, _, word)| Some(word.zone()?.name().to_owned())).collect();
            doubt("zones", format!("several zones: {}", names.join(", ")));
        }
        let counted = all.into_iter().next().map(|(_, _, word)| word);
        let word = match self.stated {
            // "Local times", and a place beside it.
            Some(ZoneWord::Local) => counted.or(Some(ZoneWord::Local)),
            stated => stated.or(counted),
        };
        match word {
            Some(ZoneWord::Sure(zone)) => Some(zone),
            Some(ZoneWord::Guessed(zone, words)) => {
                let mut ways = vec![zone.name().to_owned()];
                ways.extend(ZoneWord::ways(&words).into_iter().filter(|way| way != zone.name()));
                let several = match &ways[..] {
                    [_] => "is".to_owned(),
                    ways => format!("can be read several ways: {};", ways.join(", ")),
                };
                doubt("zone", format!("the zone \"{words}\" {several} taken to be {}", zone.name()));
                Some(zone)
            }
            Some(ZoneWord::Local) => {
                doubt("zone", crate::model::doubt::LOCAL.into());
                None
            }
            None => None,
        }
    }
}
