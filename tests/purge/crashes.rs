//! Killed at any moment, a purge leaves the old journal or the new one, whole.

use std::fs;
use std::process::Command;

use super::{SECRET, entries, folder, house, journal, nowhere, purged, refused, rescue};
use crate::support::House;

/// `warroom purge` under strace with these calls injected into.
fn traced(house: &House, options: &[&str]) -> std::process::Output {
    let log = house.path().join("trace");
    let mut command = Command::new("strace");
    command.args(["-f", "-qq", "-o"]).arg(log).args(options).arg("--");
    command.arg(env!("CARGO_BIN_EXE_warroom")).args(["purge", "last", "--yes", "--yes"]);
    command
        .env("HOME", house.path())
        .env("WARROOM_DATA_DIR", house.path().join("data"))
        .env("WARROOM_NAME", "alice")
        .env("TZ", "UTC")
        .stdin(std::process::Stdio::null());
    command.output().unwrap()
}

fn begin() -> House {
    let house = house();
    house.say(&format!("all fine\n{SECRET}\n"));
    fs::write(rescue(&house, "17"), journal(&house)).unwrap();
    house
}

#[test]
#[ignore = "needs strace"]
fn a_kill_at_any_call_leaves_a_journal_with_all_other_entries() {
    let (mut old, mut new) = (0, 0);
    // Those by which a purge changes something on the disk, or makes it durable.
    for call in ["write", "pwrite64", "fsync", "renameat", "unlinkat"] {
        for nth in 1.. {
            let house = begin();
            let before = journal(&house);
            let (trace, inject) = (format!("trace={call}"), format!("inject={call}:signal=KILL:when={nth}"));
            let killed = !traced(&house, &["-e", &trace, "-e", &inject]).status.success();
            let now = journal(&house);
            *(if now == before { &mut old } else { &mut new }) += 1;
            is_whole(&house, &before, &format!("{call} {nth}"));
            if !killed {
                assert!(nth > 1 || call == "unlinkat", "{call} is never called");
                break;
            }
        }
    }
    assert!(old > 5 && new > 10, "{old} before, {new} after");
}

fn is_whole(house: &House, before: &str, at: &str) {
    let now = journal(house);
    if now != before {
        assert!(!now.contains("tango") && now.ends_with("\"}\n"), "at {at}: {now}");
        let findings = warroom::store::read(&folder(house)).unwrap().findings;
        assert_eq!(findings.damaged + usize::from(findings.torn.is_some()), 0, "at {at}");
        assert!(!house.done(&["show", "--json"]).contains("tango"), "at {at}");
    }
    let kept = ["payments time out", "Suspected gateway: certificate", "all fine"];
    assert_eq!(entries(house)[..3], kept, "at {at}");
    // The next who opens it finishes what was begun; or it is done again.
    house.say("and on\n");
    if now == before {
        let id = super::stamp_of(house, "tango");
        purged(house, &id);
    }
    fs::remove_file(house.path().join("trace")).unwrap();
    assert_eq!(super::holding(house.path()), [] as [std::path::PathBuf; 0], "at {at}");
    assert_eq!(entries(house), [&kept[..], &["and on"]].concat(), "at {at}");
}

/// The how-many-eth of these calls is the one in whose line this stands, of those of its thread: so strace counts them.
fn number(call: &str, part: &str) -> usize {
    let house = begin();
    traced(&house, &["-y", "-e", &format!("trace={call}")]);
    let log = fs::read_to_string(house.path().join("trace")).unwrap();
    let at = log.lines().position(|line| line.contains(part)).unwrap_or_else(|| panic!("{part}: {log}"));
    let thread = |line: &str| line.split_whitespace().next().map(str::to_owned);
    let own = log.lines().nth(at).and_then(thread);
    log.lines().take(at + 1).filter(|line| thread(line) == own).count()
}

#[test]
#[ignore = "needs strace"]
fn a_disk_that_refuses_leaves_all_as_it_was() {
    for (call, error, said) in [
        ("renameat", "EROFS", "Read-only file system"),
        ("write", "ENOSPC", "No space left"),
        ("fsync", "EIO", "Input/output error"),
    ] {
        let house = begin();
        let before = (journal(&house), fs::read(folder(&house).join("incident.json")).unwrap());
        let inject = format!("inject={call}:error={error}:when={}", number(call, "journal.jsonl."));
        let trace = format!("trace={call}");
        let options = ["-y", "-e", &trace, "-e", &inject];
        let output = traced(&house, &options);
        let err = refused(&output, 1);
        assert!(err.contains(said) && err.contains("nothing was changed"), "{call}: {err}");
        assert_eq!(journal(&house), before.0, "{call}");
        assert_eq!(fs::read(folder(&house).join("incident.json")).unwrap(), before.1, "{call}");
        assert!(super::files(&folder(&house)).iter().all(|f| !f.to_string_lossy().ends_with(".tmp")));
    }
}

#[test]
#[ignore = "needs strace"]
fn a_folder_that_may_not_be_written_to_is_said_and_stays_as_it_is() {
    let house = begin();
    let before = journal(&house);
    let inject = format!("inject=openat:error=EACCES:when={}", number("openat", "O_APPEND"));
    let output = traced(&house, &["-e", "trace=openat", "-e", &inject]);
    let err = refused(&output, 1);
    assert!(err.contains("read-only") && err.contains("nothing was changed"), "{err}");
    assert_eq!(journal(&house), before);
    fs::remove_file(house.path().join("trace")).unwrap();
    purged(&house, "last");
    nowhere(&house);
}
