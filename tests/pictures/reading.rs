//! What stands in a picture, read back as strictly as its own format allows.

use std::collections::{BTreeMap, HashSet};

/// The elements that a timeline is made of.
const ELEMENTS: &[&str] =
    &["svg", "title", "desc", "style", "defs", "pattern", "clipPath", "g", "rect", "circle", "path", "text"];

/// The nodes of a diagram and what each says; it fails where the diagram has anything but our own nodes, edges and looks.
pub fn flow(text: &str) -> BTreeMap<String, String> {
    let mut nodes = BTreeMap::new();
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some("flowchart TD"));
    let name = |id: &str| {
        !id.is_empty() && id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
    };
    let (mut edges, mut named) = (0, HashSet::new());
    for line in lines {
        let line = line.strip_prefix("    ").unwrap_or_else(|| panic!("{line:?}"));
        if let Some((id, rest)) = line.split_once(['[', '(', '{']).filter(|(id, _)| name(id)) {
            let label = rest.split('"').nth(1).unwrap();
            assert_eq!(line.matches('"').count(), 2, "{line}");
            assert!(nodes.insert(id.to_owned(), said(label)).is_none(), "{id} twice");
        } else if let Some((class, looks)) =
            line.strip_prefix("classDef ").and_then(|rest| rest.split_once(' '))
        {
            assert!(name(class) && !looks.contains(';'), "{line}");
        } else if let Some((ids, class)) = line.strip_prefix("class ").and_then(|rest| rest.split_once(' ')) {
            assert!(name(class) && ids.split(',').all(|id| nodes.contains_key(id)), "{line}");
        } else if line != "accTitle: Flow of the incident" {
            let words: Vec<&str> = line.split(' ').collect();
            assert!(matches!(words[..], [_, "-->" | "==>" | "-.->" | "-.-" | "~~~", _]), "{line}");
            edges += 1;
            named.extend([words[0].to_owned(), words[2].to_owned()]);
        }
    }
    assert!(named.iter().all(|id| nodes.contains_key(id)), "an edge to nothing in:\n{text}");
    assert!(
        nodes.len() == 1 || nodes.keys().all(|id| named.contains(id)),
        "a node without an edge in:\n{text}"
    );
    assert!(edges < 100 && text.len() < 50_000, "{edges} edges, {} bytes", text.len());
    nodes
}

/// What a label says: its entities read, its lines parted by line feeds. Everything else in it is a letter or a digit.
fn said(label: &str) -> String {
    let mut out = String::new();
    let label = label.replace("<br/>", "\n");
    let mut rest = label.as_str();
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        if c == '#' {
            let (number, after) = rest.split_once(';').unwrap();
            // A blank of no width keeps two characters apart that mermaid takes for one.
            out.extend(char::from_u32(number.parse().unwrap()).filter(|c| *c != '\u{200b}'));
            rest = after;
        } else {
            assert!(c.is_alphanumeric() || matches!(c, ' ' | '\n'), "{c:?} in {label:?}");
            out.push(c);
        }
    }
    out
}

/// A timeline as XML; it fails where it has an element or an attribute that acts or fetches.
pub fn timeline(text: &str) -> roxmltree::Document<'_> {
    let document = roxmltree::Document::parse(text).unwrap_or_else(|e| panic!("{e} in:\n{text}"));
    for node in document.descendants().filter(roxmltree::Node::is_element) {
        assert!(ELEMENTS.contains(&node.tag_name().name()), "{node:?}");
        for attribute in node.attributes() {
            let (name, value) = (attribute.name(), attribute.value());
            let acts = name.starts_with("on") || name == "href" || name == "style";
            let leads = value.contains("url(") && !value.starts_with("url(#wr-");
            assert!(!acts && !leads, "{name}={value}");
        }
    }
    document
}

/// The texts that are seen, in order.
pub fn texts<'a>(document: &'a roxmltree::Document<'_>) -> Vec<&'a str> {
    let texts =
        document.descendants().filter(|node| node.has_tag_name(("http://www.w3.org/2000/svg", "text")));
    texts.map(|node| node.text().unwrap_or_default()).collect()
}
