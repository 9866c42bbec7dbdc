//! Marks at the end of what is typed: the attributes of a task, who tests, who decided.

use std::ops::Range;

use crate::text::marks::name;

/// The name of a person that a whole word is, without its `@`.
pub fn person(word: &str) -> Option<&str> {
    let whole = word.strip_prefix('@')?;
    (!whole.is_empty() && name(whole) == whole).then_some(whole)
}

/// The tag that a whole word is, without its `#`.
pub fn tag(word: &str) -> Option<&str> {
    let whole = word.strip_prefix('#')?;
    (name(whole) == whole && whole.chars().any(char::is_alphabetic)).then_some(whole)
}

/// The last word of a text and where it stands, blanks at the end left out.
pub fn last_word(text: &str) -> Option<(&str, Range<usize>)> {
    let trimmed = text.trim_end();
    let begin = trimmed
        .rfind(char::is_whitespace)
        .map_or(0, |at| at + trimmed[at..].chars().next().map_or(1, char::len_utf8));
    (!trimmed.is_empty()).then(|| (&trimmed[begin..], begin..trimmed.len()))
}

/// Takes attributes off the end of a text: `take` is handed one word after the other from the end until it declines one.
/// A `\` before the word where it ends is taken away: that word is text. One before the first word of all is left to whoever
/// reads the text, since it guards all of it.
pub fn trailing<E>(
    text: &str,
    mut take: impl FnMut(&str, Range<usize>) -> Result<bool, E>,
) -> Result<String, E> {
    let mut rest = text.trim_end();
    while let Some((word, span)) = last_word(rest) {
        if let Some(plain) = word.strip_prefix('\\').filter(|plain| !plain.is_empty()) {
            if span.start == 0 {
                break;
            }
            return Ok(format!("{}{plain}", &rest[..span.start]));
        }
        let begin = span.start;
        if !take(word, span)? {
            break;
        }
        rest = rest[..begin].trim_end();
    }
    Ok(rest.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_the_trailing_words_only() {
        let mut taken = Vec::new();
        let text = trailing("ask @bob about it @ann p1", |word, _| {
            let attribute = word == "p1" || word.starts_with('@');
            taken.extend(attribute.then(|| word.to_owned()));
            Ok::<_, ()>(attribute)
        });
        assert_eq!(
            (text, taken),
            (Ok("ask @bob about it".to_owned()), vec!["p1".to_owned(), "@ann".to_owned()])
        );
        assert_eq!(trailing("call it \\p1", |_, _| Ok::<_, ()>(true)), Ok("call it p1".to_owned()));
        assert_eq!(trailing("\\p1", |_, _| Ok::<_, ()>(true)), Ok("\\p1".to_owned()));
    }
}
