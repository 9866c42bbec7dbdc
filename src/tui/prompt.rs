//! The prompt: one line, or a few, being written. How it is painted is `view/prompt.rs`'s business.

use std::ops::Range;

use ratatui_textarea::{CursorMove, DataCursor, TextArea};

use super::keymap::Edit;
use super::recall::Recall;
use crate::text::Raw;

/// A text of more bytes was pasted, and perhaps by mistake: nothing is worked out for it while it stands here, and what
/// Enter would do is said.
const LONG: usize = 64 * 1024;

/// What is being written, and the lines of before.
#[derive(Debug, Default)]
pub(super) struct Prompt {
    area: TextArea<'static>,
    recall: Recall,
    /// The last made way for what is written now.
    aside: Vec<Aside>,
}

/// A line that made way for another one, with its cursor, until that is sent or set aside.
#[derive(Debug)]
struct Aside {
    area: TextArea<'static>,
    /// What was written in its place.
    instead: String,
}

impl Prompt {
    /// What is written, as it would be sent.
    pub(super) fn text(&self) -> String {
        self.area.lines().join("\n")
    }

    pub(super) fn lines(&self) -> &[String] {
        self.area.lines()
    }

    /// The line and the character that the cursor stands on.
    pub(super) fn cursor(&self) -> (usize, usize) {
        let DataCursor(line, character) = self.area.cursor();
        (line, character)
    }

    /// Where the cursor stands in [`text`](Self::text), in bytes.
    pub(super) fn cursor_byte(&self) -> usize {
        let (line, character) = self.cursor();
        let lines = self.area.lines();
        let before: usize = lines.iter().take(line).map(|line| line.len() + 1).sum();
        let chars = lines.get(line).into_iter().flat_map(|line| line.chars());
        before + chars.take(character).map(char::len_utf8).sum::<usize>()
    }

    /// Replaces a part of the text, given in bytes. A cursor in it then stands behind what was put in; one behind it stays
    /// where it is. A blank at the end of what is put in is left out where one follows.
    pub(super) fn replace(&mut self, span: Range<usize>, with: &str) {
        let text = self.text();
        let behind = text.get(span.end..self.cursor_byte()).map_or(0, |behind| behind.chars().count());
        let rest = text.get(span.end..).unwrap_or_default();
        let with = if rest.starts_with(' ') { with.strip_suffix(' ').unwrap_or(with) } else { with };
        let before = text.get(..span.start).unwrap_or_default();
        fill(&mut self.area, rest);
        self.area.move_cursor(CursorMove::Jump(0, 0));
        self.area.insert_str([before, with].concat());
        for _ in 0..behind {
            self.area.move_cursor(CursorMove::Forward);
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.area.is_empty()
    }

    /// Whether it is more than a person types.
    pub(super) fn is_long(&self) -> bool {
        self.area.lines().iter().map(|line| line.len() + 1).sum::<usize>() > LONG
    }

    pub(super) fn insert(&mut self, typed: char) {
        self.area.insert_char(typed);
    }

    /// Puts a pasted text in. Whatever ends a line in it begins a new one here; nothing in it acts.
    pub(super) fn paste(&mut self, text: &str) {
        self.area.insert_str(text.replace("\r\n", "\n").replace('\r', "\n"));
    }

    pub(super) fn edit(&mut self, edit: Edit) {
        let area = &mut self.area;
        match edit {
            Edit::Newline => area.insert_newline(),
            Edit::Head => area.move_cursor(CursorMove::Head),
            Edit::End => area.move_cursor(CursorMove::End),
            Edit::Back => area.move_cursor(CursorMove::Back),
            Edit::Forward => area.move_cursor(CursorMove::Forward),
            Edit::WordBack => area.move_cursor(CursorMove::WordBack),
            Edit::WordForward => area.move_cursor(CursorMove::WordForward),
            Edit::DeleteBack => drop(area.delete_char()),
            Edit::Delete => drop(area.delete_next_char()),
            Edit::KillToEnd => drop(area.delete_line_by_end()),
            Edit::KillToHead => drop(area.delete_line_by_head()),
            Edit::KillWordBack => drop(area.delete_word()),
            Edit::KillWord => drop(area.delete_next_word()),
            Edit::Yank => drop(area.paste()),
        }
    }

    /// A row up, or from the first one to the line before.
    pub(super) fn earlier(&mut self) {
        if self.area.cursor().0 > 0 {
            self.area.move_cursor(CursorMove::Up);
        } else if let Some(line) = self.recall.earlier(self.area.lines().join("\n")) {
            fill(&mut self.area, line);
        }
    }

    /// A row down, or from the last one to the line after.
    pub(super) fn later(&mut self) {
        if self.area.cursor().0 + 1 < self.area.lines().len() {
            self.area.move_cursor(CursorMove::Down);
        } else if let Some(line) = self.recall.later(self.area.lines().join("\n")) {
            fill(&mut self.area, line);
        }
    }

    /// Makes a line one of before, without showing it.
    pub(super) fn offer(&mut self, line: &str) {
        self.recall.add(line.to_owned());
    }

    /// Forgets the lines of before in which a text stands, and what was cut out of one. What is being written stays.
    pub(super) fn forget(&mut self, text: &Raw) {
        let words = text.as_typed().trim();
        if words.is_empty() {
            return;
        }
        self.recall.forget(words);
        if self.area.yank_text().contains(words) {
            self.area.set_yank_text("");
        }
    }

    /// Empties the prompt; what was in it is one line of before. A line that had made way for it comes back.
    pub(super) fn set_aside(&mut self) {
        let before = self.aside.pop();
        let text = self.text();
        // What only a key wrote is no line of a person.
        let typed = before.as_ref().is_none_or(|before| before.instead != text);
        self.recall.keep(if typed { text } else { String::new() });
        let yank = self.area.yank_text();
        self.area = before.map_or_else(TextArea::default, |before| before.area);
        self.area.set_yank_text(yank);
    }

    /// Writes a line for the person to finish. What was in the prompt is one line of before.
    pub(super) fn prefill(&mut self, line: &str) {
        self.recall.keep(self.text());
        fill(&mut self.area, line);
    }

    /// Writes a line that stands between what is being told: what was in the prompt comes back after it. Nothing comes back
    /// of what only a key wrote, nor of an empty line where another waits.
    pub(super) fn make_way(&mut self, line: &str) {
        let text = self.text();
        self.recall.keep(String::new());
        match self.aside.last_mut() {
            Some(aside) if text.is_empty() || aside.instead == text => line.clone_into(&mut aside.instead),
            _ => self.aside.push(Aside { area: self.area.clone(), instead: line.to_owned() }),
        }
        fill(&mut self.area, line);
    }

    /// How many lines made way.
    pub(super) fn waiting(&self) -> usize {
        self.aside.len()
    }

    /// The lines that made way, the first one first; none where none did.
    pub(super) fn aside(&self) -> Option<String> {
        let lines = self.aside.iter().map(|aside| aside.area.lines().join("\n"));
        lines.reduce(|all, line| if all.is_empty() { line } else { [all, line].join("\n") })
    }

    /// Whether the line is as a key wrote it where another made way.
    pub(super) fn is_written_by_a_key(&self) -> bool {
        self.aside.last().is_some_and(|aside| aside.instead == self.text())
    }

    /// Whether a line of before is shown.
    pub(super) fn is_recalling(&self) -> bool {
        self.recall.is_among_the_others()
    }
}

fn fill(area: &mut TextArea<'static>, line: &str) {
    let yank = area.yank_text();
    *area = TextArea::default();
    area.set_yank_text(yank);
    area.insert_str(line);
}
