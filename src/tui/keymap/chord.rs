//! A key with what is held down with it: as the terminal sends it, as the settings write it, as people call it.

use crokey::OneToThree;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::settings::quoted;
use crate::text::Raw;

const CTRL: KeyModifiers = KeyModifiers::CONTROL;
const ALT: KeyModifiers = KeyModifiers::ALT;
const SHIFT: KeyModifiers = KeyModifiers::SHIFT;

/// A key with what is held down with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chord {
    code: KeyCode,
    modifiers: KeyModifiers,
}

pub(super) const fn key(code: KeyCode) -> Chord {
    Chord { code, modifiers: KeyModifiers::NONE }
}

pub(super) const fn c(char: char) -> Chord {
    key(KeyCode::Char(char))
}

pub(super) const fn ctrl(char: char) -> Chord {
    ctrl_key(KeyCode::Char(char))
}

pub(super) const fn ctrl_key(code: KeyCode) -> Chord {
    Chord { code, modifiers: CTRL }
}

pub(super) const fn alt(code: KeyCode) -> Chord {
    Chord { code, modifiers: ALT }
}

/// Enter with Shift, which only some terminals tell from Enter.
pub(super) const SHIFT_ENTER: Chord = Chord { code: KeyCode::Enter, modifiers: SHIFT };

/// The character that a key types, if it types one.
pub fn typed(key: KeyEvent) -> Option<char> {
    Chord::of(key).types().then_some(key.code.as_char()).flatten()
}

impl Chord {
    /// A character tells by itself whether Shift was held, and with Ctrl case does not count.
    pub(super) fn of(key: KeyEvent) -> Self {
        // Of Enter a terminal may tell it.
        let told = if key.code == KeyCode::Enter { CTRL.union(ALT).union(SHIFT) } else { CTRL.union(ALT) };
        let modifiers = key.modifiers.intersection(told);
        let code = match key.code {
            KeyCode::Char(c) if modifiers.contains(CTRL) => KeyCode::Char(c.to_ascii_lowercase()),
            code => code,
        };
        Self { code, modifiers }
    }

    /// The same without Shift, where that was held with it.
    pub(super) fn without_shift(self) -> Option<Self> {
        let modifiers = self.modifiers.difference(SHIFT);
        self.modifiers.contains(SHIFT).then_some(Self { modifiers, ..self })
    }

    /// Whether it types a character.
    pub(super) fn types(self) -> bool {
        // The third level of a keyboard (AltGr) arrives as its character alone.
        matches!(self.code, KeyCode::Char(_)) && self.modifiers.is_empty()
    }

    /// Reads a key as the settings write it.
    ///
    /// # Errors
    /// Why it is none, or none that a terminal sends; safe for a terminal.
    pub(super) fn read(word: &str) -> Result<Self, String> {
        let shown = quoted(word);
        let none = || {
            format!("{shown} is no key; they are written like ctrl-q, alt-enter, shift-tab, pgup, f5, x or G")
        };
        // Of a character by itself crokey takes no case, and only ASCII.
        let mut chars = word.chars();
        if let (Some(char), None) = (chars.next(), chars.next()) {
            let is_seen = !Raw::new(word).is_blank();
            return if is_seen { Ok(c(char)) } else { Err(none()) };
        }
        // The help calls these two by the short names.
        let word = word.to_lowercase().replace("pgup", "pageup").replace("pgdn", "pagedown");
        let read = crokey::parse(&word).map_err(|_| none())?;
        let OneToThree::One(code) = read.codes else { return Err(none()) };
        Self::told(code, read.modifiers).map_err(|why| format!("{shown} cannot be used: {why}"))
    }

    /// The chord that a terminal tells apart from all others; else why it does not.
    fn told(code: KeyCode, held: KeyModifiers) -> Result<Self, &'static str> {
        let shift = held.contains(SHIFT);
        let modifiers = held.difference(SHIFT);
        if !CTRL.union(ALT).contains(modifiers) {
            return Err("only Ctrl, Alt and Shift count");
        }
        let ctrl = modifiers.contains(CTRL);
        match code {
            KeyCode::Tab if shift && modifiers.is_empty() => Ok(key(KeyCode::BackTab)),
            KeyCode::BackTab if modifiers.is_empty() => Ok(key(KeyCode::BackTab)),
            KeyCode::Enter if shift && modifiers.is_empty() => Ok(SHIFT_ENTER),
            KeyCode::Char('i') if ctrl => Err("terminals send Tab for it"),
            KeyCode::Char('m') if ctrl => Err("terminals send Enter for it"),
            KeyCode::Char(_) if ctrl && shift => Err("with Ctrl terminals do not tell Shift"),
            // What these four are on the keyboard are the characters from \ to _.
            KeyCode::Char('a'..='z' | ' ' | '4'..='7') if ctrl => Ok(Self { code, modifiers }),
            KeyCode::Char(_) if ctrl => Err("with Ctrl terminals send letters only"),
            KeyCode::Char('[' | 'O') if modifiers == ALT => Err("other keys begin like this"),
            KeyCode::Char(c) if shift && !c.is_alphabetic() => Err("write the character it types"),
            KeyCode::Char(_) => Ok(Self { code, modifiers }),
            _ if shift => Err("Shift counts only with a letter, Tab or Enter"),
            KeyCode::Tab | KeyCode::BackTab | KeyCode::Enter | KeyCode::Backspace if ctrl => {
                Err("terminals do not tell whether Ctrl is held")
            }
            KeyCode::BackTab => Err("only Shift counts with it"),
            KeyCode::Esc if !modifiers.is_empty() => Err("terminals do not tell what is held with Esc"),
            code => Ok(Self { code, modifiers }),
        }
    }

    /// How the settings write it: what [`Chord::read`] reads.
    pub(super) fn setting(self) -> String {
        let words = self.words();
        if self.modifiers.is_empty() && words.chars().count() == 1 { words } else { words.to_lowercase() }
    }

    /// How people call it; safe for a terminal.
    pub(super) fn words(self) -> String {
        let ctrl = if self.modifiers.contains(CTRL) { "Ctrl-" } else { "" };
        let alt = if self.modifiers.contains(ALT) { "Alt-" } else { "" };
        let shift = if self.modifiers.contains(SHIFT) { "Shift-" } else { "" };
        let key = match self.code {
            KeyCode::Char(' ') => "Space".into(),
            KeyCode::Char(c) if self.modifiers.is_empty() => Raw::new(String::from(c)).for_term().to_string(),
            KeyCode::Char(c) if c.is_uppercase() => format!("Shift-{c}"),
            KeyCode::Char(c) => c.to_ascii_uppercase().to_string(),
            KeyCode::BackTab => "Shift-Tab".into(),
            KeyCode::PageUp => "PgUp".into(),
            KeyCode::PageDown => "PgDn".into(),
            KeyCode::F(n) => format!("F{n}"),
            // The others are called what they are.
            code => format!("{code:?}"),
        };
        format!("{ctrl}{alt}{shift}{key}")
    }
}
