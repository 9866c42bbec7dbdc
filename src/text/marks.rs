//! Marks inside what is said: `#tag` and `@person`, which stay in the text and are listed beside it.

use std::ops::Range;

use super::Raw;

/// What a mark is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// `#tag`
    Tag,
    /// `@person`
    Person,
}

/// The tags and people that a text names, each once, in order, without `#` and `@`.
pub fn named(text: &str) -> (Vec<Raw>, Vec<Raw>) {
    let (mut tags, mut people) = (Vec::new(), Vec::new());
    for (span, mark) in spans(text) {
        let list = if mark == Mark::Tag { &mut tags } else { &mut people };
        add(list, [Raw::new(&text[span.start + 1..span.end])]);
    }
    (tags, people)
}

/// Adds those that are not in the list yet.
pub fn add(list: &mut Vec<Raw>, more: impl IntoIterator<Item = Raw>) {
    for name in more {
        if !list.contains(&name) {
            list.push(name);
        }
    }
}

/// Where the marks of a text stand, in bytes, with their `#` and `@`.
pub fn spans(text: &str) -> Vec<(Range<usize>, Mark)> {
    let mut found = Vec::new();
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let begins = begins_after(before);
        before = c;
        let mark = match c {
            '#' => Mark::Tag,
            '@' => Mark::Person,
            _ => continue,
        };
        let name = name(&text[at + 1..]);
        // `#123` is a ticket, not a tag.
        let counts = name.chars().any(char::is_alphabetic) || (mark == Mark::Person && !name.is_empty());
        if begins && counts {
            found.push((at..at + 1 + name.len(), mark));
        }
    }
    found
}

/// The mark that is being written at the end of a text, which may still lack its name: where it begins.
pub fn begun(text: &str) -> Option<(usize, Mark)> {
    let (at, sigil) = text.char_indices().rfind(|(_, c)| matches!(c, '#' | '@'))?;
    let whole = name(&text[at + 1..]).len() == text[at + 1..].len();
    let begins = begins_after(text[..at].chars().next_back().unwrap_or(' '));
    (whole && begins).then_some((at, if sigil == '#' { Mark::Tag } else { Mark::Person }))
}

fn begins_after(before: char) -> bool {
    before.is_whitespace() || matches!(before, '(' | '[' | '{' | '"' | '\'' | ',' | ';' | '/')
}

/// The name at the beginning of a text: letters, digits, `_`, `-` and `.`, the last two not at its end.
pub(crate) fn name(text: &str) -> &str {
    let end =
        text.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))).unwrap_or(text.len());
    text[..end].trim_end_matches(['-', '.'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_and_people_stand_at_word_starts() {
        let (tags, people) = named("DB team (#db, #p1-db.) says ok @maria, a@b.c #123 @maria @j.doe.");
        let plain = |list: Vec<Raw>| list.iter().map(|r| r.as_typed().to_owned()).collect::<Vec<_>>();
        assert_eq!(plain(tags), ["db", "p1-db"]);
        assert_eq!(plain(people), ["maria", "j.doe"]);
    }
}
