//! A page as a browser reads it: a tree of elements, built by the rules of the HTML standard.

use html5ever::parse_document;
use html5ever::tendril::TendrilSink as _;
use markup5ever_rcdom::{Handle, NodeData, RcDom};

/// Elements that only show text in another way, or break it.
const LOOKS: [&str; 3] = ["code", "br", "wbr"];
/// Attributes whose value follows from the words of headings.
const NAMES: [&str; 2] = ["id", "aria-labelledby"];

/// Reads a page.
pub fn read(page: &str) -> Handle {
    parse_document(RcDom::default(), html5ever::ParseOpts::default()).one(page).document
}

/// Walks a tree: every element with its attributes, and every text.
pub fn walk(node: &Handle, see: &mut dyn FnMut(Found<'_>)) {
    match &node.data {
        NodeData::Element { name, attrs, .. } => {
            let attrs = attrs.borrow();
            let attrs = attrs.iter().map(|a| (a.name.local.to_string(), a.value.to_string())).collect();
            see(Found::Element(name.local.to_string(), attrs));
        }
        NodeData::Text { contents } => see(Found::Text(&contents.borrow())),
        NodeData::Comment { .. } | NodeData::ProcessingInstruction { .. } => panic!("what makes a comment?"),
        NodeData::Document | NodeData::Doctype { .. } => {}
    }
    for child in node.children.borrow().iter() {
        walk(child, see);
    }
    if matches!(&node.data, NodeData::Element { .. }) {
        see(Found::End);
    }
}

/// What is found on the way through a page.
pub enum Found<'a> {
    /// An element begins.
    Element(String, Vec<(String, String)>),
    /// Text.
    Text(&'a str),
    /// An element ends.
    End,
}

/// The text of a page, its blanks folded.
pub fn text(page: &str) -> String {
    let mut text = String::new();
    walk(&read(page), &mut |found| {
        if let Found::Text(words) = found {
            text.push_str(words);
        }
    });
    folded(&text)
}

/// Blanks folded.
pub fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The elements of a page with their attributes, a line each, without what follows from the words of headings.
pub fn skeleton(page: &str) -> Vec<String> {
    let (mut lines, mut open) = (Vec::new(), Vec::new());
    walk(&read(page), &mut |found| match found {
        Found::Element(name, attrs) => {
            let looks = LOOKS.contains(&name.as_str());
            assert!(!looks || attrs.is_empty(), "{name} {attrs:?}");
            let attrs = attrs.into_iter().map(|(name, value)| {
                let value = if NAMES.contains(&name.as_str()) { String::new() } else { value };
                format!(" {name}={value:?}")
            });
            if !looks {
                lines.push(format!("{}{name}{}", "  ".repeat(open.len()), attrs.collect::<String>()));
            }
            open.push(looks);
        }
        Found::End => drop(open.pop()),
        Found::Text(_) => {}
    });
    lines
}
