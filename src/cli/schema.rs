//! `warroom schema`: the JSON Schema of `incident.json`.

use super::failure::Failure;
use super::out;
use crate::model::Incident;

pub(super) fn run() -> Result<u8, Failure> {
    let schema = schemars::schema_for!(Incident);
    let text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    out::result(&format!("{text}\n"))?;
    Ok(0)
}
