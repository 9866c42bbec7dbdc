//! The flow of the incident as a picture.

use super::{Block, Section};
use crate::export::mermaid;
use crate::model::{Incident, MilestoneKind};

/// Draws it, where there is more to draw than one line of the timeline tells.
pub(super) fn section(incident: &Incident) -> Option<Section> {
    let met = MilestoneKind::ALL.into_iter().filter(|kind| incident.milestones.get(*kind).is_some()).count();
    let tells = met > 1 || !incident.hypotheses.is_empty();
    let diagram = || Block::Diagram(mermaid::flow(incident));
    tells.then(|| Section { heading: "Incident flow", blocks: vec![diagram()] })
}
