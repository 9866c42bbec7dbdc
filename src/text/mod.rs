//! Text from outside, which cannot be printed until it is made safe for the place where it goes.
//!
//! Whatever a person typed, an alert sent or a file held is a [`Raw`]. It has no `Display`; the ways out are
//! [`Raw::for_term`], [`Raw::for_md`], [`Raw::for_html`], [`Raw::for_cell`] and [`Raw::for_file_name`], and each gives a
//! type of its own.
//!
//! ```compile_fail
//! let text = warroom::text::Raw::new("\u{1b}[2J");
//! println!("{text}"); // no Display: it would reach the terminal as typed
//! ```

mod cell;
mod file_name;
mod hex;
mod html;
pub mod json;
mod markdown;
pub mod marks;
pub mod quotes;
mod terminal;

use std::convert::Infallible;
use std::fmt;

use arcstr::ArcStr;
use serde::de::{self, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

pub use cell::Cell;
pub use file_name::FileName;
pub use hex::hex;
pub use html::Html;
pub use markdown::{Markdown, target as link_target};
pub use terminal::TermText;

/// Text as it came from outside: typed, pasted, received or read. Stored as it is, printed only when made safe. Copies share
/// it: a text stands in the record, in the incident folded from it and in what is about to be written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, schemars::JsonSchema)]
#[serde(transparent)]
pub struct Raw(#[schemars(with = "String")] ArcStr);

impl Raw {
    /// Takes the text as it is.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into().into())
    }

    /// The text as it came: for comparing, searching, parsing and storing, never for printing.
    pub fn as_typed(&self) -> &str {
        &self.0
    }

    /// Whether nothing would be seen of it: empty, or only blanks, controls and zero-width characters.
    pub fn is_blank(&self) -> bool {
        self.0.chars().all(terminal::is_unseen)
    }

    /// The text without what hides within words: zero-width characters, and the escape sequences that colour a terminal.
    /// `None` where it has none: then it is the text itself.
    pub fn laid_bare(&self) -> Option<String> {
        terminal::laid_bare(&self.0)
    }

    /// One row of a terminal: no control character acts, a line break shows as `⏎`.
    pub fn for_term(&self) -> TermText {
        terminal::row(&self.0)
    }

    /// As [`Raw::for_term`], with a row for each line of the text; never empty.
    pub fn for_term_lines(&self) -> Vec<TermText> {
        terminal::rows(&self.0)
    }

    /// Inline Markdown (`CommonMark` and GitHub's flavour) that means exactly what was typed.
    pub fn for_md(&self) -> Markdown {
        markdown::inline(&self.0)
    }

    /// As [`Raw::for_md`], in one line that is good anywhere in a document: a heading, a cell of a table, between other texts.
    pub fn for_md_line(&self) -> Markdown {
        markdown::line(&self.0)
    }

    /// HTML text, good for element content and for quoted attributes.
    pub fn for_html(&self) -> Html {
        html::text(&self.0)
    }

    /// A cell of a spreadsheet, which takes none of it for a formula.
    pub fn for_cell(&self) -> Cell {
        cell::text(&self.0)
    }

    /// A file name of the characters `a-z 0-9 -`, at most 60 bytes; empty where nothing of the text can stand in one.
    pub fn for_file_name(&self) -> FileName {
        file_name::slug(&self.0)
    }
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        read_str(from, |text| Ok::<_, Infallible>(text.into()))
    }
}

/// Reads a string as what `read` makes of it, without a copy in between: a journal has hundreds of thousands of them.
pub(crate) fn read_str<'de, D: Deserializer<'de>, T, E: fmt::Display>(
    from: D,
    read: impl FnOnce(&str) -> Result<T, E>,
) -> Result<T, D::Error> {
    struct Reads<F>(F);

    impl<T, E: fmt::Display, F: FnOnce(&str) -> Result<T, E>> Visitor<'_> for Reads<F> {
        type Value = T;

        fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
            to.write_str("a string")
        }

        fn visit_str<X: de::Error>(self, text: &str) -> Result<T, X> {
            (self.0)(text).map_err(X::custom)
        }
    }

    from.deserialize_str(Reads(read))
}

impl From<&str> for Raw {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl From<String> for Raw {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}
