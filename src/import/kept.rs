//! Our own incident in JSON read back: what `show --json` and `export --format json` print, and `incident.json`. All of it
//! comes back but for its ids, what it says of the journal it came from, and which incidents were merged with it.

use serde::Serialize;
use serde_json::Value;

use super::{Found, Reading};
use crate::log::{Change, LINE_LIMIT, Restored};
use crate::model::{Id, Incident, JournalSummary, Metrics, Note, Writer};

/// Room for what a line of the journal has besides its change, and for what goes into an incident when it is stored.
const BESIDE: usize = 4 * 1024;

/// Reads an incident in JSON; none where the document is no JSON. JSON of something else has no incident in it.
pub(super) fn read(text: &str) -> Option<Reading> {
    let text = text.trim_start_matches('\u{feff}').trim();
    if !text.starts_with(['{', '[']) {
        return None;
    }
    if let Ok(incident) = serde_json::from_str::<Incident>(text) {
        return Some(of(incident));
    }
    let nothing = match serde_json::from_str::<Value>(text).ok()? {
        Value::Array(all) if !all.is_empty() && all.iter().all(is_incident) => {
            "it is a list of incidents: give each in a file of its own, as `warroom export --format json` writes it"
        }
        _ => "it is JSON, but not an incident as `warroom export --format json` writes it",
    };
    Some(Reading { nothing: Some(format!("no incident in it: {nothing}")), ..Reading::default() })
}

fn is_incident(value: &Value) -> bool {
    serde_json::from_value::<Incident>(value.clone()).is_ok()
}

fn of(mut incident: Incident) -> Reading {
    let (timeline, hypotheses, actions) = (
        std::mem::take(&mut incident.timeline),
        std::mem::take(&mut incident.hypotheses),
        std::mem::take(&mut incident.actions),
    );
    // They name incidents of another folder, and what was added there is not to be looked for here.
    (incident.merged, incident.merged_into) = (Vec::new(), None);
    (incident.metrics, incident.journal) = (Metrics::default(), JournalSummary::default());
    let notes = if fits(&incident) { Vec::new() } else { std::mem::take(&mut incident.notes) };
    let mut reading = Reading {
        title: incident.title.clone(),
        severity: incident.severity,
        zone: Some(incident.zone.clone()),
        clock: incident.clock,
        ..Reading::default()
    };
    let things = timeline
        .iter()
        .map(|entry| Restored::Entry(Box::new(entry.clone())))
        .chain(hypotheses.into_iter().map(|one| Restored::Hypothesis(Box::new(one))))
        .chain(actions.into_iter().map(|action| Restored::Action(Box::new(action))));
    let all = std::iter::once(Restored::Facts(Box::new(incident))).chain(things);
    let notes = notes.into_iter().map(|Note { heading, text }| Change::NoteAdded { heading, text });
    let all = all.map(Change::Restored);
    if !all.clone().all(|change| fits(&change)) {
        let nothing = "no incident in it: a part of it is too long for a line of a journal".to_owned();
        return Reading { nothing: Some(nothing), ..Reading::default() };
    }
    reading.found = all.chain(notes).map(|change| Found { line: None, change }).collect();
    reading
}

/// Whether it fits into a line of the journal, with what stands there beside it.
fn fits(what: &impl Serialize) -> bool {
    serde_json::to_string(what).is_ok_and(|text| text.len() < LINE_LIMIT - BESIDE)
}

/// Gives a thing, and what it names, ids of the writer that imports it: the other incident may be in this folder, too, and
/// what is done to one of them must not be looked for in the other.
pub(super) fn renamed(what: &mut Restored, writer: Writer) {
    let own = |id: &mut Id| id.writer = id.writer.mixed(writer);
    match what {
        Restored::Facts(facts) => {
            facts.updates.iter_mut().for_each(|update| own(&mut update.id));
            facts.decisions.iter_mut().for_each(|decision| own(&mut decision.id));
        }
        Restored::Entry(entry) => {
            own(&mut entry.id);
            entry.hypothesis.as_deref_mut().into_iter().for_each(own);
        }
        Restored::Hypothesis(hypothesis) => {
            own(&mut hypothesis.id);
            hypothesis.evidence.iter_mut().filter_map(|evidence| evidence.entry.as_mut()).for_each(own);
        }
        Restored::Action(action) => own(&mut action.id),
    }
}
