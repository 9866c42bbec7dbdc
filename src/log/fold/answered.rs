//! Doubts of an import about what a document does not say: a person who says it settles them.

use super::zoned::bare;
use crate::log::{Change, Fact};
use crate::model::{MilestoneKind, doubt};
use crate::text::Raw;

/// Whether a change that a person made says what this doubt is about.
pub(super) fn is_answered(open: &Raw, change: &Change) -> bool {
    let begins: &[&str] = match change {
        Change::MilestoneSet { milestone: MilestoneKind::Started, .. } => &[doubt::NO_START],
        Change::MilestoneSet { milestone: MilestoneKind::Resolved, .. } => &[doubt::NO_END, doubt::NOT_ENDED],
        Change::FactSet { fact: Fact::RootCause, .. } => &[doubt::NO_CAUSE],
        _ => return false,
    };
    begins.iter().any(|begins| bare(open).starts_with(begins))
}
