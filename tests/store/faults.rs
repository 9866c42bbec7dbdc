//! Disks that are full, fail to sync or may not be written to: in processes of their own, since limits and umask are
//! the whole process's, and the system calls of one thread have to be told from those of others.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use rustix::process::{Resource, Rlimit, setrlimit};
use warroom::store::{self, JOURNAL, Report};

use super::{
    LONG, entry, folder_with, journal_of, open, records, texts, until, until_not_saved, until_saved,
};

/// Which part the process that [`in_a_process`] starts has to play.
const PART: &str = "WARROOM_TEST_PART";
/// The folder it plays in.
const FOLDER: &str = "WARROOM_TEST_FOLDER";

/// This test program again, playing one part.
fn again(part: &str) -> Vec<String> {
    let me = std::env::current_exe().unwrap().to_string_lossy().into_owned();
    let words = ["env".to_owned(), format!("{PART}={part}"), me];
    let rest = ["--exact", "store::faults::a_part", "--nocapture"].map(str::to_owned);
    words.into_iter().chain(rest).collect()
}

fn run(words: &[String], folder: &Path) -> Output {
    let output = Command::new(&words[0]).args(&words[1..]).env(FOLDER, folder).output().unwrap();
    let said =
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    output
}

/// Plays a part that needs no folder in a process of its own.
pub(super) fn in_a_process(part: &str) {
    run(&again(part), Path::new("/"));
}

/// Does what another test asks of a process of its own; by itself nothing.
#[test]
fn a_part() {
    let Ok(part) = std::env::var(PART) else { return };
    let folder = PathBuf::from(std::env::var_os(FOLDER).unwrap());
    match part.as_str() {
        "umask" => super::folders::under_odd_umasks(),
        "full" => on_a_full_disk(&folder),
        "three" => save_three(&folder),
        part if super::order::play(part, &folder) => {}
        part => panic!("no part {part}"),
    }
}

#[test]
fn a_full_disk_is_said_and_all_is_saved_once_there_is_room() {
    for room in [0, 1, 60, 250] {
        let (_root, folder) = folder_with(&journal_of(&records(2)));
        fs::write(folder.join("room"), room.to_string()).unwrap();
        run(&again("full"), &folder);
        let loaded = store::read(&folder).unwrap();
        assert_eq!(texts(&loaded.records), texts(&records(5)), "room for {room}");
        assert_eq!((loaded.findings.damaged, loaded.findings.repeated), (0, 0), "room for {room}");
    }
}

fn on_a_full_disk(folder: &Path) {
    store::ignore_file_size_signal().unwrap();
    let room: u64 = fs::read_to_string(folder.join("room")).unwrap().parse().unwrap();
    let size = fs::metadata(folder.join(JOURNAL)).unwrap().len();
    let limit = |current| setrlimit(Resource::Fsize, Rlimit { current, maximum: None }).unwrap();
    let (writer, told) = open(folder);
    limit(Some(size + room));
    writer.append(vec![entry(1, 3), entry(1, 4)]);
    assert_eq!(until_not_saved(&told), (2, "disk full".to_owned()));
    assert_eq!(fs::metadata(folder.join(JOURNAL)).unwrap().len(), size, "a piece was left");
    limit(None);
    writer.append(vec![entry(1, 5)]);
    until_saved(&told, 3);
    assert_eq!(writer.finish(LONG), []);
}

fn save_three(folder: &Path) {
    let (writer, told) = open(folder);
    for n in 3..6 {
        writer.append(vec![entry(1, n)]);
        until_saved(&told, usize::try_from(n - 2).unwrap());
    }
    assert_eq!(writer.finish(LONG), []);
}

/// Plays a part under strace, which can make calls fail; its log.
pub(super) fn traced(part: &str, folder: &Path, options: &[&str]) -> String {
    let log = folder.with_extension("trace");
    let path = log.to_string_lossy().into_owned();
    let mut words: Vec<String> = ["strace", "-f", "-qq", "-y", "-o", &path].map(str::to_owned).to_vec();
    words.extend(options.iter().map(|&o| o.to_owned()));
    words.push("--".to_owned());
    words.extend(again(part));
    run(&words, folder);
    fs::read_to_string(log).unwrap()
}

#[test]
#[ignore = "needs strace"]
fn a_batch_is_one_write_and_one_sync() {
    let (_root, folder) = folder_with(&journal_of(&records(2)));
    let journal = folder.join(JOURNAL).to_string_lossy().into_owned();
    let log =
        traced("three", &folder, &["-P", &journal, "-e", "trace=write,fsync,fdatasync,ftruncate,rename"]);
    let calls: Vec<_> =
        log.lines().map(|l| l.split_whitespace().nth(1).unwrap().split('(').next().unwrap()).collect();
    assert_eq!(calls, ["write", "fdatasync"].repeat(3), "{log}");
}

#[test]
#[ignore = "needs strace"]
fn a_sync_that_failed_is_not_believed_and_the_record_is_written_again() {
    for failures in ["1", "1..2", "2..3"] {
        let (_root, folder) = folder_with(&journal_of(&records(2)));
        let inject = format!("inject=fdatasync:error=EIO:when={failures}");
        traced("three", &folder, &["-e", "trace=fdatasync", "-e", &inject]);
        let loaded = store::read(&folder).unwrap();
        assert_eq!(loaded.records, records(5));
        let copies = failures.split("..").count();
        assert_eq!((loaded.findings.damaged, loaded.findings.repeated), (0, copies), "failing {failures}");
        // The first copy may come back as zeros without its line feed: the next one does not touch it.
        let journal = fs::read_to_string(folder.join(JOURNAL)).unwrap();
        assert_eq!(journal.matches("\n\n").count(), copies, "{journal}");
    }
}

#[test]
fn a_folder_that_may_not_be_written_to_is_watched() {
    // Root may write everywhere.
    if rustix::process::geteuid().is_root() {
        return;
    }
    let (_root, folder) = folder_with(&journal_of(&records(2)));
    let mode = |mode| std::os::unix::fs::PermissionsExt::from_mode(mode);
    fs::set_permissions(folder.join(JOURNAL), mode(0o400)).unwrap();
    let (writer, told) = open(&folder);
    let reason =
        until(&told, |r| if let Report::ReadOnly { reason } = r { Some(reason.clone()) } else { None });
    assert_eq!(reason, "no permission to write the journal");
    writer.append(vec![entry(1, 3)]);
    assert_eq!(writer.finish(LONG), [entry(1, 3)]);
}
