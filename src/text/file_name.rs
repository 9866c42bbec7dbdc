//! File names.
use std::fmt;
/// A file name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileName(String);
impl FileName {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
impl fmt::Display for FileName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
pub(super) fn slug(text: &str) -> FileName {
    FileName(
        text.to_lowercase()
            .split(|c: char| !c.is_ascii_alphanumeric())
            .filter(|p| !p.is_empty())
            .collect::<Vec<_>>()
            .join("-"),
    )
}
