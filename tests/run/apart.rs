//! `run` and its command as two processes: signals, kills, and what is left behind.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::process::{Child, Command, Stdio};
use std::thread;

use super::{commands, house, only};
use crate::support::House;

/// Starts it with its streams in our hands.
fn started(house: &House, script: &str) -> Child {
    let mut command = house.command(&["run", "--", "sh", "-c", script]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap()
}

fn line(child: &mut Child) -> String {
    let mut line = String::new();
    BufReader::with_capacity(1, child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    line
}

fn kill(signal: &str, pid: u32) {
    assert!(Command::new("kill").args([signal, &pid.to_string()]).status().unwrap().success());
}

#[test]
fn a_wish_is_passed_on_and_run_waits_for_what_comes_of_it() {
    for (signal, name) in [("-TERM", "TERM"), ("-HUP", "HUP"), ("-USR1", "USR1")] {
        let house = house();
        let script = format!("trap 'echo got; exit 7' {name}; echo ready; while read -r line; do :; done");
        let mut run = started(&house, &script);
        assert_eq!(line(&mut run), "ready\n");
        kill(signal, run.id());
        // A shell may look at its signals only when a read has ended.
        let _ = run.stdin.as_mut().unwrap().write_all(b"on\n");
        assert_eq!(line(&mut run), "got\n", "{name}");
        assert_eq!(run.wait().unwrap().code(), Some(7), "{name}");
        assert_eq!(only(&house)["status"], 7);
    }
}

#[test]
fn a_start_is_on_disk_before_the_end_and_stays_there_after_a_kill() {
    let house = house();
    let mut run = started(&house, "echo ready; read -r line");
    assert_eq!(line(&mut run), "ready\n");
    while commands(&house).is_empty() {
        thread::yield_now();
    }
    assert!(only(&house).is_null(), "it is running");
    kill("-KILL", run.id());
    run.wait().unwrap();
    assert!(only(&house).is_null());
}

#[test]
fn what_a_command_leaves_behind_goes_on_printing() {
    let house = house();
    let gate = house.path().join("gate");
    assert!(Command::new("mkfifo").arg(&gate).status().unwrap().success());
    let script = format!("(read -r line < '{}'; echo \"later: $line\") & echo now", gate.display());
    let mut run = started(&house, &script);
    assert_eq!(line(&mut run), "now\n");
    assert!(run.wait().unwrap().success(), "it ends with the command");
    fs::write(&gate, "opened\n").unwrap();
    let mut rest = String::new();
    run.stdout.take().unwrap().read_to_string(&mut rest).unwrap();
    assert_eq!(rest, "later: opened\n");
}
