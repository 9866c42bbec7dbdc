//! What the list shows of an incident: all that is read before anything is seen.

use serde::{Deserialize, Serialize};

use crate::model::{
    ActionStatus, Clock, Definition, Incident, Instant, Measured, Metrics, MilestoneKind, Milestones, Status,
    Zone, span,
};
use crate::text::Raw;

/// What the list shows of an incident: so little that ten thousand are there before a person wonders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// Its id.
    pub id: Raw,
    /// What people call it.
    pub title: Raw,
    /// 1 is the worst.
    pub severity: Option<u8>,
    /// Where it stands.
    pub status: Status,
    /// The zone its times are printed in.
    pub zone: Zone,
    /// The style of its clock.
    pub clock: Clock,
    /// The services affected.
    pub services: Vec<Raw>,
    /// When it began as far as is known: started, else the first entry.
    pub began: Option<Instant>,
    /// When it was resolved.
    pub resolved: Option<Instant>,
    /// About when it began and was resolved, where the zone or the time of day of that is not known: as if in the
    /// incident's zone. The end only where both times lack no more than the zone.
    pub about: Option<(Instant, Option<Instant>)>,
    /// How many entries its timeline has.
    pub entries: usize,
    /// How many actions are open.
    pub open_actions: usize,
    /// The incidents that were merged into it, by their ids.
    pub merged: Vec<Raw>,
    /// The incident that it was merged into.
    pub merged_into: Option<Raw>,
}

/// What scripts get of an incident besides: it is read only for them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// Its milestones.
    pub milestones: Milestones,
    /// Its figures.
    pub metrics: Metrics,
}

impl Card {
    /// What the list shows of this incident.
    pub fn of(incident: &Incident) -> Self {
        Self {
            id: incident.id.clone(),
            title: incident.title.clone(),
            severity: incident.severity,
            status: incident.status,
            zone: incident.zone.clone(),
            clock: incident.clock,
            services: incident.services.clone(),
            began: incident.began().map(|(at, _)| at),
            about: about(incident),
            resolved: incident.milestones.instant(MilestoneKind::Resolved),
            entries: incident.timeline.len(),
            open_actions: incident.actions.iter().filter(|one| one.status == ActionStatus::Open).count(),
            merged: incident.merged.clone(),
            merged_into: incident.merged_into.clone(),
        }
    }

    /// When it began, for an order in time: about, where no more is known.
    pub fn place(&self) -> Option<Instant> {
        self.began.or(self.about.map(|(began, _)| began))
    }

    /// How long it took, or has been going on: `1h 05m`; a dash where the end is not known, nothing where the beginning is
    /// not.
    pub fn lasted(&self, now: Instant) -> String {
        let Some(began) = self.began else {
            let ends = self.about.and_then(|(began, resolved)| Some((began, resolved?)));
            return ends.map_or_else(String::new, |(began, resolved)| span(resolved - began));
        };
        match (self.resolved.filter(|resolved| *resolved >= began), self.status.is_over()) {
            (Some(resolved), _) => span(resolved - began),
            (None, false) => span(now - began),
            (None, true) => "–".into(),
        }
    }
}

fn about(incident: &Incident) -> Option<(Instant, Option<Instant>)> {
    if incident.began().is_some() {
        return None;
    }
    let milestones = &incident.milestones;
    if let Measured::Between(from, to) = Definition::DURATION.measured(milestones) {
        return Some((from, Some(to)));
    }
    let started = milestones.get(MilestoneKind::Started).map(|met| met.at);
    let mut times = started.into_iter().chain(incident.timeline.iter().map(|entry| entry.at));
    times.find_map(|at| at.about(&incident.zone)).map(|began| (began, None))
}

impl Facts {
    /// What scripts get of this incident.
    pub fn of(incident: &Incident) -> Self {
        Self { milestones: incident.milestones.clone(), metrics: incident.metrics.clone() }
    }
}
