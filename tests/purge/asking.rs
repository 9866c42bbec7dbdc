//! It is asked twice, and nothing happens before the second answer.

use super::{SECRET, entries, house, journal, nowhere, refused, stamp_of};
use crate::terminal::Terminal;

#[test]
fn both_questions_have_to_be_answered() {
    let house = house();
    house.say(&format!("{SECRET}\n/edit last: it is {SECRET}\n"));
    let before = journal(&house);
    let id = stamp_of(&house, "entry_added\":{\"text\":\"pa");
    let ending = &id[id.len() - 6..];
    let ask = |answers: &[&str]| {
        let mut asked = Terminal::start(&house, &["purge", "last"], (100, 30));
        asked.shows("Type the last 6 characters of its id:");
        asked.shows("With it go:");
        asked.shows(&id);
        for (nth, answer) in answers.iter().enumerate() {
            if nth == 1 {
                asked.shows("Really? Type yes:");
            }
            asked.types(&format!("{answer}\r"));
        }
        let code = asked.ends().exit_code();
        (code, asked.text())
    };
    for answers in [
        &["yes"][..],
        &[""],
        &["\u{4}"],
        &[ending, ""],
        &[ending, "y"],
        &[ending, ending],
        &[ending, "\u{4}"],
    ] {
        let (code, said) = ask(answers);
        assert_eq!(code, 1, "{answers:?}");
        assert!(said.contains("Nothing was changed."), "{said}");
        assert_eq!(journal(&house), before, "{answers:?}");
    }
    let (code, said) = ask(&[ending, "yes"]);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("Purged: 2 lines"), "{said}");
    nowhere(&house);
}

#[test]
fn what_is_shown_before_is_safe_for_the_terminal() {
    let house = house();
    house.say("\u{1b}]0;title\u{7} \u{1b}[2J gone\n");
    let output = house.run(&["purge", "last", "--yes", "--yes"]);
    assert!(output.status.success());
    let all = [output.stdout, output.stderr].concat();
    assert!(!all.contains(&0x1b) && !all.contains(&7));
}

#[test]
fn without_a_terminal_yes_has_to_be_said_twice() {
    let house = house();
    house.say(&format!("{SECRET}\n"));
    let before = journal(&house);
    let err = refused(&house.run(&["purge", "last"]), 2);
    assert!(err.contains("--yes --yes"), "{err}");
    let err = refused(&house.run(&["purge", "last", "--yes"]), 2);
    assert!(err.contains("once is not enough"), "{err}");
    refused(&house.run(&["purge", "--yes", "--yes"]), 2);
    assert_eq!(journal(&house), before);
    assert_eq!(entries(&house).len(), 3);
}

#[test]
fn a_handle_that_begins_with_a_hyphen_is_no_flag() {
    let house = house();
    let lines: Vec<String> = (3..=12).map(|n| format!("entry {n}\n")).collect();
    house.say(&lines.concat());
    // Shown with a character more, it is named by this, too.
    assert!(house.done(&["show"]).contains("-10)"));
    let said = super::purged(&house, "-10");
    assert!(said.contains("Purged: 1 line of"), "{said}");
    assert!(!entries(&house).contains(&"entry 12".to_owned()));
}

#[test]
fn it_is_in_the_manual_and_in_its_help() {
    let house = house();
    assert!(house.done(&["man"]).contains("purge"));
    assert!(house.done(&["purge", "--help"]).contains("warroom purge last"));
}
