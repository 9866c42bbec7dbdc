//! Two outages in one document: each under a heading with a day of its own, with rows and a cause.

use super::Row;
use crate::import::clock;
use crate::import::document::{Document, Kind, label, normal};

/// Where a second outage begins, by the headings: its line.
pub(super) fn second(document: &Document, rows: &[Row]) -> Option<u32> {
    let (mut first, mut level) = (None, 0);
    for (at, section) in document.sections.iter().enumerate().skip(1) {
        let dated = clock::inside(&section.heading).into_iter().find_map(|found| found.from.date);
        let Some(day) = dated.filter(|_| first.is_none() || section.level == level) else { continue };
        if !is_whole(document, at, rows) {
            continue;
        }
        if first.as_ref().is_some_and(|first| *first != day) {
            return Some(section.line);
        }
        (first, level) = (Some(day), section.level);
    }
    None
}

/// Whether a section and the parts of it hold rows, and a line or a heading for the cause.
fn is_whole(document: &Document, section: usize, rows: &[Row]) -> bool {
    let level = document.sections[section].level;
    let below = document.sections[section + 1..].iter().take_while(|part| part.level > level).count();
    let within = section..=section + below;
    let inside =
        |block: usize| document.blocks.get(block).is_some_and(|block| within.contains(&block.section));
    let cause = |name: &str| matches!(normal(name).as_str(), "root cause" | "cause" | "root causes");
    let caused = document.blocks.iter().filter(|block| within.contains(&block.section)).any(|block| {
        let headed = matches!(block.kind, Kind::Heading(_)) && cause(&block.text);
        headed || label(&block.text).is_some_and(|(name, _)| cause(&name))
    });
    caused && rows.iter().any(|row| inside(row.blocks.start))
}
