//! A long journal: what is said in passing costs little, and nothing of what is promised.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Arc;
use std::thread;

use tempfile::TempDir;
use warroom::log::{Change, Record, Stamp, Stamped};
use warroom::session::{self, Added, Opening, Session, peek};
use warroom::store;

use super::archive::long;
use super::stage::Fixed;
use super::store::says;

/// So many that `incident.json` is not read whole where that is not needed.
const ENTRIES: usize = 12_000;

/// How often it is looked whether something has been written.
const ROUNDS: usize = 100_000;

struct Kept {
    house: TempDir,
    folder: PathBuf,
}

impl Kept {
    fn new() -> Self {
        let house = tempfile::tempdir().unwrap();
        let folder = house.path().join("long");
        fs::create_dir(&folder).unwrap();
        fs::write(folder.join("journal.jsonl"), long::journal(ENTRIES)).unwrap();
        Self { house, folder }
    }

    fn open(&self, stays: bool) -> Session {
        Session::open(&self.folder, self.opening(stays), || {}).unwrap()
    }

    fn says(&self, text: &str, stays: bool) {
        let mut session = self.open(stays);
        session.commit(says(text)).unwrap();
        session.flush(|_| {}).unwrap();
        session.finish().unwrap();
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    fn texts(&self) -> Vec<String> {
        texts(&self.folder)
    }

    /// Waits until `incident.json` says this: leaving waits for it only so long, and on a slow machine it comes later.
    fn until_in_snapshot(&self, text: &str) -> String {
        for _ in 0..ROUNDS {
            let written = fs::read_to_string(self.file("incident.json")).unwrap_or_default();
            if written.contains(text) {
                return written;
            }
            thread::yield_now();
        }
        panic!("{text:?} never came into incident.json");
    }

    fn opening(&self, stays: bool) -> Opening {
        let clock = Arc::new(Fixed::default());
        Opening { by: "alice".into(), clock, rescue: self.house.path().join("rescue"), stays }
    }

    fn journal(&self) -> Vec<u8> {
        fs::read(self.file("journal.jsonl")).unwrap()
    }

    fn add(&self, text: &str) -> Added {
        session::add(&self.folder, &self.opening(false), says(text))
    }
}

fn texts(folder: &Path) -> Vec<String> {
    let timeline = peek(folder, None).unwrap().incident.timeline;
    timeline.iter().map(|entry| entry.text.as_typed().to_owned()).collect()
}

#[test]
fn who_adds_a_line_and_goes_leaves_a_fresh_snapshot_as_it_is() {
    let kept = Kept::new();
    kept.says("there was no snapshot", false);
    let written = fs::read(kept.file("incident.json")).unwrap();
    kept.says("hardly anything is missing", false);
    assert_eq!(fs::read(kept.file("incident.json")).unwrap(), written);
    assert!(kept.texts().contains(&"hardly anything is missing".to_owned()));
    // A room leaves one that has everything.
    kept.says("said in a room", true);
    let now = kept.until_in_snapshot("said in a room");
    assert!(now.contains("hardly anything is missing"));
}

#[test]
fn a_room_that_was_only_looked_at_writes_what_was_left_behind() {
    let kept = Kept::new();
    kept.says("there was no snapshot", false);
    kept.says("it was left behind", false);
    kept.open(true).finish().unwrap();
    kept.until_in_snapshot("it was left behind");
}

#[test]
fn what_a_long_snapshot_has_and_the_journal_lacks_comes_back() {
    let kept = Kept::new();
    kept.says("only the snapshot has this", true);
    let journal = fs::read(kept.file("journal.jsonl")).unwrap();
    let last = journal[..journal.len() - 1].iter().rposition(|byte| *byte == b'\n').unwrap();
    fs::write(kept.file("journal.jsonl"), &journal[..=last]).unwrap();
    assert!(kept.texts().contains(&"only the snapshot has this".to_owned()));
    kept.open(true).finish().unwrap();
    fs::remove_file(kept.file("incident.json")).unwrap();
    assert!(kept.texts().contains(&"only the snapshot has this".to_owned()), "it was put back");
}

/// A long incident with a fresh snapshot.
fn fresh() -> Kept {
    let kept = Kept::new();
    kept.says("there was no snapshot", false);
    kept
}

#[test]
fn one_note_is_added_without_reading_what_stands_before_the_end() {
    let kept = fresh();
    let mut before = kept.journal();
    // Seen by whoever reads all of it.
    let middle = before.len() / 2;
    before[middle] = b'\0';
    fs::write(kept.file("journal.jsonl"), &before).unwrap();
    let snapshot = fs::read(kept.file("incident.json")).unwrap();
    assert!(matches!(kept.add("said in passing"), Added::Saved(_)));
    let after = kept.journal();
    assert_eq!(after[..before.len()], before);
    assert!(after.ends_with(b"\n") && !after[before.len()..after.len() - 1].contains(&b'\n'));
    assert_eq!(fs::read(kept.file("incident.json")).unwrap(), snapshot);
    let loaded = store::read(&kept.folder).unwrap();
    assert_eq!(loaded.findings.damaged, 1);
    let (last, others) = loaded.records.split_last().unwrap();
    assert!(others.iter().all(|record| record.stamp < last.stamp), "it comes after all others");
    assert!(kept.texts().contains(&"said in passing".to_owned()));
}

#[test]
fn what_is_added_at_once_by_many_is_all_there_once() {
    let kept = fresh();
    let add =
        |by: usize| (0..10).for_each(|n| assert!(matches!(kept.add(&format!("{by}/{n}")), Added::Saved(_))));
    thread::scope(|scope| {
        for by in 0..8 {
            scope.spawn(move || add(by));
        }
    });
    let mut said = kept.texts();
    said.retain(|text| text.contains('/') && text.len() == 3);
    said.sort();
    let expected: Vec<String> = (0..8).flat_map(|by| (0..10).map(move |n| format!("{by}/{n}"))).collect();
    assert_eq!(said, expected);
}

#[test]
fn where_something_is_to_be_told_or_mended_nothing_is_added_in_passing() {
    let kept = fresh();
    let (journal, snapshot) = (kept.journal(), fs::read(kept.file("incident.json")).unwrap());
    let untried = |why: &str, journal: &[u8], snapshot: Option<&[u8]>| {
        fs::write(kept.file("journal.jsonl"), journal).unwrap();
        match snapshot {
            Some(snapshot) => fs::write(kept.file("incident.json"), snapshot).unwrap(),
            None => fs::remove_file(kept.file("incident.json")).unwrap(),
        }
        assert!(matches!(kept.add("in passing"), Added::Untried), "{why}");
        assert_eq!(kept.journal(), journal, "{why}");
    };
    untried("no snapshot", &journal, None);
    untried("cut", &journal[..journal.len() - 400], Some(&snapshot));
    untried("a torn end", &[&journal[..], b"{\"v\":1,"].concat(), Some(&snapshot));
    untried("a damaged line", &[&journal[..], b"{}\n"].concat(), Some(&snapshot));
    let other = String::from_utf8(journal.clone()).unwrap().replace("alice", "carol");
    untried("another journal", other.as_bytes(), Some(&snapshot));
    untried("short", &journal[..journal.len() / 20], Some(&snapshot));
    let rescue = kept.house.path().join("rescue");
    fs::create_dir_all(&rescue).unwrap();
    fs::write(rescue.join("long-1.jsonl"), &journal[..300]).unwrap();
    untried("a rescue file", &journal, Some(&snapshot));
    fs::remove_file(rescue.join("long-1.jsonl")).unwrap();
    assert!(matches!(kept.add("in passing"), Added::Saved(_)));
}

#[test]
fn an_incident_that_is_part_of_another_one_says_so_first() {
    let kept = fresh();
    let merged = |stays: bool| {
        let mut session = kept.open(stays);
        session.commit(Change::MergedInto { incident: "2024-10-05-payments".into() }).unwrap();
        session.flush(|_| {}).unwrap();
        session.finish().unwrap();
    };
    merged(false);
    assert!(matches!(kept.add("it is behind the snapshot"), Added::Untried));
    merged(true);
    kept.until_in_snapshot("merged_into");
    assert!(matches!(kept.add("it is in the snapshot"), Added::Untried));
}

#[test]
fn more_than_a_twentieth_behind_the_snapshot_nothing_is_added_in_passing() {
    let kept = fresh();
    let long = "x".repeat(kept.journal().len() / 20 / 4);
    let added = (0..6).map(|_| kept.add(&long)).take_while(|added| matches!(added, Added::Saved(_))).count();
    assert_eq!(added, 5);
}

#[test]
fn what_could_not_be_added_is_saved_once_all_is_read() {
    let kept = fresh();
    let end = store::read_end(&kept.folder).unwrap();
    // Another file takes its place, as when it is put back from a copy.
    let journal = kept.journal();
    fs::write(kept.file("copy"), &journal).unwrap();
    fs::rename(kept.file("copy"), kept.file("journal.jsonl")).unwrap();
    fs::write(kept.file("journal.jsonl"), &journal[..journal.len() / 2]).unwrap();
    let cut = kept.journal();
    let last = end.snapshot.as_ref().unwrap().seen.last.unwrap();
    let stamp = Stamp { n: last.n + 1, ..last };
    let body = says("twice at most").into();
    let record: Record =
        Stamped { stamp, by: "alice".into(), from: None, wall: None, over: None, after: None, body }.into();
    let setup = super::store::setup(&kept.folder);
    assert!(!store::add(&kept.folder, end, setup, record.clone()));
    assert_eq!(kept.journal(), cut, "who has not read it all puts nothing back");
    let mut session = Session::open_with(&kept.folder, kept.opening(false), Some(record)).unwrap();
    session.flush(|_| {}).unwrap();
    assert_eq!(session.saving().saved, 1);
    session.finish().unwrap();
    let said = kept.texts().into_iter().filter(|text| text == "twice at most").count();
    assert_eq!(said, 1);
}

/// `warroom say` under strace, with this injected into a kind of call on the journal.
fn said_with(kept: &Kept, call: &str, inject: &str) -> Output {
    let mut command = Command::new("strace");
    command.args(["-f", "-qq", "-o"]).arg(kept.house.path().join("trace"));
    command.arg("-P").arg(kept.file("journal.jsonl"));
    command.args(["-e", &format!("trace={call}"), "-e", &format!("inject={call}:{inject}")]);
    command.args(["--", env!("CARGO_BIN_EXE_warroom"), "say", "-i"]).arg(&kept.folder).arg("said once");
    command
        .env_clear()
        .env("HOME", kept.house.path())
        .env("PATH", "/usr/bin:/bin")
        .env("WARROOM_NAME", "alice");
    command.output().unwrap()
}

#[test]
#[ignore = "needs strace"]
fn a_call_that_fails_while_a_note_is_added_loses_and_doubles_nothing() {
    for (call, inject) in [
        ("write", "error=ENOSPC:when=1"),
        ("write", "error=EIO:when=1"),
        ("fdatasync", "error=EIO:when=1"),
        ("fdatasync", "error=ENOSPC:when=1"),
    ] {
        let kept = fresh();
        let before = kept.journal();
        let output = said_with(&kept, call, inject);
        assert!(output.status.success(), "{call} {inject}: {}", String::from_utf8_lossy(&output.stderr));
        let after = kept.journal();
        assert!(after.starts_with(&before), "{call} {inject}");
        // Behind what a failed sync may bring back as zeros, the same stands on a line of its own.
        let is_apart = String::from_utf8_lossy(&after[before.len()..]).contains("\n\n{");
        assert_eq!(is_apart, call == "fdatasync", "{call} {inject}");
        assert_eq!(kept.texts().iter().filter(|text| *text == "said once").count(), 1, "{call} {inject}");
        assert_eq!(store::read(&kept.folder).unwrap().findings.damaged, 0, "{call} {inject}");
    }
}

#[test]
#[ignore = "needs strace"]
fn who_is_killed_while_a_note_is_added_leaves_it_whole_or_not_at_all() {
    for call in ["pread64", "read", "lseek", "write", "fdatasync"] {
        let kept = fresh();
        let (before, said) = (kept.texts(), |texts: &[String]| texts.iter().any(|text| text == "said once"));
        let output = said_with(&kept, call, "signal=KILL:when=1");
        assert!(!output.status.success(), "{call} is never called");
        let texts = kept.texts();
        assert_eq!(texts.len() - usize::from(said(&texts)), before.len(), "{call}");
        // It dies before the call: what comes before the sync is written.
        assert_eq!(said(&texts), call == "fdatasync", "{call}");
        kept.says("and on", false);
        assert!(kept.texts().contains(&"and on".to_owned()), "{call}");
    }
}
