//! The files of an export that was unpacked into a folder, or the one file that it is. Nothing is read that lies outside of it.

use std::fs;
use std::path::{Path, PathBuf};

use crate::import::chat::{Files, MOST_FILES, Meter, Refused, may_be_called};
use crate::text::Raw;

/// A folder, all of whose files keep to the limits of an export.
pub(super) struct Folder {
    root: PathBuf,
    paths: Vec<String>,
    meter: Meter,
}

impl Folder {
    /// Looks what is in it.
    pub(super) fn open(root: &Path) -> Result<Self, Refused> {
        let unread = |path: &Path, why| Refused::Unread { path: Raw::new(path.to_string_lossy()), why };
        let (mut folders, mut paths, mut told, mut seen) =
            (vec![root.to_owned()], Vec::new(), Meter::default(), 0);
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder).map_err(|why| unread(&folder, why))? {
                let path = entry.map_err(|why| unread(&folder, why))?.path();
                seen += 1;
                if seen > MOST_FILES {
                    return Err(Refused::TooMany);
                }
                let inside = path.strip_prefix(root).unwrap_or(&path);
                let Some(name) = inside.to_str() else {
                    return Err(Refused::Astray(Raw::new(inside.to_string_lossy())));
                };
                may_be_called(name)?;
                let data = fs::symlink_metadata(&path).map_err(|why| unread(inside, why))?;
                if data.is_symlink() {
                    return Err(Refused::Link(name.into()));
                }
                if data.is_dir() {
                    folders.push(path);
                } else if data.is_file() {
                    told.told(name, data.len(), data.len())?;
                    paths.push(name.to_owned());
                }
            }
        }
        paths.sort();
        Ok(Self { root: root.to_owned(), paths, meter: Meter::default() })
    }
}

impl Folder {
    /// One file by itself.
    pub(super) fn of_one(path: &Path) -> Result<Self, Refused> {
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        let unread = |why| Refused::Unread { path: name.as_str().into(), why };
        let mut told = Meter::default();
        let length = fs::metadata(path).map_err(unread)?.len();
        told.told(&name, length, length)?;
        let root = path.parent().map(Path::to_owned).unwrap_or_default();
        Ok(Self { root, paths: vec![name], meter: Meter::default() })
    }
}

impl Files for Folder {
    fn paths(&self) -> &[String] {
        &self.paths
    }

    fn read(&mut self, path: &str) -> Result<Vec<u8>, Refused> {
        let unread = |why| Refused::Unread { path: path.into(), why };
        let file = fs::File::open(self.root.join(path)).map_err(unread)?;
        let length = file.metadata().map_err(unread)?.len();
        self.meter.read(path, file, length)
    }
}
