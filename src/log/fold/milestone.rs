//! Folds milestones, status, severity and roles, each change of which is one entry of the timeline.

use super::{Said, Stands, entry};
use crate::log::Change;
use crate::model::{EntryKind, Incident, Milestone, MilestoneKind, Role, Status};
use crate::text::Raw;

/// Folds a change of where the incident stands.
pub(super) fn apply(incident: &mut Incident, change: &Change, said: &Said<'_>) {
    let (text, stands) = match change {
        Change::SeveritySet { severity, .. } => {
            incident.severity = *severity;
            let text = severity.map_or_else(|| "Severity no longer set".into(), |s| format!("Severity {s}"));
            (text, Stands::of(EntryKind::Severity))
        }
        Change::StatusSet { status, .. } => {
            set_status(incident, *status, said);
            (format!("Status {status}"), Stands::of(EntryKind::Status))
        }
        // A milestone is a time.
        Change::MilestoneSet { .. } if !said.timed => return,
        Change::MilestoneSet { milestone, how, .. } => {
            incident.milestones.set(*milestone, Some(Milestone::new(&said.when, how.clone())));
            if let Some(status) = status_of(*milestone)
                && status > incident.status
            {
                incident.status = status;
            }
            (told(*milestone, how.as_ref()), stands_for(*milestone))
        }
        Change::MilestoneCleared { milestone } => {
            clear(incident, *milestone);
            (format!("No longer {milestone}"), stands_for(*milestone))
        }
        Change::RoleTaken { role, name, .. } => {
            let key = role.as_typed().to_lowercase();
            incident.roles.retain(|r| r.role.as_typed().to_lowercase() != key);
            incident.roles.push(Role { role: role.clone(), name: name.clone() });
            (format!("{} is {}", name.as_typed(), role.as_typed()), Stands::of(EntryKind::Role))
        }
        Change::RoleCleared { role, .. } => {
            let key = role.as_typed().to_lowercase();
            incident.roles.retain(|r| r.role.as_typed().to_lowercase() != key);
            (format!("Nobody is {}", role.as_typed()), Stands::of(EntryKind::Role))
        }
        _ => return,
    };
    entry::stand(incident, said, text, &stands);
}

fn stands_for(milestone: MilestoneKind) -> Stands {
    Stands { kind: EntryKind::Milestone, hypothesis: None, milestone: Some(milestone) }
}

fn told(milestone: MilestoneKind, how: Option<&Raw>) -> String {
    let word = milestone.word();
    let capital = word[..1].to_uppercase() + &word[1..];
    how.map_or(capital.clone(), |how| format!("{capital}: {}", how.as_typed()))
}

/// The status that a milestone moves the incident to, unless it is further already.
pub(in crate::log) fn status_of(milestone: MilestoneKind) -> Option<Status> {
    match milestone {
        MilestoneKind::Identified => Some(Status::Identified),
        MilestoneKind::Mitigated => Some(Status::Monitoring),
        MilestoneKind::Resolved => Some(Status::Resolved),
        MilestoneKind::Closed => Some(Status::Closed),
        _ => None,
    }
}

/// A status that says the same as a milestone sets it, where it was not set; one from before the end takes the end back.
fn set_status(incident: &mut Incident, status: Status, said: &Said<'_>) {
    incident.status = status;
    if !status.is_over() {
        incident.milestones.set(MilestoneKind::Resolved, None);
    }
    if status != Status::Closed {
        incident.milestones.set(MilestoneKind::Closed, None);
    }
    let milestone = match status {
        Status::Identified => MilestoneKind::Identified,
        Status::Resolved => MilestoneKind::Resolved,
        Status::Closed => MilestoneKind::Closed,
        _ => return,
    };
    if said.timed && incident.milestones.get(milestone).is_none() {
        incident.milestones.set(milestone, Some(Milestone::new(&said.when, None)));
    }
}

fn clear(incident: &mut Incident, milestone: MilestoneKind) {
    incident.milestones.set(milestone, None);
    if status_of(milestone) == Some(incident.status) {
        let met = MilestoneKind::ALL.into_iter().filter(|m| incident.milestones.get(*m).is_some());
        incident.status = met.filter_map(status_of).max().unwrap_or_default();
    }
}
