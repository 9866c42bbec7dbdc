//! Hostile text in every field and every template: it makes no heading, list, link, cell, HTML or emphasis of its own.

use std::sync::OnceLock;

use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use serde_json::Value;
use warroom::export::templates::{self, BUILT_IN};
use warroom::model::Incident;

use super::forms::report;
use super::outages;

/// Fields whose words mean something to the program.
const WORDS: &[&str] = &[
    "id",
    "at",
    "since",
    "until",
    "logged_at",
    "raised_at",
    "closed_at",
    "started_at",
    "update_every_since",
    "due",
    "status",
    "kind",
    "side",
    "precision",
    "zone",
    "clock",
    "milestone",
    "entry",
    "hypothesis",
    "audience",
    "last",
];

/// Puts a text in the place of every text.
fn fill(value: &mut Value, text: &str) {
    match value {
        Value::String(words) => text.clone_into(words),
        Value::Array(items) => items.iter_mut().for_each(|item| fill(item, text)),
        Value::Object(fields) => {
            let texts = fields.iter_mut().filter(|(name, _)| !WORDS.contains(&name.as_str()));
            texts.for_each(|(_, field)| fill(field, text));
        }
        _ => {}
    }
}

/// The outage with this text in every field.
fn filled(incident: &Incident, text: &str) -> Incident {
    let mut value = serde_json::to_value(incident).unwrap();
    fill(&mut value, text);
    // No two hypotheses have one subject.
    if let Some(all) = value["hypotheses"].as_array_mut() {
        for (n, hypothesis) in all.iter_mut().enumerate() {
            hypothesis["subject"] = format!("{n} {text}").into();
        }
    }
    serde_json::from_value(value).unwrap()
}

/// What a reader of Markdown sees of a report but for the words.
fn shape(markdown: &str) -> Vec<String> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_MATH;
    let mut shape = Vec::new();
    for event in Parser::new_ext(markdown, options) {
        match event {
            // A token that would notify or link somebody stands in a code span.
            Event::Text(_) | Event::Code(_) | Event::SoftBreak | Event::HardBreak => {}
            // Whether a list is loose follows from where it stands; the template does that.
            Event::Start(Tag::Link { .. }) | Event::End(TagEnd::Link) => shape.push("link".into()),
            other => shape.push(format!("{other:?}")),
        }
    }
    shape
}

/// The shapes of all reports of harmless words, in the order of `check`.
fn harmless() -> &'static [Vec<String>] {
    static SHAPES: OnceLock<Vec<Vec<String>>> = OnceLock::new();
    SHAPES.get_or_init(|| reports("word").map(|(_, report)| shape(&report)).collect())
}

/// Every template on two outages with this text in every field.
fn reports(text: &str) -> impl Iterator<Item = (&'static str, String)> {
    [outages::over(), outages::under_way()].into_iter().flat_map(move |incident| {
        let incident = filled(&incident, text);
        BUILT_IN.iter().map(move |built_in| (built_in.name, report(built_in.name, &incident)))
    })
}

fn check(text: &str) -> Result<(), TestCaseError> {
    for ((name, report), expected) in reports(text).zip(harmless()) {
        let found = shape(&report);
        let at = found.iter().zip(expected).take_while(|(a, b)| a == b).count();
        prop_assert!(
            found == *expected,
            "{text:?} in {name}: {:?} instead of {:?} in:\n{report}",
            found.get(at),
            expected.get(at)
        );
    }
    Ok(())
}

#[test]
fn known_tricks_make_nothing() {
    for text in [
        "# heading",
        "C #",
        "##",
        "x\n# heading\n\n| a | b |\n| - | - |",
        "a | b || c",
        "x\n---\ny",
        "===",
        "- item\n- item",
        "1. item",
        "> quote",
        "```\ncode",
        "~~~",
        "z~ q ~x",
        "$0",
        "7",
        "<script>alert(1)</script>",
        "</details><!-- -->]]>",
        "[x](javascript:alert(1))",
        "![](http://evil.example/p.png)",
        "[ref]: http://evil.example",
        "*a* _b_ **c** `d` $e$",
        "@channel #1 <!here>",
        "see https://a.example/~x_y_*z*",
        "tail\\",
        "\u{202e}txt\u{1b}[2J",
        "&lt;b&gt; &amp;",
        "{{ 7*7 }}{% raw %}",
    ] {
        check(text).unwrap();
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn no_text_makes_anything(text in "[a-z0-9*_`<>\\[\\]()#+.!|~&$@:/\\\\ \n=-]{1,24}"
        .prop_filter("something to see", |text| text.chars().any(char::is_alphanumeric))
        // A dollar before a digit closes no formula on GitHub and in pandoc; the parser here takes it for one that does.
        .prop_filter("no price", |text| !text.split('$').skip(1).any(|rest| rest.starts_with(|c: char| c.is_ascii_digit())))) {
        check(&text)?;
    }
}

#[test]
fn an_own_template_need_not_take_care() {
    let source = "# {{ incident.title }}\n\n| a | b |\n| - | - |\n| {{ incident.title }} | {{ incident.title }} |\n\n\
        - **{{ incident.title }}**: {{ incident.summary | paragraph }}\n\n{{ incident.title }}{{ incident.title }}\n\n\
        {{ incident.title | link }} {{ incident.title | link(\"x\") }} {{ [incident.title, incident.title] | join(\" | \") }} \
        {{ incident.title | upper | lower | capitalize | first_sentence }}\n";
    for text in [
        "x #",
        "x\ny # z",
        "a | b",
        "- x",
        "z~ q ~x",
        "# h",
        "*a*",
        "<b>",
        "[x](y)",
        "javascript:x",
        "~",
        "`",
    ] {
        let of = |text: &str| templates::render(source, &filled(&outages::over(), text)).unwrap();
        assert_eq!(shape(&of(text)), shape(&of("word")), "{text:?}:\n{}", of(text));
    }
    // Escaping cannot be turned off.
    let off = "{% autoescape false %}{{ incident.title }}{% endautoescape %}";
    let report = templates::render(off, &filled(&outages::over(), "<b>*x*")).unwrap();
    assert!(!report.contains("<b>") && !report.contains(" *x*"), "{report}");
}

#[test]
fn pieces_of_the_outline_cannot_be_cut() {
    for filter in ["upper", "lower", "capitalize", "first_sentence", "first", "last"] {
        let source = format!("{{{{ outline.cause | {filter} }}}}");
        assert!(templates::render(&source, &outages::over()).is_err(), "{filter}");
    }
}
