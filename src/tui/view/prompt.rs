//! The prompt as it is painted, by our own hand: whatever was typed or pasted is shown, and nothing of it acts.

use std::ops::Range;

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget as _;
use unicode_segmentation::UnicodeSegmentation as _;

use super::{Scene, draw_rows};
use crate::text::{Raw, TermText};
use crate::tui::keymap::{Place, prefills};
use crate::tui::state::{Pane, Tone};

/// What stands before the first row, and before the others.
const LEADS: [&str; 2] = ["› ", "  "];
const LEAD: u16 = 2;
const TEACHING: &str = "what happens? · 10:42 earlier · ?suspect · + action · /command · F1 help";
/// The most rows that something said takes.
const SAID_ROWS: usize = 4;

/// What is being written, in rows.
pub(super) struct Typed {
    rows: Vec<Line<'static>>,
    /// The row and the column of the cursor.
    cursor: (usize, usize),
}

/// The rows as they come to be.
struct Rows {
    width: usize,
    done: Vec<Line<'static>>,
    row: Line<'static>,
    columns: usize,
    cursor: Option<(usize, usize)>,
}

impl Typed {
    pub(super) fn of(scene: &Scene<'_>, width: u16) -> Self {
        let prompt = &scene.state.prompt;
        let (cursor_line, cursor_char) = prompt.cursor();
        let wrong = match &scene.state.said {
            Some(said) if said.tone == Tone::Bad && said.line == prompt.text() => said.span.clone(),
            _ => 0..0,
        };
        // The cursor needs a column of its own behind the last character.
        let width = usize::from(width.saturating_sub(LEAD)).max(2);
        let mut rows = Rows { width, done: Vec::new(), row: Line::default(), columns: 0, cursor: None };
        let mut offset = 0;
        for (nth, line) in prompt.lines().iter().enumerate() {
            let cursor = (nth == cursor_line).then_some(cursor_char);
            rows.line(line, cursor, offset, &wrong);
            offset += line.len() + 1;
        }
        let cursor = rows.cursor.unwrap_or_default();
        Self { rows: rows.done, cursor }
    }

    pub(super) fn rows(&self) -> usize {
        self.rows.len()
    }

    /// Draws the rows around the cursor.
    pub(super) fn draw(&self, frame: &mut Frame<'_>, area: Rect, scene: &Scene<'_>) {
        if area.is_empty() {
            return;
        }
        let height = usize::from(area.height);
        let (row, column) = self.cursor;
        let from = (row + 1).saturating_sub(height);
        let look = scene.state.look;
        let has_focus = scene.state.focus.is_none() && scene.state.overlay.is_none();
        let lead_style = if has_focus { look.accent().add_modifier(Modifier::BOLD) } else { look.quiet() };
        for (nth, place) in area.rows().enumerate() {
            let lead = LEADS[usize::from(from + nth > 0)];
            Span::styled(lead, lead_style).render(place, frame.buffer_mut());
            let text =
                Rect { x: place.x + LEAD.min(place.width), width: place.width.saturating_sub(LEAD), ..place };
            if let Some(line) = self.rows.get(from + nth) {
                line.render(text, frame.buffer_mut());
            }
            if nth == 0 && scene.state.prompt.is_empty() {
                let teaching = Raw::new(TEACHING).for_term().cut(text.width.into());
                Line::from(teaching.to_string()).style(look.quiet()).render(text, frame.buffer_mut());
            }
        }
        if has_focus {
            let column = u16::try_from(column).unwrap_or(u16::MAX).saturating_add(LEAD).min(area.width - 1);
            let row = u16::try_from(row - from).unwrap_or(0);
            frame.set_cursor_position(Position::new(area.x + column, area.y + row));
        }
    }
}

impl Rows {
    fn line(&mut self, line: &str, cursor: Option<usize>, offset: usize, wrong: &Range<usize>) {
        let mut chars = 0;
        for (at, grapheme) in line.grapheme_indices(true) {
            let shown = Raw::new(grapheme).for_term();
            let columns = shown.width();
            if self.columns + columns >= self.width {
                self.end_row();
            }
            let count = grapheme.chars().count();
            if cursor.is_some_and(|cursor| (chars..chars + count).contains(&cursor)) {
                self.cursor = Some((self.done.len(), self.columns));
            }
            let style = if wrong.contains(&(offset + at)) { underlined() } else { Style::new() };
            self.push(&shown, style);
            self.columns += columns;
            chars += count;
        }
        if cursor.is_some_and(|cursor| cursor >= chars) {
            self.cursor = Some((self.done.len(), self.columns));
        }
        self.end_row();
    }

    fn push(&mut self, shown: &TermText, style: Style) {
        match self.row.spans.last_mut() {
            Some(span) if span.style == style => span.content.to_mut().push_str(shown.as_str()),
            _ => self.row.push_span(Span::styled(shown.to_string(), style)),
        }
    }

    fn end_row(&mut self) {
        self.done.push(std::mem::take(&mut self.row));
        self.columns = 0;
    }
}

fn underlined() -> Style {
    Style::new().add_modifier(Modifier::UNDERLINED.union(Modifier::BOLD))
}

/// The rule above the prompt, with the name that changes are logged by.
pub(super) fn draw_rule(frame: &mut Frame<'_>, area: Rect, scene: &Scene<'_>) {
    let width = usize::from(area.width);
    let name = Raw::new(format!("── as {} ", scene.by.for_term().cut(24))).for_term().cut(width);
    let rest = "─".repeat(width.saturating_sub(name.width()));
    let look = scene.state.look;
    let style = if scene.state.focus.is_none() { look.accent() } else { look.quiet() };
    draw_rows(frame, area, &[Line::from(format!("{name}{rest}")).style(style)]);
}

/// What was found and mended at opening.
pub(super) fn notices(scene: &Scene<'_>, area: Rect) -> Vec<Line<'static>> {
    let style = scene.state.look.warn();
    let cut = |notice: &String| Raw::new(format!("! {notice}")).for_term().cut(area.width.into());
    scene.state.notices.iter().map(|notice| Line::from(cut(notice).to_string()).style(style)).collect()
}

/// The rows under the prompt: what was said, else which keys act here, else what the line will become.
pub(super) fn below(scene: &Scene<'_>, width: u16) -> Vec<Line<'static>> {
    let look = scene.state.look;
    let width = usize::from(width).saturating_sub(usize::from(LEAD)).max(1);
    if let Some(said) = &scene.state.said {
        let (mark, style) = match said.tone {
            Tone::Bad => ("✗ ", look.bad()),
            Tone::Good => ("✓ ", look.good()),
            Tone::Plain => ("  ", Style::new()),
        };
        let words = Raw::new(said.words.as_str()).for_term().wrap(width);
        let hint = Raw::new(said.hint.as_str()).for_term();
        let hint = if hint.width() > 0 { hint.wrap(width) } else { Vec::new() };
        let rows =
            words.iter().enumerate().map(|(nth, row)| row_of(if nth == 0 { mark } else { "  " }, row, style));
        return rows.chain(hint.iter().map(|row| row_of("  ", row, look.quiet()))).take(SAID_ROWS).collect();
    }
    // What lies over the panes takes their keys: typing goes on in the prompt.
    if let Some(pane) = scene.state.focus.filter(|_| scene.state.overlay.is_none()) {
        return vec![row_of("  ", &Raw::new(pane_keys(pane)).for_term().cut(width), look.quiet())];
    }
    let style = if scene.hint.doubtful { look.quiet() } else { look.accent() };
    let mark = if scene.hint.words.is_empty() || scene.hint.doubtful { "  " } else { "→ " };
    vec![row_of(mark, &Raw::new(scene.hint.words.as_str()).for_term().cut(width), style)]
}

fn row_of(mark: &'static str, text: &TermText, style: Style) -> Line<'static> {
    Line::from(vec![Span::styled(mark, style), Span::styled(text.to_string(), style)])
}

/// The keys that act in a pane, and only they do.
fn pane_keys(pane: Pane) -> String {
    let place = match pane {
        Pane::Timeline => Place::Timeline,
        Pane::Hypotheses => Place::Hypotheses,
        Pane::Actions => Place::Actions,
    };
    let mut keys = String::from("only keys act here: Enter details ·");
    for (_, key) in prefills(place) {
        keys.push_str(&format!(" {key} ·"));
    }
    keys.push_str(" Esc prompt");
    keys
}
