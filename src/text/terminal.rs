//! Text for a terminal: nothing in it acts, and what would not be seen is shown or left out.
//!
//! Control characters could move the cursor, set the title or the clipboard, or ask the terminal for an answer
//! (ECMA-48); bidirectional controls reorder what is read (Unicode TR 36, "Trojan Source", CVE-2021-42574); zero-width
//! and tag characters hide text. All of them are dealt with here, whatever the widget or the terminal would do.

use std::borrow::Cow;
use std::fmt;

use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// A tab is this many spaces: tab stops would depend on the column where the text begins.
const TAB: &str = "    ";
/// Combining marks kept on one base; more than living scripts use, fewer than climb over the rows around.
const MARKS_PER_BASE: usize = 4;
/// A line break where the text has to stay in one row.
const LINE_BREAK: char = '⏎';
/// Joins emoji into one; zero-width everywhere else.
const ZWJ: char = '\u{200d}';
/// The tags after it name a region, whose flag it then is.
const FLAG: char = '\u{1f3f4}';
/// The most tags that name a region: two letters, three characters, the end.
const REGION: usize = 6;
/// The end of a text that was cut.
const CUT: &str = "…";
/// Columns of the widest character a terminal draws in one piece.
const WIDE: usize = 2;

/// One row that is safe on a terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TermText(String);

impl TermText {
    /// The row, without a control character in it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The columns it takes, drawn grapheme by grapheme.
    pub fn width(&self) -> usize {
        width(&self.0)
    }

    /// As much of it as fits into `width` columns; a `…` ends it where something was left off. A wide character is
    /// never halved, so the result may be a column narrower.
    #[must_use]
    pub fn cut(&self, width: usize) -> Self {
        let room = width.saturating_sub(CUT.width());
        let (mut columns, mut fits) = (0, 0);
        for (at, piece) in pieces(&self.0, width) {
            columns += piece.width();
            if columns <= room {
                fits = at + piece.len();
            }
            if columns > width {
                let end = if width == 0 { "" } else { CUT };
                return Self(format!("{}{end}", &self.0[..fits]));
            }
        }
        self.clone()
    }

    /// The same between two words, where that costs no more than half of the width.
    #[must_use]
    pub fn cut_at_word(&self, width: usize) -> Self {
        let cut = self.cut(width);
        let Some(fits) = cut.0.strip_suffix(CUT).filter(|_| cut != *self) else { return cut };
        let is_whole = self.0[fits.len()..].starts_with(' ');
        let end = if is_whole { Some(fits.len()) } else { fits.rfind(' ') };
        let words = end.map(|end| fits[..end].trim_end());
        match words.filter(|words| self::width(words) * 2 >= width) {
            Some(words) => Self(format!("{words}{CUT}")),
            None => cut,
        }
    }

    /// Its words in rows of at most `width` columns; never empty. A word longer than a row is broken between
    /// graphemes; blanks are dropped where a row ends. A width of 0 counts as 1, and a wide character that a row of
    /// one column cannot hold stands alone in its row, so that no text is lost.
    pub fn wrap(&self, width: usize) -> Vec<Self> {
        let mut rows = Rows { width: width.max(1), done: Vec::new(), row: String::new(), columns: 0 };
        let mut blanks = 0;
        for (nth, word) in self.0.split(' ').enumerate() {
            blanks += usize::from(nth > 0);
            if !word.is_empty() {
                rows.word(blanks, word);
                blanks = 0;
            }
        }
        rows.end()
    }
}

impl fmt::Display for TermText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The rows of a wrapped text as they come to be.
struct Rows {
    width: usize,
    done: Vec<TermText>,
    row: String,
    columns: usize,
}

impl Rows {
    fn word(&mut self, blanks: usize, word: &str) {
        let columns = width(word);
        if self.columns + blanks + columns <= self.width {
            self.row.extend(std::iter::repeat_n(' ', blanks));
            self.row.push_str(word);
            self.columns += blanks + columns;
            return;
        }
        self.flush();
        for (_, piece) in pieces(word, self.width) {
            let columns = piece.width();
            if self.columns + columns > self.width {
                self.flush();
            }
            self.row.push_str(piece);
            self.columns += columns;
        }
    }

    fn flush(&mut self) {
        if !self.row.is_empty() {
            self.done.push(TermText(std::mem::take(&mut self.row)));
            self.columns = 0;
        }
    }

    fn end(mut self) -> Vec<TermText> {
        if self.done.is_empty() || !self.row.is_empty() {
            self.done.push(TermText(self.row));
        }
        self.done
    }
}

fn width(text: &str) -> usize {
    text.graphemes(true).map(UnicodeWidthStr::width).sum()
}

/// The graphemes with their places. One that is wider than the row comes in characters, each with the marks and
/// selectors that belong to it: a grapheme of Hangul leads or of prepended signs has no end of its own.
fn pieces(text: &str, row: usize) -> impl Iterator<Item = (usize, &str)> {
    text.grapheme_indices(true).flat_map(move |(at, grapheme)| {
        let fits = grapheme.width() <= row.max(WIDE);
        let parts = (!fits).then(|| parts(grapheme)).into_iter().flatten();
        fits.then_some((at, grapheme)).into_iter().chain(parts.map(move |(from, part)| (at + from, part)))
    })
}

fn parts(grapheme: &str) -> Vec<(usize, &str)> {
    let wide = |c: char| c.width().is_some_and(|width| width > 0);
    let starts = grapheme.char_indices().filter(|&(from, c)| from == 0 || wide(c)).map(|(from, _)| from);
    let ends = starts.clone().skip(1).chain([grapheme.len()]);
    starts.zip(ends).map(|(from, to)| (from, &grapheme[from..to])).collect()
}

/// Whether nothing is drawn for it: blanks, controls, zero-width characters and fillers.
pub(super) fn is_unseen(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || is_bidi(c)
        || is_zero_width(c)
        // soft hyphen, grapheme joiner, fillers, invisible operators, variation selectors (Default_Ignorable_Code_Point
        // in Unicode's DerivedCoreProperties.txt), the empty braille cell
        || matches!(c, '\u{ad}' | '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}')
        || matches!(c, '\u{2061}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{ffa0}')
        || matches!(c, '\u{e0080}'..='\u{e0fff}')
}

/// The characters that change the direction of the text after them (Unicode Bidirectional Algorithm, UAX 9).
pub(super) fn is_bidi(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}')
}

/// Zero-width characters, and tags.
pub(super) fn is_zero_width(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}') || is_tag(c)
}

/// The tag characters, that can carry a whole hidden text.
fn is_tag(c: char) -> bool {
    matches!(c, '\u{e0000}'..='\u{e007f}')
}

/// Unicode's own line and paragraph separators.
pub(super) fn is_separator(c: char) -> bool {
    matches!(c, '\u{2028}' | '\u{2029}')
}

/// The text without unseen characters within words and without control sequences (ECMA-48, section 5.4: parameters, then
/// one final byte).
pub(super) fn laid_bare(text: &str) -> Option<String> {
    let hides = |c: char| is_unseen(c) && !c.is_whitespace() && !c.is_control();
    if !text.contains("\x1b[") && (text.is_ascii() || !text.contains(hides)) {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '\x1b' && chars.next_if_eq(&'[').is_some() {
            while chars.next_if(|c| matches!(c, ' '..='?')).is_some() {}
            let _ = chars.next_if(|c| matches!(c, '@'..='~'));
        } else if !hides(c) {
            out.push(c);
        }
    }
    Some(out)
}

/// The text in one row; a line break shows as `⏎`.
pub(super) fn row(text: &str) -> TermText {
    TermText(visible(text, LINE_BREAK).into_owned())
}

/// A row for each line of the text.
pub(super) fn rows(text: &str) -> Vec<TermText> {
    visible(text, '\n').split('\n').map(|line| TermText(line.to_owned())).collect()
}

/// The text with every character that acts or hides made visible or left out, and `line_break` for `\n` and `\r\n`.
pub(super) fn visible(text: &str, line_break: char) -> Cow<'_, str> {
    if plain_run(text) == text.len() {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    // the last character that was not a mark, and the marks and tags since: what is left out in between resets none
    let (mut base, mut marks, mut tags) = (None, 0, 0);
    let mut rest = text;
    loop {
        let (run, after) = rest.split_at(plain_run(rest));
        if let Some(last) = run.chars().next_back() {
            out.push_str(run);
            (base, marks, tags) = (Some(last), 0, 0);
        }
        let mut chars = after.chars();
        let Some(c) = chars.next() else { return out.into() };
        rest = chars.as_str();
        let next = chars.next();
        match c {
            '\n' => out.push(line_break),
            '\r' if next == Some('\n') => continue,
            '\t' => out.push_str(TAB),
            ZWJ if joins_emoji(base, next) => out.push(c),
            _ if is_tag(c) => {
                tags += 1;
                // More than a flag has is text that no person sees: where it is, is told, once.
                if tags == if base == Some(FLAG) { REGION + 1 } else { 1 } {
                    out.push_str(&shown(c));
                }
                continue;
            }
            _ if is_zero_width(c) => continue,
            _ if is_combining_mark(c) => {
                marks += 1;
                if marks <= MARKS_PER_BASE {
                    out.push(c);
                }
                continue;
            }
            '\0'..='\x1f' => out.extend(char::from_u32(0x2400 + u32::from(c))),
            '\x7f' => out.push('\u{2421}'),
            _ if c.is_control() || is_bidi(c) || is_separator(c) => {
                out.push_str(&shown(c));
            }
            _ => out.push(c),
        }
        (marks, tags) = (0, 0);
        // a skin tone belongs to the emoji before it
        if !matches!(c, '\u{1f3fb}'..='\u{1f3ff}') {
            base = Some(c);
        }
    }
}

/// How many bytes at the start of a text are printable ASCII, in which nothing acts or hides.
fn plain_run(text: &str) -> usize {
    text.bytes().position(|b| !matches!(b, b' '..=b'~')).unwrap_or(text.len())
}

/// The number of a character in place of it.
fn shown(c: char) -> String {
    format!("<{:02X}>", u32::from(c))
}

/// Whether a joiner between the two makes one emoji of them: rule GB11 of UAX 29, the only one by which a character
/// that is no mark stays with the joiner before it.
fn joins_emoji(base: Option<char>, next: Option<char>) -> bool {
    let (Some(base), Some(next)) = (base, next) else { return false };
    if base.is_ascii() || next.is_ascii() || is_zero_width(next) || is_combining_mark(next) {
        return false;
    }
    let joined: String = [base, ZWJ, next].iter().collect();
    let alone: String = [ZWJ, next].iter().collect();
    joined.graphemes(true).count() == 1 && alone.graphemes(true).count() == 2
}
