//! The lines of before: Up and Down walk among them, and what was changed on the way is kept until a line is sent.

use std::collections::BTreeMap;

/// The lines sent or set aside, the newest last, and where among them the person is.
#[derive(Debug, Default)]
pub(super) struct Recall {
    lines: Vec<String>,
    /// Changed on the way; the place behind the last line is the line being written.
    changed: BTreeMap<usize, String>,
    at: usize,
}

impl Recall {
    /// Keeps a line, and goes back behind the last.
    pub(super) fn keep(&mut self, line: String) {
        let blank = line.trim().is_empty();
        if !blank && self.lines.last() != Some(&line) {
            self.lines.push(line);
        }
        self.changed.clear();
        self.at = self.lines.len();
    }

    /// The line before; `shown` is the one that makes way for it.
    pub(super) fn earlier(&mut self, shown: String) -> Option<&str> {
        let to = self.at.checked_sub(1)?;
        Some(self.go(to, shown))
    }

    /// The line after.
    pub(super) fn later(&mut self, shown: String) -> Option<&str> {
        let to = self.at + 1;
        (to <= self.lines.len()).then(|| self.go(to, shown))
    }

    fn go(&mut self, to: usize, shown: String) -> &str {
        if self.lines.get(self.at) == Some(&shown) {
            self.changed.remove(&self.at);
        } else {
            self.changed.insert(self.at, shown);
        }
        self.at = to;
        let line = self.changed.get(&to).or_else(|| self.lines.get(to));
        line.map_or("", String::as_str)
    }
}
