//! Two records of one outage become one: what the other one has and this one lacks is added here, and the other one says
//! where it went. Nothing is taken out of either; one undo takes all of it back.
//!
//! Interrupted halfway, it is completed by doing it again: what is there already is not brought in twice, and the merge that
//! is told then names what the earlier try brought, too.

use std::path::Path;

use serde_json::{Map, Value};

use super::{CommitError, Opening, Session, attach};
use crate::log::merge::Difference;
use crate::log::{Change, Hlc, LINE_LIMIT, Record, Restored, Stamped, merge, undo};
use crate::model::{Face, Incident, Instant, Writer};
use crate::store::StoreError;
use crate::text::Raw;

/// What a merge brings in, or brought.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// The id of the incident that has all of it.
    pub into: Raw,
    /// The id of the one that became a part of it.
    pub from: Raw,
    /// How many entries.
    pub entries: usize,
    /// How many hypotheses, those counted that only have more evidence now.
    pub hypotheses: usize,
    /// How many actions.
    pub actions: usize,
    /// The words of what comes in that is not there yet, each with what it is: an entry with its time, a hypothesis with
    /// where it stands, an action. Safe for a terminal.
    pub new: Vec<(String, Raw)>,
    /// The fields that are filled, or get more, each with what they get.
    pub filled: Vec<(Raw, Raw)>,
    /// What both say differently: `into` holds, and what `from` says is kept there as a note.
    pub differing: Vec<Difference>,
    /// There was nothing to be done any more.
    pub idle: bool,
}

/// Why nothing was merged, or not all of it.
#[derive(Debug, thiserror::Error)]
pub enum NotMerged {
    /// One of the two cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// They are one incident.
    #[error("an incident cannot be merged into itself")]
    Same,
    /// It is a part of a third one.
    #[error("{} is a part of {} already", .0.for_term(), .1.for_term())]
    Elsewhere(Raw, Raw),
    /// A thing of it fits into no line of the journal.
    #[error("{} has something that is too long for a journal ({bytes} bytes)", id.for_term())]
    TooLong {
        /// The incident.
        id: Raw,
        /// How long its line would be.
        bytes: usize,
    },
    /// A change was not taken in.
    #[error(transparent)]
    Commit(#[from] CommitError),
    /// It is not on disk.
    #[error("not saved: {0}")]
    Unsaved(String),
    /// There is no merge of the two to take back.
    #[error("{} was not merged into {}", .0.for_term(), .1.for_term())]
    NotThere(Raw, Raw),
}

/// What merging `from` into `into` would bring in. Nothing is written.
///
/// # Errors
/// Where it cannot be done.
pub fn prospect(into: &Path, from: &Path) -> Result<Outcome, NotMerged> {
    let (into, from) = (read(into)?, read(from)?);
    may_be(into.fold.incident(), from.fold.incident())?;
    let changes = plan(&into.ledger, &into.fold, &from.fold)?;
    Ok(outcome(into.fold.incident(), from.fold.incident(), &changes))
}

/// Merges `from` into `into`. It is on disk when this returns.
///
/// # Errors
/// Where it was not done, or not to its end: then it can be done again, which completes it.
pub fn merge(into: &Path, from: &Path, opening: impl Fn() -> Opening) -> Result<Outcome, NotMerged> {
    let mut into = Session::open(into, opening(), || {})?;
    let mut from = Session::open(from, opening(), || {})?;
    may_be(into.incident(), from.incident())?;
    for session in [&mut into, &mut from] {
        session.pump();
        if let Some(reason) = session.tally.read_only() {
            return Err(CommitError::ReadOnly(reason.to_owned()).into());
        }
    }
    let changes = plan(&into.ledger, &into.fold, &from.fold)?;
    let mut done = outcome(into.incident(), from.incident(), &changes);
    let (id, other) = (into.incident().id.clone(), from.incident().id.clone());
    let also = merge::tried(&into.ledger, &other);
    let is_told = !merge::counting(&into.ledger, &other).is_empty();
    let records = u32::try_from(changes.len()).unwrap_or(u32::MAX);
    done.idle =
        changes.is_empty() && also.is_empty() && is_told && from.incident().merged_into.as_ref() == Some(&id);
    // Before any record here tells of them.
    attach::bring(from.incident(), from.folder(), into.folder())?;
    for change in changes {
        into.commit(change)?;
    }
    if records > 0 || !also.is_empty() || !is_told {
        into.commit(Change::Merged { incident: other, records, also })?;
    }
    into.flush(|_| {}).map_err(NotMerged::Unsaved)?;
    if from.incident().merged_into.as_ref() != Some(&id) {
        from.commit(Change::MergedInto { incident: id })?;
    }
    from.flush(|_| {}).map_err(NotMerged::Unsaved)?;
    close([into, from])?;
    Ok(done)
}

/// Takes a merge back, in both. It is on disk when this returns; what was said in `into` since stays.
///
/// # Errors
/// Where there is none, or it was not done to its end: then it can be done again.
pub fn take_back(into: &Path, from: &Path, opening: impl Fn() -> Opening) -> Result<Outcome, NotMerged> {
    let mut into = Session::open(into, opening(), || {})?;
    let mut from = Session::open(from, opening(), || {})?;
    let (id, other) = (into.incident().id.clone(), from.incident().id.clone());
    let merges = merge::counting(&into.ledger, &other);
    let undone = undo::undone(&from.ledger);
    let says_so = |record: &&Record| {
        let names = matches!(record.change(), Some(Change::MergedInto { incident }) if *incident == id);
        names && !undone.contains(&record.stamp)
    };
    let told: Vec<_> = from.ledger.records().iter().filter(says_so).map(|record| record.stamp).collect();
    if merges.is_empty() && told.is_empty() {
        return Err(NotMerged::NotThere(other, id));
    }
    for change in merges {
        into.commit(Change::Undone { change })?;
    }
    into.flush(|_| {}).map_err(NotMerged::Unsaved)?;
    for change in told {
        from.commit(Change::Undone { change })?;
    }
    from.flush(|_| {}).map_err(NotMerged::Unsaved)?;
    close([into, from])?;
    Ok(Outcome { into: id, from: other, ..Outcome::default() })
}

fn read(folder: &Path) -> Result<super::peek::Read, StoreError> {
    Ok(super::peek::Read::of(&crate::store::read(folder)?).with_lost())
}

fn close(sessions: [Session; 2]) -> Result<(), NotMerged> {
    for session in sessions {
        session.finish().map_err(|parting| NotMerged::Unsaved(parting.to_string()))?;
    }
    Ok(())
}

/// Whether the one may become a part of the other.
fn may_be(into: &Incident, from: &Incident) -> Result<(), NotMerged> {
    if into.id == from.id {
        return Err(NotMerged::Same);
    }
    for (one, other) in [(into, None), (from, Some(&into.id))] {
        if let Some(elsewhere) = one.merged_into.as_ref().filter(|elsewhere| Some(*elsewhere) != other) {
            return Err(NotMerged::Elsewhere(one.id.clone(), elsewhere.clone()));
        }
    }
    Ok(())
}

/// The changes, none of which is too long: fields that are, all together, come one by one.
fn plan(
    ledger: &crate::log::Ledger,
    into: &crate::log::Fold,
    from: &crate::log::Fold,
) -> Result<Vec<Change>, NotMerged> {
    let id = from.incident().id.clone();
    let mut plan = Vec::new();
    for change in merge::changes(into, ledger, from) {
        match &change {
            Change::Joined { what: Restored::Facts(facts), .. } if length(&change) > LINE_LIMIT => {
                plan.extend(apart(facts).into_iter().map(|facts| Change::Joined {
                    from: id.clone(),
                    what: Restored::Facts(Box::new(facts)),
                }));
            }
            _ => plan.push(change),
        }
    }
    match plan.iter().map(length).find(|bytes| *bytes > LINE_LIMIT) {
        Some(bytes) => Err(NotMerged::TooLong { id, bytes }),
        None => Ok(plan),
    }
}

/// How long the line of a change is at most: names of actors are not long.
fn length(change: &Change) -> usize {
    const NAME: usize = 1_024;
    let stamp = Hlc::new(Writer::from_bits(0)).stamp(Instant::UNIX_EPOCH);
    let record: Record = Stamped {
        stamp,
        by: Raw::default(),
        wall: None,
        over: None,
        after: None,
        from: None,
        body: change.clone().into(),
    }
    .into();
    record.line().len() + NAME
}

/// The fields of an incident, each item in an incident of its own.
fn apart(facts: &Incident) -> Vec<Incident> {
    let of = |incident: &Incident| match serde_json::to_value(incident) {
        Ok(Value::Object(fields)) => fields,
        _ => Map::new(),
    };
    let (fields, nothing) = (of(facts), of(&Incident { id: facts.id.clone(), ..Incident::default() }));
    let set = fields.into_iter().filter(|(name, value)| nothing.get(name) != Some(value));
    let items = set.flat_map(|(name, value)| match value {
        Value::Array(items) => {
            items.into_iter().map(|item| (name.clone(), Value::Array(vec![item]))).collect::<Vec<_>>()
        }
        value => vec![(name, value)],
    });
    let alone = |(name, value): (String, Value)| {
        let mut one = nothing.clone();
        one.insert(name, value);
        serde_json::from_value(Value::Object(one)).ok()
    };
    items.filter_map(alone).collect()
}

fn outcome(into: &Incident, from: &Incident, changes: &[Change]) -> Outcome {
    let mut outcome = Outcome { into: into.id.clone(), from: from.id.clone(), ..Outcome::default() };
    for change in changes {
        match change {
            Change::Joined { what: Restored::Entry(entry), .. } => {
                outcome.entries += 1;
                let when = Face::of(into).full(&entry.at, entry.precision);
                outcome.new.push((format!("entry at {when}"), entry.text.clone()));
            }
            Change::Joined { what: Restored::Hypothesis(hypothesis), .. } => {
                outcome.hypotheses += 1;
                if into.hypothesis(&hypothesis.subject).is_none() {
                    let what = format!("hypothesis, {}", hypothesis.status);
                    outcome.new.push((what, hypothesis.subject.raw().clone()));
                }
            }
            Change::Joined { what: Restored::Action(action), .. }
                if into.actions.iter().all(|known| known.id != action.id) =>
            {
                outcome.actions += 1;
                outcome.new.push(("action".to_owned(), action.text.clone()));
            }
            _ => {}
        }
    }
    outcome.filled = merge::filled(into, changes);
    // Those that are noted already are nothing new.
    if changes.iter().any(|change| matches!(change, Change::Joined { what: Restored::Facts(_), .. })) {
        outcome.differing = merge::differing(into, from);
    }
    outcome
}
