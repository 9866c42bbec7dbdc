//! The words of a change, put right afterwards: its entry on the timeline was edited.

use super::{Change, Ledger, Stamp};
use crate::text::Raw;

/// The change with other words; none where it has no words beside what it does, or they are an entry's own.
pub(super) fn reworded(change: &Change, text: &Raw) -> Option<Change> {
    let mut change = change.clone();
    let words = match &mut change {
        Change::MilestoneSet { how, .. } => how,
        Change::HypothesisRaised(about)
        | Change::HypothesisTested { about, .. }
        | Change::EvidenceAdded { about, .. }
        | Change::HypothesisRuledOut(about)
        | Change::HypothesisConfirmed(about)
        | Change::HypothesisParked(about)
        | Change::HypothesisReopened(about) => &mut about.text,
        _ => return None,
    };
    *words = Some(text.clone());
    Some(change)
}

/// The words of a change beside what it does, as they were said.
pub(super) fn words(change: &Change) -> Option<&Raw> {
    match change {
        Change::MilestoneSet { how, .. } => how.as_ref(),
        other => other.about()?.text.as_ref(),
    }
}

/// Whether the record with this stamp is of a change that an edit gives other words; or may be, where it is still to come.
pub(super) fn rewords(ledger: &Ledger, of: Stamp) -> bool {
    let Some(record) = ledger.get(of) else { return true };
    let has_words =
        |change: &Change| change.about().is_some() || matches!(change, Change::MilestoneSet { .. });
    record.change().is_some_and(has_words)
}
