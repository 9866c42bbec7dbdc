//! What nobody understood: kept as notes under its heading, so that no word of a document is lost.

use super::Found;
use super::document::{Block, Claims, Document, Kind, is_section_name};
use crate::log::{Change, List};
use crate::text::Raw;

/// The heading of what stands before any.
const TOP: &str = "From the document";
/// The heading of the list of headings that say more than the name of a part.
const HEADINGS: &str = "Headings";

/// The heading of what those who read the page were not meant to see.
const HIDDEN: &str = "Hidden comment";

/// The comments of a page: kept, and struck out at once, so that none is published; and the doubt that says so. A comment without
/// a word is none.
pub(super) fn comments(document: &Document) -> Vec<Found> {
    let mut texts: Vec<(u32, String)> = Vec::new();
    let mut last = None;
    for (at, block) in document.blocks.iter().enumerate().filter(|(_, block)| block.kind == Kind::Comment) {
        match texts.last_mut().filter(|_| last.is_some_and(|last| last + 1 == at) && !block.gap) {
            Some((_, text)) => {
                text.push('\n');
                text.push_str(&block.text);
            }
            None => texts.push((block.line, block.text.clone())),
        }
        last = Some(at);
    }
    texts.retain(|(_, text)| text.chars().any(char::is_alphanumeric));
    let mut found = Vec::new();
    for (line, text) in &texts {
        let whole = Raw::new(format!("{HIDDEN}: {text}"));
        let added = Change::NoteAdded { heading: HIDDEN.into(), text: Raw::new(text) };
        let struck = Change::ItemStruck { list: List::Notes, text: whole };
        found.extend([added, struck].map(|change| Found { line: Some(*line), change }));
    }
    if let Some((line, _)) = texts.first() {
        let what = if texts.len() == 1 { "a comment" } else { "comments" };
        let doubt = format!(
            "line {line}: {what} that the page does not show: kept in the journal, struck out, and not published"
        );
        let change = Change::ItemAdded { list: List::Warnings, text: Raw::new(doubt) };
        found.push(Found { line: Some(*line), change });
    }
    found
}

/// The notes of all that is not claimed, a note for each part.
pub(super) fn notes(document: &Document, claims: &Claims) -> Vec<Found> {
    let mut notes: Vec<Found> = Vec::new();
    let mut open: Option<(usize, u32, String)> = None;
    let mut noted = vec![false; document.sections.len()];
    for (at, block) in document.blocks.iter().enumerate() {
        if claims.has(at) || matches!(block.kind, Kind::Heading(_) | Kind::Rule | Kind::Comment) {
            continue;
        }
        let text = written(block).replace("&nbsp;", " ");
        if text.trim().is_empty() {
            continue;
        }
        noted[block.section] = true;
        match &mut open {
            Some((section, _, note)) if *section == block.section => {
                note.push_str(if block.gap { "\n\n" } else { "\n" });
                note.push_str(&text);
            }
            _ => {
                notes.extend(open.take().map(|open| note(document, open)));
                open = Some((block.section, block.line, text));
            }
        }
    }
    notes.extend(open.map(|open| note(document, open)));
    notes.extend(headings(document, claims, &noted));
    notes
}

fn note(document: &Document, (section, line, text): (usize, u32, String)) -> Found {
    let heading = document.sections.get(section).map_or("", |section| section.heading.as_str());
    let heading = Raw::new(if heading.trim().is_empty() { TOP } else { heading });
    Found { line: Some(line), change: Change::NoteAdded { heading, text: Raw::new(text) } }
}

/// A block with the marks that tell what it was.
fn written(block: &Block) -> String {
    let inset = "  ".repeat(usize::from(block.depth).min(8));
    match &block.kind {
        Kind::Item { ordered: Some(number) } if *number > 0 => format!("{inset}{number}. {}", block.text),
        Kind::Item { .. } => format!("{inset}- {}", block.text),
        Kind::Row { cells, .. } => format!("| {} |", cells.join(" | ")),
        Kind::Meta { key } if !key.is_empty() => format!("{key}: {}", block.text),
        Kind::Line | Kind::Code | Kind::Comment | Kind::Meta { .. } | Kind::Heading(_) | Kind::Rule => {
            block.text.clone()
        }
    }
}

/// Headings that say more than the name of a part, and head no note: a list of them.
fn headings(document: &Document, claims: &Claims, noted: &[bool]) -> Option<Found> {
    let mut first = None;
    let mut list = String::new();
    for (at, block) in document.blocks.iter().enumerate() {
        let told = claims.has(at) || noted.get(block.section).copied().unwrap_or(false);
        if !matches!(block.kind, Kind::Heading(_)) || told || is_section_name(&block.text) {
            continue;
        }
        if !block.text.chars().any(char::is_alphanumeric) {
            continue;
        }
        first.get_or_insert(block.line);
        if !list.is_empty() {
            list.push('\n');
        }
        list.push_str(&block.text);
    }
    let line = first?;
    Some(Found {
        line: Some(line),
        change: Change::NoteAdded { heading: HEADINGS.into(), text: Raw::new(list) },
    })
}
