//! Settings: plain data with defaults. Who loads them is upstairs, in `config`.

mod check;
mod keys;
mod listen;
mod share;
mod shell;
pub mod theme;

use serde::Serialize;

use crate::model::Clock;
use crate::text::Raw;

pub use check::CheckSettings;
pub use keys::{KeyRow, Written};
pub use listen::ListenSettings;
pub use share::ShareSettings;
pub use shell::ShellSettings;

/// The settings file that says what holds anyway: every setting with its default and its comment, but for the keys, which
/// have a table of their own in the room.
pub const DEFAULTS: &str = include_str!("../../assets/config.toml");

/// How many colours can be asked for.
pub const COLOURS: [&str; 5] = ["auto", "true", "256", "16", "none"];

/// What a person can set for all incidents.
///
/// One more setting is: a field here with its default below; its name and how it is read in `config/file.rs`; its lines in
/// `assets/config.toml`; and, for `warroom config`, its value in `config/mod.rs`. The tests say which of them is missing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Settings {
    /// Who makes changes; else the login name.
    pub name: Option<String>,
    /// The zone of new incidents; else the system's.
    pub zone: Option<String>,
    /// The clock style of new incidents.
    pub clock: Clock,
    /// The theme's name, or the path of a file with one.
    pub theme: String,
    /// How many colours the room uses: one of [`COLOURS`].
    pub colours: String,
    /// Whether the room is without lines and signs.
    pub plain: bool,
    /// Whether a room says what past incidents tell of what is suspected.
    pub first_guesses: bool,
    /// How long a test may take for which nobody named a time-box, in minutes; none: as long as it takes.
    pub timebox: Option<u32>,
    /// What the check looks for.
    pub check: CheckSettings,
    /// A team's own words for what it suspects, each a name with its other forms, in the order of the file.
    pub synonyms: Vec<(String, Vec<String>)>,
    /// Where alert senders are listened to.
    pub listen: ListenSettings,
    /// The server that incidents are shared over.
    pub share: ShareSettings,
    /// What the hooks of shells log.
    pub shell: ShellSettings,
    /// The keys that are not to be the defaults, in the order of the file.
    pub keys: Vec<KeyRow>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            name: None,
            zone: None,
            clock: Clock::default(),
            theme: "dark".into(),
            colours: "auto".into(),
            plain: false,
            first_guesses: true,
            timebox: Some(10),
            check: CheckSettings::default(),
            synonyms: Vec::new(),
            listen: ListenSettings::default(),
            share: ShareSettings::default(),
            shell: ShellSettings::default(),
            keys: Vec::new(),
        }
    }
}

/// Something in the settings that is not followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    /// Its line in the file, from 1.
    pub line: usize,
    /// What is wrong, and what holds instead; safe for a terminal.
    pub words: String,
}

/// A word of the file that is not known, in quotes, and the known one that was perhaps meant; safe for a terminal.
pub fn unknown<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> String {
    let distances = known.map(|known| (strsim::damerau_levenshtein(known, word), known));
    // A third of it may be wrong.
    let near = distances.min().filter(|(distance, _)| distance * 3 <= word.chars().count().max(3));
    let meant = near.map(|(_, known)| format!("; did you mean {known}?")).unwrap_or_default();
    format!("{}{meant}", quoted(word))
}

/// A word of the file in quotes; safe for a terminal.
pub fn quoted(word: &str) -> String {
    format!("\"{}\"", Raw::new(word).for_term().cut(40))
}
