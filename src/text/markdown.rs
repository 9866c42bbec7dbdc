//! Text for Markdown: inline Markdown that means exactly what was typed.
//!
//! The rules are those of the `CommonMark` spec 0.31 and of GitHub's flavour (tables, strikethrough, task lists,
//! footnotes, math, autolinks, mentions, references, emoji). Ordinary prose stays as typed: a character is escaped only
//! where it has, or next to a caller's own Markdown could have, a meaning. Nothing in the text becomes HTML, an image or
//! a link; a renderer may of itself link http(s) addresses and mail addresses.
//!
//! What is shown is the text as on a terminal (controls and bidirectional overrides visible, zero-width characters left
//! out), its lines trimmed, and a run of blank lines taken as one line break: a blank line would end the paragraph or
//! list item that the caller has begun.

mod token;

use std::borrow::Cow;
use std::fmt;

use memchr::{memchr, memchr_iter};

use super::{Raw, terminal};
use token::Token;

/// Inline Markdown; more than one line where the text had line breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Markdown(String);

impl Markdown {
    /// The Markdown.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// All lines but the first indented, for a list item whose text begins `spaces` columns in.
    #[must_use]
    pub fn indented(self, spaces: usize) -> Self {
        if !self.0.contains('\n') {
            return self;
        }
        Self(self.0.replace('\n', &format!("\n{}", " ".repeat(spaces))))
    }
}

impl fmt::Display for Markdown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The text as inline Markdown, safe at the start of a line and after other inline text. Line breaks are hard breaks
/// (a backslash at the line's end), runs of blank lines one of them.
pub(super) fn inline(text: &str) -> Markdown {
    let text = terminal::visible(text, '\n');
    let text = text.trim();
    let twice = |mark: u8| memchr_iter(mark, text.as_bytes()).nth(1).is_some();
    // one price makes no formula, and prices are common
    let dollars = twice(b'$');
    // one tilde strikes nothing out, unless it touches a tilde of the caller's
    let tildes = twice(b'~') || text.starts_with('~') || text.ends_with('~');
    let mut writer = Writer::with(dollars, tildes, text.len());
    if memchr(b'\n', text.as_bytes()).is_none() {
        writer.line(text);
        return Markdown(writer.out);
    }
    for line in text.split('\n').map(str::trim).filter(|line| !line.is_empty()) {
        writer.line(line);
    }
    Markdown(writer.out)
}

/// The text as one line of inline Markdown, for a place whose surroundings are not known: a heading, a cell of a table, a
/// list item, a line that other texts share. Line breaks are blanks.
pub(super) fn line(text: &str) -> Markdown {
    let text = terminal::visible(text, '\n');
    let text = match memchr(b'\n', text.as_bytes()) {
        None => Cow::Borrowed(text.trim()),
        Some(_) => {
            let lines = text.split('\n').map(str::trim).filter(|line| !line.is_empty());
            lines.collect::<Vec<_>>().join(" ").into()
        }
    };
    // the other of a pair may stand in another text of the line
    let mut writer = Writer::with(true, true, text.len());
    if !text.is_empty() {
        writer.line(&text);
    }
    let mut out = writer.out;
    // `CommonMark` takes `#` at the end of a heading for its closing sequence
    let closing = out.trim_end_matches('#').len();
    if closing < out.len() && out[..closing].ends_with([' ', '\t']) {
        out.insert(closing, '\\');
    }
    Markdown(out)
}

/// The address as the target of a link, for between the parentheses: http, https and mailto only, and nothing that a
/// reader could not see. `None` where the address must stay text.
pub fn target(raw: &Raw) -> Option<Markdown> {
    let address = raw.as_typed();
    let (scheme, rest) = address.split_once(':')?;
    let named = match scheme.to_ascii_lowercase().as_str() {
        "http" | "https" => rest.strip_prefix("//").is_some_and(|rest| !rest.is_empty()),
        "mailto" => !rest.is_empty(),
        _ => false,
    };
    if !named || address.contains(|c| terminal::is_unseen(c) || matches!(c, '<' | '>')) {
        return None;
    }
    let mut out = String::with_capacity(address.len());
    for (at, c) in address.char_indices() {
        match c {
            // these would end the target, escape what follows, or begin a code span or a table cell
            '(' | ')' | '\\' | '`' | '|' => out.push_str(&format!("%{:02X}", u32::from(c))),
            '&' if token::entity(&address[at..]) => out.push_str("&amp;"),
            _ => out.push(c),
        }
    }
    Some(Markdown(out))
}

/// How a piece of the text is written.
enum Mark {
    /// As typed.
    Plain,
    /// A backslash before each character.
    Backslash,
    /// As this entity.
    Entity(&'static str),
}

struct Writer {
    dollars: bool,
    tildes: bool,
    /// Whether a `<` that could begin a tag came before, so that a `>` could end one.
    angles: bool,
    /// Whether an address ends what is written.
    link_last: bool,
    out: String,
}

impl Writer {
    /// One for a text of so many bytes.
    fn with(dollars: bool, tildes: bool, bytes: usize) -> Self {
        Self {
            dollars,
            tildes,
            angles: false,
            link_last: false,
            out: String::with_capacity(bytes + bytes / 8),
        }
    }

    fn line(&mut self, line: &str) {
        if !self.out.is_empty() {
            // GitHub would take the backslash into an address right before it
            self.out.push_str(if self.link_last { " \\\n" } else { "\\\n" });
        }
        self.link_last = false;
        let start = line_start(line);
        // where a code span ended: one that follows at once has to be merged into it
        let mut code_end = None;
        let mut at = 0;
        while at < line.len() {
            let run =
                as_typed(&line[..start.filter(|start| *start >= at).unwrap_or(line.len())], at, code_end);
            if run > 0 {
                self.out.push_str(&line[at..at + run]);
                at += run;
                continue;
            }
            // what stands behind a code span begins a word, whatever the span ends with
            let prev = line[..at].chars().next_back().filter(|_| code_end != Some(at));
            match token::at(prev, &line[at..]) {
                Some(Token::Link(len)) if self.is_plain(line, at, len) => {
                    self.out.push_str(&line[at..at + len]);
                    at += len;
                    self.link_last = at == line.len();
                    continue;
                }
                Some(found) => {
                    let len = found.code_len(&line[at..]);
                    if code_end == Some(at) {
                        self.out.pop();
                    } else {
                        self.out.push('`');
                    }
                    self.out.push_str(&line[at..at + len]);
                    self.out.push('`');
                    at += len;
                    code_end = Some(at);
                    continue;
                }
                None => {}
            }
            let (len, mark) = self.piece(line, at);
            let mark = if start == Some(at) && matches!(mark, Mark::Plain) { Mark::Backslash } else { mark };
            let piece = &line[at..at + len];
            match mark {
                Mark::Plain => self.out.push_str(piece),
                Mark::Backslash => piece.chars().for_each(|c| self.out.extend(['\\', c])),
                Mark::Entity(entity) => self.out.push_str(entity),
            }
            self.angles |= piece == "<" && matches!(mark, Mark::Entity(_));
            at += len;
        }
    }

    /// Whether all of an address can stand as typed: a backslash in it would become part of the link, and an emoji would be
    /// drawn in it.
    fn is_plain(&self, line: &str, at: usize, len: usize) -> bool {
        let mut here = at;
        while here < at + len {
            let (step, mark) = self.piece(line, here);
            let prev = line[..here].chars().next_back();
            let emoji = line[here..].starts_with(':') && token::at(prev, &line[here..]).is_some();
            if emoji || !matches!(mark, Mark::Plain) {
                return false;
            }
            here += step;
        }
        true
    }

    /// The length in bytes of the next piece, and how it is written: a run of `*` or `_`, else one character.
    fn piece(&self, line: &str, at: usize) -> (usize, Mark) {
        let rest = &line[at..];
        let Some(c) = rest.chars().next() else { return (0, Mark::Plain) };
        let len = match c {
            '*' | '_' => rest.len() - rest.trim_start_matches(c).len(),
            _ => c.len_utf8(),
        };
        let prev = line[..at].chars().next_back();
        let next = rest[len..].chars().next();
        let blanks = prev == Some(' ') && next == Some(' ');
        let inside = prev.is_some_and(char::is_alphanumeric) && next.is_some_and(char::is_alphanumeric);
        let special = match c {
            '*' => !blanks,
            '_' => !blanks && !inside,
            '`' | '[' | ']' | '|' => true,
            // One after a blank can begin what is struck out, and not end it, whatever the caller writes around this text.
            '~' => self.tildes || prev != Some(' '),
            // A dollar before a digit cannot close a formula: a price needs no care for what the caller writes behind it.
            '$' => self.dollars || !next.is_some_and(|c| c.is_ascii_digit()),
            '\\' => {
                next.is_none_or(|c| c.is_ascii_punctuation()) || token::at(Some('\\'), &rest[len..]).is_some()
            }
            '<' if next != Some(' ') => return (len, Mark::Entity("&lt;")),
            '>' if self.angles || prev.is_none() => return (len, Mark::Entity("&gt;")),
            '&' if token::entity(rest) => return (len, Mark::Entity("&amp;")),
            _ => false,
        };
        (len, if special { Mark::Backslash } else { Mark::Plain })
    }
}

/// How many bytes stand as typed from here on, whatever is around them: most of a text is written in a few goes. `code_end` is
/// where a code span ended, behind which a word begins.
fn as_typed(line: &str, from: usize, code_end: Option<usize>) -> usize {
    let bytes = line.as_bytes();
    let before = from.checked_sub(1).filter(|_| code_end != Some(from));
    let mut prev = before.map_or(b' ', |before| bytes[before]);
    let means_something = |&b: &u8| {
        let in_word = std::mem::replace(&mut prev, b).is_ascii_alphabetic();
        match b {
            b'*' | b'_' | b'`' | b'[' | b']' | b'|' | b'~' | b'$' | b'\\' | b'<' | b'>' | b'&' => true,
            _ if b.is_ascii_alphabetic() => !in_word && token::may_begin(b),
            _ => token::may_begin(b),
        }
    };
    bytes[from..].iter().position(means_something).unwrap_or(bytes.len() - from)
}

/// The place of the character that would make a block of the line: a heading, a list item, a rule, the underline of a
/// heading, the second row of a table, front matter. What begins with a character that is escaped anyway (`>`, a fence,
/// `*`, `_`, `|`) is not looked for; neither is indentation, as lines are trimmed.
fn line_start(line: &str) -> Option<usize> {
    let ends = |rest: &str| rest.is_empty() || rest.starts_with(' ');
    let only = |marks: &[char]| line.trim_start_matches(marks).is_empty();
    let after = |mark: char| line.trim_start_matches(mark);
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let first = match line.as_bytes().first()? {
        b'#' => line.len() - after('#').len() <= 6 && ends(after('#')),
        b'-' => ends(&line[1..]) || only(&['-', ':', ' ']),
        b':' => only(&['-', ':', ' ']),
        b'+' => ends(&line[1..]) || only(&['+']),
        b'=' => only(&['=']),
        b'0'..=b'9' => {
            let item = digits <= 9 && line[digits..].starts_with(['.', ')']) && ends(&line[digits + 1..]);
            return item.then_some(digits);
        }
        _ => false,
    };
    first.then_some(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_in_one_go_has_no_meaning_of_its_own() {
        let ends = [
            "",
            "h-1",
            "ttps://a.b",
            "ww.a",
            "tp://a",
            "mpp:a",
            "ailto:a@b",
            "1",
            "a",
            "a:",
            " ",
            "*",
            "lt;",
        ];
        let befores = (0..128).map(char::from).chain(['é', '—', '好']);
        for before in befores.map(String::from).chain([String::new(), "a.".into()]) {
            for c in (0..128).map(char::from).chain(['é', '😀']) {
                for end in ends {
                    let line = format!("{before}{c}{end}");
                    for code_end in [None, Some(before.len())] {
                        let prev = before.chars().next_back().filter(|_| code_end.is_none());
                        let mut writer = Writer::with(true, true, line.len());
                        writer.angles = true;
                        let (len, mark) = writer.piece(&line, before.len());
                        let stays = matches!(mark, Mark::Plain)
                            && len == c.len_utf8()
                            && token::at(prev, &line[before.len()..]).is_none();
                        let run = as_typed(&line, before.len(), code_end);
                        assert!(stays || run == 0, "{line:?} from {}: {run}", before.len());
                    }
                }
            }
        }
    }
}
