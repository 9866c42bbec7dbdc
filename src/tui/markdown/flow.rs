//! Text of several looks, wrapped into rows. What comes in is as it was read; what goes out is safe for a terminal.

use ratatui::style::Style;
use ratatui::text::Span;

use crate::text::{Raw, TermText};

/// Text of several looks, as it is gathered; a `\n` in it ends a row.
#[derive(Clone, Debug, Default)]
pub(super) struct Text(Vec<Run>);

#[derive(Clone, Debug)]
struct Run {
    /// As it was read.
    text: String,
    style: Style,
}

/// A place in a text: the run, and the byte in it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place(usize, usize);

/// A row, and the columns it takes.
#[derive(Clone, Debug, Default)]
pub(super) struct Strip {
    pub(super) spans: Vec<Span<'static>>,
    pub(super) columns: usize,
}

impl Strip {
    /// A row of one look; `text` is safe for a terminal.
    pub(super) fn of(text: &TermText, style: Style) -> Self {
        let mut strip = Self::default();
        strip.push(text, style);
        strip
    }

    pub(super) fn push(&mut self, text: &TermText, style: Style) {
        if text.as_str().is_empty() {
            return;
        }
        self.columns += text.width();
        match self.spans.last_mut() {
            Some(last) if last.style == style => last.content.to_mut().push_str(text.as_str()),
            _ => self.spans.push(Span::styled(text.to_string(), style)),
        }
    }

    pub(super) fn append(&mut self, other: Self) {
        self.columns += other.columns;
        self.spans.extend(other.spans);
    }

    pub(super) fn blanks(&mut self, count: usize, style: Style) {
        self.push(&Raw::new(" ".repeat(count)).for_term(), style);
    }
}

/// A word: what stands together, of one look or several, and the blanks before it.
#[derive(Debug, Default)]
struct Word {
    blanks: usize,
    blank_style: Style,
    parts: Vec<(TermText, Style)>,
}

impl Word {
    fn columns(&self) -> usize {
        self.parts.iter().map(|(part, _)| part.width()).sum()
    }
}

impl Text {
    /// Puts text of one look behind what is there.
    pub(super) fn push(&mut self, text: &str, style: Style) {
        match self.0.last_mut() {
            // One text for `for_term`: it looks at what stands beside a character.
            Some(last) if last.style == style => last.text.push_str(text),
            _ => self.0.push(Run { text: text.to_owned(), style }),
        }
    }

    /// Puts another text behind it.
    pub(super) fn extend(&mut self, other: &Self) {
        other.0.iter().for_each(|run| self.push(&run.text, run.style));
    }

    /// Where it ends.
    pub(super) fn end(&self) -> Place {
        Place(self.0.len().saturating_sub(1), self.0.last().map_or(0, |run| run.text.len()))
    }

    /// What was put behind it since it ended there, without its looks.
    pub(super) fn since(&self, Place(run, byte): Place) -> String {
        let mut runs = self.0.iter().skip(run).map(|run| run.text.as_str());
        let first = runs.next().and_then(|text| text.get(byte..));
        first.into_iter().chain(runs).collect()
    }

    /// The columns of its widest row where nothing is wrapped.
    pub(super) fn columns(&self) -> usize {
        self.wrap(usize::MAX).iter().map(|strip| strip.columns).max().unwrap_or(0)
    }

    /// The columns of its longest word.
    pub(super) fn longest_word(&self) -> usize {
        self.lines().iter().flatten().map(Word::columns).max().unwrap_or(0)
    }

    /// Its words in rows of at most `width` columns. A word longer than a row is broken; where not even a single
    /// character fits, a `…` stands for it.
    pub(super) fn wrap(&self, width: usize) -> Vec<Strip> {
        let mut rows = Rows { width: width.max(1), done: Vec::new(), row: Strip::default() };
        for line in self.lines() {
            for word in line {
                rows.word(word);
            }
            rows.end_row();
        }
        rows.done
    }

    /// The words of each line.
    fn lines(&self) -> Vec<Vec<Word>> {
        let mut lines = vec![Vec::new()];
        let mut word = Word::default();
        for run in &self.0 {
            for (nth, line) in Raw::new(run.text.as_str()).for_term_lines().iter().enumerate() {
                if nth > 0 {
                    end_word(&mut lines, &mut word);
                    word = Word::default();
                    lines.push(Vec::new());
                }
                for (nth, piece) in line.as_str().split(' ').enumerate() {
                    if nth > 0 {
                        end_word(&mut lines, &mut word);
                        word.blanks += 1;
                        word.blank_style = run.style;
                    }
                    if !piece.is_empty() {
                        word.parts.push((Raw::new(piece).for_term(), run.style));
                    }
                }
            }
        }
        end_word(&mut lines, &mut word);
        lines
    }
}

fn end_word(lines: &mut [Vec<Word>], word: &mut Word) {
    if !word.parts.is_empty()
        && let Some(line) = lines.last_mut()
    {
        line.push(std::mem::take(word));
    }
}

/// The rows as they come to be.
struct Rows {
    width: usize,
    done: Vec<Strip>,
    row: Strip,
}

impl Rows {
    fn word(&mut self, word: Word) {
        let columns = word.columns();
        let fits = |taken: usize| taken.checked_add(columns).is_some_and(|all| all <= self.width);
        if self.row.columns > 0 && fits(self.row.columns + word.blanks) {
            self.row.blanks(word.blanks, word.blank_style);
        } else if self.row.columns > 0 {
            self.end_row();
        }
        if self.row.columns > 0 || columns <= self.width {
            word.parts.iter().for_each(|(part, style)| self.row.push(part, *style));
            return;
        }
        for (part, style) in word.parts {
            for piece in part.wrap(self.width) {
                let piece = piece.cut(self.width);
                if self.row.columns + piece.width() > self.width {
                    self.end_row();
                }
                self.row.push(&piece, style);
            }
        }
    }

    fn end_row(&mut self) {
        self.done.push(std::mem::take(&mut self.row));
    }
}
