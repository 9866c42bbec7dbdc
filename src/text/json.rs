//! JSON that is safe to print on a terminal.

use std::borrow::Cow;

use super::terminal::{is_bidi, is_separator, is_zero_width};

/// The one control character of ASCII that is no C0 control.
const DEL: u8 = 0x7f;

/// How many bytes are looked at together.
const RUN: usize = 256;

/// Writes the characters that would act on a terminal or hide there as `\uXXXX`, so that the JSON means the same.
///
/// `json` is already serialised, so the C0 controls are escapes and the others stand only inside strings (RFC 8259,
/// section 7). DEL, C1 controls, line separators, bidirectional controls, zero-width and tag characters are left as
/// they are by a serialiser.
pub fn printable<'a>(json: impl Into<Cow<'a, str>>) -> String {
    let json = json.into();
    if !any_acts(&json) {
        return json.into_owned();
    }
    let mut out = String::with_capacity(json.len() + json.len() / 8);
    for c in json.chars() {
        if acts(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                out.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            out.push(c);
        }
    }
    out
}

/// Whether any of them stands in it. What is ASCII is passed over by the run: a large document is nearly all of that.
fn any_acts(json: &str) -> bool {
    if memchr::memchr(DEL, json.as_bytes()).is_some() {
        return true;
    }
    let mut rest = json;
    while !rest.is_empty() {
        let plain: usize =
            rest.as_bytes().chunks(RUN).take_while(|run| run.is_ascii()).map(<[u8]>::len).sum();
        rest = &rest[plain..];
        let end = (RUN..rest.len()).find(|end| rest.is_char_boundary(*end)).unwrap_or(rest.len());
        if rest[..end].contains(acts) {
            return true;
        }
        rest = &rest[end..];
    }
    false
}

fn acts(c: char) -> bool {
    c >= '\x7f' && (c.is_control() || is_separator(c) || is_bidi(c) || is_zero_width(c))
}
