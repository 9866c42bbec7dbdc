//! Whether a secret stands in a report, whatever the form made of its signs: `\_`, `&amp;`, `#95;`, a line broken or cut.

use std::sync::LazyLock;

use regex::Regex;

use super::find::compiled;
use crate::export::fit::CUT;

/// How signs are written in Markdown, HTML, JSON, Mermaid and addresses. What the same makes of the secret is compared.
static SIGNS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compiled(r"(?i)\\+(?:[nrt]|u[0-9a-f]{4})|&#?[a-z0-9]{1,8};|#[a-z0-9]{1,6};|%[0-9a-f]{2}")
});
/// What HTML and SVG put between the lines of one text.
static TAGS: LazyLock<Option<Regex>> =
    LazyLock::new(|| compiled(r"</?[a-z][a-z0-9]*(?:[ \t\n](?u-i:[^<>])*)?>"));

/// A beginning with fewer letters and digits is none that can be told from another word.
const SHORTEST: usize = 6;

/// A report, letters and digits only.
pub(super) struct Printed {
    whole: String,
    without_tags: String,
}

impl Printed {
    pub(super) fn of(report: &str) -> Self {
        let without_tags = match TAGS.as_ref() {
            Some(tags) => plain(&tags.replace_all(report, "")),
            None => String::new(),
        };
        Self { whole: plain(report), without_tags }
    }

    /// Whether a secret stands in it, or as much of its beginning as there was room for.
    pub(super) fn has(&self, secret: &str) -> bool {
        let secret = plain(secret);
        [&self.whole, &self.without_tags]
            .into_iter()
            .any(|text| text.contains(&secret) || is_cut(text, &secret))
    }
}

/// Letters, digits, and where a text was cut.
fn plain(text: &str) -> String {
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric() || *c == CUT).collect();
    SIGNS.as_ref().map_or_else(|| letters(text), |signs| letters(&signs.replace_all(text, "")))
}

fn is_cut(text: &str, secret: &str) -> bool {
    let mut beginnings = secret.char_indices().skip(SHORTEST).map(|(at, _)| &secret[..at]);
    text.contains(CUT) && beginnings.any(|beginning| text.contains(&format!("{beginning}{CUT}")))
}
