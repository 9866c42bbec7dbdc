//! The targets: functions that take any bytes at all and state what has to hold of whatever comes out of them. They are run
//! by `cargo test` on a corpus and on mutations of it, and by cargo-fuzz (`tests/fuzz/cargo-fuzz`), which includes this file.

pub mod alerts;
pub mod chat;
pub mod folder;
pub mod line;
pub mod prompt;
pub mod text;
pub mod time;

/// States what has to hold of some bytes; panics where it does not.
pub type Target = fn(&[u8]);

/// A name for every target: that of the folder of its corpus, and of its program for cargo-fuzz.
pub const TARGETS: &[(&str, Target)] = &[
    ("line", line::any_line),
    ("folder", folder::any_folder),
    ("prompt", prompt::any_prompt),
    ("time", time::any_time),
    ("text", text::any_text),
    ("alerts", alerts::any_call),
    ("chat", chat::any_chat),
];

/// Bytes as text, as the program itself takes what is no UTF-8.
fn text_of(bytes: &[u8]) -> std::borrow::Cow<'_, str> {
    String::from_utf8_lossy(bytes)
}

/// A line of the journal with the right checksum at its end, whatever it says: without that, hardly one in four billion
/// lines would get past the checksum.
fn sealed_line(line: &[u8]) -> Vec<u8> {
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    let open = match line.len().checked_sub(20).map(|at| line.split_at(at)) {
        Some((open, seal)) if seal.starts_with(b",\"crc\":\"") => open,
        _ => line.strip_suffix(b"}").unwrap_or(line),
    };
    [open, format!(",\"crc\":\"{:08x}\"}}", crc32c::crc32c(open)).as_bytes()].concat()
}
