//! Rows 24–32: how much may be pasted or typed at once, and what of it is a key.

use serde_json::Value;

use super::{acts, is_whole, pasted};
use crate::support::{House, texts};
use crate::terminal::{QUIT, Terminal};

const CLEAR: &str = "\u{3}";
const PAGE_DOWN: &str = "\u{1b}[6~";
const PAGE_UP: &str = "\u{1b}[5~";
const UP: &str = "\u{1b}[A";

fn room(house: &House) -> Terminal {
    house.done(&["new", "Much at once", "--detach"]);
    let mut room = Terminal::start(house, &["open"], (80, 24));
    room.shows("● saved 0");
    room
}

fn leaves(mut room: Terminal, house: &House) -> Vec<String> {
    room.types(QUIT);
    assert_eq!(room.ends().exit_code(), 0);
    said(&house.json())
}

fn said(incident: &Value) -> Vec<String> {
    incident["timeline"].as_array().unwrap().iter().map(|e| e["text"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn row_24_a_word_of_100_000_characters() {
    let house = House::new();
    let mut room = room(&house);
    let word = "x".repeat(100_000);
    room.types(&pasted(&word));
    room.shows("! 97 KiB · Enter sends it in one piece · Ctrl-C sets it aside");
    is_whole("the prompt", &mut room);
    room.logs("END", 1);
    // From its beginning on, wrapped; to its end; its details.
    room.shows("· xxx");
    is_whole("its beginning", &mut room);
    room.types(&PAGE_DOWN.repeat(200));
    room.shows("xEND");
    is_whole("its end", &mut room);
    room.types("\tG\r");
    room.shows("Esc closes");
    is_whole("the details", &mut room);
    room.logs("and on", 2);
    assert_eq!(leaves(room, &house), [format!("{word}END"), "and on".into()]);
}

#[test]
fn row_25_an_entry_of_1_mib_is_refused_and_stays() {
    let house = House::new();
    let mut room = room(&house);
    let much = format!("{}END", "word ".repeat(210_000));
    room.types(&pasted(&much));
    room.shows("1025 KiB · too long to be sent · Ctrl-C sets it aside");
    room.types("\r");
    room.shows("✗ too long: 1050");
    room.shows("END");
    assert!(room.text().contains("● saved 0"), "{}", room.text());
    // Set aside and called back, it is all there; left behind, it is the draft.
    room.types(CLEAR);
    room.shows("what happens?");
    room.types(UP);
    room.shows("too long to be sent");
    is_whole("called back", &mut room);
    assert_eq!(leaves(room, &house), [""; 0]);
    assert!(std::fs::read_to_string(house.only_incident().join("draft")).unwrap() == much);
}

#[test]
fn row_26_10_000_lines_in_one_entry() {
    let house = House::new();
    let mut room = room(&house);
    let lines: Vec<String> = (0..10_000).map(|n| format!("line {n}")).collect();
    room.types(&pasted(&lines.join("\r")));
    room.shows("! 10000 lines, 96 KiB · Enter sends it in one piece");
    room.shows("  line 9999");
    is_whole("the prompt", &mut room);
    room.types("\r");
    room.shows("● saved 1");
    // It scrolls, from its beginning to its end and back.
    room.shows("· line 0");
    is_whole("its beginning", &mut room);
    room.types(&PAGE_DOWN.repeat(700));
    room.shows("line 9999");
    is_whole("its end", &mut room);
    room.types(PAGE_UP);
    room.shows("line 9970");
    room.types(&PAGE_UP.repeat(700));
    room.shows("· line 0");
    assert_eq!(leaves(room, &house), [lines.join("\n")]);
}

#[test]
fn row_27_what_nobody_would_see_is_not_saved_and_that_is_said() {
    let house = House::new();
    let mut room = room(&house);
    for nothing in ["", "   ", "\u{200b}\u{feff}\u{2060}", "\0\u{7}", "\u{e0041}", "\n\n"] {
        room.types(&pasted(nothing));
        room.types("\r");
        room.shows("nothing is logged");
        room.types("x");
        room.shows("› x");
        room.types(CLEAR);
        room.shows("what happens?");
        let output = house.run(&["say", &nothing.replace('\0', "")]);
        assert_eq!(output.status.code(), Some(1), "{nothing:?}");
        assert!(texts(&output).1.contains("there is nothing to see in it"), "{nothing:?}");
    }
    assert!(room.text().contains("● saved 0"));
    assert_eq!(leaves(room, &house), [""; 0]);
}

#[test]
fn row_28_the_marks_of_a_paste_within_one() {
    let house = House::new();
    let mut room = room(&house);
    // A mark of its beginning is text. One of its end is taken out by most terminals; where it is not, it goes, and what
    // follows in one piece is text as well: nothing is lost and nothing acts.
    room.types(&pasted("one \u{1b}[200~two\r\u{11}three"));
    room.shows("three");
    room.types(&pasted("; four \u{1b}[201~five"));
    room.shows("four five");
    is_whole("marks in a paste", &mut room);
    acts("marks in a paste", &room.raw);
    assert!(room.text().contains("● saved 0"));
    room.types("\r");
    room.shows("● saved 1");
    room.types(&pasted("five\u{1b}[201~\rsix\r/title pwned\r/quit\r\u{11}\u{3}seven"));
    room.shows("seven");
    acts("keys behind a mark in a paste", &room.raw);
    assert!(room.text().contains("● saved 1"));
    room.logs("", 2);
    // Half a mark at the end of a paste, and one that never ends until the next does.
    room.types(&pasted("half \u{1b}[201"));
    room.shows("half ␛[201");
    room.logs("", 3);
    room.types("\u{1b}[200~no end\r");
    room.types(&pasted("here is one"));
    room.shows("here is one");
    room.logs("", 4);
    let all = [
        "one \u{1b}[200~two\n\u{11}three; four five",
        "five\nsix\n/title pwned\n/quit\n\u{11}\u{3}seven",
        "half \u{1b}[201",
        "no end\n\u{1b}[200~here is one",
    ];
    assert_eq!(leaves(room, &house), all);
}

#[test]
fn row_29_64_kib_with_500_newlines_is_one_entry_and_more_is_asked_about() {
    let house = House::new();
    let mut room = room(&house);
    let lines: Vec<String> = ["/undo", "/title pwned", "?guess", "+ task", "q", ":wq", ""]
        .iter()
        .cycle()
        .take(501)
        .map(|line| format!("{line}{}", " and so on".repeat(14)))
        .collect();
    let text = &lines.join("\n")[..64 * 1024 - 8];
    room.types(&pasted(&format!("log: {text}")));
    room.shows("→ entry");
    room.types("\r");
    room.shows("● saved 1");
    room.types(&pasted(&format!("log: {text}, and so on")));
    room.shows(" lines, 64 KiB · Enter sends it in one piece · Ctrl-C sets it aside");
    assert!(room.text().contains("● saved 1"));
    room.types(CLEAR);
    room.shows("what happens?");
    room.types(UP);
    room.shows("64 KiB · Enter sends it");
    room.types("\r");
    room.shows("● saved 2");
    let incident = { house.json() };
    assert_eq!(incident["title"], "Much at once");
    assert_eq!(incident["hypotheses"], serde_json::json!([]));
    assert_eq!(leaves(room, &house), [format!("log: {text}"), format!("log: {text}, and so on")]);
}

#[test]
fn row_30_keys_in_a_paste_are_text() {
    let house = House::new();
    let mut room = room(&house);
    room.types(&pasted(":q!\n\u{3}\u{11}\u{1a}\u{4}\u{c}\u{1b}[A\u{1b}OP\t\r/quit\ry"));
    room.shows("  /quit");
    room.shows("␃␑␚␄␌␛[A␛OP");
    room.logs("es", 1);
    room.logs("still here", 2);
    let text = ":q!\n\u{3}\u{11}\u{1a}\u{4}\u{c}\u{1b}[A\u{1b}OP\t\n/quit\nyes";
    assert_eq!(leaves(room, &house), [text, "still here"]);
}

#[test]
fn row_31_bytes_that_are_no_utf_8() {
    let house = House::new();
    let mut room = room(&house);
    room.sends(b"\x1b[200~a \xff\x9b31m b \xf0\x9f\x92\x1b[201~");
    room.shows(" b ");
    room.logs("end", 1);
    // Typed, they are no characters at all, and take none of the next word with them.
    room.sends(b"\xff\x9b\xe6\xbc z z");
    room.shows("z");
    room.logs("end", 2);
    acts("typed bytes", &room.raw);
    let all = leaves(room, &house);
    assert_eq!(all[0], "a \u{fffd}\u{fffd}31m b \u{fffd}end");
    assert!(all[1].ends_with("z zend"), "{all:?}");
}

#[test]
fn row_32_without_bracketed_paste_every_return_commits_and_a_line_feed_does_not() {
    let house = House::new();
    let mut room = room(&house);
    let lines: Vec<String> = (0..200).map(|n| format!("line {n}\nof two")).collect();
    room.types(&format!("{}\r", lines.join("\r")));
    room.shows("● saved 200");
    assert_eq!(leaves(room, &house), lines);
}
