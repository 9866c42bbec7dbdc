//! The look: a theme made into styles for what this terminal can show, and the marks of things. Nothing is told by colour
//! alone.

use ratatui::style::{Color, Modifier, Style};

use super::folded;
use crate::grammar::parts::Part;
use crate::model::{Entry, EntryKind, HypothesisStatus};
use crate::settings::theme::{Ansi, Mod, Paint, Rgb, Theme};
use crate::text::Raw;

/// How many colours a terminal shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// None: `NO_COLOR`, or a terminal that is not known to have any.
    None,
    /// The sixteen that the person has set up.
    Sixteen,
    /// The 256 of xterm.
    Indexed,
    /// All of them.
    True,
}

impl Depth {
    /// What is set (`auto`, `none`, `16`, `256`, `true`). What the environment tells fills in for `auto`, and
    /// [`NO_COLOR`](https://no-color.org) with anything in it wins over that.
    pub fn of(set: &str, environment: impl Fn(&str) -> Option<String>) -> Self {
        let told = |name| environment(name).filter(|value| !value.is_empty());
        let term = told("TERM").unwrap_or_default();
        match set {
            "none" => Self::None,
            "16" => Self::Sixteen,
            "256" => Self::Indexed,
            "true" => Self::True,
            _ if told("NO_COLOR").is_some() || term == "dumb" || term.starts_with("vt") => Self::None,
            _ if matches!(told("COLORTERM").as_deref(), Some("truecolor" | "24bit")) => Self::True,
            _ if term.ends_with("-direct") => Self::True,
            _ if term.contains("256color") => Self::Indexed,
            _ => Self::Sixteen,
        }
    }
}

/// Everything's style.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    text: Style,
    quiet: Style,
    border: Style,
    accent: Style,
    good: Style,
    warn: Style,
    bad: Style,
    chosen: Style,
    hit: Style,
    time: Style,
    tag: Style,
    person: Style,
    subject: Style,
    star: Style,
    hypothesis: Style,
    milestone: Style,
    testing: Style,
    confirmed: Style,
    ruled_out: Style,
    severities: [Style; 3],
    /// Marks are words, and there are no lines: for screen readers and plain terminals.
    in_words: bool,
}

impl Look {
    /// A theme on a terminal with so many colours.
    pub fn new(theme: &Theme, depth: Depth) -> Self {
        let of = |paint: &Paint| style(paint, depth);
        Self {
            text: of(&theme.text),
            quiet: of(&theme.quiet),
            border: of(&theme.border),
            accent: of(&theme.accent),
            good: of(&theme.good),
            warn: of(&theme.warn),
            bad: of(&theme.bad),
            chosen: of(&theme.chosen),
            hit: of(&theme.hit),
            time: of(&theme.time),
            tag: of(&theme.tag),
            person: of(&theme.person),
            subject: of(&theme.subject),
            star: of(&theme.star),
            hypothesis: of(&theme.hypothesis),
            milestone: of(&theme.milestone),
            testing: of(&theme.testing),
            confirmed: of(&theme.confirmed),
            ruled_out: of(&theme.ruled_out),
            severities: [of(&theme.critical), of(&theme.major), of(&theme.minor)],
            in_words: false,
        }
    }

    /// The same with words for marks, nothing drawn, and one thing below the other.
    #[must_use]
    pub fn in_words(self) -> Self {
        Self { in_words: true, ..self }
    }

    /// Whether marks are words.
    pub(super) fn is_in_words(self) -> bool {
        self.in_words
    }

    /// A mark, or the word for it.
    pub(super) fn mark(self, mark: &'static str, word: &'static str) -> &'static str {
        if self.in_words { word } else { mark }
    }

    /// What has no style of its own; the whole screen lies on it.
    pub(super) fn plain(self) -> Style {
        self.text
    }

    /// What went wrong.
    pub(super) fn bad(self) -> Style {
        self.bad
    }

    /// What went well.
    pub(super) fn good(self) -> Style {
        self.good
    }

    /// What wants attention.
    pub(super) fn warn(self) -> Style {
        self.warn
    }

    /// What can be acted on.
    pub(super) fn accent(self) -> Style {
        self.accent
    }

    /// What is beside the point.
    pub(super) fn quiet(self) -> Style {
        self.quiet
    }

    /// The lines between the panes.
    pub(super) fn border(self) -> Style {
        self.border
    }

    /// The row a key acts on.
    pub(super) fn selected(self) -> Style {
        self.chosen
    }

    /// The characters that were searched for.
    pub(super) fn hit(self) -> Style {
        self.hit
    }

    /// When something happened.
    pub(super) fn time(self) -> Style {
        self.time
    }

    /// The star of a key entry.
    pub(super) fn star(self) -> Style {
        self.star
    }

    /// The title of a pane.
    pub(super) fn title(self, focused: bool) -> Style {
        if focused { self.accent.add_modifier(Modifier::BOLD) } else { self.text }
    }

    /// A part of a line.
    pub(super) fn part(self, part: Part) -> Style {
        match part {
            Part::Command => self.accent.add_modifier(Modifier::BOLD),
            Part::Time => self.time.add_modifier(Modifier::UNDERLINED),
            Part::Subject => self.subject,
            Part::Tag => self.tag,
            Part::Person => self.person,
        }
    }

    /// Somebody's name: always in the same colour, on whichever host.
    pub(super) fn somebody(self, name: &Raw) -> Style {
        let colours = [self.person, self.accent, self.tag, self.hypothesis, self.milestone, self.star];
        let place = crc32c::crc32c(name.as_typed().as_bytes()) as usize % colours.len();
        colours[place]
    }

    /// The mark of an entry, and its style.
    pub(super) fn entry(self, entry: &Entry) -> (&'static str, Style) {
        let wants_attention = folded::is_firing(entry) || folded::has_failed(entry);
        let machine = if wants_attention { self.bad } else { self.quiet };
        // Most say in their first word what they are.
        if self.in_words {
            return match entry.kind {
                EntryKind::Alert => ("alert:", machine),
                EntryKind::Command => ("command:", machine),
                _ => ("", self.text),
            };
        }
        match entry.kind {
            EntryKind::Note => ("·", self.quiet),
            EntryKind::Hypothesis => ("?", self.hypothesis),
            EntryKind::Milestone => ("◆", self.milestone),
            EntryKind::Status => ("»", self.accent),
            EntryKind::Severity => ("!", self.warn),
            EntryKind::Role => ("@", self.person),
            EntryKind::Alert => ("▲", machine),
            EntryKind::Command => ("$", machine),
        }
    }

    /// The mark of a hypothesis, and its style.
    pub(super) fn hypothesis(self, status: HypothesisStatus) -> (&'static str, Style) {
        if self.in_words {
            // The others have their word beside them.
            let mark = if status == HypothesisStatus::RuledOut { "out" } else { "-" };
            return (mark, Style { bg: None, ..self.text });
        }
        match status {
            HypothesisStatus::Open => ("○", self.text),
            HypothesisStatus::Testing => ("◐", self.testing),
            HypothesisStatus::RuledOut => ("✗", self.ruled_out),
            HypothesisStatus::Confirmed => ("✔", self.confirmed),
            HypothesisStatus::Parked => ("–", self.quiet),
        }
    }

    /// The badge of a severity.
    pub(super) fn severity(self, severity: Option<u8>) -> Style {
        match severity {
            Some(0 | 1) => self.severities[0],
            Some(2) => self.severities[1],
            Some(_) => self.severities[2],
            None => self.quiet,
        }
    }
}

fn style(paint: &Paint, depth: Depth) -> Style {
    let (fg, bg) = match depth {
        Depth::None => (None, None),
        Depth::Sixteen => (paint.fg16.map(sixteen), paint.bg16.map(sixteen)),
        Depth::Indexed => (paint.fg.map(indexed), paint.bg.map(indexed)),
        Depth::True => (paint.fg.map(rgb), paint.bg.map(rgb)),
    };
    let mut style = Style { fg, bg, ..Style::new() };
    for each in &paint.mods {
        style = match each {
            Mod::Bold => style.add_modifier(Modifier::BOLD),
            Mod::Italic => style.add_modifier(Modifier::ITALIC),
            Mod::Underline => style.add_modifier(Modifier::UNDERLINED),
            Mod::Dim if fg.is_none() => style.add_modifier(Modifier::DIM),
            Mod::Reverse if bg.is_none() => style.add_modifier(Modifier::REVERSED),
            Mod::Dim | Mod::Reverse => style,
        };
    }
    style
}

fn rgb(Rgb(red, green, blue): Rgb) -> Color {
    Color::Rgb(red, green, blue)
}

fn indexed(Rgb(red, green, blue): Rgb) -> Color {
    Color::Indexed(anstyle_lossy::rgb_to_xterm(anstyle::RgbColor(red, green, blue)).index())
}

fn sixteen(colour: Ansi) -> Color {
    match colour {
        Ansi::Black => Color::Black,
        Ansi::Red => Color::Red,
        Ansi::Green => Color::Green,
        Ansi::Yellow => Color::Yellow,
        Ansi::Blue => Color::Blue,
        Ansi::Magenta => Color::Magenta,
        Ansi::Cyan => Color::Cyan,
        Ansi::Gray => Color::Gray,
        Ansi::DarkGray => Color::DarkGray,
        Ansi::LightRed => Color::LightRed,
        Ansi::LightGreen => Color::LightGreen,
        Ansi::LightYellow => Color::LightYellow,
        Ansi::LightBlue => Color::LightBlue,
        Ansi::LightMagenta => Color::LightMagenta,
        Ansi::LightCyan => Color::LightCyan,
        Ansi::White => Color::White,
    }
}
