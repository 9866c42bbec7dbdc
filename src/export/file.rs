//! A report as a file: there is the whole new one or the whole old one, never half of either.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use atomic_write_file::AtomicWriteFile;

/// Writes the file, replacing what stands there.
///
/// # Errors
/// Where something else than a plain file stands there, or the disk refuses; what stood there is then untouched.
pub fn save(path: &Path, text: &str) -> io::Result<()> {
    match fs::symlink_metadata(path) {
        Ok(found) if !found.is_file() => {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is not a plain file"));
        }
        _ => {}
    }
    let mut file = AtomicWriteFile::open(path)?;
    file.write_all(text.as_bytes())?;
    file.commit()
}
