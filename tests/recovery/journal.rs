//! The journal: torn, cut, flipped, zeroed, repeated, shuffled, edited, newer, or no file at all.

use std::fs;
use std::io::Write as _;

use warroom::store;

use super::{FROM_SHELL, Found, Row, TORN, and, conflicts, damaged, entries, entries_of, newer, sealed};
use crate::store::{folder_with, journal_of, record, records, says, stamp, texts};

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

/// Recovery table: garbage, zeros, bit flips in the middle. Bad input 39, in the middle.
#[test]
fn garbage_zeros_and_flips_in_the_middle_are_skipped_and_counted() {
    let mut flipped = four();
    flipped[before(3).len() + 40] ^= 4;
    let others = [&entries(2)[..], &entries(4)[2..]].concat();
    Found::new(&flipped).comes_to(&Row::saying(others, damaged(1)));
    let zeros = [0; 4096];
    let some = [b"dear diary".as_slice(), &zeros, b"\xff\xfe\x9b2J"].map(between);
    let all = [&before(3), b"a\nb\nc\n".as_slice(), &four()[before(3).len()..]].concat();
    for (journal, count) in some.into_iter().map(|journal| (journal, 1)).chain([(all, 3)]) {
        Found::new(&journal).comes_to(&Row::saying(entries(4), damaged(count)));
    }
}

/// Recovery table: NULs at the end, as ext4 and XFS leave them after a power cut. Bad input 39, at the end.
#[test]
fn zeros_at_the_end_are_damage_and_the_next_entry_keeps_clear_of_them() {
    for zeros in [1, 4096] {
        let journal = [four(), vec![0; zeros]].concat();
        Found::new(&journal).comes_to(&Row::saying(entries(4), damaged(1)));
    }
    // In the place of a line, or of a part of it.
    let journal = [&before(4), &four()[before(4).len()..][..30], &[0; 100]].concat();
    Found::new(&journal).comes_to(&Row::saying(entries(3), damaged(1)));
}

/// Bad input 38: a bit flipped at every byte of a line.
#[test]
fn a_bit_flipped_at_every_byte_of_a_line() {
    let (begin, end) = (before(3).len(), before(4).len() - 1);
    let others = [&entries(2)[..], &entries(4)[2..]].concat();
    for at in begin..end {
        for bit in 0..8 {
            let mut journal = four();
            journal[at] ^= 1 << bit;
            // A flip that makes a line feed makes two damaged lines of one.
            let lines = if journal[at] == b'\n' { 2 } else { 1 };
            let what = format!("bit {bit} of byte {at}");
            let (_root, folder) = folder_with(&journal);
            let loaded = store::read(&folder).unwrap();
            assert_eq!(loaded.findings.damaged, lines, "{what}");
            assert_eq!(loaded.findings.places[0].offset, begin, "{what}");
            assert_eq!(texts(&loaded.records), others, "{what}");
            // The whole way for one of the eight.
            if bit == at % 8 {
                Found::new(&journal).saves_on(&Row::saying(others.clone(), damaged(lines)), &what);
            }
        }
    }
}

/// Recovery table: repeated lines, the whole journal twice. Bad input 40: twice, with its lines shuffled.
#[test]
fn repeated_and_shuffled_lines_change_nothing() {
    let twice = [four(), four()].concat();
    let mut lines: Vec<&[u8]> = twice.split_inclusive(|byte| *byte == b'\n').collect();
    lines.reverse();
    lines.swap(1, 6);
    for journal in [&twice, &lines.concat(), &[four(), before(3)].concat()] {
        Found::new(journal).comes_to(&Row::quiet(entries(4)));
    }
}

/// Recovery table: same id, different content. Bad input 43.
#[test]
fn of_two_records_with_one_id_the_first_counts_and_the_conflict_is_told() {
    let other = journal_of(&[record(1, 2, says("somebody edited this"))]);
    let journal = [four(), other].concat();
    Found::new(&journal).comes_to(&Row::saying(entries(4), conflicts(1)));
}

/// Recovery table: a line deleted by hand, with no snapshot that has it. That it is missing shows in the numbers of its
/// writer; all others are there.
#[test]
fn a_line_deleted_by_hand_takes_no_other_with_it() {
    let journal = [&before(3), &four()[before(4).len()..]].concat();
    let found = Found::new(&journal);
    let others = [&entries(2)[..], &entries(4)[2..]].concat();
    assert_eq!(entries_of(&found.shown().0), others);
    found.say(FROM_SHELL);
    assert_eq!(entries_of(&found.shown().0), and(&others, FROM_SHELL));
}

/// Two lines of a newer version: another form of line, and a kind of change that is not known here. Neither is as this
/// version would write it.
fn of_newer_versions() -> [String; 2] {
    let (one, two) = (stamp(1, 3), stamp(1, 4));
    [
        format!(r#"{{ "v":99, "stamp":"{one}","by":"zoe","why":[1.50,{{}}],"change":{{"b":1,"a":"\u00e9"}}"#),
        format!(
            r#"{{"v":1,"stamp":"{two}","by":"zoe","change":{{"pager_rung":{{"at":1e2,"deep":[[[[]]]]}}}}"#
        ),
    ]
    .map(|open| sealed(&open))
}

/// Recovery table: unknown `v` or kind of change. Bad input 42.
#[test]
fn what_a_newer_version_wrote_is_kept_byte_for_byte_and_told() {
    let lines = of_newer_versions().join("\n") + "\n";
    let journal = [before(3), lines.clone().into_bytes()].concat();
    let row = Row::saying(entries(2), newer(2));
    Found::new(&journal).comes_to(&row);
    // Where it comes in while the room is open, and where the journal is written again from what the room knows.
    let found = Found::new(&before(3));
    let mut stage = found.room();
    fs::OpenOptions::new().append(true).open(found.journal()).unwrap().write_all(lines.as_bytes()).unwrap();
    stage.logs("one");
    stage.until("● saved 1");
    fs::remove_file(found.journal()).unwrap();
    stage.logs("two");
    stage.until("● saved 2");
    stage.room.leave().unwrap();
    let after = fs::read_to_string(found.journal()).unwrap();
    for line in of_newer_versions() {
        assert_eq!(after.lines().filter(|there| **there == line).count(), 1, "{line} in\n{after}");
    }
}

/// Recovery table: mixed CRLF.
#[test]
fn carriage_returns_that_an_editor_added_do_no_harm() {
    let all = String::from_utf8(four()).unwrap();
    let some = all.replacen('\n', "\r\n", 2);
    for journal in [all.replace('\n', "\r\n"), some] {
        Found::new(journal.as_bytes()).comes_to(&Row::quiet(entries(4)));
    }
    // Two of them were never part of a line.
    let journal = all.replacen('\n', "\r\r\n", 2).replacen("\r\r\n", "\n", 1);
    let row = Row::saying(entries(4)[1..].to_vec(), damaged(1));
    Found::new(journal.as_bytes()).comes_to(&row);
}

/// Bad input 41: a line of 8 MiB, and 100,000 open brackets.
#[test]
fn lines_of_any_length_and_depth_are_damage() {
    let long = [b"{\"text\":\"".as_slice(), &vec![b'A'; 8 << 20], b"\"}"].concat();
    let deep = [b"{\"a\":".repeat(20_000), b"1".to_vec(), b"}".repeat(20_000)].concat();
    for line in [&long, &deep, &vec![b'['; 100_000]] {
        Found::new(&between(line)).comes_to(&Row::saying(entries(4), damaged(1)));
    }
    // With a right checksum, as a newer version would write it: more levels than are read.
    let open = format!(r#"{{"v":2,"stamp":"{}","by":"x","change":{}"#, stamp(1, 9), "[".repeat(300));
    let line = sealed(&(open + &"]".repeat(300)));
    Found::new(&between(line.as_bytes())).comes_to(&Row::saying(entries(4), damaged(1)));
}

/// Lines of other programs are damage, blank ones are nothing; a mark of UTF-8 at the beginning costs the first line.
#[test]
fn lines_of_other_programs_are_damage_or_nothing() {
    for line in [b"hello".as_slice(), b"[]", b"null", b"{}", b"\xff\xfe"] {
        let found = Found::new(&between(line));
        found.saves_on(&Row::saying(entries(4), damaged(1)), &String::from_utf8_lossy(line));
    }
    Found::new(&between(b"\n   \n\t")).saves_on(&Row::quiet(entries(4)), "blank");
    let marked = [b"\xef\xbb\xbf".as_slice(), &four()].concat();
    Found::new(&marked).comes_to(&Row::saying(entries(4), damaged(1)));
}
