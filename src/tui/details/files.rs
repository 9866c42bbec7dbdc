//! The files that belong to an entry or a hypothesis, in the details.

use crate::log::words::Teller;
use crate::model::attachment::{ATTACHMENTS, size};
use crate::model::{Attachment, Id};
use crate::text::Raw;
use crate::tui::overlay::Rows;

/// The file that an entry tells of: where it lies, how long it is, and what tells it from another.
pub(super) fn of_entry(rows: &mut Rows, entry: Id, teller: &Teller<'_>) {
    let Some(file) = teller.incident.attachments.iter().find(|file| file.id == entry) else { return };
    rows.two("file", &told(file));
    let hash = Raw::new(file.sha256.as_typed()).for_term();
    rows.two("SHA-256", hash.as_str());
    if let Some(excerpt) = &file.excerpt {
        for (nth, line) in excerpt.for_term_lines().iter().enumerate() {
            rows.two(if nth == 0 { "begins" } else { "" }, line.as_str());
        }
    }
}

/// The files that were attached to a hypothesis.
pub(super) fn of_hypothesis(rows: &mut Rows, hypothesis: Id, teller: &Teller<'_>) {
    for file in teller.incident.attachments.iter().filter(|file| file.hypothesis == Some(hypothesis)) {
        rows.two("file", &told(file));
    }
}

fn told(file: &Attachment) -> String {
    let place = file.kept_as().map_or_else(|| "not kept".into(), |name| format!("{ATTACHMENTS}/{name}"));
    format!("{}, {} of {}, in {place}", file.name.for_term(), file.kind.words(), size(file.bytes))
}
