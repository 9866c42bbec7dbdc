//! HTML between Markdown: lists, headings, tables and breaks become pieces of a line, bold, code, links and images become
//! the Markdown that means the same. What is not a known tag (`<service-name>`) is text.

/// What a piece of a line is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// Text as it stands, to be looked at for Markdown. `broken` where a tag and not the line began it.
    Text { text: String, broken: bool },
    /// `<li>`; how many lists it stands in.
    Item { text: String, depth: u8, ordered: bool },
    /// `<h2>`.
    Heading { text: String, level: u8 },
    /// `<tr>`.
    Row { cells: Vec<String>, header: bool },
    /// `<!-- … -->`
    Comment { text: String },
    /// The end of the outermost list: what follows is no part of its last item.
    End,
}

/// What stays open from line to line.
#[derive(Debug, Default)]
pub(super) struct State {
    /// The open lists: whether each is numbered.
    lists: Vec<bool>,
    row: Option<(Vec<String>, bool)>,
    item: bool,
    heading: Option<u8>,
    comment: bool,
    /// The end of a script or of styles: what stands before it is no text.
    program: Option<&'static str>,
}

/// The tags that end what stands before them, and mean nothing else.
const BREAKS: &[&str] = &[
    "br",
    "p",
    "div",
    "section",
    "article",
    "hr",
    "center",
    "details",
    "summary",
    "table",
    "tbody",
    "thead",
    "figure",
    "figcaption",
    "header",
    "footer",
    "main",
    "blockquote",
    "pre",
    "dl",
    "dt",
    "dd",
    "html",
    "head",
    "body",
    "title",
    "tfoot",
];
/// The tags that mean nothing here.
const PLAIN: &[&str] = &[
    "span", "u", "small", "sub", "sup", "font", "ins", "abbr", "mark", "time", "picture", "source", "video",
    "iframe", "style", "script", "col", "colgroup", "caption", "meta", "link", "label", "input", "button",
    "nav", "svg", "path", "big",
];
/// The tags that become Markdown, or parts of a document.
const MARKS: &[&str] = &[
    "b", "strong", "i", "em", "code", "kbd", "tt", "del", "s", "strike", "a", "img", "ul", "ol", "li", "tr",
    "td", "th", "h1", "h2", "h3", "h4", "h5", "h6",
];
/// What stands around words that are struck out.
const STRUCK: &str = "\\~\\~";
/// The longest tag that is looked for, in bytes.
const LONGEST_TAG: usize = 4096;

struct Tag<'a> {
    name: String,
    closing: bool,
    attributes: &'a str,
    length: usize,
}

impl State {
    /// Whether nothing is open, so that a line without `<` is just text.
    pub fn is_idle(&self) -> bool {
        !self.comment && self.program.is_none() && self.row.is_none() && self.heading.is_none() && !self.item
    }

    /// Cuts a line into pieces.
    pub fn pieces(&mut self, line: &str) -> Vec<Piece> {
        let mut cut = Cut { out: Vec::new(), text: String::new(), broken: false, links: Vec::new() };
        let mut rest = line;
        // Where no `>` stands at all, no tag can end: looked for once, not at each `<`.
        let tags = line.contains('>') || line.contains("<!--");
        while !rest.is_empty() {
            if self.comment {
                let end = rest.find("-->");
                let inner = &rest[..end.unwrap_or(rest.len())];
                if !inner.trim().is_empty() {
                    cut.out.push(Piece::Comment { text: inner.trim().to_owned() });
                }
                self.comment = end.is_none();
                rest = end.map_or("", |end| &rest[end + 3..]);
                continue;
            }
            if let Some(end) = self.program {
                let at = rest.to_ascii_lowercase().find(end);
                self.program = self.program.filter(|_| at.is_none());
                rest = at.map_or("", |at| &rest[at..]);
                continue;
            }
            let Some(open) = rest.find('<').filter(|_| tags) else {
                cut.text.push_str(rest);
                break;
            };
            cut.text.push_str(&rest[..open]);
            rest = &rest[open..];
            if let Some(inner) = rest.strip_prefix("<!--") {
                self.end_piece(&mut cut, true);
                self.comment = true;
                rest = inner;
                continue;
            }
            match tag(rest) {
                Some(tag) => {
                    self.apply(&tag, &mut cut);
                    rest = &rest[tag.length..];
                }
                None => {
                    cut.text.push('<');
                    rest = &rest[1..];
                }
            }
        }
        self.end_piece(&mut cut, false);
        cut.out
    }

    fn apply(&mut self, tag: &Tag<'_>, cut: &mut Cut) {
        match (tag.name.as_str(), tag.closing) {
            ("script", false) => self.program = Some("</script"),
            ("style", false) => self.program = Some("</style"),
            ("b" | "strong", _) => cut.mark("**", tag.closing),
            ("i" | "em", _) => cut.mark("*", tag.closing),
            ("code" | "kbd" | "tt", _) => cut.text.push('`'),
            // Escaped: what is struck out is still told to be.
            ("del" | "s" | "strike", _) => cut.mark(STRUCK, tag.closing),
            ("a", false) => {
                cut.links.push(attribute(tag.attributes, "href").unwrap_or_default());
                cut.text.push('[');
            }
            ("a", true) => {
                if let Some(target) = cut.links.pop() {
                    cut.text.push_str("](");
                    cut.text.push_str(&target);
                    cut.text.push(')');
                }
            }
            ("img", _) => {
                let alt = attribute(tag.attributes, "alt").or_else(|| attribute(tag.attributes, "title"));
                let target = attribute(tag.attributes, "src").unwrap_or_default();
                let alt = alt.unwrap_or_default().replace(['[', ']'], " ");
                cut.text.push_str(&format!("![{alt}]({target})"));
            }
            ("input", _) if attribute(tag.attributes, "type").is_some_and(|kind| is_checkbox(&kind)) => {
                cut.text.push_str(if is_set(tag.attributes, "checked") { "[x] " } else { "[ ] " });
            }
            _ => self.apply_block(tag, cut),
        }
    }

    fn apply_block(&mut self, tag: &Tag<'_>, cut: &mut Cut) {
        match (tag.name.as_str(), tag.closing) {
            ("ul" | "ol", false) => {
                self.end_piece(cut, true);
                if self.lists.len() < 200 {
                    self.lists.push(tag.name == "ol");
                }
            }
            ("ul" | "ol", true) => {
                self.end_piece(cut, true);
                self.item = false;
                if self.lists.pop().is_some() && self.lists.is_empty() && self.row.is_none() {
                    cut.out.push(Piece::End);
                }
            }
            ("li", closing) => {
                self.end_piece(cut, true);
                self.item = !closing;
            }
            ("tr", closing) => {
                self.end_piece(cut, true);
                if let Some((cells, header)) = self.row.take().filter(|(cells, _)| !cells.is_empty()) {
                    cut.out.push(Piece::Row { cells, header });
                }
                self.row = (!closing).then(|| (Vec::new(), false));
            }
            ("td" | "th", false) => {
                self.end_piece(cut, true);
                if let Some((cells, header)) = &mut self.row {
                    cells.push(String::new());
                    *header |= tag.name == "th";
                }
            }
            ("td" | "th", true) => self.end_piece(cut, true),
            ("table", true) => {
                self.end_piece(cut, true);
                if let Some((cells, header)) = self.row.take().filter(|(cells, _)| !cells.is_empty()) {
                    cut.out.push(Piece::Row { cells, header });
                }
            }
            ("h1" | "h2" | "h3" | "h4" | "h5" | "h6", closing) => {
                self.end_piece(cut, true);
                let level = tag.name.as_bytes().get(1).map_or(1, |digit| digit - b'0');
                self.heading = (!closing).then_some(level);
            }
            (name, _) if BREAKS.contains(&name) => self.end_piece(cut, true),
            // Any other known tag only parts words where it stands between two.
            _ => {}
        }
    }

    /// Puts what was read so far where it belongs.
    fn end_piece(&mut self, cut: &mut Cut, broken: bool) {
        let text = std::mem::take(&mut cut.text);
        for _ in cut.links.drain(..) {
            // An anchor that is not closed on its line keeps its label.
        }
        let was_broken = std::mem::replace(&mut cut.broken, broken);
        if text.trim().is_empty() {
            return;
        }
        if let Some((cells, _)) = &mut self.row {
            match cells.last_mut() {
                Some(cell) if cell.is_empty() => cell.push_str(text.trim()),
                Some(cell) => {
                    cell.push(' ');
                    cell.push_str(text.trim());
                }
                None => cells.push(text.trim().to_owned()),
            }
        } else if let Some(level) = self.heading {
            cut.out.push(Piece::Heading { text: text.trim().to_owned(), level });
        } else if self.item {
            // What follows on later lines goes on the item.
            self.item = false;
            let depth = u8::try_from(self.lists.len().saturating_sub(1)).unwrap_or(u8::MAX);
            let ordered = self.lists.last().copied().unwrap_or(false);
            cut.out.push(Piece::Item { text: text.trim().to_owned(), depth, ordered });
        } else {
            cut.out.push(Piece::Text { text, broken: was_broken });
        }
    }
}

struct Cut {
    out: Vec<Piece>,
    text: String,
    broken: bool,
    links: Vec<String>,
}

impl Cut {
    /// Bold and italic marks lean on the word that they mark.
    fn mark(&mut self, mark: &str, closing: bool) {
        if closing {
            let end = self.text.trim_end().len();
            let blanks = self.text.split_off(end);
            self.text.push_str(mark);
            self.text.push_str(if blanks.is_empty() { " " } else { &blanks });
        } else {
            self.text.push_str(mark);
        }
    }
}

/// The tag at the beginning of a text, if it is a known one.
fn tag(text: &str) -> Option<Tag<'_>> {
    let closing = text[1..].starts_with('/');
    let from = 1 + usize::from(closing);
    let letters = text[from..].bytes().take(12).take_while(u8::is_ascii_alphanumeric).count();
    let name = text[from..from + letters].to_ascii_lowercase();
    // The tags of wikis have names of two parts: `ac:structured-macro`.
    let wiki = matches!(name.as_str(), "ac" | "ri") && text[from + letters..].starts_with(':');
    let part = text[from + letters..]
        .bytes()
        .take(40)
        .take_while(|b| b":-".contains(b) || b.is_ascii_alphanumeric());
    let letters = if wiki { letters + part.count() } else { letters };
    let known = wiki
        || MARKS.contains(&name.as_str())
        || BREAKS.contains(&name.as_str())
        || PLAIN.contains(&name.as_str());
    let next = *text.as_bytes().get(from + letters)?;
    if !known || !(next == b'>' || next == b'/' || next.is_ascii_whitespace()) {
        return None;
    }
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate().take(LONGEST_TAG).skip(from + letters) {
        match (quote, byte) {
            (Some(open), close) if open == close => quote = None,
            (None, b'"' | b'\'') => quote = Some(byte),
            (None, b'>') => {
                let attributes = &text[from + letters..at];
                return Some(Tag { name, closing, attributes, length: at + 1 });
            }
            (None, b'<') => return None,
            _ => {}
        }
    }
    None
}

fn is_checkbox(kind: &str) -> bool {
    kind.eq_ignore_ascii_case("checkbox")
}

/// Whether an attribute stands there, with a value or without.
fn is_set(attributes: &str, name: &str) -> bool {
    let mut quote = None;
    let bare: String = attributes
        .chars()
        .map(|char| match (quote, char) {
            (Some(open), close) if open == close => {
                quote = None;
                ' '
            }
            (None, '"' | '\'') => {
                quote = Some(char);
                ' '
            }
            (Some(_), _) | (None, '/') => ' ',
            (None, char) => char.to_ascii_lowercase(),
        })
        .collect();
    bare.split_whitespace().any(|word| word.split('=').next() == Some(name))
}

/// The value of an attribute.
fn attribute(attributes: &str, name: &str) -> Option<String> {
    let lower = attributes.to_ascii_lowercase();
    let mut from = 0;
    while let Some(found) = lower[from..].find(name) {
        let at = from + found;
        let after = lower[at + name.len()..].trim_start();
        let begins = lower[..at].ends_with(|char: char| char.is_whitespace()) || at == 0;
        if begins && after.starts_with('=') {
            let value = attributes[attributes.len() - after.len() + 1..].trim_start();
            return Some(match value.chars().next()? {
                quote @ ('"' | '\'') => value[1..].split(quote).next().unwrap_or_default().to_owned(),
                _ => value.split_whitespace().next().unwrap_or_default().trim_end_matches('/').to_owned(),
            });
        }
        from = at + name.len();
    }
    None
}
