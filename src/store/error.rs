//! What can go wrong with a folder on disk: what happened, and what to do.

use std::io;
use std::path::{Path, PathBuf};

use rustix::io::Errno;

use crate::text::{Raw, TermText};

/// Why a folder or a file of it cannot be used. The text says what happened and what to do, and is safe to print.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The incident could not be read to its end, by a fault of this program.
    #[error("an error in warroom: it could not be read to its end; nothing of it was changed")]
    Broken,
    /// The name is taken.
    #[error("{} is there already: choose another name", shown(.0))]
    Exists(PathBuf),
    /// A folder that was to become an incident's holds something.
    #[error("{} is not empty: choose an empty folder, or one that does not exist", shown(.0))]
    NotEmpty(PathBuf),
    /// No name that one folder can have.
    #[error("\"{}\" cannot be the name of a folder: choose one without '/'", Raw::new(.0.as_str()).for_term())]
    Name(String),
    /// There is no such folder.
    #[error("there is no folder {}: check the name, or `warroom list`", shown(.0))]
    NoFolder(PathBuf),
    /// A folder with neither journal nor snapshot.
    #[error("no journal here: {} is not the folder of an incident{}", shown(folder), also(snapshot.as_deref()))]
    NoJournal {
        /// The folder.
        folder: PathBuf,
        /// Why its snapshot is of no use, where it has one.
        snapshot: Option<String>,
    },
    /// A journal without one line that is a record, and no snapshot that could stand in.
    #[error("{} is no journal: none of its lines is a record{}; put a copy back, it was left as it is", shown(path), also(snapshot.as_deref()))]
    NotAJournal {
        /// The file.
        path: PathBuf,
        /// Why its snapshot is of no use, where it has one.
        snapshot: Option<String>,
    },
    /// Something stands there that will not be opened.
    #[error("{} is {why}: it was not opened", shown(path))]
    Refused {
        /// What.
        path: PathBuf,
        /// What it is, or what is wrong with it.
        why: &'static str,
    },
    /// The system refused.
    #[error("cannot {what} {}: {source}{}", shown(path), hint(source))]
    Io {
        /// What was tried: "read", "create".
        what: &'static str,
        /// On what.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl StoreError {
    /// Of what was tried on a path, for `map_err`.
    pub(super) fn io<E: Into<io::Error>>(what: &'static str, path: &Path) -> impl FnOnce(E) -> Self {
        move |source| Self::Io { what, path: path.to_path_buf(), source: source.into() }
    }

    /// What the system said, where it was the system.
    pub fn source_io(&self) -> Option<&io::Error> {
        match self {
            Self::Io { source, .. } => Some(source),
            _ => None,
        }
    }
}

fn shown(path: &Path) -> TermText {
    Raw::new(path.to_string_lossy()).for_term()
}

fn also(snapshot: Option<&str>) -> String {
    snapshot.map_or_else(String::new, |why| format!(", and its incident.json cannot stand in ({why})"))
}

fn hint(source: &io::Error) -> &'static str {
    match Errno::from_io_error(source) {
        Some(Errno::ACCESS | Errno::PERM) => " (check whose it is and its mode)",
        Some(Errno::NOSPC | Errno::DQUOT | Errno::FBIG) => " (make room and try again)",
        Some(Errno::ROFS) => " (choose a folder on a disk that can be written to)",
        _ => "",
    }
}

/// The words for a person whose entry could not be written.
pub(super) fn reason(error: &io::Error) -> String {
    match Errno::from_io_error(error) {
        Some(Errno::NOSPC | Errno::DQUOT | Errno::FBIG) => "disk full".to_owned(),
        Some(Errno::ROFS) => "the file system is read-only".to_owned(),
        Some(Errno::ACCESS | Errno::PERM) => "no permission to write the journal".to_owned(),
        _ => format!("the journal cannot be written: {error}"),
    }
}

/// What that person can do about it.
pub(super) fn advice(error: &io::Error) -> &'static str {
    match Errno::from_io_error(error) {
        Some(Errno::NOSPC | Errno::DQUOT | Errno::FBIG) => "make room on that disk",
        Some(Errno::ROFS) => "see why it was made read-only (`dmesg`), and mount it writable again",
        Some(Errno::ACCESS | Errno::PERM) => "give yourself the right to write there",
        Some(Errno::MFILE | Errno::NFILE) => "end programs that hold many files open",
        _ => "look after that disk (`dmesg`)",
    }
}
