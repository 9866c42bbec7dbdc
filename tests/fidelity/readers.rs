//! What readers see in a report: its pieces, where its links lead, and whatever else there is.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
use serde_json::Value;

use super::{Kind, Piece, folded};

/// Where the pictures of a report lie.
const BESIDE: &str = "attachments/";

/// What was read.
#[derive(Debug, Default)]
pub struct Read {
    /// The pieces in which anything can be seen.
    pub pieces: Vec<Piece>,
    /// Where links lead that have their own label, or none of which the label is the address.
    pub links: Vec<String>,
    /// The links whose label is their address: target and label.
    pub bare: Vec<(String, String)>,
    /// What a report does not have.
    pub others: Vec<String>,
}

impl Read {
    fn piece(&mut self, kind: Kind) {
        self.pieces.push((kind, String::new()));
    }

    fn text(&mut self, text: &str) {
        match self.pieces.last_mut() {
            Some((_, words)) => words.push_str(text),
            None => self.others.push(format!("text before all: {text:?}")),
        }
    }

    fn done(mut self) -> Self {
        for (_, text) in &mut self.pieces {
            *text = folded(text);
        }
        self.pieces.retain(|(_, text)| !text.is_empty());
        self
    }
}

/// What a hub of code makes of a text: mentions, references, emoji.
pub fn in_a_hub(text: &str) -> Option<&'static str> {
    let word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_');
    for (at, c) in text.char_indices() {
        // Within an address, which is a link then, only emoji are drawn.
        let address = text[..at].rsplit(char::is_whitespace).next().unwrap_or_default().to_lowercase();
        let linked = ["http://", "https://", "www."].iter().any(|start| address.contains(start));
        if linked && c != ':' {
            continue;
        }
        let (before, rest) = (text[..at].chars().next_back(), &text[at + c.len_utf8()..]);
        let digits = |rest: &str| {
            let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
            end > 0 && !word(rest[end..].chars().next())
        };
        match c {
            '@' if !word(before) && rest.starts_with(|c: char| c.is_ascii_alphanumeric()) => {
                return Some("mention");
            }
            '#' if digits(rest) => return Some("reference"),
            'G' | 'g' if !word(before) => {
                let number = rest.strip_prefix("H-").or(rest.strip_prefix("h-"));
                if number.is_some_and(digits) {
                    return Some("reference");
                }
            }
            ':' if rest.split_once(':').is_some_and(|(name, _)| emojis::get_by_shortcode(name).is_some()) => {
                return Some("emoji");
            }
            _ => {}
        }
    }
    None
}

/// This program's own reader, with all that GitHub knows, and front matter.
pub fn in_pulldown(markdown: &str) -> Read {
    let flavours = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_GFM
        | Options::ENABLE_MATH
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS;
    let mut read = Read::default();
    let (mut lists, mut is_code) = (0, false);
    // A hub looks at what stands between two elements.
    let mut run = String::new();
    for event in Parser::new_ext(markdown, flavours) {
        if let Event::Text(text) = &event {
            run.push_str(if is_code { "" } else { text });
        } else if let Some(found) = in_a_hub(&std::mem::take(&mut run)) {
            read.others.push(format!("{found} before {event:?}"));
        }
        match event {
            Event::Text(text) | Event::Code(text) => read.text(&text),
            Event::SoftBreak | Event::HardBreak => read.text(" "),
            Event::Start(Tag::Heading { level, .. }) => read.piece(Kind::Heading(level as usize)),
            Event::Start(Tag::Paragraph) if lists == 0 => read.piece(Kind::Paragraph),
            Event::Start(Tag::List(_)) => lists += 1,
            Event::End(TagEnd::List(_)) => lists -= 1,
            Event::Start(Tag::Item) => read.piece(Kind::Item(lists)),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(of))) if &*of == "mermaid" => {
                is_code = true;
                read.piece(Kind::Diagram);
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(of))) if &*of == "text" => {
                is_code = true;
                read.piece(Kind::Excerpt);
            }
            // Of a picture its words are read; it can only be one that lies beside the report.
            Event::Start(Tag::Image { dest_url, .. }) if dest_url.starts_with(BESIDE) => {}
            Event::End(TagEnd::CodeBlock) if is_code => is_code = false,
            Event::Start(Tag::Link { dest_url, .. }) => read.links.push(dest_url.to_string()),
            Event::Start(Tag::Strong | Tag::Paragraph)
            | Event::End(
                TagEnd::Heading(_)
                | TagEnd::Paragraph
                | TagEnd::Item
                | TagEnd::Image
                | TagEnd::Link
                | TagEnd::Strong,
            ) => {}
            other => read.others.push(format!("{other:?}")),
        }
    }
    read.done()
}

/// HTML as a renderer writes it.
pub fn in_html(html: &str) -> Read {
    let mut read = Read::default();
    let (mut lists, mut rest) = (0, html);
    let mut link: Option<(String, String)> = None;
    while let Some(c) = rest.chars().next() {
        if c != '<' {
            let end = rest.find('<').unwrap_or(rest.len());
            let text = decoded(&rest[..end]);
            if !text.trim().is_empty() || !read.pieces.is_empty() {
                read.text(&text);
            }
            if let Some((_, label)) = &mut link {
                label.push_str(&text);
            }
            rest = &rest[end..];
            continue;
        }
        let end = rest.find('>').map_or(rest.len(), |end| end + 1);
        let tag = &rest[..end];
        rest = &rest[end..];
        match tag {
            "<h1>" => read.piece(Kind::Heading(1)),
            "<h2>" => read.piece(Kind::Heading(2)),
            "<h3>" => read.piece(Kind::Heading(3)),
            "<p>" if lists == 0 => read.piece(Kind::Paragraph),
            "<ul>" | "<ol>" => lists += 1,
            "</ul>" | "</ol>" => lists -= 1,
            "<li>" => read.piece(Kind::Item(lists)),
            "<code class=\"language-mermaid\">" => read.piece(Kind::Diagram),
            "<code class=\"language-text\">" => read.piece(Kind::Excerpt),
            "<br />" => read.text(" "),
            "</a>" => {
                if let Some((target, label)) = link.take() {
                    read.link(target, label);
                }
            }
            "<strong>" | "</strong>" | "<code>" | "</code>" | "</h1>" | "</h2>" | "</h3>" | "<p>"
            | "</p>" | "</li>" | "<pre>" | "</pre>" => {}
            _ if tag.starts_with(&format!("<img src=\"{BESIDE}")) => {
                let words = tag.split_once(" alt=\"").and_then(|(_, words)| words.split_once('"'));
                read.text(&decoded(words.map_or("", |(words, _)| words)));
            }
            _ => match tag.strip_prefix("<a href=\"").and_then(|tag| tag.strip_suffix("\">")) {
                Some(target) => link = Some((decoded(target), String::new())),
                None => read.others.push(tag.to_owned()),
            },
        }
    }
    read.done()
}

impl Read {
    fn link(&mut self, target: String, label: String) {
        let plain = percent_decoded(&target);
        let same = ["", "http://", "mailto:"]
            .iter()
            .any(|scheme| plain == percent_decoded(&format!("{scheme}{label}")));
        if same {
            self.bare.push((target, label));
        } else {
            self.links.push(target);
        }
    }
}

fn decoded(html: &str) -> String {
    html.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&#x27;", "'")
        .replace("&amp;", "&")
}

/// An address without its escapes, as far as they are UTF-8.
pub fn percent_decoded(address: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = address.as_bytes();
    while let Some((first, behind)) = rest.split_first() {
        let hex = behind.get(..2).and_then(|two| std::str::from_utf8(two).ok());
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()).filter(|_| *first == b'%') {
            Some(byte) => {
                bytes.push(byte);
                rest = &behind[2..];
            }
            None => {
                bytes.push(*first);
                rest = behind;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The document that pandoc makes of it.
pub fn in_pandoc(document: &Value) -> Read {
    let mut read = Read::default();
    blocks(&document["blocks"], 0, &mut read);
    read.done()
}

fn blocks(list: &Value, lists: usize, read: &mut Read) {
    for block in list.as_array().unwrap() {
        let content = &block["c"];
        match block["t"].as_str().unwrap() {
            "Header" => {
                read.piece(Kind::Heading(usize::try_from(content[0].as_u64().unwrap()).unwrap()));
                inlines(&content[2], read);
            }
            "Para" | "Plain" => {
                if lists == 0 {
                    read.piece(Kind::Paragraph);
                }
                inlines(content, read);
            }
            kind @ ("BulletList" | "OrderedList") => {
                let items = if kind == "BulletList" { content } else { &content[1] };
                for item in items.as_array().unwrap() {
                    read.piece(Kind::Item(lists + 1));
                    blocks(item, lists + 1, read);
                }
            }
            "CodeBlock" if content[0][1][0] == "mermaid" => {
                read.piece(Kind::Diagram);
                read.text(content[1].as_str().unwrap());
            }
            "CodeBlock" if content[0][1][0] == "text" => {
                read.piece(Kind::Excerpt);
                read.text(content[1].as_str().unwrap());
            }
            other => read.others.push(format!("{other}: {content}")),
        }
    }
}

fn inlines(list: &Value, read: &mut Read) {
    for inline in list.as_array().unwrap() {
        let content = &inline["c"];
        match inline["t"].as_str().unwrap() {
            "Str" => read.text(content.as_str().unwrap()),
            "Code" => read.text(content[1].as_str().unwrap()),
            "Space" | "SoftBreak" | "LineBreak" => read.text(" "),
            "Strong" => inlines(content, read),
            "Image" if content[2][0].as_str().unwrap().starts_with(BESIDE) => inlines(&content[1], read),
            "Link" => {
                let from = read.pieces.last().map_or(0, |(_, text)| text.len());
                inlines(&content[1], read);
                let label = read.pieces.last().map_or(String::new(), |(_, text)| text[from..].to_owned());
                read.link(content[2][0].as_str().unwrap().to_owned(), label);
            }
            other => read.others.push(format!("{other}: {content}")),
        }
    }
}
