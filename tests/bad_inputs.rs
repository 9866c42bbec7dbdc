//! Hostile input, row by row of one table: what is stored is what was typed, and nothing of it acts on the terminal.
//!
//! Rows 1–36, 56–62, 66 and 84–91: entries, pastes, the shell, the window, titles, the environment, the report. Each row stands with its
//! number in a table of the file named after its place.

mod entries;
mod environment;
mod paste;
mod report;
mod sequences;
mod shell;
mod titles;
mod window;

use std::collections::BTreeSet;

use crate::terminal::Terminal;
use sequences::sequences;

/// The control sequences in what a program sent, without what tells one place or colour from another.
///
/// Whatever sets a title or the clipboard, draws a picture, rings or asks is none that this program sends, and is refused
/// here by itself.
fn acts(row: &str, raw: &[u8]) -> BTreeSet<String> {
    let text = std::str::from_utf8(raw).unwrap_or_else(|e| panic!("{row}: a byte that is no UTF-8: {e}"));
    let found = sequences(text);
    for one in &found {
        let known = one.starts_with("ESC [") || matches!(one.as_str(), "CR" | "LF");
        assert!(known, "{row}: {one:?} was sent to the terminal");
        assert!(!one.ends_with(['c', 'n', 't']), "{row}: the terminal was asked or told by {one:?}");
    }
    found
}

/// Checks that the screen is the program's: nothing that was drawn differs from what is drawn from scratch.
fn is_whole(row: &str, room: &mut Terminal) {
    let seen = |room: &Terminal| {
        // The clocks may go on meanwhile; what was cleared and what was never drawn look alike.
        let rows = room.text().replace(|c: char| c.is_ascii_digit(), "0");
        rows.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
    };
    room.settles();
    let before = seen(room);
    room.draws_anew();
    assert_eq!(before, seen(room), "{row}: the screen is not what the program drew");
    assert!(room.screen.screen().alternate_screen(), "{row}: the alternate screen was left");
    assert!(room.screen.screen().bracketed_paste(), "{row}: paste is not bracketed any more");
}

/// As a terminal that knows bracketed paste hands it on.
fn pasted(text: &str) -> String {
    format!("\u{1b}[200~{text}\u{1b}[201~")
}
