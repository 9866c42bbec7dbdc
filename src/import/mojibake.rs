//! UTF-8 that was once read as Windows-1252 or Windows-1254, and written down like that: taken back sequence by sequence,
//! since a file as a whole can seldom be converted (bytes were lost, or good text was added later).

use std::collections::HashMap;
use std::sync::LazyLock;

use encoding_rs::{Encoding, WINDOWS_1252, WINDOWS_1254};

/// Bytes that stand for nothing in the code page, and are often dropped by what reads it.
const LOST_OPENERS: [&[u8]; 2] = [b"\xEF\xB8", b"\xE2\x80"];

/// A code page: what each byte from 0x80 reads as.
struct CodePage {
    name: &'static str,
    chars: [char; 128],
    bytes: HashMap<char, u8>,
}

static PAGES: LazyLock<[CodePage; 2]> = LazyLock::new(|| {
    [CodePage::new(WINDOWS_1252, "Windows-1252"), CodePage::new(WINDOWS_1254, "Windows-1254")]
});

impl CodePage {
    fn new(encoding: &'static Encoding, name: &'static str) -> Self {
        let mut chars = ['\0'; 128];
        let mut bytes = HashMap::new();
        for (byte, slot) in (0x80_u8..=0xFF).zip(&mut chars) {
            // An unassigned byte reads as the control character of its number.
            let (text, _) = encoding.decode_without_bom_handling(std::slice::from_ref(&byte));
            *slot = text.chars().next().unwrap_or('\u{fffd}');
            bytes.insert(*slot, byte);
        }
        Self { name, chars, bytes }
    }
}

/// What a byte from 0x80 reads as in Windows-1252; a control character where it stands for nothing.
pub(super) fn windows_1252(byte: u8) -> char {
    byte.checked_sub(0x80).map_or(char::from(byte), |at| PAGES[0].chars[usize::from(at)])
}

/// What was repaired.
#[derive(Clone, Debug, Default)]
pub(super) struct Repaired {
    /// The code page it was read in.
    pub code_page: &'static str,
    /// How many characters came back.
    pub sequences: usize,
    /// The lines they stand on.
    pub lines: Vec<u32>,
    /// The lines where something broken stayed, since a byte of it is lost.
    pub left: Vec<u32>,
}

/// Repairs the lines in place, in the code page that brings back the most.
pub(super) fn repair(lines: &mut [String]) -> Repaired {
    if lines.iter().all(|line| line.is_ascii()) {
        return Repaired::default();
    }
    let tries = PAGES.iter().map(|page| {
        let whole = is_whole(lines, page);
        (page, whole, lines.iter().map(|line| mended(line, page, whole).sequences).sum::<usize>())
    });
    let Some((page, whole, sequences)) = tries.reduce(|best, next| if next.2 > best.2 { next } else { best })
    else {
        return Repaired::default();
    };
    if sequences == 0 {
        return Repaired::default();
    }
    let mut repaired = Repaired { code_page: page.name, sequences, ..Repaired::default() };
    for (number, line) in (1..).zip(lines) {
        let mended = mended(line, page, whole);
        if mended.sequences > 0 {
            repaired.lines.push(number);
        }
        if mended.left > 0 {
            repaired.left.push(number);
        }
        if mended.sequences > 0 {
            *line = mended.text;
        }
    }
    repaired
}

/// Whether all that is not ASCII is such sequences, and some of it is of the kind that is never written on purpose.
fn is_whole(lines: &[String], page: &CodePage) -> bool {
    let mut sure = false;
    for line in lines {
        let chars: Vec<char> = line.chars().collect();
        let mut at = 0;
        while at < chars.len() {
            if chars[at].is_ascii() {
                at += 1;
                continue;
            }
            let Some((char, length)) = sequence(&chars[at..], page) else { return false };
            sure |= is_sure(page.bytes.get(&chars[at]).copied(), char);
            at += length;
        }
    }
    sure
}

/// Whether what a sequence decodes to is likelier than the characters that it is written with: these first bytes read as
/// `Â Ã Ä Å â ï ğ`, and what they bring back is punctuation, Latin letters or pictures.
fn is_sure(lead: Option<u8>, char: char) -> bool {
    match lead {
        Some(0xC2..=0xC3) => true,
        Some(0xC4..=0xC5) => char.is_lowercase(),
        Some(0xE2) => ('\u{2000}'..='\u{2BFF}').contains(&char),
        Some(0xEF) => matches!(char, '\u{FE0E}' | '\u{FE0F}' | '\u{FEFF}' | '\u{FFFD}'),
        Some(0xF0) => ('\u{1F000}'..='\u{1FAFF}').contains(&char),
        _ => false,
    }
}

struct Mended {
    text: String,
    sequences: usize,
    left: usize,
}

fn mended(line: &str, page: &CodePage, whole: bool) -> Mended {
    let mut mended = Mended { text: String::with_capacity(line.len()), sequences: 0, left: 0 };
    if line.is_ascii() {
        mended.text.push_str(line);
        return mended;
    }
    let chars: Vec<char> = line.chars().collect();
    let (mut at, mut quotes) = (0, 0_i32);
    while at < chars.len() {
        if let Some((char, length)) = sequence(&chars[at..], page)
            && (whole || is_sure(page.bytes.get(&chars[at]).copied(), char))
        {
            quotes += i32::from(char == '\u{201C}') - i32::from(char == '\u{201D}');
            mended.text.push(char);
            mended.sequences += 1;
            at += length;
        } else if let Some((char, length)) = lost(&chars[at..], page, quotes > 0) {
            quotes -= i32::from(char == '\u{201D}');
            mended.text.push(char);
            mended.sequences += 1;
            at += length;
        } else {
            mended.left += usize::from(is_torn(&chars[at..], page));
            mended.text.push(chars[at]);
            at += 1;
        }
    }
    mended
}

/// The character that a complete sequence stands for, and how many characters it was written with.
fn sequence(chars: &[char], page: &CodePage) -> Option<(char, usize)> {
    let lead = *page.bytes.get(chars.first()?)?;
    let length = match lead {
        0xC2..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xF4 => 4,
        _ => return None,
    };
    let mut bytes = [lead, 0, 0, 0];
    for (slot, char) in bytes[1..length].iter_mut().zip(chars.get(1..length)?) {
        *slot = *page.bytes.get(char)?;
    }
    let char = std::str::from_utf8(&bytes[..length]).ok()?.chars().next()?;
    // A broken control character is no better than what stands there; a no-break space is.
    (!char.is_control() || char == '\u{85}').then_some((char, length))
}

/// Sequences of which a byte is gone, but only one character can be meant: the picture form after a sign, the joiner
/// before a sign of sex, and the end of a quotation that is open.
fn lost(chars: &[char], page: &CodePage, quoted: bool) -> Option<(char, usize)> {
    let pair = [*page.bytes.get(chars.first()?)?, *page.bytes.get(chars.get(1)?)?];
    if !LOST_OPENERS.contains(&&pair[..]) {
        return None;
    }
    let after = chars.get(2..).unwrap_or_default();
    if pair == *b"\xEF\xB8" {
        return Some(('\u{FE0F}', 2));
    }
    match sequence(after, page) {
        Some(('\u{2640}' | '\u{2642}', _)) => Some(('\u{200D}', 2)),
        _ if quoted => Some(('\u{201D}', 2)),
        _ => None,
    }
}

/// Whether a sequence begins here that lost a byte.
fn is_torn(chars: &[char], page: &CodePage) -> bool {
    let byte = |at: usize| chars.get(at).and_then(|char| page.bytes.get(char)).copied();
    match (byte(0), byte(1)) {
        (Some(0xF0), Some(0x9F)) => true,
        (Some(0xE2), Some(second)) => (0x80..=0xBF).contains(&second),
        (Some(0xEF), Some(second)) => second == 0xB8,
        _ => false,
    }
}
