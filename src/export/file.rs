//! A report as a file: there is the whole new one or the whole old one, never half of either.

use std::fs;
use std::io::{self, Write as _};
use std::os::unix::fs::FileTypeExt as _;
use std::path::Path;

use atomic_write_file::AtomicWriteFile;

use crate::model::attachment::ATTACHMENTS;
use crate::model::{Attachment, AttachmentKind, Incident};
use crate::text::Raw;

/// Writes the file, replacing what stands there.
///
/// # Errors
/// Where something else than a plain file stands there, or the disk refuses; what stood there is then untouched.
pub fn save(path: &Path, text: &str) -> io::Result<()> {
    if let Some(found) = obstacle(path) {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, format!("it is {found}, not a plain file")));
    }
    let mut file = AtomicWriteFile::open(path)?;
    file.write_all(text.as_bytes())?;
    file.commit()
}

/// Whether a report in Markdown links pictures that lie with its incident: they are seen only with that folder beside it.
/// Those that are `missing` there are no reason to copy it.
pub fn links_pictures(report: &str, incident: &Incident, missing: &[&Attachment]) -> bool {
    let mut lie = incident.attachments.iter().filter(|file| missing.iter().all(|gone| gone.id != file.id));
    lie.any(|file| file.kind == AttachmentKind::Image) && report.contains(&format!("]({ATTACHMENTS}/"))
}

/// That attached files are not on this host, and what to do; `folder` is the incident's. Safe for a terminal.
pub fn told_missing(missing: &[&Attachment], folder: &Path) -> Option<String> {
    let [first, more @ ..] = missing else { return None };
    let name = first.name.for_term();
    let place = folder.join(ATTACHMENTS);
    let place = Raw::new(place.to_string_lossy()).for_term();
    let others = match more.len() {
        0 => {
            let by = first.by.for_term();
            return Some(format!(
                "{name}, attached by {by}, is not on this host: copy it from where that was done into {place}"
            ));
        }
        1 => "1 more file".to_owned(),
        count => format!("{count} more files"),
    };
    Some(format!(
        "{name} and {others} are not on this host: copy them from where they were attached into {place}"
    ))
}

/// What stands there and can be no report: a name for it where it is something else than a plain file.
pub fn obstacle(path: &Path) -> Option<&'static str> {
    let found = fs::symlink_metadata(path).ok()?.file_type();
    match found {
        _ if found.is_file() => None,
        _ if found.is_dir() => Some("a folder"),
        _ if found.is_symlink() => Some("a symbolic link"),
        _ if found.is_fifo() => Some("a named pipe"),
        _ if found.is_socket() => Some("a socket"),
        _ => Some("a device"),
    }
}
