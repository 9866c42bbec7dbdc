//! The same as a page of text for a terminal: wrapped to its width, with the lengths of time drawn as dots.

use unicode_width::UnicodeWidthStr as _;

use super::scale::Scale;
use super::{sections, words};
use crate::export::outline::{Block, Inline, Item, Section, Span};
use crate::model::insight::{Insight, Spread};
use crate::text::{Raw, TermText};

/// The narrowest page that is laid out; a narrower screen cuts it.
const LEAST: usize = 20;
/// The narrowest first column of a table: where less is left, its rows become paragraphs.
const NAME: usize = 14;
/// The columns between two of a table.
const GAP: usize = 2;

/// How a row is to look; nothing is told by that alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// The heading of a section, or within one.
    Heading,
    /// What is said.
    Plain,
    /// The head of a table, an axis, an explanation.
    Quiet,
    /// Dots.
    Chart,
}

/// A row of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// How it is to look.
    pub look: Look,
    /// Safe for a terminal.
    pub text: TermText,
}

/// The signs that are drawn with.
struct Signs {
    dot: char,
    line: char,
    tick: char,
    ends: [char; 2],
}

const DRAWN: Signs = Signs { dot: '●', line: '─', tick: '┬', ends: ['├', '┤'] };
/// For terminals that show no others.
const ASCII: Signs = Signs { dot: 'o', line: '-', tick: '+', ends: ['|', '|'] };

/// The page, no row wider than `width` (of at least 20 columns); drawn with ASCII alone where `ascii` is set.
pub fn page(insight: &Insight, width: usize, ascii: bool) -> Vec<Row> {
    let mut page =
        Page { rows: Vec::new(), width: width.max(LEAST), signs: if ascii { &ASCII } else { &DRAWN } };
    for Section { heading, blocks } in &sections(insight) {
        page.gap();
        page.push(Look::Heading, heading);
        match blocks.split_first() {
            // The dots say what the table says, and more.
            Some((Block::Table { .. }, rest)) if *heading == super::tell::TIMES => {
                page.dots(&insight.times);
                page.blocks(rest);
            }
            _ => page.blocks(blocks),
        }
    }
    page.rows
}

struct Page {
    rows: Vec<Row>,
    width: usize,
    signs: &'static Signs,
}

impl Page {
    fn push(&mut self, look: Look, text: &str) {
        let text = Raw::new(text).for_term().cut(self.width);
        self.rows.push(Row { look, text });
    }

    fn gap(&mut self) {
        if !self.rows.is_empty() {
            self.push(Look::Plain, "");
        }
    }

    /// A text with a sign before its first row and as many blanks before the others.
    fn hanging(&mut self, look: Look, lead: &str, words: &Inline) {
        let indent = lead.chars().count();
        for (nth, piece) in plain(words).wrap(self.width - indent).iter().enumerate() {
            let lead = if nth == 0 { lead.to_owned() } else { " ".repeat(indent) };
            self.push(look, &format!("{lead}{piece}"));
        }
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Heading(words) => {
                    self.gap();
                    self.hanging(Look::Heading, "", words);
                }
                Block::Paragraph(words) => self.hanging(Look::Plain, "", words),
                Block::Excerpt(_) | Block::Picture { .. } => {}
                Block::Day(words) | Block::Diagram(words) => {
                    self.hanging(Look::Plain, "", &vec![Span::ours(words)]);
                }
                Block::Bullets(items) => items.iter().for_each(|item| self.item("- ", item)),
                Block::Numbered(items) => {
                    items
                        .iter()
                        .enumerate()
                        .for_each(|(nth, item)| self.item(&format!("{}. ", nth + 1), item));
                }
                Block::Table { head, rows } => self.table(head, rows),
            }
        }
    }

    fn item(&mut self, lead: &str, item: &Item) {
        self.hanging(Look::Plain, lead, &item.words);
        let below = format!("{}- ", " ".repeat(lead.chars().count()));
        item.below.iter().for_each(|words| self.hanging(Look::Plain, &below, words));
    }

    /// The first column takes what the others leave; the others are numbers, and stand at the right.
    fn table(&mut self, head: &[&str], rows: &[Vec<Inline>]) {
        let cells: Vec<Vec<TermText>> = rows.iter().map(|row| row.iter().map(plain).collect()).collect();
        let wide = |column: usize| {
            let cells = cells.iter().filter_map(|row| row.get(column)).map(TermText::width);
            cells.chain([head[column].len()]).max().unwrap_or(0)
        };
        let others: Vec<usize> = (1..head.len()).map(wide).collect();
        let taken: usize = others.iter().map(|columns| columns + GAP).sum();
        let Some(room) = self.width.checked_sub(taken).filter(|room| *room >= NAME) else {
            return self.stacked(head, &cells);
        };
        let first = wide(0).min(room);
        let line = |name: &TermText, cells: &[String]| {
            let name = name.cut(first);
            let mut line = format!("{name}{}", " ".repeat(first - name.width()));
            for (cell, columns) in cells.iter().zip(&others) {
                line.push_str(&" ".repeat(columns + GAP - cell.width()));
                line.push_str(cell);
            }
            line
        };
        let titles: Vec<String> = head[1..].iter().map(|title| (*title).to_owned()).collect();
        self.push(Look::Quiet, &line(&Raw::new(head[0]).for_term(), &titles));
        for row in &cells {
            let Some((name, rest)) = row.split_first() else { continue };
            let rest: Vec<String> = rest.iter().map(ToString::to_string).collect();
            self.push(Look::Plain, &line(name, &rest));
        }
    }

    /// A table on a screen that is too narrow for it.
    fn stacked(&mut self, head: &[&str], cells: &[Vec<TermText>]) {
        for row in cells {
            let Some((name, rest)) = row.split_first() else { continue };
            self.hanging(Look::Plain, "- ", &vec![Span::ours(name.as_str())]);
            let told =
                rest.iter().zip(&head[1..]).map(|(cell, title)| format!("{} {cell}", title.to_lowercase()));
            let told = told.collect::<Vec<_>>().join(", ");
            self.hanging(Look::Plain, "  ", &vec![Span::ours(told)]);
        }
    }

    /// The lengths of time, one below the other on one scale.
    fn dots(&mut self, times: &[Spread]) {
        let Some(scale) = Scale::of(times) else {
            return self.push(Look::Plain, "No length of time is known.");
        };
        for spread in times {
            self.hanging(
                Look::Plain,
                "",
                &vec![Span::ours(format!("{}: {}", spread.until.name(), words::spread(spread)))],
            );
            if !spread.dots.is_empty() {
                let (dots, axis) = self.lane(spread, &scale);
                self.push(Look::Chart, &dots);
                self.push(Look::Quiet, &axis);
            }
        }
        let (labels, _) = self.ticks(&scale);
        self.push(Look::Quiet, &labels);
        let dot = self.signs.dot;
        let grows = if scale.is_log { "; the scale is logarithmic" } else { "" };
        let legend =
            format!("{dot} one incident, 2-9 so many at one place, + more; M median, P p90, X both{grows}.");
        self.hanging(Look::Quiet, "", &vec![Span::ours(legend)]);
    }

    /// The dots, and the axis below them with the median and the p90.
    fn lane(&self, spread: &Spread, scale: &Scale) -> (String, String) {
        #[expect(clippy::cast_precision_loss, reason = "minutes are far below 2^52")]
        let place = |minutes: i64| scale.place(minutes as f64, self.width - 1);
        let mut counts = vec![0_u32; self.width];
        for dot in &spread.dots {
            counts[place(dot.minutes)] += 1;
        }
        let signs = counts.iter().map(|count| match count {
            0 => ' ',
            1 => self.signs.dot,
            2..=9 => char::from_digit(*count, 10).unwrap_or('+'),
            _ => '+',
        });
        let (_, mut axis) = self.ticks(scale);
        let p90 = spread.p90.map(place);
        let median = spread.median.map(|median| scale.place(median, self.width - 1));
        for (at, sign) in [(p90, 'P'), (median, if p90 == median { 'X' } else { 'M' })] {
            if let Some(at) = at {
                axis[at] = sign;
            }
        }
        (signs.collect(), axis.into_iter().collect())
    }

    /// The labels of the scale, and the line that they stand at.
    fn ticks(&self, scale: &Scale) -> (String, Vec<char>) {
        let Signs { line, tick, ends, .. } = self.signs;
        let (mut labels, mut axis) = (vec![' '; self.width], vec![*line; self.width]);
        (axis[0], axis[self.width - 1]) = (ends[0], ends[1]);
        for (minutes, label) in scale.ticks(self.width / 8) {
            #[expect(clippy::cast_precision_loss, reason = "minutes are far below 2^52")]
            let at = scale.place(minutes as f64, self.width - 1);
            let from = at.min(self.width - label.len());
            let free = from.saturating_sub(1)..(from + label.len() + 1).min(self.width);
            if labels[free].iter().all(|sign| *sign == ' ') {
                labels[from..].iter_mut().zip(label.chars()).for_each(|(place, sign)| *place = sign);
                if at > 0 && at + 1 < self.width {
                    axis[at] = *tick;
                }
            }
        }
        (labels.into_iter().collect(), axis)
    }
}

/// Words without their look, in one row.
fn plain(words: &Inline) -> TermText {
    let all: String = words.iter().map(|span| span.text.as_typed()).collect();
    Raw::new(all).for_term()
}
