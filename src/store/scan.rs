//! Reads lines out of a journal's bytes. Every line stands for itself: a damaged one is handed out as such, and reading
//! goes on after its line feed.

use super::planted::{self, Fault, planted};
use crate::log::{Damage, Names, Record};

/// A line of a journal that is not blank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Where it begins in the bytes, counted from their start.
    pub offset: usize,
    /// Its length in bytes without its line feed.
    pub length: usize,
    /// Whether a line feed ends it; only the last line can lack one.
    pub ended: bool,
    /// What it says.
    pub read: Result<Record, Damage>,
}

/// The lines of some bytes, in order. Made by [`scan`].
#[derive(Clone, Debug)]
pub struct Scan<'a> {
    bytes: &'a [u8],
    at: usize,
    /// Those of the last record.
    names: Names,
}

/// The lines of a journal from an offset on. Where that lies within a line, from the next one on: so the end of a long
/// journal can be read before the rest of it.
pub fn scan(bytes: &[u8], from: usize) -> Scan<'_> {
    let from = from.min(bytes.len());
    let whole = from == 0 || bytes[from - 1] == b'\n';
    let at =
        if whole { from } else { from + next_feed(&bytes[from..]).map_or(bytes.len() - from, |f| f + 1) };
    Scan { bytes, at, names: Names::default() }
}

impl Iterator for Scan<'_> {
    type Item = Line;

    fn next(&mut self) -> Option<Line> {
        while self.at < self.bytes.len() {
            let offset = self.at;
            let rest = &self.bytes[offset..];
            let feed = next_feed(rest);
            let line = feed.map_or(rest, |f| &rest[..f]);
            self.at = offset + line.len() + usize::from(feed.is_some());
            if !line.iter().all(u8::is_ascii_whitespace) {
                let (length, ended) = (line.len(), feed.is_some());
                let mut read = Record::read_after(line, &mut self.names);
                if read == Err(Damage::Checksum) && planted(Fault::NoChecksum) {
                    read = planted::read_unchecked(line);
                }
                if read.is_err() && planted(Fault::StopAtBadLine) {
                    self.at = self.bytes.len();
                }
                return Some(Line { offset, length, ended, read });
            }
        }
        None
    }
}

/// How many of the bytes belong to lines that a line feed ends.
pub fn ended(bytes: &[u8]) -> usize {
    memchr::memrchr(b'\n', bytes).map_or(0, |feed| feed + 1)
}

fn next_feed(bytes: &[u8]) -> Option<usize> {
    memchr::memchr(b'\n', bytes)
}
