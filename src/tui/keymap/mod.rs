//! The keys: the one table of them, and what a person changed of it. The room acts by the two together, and the help and
//! the hints show what really acts.

mod acts;
mod changes;
mod chord;
mod table;

use crossterm::event::KeyEvent;

pub use acts::{Act, Edit, Move, Place, Prefill, stack};
pub use chord::{Chord, typed};
pub use table::{BINDINGS, Binding};

/// The keys that act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keymap {
    /// A row for each of [`BINDINGS`], in their order.
    rows: Vec<Row>,
}

/// A binding, and the keys that it has here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What they do, where.
    pub binding: &'static Binding,
    chords: Vec<Chord>,
}

impl Default for Keymap {
    fn default() -> Self {
        let row = |binding: &'static Binding| Row { binding, chords: binding.chords.to_vec() };
        Self { rows: BINDINGS.iter().map(row).collect() }
    }
}

impl Row {
    /// Whether its keys are not the ones it comes with.
    pub fn is_changed(&self) -> bool {
        self.chords != self.binding.chords
    }

    /// How people call the keys, empty where there are none; safe for a terminal.
    pub fn keys(&self) -> String {
        if !self.is_changed() {
            return self.binding.keys.into();
        }
        self.chords.iter().map(|chord| chord.words()).collect::<Vec<_>>().join(", ")
    }
}

impl Keymap {
    /// All rows, those without a key, too.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The rows of a place that have a key.
    pub fn acting(&self, place: Place) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(move |row| row.binding.place == place && !row.chords.is_empty())
    }

    /// What a key does in the first of these places where it does anything.
    pub fn act(&self, key: KeyEvent, places: &[Place]) -> Option<Act> {
        let chord = Chord::of(key);
        let row = self.does(chord, places).or_else(|| self.does(chord.without_shift()?, places));
        row.map(|row| row.binding.act)
    }

    fn does(&self, chord: Chord, places: &[Place]) -> Option<&Row> {
        let in_place = |place: &Place| self.acting(*place).find(|row| row.chords.contains(&chord));
        places.iter().find_map(in_place)
    }

    /// The first chord that does this in these places.
    fn chord(&self, act: Act, places: &[Place]) -> Option<Chord> {
        let rows = places.iter().flat_map(|place| self.acting(*place)).filter(|row| row.binding.act == act);
        let mut chords = rows.flat_map(|row| row.chords.iter().copied());
        chords.find(|chord| self.does(*chord, places).is_some_and(|row| row.binding.act == act))
    }

    /// How people call the first key that does this in these places; safe for a terminal.
    pub fn key(&self, act: Act, places: &[Place]) -> Option<String> {
        self.chord(act, places).map(Chord::words)
    }

    /// The keys for these, and what they are for; none where none of them has a key. Safe for a terminal.
    pub fn hint(&self, acts: &[Act], words: &str, places: &[Place]) -> Option<String> {
        let keys: Vec<String> = acts.iter().filter_map(|act| self.key(*act, places)).collect();
        (!keys.is_empty()).then(|| format!("{} {words}", keys.join(" ")))
    }

    /// The key of each of these with its word, those that have one; safe for a terminal.
    pub fn hints(&self, acts: &[(Act, &str)], places: &[Place]) -> String {
        let hints = acts.iter().filter_map(|(act, word)| self.hint(&[*act], word, places));
        hints.collect::<Vec<_>>().join(" · ")
    }

    /// How to leave, where Ctrl-C found nothing to clear.
    pub(super) fn quits(&self, places: &[Place]) -> String {
        self.hint(&[Act::Quit], "quits", places).unwrap_or_else(|| "/quit leaves".into())
    }

    /// What stands before something that a key would write into the line.
    pub(super) fn completes(&self) -> String {
        self.key(Act::Complete, stack::COMPLETION).map(|key| format!("{key}: ")).unwrap_or_default()
    }

    /// What the keys of a place write into the prompt: the first key of each, and a word for it.
    pub fn prefills(&self, place: Place) -> impl Iterator<Item = (Prefill, String)> {
        self.acting(place).filter_map(|row| {
            let Act::Prefill(prefill) = row.binding.act else { return None };
            let key = row.chords.first()?.words();
            Some((prefill, format!("{key} {}", prefill.word())))
        })
    }
}

/// All keys as the settings write them, each commented out with what it does: what stands in no file keeps its default
/// when a newer version has another one.
pub fn as_settings() -> String {
    let mut text = String::new();
    for place in Place::ALL {
        text.push_str(&format!("\n[keys.{}] # {}\n", place.name(), place.words()));
        for binding in BINDINGS.iter().filter(|binding| binding.place == place) {
            let keys: Vec<String> = binding.chords.iter().map(|chord| quoted(*chord)).collect();
            let keys = if let [only] = &keys[..] { only.clone() } else { format!("[{}]", keys.join(", ")) };
            text.push_str(&format!("# {} = {keys} # {}\n", binding.name, binding.help));
        }
    }
    text
}

fn quoted(chord: Chord) -> String {
    toml::Value::from(chord.setting()).to_string()
}
