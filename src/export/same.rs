//! Tells whether a text is the report of an incident as it would be written now: in any of the forms that can be read back.

use super::redact::{Redacted, redacted};
use super::{Outline, html, json, markdown, svg};
use crate::model::Incident;
use crate::text::Raw;

/// Whether a text is a report of this incident, with its secrets or without. `relatives` are the incidents that belong to it.
pub fn own_report(text: &str, incident: &Incident, relatives: impl FnOnce() -> Vec<Raw>) -> bool {
    let text = text.trim_end();
    let Redacted { incident: bare, .. } = redacted(incident);
    let both = [incident, &bare];
    let is = |report: &str| report.trim_end() == text;
    if text.starts_with('{') {
        return both.iter().any(|one| json::render(one).is_ok_and(|report| is(&report)));
    }
    let related = relatives();
    let told = Incident { related: related.clone(), ..incident.clone() };
    let Redacted { incident: bare, .. } = redacted(&told);
    let also = [incident, &told, &bare].into_iter();
    let mut reports = also.map(|one| (one, markdown::render(&Outline::of(one))));
    reports.any(|(one, report)| {
        is(&report) || text.starts_with('<') && is(&html::page(&one.title, &report, Some(&svg::figure(one))))
    })
}
