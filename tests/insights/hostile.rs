//! Texts that want to be more than text, in every field that insight shows.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use unicode_width::UnicodeWidthStr as _;
use warroom::archive::{Digest, Guess, Todo};
use warroom::export::{insights, svg};
use warroom::model::HypothesisStatus;
use warroom::model::insight::Insight;
use warroom::text::Raw;

use super::{ferries, insight};
use crate::pictures::{hostile, reading};

/// More pieces: what means something to a terminal or in a table.
const MORE: &[&str] = &[
    "\u{1b}[2J",
    "\u{9b}31m",
    "\u{202e}txt",
    "|",
    "\\|",
    "a | b |",
    "\u{7f}",
    "\u{200b}",
    "=1+1",
    "# x",
    "- [ ] x",
    "漢字",
];

/// The ferries with this text wherever one can stand.
fn all_of(text: &str) -> Vec<Digest> {
    let raw = || Raw::new(text);
    let mut all: Vec<Digest> = ferries().into_iter().take(3).collect();
    for (nth, digest) in all.iter_mut().enumerate() {
        // Ids differ, or they would be one.
        digest.id = Raw::new([&nth.to_string(), text].concat());
        digest.title = raw();
        digest.root_cause = Some(raw());
        digest.factors = vec![raw()];
        let status = if nth % 2 == 0 { HypothesisStatus::RuledOut } else { HypothesisStatus::Confirmed };
        digest.guesses.push(Guess { subject: raw(), status, minutes: Some(3) });
        let todos = digest.todos.iter().map(|todo| Todo { text: raw(), owner: Some(raw()), ..todo.clone() });
        digest.todos = todos.collect();
    }
    all
}

fn told(text: &str) -> Insight {
    let mut told = insight(&all_of(text));
    told.filter = Some(Raw::new(text));
    told
}

fn pieces() -> Vec<String> {
    let all = hostile::PIECES.iter().chain(MORE);
    all.flat_map(|piece| [piece.repeat(9), format!("x {piece} y")]).collect()
}

#[test]
fn a_page_stays_within_its_width_and_acts_nowhere() {
    for piece in pieces() {
        let told = told(&piece);
        for width in [20, 46, 80] {
            for row in insights::page(&told, width, false) {
                let text = row.text.as_str();
                assert!(text.width() <= width, "{piece:?} at {width}: {text:?}");
                assert!(!text.chars().any(|c| c.is_control() || c == '\u{202e}'), "{piece:?}: {text:?}");
            }
        }
    }
}

#[test]
fn markdown_has_the_same_shape_whatever_is_in_it() {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    for piece in pieces() {
        let markdown = insights::in_markdown(&told(&piece), false);
        let mut cells = 0;
        let mut columns = 0;
        for event in Parser::new_ext(&markdown, options) {
            match event {
                Event::Start(Tag::Table(aligned)) => columns = aligned.len(),
                Event::Start(Tag::TableRow) => cells = 0,
                Event::Start(Tag::TableCell) => cells += 1,
                Event::End(TagEnd::TableRow) => assert_eq!(cells, columns, "{piece:?}:\n{markdown}"),
                Event::Html(html) | Event::InlineHtml(html) => panic!("{piece:?} is {html}:\n{markdown}"),
                Event::Start(Tag::Image { .. } | Tag::CodeBlock(_) | Tag::BlockQuote(_)) => {
                    panic!("{piece:?} is {event:?}:\n{markdown}")
                }
                _ => {}
            }
        }
        let headings = markdown.lines().filter(|line| line.starts_with("## ")).count();
        assert!(headings <= 8, "{piece:?}:\n{markdown}");
        // A table starts and ends with a bar in each of its lines.
        let torn = markdown.lines().find(|line| line.starts_with('|') && !line.ends_with('|'));
        assert_eq!(torn, None, "{piece:?}");
    }
}

#[test]
fn a_picture_shows_it_as_text() {
    for piece in pieces() {
        let told = told(&piece);
        reading::timeline(&svg::insights(&told));
        let page = insights::in_html(&told);
        assert!(!page.contains("<script") && !page.contains("href=\"javascript"), "{piece:?}");
    }
}

#[test]
fn secrets_do_not_leave() {
    let secret = "AKIAQYLPMN5HHHFPZAM2";
    let mut told = told(&format!("the key is {secret} here"));
    let found = insights::redact(&mut told);
    assert_eq!(found, [("AWS access key", 1)]);
    for text in [insights::in_markdown(&told, true), insights::in_html(&told), svg::insights(&told)] {
        assert!(!text.contains(secret), "{text}");
    }
    let json = serde_json::to_string(&told).unwrap();
    assert!(!json.contains(secret), "a field that nobody thought of: {json}");
}
