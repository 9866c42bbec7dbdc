//! Journals with every kind of damage: it is counted, and hides nothing else.

use std::os::unix::fs::symlink;

use proptest::prelude::*;
use warroom::log::{Body, Damage, Record};
use warroom::store::scan::scan;
use warroom::store::{self, JOURNAL, StoreError};

use super::{entry, folder_with, journal_of, ledger, record, records, says};

fn read(journal: &[u8]) -> store::Loaded {
    let (_root, folder) = folder_with(journal);
    let loaded = store::read(&folder).unwrap();
    assert_eq!(std::fs::read(folder.join(JOURNAL)).unwrap(), journal, "reading wrote");
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1, "reading left something");
    loaded
}

#[test]
fn the_last_line_cut_at_every_byte() {
    let all = records(4);
    let journal = journal_of(&all);
    let last = journal_of(&all[..3]).len();
    for cut in last..=journal.len() {
        let loaded = read(&journal[..cut]);
        // Without its line feed the last line is whole all the same.
        let whole = cut + 1 >= journal.len();
        assert_eq!(loaded.records, all[..if whole { 4 } else { 3 }], "cut at {cut}");
        assert_eq!(loaded.findings.damaged, 0, "cut at {cut}");
        assert_eq!(loaded.findings.torn.is_some(), !whole && cut > last, "cut at {cut}");
        assert_eq!(loaded.ended, cut == last || cut == journal.len(), "cut at {cut}");
    }
}

#[test]
fn a_bit_flipped_at_every_byte_of_a_line() {
    let all = records(4);
    let journal = journal_of(&all);
    let (begin, end) = (journal_of(&all[..2]).len(), journal_of(&all[..3]).len() - 1);
    let others = [&all[..2], &all[3..]].concat();
    for at in begin..end {
        for bit in 0..8 {
            let mut damaged = journal.clone();
            damaged[at] ^= 1 << bit;
            let loaded = read(&damaged);
            assert_eq!(loaded.records, others, "bit {bit} of byte {at}");
            // A flip that makes a line feed makes two damaged lines of one.
            assert!((1..=2).contains(&loaded.findings.damaged), "bit {bit} of byte {at}");
            assert_eq!(loaded.findings.places[0].offset, begin);
        }
    }
}

#[test]
fn a_journal_that_stands_there_twice() {
    let all = records(5);
    let once = journal_of(&all);
    let loaded = read(&[once.clone(), once].concat());
    assert_eq!((loaded.records, loaded.findings.repeated, loaded.findings.damaged), (all, 5, 0));
}

#[test]
fn one_stamp_on_two_records_is_a_conflict_and_the_first_counts() {
    let mut all = records(3);
    all.push(record(1, 2, says("somebody edited this")));
    let loaded = read(&journal_of(&all));
    assert_eq!(loaded.records, all[..3]);
    assert_eq!(loaded.findings.conflicts, [all[1].stamp]);
}

#[test]
fn zeros_are_damage_at_the_end_and_in_the_middle() {
    let all = records(3);
    let (head, tail) = (journal_of(&all[..2]), journal_of(&all[2..]));
    let zeros = vec![0; 4096];
    let at_end = read(&[head.clone(), tail.clone(), zeros.clone()].concat());
    assert_eq!((at_end.records, at_end.findings.damaged, at_end.findings.torn), (all.clone(), 1, None));
    let within = read(&[head, zeros, b"\n".to_vec(), tail].concat());
    assert_eq!((within.records, within.findings.damaged), (all, 1));
}

#[test]
fn lines_of_other_programs_are_damage_or_nothing() {
    let all = records(4);
    let (head, tail) = (journal_of(&all[..2]), journal_of(&all[2..]));
    let between = |line: &[u8]| read(&[&head, line, b"\n", &tail].concat());
    let long = [b"{\"text\":\"".as_slice(), &vec![b'A'; 8 << 20], b"\"}"].concat();
    let deep = [b"{\"a\":".repeat(20_000), b"1".to_vec(), b"}".repeat(20_000)].concat();
    let brackets = vec![b'['; 100_000];
    let lines: [&[u8]; 7] = [b"hello", b"[]", b"null", b"\xff\xfe", &long, &deep, &brackets];
    for line in lines {
        let loaded = between(line);
        assert_eq!((loaded.records, loaded.findings.damaged), (all.clone(), 1));
        assert_eq!(loaded.findings.places[0].length, line.len());
    }
    assert_eq!(between(&long).findings.places[0].why, Damage::TooLong);
    let blank = between(b"\n   \n\t");
    assert_eq!((blank.records, blank.findings.damaged), (all.clone(), 0));
    let crlf = String::from_utf8(journal_of(&all)).unwrap().replace('\n', "\r\n");
    assert_eq!(read(crlf.as_bytes()).records, all);
    let marked = read(&[b"\xef\xbb\xbf".to_vec(), journal_of(&all)].concat());
    assert_eq!((marked.records, marked.findings.damaged), (all[1..].to_vec(), 1));
}

#[test]
fn records_of_a_newer_version_are_kept() {
    let mut all = records(3);
    let newer = Body::Unknown { v: 99, change: serde_json::json!({"pager_rung": {"deep": [[[1]]]}}) };
    all.push(Record { body: newer, ..entry(1, 4) });
    let loaded = read(&journal_of(&all));
    assert_eq!((loaded.records, loaded.findings.newer), (all, 1));
}

#[test]
fn a_deep_record_with_a_right_checksum_is_damage() {
    // 300 levels, sealed as a newer version would: more than is read, and no reason to run out of stack.
    let open = format!(
        "{{\"v\":2,\"stamp\":\"{}\",\"by\":\"x\",\"change\":{}{}",
        super::stamp(1, 9),
        "[".repeat(300),
        "]".repeat(300)
    );
    let line = format!("{open},\"crc\":\"{:08x}\"}}\n", crc32c::crc32c(open.as_bytes()));
    let loaded = read(&[journal_of(&records(2)), line.into_bytes()].concat());
    assert_eq!((loaded.records.len(), loaded.findings.places[0].why), (2, Damage::Form));
}

#[test]
fn nothing_at_all_is_an_empty_incident_and_garbage_is_no_journal() {
    for blank in [b"".as_slice(), b"\n", b" \r\n\n"] {
        assert_eq!(read(blank).records, []);
    }
    for garbage in [b"dear diary\n".as_slice(), b"torn", &[0; 500]] {
        let (_root, folder) = folder_with(garbage);
        let error = store::read(&folder).unwrap_err();
        assert!(matches!(error, StoreError::NotAJournal { .. }), "{error}");
        assert!(error.to_string().contains("is no journal"), "{error}");
    }
    let (_root, folder) = folder_with(b"");
    std::fs::remove_file(folder.join(JOURNAL)).unwrap();
    let error = store::read(&folder).unwrap_err();
    assert!(error.to_string().starts_with("no journal here"), "{error}");
    assert!(matches!(store::read(&folder.join("not")).unwrap_err(), StoreError::NoFolder(_)));
}

#[test]
fn what_is_no_file_is_refused_and_left_alone() {
    let (root, folder) = folder_with(&journal_of(&records(2)));
    let (path, elsewhere) = (folder.join(JOURNAL), root.path().join("elsewhere"));
    std::fs::rename(&path, &elsewhere).unwrap();
    let before = std::fs::read(&elsewhere).unwrap();
    let refused = |kind: &str| {
        let error = store::read(&folder).unwrap_err();
        assert!(matches!(error, StoreError::Refused { why, .. } if why == kind), "{error}");
        let setup = super::setup(&folder);
        let error = store::Writer::start(&folder, &store::Loaded::default(), setup, drop).unwrap_err();
        assert!(matches!(error, StoreError::Refused { why, .. } if why == kind), "{error}");
    };
    symlink(&elsewhere, &path).unwrap();
    refused("a symbolic link");
    std::fs::remove_file(&path).unwrap();
    let pipe = rustix::fs::mknodat(rustix::fs::CWD, &path, rustix::fs::FileType::Fifo, 0o600.into(), 0);
    pipe.unwrap();
    refused("a pipe");
    std::fs::remove_file(&path).unwrap();
    std::fs::create_dir(&path).unwrap();
    refused("a folder");
    assert_eq!(std::fs::read(&elsewhere).unwrap(), before);
    symlink(&folder, root.path().join("link")).unwrap();
    let error = store::read(&root.path().join("link")).unwrap_err();
    assert!(matches!(error, StoreError::Refused { .. }), "{error}");
}

proptest! {
    #[test]
    fn any_order_and_any_repeats_give_one_ledger(
        order in Just(records(9)).prop_shuffle(), again in proptest::collection::vec(0..9_usize, 0..6)
    ) {
        let mut lines = order.clone();
        lines.extend(again.into_iter().map(|i| order[i].clone()));
        let loaded = read(&journal_of(&lines));
        let set = ledger(&loaded.records);
        prop_assert_eq!(set.records(), records(9));
        prop_assert_eq!(loaded.findings.conflicts, []);
    }

    #[test]
    fn the_end_of_a_journal_and_the_rest_make_the_whole(from in 0..2000_usize) {
        let journal = journal_of(&records(9));
        let tail: Vec<_> = scan(&journal, from).collect();
        let begin = tail.first().map_or(journal.len(), |line| line.offset);
        let all: Vec<_> = scan(&journal[..begin], 0).chain(tail).map(|line| line.read.unwrap()).collect();
        prop_assert_eq!(all, records(9));
    }

    #[test]
    fn no_bytes_make_reading_fail_or_lose_what_is_whole(
        garbage in proptest::collection::vec(any::<u8>(), 0..400), at in 0..4_usize
    ) {
        let all = records(4);
        let journal = [journal_of(&all[..at]), garbage, b"\n".to_vec(), journal_of(&all[at..])].concat();
        prop_assert_eq!(read(&journal).records, all);
    }
}
