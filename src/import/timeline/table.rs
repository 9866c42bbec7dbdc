//! Tables: which column has the time, which the date, which the words.

use super::draft::Draft;
use super::milestones;
use crate::import::clock::{self, Date, ZoneWord};
use crate::import::document::{Block, Kind, normal, plain, plain_from, plain_within};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Time,
    Date,
    Words,
    Rest,
}

/// The rows of a table, where it is a timeline. `sure`: it stands in one.
pub(super) fn rows(blocks: &[Block], from: usize, to: usize, sure: bool) -> Vec<Draft> {
    let rows: Vec<(usize, &[String], bool)> = (from..to)
        .filter_map(|at| match &blocks[at].kind {
            Kind::Row { cells, header } => Some((at, cells.as_slice(), *header)),
            _ => None,
        })
        .collect();
    let width = rows.iter().map(|(_, cells, _)| cells.len()).max().unwrap_or(0).min(16);
    let header: Option<&[String]> = rows.iter().find(|(_, _, header)| *header).map(|(_, cells, _)| *cells);
    let body: Vec<(usize, &[String])> =
        rows.iter().filter(|(_, _, header)| !header).map(|(at, cells, _)| (*at, *cells)).collect();
    let columns: Vec<Column> = (0..width).map(|at| column(header, &body, at)).collect();
    let Some(time) = columns
        .iter()
        .position(|column| *column == Column::Time)
        .or_else(|| sure.then(|| columns.iter().position(|column| *column == Column::Date)).flatten())
    else {
        return Vec::new();
    };
    if !sure && body.len() < 2 {
        return Vec::new();
    }
    let date = columns.iter().position(|column| *column == Column::Date).filter(|at| *at != time);
    let zone = header.and_then(|cells| cells.get(time)).and_then(|cell| header_zone(cell));
    let kinds =
        (0..width).filter(|at| *at != time && Some(*at) != date).find(|at| is_of_kinds(header, &body, *at));
    let named = |cells: &[String]| milestones::of_words(cells.get(kinds?)?);
    let mut order: Vec<usize> = (0..width).filter(|at| *at != time && Some(*at) != date).collect();
    order.sort_by_key(|at| columns[*at] != Column::Words);
    let mut drafts: Vec<Draft> = Vec::new();
    let mut day: Option<Date> = None;
    for (at, cells) in body {
        let own = date.and_then(|date| clock::whole(cells.get(date)?)).and_then(|found| found.from.date);
        day = own.or(day);
        let words: Vec<String> = order
            .iter()
            .filter_map(|at| cells.get(*at).map(|cell| plain(cell)))
            .filter(|cell| cell.chars().any(char::is_alphanumeric))
            .collect();
        let text = words.join(" - ");
        match cells.get(time).and_then(|cell| Some((cell, clock::leading(cell)?))) {
            Some((cell, lead)) => {
                let rest = plain_from(cell, lead.rest);
                let text = if rest.chars().any(char::is_alphanumeric) && clock::named_zone(&rest).is_none() {
                    format!("{text} - {rest}")
                } else {
                    text
                };
                let written = plain_within(cell, lead.expression.span.clone());
                let mut draft = Draft::of(at, &blocks[at], lead.expression, text);
                draft.written = written;
                draft.day = day;
                draft.zone.clone_from(&zone);
                draft.named = named(cells);
                drafts.push(draft);
            }
            None if sure && !text.is_empty() && untimed(cells, time, date, own).is_some() => {
                let (written, date) = untimed(cells, time, date, own).unwrap_or_default();
                let point = clock::Point { date, ..clock::Point::default() };
                let expression = clock::Expression { from: point, ..clock::Expression::default() };
                let mut draft = Draft::of(at, &blocks[at], expression, text);
                draft.written = written;
                draft.day = day;
                draft.untimed = true;
                drafts.push(draft);
            }
            None => {
                if let Some(last) = drafts.last_mut() {
                    let all: Vec<_> =
                        cells.iter().map(|cell| plain(cell)).filter(|cell| !cell.is_empty()).collect();
                    last.append(at, &all.join(" - "), "\n");
                }
            }
        }
    }
    drafts
}

/// Whether a column says of each row what kind it is, in the words of milestones: `Kind`, `Event` with `detection`, `resolved`.
fn is_of_kinds(header: Option<&[String]>, body: &[(usize, &[String])], at: usize) -> bool {
    const NAMES: &str = "kind type event phase milestone stage state status category step label";
    let name = header.and_then(|cells| cells.get(at)).map(|cell| normal(cell)).unwrap_or_default();
    let cells = || body.iter().filter_map(|(_, cells)| cells.get(at));
    let mut known: Vec<_> = cells().filter_map(|cell| milestones::of_words(cell)).collect();
    known.dedup();
    let short = cells().filter(|cell| cell.split_whitespace().count() <= 4).count();
    name.split(' ')
        .any(|word| NAMES.split(' ').any(|other| word.strip_suffix('s') == Some(other) || word == other))
        && known.len() >= 2
        && 2 * short > body.len()
}

/// The words in the place of a time that is none: `Morning`, or a date with an empty time beside it.
fn untimed(
    cells: &[String],
    time: usize,
    date: Option<usize>,
    own: Option<Date>,
) -> Option<(String, Option<Date>)> {
    let words = |at: usize| {
        cells.get(at).map(|cell| plain(cell)).filter(|cell| cell.chars().any(char::is_alphanumeric))
    };
    match (words(time), own) {
        (Some(words), own) => (words.len() < 60).then_some((words, own)),
        (None, Some(own)) => Some((words(date?)?, Some(own))),
        (None, None) => None,
    }
}

fn column(header: Option<&[String]>, body: &[(usize, &[String])], at: usize) -> Column {
    let name = header.and_then(|cells| cells.get(at)).map(|cell| normal(cell)).unwrap_or_default();
    let word = |list: &[&str]| name.split(' ').any(|word| list.contains(&word));
    // When something is due is no time of the incident.
    if word(&["due", "eta", "expected", "deadline", "target", "owner", "status", "priority"]) {
        return Column::Rest;
    }
    let filled: Vec<&str> = body
        .iter()
        .filter_map(|(_, cells)| cells.get(at))
        .map(String::as_str)
        .filter(|cell| !cell.is_empty())
        .collect();
    let named_time = word(&[
        "time",
        "times",
        "when",
        "timestamp",
        "clock",
        "utc",
        "gmt",
        "hour",
        "hours",
        "at",
        "zeit",
        "uhrzeit",
        "heure",
        "hora",
        "ora",
        "tijd",
        "tid",
        "waktu",
        "jam",
        "pukul",
        "moment",
        "klo",
        "elapsed",
        "offset",
        "t",
    ]);
    let times = filled.iter().filter(|cell| {
        clock::leading(cell)
            .is_some_and(|lead| lead.expression.is_timed() && (named_time || !lead.expression.is_doubtful()))
    });
    let times = times.count();
    let dates = filled
        .iter()
        .filter(|cell| clock::whole(cell).is_some_and(|found| found.from.date.is_some() && !found.is_timed()))
        .count();
    // In what calls itself a column of times, a few may be words ("Morning", "Later").
    let enough = times * 2 > filled.len() || (named_time && times >= 2 && times * 4 >= filled.len());
    if enough && times > 0 && (named_time || filled.iter().all(|cell| cell.len() < 60)) {
        return Column::Time;
    }
    if dates * 2 > filled.len() && dates > 0 {
        return Column::Date;
    }
    let describes = word(&[
        "event",
        "events",
        "description",
        "action",
        "activity",
        "what",
        "details",
        "happened",
        "update",
        "entry",
        "note",
        "notes",
        "message",
    ]);
    if describes { Column::Words } else { Column::Rest }
}

/// The zone that a column's name holds: `Time (UTC)`, `UTC`, `Time in WAT`.
pub(super) fn header_zone(cell: &str) -> Option<ZoneWord> {
    let plain = plain(cell);
    let parts =
        |signs: &'static [char]| plain.split(signs).filter(|word| word.len() > 1).find_map(clock::named_zone);
    parts(&[' ', '(', ')', ',', '[', ']'])
        .or_else(|| parts(&[' ', '(', ')', ',', '/', '[', ']']))
        .or_else(|| clock::named_zone(plain.split_once('(')?.1))
}
