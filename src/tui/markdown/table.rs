//! Tables: the columns share the width there is, and where it is too small for them, each row becomes a list.

use pulldown_cmark::Alignment;
use ratatui::style::{Modifier, Style};

use super::flow::{Strip, Text};
use crate::text::Raw;
use crate::tui::look::Look;

/// Between two columns.
const BETWEEN: &str = " │ ";
/// Between two columns, under the head.
const CROSS: &str = "─┼─";
/// A column is never narrower than its longest word, up to this.
const WORD: usize = 16;

/// A table as it is read.
#[derive(Debug)]
pub(super) struct Table {
    alignments: Vec<Alignment>,
    /// The first is the head.
    rows: Vec<Vec<Text>>,
}

impl Table {
    pub(super) fn new(alignments: Vec<Alignment>) -> Self {
        Self { alignments, rows: Vec::new() }
    }

    pub(super) fn row(&mut self) {
        self.rows.push(Vec::new());
    }

    pub(super) fn cell(&mut self, text: Text) {
        if let Some(row) = self.rows.last_mut() {
            row.push(text);
        }
    }

    /// Its rows, none wider than `width`.
    pub(super) fn laid_out(&self, width: usize, look: Look) -> Vec<Strip> {
        match self.shares(width) {
            Some(shares) => self.grid(&shares, look),
            None => self.list(width, look),
        }
    }

    /// The columns of each column; none where they do not fit.
    fn shares(&self, width: usize) -> Option<Vec<usize>> {
        let count = self.alignments.len();
        let of = |measure: fn(&Text) -> usize| {
            let cells = |nth: usize| self.rows.iter().filter_map(move |row| row.get(nth));
            (0..count).map(|nth| cells(nth).map(measure).max().unwrap_or(0).max(1)).collect::<Vec<_>>()
        };
        let mut shares: Vec<usize> = of(Text::longest_word).into_iter().map(|word| word.min(WORD)).collect();
        let natural = of(Text::columns);
        let between = Raw::new(BETWEEN).for_term().width() * count.saturating_sub(1);
        let mut left = width.checked_sub(between + shares.iter().sum::<usize>())?;
        let mut grown = true;
        while std::mem::take(&mut grown) {
            for (share, natural) in shares.iter_mut().zip(&natural) {
                if *share < *natural && left > 0 {
                    *share += 1;
                    left -= 1;
                    grown = true;
                }
            }
        }
        Some(shares)
    }

    fn grid(&self, shares: &[usize], look: Look) -> Vec<Strip> {
        let mut out = Vec::new();
        for (nth, row) in self.rows.iter().enumerate() {
            let cells: Vec<Vec<Strip>> =
                row.iter().zip(shares).map(|(cell, share)| cell.wrap(*share)).collect();
            let height = cells.iter().map(Vec::len).max().unwrap_or(0);
            for at in 0..height {
                let mut strip = Strip::default();
                for (column, (cell, share)) in cells.iter().zip(shares).enumerate() {
                    if column > 0 {
                        strip.push(&Raw::new(BETWEEN).for_term(), look.quiet());
                    }
                    let alignment = self.alignments.get(column).copied().unwrap_or(Alignment::None);
                    strip.append(padded(cell.get(at).cloned().unwrap_or_default(), *share, alignment));
                }
                out.push(strip);
            }
            if nth == 0 {
                let rule = shares.iter().map(|share| "─".repeat(*share)).collect::<Vec<_>>().join(CROSS);
                out.push(Strip::of(&Raw::new(rule).for_term(), look.quiet()));
            }
        }
        out
    }

    /// A row of the table after another, each cell as `header: cell`.
    fn list(&self, width: usize, look: Look) -> Vec<Strip> {
        let indent = if width >= 8 { 2 } else { 0 };
        let Some((head, rows)) = self.rows.split_first() else { return Vec::new() };
        let none = [Vec::new()];
        let mut out = Vec::new();
        for row in if rows.is_empty() { &none[..] } else { rows } {
            for (column, header) in head.iter().enumerate() {
                let mut text = header.clone();
                if header.columns() > 0 {
                    text.push(": ", Style::new().add_modifier(Modifier::BOLD));
                }
                row.get(column).into_iter().for_each(|cell| text.extend(cell));
                for (nth, strip) in text.wrap(width - indent).into_iter().enumerate() {
                    let mut line = Strip::default();
                    if column == 0 && nth == 0 && indent > 0 {
                        line.push(&Raw::new("• ").for_term(), look.quiet());
                    } else {
                        line.blanks(indent, Style::new());
                    }
                    line.append(strip);
                    out.push(line);
                }
            }
        }
        out
    }
}

/// A row of a cell in the columns it has.
fn padded(strip: Strip, columns: usize, alignment: Alignment) -> Strip {
    let blank = columns.saturating_sub(strip.columns);
    let before = match alignment {
        Alignment::Right => blank,
        Alignment::Center => blank / 2,
        Alignment::Left | Alignment::None => 0,
    };
    let mut out = Strip::default();
    out.blanks(before, Style::new());
    out.append(strip);
    out.blanks(blank - before, Style::new());
    out
}
