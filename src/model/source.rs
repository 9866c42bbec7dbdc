//! Where an imported fact stands in the document that it came from.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::text::Raw;

/// A line of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Source {
    /// The name of the file, without its folders; `-` for standard input.
    pub file: Raw,
    /// The line it begins on, from 1; none for what follows from the document as a whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
}

/// A field of the incident that has no id of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each is the field of that name in `incident.json`, or of one of its lists")]
pub enum Field {
    Title,
    Severity,
    Status,
    Zone,
    Clock,
    Started,
    Detected,
    Acknowledged,
    Declared,
    Identified,
    Mitigated,
    Resolved,
    Closed,
    Impact,
    Summary,
    RootCause,
    Trigger,
    Detection,
    Workaround,
    Fix,
    Services,
    Affected,
    Losses,
    Factors,
    WentWell,
    WentWrong,
    Lucky,
    Links,
    Notes,
    Related,
    Warnings,
}

/// Where a field, or an item of it, comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FieldSource {
    /// The field.
    pub field: Field,
    /// Which item of it, from 1 on as commands count them; none for a field that holds one thing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<usize>,
    /// Where it stands.
    #[serde(flatten)]
    pub source: Source,
}

/// A document that was imported: what tells it when it is imported again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Document {
    /// The name of the file, without its folders.
    pub file: Raw,
    /// Its length in bytes.
    pub bytes: u64,
    /// CRC-32C of those.
    pub crc: u32,
}
