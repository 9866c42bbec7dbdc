//! What is recorded of one report of an alert.

use serde::{Deserialize, Serialize};

use crate::model::{Ending, Moment};
use crate::text::Raw;

/// One report of an alert: that it fired, or that it fired and has ended. `source` and `key` are its identity; of one that
/// fired at the same time twice, it is the same time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reported {
    /// Who told.
    pub source: Raw,
    /// What tells it from all others of this source.
    pub key: Raw,
    /// What is the matter. That of the first report is the text of the entry.
    pub text: Raw,
    /// Tags besides those in its text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Raw>,
    /// Where more of it is to be seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<Raw>,
    /// What else it says of itself. Of the first report.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub details: Option<Raw>,
    /// When it fired; approximate where the sender gave no time that can be right, and it is that of the receipt.
    pub when: Moment,
    /// How it ended, where it has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<Ending>,
}

impl Reported {
    /// What tells this alert from all others.
    pub fn identity(&self) -> (Raw, Raw) {
        (self.source.clone(), self.key.clone())
    }
}
