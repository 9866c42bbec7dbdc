//! The lines of a journal: what is wrong with those that are no records, and what still stands whole within them.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;

use regex::bytes::Regex;
use serde::de::IgnoredAny;

use super::super::scan::{Line, scan};
use super::{Finding, gaps};
use crate::log::{Damage, LINE_LIMIT, Record, Stamp};
use crate::model::Writer;
use crate::text::Raw;

/// How many damaged lines are told one by one; those with records in them are always.
const TOLD: usize = 1000;

/// How many attempts at a record within one line may fail: enough for any that came to be by accident.
const TRIES: usize = 4096;

/// How much of a damaged line is shown, in bytes.
const SHOWN: usize = 160;

/// Why a line is no record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// It stops in the middle, as where its writer was killed.
    CutOff,
    /// It has zeros in it, as after a power cut.
    Zeros,
    /// It is longer than a line may be.
    TooLong,
    /// It is no text.
    NotUtf8,
    /// It is no JSON.
    NotJson,
    /// It has no checksum, or a wrong one.
    Checksum,
    /// It has the right checksum around something that is no record.
    Form,
}

/// A line that is no record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DamagedLine {
    /// The how-many-eth line it is, from 1 on.
    pub number: usize,
    /// Where it begins, in bytes from the start of the journal.
    pub offset: usize,
    /// Its length in bytes, without its line feed.
    pub length: usize,
    /// What is wrong with it.
    pub why: Why,
    /// Whole records that stand in it and nowhere else.
    pub lacking: Vec<Record>,
    /// How many records that stand in it, whole or not, the journal has elsewhere.
    pub elsewhere: usize,
    /// It was cut off behind all that its writer is known to have saved: it was never shown as saved.
    pub never_saved: bool,
    /// How it begins.
    pub shown: Raw,
}

impl DamagedLine {
    /// Whether nothing is lost with it: what stood in it is elsewhere, or was never saved.
    pub fn is_harmless(&self) -> bool {
        self.lacking.is_empty() && (self.elsewhere > 0 || self.never_saved)
    }
}

/// Two different records of one stamp.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The line of the one that counts.
    pub first_line: usize,
    /// The one that counts.
    pub first: Record,
    /// The line of the other one.
    pub other_line: usize,
    /// The other one.
    pub other: Record,
}

/// What the lines of a journal are.
#[derive(Clone, Debug, Default)]
pub struct Lines {
    /// The records in file order, each once.
    pub records: Vec<Record>,
    /// The lines that are none.
    pub damaged: Vec<DamagedLine>,
    /// How many more there are, without a record in them.
    pub more: usize,
    /// The last line, where it was cut off.
    pub torn: Option<DamagedLine>,
    /// Records that contradict earlier ones.
    pub conflicts: Vec<Conflict>,
    /// How many lines repeat a record.
    pub repeated: usize,
}

impl Lines {
    /// The records that stand whole within damaged lines and nowhere else.
    pub fn lacking(&self) -> impl Iterator<Item = &Record> {
        self.damaged.iter().chain(&self.torn).flat_map(|line| &line.lacking)
    }

    pub(super) fn into_findings(self) -> Vec<Finding> {
        let mut findings: Vec<Finding> = self.damaged.into_iter().map(Finding::DamagedLine).collect();
        findings.extend((self.more > 0).then_some(Finding::MoreDamage { lines: self.more }));
        findings.extend(self.torn.map(Finding::Torn));
        findings.extend(self.conflicts.into_iter().map(|conflict| Finding::Conflict(Box::new(conflict))));
        findings.extend((self.repeated > 0).then_some(Finding::Repeated { lines: self.repeated }));
        findings
    }
}

/// Tells records from damage, and looks for records within the damage.
pub fn lines(bytes: &[u8]) -> Lines {
    let mut lines = Lines::default();
    let mut first: HashMap<Stamp, (usize, usize)> = HashMap::new();
    let mut broken: Vec<(usize, Line, Damage)> = Vec::new();
    let (mut number, mut counted) = (1, 0);
    for mut line in scan(bytes, 0) {
        number += bytes[counted..line.offset].split(|b| *b == b'\n').count() - 1;
        counted = line.offset;
        let record = match std::mem::replace(&mut line.read, Err(Damage::Form)) {
            Ok(record) => record,
            Err(why) => {
                broken.push((number, line, why));
                continue;
            }
        };
        match first.get(&record.stamp) {
            None => {
                first.insert(record.stamp, (number, lines.records.len()));
                lines.records.push(record);
            }
            Some((_, at)) if lines.records[*at] == record => lines.repeated += 1,
            Some((first_line, at)) => {
                let (first_line, first) = (*first_line, lines.records[*at].clone());
                lines.conflicts.push(Conflict { first_line, first, other_line: number, other: record });
            }
        }
    }
    let mut known = Known {
        stamps: lines.records.iter().map(|r| r.stamp).chain(gaps::gone(&lines.records)).collect(),
        highest: super::super::snapshot::writers(&lines.records),
    };
    for (number, line, why) in broken {
        let text = &bytes[line.offset..][..line.length];
        let found = known.damaged(number, &line, text, why);
        // As on reading: what merely stops at the end was being written when its writer died.
        if !line.ended && found.why != Why::Zeros && found.why != Why::TooLong {
            lines.torn = Some(found);
        } else if lines.damaged.len() < TOLD || !found.lacking.is_empty() {
            lines.damaged.push(found);
        } else if !found.is_harmless() {
            lines.more += 1;
        }
    }
    lines
}

/// What is known already.
struct Known {
    stamps: HashSet<Stamp>,
    highest: BTreeMap<Writer, u64>,
}

impl Known {
    fn damaged(&mut self, number: usize, line: &Line, text: &[u8], why: Damage) -> DamagedLine {
        let whole = within(text);
        let mut elsewhere = 0;
        let mut lacking = Vec::new();
        let any = !whole.is_empty();
        for record in whole {
            if self.stamps.insert(record.stamp) {
                lacking.push(record);
            } else {
                elsewhere += 1;
            }
        }
        let why = reason(text, why);
        let named = stamp_in(text).filter(|_| !any);
        elsewhere += usize::from(named.is_some_and(|stamp| self.stamps.contains(&stamp)));
        let beyond = |stamp: Stamp| self.highest.get(&stamp.writer).is_none_or(|n| *n < stamp.n);
        DamagedLine {
            number,
            offset: line.offset,
            length: line.length,
            why,
            lacking,
            elsewhere,
            never_saved: !any && (!line.ended || why == Why::CutOff && named.is_none_or(beyond)),
            shown: Raw::new(String::from_utf8_lossy(&text[..text.len().min(SHOWN)])),
        }
    }
}

/// What is wrong with a line, more closely.
fn reason(text: &[u8], why: Damage) -> Why {
    let begins = |head: &[u8]| text.starts_with(head) || head.starts_with(text);
    match why {
        Damage::TooLong => Why::TooLong,
        _ if text.contains(&0) => Why::Zeros,
        _ if std::str::from_utf8(text).is_err() => Why::NotUtf8,
        Damage::Form => Why::Form,
        Damage::Checksum if serde_json::from_slice::<IgnoredAny>(text).is_ok() => Why::Checksum,
        Damage::Checksum if begins(b"{\"v\":") && !text.ends_with(b"\"}") => Why::CutOff,
        Damage::Checksum => Why::NotJson,
    }
}

/// The stamp that a damaged line names, where that part of it can be read.
fn stamp_in(text: &[u8]) -> Option<Stamp> {
    const STAMP: &[u8] = b"\"stamp\":\"";
    let begin = text.windows(STAMP.len()).position(|part| part == STAMP)? + STAMP.len();
    let length = text[begin..].iter().position(|b| *b == b'"')?;
    std::str::from_utf8(&text[begin..][..length]).ok()?.parse().ok()
}

/// The whole records within a line: two that lost the line feed between them, or one with something before or behind it.
pub(in crate::store) fn within(text: &[u8]) -> Vec<Record> {
    static BEGIN: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r#"\{"v":"#).ok());
    static SEAL: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r#","crc":"[0-9a-f]{8}"\}"#).ok());
    let (Some(begin), Some(seal)) = (&*BEGIN, &*SEAL) else { return Vec::new() };
    let begins: Vec<usize> = begin.find_iter(text).map(|found| found.start()).collect();
    let (mut records, mut tries, mut from) = (Vec::new(), TRIES, 0);
    for end in seal.find_iter(text).map(|found| found.end()) {
        // The nearest beginning first: what stands before it belongs to something else.
        let before = begins.partition_point(|at| *at < end);
        for &at in begins[..before].iter().rev().take_while(|at| **at >= from && end - **at <= LINE_LIMIT) {
            if let Ok(record) = Record::read(&text[at..end]) {
                records.push(record);
                from = end;
                break;
            }
            tries -= 1;
            if tries == 0 {
                return records;
            }
        }
    }
    records
}
