//! The page that `warroom export --format html` writes, as the Markdown that it was made from; each line of that with the
//! line of the page it comes from.

use std::fmt::Write as _;

use crate::text::Raw;

/// What stands in the frame of every page of ours, in this order.
const FRAME: [&str; 3] =
    ["<a class=\"skip\" href=\"#report\">", "<header>", "<main id=\"report\" tabindex=\"-1\">"];

/// Markdown, and the line that each of its lines comes from.
#[derive(Debug, Default)]
pub(in crate::import) struct Origin {
    pub lines: Vec<String>,
    pub from: Vec<u32>,
}

impl Origin {
    /// The line of the document that a line of the Markdown comes from; both from 1.
    pub fn of(&self, line: u32) -> u32 {
        let at = usize::try_from(line).unwrap_or(usize::MAX).saturating_sub(1);
        self.from.get(at).or(self.from.last()).copied().unwrap_or(line)
    }
}

/// Reads a page of ours; none where it is none.
pub(in crate::import) fn markdown(lines: &[String]) -> Option<Origin> {
    let mut frame = FRAME.iter();
    let mut wanted = frame.next();
    let mut starts = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        if wanted.is_some_and(|part| line.starts_with(part)) {
            starts.push(at);
            wanted = frame.next();
        }
        if wanted.is_none() {
            break;
        }
    }
    let [_, header, main] = starts[..] else { return None };
    let mut page = Page::default();
    let end = |from: usize, tag: &str| lines.iter().skip(from).position(|line| line.starts_with(tag));
    for (start, tag) in [(header, "</header>"), (main, "</main>")] {
        let length = end(start, tag)?;
        for (at, line) in lines.iter().enumerate().skip(start + 1).take(length.saturating_sub(1)) {
            page.line(line, u32::try_from(at + 1).unwrap_or(u32::MAX));
        }
    }
    page.flush();
    Some(page.origin)
}

/// A page while it is read.
#[derive(Default)]
struct Page {
    origin: Origin,
    /// The line that is being written, and where it comes from.
    line: String,
    from: u32,
    /// The text since the last tag.
    text: String,
    /// The lists that are open: the next number, where they are numbered.
    lists: Vec<Option<u32>>,
    link: Option<String>,
    /// Within the picture, within code, within a block of code.
    skips: bool,
    code: bool,
    block: bool,
    /// The cells of the row of a table so far.
    cells: usize,
}

impl Page {
    fn line(&mut self, line: &str, number: u32) {
        if self.line.trim().is_empty() {
            self.from = number;
        }
        let mut rest = line;
        while !rest.is_empty() {
            let start = if self.skips { rest.find("</figure>") } else { rest.find('<') };
            let (text, tag) = rest.split_at(start.unwrap_or(rest.len()));
            if !self.skips {
                self.text.push_str(text);
            }
            if tag.is_empty() {
                break;
            }
            let (tag, after) = tag.split_once('>').unwrap_or((tag, ""));
            self.say();
            self.tag(tag.trim_start_matches('<'));
            rest = after;
        }
        self.say();
        if self.block {
            self.flush();
        } else if !self.skips && !self.line.is_empty() && !self.line.ends_with([' ', '\n']) {
            self.line.push(' ');
        }
    }

    /// Writes the text since the last tag.
    fn say(&mut self) {
        let text = unescaped(&std::mem::take(&mut self.text));
        if text.trim().is_empty() {
            // Between two looks a blank parts words; elsewhere it only sets out the page.
            if !text.is_empty() && !self.line.trim().is_empty() {
                self.line.push(' ');
            }
        } else if self.block {
            self.line.push_str(&text);
        } else if self.code {
            let ticks = "`".repeat(text.split(|c| c != '`').map(str::len).max().unwrap_or(0) + 1);
            // Writing to a String cannot fail.
            let _ = write!(self.line, "{ticks}{text}{ticks}");
        } else {
            let (before, after) = (text.starts_with(' '), text.ends_with(' '));
            let inline = Raw::new(text.trim()).for_md();
            let blank = |is: bool| if is { " " } else { "" };
            let _ = write!(self.line, "{}{inline}{}", blank(before), blank(after));
        }
    }

    fn tag(&mut self, tag: &str) {
        let name = tag.split([' ', '/']).find(|part| !part.is_empty()).unwrap_or_default();
        let closes = tag.starts_with('/');
        match (name, closes) {
            ("figure", _) => self.skips = !closes,
            ("h1" | "h2" | "h3" | "h4" | "h5" | "h6", false) => {
                self.end();
                let level = name[1..].parse().unwrap_or(1);
                self.line.push_str(&format!("{} ", "#".repeat(level)));
            }
            ("ul", false) => self.open(None),
            ("ol", false) => self.open(Some(1)),
            ("ul" | "ol", true) => {
                self.flush();
                self.lists.pop();
                if self.lists.is_empty() {
                    self.end();
                }
            }
            ("li", false) => self.item(),
            ("li" | "tr" | "table", true) => self.flush(),
            ("p", _) | ("h1" | "h2" | "h3" | "h4" | "h5" | "h6", true) if self.lists.is_empty() => self.end(),
            ("strong", _) => self.line.push_str("**"),
            ("em", _) => self.line.push('*'),
            ("del", _) => self.line.push_str("~~"),
            ("code", _) => self.code = !closes,
            ("br", _) => {
                self.line.truncate(self.line.trim_end().len());
                self.line.push('\\');
                self.flush();
                self.line = " ".repeat(2 * self.lists.len());
            }
            ("pre", _) => {
                self.flush();
                self.block = !closes;
                self.line.push_str("```");
                self.flush();
            }
            ("a", false) => {
                self.link = tag.split_once("href=\"").and_then(|(_, to)| to.split('"').next()).map(unescaped);
                self.line.push('[');
            }
            ("a", true) => {
                let to = self.link.take().unwrap_or_default();
                let _ = write!(self.line, "](<{to}>)");
            }
            ("tr", false) => (self.cells, self.line) = (0, "|".to_owned()),
            ("th" | "td", false) => self.line.push(' '),
            ("th" | "td", true) => {
                self.line.push_str(" |");
                self.cells += 1;
            }
            ("thead", true) => {
                self.flush();
                self.line = format!("|{}", " --- |".repeat(self.cells));
                self.flush();
            }
            ("table", false) => self.end(),
            _ => {}
        }
    }

    fn open(&mut self, number: Option<u32>) {
        if self.lists.is_empty() {
            self.end();
        } else {
            self.flush();
        }
        self.lists.push(number);
    }

    fn item(&mut self) {
        self.flush();
        let depth = self.lists.len().saturating_sub(1);
        let indent = " ".repeat(3 * depth);
        let mark = match self.lists.last_mut() {
            Some(Some(number)) => {
                *number += 1;
                format!("{}. ", *number - 1)
            }
            _ => "- ".to_owned(),
        };
        self.line = format!("{indent}{mark}");
    }

    /// Ends a line.
    fn flush(&mut self) {
        let line = std::mem::take(&mut self.line);
        if !line.trim().is_empty() {
            self.origin.lines.push(line.trim_end().to_owned());
            self.origin.from.push(self.from);
        }
    }

    /// Ends a block.
    fn end(&mut self) {
        self.flush();
        if self.origin.lines.last().is_some_and(|line| !line.is_empty()) {
            self.origin.lines.push(String::new());
            self.origin.from.push(self.from);
        }
    }
}

/// The characters that HTML writes as names.
fn unescaped(text: &str) -> String {
    let names =
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#x27;", "'"), ("&amp;", "&")];
    names.iter().fold(text.to_owned(), |text, (name, is)| text.replace(name, is))
}
