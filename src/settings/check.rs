//! What the check looks for.

use serde::Serialize;

/// What a person sets for the check of reports.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CheckSettings {
    /// The ids of the rules that are switched off.
    pub off: Vec<String>,
    /// Short forms that need not be spelled out, in any case.
    pub acronyms_known: Vec<String>,
    /// The least and the most words of the brief.
    pub brief_words: (usize, usize),
}

impl Default for CheckSettings {
    fn default() -> Self {
        Self { off: Vec::new(), acronyms_known: Vec::new(), brief_words: (400, 600) }
    }
}
