//! A file that is kept with the incident: a log excerpt, a graph.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{At, Id};
use crate::text::Raw;

/// What a file is, as far as a report can show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AttachmentKind {
    /// A picture that every browser shows: PNG, JPEG, GIF, WebP.
    Image,
    /// Text in UTF-8.
    Text,
    /// Anything else.
    Other,
}

impl AttachmentKind {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Image => "picture",
            Self::Text => "text",
            Self::Other => "file",
        }
    }
}

/// A file that is kept with the incident. The record is what travels: the file itself may be missing on another host.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Attachment {
    /// The stamp of its record, which is also the id of its entry on the timeline.
    pub id: Id,
    /// When it was attached.
    pub at: At,
    /// By whom.
    pub by: Raw,
    /// What it was called where it came from, without its folders.
    pub name: Raw,
    /// What it is called in the folder `attachments` of the incident.
    pub file: Raw,
    /// Its length in bytes.
    pub bytes: u64,
    /// SHA-256 of those, in hexadecimal.
    pub sha256: Raw,
    /// What it is.
    pub kind: AttachmentKind,
    /// The hypothesis it was attached to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hypothesis: Option<Id>,
    /// The first lines, where it is text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub excerpt: Option<Raw>,
}

/// The folder of an incident in which attachments lie.
pub const ATTACHMENTS: &str = "attachments";

/// What a browser calls a picture that each of them shows; none of anything else. By its first bytes, not by its name: a
/// browser goes by those, too.
pub fn media_type(bytes: &[u8]) -> Option<&'static str> {
    const BEGINS: [(&[u8], &str); 4] = [
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"\xff\xd8\xff", "image/jpeg"),
        (b"GIF87a", "image/gif"),
        (b"GIF89a", "image/gif"),
    ];
    let webp = bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP");
    let known = BEGINS.iter().find(|(begins, _)| bytes.starts_with(begins)).map(|(_, kind)| *kind);
    known.or(webp.then_some("image/webp"))
}

/// The longest name of a file there, in bytes.
const LONGEST: usize = 120;

impl Attachment {
    /// What it is called in the folder `attachments`, where that is a name that this program gives.
    pub fn kept_as(&self) -> Option<&str> {
        kept_as(&self.file)
    }
}

/// The name of a file in the folder `attachments`, where it is one that this program gives: nothing that was read from a
/// record may lead out of that folder, or mean anything in a link.
pub fn kept_as(file: &Raw) -> Option<&str> {
    let name = file.as_typed();
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'.');
    let good = !name.is_empty() && name.len() <= LONGEST && name.bytes().all(plain) && !name.contains("..");
    (good && !name.starts_with(['.', '-'])).then_some(name)
}

/// A size for people.
pub fn size(bytes: u64) -> String {
    const KIB: u64 = 1 << 10;
    const MIB: u64 = 1 << 20;
    match bytes {
        1 => "1 byte".into(),
        0..KIB => format!("{bytes} bytes"),
        KIB..MIB => format!("{} KiB", bytes.div_ceil(KIB)),
        _ => format!("{}.{} MiB", bytes / MIB, bytes % MIB * 10 / MIB),
    }
}
