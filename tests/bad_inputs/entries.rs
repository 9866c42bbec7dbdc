//! Rows 1–28: what may stand in an entry, said by another process and pasted into the room.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::support::{House, texts};
use crate::terminal::{QUIT, Terminal};

use super::{acts, is_whole, pasted};

const ESC: &str = "\u{1b}";

/// Texts that act on a terminal, by their row; what of them has to be seen on the screen; none of them breaks a line.
fn hostile() -> Vec<(u8, &'static str, String, &'static str)> {
    let row =
        |row, what, text: &str, seen| (row, what, text.replace("ESC", ESC).replace("BEL", "\u{7}"), seen);
    vec![
        row(1, "writes the clipboard", "ESC]52;c;ZXZpbA==BEL", "␛]52;c;ZXZpbA==␇"),
        row(2, "reads the clipboard", "ESC]52;c;?BEL", "␛]52;c;?␇"),
        row(3, "sets the title", "ESC]0;pwnedBEL", "␛]0;pwned␇"),
        row(3, "sets the title, ended by ST", "ESC]2;pwnedESC\\", "␛]2;pwned␛\\"),
        row(
            4,
            "a link",
            "ESC]8;;file:///etc/passwdESC\\clickESC]8;;ESC\\",
            "␛]8;;file:///etc/passwd␛\\click",
        ),
        row(5, "clears the screen", "ESC[2J ESC[H fake prompt$", "␛[2J ␛[H fake prompt$"),
        row(6, "leaves the alternate screen", "ESC[?1049l", "␛[?1049l"),
        row(6, "resets the terminal", "ESCc", "␛c"),
        row(7, "asks where the cursor is", "ESC[6n", "␛[6n"),
        row(7, "asks what it is", "ESC[c", "␛[c"),
        row(7, "asks for its version", "ESC[>q", "␛[>q"),
        row(8, "DCS", "ESCP$q\"pESC\\", "␛P$q\"p␛\\"),
        row(8, "an image", "ESC_Gf=24,s=1,v=1;AAAAESC\\", "␛_Gf=24,s=1,v=1;AAAA␛\\"),
        row(8, "PM", "ESC^xESC\\", "␛^x␛\\"),
        row(8, "SOS", "ESCXxESC\\", "␛Xx␛\\"),
        row(9, "through tmux", "ESCPtmux;ESCESC]52;c;ZXZpbA==BELESC\\", "␛Ptmux;␛␛]52;c;ZXZpbA==␇␛\\"),
        row(10, "CSI in C1", "\u{9b}31mred", "<9B>31mred"),
        row(10, "OSC in C1", "\u{9d}52;c;ZXZpbA==\u{9c}", "<9D>52;c;ZXZpbA==<9C>"),
        row(12, "a file for iTerm", "ESC]1337;File=name=eA==:AAAABEL", "␛]1337;File=name=eA==:AAAA␇"),
        row(12, "a notification", "ESC]777;notify;a;bBEL", "␛]777;notify;a;b␇"),
        row(13, "rings", &"BEL".repeat(1000), "␇␇␇␇␇␇"),
        row(15, "takes back what was written", "rm -rf \u{8}\u{8}\u{8}", "rm -rf ␈␈␈"),
        row(16, "NUL", "a\0b", "a␀b"),
        row(17, "right to left", "a \u{202e}gnp.exe b", "a <202E>gnp.exe b"),
        row(
            17,
            "isolates and marks",
            "\u{2066}a\u{2067}b\u{2068}c\u{2069}d\u{61c}e\u{200f}",
            "<2066>a<2067>b<2068>c<2069>d<61C>e<200F>",
        ),
        row(18, "hides in a word", "pay\u{200b}me\u{feff}nt\u{2060}s", "payments"),
        row(19, "text in tags", "a\u{e0041}\u{e0042}\u{e0043}b", "a<E0041>b"),
        row(
            20,
            "climbs over other rows",
            &format!("Z{}", "\u{315}\u{35c}".repeat(500)),
            "Z\u{315}\u{35c}\u{315}\u{35c} ",
        ),
        row(21, "a flag", "\u{1f1e9}\u{1f1ea} 🏴󠁧󠁢󠁥󠁮󠁧󠁿 ok", " ok"),
        row(21, "a family", "👩‍👩‍👧‍👦 ok", " ok"),
        row(21, "a skin tone", "🧑🏽‍🚒👍🏿 ok", " ok"),
        row(22, "wide up to the last column", &"漢".repeat(120), "漢漢漢漢漢漢"),
        row(22, "wide and one column off", &format!("x{}", "漢字".repeat(60)), "x漢字漢字"),
        row(
            23,
            "blanks that move",
            "a\tb\u{b}c\u{c}d\u{85}e\u{2028}f\u{2029}g",
            "a    b␋c␌d<85>e<2028>f<2029>g",
        ),
    ]
}

/// An entry with such a text, its row in front of it.
fn entry(nth: usize, text: &str) -> String {
    format!("n{nth:02} {text} end{nth:02}")
}

/// What the room shows of an incident, how one comes there, and the letter that names all items shown there.
const VIEWS: [(&str, &str, &str, Option<char>); 8] = [
    ("the timeline", "", "as alice", Some('n')),
    ("the timeline's keys", "\t", "T time", None),
    ("the hypotheses", "\t", "n new", Some('h')),
    ("the actions", "\t", "d done", Some('a')),
    ("details of an action", "\r", "Esc closes", None),
    ("the report", "\u{1b}OS", " Report ", Some('n')),
    ("the phases", "\u{1b}OQ", " Phases ", Some('h')),
    ("what is found", "/find end3\r", "find \"end3\"", None),
];

/// Goes through all of the room with texts in it, and gives what was sent to the terminal while one was written, and all.
fn journey(
    texts: &[String],
    check: &dyn Fn(usize, &mut Terminal),
    seen: &dyn Fn(usize, &Terminal),
) -> Terminal {
    let house = House::new();
    house.done(&["new", "Hostile", "--detach"]);
    let mut room = Terminal::start(&house, &["open"], (80, 24));
    room.shows("● saved 0");
    for (nth, text) in texts.iter().enumerate() {
        let end = format!("end{nth:02}");
        room.types(&pasted(&entry(nth, text)));
        room.shows(&end);
        check(nth, &mut room);
        seen(nth, &room);
        // What is pasted next goes into the prompt from wherever the person is.
        room.types("\r");
        room.shows(&format!("● saved {}", nth + 1));
        // The details: the pane, its last row, its details.
        room.types("\tG\r");
        room.shows("Esc closes");
        check(nth, &mut room);
    }
    let said = house.json();
    for (nth, text) in texts.iter().enumerate() {
        assert_eq!(said["timeline"][nth]["text"], entry(nth, text), "stored as typed");
    }
    room.types(QUIT);
    assert_eq!(room.ends().exit_code(), 0);
    room
}

#[test]
fn rows_1_to_23_pasted_nothing_acts() {
    let rows = hostile();
    let harmless: Vec<String> = rows.iter().map(|_| "all is calm".to_owned()).collect();
    let usual = acts("harmless", &journey(&harmless, &|_, room| is_whole("harmless", room), &|_, _| {}).raw);
    let texts: Vec<String> = rows.iter().map(|(.., text, _)| text.clone()).collect();
    let name = |nth: usize| format!("row {}, {}", rows[nth].0, rows[nth].1);
    let check = |nth: usize, room: &mut Terminal| {
        is_whole(&name(nth), room);
        let acting = acts(&name(nth), &room.raw);
        assert!(acting.is_subset(&usual), "{}: {acting:?}", name(nth));
    };
    let seen = |nth: usize, room: &Terminal| {
        let seen = rows[nth].3;
        assert!(
            room.text().contains(seen.trim_end()),
            "{}: {seen:?} is not seen in\n{}",
            name(nth),
            room.text()
        );
    };
    let room = journey(&texts, &check, &seen);
    assert!(acts("all rows", &room.raw).is_subset(&usual));
}

/// The texts said by another process, in every place that takes one, some of them as no keyboard and no paste sends them.
fn said(house: &House, rows: &[String]) -> Vec<u8> {
    house.done(&["new", "Calm", "--detach"]);
    house.done(&["new", &format!("Storm {}", rows[0]), "--detach"]);
    // Rows 11 and 14: bytes that are no UTF-8, and a carriage return alone.
    let mut lines = b"row 11 \x9b31m and \x9d52;c;x\x9c \xe6\xbc!\nrow 14 safe\rEVIL\n".to_vec();
    for (nth, text) in rows.iter().enumerate() {
        for line in [
            format!("{}\n", entry(nth, text)),
            format!("?h{nth:02} {text}\n"),
            format!("/for h{nth:02} {text}: as {text}\n"),
            format!("+ a{nth:02} {text} @bob p1\n"),
        ] {
            lines.extend(line.into_bytes());
        }
    }
    lines.extend(format!("/title Storm {}\n/cause {}\n/impact {}\n", rows[0], rows[1], rows[2]).into_bytes());
    lines.extend(format!("/link {} https://x.io/{}\n", rows[3], rows[4]).into_bytes());
    lines
}

#[test]
fn rows_1_to_23_said_nothing_acts_in_any_view() {
    let rows: Vec<String> = hostile().into_iter().map(|(.., text, _)| text).collect();
    let calm: Vec<String> = rows.iter().map(|_| "all is calm".to_owned()).collect();
    let mut usual = BTreeSet::new();
    for rows in [calm, rows] {
        let house = House::new();
        let lines = said(&house, &rows);
        let id = house
            .done(&["list"])
            .lines()
            .find(|row| row.contains("storm"))
            .unwrap()
            .split(' ')
            .next()
            .unwrap()
            .to_owned();
        let output = house.fed_bytes(&["say", "-i", &id], &lines);
        assert!(output.status.success(), "{}", texts(&output).1);
        let shown: Value = serde_json::from_str(&house.done(&["show", "-i", &id, "--json"])).unwrap();
        assert_eq!(shown["timeline"][0]["text"], "row 11 \u{fffd}31m and \u{fffd}52;c;x\u{fffd} \u{fffd}!");
        assert_eq!(shown["timeline"][1]["text"], "row 14 safe\rEVIL");
        // From the list into the room, and through all that it shows.
        let mut room = Terminal::start(&house, &[], (80, 24));
        room.shows("2 incidents");
        is_whole("the list", &mut room);
        room.types("storm");
        room.shows("› storm");
        is_whole("a search in the list", &mut room);
        room.types("\u{1b}[B");
        room.shows("Enter opens");
        room.types("\r");
        room.shows("● saved 0");
        for (view, keys, shown, items) in VIEWS {
            room.types(keys);
            room.shows(shown);
            is_whole(view, &mut room);
            if let Some(letter) = items {
                // All of it at once, on a very high screen.
                room.resize((80, 600));
                room.shows(&format!("{letter}00 "));
                room.shows(&format!("{letter}33 a"));
                room.resize((80, 24));
            }
            for scrolled in ["\u{1b}[5~", "\u{1b}[5~", "\u{1b}[6~"] {
                room.types(scrolled);
                room.draws_anew();
            }
        }
        room.types(QUIT);
        assert_eq!(room.ends().exit_code(), 0);
        let acting = acts("all views", &room.raw);
        assert!(usual.is_empty() || acting.is_subset(&usual), "{acting:?}");
        usual = acting;
        // The shell, to a terminal.
        for args in [
            &["show", "-i", &id][..],
            &["show", "-i", &id, "--json"],
            &["list"],
            &["list", "--json"],
            &["export", "-i", &id],
        ] {
            let mut shown = Terminal::start(&house, args, (80, 24));
            while shown.read() {}
            let acting = acts(&args.join(" "), &shown.raw);
            assert!(acting.iter().all(|one| matches!(one.as_str(), "CR" | "LF")), "{args:?}: {acting:?}");
            assert!(shown.raw.len() > 100, "{args:?}");
        }
    }
}

#[test]
fn row_18_a_word_with_something_hidden_in_it_is_found() {
    let house = House::new();
    house.done(&["new", "Hidden", "--detach"]);
    house.say("pay\u{200b}me\u{feff}nt\u{2060}s are slow\nall is calm\n");
    let mut room = Terminal::start(&house, &["open"], (80, 24));
    room.shows("● saved 0");
    room.types("/find payments\r");
    room.shows("find \"payments\": 1 of 2");
    room.shows("· payments are slow");
    assert!(!room.text().contains("all is calm"));
    room.types(QUIT);
    assert_eq!(room.ends().exit_code(), 0);
}
