//! Minutes between milestones, and the doubts that follow from milestones which contradict each other.

use crate::model::{Incident, Metrics, MilestoneKind};
use crate::text::Raw;

/// Takes the metrics from the milestones. Unknown where one of the two is, and where the later one lies before the
/// earlier one: that becomes a warning, never a negative number.
pub(super) fn measure(incident: &mut Incident, recorded: &[Raw]) {
    let started = incident.milestones.instant(MilestoneKind::Started);
    let mut warnings = recorded.to_vec();
    let mut since_start = |kind: MilestoneKind| {
        let (from, to) = (started?, incident.milestones.instant(kind)?);
        if to < from {
            warnings.push(Raw::new(format!("{kind} lies before started: one of the two times is wrong")));
            return None;
        }
        Some((to - from).num_minutes())
    };
    let detect = since_start(MilestoneKind::Detected);
    let acknowledge = since_start(MilestoneKind::Acknowledged);
    let identify = since_start(MilestoneKind::Identified);
    let mitigate = since_start(MilestoneKind::Mitigated);
    let resolve = since_start(MilestoneKind::Resolved);
    incident.metrics = Metrics {
        duration_minutes: resolve,
        time_to_detect_minutes: detect,
        time_to_acknowledge_minutes: acknowledge,
        time_to_identify_minutes: identify,
        time_to_mitigate_minutes: mitigate,
        time_to_resolve_minutes: resolve,
    };
    incident.warnings = warnings;
}
