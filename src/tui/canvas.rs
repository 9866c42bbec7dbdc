//! What is drawn on, and how it comes to the terminal. A part that follows from the same as when it was drawn last stands as
//! it is: while somebody types, only the rows of the prompt are drawn, compared and sent.

use std::borrow::Cow;
use std::hash::{DefaultHasher, Hash, Hasher as _};
use std::ops::Range;

use ratatui::backend::Backend;
use ratatui::buffer::{Buffer, Cell, CellDiffOption};
use ratatui::layout::{Position, Rect, Size};

use super::joined::Joined;

/// What the room draws on. It keeps what was drawn before.
#[derive(Debug)]
pub struct Canvas {
    buffer: Buffer,
    /// The rows that may differ from what the terminal shows.
    touched: Vec<bool>,
    /// The parts that stand as they were drawn, and what each follows from, as a number.
    parts: Vec<(Rect, u64)>,
    cursor: Option<Position>,
}

impl Canvas {
    fn of(area: Rect) -> Self {
        let touched = vec![true; area.height.into()];
        Self { buffer: Buffer::empty(area), touched, parts: Vec::new(), cursor: None }
    }

    /// All of it.
    pub fn area(&self) -> Rect {
        self.buffer.area
    }

    /// What was drawn. Only what was [cleared](Self::clear) or [begun](Self::begin) since the last time comes to the terminal.
    pub fn buffer_mut(&mut self) -> &mut Buffer {
        &mut self.buffer
    }

    /// Shows the cursor there.
    pub fn set_cursor_position(&mut self, at: Position) {
        self.cursor = Some(at);
    }

    /// Clears an area, which is drawn now.
    pub fn clear(&mut self, area: Rect) {
        let area = area.intersection(self.buffer.area);
        if area.is_empty() {
            return;
        }
        self.parts.retain(|(part, _)| !part.intersects(area));
        for row in area.rows() {
            let from = self.buffer.index_of(row.x, row.y);
            self.buffer.content[from..from + usize::from(row.width)].iter_mut().for_each(Cell::reset);
            self.touched[usize::from(row.y)] = true;
        }
    }

    /// Puts a row there that was painted by itself, as much of it as fits.
    pub fn put(&mut self, place: Rect, row: &Buffer) {
        let place = place.intersection(self.buffer.area);
        if place.is_empty() {
            return;
        }
        let from = self.buffer.index_of(place.x, place.y);
        let cells = self.buffer.content[from..].iter_mut().take(place.width.into());
        cells.zip(&row.content).for_each(|(cell, painted)| cell.clone_from(painted));
    }

    /// Clears an area for a part that follows from this; not where it stands there already, and nothing is to be drawn.
    pub fn begin(&mut self, area: Rect, follows_from: impl Hash) -> bool {
        let area = area.intersection(self.buffer.area);
        let mut hasher = DefaultHasher::new();
        follows_from.hash(&mut hasher);
        let follows_from = hasher.finish();
        if area.is_empty() || self.parts.contains(&(area, follows_from)) {
            return false;
        }
        self.clear(area);
        self.parts.push((area, follows_from));
        true
    }
}

/// A terminal, and what it shows.
#[derive(Debug)]
pub struct Screen<B: Backend> {
    backend: B,
    canvas: Canvas,
    shown: Buffer,
    joined: Joined,
    /// Where the cursor is shown; none: it is hidden.
    cursor: Option<Position>,
    /// Tells the size sooner than the terminal does, where it can.
    told: Option<fn() -> Option<Size>>,
}

impl<B: Backend> Screen<B> {
    /// A terminal that is blank, and whose cursor is hidden.
    ///
    /// # Errors
    /// Where it does not tell its size, or cannot be written to.
    pub fn new(mut backend: B) -> Result<Self, B::Error> {
        let area = Rect::from((Position::ORIGIN, backend.size()?));
        backend.hide_cursor()?;
        let (canvas, shown) = (Canvas::of(area), Buffer::empty(area));
        Ok(Self { backend, canvas, shown, joined: Joined::default(), cursor: None, told: None })
    }

    /// The same terminal, whose size this tells with every drawing; where it cannot, the terminal does.
    #[must_use]
    pub fn sized_by(mut self, told: fn() -> Option<Size>) -> Self {
        self.told = Some(told);
        self
    }

    fn size(&self) -> Result<Size, B::Error> {
        self.told.and_then(|told| told()).map_or_else(|| self.backend.size(), Ok)
    }

    /// The terminal.
    pub fn backend(&self) -> &B {
        &self.backend
    }

    /// The terminal, to be changed.
    pub fn backend_mut(&mut self) -> &mut B {
        &mut self.backend
    }

    /// Clears the terminal, so that the next drawing draws all of it, in the size that it has then.
    ///
    /// # Errors
    /// Where it does not tell its size, or cannot be written to.
    pub fn clear(&mut self) -> Result<(), B::Error> {
        let area = Rect::from((Position::ORIGIN, self.size()?));
        self.backend.hide_cursor()?;
        self.backend.clear()?;
        self.cursor = None;
        (self.canvas, self.shown) = (Canvas::of(area), Buffer::empty(area));
        Ok(())
    }

    /// Draws, and sends what has changed.
    ///
    /// # Errors
    /// Where the terminal cannot be written to.
    pub fn draw(&mut self, draw: impl FnOnce(&mut Canvas)) -> Result<(), B::Error> {
        if self.size()? != self.canvas.buffer.area.as_size() {
            self.clear()?;
        }
        self.canvas.cursor = None;
        draw(&mut self.canvas);
        let Canvas { buffer, touched, .. } = &mut self.canvas;
        self.joined.draw_whole(buffer, touched);
        self.send()?;
        self.place_cursor()
    }

    /// Sends the cells that differ from what is shown.
    fn send(&mut self) -> Result<(), B::Error> {
        let Canvas { buffer, touched, .. } = &mut self.canvas;
        for (nth, touched) in touched.iter_mut().enumerate() {
            let row = cells(buffer, &(nth..nth + 1));
            *touched = *touched && self.shown.content[row.clone()] != buffer.content[row];
        }
        if touched.iter().filter(|touched| **touched).count() > touched.len() / 2 {
            // To compare the rest with it costs less than to take most rows out.
            touched.fill(true);
        }
        let runs: Vec<Range<usize>> = runs(touched).collect();
        let (shown, drawn) = (taken_out(&self.shown, &runs), taken_out(buffer, &runs));
        let mut changed =
            shown.iter().zip(&drawn).flat_map(|(shown, drawn)| shown.diff_iter(drawn)).peekable();
        if changed.peek().is_some() {
            self.backend.draw(changed)?;
        }
        for run in runs {
            let cells = cells(buffer, &run);
            for (shown, drawn) in self.shown.content[cells.clone()].iter_mut().zip(&mut buffer.content[cells])
            {
                // The next time it is compared again.
                drawn.set_diff_option(CellDiffOption::None);
                shown.clone_from(drawn);
            }
        }
        touched.fill(false);
        Ok(())
    }

    /// Puts the cursor where it is to be, also where nothing else was sent: so it can be seen that the key has come, and when
    /// what it did is whole.
    fn place_cursor(&mut self) -> Result<(), B::Error> {
        let cursor = self.canvas.cursor;
        match cursor {
            None => self.backend.hide_cursor()?,
            Some(at) => {
                if self.cursor.is_none() {
                    self.backend.show_cursor()?;
                }
                self.backend.set_cursor_position(at)?;
            }
        }
        self.cursor = cursor;
        self.backend.flush()
    }
}

/// The rows that follow upon each other of those that are marked.
fn runs(marked: &[bool]) -> impl Iterator<Item = Range<usize>> {
    let runs = marked.chunk_by(|one, next| one == next).scan(0, |from, run| {
        let rows = *from..*from + run.len();
        *from = rows.end;
        Some((run[0], rows))
    });
    runs.filter_map(|(is_marked, rows)| is_marked.then_some(rows))
}

/// Where these rows are among the cells.
fn cells(buffer: &Buffer, rows: &Range<usize>) -> Range<usize> {
    let width = usize::from(buffer.area.width);
    rows.start * width..rows.end * width
}

/// These runs of rows, each by itself.
fn taken_out<'a>(buffer: &'a Buffer, runs: &[Range<usize>]) -> Vec<Cow<'a, Buffer>> {
    let all = 0..usize::from(buffer.area.height);
    let rows =
        |run: &Range<usize>| if *run == all { Cow::Borrowed(buffer) } else { Cow::Owned(rows(buffer, run)) };
    runs.iter().map(rows).collect()
}

/// These rows by themselves.
fn rows(buffer: &Buffer, rows: &Range<usize>) -> Buffer {
    let count = |rows: usize| u16::try_from(rows).unwrap_or(u16::MAX);
    let area = Rect { y: count(rows.start), height: count(rows.len()), ..buffer.area };
    Buffer { area, content: buffer.content[cells(buffer, rows)].to_vec() }
}
