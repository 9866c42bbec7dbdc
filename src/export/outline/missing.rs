//! What the report still lacks, with the command that fills it.

use crate::model::{ActionKind, HypothesisStatus, Incident, MilestoneKind};

/// Something the report still lacks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// What; safe for a terminal.
    pub what: String,
    /// The beginning of the line that fills it, to be typed on at its end.
    pub command: String,
}

/// Finds what is missing, the most important first.
pub(super) fn gaps(incident: &Incident) -> Vec<Gap> {
    let mut gaps = Vec::new();
    let mut gap = |missing: bool, what: &str, command: &str| {
        if missing {
            gaps.push(Gap { what: what.to_owned(), command: command.to_owned() });
        }
    };
    let unmet = |kind| incident.milestones.get(kind).is_none();
    gap(unmet(MilestoneKind::Started), "when it started", "/started ");
    gap(unmet(MilestoneKind::Resolved), "when it was resolved", "/resolved ");
    gap(incident.impact.text.is_none(), "what it meant for people", "/impact ");
    gap(incident.impact.affected.is_empty(), "how many were affected", "/affected ");
    gap(incident.root_cause.is_none(), "the root cause", "/cause ");
    let resolution = &incident.resolution;
    gap(resolution.temporary.is_none() && resolution.permanent.is_none(), "how it was ended", "/fix ");
    gap(!incident.actions.iter().any(|a| a.kind == ActionKind::Task), "tasks for afterwards", "+ ");
    for h in &incident.hypotheses {
        let subject = h.subject.raw().for_term();
        if h.status == HypothesisStatus::RuledOut && h.reason.is_none() {
            // With the time of the verdict: saying it again must not move it to now.
            let time = h.closed_at.and_then(|at| at.instant());
            let time = time.map_or(String::new(), |at| at.format("%Y-%m-%d %H:%M:%S Z ").to_string());
            gap(true, &format!("why {subject} was ruled out"), &format!("/out {time}{subject}: "));
        } else if !h.status.is_closed() {
            gap(true, &format!("a verdict on {subject}"), &format!("/out {subject}: "));
        }
    }
    gaps
}
