//! All that a message says: its text, what its blocks and attachments say besides, the names of its files. What stands in
//! one of these already is not said again: a message has its text in its blocks once more.

use serde_json::Value;

use super::{Names, plain};
use crate::import::chat::attachment::{self, Piece};
use crate::import::chat::fields::{each, string};
use crate::import::chat::said::Words;

/// All words of a message.
pub(super) fn words(message: &Value, names: &Names) -> Words {
    let mut said = Said { words: Words::default(), letters: String::new() };
    if let Some(text) = string(message, "text") {
        said.add(text, names);
    }
    for block in each(message, "blocks") {
        if said.has_typed(block) {
            continue;
        }
        for line in block_lines(block) {
            said.add(&line, names);
        }
    }
    for attachment in each(message, "attachments") {
        for line in attachment_lines(attachment) {
            said.add(&line, names);
        }
    }
    // One file stood in a field of its own once.
    let files = each(message, "files").chain(message.get("file")).filter_map(file);
    let files: Vec<String> = files.collect();
    if !files.is_empty() {
        said.words.push_line(&plain(&files.join(" "), names));
    }
    said.words
}

struct Said {
    words: Words,
    /// The letters and digits of all that was said so far: by them it is found again.
    letters: String,
}

impl Said {
    /// Whether a block is what somebody typed, and that was said: people and groups may be named otherwise there.
    fn has_typed(&self, block: &Value) -> bool {
        let mut texts = Vec::new();
        typed(block, &mut texts);
        string(block, "type") == Some("rich_text")
            && !self.words.text.is_empty()
            && texts.into_iter().all(|text| self.letters.contains(&letters(text)))
    }

    /// Adds a line, unless that has been said.
    fn add(&mut self, text: &str, names: &Names) {
        let line = plain(text, names);
        let letters = letters(&line.text);
        if line.text.trim().is_empty() || (!letters.is_empty() && self.letters.contains(&letters)) {
            return;
        }
        self.letters.push_str(&letters);
        // A gap that no letters of one line reach over.
        self.letters.push(' ');
        self.words.push_line(&line);
    }
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The texts in what somebody typed.
fn typed<'a>(part: &'a Value, texts: &mut Vec<&'a str>) {
    texts.extend(string(part, "text"));
    each(part, "elements").for_each(|element| typed(element, texts));
}

/// The lines of a block, in mark-up.
fn block_lines(block: &Value) -> Vec<String> {
    let mut lines = Vec::new();
    match string(block, "type") {
        Some("rich_text") => each(block, "elements").for_each(|part| rich(part, &mut lines)),
        Some("actions") => {}
        _ => {
            lines.extend(["title", "text"].iter().filter_map(|field| text_of(block.get(field)?)));
            lines.extend(each(block, "fields").chain(each(block, "elements")).filter_map(text_of));
            lines.extend(string(block, "alt_text").map(escaped));
        }
    }
    lines
}

/// A text in a block: mark-up, or plain, or an object that has it.
fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Object(fields) => {
            let text = fields.get("text").and_then(Value::as_str)?;
            let is_plain = fields.get("type").and_then(Value::as_str) == Some("plain_text");
            Some(if is_plain { escaped(text) } else { text.to_owned() })
        }
        _ => None,
    }
}

/// The lines of what somebody typed, which comes in sections, lists, quotes and code.
fn rich(part: &Value, lines: &mut Vec<String>) {
    let mut line = String::new();
    for element in each(part, "elements") {
        match string(element, "type") {
            Some("rich_text_section" | "rich_text_list" | "rich_text_quote" | "rich_text_preformatted") => {
                rich(element, lines);
            }
            kind => line.push_str(&element_of(element, kind.unwrap_or_default())),
        }
    }
    lines.extend((!line.trim().is_empty()).then_some(line));
}

/// One piece of what somebody typed, in mark-up.
fn element_of(element: &Value, kind: &str) -> String {
    let field = |name: &str| element.get(name).and_then(Value::as_str).unwrap_or_default();
    match kind {
        "user" => format!("<@{}>", field("user_id")),
        "channel" => format!("<#{}>", field("channel_id")),
        "usergroup" => format!("<!subteam^{}>", field("usergroup_id")),
        "broadcast" => format!("<!{}>", field("range")),
        "emoji" => format!(":{}:", field("name")),
        "link" => linked(field("url"), field("text")),
        "date" => escaped(field("fallback")),
        _ => escaped(field("text")),
    }
}

/// The lines of what a program attached or a link was unfolded to, in mark-up.
fn attachment_lines(attachment: &Value) -> Vec<String> {
    attachment::lines(attachment, each(attachment, "blocks").flat_map(block_lines), |piece| match piece {
        Piece::MarkUp(text) => text,
        Piece::Plain(text) => escaped(text),
        Piece::Link { target, label } => linked(target, label),
    })
}

/// `[file: error.log]`
fn file(file: &Value) -> Option<String> {
    let name = ["name", "title", "id"].into_iter().find_map(|field| string(file, field))?;
    Some(format!("[file: {}]", escaped(name)))
}

/// A link in mark-up.
fn linked(url: &str, text: &str) -> String {
    match (url.is_empty(), text.is_empty()) {
        (true, _) => escaped(text),
        (false, true) => format!("<{}>", escaped(url)),
        (false, false) => format!("<{}|{}>", escaped(url), escaped(text)),
    }
}

/// Plain text in mark-up.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
