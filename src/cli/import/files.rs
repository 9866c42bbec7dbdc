//! Which documents are meant: files, folders of them, standard input.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use crate::import::{LARGEST, TooLarge};
use crate::text::{Raw, TermText};
use crate::{export, session, store};

/// What documents are called.
const KINDS: [&str; 5] = ["md", "markdown", "txt", "html", "htm"];

/// What reads a document, or why it cannot be.
type Read = Result<Box<dyn Fn() -> Result<Vec<u8>, String>>, String>;

/// A document.
pub(super) struct File {
    /// Its name without its folders.
    pub name: Raw,
    /// Where it is.
    path: PathBuf,
    /// Whether it was named itself, and does not merely lie in a folder that was.
    pub named: bool,
    /// What is in it.
    pub bytes: Read,
    /// The folder of the incident that it is, where it is one of ours.
    pub incident: Option<PathBuf>,
}

impl File {
    fn new(path: &Path, named: bool) -> Self {
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        let from = path.to_owned();
        let bytes: Read = Ok(Box::new(move || file(&from)));
        Self { name: name.into(), path: path.to_owned(), named, bytes, incident: None }
    }

    /// An incident of ours, which is read as everywhere else, and not only what its files have in them.
    fn of_incident(folder: &Path, named: bool) -> Self {
        let from = folder.to_owned();
        let bytes: Read = Ok(Box::new(move || {
            let peeked = session::peek(&from, None).map_err(|error| error.to_string())?;
            export::json::render(&peeked.incident).map(String::into_bytes).map_err(|error| error.to_string())
        }));
        Self { bytes, incident: Some(folder.to_owned()), ..Self::new(folder, named) }
    }

    /// What it is called on a terminal.
    pub(super) fn shown(&self) -> TermText {
        Raw::new(self.path.to_string_lossy()).for_term()
    }
}

/// The documents that are meant, each once, those of a folder in the order of their paths.
pub(super) fn below(named: &[PathBuf]) -> (Vec<File>, LeftOut) {
    let mut files: Vec<File> = Vec::new();
    let mut left_out = LeftOut::default();
    for path in named {
        if path.as_os_str() == "-" {
            files.push(File { bytes: Ok(Box::new(stdin)), ..File::new(path, true) });
        } else if let Some(folder) = incident(path) {
            files.push(File::of_incident(&folder, true));
        } else if path.is_dir() {
            walk(path, &mut files, &mut left_out);
        } else {
            files.push(File::new(path, true));
        }
    }
    (files, left_out)
}

/// How many files of which kinds lie in the folders and are no documents that can be read.
#[derive(Default)]
pub(super) struct LeftOut(BTreeMap<String, usize>);

impl LeftOut {
    fn add(&mut self, path: &Path) {
        let kind = path.extension().map(|kind| format!(".{}", kind.to_string_lossy().to_lowercase()));
        *self.0.entry(kind.unwrap_or_else(|| "no ending".to_owned())).or_default() += 1;
    }

    /// "left out 3 files: 2 .docx, 1 .pdf"; nothing where none was.
    pub(super) fn shown(&self) -> Option<TermText> {
        let all: usize = self.0.values().sum();
        let kinds: Vec<String> =
            self.0.iter().take(8).map(|(kind, count)| format!("{count} {kind}")).collect();
        let more = if self.0.len() > kinds.len() { ", …" } else { "" };
        let files = if all == 1 { "file" } else { "files" };
        (all > 0).then(|| {
            Raw::new(format!("left out {all} {files} of other kinds: {}{more}", kinds.join(", "))).for_term()
        })
    }
}

/// The folder of the incident that is named: by itself, or by its journal.
fn incident(path: &Path) -> Option<PathBuf> {
    let is_journal = path.file_name().is_some_and(|name| name == store::JOURNAL);
    let folder = if is_journal { path.canonicalize().ok()?.parent()?.to_owned() } else { path.to_owned() };
    folder.join(store::JOURNAL).is_file().then_some(folder)
}

/// All documents of a folder and of those in it. Links are not followed: they may lead in a circle.
fn walk(root: &Path, files: &mut Vec<File>, left_out: &mut LeftOut) {
    let mut folders = vec![root.to_owned()];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) => {
                found.push(File { bytes: Err(error.to_string()), ..File::new(&folder, false) });
                continue;
            }
        };
        for path in entries.flatten().map(|entry| entry.path()) {
            let Ok(kind) = fs::symlink_metadata(&path).map(|data| data.file_type()) else { continue };
            let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
            if kind.is_dir() && !hidden {
                match incident(&path) {
                    Some(folder) => found.push(File::of_incident(&folder, false)),
                    None => folders.push(path),
                }
            } else if kind.is_file() && is_document(&path) && !hidden {
                found.push(File::new(&path, false));
            } else if kind.is_file() && !hidden {
                left_out.add(&path);
            }
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    files.append(&mut found);
}

fn is_document(path: &Path) -> bool {
    let kind = path.extension().map(|kind| kind.to_string_lossy().to_lowercase());
    kind.is_some_and(|kind| KINDS.contains(&kind.as_str()))
}

fn file(path: &Path) -> Result<Vec<u8>, String> {
    let file = fs::File::open(path).map_err(|error| error.to_string())?;
    let length = file.metadata().map_or(0, |data| data.len());
    // Longer than is read at all: it need not fill the memory first.
    if usize::try_from(length).is_ok_and(|size| size > LARGEST) {
        return Err(TooLarge { size: usize::try_from(length).unwrap_or(usize::MAX) }.to_string());
    }
    read(file)
}

fn stdin() -> Result<Vec<u8>, String> {
    read(io::stdin().lock())
}

fn read(from: impl io::Read) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    from.take(LARGEST as u64 + 1).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
    Ok(bytes)
}
