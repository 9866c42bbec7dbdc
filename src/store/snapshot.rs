//! `incident.json`: the current state as one document, and what of the journal it has seen.
//!
//! It is the incident as pretty-printed JSON; its `journal` object also holds `length` (bytes of the journal), `tail_crc`
//! (checksum of the last 4 KiB before that) and `writers` (the highest `n` seen of each). The last key is `crc`: CRC-32C of
//! all bytes before it. It is a cache and a second copy: anything wrong with it, and it is as if it were not there.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom, Write};

use memchr::memmem;
use serde::{Deserialize, Serialize};

use super::dir::{Access, Dir};
use super::files::read_before;
use super::planted::{Fault, planted};
use super::{SNAPSHOT, StoreError, atomic};
use crate::log::{Record, Stamp};
use crate::model::{Incident, Writer};
use crate::text::{Raw, json};

/// The largest snapshot that is read whole, in bytes.
const LIMIT: u64 = 256 * 1024 * 1024;

/// How much of the end of a larger one is read: what it has seen stands there.
const END_READ: u64 = 1024 * 1024;

/// From how many bytes on it is worth not to read all of one whose story is not needed.
const LONG: u64 = 4 * 1024 * 1024;

/// How many bytes of a snapshot are in memory at once while it is written.
const PIECE: usize = 256 * 1024;

/// How many bytes of the journal `tail_crc` covers, at most.
pub(super) const FINGERPRINT: usize = 4096;

/// How an incident ends in JSON: it is where the journal's object closes, and where what it has seen is put in.
const END: &str = "\n  }\n}";
const SEAL: &str = ",\n  \"crc\": \"";
/// How the last object of an incident begins, on a line of its own: no text holds a line feed as such.
const SEEN: &[u8] = b"\n  \"journal\": ";

/// How the field begins that names the incident this one was merged into.
const MERGED: &[u8] = b"\n  \"merged_into\": ";

/// A snapshot that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    /// The state it holds; `None` where nothing was read but what it has seen, since the journal has all of that.
    pub incident: Option<Incident>,
    /// How much of the journal it has seen.
    pub seen: Seen,
}

/// What a snapshot has seen of the journal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// Bytes of the journal: all its whole lines at that moment.
    pub length: u64,
    /// The checksum (CRC-32C) of the last 4 KiB before that, or of all of it where it was shorter.
    pub tail_crc: u32,
    /// The highest `n` of each writer among the records.
    pub writers: BTreeMap<Writer, u64>,
    /// What was purged: so that an older journal that is put back does not bring it back.
    pub purged: BTreeSet<Stamp>,
    /// The last of the records in their order.
    pub last: Option<Stamp>,
}

/// What follows the fields of the incident's own summary of its journal.
#[derive(Serialize, Deserialize)]
struct SeenForm {
    length: u64,
    tail_crc: String,
    writers: BTreeMap<String, u64>,
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    purged: BTreeSet<Stamp>,
    /// The incident's own summary has written it.
    #[serde(default, skip_serializing)]
    last: Option<Stamp>,
}

impl Snapshot {
    /// Whether it belongs to another incident than the one that the journal tells of: somebody has mixed up the files.
    pub fn is_of_another(&self, told: &Incident) -> bool {
        self.incident.as_ref().is_some_and(|incident| is_another(&told.id, &incident.id))
    }

    /// How much of the journal it has seen, in bytes.
    pub(super) fn length(&self) -> u64 {
        self.seen.length
    }

    /// Whether it has seen the beginning of this very journal.
    pub fn fits(&self, journal: &[u8]) -> bool {
        self.seen.fits(journal)
    }
}

/// Whether two ids are those of two incidents.
fn is_another(told: &Raw, id: &Raw) -> bool {
    !told.is_blank() && !id.is_blank() && id != told && !planted(Fault::SnapshotBelieved)
}

impl Seen {
    fn fits(&self, journal: &[u8]) -> bool {
        if planted(Fault::SnapshotBelieved) {
            return true;
        }
        let Ok(length) = usize::try_from(self.length) else { return false };
        journal.get(..length).is_some_and(|head| self.ends(head))
    }

    /// The same, of a journal of which only what stands before that place is read.
    pub(super) fn fits_in(&self, journal: &File) -> io::Result<bool> {
        let head = read_before(journal, self.length, FINGERPRINT)?;
        let least = usize::try_from(self.length).map_or(FINGERPRINT, |length| length.min(FINGERPRINT));
        Ok(head.len() == least && self.ends(&head))
    }

    fn ends(&self, head: &[u8]) -> bool {
        head.last().is_none_or(|last| *last == b'\n') && fingerprint(head) == self.tail_crc
    }
}

/// The checksum of the last 4 KiB.
pub(super) fn fingerprint(head: &[u8]) -> u32 {
    crc32c::crc32c(&head[head.len().saturating_sub(FINGERPRINT)..])
}

/// The highest `n` of each writer.
pub(super) fn writers(records: &[Record]) -> BTreeMap<Writer, u64> {
    let mut writers = BTreeMap::new();
    for record in records {
        let highest = writers.entry(record.stamp.writer).or_default();
        *highest = record.stamp.n.max(*highest);
    }
    writers
}

/// The file's text.
///
/// # Errors
/// Where the incident cannot be written as JSON.
pub fn text(incident: &Incident, seen: &Seen) -> io::Result<String> {
    let mut text = Vec::new();
    write_to(&mut text, incident, seen)?;
    String::from_utf8(text).map_err(io::Error::other)
}

/// Writes the file's text in pieces: it is longer than all that the incident takes in memory.
fn write_to(to: impl Write, incident: &Incident, seen: &Seen) -> io::Result<()> {
    let mut out = Sealed { to, held: Vec::with_capacity(PIECE), crc: 0 };
    serde_json::to_writer_pretty(&mut out, incident)?;
    let end = out.held.len().saturating_sub(END.len());
    if !out.held.ends_with(END.as_bytes()) {
        return Err(io::Error::other("the incident's JSON has no journal at its end"));
    }
    out.held.truncate(end);
    let form = SeenForm {
        length: seen.length,
        tail_crc: format!("{:08x}", seen.tail_crc),
        writers: seen.writers.iter().map(|(writer, n)| (writer.to_string(), *n)).collect(),
        purged: seen.purged.clone(),
        last: None,
    };
    // Two levels deeper than it stands by itself, and without its own braces.
    let form = serde_json::to_string_pretty(&form)?.replace('\n', "\n  ");
    let form = form.strip_prefix('{').and_then(|f| f.strip_suffix("\n  }")).unwrap_or_default();
    write!(out.held, ",{form}\n  }}")?;
    out.pass(0)?;
    let crc = out.crc;
    write!(out.to, "{SEAL}{crc:08x}\"\n}}\n")
}

/// Passes JSON on as it stands in the file, printable, and takes its checksum on the way.
struct Sealed<W> {
    to: W,
    held: Vec<u8>,
    crc: u32,
}

impl<W: Write> Sealed<W> {
    /// Passes on whole characters of what is held, but for so many bytes of its end.
    fn pass(&mut self, kept: usize) -> io::Result<()> {
        let passed = &self.held[..self.held.len().saturating_sub(kept)];
        let whole = match str::from_utf8(passed) {
            Ok(whole) => whole,
            Err(cut) => str::from_utf8(&passed[..cut.valid_up_to()]).unwrap_or_default(),
        };
        let printable = json::printable(whole);
        self.crc = crc32c::crc32c_append(self.crc, printable.as_bytes());
        self.to.write_all(printable.as_bytes())?;
        self.held.drain(..whole.len());
        Ok(())
    }
}

impl<W: Write> Write for Sealed<W> {
    fn write(&mut self, json: &[u8]) -> io::Result<usize> {
        self.held.extend_from_slice(json);
        if self.held.len() >= PIECE {
            self.pass(END.len())?;
        }
        Ok(json.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

/// A snapshot whose story has not been read yet.
#[derive(Debug)]
pub(super) struct Closed {
    /// All of it, or the end of one that is larger than is read.
    bytes: Vec<u8>,
    is_whole: bool,
    seen: Seen,
}

impl Closed {
    /// Without its story: for where the journal has all that it has seen.
    pub(super) fn unread(self) -> Snapshot {
        Snapshot { incident: None, seen: self.seen }
    }

    /// Whether it has seen the beginning of this very journal.
    pub(super) fn fits(&self, journal: &[u8]) -> bool {
        self.seen.fits(journal)
    }

    /// As [`fits`](Self::fits), of a journal that is not read whole.
    pub(super) fn fits_in(&self, journal: &File) -> io::Result<bool> {
        self.seen.fits_in(journal)
    }

    /// Whether it tells, as far as it was read, that the incident is part of another one now.
    pub(super) fn is_merged(&self) -> bool {
        memmem::find(&self.bytes, MERGED).is_some()
    }

    /// Whether its story is there to be read.
    pub(super) fn has_story(&self) -> bool {
        self.is_whole
    }

    /// Reads its story.
    pub(super) fn open(self) -> Result<Snapshot, String> {
        if !self.is_whole {
            return Err("it is larger than 256 MiB".to_owned());
        }
        let incident = serde_json::from_slice(&self.bytes).map_err(|e| format!("it is no incident: {e}"))?;
        Ok(Snapshot { incident: Some(incident), seen: self.seen })
    }
}

/// Reads a snapshot from its bytes.
///
/// # Errors
/// What is wrong with it, in words.
pub fn parse(bytes: &[u8]) -> Result<Snapshot, String> {
    closed(bytes.to_vec(), true)?.open()
}

fn closed(bytes: Vec<u8>, is_whole: bool) -> Result<Closed, String> {
    if is_whole {
        check(&bytes)?;
    }
    let at = memmem::rfind(&bytes, SEEN).ok_or("it is no snapshot: what it has seen is missing")?;
    let mut form = serde_json::Deserializer::from_slice(&bytes[at + SEEN.len()..]);
    let form = SeenForm::deserialize(&mut form).map_err(|e| format!("it is no snapshot: {e}"))?;
    let tail_crc = u32::from_str_radix(&form.tail_crc, 16).map_err(|e| format!("its tail_crc: {e}"))?;
    let mut writers = BTreeMap::new();
    for (writer, n) in form.writers {
        writers.insert(writer.parse().map_err(|e| format!("its writers: {e}"))?, n);
    }
    let seen = Seen { length: form.length, tail_crc, writers, purged: form.purged, last: form.last };
    Ok(Closed { bytes, is_whole, seen })
}

/// Whether its checksum is right.
fn check(bytes: &[u8]) -> Result<(), String> {
    let wrong = || "its checksum is missing or wrong".to_owned();
    let sealed = bytes.strip_suffix(b"\"\n}\n").ok_or_else(wrong)?;
    let (open, digits) = sealed.split_at(sealed.len().saturating_sub(8));
    let open = open.strip_suffix(SEAL.as_bytes()).ok_or_else(wrong)?;
    // As it is written: a capital letter among the digits is a flipped bit.
    let is_right = digits == format!("{:08x}", crc32c::crc32c(open)).as_bytes();
    if !is_right && !planted(Fault::SnapshotBelieved) {
        return Err(wrong());
    }
    Ok(())
}

/// Reads the snapshot of a folder; nothing where there is none, and what is wrong with it where it is of no use.
pub(super) fn read(dir: &Dir) -> Result<Option<Snapshot>, String> {
    read_closed(dir, true)?.map(Closed::open).transpose()
}

/// As [`read`], but for its story; of a long one only what it has seen, which stands at its end, where it is not wanted `whole`.
pub(super) fn read_closed(dir: &Dir, whole: bool) -> Result<Option<Closed>, String> {
    let mut file = match dir.open_file(SNAPSHOT, Access::Read) {
        Ok(Some(file)) => file,
        Ok(None) => return Ok(None),
        Err(StoreError::Refused { why, .. }) => return Err(format!("it is {why}")),
        Err(error) => return Err(error.to_string()),
    };
    let cannot = |e: io::Error| format!("it cannot be read: {e}");
    let length = file.metadata().map_err(cannot)?.len();
    let is_whole = length <= if whole { LIMIT } else { LONG };
    if !is_whole {
        file.seek(SeekFrom::Start(length - END_READ)).map_err(cannot)?;
    }
    let mut bytes = Vec::new();
    file.take(LIMIT).read_to_end(&mut bytes).map_err(cannot)?;
    if bytes.is_empty() {
        return Err("it is empty".to_owned());
    }
    match closed(bytes, is_whole) {
        Err(_) if !is_whole => Err("it is larger than 256 MiB".to_owned()),
        read => read.map(Some),
    }
}

/// Moves the snapshot of another incident aside, which somebody has put here and which may be the only copy of it; only
/// under the folder's lock, and before one is written.
pub(super) fn keep_other(dir: &Dir, incident: &Incident) -> io::Result<()> {
    #[derive(Deserialize)]
    struct Named {
        id: Raw,
    }
    if begins_as(dir, incident) {
        return Ok(());
    }
    let named = read_closed(dir, true).ok().flatten().filter(Closed::has_story);
    let named = named.and_then(|closed| serde_json::from_slice::<Named>(&closed.bytes).ok());
    match named {
        Some(Named { id }) if is_another(&incident.id, &id) => {
            atomic::put_aside(dir, SNAPSHOT, &format!("{SNAPSHOT}.other")).map(drop)
        }
        _ => Ok(()),
    }
}

/// Whether the snapshot begins as that of this incident does: then none of the rest has to be read to know whose it is.
fn begins_as(dir: &Dir, incident: &Incident) -> bool {
    #[derive(Serialize)]
    struct Begin<'a> {
        schema: u32,
        id: &'a Raw,
    }
    let begin = serde_json::to_string_pretty(&Begin { schema: incident.schema, id: &incident.id });
    let begin = json::printable(begin.unwrap_or_default().trim_end_matches("\n}"));
    let mut found = vec![0; begin.len()];
    let file = dir.open_file(SNAPSHOT, Access::Read).ok().flatten();
    file.is_some_and(|mut file| file.read_exact(&mut found).is_ok()) && found == begin.as_bytes()
}

/// Writes the snapshot of a folder; only under the folder's lock.
pub(super) fn write(dir: &Dir, incident: &Incident, seen: &Seen) -> io::Result<()> {
    atomic::replace_by(dir, SNAPSHOT, |file| write_to(file, incident, seen), true)
}

/// Removes the temporary files that writers left when they died; only under the folder's lock.
pub(super) fn tidy(dir: &Dir) -> io::Result<()> {
    for name in dir.names()? {
        if atomic::is_stale(&name, SNAPSHOT, true) {
            dir.remove(&name)?;
        }
    }
    Ok(())
}
