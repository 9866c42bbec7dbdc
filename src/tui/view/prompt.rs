//! The prompt as it is painted, by our own hand: whatever was typed or pasted is shown, and nothing of it acts.

use crate::tui::canvas::Canvas;
use std::cmp::Ordering;
use std::ops::Range;

use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget as _;
use unicode_segmentation::UnicodeSegmentation as _;

use super::{Scene, begin, draw_rows};
use crate::archive::Recalled;
use crate::text::{Raw, TermText};
use crate::tui::keymap::{Act, stack};
use crate::tui::look::Look;
use crate::tui::prompt::Prompt;
use crate::tui::state::{Pane, Said, State, Tone};
use crate::tui::{company, peers};

/// What stands before the first row, and before the others.
const LEADS: [&str; 2] = ["› ", "  "];
pub(in crate::tui) const LEAD: u16 = 2;
const TEACHING: &str = "what happens? · 10:42 earlier · ?suspect · + action · /command";
/// The columns around something that stands in the rule.
const RULED: usize = 4;
/// The most rows that something said takes.
const SAID_ROWS: usize = 4;

/// How far from the cursor lines are laid out: more than a prompt has rows.
const NEAR: usize = 32;
/// Of a line that is longer than three times as many characters, only those around the cursor are laid out. They are
/// counted off from its beginning, so that they do not move with the cursor.
const PIECE: usize = 4096;

/// What is being written, in rows: those around the cursor.
pub(in crate::tui) struct Typed {
    /// Something stands before the first row.
    goes_on: bool,
    rows: Vec<Line<'static>>,
    /// The row and the column of the cursor.
    cursor: (usize, usize),
}

/// The rows as they come to be.
struct Rows {
    /// Which bytes of the text are painted how; the later one wins.
    paints: Vec<(Range<usize>, Style)>,
    width: usize,
    done: Vec<Line<'static>>,
    row: Line<'static>,
    columns: usize,
    cursor: Option<(usize, usize)>,
}

impl Typed {
    pub(super) fn of(scene: &Scene<'_>, width: u16) -> Self {
        let prompt = &scene.state.prompt;
        Self::written(prompt, paints(scene), width)
    }

    /// What is in a prompt, painted in parts.
    pub(in crate::tui) fn written(prompt: &Prompt, paints: Vec<(Range<usize>, Style)>, width: u16) -> Self {
        let (cursor_line, cursor_char) = prompt.cursor();
        // The cursor needs a column of its own behind the last character.
        let width = usize::from(width.saturating_sub(LEAD)).max(2);
        let mut rows =
            Rows { paints, width, done: Vec::new(), row: Line::default(), columns: 0, cursor: None };
        let (mut offset, mut goes_on) = (0, false);
        for (nth, line) in prompt.lines().iter().enumerate() {
            if nth.abs_diff(cursor_line) <= NEAR {
                let at = match nth.cmp(&cursor_line) {
                    Ordering::Less => line.chars().count(),
                    Ordering::Equal => cursor_char,
                    Ordering::Greater => 0,
                };
                let (before, from, piece) = piece(line, at);
                goes_on |= rows.done.is_empty() && offset + from > 0;
                rows.line(piece, (nth == cursor_line).then(|| cursor_char - before), offset + from);
            }
            offset += line.len() + 1;
        }
        let cursor = rows.cursor.unwrap_or_default();
        Self { goes_on, rows: rows.done, cursor }
    }

    pub(in crate::tui) fn rows(&self) -> usize {
        self.rows.len()
    }

    pub(super) fn draw(&self, canvas: &mut Canvas, area: Rect, scene: &Scene<'_>) {
        let has_focus = scene.state.focus.is_none() && scene.state.overlay.is_none();
        let help = scene.state.keys.hint(&[Act::Help], "help", stack::PROMPT);
        let teaching =
            [Some(TEACHING.to_owned()), help].into_iter().flatten().collect::<Vec<_>>().join(" · ");
        let teaching = scene.state.prompt.is_empty().then_some(teaching.as_str());
        self.paint(canvas, area, scene.state.look, has_focus, teaching);
    }

    /// Draws the rows around the cursor, or what teaches where there are none.
    pub(in crate::tui) fn paint(
        &self,
        canvas: &mut Canvas,
        area: Rect,
        look: Look,
        has_focus: bool,
        teaching: Option<&str>,
    ) {
        if area.is_empty() {
            return;
        }
        let height = usize::from(area.height);
        let (row, column) = self.cursor;
        let from = (row + 1).saturating_sub(height);
        let lead_style = if has_focus { look.accent().add_modifier(Modifier::BOLD) } else { look.quiet() };
        for (nth, place) in area.rows().enumerate() {
            let lead = LEADS[usize::from(self.goes_on || from + nth > 0)];
            Span::styled(lead, lead_style).render(place, canvas.buffer_mut());
            let text =
                Rect { x: place.x + LEAD.min(place.width), width: place.width.saturating_sub(LEAD), ..place };
            if let Some(line) = self.rows.get(from + nth) {
                line.render(text, canvas.buffer_mut());
            }
            if let Some(teaching) = teaching.filter(|_| nth == 0) {
                let teaching = as_many_as_fit(teaching, text.width.into());
                Line::from(teaching.to_string()).style(look.quiet()).render(text, canvas.buffer_mut());
            }
        }
        if has_focus {
            let column = u16::try_from(column).unwrap_or(u16::MAX).saturating_add(LEAD).min(area.width - 1);
            let row = u16::try_from(row - from).unwrap_or(0);
            canvas.set_cursor_position(Position::new(area.x + column, area.y + row));
        }
    }
}

/// The part of a line around a character, and how many characters and bytes are before it.
fn piece(line: &str, at: usize) -> (usize, usize, &str) {
    if line.len() <= 3 * PIECE {
        return (0, 0, line);
    }
    let before = (at / PIECE).saturating_sub(1) * PIECE;
    let byte = |text: &str, nth| text.char_indices().nth(nth).map_or(text.len(), |(byte, _)| byte);
    let from = byte(line, before);
    let rest = &line[from..];
    (before, from, &rest[..byte(rest, 3 * PIECE)])
}

impl Rows {
    fn line(&mut self, line: &str, cursor: Option<usize>, offset: usize) {
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
            self.push(&shown, self.paint(offset + at));
            self.columns += columns;
            chars += count;
        }
        if cursor.is_some_and(|cursor| cursor >= chars) {
            self.cursor = Some((self.done.len(), self.columns));
        }
        let missing = self.paint(offset + line.len());
        if missing != Style::new() {
            self.push(&Raw::new(" ").for_term(), missing);
        }
        self.end_row();
    }

    fn paint(&self, byte: usize) -> Style {
        let painted = self.paints.iter().rfind(|(span, _)| span.contains(&byte));
        painted.map_or_else(Style::new, |(_, style)| *style)
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

/// What the parts of the line are taken as, and which of them was not understood.
fn paints(scene: &Scene<'_>) -> Vec<(Range<usize>, Style)> {
    let look = scene.state.look;
    let parts = scene.hint.parts.iter().map(|(span, part)| (span.clone(), look.part(*part)));
    let said = scene.state.said.as_ref();
    let wrong = said.filter(|said| said.tone == Tone::Bad && said.line == scene.state.prompt.text());
    let wrong = wrong.map(|said| {
        // Where something is missing, the place where it would stand is marked.
        let end = said.span.end.max(said.span.start + usize::from(said.span.start > 0));
        (said.span.start..end, look.bad().add_modifier(Modifier::UNDERLINED))
    });
    parts.chain(wrong).collect()
}

/// The rule above the prompt, with the name that changes are logged by, who else has the incident open, and what past
/// incidents tell of what is suspected: that is seen from where one types, and takes no row from anything.
pub(super) fn draw_rule(canvas: &mut Canvas, area: Rect, scene: &Scene<'_>) {
    if let Some(past) = &scene.state.replaying {
        canvas.clear(area);
        canvas.buffer_mut().set_style(area, scene.state.look.plain());
        return super::replay::draw(canvas, area, past, scene);
    }
    let width = usize::from(area.width);
    let look = scene.state.look;
    let others = peers::names(scene.peers);
    let recalled = scene.hint.recalled.as_ref().map(|recalled| recalled.within(width));
    if !begin(canvas, area, (scene.state.focus, scene.by, &others, scene.people, recalled), look) {
        return;
    }
    let style = if scene.state.focus.is_none() { look.accent() } else { look.border() };
    let name = Raw::new(format!("── as {} ", scene.by.for_term().cut(24))).for_term().cut(width);
    let others = if others.is_empty() { others } else { format!("── also open: {others} ") };
    let people = company::spans(scene.people, look, width.saturating_sub(name.width()));
    let taken = name.width() + people.iter().map(Span::width).sum::<usize>();
    let others = Raw::new(others).for_term().cut(width.saturating_sub(taken));
    let left = width.saturating_sub(taken + others.width());
    let past = scene.hint.recalled.as_ref().map(|recalled| past(recalled, left));
    let past = past.unwrap_or_else(|| Raw::default().for_term());
    let rest = "─".repeat(left.saturating_sub(past.width()));
    let mut rule = vec![Span::styled(name.to_string(), style)];
    rule.extend(people);
    rule.extend([
        Span::styled(others.to_string(), look.good()),
        Span::styled(past.to_string(), look.quiet()),
        Span::styled(rest, style),
    ]);
    let rule = Line::from(rule);
    draw_rows(canvas, area, &[rule]);
}

/// What past incidents tell, as much of it as fits into so many columns of the rule.
fn past(recalled: &Recalled, columns: usize) -> TermText {
    let words = recalled.within(columns.saturating_sub(RULED));
    Raw::new(format!("── {words} ")).for_term().cut(columns)
}

/// What was found and mended at opening, and what to do where something cannot be saved.
pub(super) fn notices(scene: &Scene<'_>, width: u16) -> Vec<Line<'static>> {
    let look = scene.state.look;
    let width = usize::from(width);
    let wrapped = |words: &str, mark: &'static str, style: Style| -> Vec<Line<'static>> {
        let rows = Raw::new(words).for_term().wrap(width.saturating_sub(2).max(1));
        rows.iter()
            .enumerate()
            .map(|(nth, row)| row_of(if nth == 0 { mark } else { "  " }, row, style))
            .collect()
    };
    let demo = scene.state.demo.as_ref().map(|demo| demo.told(&scene.state.keys));
    let demo = demo.or_else(|| scene.state.tour.as_ref().map(|tour| tour.told(&scene.state.keys)));
    let demo = demo.iter().flat_map(|told| wrapped(told, "▶ ", look.accent()));
    let found = scene.state.notices.iter().flat_map(|found| wrapped(found, "! ", look.warn()));
    let advice = scene.saving.advice.iter().flat_map(|advice| wrapped(advice, "✗ ", look.bad()));
    // What is to be done now comes first: where there is little room, the end is left off.
    advice.chain(demo).chain(found).collect()
}

/// The rows under the prompt: what was said, else which keys act here, else what the line will become.
pub(super) fn below(scene: &Scene<'_>, width: u16) -> Vec<Line<'static>> {
    let look = scene.state.look;
    let width = usize::from(width).saturating_sub(usize::from(LEAD)).max(1);
    if let Some(said) = &scene.state.said {
        return said_rows(said, width, look);
    }
    // What lies over the panes takes their keys: typing goes on in the prompt.
    if let Some(pane) = scene.state.focus.filter(|_| scene.state.overlay.is_none()) {
        let keys = as_many_as_fit(&pane_keys(pane, scene.state), width);
        return vec![row_of("  ", &keys, look.quiet())];
    }
    if scene.state.replaying.is_some() && scene.state.prompt.is_empty() {
        let keys = super::replay::keys(&scene.state.keys);
        return vec![row_of("  ", &Raw::new(keys).for_term().cut(width), look.quiet())];
    }
    if let Some(example) = super::offer::example(scene) {
        return vec![row_of("  ", &Raw::new(example).for_term().cut(width), look.quiet())];
    }
    let secret = scene.hint.secret.map(|name| {
        let words = format!("this looks like a secret ({name}): reports leave it out, the record keeps it");
        row_of("! ", &Raw::new(words).for_term().cut(width), look.warn())
    });
    let style = if scene.hint.asks || scene.hint.words.starts_with("NEW ") {
        look.warn()
    } else if scene.hint.doubtful {
        look.quiet()
    } else {
        look.accent()
    };
    let mark = match scene.hint {
        hint if hint.asks || hint.day.is_some() => "! ",
        hint if hint.words.is_empty() || hint.doubtful => "  ",
        _ => "→ ",
    };
    let mut words = row_of(mark, &Raw::new(scene.hint.words.as_str()).for_term().cut(width), style);
    if let Some(day) = &scene.hint.day {
        // Where a row is short, its end is cut: what could be missed comes first.
        let day = Raw::new(format!("{day} · ")).for_term().cut(width);
        let rest = Raw::new(scene.hint.words.as_str()).for_term().cut(width - day.width());
        let strong = look.warn().add_modifier(Modifier::BOLD);
        words = row_of(mark, &day, strong);
        words.push_span(Span::styled(rest.to_string(), style));
    }
    std::iter::once(words).chain(secret).collect()
}

/// What was said, in rows.
pub(in crate::tui) fn said_rows(said: &Said, width: usize, look: Look) -> Vec<Line<'static>> {
    let (mark, style) = match said.tone {
        Tone::Bad => (look.mark("✗ ", "error: "), look.bad()),
        Tone::Good => (look.mark("✓ ", "done: "), look.good()),
        Tone::Plain | Tone::Peers => ("  ", Style::new()),
    };
    let width = (width + usize::from(LEAD)).saturating_sub(mark.chars().count()).max(1);
    let words = Raw::new(said.words.as_str()).for_term().wrap(width);
    let hint = Raw::new(said.hint.as_str()).for_term();
    let hint = if hint.width() > 0 { hint.wrap(width) } else { Vec::new() };
    let rows =
        words.iter().enumerate().map(|(nth, row)| row_of(if nth == 0 { mark } else { "  " }, row, style));
    rows.chain(hint.iter().map(|row| row_of("  ", row, look.quiet()))).take(SAID_ROWS).collect()
}

pub(in crate::tui) fn row_of(mark: &'static str, text: &TermText, style: Style) -> Line<'static> {
    Line::from(vec![Span::styled(mark, style), Span::styled(text.to_string(), style)])
}

/// As many as fit of hints with a `·` between them; a `…` says that there are more. The words of a few long ones are cut.
fn as_many_as_fit(hints: &str, width: usize) -> TermText {
    let all = Raw::new(hints).for_term();
    let ends = hints.rmatch_indices(" · ").map(|(end, _)| end);
    let fewer = ends.map(|end| Raw::new(format!("{} …", &hints[..end])).for_term());
    let fits = std::iter::once(all.clone()).chain(fewer).find(|fits| fits.width() <= width);
    fits.filter(|fits| fits.width() * 2 >= width || *fits == all).unwrap_or_else(|| all.cut_at_word(width))
}

/// The keys that act in a pane, and only they do.
fn pane_keys(pane: Pane, state: &State) -> String {
    let (places, keys) = (pane.places(), &state.keys);
    let back = keys.hint(&[Act::ToPrompt], "prompt", places);
    // No other key acts on what is folded.
    let opens = (pane == Pane::Timeline && state.timeline.is_folded()).then_some("show what is folded here");
    let details = keys.hint(&[Act::Details], opens.unwrap_or("details"), places);
    let own = keys.prefills(places[0]).map(|(_, key)| key).filter(|_| opens.is_none());
    let all: Vec<String> = details.into_iter().chain(own).chain(back).collect();
    format!("keys: {}", all.join(" · "))
}
