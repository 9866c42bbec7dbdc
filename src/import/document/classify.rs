//! Lines to blocks: what each line is, one after the other, with what the lines before it left open.

use super::html::{Piece, State};
use super::mark::{self, Mark};
use super::{Block, Kind, heading};

/// The most items that one stands under: beyond it all are as deep.
const DEEPEST: usize = 200;

/// Reads all lines.
pub(super) fn blocks(lines: &[String]) -> Vec<Block> {
    let mut reader = Reader::default();
    let front = front_matter(lines, &mut reader);
    for (at, line) in lines.iter().enumerate().skip(front) {
        reader.number = u32::try_from(at + 1).unwrap_or(u32::MAX);
        reader.next = lines.get(at + 1).map_or("", String::as_str);
        reader.line(line);
    }
    reader.blocks
}

/// `---`, lines such as `title: …`, `---` at the very top: how many lines it takes.
fn front_matter(lines: &[String], reader: &mut Reader<'_>) -> usize {
    let fence = |line: &String| matches!(line.trim(), "---" | "+++");
    let Some(first) = lines.iter().position(|line| !line.trim().is_empty()).filter(|at| fence(&lines[*at]))
    else {
        return 0;
    };
    let Some(length) = lines[first + 1..].iter().take(64).position(fence) else { return 0 };
    let inner = &lines[first + 1..first + 1 + length];
    let is_pair = |line: &String| {
        let line = line.trim();
        let name = line.split([':', '=']).next().unwrap_or_default();
        line.is_empty()
            || line.starts_with(['-', '#', '[', '"'])
            || (name.len() < line.len() && !name.contains(' ') && !name.is_empty())
    };
    if inner.is_empty() || !inner.iter().all(is_pair) || inner.iter().all(|line| line.trim().is_empty()) {
        return 0;
    }
    for (number, line) in (first + 2..).zip(inner) {
        let line = line.trim();
        if line.is_empty() {
            continue;
        }
        let (key, value) = line.split_once([':', '=']).unwrap_or(("", line));
        let value = value.trim();
        let bare = ['"', '\''].iter().find_map(|quote| value.strip_prefix(*quote)?.strip_suffix(*quote));
        reader.number = u32::try_from(number).unwrap_or(u32::MAX);
        reader.push(Kind::Meta { key: key.trim().to_lowercase() }, 0, bare.unwrap_or(value));
    }
    first + 2 + length
}

/// An item that is open.
struct Open {
    indent: usize,
    sign: char,
}

#[derive(Default)]
struct Reader<'a> {
    blocks: Vec<Block>,
    number: u32,
    next: &'a str,
    gap: bool,
    items: Vec<Open>,
    fence: Option<char>,
    table: bool,
    html: State,
    /// A heading between `==` stood in it: `#` begins an item.
    wiki: bool,
}

impl Reader<'_> {
    fn push(&mut self, kind: Kind, depth: usize, text: &str) {
        let depth = u8::try_from(depth.min(DEEPEST)).unwrap_or(u8::MAX);
        let gap = std::mem::take(&mut self.gap);
        let text = text.trim().to_owned();
        self.blocks.push(Block { line: self.number, section: 0, kind, depth, text, continues: false, gap });
    }

    fn line(&mut self, line: &str) {
        if let Some(sign) = self.fence {
            let bare = line.trim();
            if bare.len() >= 3 && bare.chars().all(|char| char == sign) {
                self.fence = None;
            } else if !bare.is_empty() {
                self.push(Kind::Code, self.items.len(), line.trim_end());
            }
            return;
        }
        let line = mark::unquoted(line);
        if line.trim().is_empty() {
            self.gap = true;
            self.table = false;
            return;
        }
        if line.contains('<') || !self.html.is_idle() {
            for piece in self.html.pieces(line) {
                self.piece(piece);
            }
        } else {
            self.markdown(line);
        }
    }

    fn piece(&mut self, piece: Piece) {
        match piece {
            Piece::Text { text, broken: false } => self.markdown(&text),
            Piece::Text { text, broken: true } => {
                // A break parts lines, but what an item says goes on.
                self.markdown(text.trim_start());
            }
            Piece::Item { text, depth, ordered } => {
                let depth = usize::from(depth);
                self.items.truncate(depth);
                while self.items.len() <= depth && self.items.len() < DEEPEST {
                    self.items.push(Open { indent: self.items.len() * 2, sign: '<' });
                }
                self.push(Kind::Item { ordered: ordered.then_some(0) }, depth, &text);
            }
            Piece::Heading { text, level } => {
                self.items.clear();
                self.push(Kind::Heading(level), 0, &text);
            }
            Piece::Row { cells, header } => {
                let text = cells.join(" | ");
                self.push(Kind::Row { cells, header }, 0, &text);
            }
            Piece::Comment { text } => self.push(Kind::Comment, 0, &text),
            Piece::End => {
                self.items.clear();
                self.gap = true;
            }
        }
    }

    fn markdown(&mut self, line: &str) {
        let (width, bytes) = mark::indent(line);
        let text = line[bytes..].trim_end();
        if text.is_empty() {
            return;
        }
        if let Some(sign) =
            ["```", "~~~"].into_iter().find(|fence| text.starts_with(fence)).and_then(|f| f.chars().next())
        {
            // "```text```" on one line is code within a line.
            if !text.trim_start_matches(sign).contains("```") {
                self.fence = Some(sign);
                return;
            }
        }
        if self.rule(text) || self.row(text) || self.heading(text, width) {
            return;
        }
        if self.wiki && text.starts_with('#') {
            let bare = text.trim_start_matches('#');
            let mark = Mark { sign: '1', ordered: Some(0), length: text.len() - bare.trim_start().len() };
            return self.item(width + text.len() - bare.len() - 1, mark, &text[mark.length..]);
        }
        match mark::item(text) {
            Some(mark) => self.item(width, mark, &text[mark.length..]),
            None => self.prose(width, text),
        }
    }

    /// `---`, `***`, `===`: a rule, or what makes the short line before it a heading.
    fn rule(&mut self, text: &str) -> bool {
        let Some(sign) = text.chars().next().filter(|sign| "-*_=".contains(*sign)) else { return false };
        let bare = text.chars().filter(|char| !char.is_whitespace());
        if text.len() < 3 || !bare.clone().all(|char| char == sign) {
            return false;
        }
        if (sign == '=' || sign == '-')
            && !self.gap
            && let Some(last) = self.blocks.last_mut()
            && matches!(last.kind, Kind::Line | Kind::Heading(7 | 8))
            && !last.continues
            && last.text.split_whitespace().count() <= 10
            && !last.text.ends_with('.')
            && !last.text.starts_with(|char: char| char.is_ascii_digit())
        {
            last.kind = Kind::Heading(if sign == '=' { 1 } else { 2 });
        } else {
            self.push(Kind::Rule, 0, text);
        }
        self.items.clear();
        self.gap = true;
        true
    }

    fn row(&mut self, text: &str) -> bool {
        let piped = text.starts_with('|') && text[1..].contains('|');
        let begins = !self.table && text.contains('|') && is_delimiter(self.next);
        if !(piped || begins || (self.table && text.contains('|'))) {
            self.table = false;
            return false;
        }
        if is_delimiter(text) {
            if let Some(Block { kind: Kind::Row { header, .. }, .. }) =
                self.blocks.last_mut().filter(|_| self.table)
            {
                *header = true;
            }
            self.table = true;
            return true;
        }
        self.table = true;
        self.items.clear();
        let cells = cells(text);
        let joined = cells.join(" | ");
        self.push(Kind::Row { cells, header: false }, 0, &joined);
        true
    }

    fn heading(&mut self, text: &str, width: usize) -> bool {
        self.wiki |= text.starts_with("==") && heading::marked(text).is_some();
        let found = match heading::marked(text).filter(|_| !(self.wiki && text.starts_with('#'))) {
            Some((level, text)) => (!text.is_empty()).then(|| (level, text.to_owned())),
            None => self.standing(text, width).map(|level| (level, text.to_owned())),
        };
        let Some((level, text)) = found else { return false };
        // An item that is the name of a part loses its mark.
        let bare =
            mark::item(&text).filter(|_| level >= 7).map_or(text.as_str(), |mark| &text[mark.length..]);
        self.items.clear();
        self.push(Kind::Heading(level), 0, bare);
        true
    }

    /// The level of a line that stands as a heading without being marked as one.
    fn standing(&self, text: &str, width: usize) -> Option<u8> {
        // A term and what it means, on the line below it.
        if self.next.trim_start().starts_with(": ") {
            return None;
        }
        if let Some(mark) = mark::item(text) {
            // `1. Timeline`, `* Issue Summary:`
            let name = &text[mark.length..];
            let apart = self.gap && self.next.trim().is_empty();
            let named = heading::is_section_name(name) && (heading::level(name) == 7 || apart);
            let shouted = apart && mark.ordered.is_some() && heading::is_shouted(name);
            let part = width < 4 && self.items.len() <= 1 && (named || shouted);
            return part.then_some(7);
        }
        if width >= 4 || (!self.items.is_empty() && width > 0) {
            return None;
        }
        let alone = self.gap || self.blocks.is_empty();
        // In the middle of a paragraph only a name of a part, or what ends with a colon, is a heading.
        heading::unmarked(text, alone)
    }

    fn item(&mut self, width: usize, mark: Mark, text: &str) {
        while self.items.last().is_some_and(|last| last.indent > width) {
            self.items.pop();
        }
        let here = |open: &Open| open.indent == width;
        if let Some(at) = self.items.iter().position(|open| here(open) && open.sign == mark.sign) {
            self.items.truncate(at);
        } else if let Some(at) = self.items.iter().position(here) {
            // Another mark at the same place: under a number, under a dash, or under what ended with a colon.
            let led = self
                .blocks
                .last()
                .is_some_and(|last| last.text.trim_end_matches(['*', '_', ' ']).ends_with(':'));
            let under = self.items[at].sign == '1' || mark.sign == '—' || mark.sign == '–';
            if !led && !under {
                self.items.truncate(at);
            }
        }
        let depth = self.items.len();
        if depth < DEEPEST {
            self.items.push(Open { indent: width, sign: mark.sign });
        }
        self.push(Kind::Item { ordered: mark.ordered }, depth, text);
    }

    fn prose(&mut self, width: usize, text: &str) {
        if self.gap {
            self.items.retain(|open| open.indent < width);
        }
        let depth = self.items.len();
        let goes_on = !self.gap
            && self.blocks.last().is_some_and(|last| matches!(last.kind, Kind::Line | Kind::Item { .. }));
        self.push(Kind::Line, depth, text);
        if let Some(last) = self.blocks.last_mut() {
            last.continues = goes_on;
        }
    }
}

/// `|---|:--:|`
fn is_delimiter(line: &str) -> bool {
    let line = line.trim();
    line.contains('-') && line.contains('|') && line.bytes().all(|byte| b"|-: \t".contains(&byte))
}

/// The cells of a row: parted by `|`, but not by `\|` or within code.
fn cells(text: &str) -> Vec<String> {
    let inner = text.strip_prefix('|').unwrap_or(text);
    let inner = inner.strip_suffix('|').filter(|rest| !rest.ends_with('\\')).unwrap_or(inner);
    let mut cells = vec![String::new()];
    let (mut escaped, mut code) = (false, false);
    let ticks = inner.matches('`').count().is_multiple_of(2);
    for char in inner.chars() {
        if char == '|' && !escaped && !code {
            cells.push(String::new());
            continue;
        }
        code ^= char == '`' && ticks;
        if let Some(cell) = cells.last_mut() {
            if char == '|' && escaped {
                cell.pop();
            }
            cell.push(char);
        }
        escaped = char == '\\' && !escaped;
    }
    cells.iter().map(|cell| cell.trim().to_owned()).collect()
}
