//! Folds milestones, status, severity and roles, each change of which is one entry of the timeline.

use super::{Said, Stands, entry};
use crate::log::Change;
use crate::model::{At, EntryKind, FormerRole, Incident, Milestone, MilestoneKind, Role, Status};
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
            let (given_up, same) = give_up(incident, role, Some(name), said);
            let since = same.or(said.at());
            incident.roles.push(Role { role: role.clone(), name: name.clone(), since });
            let (name, role) = (name.as_typed(), role.as_typed());
            let text = match given_up {
                Some(before) => format!("{name} takes over as {role} from {}", before.as_typed()),
                None => format!("{name} is {role}"),
            };
            (text, Stands::of(EntryKind::Role))
        }
        Change::RoleCleared { role, .. } => {
            give_up(incident, role, None, said);
            (format!("Nobody is {}", role.as_typed()), Stands::of(EntryKind::Role))
        }
        _ => return,
    };
    entry::stand(incident, said, text, &stands);
}

/// Takes a role from whoever has it. Who that was, where it goes to somebody else; since when, where they keep it.
fn give_up(
    incident: &mut Incident,
    role: &Raw,
    to: Option<&Raw>,
    said: &Said<'_>,
) -> (Option<Raw>, Option<At>) {
    let key = role.as_typed().to_lowercase();
    let at = incident.roles.iter().position(|r| r.role.as_typed().to_lowercase() == key);
    let Some(Role { role, name, since }) = at.map(|at| incident.roles.remove(at)) else {
        return (None, None);
    };
    if to.is_some_and(|to| to.as_typed().to_lowercase() == name.as_typed().to_lowercase()) {
        return (None, since);
    }
    incident.former_roles.push(FormerRole { role, name: name.clone(), since, until: said.at() });
    (Some(name), None)
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
pub(crate) fn status_of(milestone: MilestoneKind) -> Option<Status> {
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
