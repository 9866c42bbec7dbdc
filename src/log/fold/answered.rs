//! Doubts of an import about what a document does not say: a person who says it settles them.

use super::zoned::bare;
use crate::log::{Change, Fact};
use crate::model::MilestoneKind;
use crate::text::Raw;

/// Whether a change that a person made says what this doubt is about.
pub(super) fn is_answered(doubt: &Raw, change: &Change) -> bool {
    let begins: &[&str] = match change {
        Change::MilestoneSet { milestone: MilestoneKind::Started, .. } => &["no line says when it began"],
        Change::MilestoneSet { milestone: MilestoneKind::Resolved, .. } => {
            &["no line says when it was over", "it is not told when it ended"]
        }
        Change::FactSet { fact: Fact::RootCause, .. } => &["no part is about the cause"],
        _ => return false,
    };
    begins.iter().any(|begins| bare(doubt).starts_with(begins))
}
