//! The records of what was read from a document, each with the place where it stands.

use super::{Found, Reading, fitted, just_added, kept};
use crate::log::{Change, Fold, Hlc, Ledger, List, Record, Restored, Stamped, hlc};
use crate::model::doubt;
use crate::model::{Document, Incident, Instant, Source, Status};
use crate::text::Raw;

/// What a reading is recorded with.
#[derive(Clone, Copy, Debug)]
pub struct Recording<'a> {
    /// The id of the incident.
    pub id: &'a str,
    /// Where it was read.
    pub document: &'a Document,
    /// Who imports it.
    pub by: &'a Raw,
    /// When.
    pub now: Instant,
}

impl Recording<'_> {
    /// All records, in order, stamped by this clock. An incident of which no end is known is recorded as resolved, with a
    /// doubt: what is imported is past.
    pub fn records(&self, reading: &Reading, mut hlc: Hlc) -> Vec<Record> {
        let mut recorder = self.recorder(&mut hlc);
        recorder.created(reading);
        recorder.found(reading);
        let tells = |change: &Change| {
            matches!(change, Change::StatusSet { .. } | Change::Restored(Restored::Facts(_)))
        };
        let told = reading.found.iter().any(|found| tells(&found.change));
        if reading.nothing.is_none() && !told && !folded(&recorder.records).status.is_over() {
            let doubt = Raw::new(format!("{}: it is taken for resolved", doubt::NOT_ENDED));
            recorder.add(Change::StatusSet { status: Status::Resolved, when: None }, None, None);
            recorder.add(Change::ItemAdded { list: List::Warnings, text: doubt }, None, None);
        }
        recorder.records
    }

    /// The records of what comes into an incident that is there, in order, stamped by the clock of whoever has it open.
    pub fn more(&self, reading: &Reading, hlc: &mut Hlc) -> Vec<Record> {
        let mut recorder = self.recorder(hlc);
        recorder.found(reading);
        recorder.records
    }

    fn recorder<'a>(&'a self, hlc: &'a mut Hlc) -> Recorder<'a> {
        Recorder { recording: *self, hlc, records: Vec::new(), action: None, entry: None }
    }
}

/// What the records tell.
pub fn folded(records: &[Record]) -> Incident {
    let mut ledger = Ledger::default();
    ledger.extend(records.iter().cloned());
    Fold::of(&ledger).into_incident()
}

struct Recorder<'a> {
    recording: Recording<'a>,
    hlc: &'a mut Hlc,
    records: Vec<Record>,
    /// The action and the entry that were added last.
    action: Option<crate::log::Stamp>,
    entry: Option<crate::log::Stamp>,
}

impl Recorder<'_> {
    fn created(&mut self, reading: &Reading) {
        let Reading { title, severity, zone, clock, .. } = reading;
        let created = Change::IncidentCreated {
            id: Raw::new(self.recording.id),
            title: title.clone(),
            zone: zone.clone().unwrap_or_default(),
            severity: *severity,
            clock: *clock,
        };
        for change in fitted::pieces(created) {
            self.add(change, None, None);
        }
    }

    fn found(&mut self, reading: &Reading) {
        let Reading { found, by, sources, .. } = reading;
        self.add(Change::Imported(self.recording.document.clone()), None, None);
        for (at, Found { line, change }) in found.iter().enumerate() {
            let source = sources.get(&at).cloned().or_else(|| line.map(|line| self.line(line)));
            let pieces = match change {
                Change::Restored(_) => vec![change.clone()],
                _ => fitted::pieces(timed(change.clone())),
            };
            for change in pieces {
                self.add(change, source.clone(), by.get(&at));
            }
        }
    }

    fn line(&self, line: u32) -> Source {
        Source { line: Some(line), ..self.whole() }
    }

    /// The document as a whole.
    fn whole(&self) -> Source {
        Source { file: self.recording.document.file.clone(), line: None, message: None }
    }

    fn add(&mut self, mut change: Change, source: Option<Source>, by: Option<&Raw>) {
        let named = match &mut change {
            Change::ActionDone { action: named, .. } | Change::ActionDropped { action: named, .. } => {
                Some((named, self.action))
            }
            Change::EntryStarred { entry: named } | Change::EntryStruck { entry: named } => {
                Some((named, self.entry))
            }
            _ => None,
        };
        if let Some((named, added)) = named
            && *named == just_added()
        {
            // Nothing was added that it could be about.
            let Some(added) = added else { return };
            *named = added;
        }
        if let Change::Restored(what) = &mut change {
            kept::renamed(what, self.hlc.writer());
            if let Restored::Facts(facts) = what {
                facts.id = Raw::new(self.recording.id);
                if !facts.documents.contains(self.recording.document) {
                    facts.documents.push(self.recording.document.clone());
                }
            }
        }
        let stamp = self.hlc.stamp(self.recording.now);
        match &change {
            Change::ActionAdded { .. } => self.action = Some(stamp),
            Change::EntryAdded { .. } => self.entry = Some(stamp),
            _ => {}
        }
        let from = Some(source.unwrap_or_else(|| self.whole()));
        let by = by.unwrap_or(self.recording.by).clone();
        let wall = hlc::behind(stamp, self.recording.now);
        self.records
            .push(Stamped { stamp, by, from, wall, over: None, after: None, body: change.into() }.into());
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
