//! Purging: takes what was said by mistake out of an incident for good, on every replica.
//!
//! It is not done through an open [`Session`](super::Session): the store takes the lock, and what is to go is worked out
//! under it. Rooms that are open at the time take the tombstone in as they take in everything that others write.

use std::path::Path;

use super::clock::Clock;
use super::peek::Read;
use super::{Opening, archive, random_bits, stamped};
use crate::export::redact;
use crate::grammar::{Desk, GrammarError, handle, print};
use crate::log::purge::{goes_with, target, texts, tombstones};
use crate::log::words::Teller;
use crate::log::{Change, Fold, Hlc, Ledger, Record, Restored, Stamp};
use crate::model::attachment;
use crate::model::{Entry, Face, Instant, Moment, Writer};
use crate::store::purge::{Orders, Purged, Where};
use crate::store::{self, Loaded, PurgeError, StoreError};
use crate::text::Raw;

/// The shortest single word that is told to stand elsewhere, in characters.
const LONG_CODE: usize = 8;

/// The shortest text that is looked for elsewhere, in characters: shorter ones stand everywhere.
const SHORTEST: usize = 6;
/// How many characters of an id are shown and asked for at least.
pub const ENDING: usize = 6;
/// How much of a text is shown, in columns.
const SHOWN: usize = 72;

/// What a purge is going to take. All texts are safe for a terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prospect {
    /// The id of what goes.
    pub id: Stamp,
    /// What it is, in words.
    pub what: String,
    /// What goes with it, each in words.
    pub with: Vec<String>,
    /// The line that says it again without the words.
    pub again: String,
}

/// What was purged, and where its words still stand. All texts are safe for a terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// What was done to the files.
    pub files: Purged,
    /// How many records went.
    pub records: usize,
    /// Other changes that hold the same words: the ending of the id by which each can be purged, and what it is.
    pub others: Vec<(String, String)>,
    /// Changes in incidents that were merged with this one, which hold the same words and were not touched: the id of the
    /// incident, and as above.
    pub merged: Vec<(String, String, String)>,
    /// The record that founded the incident holds them, which nothing takes away.
    pub founding: bool,
}

/// Why nothing is going to be purged.
#[derive(Debug, thiserror::Error)]
pub enum NotPurged {
    /// The incident cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Nothing has such a handle, or several have.
    #[error("{}", .0.message)]
    Handle(GrammarError),
    /// It founded the incident.
    #[error("this is the record that founded the incident, which stays as long as the incident does")]
    Founding,
    /// It is a tombstone.
    #[error("this is what was left where something was purged: nothing of that is in it")]
    Tombstone,
    /// It has been purged.
    #[error("this has been purged already")]
    Already,
}

/// Looks at what a purge would take; changes nothing. `named` is a handle of the timeline, or the ending of any change's id.
///
/// # Errors
/// Where there is no such thing, or it cannot be purged.
pub fn prospect(folder: &Path, named: &str, clock: &dyn Clock) -> Result<Prospect, NotPurged> {
    let loaded = store::read(folder)?;
    let ledger = Read::of(&loaded).with_lost().ledger;
    let fold = Fold::of(&ledger);
    let (incident, now) = (fold.incident(), clock.now());
    let desk = Desk { incident, now, typed_last: None, undo: None, redo: None };
    let id = target(&ledger, find(named, &desk, &ledger)?);
    if ledger.is_purged(id) {
        return Err(NotPurged::Already);
    }
    match ledger.get(id).and_then(Record::change) {
        Some(Change::IncidentCreated { .. }) => return Err(NotPurged::Founding),
        Some(Change::Purged { .. }) => return Err(NotPurged::Tombstone),
        _ => {}
    }
    let teller = Teller { incident, ledger: &ledger, now };
    let gone = goes_with(&ledger, id);
    let with = gone.iter().filter(|r| r.stamp != id).map(|r| told(r, &teller, SHOWN)).collect();
    let what = match (incident.entry(id), ledger.get(id)) {
        (Some(entry), _) => entry_in_words(entry, &teller),
        (None, Some(record)) => told(record, &teller, SHOWN),
        (None, None) => gone.first().map_or_else(String::new, |record| told(record, &teller, SHOWN)),
    };
    let again = again(id, &gone, &desk);
    Ok(Prospect { id, what, with, again })
}

/// Purges what has this id, and all that tells its words. It is on disk when this returns.
///
/// # Errors
/// Where nothing was changed.
pub fn purge(folder: &Path, id: Stamp, opening: &Opening) -> Result<Outcome, PurgeError> {
    let (mut others, mut founding, mut records) = (Vec::new(), false, 0);
    let mut merged = Vec::new();
    let files = with_orders(folder, opening, |loaded, rescued| {
        let mut plan = Plan::of(loaded, rescued, opening);
        let gone = goes_with(&plan.all, id);
        let mut said: Vec<Raw> = gone.iter().filter_map(|r| r.change()).flat_map(texts).cloned().collect();
        let stones = tombstones(id, &gone);
        let files = files(&gone, loaded, |stamp| stamp == id);
        let names: Vec<Stamp> = gone.iter().map(|r| r.stamp).collect();
        records = names.len();
        // What only the snapshot has of it goes with the snapshot.
        let (lost, comes_back): (Vec<_>, Vec<_>) =
            std::mem::take(&mut plan.lost).into_iter().partition(|change| change.retells() == Some(id));
        said.extend(lost.iter().flat_map(texts).cloned());
        let words = words(&said);
        let mut stay = Ledger::default();
        stay.extend(plan.all.records().iter().filter(|r| !names.contains(&r.stamp)).cloned());
        for change in comes_back {
            stay.insert(plan.stamped(change));
        }
        let telling = [words.clone(), codes(&said)].concat();
        (others, founding) = holding(&telling, &stay, opening.clock.now());
        merged = in_merged(folder, &telling, &plan.all, opening.clock.now());
        for stone in stones {
            plan.stamped(stone);
        }
        Orders { append: plan.append, words, files }
    })?;
    Ok(Outcome { files, records, others, merged, founding })
}

/// Does again what tombstones say, where the folder holds what they took away: after a crash, or as it came from another
/// replica. Nothing is lost where that cannot be done: it is obeyed all the same.
pub(super) fn sweep(folder: &Path, loaded: &Loaded, opening: &Opening) -> bool {
    let mut ledger = Ledger::default();
    ledger.extend(loaded.records.iter().cloned());
    if !store::purge::is_due(loaded, &ledger) {
        return false;
    }
    let swept = with_orders(folder, opening, |loaded, rescued| {
        let mut plan = Plan::of(loaded, rescued, opening);
        for change in std::mem::take(&mut plan.lost) {
            plan.stamped(change);
        }
        let gone: Vec<&Record> =
            loaded.records.iter().chain(rescued).filter(|r| plan.all.is_gone(r)).collect();
        let said: Vec<Raw> = gone.iter().filter_map(|r| r.change()).flat_map(texts).cloned().collect();
        let files = files(&gone, loaded, |stamp| plan.all.is_purged(stamp));
        // What goes without being named, an edit that nobody knew of, is named now: nobody is to miss it.
        let unnamed: Vec<&Record> = gone.into_iter().filter(|r| !plan.all.is_purged(r.stamp)).collect();
        let stones = unnamed.first().map(|first| tombstones(first.stamp, &unnamed)).unwrap_or_default();
        for stone in stones {
            plan.stamped(stone);
        }
        Orders { append: plan.append, words: words(&said), files }
    });
    swept.is_ok()
}

/// The attachments that go with these records, and with what only the snapshot still has of them.
fn files(gone: &[&Record], loaded: &Loaded, is_purged: impl Fn(Stamp) -> bool) -> Vec<String> {
    let named = gone.iter().filter_map(|record| match record.change() {
        Some(Change::Attached(attached)) => Some(&attached.file),
        _ => None,
    });
    let saved = loaded.snapshot.as_ref().and_then(|snapshot| snapshot.incident.as_ref());
    let saved = saved.into_iter().flat_map(|incident| &incident.attachments);
    let saved = saved.filter(|file| is_purged(file.id)).map(|file| &file.file);
    named.chain(saved).filter_map(attachment::kept_as).map(str::to_owned).collect()
}

fn with_orders(
    folder: &Path,
    opening: &Opening,
    orders: impl FnOnce(&Loaded, &[Record]) -> Orders,
) -> Result<Purged, PurgeError> {
    let incident = super::peek(folder, None)?.incident;
    let id = incident.id.for_file_name();
    let mut purged =
        store::purge::purge(&Where { folder, rescue: &opening.rescue, id: id.as_str() }, orders)?;
    purged.troubles.extend(archive::forget_words(folder));
    Ok(purged)
}

/// What is known under the lock, and what is going to be appended.
struct Plan<'a> {
    /// The records of the journal and of rescue files.
    all: Ledger,
    /// What only the snapshot has.
    lost: Vec<Change>,
    append: Vec<Record>,
    hlc: Hlc,
    opening: &'a Opening,
}

impl<'a> Plan<'a> {
    fn of(loaded: &Loaded, rescued: &[Record], opening: &'a Opening) -> Self {
        let Read { ledger: mut all, lost, .. } = Read::of(loaded);
        all.extend(rescued.iter().cloned());
        let mut hlc = Hlc::new(Writer::from_bits(random_bits()));
        hlc.observe_local(all.records().last().map(|r| r.stamp), opening.clock.now());
        Self { all, lost, append: Vec::new(), hlc, opening }
    }

    fn stamped(&mut self, change: Change) -> Record {
        let record = stamped(&mut self.hlc, self.opening.clock.now(), &self.opening.by, (None, None), change);
        self.append.push(record.clone());
        record
    }
}

fn find(named: &str, desk: &Desk<'_>, ledger: &Ledger) -> Result<Stamp, NotPurged> {
    // A thing that came back is called by the id it had before.
    let there = |stamp: &Stamp| ledger.is_purged(*stamp) || !goes_with(ledger, *stamp).is_empty();
    let unknown = match handle::named(named, desk) {
        Ok(stamp) if there(&stamp) => return Ok(stamp),
        Ok(_) => GrammarError::new(0..0, "this journal has no change with this id", "copy the whole id"),
        Err(error) => error,
    };
    // A change that is no entry has no handle: the ending of its id will do.
    let mut ending = ledger.records().iter().map(|r| r.stamp).filter(|stamp| {
        let id = stamp.to_string();
        named.len() >= SHORTEST && id.ends_with(named)
    });
    match (ending.next(), ending.next()) {
        (Some(stamp), None) => Ok(stamp),
        _ => Err(NotPurged::Handle(unknown)),
    }
}

/// A record in words: when it was logged, by whom, what.
fn told(record: &Record, teller: &Teller<'_>, columns: usize) -> String {
    let logged = Face::of(teller.incident).near(&Moment::stamped(record.stamp.instant()), teller.now);
    let change = record.change();
    let words = change.map_or_else(|| "what a newer version wrote".into(), |c| teller.words(c).told(columns));
    format!("{logged} · {} · {words}", record.by.for_term())
}

fn entry_in_words(entry: &Entry, teller: &Teller<'_>) -> String {
    let when = Face::of(teller.incident).near(&entry.moment(), teller.now);
    format!("{when} · {} · {}", entry.by.for_term(), entry.text.for_term().cut(SHOWN))
}

/// What is to be found elsewhere: the texts, and the secrets in them.
fn words(said: &[Raw]) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for text in said {
        let whole = text.as_typed().trim().to_owned();
        let all = std::iter::once(whole).chain(redact::secrets(text));
        words.extend(all.filter(|word| word.chars().count() >= SHORTEST));
    }
    words.sort();
    words.dedup();
    words
}

/// Single words that may be secrets, by having letters and digits: they are too common to be taken out, and told.
fn codes(said: &[Raw]) -> Vec<String> {
    let is_code = |word: &&str| {
        word.chars().count() >= LONG_CODE
            && word.contains(|c: char| c.is_ascii_digit())
            && word.contains(char::is_alphabetic)
    };
    let apart = |c: char| c.is_whitespace() || "\"'`,;:=()<>[]{}/".contains(c);
    let all = said.iter().flat_map(|text| text.as_typed().split(apart).filter(is_code).map(str::to_owned));
    all.collect()
}

/// The records in which a word stands; and whether the founding one is among them.
fn holding(words: &[String], ledger: &Ledger, now: Instant) -> (Vec<(String, String)>, bool) {
    let needles = store::purge::Needles::new(ledger.purged(), words);
    let fold = Fold::of(ledger);
    let teller = Teller { incident: fold.incident(), ledger, now };
    let (mut others, mut founding) = (Vec::new(), false);
    for record in ledger.records().iter().filter(|r| needles.word_in(r.line().as_bytes())) {
        match record.change() {
            Some(Change::IncidentCreated { .. }) => founding = true,
            change => {
                let brief = change.map_or_else(|| "what a newer version wrote".into(), |c| brief(c, &teller));
                let logged = Face::of(teller.incident).near(&Moment::stamped(record.stamp.instant()), now);
                let what = format!("{brief}, {logged} by {}", record.by.for_term());
                others.push((ending(record.stamp, ledger), what));
            }
        }
    }
    (others, founding)
}

/// The same in the incidents that were merged into this one, or that it was merged into: each has a copy of its own.
fn in_merged(
    folder: &Path,
    words: &[String],
    ledger: &Ledger,
    now: Instant,
) -> Vec<(String, String, String)> {
    let fold = Fold::of(ledger);
    let incident = fold.incident();
    let with: Vec<&Raw> = incident.merged.iter().chain(&incident.merged_into).collect();
    let beside = folder.parent().filter(|_| !with.is_empty()).and_then(|root| super::folders(root).ok());
    let mut found = Vec::new();
    for other in beside.unwrap_or_default() {
        let name = other.file_name().unwrap_or_default().to_string_lossy();
        let Some(id) = with.iter().find(|id| id.as_typed() == name) else { continue };
        let Ok(loaded) = store::read(&other) else { continue };
        let (held, _) = holding(words, &Read::of(&loaded).with_lost().ledger, now);
        found.extend(held.into_iter().map(|(ending, what)| (id.for_term().to_string(), ending, what)));
    }
    found
}

/// What a change is, without any words of it: they may be the secret.
fn brief(change: &Change, teller: &Teller<'_>) -> String {
    match change {
        Change::Restored(Restored::Facts(_)) => "all fields that came back from incident.json".into(),
        Change::Restored(_) => "what came back from incident.json".into(),
        Change::NoteAdded { .. } => "a note".into(),
        Change::RoleTaken { .. } | Change::RoleCleared { .. } => "a role".into(),
        Change::UpdateSent { .. } => "an update".into(),
        Change::DecisionMade { .. } => "a decision".into(),
        Change::Attached(_) => "an attachment".into(),
        change if change.about().is_some() => format!("hypothesis {}", teller.words(change).did),
        change if change.retells().is_some() => "the text of an entry changed".into(),
        change => teller.words(change).brief(),
    }
}

/// The shortest ending of an id that no other record has, of six characters or more.
fn ending(stamp: Stamp, ledger: &Ledger) -> String {
    let id = stamp.to_string();
    let ids = || ledger.records().iter().filter(|r| r.stamp != stamp).map(|r| r.stamp.to_string());
    let unique = |length: &usize| !ids().any(|other| other.ends_with(&id[id.len() - length..]));
    let length = (ENDING..=id.len()).find(unique).unwrap_or(id.len());
    id[id.len().saturating_sub(length)..].to_owned()
}

/// The line that says it again, with `…` where the words were; safe for a terminal.
fn again(id: Stamp, gone: &[&Record], desk: &Desk<'_>) -> String {
    let own = gone.iter().find(|r| r.stamp == id).and_then(|r| r.change());
    if let Some(entry) = desk.incident.entry(id).filter(|e| e.kind.has_own_words()) {
        return format!("{} …", typed(&entry.moment(), desk));
    }
    let line = own.and_then(|change| Some((change, print(change, desk)?)));
    let Some((change, line)) = line else {
        return format!("{} …", typed(&Moment::stamped(id.instant()), desk));
    };
    let at = texts(change).iter().filter_map(|text| line.find(text.as_typed())).min();
    let head = Raw::new(line[..at.unwrap_or(line.len())].trim_end_matches('\\')).for_term();
    format!("{head}…")
}

/// A time as a person types it.
fn typed(when: &Moment, desk: &Desk<'_>) -> String {
    let face = Face::of(desk.incident);
    let date = face.date(&when.at).filter(|date| Some(*date) != face.date(&desk.now.into()));
    let about = if when.approximate { "~" } else { "" };
    let clock = |at| face.clock(at, when.precision).unwrap_or_default();
    let until = when.until.as_ref().map(|until| format!("..{}", clock(until))).unwrap_or_default();
    let date = date.map(|date| format!("{date} ")).unwrap_or_default();
    format!("{about}{date}{}{until}", clock(&when.at))
}
