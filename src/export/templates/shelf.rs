//! Where templates come from: those of this program, and own ones from the settings folder or by path.

use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

/// The most bytes that are read of a file; the engine refuses far less.
const LONGEST: u64 = 1 << 20;

/// A template of this program.
pub struct BuiltIn {
    /// Its name.
    pub name: &'static str,
    /// What it is for, in one line.
    pub about: &'static str,
    /// Its text.
    pub source: &'static str,
}

macro_rules! built_in {
    ($($name:literal: $about:literal;)*) => {
        &[$(BuiltIn {
            name: $name,
            about: $about,
            source: include_str!(concat!("../../../assets/templates/", $name, ".md")),
        },)*]
    };
}

/// The templates of this program.
pub const BUILT_IN: &[BuiltIn] = built_in! {
    "default": "all that is known, with the misleading paths and what they cost";
    "google-sre": "the postmortem of the book Site Reliability Engineering, appendix D";
    "pagerduty": "the postmortem of PagerDuty's incident response guide";
    "atlassian": "the postmortem of Atlassian's incident management handbook";
    "kehoe": "Michael Kehoe's postmortem: summary table, timing, open questions";
    "status-update": "where it stands, for colleagues: severity, suspicions, who does what";
    "status-update-public": "where it stands, for the public: no names, no causes";
    "handoff": "for whoever takes over: what is suspected, what is ruled out, what comes next";
    "brief": "one page: impact, the key events, cause, fix, actions";
};

/// Where a template lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// In this program.
    BuiltIn,
    /// In this file.
    File(PathBuf),
}

/// A template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// Its name.
    pub name: String,
    /// Where it lies.
    pub origin: Origin,
    /// Its text.
    pub source: String,
}

/// Why there is no such template.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// No file, and no name.
    #[error("there is no template `{0}`")]
    Unknown(String),
    /// It cannot be read.
    #[error("the template {} cannot be read: {why}", path.display())]
    Unreadable {
        /// Which file.
        path: PathBuf,
        /// Why.
        why: io::Error,
    },
}

/// The template of this name, an own one before one of this program; else the file at this path.
///
/// # Errors
/// Where there is none, or it cannot be read.
pub fn find(wanted: &str, folder: Option<&Path>) -> Result<Template, LoadError> {
    let is_name = !wanted.is_empty() && wanted.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
    if is_name {
        let own = folder.map(|folder| folder.join(format!("{wanted}.md")));
        if let Some(own) = own.filter(|own| fs::symlink_metadata(own).is_ok()) {
            return read(wanted, own);
        }
        if let Some(built_in) = BUILT_IN.iter().find(|built_in| built_in.name == wanted) {
            let source = built_in.source.to_owned();
            return Ok(Template { name: wanted.into(), origin: Origin::BuiltIn, source });
        }
    }
    let path = PathBuf::from(wanted);
    if fs::metadata(&path).is_err() {
        return Err(LoadError::Unknown(wanted.into()));
    }
    read(wanted, path)
}

/// The names of own templates and their files, in order.
pub fn list(folder: &Path) -> Vec<(String, PathBuf)> {
    let files = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let named = files.filter_map(|path| {
        let name = path.extension().filter(|e| *e == "md").and(path.file_stem())?.to_str()?.to_owned();
        Some((name, path))
    });
    let mut own: Vec<_> = named.collect();
    own.sort();
    own
}

fn read(name: &str, path: PathBuf) -> Result<Template, LoadError> {
    match read_text(&path) {
        Ok(source) => Ok(Template { name: name.into(), origin: Origin::File(path), source }),
        Err(why) => Err(LoadError::Unreadable { path, why }),
    }
}

fn read_text(path: &Path) -> io::Result<String> {
    // Asked before it is opened: opening a pipe waits for whoever writes to it.
    if !fs::metadata(path)?.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is not a plain file"));
    }
    let mut text = String::new();
    fs::File::open(path)?.take(LONGEST).read_to_string(&mut text)?;
    Ok(text)
}
