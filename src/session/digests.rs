//! Past incidents, as much of each as is looked through when many are.

use std::io;
use std::path::Path;

use super::Shelf;
use crate::archive::Digest;

/// Those of all incidents below a folder that can be read. A folder that is not there has none.
///
/// # Errors
/// Where the folder cannot be read.
pub fn digests(root: &Path) -> io::Result<Vec<Digest>> {
    let found = Shelf::read(root)?.into_found();
    Ok(found
        .into_iter()
        .filter_map(|found| found.incident.ok())
        .map(|incident| Digest::of(&incident))
        .collect())
}
