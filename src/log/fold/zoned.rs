//! Gives times whose zone was not known the one that a person named.

use crate::model::{At, Incident, MilestoneKind, Precision, Zone, doubt};
use crate::text::Raw;

/// Whether a doubt is about nothing but that the times of a document name no zone.
pub(super) fn is_about(open: &Raw) -> bool {
    [doubt::NO_ZONE, doubt::LOCAL].iter().any(|begins| bare(open).starts_with(begins))
}

/// The words of a doubt without the "line 7: " that may stand before them.
pub(super) fn bare(doubt: &Raw) -> &str {
    let words = doubt.as_typed();
    let bare = words.strip_prefix("line ").and_then(|rest| rest.split_once(": "));
    let bare = bare.filter(|(line, _)| line.bytes().all(|byte| byte.is_ascii_digit())).map(|(_, rest)| rest);
    bare.unwrap_or(words)
}

/// Gives all times of the incident this zone that have none.
pub(super) fn apply(incident: &mut Incident, zone: &Zone) {
    for entry in incident.timeline.iter_mut() {
        give(&mut entry.at, Some(&mut entry.precision), zone);
        entry.until.iter_mut().for_each(|until| give(until, None, zone));
    }
    incident.timeline.sort();
    for kind in MilestoneKind::ALL {
        if let Some(mut met) = incident.milestones.get(kind).cloned() {
            give(&mut met.at, Some(&mut met.precision), zone);
            incident.milestones.set(kind, Some(met));
        }
    }
    for at in others(incident) {
        give(at, None, zone);
    }
}

/// All times of an incident but those of entries and milestones.
pub(super) fn others(incident: &mut Incident) -> impl Iterator<Item = &mut At> {
    let hypotheses = incident.hypotheses.iter_mut().flat_map(|hypothesis| {
        let tests = hypothesis.tests.iter_mut().filter_map(|test| test.started_at.as_mut());
        let evidence = hypothesis.evidence.iter_mut().filter_map(|evidence| evidence.at.as_mut());
        let own = hypothesis.raised_at.iter_mut().chain(hypothesis.closed_at.iter_mut());
        own.chain(tests).chain(evidence)
    });
    let updates = incident.updates.iter_mut().map(|update| &mut update.at);
    let decisions = incident.decisions.iter_mut().map(|decision| &mut decision.at);
    let since = incident.roles.iter_mut().filter_map(|role| role.since.as_mut());
    let former = incident.former_roles.iter_mut();
    let former = former.flat_map(|role| role.since.iter_mut().chain(role.until.iter_mut()));
    let attachments = incident.attachments.iter_mut().map(|attachment| &mut attachment.at);
    let actions = incident.actions.iter_mut().filter_map(|action| action.closed_at.as_mut());
    let roles = since.chain(former);
    hypotheses.chain(updates).chain(decisions).chain(attachments).chain(actions).chain(roles)
}

fn give(at: &mut At, precision: Option<&mut Precision>, zone: &Zone) {
    let Some(zoned) = at.zoned(zone) else { return };
    *at = zoned;
    if let Some(precision) = precision.filter(|precision| **precision == Precision::ZoneUnknown) {
        *precision = Precision::Minute;
    }
}
