//! Storing what was read from a document: the incident with all its records at once, each with the line it stands on.

use std::path::Path;

use super::clock::Clock;
use super::create::{Created, put, random_writer};
use crate::archive::duplicates::Likely;
use crate::import::{Found, Reading, Recording, folded};
use crate::log::merge::SAME_OUTAGE;
use crate::log::{Change, Hlc, List, Restored};
use crate::model::at::Day;
use crate::model::{At, Document, Incident, Instant, MilestoneKind, Zone};
use crate::store::StoreError;
use crate::text::Raw;

/// What was read from a document, and who brings it in.
#[derive(Clone, Debug)]
pub struct Import {
    /// What it says.
    pub reading: Reading,
    /// Which document that is.
    pub document: Document,
    /// Who imports it.
    pub by: Raw,
}

impl Import {
    /// The incident as it would be stored. Nothing is.
    pub fn preview(&self, now: Instant) -> Incident {
        let records = self.recording(&self.id_start(), now).records(&self.reading, Hlc::new(random_writer()));
        let mut incident = folded(&records);
        incident.warnings.extend(self.reading.nothing.iter().map(Raw::new));
        incident
    }

    /// Stores it below `root` as an incident of its own, with a doubt where `twin` is likely the same outage. It is on disk
    /// when this returns.
    ///
    /// # Errors
    /// Where the folder cannot be made.
    pub fn store(
        &self,
        twin: Option<&Likely>,
        root: &Path,
        clock: &dyn Clock,
    ) -> Result<Created, StoreError> {
        let now = clock.now();
        put(root, &self.id_start(), |id| {
            let mut reading = self.reading.clone();
            reading.found.extend(twin.map(|twin| {
                let text = same_outage(twin, Some(id));
                Found { line: None, change: Change::ItemAdded { list: List::Warnings, text } }
            }));
            self.recording(id, now).records(&reading, Hlc::new(random_writer()))
        })
    }

    fn recording<'a>(&'a self, id: &'a str, now: Instant) -> Recording<'a> {
        Recording { id, document: &self.document, by: &self.by, now }
    }

    /// What its id begins with: `2024-08-10-checkout-down`; of an outage whose day nobody knows `checkout-down`.
    fn id_start(&self) -> String {
        let slug = self.reading.title.for_file_name();
        let Some(date) = self.date() else {
            return Some(slug.as_str()).filter(|slug| !slug.is_empty()).unwrap_or("incident").to_owned();
        };
        // A title that tells the day would tell it twice.
        let slug = slug.as_str().replace(&date, "").replace("--", "-");
        let slug = Some(slug.trim_matches('-')).filter(|slug| !slug.is_empty()).unwrap_or("incident");
        format!("{date}-{slug}")
    }

    /// The date it started, else that of the first entry of which one is known.
    fn date(&self) -> Option<String> {
        let zone = self.reading.zone.clone().unwrap_or_default();
        let found = || self.reading.found.iter().map(|found| &found.change);
        let started = found().filter(|change| {
            matches!(change, Change::MilestoneSet { milestone: MilestoneKind::Started, .. })
        });
        let entries = found().filter(|change| matches!(change, Change::EntryAdded { .. }));
        let restored = found().filter_map(|change| match change {
            Change::Restored(Restored::Facts(facts)) => {
                Some(facts.milestones.get(MilestoneKind::Started)?.at)
            }
            Change::Restored(Restored::Entry(entry)) => Some(entry.at),
            _ => None,
        });
        let told = started.chain(entries).filter_map(|change| Some(change.when()?.at));
        told.chain(restored).find_map(|at| date_of(&at, &zone))
    }
}

/// The doubt that an incident is the same outage as one that is there, and what makes them one; `id` is its own, where it
/// has one already.
pub fn same_outage(twin: &Likely, id: Option<&str>) -> Raw {
    let (other, why) = (twin.id.for_term(), &twin.why);
    let merge = match id {
        Some(id) => format!("`warroom merge {other} {id}` makes them one"),
        None => "`warroom merge` makes two that are stored one".to_owned(),
    };
    Raw::new(format!("{SAME_OUTAGE}{other}: {why}; {merge}"))
}

fn date_of(at: &At, zone: &Zone) -> Option<String> {
    if let Some(instant) = at.instant() {
        return Some(zone.at(instant).format("%Y-%m-%d").to_string());
    }
    match at.day {
        Day::Full(date) => Some(date.format("%Y-%m-%d").to_string()),
        _ => None,
    }
}
