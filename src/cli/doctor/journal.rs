//! What was found in a journal, in words.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::rows::{Row, count, told};
use super::shown;
use crate::config::Config;
use crate::log::Record;
use crate::log::words::Teller;
use crate::model::{Face, Incident, Instant};
use crate::session::clock::{Clock as _, Wall};
use crate::store::examine::{Clockwork, Conflict, DamagedLine, Examined, Finding, Gap, Why};
use crate::text::Raw;

/// How much of a record is shown, in columns.
const SHOWN: usize = 120;

/// The row of a finding of the journal or of clocks; none for others.
pub(super) fn of(finding: &Finding, found: &Examined, config: &Config) -> Option<Row> {
    Some(match finding {
        Finding::JournalMissing { can_come_back: true } => told("missing; incident.json can stand in for it")
            .advised(
                "a backup of it, put back now, has more; else --repair begins a new one, as opening does",
            ),
        Finding::JournalMissing { can_come_back: false } => {
            told("missing, and there is no incident.json that could stand in")
                .advised("put a backup of either back")
        }
        Finding::MoreDamage { lines } => {
            told(format!("{} damaged", count(*lines, "more line is", "more lines are")))
                .advised(from_a_copy(found, config))
                .with(json!({ "lines": lines }))
        }
        Finding::Torn(line) if line.lacking.is_empty() => {
            told(format!("the last line ({}) stops in the middle: it was never shown as saved", place(line)))
                .with(details(line))
        }
        Finding::DamagedLine(line) | Finding::Torn(line) => damaged(line, found, config),
        Finding::Conflict(conflict) => conflicting(conflict, found),
        Finding::Repeated { lines } => {
            told(format!("{} a record, which does no harm", count(*lines, "line repeats", "lines repeat")))
                .with(json!({ "lines": lines }))
        }
        Finding::Gap(gap) => missing(gap, found, config),
        Finding::Newer { records } => told(format!(
            "{} of a newer version: kept, not shown",
            count(*records, "record is", "records are")
        ))
        .advised("that version shows them")
        .with(json!({ "records": records })),
        Finding::Clock(clock) => of_clock(clock),
        _ => return None,
    })
}

fn place(line: &DamagedLine) -> String {
    format!("line {}, at byte {}, {}", line.number, line.offset, count(line.length, "byte", "bytes"))
}

fn details(line: &DamagedLine) -> Value {
    let lacking: Vec<String> = line.lacking.iter().map(|record| record.stamp.to_string()).collect();
    json!({
        "line": line.number, "offset": line.offset, "length": line.length, "why": word(line.why),
        "records_in_it": lacking, "records_elsewhere": line.elsewhere, "never_saved": line.never_saved,
        "begins": line.shown,
    })
}

fn damaged(line: &DamagedLine, found: &Examined, config: &Config) -> Row {
    let row = |text: String| told(text).with(details(line));
    if line.is_harmless() && line.elsewhere == 0 {
        let text = "it stops in the middle, as its writer did. It was never shown as saved";
        return row(format!("{}: {text}", place(line)));
    }
    let mut text = format!("{}: {}.", place(line), why(line.why));
    if !line.lacking.is_empty() {
        let records = count(line.lacking.len(), "whole record stands", "whole records stand");
        let _ = write!(text, " {records} in it and nowhere else:");
        let more = line.lacking.iter().map(|record| in_words(record, found)).collect();
        let advice = "--repair appends what stands in it again; the line itself stays as it is";
        return Row { more, ..row(text) }.advised(advice);
    }
    if line.elsewhere > 0 {
        return row(text + " What stood in it is elsewhere in the journal: nothing is lost");
    }
    let more = vec![format!("it begins: {}", line.shown.for_term().cut(SHOWN))];
    Row { more, ..row(text) }.advised(from_a_copy(found, config))
}

/// What to do about what is missing here and may stand in a copy.
fn from_a_copy(found: &Examined, config: &Config) -> String {
    let id = found.incident.id.for_file_name();
    let id = if id.as_str().is_empty() { "incident" } else { id.as_str() };
    let path = config.rescue.join(format!("{id}-1.jsonl"));
    format!(
        "a backup of this journal may have it: copy that to {} and open the incident, which takes over what is \
         missing; else say again what is still known",
        shown(&path)
    )
}

fn conflicting(conflict: &Conflict, found: &Examined) -> Row {
    let (first, other) = (conflict.first_line, conflict.other_line);
    let more = vec![
        format!("line {first}: {}", in_words(&conflict.first, found)),
        format!("line {other}: {}", in_words(&conflict.other, found)),
    ];
    let text = format!("lines {first} and {other} have one id and differ; line {first} counts:");
    Row { more, ..told(text) }
        .advised("somebody edited the journal. Where the other one is right, say it again; both stay")
        .with(json!({
            "stamp": conflict.first.stamp.to_string(), "lines": [first, other],
            "records": [conflict.first.line(), conflict.other.line()],
        }))
}

fn missing(gap: &Gap, found: &Examined, config: &Config) -> Row {
    let (first, last) = (gap.missing.start(), gap.missing.end());
    let which = if first == last { format!("record {first}") } else { format!("records {first} to {last}") };
    let (who, be) =
        (whose(&gap.writer.to_string(), gap.by.as_ref()), if first == last { "is" } else { "are" });
    let time = |at: Instant| Face::of(&found.incident).instant(at);
    let when = match (gap.after.map(time), gap.before.map(time)) {
        (Some(after), Some(before)) if after == before => format!(", from {after}"),
        (Some(after), Some(before)) => format!(", from between {after} and {before}"),
        (Some(after), None) => format!(", from after {after}"),
        (None, Some(before)) => format!(", from before {before}"),
        (None, None) => String::new(),
    };
    let instant = |at: Option<Instant>| at.map(|at| at.to_rfc3339());
    told(format!("{which} of {who} {be} missing{when}")).advised(from_a_copy(found, config)).with(json!({
        "writer": gap.writer.to_string(), "by": gap.by, "first": first, "last": last, "count": gap.count(),
        "after": instant(gap.after), "before": instant(gap.before),
    }))
}

fn of_clock(clock: &Clockwork) -> Row {
    let of = clock.of();
    let who = whose(&of.writer.to_string(), Some(&of.by));
    let (records, far) = (count(of.records, "record", "records"), far(of.most_ms));
    let details = json!({
        "writer": of.writer.to_string(), "by": of.by, "records": of.records, "most_ms": of.most_ms,
    });
    let row = match clock {
        Clockwork::Ahead(_) => told(format!("{records} of {who}: up to {far} in the future"))
            .advised("see which clock is wrong (`date`), this one or that; /when puts a time right"),
        Clockwork::NotSet(_) => {
            told(format!("{records} of {who}: from before the year 2000, when the clock was not set"))
                .advised("/when puts a time right")
        }
        Clockwork::Behind(_) => {
            told(format!("{records} of {who}: the clock was up to {far} behind what was recorded already"))
                .advised("the order is right, and the entries are marked as skewed; /when puts a time right")
        }
    };
    row.with(details)
}

fn whose(writer: &str, by: Option<&Raw>) -> String {
    by.map_or_else(|| format!("writer {writer}"), |by| format!("{} (writer {writer})", by.for_term()))
}

/// A record as a person knows it: when, who, what.
fn in_words(record: &Record, found: &Examined) -> String {
    let incident: &Incident = &found.incident;
    let teller = Teller { incident, ledger: &found.ledger, now: Wall.now() };
    let when = Face::of(incident).instant(record.stamp.instant());
    let what = record
        .change()
        .map_or_else(|| "from a newer version".to_owned(), |change| teller.words(change).told(SHOWN));
    format!("{when} {}: {what}", record.by.for_term())
}

/// What is wrong with a line.
fn why(why: Why) -> &'static str {
    match why {
        Why::CutOff => "it stops in the middle",
        Why::Zeros => "it has zeros in it, as after a power cut",
        Why::TooLong => "it is longer than 256 KiB",
        Why::NotUtf8 => "it is no text",
        Why::NotJson => "it is no JSON",
        Why::Checksum => "the checksum is missing or wrong",
        Why::Form => "the checksum is right, but it is no record",
    }
}

/// The same for programs.
fn word(why: Why) -> &'static str {
    match why {
        Why::CutOff => "cut_off",
        Why::Zeros => "zeros",
        Why::TooLong => "too_long",
        Why::NotUtf8 => "not_utf8",
        Why::NotJson => "not_json",
        Why::Checksum => "checksum",
        Why::Form => "form",
    }
}

/// How far a clock is off.
fn far(ms: u64) -> String {
    let units = [(86_400_000, "day", "days"), (3_600_000, "hour", "hours"), (60_000, "minute", "minutes")];
    let unit = units.iter().find(|(unit, ..)| ms >= *unit);
    unit.map_or_else(
        || count(ms / 1000, "second", "seconds"),
        |(unit, one, many)| count(ms / unit, one, many),
    )
}
