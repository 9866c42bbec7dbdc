//! Short labels for pictures: as much of a text as there is room for, in one row, with an end that shows the cut.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::text::Raw;

/// The end of a text that was cut.
pub(super) const CUT: char = '…';
/// The most characters that are looked at: more than any label shows.
const LONGEST: usize = 4_000;

/// A text in one row: blanks and line breaks as single blanks, nothing in it that acts or hides, and no character that XML
/// does not know (XML 1.0, section 2.2).
pub(super) fn row(text: &Raw) -> String {
    let start: String = text.as_typed().chars().take(LONGEST).collect();
    let lines = Raw::new(start).for_term_lines();
    let words: Vec<&str> = lines.iter().flat_map(|line| line.as_str().split_whitespace()).collect();
    words.join(" ").replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}")
}

/// As much of a row as fits into `room`, where `measure` says how much of it a grapheme takes. It is cut behind a word,
/// unless that would leave less than half.
pub(super) fn cut(row: &str, room: usize, measure: impl Fn(&str) -> usize) -> String {
    let rest = room.saturating_sub(measure("…"));
    let (mut taken, mut fits, mut word) = (0, 0, (0, 0));
    for (at, grapheme) in row.grapheme_indices(true) {
        if grapheme == " " && taken <= rest {
            word = (at, taken);
        }
        taken += measure(grapheme);
        if taken <= rest {
            fits = at + grapheme.len();
        }
        if taken > room {
            let end = if word.1 * 2 >= rest { word.0 } else { fits };
            return format!("{}{CUT}", row[..end].trim_end());
        }
    }
    row.to_owned()
}

/// The columns of a grapheme, as a terminal has them.
pub(super) fn columns(grapheme: &str) -> usize {
    grapheme.width()
}
