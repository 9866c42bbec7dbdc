//! Markdown laid out in rows of a terminal, for whatever width there is. All of it is taken as untrusted: every text in it
//! is made safe before it becomes a row.

mod flow;
mod margin;
mod table;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use ratatui::style::{Modifier, Style};
use ratatui::text::Line;

use super::look::Look;
use crate::text::Raw;
use flow::{Place, Strip, Text};
use margin::Margin;
use table::Table;

/// Before each row of code.
const CODE: &str = "  ";
/// What stands for a diagram, whose source says little to a reader.
const DIAGRAM: &str = "(a diagram, drawn where the report is read)";

/// Lays it out, no row wider than `width`. Headings of the first two levels have a rule below them, the others marks
/// before them; code that is too wide is cut.
pub fn lines(markdown: &Raw, width: usize, look: Look) -> Vec<Line<'static>> {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let mut page = Page::new(width.max(1), look);
    for event in Parser::new_ext(markdown.as_typed(), options) {
        page.take(event);
    }
    page.flush();
    page.lines
}

/// A link or an image whose label is being read.
#[derive(Debug)]
struct Link {
    target: String,
    title: String,
    /// Where in the text its label begins.
    from: Place,
}

/// The rows as they come to be.
struct Page {
    width: usize,
    look: Look,
    lines: Vec<Line<'static>>,
    margin: Margin,
    /// A free row is due before the next, in this many of what it stands in.
    gap: Option<usize>,
    text: Text,
    /// The look of the text, and those it goes back to.
    styles: Vec<Style>,
    links: Vec<Link>,
    code: Option<String>,
    /// Whether that code is a diagram.
    diagram: bool,
    table: Option<Table>,
}

impl Page {
    fn new(width: usize, look: Look) -> Self {
        let (margin, text) = (Margin::default(), Text::default());
        let (lines, styles, links) = (Vec::new(), Vec::new(), Vec::new());
        Self {
            width,
            look,
            lines,
            margin,
            gap: None,
            text,
            styles,
            links,
            code: None,
            diagram: false,
            table: None,
        }
    }

    fn take(&mut self, event: Event<'_>) {
        let style = self.style();
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => match &mut self.code {
                Some(code) => code.push_str(&text),
                None => self.text.push(&text, style),
            },
            Event::Code(text) => self.text.push(&text, style.patch(self.look.accent())),
            Event::Html(text)
            | Event::InlineHtml(text)
            | Event::InlineMath(text)
            | Event::DisplayMath(text)
            | Event::FootnoteReference(text) => self.text.push(&text, style),
            Event::SoftBreak => self.text.push(" ", style),
            Event::HardBreak => self.text.push("\n", style),
            Event::TaskListMarker(done) => self.text.push(if done { "[x] " } else { "[ ] " }, style),
            Event::Rule => {
                self.flush();
                self.part();
                self.rule("─");
                self.part();
            }
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        let style = self.style();
        match tag {
            Tag::Emphasis => self.styles.push(style.add_modifier(Modifier::ITALIC)),
            Tag::Strong => self.styles.push(style.add_modifier(Modifier::BOLD)),
            Tag::Strikethrough => self.styles.push(style.add_modifier(Modifier::CROSSED_OUT)),
            Tag::Link { dest_url, title, .. } | Tag::Image { dest_url, title, .. } => {
                let (target, title) = (dest_url.into_string(), title.into_string());
                self.links.push(Link { target, title, from: self.text.end() });
                self.styles.push(style.add_modifier(Modifier::UNDERLINED));
            }
            Tag::TableRow | Tag::TableHead => {
                if let Some(table) = &mut self.table {
                    table.row();
                }
                if matches!(tag, Tag::TableHead) {
                    self.styles.push(style.add_modifier(Modifier::BOLD));
                }
            }
            Tag::TableCell => {}
            block => {
                self.flush();
                self.start_block(block);
            }
        }
    }

    fn start_block(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Heading { level, .. } => {
                let style = Style::new().add_modifier(Modifier::BOLD);
                self.part();
                self.styles.push(style);
                let marks = (level as usize).saturating_sub(HeadingLevel::H2 as usize);
                if marks > 0 {
                    self.text.push(&format!("{} ", "▸".repeat(marks)), style);
                }
            }
            Tag::BlockQuote(_) => self.margin.quote(),
            Tag::List(first) => self.margin.list(first),
            Tag::Item => self.margin.item(),
            Tag::CodeBlock(CodeBlockKind::Fenced(of)) if of.as_ref() == "mermaid" => {
                (self.code, self.diagram) = (Some(String::new()), true);
            }
            Tag::CodeBlock(_) => self.code = Some(String::new()),
            Tag::Table(alignments) => self.table = Some(Table::new(alignments)),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::TableHead => {
                self.styles.pop();
            }
            TagEnd::Link | TagEnd::Image => self.end_link(),
            TagEnd::TableRow => {}
            TagEnd::TableCell => {
                let text = std::mem::take(&mut self.text);
                if let Some(table) = &mut self.table {
                    table.cell(text);
                }
            }
            block => self.end_block(block),
        }
    }

    fn end_block(&mut self, tag: TagEnd) {
        self.flush();
        match tag {
            TagEnd::Heading(level) => {
                self.styles.pop();
                match level {
                    HeadingLevel::H1 => self.rule("═"),
                    HeadingLevel::H2 => self.rule("─"),
                    _ => {}
                }
                self.gap = None;
            }
            TagEnd::List(_) => {
                self.leave();
                if !self.margin.in_list() {
                    self.part();
                }
            }
            TagEnd::Item => {
                if self.margin.wants_mark() {
                    self.emit(vec![Strip::default()]);
                }
                self.leave();
            }
            TagEnd::BlockQuote(_) => {
                self.leave();
                self.part();
            }
            TagEnd::CodeBlock => self.end_code(),
            TagEnd::Table => {
                if let Some(table) = self.table.take() {
                    self.emit(table.laid_out(self.room(), self.look));
                }
                self.part();
            }
            _ => self.part(),
        }
    }

    /// `label (target)`; a label that is the target is not said twice.
    fn end_link(&mut self) {
        self.styles.pop();
        let Some(Link { target, title, from }) = self.links.pop() else { return };
        let label = self.text.since(from);
        let label_is_target = label == target || target.strip_prefix("mailto:") == Some(label.as_str());
        let style = self.style().patch(self.look.quiet());
        match (label_is_target, title.is_empty()) {
            (true, true) => {}
            (true, false) => self.text.push(&format!(" ({title})"), style),
            (false, true) => self.text.push(&format!(" ({target})"), style),
            (false, false) => self.text.push(&format!(" ({target}, {title})"), style),
        }
    }

    fn end_code(&mut self) {
        let code = self.code.take().unwrap_or_default();
        let diagram = std::mem::take(&mut self.diagram);
        let code = Raw::new(if diagram { DIAGRAM } else { code.trim_end_matches('\n') });
        let room = self.room();
        let indent = Raw::new(CODE).for_term().cut(room.saturating_sub(1));
        let rows = code.for_term_lines().into_iter().map(|line| {
            let mut strip = Strip::of(&indent, Style::new());
            strip.push(&line.cut(room - indent.width()), self.look.accent());
            strip
        });
        self.emit(rows.collect());
        self.part();
    }

    fn style(&self) -> Style {
        self.styles.last().copied().unwrap_or_default()
    }

    /// The columns that are left for text.
    fn room(&self) -> usize {
        self.width - self.margin.columns(self.width)
    }

    fn rule(&mut self, of: &str) {
        let rule = Raw::new(of.repeat(self.room())).for_term();
        self.emit(vec![Strip::of(&rule, self.look.quiet())]);
    }

    /// Puts the text that was gathered into rows.
    fn flush(&mut self) {
        let text = std::mem::take(&mut self.text);
        let mut rows = text.wrap(self.room());
        // A block of HTML ends in a line break; where there is no text there is no row.
        while rows.last().is_some_and(|row| row.columns == 0) {
            rows.pop();
        }
        if !rows.is_empty() {
            self.emit(rows);
        }
    }

    /// Parts what stands already from what comes.
    fn part(&mut self) {
        self.gap = Some(self.margin.depth());
    }

    /// Leaves a quote, a list or an item.
    fn leave(&mut self) {
        self.margin.leave();
        self.gap = self.gap.map(|depth| depth.min(self.margin.depth()));
    }

    fn emit(&mut self, rows: Vec<Strip>) {
        let quiet = self.look.quiet();
        if let Some(depth) = self.gap.take().filter(|_| !self.lines.is_empty()) {
            self.lines.push(Line::from(self.margin.gap(depth, self.width, quiet).spans));
        }
        for row in rows {
            let mut strip = self.margin.next_row(self.width, quiet);
            strip.append(row);
            self.lines.push(Line::from(strip.spans));
        }
    }
}
