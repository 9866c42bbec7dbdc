//! Tells the lines that go from those that stay.

use std::collections::HashSet;

use super::spelled;
use crate::log::{Ledger, Record, Stamp};
use crate::store::examine::within;
use crate::store::scan::scan;
use crate::text::json;

/// What is searched for in bytes that are no record: stamps, and words as they are or as JSON writes them.
#[derive(Clone, Debug, Default)]
pub struct Needles {
    stamps: Vec<Vec<u8>>,
    words: Vec<Vec<u8>>,
}

impl Needles {
    /// Of stamps and words.
    pub fn new(stamps: &HashSet<Stamp>, words: &[String]) -> Self {
        let mut all: Vec<Vec<u8>> = words.iter().map(|word| word.clone().into_bytes()).collect();
        all.extend(words.iter().map(|word| escaped(word).into_bytes()));
        all.retain(|word| !word.is_empty());
        all.sort_unstable();
        all.dedup();
        Self { stamps: spelled(stamps).collect(), words: all }
    }

    /// Whether one of the words stands there.
    pub fn word_in(&self, bytes: &[u8]) -> bool {
        self.words.iter().any(|word| stands_in(word, bytes))
    }

    fn any_in(&self, bytes: &[u8]) -> bool {
        self.word_in(bytes) || self.stamps.iter().any(|stamp| stands_in(stamp, bytes))
    }
}

/// A text as it stands between the quotes of a JSON string.
pub(super) fn escaped(text: &str) -> String {
    let quoted = serde_json::to_string(text).unwrap_or_default();
    json::printable(quoted.strip_prefix('"').and_then(|q| q.strip_suffix('"')).unwrap_or_default())
}

fn stands_in(needle: &[u8], bytes: &[u8]) -> bool {
    let Some(first) = needle.first() else { return false };
    let mut rest = bytes;
    while let Some(at) = rest.iter().position(|byte| byte == first) {
        if rest[at..].starts_with(needle) {
            return true;
        }
        rest = &rest[at + 1..];
    }
    false
}

/// A journal without the lines that went.
#[derive(Debug, Default)]
pub(super) struct Left {
    pub(super) bytes: Vec<u8>,
    /// How many lines went.
    pub(super) gone: usize,
    /// How many of them were damaged.
    pub(super) damaged: usize,
}

impl Left {
    /// Puts records at the end, on lines of their own.
    pub(super) fn append(&mut self, records: &[Record]) {
        if !records.is_empty() && self.bytes.last().is_some_and(|last| *last != b'\n') {
            self.bytes.push(b'\n');
        }
        for record in records {
            self.bytes.extend_from_slice(record.line().as_bytes());
            self.bytes.push(b'\n');
        }
    }
}

/// All lines byte for byte, but for the records that tombstones have taken away, and for what is damaged and may be one.
pub(super) fn without(bytes: &[u8], ledger: &Ledger, needles: &Needles) -> Left {
    let mut left = Left::default();
    let mut kept_to = 0;
    for line in scan(bytes, 0) {
        let end = line.offset + line.length;
        let damaged = match &line.read {
            Ok(record) if ledger.is_gone(record) => false,
            Err(_) if needles.any_in(&bytes[line.offset..end]) => true,
            _ => continue,
        };
        left.gone += 1;
        left.damaged += usize::from(damaged);
        left.bytes.extend_from_slice(&bytes[kept_to..line.offset]);
        if damaged {
            // Another record may have lost the line feed before or behind it: that one stays.
            let mut others = within(&bytes[line.offset..end]);
            others.retain(|record| !ledger.is_gone(record));
            left.append(&others);
        }
        kept_to = end + usize::from(line.ended);
    }
    left.bytes.extend_from_slice(&bytes[kept_to..]);
    left
}

/// The records that stand whole within damaged lines.
pub(super) fn salvage(bytes: &[u8]) -> Vec<Record> {
    let damaged = scan(bytes, 0).filter(|line| line.read.is_err());
    damaged.flat_map(|line| within(&bytes[line.offset..][..line.length])).collect()
}
