//! Frozen files: folders as earlier versions wrote them open for ever, and say what they said then.
//!
//! A folder below `tests/data/v*` is never changed. It holds a journal, its snapshot, and as `expected.json` what
//! `warroom show --json` printed. A change that no folder has yet (the macro below does not compile without its name) comes
//! in a new folder, `v1-WHAT`: a journal in which it occurs, made by running the program.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use tempfile::TempDir;
use warroom::log::{Body, Change, Fold, Hlc, Ledger, Record, Restored, Stamped};
use warroom::model::{Incident, Writer};
use warroom::store::{self, Findings, JOURNAL, Loaded, SNAPSHOT};

/// What `warroom show --json` printed when the folder was frozen.
const EXPECTED: &str = "expected.json";

/// Names the variants of an enum: all of them, or it does not compile.
macro_rules! kinds {
    ($all:ident, $name:ident: $of:ident { $($kind:ident),* $(,)? }) => {
        const $all: &[&str] = &[$(stringify!($kind)),*];

        fn $name(one: &$of) -> &'static str {
            match one {
                $($of::$kind { .. } => stringify!($kind),)*
            }
        }
    };
}

kinds!(CHANGES, change_name: Change {
    IncidentCreated, TitleSet, SeveritySet, StatusSet, ZoneSet, ClockSet, MilestoneSet, MilestoneCleared, FactSet,
    FactCleared, ItemAdded, AffectedAdded, LinkAdded, NoteAdded, ItemStruck, ItemChanged, ListCleared, RoleTaken, RoleCleared,
    UpdateSent, CadenceSet, DecisionMade, Attached, EntryAdded,
    AlertReported, CommandStarted, CommandEnded, EntryTextChanged, EntryTimeChanged, EntryStruck, EntryUnstruck,
    EntryStarred, EntryUnstarred, HypothesisRaised, HypothesisTested, EvidenceAdded, HypothesisRuledOut,
    HypothesisConfirmed, HypothesisParked, HypothesisReopened, ActionAdded, ActionChanged, ActionDone, ActionDropped, ActionReopened,
    Undone, Redone, Purged, Restored, Joined, Merged, MergedInto, Imported,
});

kinds!(RESTORED, restored_name: Restored { Facts, Entry, Hypothesis, Action });

/// The frozen folders, by name.
fn frozen() -> Vec<PathBuf> {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    let folders = fs::read_dir(data).unwrap().map(|entry| entry.unwrap().path());
    let is_frozen = |path: &PathBuf| path.file_name().unwrap().to_string_lossy().starts_with('v');
    let mut folders: Vec<_> = folders.filter(is_frozen).collect();
    folders.sort();
    assert!(!folders.is_empty());
    folders
}

/// A copy of some files of a folder, which may be opened.
fn copy(folder: &Path, names: &[&str]) -> TempDir {
    let copy = tempfile::tempdir().unwrap();
    for name in names {
        fs::copy(folder.join(name), copy.path().join(name)).unwrap();
    }
    copy
}

fn ledger(records: &[Record]) -> Ledger {
    let mut ledger = Ledger::default();
    assert_eq!(ledger.extend(records.iter().cloned()), 0, "conflicts");
    ledger
}

fn fold(records: &[Record]) -> Incident {
    Fold::of(&ledger(records)).incident().clone()
}

fn expected(folder: &Path) -> Value {
    serde_json::from_slice(&fs::read(folder.join(EXPECTED)).unwrap()).unwrap()
}

/// Whether an incident says all that was expected of it; a later version may say more.
#[track_caller]
fn says(incident: &Incident, expected: &Value) {
    let mut differences = Vec::new();
    compare("", &serde_json::to_value(incident).unwrap(), expected, &mut differences);
    assert!(differences.is_empty(), "{differences:#?}");
}

fn compare(path: &str, is: &Value, was: &Value, differences: &mut Vec<String>) {
    match (is, was) {
        (Value::Object(is), Value::Object(was)) => {
            for (key, was) in was {
                compare(&format!("{path}/{key}"), is.get(key).unwrap_or(&Value::Null), was, differences);
            }
        }
        (Value::Array(is), Value::Array(was)) if is.len() == was.len() => {
            for (at, (is, was)) in is.iter().zip(was).enumerate() {
                compare(&format!("{path}/{at}"), is, was, differences);
            }
        }
        (is, was) if is == was => {}
        (is, was) => differences.push(format!("{path} is {is}, and was {was}")),
    }
}

/// Without what tells of the journal itself.
fn without_journal(mut expected: Value) -> Value {
    expected.as_object_mut().unwrap().remove("journal");
    expected
}

fn sound(loaded: &Loaded, folder: &Path) {
    assert_eq!(loaded.findings, Findings::default(), "{}", folder.display());
    assert!(loaded.ended, "{}", folder.display());
}

#[test]
fn a_frozen_folder_opens_and_says_what_it_said() {
    for folder in frozen() {
        let expected = expected(&folder);
        let copy = copy(&folder, &[JOURNAL, SNAPSHOT]);
        let loaded = store::read(copy.path()).unwrap();
        sound(&loaded, &folder);
        assert_eq!(ledger(&loaded.records).count(), expected["journal"]["records"].as_u64().unwrap());
        assert_eq!(loaded.length, fs::metadata(folder.join(JOURNAL)).unwrap().len());
        assert!(loaded.records.iter().all(|record| matches!(record.body, Body::Known(_))));
        says(&fold(&loaded.records), &expected);
        assert!(loaded.snapshot_fits);
        let snapshot = store::snapshot::parse(&fs::read(folder.join(SNAPSHOT)).unwrap()).unwrap();
        says(snapshot.incident.as_ref().unwrap(), &expected);
        let all = ledger(&loaded.records);
        assert_eq!(store::lost(&snapshot, &all, Fold::of(&all).incident()), []);
        for name in [JOURNAL, SNAPSHOT] {
            let read = |folder: &Path| fs::read(folder.join(name)).unwrap();
            assert_eq!(read(copy.path()), read(&folder), "reading wrote {name}");
        }
    }
}

#[test]
fn the_journal_alone_brings_a_frozen_folder_back() {
    for folder in frozen() {
        let copy = copy(&folder, &[JOURNAL]);
        let loaded = store::read(copy.path()).unwrap();
        sound(&loaded, &folder);
        says(&fold(&loaded.records), &expected(&folder));
    }
}

#[test]
fn the_snapshot_alone_brings_a_frozen_folder_back() {
    for folder in frozen() {
        let copy = copy(&folder, &[SNAPSHOT]);
        let loaded = store::read(copy.path()).unwrap();
        assert!(loaded.findings.journal_missing && loaded.records.is_empty());
        let lost = store::lost(&loaded.snapshot.unwrap(), &Ledger::default(), &Incident::default());
        let mut clock = Hlc::new(Writer::from_bits(1));
        let record = |change: Change| {
            let stamp = clock.stamp(warroom::model::Instant::UNIX_EPOCH);
            let record: Record = Stamped {
                stamp,
                by: "alice".into(),
                from: None,
                wall: None,
                over: None,
                after: None,
                body: change.into(),
            }
            .into();
            Record::read(record.line().as_bytes()).unwrap()
        };
        let records: Vec<Record> = lost.into_iter().map(record).collect();
        says(&fold(&records), &without_journal(expected(&folder)));
    }
}

#[test]
fn a_frozen_record_is_written_again_in_the_same_bytes() {
    for folder in frozen() {
        let journal = fs::read_to_string(folder.join(JOURNAL)).unwrap();
        for line in journal.lines() {
            assert_eq!(Record::read(line.as_bytes()).unwrap().line(), line, "{}", folder.display());
        }
    }
}

#[test]
fn every_change_there_is_stands_in_a_frozen_folder() {
    let mut seen = BTreeSet::new();
    for folder in frozen() {
        for record in store::read(copy(&folder, &[JOURNAL]).path()).unwrap().records {
            let change = record.change().unwrap();
            seen.insert(change_name(change));
            if let Change::Restored(restored) = change {
                seen.insert(restored_name(restored));
            }
        }
    }
    let missing: Vec<_> = CHANGES.iter().chain(RESTORED).filter(|name| !seen.contains(*name)).collect();
    assert!(
        missing.is_empty(),
        "no frozen folder has {missing:?}: make a new one beside tests/data/v1 that has"
    );
}
