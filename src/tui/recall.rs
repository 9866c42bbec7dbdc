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
    /// Keeps a line, and goes back behind the last. The line that was being written before the person went among the others
    /// becomes one of them.
    pub(super) fn keep(&mut self, line: String) {
        let written = self.changed.remove(&self.lines.len()).filter(|_| self.at < self.lines.len());
        for line in written.into_iter().chain([line]) {
            if !line.trim().is_empty() && self.lines.last() != Some(&line) {
                self.lines.push(line);
            }
        }
        self.changed.clear();
        self.at = self.lines.len();
    }

    /// Makes a line the last of those before; the person stays where they are.
    pub(super) fn add(&mut self, line: String) {
        if self.at < self.lines.len() {
            let written = self.changed.remove(&self.lines.len());
            self.lines.push(line);
            self.changed.extend(written.map(|written| (self.lines.len(), written)));
        } else {
            self.keep(line);
        }
    }

    /// Forgets the lines in which these words stand; the person stays where they are among the others.
    pub(super) fn forget(&mut self, words: &str) {
        let stays = |line: &String| !line.contains(words);
        // How many stay before each: its new place.
        let mut places = vec![0];
        for line in &self.lines {
            places.push(places.last().copied().unwrap_or_default() + usize::from(stays(line)));
        }
        let place = |at: usize| places.get(at).copied().unwrap_or_default();
        let being_written = self.lines.len();
        let changed = std::mem::take(&mut self.changed).into_iter();
        let changed = changed.filter(|(at, line)| *at == being_written || stays(line));
        self.changed = changed.map(|(at, line)| (place(at), line)).collect();
        self.at = place(self.at);
        self.lines.retain(stays);
    }

    /// Whether the person is among the lines of before.
    pub(super) fn is_among_the_others(&self) -> bool {
        self.at < self.lines.len()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_was_being_written_outlives_an_older_one_that_is_sent_again() {
        let mut recall = Recall::default();
        recall.keep("one".into());
        assert_eq!(recall.earlier("half a line".into()), Some("one"));
        recall.add("refused later".into());
        assert_eq!(recall.later("one".into()), Some("refused later"));
        assert_eq!(recall.later("refused later".into()), Some("half a line"));
        assert_eq!(recall.earlier("half a line".into()), Some("refused later"));
        recall.keep("refused later".into());
        assert_eq!(recall.earlier(String::new()), Some("refused later"));
        assert_eq!(recall.earlier("refused later".into()), Some("half a line"));
    }

    #[test]
    fn what_is_forgotten_leaves_the_person_and_their_line_where_they_are() {
        let mut recall = Recall::default();
        for line in ["one", "the secret", "two", "-5m the secret again", "three"] {
            recall.keep(line.into());
        }
        assert_eq!(recall.earlier("half a line".into()), Some("three"));
        assert_eq!(recall.earlier("three, changed".into()), Some("-5m the secret again"));
        recall.forget("the secret");
        assert_eq!(recall.later("-5m the secret again".into()), Some("half a line"));
        assert_eq!(
            recall.earlier("half a line".into()),
            Some("-5m the secret again"),
            "what stood in the prompt"
        );
        assert_eq!(recall.earlier("three, changed".into()), Some("two"));
        assert_eq!(recall.earlier("two".into()), Some("one"));
        assert_eq!(recall.earlier("one".into()), None);
    }
}
