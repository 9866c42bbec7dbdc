//! Markdown that means what was typed: whatever text stands in an incident, every reader sees it in the report as it is
//! shown on a terminal, in the headings, paragraphs and lists of the outline, and nothing else of its making.

mod readers;
pub mod renderers;

use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization as _;
use warroom::export::outline::{Block, Inline, Span};
use warroom::export::{Outline, markdown};
use warroom::model::Incident;
use warroom::text::{Raw, link_target};

pub use self::readers::in_pulldown;
use super::filled::whole;

/// What a piece of the report is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Heading(usize),
    Paragraph,
    /// How deep in lists.
    Item(usize),
    /// A Mermaid diagram as code.
    Diagram,
    /// The first lines of a file as they stand in it.
    Excerpt,
}

/// A piece of the report, and all that is read in it, blanks taken as one.
pub type Piece = (Kind, String);

/// Runs of blanks as one, none at the ends; accents in one way of writing them, as pandoc does.
pub fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").nfc().collect()
}

/// The pieces that the outline tells, without those in which nothing can be seen.
pub fn told(outline: &Outline) -> Vec<Piece> {
    let mut told = vec![(Kind::Heading(1), seen(&outline.title))];
    for section in &outline.sections {
        told.push((Kind::Heading(2), section.heading.to_owned()));
        for block in &section.blocks {
            match block {
                Block::Heading(words) => told.push((Kind::Heading(3), seen(words))),
                Block::Paragraph(words) => told.push((Kind::Paragraph, seen(words))),
                Block::Diagram(flow) => told.push((Kind::Diagram, folded(flow))),
                Block::Day(date) => told.push((Kind::Paragraph, date.clone())),
                Block::Excerpt(lines) => told.push((Kind::Excerpt, folded(&rows(lines)))),
                Block::Picture { words, .. } => told.push((Kind::Paragraph, folded(&rows(words)))),
                // No report of one incident has one.
                Block::Table { .. } => {}
                Block::Bullets(items) | Block::Numbered(items) => {
                    for item in items {
                        told.push((Kind::Item(1), seen(&item.words)));
                        told.extend(item.below.iter().map(|words| (Kind::Item(2), seen(words))));
                    }
                }
            }
        }
    }
    told.retain(|(_, text)| !text.is_empty());
    told
}

/// The rows of a text in one.
fn rows(text: &Raw) -> String {
    let rows = text.for_term_lines();
    rows.iter().map(|row| row.as_str().to_owned()).collect::<Vec<_>>().join(" ")
}

/// What is to be seen of some words: of a link its label, of one that leads nowhere its address, too.
fn seen(words: &Inline) -> String {
    let one = |span: &Span| match &span.link {
        Some(url) if rows(&span.text).trim().is_empty() => rows(url),
        Some(url) if link_target(url).is_none() => {
            format!("{}: {}", rows(&span.text).trim(), rows(url).trim())
        }
        _ => rows(&span.text),
    };
    folded(&words.iter().map(one).collect::<String>())
}

/// Where the links of an incident lead.
pub fn targets(incident: &Incident) -> Vec<String> {
    let links = incident.links.iter().map(|link| &link.url);
    let links = links.chain(incident.actions.iter().filter_map(|action| action.link.as_ref()));
    links.filter_map(|url| link_target(url).map(|target| target.to_string())).collect()
}

/// Checks the report of an incident with the reader that this program has itself.
#[track_caller]
pub fn means_what_was_typed(incident: &Incident) {
    let outline = Outline::of(incident);
    let report = markdown::render(&outline);
    let read = in_pulldown(&report);
    assert!(read.others.is_empty(), "{:?} near {:?}", read.others, near_others(&read.others, &read.pieces));
    assert_same(&told(&outline), &read.pieces, &report);
    let targets = targets(incident);
    for link in &read.links {
        assert!(
            targets.iter().any(|target| target.replace("&amp;", "&") == *link),
            "{link}, not {targets:?}"
        );
    }
}

/// The lines of a report that begin as a piece does, as far as they can be told.
fn near(report: &str, text: &str) -> String {
    let word = text.split(|c: char| !c.is_alphanumeric()).max_by_key(|word| word.len()).unwrap_or_default();
    let lines = report.lines().filter(|line| line.contains(word)).take(12);
    lines.collect::<Vec<_>>().join("\n")
}

/// The pieces that a meaning of its own was found in.
fn near_others(others: &[String], pieces: &[Piece]) -> Vec<String> {
    let hub = pieces.iter().filter(|(_, text)| self::readers::in_a_hub(text).is_some()).take(5);
    if others.is_empty() { Vec::new() } else { hub.map(|(_, text)| text.clone()).collect() }
}

/// Checks piece by piece, so that the first that differs is shown.
#[track_caller]
pub fn assert_same(told: &[Piece], read: &[Piece], report: &str) {
    for (nth, (one, other)) in told.iter().zip(read).enumerate() {
        let before = nth.checked_sub(1).map(|nth| &told[nth]);
        assert_eq!(one, other, "after {before:?}, in:\n{}", near(report, &one.1));
    }
    assert_eq!(told.len(), read.len(), "{:?}\n{:?}", told.last(), read.last());
}

/// What has a meaning somewhere, or looks as if it had.
const SNIPPETS: &[&str] = &[
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "![](http://evil.example/p.png)",
    "[x]: http://evil.example",
    "[^1]",
    "[^1]: note",
    "[ ] todo",
    "- [x] done",
    "```",
    "~~~",
    "`",
    "# heading",
    "---",
    "===",
    "| a | b |\n|---|---|",
    "1. ",
    "2) ",
    "+ ",
    "> ",
    "> [!NOTE]\n> x",
    "</details>",
    "<!--",
    "-->",
    "]]>",
    "<![CDATA[",
    "<?php ?>",
    "@channel",
    "<!here>",
    "@octocat",
    "@org/team",
    "#1",
    "GH-1",
    "owner/repo#1",
    "owner/repo@0123456",
    ":smile:",
    ":+1:",
    "---\ntitle: x\n---",
    "+++\nx = 1\n+++",
    "$x$",
    "$$x$$",
    "$`x`$",
    "www.evil.example",
    "http://evil.example/a_b*c",
    "https://a.example/?a=1&copy=2",
    "a@b.example",
    "mailto:a@b.example",
    "xmpp:a@b.example",
    "ftp://x.example",
    "&amp;",
    "&copy;",
    "&#35;",
    "\\",
    "*",
    "**",
    "_",
    "__",
    "~",
    "~~",
    "snake_case",
    "^",
    "[[wiki]]",
    "{#id .class}",
    "%%",
    ":::",
    "\t",
    "    ",
    "\n",
    "\n\n",
    "\r\n",
    "\u{a0}",
    "\u{2028}",
    "\u{202e}",
    "\u{200b}",
    "\u{1b}[2J",
    "\0",
    "<a href='x'>",
    "<http://x.example>",
    "<a@b.example>",
    "==x==",
    "H~2~O",
    "10:42",
    "1986\\. x",
    "*\u{a0}a*",
    "e\u{301}",
    "👩\u{200d}💻",
    "日本",
    "<",
    ">",
    "&",
    "|",
    "!",
    "(",
    ")",
    "[",
    "]",
    "\"",
    "'",
    "-",
    "=",
    ":",
    "#",
    "$",
    " ",
    ".",
    "Term\n: definition",
    "x\n===",
    "x\n---",
    "  \n",
    "\\\n",
];

/// A text of snippets, of marks, of prose, or of anything.
pub fn a_text() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        6 => prop::sample::select(SNIPPETS).prop_map(str::to_owned),
        2 => "[a-z]{1,4}",
        2 => "[ -/:-@\\[-`{-~\n]{1,5}",
        1 => "\\PC{1,3}",
    ];
    prop::collection::vec(part, 0..5).prop_map(|parts| parts.concat())
}

/// An incident with texts in all fields, some of them in many.
pub fn an_incident() -> impl Strategy<Value = Incident> {
    prop::collection::vec(a_text(), 1..48).prop_map(|texts| {
        let mut nth = 0;
        whole(&mut || {
            nth += 1;
            texts[(nth * 7 + nth / texts.len()) % texts.len()].clone()
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, max_shrink_iters: 400, ..ProptestConfig::default() })]

    #[test]
    fn any_text_in_every_field_is_read_as_it_was_typed(incident in an_incident()) {
        means_what_was_typed(&incident);
    }
}

#[test]
fn each_snippet_in_every_field_is_read_as_it_was_typed() {
    for snippet in SNIPPETS {
        means_what_was_typed(&whole(&mut || (*snippet).to_owned()));
    }
}

#[test]
fn the_reader_sees_what_is_made_of_text() {
    for (markdown, made) in [
        ("<b>", "Html"),
        ("a <b>x", "InlineHtml"),
        ("![x](y)", "Image"),
        ("*x*", "Emphasis"),
        ("~~x~~", "Strikethrough"),
        ("> x", "BlockQuote"),
        ("```\nx", "CodeBlock"),
        ("a\n***\n", "Rule"),
        ("|a|\n|-|", "Table"),
        ("- [ ] x", "TaskListMarker"),
        ("$x$ a", "Math"),
        ("x[^1]\n\n[^1]: y", "Footnote"),
        ("---\na: b\n---\n", "Metadata"),
        ("hello @octocat", "mention"),
        ("see #12.", "reference"),
        ("see GH-12", "reference"),
        ("a/b#12", "reference"),
        (":smile:", "emoji"),
        ("12:100:3", "emoji"),
    ] {
        let others = in_pulldown(markdown).others;
        assert!(others.iter().any(|other| other.contains(made)), "{markdown:?}: {others:?}");
    }
    assert_eq!(in_pulldown("[x](http://a.example)").links, ["http://a.example"]);
}
