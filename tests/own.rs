//! Our own report read back: the default template, and what people do with it afterwards.

mod edited;
mod foreign;
mod forms;
mod round_trip;
mod tied;

use serde_json::Value;
use warroom::export::templates;
use warroom::import::{self, Reading};
use warroom::model::{Document, Incident};
use warroom::session::Import;

use crate::scene::utc;

/// The report that the default template makes.
pub fn report(incident: &Incident) -> String {
    report_as("default", incident)
}

pub fn reading(report: &str) -> Reading {
    import::read(report.as_bytes(), "report.md").unwrap()
}

/// The report in the form of a template.
pub fn report_as(template: &str, incident: &Incident) -> String {
    let built_in = templates::BUILT_IN.iter().find(|built_in| built_in.name == template).unwrap();
    templates::render(built_in.source, incident).unwrap()
}

/// The incident that a reading makes, imported by alice.
pub fn imported(reading: Reading) -> Incident {
    let document = Document { file: "report.md".into(), bytes: 1, crc: 2, channel: None };
    Import { reading, document, by: "alice".into() }.preview(utc("2026-01-01 12:00"))
}

/// What of an incident a report can bring back.
pub fn told(incident: &Incident) -> Value {
    let mut value = serde_json::to_value(incident).unwrap();
    let fields = value.as_object_mut().unwrap();
    for gone in [
        "id",
        "journal",
        "metrics",
        "sources",
        "documents",
        "update_every_minutes",
        "update_every_since",
        "former_roles",
    ] {
        fields.remove(gone);
    }
    // A milestone that was set anew or cleared is no part of the report.
    let milestones = fields["milestones"].clone();
    fields["timeline"].as_array_mut().unwrap().retain(|entry| {
        let milestone = entry["milestone"].as_str().filter(|_| entry["kind"] == "milestone");
        milestone.is_none_or(|milestone| milestones[milestone]["at"] == entry["at"])
    });
    let how = fields["milestones"]["detected"]["how"].clone();
    if fields["detection"] == how {
        fields["detection"] = Value::Null;
    }
    let actions = fields["actions"].as_array_mut().unwrap();
    actions.sort_by_key(|action| action["kind"] != "improvement");
    for action in actions {
        let action = action.as_object_mut().unwrap();
        action.remove("number");
        action.remove("closed_at");
    }
    for list in ["updates", "decisions"] {
        for told in fields[list].as_array_mut().unwrap() {
            told.as_object_mut().unwrap().remove("by");
        }
    }
    bare(&mut value);
    value
}

/// Without ids and what belongs to the time of logging; times to the minute, unless seconds were typed.
fn bare(value: &mut Value) {
    match value {
        Value::Array(all) => all.iter_mut().for_each(bare),
        Value::Object(fields) => {
            for gone in [
                "id",
                "logged_at",
                "as_written",
                "source",
                "edited",
                "skewed",
                "hypothesis",
                "entry",
                "since",
            ] {
                fields.remove(gone);
            }
            let to_the_second = fields.get("precision").is_some_and(|precision| precision == "second");
            if fields.get("precision").is_some_and(|precision| precision == "millisecond") {
                fields.insert("precision".into(), "minute".into());
            }
            for name in ["at", "until", "raised_at", "closed_at", "started_at"] {
                let Some(Value::String(at)) = fields.get_mut(name) else { continue };
                if let Ok(instant) = chrono::DateTime::parse_from_rfc3339(at) {
                    let format = if to_the_second { "%FT%T" } else { "%FT%H:%M" };
                    *at = instant.to_utc().format(format).to_string();
                }
            }
            fields.values_mut().for_each(bare);
        }
        _ => {}
    }
}
