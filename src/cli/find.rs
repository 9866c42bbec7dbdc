//! Which incident is meant.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::failure::Failure;
use super::out;
use crate::config::Config;
use crate::model::Incident;
use crate::session;
use crate::store;
use crate::text::Raw;

/// An incident that was found.
#[derive(Debug)]
pub(super) struct Found {
    pub folder: PathBuf,
    /// What it holds, or why it cannot be read.
    pub incident: Result<Incident, String>,
    /// When it was written last.
    pub written: Option<SystemTime>,
}

/// All incidents, the newest id first.
pub(super) fn all(config: &Config) -> Result<Vec<Found>, Failure> {
    let entries = match fs::read_dir(&config.incidents) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => {
            let message = format!("the folder {} cannot be read: {error}", config.incidents.display());
            return Err(Failure::new(message, "make it readable, or name another with --data-dir"));
        }
    };
    let mut folders: Vec<PathBuf> = entries.flatten().map(|e| e.path()).filter(|p| is_listed(p)).collect();
    folders.sort_by(|a, b| b.cmp(a));
    let found = |folder: PathBuf| Found {
        incident: session::peek(&folder, None).map(|p| p.incident).map_err(|e| e.to_string()),
        written: fs::metadata(folder.join(store::JOURNAL)).and_then(|m| m.modified()).ok(),
        folder,
    };
    Ok(folders.into_iter().map(found).collect())
}

/// An incident's folder; one with a dot is an incident that was never finished being created.
fn is_listed(folder: &Path) -> bool {
    let hidden = folder.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
    !hidden && store::is_incident(folder)
}

/// The incidents that are not over.
pub(super) fn unresolved(config: &Config) -> Result<Vec<Found>, Failure> {
    let mut found = all(config)?;
    found.retain(|f| f.incident.as_ref().is_ok_and(|i| !i.status.is_over()));
    Ok(found)
}

/// The folder of the incident that `given` names: an id, an unambiguous start of one, or a folder. Without it:
/// `WARROOM_INCIDENT`, else the one unresolved incident, else the one written to last.
pub(super) fn folder(given: Option<&str>, config: &Config) -> Result<PathBuf, Failure> {
    let from_env = std::env::var("WARROOM_INCIDENT").ok().filter(|name| !name.is_empty());
    match given.map(str::to_owned).or(from_env) {
        Some(name) => named(&name, config),
        None => likely(config),
    }
}

fn named(name: &str, config: &Config) -> Result<PathBuf, Failure> {
    let path = Path::new(name);
    // An id is one name: anything that walks is a folder.
    let is_name =
        path.components().count() == 1 && !name.contains(['/', '\\']) && !matches!(name, "." | "..");
    if is_name {
        let ids: Vec<String> = match fs::read_dir(&config.incidents) {
            Ok(entries) => {
                let folders = entries.flatten().filter(|e| is_listed(&e.path()));
                folders.filter_map(|e| e.file_name().into_string().ok()).collect()
            }
            Err(_) => Vec::new(),
        };
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
    }
    if path.is_dir() {
        return Ok(path.to_owned());
    }
    let name = Raw::new(name).for_term();
    if path.exists() {
        let message = format!("{name} is a file; an incident is a folder with a {}", store::JOURNAL);
        return Err(Failure::new(message, "name the folder, or an id from `warroom list`"));
    }
    Err(Failure::new(
        format!("there is no incident {name}"),
        "`warroom list` shows all; `warroom new TITLE` starts one",
    ))
}

fn likely(config: &Config) -> Result<PathBuf, Failure> {
    let mut found = all(config)?;
    let mut open: Vec<usize> = Vec::new();
    for (at, f) in found.iter().enumerate() {
        if f.incident.as_ref().is_ok_and(|i| !i.status.is_over()) {
            open.push(at);
        }
    }
    if let [only] = open[..] {
        return Ok(found.swap_remove(only).folder);
    }
    let last = found.into_iter().max_by_key(|f| f.written);
    let Some(last) = last else {
        return Err(Failure::new("there is no incident yet", "start one with `warroom new TITLE`"));
    };
    let id = last.folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let why = if open.is_empty() { "none is unresolved" } else { "several are unresolved" };
    out::aside(&format!("{why}; taking the one written to last: {id} (name another with -i)"));
    Ok(last.folder)
}
