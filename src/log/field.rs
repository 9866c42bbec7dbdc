//! What an incident has one of, or one list of: each with a history of its own.

use super::fold::milestone::status_of;
use super::{Change, Fact, List};
use crate::model::{Incident, MilestoneKind};
use crate::text::Raw;

/// Something of the incident as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Field {
    /// The title.
    Title,
    /// The severity.
    Severity,
    /// Where the incident stands: the status, and the milestones that move it. Each changes the other.
    Course,
    /// One of the other milestones.
    Milestone(MilestoneKind),
    /// A role, in small letters.
    Role(String),
    /// A field that holds one text.
    Fact(Fact),
    /// A field that holds several.
    List(List),
    /// The zone of its times.
    Zone,
    /// The style of its clock.
    Clock,
    /// How often stakeholders are told.
    Cadence,
    /// What stakeholders were told.
    Updates,
    /// What was decided.
    Decisions,
}

impl Field {
    /// A milestone, by what it moves.
    pub fn milestone(kind: MilestoneKind) -> Self {
        if status_of(kind).is_some() { Self::Course } else { Self::Milestone(kind) }
    }

    /// A role, whatever its letter case.
    pub fn role(role: &Raw) -> Self {
        Self::Role(role.as_typed().to_lowercase())
    }

    /// What a change sets, adds to or clears.
    pub(super) fn all_of(change: &Change) -> Vec<Self> {
        vec![match change {
            Change::IncidentCreated { severity, .. } => {
                let severity = severity.map(|_| Self::Severity);
                return [Self::Title, Self::Zone, Self::Clock].into_iter().chain(severity).collect();
            }
            Change::TitleSet { .. } => Self::Title,
            Change::SeveritySet { .. } => Self::Severity,
            Change::StatusSet { .. } => Self::Course,
            Change::ZoneSet { .. } => Self::Zone,
            Change::ClockSet { .. } => Self::Clock,
            Change::MilestoneSet { milestone, .. } | Change::MilestoneCleared { milestone } => {
                Self::milestone(*milestone)
            }
            Change::FactSet { fact, .. } | Change::FactCleared { fact } => Self::Fact(*fact),
            Change::ItemAdded { list, .. }
            | Change::ItemStruck { list, .. }
            | Change::ItemChanged { list, .. }
            | Change::ListCleared { list } => Self::List(*list),
            Change::AffectedAdded { .. } => Self::List(List::Affected),
            Change::LinkAdded { .. } => Self::List(List::Links),
            Change::NoteAdded { .. } => Self::List(List::Notes),
            Change::RoleTaken { role, .. } | Change::RoleCleared { role, .. } => Self::role(role),
            Change::UpdateSent { .. } => Self::Updates,
            Change::CadenceSet { .. } => Self::Cadence,
            Change::DecisionMade { .. } => Self::Decisions,
            _ => return Vec::new(),
        }]
    }

    /// What of this came back with the fields of an incident that were restored.
    pub(super) fn restored(incident: &Incident) -> Vec<Self> {
        let met = MilestoneKind::ALL.into_iter().filter(|kind| incident.milestones.get(*kind).is_some());
        let mut all: Vec<Self> = met.map(Self::milestone).collect();
        all.extend(incident.severity.map(|_| Self::Severity));
        all.extend(incident.roles.iter().map(|role| Self::role(&role.role)));
        all.extend(incident.update_every_minutes.map(|_| Self::Cadence));
        all.extend((!incident.updates.is_empty()).then_some(Self::Updates));
        all.extend((!incident.decisions.is_empty()).then_some(Self::Decisions));
        let facts = super::fold::facts::FACTS.into_iter();
        let told = facts.filter(|fact| super::fold::facts::text(incident, *fact).is_some());
        all.extend(told.map(Self::Fact));
        let lists = super::fold::facts::LISTS.into_iter();
        let filled = lists.filter(|list| super::fold::facts::count(incident, *list) > 0);
        all.extend(filled.map(Self::List));
        all.extend([Self::Course, Self::Title, Self::Zone, Self::Clock]);
        all
    }
}
