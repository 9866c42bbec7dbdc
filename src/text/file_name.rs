//! Text for file names.

use std::fmt;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::terminal::is_zero_width;

/// The longest slug, in bytes: with a date and an id around it a name stays well below the 255 bytes of file systems,
/// and a path below the 260 characters of Windows.
const LONGEST: usize = 60;
/// A word is cut in two rather than losing more than this for the sake of a whole word.
const SHORTEST_CUT: usize = 40;
/// Names that open a device on Windows, whatever the folder (Microsoft, "Naming Files, Paths, and Namespaces").
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];
/// Those that open one when a digit follows.
const NUMBERED_DEVICES: [&str; 2] = ["com", "lpt"];

/// A file name of the characters `a-z 0-9 -`, at most 60 bytes, no `-` at its ends; it may be empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileName(String);

impl FileName {
    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for FileName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The text in lower case and without accents, one `-` for every run of anything else.
pub(super) fn slug(text: &str) -> FileName {
    let letters = text
        .nfkc()
        .flat_map(char::to_lowercase)
        .nfkd()
        .filter(|&c| !is_combining_mark(c) && !is_zero_width(c));
    let mut slug = String::new();
    let mut gap = false;
    for c in letters {
        if !c.is_ascii_alphanumeric() {
            gap = !slug.is_empty();
            continue;
        }
        if std::mem::take(&mut gap) {
            slug.push('-');
        }
        slug.push(c);
        if slug.len() > LONGEST {
            break;
        }
    }
    if slug.len() > LONGEST {
        let cut = slug[..=LONGEST].rfind('-').filter(|&at| at >= SHORTEST_CUT);
        slug.truncate(cut.unwrap_or(LONGEST));
    }
    slug.truncate(slug.trim_end_matches('-').len());
    if is_device(&slug) {
        slug.push_str("-x");
    }
    FileName(slug)
}

fn is_device(name: &str) -> bool {
    DEVICES.contains(&name)
        || NUMBERED_DEVICES.iter().any(|device| {
            name.strip_prefix(device).is_some_and(|rest| matches!(rest.as_bytes(), [b'0'..=b'9']))
        })
}
