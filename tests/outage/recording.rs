//! A recording of a terminal as one SVG that moves by itself: each row is drawn anew only where it changed.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::mem;

use super::picture::{self, Paper};
use crate::terminal::Terminal;

/// A row as it stood for a while, in milliseconds from the beginning.
struct Stood {
    from: u32,
    to: u32,
    row: String,
}

/// What a terminal showed, and for how long each.
pub struct Recording {
    paper: Paper,
    /// How long it is, in milliseconds.
    length: u32,
    /// Of each row of the screen, all that it showed.
    rows: Vec<Vec<Stood>>,
}

impl Recording {
    pub fn new(paper: Paper) -> Self {
        Self { paper, length: 0, rows: Vec::new() }
    }

    /// Shows what the terminal does for so many milliseconds.
    pub fn shows(&mut self, terminal: &mut Terminal, ms: u32) {
        terminal.draws_anew();
        let screen = terminal.screen.screen();
        let (from, to) = (self.length, self.length + ms);
        self.rows.resize_with(screen.size().0.get().into(), Vec::new);
        for (at, all) in (0..).zip(&mut self.rows) {
            let row = picture::row(screen, at, self.paper);
            match all.last_mut().filter(|last| last.row == row) {
                Some(same) => same.to = to,
                None => all.push(Stood { from, to, row }),
            }
        }
        self.length = to;
    }

    /// All of it, for ever again. Who wants nothing to move, or cannot show it, sees how it ends.
    pub fn drawn(&mut self, terminal: &Terminal) -> String {
        let (mut spans, mut rows) = (BTreeSet::new(), String::new());
        for Stood { from, to, row } in mem::take(&mut self.rows).into_iter().flatten() {
            let is_last = to == self.length;
            if from == 0 && is_last {
                rows.push_str(&row);
                continue;
            }
            spans.insert((from, to));
            let class = if is_last { "m e" } else { "m" };
            writeln!(rows, "<g class=\"{class}\" style=\"animation-name:k{from}-{to}\">\n{row}</g>").unwrap();
        }
        let key = |at: u32, shown: &str| {
            format!("{:.3}%{{visibility:{shown}}}", f64::from(at) * 100.0 / f64::from(self.length))
        };
        let moves = spans.into_iter().map(|(from, to)| {
            let before = if from > 0 { key(0, "hidden") } else { String::new() };
            let after = if to < self.length { key(to, "hidden") } else { String::new() };
            format!("@keyframes k{from}-{to}{{{before}{}{after}}}\n", key(from, "visible"))
        });
        let moves: String = moves.collect();
        let seconds = f64::from(self.length) / 1_000.0;
        let style = format!(
            "<style>\n.m{{visibility:hidden;animation:{seconds:.1}s step-end infinite}}\n.e{{visibility:visible}}\n\
             @media (prefers-reduced-motion:reduce){{.m{{animation:none}}}}\n{moves}</style>\n"
        );
        picture::framed(terminal.screen.screen(), self.paper, &(style + &rows))
    }
}
