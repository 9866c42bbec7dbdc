//! Marks inside what is said: `#tag` and `@person`, which stay in the text and are listed beside it.

use super::Raw;

/// The tags and people that a text names, each once, in order, without `#` and `@`.
pub fn named(text: &str) -> (Vec<Raw>, Vec<Raw>) {
    let (mut tags, mut people) = (Vec::new(), Vec::new());
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let word_start =
            before.is_whitespace() || matches!(before, '(' | '[' | '{' | '"' | '\'' | ',' | ';' | '/');
        before = c;
        if !word_start || !matches!(c, '#' | '@') {
            continue;
        }
        let name = name(&text[at + 1..]);
        let list = if c == '#' { &mut tags } else { &mut people };
        // `#123` is a ticket, not a tag.
        let counts = name.chars().any(char::is_alphabetic) || (c == '@' && !name.is_empty());
        if counts && !list.iter().any(|known: &Raw| known.as_typed() == name) {
            list.push(Raw::new(name));
        }
    }
    (tags, people)
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
