//! The files of the rescue folder: what could not be saved when it was said, and where it belongs.

use std::collections::{BTreeSet, HashSet};
use std::io::Read as _;
use std::path::{Path, PathBuf};

use super::super::dir::{Access, Dir};
use super::super::folder;
use super::super::scan::scan;
use crate::log::{Record, Stamp};
use crate::text::Raw;

/// What the names of rescue files end with.
const END: &str = ".jsonl";

/// A file of the rescue folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RescueFile {
    /// Where it is.
    pub path: PathBuf,
    /// Its records, in file order.
    pub records: Vec<Record>,
    /// How many of its lines are no records.
    pub damaged: usize,
}

impl RescueFile {
    /// Whether it is of the incident that has these records: it then holds one of them.
    pub fn belongs_to(&self, records: &[Record]) -> bool {
        let stamps: HashSet<Stamp> = records.iter().map(|record| record.stamp).collect();
        self.records.iter().any(|record| stamps.contains(&record.stamp))
    }

    /// How many of its records are not among these, and are not known to be gone.
    pub(super) fn lacking(&self, records: &[Record], gone: &BTreeSet<Stamp>) -> usize {
        let mut known: HashSet<Stamp> = records.iter().map(|record| record.stamp).collect();
        known.extend(gone);
        self.records.iter().filter(|record| known.insert(record.stamp)).count()
    }
}

/// The files of a rescue folder, by their names. A folder that is not there has none.
///
/// # Errors
/// Why it cannot be read, in words.
pub fn rescue_files(dir: &Path) -> Result<Vec<RescueFile>, String> {
    match dir.symlink_metadata() {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        _ => {}
    }
    let open = folder::resolved(dir).and_then(|dir| Dir::open(&dir)).map_err(|error| error.to_string())?;
    let mut names = open.names().map_err(|error| error.to_string())?;
    names.retain(|name| name.ends_with(END));
    names.sort();
    let mut files = Vec::new();
    for name in names {
        let mut bytes = Vec::new();
        let path = dir.join(&name);
        // What is no file is nothing that this program put there.
        let Ok(Some(mut file)) = open.open_file(&name, Access::Read) else { continue };
        file.read_to_end(&mut bytes)
            .map_err(|error| format!("{} cannot be read: {error}", Raw::new(name.as_str()).for_term()))?;
        let (mut records, mut damaged) = (Vec::new(), 0);
        for line in scan(&bytes, 0) {
            match line.read {
                Ok(record) => records.push(record),
                Err(_) => damaged += 1,
            }
        }
        files.push(RescueFile { path, records, damaged });
    }
    Ok(files)
}
