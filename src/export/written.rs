//! Which reports were written where: so that one which nobody has touched since can be written anew, and one that somebody
//! has worked on is left alone.
//!
//! It is a file of its own beside the incidents, with a path and a checksum for each report. Where it is missing or
//! cannot be read, no report is known, and none is written over without being asked for.

use std::fs::{self, DirBuilder, File};
use std::io::{self, Read as _, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use atomic_write_file::AtomicWriteFile;
use atomic_write_file::unix::OpenOptionsExt as _;
use serde::{Deserialize, Serialize};

/// How many reports are remembered: the newest.
const MOST: usize = 500;
/// The most bytes that the file has; what is longer is something else.
const LONGEST: u64 = 4 << 20;

/// The reports that were written, the newest last.
#[derive(Debug)]
pub struct Written {
    path: PathBuf,
    reports: Vec<Report>,
}

/// A report as it was written.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Report {
    path: String,
    length: u64,
    crc: String,
}

impl Report {
    fn of(path: String, content: &[u8]) -> Self {
        let length = content.len() as u64;
        Self { path, length, crc: format!("{:08x}", crc32c::crc32c(content)) }
    }
}

impl Written {
    /// Reads what is known; nothing where the file is missing or makes no sense.
    pub fn read(path: &Path) -> Self {
        let mut bytes = Vec::new();
        let read = File::open(path).and_then(|file| file.take(LONGEST).read_to_end(&mut bytes));
        let reports = read.ok().and_then(|_| serde_json::from_slice(&bytes).ok()).unwrap_or_default();
        Self { path: path.to_owned(), reports }
    }

    /// Whether a file with this content is a report that was written there, and that nobody has touched since.
    pub fn is_untouched(&self, file: &Path, content: &[u8]) -> bool {
        let Some(file) = place(file) else { return false };
        self.reports.contains(&Report::of(file, content))
    }

    /// Keeps in mind that a report was written.
    ///
    /// # Errors
    /// Where the disk refuses: the report is then taken for somebody else's file from now on.
    pub fn remember(&mut self, file: &Path, content: &str) -> io::Result<()> {
        let Some(file) = place(file) else { return Ok(()) };
        self.reports.retain(|report| report.path != file);
        self.reports.push(Report::of(file, content.as_bytes()));
        let too_many = self.reports.len().saturating_sub(MOST);
        self.reports.drain(..too_many);
        if let Some(folder) = self.path.parent() {
            DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
        }
        let mut to = AtomicWriteFile::options().mode(0o600).preserve_mode(false).open(&self.path)?;
        to.write_all(serde_json::to_string_pretty(&self.reports)?.as_bytes())?;
        to.commit()
    }
}

/// Where a file is, whatever folder one names it from; none where that cannot be written down.
fn place(file: &Path) -> Option<String> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    Some(fs::canonicalize(folder).ok()?.join(file.file_name()?).to_str()?.to_owned())
}
