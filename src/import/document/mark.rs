//! The mark at the beginning of a line: a bullet, a number, the `>` of a quotation.

use crate::import::clock::begins_with_month;

/// The bullets that people use.
const BULLETS: &str = "-*+•–—·▪◦‣●○■□➢➤►▶⁃∙✓✔✗";

/// The mark of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    /// The bullet; `1` for any number, `a` for any letter.
    pub sign: char,
    /// Its number.
    pub ordered: Option<u32>,
    /// How many bytes it takes, with the blanks after it.
    pub length: usize,
}

/// Width of the blanks at the beginning of a line, and how many bytes they take.
pub(super) fn indent(line: &str) -> (usize, usize) {
    let (mut width, mut bytes) = (0, 0);
    for char in line.chars() {
        match char {
            ' ' | '\u{a0}' => width += 1,
            '\t' => width = (width / 4 + 1) * 4,
            '\u{feff}' | '\u{200b}' => {}
            _ => break,
        }
        bytes += char.len_utf8();
    }
    (width, bytes)
}

/// A line without the `>` of quotations before it.
pub(super) fn unquoted(line: &str) -> &str {
    let mut rest = line;
    while let Some(inner) = rest.trim_start().strip_prefix('>') {
        rest = inner.strip_prefix(' ').unwrap_or(inner);
    }
    rest
}

/// The mark of an item at the beginning of a text without blanks before it.
pub(super) fn item(text: &str) -> Option<Mark> {
    bullet(text).or_else(|| number(text)).or_else(|| letter(text))
}

fn bullet(text: &str) -> Option<Mark> {
    // The bullet of typewriters stands well apart: "o" is a word in some languages.
    if text.starts_with("o  ") || text.starts_with("o\t") {
        let rest = &text[1..];
        return Some(Mark { sign: 'o', ordered: None, length: 1 + rest.len() - rest.trim_start().len() });
    }
    let sign = text.chars().next().filter(|char| BULLETS.contains(*char))?;
    let rest = &text[sign.len_utf8()..];
    let blanks = rest.len() - rest.trim_start().len();
    let glued = match sign {
        '*' => !rest.contains('*') && rest.starts_with(char::is_alphanumeric),
        '-' => rest.starts_with(char::is_alphabetic) || rest.starts_with(['*', '[', '`']) || is_clock(rest),
        '+' | '✓' | '✔' | '✗' => false,
        _ => true,
    };
    (blanks > 0 || rest.is_empty() || (glued && !rest.starts_with(sign))).then(|| Mark {
        sign,
        ordered: None,
        length: sign.len_utf8() + blanks,
    })
}

/// `10:42` and `2024-…` glued to a dash.
fn is_clock(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    (1..=4).contains(&digits) && matches!(text.as_bytes().get(digits), Some(b':' | b'-'))
}

fn number(text: &str) -> Option<Mark> {
    let open = usize::from(text.starts_with('('));
    let digits = text[open..].bytes().take_while(u8::is_ascii_digit).count();
    let value = text[open..open + digits].parse().ok().filter(|_| (1..=3).contains(&digits))?;
    let end = open + digits;
    let closer = *text.as_bytes().get(end)?;
    if !(closer == b')' || (closer == b'.' && open == 0)) {
        return None;
    }
    let rest = &text[end + 1..];
    let blanks = rest.len() - rest.trim_start().len();
    let whole = blanks > 0 || rest.is_empty();
    // `10.12:30` is a number and a time, `15.26` a time; `12. March` is a date, `1.Text` an item.
    let stuck = is_clock(rest) || rest.starts_with(|char: char| char.is_alphabetic() || char == '*');
    let date = begins_with_month(rest.trim_start());
    ((whole || stuck) && !date).then_some(Mark { sign: '1', ordered: Some(value), length: end + 1 + blanks })
}

fn letter(text: &str) -> Option<Mark> {
    let open = usize::from(text.starts_with('('));
    let bytes = text.as_bytes();
    let letters = bytes[open..].iter().take_while(|byte| byte.is_ascii_lowercase()).count();
    let roman = (2..=4).contains(&letters)
        && bytes[open..open + letters].iter().all(|byte| matches!(byte, b'i' | b'v' | b'x'));
    let open = if roman { open + letters - 1 } else { open };
    let lower = letters == 1 || roman;
    let rest = text.get(open + 2..).unwrap_or_default();
    let blanks = rest.len() - rest.trim_start().len();
    let closed = matches!(bytes.get(open + 1), Some(b')' | b'.')) && blanks > 0;
    (lower && closed).then_some(Mark { sign: 'a', ordered: None, length: open + 2 + blanks })
}
