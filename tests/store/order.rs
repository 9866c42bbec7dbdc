//! The order in which the store calls the system, seen by strace: nothing is promised before it is durable, and nobody is
//! waited for without a limit. What a power cut leaves cannot be tried in a test; that these calls come in this order can.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use regex::Regex;
use warroom::store::examine::mend::append_found;
use warroom::store::{self, JOURNAL, LOCK, Origin, SNAPSHOT};

use super::faults::traced;
use super::{LONG, entry, fold, folder_with, journal_of, open, records, until_saved, with_snapshot};

/// The folder that a part makes when what it did has returned.
const RETURNED: &str = "returned";

/// Does what [`what_was_promised`] looks at; false where there is no such part.
pub(super) fn play(part: &str, folder: &Path) -> bool {
    match part {
        "create" => drop(store::create(&folder.join("data/incidents"), "made", &records(2)).unwrap()),
        "create-at" => drop(store::create_at(&folder.join("given"), &records(2)).unwrap()),
        "rescue" => {
            drop(
                store::rescue(
                    &folder.join("state/rescue"),
                    &Origin::of("made", &folder),
                    (&records(3), &[]),
                    None,
                )
                .unwrap(),
            );
        }
        "snapshot" => {
            let (writer, _told) = open(folder);
            writer.write_snapshot(Arc::new(fold(&records(2))));
            assert_eq!(writer.finish(LONG), []);
        }
        "append" => {
            let (writer, told) = open(folder);
            writer.append(vec![entry(1, 3)]);
            until_saved(&told, 1);
            assert_eq!(writer.finish(LONG), []);
        }
        "put-back" => append_found(folder, &[entry(1, 3)]).unwrap(),
        _ => return false,
    }
    fs::create_dir(folder.join(RETURNED)).unwrap();
    true
}

/// One call: its name and the paths it is about.
#[derive(Debug)]
struct Call {
    name: String,
    paths: Vec<String>,
}

impl Call {
    fn is_sync_of(&self, path: &str) -> bool {
        matches!(self.name.as_str(), "fsync" | "fdatasync") && self.paths == [path]
    }

    /// The name that it puts into a folder, if it does.
    fn new_name(&self) -> Option<&str> {
        let makes = self.name.starts_with("rename") || self.name.starts_with("mkdir");
        self.paths.last().filter(|_| makes).map(String::as_str)
    }
}

/// The calls of a log that succeeded.
fn calls(log: &str) -> Vec<Call> {
    // `17 renameat2(4</a>, "b", 4</a>, "c", RENAME_NOREPLACE) = 0`: what stands behind a folder is a name in it.
    let line = Regex::new(r"^\d+ +(\w+)\((.*)\) += \d").unwrap();
    let argument = Regex::new(r#"<([^>]*)>|"([^"]*)""#).unwrap();
    let call = |text: &str| {
        let found = line.captures(text)?;
        let mut paths: Vec<String> = Vec::new();
        let mut folder = None;
        for argument in argument.captures_iter(&found[2]) {
            match (argument.get(1), argument.get(2), folder.take()) {
                (Some(open), ..) => {
                    folder = Some(paths.len());
                    paths.push(open.as_str().to_owned());
                }
                (None, Some(name), Some(at)) if !name.is_empty() => {
                    let path = Path::new(&paths[at]).join(name.as_str());
                    paths[at] = path.to_string_lossy().into_owned();
                }
                (None, Some(path), None) => paths.push(path.as_str().to_owned()),
                _ => {}
            }
        }
        Some(Call { name: found[1].to_owned(), paths })
    };
    log.lines().filter_map(call).collect()
}

/// The calls of a part that make names and write or sync content, up to where it has returned.
fn what_was_promised(part: &str, folder: &Path) -> Vec<Call> {
    let names = "trace=rename,renameat,renameat2,mkdir,mkdirat,write,fsync,fdatasync";
    let log = traced(part, folder, &["-s", "0", "-e", names]);
    let home = folder.to_string_lossy().into_owned();
    let mut calls = calls(&log);
    calls.retain(|call| call.paths.iter().all(|path| path.starts_with(&home)));
    let returned = format!("{home}/{RETURNED}");
    let end = calls.iter().position(|call| call.new_name() == Some(&returned));
    calls.truncate(end.unwrap_or_else(|| panic!("{part} did not return:\n{log}")));
    calls
}

/// Each name is durable, and so is what it stands for, before it gets the name.
fn assert_durable(part: &str, folder: &Path) {
    let calls = what_was_promised(part, folder);
    let folder_of = |path: &str| Path::new(path).parent().unwrap().to_string_lossy().into_owned();
    let is_synced = |calls: &[Call], path: &str| calls.iter().any(|call| call.is_sync_of(path));
    let mut renamed = 0;
    for (at, call) in calls.iter().enumerate() {
        let Some(name) = call.new_name() else { continue };
        assert!(is_synced(&calls[at..], &folder_of(name)), "{part}: {name} may go: {calls:#?}");
        let [from, _] = call.paths.as_slice() else { continue };
        renamed += 1;
        let inside = |call: &Call| call.name == "write" && Path::new(&call.paths[0]).starts_with(from);
        let last = calls[..at].iter().rposition(inside);
        let last = last.unwrap_or_else(|| panic!("{part}: {name} is empty: {calls:#?}"));
        let (file, before) = (&calls[last].paths[0], &calls[last..at]);
        assert!(is_synced(before, file), "{part}: {file} may be empty: {calls:#?}");
        let in_folder = file != from;
        assert!(!in_folder || is_synced(before, from), "{part}: {file} may be missing: {calls:#?}");
    }
    assert_eq!(renamed, 1, "{part}: {calls:#?}");
}

#[test]
#[ignore = "needs strace"]
fn a_new_incident_is_durable_before_its_creation_returns() {
    for part in ["create", "create-at"] {
        let home = tempfile::tempdir().unwrap();
        fs::create_dir(home.path().join("given")).unwrap();
        assert_durable(part, home.path());
    }
}

#[test]
#[ignore = "needs strace"]
fn a_snapshot_is_durable_before_it_counts_as_written() {
    let (_root, folder) = folder_with(&journal_of(&records(2)));
    assert_durable("snapshot", &folder);
    assert!(store::read(&folder).unwrap().snapshot_fits);
}

#[test]
#[ignore = "needs strace"]
fn a_rescue_file_is_durable_before_it_is_named_to_a_person() {
    let home = tempfile::tempdir().unwrap();
    assert_durable("rescue", home.path());
}

#[test]
#[ignore = "needs strace"]
fn a_journal_that_was_missing_is_a_durable_name_before_records_go_into_it() {
    let (_root, folder) = folder_with(&journal_of(&records(2)));
    with_snapshot(&folder, &records(2));
    fs::remove_file(folder.join(JOURNAL)).unwrap();
    let calls = what_was_promised("append", &folder);
    let told: Vec<_> = calls.iter().map(|c| format!("{} {}", c.name, c.paths.join(" "))).collect();
    let (here, journal) = (folder.display(), folder.join(JOURNAL));
    let journal = journal.display();
    let wanted = ["fsync", "write", "fdatasync"].map(|call| format!("{call} {journal}"));
    let [made, written, synced] = wanted;
    assert_eq!(told, [made, format!("fsync {here}"), written, synced]);
    assert!(folder.join(SNAPSHOT).is_file());
}

#[test]
#[ignore = "needs strace"]
fn what_is_put_back_is_durable_before_that_is_said() {
    let (_root, folder) = folder_with(&journal_of(&records(2)));
    let journal = folder.join(JOURNAL);
    let told: Vec<_> = what_was_promised("put-back", &folder)
        .into_iter()
        .filter(|call| call.paths == [journal.to_string_lossy()])
        .map(|call| call.name)
        .collect();
    assert_eq!(told, ["write", "fdatasync"]);
    assert_eq!(store::read(&folder).unwrap().records, records(3));
}

#[test]
#[ignore = "needs strace"]
fn the_lock_is_asked_for_without_waiting_and_held_until_what_was_written_is_durable() {
    let (_root, folder) = folder_with(&journal_of(&records(2)));
    let path = |name| folder.join(name).to_string_lossy().into_owned();
    let log = traced(
        "three",
        &folder,
        &["-P", &path(JOURNAL), "-P", &path(LOCK), "-e", "trace=flock,fcntl,write,fdatasync"],
    );
    let what =
        Regex::new(r"(?m)^\d+ +(write|fdatasync|flock\(.*, (LOCK_\w+(\|LOCK_\w+)*)|fcntl\(.*LK)").unwrap();
    let calls: Vec<_> = what
        .captures_iter(&log)
        .map(|found| found.get(2).unwrap_or_else(|| found.get(1).unwrap()).as_str().to_owned())
        .collect();
    let once = ["LOCK_EX|LOCK_NB", "write", "fdatasync", "LOCK_UN"];
    assert_eq!(calls, once.repeat(3), "{log}");
}

#[test]
#[ignore = "needs strace"]
fn the_journal_is_opened_to_append_and_never_through_a_link() {
    let (_root, folder) = folder_with(&journal_of(&records(2)));
    let log = traced("three", &folder, &["-e", "trace=open,openat,openat2,creat"]);
    let name = format!("\"{JOURNAL}\"");
    let opened: Vec<_> = log.lines().filter(|line| line.contains(&name)).collect();
    assert!(opened.iter().any(|line| line.contains("O_RDWR")), "{log}");
    for line in opened {
        assert!(line.contains("O_NOFOLLOW") && !line.contains("O_TRUNC"), "{line}");
        assert!(line.contains("O_RDONLY") || line.contains("O_APPEND"), "{line}");
    }
}
