//! HTML.
use std::fmt;
/// HTML text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Html(String);
impl fmt::Display for Html {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
pub(super) fn text(text: &str) -> Html {
    Html(text.replace('<', "&lt;"))
}
