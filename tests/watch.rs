//! `warroom watch`: what it prints as an incident grows, and how it ends.

use std::io::{BufRead as _, BufReader, Lines};
use std::process::{Child, ChildStdout, Command, Stdio};

use serde_json::Value;

use crate::support::House;
use crate::terminal::Terminal;

fn house() -> House {
    let house = House::new();
    house.done(&["new", "Checkout", "--detach", "--started", "2024-08-10 12:00"]);
    house
}

/// The program, watching.
struct Watcher {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
}

impl Watcher {
    fn start(house: &House, args: &[&str]) -> Self {
        let mut command = house.command(&[&["watch"], args].concat());
        let mut child =
            command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        Self { child, lines }
    }

    /// The next line; waits for it.
    fn next(&mut self) -> String {
        self.lines.next().unwrap().unwrap()
    }

    fn code_after(mut self, signal: &str) -> Option<i32> {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args([signal, &pid]).status().unwrap().success());
        self.child.wait().unwrap().code()
    }
}

impl Drop for Watcher {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn lines_come_as_the_incident_grows() {
    let house = house();
    house.say("2024-08-10 12:05 first alert\n?database: pool\u{1b}[31m exhausted");
    let mut watch = Watcher::start(&house, &["--all"]);
    assert_eq!(watch.next(), "Saturday 2024-08-10");
    assert!(watch.next().starts_with("12:00 UTC alice: Started"));
    let late = watch.next();
    assert!(
        late.starts_with("12:05 UTC alice: first alert (logged ") && late.contains(" late, at "),
        "{late}"
    );
    watch.next();
    let raised = watch.next();
    assert!(
        raised.ends_with("alice: Suspected database: pool exhausted") || !raised.contains('\u{1b}'),
        "{raised}"
    );
    house.say("rolled back");
    assert!(watch.next().ends_with(" UTC alice: rolled back"));
    house.say("/edit last: rolled back to 4710");
    let edited = watch.next();
    assert!(
        edited.contains(" alice: edited: entry \"rolled back\" text changed: rolled back to 4710"),
        "{edited}"
    );
    house.say("/strike last");
    assert!(watch.next().contains("struck out"));
    house.say("/out database: pool is idle");
    assert!(watch.next().ends_with("alice: Ruled out database: pool is idle"));
    house.say("/cause The deploy");
    assert!(watch.next().ends_with("alice: changed: the root cause set: The deploy"));
    house.say("/decide Roll back @bob\n/role commander @bob\n/role commander @carol");
    assert!(watch.next().ends_with("alice: decision made by bob: Roll back"));
    assert!(watch.next().ends_with("alice: bob is commander"));
    assert!(watch.next().ends_with("alice: carol takes over as commander from bob"));
}

#[test]
fn it_goes_on_when_the_journal_is_replaced() {
    let house = house();
    house.say("one\nthe secret password1\nthree");
    let mut watch = Watcher::start(&house, &["--since", "2024-08-11 00:00"]);
    watch.next();
    for text in ["one", "the secret password1", "three"] {
        assert!(watch.next().ends_with(text));
    }
    let id = house.json()["timeline"][2]["id"].as_str().unwrap().to_owned();
    house.done(&["purge", &id, "--yes", "--yes"]);
    let purged = watch.next();
    assert!(purged.contains("purged for good") && !purged.contains("password1"), "{purged}");
    house.say("four");
    assert!(watch.next().ends_with("alice: four"));
}

#[test]
fn as_json_each_line_is_one_thing() {
    let house = house();
    house.say("one #db");
    let mut watch = Watcher::start(&house, &["--json"]);
    watch.next();
    let one: Value = serde_json::from_str(&watch.next()).unwrap();
    assert_eq!(
        (&one["event"], &one["text"], &one["tags"][0]),
        (&"entry".into(), &"one #db".into(), &"db".into())
    );
    house.say("/star last");
    let star: Value = serde_json::from_str(&watch.next()).unwrap();
    assert_eq!((&star["event"], &star["by"]), (&"change".into(), &"alice".into()));
}

#[test]
fn it_ends_with_its_reader_and_by_signals() {
    let house = house();
    for (signal, code) in [("-INT", 130), ("-TERM", 143), ("-HUP", 129)] {
        let mut watch = Watcher::start(&house, &["--all"]);
        watch.next();
        assert_eq!(watch.code_after(signal), Some(code), "{signal}");
    }
    let mut command = house.command(&["watch"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(0), "nobody reads it any more");
}

#[test]
fn it_writes_nothing() {
    let house = house();
    let folder = house.only_incident();
    let look = || {
        let mut all: Vec<_> = std::fs::read_dir(&folder)
            .unwrap()
            .map(|entry| {
                let entry = entry.unwrap();
                (entry.file_name(), entry.metadata().unwrap().modified().unwrap())
            })
            .collect();
        all.sort();
        all
    };
    let before = look();
    let mut watch = Watcher::start(&house, &["--all"]);
    watch.next();
    assert_eq!(watch.code_after("-TERM"), Some(143));
    assert_eq!(look(), before);
}

/// On a terminal, too: lines that stay, no screen taken over, and an end by the key that ends anything.
#[test]
fn on_a_terminal_it_prints_lines_and_ctrl_c_ends_it() {
    let house = house();
    house.say("2024-08-10 12:05 first alert");
    let mut watch = Terminal::start(&house, &["watch", "--all"], (80, 24));
    watch.shows("alice: first alert");
    house.say("rolled back");
    watch.shows("alice: rolled back");
    assert!(!watch.screen.screen().alternate_screen());
    let told = String::from_utf8_lossy(&watch.raw).into_owned();
    assert!(!told.contains('\u{1b}'), "{told:?}");
    watch.types("\u{3}");
    assert_eq!(watch.ends().exit_code(), 130);
}
