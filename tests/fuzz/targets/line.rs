//! A line of the journal: what it says survives being written again.

use warroom::log::{LINE_LIMIT, Record};

use super::sealed_line;

/// A line of the journal, as it is and with a right checksum.
pub fn any_line(bytes: &[u8]) {
    reads_the_same_when_written_again(bytes);
    reads_the_same_when_written_again(&sealed_line(bytes));
}

/// What a line says, written again, is read as the same, and a line that we wrote ourselves is written in the same bytes.
pub fn reads_the_same_when_written_again(bytes: &[u8]) {
    let Ok(record) = Record::read(bytes) else { return };
    let line = record.line();
    assert!(!line.contains(char::is_control), "{line:?}");
    let json: Result<serde_json::Value, _> = serde_json::from_str(&line);
    assert!(json.is_ok(), "{line:?}: {json:?}");
    // What was read without its escapes can be longer with them.
    assert!(line.len() <= LINE_LIMIT || bytes.len() > LINE_LIMIT / 6, "{} bytes", line.len());
    if line.len() > LINE_LIMIT {
        return;
    }
    let again = Record::read(line.as_bytes());
    if record.change().is_none() {
        assert!(again.is_ok_and(|again| (again.stamp, again.by) == (record.stamp, record.by)), "{line:?}");
        return;
    }
    assert_eq!(again.as_ref(), Ok(&record), "{line:?}");
    assert_eq!(again.map(|again| again.line()), Ok(line));
    let mut with_return = bytes.to_vec();
    if !bytes.ends_with(b"\r") {
        with_return.push(b'\r');
    }
    assert_eq!(Record::read(&with_return), Ok(record));
}
