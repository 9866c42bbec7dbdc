//! The hooks of shells, in real ones at a real prompt.

use std::thread;

use portable_pty::CommandBuilder;
use serde_json::Value;

use super::{commands, house};
use crate::support::House;
use crate::terminal::Terminal;

use super::terminals::path;

/// A shell that reads this first.
fn shell(house: &House, program: &str, args: &[&str], more: &[(&str, &str)]) -> Terminal {
    let mut command = CommandBuilder::new(program);
    command.args(args);
    let path = path();
    Terminal::run(
        house,
        command,
        (100, 30),
        &[&[("PATH", path.as_str()), ("LC_ALL", "C.UTF-8")], more].concat(),
    )
}

/// Waits until so many commands are told, and gives their lines with their statuses, in the order of their lines.
fn told(house: &House, count: usize) -> Vec<(String, Value)> {
    loop {
        let all = commands(house);
        if all.len() >= count {
            let mut told: Vec<_> =
                all.into_iter().map(|(line, ended)| (line, ended["status"].clone())).collect();
            told.sort_by(|one, other| one.0.cmp(&other.0));
            return told;
        }
        thread::yield_now();
    }
}

/// Types commands at a prompt that shows the status before it, and checks what is told of them.
fn is_hooked(house: &House, shell: &mut Terminal) {
    shell.shows("[0]");
    for (typed, shown) in [
        ("sh -c 'exit 3'", "[3]"),
        ("ls /", "[0]"),
        (" echo 'behind a blank'", "[0]"),
        ("mysql -h db -psecret 2>/dev/null; false", "[1]"),
        ("echo 'two  blanks' | cat", "[0]"),
        ("cd /tmp", "[0]"),
        ("sh -c 'exit 4'", "[4]"),
    ] {
        shell.types(&format!("{typed}\r"));
        // The prompt that follows on what was typed.
        while !after(&shell.text(), typed).contains(shown) {
            assert!(shell.read(), "{typed}: {}", shell.text());
        }
    }
    shell.types("exit\r");
    shell.ends();
    assert_eq!(
        told(house, 4),
        [
            ("echo 'two  blanks' | cat", 0),
            ("mysql -h db -p(redacted: password on a command line) 2>/dev/null; false", 1),
            ("sh -c 'exit 3'", 3),
            ("sh -c 'exit 4'", 4),
        ]
        .map(|(line, status)| (line.to_owned(), Value::from(status)))
    );
    let incident = house.json();
    let places = incident["timeline"].as_array().unwrap().iter();
    let places: Vec<_> = places.map(|entry| entry["machine"]["command"]["place"].as_str().unwrap()).collect();
    assert!(places.iter().filter(|place| place.ends_with(":/tmp")).count() == 1, "{places:?}");
}

fn after<'a>(text: &'a str, typed: &str) -> &'a str {
    text.rsplit_once(typed.trim()).map_or("", |(_, after)| after)
}

const BASH: &[&str] = &["--noprofile", "--rcfile", "rc", "-i"];

fn bash(house: &House, rc: &str) -> Terminal {
    std::fs::write(house.path().join("rc"), rc).unwrap();
    shell(house, "bash", BASH, &[])
}

#[test]
fn bash_tells_what_was_typed() {
    let house = house();
    let rc = "PS1='[$?] '\nHISTCONTROL=ignoreboth\neval \"$(warroom shell-init bash)\"\n";
    is_hooked(&house, &mut bash(&house, rc));
}

#[test]
fn in_bash_what_the_person_has_there_goes_on() {
    let house = house();
    let rc = "PS0='(begins)'\nPROMPT_COMMAND='seen=$?'\ntrap 'debug=$BASH_COMMAND' DEBUG\nPS1='[$seen] '\n\
              HISTCONTROL=ignoreboth\neval \"$(warroom shell-init bash)\"\n";
    let mut shell = bash(&house, rc);
    shell.shows("[0]");
    shell.types("(exit 3)\r");
    shell.shows("[3]");
    shell.shows("(begins)");
    shell.types("true; echo \"debug=<$debug>\"\r");
    shell.shows("debug=<echo \"debug=<$debug>\">");
    // The same again: the history has it once.
    shell.types("sh -c 'exit 5'\r");
    shell.shows("[5]");
    shell.types("clear\r");
    shell.shows("[0]");
    shell.types("sh -c 'exit 5'\r");
    shell.shows("[5]");
    shell.types("sh -c 'exit 5'\r");
    shell.types("echo $((40+2))\r");
    shell.shows("42");
    shell.types("exit\r");
    shell.ends();
    let lines: Vec<_> = told(&house, 6).into_iter().map(|(line, _)| line).collect();
    assert_eq!(
        lines,
        [
            "(exit 3)",
            "echo $((40+2))",
            "sh -c 'exit 5'",
            "sh -c 'exit 5'",
            "sh -c 'exit 5'",
            "true; echo \"debug=<$debug>\""
        ]
    );
}

#[test]
#[ignore = "needs zsh"]
fn zsh_tells_what_was_typed() {
    let house = house();
    let rc =
        "PS1='[%?] '\nsetopt hist_ignore_space\nunsetopt prompt_sp\neval \"$(warroom shell-init zsh)\"\n";
    std::fs::write(house.path().join(".zshrc"), rc).unwrap();
    let folder = house.path().to_str().unwrap();
    is_hooked(&house, &mut shell(&house, "zsh", &["-d", "-i"], &[("ZDOTDIR", folder)]));
}

#[test]
#[ignore = "needs fish"]
fn fish_tells_what_was_typed() {
    let house = house();
    let folder = house.path().join(".config/fish");
    std::fs::create_dir_all(&folder).unwrap();
    let prompt = "function fish_prompt\n    printf '[%s] ' $status\nend\nset -g fish_greeting\n";
    std::fs::write(folder.join("config.fish"), format!("{prompt}warroom shell-init fish | source\n"))
        .unwrap();
    is_hooked(&house, &mut shell(&house, "fish", &["-i"], &[]));
}

#[test]
fn nothing_is_told_without_an_incident_with_several_or_while_it_is_off() {
    let ran = ["ran", "--status", "0", "--took", "12", "--", "make deploy"];
    let none = House::new();
    let output = none.run(&ran);
    assert!(output.status.success() && output.stdout.is_empty() && output.stderr.is_empty());
    let several = house();
    several.done(&["new", "Search is slow", "--detach"]);
    let output = several.run(&ran);
    assert!(output.status.success() && output.stdout.is_empty() && output.stderr.is_empty());
    for folder in std::fs::read_dir(several.path().join("data/incidents")).unwrap() {
        let journal = std::fs::read_to_string(folder.unwrap().path().join("journal.jsonl")).unwrap();
        assert!(!journal.contains("make deploy"), "{journal}");
    }
    let off = house();
    assert!(off.command(&ran).env("WARROOM_SHELL", "off").status().unwrap().success());
    assert_eq!(commands(&off), []);
    off.done(&ran);
    assert_eq!(commands(&off).len(), 1);
    let began = off.json()["timeline"][0]["machine"]["command"].clone();
    let ms =
        |at: &Value| chrono::DateTime::parse_from_rfc3339(at.as_str().unwrap()).unwrap().timestamp_millis();
    assert_eq!(ms(&began["ended"]["at"]) - ms(&began["began"]), 12);
}

#[test]
fn the_list_of_what_is_not_told_is_the_persons() {
    let house = house();
    std::fs::write(house.path().join("c.toml"), "[shell]\nignore = [\"git status\", \"make\"]\n").unwrap();
    for line in ["make deploy", "git status -s", "git push", "ls"] {
        let config = house.path().join("c.toml");
        house.done(&[
            "--config",
            config.to_str().unwrap(),
            "ran",
            "--status",
            "0",
            "--took",
            "1",
            "--",
            line,
        ]);
    }
    let lines: Vec<_> = commands(&house).into_iter().map(|(line, _)| line).collect();
    assert_eq!(lines, ["git push", "ls"]);
}
