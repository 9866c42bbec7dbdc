//! The handoff: the state on one screen, for whoever takes over, as it is copied and exported.

use chrono::TimeDelta;

use super::Laid;
use crate::model::{Incident, Instant, MilestoneKind};
use crate::tui::export::handoff;
use crate::tui::look::Look;
use crate::tui::{markdown, times};

/// Lays it out.
pub(super) fn laid_out(incident: &Incident, columns: usize, look: Look) -> Laid {
    let (text, secrets) = handoff(incident);
    let rows = markdown::lines(&text, columns, look).into();
    Laid { rows, text: Some((text, secrets)), ..Laid::default() }
}

/// How long it has been going on, or went on.
pub(in crate::tui) fn elapsed(incident: &Incident, now: Instant) -> String {
    let resolved = incident.milestones.instant(MilestoneKind::Resolved);
    match (incident.began(), resolved) {
        // Of times without a zone the distance is known.
        (None, _) => match incident.metrics.duration_minutes {
            Some(minutes) => format!("lasted {}", times::span(TimeDelta::minutes(minutes))),
            None if incident.timeline.is_empty() => "not begun".into(),
            None => "start not known".into(),
        },
        (Some((began, _)), Some(resolved)) if resolved >= began => {
            format!("lasted {}", times::span(resolved - began))
        }
        (_, None) if incident.status.is_over() => "end not known".into(),
        (Some((began, false)), _) => format!("{} since start", times::span(now - began)),
        (Some((began, true)), _) => format!("{} since first entry", times::span(now - began)),
    }
}
