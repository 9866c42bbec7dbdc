//! Loads the settings: defaults, then the file, then the environment, then flags; and says where things lie.

use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use directories::ProjectDirs;

use crate::model::{Clock, Zone};
use crate::settings::Settings;
use crate::text::Raw;

/// What the flags say; they win over everything else.
#[derive(Clone, Debug, Default)]
pub struct Flags {
    /// Where incidents lie.
    pub data_dir: Option<PathBuf>,
    /// The settings file.
    pub file: Option<PathBuf>,
    /// Who makes changes.
    pub name: Option<String>,
}

/// Where things lie, and what holds for new incidents.
#[derive(Clone, Debug)]
pub struct Config {
    /// The folder that holds a folder for each incident.
    pub incidents: PathBuf,
    /// The folder for what could not be saved.
    pub rescue: PathBuf,
    /// Who makes changes.
    pub name: Raw,
    /// The zone of new incidents.
    pub zone: Zone,
    /// The clock style of new incidents.
    pub clock: Clock,
}

/// Why the settings cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The system names no home folder.
    #[error("there is no home folder to keep incidents in")]
    NoHome,
    /// The settings file cannot be read.
    #[error("the settings file {} cannot be read: {source}", .path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The settings file makes no sense.
    #[error("the settings file {} makes no sense: {reason}", .path.display())]
    Senseless {
        /// The file.
        path: PathBuf,
        /// Why, with line and column.
        reason: String,
    },
}

impl ConfigError {
    /// What to do.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::NoHome => "name a folder with --data-dir or WARROOM_DATA_DIR",
            Self::Unreadable { .. } => {
                "name another file with --config or WARROOM_CONFIG, or make this one readable"
            }
            Self::Senseless { .. } => "it may set name, zone and clock (\"24h\" or \"12h\")",
        }
    }
}

/// Loads the settings.
///
/// # Errors
/// Where there is no home folder and none was named, or the settings file is there and makes no sense.
pub fn load(flags: &Flags) -> Result<Config, ConfigError> {
    let dirs = ProjectDirs::from("", "", "warroom");
    let home = || dirs.as_ref().ok_or(ConfigError::NoHome);
    let named = flags.data_dir.clone().or_else(|| path_from("WARROOM_DATA_DIR"));
    let data = match &named {
        Some(named) => absolute(named),
        None => home()?.data_dir().to_owned(),
    };
    // With a data folder of its own, a run leaves nothing anywhere else.
    let rescue = match (&named, &dirs) {
        (None, Some(dirs)) => dirs.state_dir().unwrap_or_else(|| dirs.data_dir()).join("rescue"),
        _ => data.join("rescue"),
    };
    let file = flags.file.clone().or_else(|| path_from("WARROOM_CONFIG"));
    let settings = match (file, &dirs) {
        (Some(file), _) => read(&file)?,
        (None, Some(dirs)) => match read(&dirs.config_dir().join("config.toml")) {
            Err(ConfigError::Unreadable { source, .. }) if source.kind() == io::ErrorKind::NotFound => {
                Settings::default()
            }
            other => other?,
        },
        (None, None) => Settings::default(),
    };
    let name = flags.name.clone().or_else(|| var("WARROOM_NAME")).or_else(|| settings.name.clone());
    let name = name.or_else(|| var("USER")).or_else(|| var("LOGNAME")).unwrap_or_else(|| "someone".into());
    Ok(Config {
        incidents: data.join("incidents"),
        rescue,
        name: Raw::new(name),
        zone: zone(&settings),
        clock: settings.clock,
    })
}

fn var(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.trim().is_empty())
}

fn path_from(name: &str) -> Option<PathBuf> {
    env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from)
}

fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

/// The first that is a zone of: the settings, `TZ`, the system. Else UTC, which is never wrong, only far away.
fn zone(settings: &Settings) -> Zone {
    // Systems say `Etc/UTC` for what everybody calls UTC.
    let plain = |name: String| if name == "Etc/UTC" { "UTC".into() } else { name };
    let system = || iana_time_zone::get_timezone().ok().map(plain);
    let tz = var("TZ").map(|tz| tz.trim_start_matches(':').to_owned());
    let named = [settings.zone.clone(), tz, system()];
    named.into_iter().flatten().find_map(|name| Zone::read(&name, None).ok()).unwrap_or_default()
}

fn read(file: &Path) -> Result<Settings, ConfigError> {
    let text = fs::read_to_string(file)
        .map_err(|source| ConfigError::Unreadable { path: file.to_owned(), source })?;
    let senseless = |reason: String| ConfigError::Senseless { path: file.to_owned(), reason };
    let settings: Settings = toml::from_str(&text).map_err(|e| senseless(e.to_string().trim().to_owned()))?;
    if let Some(zone) = &settings.zone
        && Zone::read(zone, None).is_err()
    {
        return Err(senseless(format!("no zone is called {}", Raw::new(zone).for_term())));
    }
    Ok(settings)
}
