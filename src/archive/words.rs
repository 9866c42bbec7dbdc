//! Words as they are compared: without case, accents, and what hides within them.
//!
//! A token is a run of letters and digits. Scripts that are written without blanks give a token for each character, so
//! that a word is found within a sentence; so do the pictures that people put into chats.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use crate::text::Raw;

/// A token, folded, and where it stands in the text, in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// The token as it is compared.
    pub folded: String,
    /// Where it stands.
    pub span: Range<usize>,
}

/// The tokens of a text, in order.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut found: Vec<Token> = Vec::new();
    // Whether the last token goes on with the next letter.
    let mut open = false;
    for (at, c) in text.char_indices() {
        let span = at..at + c.len_utf8();
        if is_hidden(c) || is_combining_mark(c) {
            continue;
        }
        if stands_alone(c) {
            found.push(Token { folded: folded(c), span });
            open = false;
        } else if c.is_alphanumeric() {
            match found.last_mut().filter(|_| open) {
                Some(token) => {
                    push_folded(&mut token.folded, c);
                    token.span.end = span.end;
                }
                None => found.push(Token { folded: folded(c), span }),
            }
            open = true;
        } else {
            open = false;
        }
    }
    found.retain(|token| !token.folded.is_empty());
    found
}

/// The text as it is compared: its tokens with a blank between each.
pub fn folded_text(text: &Raw) -> String {
    let bare = text.laid_bare();
    let text = bare.as_deref().unwrap_or(text.as_typed());
    let mut out = String::with_capacity(text.len());
    for token in tokens(text) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(&token.folded);
    }
    out
}

/// Whether each of these words stands in one of the texts; no words stand everywhere. A word is found at the beginning of
/// a longer one, too.
pub fn all_in<'a>(words: &Raw, texts: impl IntoIterator<Item = &'a Raw>) -> bool {
    let wanted = folded_text(words);
    let mut all = String::new();
    for text in texts {
        all.push(' ');
        all.push_str(&folded_text(text));
    }
    wanted.split_whitespace().all(|word| all.contains(&format!(" {word}")))
}

/// Whether these words stand in one of the texts, in a row; the last of them may be the plural.
pub fn names<'a>(words: &Raw, texts: impl IntoIterator<Item = &'a Raw>) -> bool {
    let wanted = format!(" {} ", folded_text(words));
    let plural = format!("{}s ", wanted.trim_end());
    texts.into_iter().any(|text| {
        let text = format!(" {} ", folded_text(text));
        text.contains(&wanted) || text.contains(&plural)
    })
}

/// Whether two names are the same but for case, accents and punctuation.
pub fn is_same(one: &Raw, other: &Raw) -> bool {
    folded_text(one) == folded_text(other)
}

fn folded(c: char) -> String {
    let mut out = String::new();
    push_folded(&mut out, c);
    out
}

fn push_folded(out: &mut String, c: char) {
    if c.is_ascii() {
        out.push(c.to_ascii_lowercase());
        return;
    }
    // Letters that do not decompose, and are typed without their stroke or dot all the same.
    match c {
        'ı' => out.push('i'),
        'ß' => out.push_str("ss"),
        'ø' | 'Ø' => out.push('o'),
        'ł' | 'Ł' => out.push('l'),
        'đ' | 'Đ' => out.push('d'),
        'æ' | 'Æ' => out.push_str("ae"),
        'œ' | 'Œ' => out.push_str("oe"),
        _ => {
            let before = out.len();
            let parts = std::iter::once(c).nfkd().flat_map(char::to_lowercase);
            out.extend(parts.filter(|part| part.is_alphanumeric() && !is_combining_mark(*part)));
            if out.len() == before {
                out.push(c);
            }
        }
    }
}

/// What is not seen, and must not part a word.
fn is_hidden(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}')
}

/// A character of a script without blanks, or a picture.
fn stands_alone(c: char) -> bool {
    matches!(u32::from(c),
        0x0e00..=0x0eff            // Thai, Lao
        | 0x1000..=0x109f          // Myanmar
        | 0x1780..=0x17ff          // Khmer
        | 0x2600..=0x27bf          // signs
        | 0x2e80..=0x2fdf | 0x3040..=0x30ff | 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xf900..=0xfaff
        | 0x1_f000..=0x1_faff      // pictures
        | 0x2_0000..=0x3_ffff)
}
