//! The canvas: shapes and texts as SVG. The one place of it where text from outside is written.

use crate::export::fit;
use crate::text::Raw;

/// How a text is written: its class, its size, and whether it is bold.
#[derive(Clone, Copy)]
pub(super) struct Hand {
    class: &'static str,
    size: usize,
    bold: bool,
}

/// The title.
pub(super) const TITLE: Hand = Hand { class: "wr-title", size: 20, bold: true };
/// The name of something.
pub(super) const NAME: Hand = Hand { class: "wr-name", size: 13, bold: true };
/// What is said.
pub(super) const BODY: Hand = Hand { class: "wr-body", size: 13, bold: false };
/// What is said beside it.
pub(super) const QUIET: Hand = Hand { class: "wr-quiet", size: 12, bold: false };

impl Hand {
    /// The pixels a text takes, at most, in the fonts that are usual; clipped where an unusual one is wider.
    pub(super) fn width(self, text: &str) -> i32 {
        let hundredths: usize = text.chars().map(advance).sum();
        let bold = if self.bold { 112 } else { 100 };
        pixels(hundredths * self.size * bold / 10_000)
    }

    /// As much of a text as fits into `room` pixels.
    pub(super) fn cut(self, text: &str, room: i32) -> String {
        let bold = if self.bold { 112 } else { 100 };
        let room = usize::try_from(room).unwrap_or(0) * 10_000 / (self.size * bold);
        fit::cut(text, room, |grapheme| grapheme.chars().map(advance).sum())
    }
}

/// How wide a character is, in hundredths of the font's size: what the widest of the usual fonts takes.
fn advance(c: char) -> usize {
    match c {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | ' ' | '!' => 36,
        'f' | 't' | 'r' | '(' | ')' | '[' | ']' | '/' | '\\' | '-' => 44,
        // DejaVu Sans, which is all that a bare Linux has.
        '"' | '`' => 52,
        'm' | 'w' | 'M' | 'W' | '@' | '%' | '…' | '—' => 102,
        'A'..='Z' | '#' | '&' | '+' | '=' | '<' | '>' | '~' | '^' => 84,
        ' '..='~' => 63,
        _ => match unicode_width::UnicodeWidthChar::width(c) {
            Some(0) | None => 0,
            Some(1) => 80,
            Some(_) => 130,
        },
    }
}

/// Pixels as coordinates.
pub(super) fn pixels(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

/// A text for SVG, as element content or in quotes.
pub(super) fn escaped(row: &str) -> String {
    Raw::new(row).for_html().to_string()
}

/// What has been drawn so far.
#[derive(Default)]
pub(super) struct Canvas(pub String);

impl Canvas {
    /// A text in one row, its baseline at `at`; `more` are further classes.
    pub(super) fn text(&mut self, (x, y): (i32, i32), hand: Hand, more: &str, text: &str) {
        let blank = if more.is_empty() { "" } else { " " };
        let text = escaped(text);
        self.0.push_str(&format!(
            "<text x=\"{x}\" y=\"{y}\" class=\"{}{blank}{more}\">{text}</text>\n",
            hand.class
        ));
    }

    /// A number in a ring.
    pub(super) fn number(&mut self, (x, y): (i32, i32), number: usize) {
        self.0.push_str(&format!("<circle cx=\"{x}\" cy=\"{y}\" r=\"9\" class=\"wr-ring\"/>"));
        self.0.push_str(&format!("<text x=\"{x}\" y=\"{}\" class=\"wr-number\">{number}</text>\n", y + 4));
    }

    /// Lines.
    pub(super) fn path(&mut self, class: &str, d: &str) {
        self.0.push_str(&format!("<path class=\"{class}\" d=\"{d}\"/>\n"));
    }

    /// A bar of a texture, with an edge and perhaps dashes around it.
    pub(super) fn bar(&mut self, (x, y): (i32, i32), (width, height): (i32, i32), class: &str, dashed: bool) {
        let place = format!("x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"2\"");
        let dashed = if dashed { " wr-dashed" } else { "" };
        self.0.push_str(&format!(
            "<g class=\"wr-{class}\"><rect {place} class=\"wr-paper\"/><rect {place} class=\"wr-tint\"/>\
             <rect {place} fill=\"url(#wr-t-{class})\"/><rect {place} class=\"wr-edge{dashed}\"/></g>\n"
        ));
    }

    /// What goes on to the right: an arrow at the end of a bar of this height.
    pub(super) fn goes_on(&mut self, (x, y): (i32, i32), height: i32, class: &str) {
        let (half, tip) = (height / 2, x + 14);
        let d = format!("M{} {y}L{tip} {}L{} {}Z", x + 3, y + half, x + 3, y + height);
        self.0.push_str(&format!("<g class=\"wr-{class}\"><path class=\"wr-full\" d=\"{d}\"/></g>\n"));
    }
}
