//! An incident with a text in every field that takes one, made from the schema: a field that is added is filled, too.

use std::sync::LazyLock;

use serde_json::{Map, Value, json};
use warroom::model::Incident;

static SCHEMA: LazyLock<Value> =
    LazyLock::new(|| serde_json::to_value(schemars::schema_for!(Incident)).unwrap());

/// An incident with the next of these texts in every field that takes any text, and one thing in every list.
pub fn filled(next: &mut dyn FnMut() -> String) -> Value {
    value(&SCHEMA, next)
}

/// The same with what the report tells in several ways: hypotheses and actions in all states, entries of two days.
pub fn whole(next: &mut dyn FnMut() -> String) -> Incident {
    let defs = &SCHEMA["$defs"];
    let mut incident = filled(next);
    let mut several = |list: &str, def: &str, field: &str, words: &[&str]| {
        let one = |word: &&str| {
            let mut one = value(&defs[def], next);
            one[field] = json!(word);
            one
        };
        incident[list] = words.iter().map(one).collect();
    };
    several(
        "hypotheses",
        "Hypothesis",
        "status",
        &["open", "testing", "ruled_out", "ruled_out", "confirmed", "parked"],
    );
    several("actions", "Action", "status", &["open", "done", "dropped"]);
    several("attachments", "Attachment", "file", &["1f0e5c8a-graph.png", "no name/of ours"]);
    several(
        "timeline",
        "Entry",
        "at",
        &["2024-08-10T12:20:00Z", "2024-08-10T12:20:00Z", "2024-08-11T00:00:00Z"],
    );
    incident["services"] = json!([next(), next(), next()]);
    incident["actions"][1]["kind"] = json!("improvement");
    for one in incident["hypotheses"].as_array_mut().unwrap() {
        let sides = ["for", "against", "harm"].map(|side| {
            let mut evidence = value(&defs["Evidence"], next);
            evidence["side"] = json!(side);
            evidence
        });
        one["evidence"] = json!(sides);
    }
    serde_json::from_value(incident).unwrap()
}

fn value(schema: &Value, next: &mut dyn FnMut() -> String) -> Value {
    if let Some(name) = schema["$ref"].as_str() {
        let name = name.rsplit('/').next().unwrap();
        return match name {
            "Id" => json!("1723292400000-0-abcdefgh-1"),
            "At" => json!("2024-08-10T12:20:00Z"),
            "Zone" => json!("UTC"),
            _ => value(&SCHEMA["$defs"][name], next),
        };
    }
    if let Some(either) = schema["anyOf"].as_array().or(schema["oneOf"].as_array()) {
        return value(&either[0], next);
    }
    if let Some(word) = schema.get("const").or(schema["enum"].get(0)) {
        return word.clone();
    }
    let kind = schema["type"].as_str().unwrap_or_else(|| schema["type"][0].as_str().unwrap());
    match kind {
        "object" => {
            let fields = schema["properties"].as_object().unwrap();
            let filled = fields.iter().map(|(name, field)| (name.clone(), value(field, next)));
            filled.collect::<Map<_, _>>().into()
        }
        "array" => json!([value(&schema["items"], next)]),
        "string" if schema["format"] == "date" => json!("2024-08-20"),
        "string" => json!(next()),
        "boolean" => json!(false),
        "integer" | "number" => json!(1),
        other => panic!("a {other} in {schema}"),
    }
}
