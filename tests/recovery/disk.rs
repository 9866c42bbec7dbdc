//! The disk and those who share it: full, failing, read-only, and locked for ever by somebody who is stopped.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Stdio};

use portable_pty::CommandBuilder;
use rustix::process::{Pid, Resource, Rlimit, Signal, getpid, kill_process, setrlimit};
use warroom::store::{self, JOURNAL, LOCK};

use super::{
    FROM_ROOM, FROM_SHELL, Found, Row, TORN, and, came_back, damaged, entries, entries_of, give_away, tree,
    unprivileged,
};
use crate::store::faults::{FOLDER, again, in_a_process, traced};
use crate::store::{LONG, entry, folder_with, journal_of, open, records, until_not_saved, until_saved};
use crate::support;
use crate::terminal::{QUIT, Terminal};

fn of(count: u64) -> Vec<u8> {
    journal_of(&records(count))
}

/// Bad input 41: what a line of 8 MiB and 100,000 open brackets cost.
#[test]
fn long_lines_cost_no_more_memory_than_they_are_worth() {
    let long = [b"{\"text\":\"".as_slice(), &vec![b'A'; 8 << 20], b"\"}\n", &b"[".repeat(100_000), b"\n"];
    let (_root, folder) = folder_with(&[of(4), long.concat(), journal_of(&[entry(1, 5)])].concat());
    in_a_process("memory", &folder);
}

pub(super) fn read_what_is_long(folder: &Path) {
    // The most that this process has had in memory so far; only Linux tells.
    let most = || {
        let status = fs::read_to_string("/proc/self/status").ok()?;
        let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
        line.split_whitespace().nth(1)?.parse::<u64>().ok()
    };
    let before = most();
    let loaded = store::read(folder).unwrap();
    assert_eq!((loaded.records.len(), loaded.findings.damaged), (5, 2));
    let more = most().zip(before).map_or(0, |(after, before)| after - before);
    assert!(more < 64 << 10, "{more} KiB more");
}

/// Bad input 51: the disk is full at every byte of a record. It is said, nothing of it stays, and it is saved when there is
/// room; behind a torn line, too.
#[test]
fn a_disk_that_is_full_at_any_byte_is_said_and_all_is_saved_once_there_is_room() {
    let root = tempfile::tempdir().unwrap();
    in_a_process("full", root.path());
}

pub(super) fn fill_at_every_byte(root: &Path) {
    store::ignore_file_size_signal().unwrap();
    let limit = |current| setrlimit(Resource::Fsize, Rlimit { current, maximum: None }).unwrap();
    let piece = &of(3)[of(2).len()..][..30];
    for (kind, end) in [b"".as_slice(), piece].into_iter().enumerate() {
        let journal = [&of(2), end].concat();
        // A line feed keeps the record apart from a piece before it.
        let needed = journal_of(&[entry(2, 3)]).len() + usize::from(!end.is_empty());
        for room in 0..needed {
            let folder = root.join(format!("{kind}-{room}"));
            fs::create_dir(&folder).unwrap();
            fs::write(folder.join(JOURNAL), &journal).unwrap();
            let (writer, told) = open(&folder);
            limit(Some((journal.len() + room) as u64));
            writer.append(vec![entry(2, 3)]);
            assert_eq!(until_not_saved(&told), (1, "disk full".to_owned()), "room for {room}");
            assert_eq!(fs::read(folder.join(JOURNAL)).unwrap(), journal, "a piece was left");
            limit(None);
            writer.append(vec![entry(2, 4)]);
            until_saved(&told, 2);
            assert_eq!(writer.finish(LONG), []);
            let loaded = store::read(&folder).unwrap();
            let expected = [&records(2)[..], &[entry(2, 3), entry(2, 4)]].concat();
            assert_eq!((loaded.records, loaded.findings.repeated), (expected, 0), "room for {room}");
            assert_eq!(loaded.findings.damaged, usize::from(!end.is_empty()), "room for {room}");
        }
    }
    for room in [0, 1, 100] {
        full_in_the_room(room, &limit);
    }
    only_the_snapshot_does_not_fit(&limit);
}

fn full_in_the_room(room: u64, limit: &dyn Fn(Option<u64>)) {
    let found = Found::new(&of(4)[..of(4).len() - 20]);
    let mut stage = found.room();
    stage.shows(TORN);
    limit(Some(fs::metadata(found.journal()).unwrap().len() + room));
    stage.logs(FROM_ROOM).until("✗ NOT SAVED 1: disk full · saved 0");
    stage.shows(FROM_ROOM);
    limit(None);
    stage.logs("again").until("● saved 2");
    stage.room.leave().unwrap();
    let all = and(&and(&entries(3), FROM_ROOM), "again");
    found.shows(&all, &[damaged(1)]);
}

/// The snapshot is larger than the journal: that it cannot be written loses nothing, and leaves the old one.
fn only_the_snapshot_does_not_fit(limit: &dyn Fn(Option<u64>)) {
    let found = Found::with_snapshot(4, Some(&of(4)));
    let old = fs::read(found.snapshot()).unwrap();
    limit(Some(1_500));
    let mut stage = found.room();
    stage.logs(FROM_ROOM).until("● saved 1");
    stage.room.leave().unwrap();
    limit(None);
    assert_eq!(fs::read(found.snapshot()).unwrap(), old);
    found.comes_to(&Row::quiet(and(&entries(4), FROM_ROOM)));
    assert!(tree(&found.folder).into_keys().all(|path| path.extension().is_none_or(|e| e != "tmp")));
}

/// Bad input 52: an error on write, or on sync, once or twice, and then none. Each entry is there.
#[test]
#[ignore = "needs strace"]
fn what_failed_once_is_written_again() {
    for (call, failures, copies) in [
        ("write", "1", 0),
        ("write", "2..3", 0),
        ("fdatasync", "1", 1),
        ("fdatasync", "1..2", 2),
        ("fdatasync", "2..3", 2),
    ] {
        let (_root, folder) = folder_with(&of(2));
        let journal = folder.join(JOURNAL).to_string_lossy().into_owned();
        let (trace, inject) = (format!("trace={call}"), format!("inject={call}:error=EIO:when={failures}"));
        let log = traced("three", &folder, &["-P", &journal, "-e", &trace, "-e", &inject]);
        assert!(log.contains("INJECTED"), "{call} {failures}: {log}");
        let loaded = store::read(&folder).unwrap();
        assert_eq!(loaded.records, records(5), "{call} {failures}");
        assert_eq!((loaded.findings.damaged, loaded.findings.repeated), (0, copies), "{call} {failures}");
        // The first copy may come back as zeros without its line feed: the next one does not touch it.
        let apart = fs::read_to_string(folder.join(JOURNAL)).unwrap().matches("\n\n").count();
        assert_eq!(apart, copies.max(1), "{call} {failures}");
    }
}

/// Bad input 54: somebody holds the lock and is stopped, for ever. It is said with the number of that process, the room goes
/// on, and all is saved when the lock is let go.
#[test]
fn a_lock_that_is_held_for_ever_is_said_and_waited_for() {
    let found = Found::new(&of(4));
    let words = again("peer");
    let mut peer = Command::new(&words[0])
        .args(&words[1..])
        .env(FOLDER, &found.folder)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let held = found.folder.join("held");
    while !held.exists() {
        assert!(peer.try_wait().unwrap().is_none(), "it ended without the lock");
        std::thread::yield_now();
    }
    // Under `env` and the test program there is but one process.
    let pid = peer.id();
    let mut stage = found.room();
    stage.logs(FROM_ROOM);
    let told = format!("another process holds the journal (pid {pid})");
    stage.until(&format!("✗ NOT SAVED 1: {told} · saved 0"));
    stage.logs("typed on").types("and on");
    stage.shows("typed on");
    assert_eq!(stage.prompt_text(), "and on");

    // From the shell it does not go on for ever: what was said is kept elsewhere.
    let output = found.house.run(&["say", "-i", super::ID, FROM_SHELL]);
    let (_, err) = support::texts(&output);
    assert_eq!(output.status.code(), Some(1));
    assert!(err.contains(&told) && err.contains("it is kept in "), "{err}");
    let rescued = fs::read_dir(found.house.path().join("data/rescue")).unwrap().next().unwrap().unwrap();
    let rescued = Found::new(&fs::read(rescued.path()).unwrap());
    let with_peer = and(&entries(4), "entry 50 of 2");
    assert_eq!(entries_of(&rescued.shown().0), and(&with_peer, FROM_SHELL));

    kill_process(Pid::from_child(&peer), Signal::KILL).unwrap();
    peer.wait().unwrap();
    stage.until("● saved 2");
    stage.room.leave().unwrap();
    found.shows(&and(&and(&with_peer, FROM_ROOM), "typed on"), &[]);
}

pub(super) fn hold_the_lock_for_ever(folder: &Path) -> ! {
    let (writer, told) = open(folder);
    writer.append(vec![entry(2, 50)]);
    until_saved(&told, 1);
    let lock = fs::OpenOptions::new().read(true).write(true).open(folder.join(LOCK)).unwrap();
    lock.lock().unwrap();
    fs::write(folder.join("held"), "").unwrap();
    kill_process(getpid(), Signal::STOP).unwrap();
    // The signal may be another thread's, and this one go on for a moment: not so far that it lets go.
    loop {
        std::thread::park();
    }
}

/// Bad input 47: a journal of somebody else's, or one that may only be read. It is shown, that it is read-only is said, and
/// what is typed stays where it is.
#[test]
fn a_journal_that_may_only_be_read_is_shown_and_said_to_be() {
    for whole_folder in [true, false] {
        let found = Found::with_snapshot(4, Some(&of(3)));
        if !whole_folder {
            give_away(found.house.path());
        }
        let mode = |path: &Path, mode| fs::set_permissions(path, PermissionsExt::from_mode(mode)).unwrap();
        mode(&found.journal(), 0o444);
        mode(&found.snapshot(), 0o444);
        if whole_folder {
            mode(&found.folder, 0o555);
        }
        let run = |args: &[&str]| support::texts(&unprivileged(&found.house, args).output().unwrap());
        // What only the snapshot has is shown, though it cannot be written back.
        let (out, err) = run(&["show", "--json", "-i", super::ID]);
        assert_eq!(entries_of(&serde_json::from_str(&out).unwrap()), entries(4));
        assert_eq!(err.trim_end(), came_back(1));
        let before = tree(&found.folder);
        let output = unprivileged(&found.house, &["say", "-i", super::ID, FROM_SHELL]).output().unwrap();
        let (_, err) = support::texts(&output);
        assert_eq!(output.status.code(), Some(1), "{err}");
        let reason = "read-only (no permission to write the journal)";
        assert!(err.contains(&format!("this incident is {reason}: nothing was taken")), "{err}");

        let command = unprivileged(&found.house, &["open", super::ID]);
        let mut builder = CommandBuilder::new(command.get_program());
        builder.args(command.get_args());
        let mut terminal = Terminal::run(&found.house, builder, (200, 40), &[("PATH", "/usr/bin:/bin")]);
        terminal.shows("✗ read-only: no permission to write the journal · saved 0");
        terminal.shows("entry 4 of 1");
        terminal.shows(&came_back(1));
        terminal.types(&format!("{FROM_ROOM}\r"));
        terminal.shows(&format!("not taken: this incident is {reason}"));
        terminal.shows(&format!("› {FROM_ROOM}"));
        terminal.types(QUIT);
        assert_eq!(terminal.ends().exit_code(), 0);
        let after = tree(&found.folder);
        for path in [found.journal(), found.snapshot()] {
            assert_eq!(after[&path], before[&path], "written to");
        }
        // Whoever may write gets all of it.
        mode(&found.folder, 0o700);
        mode(&found.journal(), 0o600);
        found.comes_to(&Row { entries: entries(4), said: vec![came_back(1)], then: Vec::new() });
    }
}
