//! Times as people write them down in documents: looser than what is typed at the prompt, with the words of each. Says
//! what stands there; which instant it is, the document as a whole decides (`timeline::settle`).

mod date;
mod half;
mod hour;
mod point;
mod zones;

use std::ops::Range;

pub(super) use date::begins_with_month;
pub use date::{Date, Order};
pub use half::Half;
pub use hour::Hour;
pub use point::{Expression, Point, inside, leading, whole};
pub use zones::{ZoneWord, city, named_zone};

/// A time at the beginning of a text, and where the rest of the text begins.
#[derive(Clone, Debug, PartialEq)]
pub struct Lead {
    /// The time.
    pub expression: Expression,
    /// Where the words after it begin, past what parts them from it.
    pub rest: usize,
    /// Whether something parts them: a dash, a colon, the end of bold.
    pub parted: bool,
    /// Whether a word leads to it: "At 10:30 …".
    pub led: bool,
}

/// A slice of a text from `at`, where that is within it and between two characters.
fn tail(text: &str, at: usize) -> &str {
    text.get(at..).unwrap_or("")
}

/// Whether nothing that belongs to a word or a number stands right before or after the span.
fn stands_apart(text: &str, span: &Range<usize>) -> bool {
    let before = text[..span.start].chars().next_back();
    let after = tail(text, span.end).chars().next();
    before.is_none_or(|char| !(char.is_alphanumeric() || "$€£#_./:\\=".contains(char)))
        && after.is_none_or(|char| !(char.is_alphanumeric() || "%_$€£".contains(char)))
}

/// The number of a day that is told by it: "Day 2", "Day two (Thursday)".
pub fn nth_day(text: &str) -> Option<i64> {
    const NAMES: [&str; 10] = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    let mut words = text.split(|char: char| !char.is_alphanumeric()).filter(|word| !word.is_empty());
    let day =
        words.next().is_some_and(|word| word.eq_ignore_ascii_case("day") || word.eq_ignore_ascii_case("tag"));
    let number = words.next().filter(|_| day)?;
    let named =
        (1..).zip(NAMES).find(|(_, name)| number.eq_ignore_ascii_case(name)).map(|(number, _)| number);
    named.or_else(|| number.parse().ok()).filter(|number| (0..=60).contains(number))
}
