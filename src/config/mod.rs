//! Loads the settings: defaults, then the file, then the environment, then flags; and says where things lie, where each
//! value comes from, and what of the file is not followed.

pub mod file;
mod share;
mod theme;

use std::env;
use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use directories::ProjectDirs;
use nix::unistd::{User, getuid};

use crate::archive::Subjects;
use crate::model::{Clock, Shared, Zone};
use crate::session::attach::located;
use crate::settings::theme::Theme;
use crate::settings::{
    CheckSettings, Complaint, KeyRow, ListenSettings, Settings, ShareSettings, ShellSettings,
};
use crate::text::Raw;
use crate::tui::keymap::Keymap;
use crate::tui::{Depth, Look};

/// The most bytes that a settings file has; what is longer is something else.
const LONGEST: u64 = 1 << 20;

/// The most rows that a room has for what is wrong in the settings.
const TOLD: usize = 3;

/// How much of a name that makes no sense is shown, in columns.
const SHOWN: usize = 60;

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

/// Where a value comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Nobody set it.
    Default,
    /// The system has it so.
    System,
    /// The settings file, at this line.
    File(usize),
    /// This variable of the environment.
    Environment(&'static str),
    /// This flag.
    Flag(&'static str),
}

/// A setting, what holds for it, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// Its name in the settings file.
    pub name: &'static str,
    /// Its value.
    pub value: Raw,
    /// Where that comes from.
    pub origin: Origin,
}

/// Where things lie, and what holds for new incidents and in their rooms.
#[derive(Clone, Debug)]
pub struct Config {
    /// The settings file, and why it is that one; it need not be there. None where there is no home folder.
    pub file: Option<(PathBuf, Origin)>,
    /// The folder that holds a folder for each incident.
    pub incidents: PathBuf,
    /// The folder for what could not be saved.
    pub rescue: PathBuf,
    /// The file that knows which reports were written where.
    pub exports: PathBuf,
    /// Who makes changes.
    pub name: Raw,
    /// The zone of new incidents.
    pub zone: Zone,
    /// The clock style of new incidents.
    pub clock: Clock,
    /// What the room looks like: the theme, on as many colours as were asked for or the terminal has.
    pub look: Look,
    /// The keys of the room.
    pub keys: Keymap,
    /// What the file says about keys.
    pub key_rows: Vec<KeyRow>,
    /// Whether a room says what past incidents tell of what is suspected.
    pub first_guesses: bool,
    /// How long a test may take for which nobody named a time-box, in minutes.
    pub timebox: Option<u32>,
    /// What the check looks for.
    pub check: CheckSettings,
    /// Where alert senders are listened to.
    pub listen: ListenSettings,
    /// The file with the tokens that they have to know.
    pub token_file: Option<PathBuf>,
    /// Where incidents are shared, but for their names; no server where none is set.
    pub share: Shared,
    /// What is taken for the same suspicion.
    pub subjects: Subjects,
    /// What the hooks of shells log.
    pub shell: ShellSettings,
    /// What holds and why: the folder of the incidents, then each setting but the keys.
    pub held: Vec<Held>,
    /// What of the settings is not followed, but for the keys; safe for a terminal.
    pub wrong: Vec<String>,
    /// What of the keys is not followed, or has to be known; safe for a terminal.
    pub wrong_keys: Vec<String>,
}

/// Why the settings cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The system names no home folder.
    #[error("there is no home folder to keep incidents in")]
    NoHome,
}

impl ConfigError {
    /// What to do.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::NoHome => "name a folder with --data-dir or WARROOM_DATA_DIR",
        }
    }
}

impl Config {
    /// What is told in a room of what is wrong in the settings: not more than there is space for; safe for a terminal.
    pub fn notices(&self) -> Vec<String> {
        let mut all: Vec<String> = self.wrong.iter().chain(&self.wrong_keys).cloned().collect();
        if all.len() > TOLD {
            let more = all.split_off(TOLD - 1).len();
            all.push(format!("{more} more in the settings: `warroom config` says all"));
        }
        all
    }
}

/// Loads the settings. A file that makes no sense keeps nobody from opening a room: the defaults hold, and it is said.
///
/// # Errors
/// Where there is no home folder and none was named.
pub fn load(flags: &Flags) -> Result<Config, ConfigError> {
    let dirs = project_dirs();
    let home = || dirs.as_ref().ok_or(ConfigError::NoHome);
    let (data, data_origin) = match named(flags.data_dir.as_deref(), "--data-dir", "WARROOM_DATA_DIR") {
        Some((named, origin)) => (absolute(&named), origin),
        None => (home()?.data_dir().to_owned(), Origin::Default),
    };
    // With a data folder of its own, a run leaves nothing anywhere else.
    let state = match (data_origin, &dirs) {
        (Origin::Default, Some(dirs)) => dirs.state_dir().unwrap_or_else(|| dirs.data_dir()).to_owned(),
        _ => data.clone(),
    };
    let file = path(flags, dirs.as_ref());
    let (read, unread) = file.as_ref().map(|(path, origin)| read(path, *origin)).unwrap_or_default();
    let file::Read { settings, lines, complaints } = read;
    let place = file.as_ref().map(|(path, _)| shown_name(path)).unwrap_or_default();
    let told = |all: Vec<Complaint>| {
        all.into_iter()
            .map(|Complaint { line, words }| format!("{place}:{line}: {words}"))
            .collect::<Vec<_>>()
    };
    // Relative to the settings file, as a theme is.
    let start = file.as_ref().and_then(|(path, _)| path.parent()).unwrap_or(Path::new("."));
    let (keys, wrong_keys) = Keymap::of(&settings.keys);
    let theme = theme::load(&settings.theme, file.as_ref().map(|(path, _)| path.as_path()));
    let line = lines.get("theme").copied().unwrap_or_default();
    let wrong_theme = told(
        theme.as_ref().err().map(|words| Complaint { line, words: words.clone() }).into_iter().collect(),
    );
    let theme = theme.ok().or_else(|| Theme::named("dark")).unwrap_or_default();
    let look = Look::new(&theme, Depth::of(&settings.colours, |name| env::var(name).ok()));
    let look = if settings.plain { look.in_words() } else { look };
    let set = |name: &str| lines.get(name).map(|line| Origin::File(*line));
    let (name, name_origin) = name(flags, &settings, set("name"));
    let (zone, zone_origin, unknown_zone) = zone(&settings, set("zone"));
    let incidents = data.join("incidents");
    let held = |name, value: &str, origin| Held { name, value: Raw::new(value), origin };
    let plain = |name, value: &str| held(name, value, set(name).unwrap_or(Origin::Default));
    let clock = match settings.clock {
        Clock::H24 => "24h",
        Clock::H12 => "12h",
    };
    Ok(Config {
        held: vec![
            held("incidents", &incidents.to_string_lossy(), data_origin),
            held("name", &name, name_origin),
            held("zone", zone.name(), zone_origin),
            plain("clock", clock),
            plain("theme", &settings.theme),
            plain("colours", &settings.colours),
            plain("plain", if settings.plain { "true" } else { "false" }),
            plain("first_guesses", if settings.first_guesses { "true" } else { "false" }),
            plain(
                "timebox",
                &settings.timebox.map_or_else(|| "none".into(), |minutes| format!("{minutes}m")),
            ),
            plain("check", &words(&settings.check)),
            plain("synonyms", &synonyms(&settings.synonyms)),
            plain("listen", &listener(&settings.listen)),
            plain("share", &sharing(&settings.share)),
            plain("shell", &format!("ignore = {:?}", settings.shell.ignore)),
        ],
        token_file: settings.listen.token_file.as_ref().map(|path| located(&Raw::new(path.as_str()), start)),
        listen: settings.listen,
        share: shared(&settings.share, start),
        file,
        incidents,
        rescue: state.join("rescue"),
        exports: state.join("exports.json"),
        name: Raw::new(name),
        zone,
        clock: settings.clock,
        look,
        keys,
        key_rows: settings.keys,
        first_guesses: settings.first_guesses,
        timebox: settings.timebox,
        check: settings.check,
        shell: settings.shell,
        subjects: Subjects::new(&settings.synonyms),
        wrong: unread.into_iter().chain(told(complaints)).chain(wrong_theme).chain(unknown_zone).collect(),
        wrong_keys: told(wrong_keys),
    })
}

/// What the check looks for, as the settings file would have it.
fn words(check: &CheckSettings) -> String {
    let CheckSettings { off, acronyms_known, brief_words: (least, most) } = check;
    format!("off = {off:?}, acronyms_known = {acronyms_known:?}, brief_words = [{least}, {most}]")
}

/// How it listens, as the settings file would have it.
fn listener(listen: &ListenSettings) -> String {
    let ListenSettings { bind, token_file, room } = listen;
    let file = token_file.as_ref().map_or(String::new(), |file| format!("token_file = {file:?}, "));
    format!("bind = \"{bind}\", {file}room = {room}")
}

/// Over what it shares, as the settings file would have it.
fn sharing(share: &ShareSettings) -> String {
    let ShareSettings { server, credentials, ca, replicas } = share;
    let text = |name: &str, value: &Option<String>| value.as_ref().map(|value| format!("{name} = {value:?}"));
    let server = server.as_deref().map(crate::share::shown);
    let all = [text("server", &server), text("credentials", credentials), text("ca", ca)];
    let replicas = replicas.map(|many| format!("replicas = {many}"));
    let all: Vec<String> = all.into_iter().flatten().chain(replicas).collect();
    if all.is_empty() { "no server".to_owned() } else { all.join(", ") }
}

/// Where incidents are shared; files relative to the settings file.
fn shared(share: &ShareSettings, start: &Path) -> Shared {
    let file = |path: &Option<String>| path.as_ref().map(|path| located(&Raw::new(path.as_str()), start));
    Shared {
        server: share.server.clone().unwrap_or_default(),
        credentials: file(&share.credentials),
        ca: file(&share.ca),
        replicas: share.replicas.map(usize::from),
        ..Shared::default()
    }
}

/// A team's own words, as the settings file would have them.
fn synonyms(all: &[(String, Vec<String>)]) -> String {
    let each = |(name, forms): &(String, Vec<String>)| format!("{name:?} = {forms:?}");
    all.iter().map(each).collect::<Vec<_>>().join(", ")
}

/// The folders below the home folder. A home that depends on where the program is started would be another each time.
fn project_dirs() -> Option<ProjectDirs> {
    ProjectDirs::from("", "", "warroom").filter(|dirs| dirs.data_dir().is_absolute())
}

/// The settings file, whether it is there or not.
///
/// # Errors
/// Where there is no home folder and no file was named.
pub fn file_path(flags: &Flags) -> Result<PathBuf, ConfigError> {
    let dirs = project_dirs();
    path(flags, dirs.as_ref()).map(|(path, _)| path).ok_or(ConfigError::NoHome)
}

fn path(flags: &Flags, dirs: Option<&ProjectDirs>) -> Option<(PathBuf, Origin)> {
    let named = named(flags.file.as_deref(), "--config", "WARROOM_CONFIG");
    named.or_else(|| Some((dirs?.config_dir().join("config.toml"), Origin::Default)))
}

/// What a flag says, else what the environment does.
fn named(flag: Option<&Path>, name: &'static str, variable: &'static str) -> Option<(PathBuf, Origin)> {
    let of_flag = flag.map(|path| (path.to_owned(), Origin::Flag(name)));
    let of_environment = || env::var_os(variable).filter(|value| !value.is_empty());
    of_flag.or_else(|| of_environment().map(|value| (PathBuf::from(value), Origin::Environment(variable))))
}

fn var(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.trim().is_empty())
}

fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

/// How complaints call the file; safe for a terminal.
fn shown_name(path: &Path) -> String {
    Raw::new(path.file_name().unwrap_or(path.as_os_str()).to_string_lossy()).for_term().to_string()
}

/// Who makes changes: the flag, the environment, the file, the login name, or as the system knows whose process this is.
fn name(flags: &Flags, settings: &Settings, set: Option<Origin>) -> (String, Origin) {
    let of = |variable: &'static str| var(variable).map(|name| (name, Origin::Environment(variable)));
    let flag = flags.name.clone().map(|name| (name, Origin::Flag("--as")));
    let file = || settings.name.clone().zip(set);
    let known = || Some((User::from_uid(getuid()).ok()??.name, Origin::System));
    let found =
        flag.or_else(|| of("WARROOM_NAME")).or_else(file).or_else(|| of("USER")).or_else(|| of("LOGNAME"));
    found.or_else(known).unwrap_or_else(|| ("someone".into(), Origin::Default))
}

/// The first that is a zone of: the settings, `TZ`, the system. Else UTC, which is never wrong, only far away. Last what is
/// to be said where `TZ` was meant to count and is none; safe for a terminal.
fn zone(settings: &Settings, set: Option<Origin>) -> (Zone, Origin, Option<String>) {
    // Systems say `Etc/UTC` for what everybody calls UTC.
    let plain = |name: String| if name == "Etc/UTC" { "UTC".into() } else { name };
    let read = |name: String| Zone::read(&name, None).ok();
    if let Some(zone) = settings.zone.clone().and_then(read) {
        return (zone, set.unwrap_or(Origin::Default), None);
    }
    let tz = var("TZ").map(|tz| tz.trim_start_matches(':').to_owned());
    if let Some(zone) = tz.clone().and_then(read) {
        return (zone, Origin::Environment("TZ"), None);
    }
    let system = iana_time_zone::get_timezone().ok().map(plain).and_then(read);
    let (zone, origin) = system.map_or((Zone::default(), Origin::Default), |zone| (zone, Origin::System));
    // A path is the system's own zone, as a rule.
    let unknown = tz.filter(|tz| !tz.is_empty() && !tz.starts_with('/')).map(|tz| {
        let tz = Raw::new(tz).for_term().cut(SHOWN);
        format!("no zone is called {tz}, as TZ has it: times are in {}", zone.name())
    });
    (zone, origin, unknown)
}

/// Reads the settings file; else says why it counts for nothing. That nobody has written one yet is as it should be.
fn read(path: &Path, origin: Origin) -> (file::Read, Option<String>) {
    match text(path) {
        Ok(text) => (file::read(&text), None),
        Err(error) if error.kind() == io::ErrorKind::NotFound && origin == Origin::Default => {
            Default::default()
        }
        Err(error) => {
            let path = Raw::new(path.to_string_lossy()).for_term();
            let words = format!("the settings file {path} cannot be read, and counts for nothing: {error}");
            (file::Read::default(), Some(words))
        }
    }
}

fn text(path: &Path) -> io::Result<String> {
    let mut bytes = Vec::new();
    File::open(path)?.take(LONGEST + 1).read_to_end(&mut bytes)?;
    if u64::try_from(bytes.len()).is_ok_and(|length| length > LONGEST) {
        return Err(io::Error::other("it is too long for one"));
    }
    String::from_utf8(bytes).map_err(|_| io::Error::other("it is no text in UTF-8"))
}
