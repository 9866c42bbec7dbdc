//! Killed at any moment, a purge leaves the old journal or the new one, whole.

use std::fs;
use std::process::Command;

use super::{entries, folder, house, journal, nowhere, purged, refused, rescue, texts, SECRET};
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
    let calls = "write,pwrite64,fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat,fchown,fchmod,openat";
    let (mut old, mut new) = (0, 0);
    for nth in 1.. {
        let house = begin();
        let before = journal(&house);
        let trace = format!("trace={calls}");
        let inject = format!("inject={calls}:signal=KILL:when={nth}");
        let killed = !traced(&house, &["-e", &trace, "-e", &inject]).status.success();
        let now = journal(&house);
        if now == before {
            old += 1;
        } else {
            new += 1;
            assert!(!now.contains("tango") && now.ends_with("\"}\n"), "at {nth}: {now}");
            let findings = warroom::store::read(&folder(&house)).unwrap().findings;
            assert_eq!(findings.damaged + usize::from(findings.torn.is_some()), 0, "at {nth}");
            assert!(!house.done(&["show", "--json"]).contains("tango"), "at {nth}");
        }
        let kept = ["payments time out", "Suspected gateway: certificate", "all fine"];
        assert_eq!(entries(&house)[..3], kept, "at {nth}");
        // The next who opens it finishes what was begun; or it is done again.
        house.say("and on\n");
        if now == before {
            let id = super::stamp_of(&house, "tango");
            purged(&house, &id);
        }
        nowhere_but_in_the_trace(&house, nth);
        assert_eq!(entries(&house), [&kept[..], &["and on"]].concat(), "at {nth}");
        if !killed {
            break;
        }
    }
    assert!(old > 3 && new > 3, "{old} before, {new} after");
}

fn nowhere_but_in_the_trace(house: &House, nth: usize) {
    fs::remove_file(house.path().join("trace")).unwrap();
    let left = super::holding(house.path());
    // The rescue file is looked at when something is purged or swept: a kill behind the snapshot leaves nothing to sweep.
    let rescued = left.iter().all(|path| path.starts_with(house.path().join("data/rescue")));
    assert!(rescued, "at {nth}: {left:?}");
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
        let at = folder(&house).to_string_lossy().into_owned();
        let temporary = format!("{at}/journal.jsonl");
        let inject = format!("inject={call}:error={error}:when=1");
        let trace = format!("trace={call}");
        let mut options = vec!["-e", &trace, "-e", &inject];
        if call == "renameat" {
            options.extend(["-P", &temporary]);
        }
        let output = traced(&house, &options);
        let _ = texts(&output);
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
    let path = folder(&house).join(".lock").to_string_lossy().into_owned();
    let output = traced(&house, &["-P", &path, "-e", "trace=openat", "-e", "inject=openat:error=EACCES:when=1"]);
    let err = refused(&output, 1);
    assert!(err.contains("read-only") && err.contains("nothing was changed"), "{err}");
    assert_eq!(journal(&house), before);
    fs::remove_file(house.path().join("trace")).unwrap();
    purged(&house, "last");
    nowhere(&house);
}
