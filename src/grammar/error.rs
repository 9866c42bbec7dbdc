//! Why a line was not understood: where, what was expected, and what to do.

use std::ops::Range;

/// A line that was not understood. Nothing of it was stored.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct GrammarError {
    /// The part of the line it is about, in bytes; empty at the end of the line where something is missing.
    pub span: Range<usize>,
    /// What is wrong, and what was expected. Holds nothing from outside that is not made safe for a terminal.
    pub message: String,
    /// What to do.
    pub hint: String,
    /// The line begins with `/` and no known command: a second Enter logs it as text.
    pub may_be_text: bool,
}

impl GrammarError {
    /// An error about a part of the line.
    pub fn new(span: Range<usize>, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { span, message: message.into(), hint: hint.into(), may_be_text: false }
    }
}
