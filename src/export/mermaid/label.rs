//! Labels that mermaid draws as they were typed.
//!
//! In a label between quotes mermaid still reads entities, HTML, Markdown, icons and formulas. So every character that is
//! no letter, digit or blank is written as an entity of its number (`#58;` for a colon), and the lines are parted by our
//! own `<br/>`. Mermaid looks for some things only after it has read the entities; their parts are kept from touching
//! ([`APART`]).

use super::super::fit;
use crate::text::Raw;

/// The columns of a line that somebody typed.
const LINE: usize = 60;
/// The characters that one column may take when written: text of many marks must not fill the 50,000 that mermaid reads.
const DENSE: usize = 10;

/// What mermaid 11 makes a formula, a line break, an icon or an entity of even where it was written in entities: after the first of two
/// stands a blank of no width.
const APART: [(char, char); 5] = [('$', '$'), ('\\', 'n'), (':', 'f'), ('ﬂ', '°'), ('¶', 'ß')];

/// A label under construction: a line each of ours or of theirs.
#[derive(Default)]
pub(super) struct Label(Vec<String>);

impl Label {
    /// A label whose first line is ours.
    pub(super) fn of(ours: &str) -> Self {
        Self(vec![written(ours)])
    }

    /// One more line, of somebody's words; none where nothing would be seen of it.
    pub(super) fn line(mut self, words: Option<&Raw>) -> Self {
        self.0.extend(words.filter(|words| !words.is_blank()).map(|words| written(&short(words))));
        self
    }

    /// One more line, of our words and somebody's.
    pub(super) fn led(mut self, ours: &str, words: &Raw) -> Self {
        self.0.push(written(&format!("{ours}{}", short(words))));
        self
    }

    /// The label as mermaid reads it, without its quotes.
    pub(super) fn text(&self) -> String {
        self.0.join("<br/>")
    }
}

fn short(words: &Raw) -> String {
    fit::cut(&fit::row(words), LINE, |g| fit::columns(g).max(written(g).len().div_ceil(DENSE)))
}

fn written(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c == ' ' || c.is_alphanumeric() {
            out.push(c);
        } else {
            out.push_str(&format!("#{};", u32::from(c)));
        }
        if chars.peek().is_some_and(|next| APART.contains(&(c, *next))) {
            out.push_str("#8203;");
        }
    }
    out
}
