//! The disk: what is read from damaged folders, what comes back from the snapshot, and what the writer does when the
//! ground moves under it.

mod company;
mod copies;
pub mod faults;
mod folders;
mod order;
mod reading;
mod snapshots;
mod writing;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use tempfile::TempDir;
use warroom::log::{Change, Fold, Ledger, Record, Stamp, Stamped};
use warroom::model::{Clock, EntryKind, Incident, Writer as Name, Zone};
use warroom::store::{self, JOURNAL, Origin, Report, SNAPSHOT, Setup, Standing, Writer};

/// Long enough that only a hang reaches it.
pub const LONG: Duration = Duration::from_secs(60);

pub fn stamp(writer: u64, n: u64) -> Stamp {
    let ms = 1_700_000_000_000 + n * 10 + writer;
    Stamp { ms, counter: 0, writer: Name::from_bits(writer), n }
}

pub fn record(writer: u64, n: u64, change: Change) -> Record {
    Stamped {
        stamp: stamp(writer, n),
        by: "alice".into(),
        from: None,
        wall: None,
        over: None,
        after: None,
        body: change.into(),
    }
    .into()
}

pub fn founding() -> Record {
    let (id, title) = ("2024-08-10-checkout".into(), "Checkout is down".into());
    // As it is read from a journal.
    let zone = Zone::read("UTC", None).unwrap();
    record(1, 1, Change::IncidentCreated { id, title, zone, severity: Some(2), clock: Clock::H24 })
}

pub fn says(text: &str) -> Change {
    let (tags, people) = (vec!["db".into()], Vec::new());
    Change::EntryAdded { text: text.into(), tags, people, kind: EntryKind::Note, when: None }
}

pub fn entry(writer: u64, n: u64) -> Record {
    record(writer, n, says(&format!("entry {n} of {writer}")))
}

/// The record that founds an incident, and `count - 1` entries.
pub fn records(count: u64) -> Vec<Record> {
    let entries = (2..=count).map(|n| entry(1, n));
    std::iter::once(founding()).chain(entries).collect()
}

pub fn journal_of(records: &[Record]) -> Vec<u8> {
    records.iter().flat_map(|r| (r.line() + "\n").into_bytes()).collect()
}

pub fn ledger(records: &[Record]) -> Ledger {
    let mut ledger = Ledger::default();
    ledger.extend(records.iter().cloned());
    ledger
}

pub fn fold(records: &[Record]) -> Incident {
    Fold::of(&ledger(records)).incident().clone()
}

/// A folder with these bytes as its journal.
pub fn folder_with(journal: &[u8]) -> (TempDir, PathBuf) {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("incident");
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(folder.join(JOURNAL), journal).unwrap();
    (root, folder)
}

pub fn texts(records: &[Record]) -> Vec<String> {
    let text = |r: &Record| match r.change() {
        Some(Change::EntryAdded { text, .. }) => Some(text.as_typed().to_owned()),
        _ => None,
    };
    records.iter().filter_map(text).collect()
}

/// Who writes, for a moment; copies go beside the folder.
pub fn setup(folder: &Path) -> Setup {
    let standing = Standing::Local("a disk".to_owned());
    let rescue = folder.with_file_name("rescue");
    let origin = Origin::of("x", folder);
    Setup { by: "alice".into(), origin, stays: false, rescue, standing, shared: None, after_failure: false }
}

/// A writer with what it reports.
pub fn open(folder: &Path) -> (Writer, Receiver<Report>) {
    open_as(folder, setup(folder))
}

pub fn open_as(folder: &Path, setup: Setup) -> (Writer, Receiver<Report>) {
    let loaded = store::read(folder).unwrap();
    let (tell, told) = channel();
    let writer = Writer::start(folder, loaded, setup, move |report| drop(tell.send(report))).unwrap();
    (writer, told)
}

/// Waits for the report that `wanted` finds something in.
pub fn until<T>(told: &Receiver<Report>, mut wanted: impl FnMut(&Report) -> Option<T>) -> T {
    loop {
        let report = told.recv().unwrap();
        if let Some(found) = wanted(&report) {
            return found;
        }
    }
}

pub fn until_saved(told: &Receiver<Report>, count: usize) {
    until(told, |report| match report {
        Report::Saved { through } if *through >= count => Some(()),
        _ => None,
    });
}

/// Waits for the report that something is not saved, which has to come before any that something is.
pub fn until_not_saved(told: &Receiver<Report>) -> (usize, String) {
    until(told, |report| match report {
        Report::NotSaved { waiting, reason, .. } => Some((*waiting, reason.clone())),
        Report::Saved { through } => panic!("{through} were said to be saved"),
        _ => None,
    })
}

/// Writes the snapshot of these records, which the folder's journal has to hold.
pub fn with_snapshot(folder: &Path, records: &[Record]) {
    let (writer, _told) = open(folder);
    writer.write_snapshot(Arc::new(fold(records)));
    assert_eq!(writer.finish(LONG), []);
    assert!(folder.join(SNAPSHOT).is_file());
}
