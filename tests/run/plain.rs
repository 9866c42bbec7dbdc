//! Without a terminal: statuses, streams, and what is in the record.

use std::fs::{self, File};
use std::os::unix::process::ExitStatusExt as _;
use std::process::Stdio;

use super::{commands, house, only};
use crate::support::{House, texts};

#[test]
fn the_status_of_the_command_is_that_of_run() {
    let house = house();
    fs::write(house.path().join("notes.txt"), "no program").unwrap();
    for (command, status, told) in [
        (&["true"][..], 0, r#""status":0"#),
        (&["sh", "-c", "exit 3"], 3, r#""status":3"#),
        (&["sh", "-c", "exit 255"], 255, r#""status":255"#),
        (&["no-such-program"], 127, r#""why":"not found""#),
        (&["./notes.txt"], 126, r#""why":"not executable""#),
    ] {
        let output = house.run(&[&["run", "--"], command].concat());
        assert_eq!(output.status.code(), Some(status), "{command:?}");
        let ended = commands(&house).pop().unwrap().1.to_string();
        assert!(ended.contains(told), "{command:?}: {ended}");
    }
    assert_eq!(commands(&house).len(), 5);
}

#[test]
fn what_a_signal_ended_ends_run_by_the_same() {
    let house = house();
    for signal in [2, 9, 11, 15] {
        let kill = format!("kill -{signal} $$");
        // Where the tests were started to ignore it, it would end nothing.
        let output = house.run(&["run", "--", "env", "--default-signal=INT", "sh", "-c", &kill]);
        assert_eq!(output.status.signal(), Some(signal), "{:?}", texts(&output).1);
    }
    let whys: Vec<_> = commands(&house).into_iter().map(|(_, ended)| ended["why"].clone()).collect();
    assert_eq!(whys, ["SIGINT", "SIGKILL", "SIGSEGV", "SIGTERM"]);
}

#[test]
fn its_line_place_and_times_are_told_at_the_time_it_began() {
    let house = house();
    house.done(&["run", "--", "echo", "it works", "#deploy", "a*b"]);
    let incident = house.json();
    let entry = &incident["timeline"][0];
    assert_eq!(entry["text"], "echo 'it works' '#deploy' 'a*b'");
    assert_eq!(entry["at"], entry["machine"]["command"]["began"]);
    let place = entry["machine"]["command"]["place"].as_str().unwrap();
    let folder = fs::canonicalize(house.path()).unwrap();
    assert!(place.ends_with(&format!(":{}", folder.display())) && !place.starts_with(':'), "{place}");
    let undone = house.run(&["say", "/undo"]);
    assert!(!undone.status.success(), "it is no change of the person's");
}

#[test]
fn the_last_lines_are_kept_where_it_failed_or_as_asked() {
    let house = house();
    let counted = "seq 30; echo 'on errors' >&2; exit $0";
    for (keep, status, lines) in [
        (&[][..], "1", 20),
        (&[], "0", 0),
        (&["--keep", "3"], "0", 3),
        (&["--keep", "3"], "1", 3),
        (&["--keep", "100"], "1", 31),
        (&["--keep", "0"], "1", 0),
    ] {
        house.run(&[&["run"], keep, &["--", "sh", "-c", counted, status]].concat());
        let ended = commands(&house).pop().unwrap().1;
        let kept =
            ended["output"].as_str().unwrap_or_default().lines().map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(kept.len(), lines, "{keep:?} {status}: {kept:?}");
        assert_eq!(kept.contains(&"on errors".to_owned()), lines > 0);
    }
}

#[test]
fn every_byte_passes_in_both_directions() {
    let house = house();
    let bytes: Vec<u8> = (0..=255).cycle().take(300_000).collect();
    fs::write(house.path().join("bytes"), &bytes).unwrap();
    let fed = |args: &[&str]| {
        let input = File::open(house.path().join("bytes")).unwrap();
        house.command(args).stdin(input).output().unwrap()
    };
    let output = fed(&["run", "--", "cat"]);
    assert!(output.status.success() && output.stdout == bytes && output.stderr.is_empty());
    let output = fed(&["run", "--", "sh", "-c", "cat >&2"]);
    assert!(output.status.success() && output.stderr == bytes && output.stdout.is_empty());
}

/// What a shell makes of a line in which `$W` is this program.
fn in_shell(house: &House, line: &str) -> (String, String) {
    let mut shell = std::process::Command::new("bash");
    let program = house.command(&[]);
    shell
        .args(["-c", line])
        .env_clear()
        .envs(program.get_envs().filter_map(|(name, value)| Some((name, value?))));
    shell.env("W", program.get_program()).env("PATH", "/usr/bin:/bin").current_dir(house.path());
    texts(&shell.stdin(Stdio::null()).output().unwrap())
}

#[test]
fn streams_are_what_they_would_be() {
    let house = house();
    // One pipe for both: their order stays.
    let (out, _) =
        in_shell(&house, r#""$W" run -- sh -c 'for i in 1 2 3; do echo $i; echo e$i >&2; done' 2>&1 | cat"#);
    assert_eq!(out, "1\ne1\n2\ne2\n3\ne3\n");
    // A file stays the file, and can be sought in.
    let (out, err) = in_shell(
        &house,
        r#""$W" run -- sh -c 'test -f /dev/stdout && echo there' > file; echo $?; cat file"#,
    );
    assert_eq!((out.as_str(), err.as_str()), ("0\nthere\n", ""));
    // Whoever writes to nobody is told so.
    let (out, _) = in_shell(&house, r#""$W" run -- yes | head -n 1; echo ${PIPESTATUS[0]}"#);
    assert_eq!(out, "y\n141\n");
    let (out, _) = in_shell(&house, r#""$W" run -- sh -c 'read -r line; echo "got $line"' <<< "a line""#);
    assert_eq!(out, "got a line\n");
    // A script without a first line that says by what.
    in_shell(&house, "echo 'exit 4' > script; chmod +x script");
    assert_eq!(in_shell(&house, r#""$W" run -- ./script; echo $?"#).0, "4\n");
}

#[test]
fn what_is_ignored_stays_so() {
    let house = house();
    let (out, _) = in_shell(&house, r#"trap '' HUP; "$W" run -- sh -c 'kill -HUP $$; echo alive' | cat"#);
    assert_eq!(out, "alive\n");
    let (out, _) = in_shell(&house, r#""$W" run -- sh -c 'kill -HUP $$; echo alive' | cat"#);
    assert_eq!(out, "");
}

#[test]
fn without_an_incident_it_runs_and_that_is_said() {
    let house = House::new();
    let output = house.run(&["run", "--", "sh", "-c", "echo done; exit 5"]);
    let (out, err) = texts(&output);
    assert_eq!((output.status.code(), out.as_str()), (Some(5), "done\n"));
    assert_eq!(err, "warroom: the command was not logged: there is no incident yet\n");
    let mut lost = house.command(&["run", "--", "echo", "done"]);
    let output = lost.env("WARROOM_INCIDENT", "2001-nothing").output().unwrap();
    assert!(output.status.success() && texts(&output).1.contains("there is no incident 2001-nothing"));
}

#[test]
fn what_was_named_has_to_be_there_before_anything_runs() {
    let house = house();
    house.say("?database");
    let touch = |options: &[&str]| house.run(&[&["run"], options, &["--", "touch", "done"]].concat());
    for (options, status, told) in [
        (&["-i", "2001-nothing"][..], 1, "there is no incident 2001-nothing"),
        (&["-i", "/"], 1, "there is no incident in /"),
        (&["--for", "network"], 1, "--for: there is no hypothesis about network; there are: database (open)"),
        (&["--for", "database", "--against", "database"], 2, "cannot be used with"),
        (&["--never"], 2, "unexpected argument '--never' found"),
    ] {
        let output = touch(options);
        assert_eq!(output.status.code(), Some(status), "{options:?}");
        assert!(texts(&output).1.contains(told), "{}", texts(&output).1);
        assert!(!house.path().join("done").exists(), "{options:?}");
    }
    assert!(touch(&["--against", "database"]).status.success() && house.path().join("done").exists());
}

#[test]
fn how_it_ended_is_evidence() {
    let house = house();
    house.say("?Database: pool");
    house.run(&["run", "--for", "database", "--", "sh", "-c", "exit 2"]);
    house.done(&["run", "--against", "database", "--", "true"]);
    let incident = house.json();
    let evidence = incident["hypotheses"][0]["evidence"].as_array().unwrap();
    let told: Vec<_> =
        evidence.iter().map(|e| (e["side"].as_str().unwrap(), e["text"].as_str().unwrap())).collect();
    assert_eq!((told[0].0, told[1].0), ("for", "against"));
    assert!(told[0].1.starts_with("`sh -c 'exit 2'`: exit 2 after "), "{told:?}");
    assert!(told[1].1.starts_with("`true`: exit 0 after "), "{told:?}");
}

#[test]
fn secrets_reach_neither_the_line_nor_what_is_kept() {
    let house = house();
    let script = "echo \"login with $2 as $0\"; exit 1";
    house.run(&["run", "--", "sh", "-c", script, "bob", "--password", "Tr0ub4dor&3"]);
    house.run(&["run", "--", "sh", "-c", "echo AKIAIOSFODNN7ABCDEFG; exit 1"]);
    let told = house.done(&["show", "--json"]);
    let journal = fs::read_to_string(house.only_incident().join("journal.jsonl")).unwrap();
    for text in [&told, &journal] {
        assert!(!text.contains("Tr0ub4dor") && !text.contains("AKIAIOSFODNN7"), "{text}");
        assert!(text.contains("--password (redacted: password on a command line)"), "{text}");
        assert!(text.contains("login with (redacted: password on a command line) as bob"), "{text}");
        assert!(text.contains("(redacted: AWS access key)"), "{text}");
    }
}

#[test]
fn a_full_disk_is_said_and_the_status_stays() {
    let house = house();
    let (out, err) = in_shell(&house, r#"(ulimit -f 0; "$W" run -- sh -c 'exit 6' 2>&1; echo $?) | cat"#);
    assert!(out.ends_with("\n6\n") && out.contains("warroom: the command was not logged: "), "{out}{err}");
    assert!(out.contains("sh -c 'exit 6'"), "what was lost is told: {out}");
    assert_eq!(commands(&house).len(), 0);
}

#[test]
fn progress_and_colours_are_kept_as_they_were_read() {
    let house = house();
    let printed = r"printf '10%%\r 50%%\r100%%\n\033[31mfailed\033[0m\n'; exit 1";
    let output = house.run(&["run", "--", "sh", "-c", printed]);
    assert_eq!(texts(&output).0, "10%\r 50%\r100%\n\u{1b}[31mfailed\u{1b}[0m\n");
    assert_eq!(only(&house)["output"], "100%\nfailed");
}

#[test]
fn nothing_is_listened_to_where_nothing_is_kept() {
    let house = house();
    let pipe = || File::create(house.path().join("out")).unwrap();
    let links = "readlink /proc/$PPID/fd/1 /proc/self/fd/1 | uniq | wc -l";
    let mut command = house.command(&["run", "--keep", "0", "--", "sh", "-c", links]);
    let output = command.stdout(Stdio::piped()).stderr(pipe()).output().unwrap();
    assert!(output.status.success());
    assert_eq!(only(&house)["output"], serde_json::Value::Null);
}

#[test]
fn by_is_another_name_of_as() {
    let house = house();
    house.done(&["log", "--by", "zoe", "handed over"]);
    assert_eq!(house.json()["timeline"][0]["by"], "zoe");
}
