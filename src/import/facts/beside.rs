//! What stands beside the parts of a document: its links, and the labels that say more than the name of a part.

use std::collections::HashSet;

use crate::import::Found;
use crate::import::document::{Claims, Document, Kind, links, normal, plain, section_words};
use crate::import::parts::Part;
use crate::log::Change;
use crate::text::Raw;

/// The heading of the list of labels that say more than the name of a part.
const LABELS: &str = "Labels";

/// A note of the labels whose words stand nowhere else: "Who suffered" opens the impact, and says more.
pub(super) fn labels(document: &Document, parts: &[Part], claims: &Claims) -> Option<Found> {
    let known = section_words();
    let mut line = None;
    let mut list: Vec<&str> = Vec::new();
    let mut last = None;
    for part in parts.iter().filter(|part| part.group >= document.sections.len()) {
        if last.replace(part.group) == Some(part.group) || !part.blocks.iter().all(|block| claims.has(*block))
        {
            continue;
        }
        let more = normal(&part.heading).split(' ').any(|word| !known.contains(word));
        if more && part.heading.chars().any(char::is_alphanumeric) && !list.contains(&part.heading.as_str()) {
            line.get_or_insert(part.line);
            list.push(&part.heading);
        }
    }
    let line = line?;
    let change = Change::NoteAdded { heading: LABELS.into(), text: Raw::new(list.join("\n")) };
    Some(Found { line: Some(line), change })
}

/// The links of the whole document, each target once. A block that is nothing but links is claimed.
pub(super) fn links_of(document: &Document, claims: &mut Claims) -> Vec<Found> {
    let mut known: HashSet<String> = HashSet::new();
    let mut found = Vec::new();
    for (at, block) in document.blocks.iter().enumerate() {
        if matches!(block.kind, Kind::Code | Kind::Comment) {
            continue;
        }
        let here = links(&block.text);
        // A list of contents leads to what is read anyhow.
        let inward = |url: &str| url.starts_with('#');
        let names = |label: &String| {
            document.sections.iter().any(|section| normal(&section.heading) == normal(label))
        };
        if here.iter().any(|(_, url, _)| inward(url)) {
            let bare = labels_of(&here) == plain(&block.text)
                && here.iter().all(|(label, url, _)| inward(url) && names(label));
            if bare && !matches!(block.kind, Kind::Heading(_)) {
                claims.claim(at);
            }
        }
        let here: Vec<_> = here.into_iter().filter(|(_, url, _)| !inward(url)).collect();
        let nothing_else = !here.is_empty() && labels_of(&here) == plain(&block.text);
        // A second name for the same target is no link of its own: its words stay where they are.
        let new = here.iter().all(|(_, url, _)| !known.contains(url));
        if nothing_else && new && !claims.has(at) && !matches!(block.kind, Kind::Heading(_)) {
            claims.claim(at);
        }
        for (label, url, _) in here {
            if !url.is_empty() && known.insert(url.clone()) {
                let label = if label.trim().is_empty() { url.clone() } else { label };
                let change = Change::LinkAdded { label: Raw::new(label), url: Raw::new(url) };
                found.push(Found { line: Some(block.line), change });
            }
        }
    }
    found
}

/// The labels of links, one after the other.
fn labels_of(links: &[(String, String, bool)]) -> String {
    links.iter().map(|(label, ..)| label.as_str()).collect::<Vec<_>>().join(" ")
}
