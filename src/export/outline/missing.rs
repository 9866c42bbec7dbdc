//! What the report still lacks, with the command that fills it: the check's rules about what is missing.

use crate::export::check;
use crate::model::Incident;

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
    let found = check::missing(incident).into_iter();
    found.map(|finding| Gap { what: finding.message, command: finding.fix }).collect()
}
