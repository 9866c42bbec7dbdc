//! The day that a document is about, for times that have no date: which of its dates is that of the incident, and not that
//! on which something was written, published or is due.

use super::context::spaced;
use super::draft::Draft;
use super::place::Place;
use crate::import::clock::{self, Date};
use crate::import::document::{Block, Document, Kind, label, plain};

/// Words beside a date that is not that of the incident.
const BESIDE: &[&str] = &[
    "modif",
    "updat",
    "publish",
    "written",
    "wrote",
    "creat",
    "export",
    "prepar",
    "review",
    "version",
    "author",
    "posted",
    "generat",
    "draft",
    "print",
    "edited",
    "approv",
    "deadline",
    "due",
    "meeting",
    "planned",
    "expire",
    "issued",
    "presented",
    "revis",
    "translated",
    "submitted",
    "filed",
    "target",
    "completed by",
    "will be",
    "next",
    "scheduled",
];

/// Words beside a date that is that of the incident.
const OF_IT: &[&str] = &[
    "incident",
    "outage",
    "start",
    "began",
    "begin",
    "occur",
    "happen",
    "when",
    "deviation",
    "event",
    "downtime",
    "duration",
    "disruption",
    "failure",
    "interruption",
    "window",
    "period",
];

/// A date, how likely it is that of the incident, and its line (0 for the name of the file).
struct Candidate {
    date: Date,
    weight: u32,
    line: u32,
}

/// The date of the incident, with its line, and whether other dates could be meant as well.
pub(super) fn of(
    document: &Document,
    name: &str,
    drafts: &[Draft],
    places: &[Place],
) -> Option<(Date, u32, bool)> {
    let mut found = Vec::new();
    let mut rows = drafts.iter().map(|draft| (draft.block, draft.last)).peekable();
    let mut headings = 0;
    let mut header: &[String] = &[];
    for (at, block) in document.blocks.iter().enumerate() {
        while rows.peek().is_some_and(|(_, last)| *last < at) {
            rows.next();
        }
        let row = rows.peek().is_some_and(|(first, _)| *first <= at);
        headings += usize::from(matches!(block.kind, Kind::Heading(_)));
        if row || places[at] == Place::After || matches!(block.kind, Kind::Code | Kind::Comment) {
            continue;
        }
        if let Kind::Row { cells, header: names } = &block.kind {
            if *names {
                header = cells;
            } else {
                in_cells(block, cells, header, &mut found);
                continue;
            }
        }
        in_words(block, headings <= 4, &mut found);
    }
    for date in clock::inside(&spaced(name)).into_iter().filter_map(|found| found.from.date) {
        found.push(Candidate { date, weight: 35, line: 0 });
    }
    let best = found.iter().map(|candidate| candidate.weight).max()?;
    let first = found.iter().find(|candidate| candidate.weight == best)?;
    let (month, day) = (first.date.month, first.date.day);
    // A year that stands beside the same day elsewhere is that of this one.
    let year = first.date.year.or_else(|| {
        found
            .iter()
            .find(|other| (other.date.month, other.date.day) == (month, day) && other.date.year.is_some())?
            .date
            .year
    });
    let others =
        found.iter().any(|other| other.weight >= 20 && (other.date.month, other.date.day) != (month, day));
    Some((Date { year, ..first.date }, first.line, others && best < 60))
}

/// The dates of the cells of a row: what the column or the first cell is called says which they are.
fn in_cells(block: &Block, cells: &[String], header: &[String], found: &mut Vec<Candidate>) {
    for (at, cell) in cells.iter().enumerate() {
        let mut beside = header.get(at).map(|cell| plain(cell)).unwrap_or_default();
        if at > 0 {
            beside = format!("{} {beside}", plain(&cells[0]));
        }
        for expression in clock::inside(cell) {
            let Some(date) = expression.from.date else { continue };
            let weight = weigh(&beside.to_lowercase(), true, 25);
            found.push(Candidate { date, weight: weight + u32::from(date.year.is_some()), line: block.line });
        }
    }
}

/// The day that a sentence gives to all times without one: "unless noted otherwise, all of this happened on 2 May 2024".
pub(super) fn held(document: &Document) -> Option<Date> {
    let lines = document.blocks.iter().filter(|block| {
        matches!(block.kind, Kind::Line | Kind::Item { .. })
            && block.text.len() < 600
            && !block.text.is_empty()
    });
    lines
        .filter(|block| block.text.split(' ').any(|word| OF_ALL.contains(&word.to_lowercase().as_str())))
        .find_map(|block| {
            let found = clock::inside(&block.text);
            let [only] = found.as_slice() else { return None };
            let date = only.from.date.filter(|_| only.from.hour.is_none() && only.until.is_none())?;
            let before = block.text[..only.span.start].to_lowercase();
            let words = || before.split(|char: char| !char.is_alphanumeric());
            let of_times = words().any(|word| OF_TIMES.contains(&word));
            let of_all = words().any(|word| OF_ALL.contains(&word));
            let on = words().rfind(|word| !word.is_empty()).is_some_and(|word| ON.contains(&word));
            (of_times && of_all && on).then_some(date)
        })
}

/// Words that say that something holds for all times.
const OF_ALL: &[&str] = &["all", "unless", "everything", "every", "rest", "other", "otherwise"];
/// Words for what has a time.
const OF_TIMES: &[&str] = &[
    "times",
    "time",
    "events",
    "event",
    "timestamps",
    "entries",
    "happened",
    "everything",
    "took",
    "dates",
    "rows",
];
/// Words right before the day.
const ON: &[&str] = &["on", "of", "for", "is", "are", "from", "the", "date"];

fn in_words(block: &Block, early: bool, found: &mut Vec<Candidate>) {
    let text = block.text.as_str();
    let name = match &block.kind {
        Kind::Meta { key } => Some(key.clone()),
        _ => label(text).map(|(name, _)| name.to_lowercase()),
    };
    for expression in clock::inside(text) {
        let Some(date) = expression.from.date else { continue };
        let begin = text[..expression.span.start].char_indices().rev().nth(50).map_or(0, |(at, _)| at);
        let mut before = text[begin..expression.span.start].to_lowercase();
        if let Some(end) = before.rfind(['.', '!', '?']) {
            before = before.split_off(end);
        }
        let weight = match (&block.kind, &name) {
            (Kind::Heading(_), _) if early && !about_writing(&before) => 60,
            (_, Some(name)) if before.len() < name.len() + 12 => weigh(name, true, 30),
            _ => weigh(&before, false, if early { 30 } else { 20 }),
        };
        found.push(Candidate { date, weight: weight + u32::from(date.year.is_some()), line: block.line });
    }
}

fn about_writing(words: &str) -> bool {
    words
        .split(|char: char| !char.is_alphabetic())
        .any(|word| BESIDE.iter().any(|root| word.starts_with(root)))
}

/// How likely the words beside a date make it that of the incident. `named`: they are its label.
fn weigh(words: &str, named: bool, plain: u32) -> u32 {
    if about_writing(words) {
        return 4;
    }
    let of_it = words
        .split(|char: char| !char.is_alphabetic())
        .any(|word| OF_IT.iter().any(|root| word.starts_with(root)));
    match (named, of_it) {
        (true, true) => 70,
        (true, false) if words.contains("date") || words.contains("day") => 55,
        (false, true) => 45,
        _ => plain,
    }
}
