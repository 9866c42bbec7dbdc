//! An incident's folder with any bytes as its journal and its snapshot: nothing panics, nothing is written, and the good
//! lines between the bad ones are found.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use warroom::export::{Outline, Phases, markdown};
use warroom::log::history::{self, Item};
use warroom::log::words::Teller;
use warroom::log::{Change, Fold, Hlc, Ledger, Record, Stamp, Stamped};
use warroom::model::{EntryKind, Incident, Instant, Writer};
use warroom::store::scan::scan;
use warroom::store::snapshot::Seen;
use warroom::store::{self, JOURNAL, Loaded, SNAPSHOT, Snapshot, snapshot};

use super::sealed_line;
use super::text::acts;

/// The line that parts the journal from the snapshot. Without it, all is the journal.
const PART: &[u8] = b"=== incident.json\n";
/// A checksum that stands for the right one. A corpus of right ones would not survive its first mutation.
const ANY_CRC: &[u8] = b"????????";

/// A folder.
pub fn any_folder(bytes: &[u8]) {
    let (fuzzed, fuzzed_snapshot) = parted(bytes);
    let (journal, good) = woven(&fuzzed);
    let snapshot = fuzzed_snapshot.map(|snapshot| sealed_snapshot(snapshot, &journal));
    let Ok(root) = tempfile::tempdir() else { return };
    put(root.path(), JOURNAL, Some(&journal));
    put(root.path(), SNAPSHOT, snapshot.as_deref());
    let loaded = store::read(root.path());
    assert!(loaded.is_ok(), "with good lines in it: {loaded:?}");
    let loaded = loaded.unwrap_or_default();
    assert_eq!(got(root.path(), JOURNAL).as_ref(), Some(&journal), "reading wrote");
    assert_eq!(got(root.path(), SNAPSHOT), snapshot, "reading wrote");
    assert_eq!(fs::read_dir(root.path()).map_or(0, Iterator::count), 1 + usize::from(snapshot.is_some()));

    has_all(&loaded, &good);
    every_line_is_accounted_for(&journal, &loaded);
    takes_one_more(&journal, &loaded);
    let ledger = ledger_of(loaded.records.iter().cloned());
    let folded = folds_in_any_order(&loaded.records, &ledger);
    can_be_told(&ledger, &folded, good[0].stamp.instant());
    comes_back_from_its_snapshot(folded.incident());
    if let Some(snapshot) = &loaded.snapshot {
        is_restored_once(snapshot, &ledger);
        is_restored_once(snapshot, &Ledger::default());
    }
    // The same without a single good line may be refused, and no more.
    put(root.path(), JOURNAL, Some(&fuzzed));
    let _ = store::read(root.path());
}

fn put(folder: &Path, name: &str, bytes: Option<&[u8]>) {
    let written = bytes.map_or(Ok(()), |bytes| fs::write(folder.join(name), bytes));
    assert!(written.is_ok(), "{written:?}");
}

fn got(folder: &Path, name: &str) -> Option<Vec<u8>> {
    fs::read(folder.join(name)).ok()
}

/// The journal, with the checksums it asks for, and the snapshot.
fn parted(bytes: &[u8]) -> (Vec<u8>, Option<&[u8]>) {
    let at = bytes.windows(PART.len()).position(|window| window == PART);
    let (journal, snapshot) = match at {
        Some(at) => (&bytes[..at], Some(&bytes[at + PART.len()..])),
        None => (bytes, None),
    };
    let sealed = journal.split_inclusive(|b| *b == b'\n').map(|line| {
        let bare = line.strip_suffix(b"\n").unwrap_or(line);
        let asks = bare.strip_suffix(b"\"}").is_some_and(|line| line.ends_with(ANY_CRC));
        if asks { [&sealed_line(bare)[..], &line[bare.len()..]].concat() } else { line.to_vec() }
    });
    (sealed.collect::<Vec<_>>().concat(), snapshot)
}

/// The journal with good lines in it: at its start, and after the first line feed behind its middle.
fn woven(fuzzed: &[u8]) -> (Vec<u8>, [Record; 2]) {
    let good = [1, 2].map(good_record);
    let middle = fuzzed.len() / 2;
    let feed = fuzzed[middle..].iter().position(|b| *b == b'\n');
    let (before, after) = fuzzed.split_at(feed.map_or(fuzzed.len(), |feed| middle + feed));
    let [first, second] = good.each_ref().map(|record| record.line() + "\n");
    // A second line feed makes a blank line at most.
    let journal = [first.as_bytes(), before, b"\n", second.as_bytes(), after].concat();
    (journal, good)
}

/// A record of a writer that is unlikely to be hit upon.
fn good_record(n: u64) -> Record {
    let writer = Writer::from_bits(0x0060_0d1d_0060_0d1d);
    let change = Change::EntryAdded {
        text: format!("good line {n}").into(),
        tags: Vec::new(),
        people: Vec::new(),
        kind: EntryKind::Note,
        when: None,
    };
    let stamp = Stamp { ms: 1_723_294_000_000 + n, counter: 0, writer, n };
    Stamped {
        stamp,
        by: "alice".into(),
        from: None,
        wall: None,
        over: None,
        after: None,
        body: change.into(),
    }
    .into()
}

/// The snapshot with the checksums it asks for.
fn sealed_snapshot(bytes: &[u8], journal: &[u8]) -> Vec<u8> {
    const TAIL: &[u8] = b"\"tail_crc\": \"????????\"";
    const END: &[u8] = b"\"\n}\n";
    let mut bytes = bytes.to_vec();
    if let Some(at) = bytes.windows(TAIL.len()).position(|window| window == TAIL) {
        let head = length_seen(&bytes).and_then(|length| journal.get(..length)).unwrap_or_default();
        let crc = crc32c::crc32c(&head[head.len().saturating_sub(4096)..]);
        let from = at + TAIL.len() - ANY_CRC.len() - 1;
        bytes[from..from + ANY_CRC.len()].copy_from_slice(format!("{crc:08x}").as_bytes());
    }
    let open = bytes.strip_suffix(END).and_then(|open| open.strip_suffix(ANY_CRC));
    let Some(open) = open.and_then(|open| open.strip_suffix(b",\n  \"crc\": \"")) else { return bytes };
    [open, format!(",\n  \"crc\": \"{:08x}", crc32c::crc32c(open)).as_bytes(), END].concat()
}

/// How much of the journal a snapshot says that it has seen.
fn length_seen(snapshot: &[u8]) -> Option<usize> {
    let text = String::from_utf8_lossy(snapshot);
    let (_, after) = text.rsplit_once("\"length\": ")?;
    after.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

/// The good records are found whatever stands around them; only another record of the same stamp may have come first.
fn has_all(loaded: &Loaded, good: &[Record]) {
    for record in good {
        let found = loaded.records.contains(record) || loaded.findings.conflicts.contains(&record.stamp);
        assert!(found, "{record:?} is not found");
    }
}

/// A line is a record, a repetition, a contradiction, damage, or the torn end.
fn every_line_is_accounted_for(journal: &[u8], loaded: &Loaded) {
    let findings = &loaded.findings;
    let (mut sound, mut odd, mut end) = (0, 0, 0);
    for line in scan(journal, 0) {
        assert!(line.offset >= end && line.offset + line.length <= journal.len(), "{line:?}");
        end = line.offset + line.length;
        if line.read.is_ok() { sound += 1 } else { odd += 1 }
    }
    assert_eq!(sound, loaded.records.len() + findings.repeated + findings.conflicts.len());
    assert_eq!(odd, findings.damaged + usize::from(findings.torn.is_some()));
    assert!(findings.places.len() <= findings.damaged);
    assert!(findings.newer <= loaded.records.len());
    assert!(usize::try_from(loaded.length).is_ok_and(|length| length <= journal.len()));
    assert!(findings.words().iter().all(|words| !words.contains(acts)), "{findings:?}");
}

/// What is appended as the writer does it is found again, beside all that was there.
fn takes_one_more(journal: &[u8], loaded: &Loaded) {
    let more = good_record(3);
    let feed: &[u8] = if loaded.ended { b"" } else { b"\n" };
    let after = [journal, feed, more.line().as_bytes(), b"\n"].concat();
    let read: Vec<Record> = scan(&after, 0).filter_map(|line| line.read.ok()).collect();
    assert_eq!(read.last(), Some(&more));
    let before = scan(journal, 0).filter_map(|line| line.read.ok());
    assert!(before.eq(read[..read.len() - 1].iter().cloned()), "appending changed what stood there");
}

fn ledger_of(records: impl IntoIterator<Item = Record>) -> Ledger {
    let mut ledger = Ledger::default();
    ledger.extend(records);
    ledger
}

/// The fold, which is the same for the records in any order, and for records that were written again.
fn folds_in_any_order(records: &[Record], ledger: &Ledger) -> Fold {
    let folded = Fold::of(ledger);
    let mut backwards = Ledger::default();
    for record in records.iter().rev() {
        backwards.insert(record.clone());
    }
    assert_eq!(Fold::of(&backwards).incident(), folded.incident());
    for record in records {
        super::line::reads_the_same_when_written_again(record.line().as_bytes());
    }
    folded
}

/// Everything that is shown of an incident can be shown, and nothing of it acts.
pub fn can_be_told(ledger: &Ledger, folded: &Fold, now: Instant) {
    let incident = folded.incident();
    let teller = Teller { incident, ledger, now };
    for record in ledger.records() {
        if let Some(change) = record.change() {
            let words = teller.words(change);
            assert!(!words.told(60).contains(acts), "{words:?}");
        }
    }
    let entries = incident.timeline.iter().map(|entry| Item::Entry(entry.id));
    let hypotheses = incident.hypotheses.iter().map(|h| Item::Hypothesis(h.subject.clone()));
    let actions = incident.actions.iter().map(|action| Item::Action(action.id));
    for item in entries.chain(hypotheses).chain(actions) {
        assert!(history::of(ledger, &item).len() <= ledger.records().len());
    }
    let report = markdown::render(&Outline::of(incident));
    assert!(!report.contains(|c| acts(c) && c != '\n'), "{report:?}");
    let _ = Phases::of(incident, now);
}

/// The snapshot of a state gives that very state.
fn comes_back_from_its_snapshot(incident: &Incident) {
    let writers = BTreeMap::from([(Writer::from_bits(7), 7)]);
    let last = incident.journal.last;
    let seen = Seen { length: 7, tail_crc: 0x0a, writers, last, ..Seen::default() };
    let text = snapshot::text(incident, &seen);
    assert!(text.is_ok(), "{text:?}");
    let text = text.unwrap_or_default();
    assert!(!text.contains(|c| acts(c) && c != '\n'), "{text:?}");
    let read = snapshot::parse(text.as_bytes());
    assert_eq!(read, Ok(Snapshot { incident: Some(incident.clone()), seen }), "{text}");
}

/// What the journal lacks of a snapshot comes back, as lines that can be read, and does so once.
fn is_restored_once(snapshot: &Snapshot, has: &Ledger) {
    let mut ledger = has.clone();
    let newest = ledger.records().last().map(|record| record.stamp);
    let mut clock = Hlc::new(Writer::from_bits(9));
    let now = newest.map_or(Instant::UNIX_EPOCH, |stamp| stamp.instant());
    clock.observe_local(newest, now);
    for change in store::lost(snapshot, has, Fold::of(has).incident()) {
        let record: Record = Stamped {
            stamp: clock.stamp(now),
            by: "alice".into(),
            from: None,
            wall: None,
            over: None,
            after: None,
            body: change.into(),
        }
        .into();
        super::line::reads_the_same_when_written_again(record.line().as_bytes());
        ledger.insert(record);
    }
    let folded = Fold::of(&ledger);
    let again = store::lost(snapshot, &ledger, folded.incident());
    assert_eq!(again, [], "restored twice");
    can_be_told(&ledger, &folded, now);
}
