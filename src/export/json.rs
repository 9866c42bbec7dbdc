//! The incident as JSON, in the form of `incident.json`: what scripts and other programs read.

use crate::model::Incident;
use crate::text::json;

/// Renders it; read as an [`Incident`] it is the same one.
///
/// # Errors
/// Where the incident cannot be written as JSON.
pub fn render(incident: &Incident) -> serde_json::Result<String> {
    let text = serde_json::to_string_pretty(incident)?;
    Ok(format!("{}\n", json::printable(&text)))
}
