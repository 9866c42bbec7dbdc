//! Attachments: files that are kept in a folder of their own beside the journal.
//!
//! A file is written and synced, with its name, before the record that names it is stamped: so a record never promises a file
//! that a power cut took. The other way round a file without a record may be left over, which harms nothing: its name is
//! made of its content, and attaching it again finds it there.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use sha2::{Digest as _, Sha256};

use super::dir::{Access, Dir};
use super::{StoreError, atomic};
pub use crate::model::attachment::ATTACHMENTS;
use crate::model::{Attachment, Incident};
use crate::text::hex;

/// The longest file that is kept, in bytes: the folder is what people copy, back up and hand on.
pub const LIMIT: u64 = 32 << 20;

/// How many files of one name and other content are kept beside each other.
const NAMES: u32 = 64;

/// Keeps this content under this name, or under one like it where another file has that; says under which. It is on disk
/// when this returns.
///
/// # Errors
/// Where it is not.
pub fn keep(folder: &Path, name: &str, content: &[u8]) -> Result<String, StoreError> {
    let path = folder.join(ATTACHMENTS);
    let failed = |done: &'static str| StoreError::io(done, &path);
    let incident = Dir::open(folder)?;
    match incident.create_folder(ATTACHMENTS) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(failed("create")(error)),
        // Also where it was there: whoever made it may not have come so far.
        _ => incident.sync().map_err(failed("sync"))?,
    }
    let dir = Dir::open(&path)?;
    for turn in 1..=NAMES {
        let own = numbered(name, turn);
        match atomic::create(&dir, &own, content, true) {
            Ok(()) => return Ok(own),
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
                return Err(StoreError::io("write", &path.join(own))(error));
            }
            Err(_) if holds(&dir, &own, content)? => return Ok(own),
            Err(_) => {}
        }
    }
    Err(failed("find a name in")(io::ErrorKind::AlreadyExists.into()))
}

/// The name with a number before its ending, from the second on.
fn numbered(name: &str, turn: u32) -> String {
    match name.rsplit_once('.') {
        _ if turn == 1 => name.to_owned(),
        Some((stem, ending)) => format!("{stem}-{turn}.{ending}"),
        None => format!("{name}-{turn}"),
    }
}

/// Whether a file holds just this; then it is on disk, too.
fn holds(dir: &Dir, name: &str, content: &[u8]) -> Result<bool, StoreError> {
    let Some(mut file) = dir.open_file(name, Access::Read)? else { return Ok(false) };
    let path = dir.path().join(name);
    let same = (|| {
        if read(&mut file)? != content {
            return Ok(false);
        }
        file.sync_all()?;
        dir.sync().map(|()| true)
    })();
    same.map_err(StoreError::io("read", &path))
}

fn read(file: &mut File) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.take(LIMIT + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// What an attachment holds; nothing where it is not there.
///
/// # Errors
/// Where something else stands in its place, or it cannot be read.
pub fn content(folder: &Path, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
    let dir = match Dir::open(&folder.join(ATTACHMENTS)) {
        Err(StoreError::NoFolder(_)) => return Ok(None),
        other => other?,
    };
    let Some(mut file) = dir.open_file(name, Access::Read)? else { return Ok(None) };
    read(&mut file).map(Some).map_err(StoreError::io("read", &dir.path().join(name)))
}

/// The files of an incident that do not lie in its folder: they are on the host where they were attached, or somebody took
/// them away.
pub fn missing<'a>(folder: &Path, incident: &'a Incident) -> Vec<&'a Attachment> {
    if incident.attachments.is_empty() {
        return Vec::new();
    }
    let dir = Dir::open(&folder.join(ATTACHMENTS)).ok();
    let lies = |name| dir.as_ref().is_some_and(|dir| matches!(dir.stat(name), Ok(Some(_))));
    incident.attachments.iter().filter(|file| !file.kept_as().is_some_and(lies)).collect()
}

/// SHA-256 in hexadecimal.
pub fn hash(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Opens a file that lies elsewhere, to be read: a plain one, or a link to one. Opening waits for nobody.
///
/// # Errors
/// What it is instead, in words.
pub fn open_source(path: &Path) -> Result<(File, u64), String> {
    use std::os::unix::fs::OpenOptionsExt as _;
    // Looked at first: opening a device can already do something.
    let stat = std::fs::metadata(path).map_err(|error| told(&error))?;
    plain(&stat)?;
    // NONBLOCK: a pipe that was put there in between must not hang the program. Files do not mind.
    let flags = rustix::fs::OFlags::NONBLOCK | rustix::fs::OFlags::NOCTTY;
    let flags = i32::try_from(flags.bits()).unwrap_or_default();
    let file = File::options().read(true).custom_flags(flags).open(path).map_err(|error| told(&error))?;
    let stat = file.metadata().map_err(|error| told(&error))?;
    plain(&stat)?;
    Ok((file, stat.len()))
}

fn told(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".into(),
        _ => format!("it cannot be read: {error}"),
    }
}

fn plain(stat: &std::fs::Metadata) -> Result<(), String> {
    use std::os::unix::fs::FileTypeExt as _;
    let kind = stat.file_type();
    let what = match () {
        () if kind.is_file() => return Ok(()),
        () if kind.is_dir() => "a folder",
        () if kind.is_fifo() => "a pipe",
        () if kind.is_socket() => "a socket",
        () => "a device",
    };
    Err(format!("it is {what}, not a plain file"))
}
