//! Text for HTML.

use std::fmt;

use super::terminal;

/// HTML text, good for element content and for quoted attributes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Html(String);

impl Html {
    /// The escaped text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Html {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Escapes the five characters that mean something in element content or in either kind of quotes (OWASP, Cross Site
/// Scripting Prevention). Controls and bidirectional overrides are made visible as on a terminal; line breaks stay.
pub(super) fn text(text: &str) -> Html {
    let text = terminal::visible(text, '\n');
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
    Html(out)
}
