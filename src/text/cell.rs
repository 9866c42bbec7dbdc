//! Text for a cell of a spreadsheet.

use super::terminal;

/// What a spreadsheet takes for the beginning of a formula, in the wide forms of East Asian keyboards too.
const FORMULA: &[char] = &['=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];
/// What it may skip before it looks for one.
const SKIPPED: &[char] = &['\t', '\r', '\n'];

/// The text of a cell; not yet quoted for a file of any form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell(String);

impl Cell {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The text as on a terminal, its line breaks kept. A `'` goes before what a spreadsheet would run as a formula (OWASP,
/// CSV Injection): it shows the rest as it stands.
pub(super) fn text(text: &str) -> Cell {
    let shown = terminal::visible(text, '\n');
    let acts = text.starts_with(SKIPPED) || shown.trim_start().starts_with(FORMULA);
    Cell(if acts { format!("'{shown}") } else { shown.into_owned() })
}
