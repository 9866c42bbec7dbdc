//! Folds what another incident has, of one that became a part of this one: what is empty here is filled, what is in a list
//! there is in the list here, and nothing of this incident gives way.

use super::milestone::status_of;
use super::{Fold, entry, machine};
use crate::log::{Restored, Stamp};
use crate::model::{Action, ActionStatus, Evidence, Hypothesis, HypothesisStatus, Incident, MilestoneKind};
use crate::text::Raw;

/// Folds a piece of another incident, which came with the record of this stamp.
pub(super) fn apply(fold: &mut Fold, what: &Restored, stamp: Stamp) {
    match what {
        Restored::Facts(other) => {
            facts(&mut fold.incident, other);
            add(&mut fold.doubts.open, &other.warnings);
        }
        Restored::Entry(other) => {
            if fold.incident.entry(other.id).is_none() {
                let mut other = (**other).clone();
                if let Some(when) = fold.hindsight.times.get(&other.id) {
                    other.set_moment(when);
                    other.edited = true;
                }
                if machine::joined(fold, &other) {
                    return;
                }
                let (id, struck) = (other.id, other.struck);
                fold.incident.timeline.insert(other);
                entry::strike(&mut fold.incident, id, struck);
            }
        }
        Restored::Hypothesis(other) => {
            hypothesis(&mut fold.incident, other);
            entry::strike_evidence(&mut fold.incident, &other.subject);
        }
        Restored::Action(other) => {
            fold.counts(other.number, stamp);
            match fold.incident.actions.iter_mut().find(|action| action.id == other.id) {
                Some(own) => action(own, other),
                None => {
                    fold.incident.actions.push((**other).clone());
                    fold.incident.actions.sort_by_key(|action| (action.number, action.id));
                }
            }
        }
    }
}

/// Joins the fields of another incident, but for its warnings: those that follow from milestones are found anew.
pub(crate) fn facts(incident: &mut Incident, other: &Incident) {
    fill(&mut incident.severity, other.severity.as_ref());
    fill(&mut incident.summary, other.summary.as_ref());
    fill(&mut incident.impact.text, other.impact.text.as_ref());
    fill(&mut incident.root_cause, other.root_cause.as_ref());
    fill(&mut incident.trigger, other.trigger.as_ref());
    fill(&mut incident.detection, other.detection.as_ref());
    fill(&mut incident.resolution.temporary, other.resolution.temporary.as_ref());
    fill(&mut incident.resolution.permanent, other.resolution.permanent.as_ref());
    if incident.update_every_minutes.is_none() {
        incident.update_every_minutes = other.update_every_minutes;
        incident.update_every_since = other.update_every_since;
    }
    for kind in MilestoneKind::ALL {
        if incident.milestones.get(kind).is_none()
            && let Some(met) = other.milestones.get(kind)
        {
            incident.milestones.set(kind, Some(met.clone()));
            incident.status = incident.status.max(status_of(kind).unwrap_or_default());
        }
    }
    for role in &other.roles {
        let key = role.role.as_typed().to_lowercase();
        if incident.roles.iter().all(|known| known.role.as_typed().to_lowercase() != key) {
            incident.roles.push(role.clone());
        }
    }
    add(&mut incident.former_roles, &other.former_roles);
    for service in &other.services {
        let key = |service: &Raw| service.as_typed().trim().to_lowercase();
        if incident.services.iter().all(|known| key(known) != key(service)) {
            incident.services.push(service.clone());
        }
    }
    add(&mut incident.impact.affected, &other.impact.affected);
    add(&mut incident.impact.loss, &other.impact.loss);
    add(&mut incident.factors, &other.factors);
    add(&mut incident.lessons.went_well, &other.lessons.went_well);
    add(&mut incident.lessons.went_wrong, &other.lessons.went_wrong);
    add(&mut incident.lessons.lucky, &other.lessons.lucky);
    add(&mut incident.links, &other.links);
    add(&mut incident.notes, &other.notes);
    add(&mut incident.related, &other.related);
    add(&mut incident.updates, &other.updates);
    incident.updates.sort_by_key(|update| (update.at.sort_key(), update.id));
    add(&mut incident.decisions, &other.decisions);
    incident.decisions.sort_by_key(|decision| (decision.at.sort_key(), decision.id));
    add(&mut incident.attachments, &other.attachments);
    incident.attachments.sort_by_key(|attachment| (attachment.at.sort_key(), attachment.id));
}

/// Joins a hypothesis to the one about the same subject; else it is one more. A verdict of this incident holds.
pub(crate) fn hypothesis(incident: &mut Incident, other: &Hypothesis) {
    let key = other.subject.key();
    let Some(own) = incident.hypotheses.iter_mut().find(|known| known.subject.key() == key) else {
        incident.hypotheses.push(other.clone());
        incident.hypotheses.sort_by_key(|hypothesis| hypothesis.id);
        return;
    };
    fill(&mut own.why, other.why.as_ref());
    fill(&mut own.owner, other.owner.as_ref());
    fill(&mut own.timebox_minutes, other.timebox_minutes.as_ref());
    let further = !own.status.is_closed() && other.status.is_closed()
        || own.status == HypothesisStatus::Open && other.status != HypothesisStatus::Open;
    if further {
        own.status = other.status;
        own.closed_at = other.closed_at;
        fill(&mut own.reason, other.reason.as_ref());
    } else if own.status == other.status {
        fill(&mut own.reason, other.reason.as_ref());
        fill(&mut own.closed_at, other.closed_at.as_ref());
    }
    if own.status.is_set_aside() {
        own.reopened = None;
    } else {
        fill(&mut own.reopened, other.reopened.as_ref());
    }
    let earlier = match (&own.raised_at, &other.raised_at) {
        (Some(own), Some(other)) => other.sort_key() < own.sort_key(),
        (own, _) => own.is_none(),
    };
    if earlier {
        own.raised_at = other.raised_at;
    }
    add(&mut own.tests, &other.tests);
    own.tests.sort_by_key(|test| test.started_at.map(|at| at.sort_key()));
    for evidence in &other.evidence {
        // Struck out or not: the same evidence stands once, as it stands here.
        if !own
            .evidence
            .iter()
            .any(|known| Evidence { struck: evidence.struck, ..known.clone() } == *evidence)
        {
            own.evidence.push(evidence.clone());
        }
    }
    own.evidence.sort_by_key(|evidence| (evidence.at.map(|at| at.sort_key()), evidence.entry));
    own.logged_at = own.logged_at.min(other.logged_at);
}

/// Fills what an action lacks with what another one says of the same. What became of it holds.
pub(crate) fn action(own: &mut Action, other: &Action) {
    fill(&mut own.owner, other.owner.as_ref());
    fill(&mut own.due, other.due.as_ref());
    fill(&mut own.priority, other.priority.as_ref());
    fill(&mut own.class, other.class.as_ref());
    fill(&mut own.link, other.link.as_ref());
    fill(&mut own.source, other.source.as_ref());
    if own.status == ActionStatus::Open && other.status != ActionStatus::Open {
        own.status = other.status;
        own.closed_at = other.closed_at;
        fill(&mut own.reason, other.reason.as_ref());
    }
}

fn fill<T: Clone>(own: &mut Option<T>, other: Option<&T>) {
    if own.is_none() {
        *own = other.cloned();
    }
}

fn add<T: Clone + PartialEq>(own: &mut Vec<T>, other: &[T]) {
    for item in other {
        if !own.contains(item) {
            own.push(item.clone());
        }
    }
}
