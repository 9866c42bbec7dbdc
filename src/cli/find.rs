//! Which incident is meant.

use std::path::{Path, PathBuf};

use super::completing;
use super::failure::Failure;
use super::out;
use crate::config::Config;
use crate::session;
use crate::session::archive::{Archive, Kept};
use crate::store;
use crate::text::Raw;

/// The incident that a command is about.
#[derive(Debug, clap::Args)]
pub(super) struct Named {
    /// An id, an unambiguous start of one, or a folder
    #[arg(value_name = "INCIDENT", conflicts_with = "incident", add = completing::incidents())]
    named: Option<String>,
    /// The same
    #[arg(short, long, add = completing::incidents())]
    incident: Option<String>,
}

impl Named {
    /// Its folder, as [`folder`] finds it.
    pub(super) fn folder(&self, config: &Config) -> Result<PathBuf, Failure> {
        folder(self.named.as_deref().or(self.incident.as_deref()), config)
    }
}

/// How many ids are told that have in them what was given.
const NEAREST: usize = 3;

/// From this size on, in bytes, it is said that journals are being read: it takes longer than a blink.
const LARGE: u64 = 32 << 20;

/// Tells somebody who watches why it takes a moment, where the journal in this folder is long.
pub(super) fn say_if_large(folder: &Path) {
    say_reading("the journal", folder.join(store::JOURNAL).metadata().map_or(0, |journal| journal.len()));
}

fn say_reading(what: &str, bytes: u64) {
    if bytes > LARGE {
        out::aside(&format!("reading {what} ({} MiB) …", bytes >> 20));
    }
}

/// All incidents, looked at: nothing is written.
pub(super) fn glance(config: &Config) -> Result<Archive, Failure> {
    read(config, Archive::glance)
}

/// All incidents, with what was read of them kept in the index.
pub(super) fn archive(config: &Config) -> Result<Archive, Failure> {
    read(config, Archive::open)
}

fn read(
    config: &Config,
    read: fn(&Path, &dyn Fn(u64)) -> std::io::Result<Archive>,
) -> Result<Archive, Failure> {
    let large = |bytes| {
        if out::is_watched() {
            say_reading("the journals that are new", bytes);
        }
    };
    read(&config.incidents, &large).map_err(|error| {
        let message = format!("the folder {} cannot be read: {error}", config.incidents.display());
        Failure::new(message, "make it readable, or name another with --data-dir")
    })
}

/// The folder of the incident that `given` names: an id, an unambiguous start of one, or a folder. Without it:
/// `WARROOM_INCIDENT`, else the one unresolved incident, else the one written to last.
pub(super) fn folder(given: Option<&str>, config: &Config) -> Result<PathBuf, Failure> {
    match given.map(str::to_owned).or_else(from_environment) {
        Some(name) => named(&name, config),
        None => {
            let Likely { folder, why } = likely(config)?;
            if let Some(why) = why {
                out::aside(&why);
            }
            Ok(folder)
        }
    }
}

/// The same without a word, for what runs beside something else: nothing was given, and why it is that one comes along.
pub(super) fn unnamed(config: &Config) -> Result<Likely, Failure> {
    match from_environment() {
        Some(name) => named(&name, config).map(|folder| Likely { folder, why: None }),
        None => likely(config),
    }
}

/// The folder of the one incident that is open: what `WARROOM_INCIDENT` names, else the one unresolved.
pub(super) fn only_open(config: &Config) -> Option<PathBuf> {
    if let Some(name) = from_environment() {
        return named(&name, config).ok();
    }
    let archive = Archive::glance(&config.incidents, &|_| {}).ok()?;
    let mut open = archive.kept().iter().filter(|kept| kept.is_unresolved());
    open.next().filter(|_| open.next().is_none()).map(|only| only.folder.clone())
}

/// The incident that is meant where none was named.
pub(super) struct Likely {
    /// Its folder.
    pub folder: PathBuf,
    /// Why it is that one, where that has to be said; safe for a terminal.
    pub why: Option<String>,
}

/// What `WARROOM_INCIDENT` names.
pub(super) fn from_environment() -> Option<String> {
    std::env::var("WARROOM_INCIDENT").ok().filter(|name| !name.is_empty())
}

fn named(name: &str, config: &Config) -> Result<PathBuf, Failure> {
    let path = Path::new(name);
    let mut within = Vec::new();
    // An id is one name: anything that walks is a folder.
    let is_name =
        path.components().count() == 1 && !name.contains(['/', '\\']) && !matches!(name, "." | "..");
    if is_name {
        let folders = session::folders(&config.incidents).unwrap_or_default();
        let ids: Vec<String> =
            folders.iter().filter_map(|folder| folder.file_name()?.to_str().map(str::to_owned)).collect();
        if ids.iter().any(|id| id == name) {
            return Ok(config.incidents.join(name));
        }
        let mut starting: Vec<&String> =
            ids.iter().filter(|id| !name.is_empty() && id.starts_with(name)).collect();
        starting.sort();
        match starting.as_slice() {
            [only] => return Ok(config.incidents.join(only)),
            [] => {}
            several => {
                let ids: Vec<&str> = several.iter().map(|id| id.as_str()).collect();
                let hint = format!("write more of the one you mean: {}", ids.join(", "));
                return Err(Failure::new(format!("several incidents begin with {name}"), hint));
            }
        }
        within = ids.into_iter().filter(|id| !name.is_empty() && id.contains(name)).collect();
        within.sort();
    }
    if path.is_dir() {
        return Ok(path.to_owned());
    }
    let name = Raw::new(name).for_term();
    if path.exists() {
        let message = format!("{name} is a file; an incident is a folder with a {}", store::JOURNAL);
        return Err(Failure::new(message, "name the folder, or an id from `warroom list`"));
    }
    let hint = match within.as_slice() {
        [] => "`warroom list` shows all; `warroom new TITLE` starts one".to_owned(),
        several => {
            let ids = several.iter().take(NEAREST).map(|id| Raw::new(id.as_str()).for_term().to_string());
            let more = if several.len() > NEAREST { ", …" } else { "" };
            format!("an id is meant by its beginning: {}{more}", ids.collect::<Vec<_>>().join(", "))
        }
    };
    Err(Failure::new(format!("there is no incident {name}"), hint))
}

fn likely(config: &Config) -> Result<Likely, Failure> {
    let archive = glance(config)?;
    let open: Vec<&Kept> = archive.kept().iter().filter(|kept| kept.is_unresolved()).collect();
    if let [only] = open[..] {
        return Ok(Likely { folder: only.folder.clone(), why: None });
    }
    // Of equals the last, as it stands in the list.
    let last = archive.kept().iter().max_by_key(|kept| kept.written);
    let Some(last) = last else {
        return Err(Failure::new("there is no incident yet", "start one with `warroom new TITLE`"));
    };
    let why = if open.is_empty() { "none is unresolved" } else { "several are unresolved" };
    let id = last.name();
    let why = format!("{why}; taking the one written to last: {id} (name another with -i)");
    Ok(Likely { folder: last.folder.clone(), why: Some(why) })
}
