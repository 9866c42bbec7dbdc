//! Rows 56–62: titles, given to `new`, to the list and to the room's `/title`. The name of the folder is made of letters,
//! digits and `-`, and stands in the root, whatever the title says. What a title becomes is `tests/text.rs`'s business
//! in full; here each way in is gone.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::{acts, is_whole, pasted};
use crate::support::{House, texts};
use crate::terminal::{QUIT, Terminal};

/// The row, the title, the slug, and what the title shows as.
fn titles() -> Vec<(u8, String, &'static str, &'static str)> {
    let long = "long title ".repeat(28);
    let row = |row, title: &str, slug, shown| (row, title.to_owned(), slug, shown);
    vec![
        row(56, "../../etc/cron.d/x", "etc-cron-d-x", "../../etc/cron.d/x"),
        row(57, "/etc/passwd", "etc-passwd", "/etc/passwd"),
        row(57, "C:\\x", "c-x", "C:\\x"),
        row(57, "\\\\host\\share", "host-share", "\\\\host\\share"),
        row(58, ".", "incident", "."),
        row(58, "..", "incident", ".."),
        row(
            58,
            long.trim(),
            "long-title-long-title-long-title-long-title-long-title-long",
            "long title long",
        ),
        row(58, "🔥🔥", "incident", "🔥🔥"),
        row(59, "-rf", "rf", "-rf"),
        row(59, "--help", "help", "--help"),
        row(60, "esc \u{1b}]0;pwned\u{7} c1 \u{9b}2J", "esc-0-pwned-c1-2j", "esc ␛]0;pwned␇ c1 <9B>2J"),
        row(60, "rlo \u{202e}gnp.exe", "rlo-gnp-exe", "rlo <202E>gnp.exe"),
        row(61, "CON", "con-x", "CON"),
        row(61, "nul.txt", "nul-txt", "nul.txt"),
        row(61, "ends with a dot.", "ends-with-a-dot", "ends with a dot."),
        row(62, "the same", "the-same", "the same"),
        row(62, "the same", "the-same", "the same"),
        row(62, "The SAME", "the-same", "The SAME"),
    ]
}

/// The title as it is typed: `\` as the first character makes text of what follows.
fn as_text(title: &str) -> String {
    if title.starts_with('\\') { format!("\\{title}") } else { title.to_owned() }
}

/// So much of a title as any row has space for.
fn beginning(shown: &str) -> String {
    shown.chars().take(5).collect()
}

/// Checks that what was started stands in the root under names that are plain, and nowhere else.
fn in_the_root(house: &House, slugs: &[&str]) {
    let root = house.path().join("data/incidents");
    let mut names: Vec<String> = fs::read_dir(&root)
        .unwrap()
        .map(|folder| folder.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    let (date, mut times) = (&names[0][..10], BTreeMap::new());
    let mut expected: Vec<String> = Vec::new();
    for slug in slugs {
        let nth = times.entry(*slug).and_modify(|nth| *nth += 1).or_insert(1);
        expected.push(if *nth == 1 { format!("{date}-{slug}") } else { format!("{date}-{slug}-{nth}") });
    }
    expected.sort();
    assert_eq!(names, expected);
    let others: Vec<_> = fs::read_dir(house.path()).unwrap().map(|file| file.unwrap().file_name()).collect();
    assert_eq!(others, ["data"], "something stands beside the root");
    assert!(!Path::new("/etc/cron.d/x").exists());
}

#[test]
fn rows_56_to_62_given_to_new() {
    let house = House::new();
    for (row, title, slug, shown) in titles() {
        let id = house.done(&["new", "--detach", "--", &title]);
        assert!(id[11..].starts_with(slug), "row {row}: {id}");
        let listed = house.done(&["list"]);
        assert!(listed.contains(shown), "row {row}: {listed}");
        let title_of = house.done(&["show", "--json", "-i", id.trim()]);
        let incident: serde_json::Value = serde_json::from_str(&title_of).unwrap();
        assert_eq!(incident["title"], title, "row {row}: stored as typed");
    }
    in_the_root(&house, &titles().iter().map(|(_, _, slug, _)| *slug).collect::<Vec<_>>());
    // Row 58, empty; row 59, without the `--` that would make it a title; row 60, more lines than one.
    for nothing in ["", "  ", "\u{200b}"] {
        let output = house.run(&["new", "--detach", nothing]);
        assert_eq!(output.status.code(), Some(2));
        assert!(texts(&output).1.contains("the title is empty"));
    }
    assert_eq!(house.run(&["new", "--detach", "-rf"]).status.code(), Some(2));
    assert!(house.done(&["new", "--detach", "two\nlines"]).contains("two-lines"));
    assert!(house.done(&["list"]).contains("two⏎lines"));
}

#[test]
fn rows_56_to_62_given_to_the_list() {
    let house = House::new();
    let mut given = titles();
    // Row 60: what no argument can hold.
    given.push((60, "nul \0 and\ntwo lines".into(), "nul-and-two-lines", "nul ␀ and two lines"));
    for (row, title, _, shown) in &given {
        let mut list = Terminal::start(&house, &["--as", "alice"], (80, 24));
        while !list.text().contains("No incident yet")
            && !list.text().contains("● saved 0")
            && !list.text().contains("Enter opens")
        {
            assert!(list.read());
        }
        if list.text().contains("● saved 0") {
            // The one unresolved incident was opened; with another there is a list.
            list.types(QUIT);
            list.ends();
            house.done(&["new", "--detach", "second"]);
            list = Terminal::start(&house, &[], (80, 24));
            list.shows("Enter opens");
        }
        let line = as_text(title);
        list.types(&pasted(&line));
        let escape = &line[..line.len() - title.len()];
        list.shows(&format!("› {escape}{}", beginning(shown)));
        is_whole(&format!("row {row}, in the list"), &mut list);
        list.types("\r");
        list.shows("● saved 0");
        list.shows(&format!("investigating  {}", beginning(shown)));
        is_whole(&format!("row {row}, in the room"), &mut list);
        list.types(QUIT);
        assert_eq!(list.ends().exit_code(), 0);
        acts(&format!("row {row}"), &list.raw);
    }
    let slugs = given.iter().map(|(_, _, slug, _)| *slug).chain(["second"]);
    in_the_root(&house, &slugs.collect::<Vec<_>>());
}

#[test]
fn rows_56_to_62_given_to_a_room() {
    let house = House::new();
    house.done(&["new", "first", "--detach"]);
    let folder = house.only_incident();
    let mut room = Terminal::start(&house, &["open"], (80, 24));
    room.shows("● saved 0");
    let mut saved = 0;
    for (row, title, _, shown) in titles() {
        room.types(&pasted(&format!("/title {}", as_text(&title))));
        room.types("\r");
        saved += 1;
        room.shows(&format!("● saved {saved}"));
        room.shows(&format!("investigating  {}", beginning(shown)));
        is_whole(&format!("row {row}"), &mut room);
        assert_eq!(house.json()["title"], title, "row {row}");
    }
    room.types(QUIT);
    assert_eq!(room.ends().exit_code(), 0);
    acts("titles", &room.raw);
    assert_eq!(house.only_incident(), folder, "the folder keeps its name");
}
