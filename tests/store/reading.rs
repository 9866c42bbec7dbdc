//! Journals with every kind of damage: it is counted, and hides nothing else.

use proptest::prelude::*;
use warroom::store::scan::scan;
use warroom::store::{self, JOURNAL, StoreError};

use super::{folder_with, journal_of, ledger, records};

fn read(journal: &[u8]) -> store::Loaded {
    let (_root, folder) = folder_with(journal);
    let loaded = store::read(&folder).unwrap();
    assert_eq!(std::fs::read(folder.join(JOURNAL)).unwrap(), journal, "reading wrote");
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1, "reading left something");
    loaded
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

/// Bad-inputs 45: a large journal is read by several threads, and comes out as if one had read it.
#[test]
fn a_large_journal_is_read_in_parts_that_make_the_whole() {
    let all = records(120);
    let mut lines: Vec<Vec<u8>> = Vec::new();
    for record in &all {
        // Blanks are no part of a record, nor are they lines: they make the journal long.
        lines.push([record.line().as_bytes(), b"\n", &b" ".repeat(120_000), b"\n"].concat());
    }
    let sound = lines.concat();
    assert!(sound.len() > 3 * (4 << 20), "so much that it is worth three threads");
    assert_eq!(read(&sound).records, all);
    // Damage here and there, a repetition far from its first, and a torn end.
    for nth in (0..lines.len()).step_by(10) {
        lines[nth][40] ^= 1;
    }
    lines.push([all[5].line().as_bytes(), b"\n{\"v\":1"].concat());
    let loaded = read(&lines.concat());
    let left: Vec<_> =
        all.iter().enumerate().filter(|(nth, _)| nth % 10 > 0).map(|(_, r)| r.clone()).collect();
    assert_eq!(loaded.records, left);
    let places: Vec<usize> = loaded.findings.places.iter().map(|place| place.offset).collect();
    let begins = lines.iter().scan(0, |at, line| Some(std::mem::replace(at, *at + line.len())));
    let damaged: Vec<usize> = begins.take(all.len()).step_by(10).collect();
    assert_eq!((loaded.findings.damaged, places), (12, damaged));
    assert_eq!((loaded.findings.repeated, loaded.findings.torn.is_some()), (1, true));
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
        let rest = &journal[from.saturating_sub(1).min(journal.len())..];
        let next = if from == 0 { Some(0) } else { rest.iter().position(|b| *b == b'\n').map(|at| from + at) };
        prop_assert_eq!(begin, next.unwrap_or(journal.len()), "the first line that begins there");
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
