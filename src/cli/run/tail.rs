//! The last of what a command printed, as a person read it.
//!
//! While it runs only bytes are kept, and no more of them than a hundred screens have; what they mean is looked at when it has
//! ended. A line that was written over, as progress bars do, is what it was last. What stood on the screen of a program that
//! takes all of it (an editor, a pager) is no output.

use std::collections::VecDeque;

use anstyle_parse::{DefaultCharAccumulator, Params, Parser, Perform};

/// How many bytes are looked at in the end.
const KEPT: usize = 128 * 1024;
/// The longest line that is kept whole, in characters.
const LONGEST: usize = 2_000;
/// The most bytes of all lines together: the record has to fit into a line of the journal, with every sign escaped.
const MOST: usize = 32 * 1024;

/// The last bytes that were printed.
#[derive(Debug, Default)]
pub(super) struct Tail {
    bytes: Vec<u8>,
    /// There were more before.
    is_cut: bool,
}

impl Tail {
    /// Takes what was printed next.
    pub(super) fn take(&mut self, bytes: &[u8]) {
        let last = &bytes[bytes.len().saturating_sub(KEPT)..];
        if self.bytes.len() + last.len() > 2 * KEPT {
            self.bytes.drain(..self.bytes.len() - KEPT);
        }
        self.bytes.extend_from_slice(last);
        self.is_cut |= self.bytes.len() > KEPT || last.len() < bytes.len();
    }

    /// The last lines of it, at most so many, as one text. None where nothing was printed.
    pub(super) fn lines(&self, count: usize) -> Option<String> {
        let mut parser = Parser::<DefaultCharAccumulator>::default();
        let mut paper = Paper { count, is_cut: self.is_cut, ..Paper::default() };
        for byte in &self.bytes[self.bytes.len().saturating_sub(KEPT)..] {
            parser.advance(&mut paper, *byte);
        }
        paper.text()
    }
}

/// The lines as they come to be.
#[derive(Default)]
struct Paper {
    count: usize,
    lines: VecDeque<String>,
    line: Vec<char>,
    column: usize,
    /// A program has taken all of the screen.
    is_screen: bool,
    /// What came first is not known.
    is_cut: bool,
}

impl Paper {
    fn end_line(&mut self) {
        let line: String = self.line.drain(..).collect();
        self.column = 0;
        self.lines.push_back(line.trim_end().to_owned());
        if self.lines.len() > self.count {
            self.lines.pop_front();
        }
    }

    /// The other screen is shown, or the usual one again.
    fn turn(&mut self, is_screen: bool) {
        if self.is_cut && !is_screen && !self.is_screen {
            // It was taken so long ago that this is not known any more.
            self.lines.clear();
        }
        if is_screen != self.is_screen || !is_screen {
            self.line.clear();
            self.column = 0;
        }
        self.is_screen = is_screen;
    }

    fn text(mut self) -> Option<String> {
        if !self.line.is_empty() {
            self.end_line();
        }
        while self.lines.back().is_some_and(String::is_empty) {
            self.lines.pop_back();
        }
        let (mut bytes, mut from) = (0, self.lines.len());
        for line in self.lines.iter().rev() {
            bytes += line.len() + 1;
            if bytes > MOST {
                break;
            }
            from -= 1;
        }
        let kept: Vec<&str> = self.lines.iter().skip(from).map(String::as_str).collect();
        let kept = kept.join("\n");
        (!kept.trim().is_empty()).then_some(kept)
    }
}

impl Perform for Paper {
    fn print(&mut self, c: char) {
        if self.is_screen || self.column >= LONGEST {
            return;
        }
        match self.line.get_mut(self.column) {
            Some(there) => *there = c,
            None => self.line.push(c),
        }
        self.column += 1;
    }

    fn execute(&mut self, byte: u8) {
        match byte {
            _ if self.is_screen => {}
            b'\n' => self.end_line(),
            b'\r' => self.column = 0,
            b'\t' => self.print('\t'),
            // A step back.
            0x08 => self.column = self.column.saturating_sub(1),
            _ => {}
        }
    }

    fn csi_dispatch(&mut self, params: &Params, intermediates: &[u8], _: bool, action: u8) {
        let mut first = params.iter().flat_map(|param| param.iter().copied());
        match (intermediates, action) {
            // The alternate screen, in its three ways (xterm, "DECSET").
            ([b'?'], b'h' | b'l') if first.any(|mode| matches!(mode, 47 | 1047 | 1049)) => {
                self.turn(action == b'h');
            }
            // Erases in the line: what follows, what came before, all.
            ([], b'K') if !self.is_screen => match first.next() {
                None | Some(0) => self.line.truncate(self.column),
                Some(1) => self.line.iter_mut().take(self.column).for_each(|c| *c = ' '),
                _ => self.line.clear(),
            },
            _ => {}
        }
        // Behind what was erased there is nothing to write over.
        self.column = self.column.min(self.line.len());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(printed: &str, count: usize) -> Option<String> {
        let mut tail = Tail::default();
        printed.as_bytes().chunks(3).for_each(|bytes| tail.take(bytes));
        tail.lines(count)
    }

    #[test]
    fn the_last_lines_are_kept_as_they_were_read() {
        for (printed, kept) in [
            ("", None),
            ("\r\n \r\n", None),
            ("one\ntwo\r\nthree\r\n", Some("two\nthree")),
            ("one\ntwo", Some("one\ntwo")),
            ("\x1b[31mred\x1b[0m \x1b]0;title\x07text\x1b(B\n", Some("red text")),
            ("10%\r 50%\r100%\ndone\n", Some("100%\ndone")),
            ("downloading\r\x1b[Kdone\n", Some("done")),
            ("abc\x08\x08X\n", Some("aXc")),
            ("a\x1b[2Kb\n", Some("b")),
            ("before\n\x1b[?1049hon the screen\n~\n~\n\x1b[?1049lafter\n", Some("before\nafter")),
            ("before\n\x1b[?1049lafter\n", Some("before\nafter")),
            ("grün \u{1f525}\n", Some("grün \u{1f525}")),
        ] {
            assert_eq!(read(printed, 2).as_deref(), kept, "{printed:?}");
        }
    }

    #[test]
    fn a_screen_that_was_taken_long_ago_is_no_output() {
        let mut tail = Tail::default();
        tail.take(b"\x1b[?1049h");
        (0..KEPT).for_each(|_| tail.take(b"~\r\n"));
        tail.take(b"\x1b[?1049lafter\r\n");
        assert_eq!(tail.lines(20).as_deref(), Some("after"));
    }

    #[test]
    fn a_flood_takes_no_more_memory_than_its_end() {
        let mut tail = Tail::default();
        for n in 0..200_000 {
            tail.take(format!("line {n} of the flood\n").as_bytes());
        }
        assert!(tail.bytes.capacity() <= 4 * KEPT, "{}", tail.bytes.capacity());
        assert_eq!(tail.lines(2).as_deref(), Some("line 199998 of the flood\nline 199999 of the flood"));
        tail.take(&vec![b'x'; 10_000_000]);
        assert!(tail.bytes.capacity() <= 4 * KEPT, "{}", tail.bytes.capacity());
        assert_eq!(tail.lines(20).map(|line| line.len()), Some(LONGEST));
        let long = "y".repeat(1_000);
        (0..1_000).for_each(|_| tail.take(format!("{long}\n").as_bytes()));
        assert!(tail.lines(1_000).is_some_and(|kept| kept.len() <= MOST && kept.len() > MOST / 2));
    }
}
