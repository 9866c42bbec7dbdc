//! What shells offer at `Tab`, asked as they ask.

use std::process::Command;

use crate::support::House;

/// Two incidents, the second of which has hypotheses.
fn house() -> House {
    let house = House::new();
    house.done(&["new", "Checkout is slow", "--detach"]);
    house.done(&["say", "/closed"]);
    house.done(&["new", "Mail \u{1b}[31mlies about", "--detach"]);
    house.done(&["say", "?mail relay: its queue grows"]);
    house.done(&["say", "/out dns: it answers"]);
    house
}

/// What a shell prints that is given these lines.
fn in_shell(house: &House, shell: &str, lines: &str) -> String {
    let own = std::path::Path::new(env!("CARGO_BIN_EXE_warroom")).parent().unwrap();
    let path = format!("{}:{}", own.display(), std::env::var("PATH").unwrap_or_default());
    let command = house.command(&[]);
    let known = command.get_envs().filter_map(|(name, value)| Some((name, value?)));
    let mut asked = Command::new(shell);
    asked.args(["-c", lines]).env_clear().envs(known).env("PATH", path).current_dir(house.path());
    let out = asked.output().unwrap();
    assert_eq!(String::from_utf8_lossy(&out.stderr), "", "{lines}");
    String::from_utf8(out.stdout).unwrap()
}

/// What bash puts in the place of the last of these words.
fn bash(house: &House, words: &[&str]) -> Vec<String> {
    let quoted: Vec<String> = words.iter().map(|word| format!("'{word}'")).collect();
    let at = words.len() - 1;
    let lines = format!(
        "eval \"$(warroom completions bash)\"; COMP_WORDS=({}); COMP_CWORD={at}; COMP_TYPE=9; \
         _clap_complete_warroom warroom {} {}; printf '%s\\n' \"${{COMPREPLY[@]}}\"",
        quoted.join(" "),
        quoted[at],
        quoted[at - 1],
    );
    in_shell(house, "bash", &lines)
        .lines()
        .map(str::to_owned)
        .filter(|line| !line.starts_with("--"))
        .collect()
}

#[test]
fn incidents_and_hypotheses_are_offered() {
    let house = house();
    let ids = bash(&house, &["warroom", "show", ""]);
    assert_eq!(ids.len(), 2, "{ids:?}");
    let whole = ids.iter().find(|id| id.contains("checkout")).unwrap();
    assert_eq!(bash(&house, &["warroom", "show", &whole[..whole.len() - 3]]), [whole.as_str()]);
    assert_eq!(bash(&house, &["warroom", "say", "-i", whole]), [whole.as_str()]);
    let mut subjects = bash(&house, &["warroom", "log", "--against", ""]);
    subjects.sort();
    assert_eq!(subjects, ["dns", "mail relay"], "those of the unresolved one");
    assert_eq!(bash(&house, &["warroom", "run", "--for", "d"]), ["dns"]);
    assert_eq!(bash(&house, &["warroom", "export", "--template", "goo"]), ["google-sre"]);
    assert_eq!(bash(&house, &["warroom", "sho"]), ["show"]);
    assert_eq!(bash(&house, &["warroom", "purg"]), ["purge"]);
    assert!(!bash(&house, &["warroom", ""]).contains(&"ran".to_owned()), "what only the hook calls");
}

#[test]
fn nothing_is_said_between_the_letters() {
    let house = house();
    let beside = house.path().join("config.toml");
    std::fs::write(&beside, "no settings [").unwrap();
    let lines = format!(
        "export WARROOM_CONFIG={}; WARROOM_COMPLETE=bash _CLAP_COMPLETE_INDEX=2 warroom -- warroom show ''",
        beside.display()
    );
    assert!(in_shell(&house, "bash", &lines).contains("--json"));
    assert_eq!(in_shell(&house, "bash", "WARROOM_COMPLETE=nonsense warroom -- warroom show ''"), "");
}

#[test]
#[ignore = "needs fish"]
fn fish_shows_what_each_is() {
    let house = house();
    let offered = in_shell(&house, "fish", "warroom completions fish | source; complete -C 'warroom show '");
    assert!(offered.contains("\tCheckout is slow\n"), "{offered}");
    assert!(!offered.contains('\u{1b}') && offered.contains("lies about"), "{offered:?}");
}
