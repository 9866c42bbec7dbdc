//! A long journal: what is said in passing costs little, and nothing of what is promised.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tempfile::TempDir;
use warroom::session::{Opening, Session, peek};

use super::archive::long;
use super::stage::Fixed;
use super::store::says;

/// So many that `incident.json` is not read whole where that is not needed.
const ENTRIES: usize = 12_000;

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
        let clock = Arc::new(Fixed::default());
        let opening = Opening { by: "alice".into(), clock, rescue: self.house.path().join("rescue"), stays };
        Session::open(&self.folder, opening, || {}).unwrap()
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
    let now = fs::read_to_string(kept.file("incident.json")).unwrap();
    assert!(now.contains("hardly anything is missing") && now.contains("said in a room"));
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
