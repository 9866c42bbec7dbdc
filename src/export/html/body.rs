//! Markdown as the body of a page: sections with ids, tables that scroll by themselves, links that lead only where links
//! may lead, and nothing that is HTML in the Markdown.

use std::collections::{HashMap, VecDeque};
use std::iter;

use pulldown_cmark::{
    CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd, html,
};

use super::Shown;
use super::label::{self, DASH, Label, STAR};
use crate::text::{Raw, link_target};

/// The ids that the frame of the page has for itself.
const TAKEN: [&str; 2] = ["report", "contents"];
/// The id of a heading whose words leave nothing for one.
const NAMELESS: &str = "section";

/// The longest text of a table's cell that stays in one row, in bytes.
const SHORT: usize = 12;

/// The parts of a page.
pub(super) struct Body {
    /// The title.
    pub head: String,
    /// All below it.
    pub story: String,
    /// The headings of the sections.
    pub sections: Vec<Heading>,
}

/// The heading of a section.
pub(super) struct Heading {
    /// Where a link to it leads.
    pub id: String,
    /// Its words, without their look.
    pub words: String,
}

/// Renders the parts.
pub(super) fn of(markdown: &str, picture: Option<&str>, shown: &Shown) -> Body {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let events: Vec<Event<'_>> = Parser::new_ext(markdown, options).collect();
    let title = title_end(&events);
    let (title, story) = events.split_at(title);
    let mut writer = Writer { picture, shown: Some(shown), ..Writer::default() };
    writer.ids = TAKEN.map(|id| (id.to_owned(), 1)).into();
    let head = writer.written(title);
    let mut story = writer.written(story);
    writer.end_section();
    writer.show_picture();
    story += &writer.written(&[]);
    Body { head, story, sections: writer.sections }
}

/// Where the story begins: after the title, if the report begins with one.
fn title_end(events: &[Event<'_>]) -> usize {
    match events.first() {
        Some(Event::Start(Tag::Heading { level: HeadingLevel::H1, .. })) => {
            let end = events.iter().position(|event| matches!(event, Event::End(TagEnd::Heading(_))));
            end.map_or(0, |at| at + 1)
        }
        _ => 0,
    }
}

/// Takes the Markdown's events one by one, and makes of each those that the page is made of.
#[derive(Default)]
struct Writer<'a> {
    /// Those that are not written yet.
    out: VecDeque<Event<'a>>,
    picture: Option<&'a str>,
    shown: Option<&'a Shown>,
    sections: Vec<Heading>,
    /// How many headings have asked for an id.
    ids: HashMap<String, usize>,
    in_section: bool,
    /// Where the link that is open would have led, if it may not lead there.
    refused: Option<String>,
    /// Within a label of an item, and within the words after it.
    labelled: Option<Part>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Label,
    Words,
}

impl<'a> Writer<'a> {
    /// What is still to be written, and then what these become.
    fn written(&mut self, events: &[Event<'a>]) -> String {
        let mut at = 0;
        let made = iter::from_fn(|| {
            while self.out.is_empty() && at < events.len() {
                at += self.step(&events[at..]);
            }
            self.out.pop_front()
        });
        let mut out = String::new();
        html::push_html(&mut out, made);
        out
    }

    /// Takes one event, or as many as belong together; says how many.
    fn step(&mut self, events: &[Event<'a>]) -> usize {
        match &events[0] {
            Event::Start(Tag::CodeBlock(kind)) if self.picture.is_some() && is_diagram(kind) => {
                self.show_picture();
                let end = events.iter().position(|event| matches!(event, Event::End(TagEnd::CodeBlock)));
                return end.map_or(events.len(), |at| at + 1);
            }
            Event::Start(Tag::Heading { level, .. }) => self.heading(*level, events),
            Event::Start(Tag::List(None)) => self.list(events),
            Event::Start(Tag::Item) => self.item(events),
            Event::Start(Tag::Paragraph) if is_day(events) => self.raw("<p class=\"day\">"),
            Event::Start(Tag::Link { link_type, dest_url, .. }) => {
                // Paper need not say twice where it leads.
                let bare = matches!(events.get(1), Some(Event::Text(words)) if words == dest_url);
                self.link(*link_type, dest_url, bare);
            }
            Event::End(TagEnd::Link) => self.link_end(),
            Event::Start(Tag::Image { dest_url, .. }) if self.image(dest_url, events) => {
                let end = events.iter().position(|event| matches!(event, Event::End(TagEnd::Image)));
                return end.map_or(events.len(), |at| at + 1);
            }
            // Of another image its words are left.
            Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => {}
            Event::Start(Tag::HtmlBlock) => self.out.push_back(Event::Start(Tag::Paragraph)),
            Event::End(TagEnd::HtmlBlock) => self.out.push_back(Event::End(TagEnd::Paragraph)),
            Event::Html(words) | Event::InlineHtml(words) => self.out.push_back(Event::Text(words.clone())),
            Event::Start(Tag::Table(_)) => {
                self.raw("<div class=\"wide\" role=\"region\" aria-label=\"Table\" tabindex=\"0\">");
                self.out.push_back(events[0].clone());
            }
            Event::End(TagEnd::Table) => {
                self.out.push_back(events[0].clone());
                self.raw("</div>\n");
            }
            Event::Start(Tag::TableCell) if is_short(events) => {
                self.out.push_back(events[0].clone());
                self.raw("<span class=\"short\">");
                self.out.push_back(events[1].clone());
                self.raw("</span>");
                return 2;
            }
            Event::Text(words) if self.labelled == Some(Part::Words) => self.after_label(words),
            Event::End(TagEnd::Strong) if self.labelled == Some(Part::Label) => {
                self.labelled = Some(Part::Words);
                self.out.push_back(events[0].clone());
            }
            event => self.out.push_back(event.clone()),
        }
        1
    }

    /// HTML of our own.
    fn raw(&mut self, html: impl Into<CowStr<'a>>) {
        self.out.push_back(Event::Html(html.into()));
    }

    /// The same in parts: what is written for each of many items is not put together first.
    fn raws(&mut self, html: [&'static str; 3]) {
        self.out.extend(html.map(|part| Event::Html(part.into())));
    }

    fn heading(&mut self, level: HeadingLevel, events: &[Event<'a>]) {
        let words = words(events);
        let id = self.id(&words);
        if level == HeadingLevel::H2 {
            self.end_section();
            let first = self.sections.is_empty();
            if first && !events_have_diagram(events) {
                self.show_picture();
            }
            self.raw(format!("<section aria-labelledby=\"{id}\">\n"));
            self.in_section = true;
            self.sections.push(Heading { id: id.clone(), words });
        }
        self.out.push_back(Event::Start(Tag::Heading {
            level,
            id: Some(id.into()),
            classes: Vec::new(),
            attrs: Vec::new(),
        }));
    }

    fn end_section(&mut self) {
        if self.in_section {
            self.raw("</section>\n");
            self.in_section = false;
        }
    }

    /// An id that no other heading has. It depends on the heading's words, and on how many before it had the same.
    fn id(&mut self, words: &str) -> String {
        let name = Raw::new(words).for_file_name();
        let name = if name.as_str().is_empty() { NAMELESS } else { name.as_str() };
        loop {
            let asked = self.ids.entry(name.to_owned()).or_default();
            *asked += 1;
            if *asked == 1 {
                return name.to_owned();
            }
            let id = format!("{name}-{asked}");
            // A heading may be called so by itself.
            if !self.ids.contains_key(&id) {
                self.ids.insert(id.clone(), 1);
                return id;
            }
        }
    }

    fn list(&mut self, events: &[Event<'a>]) {
        match Label::of(&events[1..]) {
            Some(label) => self.raw(format!("\n<ul class=\"{}\">\n", label.class_of_list())),
            None => self.out.push_back(events[0].clone()),
        }
    }

    fn item(&mut self, events: &[Event<'a>]) {
        let label = Label::of(events);
        match label {
            Some(label) => self.raws(["<li class=\"", label.class(), "\">"]),
            None => self.out.push_back(events[0].clone()),
        }
        self.labelled = matches!(label, Some(Label::Time { .. })).then_some(Part::Label);
    }

    /// The words after a time: a page shows by their place what the dash says elsewhere.
    fn after_label(&mut self, words: &CowStr<'a>) {
        self.labelled = None;
        let (dash, star, rest) = label::parted(words);
        if !dash.is_empty() {
            self.raws(["<span class=\"dash\">", DASH, "</span>"]);
        }
        if !star.is_empty() {
            self.raws(["<span class=\"star\">", STAR, "</span>"]);
        }
        let rest = match words {
            CowStr::Borrowed(words) => CowStr::Borrowed(&words[words.len() - rest.len()..]),
            _ => rest.to_owned().into(),
        };
        self.out.push_back(Event::Text(rest));
    }

    /// A link of the report; what it may not lead to is told behind its words.
    fn link(&mut self, kind: LinkType, to: &str, bare: bool) {
        let to = if kind == LinkType::Email { format!("mailto:{to}") } else { to.to_owned() };
        let to = Raw::new(to);
        if link_target(&to).is_some() {
            let class = if bare { "class=\"bare\" " } else { "" };
            self.raw(format!("<a {class}href=\"{}\" rel=\"noopener noreferrer\">", to.for_html()));
        } else {
            let told = !matches!(kind, LinkType::Autolink | LinkType::Email);
            self.refused = Some(if told { to.for_term().to_string() } else { String::new() });
        }
    }

    fn link_end(&mut self) {
        match self.refused.take() {
            None => self.raw("</a>"),
            Some(to) if to.is_empty() => {}
            Some(to) => self.out.push_back(Event::Text(format!(": {to}").into())),
        }
    }

    /// An image that the page brings along; whether it does.
    fn image(&mut self, path: &str, events: &[Event<'a>]) -> bool {
        let Some(address) = self.shown.and_then(|shown| shown.address(path)) else { return false };
        let words = Raw::new(words(events));
        self.raw(format!("<img class=\"shown\" alt=\"{}\" src=\"{address}\">", words.for_html()));
        true
    }

    /// The picture, once.
    fn show_picture(&mut self) {
        if let Some(svg) = self.picture.take() {
            self.raw("<figure class=\"picture\" role=\"group\" aria-label=\"Timeline\" tabindex=\"0\">\n");
            self.raw(svg);
            self.raw("\n</figure>\n");
        }
    }
}

/// The words of the heading, or of the image, that begins here.
fn words(events: &[Event<'_>]) -> String {
    let mut words = String::new();
    for event in events {
        match event {
            Event::Text(text) | Event::Code(text) | Event::InlineHtml(text) => words.push_str(text),
            Event::SoftBreak | Event::HardBreak => words.push(' '),
            Event::End(TagEnd::Heading(_) | TagEnd::Image) => break,
            _ => {}
        }
    }
    words
}

fn is_diagram(kind: &CodeBlockKind<'_>) -> bool {
    matches!(kind, CodeBlockKind::Fenced(info) if info.split([' ', ',']).next() == Some("mermaid"))
}

/// Whether a report that begins here has a place of its own for the picture.
fn events_have_diagram(events: &[Event<'_>]) -> bool {
    events.iter().any(|event| matches!(event, Event::Start(Tag::CodeBlock(kind)) if is_diagram(kind)))
}

/// Whether a cell holds so little, a date as a rule, that it is not to be broken.
fn is_short(events: &[Event<'_>]) -> bool {
    match events {
        [_, Event::Text(words), Event::End(TagEnd::TableCell), ..] => words.len() <= SHORT,
        _ => false,
    }
}

/// Whether a paragraph is nothing but bold words: a day of the timeline, or the label of a list.
fn is_day(events: &[Event<'_>]) -> bool {
    let mut events = events[1..].iter();
    matches!(events.next(), Some(Event::Start(Tag::Strong)))
        && matches!(
            events.find(|event| !matches!(event, Event::Text(_) | Event::Code(_))),
            Some(Event::End(TagEnd::Strong))
        )
        && matches!(events.next(), Some(Event::End(TagEnd::Paragraph)))
}
