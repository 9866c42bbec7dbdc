//! The files of an export in a zip. None is ever unpacked onto the disk.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::io::{self, Read, Seek, SeekFrom};
use std::rc::Rc;

use zip::ZipArchive;
use zip::result::ZipError;

use super::files::{Files, MOST_FILES, Meter, Refused, may_be_called};
use crate::text::Raw;

/// The most bytes that are read of an archive to find what is in it: for [`MOST_FILES`] a quarter of that is enough.
const DIRECTORY: u64 = 32 << 20;

/// How a zip begins: with a file, or with its end where it has none.
const BEGINS: [&[u8]; 2] = [b"PK\x03\x04", b"PK\x05\x06"];

/// Whether a file that begins so is a zip.
pub fn is_zip(bytes: &[u8]) -> bool {
    BEGINS.iter().any(|begin| bytes.starts_with(begin))
}

/// A zip, all of whose files keep to the limits as far as they tell.
pub struct Zipped<R> {
    archive: ZipArchive<Counted<R>>,
    paths: Vec<String>,
    /// Where each file stands in the archive.
    places: BTreeMap<String, usize>,
    meter: Meter,
}

impl<R: Read + Seek> Zipped<R> {
    /// Looks through its directory.
    ///
    /// # Errors
    /// Where it is no zip, or not one that may be read.
    pub fn open(from: R) -> Result<Self, Refused> {
        let left = Rc::new(Cell::new(DIRECTORY));
        let mut archive = match ZipArchive::new(Counted { from, left: Rc::clone(&left) }) {
            Ok(archive) => archive,
            Err(_) if left.get() == 0 => return Err(Refused::TooMany),
            Err(error) => return Err(damaged(&error)),
        };
        left.set(u64::MAX);
        if archive.len() > MOST_FILES {
            return Err(Refused::TooMany);
        }
        if archive.has_duplicate_names() {
            return Err(Refused::Twice(Raw::default()));
        }
        let (mut places, mut told) = (BTreeMap::new(), Meter::default());
        for place in 0..archive.len() {
            let file = archive.by_index_data(place).map_err(|error| damaged(&error))?;
            let path = file.name().map_err(|error| damaged(&error))?.into_owned();
            may_be_called(&path)?;
            if file.is_symlink() {
                return Err(Refused::Link(path.into()));
            }
            if file.encrypted() {
                return Err(Refused::Encrypted(path.into()));
            }
            told.told(&path, file.size(), file.compressed_size())?;
            if places.contains_key(&path) {
                return Err(Refused::Twice(path.into()));
            }
            places.insert(path, place);
        }
        if archive.has_overlapping_entries().map_err(|error| damaged(&error))? {
            return Err(Refused::Overlap);
        }
        let paths = places.keys().filter(|path| !path.ends_with('/')).cloned().collect();
        Ok(Self { archive, paths, places, meter: Meter::default() })
    }
}

impl<R: Read + Seek> Files for Zipped<R> {
    fn paths(&self) -> &[String] {
        &self.paths
    }

    fn read(&mut self, path: &str) -> Result<Vec<u8>, Refused> {
        let place = self.places.get(path).copied().ok_or_else(|| damaged(&ZipError::FileNotFound))?;
        let file = self.archive.by_index(place).map_err(|error| damaged(&error))?;
        let (size, packed) = (file.size(), file.compressed_size());
        let bytes = self.meter.read(path, file, packed)?;
        if bytes.len() as u64 != size {
            let path = Raw::new(path).for_term();
            return Err(Refused::Damaged(format!("{path} has {} bytes, not {size}", bytes.len())));
        }
        Ok(bytes)
    }
}

fn damaged(error: &ZipError) -> Refused {
    Refused::Damaged(Raw::new(error.to_string()).for_term().to_string())
}

/// What is read from at most so many bytes, which whoever made it may change.
struct Counted<R> {
    from: R,
    left: Rc<Cell<u64>>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let most = usize::try_from(self.left.get()).unwrap_or(usize::MAX).min(into.len());
        let read = self.from.read(&mut into[..most])?;
        self.left.set(self.left.get().saturating_sub(read as u64));
        Ok(read)
    }
}

impl<R: Seek> Seek for Counted<R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.from.seek(to)
    }
}
