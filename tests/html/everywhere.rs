//! One text in every place of an incident where text can stand.

use proptest::prelude::*;
use serde_json::Value;
use warroom::model::Incident;

use crate::scene::Scene;

/// The fields that hold text from outside.
const TEXTS: [&str; 33] = [
    "as_written",
    "audience",
    "by",
    "class",
    "detection",
    "file",
    "factors",
    "heading",
    "how",
    "label",
    "link",
    "loss",
    "lucky",
    "name",
    "of",
    "owner",
    "people",
    "permanent",
    "reason",
    "result",
    "role",
    "root_cause",
    "services",
    "subject",
    "summary",
    "tags",
    "temporary",
    "text",
    "title",
    "trigger",
    "url",
    "warnings",
    "who",
];

/// An incident in which every such field is filled.
fn full() -> Incident {
    let mut incident = Scene::new("UTC")
        .after(&[
            "/started 12:00 a",
            "/detected 12:05 b",
            "/service a",
            "/role a @b",
            "/summary a",
            "/impact a",
            "/affected 40% of users",
            "/loss a",
            "/cause a",
            "/trigger a",
            "/factor a",
            "/detection a",
            "/workaround a",
            "/fix a",
            "/well a",
            "/wrong a",
            "/lucky a",
            "/link a b",
            "/note a: b",
            "/update a",
            "/decide a @b",
            "12:10 a #b @c",
            "/star last",
            "12:10..12:20 a",
            "?a: b",
            "/test a: b @c for:10m",
            "/for a: b",
            "/against a: b",
            "/worse a: b",
            "/out a: b",
            "?c: b",
            "/test c: b @c",
            "/confirm d: b",
            "+ a @b due:fri p1 #c link:d",
            "/drop 1: b",
            "/improve a @b",
            "/resolved 12:40 a",
        ])
        .incident();
    incident.warnings.push("a".into());
    incident
}

/// That incident, with the text in all of these fields.
pub fn with(text: &str) -> Incident {
    fn fill(value: &mut Value, is_text: bool, text: &str) {
        match value {
            Value::String(words) if is_text => text.clone_into(words),
            Value::Array(values) => values.iter_mut().for_each(|value| fill(value, is_text, text)),
            Value::Object(fields) => {
                for (name, value) in fields {
                    let goes_deeper = value.is_object()
                        || value.as_array().is_some_and(|all| all.iter().any(Value::is_object));
                    let went = ["went_well", "went_wrong"].contains(&name.as_str());
                    fill(value, !goes_deeper && (went || TEXTS.contains(&name.as_str())), text);
                }
            }
            _ => {}
        }
    }
    let mut value = serde_json::to_value(full()).unwrap();
    fill(&mut value, false, text);
    serde_json::from_value(value).unwrap()
}

/// What does harm where it is not taken for text.
const PIECES: [&str; 44] = [
    "<script>alert(1)</script>",
    "\"><svg onload=alert(1)>",
    "<img src=x onerror=alert(1)>",
    "' onclick='alert(1)",
    "</title>",
    "</style>",
    "</li></ul></main>",
    "<!--",
    "-->",
    "]]>",
    "<a href=\"https://evil.example\">",
    "<https://evil.example>",
    "<evil@evil.example>",
    "https://evil.example/?a=1&b=2",
    "[x](javascript:alert(1))",
    "[x](https://evil.example \"t\")",
    "![x](http://evil.example/p.png)",
    "[x]: https://evil.example",
    "&lt;",
    "&amp;lt;",
    "&#60;",
    "&",
    "<",
    ">",
    "\"",
    "{title}",
    "```",
    "~~~mermaid",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    "# ",
    "- [ ] ",
    "| a | b |\n|---|---|",
    "★ ",
    " — ",
    "**10:15** — ",
    "=cmd|' /C calc'!A0",
    "\u{202e}",
    "\u{1b}[2J",
    "\u{200b}",
    "\u{0}",
    "日本語",
];

/// Any text, with harm in it.
pub fn any() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        3 => prop::sample::select(&PIECES[..]).prop_map(str::to_owned),
        1 => any_with::<String>("\\PC{0,6}".into()),
    ];
    prop::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}
