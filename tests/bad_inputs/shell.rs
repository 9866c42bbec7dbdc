//! Rows 33–35: what the shell prints to a terminal. (`entries.rs` prints every hostile entry so, in every form.)

use std::fs;

use super::acts;
use crate::support::House;
use crate::terminal::Terminal;

const EVIL: &str = "\u{1b}]0;pwned\u{7}\u{1b}[2J\u{9b}31m";

/// What the program prints to a terminal, of which nothing acts; and how it ends.
fn printed(house: &House, args: &[&str]) -> (String, u32) {
    let mut shown = Terminal::start(house, args, (200, 60));
    while shown.read() {}
    let acting = acts(&format!("{args:?}"), &shown.raw);
    assert!(acting.iter().all(|one| matches!(one.as_str(), "CR" | "LF")), "{args:?}: {acting:?}");
    (shown.text(), shown.child.wait().unwrap().exit_code())
}

#[test]
fn row_33_show_to_a_terminal() {
    let house = House::new();
    house.done(&["new", &format!("Evil {EVIL}"), "--detach"]);
    house.say(&format!(
        "said {EVIL} \u{7f} end\n?guess {EVIL} more: why {EVIL}\n+ do {EVIL} it @bob\n/impact {EVIL} x\n"
    ));
    let (shown, code) = printed(&house, &["show"]);
    assert_eq!(code, 0);
    for part in ["Evil ␛]0;pwned␇␛[2J<9B>31m", "said ␛]0;pwned␇␛[2J<9B>31m ␡ end", "Impact: ␛]0;"]
    {
        assert!(shown.contains(part), "{part:?} is missing in\n{shown}");
    }
}

#[test]
fn row_34_json_to_a_terminal() {
    let house = House::new();
    house.done(&["new", "x", "--detach"]);
    let said = "c1 \u{9b}31m del \u{7f} esc \u{1b}[2J rtl \u{202e}";
    house.say(&format!("{said}\n"));
    let (shown, _) = printed(&house, &["show", "--json"]);
    assert!(shown.contains(r#""text": "c1 \u009b31m del \u007f esc \u001b[2J rtl \u202e""#), "{shown}");
    assert_eq!(house.json()["timeline"][0]["text"], said, "and it means what was typed");
}

#[test]
fn row_35_an_error_that_names_something_evil() {
    let house = House::new();
    house.done(&["new", &format!("Evil {EVIL}"), "--detach"]);
    let folder = format!("folder {EVIL}");
    fs::create_dir(house.path().join(&folder)).unwrap();
    fs::write(house.path().join(&folder).join("something"), "").unwrap();
    for (args, code) in [
        (&[EVIL][..], 2),
        (&["show", &format!("--{EVIL}")], 2),
        (&["new", "x", "--detach", "--sev", EVIL], 2),
        (&["new", "x", "--detach", "--tz", EVIL], 2),
        (&["new", "x", "--detach", "--started", EVIL], 2),
        (&["new", "x", "--detach", "--dir", &folder], 1),
        (&["show", "--as-of", EVIL], 2),
        (&["show", "-i", EVIL], 1),
        (&["show", "-i", &folder], 1),
        (&["show", "-i", &format!("{folder}/something")], 1),
        (&["open", EVIL], 1),
        (&["export", "-o", &format!("{folder}/none/{EVIL}")], 1),
        (&["export", "-o", &format!("{folder}/something")], 1),
        (&["list", "--data-dir", &format!("{folder}/something")], 1),
        (&["list", "--config", &format!("{folder}/none")], 0),
        (&["say", &format!("/out{EVIL}")], 1),
        (&["say", &format!("10:99 {EVIL}")], 1),
        (&["say", "--", &format!("/when {EVIL}")], 1),
        (&["completions", EVIL], 2),
    ] {
        let (shown, exit) = printed(&house, args);
        assert_eq!(exit, code, "{args:?}: {shown}");
    }
    // The room says it, too: what cannot be read, in the list, and where a report was written.
    fs::create_dir(house.path().join("data/incidents").join(&folder)).unwrap();
    fs::write(house.path().join("data/incidents").join(&folder).join("journal.jsonl"), EVIL).unwrap();
    let (shown, _) = printed(&house, &["list"]);
    assert!(shown.contains("folder ␛]0;pwned␇␛[2J<9B>31m  cannot be read"), "{shown}");
    let mut list = Terminal::start(&house, &["open", "2"], (80, 24));
    list.shows("● saved 0");
    list.types("/export\r");
    list.shows("the report is in");
    list.types(crate::terminal::QUIT);
    assert_eq!(list.ends().exit_code(), 0);
    acts("a room that exports", &list.raw);
}
