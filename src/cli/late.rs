//! That an entry was logged late, in words.

use crate::model::{Entry, Face, Incident, Moment, span};

/// How late an entry was logged, and when; none where it was logged in time.
pub(super) fn logged(entry: &Entry, incident: &Incident) -> Option<String> {
    let late = entry.late()?;
    let logged = Face::of(incident).near(&Moment::stamped(entry.logged_at), entry.logged_at);
    Some(format!("logged {} late, at {logged}", span(late)))
}
