//! Folds the fields of the incident itself.

use std::collections::HashSet;

use super::{Said, Stands, entry};
use crate::log::{Attached, Change, Fact, List, ListItem, Restored};
use crate::model::{Attachment, Decision, EntryKind, Incident, Link, Note, Subject, Update};
use crate::text::Raw;

/// The fields that hold one text.
pub const FACTS: [Fact; 7] = [
    Fact::Impact,
    Fact::Summary,
    Fact::RootCause,
    Fact::Trigger,
    Fact::Detection,
    Fact::Workaround,
    Fact::Fix,
];

/// The fields that hold several.
pub const LISTS: [List; 11] = [
    List::Services,
    List::Affected,
    List::Losses,
    List::Factors,
    List::WentWell,
    List::WentWrong,
    List::Lucky,
    List::Links,
    List::Notes,
    List::Related,
    List::Warnings,
];

/// The items that stood in a list and were struck or changed, by their words.
pub(super) type Gone = HashSet<(List, Raw)>;

/// Folds a change of a field.
pub(super) fn apply(incident: &mut Incident, gone: &mut Gone, change: &Change) {
    match change {
        Change::IncidentCreated { id, title, zone, severity, clock } => {
            incident.id = id.clone();
            incident.title = title.clone();
            incident.zone = zone.clone();
            incident.severity = *severity;
            incident.clock = *clock;
        }
        Change::TitleSet { title } => incident.title = title.clone(),
        Change::ClockSet { clock } => incident.clock = *clock,
        Change::FactSet { fact, text } => *field(incident, *fact) = Some(text.clone()),
        Change::FactCleared { fact } => *field(incident, *fact) = None,
        Change::ItemAdded { list, text } => {
            if let Some(items) = texts(incident, *list) {
                items.push(text.clone());
            }
        }
        Change::AffectedAdded { affected } => incident.impact.affected.push(affected.clone()),
        Change::LinkAdded { label, url } => {
            incident.links.push(Link { label: label.clone(), url: url.clone() });
        }
        Change::NoteAdded { heading, text } => {
            incident.notes.push(Note { heading: heading.clone(), text: text.clone() });
        }
        Change::Imported(document) => incident.documents.push(document.clone()),
        Change::ItemStruck { list, text } => {
            let struck = strike(incident, *list, text);
            gone.extend(struck.then(|| (*list, text.clone())));
        }
        Change::ItemChanged { list, was, now } => {
            if change_item(incident, *list, was, now) {
                gone.insert((*list, was.clone()));
            } else if gone.contains(&(*list, was.clone())) {
                // Somebody else was quicker, and neither had seen the other's words: both stand.
                add(incident, *list, now);
            }
        }
        Change::ListCleared { list } => match list {
            List::Affected => incident.impact.affected.clear(),
            List::Links => incident.links.clear(),
            List::Notes => incident.notes.clear(),
            _ => texts(incident, *list).into_iter().for_each(Vec::clear),
        },
        _ => {}
    }
}

/// Folds what was told to or decided by people, and how often they are told.
pub(super) fn tell(incident: &mut Incident, change: &Change, said: &Said<'_>) {
    let (id, at, by, source) = (said.id, said.when.at, said.by.clone(), said.from.cloned());
    match change {
        Change::CadenceSet { minutes } => {
            incident.update_every_minutes = *minutes;
            incident.update_every_since = minutes.map(|_| at);
        }
        Change::UpdateSent { audience, text, .. } => {
            let (audience, text) = (audience.clone(), text.clone());
            incident.updates.push(Update { id, at, by, audience, text, source });
            incident.updates.sort_by_key(|u| (u.at.sort_key(), u.id));
        }
        Change::DecisionMade { text, who, .. } => {
            let (who, text) = (who.clone(), text.clone());
            incident.decisions.push(Decision { id, at, by, who, text, source });
            incident.decisions.sort_by_key(|d| (d.at.sort_key(), d.id));
        }
        Change::Attached(file) => {
            let Attached { name, file, bytes, sha256, kind, subject, excerpt } = file.clone();
            let about = subject.as_ref().and_then(|subject| incident.hypothesis(subject)).map(|h| h.id);
            let words = attached(&name, subject.as_ref().map(Subject::raw));
            let hypothesis = about;
            let attachment = Attachment { id, at, by, name, file, bytes, sha256, kind, hypothesis, excerpt };
            incident.attachments.push(attachment);
            incident.attachments.sort_by_key(|a| (a.at.sort_key(), a.id));
            let stands = Stands { hypothesis: about, ..Stands::of(EntryKind::Note) };
            entry::stand(incident, said, words, &stands);
        }
        _ => {}
    }
}

/// What the entry of a file says.
fn attached(name: &Raw, subject: Option<&Raw>) -> String {
    let about = subject.map(|subject| format!(" for {}", subject.as_typed())).unwrap_or_default();
    format!("Attached {}{about}", name.as_typed())
}

fn field(incident: &mut Incident, fact: Fact) -> &mut Option<Raw> {
    match fact {
        Fact::Impact => &mut incident.impact.text,
        Fact::Summary => &mut incident.summary,
        Fact::RootCause => &mut incident.root_cause,
        Fact::Trigger => &mut incident.trigger,
        Fact::Detection => &mut incident.detection,
        Fact::Workaround => &mut incident.resolution.temporary,
        Fact::Fix => &mut incident.resolution.permanent,
    }
}

/// The text of a field that holds one.
pub fn text(incident: &Incident, fact: Fact) -> Option<&Raw> {
    match fact {
        Fact::Impact => incident.impact.text.as_ref(),
        Fact::Summary => incident.summary.as_ref(),
        Fact::RootCause => incident.root_cause.as_ref(),
        Fact::Trigger => incident.trigger.as_ref(),
        Fact::Detection => incident.detection.as_ref(),
        Fact::Workaround => incident.resolution.temporary.as_ref(),
        Fact::Fix => incident.resolution.permanent.as_ref(),
    }
}

/// The facts of an incident as several changes, where one would be longer than a record may be: each text is one of its own,
/// as it was when it was typed.
pub fn apart(mut facts: Incident) -> Vec<Change> {
    let mut pieces = Vec::new();
    for fact in FACTS {
        pieces.extend(field(&mut facts, fact).take().map(|text| Change::FactSet { fact, text }));
    }
    let lists = [
        List::Services,
        List::Losses,
        List::Factors,
        List::WentWell,
        List::WentWrong,
        List::Lucky,
        List::Related,
    ];
    for list in lists {
        let items = texts(&mut facts, list).map(std::mem::take).unwrap_or_default();
        pieces.extend(items.into_iter().map(|text| Change::ItemAdded { list, text }));
    }
    let notes = std::mem::take(&mut facts.notes).into_iter();
    pieces.extend(notes.map(|Note { heading, text }| Change::NoteAdded { heading, text }));
    pieces.insert(0, Change::Restored(Restored::Facts(Box::new(facts))));
    pieces
}

/// The lists of plain texts.
fn texts(incident: &mut Incident, list: List) -> Option<&mut Vec<Raw>> {
    match list {
        List::Services => Some(&mut incident.services),
        List::Losses => Some(&mut incident.impact.loss),
        List::Factors => Some(&mut incident.factors),
        List::WentWell => Some(&mut incident.lessons.went_well),
        List::WentWrong => Some(&mut incident.lessons.went_wrong),
        List::Lucky => Some(&mut incident.lessons.lucky),
        List::Related => Some(&mut incident.related),
        List::Affected | List::Links | List::Notes | List::Warnings => None,
    }
}

/// The words by which the items of a list are named when one is taken off, in the order of the list.
pub fn names(incident: &Incident, list: List) -> Vec<Raw> {
    match list {
        List::Services => incident.services.clone(),
        List::Losses => incident.impact.loss.clone(),
        List::Factors => incident.factors.clone(),
        List::WentWell => incident.lessons.went_well.clone(),
        List::WentWrong => incident.lessons.went_wrong.clone(),
        List::Lucky => incident.lessons.lucky.clone(),
        List::Related => incident.related.clone(),
        List::Warnings => incident.warnings.clone(),
        List::Affected => incident.impact.affected.iter().map(|a| a.text.clone()).collect(),
        List::Links => {
            let name = |l: &Link| Raw::new(format!("{} {}", l.label.as_typed(), l.url.as_typed()));
            incident.links.iter().map(name).collect()
        }
        List::Notes => {
            let name = |n: &Note| Raw::new(format!("{}: {}", n.heading.as_typed(), n.text.as_typed()));
            incident.notes.iter().map(name).collect()
        }
    }
}

/// How many items a list has; the doubts are counted where they are kept.
pub fn count(incident: &Incident, list: List) -> usize {
    match list {
        List::Services => incident.services.len(),
        List::Losses => incident.impact.loss.len(),
        List::Factors => incident.factors.len(),
        List::WentWell => incident.lessons.went_well.len(),
        List::WentWrong => incident.lessons.went_wrong.len(),
        List::Lucky => incident.lessons.lucky.len(),
        List::Related => incident.related.len(),
        List::Warnings => incident.warnings.len(),
        List::Affected => incident.impact.affected.len(),
        List::Links => incident.links.len(),
        List::Notes => incident.notes.len(),
    }
}

/// Strikes the item with these words; whether there is one.
fn strike(incident: &mut Incident, list: List, text: &Raw) -> bool {
    let found = names(incident, list).iter().position(|name| name == text);
    match (list, found) {
        (_, None) => return false,
        (List::Affected, Some(at)) => drop(incident.impact.affected.remove(at)),
        (List::Links, Some(at)) => drop(incident.links.remove(at)),
        (List::Notes, Some(at)) => drop(incident.notes.remove(at)),
        (_, Some(at)) => texts(incident, list).into_iter().for_each(|items| drop(items.remove(at))),
    }
    true
}

/// Puts an item into the place of the one with these words; whether there is one.
fn change_item(incident: &mut Incident, list: List, was: &Raw, now: &ListItem) -> bool {
    let found = names(incident, list).iter().position(|name| name == was);
    let Some(at) = found.filter(|_| add(incident, list, now)) else { return false };
    // The last one, which it is, comes into the place of what is taken away.
    match list {
        List::Affected => drop(incident.impact.affected.swap_remove(at)),
        List::Links => drop(incident.links.swap_remove(at)),
        List::Notes => drop(incident.notes.swap_remove(at)),
        _ => texts(incident, list).into_iter().for_each(|items| drop(items.swap_remove(at))),
    }
    true
}

/// Adds an item to a list; whether it is one of such a list.
fn add(incident: &mut Incident, list: List, item: &ListItem) -> bool {
    match (list, item.clone()) {
        (List::Affected, ListItem::Affected(affected)) => incident.impact.affected.push(affected),
        (List::Links, ListItem::Link { label, url }) => incident.links.push(Link { label, url }),
        (List::Notes, ListItem::Note { heading, text }) => incident.notes.push(Note { heading, text }),
        (_, ListItem::Text(text)) => match texts(incident, list) {
            Some(items) => items.push(text),
            None => return false,
        },
        _ => return false,
    }
    true
}
