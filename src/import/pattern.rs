//! Compiles the patterns of the readers. The classes `\w`, `\W` and `\d` of all of Unicode take nearly all the time that it takes
//! to import a small document: here they are the letters and digits of the scripts that people write in, as a few ranges.

use regex::{Error, Regex};

/// Letters, marks and digits, in a handful of ranges: those of Latin and its accents up to Georgian and Greek Extended, then
/// those of East Asia. The punctuation between them (`–`, `’`, `…`, `×`, `、`) is none of them.
const WORD: &str = r"0-9A-Za-z_\x{aa}\x{b5}\x{ba}\x{c0}-\x{d6}\x{d8}-\x{f6}\x{f8}-\x{2c1}\x{300}-\x{1fff}\x{2c00}-\x{2dff}\x{3005}-\x{3007}\x{3031}-\x{d7ff}\x{f900}-\x{fdff}\x{fe70}-\x{fefc}\x{ff10}-\x{ff19}\x{ff21}-\x{ff3a}\x{ff41}-\x{ff5a}\x{ff66}-\x{ffdc}\x{10000}-\x{1efff}\x{20000}-\x{3ffff}";

/// Compiles a pattern with the classes of words and digits narrowed.
///
/// # Errors
/// Where the pattern is none.
pub(super) fn new(pattern: &str) -> Result<Regex, Error> {
    Regex::new(&narrowed(pattern))
}

/// The pattern with plain ranges for `\w`, `\W` and `\d`. Within brackets `\w` stays as it is.
fn narrowed(pattern: &str) -> String {
    let mut out = String::with_capacity(2 * pattern.len());
    let mut within = false;
    let mut chars = pattern.chars();
    while let Some(char) = chars.next() {
        match char {
            '\\' => match (chars.next(), within) {
                // Capitals and small letters are both in it: no need to fold it.
                (Some('w'), false) => out.extend(["(?-i:[", WORD, "])"]),
                (Some('W'), false) => out.extend(["(?-i:[^", WORD, "])"]),
                (Some('d'), false) => out.push_str("[0-9]"),
                (Some('d'), true) => out.push_str("0-9"),
                (next, _) => {
                    out.push('\\');
                    out.extend(next);
                }
            },
            other => {
                within = other == '[' || (within && other != ']');
                out.push(other);
            }
        }
    }
    out
}
