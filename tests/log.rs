//! `warroom log`: plain text into the timeline, from arguments and pipes, from many programs at once, and on a full disk.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::{PermissionsExt as _, chown};
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use serde_json::{Value, json};

use crate::support::{House, texts};

/// A user who owns nothing.
const NOBODY: u32 = 65_534;

fn house() -> House {
    let house = House::new();
    house.done(&["new", "Checkout is down", "--detach"]);
    house
}

/// Starts a command that is to be fed.
fn started(mut command: Command) -> Child {
    let pipes = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    pipes.spawn().unwrap()
}

/// Feeds all of it, and waits for the end. One that does not listen any more is none of our business.
fn fed(mut child: Child, input: &[u8]) -> Output {
    let _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap()
}

/// Logs bytes; what was said, for an exit code.
fn logged(house: &House, args: &[&str], input: &[u8], code: i32) -> String {
    let output = fed(started(house.command(&[&["log"], args].concat())), input);
    let (out, err) = texts(&output);
    assert_eq!(output.status.code(), Some(code), "{args:?}: {err}");
    assert_eq!(out, "", "it has no result to print");
    err
}

fn timeline(house: &House) -> Vec<Value> {
    house.json()["timeline"].as_array().unwrap().clone()
}

fn said(house: &House) -> Vec<String> {
    timeline(house).iter().map(|e| e["text"].as_str().unwrap().to_owned()).collect()
}

fn refused(house: &House, args: &[&str], code: i32, says: &[&str]) {
    let before = timeline(house).len();
    let err = logged(house, args, b"not to be logged\n", code);
    for part in says {
        assert!(err.contains(part), "{args:?}: {part:?} is missing in {err}");
    }
    assert_eq!(timeline(house).len(), before, "{args:?}");
}

#[test]
fn nothing_in_a_text_is_grammar() {
    let house = house();
    let lines = [
        "/out database: idle",
        "10:42 rolled back",
        "?database",
        "+ task @bob",
        "\\as it is",
        "  indented ",
        "-5m",
    ];
    assert_eq!(logged(&house, &[], lines.join("\n").as_bytes(), 0), "");
    assert_eq!(said(&house), lines);
    let incident = house.json();
    assert_eq!((&incident["hypotheses"], &incident["actions"]), (&json!([]), &json!([])));
    assert!(timeline(&house).iter().all(|e| e["as_written"].is_null()), "a time was read");
    house.done(&["log", "/done", "1", "--", "-x"]);
    house.done(&["log", "-1", "replica"]);
    house.done(&["log", "--", "--one", "of  them"]);
    assert_eq!(said(&house)[lines.len()..], ["/done 1 -- -x", "-1 replica", "--one of  them"]);
}

#[test]
fn tags_and_people_are_listed_and_the_text_stays() {
    let house = house();
    house.done(&["log", "--tag", "deploy", "--tag", "#eu-1", "--tag", "db", "slow #db, @maria looks #123"]);
    let entry = &timeline(&house)[0];
    assert_eq!(entry["text"], "slow #db, @maria looks #123");
    assert_eq!((&entry["tags"], &entry["people"]), (&json!(["db", "deploy", "eu-1"]), &json!(["maria"])));
    for wrong in ["", "#", "two words", "#123", "a,b", "a-"] {
        refused(&house, &["--tag", wrong, "x"], 2, &["--tag", "is no tag", "Hint:"]);
    }
}

#[test]
fn a_time_is_read_as_the_prompt_reads_it() {
    let house = house();
    logged(&house, &["--at", "2024-08-10 10:15 PDT"], b"one\ntwo\n", 0);
    house.done(&["log", "--at", "~2024-08-10 18:00", "three"]);
    let all = timeline(&house);
    let at = |n: usize| (all[n]["at"].as_str().unwrap(), all[n]["approximate"].as_bool().unwrap());
    assert_eq!(at(0), ("2024-08-10T10:15:00-07:00", false));
    assert_eq!(at(1), at(0));
    assert_eq!(at(2), ("2024-08-10T18:00:00Z", true));
    house.done(&["log", "--at", "-5m", "four"]);
    assert_eq!(timeline(&house)[3]["as_written"], "-5m");
    refused(&house, &["--at", "soon", "x"], 2, &["--at: this is not a time", "Hint:"]);
    refused(&house, &["--at", "25:61"], 2, &["--at: 25:61 is not a time of day"]);
}

#[test]
fn a_text_can_be_evidence() {
    let house = house();
    house.say("?Database: slow\n?network\n/out network: fine\n");
    logged(&house, &["--against", "database", "--tag", "k8s"], b"pool is idle #db\n\nno locks\n", 0);
    house.done(&["log", "--for", "network", "--at", "2024-08-10 10:15", "lost: 3 %"]);
    let incident = house.json();
    let evidence = |n: usize| incident["hypotheses"][n]["evidence"].as_array().unwrap();
    let told: Vec<_> = evidence(0).iter().map(|e| (&e["side"], &e["text"])).collect();
    assert_eq!(
        told,
        [(&json!("against"), &json!("pool is idle #db")), (&json!("against"), &json!("no locks"))]
    );
    assert_eq!((&evidence(1)[0]["side"], &evidence(1)[0]["text"]), (&json!("for"), &json!("lost: 3 %")));
    assert_eq!(evidence(1)[0]["at"], "2024-08-10T10:15:00Z");
    let all = timeline(&house);
    let entry = |n: usize| all.iter().find(|e| e["id"] == evidence(0)[n]["entry"]).unwrap();
    assert_eq!((&entry(0)["tags"], &entry(1)["tags"]), (&json!(["db", "k8s"]), &json!(["k8s"])));
    assert_eq!(entry(0)["text"], "Speaks against Database: pool is idle #db");
}

#[test]
fn an_unknown_hypothesis_is_an_error_that_names_what_there_is() {
    let house = house();
    refused(
        &house,
        &["--for", "dns"],
        1,
        &["--for: there is no hypothesis about dns", "none was raised yet"],
    );
    house.say("?database\n?network\n/out network: fine\n");
    refused(
        &house,
        &["--against", "dns\u{1b}[2J", "x"],
        1,
        &[
            "--against: there is no hypothesis about dns␛[2J; there are: database (open), network (ruled out)",
            "Hint:",
        ],
    );
    refused(&house, &["--for", "database", "--against", "network", "x"], 2, &["cannot be used with"]);
}

#[test]
fn all_of_the_input_can_be_one_entry() {
    let house = house();
    logged(&house, &["--one"], b"Traceback:\n\n  at line 3\r\n  at line 4\n", 0);
    logged(&house, &["--one"], b"no end of line", 0);
    assert_eq!(said(&house), ["Traceback:\n\n  at line 3\r\n  at line 4", "no end of line"]);
    refused(&house, &["--one", " "], 1, &["there is nothing to see in it"]);
    assert!(logged(&house, &["--one"], b"\n", 1).contains("there is nothing to see in it"));
    assert_eq!(timeline(&house).len(), 2);
}

#[test]
fn lines_end_as_they_like_and_blank_ones_say_nothing() {
    let house = house();
    assert_eq!(logged(&house, &[], b"\none\r\n\n \t\r\ntwo\n\nlast", 0), "");
    assert_eq!(logged(&house, &[], b"", 0), "");
    assert_eq!(said(&house), ["one", "two", "last"]);
    let err = logged(&house, &[], "seen\n\u{200b}\n".as_bytes(), 1);
    assert!(err.contains("line 2: there is nothing to see in it"), "{err}");
}

#[test]
fn bytes_that_are_no_text_are_marked_and_said() {
    let house = house();
    let err = logged(&house, &[], b"caf\xe9 is down\nfine\n\xff\xfe\n", 0);
    assert!(err.contains("no UTF-8, in 2 of the texts"), "{err}");
    let word = <std::ffi::OsStr as std::os::unix::ffi::OsStrExt>::from_bytes(b"b\xe4d");
    assert!(house.command(&["log", "all"]).arg(word).output().unwrap().status.success());
    logged(&house, &[], "\u{fffd} was there before\n".as_bytes(), 0);
    assert_eq!(
        said(&house),
        ["caf\u{fffd} is down", "fine", "\u{fffd}\u{fffd}", "all b\u{fffd}d", "\u{fffd} was there before"]
    );
}

#[test]
fn a_line_that_is_too_long_is_refused_and_the_rest_goes_on() {
    let house = house();
    // Too long as it stands, too long as it is written, and one that is just too long to be told apart early.
    let long = format!("\u{1b}[31m{}", "a".repeat(299_995));
    let (grows, fits_not) = ("\u{1b}".repeat(50_000), "b".repeat(262_144));
    let input = format!("first\n{long}\nx{grows}\n{fits_not}\nlast");
    let err = logged(&house, &[], input.as_bytes(), 1);
    for part in [
        "line 2: too long: 300001 bytes, and at most 262144 fit",
        "␛[31maaa",
        "line 3: too long: 300",
        "line 4: too long: 262",
    ] {
        assert!(err.contains(part), "{part:?} is missing in {err:.2000}");
    }
    assert!(!err.contains('\u{1b}') && err.len() < 2_000, "{err:.2000}");
    assert_eq!(said(&house), ["first", "last"]);
    let err = logged(&house, &["--one"], "1234567\n".repeat(40_000).as_bytes(), 1);
    assert!(err.contains("Error: too long: 320000 bytes") && err.len() < 1_000, "{err:.1000}");
    // What fits, fits whole.
    logged(&house, &[], &b"c".repeat(262_000), 0);
    assert_eq!(said(&house)[2].len(), 262_000);
}

#[test]
fn escape_sequences_do_not_act_in_errors() {
    let house = house();
    for args in
        [&["--at", "\u{1b}]0;x\u{7}", "x"][..], &["--tag", "\u{9b}2J", "x"], &["-i", "\u{1b}[2J", "x"]]
    {
        let output = house.command(&["log"]).args(args).output().unwrap();
        let (_, err) = texts(&output);
        assert!(!output.status.success() && !err.is_empty());
        assert!(!err.contains(|c: char| c.is_control() && c != '\n'), "{args:?}: {err:?}");
    }
    logged(&house, &[], b"kept \x1b[2J as it is\n", 0);
    assert_eq!(said(&house), ["kept \u{1b}[2J as it is"]);
}

#[test]
fn who_logs_is_said_as_everywhere() {
    let house = house();
    house.done(&["log", "by the variable"]);
    house.done(&["log", "--as", "zoe", "by the flag"]);
    assert_eq!((&timeline(&house)[0]["by"], &timeline(&house)[1]["by"]), (&json!("alice"), &json!("zoe")));
    let output = house.run(&["log", "deployed", "v2", "--as=zoe", "--not-ours"]);
    let (_, err) = texts(&output);
    assert!(
        output.status.success() && err.contains("--as stands behind the text, and was logged as text"),
        "{err}"
    );
    assert_eq!(said(&house)[2], "deployed v2 --as=zoe --not-ours");
    assert_eq!(texts(&house.run(&["log", "--", "--as"])).1, "", "the first word is not behind the text");
}

#[test]
fn twenty_programs_at_once_lose_and_double_nothing() {
    const PROGRAMS: usize = 20;
    const LINES: usize = 50;
    let house = house();
    let mut children: Vec<_> = (0..PROGRAMS).map(|_| started(house.command(&["log"]))).collect();
    let mut pipes: Vec<_> = children.iter_mut().map(|child| child.stdin.take().unwrap()).collect();
    // A line to each in turn, so that all of them write at the same time.
    for line in 0..LINES {
        for (program, pipe) in pipes.iter_mut().enumerate() {
            writeln!(pipe, "{program} says {line}").unwrap();
        }
    }
    drop(pipes);
    for child in children {
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", texts(&output).1);
    }
    let output = house.run(&["show", "--json"]);
    assert_eq!(texts(&output).1, "", "something was found damaged");
    let all = said(&house);
    assert_eq!(all.len(), PROGRAMS * LINES);
    for program in 0..PROGRAMS {
        let begin = format!("{program} ");
        let own: Vec<_> = all.iter().filter(|text| text.starts_with(&begin)).cloned().collect();
        let typed: Vec<_> = (0..LINES).map(|line| format!("{program} says {line}")).collect();
        assert_eq!(own, typed);
    }
}

#[test]
fn a_line_is_on_disk_before_the_next_one_comes() {
    let house = house();
    let child = started(house.command(&["log"]));
    writeln!(child.stdin.as_ref().unwrap(), "the pipe stays open").unwrap();
    let seen = (0..1_000).any(|_| said(&house) == ["the pipe stays open"]);
    assert!(seen, "it waits for the end of its input");
    assert!(fed(child, b"goes on\n").status.success());
    assert_eq!(said(&house), ["the pipe stays open", "goes on"]);
}

#[test]
fn a_full_disk_is_said_and_the_rescue_file_named() {
    let house = house();
    house.done(&["log", "before"]);
    let journal = house.only_incident().join("journal.jsonl");
    // Blank lines are nothing: the journal is at the limit, and a file with all that is known is far below it.
    let mut file = fs::OpenOptions::new().append(true).open(&journal).unwrap();
    file.write_all(&b"\n".repeat(300_000)).unwrap();
    let log = house.command(&["log"]);
    let mut limited = Command::new("/bin/sh");
    limited.args(["-c", "ulimit -f 200 && exec \"$0\" log"]).arg(log.get_program());
    for (name, value) in log.get_envs() {
        limited.env(name, value.unwrap());
    }
    let output = fed(started(limited), b"one\ntwo\n");
    let (_, err) = texts(&output);
    assert_eq!(output.status.code(), Some(1), "{err}");
    assert!(err.contains("2 changes could not be saved (disk full)") && err.contains("Hint:"), "{err}");
    assert_eq!(said(&house), ["before"]);
    let named = err.split_once("they are kept in ").unwrap().1.split_once(".jsonl").unwrap().0;
    let rescued = house.path().join("rescued");
    fs::create_dir(&rescued).unwrap();
    fs::copy(format!("{named}.jsonl"), rescued.join("journal.jsonl")).unwrap();
    let incident: Value = serde_json::from_str(&house.done(&["show", "--json", "-i", "./rescued"])).unwrap();
    let kept: Vec<_> = incident["timeline"].as_array().unwrap().iter().map(|e| &e["text"]).collect();
    assert_eq!(kept, ["before", "one", "two"]);
    // With room again, the next one brings them back.
    house.done(&["log", "after"]);
    assert_eq!(said(&house), ["before", "one", "two", "after"]);
}

#[test]
fn an_incident_that_can_only_be_read_takes_nothing_and_says_so() {
    let house = house();
    house.done(&["log", "before"]);
    let folder = house.only_incident();
    let mode = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    for file in fs::read_dir(&folder).unwrap() {
        mode(&file.unwrap().path(), 0o444);
    }
    // Root may write everywhere, so that nobody has to do it.
    let root = rustix::process::geteuid().is_root();
    for path in folder.ancestors().take_while(|path| path.starts_with(house.path())) {
        mode(path, 0o755);
    }
    let home = house.path().join("home");
    fs::create_dir(&home).unwrap();
    let as_reader = |args: &[&str]| {
        let mut command = house.command(args);
        command.env("HOME", &home);
        if root {
            chown(&home, Some(NOBODY), None).unwrap();
            command.uid(NOBODY);
        } else {
            mode(&folder, 0o555);
        }
        fed(started(command), b"one\ntwo\n")
    };
    for args in [&["log"][..], &["log", "--one"], &["say"], &["log", "three"]] {
        let output = as_reader(args);
        let (_, err) = texts(&output);
        assert_eq!(output.status.code(), Some(1), "{args:?}: {err}");
        assert!(
            err.contains("read-only (no permission to write the journal): nothing was taken"),
            "{args:?}: {err}"
        );
        assert_eq!(err.matches("Error:").count(), 1, "{err}");
    }
    assert!(texts(&as_reader(&["show"])).0.contains("before"));
    assert_eq!(fs::read_dir(&home).unwrap().count(), 0, "nothing to rescue");
    mode(&folder, 0o755);
    assert_eq!(said(&house), ["before"]);
}
