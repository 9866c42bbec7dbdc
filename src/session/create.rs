//! Creating an incident: its id, its folder and its first records.

use std::path::{Path, PathBuf};

use super::clock::Clock;
use super::random_bits;
use crate::log::{Change, Hlc, List, Record, Stamped};
use crate::model::{Clock as ClockStyle, MilestoneKind, Moment, Writer, Zone};
use crate::store::{self, StoreError};
use crate::text::Raw;

/// How often the next free name is tried before giving up.
const TRIES: u32 = 10_000;

/// What a new incident starts with.
#[derive(Clone, Debug)]
pub struct New {
    /// What people call it.
    pub title: Raw,
    /// 1 is the worst.
    pub severity: Option<u8>,
    /// The zone that times are printed in.
    pub zone: Zone,
    /// How times of day are printed.
    pub clock: ClockStyle,
    /// When the harm began, where that is known.
    pub started: Option<Moment>,
    /// The services that are affected.
    pub services: Vec<Raw>,
    /// Who creates it.
    pub by: Raw,
}

/// A new incident.
#[derive(Clone, Debug)]
pub struct Created {
    /// Its id.
    pub id: String,
    /// Its folder.
    pub folder: PathBuf,
}

/// Creates an incident in a folder of its own below `root`, or in `dir`, which has to be missing or empty. It is on disk
/// when this returns.
///
/// # Errors
/// Where the folder cannot be made, or `dir` has something in it.
pub fn create(new: &New, root: &Path, dir: Option<&Path>, clock: &dyn Clock) -> Result<Created, StoreError> {
    let now = clock.now();
    let started = new.started.as_ref().and_then(|m| m.at.instant());
    let date = new.zone.at(started.unwrap_or(now)).format("%Y-%m-%d");
    let slug = new.title.for_file_name();
    let slug = if slug.as_str().is_empty() { "incident" } else { slug.as_str() };
    let records = |id: &str| {
        // Each try counts anew: a number that no record has is a record that is missing.
        let mut hlc = Hlc::new(random_writer());
        let mut record = |change: Change| -> Record {
            let (stamp, by) = (hlc.stamp(now), new.by.clone());
            Stamped { stamp, by, from: None, wall: None, over: None, after: None, body: change.into() }.into()
        };
        let mut first = vec![record(Change::IncidentCreated {
            id: Raw::new(id),
            title: new.title.clone(),
            zone: new.zone.clone(),
            severity: new.severity,
            clock: new.clock,
        })];
        if let Some(when) = &new.started {
            let (milestone, when) = (MilestoneKind::Started, Some(when.clone().into()));
            first.push(record(Change::MilestoneSet { milestone, how: None, when }));
        }
        let services = new.services.iter().cloned();
        first.extend(services.map(|text| record(Change::ItemAdded { list: List::Services, text })));
        first
    };
    let id = format!("{date}-{slug}");
    if let Some(dir) = dir {
        store::create_at(dir, &records(&id))?;
        return Ok(Created { id, folder: dir.to_owned() });
    }
    put(root, &id, records)
}

/// Whose stamps the first records have.
pub(super) fn random_writer() -> Writer {
    Writer::from_bits(random_bits())
}

/// Puts an incident into the first folder below `root` that is free: that of the id, else with `-2`, `-3` … after it.
pub(super) fn put(
    root: &Path,
    start: &str,
    records: impl Fn(&str) -> Vec<Record>,
) -> Result<Created, StoreError> {
    for n in 1..=TRIES {
        let id = if n == 1 { start.to_owned() } else { format!("{start}-{n}") };
        match store::create(root, &id, &records(&id)) {
            Ok(folder) => return Ok(Created { id, folder }),
            Err(StoreError::Exists(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Err(StoreError::Exists(root.join(start)))
}
