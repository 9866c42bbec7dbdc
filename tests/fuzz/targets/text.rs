//! Text made safe: for the terminal, for Markdown, for HTML, for a file name, for JSON.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;
use warroom::text::{Raw, json, link_target, marks};

use super::text_of;

/// Text, in all its ways out.
pub fn any_text(bytes: &[u8]) {
    let text = text_of(bytes);
    row_is_safe(&text);
    for width in 0..12 {
        cut_keeps_the_width(&text, width);
        wrap_keeps_the_text_and_the_width(&text, width);
    }
    json_means_the_same(&text);
    file_name_is_plain(&text);
    html_is_text(&text);
    markdown_means_what_was_typed(&text);
    link_goes_where_it_says(&text);
    marks_stand_in_order(&text);
}

/// Whether a character does something on a terminal but being drawn, or hides there.
pub fn acts(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}')
        || matches!(c, '\u{200b}' | '\u{200c}' | '\u{2060}' | '\u{feff}' | '\u{2028}' | '\u{2029}')
        || matches!(c, '\u{e0000}'..='\u{e007f}')
}

/// A row has nothing in it that acts, joiners only within graphemes, and is safe as it stands. Plain text stays as it is.
pub fn row_is_safe(text: &str) {
    let row = Raw::new(text).for_term();
    let row = row.as_str();
    assert!(!row.contains(acts), "{row:?}");
    for (at, joiner) in row.match_indices('\u{200d}') {
        let end = at + joiner.len();
        let inside = row.grapheme_indices(true).any(|(from, g)| from < at && end < from + g.len());
        assert!(inside && end < row.len(), "a joiner that joins nothing in {row:?}");
    }
    assert_eq!(Raw::new(row).for_term().as_str(), row);
    assert!(text.contains(|c| !matches!(c, ' '..='~')) || row == text, "{text:?} is {row:?}");
    for line in Raw::new(text).for_term_lines() {
        assert!(!line.as_str().contains(acts), "{line:?}");
        assert_eq!(Raw::new(line.as_str()).for_term(), line);
    }
}

/// A cut row is as wide as it may be, and the start of the whole one.
pub fn cut_keeps_the_width(text: &str, width: usize) {
    let row = Raw::new(text).for_term();
    for cut in [row.cut(width), row.cut_at_word(width)] {
        assert!(cut.width() <= width, "{cut:?} in {width}");
        let kept = cut.as_str().strip_suffix('…').unwrap_or(cut.as_str());
        assert!(row.as_str().starts_with(kept), "{cut:?} of {row:?}");
        assert_eq!(cut == row, row.width() <= width, "{cut:?} of {row:?} in {width}");
    }
}

/// A wrapped row loses nothing but blanks, and no row of it is too wide.
pub fn wrap_keeps_the_text_and_the_width(text: &str, width: usize) {
    let row = Raw::new(text).for_term();
    let rows = row.wrap(width);
    assert!(!rows.is_empty());
    let letters = |text: &str| text.replace(' ', "");
    let wrapped = rows.iter().map(|row| letters(row.as_str())).collect::<String>();
    assert_eq!(wrapped, letters(row.as_str()));
    for row in &rows {
        let alone = row.as_str().graphemes(true).filter(|g| g.width() > 0).count() == 1;
        assert!(row.width() <= width || (width < 2 && alone), "{row:?} in {width}");
    }
}

/// JSON made printable has nothing in it that acts, and means the same.
pub fn json_means_the_same(text: &str) {
    let shown = json::printable(serde_json::to_string(text).unwrap_or_default());
    assert!(!shown.contains(|c| acts(c) || c == '\u{200d}'), "{shown:?}");
    assert_eq!(serde_json::from_str::<String>(&shown).ok().as_deref(), Some(text));
}

/// A file name is short, of the plainest characters, and its own file name.
pub fn file_name_is_plain(text: &str) {
    let name = Raw::new(text).for_file_name();
    let name = name.as_str();
    assert!(name.len() <= 60, "{name}");
    assert!(name.chars().all(|c| matches!(c, 'a'..='z' | '0'..='9' | '-')), "{name}");
    assert!(!name.starts_with('-') && !name.ends_with('-') && !name.contains("--"), "{name}");
    assert_eq!(Raw::new(name).for_file_name().as_str(), name);
}

/// HTML text opens no element and closes no attribute.
pub fn html_is_text(text: &str) {
    let html = Raw::new(text).for_html();
    let html = html.as_str();
    assert!(!html.contains(|c| matches!(c, '<' | '>' | '"' | '\'') || (acts(c) && c != '\n')), "{html}");
}

/// Inline Markdown is read as the text that was typed, wherever it may stand, and as nothing else.
pub fn markdown_means_what_was_typed(text: &str) {
    let normal = normal(text);
    let written = Raw::new(text).for_md();
    for (before, indent, seen_before) in
        [("", 0, ""), ("- ", 2, ""), ("- **12:00** — ", 2, "12:00 — "), ("1. ", 3, ""), ("a: ", 0, "a: ")]
    {
        let page = format!("{before}{}\n", written.clone().indented(indent));
        let (seen, others) = read(&page);
        let seen = seen.split('\n').map(str::trim_end).collect::<Vec<_>>().join("\n");
        let expected = format!("{seen_before}{normal}");
        assert_eq!(seen.trim(), expected.trim(), "from {page:?}");
        // a caller's list, without text in it, is still a list
        let lists = usize::from(before.starts_with(['-', '1']));
        assert!(others.is_empty(), "{others:?} in {page:?}");
        assert_eq!(page.matches("\n\n").count(), 0, "{page:?}");
        let begun = Parser::new(&page).filter(|event| matches!(event, Event::Start(Tag::List(_)))).count();
        assert_eq!(begun, lists, "{page:?}");
    }
}

/// The text as it has to be seen: as on a terminal, lines trimmed, none of them blank.
fn normal(text: &str) -> String {
    let rows = Raw::new(text).for_term_lines();
    let lines = rows.iter().map(|row| row.as_str().trim()).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}

/// What a reader sees of the Markdown, and whatever in it is more than text in paragraphs and the caller's list item.
fn read(markdown: &str) -> (String, Vec<String>) {
    let (mut seen, mut others, mut lists) = (String::new(), Vec::new(), 0);
    for event in Parser::new_ext(markdown, all_flavours()) {
        match event {
            Event::Text(text) | Event::Code(text) => seen.push_str(&text),
            Event::HardBreak => seen.push('\n'),
            Event::Start(Tag::List(_)) if lists == 0 => lists += 1,
            Event::Start(Tag::Item) if lists == 1 => lists += 1,
            Event::Start(Tag::Paragraph) if others.is_empty() => {}
            Event::End(TagEnd::List(_) | TagEnd::Item | TagEnd::Paragraph) => {}
            Event::Start(Tag::Strong) | Event::End(TagEnd::Strong) if markdown.contains("**12:00**") => {}
            other => others.push(format!("{other:?}")),
        }
    }
    (seen, others)
}

fn all_flavours() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_GFM
        | Options::ENABLE_MATH
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS
}

/// What may be the target of a link is one address, of a scheme that runs nothing.
pub fn link_goes_where_it_says(text: &str) {
    let Some(target) = link_target(&Raw::new(text)) else { return };
    let page = format!("[x]({target})\n");
    let mut links = Vec::new();
    for event in Parser::new_ext(&page, all_flavours()) {
        match event {
            Event::Start(Tag::Link { dest_url, title, .. }) => links.push((dest_url, title)),
            Event::Text(text) => assert_eq!(&*text, "x", "{page:?}"),
            Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph | TagEnd::Link) => {}
            other => panic!("{other:?} in {page:?}"),
        }
    }
    let schemes = ["http://", "https://", "mailto:"];
    let goes = |url: &str| schemes.iter().any(|scheme| url.to_lowercase().starts_with(scheme));
    assert!(
        matches!(&links[..], [(url, title)] if goes(url) && title.is_empty() && !url.contains(acts)),
        "{links:?} in {page:?}"
    );
}

/// Tags and persons stand in order, and are words of the text.
pub fn marks_stand_in_order(text: &str) {
    let mut at = 0;
    for (span, mark) in marks::spans(text) {
        let word = text.get(span.clone());
        assert!(at <= span.start && word.is_some_and(|w| w.starts_with(['#', '@'])), "{mark:?} at {span:?}");
        at = span.end;
    }
    let (tags, people) = marks::named(text);
    assert!(tags.iter().chain(&people).all(|name| text.contains(name.as_typed())), "{text:?}");
}
