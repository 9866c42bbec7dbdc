//! The outline: the story of an incident, told once for all formats. What is not known is left out or marked, never made
//! up.

mod after;
mod flow;
pub mod metrics;
mod missing;
pub mod parts;
mod paths;
pub mod phases;
mod summary;
pub(super) mod timeline;

use std::borrow::Cow;

use crate::model::Incident;
use crate::text::Raw;

pub use missing::Gap;
pub use paths::why_tests_and_evidence;
pub use timeline::with_machines;

/// A run of words of one look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// The words; a blank at either end parts them from their neighbours.
    pub text: Raw,
    /// Whether they stand out.
    pub strong: bool,
    /// Where they lead.
    pub link: Option<Raw>,
}

impl Span {
    /// Words of this program, or words as typed.
    pub fn ours(text: impl Into<String>) -> Self {
        Self { text: Raw::new(text), strong: false, link: None }
    }

    /// Words as typed.
    pub fn typed(text: &Raw) -> Self {
        Self { text: text.clone(), strong: false, link: None }
    }

    /// The same, standing out.
    #[must_use]
    pub fn strong(mut self) -> Self {
        self.strong = true;
        self
    }

    /// The same words, neighbours of one look as one span.
    pub fn merged(words: &[Self]) -> impl Iterator<Item = Cow<'_, Self>> {
        words.chunk_by(|one, next| one.is_plain() && next.is_plain()).map(|same| match same {
            [one] => Cow::Borrowed(one),
            _ => Cow::Owned(Self::ours(same.iter().map(|span| span.text.as_typed()).collect::<String>())),
        })
    }

    fn is_plain(&self) -> bool {
        !self.strong && self.link.is_none()
    }

    /// The blanks that part it from its neighbours, before and after it.
    pub fn blanks(&self) -> (&'static str, &'static str) {
        let text = self.text.as_typed();
        let blank = |is: bool| if is { " " } else { "" };
        (blank(text.starts_with(' ')), blank(text.len() > 1 && text.ends_with(' ')))
    }
}

/// Words of several looks.
pub type Inline = Vec<Span>;

/// An item of a list, and what is told below it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Item {
    /// The item.
    pub words: Inline,
    /// A line each below it.
    pub below: Vec<Inline>,
}

impl From<Inline> for Item {
    fn from(words: Inline) -> Self {
        Self { words, below: Vec::new() }
    }
}

/// A part of a section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A heading below the section's.
    Heading(Inline),
    /// A paragraph.
    Paragraph(Inline),
    /// A new day in the timeline, or `no date`.
    Day(String),
    /// A list.
    Bullets(Vec<Item>),
    /// A numbered list.
    Numbered(Vec<Item>),
    /// A table: each row has a cell for each title, the first of which names the row.
    Table {
        /// The titles of its columns.
        head: Vec<&'static str>,
        /// Its rows.
        rows: Vec<Vec<Inline>>,
    },
    /// A picture, as mermaid reads it.
    Diagram(String),
    /// Lines as they stand in a file.
    Excerpt(Raw),
    /// A picture in a file.
    Picture {
        /// What it is, for those who do not see it.
        words: Raw,
        /// Where it lies, seen from the incident's folder: a path that means nothing else in a link.
        path: String,
    },
}

/// A section of the report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Its heading.
    pub heading: &'static str,
    /// What it tells.
    pub blocks: Vec<Block>,
}

/// The story of an incident.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outline {
    /// Its title.
    pub title: Inline,
    /// Its sections, in order.
    pub sections: Vec<Section>,
    /// What the report still lacks.
    pub missing: Vec<Gap>,
}

impl Outline {
    /// Tells the story.
    pub fn of(incident: &Incident) -> Self {
        let mut sections = vec![summary::section(incident), timeline::section(incident)];
        sections.extend(flow::section(incident));
        sections.extend(paths::misleading(incident));
        sections.push(paths::cause_and_resolution(incident));
        sections.push(after::measures(incident));
        sections.extend(paths::open(incident));
        sections.extend(metrics::section(incident));
        sections.extend(after::rest(incident));
        Self { title: vec![Span::typed(&incident.title)], sections, missing: missing::gaps(incident) }
    }
}

/// `Label: value`.
fn fact(label: &str, mut value: Inline) -> Item {
    let mut words = vec![Span::ours(format!("{label}:")).strong()];
    if !value.is_empty() {
        words.push(Span::ours(" "));
        words.append(&mut value);
    }
    words.into()
}

/// `Label: value`, where there is a value.
fn said(label: &str, value: Option<&Raw>) -> Option<Item> {
    value.map(|value| fact(label, vec![Span::typed(value)]))
}

/// Bullets of plain texts.
fn bullets(texts: &[Raw]) -> Block {
    Block::Bullets(texts.iter().map(|text| vec![Span::typed(text)].into()).collect())
}
