//! What is recorded of a file that was copied into the incident's folder.

use serde::{Deserialize, Serialize};

use crate::model::{AttachmentKind, Subject};
use crate::text::Raw;

/// A file that was copied into the incident's folder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attached {
    /// What it was called where it came from.
    pub name: Raw,
    /// What it is called in the folder of attachments.
    pub file: Raw,
    /// Its length in bytes.
    pub bytes: u64,
    /// SHA-256 in hexadecimal.
    pub sha256: Raw,
    /// What it is.
    pub kind: AttachmentKind,
    /// The hypothesis it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<Subject>,
    /// The first lines of a text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub excerpt: Option<Raw>,
}
