//! Storing what was read from a document: the incident with all its records at once, each with the line it stands on.

use std::path::Path;

use super::clock::Clock;
use super::create::{Created, put, random_writer};
use crate::import::{Found, Reading, just_added};
use crate::log::{Change, Fold, Hlc, LINE_LIMIT, Ledger, List, Record};
use crate::model::{At, Document, Incident, Instant, MilestoneKind, Source, Status, Zone};
use crate::store::StoreError;
use crate::text::Raw;

mod alike;
mod fitted;

pub use alike::alike;

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
        let mut incident = self.folded(&self.id_start(now), now);
        if self.reading.nothing.is_some() {
            incident.warnings.extend(self.reading.nothing.iter().map(Raw::new));
        }
        incident
    }

    /// Stores it below `root` as an incident of its own, with further doubts. It is on disk when this returns.
    ///
    /// # Errors
    /// Where the folder cannot be made.
    pub fn store(&self, doubts: &[Raw], root: &Path, clock: &dyn Clock) -> Result<Created, StoreError> {
        let now = clock.now();
        put(root, &self.id_start(now), |id| {
            let mut changes = self.changes(id, now);
            let source = self.source(None);
            changes.extend(doubts.iter().map(|doubt| (doubt_of(doubt.clone()), source.clone())));
            self.records(changes, now)
        })
    }

    /// What its id begins with: `2024-08-10-checkout-down`.
    fn id_start(&self, now: Instant) -> String {
        let slug = self.reading.title.for_file_name();
        let slug = if slug.as_str().is_empty() { "incident" } else { slug.as_str() };
        let date = self.date().unwrap_or_else(|| now.format("%Y-%m-%d").to_string());
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
        started.chain(entries).find_map(|change| date_of(&change.when()?.at, &zone))
    }

    fn source(&self, line: Option<u32>) -> Source {
        Source { file: self.document.file.clone(), line }
    }

    fn folded(&self, id: &str, now: Instant) -> Incident {
        let mut ledger = Ledger::default();
        ledger.extend(self.records(self.changes(id, now), now));
        Fold::of(&ledger).into_incident()
    }

    /// What is recorded, in order; an incident that is not over by what is known is taken for one that is.
    fn changes(&self, id: &str, now: Instant) -> Vec<(Change, Source)> {
        let Reading { title, severity, zone, clock, found, nothing } = &self.reading;
        let created = Change::IncidentCreated {
            id: Raw::new(id),
            title: title.clone(),
            zone: zone.clone().unwrap_or_default(),
            severity: *severity,
            clock: *clock,
        };
        let whole = self.source(None);
        let mut changes = vec![(created, whole.clone())];
        changes.push((Change::Imported(self.document.clone()), whole.clone()));
        for Found { line, change } in found {
            let source = self.source(*line);
            changes.extend(fitted::pieces(timed(change.clone())).into_iter().map(|c| (c, source.clone())));
        }
        let told = found.iter().any(|found| matches!(found.change, Change::StatusSet { .. }));
        if nothing.is_none() && !told && !self.is_over(&changes, now) {
            let status = Change::StatusSet { status: Status::Resolved, when: None };
            let doubt = "it is not told when it ended: it is taken for resolved";
            changes.extend([(status, whole.clone()), (doubt_of(doubt.into()), whole)]);
        }
        changes
    }

    fn is_over(&self, changes: &[(Change, Source)], now: Instant) -> bool {
        let ends = |change: &Change| matches!(change, Change::MilestoneSet { .. });
        let milestones = changes.iter().filter(|(change, _)| ends(change)).cloned().collect();
        let mut ledger = Ledger::default();
        ledger.extend(self.records(milestones, now));
        Fold::of(&ledger).incident().status.is_over()
    }

    fn records(&self, changes: Vec<(Change, Source)>, now: Instant) -> Vec<Record> {
        let mut hlc = Hlc::new(random_writer());
        let (mut action, mut entry) = (None, None);
        let mut records = Vec::with_capacity(changes.len());
        for (mut change, source) in changes {
            let named = match &mut change {
                Change::ActionDone { action: named, .. } | Change::ActionDropped { action: named, .. } => {
                    Some((named, action))
                }
                Change::EntryStarred { entry: named } | Change::EntryStruck { entry: named } => {
                    Some((named, entry))
                }
                _ => None,
            };
            if let Some((named, added)) = named
                && *named == just_added()
            {
                // Nothing was added that it could be about.
                let Some(added) = added else { continue };
                *named = added;
            }
            let stamp = hlc.stamp(now);
            match &change {
                Change::ActionAdded { .. } => action = Some(stamp),
                // What stands for another change is on the timeline, too.
                Change::EntryAdded { .. } => entry = Some(stamp),
                other if other.when().is_some() => entry = Some(stamp),
                _ => {}
            }
            let by = self.by.clone();
            records.push(Record { stamp, by, from: Some(source), wall: None, body: change.into() });
        }
        records
    }
}

fn doubt_of(text: Raw) -> Change {
    Change::ItemAdded { list: List::Warnings, text }
}

fn date_of(at: &At, zone: &Zone) -> Option<String> {
    if let Some(instant) = at.instant() {
        return Some(zone.at(instant).format("%Y-%m-%d").to_string());
    }
    match at.day {
        crate::model::at::Day::Full(date) => Some(date.format("%Y-%m-%d").to_string()),
        _ => None,
    }
}

/// What can only stand at a time becomes a note where none is told: no text is lost.
fn timed(change: Change) -> Change {
    let (heading, text) = match &change {
        Change::EntryAdded { text, when: None, .. } => ("Timeline", text.clone()),
        Change::UpdateSent { text, when: None, .. } => ("Updates", text.clone()),
        Change::DecisionMade { text, when: None, .. } => ("Decisions", text.clone()),
        Change::MilestoneSet { milestone, how, when: None } => {
            let how = how.as_ref().map(|how| format!(": {}", how.as_typed()));
            ("Milestones", Raw::new(format!("{}{}", milestone.word(), how.unwrap_or_default())))
        }
        _ => return change,
    };
    Change::NoteAdded { heading: heading.into(), text }
}

/// The most bytes of a text in one record: written as JSON, a character can take six times its bytes.
const MOST: usize = LINE_LIMIT / 8;
