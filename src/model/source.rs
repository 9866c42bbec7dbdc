//! Where an imported fact stands in the document that it came from.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::text::Raw;

/// A line of a document, or a message of a chat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Source {
    /// The name of the file, without its folders; `-` for standard input. Of a chat its channel and the file of the day:
    /// `incidents/2024-08-10.json`.
    pub file: Raw,
    /// The line it begins on, from 1; none for what follows from the document as a whole, and for a message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// The message that it is, where it comes from a chat.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<Box<Message>>,
}

impl Source {
    /// Whether it is one place of a document, and not all of it.
    pub fn is_a_place(&self) -> bool {
        self.line.is_some() || self.message.is_some()
    }
}

/// A message of a chat: by its channel and its time stamp it is known again when more of that channel is imported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Message {
    /// The channel: its id, which stays when it is renamed; its name where the id is not known.
    pub channel: Raw,
    /// The time stamp as the chat writes it, which no other message of the channel has: `1516454398.000069`.
    pub ts: Raw,
    /// That of the message that began the thread, where it is a reply.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thread: Option<Raw>,
    /// When it was last edited in the chat before it was imported, as the chat writes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edited: Option<Raw>,
}

impl Message {
    /// Whether it is the same message, as far as it is known when it came in.
    pub fn is_same(&self, other: &Self) -> bool {
        (&self.channel, &self.ts) == (&other.channel, &other.ts)
    }
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
    /// The channel of which it has messages, where it is an export of a chat, as [`Message::channel`] has it. Then the bytes
    /// are those of the channel's files.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<Raw>,
}
