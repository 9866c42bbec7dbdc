//! Themes: which paint each kind of thing has, as plain data. The room makes styles of it.

use serde::Deserialize;

/// The themes that come with the program, by the names that the setting takes.
pub const THEMES: [(&str, &str); 3] = [
    ("dark", include_str!("../../assets/themes/dark.toml")),
    ("light", include_str!("../../assets/themes/light.toml")),
    ("high-contrast", include_str!("../../assets/themes/high-contrast.toml")),
];

/// What everything is painted with. What a theme leaves out has the colours of the terminal.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[expect(missing_docs, reason = "each is named for what it paints")]
pub struct Theme {
    pub text: Paint,
    pub quiet: Paint,
    pub border: Paint,
    pub accent: Paint,
    pub good: Paint,
    pub warn: Paint,
    pub bad: Paint,
    pub chosen: Paint,
    pub hit: Paint,
    pub time: Paint,
    pub tag: Paint,
    pub person: Paint,
    pub subject: Paint,
    pub star: Paint,
    pub hypothesis: Paint,
    pub milestone: Paint,
    pub testing: Paint,
    pub confirmed: Paint,
    pub ruled_out: Paint,
    pub critical: Paint,
    pub major: Paint,
    pub minor: Paint,
}

/// How one kind of thing is painted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Paint {
    /// The colour in front, in true colour.
    pub fg: Option<Rgb>,
    /// The colour behind, in true colour.
    pub bg: Option<Rgb>,
    /// The colour in front, of sixteen.
    pub fg16: Option<Ansi>,
    /// The colour behind, of sixteen.
    pub bg16: Option<Ansi>,
    /// What is not colour.
    pub mods: Vec<Mod>,
}

/// A true colour, written `#rrggbb`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Rgb(pub u8, pub u8, pub u8);

impl TryFrom<String> for Rgb {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6);
        let number = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
        let [_, red, green, blue] = number.ok_or("a colour is written #rrggbb")?.to_be_bytes();
        Ok(Self(red, green, blue))
    }
}

/// One of the sixteen colours that every terminal has, as the person has set them up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "each is the colour of its name")]
pub enum Ansi {
    Black,
    Red,
    Green,
    Yellow,
    Blue,
    Magenta,
    Cyan,
    Gray,
    DarkGray,
    LightRed,
    LightGreen,
    LightYellow,
    LightBlue,
    LightMagenta,
    LightCyan,
    White,
}

/// What is not colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mod {
    /// Heavier.
    Bold,
    /// Fainter; counts only where the paint has no colour at the terminal's depth.
    Dim,
    /// Slanted.
    Italic,
    /// With a line below.
    Underline,
    /// Front and back swapped; counts only where the paint has no colour behind at the terminal's depth.
    Reverse,
}

impl Theme {
    /// The theme that comes with the program under this name.
    pub fn named(name: &str) -> Option<Self> {
        let (_, text) = THEMES.iter().find(|(known, _)| *known == name)?;
        Self::read(text).ok()
    }

    /// Reads a theme.
    ///
    /// # Errors
    /// Why it is none, with its line.
    pub fn read(text: &str) -> Result<Self, String> {
        toml::from_str(text).map_err(|error| error.to_string().trim().to_owned())
    }
}
