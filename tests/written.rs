//! A report as a file: written whole or not at all, anew over one that nobody has touched, and never over anything else.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::process::{Command, Stdio};

use crate::support::{House, texts};

fn house() -> House {
    let house = House::new();
    house.done(&["new", "Lifts stand still", "--detach"]);
    house.say("one\n");
    house
}

/// Refuses to write there, for this reason.
#[track_caller]
fn refused(house: &House, to: &str, reasons: &[&str]) {
    let output = house.run(&["export", "-o", to]);
    let (out, err) = texts(&output);
    assert_eq!((output.status.code(), out.as_str()), (Some(1), ""), "{err}");
    for reason in ["Error: ", "Hint: "].iter().chain(reasons) {
        assert!(err.contains(reason), "{reason:?} is missing in {err}");
    }
}

fn read(house: &House, name: &str) -> String {
    fs::read_to_string(house.path().join(name)).unwrap()
}

#[test]
fn a_report_is_written_anew_until_somebody_has_touched_it() {
    let house = house();
    house.done(&["export", "-o", "report.md"]);
    house.say("two\n");
    house.done(&["export", "-o", "./report.md"]);
    assert!(read(&house, "report.md").contains("two"));
    // Somebody has worked on it.
    let edited = read(&house, "report.md") + "\nand a word of mine\n";
    fs::write(house.path().join("report.md"), &edited).unwrap();
    house.say("three\n");
    refused(&house, "report.md", &["holds something else", "--force"]);
    assert_eq!(read(&house, "report.md"), edited);
    house.done(&["export", "-o", "report.md", "--force"]);
    house.say("four\n");
    house.done(&["export", "-o", "report.md"]);
    assert!(read(&house, "report.md").contains("four"));
}

#[test]
fn a_copy_of_a_report_is_somebodys_own() {
    let house = house();
    house.done(&["export", "-o", "report.md"]);
    fs::copy(house.path().join("report.md"), house.path().join("kept.md")).unwrap();
    house.say("two\n");
    refused(&house, "kept.md", &["holds something else"]);
}

#[test]
fn without_the_file_that_knows_what_was_written_nothing_is_written_over() {
    let house = house();
    house.done(&["export", "-o", "report.md"]);
    let known = house.path().join("data/exports.json");
    assert_eq!(fs::metadata(&known).unwrap().permissions().mode() & 0o777, 0o600);
    house.say("two\n");
    for damage in ["", "{", "[{\"path\":1}]", "null", "[]"] {
        fs::write(&known, damage).unwrap();
        refused(&house, "report.md", &["holds something else"]);
    }
    // Where it cannot be written the report is written all the same.
    fs::remove_file(&known).unwrap();
    fs::create_dir(&known).unwrap();
    let output = house.run(&["export", "-o", "other.md"]);
    let (_, err) = texts(&output);
    assert!(output.status.success() && err.contains("exports.json could not be written"), "{err}");
    assert!(read(&house, "other.md").contains("two"));
}

#[test]
fn what_is_printed_leaves_nothing_behind() {
    let house = house();
    let printed = house.done(&["export", "-o", "-"]);
    assert_eq!(printed, house.done(&["export"]));
    assert!(!house.path().join("-").exists() && !house.path().join("data/exports.json").exists());
}

#[test]
fn the_form_follows_the_name_of_the_file() {
    let house = house();
    for (name, start) in [
        ("a.md", "# Lifts"),
        ("a.markdown", "# Lifts"),
        ("a", "# Lifts"),
        ("a.html", "<!DOCTYPE html>"),
        ("a.HTM", "<!DOCTYPE html>"),
        ("a.csv", "at,"),
        ("a.json", "{\n"),
    ] {
        house.done(&["export", "-o", name]);
        assert!(read(&house, name).starts_with(start), "{name}");
    }
    house.done(&["export", "-o", "b.html", "--format", "md"]);
    assert!(read(&house, "b.html").starts_with("# Lifts"));
    let output = house.run(&["export", "-o", "a.pdf"]);
    let (_, err) = texts(&output);
    assert_eq!(output.status.code(), Some(2), "{err}");
    assert!(
        err.contains(".pdf") && err.contains("--format") && !house.path().join("a.pdf").exists(),
        "{err}"
    );
}

#[test]
fn what_is_no_plain_file_stays_what_it_is() {
    let house = house();
    let path = |name: &str| house.path().join(name);
    fs::write(path("target.md"), "mine").unwrap();
    symlink("target.md", path("link.md")).unwrap();
    symlink("nowhere.md", path("dangling.md")).unwrap();
    fs::create_dir(path("folder.md")).unwrap();
    assert!(Command::new("mkfifo").arg(path("pipe.md")).status().unwrap().success());
    for (name, what) in [
        ("link.md", "is a symbolic link"),
        ("dangling.md", "is a symbolic link"),
        ("folder.md", "is a folder"),
        (".", "is a folder"),
        ("pipe.md", "is a named pipe"),
        ("/dev/null", "is a device"),
    ] {
        refused(&house, name, &[what, "nothing was written"]);
        let forced = house.run(&["export", "--format", "md", "-o", name, "--force"]);
        assert_eq!(forced.status.code(), Some(1), "{name}");
    }
    assert_eq!(read(&house, "target.md"), "mine");
    assert!(!path("nowhere.md").exists());
    refused(&house, "no/such/report.md", &["there is no folder no/such", "make the folder"]);
}

#[test]
fn on_a_full_disk_the_old_report_stays() {
    let house = house();
    house.done(&["export", "-o", "report.md"]);
    let old = read(&house, "report.md");
    house.say(&format!("{}\n", "long ".repeat(2_000)));
    // No file may grow beyond this many blocks.
    let mut command = house.command(&[]);
    let program = command.get_program().to_owned();
    command = {
        let mut shell = Command::new("sh");
        shell.args(["-c", "ulimit -f 1; exec \"$0\" export -o report.md"]).arg(program);
        shell
            .env_clear()
            .envs(command.get_envs().filter_map(|(name, value)| Some((name.to_owned(), value?.to_owned()))));
        shell.env("PATH", "/usr/bin:/bin").current_dir(house.path());
        shell
    };
    let output = command.output().unwrap();
    let (_, err) = texts(&output);
    assert_eq!(output.status.code(), Some(1), "{err}");
    assert!(err.contains("could not be written") && err.contains("untouched"), "{err}");
    assert_eq!(read(&house, "report.md"), old);
    let left: Vec<_> = fs::read_dir(house.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(left.len(), 2, "{left:?}");
    house.done(&["export", "-o", "report.md"]);
}

#[test]
fn a_reader_that_goes_away_ends_it_quietly() {
    let house = house();
    house.say(&"a line that is told in the report\n".repeat(1_000));
    for format in ["md", "html", "csv", "json"] {
        let mut child = house
            .command(&["export", "--format", format])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!((output.status.code(), texts(&output).1.as_str()), (Some(0), ""), "{format}");
    }
}
