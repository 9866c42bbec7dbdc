//! Our own report as sections and blocks: `CommonMark` read back into the words that were written, with their lines.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

/// A run of words of one look.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Piece {
    pub text: String,
    pub strong: bool,
    pub link: Option<String>,
}

/// Words of several looks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Words(pub Vec<Piece>);

/// An item of a list, and the items below it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Item {
    pub line: u32,
    pub words: Words,
    pub below: Vec<(u32, Words)>,
    /// It has more in it than a report of ours does; this is its source.
    pub odd: Option<String>,
}

/// What a block is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A heading below that of its section.
    Heading(Words),
    Paragraph(Words),
    Items(Vec<Item>),
    /// The picture of the incident's flow.
    Diagram,
    /// Whatever our reports do not have.
    Other,
}

/// A part of a section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Block {
    pub line: u32,
    pub kind: Kind,
    /// As it is written.
    pub source: String,
}

/// A part of the report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Section {
    pub heading: String,
    pub line: u32,
    pub blocks: Vec<Block>,
}

/// A report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Page {
    pub title: Option<(u32, Words)>,
    /// The first is what stands before any heading.
    pub sections: Vec<Section>,
}

impl Words {
    /// The words alone.
    pub fn text(&self) -> String {
        let text: String = self.0.iter().map(Piece::with_target).collect();
        text.trim().to_owned()
    }

    /// The label that stands out at its start (`Severity:`, without the colon), and the words after it.
    pub fn labelled(&self) -> Option<(&str, Self)> {
        let (first, rest) = self.0.split_first()?;
        let label = first.text.strip_suffix(':').filter(|_| first.strong)?;
        Some((label, Self(rest.to_vec())))
    }

    /// What stands out at its start, and the words after it.
    pub fn strong(&self) -> Option<(&str, Self)> {
        let (first, rest) = self.0.split_first()?;
        first.strong.then(|| (first.text.as_str(), Self(rest.to_vec())))
    }

    fn push(&mut self, text: &str, strong: bool, link: Option<&str>) {
        let link = link.map(str::to_owned);
        if let ("\n", Some(last)) = (text, self.0.last_mut()) {
            // After an address a blank stands before the end of a line.
            last.text.truncate(last.text.trim_end_matches(' ').len());
        }
        match self.0.last_mut() {
            Some(last) if last.strong == strong && last.link == link => last.text.push_str(text),
            _ => self.0.push(Piece { text: text.to_owned(), strong, link }),
        }
    }
}

impl Piece {
    /// Its words, and where it leads.
    fn with_target(&self) -> String {
        match &self.link {
            Some(target) if *target != self.text => format!("{} ({target})", self.text),
            _ => self.text.clone(),
        }
    }
}

impl Page {
    pub fn read(text: &str) -> Self {
        let mut reader = Reader::new(text);
        for (event, range) in Parser::new_ext(text, Options::empty()).into_offset_iter() {
            reader.take(event, range);
        }
        reader.page
    }
}

struct Reader<'a> {
    text: &'a str,
    /// Where each line begins.
    starts: Vec<usize>,
    page: Page,
    /// How many tags are open.
    depth: usize,
    lists: usize,
    words: Words,
    strong: bool,
    link: Option<String>,
    items: Vec<Item>,
    /// How many paragraphs the item has so far.
    paragraphs: usize,
    /// The item began here, and has something in it that ours have not.
    item: (Range<usize>, bool),
}

impl<'a> Reader<'a> {
    fn new(text: &'a str) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self {
            text,
            starts,
            page: Page { title: None, sections: vec![Section::default()] },
            depth: 0,
            lists: 0,
            words: Words::default(),
            strong: false,
            link: None,
            items: Vec::new(),
            paragraphs: 0,
            item: (0..0, false),
        }
    }

    fn line(&self, at: usize) -> u32 {
        u32::try_from(self.starts.partition_point(|start| *start <= at)).unwrap_or(u32::MAX)
    }

    fn take(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.open(tag, &range),
            Event::End(tag) => self.close(tag, &range),
            Event::Text(text) | Event::Code(text) | Event::InlineHtml(text) => self.say(&text),
            Event::SoftBreak => self.say(" "),
            Event::HardBreak => self.say("\n"),
            _ if self.depth == 0 => self.block(Kind::Other, &range),
            _ => self.item.1 = true,
        }
    }

    fn say(&mut self, text: &str) {
        let (strong, link) = (self.strong, self.link.clone());
        match (self.lists, self.items.last_mut()) {
            (0, _) => self.words.push(text, strong, link.as_deref()),
            (1, Some(item)) => item.words.push(text, strong, link.as_deref()),
            (_, Some(item)) => {
                if let Some((_, words)) = item.below.last_mut() {
                    words.push(text, strong, link.as_deref());
                }
            }
            (_, None) => {}
        }
    }

    fn open(&mut self, tag: Tag<'_>, range: &Range<usize>) {
        self.depth += 1;
        match tag {
            Tag::List(_) => self.lists += 1,
            Tag::Item if self.lists == 1 => {
                self.items.push(Item { line: self.line(range.start), ..Item::default() });
                (self.item, self.paragraphs) = ((range.clone(), false), 0);
            }
            Tag::Item => {
                let line = self.line(range.start);
                if let Some(item) = self.items.last_mut() {
                    item.below.push((line, Words::default()));
                }
                self.item.1 |= self.lists > 2;
            }
            Tag::Strong => self.strong = true,
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => {
                self.link = Some(dest_url.to_string());
            }
            Tag::Paragraph => {
                self.paragraphs += 1;
                self.item.1 |= self.lists > 0 && self.paragraphs > 1;
            }
            Tag::Heading { .. } | Tag::Emphasis => {
                self.item.1 |= self.lists > 0 && matches!(tag, Tag::Heading { .. });
            }
            _ => self.item.1 = true,
        }
    }

    fn close(&mut self, tag: TagEnd, range: &Range<usize>) {
        self.depth = self.depth.saturating_sub(1);
        match tag {
            TagEnd::Strong => self.strong = false,
            TagEnd::Link | TagEnd::Image => self.link = None,
            TagEnd::Item if self.lists == 1 => {
                let (start, odd) = self.item.clone();
                let source = self.text.get(start).unwrap_or_default().trim_end().to_owned();
                if let (true, Some(item)) = (odd, self.items.last_mut()) {
                    item.odd = Some(source);
                }
            }
            TagEnd::List(_) => {
                self.lists = self.lists.saturating_sub(1);
                if self.depth == 0 {
                    let items = std::mem::take(&mut self.items);
                    self.block(Kind::Items(items), range);
                }
            }
            _ if self.depth > 0 => {}
            TagEnd::Heading(HeadingLevel::H1) if self.page.title.is_none() => {
                self.page.title = Some((self.line(range.start), std::mem::take(&mut self.words)));
            }
            TagEnd::Heading(HeadingLevel::H1 | HeadingLevel::H2) => {
                let heading = std::mem::take(&mut self.words).text();
                self.page.sections.push(Section {
                    heading,
                    line: self.line(range.start),
                    blocks: Vec::new(),
                });
            }
            TagEnd::Heading(_) => {
                let words = std::mem::take(&mut self.words);
                self.block(Kind::Heading(words), range);
            }
            TagEnd::Paragraph => {
                let words = std::mem::take(&mut self.words);
                self.block(Kind::Paragraph(words), range);
            }
            TagEnd::CodeBlock => {
                self.words = Words::default();
                let source = self.text.get(range.clone()).unwrap_or_default();
                let is_ours = source.starts_with("```mermaid\nflowchart");
                self.block(if is_ours { Kind::Diagram } else { Kind::Other }, range);
            }
            _ => {
                self.words = Words::default();
                self.block(Kind::Other, range);
            }
        }
    }

    fn block(&mut self, kind: Kind, range: &Range<usize>) {
        let source = self.text.get(range.clone()).unwrap_or_default().trim_end().to_owned();
        let block = Block { line: self.line(range.start), kind, source };
        if let Some(section) = self.page.sections.last_mut() {
            section.blocks.push(block);
        }
    }
}
