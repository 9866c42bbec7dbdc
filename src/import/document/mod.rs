//! A document as blocks: one for each source line, list item or table row, with its line number, its depth and the
//! section it stands in. Made for what people write in a hurry: headings without a blank or without any mark, lists in
//! code blocks, HTML between Markdown. No word of a line is left out of its block.

mod classify;
mod emphasis;
mod heading;
mod html;
pub mod inline;
mod mark;

pub use emphasis::{plain, plain_from, plain_within};
pub use heading::{is_section_name, normal, section_words};
pub use inline::{label, links};

/// What a block is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A heading, or a line that stands as one. 1 to 6 as marked; 7 for a line with the name of a section of a postmortem,
    /// 8 for any other line that stands as a heading (`Duration:`).
    Heading(u8),
    /// A line of prose.
    Line,
    /// An item of a list, with its number where it has one.
    Item {
        /// Its number.
        ordered: Option<u32>,
    },
    /// A row of a table.
    Row {
        /// Its cells, as written.
        cells: Vec<String>,
        /// Whether it names the columns.
        header: bool,
    },
    /// A line in a fenced block.
    Code,
    /// An HTML comment: for those who edit, not for those who read.
    Comment,
    /// A line of front matter: `title: …`.
    Meta {
        /// Its name, in lower case.
        key: String,
    },
    /// A line between parts.
    Rule,
}

/// A line, an item, a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// The line of the source, from 1.
    pub line: u32,
    /// The section it stands in: an index of [`Document::sections`]. A heading stands in its own.
    pub section: usize,
    /// What it is.
    pub kind: Kind,
    /// How many items it stands under.
    pub depth: u8,
    /// The text, without the marks of list, heading and quotation; bold, code and links are as written (HTML as Markdown).
    pub text: String,
    /// It goes on the item or the paragraph of the block before.
    pub continues: bool,
    /// An empty line stands before it.
    pub gap: bool,
}

/// A part under a heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// The heading without markup; empty for what stands before the first.
    pub heading: String,
    /// The level of [`Kind::Heading`]; 0 for what stands before the first.
    pub level: u8,
    /// The line of the heading.
    pub line: u32,
    /// The section that it is a part of.
    pub parent: Option<usize>,
}

/// A document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// Its blocks, in order.
    pub blocks: Vec<Block>,
    /// Its sections; the first is what stands before any heading.
    pub sections: Vec<Section>,
}

impl Document {
    /// Reads the blocks of the lines of a document.
    pub fn read(lines: &[String]) -> Self {
        let mut document = Self { blocks: classify::blocks(lines), sections: Vec::new() };
        document.divide();
        document
    }

    /// The headings above a section, its own first. At most 16: no document that a person wrote has more.
    pub fn path(&self, section: usize) -> impl Iterator<Item = &str> {
        let mut next = self.sections.get(section);
        std::iter::from_fn(move || {
            let here = next?;
            next = here.parent.and_then(|parent| self.sections.get(parent));
            Some(here.heading.as_str())
        })
        .take(16)
    }

    /// Puts each block in its section.
    fn divide(&mut self) {
        self.sections.push(Section { heading: String::new(), level: 0, line: 1, parent: None });
        let mut open = vec![0_usize];
        for block in &mut self.blocks {
            if let Kind::Heading(level) = block.kind {
                while open.len() > 1 && open.last().is_some_and(|last| self.sections[*last].level >= level) {
                    open.pop();
                }
                let parent = open.last().copied();
                open.push(self.sections.len());
                self.sections.push(Section { heading: plain(&block.text), level, line: block.line, parent });
            }
            block.section = open.last().copied().unwrap_or_default();
        }
    }
}

/// Which blocks have been read as something: what nobody claims becomes a note.
#[derive(Clone, Debug, Default)]
pub struct Claims {
    claimed: Vec<bool>,
}

impl Claims {
    /// Nothing claimed yet.
    pub fn of(document: &Document) -> Self {
        Self { claimed: vec![false; document.blocks.len()] }
    }

    /// Claims a block: all its words are in what was found.
    pub fn claim(&mut self, block: usize) {
        if let Some(claimed) = self.claimed.get_mut(block) {
            *claimed = true;
        }
    }

    /// Takes a claim back: what was to be told of the block is not.
    pub fn release(&mut self, block: usize) {
        if let Some(claimed) = self.claimed.get_mut(block) {
            *claimed = false;
        }
    }

    /// Whether a block is claimed.
    pub fn has(&self, block: usize) -> bool {
        self.claimed.get(block).copied().unwrap_or(false)
    }
}
