//! Rows of plain text as they are gathered, and laid out for a width: headings, two columns, hanging indents.

use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

use crate::text::{Raw, TermText};

/// One line, wrapped when it is laid out.
#[derive(Clone, Debug)]
pub(in crate::tui) struct Row {
    /// What stands before its first row.
    lead: TermText,
    text: TermText,
    style: Style,
    /// The columns before each row of the text.
    indent: usize,
}

/// Columns of the left side of the help.
pub(super) const KEYS: usize = 18;

/// Rows as they are gathered.
#[derive(Debug, Default)]
pub(in crate::tui) struct Rows(Vec<Row>);

impl Rows {
    pub(in crate::tui) fn push(&mut self, lead: &str, text: &str, style: Style, indent: usize) {
        let (lead, text) = (Raw::new(lead).for_term(), Raw::new(text).for_term());
        self.0.push(Row { lead, text, style, indent });
    }

    pub(in crate::tui) fn plain(&mut self, text: impl AsRef<str>) {
        self.push("", text.as_ref(), Style::new(), 2);
    }

    pub(in crate::tui) fn heading(&mut self, text: &str) {
        if !self.0.is_empty() {
            self.plain("");
        }
        self.push("", text, Style::new().add_modifier(Modifier::BOLD), 0);
    }

    pub(in crate::tui) fn two(&mut self, left: &str, right: &str) {
        let wide = left.chars().count() >= KEYS;
        if wide {
            self.plain(left);
        }
        self.push(if wide { "" } else { left }, right, Style::new(), KEYS);
    }

    /// How many there are.
    pub(in crate::tui) fn count(&self) -> usize {
        self.0.len()
    }

    /// How many rows of the screen these first ones take.
    pub(in crate::tui) fn above(&self, first: usize, width: usize) -> usize {
        self.0.iter().take(first).map(|row| row.wrapped(width).len()).sum()
    }

    /// As [`two`](Self::two), with so many columns before both.
    pub(super) fn marked(&mut self, left: &str, right: &str, indent: usize) {
        let wide = indent + left.chars().count() >= KEYS;
        if wide {
            self.push("", left, Style::new(), indent);
        }
        let left = if wide { String::new() } else { format!("{}{left}", " ".repeat(indent)) };
        self.push(&left, right, Style::new(), KEYS);
    }

    /// All of them, none wider than `width`.
    pub(in crate::tui) fn laid_out(&self, width: usize) -> Vec<Line<'static>> {
        self.0.iter().flat_map(|row| row.wrapped(width)).collect()
    }
}

impl Row {
    fn wrapped(&self, width: usize) -> Vec<Line<'static>> {
        let indent = self.indent.min(width / 3);
        let lead = self.lead.cut(indent);
        let blanks = Raw::default().for_term();
        let pieces = self.text.wrap(width.saturating_sub(indent));
        let lines = pieces.iter().enumerate().map(|(nth, piece)| {
            let lead = if nth == 0 { &lead } else { &blanks };
            let gap = " ".repeat(indent.saturating_sub(lead.width()));
            Line::from(Span::styled(format!("{lead}{gap}{piece}"), self.style))
        });
        lines.collect()
    }
}
