//! The report as Markdown (`CommonMark` and GitHub's flavour).

use std::borrow::Cow;

use super::outline::{Block, Inline, Item, Outline, Section, Span};
use crate::hands::in_parts;
use crate::text::{Raw, link_target};

/// So many items are written in one go.
const PART: usize = 256;

/// Renders an outline. Everything in it that came from outside means in Markdown exactly what was typed.
pub fn render(outline: &Outline) -> String {
    let mut out = String::new();
    heading(&mut out, 1, &outline.title);
    out.push('\n');
    write_sections(&mut out, &outline.sections);
    out
}

/// Sections under headings of the second level, with an empty line between two.
pub fn sections(sections: &[Section]) -> String {
    let mut out = String::new();
    write_sections(&mut out, sections);
    out
}

fn write_sections(out: &mut String, sections: &[Section]) {
    for (nth, section) in sections.iter().enumerate() {
        if nth > 0 {
            out.push('\n');
        }
        heading(out, 2, &vec![Span::ours(section.heading)]);
        out.push('\n');
        write_blocks(out, &section.blocks);
    }
}

/// Blocks, with an empty line between two.
pub fn blocks(blocks: &[Block]) -> String {
    let mut out = String::new();
    write_blocks(&mut out, blocks);
    out
}

fn write_blocks(out: &mut String, blocks: &[Block]) {
    for (nth, block) in blocks.iter().enumerate() {
        if nth > 0 {
            out.push('\n');
        }
        write_block(out, block);
    }
}

fn heading(out: &mut String, level: usize, words: &Inline) {
    let mut line = String::new();
    inline(&mut line, words, 0);
    // A heading is one line: what would break it becomes a blank.
    let mut line = line.replace("\\\n", " ").replace('\n', " ");
    // CommonMark takes `#` at the end of a heading for its closing sequence.
    let closing = line.trim_end_matches('#').len();
    if closing < line.len() && line[..closing].ends_with([' ', '\t']) {
        line.insert(closing, '\\');
    }
    out.push_str(&format!("{} {line}\n", "#".repeat(level)));
}

fn write_block(out: &mut String, block: &Block) {
    match block {
        Block::Heading(words) => heading(out, 3, words),
        Block::Paragraph(words) => {
            inline(out, words, 0);
            out.push('\n');
        }
        Block::Day(date) => out.push_str(&format!("**{date}**\n")),
        Block::Diagram(flow) => out.push_str(&fence(flow)),
        Block::Excerpt(lines) => out.push_str(&excerpt(lines)),
        // A label has no other looks, and the path is one of ours. GitHub takes `![^` for no picture: a footnote may begin there.
        Block::Picture { words, path } => {
            let label = words.for_md_line();
            let guard = if label.as_str().starts_with('^') { "\\" } else { "" };
            out.push_str(&format!("![{guard}{label}]({path})\n"));
        }
        Block::Bullets(items) => bullets(out, items),
        Block::Numbered(items) => {
            items.iter().enumerate().for_each(|(at, item)| listed(out, &format!("{}. ", at + 1), item));
        }
        Block::Table { head, rows } => out.push_str(&table(head, rows)),
    }
}

/// A block of code that GitHub, GitLab and many others draw. No text in it has a backtick.
pub fn fence(flow: &str) -> String {
    format!("```mermaid\n{flow}```\n")
}

/// Lines as they stand in a file. The fence is longer than any in them, so that none of them ends it.
fn excerpt(lines: &Raw) -> String {
    let rows: Vec<String> = lines.for_term_lines().iter().map(|row| row.as_str().to_owned()).collect();
    let longest = rows.iter().flat_map(|row| row.split(|c| c != '`')).map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}text\n{}\n{fence}\n", rows.join("\n"))
}

/// A table of GitHub's flavour: the first column names the row, the others stand at the right.
fn table(head: &[&str], rows: &[Vec<Inline>]) -> String {
    let row = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let mut out = row(head.iter().map(|title| (*title).to_owned()).collect());
    out.push_str(&row(head
        .iter()
        .enumerate()
        .map(|(at, _)| if at == 0 { "---" } else { "--:" }.to_owned())
        .collect()));
    for cells in rows {
        out.push_str(&row(cells.iter().map(cell).collect()));
    }
    out
}

/// Words in one line; a cell has no other looks.
fn cell(words: &Inline) -> String {
    let words = words.iter().map(|span| span.text.for_md_line().to_string()).collect::<String>();
    words.trim().to_owned()
}

/// Writes the items of a list: those of a long one by several hands.
fn bullets(out: &mut String, items: &[Item]) {
    let parts: Vec<&[Item]> = items.chunks(PART).collect();
    let told = in_parts(&parts, |items| {
        let mut told = String::new();
        items.iter().for_each(|item| listed(&mut told, "- ", item));
        told
    });
    out.extend(told);
}

fn listed(out: &mut String, mark: &str, item: &Item) {
    let indent = mark.len();
    out.push_str(mark);
    inline(out, &item.words, indent);
    out.push('\n');
    for words in &item.below {
        out.push_str(&format!("{}- ", " ".repeat(indent)));
        inline(out, words, indent + 2);
        out.push('\n');
    }
}

/// Writes the words in one line, or in several that stay within an item indented by `indent`.
fn inline(out: &mut String, words: &Inline, indent: usize) {
    let start = out.len();
    let words = if words.iter().any(is_unlinked) {
        Cow::Owned(words.iter().flat_map(unlinked).collect())
    } else {
        Cow::Borrowed(words)
    };
    // Neighbours of one look are escaped as one text: what has a meaning only in pairs must not find its other half.
    for span in Span::merged(&words) {
        let (lead, trail) = span.blanks();
        let text = span.text.for_md().indented(indent);
        // A blank that begins a line would move what stands below it in its list.
        if out.len() > start {
            out.push_str(lead);
        }
        let unseen = text.as_str().is_empty();
        match (&span.link, span.strong) {
            // Nobody could see, or follow, a link without a label.
            (Some(url), _) if unseen => out.push_str(url.for_md().as_str()),
            (Some(url), _) => match link_target(url) {
                Some(target) => out.push_str(&format!("[{text}]({target})")),
                None => out.push_str(text.as_str()),
            },
            // Marks with nothing between them are text.
            (None, true) if unseen => {}
            (None, true) => ["**", text.as_str(), "**"].into_iter().for_each(|part| out.push_str(part)),
            (None, false) => out.push_str(text.as_str()),
        }
        if out.len() > start {
            out.push_str(trail);
        }
    }
    out.truncate(start + out[start..].trim_end_matches(' ').len());
}

/// Whether it leads to what may not be linked.
fn is_unlinked(span: &Span) -> bool {
    span.link.as_ref().is_some_and(|url| link_target(url).is_none())
}

/// A link whose target is none that may be linked is text: its words, where there are any to be seen, then the target.
fn unlinked(span: &Span) -> Vec<Span> {
    let Some(url) = span.link.as_ref().filter(|_| is_unlinked(span)) else {
        return vec![span.clone()];
    };
    // Some blanks are shown as signs, and some signs not at all.
    let blank = |c: char| {
        let rows = Raw::new(c).for_term_lines();
        rows.iter().all(|row| row.as_str().trim().is_empty())
    };
    let bare = |text: &Raw| Span {
        text: text.as_typed().replace("\r\n", "\n").trim_matches(blank).into(),
        strong: span.strong,
        link: None,
    };
    if span.text.for_md().as_str().is_empty() {
        vec![bare(url)]
    } else {
        vec![bare(&span.text), Span::ours(": "), bare(url)]
    }
}
