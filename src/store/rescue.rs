//! The last resort: where the journal cannot be written, all that is known goes into a file somewhere else.

use std::io;
use std::path::{Path, PathBuf};

use super::dir::Dir;
use super::{StoreError, atomic, folder};
use crate::log::Record;
use crate::text::Raw;

/// Writes these records, which should be all that are known, as `<id>-<pid>.jsonl` into `dir`, durably, and gives the
/// path. The file is a journal: put into a folder of its own under the journal's name, it opens. What stands there
/// already is left alone; the name then gets a number.
///
/// # Errors
/// Where it cannot be written there either: then the records are only in memory, and it is time to say so.
pub fn rescue(dir: &Path, id: &str, records: &[Record]) -> Result<PathBuf, StoreError> {
    folder::create_root(dir)?;
    let open = Dir::open(&folder::resolved(dir)?)?;
    let mut lines = Vec::new();
    for record in records {
        lines.extend_from_slice(record.line().as_bytes());
        lines.push(b'\n');
    }
    let slug = slug(id);
    let pid = std::process::id();
    let mut turn = 1;
    loop {
        let name =
            if turn == 1 { format!("{slug}-{pid}.jsonl") } else { format!("{slug}-{pid}-{turn}.jsonl") };
        match atomic::create(&open, &name, &lines) {
            Ok(()) => return Ok(dir.join(name)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && turn < 1000 => turn += 1,
            Err(error) => return Err(StoreError::io("write", &dir.join(name))(error)),
        }
    }
}

/// How the names of an incident's rescue files begin.
pub(super) fn slug(id: &str) -> String {
    let slug = Raw::new(id).for_file_name();
    if slug.as_str().is_empty() { "incident".to_owned() } else { slug.as_str().to_owned() }
}
