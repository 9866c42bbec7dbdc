//! The last resort: where the journal cannot be written, all that is known goes into a file somewhere else.

use std::collections::HashSet;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use super::dir::{Access, Dir};
use super::scan::scan;
use super::{StoreError, atomic, folder};
use crate::log::{Record, Stamp};
use crate::text::Raw;

/// Whose copy it is: an incident may stand in several places, as after a backup was unpacked beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The incident's id.
    id: String,
    /// What tells its folder from others.
    mark: String,
}

impl Origin {
    /// Of the incident with this id in this folder, which has to be there.
    pub fn of(id: &str, folder: &Path) -> Self {
        let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
        Self {
            id: id.to_owned(),
            mark: format!("{:08x}", crc32c::crc32c(folder.as_os_str().as_encoded_bytes())),
        }
    }

    /// The name of the folder for lines that the incident's own does not take.
    pub(super) fn aside(&self) -> String {
        format!("{}.{}.drafts", slug(&self.id), self.mark)
    }
}

/// Writes what is known, in two parts, as `<id>-<pid>.<mark>.jsonl` into `dir`, durably, and gives the path. The file is a
/// journal: put into a folder of its own under the journal's name, it opens. A blank line stands before what is not saved:
/// that may be found in the journal and yet not be on the disk, after a sync that failed. `own` is the file that was
/// written so before: it is replaced. What else stands there is left alone; the name then gets a number.
///
/// # Errors
/// Where it cannot be written there either: then the records are only in memory, and it is time to say so.
pub fn rescue(
    dir: &Path,
    origin: &Origin,
    (saved, unsaved): (&[Record], &[Record]),
    own: Option<&Path>,
) -> Result<PathBuf, StoreError> {
    folder::create_root(dir)?;
    let open = Dir::open(&folder::resolved(dir)?)?;
    let lines = [folder::lines(saved), b"\n".to_vec(), folder::lines(unsaved)].concat();
    if let Some((path, name)) = own.and_then(|path| Some((path, path.file_name()?.to_str()?))) {
        atomic::replace(&open, name, &lines, true).map_err(StoreError::io("write", path))?;
        return Ok(path.to_owned());
    }
    let (slug, pid, mark) = (slug(&origin.id), std::process::id(), &origin.mark);
    let mut turn = 1;
    loop {
        let number = if turn == 1 { String::new() } else { format!("-{turn}") };
        let name = format!("{slug}-{pid}{number}.{mark}.jsonl");
        match atomic::create(&open, &name, &lines, true) {
            Ok(()) => return Ok(dir.join(name)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && turn < 1000 => turn += 1,
            Err(error) => return Err(StoreError::io("write", &dir.join(name))(error)),
        }
    }
}

/// What a rescue file holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rescued {
    /// The file.
    pub path: PathBuf,
    /// Its records, in file order.
    pub records: Vec<Record>,
    /// Those that were not saved when it was written.
    pub unsaved: HashSet<Stamp>,
    /// How many of its lines are no records.
    pub damaged: usize,
}

impl Rescued {
    /// Whether it is of the incident with this id and these records. Another incident may have had the id before: a file
    /// without one record in common is not of this one.
    pub fn is_of(&self, id: &str, is_known: impl Fn(Stamp) -> bool) -> bool {
        let name = self.path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
        is_rescue(&name, &format!("{}-", slug(id))) && self.records.iter().any(|r| is_known(r.stamp))
    }

    /// Whether it was written for the incident in that folder, or for none that it names, as when a person put it there.
    pub fn is_from(&self, origin: &Origin) -> bool {
        let name = self.path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
        apart(&name).is_some_and(|(_, mark)| mark.is_none_or(|mark| mark == origin.mark))
    }
}

/// The rescue files of the incident with this id and these records. A folder that cannot be read has none: it is no
/// promise.
pub fn rescued(dir: &Path, origin: &Origin, is_known: impl Fn(Stamp) -> bool) -> Vec<Rescued> {
    let prefix = format!("{}-", slug(&origin.id));
    let mut found = files(dir, |name| is_rescue(name, &prefix)).unwrap_or_default();
    found.retain(|file| file.is_of(&origin.id, &is_known));
    found
}

/// All files of a rescue folder that can be read, by their names. A folder that is not there has none.
///
/// # Errors
/// Where the folder cannot be read, or others could have put something there.
pub fn rescue_files(dir: &Path) -> Result<Vec<Rescued>, StoreError> {
    files(dir, |name| Path::new(name).extension().is_some_and(|end| end == "jsonl"))
}

fn files(dir: &Path, wanted: impl Fn(&str) -> bool) -> Result<Vec<Rescued>, StoreError> {
    match dir.symlink_metadata() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        _ => {}
    }
    let open = Dir::open(&folder::resolved(dir)?)?;
    open.check_owner()?;
    let mut names = open.names().map_err(StoreError::io("read", dir))?;
    names.retain(|name| wanted(name));
    names.sort();
    Ok(names.iter().filter_map(|name| read(&open, dir, name)).collect())
}

fn read(open: &Dir, dir: &Path, name: &str) -> Option<Rescued> {
    let mut bytes = Vec::new();
    open.open_file(name, Access::Read).ok()??.read_to_end(&mut bytes).ok()?;
    let blank = bytes.windows(2).position(|two| two == b"\n\n").unwrap_or(bytes.len());
    let mut found =
        Rescued { path: dir.join(name), records: Vec::new(), unsaved: HashSet::new(), damaged: 0 };
    for line in scan(&bytes, 0) {
        let Ok(record) = line.read else {
            found.damaged += 1;
            continue;
        };
        if line.offset > blank {
            found.unsaved.insert(record.stamp);
        }
        found.records.push(record);
    }
    Some(found)
}

/// Removes a rescue file: what it holds has reached the journal.
///
/// # Errors
/// Where it cannot be removed. It does no harm then.
pub fn remove_rescue(path: &Path) -> Result<(), StoreError> {
    let (Some(dir), Some(name)) = (path.parent(), path.file_name().and_then(|name| name.to_str())) else {
        return Err(StoreError::Name(path.to_string_lossy().into_owned()));
    };
    Dir::open(&folder::resolved(dir)?)?.remove(name).map_err(StoreError::io("remove", path))
}

/// Whether a name is that of a rescue file with this beginning, which ends with a hyphen: numbers follow, and a mark.
fn is_rescue(name: &str, prefix: &str) -> bool {
    let number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let numbers = apart(name).and_then(|(stem, _)| stem.strip_prefix(prefix));
    numbers.is_some_and(|numbers| numbers.split('-').count() <= 2 && numbers.split('-').all(number))
}

/// The name of a rescue file without its mark, and the mark where it has one.
fn apart(name: &str) -> Option<(&str, Option<&str>)> {
    let stem = name.strip_suffix(".jsonl")?;
    let is_mark = |mark: &str| mark.len() == 8 && mark.bytes().all(|b| b.is_ascii_hexdigit());
    match stem.rsplit_once('.') {
        Some((stem, mark)) if is_mark(mark) => Some((stem, Some(mark))),
        _ => Some((stem, None)),
    }
}

/// How the names of an incident's rescue files begin.
pub(super) fn slug(id: &str) -> String {
    let slug = Raw::new(id).for_file_name();
    if slug.as_str().is_empty() { "incident".to_owned() } else { slug.as_str().to_owned() }
}
