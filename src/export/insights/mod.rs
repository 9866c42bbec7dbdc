//! What many incidents say together, told once: as sections for Markdown and HTML, and as a page of text.

mod page;
mod scale;
mod tell;
mod words;

pub use page::{Look, Row, page};
pub use scale::Scale;
pub(super) use words::{count, few, minutes_in_short, spread};

use super::outline::{Outline, Section, Span};
use super::redact::{self, Found};
use super::{html, markdown, svg};
use crate::model::insight::Insight;

/// The title of the whole.
pub const TITLE: &str = "What past incidents say";

/// What they say, section by section; what nothing is known of has none.
pub fn sections(insight: &Insight) -> Vec<Section> {
    tell::all(insight)
}

/// As Markdown with headings of the second level, to stand in a report; with `titled`, a document of its own.
pub fn in_markdown(insight: &Insight, titled: bool) -> String {
    let outline =
        Outline { title: vec![Span::ours(TITLE)], sections: sections(insight), missing: Vec::new() };
    if titled { markdown::render(&outline) } else { markdown::sections(&outline.sections) }
}

/// As one HTML page, with the picture.
pub fn in_html(insight: &Insight) -> String {
    html::page(&TITLE.into(), &in_markdown(insight, true), Some(&svg::insights_figure(insight)))
}

/// Takes secrets out of what leaves; what was taken out.
pub fn redact(insight: &mut Insight) -> Vec<Found> {
    redact::out_of(insight.texts())
}
