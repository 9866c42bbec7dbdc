//! In a real terminal: what a command finds there, and what its keys do.

use std::path::Path;
use std::thread;

use portable_pty::CommandBuilder;

use super::{commands, house, only};
use crate::support::House;
use crate::terminal::Terminal;

/// Where this program is, and what the tests need beside it.
pub(super) fn path() -> String {
    let folder = Path::new(env!("CARGO_BIN_EXE_warroom")).parent().unwrap();
    format!("{}:/usr/bin:/bin", folder.display())
}

/// A shell with job control, at its first prompt.
fn shell(house: &House) -> Terminal {
    let mut command = CommandBuilder::new("bash");
    command.args(["--norc", "--noprofile", "-i"]);
    let path = path();
    let mut shell = Terminal::run(house, command, (80, 24), &[("PATH", &path), ("PS1", "at> ")]);
    prompted(&mut shell);
    shell
}

/// Waits for the next prompt: what is typed before belongs to the command.
fn prompted(shell: &mut Terminal) {
    while shell.text().trim_end().lines().last().is_none_or(|last| last.trim_end() != "at>") {
        assert!(shell.read(), "{}", shell.text());
    }
}

fn started(house: &House, script: &str) -> Terminal {
    let path = path();
    Terminal::with(house, &["run", "--", "sh", "-c", script], (80, 24), &[("PATH", &path)])
}

#[test]
fn a_command_has_a_terminal_of_the_same_size_and_its_status_passes() {
    let house = house();
    let mut run = started(&house, "test -t 0 && test -t 1 && test -t 2 && stty size; exit 4");
    assert_eq!(run.ends().exit_code(), 4);
    assert_eq!(run.text().trim(), "24 80");
    let ended = only(&house);
    assert_eq!((&ended["status"], &ended["output"]), (&4.into(), &"24 80".into()));
}

#[test]
fn bytes_pass_unchanged_but_for_what_a_terminal_does() {
    let house = house();
    let mut run = started(&house, r"printf 'a\tb\033[1mc\033[0m\n\377\200\n'");
    run.ends();
    assert_eq!(run.raw, b"a\tb\x1b[1mc\x1b[0m\r\n\xff\x80\r\n");
}

#[test]
fn ctrl_c_reaches_the_command_and_ends_a_loop() {
    let house = house();
    let mut shell = shell(&house);
    shell.types("for i in 1 2 3; do warroom run -- sh -c 'echo ready $((40+2)); read line'; done\r");
    shell.shows("ready 42");
    shell.types("\u{3}");
    prompted(&mut shell);
    shell.types("echo status=$?\r");
    shell.shows("status=130");
    prompted(&mut shell);
    shell.types("exit\r");
    shell.ends();
    assert_eq!(commands(&house).len(), 1, "the others were not begun");
    assert_eq!(only(&house)["why"], "SIGINT");
}

#[test]
fn a_command_that_makes_something_of_ctrl_c_goes_on() {
    let house = house();
    let mut run = started(&house, "trap 'echo caught' INT; echo ready; read a; read b; echo got $b");
    run.shows("ready");
    run.types("\u{3}");
    run.shows("caught");
    run.types("x\ry\r");
    run.shows("got");
    assert_eq!(run.ends().exit_code(), 0);
}

#[test]
fn it_is_suspended_and_brought_back_as_a_job_of_the_shell() {
    let house = house();
    let mut shell = shell(&house);
    shell.types("warroom run -- sh -c 'echo ready $((40+2)); read a; echo \"got <$a>\"'\r");
    shell.shows("ready 42");
    shell.types("\u{1a}");
    shell.shows("Stopped");
    shell.types("echo between=$((1+1))\r");
    shell.shows("between=2");
    shell.types("fg\r");
    // The shell tells what it brings back.
    shell.shows("fg\nwarroom run");
    shell.types("typed\r");
    shell.shows("got <typed>");
    prompted(&mut shell);
    shell.types("stty -a | grep -o -- '.icanon'; exit\r");
    shell.shows(" icanon");
    shell.ends();
    assert_eq!(only(&house)["status"], 0);
}

#[test]
fn another_size_is_told_to_the_command() {
    let house = house();
    let mut run =
        started(&house, "trap 'stty size' WINCH; echo ready; while read -r a; do test $a && exit; done");
    run.shows("ready");
    run.resize((100, 30));
    // A shell looks at its signals when a read has ended.
    run.types("\r");
    run.shows("30 100");
    run.types("end\r");
    run.ends();
}

#[test]
fn a_password_prompt_reads_the_terminal_without_showing_it() {
    let house = house();
    let mut shell = shell(&house);
    shell.types("stty -g > before; echo x | warroom run -- bash -c 'read -rsp \"Pass\"word: p </dev/tty; echo got ${#p}'\r");
    shell.shows("Password:");
    shell.types("geheim!\r");
    shell.shows("got 7");
    prompted(&mut shell);
    shell.types("stty -g | cmp - before && echo same=$?\r");
    shell.shows("same=0");
    assert!(!String::from_utf8_lossy(&shell.raw).contains("geheim"));
    prompted(&mut shell);
    shell.types("exit\r");
    shell.ends();
    let journal = std::fs::read_to_string(house.only_incident().join("journal.jsonl")).unwrap();
    assert!(!journal.contains("geheim"), "what is typed is no output");
}

#[test]
fn only_the_streams_that_are_terminals_are() {
    let house = house();
    let mut shell = shell(&house);
    let see = "for n in 0 1 2; do test -t $n && printf t || printf -- -; done";
    for (redirected, seen) in [("", "ttt"), ("2>/dev/null", "tt-"), ("</dev/null", "-tt")] {
        shell.types(&format!("warroom run -- sh -c '{see}; echo \"<\"' {redirected}\r"));
        shell.shows(&format!("{seen}<"));
        prompted(&mut shell);
    }
    for (redirected, seen) in [("| cat", "t-t"), ("> file; cat file", "t-t"), ("2>&1 | cat", "t--")] {
        shell.types(&format!("warroom run -- sh -c '{see}; echo \">\"' {redirected}\r"));
        shell.shows(&format!("{seen}>"));
        prompted(&mut shell);
        shell.types("clear\r");
    }
    prompted(&mut shell);
    shell.types("exit\r");
    shell.ends();
}

#[test]
fn errors_beside_a_pipe_are_shown_and_kept() {
    let house = house();
    let mut shell = shell(&house);
    shell.types(
        "warroom run -- sh -c 'echo to the pipe; test -t 2 && echo wrong$((40+2)) >&2; exit 1' > file\r",
    );
    shell.shows("wrong42");
    prompted(&mut shell);
    shell.types("exit\r");
    shell.ends();
    assert_eq!(only(&house)["output"], "wrong42");
    assert!(String::from_utf8_lossy(&shell.raw).contains("wrong42\r\n"));
}

#[test]
fn in_the_background_it_leaves_the_keyboard_alone() {
    let house = house();
    let mut shell = shell(&house);
    shell.types("mkfifo gate; warroom run -- sh -c 'read -r a < gate; echo \"through <$a>\"' &\r");
    shell.types("echo typed=$((1+1))\r");
    shell.shows("typed=2");
    shell.types("echo open > gate\r");
    shell.shows("through <open>");
    shell.types("wait; echo status=$?; exit\r");
    shell.shows("status=0");
    shell.ends();
}

#[test]
fn what_a_script_leaves_running_is_not_hung_up() {
    let house = house();
    let mut shell = shell(&house);
    shell.types(
        "mkfifo gate; warroom run -- sh -c '(read -r a < gate; echo \"server: <$a>\") & echo started'\r",
    );
    shell.shows("started");
    prompted(&mut shell);
    shell.types("echo status=$?\r");
    shell.shows("status=0");
    prompted(&mut shell);
    shell.types("echo alive > gate\r");
    shell.shows("server: <alive>");
    shell.types("exit\r");
    shell.ends();
}

#[test]
fn a_terminal_that_goes_away_hangs_up_the_command_and_its_end_is_told() {
    let house = house();
    let mut shell = shell(&house);
    shell.types(
        "warroom run -- sh -c 'trap \"exit 9\" HUP; echo ready $((40+2)); while :; do read a; done'\r",
    );
    shell.shows("ready 42");
    shell.hangs_up();
    shell.child.wait().unwrap();
    while commands(&house).is_empty() || only(&house).is_null() {
        thread::yield_now();
    }
    assert_eq!(only(&house)["status"], 9);
}

#[test]
#[ignore = "needs vim"]
fn an_editor_takes_the_screen_and_gives_it_back() {
    let house = house();
    let mut shell = shell(&house);
    shell.types("warroom run -- vim -u NONE -N text\r");
    shell.shows("\"text\" [New]");
    assert!(shell.screen.screen().alternate_screen());
    shell.types("ihello\u{1b}\u{1a}");
    shell.shows("Stopped");
    assert!(!shell.screen.screen().alternate_screen());
    shell.types("fg\r");
    shell.shows("hello\n~");
    shell.types(":cquit 3\r");
    prompted(&mut shell);
    shell.types("echo status=$?\r");
    shell.shows("status=3");
    prompted(&mut shell);
    shell.types("exit\r");
    shell.ends();
    assert_eq!(only(&house)["output"].as_str().unwrap_or_default(), "");
}

#[test]
#[ignore = "needs less"]
fn a_pager_behind_a_pipe_takes_keys() {
    let house = house();
    let mut shell = shell(&house);
    shell.types("seq 1000 | warroom run -- less\r");
    shell.shows("\n23\n:");
    shell.types("G");
    shell.shows("1000\n(END)");
    shell.types("q");
    prompted(&mut shell);
    shell.types("echo status=$?; exit\r");
    shell.shows("status=0");
    shell.ends();
}
