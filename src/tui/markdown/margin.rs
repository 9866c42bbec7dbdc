//! What stands before the rows of quotes and list items: bars, marks, and the columns under the marks.

use ratatui::style::Style;

use super::flow::Strip;
use crate::text::Raw;

/// The bar before each row of a quote.
const BAR: &str = "│ ";

/// What a row stands in, from the outside in.
#[derive(Debug, Default)]
pub(super) struct Margin(Vec<Container>);

#[derive(Debug)]
enum Container {
    Quote,
    /// With the number of its next item, where they are numbered.
    List(Option<u64>),
    Item {
        mark: String,
        /// Whether the mark stands already.
        marked: bool,
    },
}

impl Margin {
    pub(super) fn quote(&mut self) {
        self.0.push(Container::Quote);
    }

    pub(super) fn list(&mut self, first: Option<u64>) {
        self.0.push(Container::List(first));
    }

    /// An item of the innermost list.
    pub(super) fn item(&mut self) {
        let depth = self.0.iter().filter(|c| matches!(c, Container::List(None))).count();
        let mark = match self.0.last_mut() {
            Some(Container::List(Some(next))) => {
                let mark = format!("{next}. ");
                *next = next.saturating_add(1);
                mark
            }
            _ if depth % 2 == 1 => "• ".into(),
            _ => "◦ ".into(),
        };
        self.0.push(Container::Item { mark, marked: false });
    }

    /// Leaves the innermost.
    pub(super) fn leave(&mut self) {
        self.0.pop();
    }

    pub(super) fn in_list(&self) -> bool {
        self.0.iter().any(|c| matches!(c, Container::List(_)))
    }

    /// Whether an item has begun and nothing of it stands yet.
    pub(super) fn wants_mark(&self) -> bool {
        matches!(self.0.last(), Some(Container::Item { marked: false, .. }))
    }

    /// The columns it takes of a row.
    pub(super) fn columns(&self, width: usize) -> usize {
        self.shown(width).iter().map(|(_, _, columns)| columns).sum()
    }

    /// What stands before the next row, with the marks that do not stand yet.
    pub(super) fn next_row(&mut self, width: usize, style: Style) -> Strip {
        let strip = self.row(width, style);
        for container in self.0.iter_mut().rev() {
            match container {
                Container::Item { marked: true, .. } => break,
                Container::Item { marked, .. } => *marked = true,
                _ => {}
            }
        }
        strip
    }

    /// What stands on a free row between two blocks: the bars of the `depth` outermost.
    pub(super) fn gap(&self, depth: usize, width: usize, style: Style) -> Strip {
        let bars = self.0.iter().take(depth).rposition(|c| matches!(c, Container::Quote));
        let depth = bars.map_or(0, |last| last + 1);
        let mut strip = Strip::default();
        for (nth, container, columns) in self.shown(width) {
            match container {
                _ if nth >= depth => break,
                Container::Quote => strip.push(&Raw::new(BAR).for_term(), style),
                _ => strip.blanks(columns, Style::new()),
            }
        }
        strip
    }

    /// How many it stands in.
    pub(super) fn depth(&self) -> usize {
        self.0.len()
    }

    fn row(&self, width: usize, style: Style) -> Strip {
        let mut strip = Strip::default();
        for (_, container, columns) in self.shown(width) {
            match container {
                Container::Quote => strip.push(&Raw::new(BAR).for_term(), style),
                Container::Item { mark, marked: false } => {
                    strip.push(&Raw::new(mark.as_str()).for_term(), style);
                }
                _ => strip.blanks(columns, Style::new()),
            }
        }
        strip
    }

    /// Those that fit into half of the width, with their places and columns: the innermost count most.
    fn shown(&self, width: usize) -> Vec<(usize, &Container, usize)> {
        let mut left = width / 2;
        let mut shown = Vec::new();
        for (nth, container) in self.0.iter().enumerate().rev() {
            let columns = match container {
                Container::Quote => Raw::new(BAR).for_term().width(),
                Container::List(_) => continue,
                Container::Item { mark, .. } => Raw::new(mark.as_str()).for_term().width(),
            };
            if columns > left {
                break;
            }
            left -= columns;
            shown.push((nth, container, columns));
        }
        shown.reverse();
        shown
    }
}
