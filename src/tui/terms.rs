//! What can be known of a terminal without asking it: from the environment, and from the system.

use std::io::{self, IsTerminal as _};

use super::Depth;

/// The variables that name the locale of texts, the one that wins first.
const LOCALE: [&str; 3] = ["LC_ALL", "LC_CTYPE", "LANG"];

/// What lies between this program and the terminal that a person looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Between {
    /// Nothing.
    Nothing,
    /// tmux.
    Tmux,
    /// GNU screen.
    Screen,
}

/// What is known of a terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    /// `TERM`; empty where it is not set.
    pub term: String,
    /// The name that the terminal gives itself (`TERM_PROGRAM`).
    pub program: Option<String>,
    /// How many colours are used.
    pub depth: Depth,
    /// The variable that names the locale, and the locale.
    pub locale: Option<(&'static str, String)>,
    /// What lies between.
    pub between: Between,
    /// Columns and rows; none where standard output is no terminal.
    pub size: Option<(u16, u16)>,
}

impl Terms {
    /// What the environment and the system tell; `colours` is what is set for them.
    pub fn of(colours: &str, environment: impl Fn(&str) -> Option<String>) -> Self {
        let told = |name: &str| environment(name).filter(|value| !value.is_empty());
        let term = told("TERM").unwrap_or_default();
        let between = if told("TMUX").is_some() {
            Between::Tmux
        } else if told("STY").is_some() {
            Between::Screen
        } else {
            Between::Nothing
        };
        Self {
            depth: Depth::of(colours, told),
            program: told("TERM_PROGRAM"),
            locale: LOCALE.iter().find_map(|name| Some((*name, told(name)?))),
            between,
            term,
            size: io::stdout().is_terminal().then(crossterm::terminal::size).and_then(Result::ok),
        }
    }

    /// Whether the locale is one of UTF-8: otherwise marks and names may come out as something else.
    pub fn is_utf8(&self) -> bool {
        let utf8 = |(_, locale): &(_, String)| {
            let locale = locale.to_ascii_lowercase();
            locale.contains("utf-8") || locale.contains("utf8")
        };
        self.locale.as_ref().is_some_and(utf8)
    }

    /// Whether pasted text can be told from typed text there: by all but the simplest terminals.
    pub fn tells_pastes(&self) -> bool {
        !matches!(self.term.as_str(), "" | "dumb" | "linux") && !self.term.starts_with("vt")
    }

    /// Whether the terminal is one of those that may tell keys apart which others send as one (kitty's keyboard protocol), and
    /// that answer when they are asked. What lies between would answer for itself.
    pub fn may_tell_keys_apart(&self) -> bool {
        const TERMS: [&str; 7] = ["kitty", "ghostty", "foot", "alacritty", "wezterm", "rio", "contour"];
        const PROGRAMS: [&str; 4] = ["ghostty", "WezTerm", "iTerm.app", "rio"];
        let names_itself = TERMS.iter().any(|name| self.term.contains(name))
            || self.program.as_deref().is_some_and(|program| PROGRAMS.contains(&program));
        self.between == Between::Nothing && names_itself
    }

    /// Whether the terminal is known not to take a text for the clipboard (OSC 52).
    pub fn refuses_clipboard(&self) -> bool {
        !self.tells_pastes() || self.program.as_deref() == Some("Apple_Terminal")
    }
}
