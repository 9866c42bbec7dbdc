//! The files of an export, and how much of them is read at most: it may be made by somebody who means harm.

use std::io::{self, Read};

use crate::text::Raw;

/// The most files that an export has.
pub const MOST_FILES: usize = 50_000;

/// The longest file that is read, in bytes.
pub const LONGEST_FILE: u64 = 64 << 20;

/// The most that is read of one export, in bytes as they are unpacked.
pub const MOST_BYTES: u64 = 512 << 20;

/// How many times longer than packed a file is at most that has more than [`SMALL`] bytes. Chats come to about twenty.
const MOST_PACKED: u64 = 200;

/// What is that short may be packed as well as it can be, in bytes.
const SMALL: u64 = 1 << 20;

/// How much is read before the limits are looked at, in bytes.
const STEP: u64 = 64 << 10;

/// Files below one folder or in one archive.
pub trait Files {
    /// Their paths, in order, with `/` between their parts.
    fn paths(&self) -> &[String];

    /// All of one of them.
    ///
    /// # Errors
    /// Where it cannot be read, or a limit is passed.
    fn read(&mut self, path: &str) -> Result<Vec<u8>, Refused>;
}

/// Why an export is not read. Nothing of it is stored then.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// It has more than [`MOST_FILES`].
    #[error("it has more than {MOST_FILES} files")]
    TooMany,
    /// A file is longer than [`LONGEST_FILE`].
    #[error("{} in it is longer than {} MiB", .0.for_term(), LONGEST_FILE >> 20)]
    TooLong(Raw),
    /// All of it is more than [`MOST_BYTES`].
    #[error("all that is in it is more than {} MiB", MOST_BYTES >> 20)]
    TooMuch,
    /// A file is packed as no chat can be.
    #[error("{} in it unpacks to more than {MOST_PACKED} times its size", .0.for_term())]
    Bomb(Raw),
    /// A name leads elsewhere: `../x`, `/x`, `C:\x`.
    #[error("{} in it is a name that leads out of it", .0.for_term())]
    Astray(Raw),
    /// A file is a link.
    #[error("{} in it is a link", .0.for_term())]
    Link(Raw),
    /// Two files have one name.
    #[error("two files in it have the same name{}", named(.0))]
    Twice(Raw),
    /// A file is an archive itself.
    #[error("{} in it is an archive itself", .0.for_term())]
    Nested(Raw),
    /// Files share bytes of the archive.
    #[error("files in it lie over each other")]
    Overlap,
    /// A file is encrypted.
    #[error("{} in it is encrypted", .0.for_term())]
    Encrypted(Raw),
    /// The archive, or a file in it, is not what it says of itself.
    #[error("it is damaged: {0}")]
    Damaged(String),
    /// A file cannot be read.
    #[error("{} in it cannot be read: {why}", path.for_term())]
    Unread {
        /// Its path.
        path: Raw,
        /// Why.
        why: io::Error,
    },
    /// A file is not what an export has under this name.
    #[error("{} in it is not understood: {why}", path.for_term())]
    NotUnderstood {
        /// Its path.
        path: Raw,
        /// Why.
        why: String,
    },
    /// One channel has more messages than are read.
    #[error("{} has more than {most} messages", channel.for_term())]
    TooManyMessages {
        /// The channel.
        channel: Raw,
        /// How many are read at most.
        most: usize,
    },
    /// There are no channels in it.
    #[error(
        "it is no export of a chat: no folder of a channel with files of its days (2024-08-10.json) is in it, and no lines of \
         Mattermost (import.jsonl)"
    )]
    NoChat,
}

fn named(name: &Raw) -> String {
    if name.is_blank() { String::new() } else { format!(": {}", name.for_term()) }
}

/// Whether a path stays where it is: no part of it leads up, to a root or to a drive.
///
/// # Errors
/// Where it does not.
pub fn may_be_called(path: &str) -> Result<(), Refused> {
    let leads_away = |part: &str| matches!(part, "" | "." | "..");
    let drive = path.as_bytes().get(1) == Some(&b':');
    let inside = path.strip_suffix('/').unwrap_or(path);
    if drive || path.contains(['\\', '\0']) || inside.split('/').any(leads_away) {
        return Err(Refused::Astray(path.into()));
    }
    let ending = path.rsplit('.').next().unwrap_or_default();
    if ending.eq_ignore_ascii_case("zip") {
        return Err(Refused::Nested(path.into()));
    }
    Ok(())
}

/// How much of an export was read.
#[derive(Clone, Copy, Debug, Default)]
pub struct Meter {
    bytes: u64,
}

impl Meter {
    /// Takes note that a file says that it has so many bytes, of so many as they are packed.
    ///
    /// # Errors
    /// Where that passes a limit.
    pub fn told(&mut self, path: &str, bytes: u64, packed: u64) -> Result<(), Refused> {
        self.check(path, bytes, packed)?;
        self.bytes = self.bytes.saturating_add(bytes);
        Ok(())
    }

    /// All bytes of a file, packed in so many. It is read step by step, and no further than the limits.
    ///
    /// # Errors
    /// Where a limit is passed, or it cannot be read.
    pub fn read(&mut self, path: &str, mut from: impl Read, packed: u64) -> Result<Vec<u8>, Refused> {
        let mut bytes = Vec::new();
        loop {
            let step = from.by_ref().take(STEP).read_to_end(&mut bytes);
            let read = step.map_err(|why| Refused::Unread { path: path.into(), why })?;
            self.check(path, bytes.len() as u64, packed)?;
            if read == 0 {
                self.bytes += bytes.len() as u64;
                return Ok(bytes);
            }
        }
    }

    fn check(self, path: &str, bytes: u64, packed: u64) -> Result<(), Refused> {
        if bytes > LONGEST_FILE {
            return Err(Refused::TooLong(path.into()));
        }
        if self.bytes.saturating_add(bytes) > MOST_BYTES {
            return Err(Refused::TooMuch);
        }
        if bytes > SMALL && bytes / MOST_PACKED > packed {
            return Err(Refused::Bomb(path.into()));
        }
        Ok(())
    }
}
