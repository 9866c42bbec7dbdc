//! Reads an incident's folder: its journal, and the snapshot beside it. Nothing is ever written here.

use std::collections::HashMap;
use std::io::Read as _;
use std::num::NonZero;
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::thread;

use rustix::fs::fstat;

use super::dir::{Access, Dir, is_same};
use super::files;
use super::planted::{Fault, planted};
use super::scan::{self, scan};
use super::snapshot::Closed;
use super::{JOURNAL, Snapshot, StoreError, snapshot};
use crate::log::{Body, Damage, Record, Stamp};
use crate::text::Raw;

/// How many damaged lines are told apart; beyond that they are only counted.
const PLACES: usize = 1000;

/// The most threads that read one journal.
const HANDS: usize = 8;

/// The least that a thread is worth, in bytes.
const LEAST: usize = 4 << 20;

/// From how many bytes on the newest of a journal is worth being read by itself.
const LARGE: u64 = 512 << 10;

/// How many bytes of its beginning are read then.
const FIRST: u64 = 4 << 10;

/// And of its end: a screenful of long entries.
const LAST: usize = 64 << 10;

/// How often a journal is read that another one takes the place of meanwhile.
const READS: usize = 16;

/// How many bytes before the place up to which a journal was read are remembered, to see whether it is still the same.
pub(super) const TAIL: usize = 64;

/// A line that is no record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Damaged {
    /// Where it begins, in bytes from the start of the journal.
    pub offset: usize,
    /// Its length in bytes, without its line feed.
    pub length: usize,
    /// What is wrong with it.
    pub why: Damage,
}

/// What was found to be odd on reading. None of it keeps an incident from being opened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings {
    /// How many lines are no records.
    pub damaged: usize,
    /// The first thousand of them.
    pub places: Vec<Damaged>,
    /// The last line, where it was cut off in writing: it was never said to be saved, and is no damage.
    pub torn: Option<Damaged>,
    /// There is no journal, only a snapshot.
    pub journal_missing: bool,
    /// Stamps that two different records have; the first by file order counts.
    pub conflicts: Vec<Stamp>,
    /// How many records were repeated, which does no harm.
    pub repeated: usize,
    /// How many records a newer version of this program wrote: kept and passed on.
    pub newer: usize,
    /// Why the snapshot is of no use, where there is one that is not.
    pub snapshot_ignored: Option<String>,
    /// A folder on the way to the files that anybody may write to.
    pub open_to_all: Option<PathBuf>,
}

impl Findings {
    /// A sentence for each thing that a person has to know; safe for a terminal.
    pub fn words(&self) -> Vec<String> {
        let mut words = Vec::new();
        if self.torn.is_some() {
            words.push(
                "one unfinished entry at the end of the journal was dropped (`warroom doctor` tells more)"
                    .into(),
            );
        }
        if self.damaged > 0 {
            let lines = if self.damaged == 1 { "line" } else { "lines" };
            words.push(format!(
                "{} damaged {lines} in the journal skipped, nothing deleted (`warroom doctor` tells more)",
                self.damaged
            ));
        }
        if self.journal_missing {
            words.push("the journal was missing; the incident comes from incident.json".into());
        }
        if !self.conflicts.is_empty() {
            words.push(format!(
                "{} records contradict earlier ones of the same id; the first of each counts",
                self.conflicts.len()
            ));
        }
        if let Some(folder) = &self.open_to_all {
            let folder = Raw::new(folder.to_string_lossy()).for_term();
            words.push(format!("anybody on this machine may change what is in {folder}: `chmod o-w` it"));
        }
        words
    }
}

/// What an incident's folder holds.
#[derive(Clone, Debug, Default)]
pub struct Loaded {
    /// The records in file order, each once.
    pub records: Vec<Record>,
    /// What was found to be odd.
    pub findings: Findings,
    /// The length of the journal in bytes, as far as it is made up of whole lines.
    pub length: u64,
    /// Whether the journal ends with a line feed, or is empty: what is appended next needs one in front where not.
    pub ended: bool,
    /// The snapshot, where there is a sound one; without its story where the journal has all of it.
    pub snapshot: Option<Snapshot>,
    /// Whether the snapshot belongs to the beginning of this very journal: then it stands for the records up to its
    /// `length`.
    pub snapshot_fits: bool,
    /// The last bytes before `length`.
    pub(super) tail: Vec<u8>,
}

impl Loaded {
    /// Whether the snapshot lacks so little of a long journal that writing it anew is not worth it for somebody who adds a
    /// line and goes: a twentieth.
    pub fn has_nearly_all_in_snapshot(&self) -> bool {
        let seen = self.snapshot.as_ref().filter(|_| self.snapshot_fits).map_or(0, Snapshot::length);
        self.length > LARGE && self.length.saturating_sub(seen) <= self.length / 20
    }
}

/// Reads a folder. Damaged lines are skipped and counted, and nothing is changed.
///
/// # Errors
/// Where there is no such folder, nothing of an incident in it, a journal that is no file, or one without a single record
/// and no snapshot that could stand in.
pub fn read(folder: &Path) -> Result<Loaded, StoreError> {
    let dir = Dir::open(folder)?;
    for turn in 0..READS {
        if let Some(loaded) = read_once(&dir, folder, turn > 0, turn + 1 == READS)? {
            return Ok(loaded);
        }
    }
    Ok(Loaded::default())
}

/// The first records of a journal and the last, read by themselves: enough to know what it is about, and for a screen. Nothing
/// where it is short, or is none: it is read whole then.
pub fn glimpse(folder: &Path) -> Option<Vec<Record>> {
    let file = Dir::open(folder).ok()?.open_file(JOURNAL, Access::Read).ok()??;
    let length = file.metadata().ok()?.len();
    if length < LARGE {
        return None;
    }
    let first = files::read_before(&file, FIRST, usize::try_from(FIRST).ok()?).ok()?;
    let last = files::read_before(&file, length, LAST).ok()?;
    // Both are cut somewhere: only their whole lines count.
    let first = &first[..scan::ended(&first)];
    let last = &last[memchr::memchr(b'\n', &last)? + 1..];
    Some(sort(&[first, last].concat()).records)
}

/// Reads it; nothing where another journal took the place of the one that was read, which then counts for nothing: a
/// purge overwrites it. `anyhow` takes it all the same. Nothing, too, where the snapshot turns out to be needed `whole`: read by
/// itself afterwards, it could have seen more than the journal had.
fn read_once(dir: &Dir, folder: &Path, whole: bool, anyhow: bool) -> Result<Option<Loaded>, StoreError> {
    // The snapshot first: a writer may be at work, and a snapshot that is read after the journal could hold records
    // which the journal did not have yet, and which would then seem lost.
    let snapshot = snapshot::read_closed(dir, whole);
    let path = folder.join(JOURNAL);
    let bytes = match dir.open_file(JOURNAL, Access::Read)? {
        Some(mut file) => {
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).map_err(StoreError::io("read", &path))?;
            let now = dir.stat(JOURNAL).map_err(StoreError::io("look at", &path))?;
            let open = fstat(&file).map_err(StoreError::io("look at", &path))?;
            if !anyhow && now.is_some_and(|now| !is_same(&now, &open)) {
                return Ok(None);
            }
            Some(bytes)
        }
        None => None,
    };
    // Where that cannot be seen, it is no reason not to read.
    let open_to_all = dir.open_to_all().unwrap_or_default();
    let is_there = |snapshot: &Result<Option<Closed>, String>| {
        whole || snapshot.as_ref().is_ok_and(|closed| closed.as_ref().is_none_or(Closed::has_story))
    };
    let Some(bytes) = bytes else {
        if !is_there(&snapshot) {
            return Ok(None);
        }
        let (snapshot, ignored) = apart(snapshot.and_then(opened));
        let Some(snapshot) = snapshot else {
            return Err(StoreError::NoJournal { folder: folder.to_path_buf(), snapshot: ignored });
        };
        let findings = Findings { journal_missing: true, open_to_all, ..Findings::default() };
        return Ok(Some(Loaded { findings, ended: true, snapshot: Some(snapshot), ..Loaded::default() }));
    };
    let mut loaded = sort(&bytes);
    let fits = matches!(&snapshot, Ok(Some(closed)) if closed.fits(&bytes));
    // Where every line up to there is sound, the journal has all that the snapshot has: its story is not worth the time.
    let sound = loaded.findings.damaged == 0 && loaded.findings.conflicts.is_empty();
    let has_all = fits && sound && !planted(Fault::SnapshotBelieved);
    if !has_all && !is_there(&snapshot) {
        return Ok(None);
    }
    let read = |closed: Option<Closed>| if has_all { Ok(closed.map(Closed::unread)) } else { opened(closed) };
    let (snapshot, ignored) = apart(snapshot.and_then(read));
    let content = loaded.findings.damaged > 0 || loaded.findings.torn.is_some();
    if content && loaded.records.is_empty() && snapshot.is_none() {
        return Err(StoreError::NotAJournal { path, snapshot: ignored });
    }
    loaded.findings.snapshot_ignored = ignored;
    loaded.findings.open_to_all = open_to_all;
    loaded.snapshot_fits = fits && snapshot.is_some();
    loaded.snapshot = snapshot;
    Ok(Some(loaded))
}

fn opened(closed: Option<Closed>) -> Result<Option<Snapshot>, String> {
    closed.map(Closed::open).transpose()
}

fn apart(read: Result<Option<Snapshot>, String>) -> (Option<Snapshot>, Option<String>) {
    match read {
        Ok(snapshot) => (snapshot, None),
        Err(why) => (None, Some(why)),
    }
}

/// Tells records from damage.
pub(super) fn sort(bytes: &[u8]) -> Loaded {
    let Part { mut records, damaged, places, torn, disordered } = Part::of(bytes);
    let mut findings = Findings { damaged, places, torn, ..Findings::default() };
    if disordered {
        records = each_once(records, &mut findings);
    }
    findings.newer = records.iter().filter(|r| matches!(r.body, Body::Unknown { .. })).count();
    let whole = scan::ended(bytes);
    Loaded {
        records,
        findings,
        length: whole as u64,
        ended: whole == bytes.len(),
        tail: bytes[whole.saturating_sub(TAIL)..whole].to_vec(),
        ..Loaded::default()
    }
}

/// What stands in a part of a journal.
#[derive(Default)]
struct Part {
    records: Vec<Record>,
    damaged: usize,
    places: Vec<Damaged>,
    torn: Option<Damaged>,
    /// Whether the stamps do not rise all the way.
    disordered: bool,
}

impl Part {
    /// Of a whole journal. A large one is read by several hands: each line stands for itself.
    fn of(bytes: &[u8]) -> Self {
        // Asked only where it is worth it: the system reads several files for an answer.
        let hands = (bytes.len() / LEAST + 1).min(HANDS);
        let hands =
            if hands > 1 { thread::available_parallelism().map_or(1, NonZero::get).min(hands) } else { 1 };
        if hands == 1 {
            return Self::between(bytes, 0, bytes.len());
        }
        let mut cuts: Vec<usize> =
            (0..hands).map(|nth| scan::ended(&bytes[..bytes.len() / hands * nth])).collect();
        cuts.push(bytes.len());
        thread::scope(|scope| {
            let read = |cut: &[usize]| {
                let (begin, end) = (cut[0], cut[1]);
                // Where there is no thread to be had, this one does it.
                let hand = thread::Builder::new();
                let hand = hand.spawn_scoped(scope, move || Self::between(bytes, begin, end));
                hand.map_err(|_| Self::between(bytes, begin, end))
            };
            let parts: Vec<_> = cuts.windows(2).map(read).collect();
            let parts = parts.into_iter().map(|part| match part {
                Ok(hand) => hand.join().unwrap_or_else(|panic| resume_unwind(panic)),
                Err(part) => part,
            });
            parts.reduce(Self::and).unwrap_or_default()
        })
    }

    /// From the beginning of a line to that of another, or to the end.
    fn between(bytes: &[u8], begin: usize, end: usize) -> Self {
        let mut part = Self::default();
        for line in scan(&bytes[..end], begin) {
            let why = match line.read {
                Ok(record) => {
                    part.take(record);
                    continue;
                }
                Err(why) => why,
            };
            let damaged = Damaged { offset: line.offset, length: line.length, why };
            // After a power cut a file can end in zeros where data should be: that is damage. What merely stops in the
            // middle was being written when the writer died.
            let zeros = bytes[line.offset..][..line.length].contains(&0);
            if line.ended || zeros || why == Damage::TooLong {
                part.damaged += 1;
                if part.places.len() < PLACES {
                    part.places.push(damaged);
                }
            } else {
                part.torn = Some(damaged);
            }
        }
        part
    }

    fn take(&mut self, record: Record) {
        self.disordered |= self.records.last().is_some_and(|last| last.stamp >= record.stamp);
        self.records.push(record);
    }

    /// With the part that follows it.
    fn and(mut self, mut next: Self) -> Self {
        let rises = match (self.records.last(), next.records.first()) {
            (Some(last), Some(first)) => last.stamp < first.stamp,
            _ => true,
        };
        self.disordered |= next.disordered || !rises;
        self.records.append(&mut next.records);
        self.damaged += next.damaged;
        self.places.append(&mut next.places);
        self.places.truncate(PLACES);
        self.torn = self.torn.or(next.torn);
        self
    }
}

/// Drops repetitions. Only needed where the stamps do not rise all the way, which is rare in a journal of one writer.
fn each_once(records: Vec<Record>, findings: &mut Findings) -> Vec<Record> {
    let mut first: HashMap<Stamp, usize> = HashMap::with_capacity(records.len());
    let mut kept: Vec<Record> = Vec::with_capacity(records.len());
    for record in records {
        match first.get(&record.stamp) {
            Some(at) if kept[*at] == record => findings.repeated += 1,
            Some(_) => findings.conflicts.push(record.stamp),
            None => {
                first.insert(record.stamp, kept.len());
                kept.push(record);
            }
        }
    }
    kept
}
