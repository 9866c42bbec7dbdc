//! Attaching a file: it is read, copied into the incident's folder and synced; only then a change says so.
//!
//! The copying needs no open [`Session`], so that a room can leave it to a thread: the disk that a file comes from may be slow.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use super::{CommitError, Session};
use crate::log::{Attached, Change, Stamp};
use crate::model::attachment::{media_type, size};
use crate::model::{AttachmentKind, Incident, Subject};
use crate::store::StoreError;
use crate::store::attachments::{self, LIMIT, hash};
use crate::text::Raw;

/// How many lines of a text a report quotes.
const LINES: usize = 12;
/// And how many bytes of them at most.
const EXCERPT: usize = 1_200;
/// How many digits of the hash begin the name of a file: two of one name and other content stay apart, on all hosts.
const DIGITS: usize = 8;
/// The longest ending that a name keeps, in bytes.
const ENDING: usize = 8;

/// A file that lies in the incident's folder, and of which no record tells yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copied {
    name: Raw,
    file: Raw,
    bytes: u64,
    sha256: Raw,
    kind: AttachmentKind,
    excerpt: Option<Raw>,
}

/// Why a file was not attached. Both are safe for a terminal.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct NotAttached {
    /// What is in the way.
    pub message: String,
    /// What to do.
    pub hint: String,
}

/// The file that is meant by what was typed: `~` is the home folder, and what is relative begins where the program was started.
pub fn located(typed: &Raw, start: &Path) -> PathBuf {
    let typed = typed.as_typed();
    let home = || std::env::home_dir().filter(|home| home.is_absolute());
    match typed.strip_prefix("~/").or((typed == "~").then_some("")) {
        Some(rest) => home().map_or_else(|| start.join(typed), |home| home.join(rest)),
        None => start.join(typed),
    }
}

/// A file that can be attached, as far as that is known without reading it.
#[derive(Debug)]
pub struct Source {
    file: File,
    path: PathBuf,
}

/// Opens a file that is to be attached. Nothing of it is read.
///
/// # Errors
/// Where there is nothing to copy, or too much.
pub fn open(source: &Path) -> Result<Source, NotAttached> {
    let (file, length) = attachments::open_source(source).map_err(|why| {
        refused(source, why, "name a file; one with blanks in its name in quotes: /attach \"my file.log\"")
    })?;
    if length > LIMIT {
        return Err(too_long(source, length));
    }
    Ok(Source { file, path: source.to_owned() })
}

impl Source {
    /// Copies it into the folder of an incident. It is on disk when this returns.
    ///
    /// # Errors
    /// Where it cannot be read, or could not be written.
    pub fn copy(self, folder: &Path) -> Result<Copied, NotAttached> {
        let Self { file, path } = self;
        let mut bytes = Vec::new();
        file.take(LIMIT + 1).read_to_end(&mut bytes).map_err(|error| {
            refused(&path, format!("it cannot be read: {error}"), "mend that, and attach it again")
        })?;
        let length = bytes.len() as u64;
        if length > LIMIT {
            return Err(too_long(&path, length));
        }
        let sha256 = hash(&bytes);
        let name = Raw::new(path.file_name().unwrap_or_default().to_string_lossy());
        let kind = kind(&bytes);
        let file = attachments::keep(folder, &safe_name(&name, &sha256), &bytes).map_err(|error| {
            refused(&path, error.to_string(), "nothing was recorded; mend that, and attach it again")
        })?;
        let excerpt = (kind == AttachmentKind::Text).then(|| excerpt(&bytes)).flatten();
        Ok(Copied { name, file: file.into(), bytes: length, sha256: sha256.into(), kind, excerpt })
    }
}

fn refused(source: &Path, why: String, hint: &str) -> NotAttached {
    let shown = Raw::new(source.to_string_lossy()).for_term();
    NotAttached {
        message: format!("{shown} is not attached: {}", Raw::new(why).for_term()),
        hint: hint.into(),
    }
}

fn too_long(source: &Path, length: u64) -> NotAttached {
    let why = format!("it has {}, and at most {} are kept", size(length), size(LIMIT));
    refused(source, why, "cut out the part that matters, or keep it elsewhere and use /link")
}

impl Session {
    /// Records that a file was attached.
    ///
    /// # Errors
    /// As [`Session::commit`]; the file stays where it is then, and attaching it again finds it there.
    pub fn attach(&mut self, copied: Copied, subject: Option<Subject>) -> Result<Stamp, CommitError> {
        let Copied { name, file, bytes, sha256, kind, excerpt } = copied;
        self.commit(Change::Attached(Attached { name, file, bytes, sha256, kind, subject, excerpt }))
    }

    /// Why nothing can be recorded, where nothing can: asked before a file is copied.
    pub fn read_only(&self) -> Option<CommitError> {
        self.tally.read_only().map(|reason| CommitError::ReadOnly(reason.to_owned()))
    }
}

/// `1f8c22aa-error.log`: letters, digits, `-` and one dot, whatever it was called.
fn safe_name(name: &Raw, sha256: &str) -> String {
    let (stem, ending) = name.as_typed().rsplit_once('.').unwrap_or((name.as_typed(), ""));
    let ending: String = ending.chars().filter(char::is_ascii_alphanumeric).take(ENDING).collect();
    let ending = ending.to_ascii_lowercase();
    let slug = Raw::new(stem).for_file_name();
    let slug = if slug.as_str().is_empty() { "file" } else { slug.as_str() };
    let dot = if ending.is_empty() { "" } else { "." };
    format!("{}-{slug}{dot}{ending}", &sha256[..DIGITS])
}

/// Copies the files that an incident keeps from its folder into another one's. One that is missing there is missing here,
/// too.
///
/// # Errors
/// Where one could not be read or written.
pub fn bring(incident: &Incident, from: &Path, into: &Path) -> Result<(), StoreError> {
    for name in incident.attachments.iter().filter_map(|file| file.kept_as()) {
        if let Some(bytes) = attachments::content(from, name)? {
            attachments::keep(into, name, &bytes)?;
        }
    }
    Ok(())
}

fn kind(bytes: &[u8]) -> AttachmentKind {
    if media_type(bytes).is_some() {
        return AttachmentKind::Image;
    }
    let is_text = !bytes.is_empty() && !bytes.contains(&0) && std::str::from_utf8(bytes).is_ok();
    if is_text { AttachmentKind::Text } else { AttachmentKind::Other }
}

/// The first lines of a text; where it goes on, the last of them is `…`.
fn excerpt(bytes: &[u8]) -> Option<Raw> {
    let text = std::str::from_utf8(bytes).ok()?.trim_start_matches('\u{feff}').trim_end();
    let mut end = text.match_indices('\n').nth(LINES - 1).map_or(text.len(), |(at, _)| at).min(EXCERPT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let more = if end < text.len() { "\n…" } else { "" };
    let quoted = Raw::new(format!("{}{more}", text[..end].trim_end()));
    (!quoted.is_blank()).then_some(quoted)
}
