//! The report as one HTML page that needs nothing but itself: no network, no scripts, no other file.
//!
//! What is told comes as Markdown, from the same hands as the Markdown report; the frame and the style sheet are in
//! `assets/page.html` and `assets/page.css`.

mod body;
mod label;
mod shown;

use super::svg::{PALETTE, RULES};
use crate::text::Raw;
use body::{Body, Heading};
pub use shown::Shown;

/// How many sections a page may have before it gets a table of contents.
const FEW: usize = 4;

/// Renders a page.
///
/// `markdown` is the report, whose raw HTML becomes text, whose links lead to `http`, `https` and `mailto` or are none,
/// and whose images are their words. `picture` is one of [`svg::figure`](super::svg::figure): it takes the place of the first Mermaid diagram
/// in the report, else it stands before the first section.
pub fn page(title: &Raw, markdown: &str, picture: Option<&str>) -> String {
    page_with(title, markdown, picture, &Shown::default())
}

/// The same with pictures in it: those that the report links to and that are among these.
pub fn page_with(title: &Raw, markdown: &str, picture: Option<&str>, shown: &Shown) -> String {
    let Body { head, story, sections } = body::of(markdown, picture, shown);
    format!(
        include_str!("../../../assets/page.html"),
        title = title.for_html().as_str().replace('\n', " "),
        style = style(picture.is_some()),
        head = head,
        contents = contents(&sections),
        story = story,
    )
}

/// The table of contents; empty where the eye needs none.
fn contents(sections: &[Heading]) -> String {
    if sections.len() <= FEW {
        return String::new();
    }
    let rows = sections.iter().map(|section| {
        let words = Raw::new(section.words.as_str());
        format!("<li><a href=\"#{}\">{}</a></li>\n", section.id, words.for_html())
    });
    format!(
        "<nav id=\"contents\" aria-label=\"Contents\">\n<ol>\n{}</ol>\n</nav>\n",
        rows.collect::<String>()
    )
}

/// The style sheet; the picture has no style of its own. The page's comes last: it has the colours of both.
fn style(has_picture: bool) -> String {
    let page = include_str!("../../../assets/page.css");
    if has_picture { [PALETTE, RULES, page].concat() } else { page.to_owned() }
}
