//! What striking an entry out does besides: it takes evidence away, and leaves what the row stands for as it is.

use super::handle;
use crate::log::words::Teller;
use crate::log::{Change, retraction};
use crate::model::Hypothesis;

/// What to know of a change that strikes an entry out, before it is made; none where the entry stands for itself alone.
pub fn struck(change: &Change, teller: &Teller<'_>) -> Option<String> {
    let Change::EntryStruck { entry } = change else { return None };
    let known = teller.incident.entry(*entry)?;
    let handle = handle::shortest(teller.incident, *entry);
    if known.struck {
        return Some(format!("struck out already · /strike {handle} - brings it back"));
    }
    let is_evidence =
        |hypothesis: &&Hypothesis| hypothesis.evidence.iter().any(|evidence| evidence.entry == Some(*entry));
    if let Some(hypothesis) = teller.incident.hypotheses.iter().find(is_evidence) {
        let subject = hypothesis.subject.raw().for_term();
        return Some(format!(
            "struck out, no evidence about {subject} any more · /strike {handle} - brings it back"
        ));
    }
    let stays = retraction::stays(*entry, teller)?;
    Some(format!(
        "row struck out; {stays} (/undo {handle} changes that) · /strike {handle} - brings the row back"
    ))
}
