//! Examines an incident's folder: what is damaged, missing, doubled, contradictory or open to others comes back as data.
//! Nothing is changed by looking; what can be put right without losing a byte is in [`mend`].

mod clocks;
mod finding;
mod gaps;
mod lines;
pub mod mend;
mod places;
mod root;

use std::collections::{BTreeMap, HashSet};
use std::io::Read as _;
use std::path::Path;

pub use clocks::Clockwork;
pub use finding::{Finding, Weight};
pub use gaps::{Gap, gaps, gone};
pub(super) use lines::within;
pub use lines::{Conflict, DamagedLine, Lines, Why, lines};
pub use root::{Root, root};

use super::attachments;
use super::dir::{Access, Dir};
use super::lock::{self, Holder};
use super::{JOURNAL, Rescued, Snapshot, Standing, StoreError, draft, presence, restore, snapshot};
use crate::log::{Fold, Ledger, Record, Stamp};
use crate::model::{Incident, Instant, Writer};

/// What was found in a folder.
#[derive(Clone, Debug, Default)]
pub struct Examined {
    /// What is wrong or has to be known, in the order of the parts: folder and files, journal, clocks, `incident.json`,
    /// what lies elsewhere.
    pub findings: Vec<Finding>,
    /// The records of the journal.
    pub ledger: Ledger,
    /// What they make.
    pub incident: Incident,
    /// The size of the journal in bytes; none where it cannot be read.
    pub bytes: Option<u64>,
    /// How many writers it has.
    pub writers: usize,
    /// There is a sound `incident.json`.
    pub has_snapshot: bool,
    /// What the folder stands on, where the system tells.
    pub standing: Option<Standing>,
}

impl Examined {
    /// The records that stand whole within damaged lines and nowhere else.
    pub fn salvage(&self) -> Vec<Record> {
        let within = self.findings.iter().filter_map(|finding| match finding {
            Finding::DamagedLine(line) | Finding::Torn(line) => Some(&line.lacking),
            _ => None,
        });
        within.flatten().cloned().collect()
    }

    /// Whether it is an incident that can be opened, or one as soon as what stands in damaged lines is put back.
    pub fn can_be_opened(&self) -> bool {
        self.has_snapshot || !self.ledger.records().is_empty() || !self.salvage().is_empty()
    }
}

/// Examines a folder. `now` is what the wall clock shows, and `rescued` are the files of the rescue folder.
pub fn examine(folder: &Path, now: Instant, rescued: &[Rescued]) -> Examined {
    let mut found = Examined::default();
    let dir = match Dir::open(folder) {
        Ok(dir) => dir,
        Err(error) => {
            found.findings.push(Finding::Unreadable { name: None, why: error.to_string() });
            return found;
        }
    };
    found.standing = Standing::of(folder).ok();
    let network = found.standing.as_ref().filter(|standing| standing.one_writer_only());
    found.findings.extend(network.map(|standing| Finding::Network { name: standing.name().to_owned() }));
    places::look(&dir, &mut found.findings);
    let drafts = draft::left(folder).unwrap_or_default().into_iter();
    let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    found.findings.extend(drafts.map(|left| Finding::Draft { name: name(&left.path), line: left.line }));
    if let Ok(Holder::Other(pid)) = lock::holder(&dir) {
        found.findings.push(Finding::LockHeld { pid });
    }
    let peers = presence::peers(folder).unwrap_or_default();
    found.findings.extend(peers.into_iter().map(Finding::Open));
    // As when it is opened: the snapshot first, so that it never seems to be ahead of a journal that is being written.
    let snapshot = snapshot::read(&dir);
    match journal(&dir) {
        Ok(bytes) => {
            records(&mut found, bytes, snapshot, now, rescued);
            attachments(folder, &mut found);
        }
        Err(error) => {
            let why = error.to_string();
            found.findings.push(Finding::Unreadable { name: Some(JOURNAL), why });
        }
    }
    found
}

/// The files that the record tells of: each there, and what it was.
fn attachments(folder: &Path, found: &mut Examined) {
    for file in &found.incident.attachments {
        let Some(name) = file.kept_as() else { continue };
        let why = match attachments::content(folder, name) {
            Ok(Some(bytes)) if attachments::hash(&bytes) == file.sha256.as_typed() => continue,
            Ok(Some(_)) => "its content is not what was attached (another SHA-256)".to_owned(),
            Ok(None) => {
                found.findings.push(Finding::AttachmentMissing { name: name.to_owned() });
                continue;
            }
            Err(error) => error.to_string(),
        };
        found.findings.push(Finding::AttachmentChanged { name: name.to_owned(), why });
    }
}

/// The bytes of the journal; none where there is none, or something else in its place, which was found already.
fn journal(dir: &Dir) -> Result<Option<Vec<u8>>, StoreError> {
    let file = match dir.open_file(JOURNAL, Access::Read) {
        Err(StoreError::Refused { .. }) => return Ok(None),
        other => other?,
    };
    let Some(mut file) = file else { return Ok(None) };
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes).map_err(StoreError::io("read", &dir.path().join(JOURNAL)))?;
    Ok(Some(bytes))
}

fn records(
    found: &mut Examined,
    bytes: Option<Vec<u8>>,
    snapshot: Result<Option<Snapshot>, String>,
    now: Instant,
    rescued: &[Rescued],
) {
    let missing = bytes.is_none();
    let bytes = bytes.unwrap_or_default();
    let lines = lines(&bytes);
    let in_its_place = |f: &Finding| matches!(f, Finding::NotAFile { name, .. } if name == JOURNAL);
    if missing && !found.findings.iter().any(in_its_place) {
        let can_come_back = matches!(snapshot, Ok(Some(_)));
        found.findings.push(Finding::JournalMissing { can_come_back });
    }
    found.bytes = (!missing).then_some(bytes.len() as u64);
    found.ledger.extend(lines.records.iter().cloned());
    let fold = Fold::of(&found.ledger);
    found.incident = fold.incident().clone();
    let gone = gaps::gone(&lines.records);
    let seen = snapshot.as_ref().ok().and_then(Option::as_ref).map(|snapshot| &snapshot.seen.writers);
    let none = BTreeMap::<Writer, u64>::new();
    // What stands in damaged lines is no gap: it is put back from there.
    let mut all = lines.records.clone();
    all.extend(lines.lacking().cloned());
    found.writers = snapshot::writers(&all).len();
    let gaps = gaps(&all, &gone, seen.unwrap_or(&none));
    found.findings.extend(lines.into_findings());
    found.findings.extend(gaps.into_iter().map(Finding::Gap));
    if fold.unknown() > 0 {
        found.findings.push(Finding::Newer { records: fold.unknown() });
    }
    found.findings.extend(clocks::all(found.ledger.records(), now).into_iter().map(Finding::Clock));
    of_snapshot(found, snapshot, &bytes, &all);
    let known: HashSet<Stamp> = all.iter().map(|record| record.stamp).collect();
    let id = found.incident.id.for_file_name();
    for file in rescued.iter().filter(|file| file.is_of(id.as_str(), |stamp| known.contains(&stamp))) {
        // What was not saved may be found in the journal and yet not be on the disk: opening writes it once more.
        let is_there =
            |stamp| gone.contains(&stamp) || known.contains(&stamp) && !file.unsaved.contains(&stamp);
        let waiting: HashSet<Stamp> =
            file.records.iter().map(|r| r.stamp).filter(|s| !is_there(*s)).collect();
        let (path, records, damaged) = (file.path.clone(), file.records.len(), file.damaged);
        found.findings.push(Finding::Rescued { path, records, waiting: waiting.len(), damaged });
    }
}

/// `incident.json`, as it stands to the journal; `all` are the journal's records with those that can be put back.
fn of_snapshot(
    found: &mut Examined,
    snapshot: Result<Option<Snapshot>, String>,
    journal: &[u8],
    all: &[Record],
) {
    let records = found.ledger.records().len() as u64;
    let snapshot = match snapshot {
        Ok(Some(snapshot)) => snapshot,
        Ok(None) if records > 0 => return found.findings.push(Finding::SnapshotMissing),
        Ok(None) => return,
        Err(why) => return found.findings.push(Finding::SnapshotDamaged { why }),
    };
    found.has_snapshot = true;
    let mut ledger = Ledger::default();
    ledger.extend(all.iter().cloned());
    let lost = restore::lost(&snapshot, &ledger, Fold::of(&ledger).incident()).len();
    if lost > 0 {
        found.findings.push(Finding::OnlyInSnapshot { things: lost });
    }
    if found.bytes.is_none() {
        return;
    }
    if !snapshot.fits(journal) {
        found.findings.push(Finding::SnapshotOfAnother);
        return;
    }
    let seen = snapshot.incident.map_or(records, |incident| incident.journal.records);
    if seen < records {
        found.findings.push(Finding::SnapshotOlder { records: records - seen });
    }
}
