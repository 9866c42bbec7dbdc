//! Text for a terminal.
use std::fmt;
/// Safe on a terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TermText(String);
impl TermText {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
    /// Columns it takes.
    pub fn width(&self) -> usize {
        unicode_width::UnicodeWidthStr::width(self.0.as_str())
    }
    /// Cut to a width.
    #[must_use]
    pub fn cut(&self, width: usize) -> Self {
        Self(self.0.chars().take(width).collect())
    }
}
impl fmt::Display for TermText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
pub(super) fn is_unseen(c: char) -> bool {
    c.is_whitespace() || c.is_control() || matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}
pub(super) fn row(text: &str) -> TermText {
    TermText(
        text.chars()
            .map(|c| {
                if c == '\n' {
                    '⏎'
                } else if c.is_control() {
                    '�'
                } else {
                    c
                }
            })
            .collect(),
    )
}
pub(super) fn rows(text: &str) -> Vec<TermText> {
    text.split('\n').map(row).collect()
}
