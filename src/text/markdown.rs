//! Markdown.
use std::fmt;
/// Inline Markdown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Markdown(String);
impl Markdown {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
    /// All lines but the first indented.
    #[must_use]
    pub fn indented(&self, spaces: usize) -> Self {
        Self(self.0.replace('\n', &format!("\n{}", " ".repeat(spaces))))
    }
}
impl fmt::Display for Markdown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
pub(super) fn inline(text: &str) -> Markdown {
    Markdown(text.trim().replace('\n', "\\\n"))
}
/// A link target.
pub fn target(raw: &super::Raw) -> Option<Markdown> {
    raw.as_typed().starts_with("https://").then(|| Markdown(raw.as_typed().to_owned()))
}
