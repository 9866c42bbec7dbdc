//! The journal: torn, cut, flipped, zeroed, repeated, shuffled, edited, newer, or no file at all.

use proptest::prelude::*;
use warroom::log::{Body, Record};

use super::{Found, Row, TORN, and, conflicts, damaged, entries, newer};
use crate::store::{entry, journal_of, record, records, says};

/// Four records: the founding one and three entries.
fn four() -> Vec<u8> {
    journal_of(&records(4))
}

/// The bytes before the record with this number, from 1 on.
fn before(number: u64) -> Vec<u8> {
    journal_of(&records(number - 1))
}

/// A line put in front of the third record.
fn between(line: &[u8]) -> Vec<u8> {
    [&before(3), line, b"\n", &four()[before(3).len()..]].concat()
}

/// A line as another version would write it.
fn sealed(open: &str) -> String {
    format!("{open},\"crc\":\"{:08x}\"}}", crc32c::crc32c(open.as_bytes()))
}

/// Recovery table: torn last line.
#[test]
fn a_torn_last_line_is_dropped_and_told() {
    let journal = four();
    let row = Row { entries: entries(3), said: vec![TORN.into()], then: vec![damaged(1)] };
    Found::new(&journal[..journal.len() - 20]).comes_to(&row);
}

/// Recovery table: last line whole but without its line feed.
#[test]
fn a_last_line_without_its_line_feed_is_used() {
    let journal = four();
    Found::new(&journal[..journal.len() - 1]).comes_to(&Row::quiet(entries(4)));
}

/// Bad input 37: the last line cut at every byte.
#[test]
fn the_last_line_cut_at_every_byte() {
    let journal = four();
    let last = before(4).len();
    for cut in last..=journal.len() {
        // Without its line feed the last line is whole all the same.
        let row = if cut + 1 >= journal.len() {
            Row::quiet(entries(4))
        } else if cut == last {
            Row::quiet(entries(3))
        } else {
            Row { entries: entries(3), said: vec![TORN.into()], then: vec![damaged(1)] }
        };
        Found::new(&journal[..cut]).saves_on(&row, &format!("cut at {cut}"));
    }
}
