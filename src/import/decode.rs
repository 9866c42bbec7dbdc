//! From bytes to lines: finds out how a document is encoded, repairs what was once read in the wrong code page, and says
//! what it did. What it cannot read for sure stays as it is, with a doubt that names the line.

use encoding_rs::{UTF_16BE, UTF_16LE};

use super::mojibake;

/// The longest document that is read, in bytes.
pub const LARGEST: usize = 16 << 20;

/// How many lines a doubt names before it says "and N more".
const NAMED: usize = 8;

/// A document longer than [`LARGEST`]: nothing of it was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "it has {size} bytes, and no more than {LARGEST} are read: split it, or import the part that tells the incident"
)]
pub struct TooLarge {
    /// Its length in bytes.
    pub size: usize,
}

/// A document as lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decoded {
    /// The lines, without their ends. The first is line 1.
    pub lines: Vec<String>,
    /// What is not sure, with the first line that it is about.
    pub doubts: Vec<(Option<u32>, String)>,
}

/// Reads bytes as lines.
///
/// # Errors
/// Where they are more than [`LARGEST`].
pub fn decode(bytes: &[u8]) -> Result<Decoded, TooLarge> {
    if bytes.len() > LARGEST {
        return Err(TooLarge { size: bytes.len() });
    }
    let mut doubts = Vec::new();
    let text = characters(bytes, &mut doubts);
    let mut lines = split(&text);
    let nul = numbers(&lines, |line| line.contains('\0'));
    if let Some(first) = nul.first() {
        for number in &nul {
            let line = &mut lines[*number as usize - 1];
            *line = line.replace('\0', "\u{fffd}");
        }
        doubts.push((Some(*first), format!("NUL characters, shown as \u{fffd}: {}", named(&nul))));
    }
    let repaired = mojibake::repair(&mut lines);
    if repaired.sequences > 0 {
        doubts.push((
            repaired.lines.first().copied(),
            format!(
                "UTF-8 that was once read as {}: {} characters repaired, {}",
                repaired.code_page,
                repaired.sequences,
                named(&repaired.lines)
            ),
        ));
    }
    if let Some(first) = repaired.left.first() {
        doubts.push((
            Some(*first),
            format!(
                "characters that lost a byte in the wrong code page, left as they are: {}",
                named(&repaired.left)
            ),
        ));
    }
    Ok(Decoded { lines, doubts })
}

/// The lines, from 1, of which `is` holds.
fn numbers(lines: &[String], is: impl Fn(&str) -> bool) -> Vec<u32> {
    (1..).zip(lines).filter(|(_, line)| is(line)).map(|(number, _)| number).collect()
}

/// `line 3`, `lines 3, 7 and 12 more`.
fn named(lines: &[u32]) -> String {
    let shown: Vec<_> = lines.iter().take(NAMED).map(u32::to_string).collect();
    let more = lines.len().saturating_sub(NAMED);
    let word = if lines.len() == 1 { "line" } else { "lines" };
    let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{word} {}{rest}", shown.join(", "))
}

fn characters(bytes: &[u8], doubts: &mut Vec<(Option<u32>, String)>) -> String {
    let wide = match bytes {
        [0xFF, 0xFE, ..] => Some((UTF_16LE, false)),
        [0xFE, 0xFF, ..] => Some((UTF_16BE, false)),
        _ => unmarked_utf16(bytes).map(|encoding| (encoding, true)),
    };
    if let Some((encoding, guessed)) = wide {
        let (text, broken) = encoding.decode_with_bom_removal(bytes);
        if guessed {
            doubts.push((None, format!("read as {}, which it does not say of itself", encoding.name())));
        }
        if broken {
            doubts.push((None, "half characters in UTF-16, shown as \u{fffd}".into()));
        }
        return text.into_owned();
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => not_utf8(bytes, doubts),
    }
}

/// UTF-16 without a mark: nearly every second byte of what people write in it is zero.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let head = &bytes[..bytes.len().min(4096) & !1];
    if head.len() < 8 {
        return None;
    }
    let zeros = |at: usize| head.iter().skip(at).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd, half) = (zeros(0), zeros(1), head.len() / 2);
    if odd * 10 >= half * 7 && even * 10 < half {
        Some(UTF_16LE)
    } else if even * 10 >= half * 7 && odd * 10 < half {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// What is not UTF-8 is read as Windows-1252, byte by byte, so that the rest of a mixed file stays what it is.
fn not_utf8(bytes: &[u8], doubts: &mut Vec<(Option<u32>, String)>) -> String {
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 8);
    let (mut line, mut found) = (1_u32, Vec::new());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        line += u32::try_from(chunk.valid().bytes().filter(|byte| *byte == b'\n').count()).unwrap_or(0);
        for byte in chunk.invalid() {
            let char = mojibake::windows_1252(*byte);
            text.push(if char.is_control() { '\u{fffd}' } else { char });
        }
        if !chunk.invalid().is_empty() && found.last() != Some(&line) {
            found.push(line);
        }
    }
    doubts.push((found.first().copied(), format!("not UTF-8, read as Windows-1252: {}", named(&found))));
    text
}

/// Lines end with LF, CR LF, or CR alone.
fn split(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in text.split('\n') {
        lines.extend(line.strip_suffix('\r').unwrap_or(line).split('\r').map(str::to_owned));
    }
    if lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    lines
}
