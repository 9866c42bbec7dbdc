//! Processes of their own for tests: limits are the whole process's, and the system calls of one thread have to be told
//! from those of others.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use warroom::store::JOURNAL;

use super::{LONG, entry, folder_with, journal_of, open, records, until_saved};

/// Which part the process that [`in_a_process`] starts has to play.
const PART: &str = "WARROOM_TEST_PART";
/// The folder it plays in.
pub const FOLDER: &str = "WARROOM_TEST_FOLDER";

/// This test program again, playing one part.
pub fn again(part: &str) -> Vec<String> {
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

/// Plays a part in a process of its own.
pub fn in_a_process(part: &str, folder: &Path) {
    run(&again(part), folder);
}

/// Does what another test asks of a process of its own; by itself nothing.
#[test]
fn a_part() {
    let Ok(part) = std::env::var(PART) else { return };
    let folder = PathBuf::from(std::env::var_os(FOLDER).unwrap());
    match part.as_str() {
        "three" => save_three(&folder),
        part if super::order::play(part, &folder) => {}
        part => crate::recovery::part(part, &folder),
    }
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
pub fn traced(part: &str, folder: &Path, options: &[&str]) -> String {
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
