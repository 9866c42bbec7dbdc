//! Folds actions.

use super::Said;
use crate::log::{Change, Stamp};
use crate::model::{Action, ActionStatus, Incident};

/// Folds a change of an action; `added` counts all that were ever added but for those that were purged since.
pub(super) fn apply(
    incident: &mut Incident,
    (added, purged): (&mut u32, u32),
    change: &Change,
    said: &Said<'_>,
) {
    match change {
        Change::ActionAdded { kind, text, owner, due, priority, class, link } => {
            *added += 1;
            incident.actions.push(Action {
                id: said.id,
                number: added.saturating_add(purged),
                kind: *kind,
                text: text.clone(),
                owner: owner.clone(),
                due: *due,
                priority: *priority,
                class: class.clone(),
                link: link.clone(),
                status: ActionStatus::Open,
                reason: None,
                closed_at: None,
                source: said.from.cloned(),
            });
        }
        Change::ActionChanged { action, text, owner, due, priority, class, link } => {
            edit(incident, *action, |a| {
                (a.text, a.owner, a.due) = (text.clone(), owner.clone(), *due);
                (a.priority, a.class, a.link) = (*priority, class.clone(), link.clone());
            });
        }
        Change::ActionDone { action, .. } => edit(incident, *action, |a| {
            (a.status, a.reason, a.closed_at) = (ActionStatus::Done, None, said.at());
        }),
        Change::ActionDropped { action, reason, .. } => edit(incident, *action, |a| {
            (a.status, a.reason, a.closed_at) = (ActionStatus::Dropped, reason.clone(), said.at());
        }),
        Change::ActionReopened { action } => edit(incident, *action, |a| {
            (a.status, a.reason, a.closed_at) = (ActionStatus::Open, None, None);
        }),
        _ => {}
    }
}

fn edit(incident: &mut Incident, id: Stamp, edit: impl FnOnce(&mut Action)) {
    if let Some(action) = incident.actions.iter_mut().find(|a| a.id == id) {
        edit(action);
    }
}
