//! A line of the journal: what it says survives being written again.

use warroom::log::{Body, LINE_LIMIT, Record};

use super::sealed_line;

/// Lines of the journal, as they are and with a right checksum.
pub fn any_line(bytes: &[u8]) {
    for line in bytes.split(|b| *b == b'\n') {
        reads_the_same_when_written_again(line);
        reads_the_same_when_written_again(&sealed_line(line));
    }
}

/// What a line says, written again, is read as the same, and a line that we wrote ourselves is written in the same bytes.
pub fn reads_the_same_when_written_again(bytes: &[u8]) {
    let Ok(record) = Record::read(bytes) else { return };
    let line = record.line();
    if let Body::Unknown { .. } = record.body {
        // A newer version wrote it, and may have meant every blank.
        assert_eq!(line.as_bytes(), bytes.strip_suffix(b"\r").unwrap_or(bytes));
    } else {
        is_as_we_write_it(&line);
    }
    // What was read without its escapes can be longer with them.
    if line.len() > LINE_LIMIT {
        assert!(bytes.len() > LINE_LIMIT / 6, "{} bytes of {}", line.len(), bytes.len());
        return;
    }
    let again = Record::read(line.as_bytes());
    assert_eq!(again.as_ref(), Ok(&record), "{line:?}");
    assert_eq!(again.map(|again| again.line()), Ok(line));
    if !bytes.ends_with(b"\r") {
        assert_eq!(Record::read(&[bytes, b"\r"].concat()), Ok(record));
    }
}

fn is_as_we_write_it(line: &str) {
    assert!(!line.contains(char::is_control), "{line:?}");
    let json: Result<serde_json::Value, _> = serde_json::from_str(line);
    assert!(json.is_ok(), "{line:?}: {json:?}");
}
