//! Row 66: an environment in which something is missing, or makes no sense.

use std::fs;
use std::process::{Command, Output};

use portable_pty::CommandBuilder;

use super::acts;
use crate::support::{House, texts};
use crate::terminal::{QUIT, Terminal};

const PROGRAM: &str = env!("CARGO_BIN_EXE_warroom");

/// The program with nothing in its environment but this.
fn with(house: &House, environment: &[(&str, &str)], args: &[&str]) -> Output {
    let mut command = Command::new(PROGRAM);
    command.args(args).env_clear().envs(environment.iter().copied()).current_dir(house.path());
    command.output().unwrap()
}

/// The program in a shell, for what only a shell can do to its streams.
fn in_shell(house: &House, script: &str) -> Output {
    let command = house.command(&[]);
    let mut shell = Command::new("/bin/bash");
    shell.args(["-c", &script.replace("warroom", PROGRAM)]).env_clear();
    for (name, value) in command.get_envs() {
        shell.env(name, value.unwrap());
    }
    shell.env("PATH", "/usr/bin:/bin").current_dir(house.path());
    shell.output().unwrap()
}

#[test]
fn row_66_a_home_that_is_no_place_is_said_and_nothing_is_written_anywhere() {
    let house = House::new();
    for args in [&["list"][..], &["new", "x", "--detach"], &["config"]] {
        let output = with(&house, &[("HOME", "relative/home")], args);
        let (out, err) = texts(&output);
        if args == ["config"] {
            assert!(!out.contains("relative/home"), "{out}");
            continue;
        }
        assert_eq!(output.status.code(), Some(1), "{args:?}");
        assert!(err.contains("there is no home folder to keep incidents in"), "{err}");
        assert!(err.contains("Hint: name a folder with --data-dir or WARROOM_DATA_DIR"), "{err}");
    }
    assert_eq!(fs::read_dir(house.path()).unwrap().count(), 0, "nothing was written");
    // One is named: it holds, whatever home is; a relative one is meant from here.
    for environment in
        [&[("WARROOM_DATA_DIR", "here")][..], &[("WARROOM_DATA_DIR", "here"), ("HOME", "nowhere")]]
    {
        assert!(with(&house, environment, &["new", "x", "--detach"]).status.success());
    }
    assert_eq!(fs::read_dir(house.path().join("here/incidents")).unwrap().count(), 2);
}

#[test]
fn row_66_relative_xdg_folders_do_not_count() {
    let house = House::new();
    let home = house.path().to_str().unwrap();
    let xdg = [
        ("HOME", home),
        ("XDG_DATA_HOME", "rel"),
        ("XDG_STATE_HOME", "./rel"),
        ("XDG_CONFIG_HOME", "../rel"),
    ];
    assert!(with(&house, &xdg, &["new", "x", "--detach"]).status.success());
    assert!(house.path().join(".local/share/warroom/incidents").is_dir());
    assert!(!house.path().join("rel").exists());
}

#[test]
fn row_66_a_zone_that_is_none_is_said_and_does_not_act() {
    let house = House::new();
    house.done(&["new", "x", "--detach"]);
    for (zone, told) in [
        ("Nonsense/Zone", Some("no zone is called Nonsense/Zone, as TZ has it: times are in ")),
        (":../\u{1b}]0;pwned\u{7}", Some("no zone is called ../␛]0;pwned␇, as TZ has it")),
        (":/etc/localtime", None),
        ("", None),
        ("Europe/Berlin", None),
    ] {
        let output = house.command(&["list"]).env("TZ", zone).output().unwrap();
        let (_, err) = texts(&output);
        assert!(output.status.success());
        assert!(told.map_or(err.is_empty(), |told| err.contains(told)), "{zone:?}: {err}");
    }
}

#[test]
fn row_66_a_dumb_terminal_gets_words_and_no_sequences() {
    let house = House::new();
    house.done(&["new", "x", "--detach"]);
    for (args, says, code) in [
        (&[][..], "TERM says that this one is dumb", 1),
        (&["open"], "TERM says that this one is dumb", 1),
        (&["new", "y"], "TERM says that this one is dumb", 1),
        (&["show"], "Timeline", 0),
        (&["list"], "investigating", 0),
    ] {
        let mut terminal = Terminal::with(&house, args, (80, 24), &[("TERM", "dumb")]);
        assert_eq!(terminal.ends().exit_code(), code, "{args:?}");
        assert!(terminal.text().contains(says), "{args:?}: {}", terminal.text());
        assert!(!terminal.raw.contains(&0x1b), "{args:?}");
    }
    // With several incidents there is the list, printed.
    house.done(&["new", "y", "--detach"]);
    let mut terminal = Terminal::with(&house, &[], (80, 24), &[("TERM", "dumb")]);
    assert_eq!(terminal.ends().exit_code(), 0);
    assert!(
        terminal.text().contains("warroom open ID") && !terminal.raw.contains(&0x1b),
        "{}",
        terminal.text()
    );
}

#[test]
fn row_66_without_colours_without_a_locale_and_without_a_terminals_name_the_room_works() {
    for environment in [
        &[("NO_COLOR", "1")][..],
        &[("LANG", "C"), ("LC_ALL", "C")],
        &[("TERM", "")],
        &[("TERM", "no-such-terminal")],
        &[("COLUMNS", "0"), ("LINES", "-1")],
    ] {
        let house = House::new();
        house.done(&["new", "x", "--detach"]);
        let mut room = Terminal::with(&house, &["open"], (80, 24), environment);
        room.shows("● saved 0");
        room.logs("naïve 日本 is logged", 1);
        room.shows("naïve 日本");
        let raw = String::from_utf8(room.raw.clone()).unwrap();
        let coloured = ["[38;", "[48;", "[31", "[32"].iter().any(|sgr| raw.contains(sgr));
        assert_eq!(coloured, environment[0].0 != "NO_COLOR", "{environment:?}");
        room.types(QUIT);
        assert_eq!(room.ends().exit_code(), 0);
        acts("an odd environment", &room.raw);
    }
}

#[test]
fn row_66_streams_that_are_closed_full_or_end_early() {
    let house = House::new();
    house.done(&["new", "x", "--detach"]);
    house.say(&"a line of some length\n".repeat(2_000));
    for (script, code, says) in [
        ("warroom show >&-", 0, ""),
        ("warroom list --json >&- 2>&- <&-", 0, ""),
        ("warroom say said without any stream >&- 2>&- <&-", 0, ""),
        ("warroom say <&-", 0, ""),
        ("warroom show | head -n 1; exit ${PIPESTATUS[0]}", 0, ""),
        ("warroom show | head -n 0; exit ${PIPESTATUS[0]}", 0, ""),
        ("warroom show --json | true; exit ${PIPESTATUS[0]}", 0, ""),
        ("warroom show >/dev/full", 1, "cannot write to standard output"),
        ("warroom export >/dev/full", 1, "cannot write to standard output"),
        ("warroom nonsense 2>/dev/full", 2, ""),
        ("warroom open <&- >&-", 1, "needs a terminal"),
    ] {
        let output = in_shell(&house, script);
        let (_, err) = texts(&output);
        assert_eq!(output.status.code(), Some(code), "{script}: {err}");
        assert!(err.contains(says) && (!says.is_empty() || err.is_empty()), "{script}: {err}");
    }
    // A closed stream must not become the journal, or any other file that is opened next.
    let incident = house.json();
    let last = incident["timeline"].as_array().unwrap().last().unwrap();
    assert_eq!(last["text"], "said without any stream");
    assert_eq!(incident["timeline"].as_array().unwrap().len(), 2_001);
}

#[test]
fn row_66_without_a_terminal_to_read_from_it_is_said_and_with_any_the_room_works() {
    let house = House::new();
    house.done(&["new", "x", "--detach"]);
    let start = |script: &str| {
        let mut command = CommandBuilder::new("/bin/sh");
        command.args(["-c", &script.replace("warroom", PROGRAM)]);
        Terminal::run(&house, command, (80, 24), &[("PATH", "/usr/bin:/bin")])
    };
    // No controlling terminal, and standard input is none.
    let mut none = start("setsid -w warroom open </dev/null");
    assert_eq!(none.ends().exit_code(), 1);
    assert!(none.text().contains("there is no terminal for the room"), "{}", none.text());
    for (n, script) in
        ["exec warroom open </dev/null", "exec warroom open <&-", "exec warroom open 2>&-"].iter().enumerate()
    {
        let mut room = start(script);
        room.shows("● saved 0");
        room.logs(&format!("line {n}"), 1);
        room.types(QUIT);
        assert_eq!(room.ends().exit_code(), 0, "{script}");
    }
    assert_eq!(house.json()["timeline"].as_array().unwrap().len(), 3);
}
