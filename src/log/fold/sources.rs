//! Keeps where the fields of the incident come from, which have no ids of their own: what a person sets since comes from
//! no document any more.

use super::{Fold, facts};
use crate::log::{Change, Fact, List};
use crate::model::{Field, FieldSource, MilestoneKind, Source};
use crate::text::Raw;

/// Notes where this comes from; before the change itself is folded.
pub(super) fn apply(fold: &mut Fold, change: &Change, from: Option<&Source>) {
    match change {
        Change::TitleSet { .. } => one(fold, Field::Title, from),
        Change::ZoneSet { .. } => one(fold, Field::Zone, from),
        Change::ClockSet { .. } => one(fold, Field::Clock, from),
        Change::SeveritySet { .. } => one(fold, Field::Severity, from),
        Change::StatusSet { .. } => one(fold, Field::Status, from),
        Change::MilestoneSet { milestone, .. } => one(fold, of_milestone(*milestone), from),
        Change::MilestoneCleared { milestone } => one(fold, of_milestone(*milestone), None),
        Change::FactSet { fact, .. } => one(fold, of_fact(*fact), from),
        Change::FactCleared { fact } => one(fold, of_fact(*fact), None),
        Change::ItemAdded { list, .. } => added(fold, *list, from),
        Change::AffectedAdded { .. } => added(fold, List::Affected, from),
        Change::LinkAdded { .. } => added(fold, List::Links, from),
        Change::NoteAdded { .. } => added(fold, List::Notes, from),
        Change::ItemStruck { list, text } => struck(fold, *list, text),
        Change::ListCleared { list } => {
            fold.incident.sources.retain(|source| source.field != of_list(*list));
        }
        _ => {}
    }
}

fn one(fold: &mut Fold, field: Field, from: Option<&Source>) {
    let sources = &mut fold.incident.sources;
    sources.retain(|source| source.field != field);
    sources.extend(from.map(|source| FieldSource { field, item: None, source: source.clone() }));
}

fn added(fold: &mut Fold, list: List, from: Option<&Source>) {
    let Some(from) = from else { return };
    let before = match list {
        // The incident's own list is made when all is folded.
        List::Warnings => fold.doubts.open.len(),
        list => facts::count(&fold.incident, list),
    };
    let source = FieldSource { field: of_list(list), item: Some(before + 1), source: from.clone() };
    fold.incident.sources.push(source);
}

/// Notes that this item is gone; before it is.
pub(super) fn struck(fold: &mut Fold, list: List, text: &Raw) {
    let field = of_list(list);
    if !fold.incident.sources.iter().any(|source| source.field == field) {
        return;
    }
    let place = match list {
        List::Warnings => fold.doubts.open.iter().position(|doubt| doubt == text),
        list => facts::names(&fold.incident, list).iter().position(|name| name == text),
    };
    let Some(nth) = place.map(|at| at + 1) else { return };
    fold.incident.sources.retain(|source| source.field != field || source.item != Some(nth));
    for source in fold.incident.sources.iter_mut().filter(|source| source.field == field) {
        source.item = source.item.map(|item| if item > nth { item - 1 } else { item });
    }
}

fn of_milestone(milestone: MilestoneKind) -> Field {
    match milestone {
        MilestoneKind::Started => Field::Started,
        MilestoneKind::Detected => Field::Detected,
        MilestoneKind::Acknowledged => Field::Acknowledged,
        MilestoneKind::Declared => Field::Declared,
        MilestoneKind::Identified => Field::Identified,
        MilestoneKind::Mitigated => Field::Mitigated,
        MilestoneKind::Resolved => Field::Resolved,
        MilestoneKind::Closed => Field::Closed,
    }
}

fn of_fact(fact: Fact) -> Field {
    match fact {
        Fact::Impact => Field::Impact,
        Fact::Summary => Field::Summary,
        Fact::RootCause => Field::RootCause,
        Fact::Trigger => Field::Trigger,
        Fact::Detection => Field::Detection,
        Fact::Workaround => Field::Workaround,
        Fact::Fix => Field::Fix,
    }
}

fn of_list(list: List) -> Field {
    match list {
        List::Services => Field::Services,
        List::Affected => Field::Affected,
        List::Losses => Field::Losses,
        List::Factors => Field::Factors,
        List::WentWell => Field::WentWell,
        List::WentWrong => Field::WentWrong,
        List::Lucky => Field::Lucky,
        List::Links => Field::Links,
        List::Notes => Field::Notes,
        List::Related => Field::Related,
        List::Warnings => Field::Warnings,
    }
}
