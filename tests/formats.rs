//! Three outages in every format, and their reports in every template as other programs read them: a browser, GitHub's own
//! renderer, and pandoc.

use pulldown_cmark::{Event, Options, Parser};
use serde_json::Value;
use warroom::export::{csv, html, json, mermaid, svg, templates};
use warroom::model::Incident;

use crate::fidelity::renderers::rendered;
use crate::html::browser::Browser;
use crate::templates::forms::report;
use crate::templates::outages;

pub fn three() -> [(&'static str, Incident); 3] {
    [
        ("over", outages::over()),
        ("under_way", outages::under_way()),
        ("hardly_known", outages::hardly_known()),
    ]
}

fn page(template: &str, incident: &Incident) -> String {
    html::page(&incident.title, &report(template, incident), Some(&svg::figure(incident)))
}

#[test]
fn three_outages_in_every_format() {
    for (name, incident) in three() {
        let page = page("default", &incident);
        insta::assert_snapshot!(format!("{name}_html"), &page[page.find("<body>").unwrap()..]);
        insta::assert_snapshot!(format!("{name}_svg"), svg::timeline(&incident));
        insta::assert_snapshot!(format!("{name}_mermaid"), mermaid::flow(&incident));
        insta::assert_snapshot!(format!("{name}_csv"), csv::render(&incident).unwrap());
        let json = json::render(&incident).unwrap();
        assert_eq!(serde_json::from_str::<Incident>(&json).unwrap(), incident);
        insta::assert_snapshot!(format!("{name}_json"), json);
    }
}

/// Each report in each template.
fn reports() -> impl Iterator<Item = (String, String)> {
    three().into_iter().flat_map(|(name, incident)| {
        let of = move |built_in: &templates::BuiltIn| {
            (format!("{name} as {}", built_in.name), report(built_in.name, &incident))
        };
        templates::BUILT_IN.iter().map(of).collect::<Vec<_>>()
    })
}

/// A text without its blanks: programs differ in where they break lines.
fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// What is to be seen of a report.
fn seen(markdown: &str) -> String {
    let mut seen = String::new();
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
        if let Event::Text(text) | Event::Code(text) = event {
            seen.push_str(&text);
        }
    }
    bare(&seen)
}

#[test]
#[ignore = "needs cmark-gfm"]
fn cmark_gfm_shows_the_same_words_of_every_template() {
    let args = ["-e", "table", "-e", "autolink", "-e", "strikethrough", "-e", "tasklist", "-t", "xml"];
    for (name, report) in reports() {
        let xml = rendered("cmark-gfm", &args, &report);
        let xml = xml.split_once("<document").unwrap().1;
        let xml = roxmltree::Document::parse(&format!("<document{xml}")).unwrap().root().descendants().fold(
            String::new(),
            |mut all, node| {
                if node.is_text()
                    && node.parent_element().is_some_and(|parent| has_words(parent.tag_name().name()))
                {
                    all.push_str(node.text().unwrap_or_default());
                }
                all
            },
        );
        assert_eq!(bare(&xml), seen(&report), "{name}");
    }
}

fn has_words(element: &str) -> bool {
    matches!(element, "text" | "code" | "code_block")
}

#[test]
#[ignore = "needs pandoc"]
fn pandoc_shows_the_same_words_of_every_template() {
    for (name, report) in reports() {
        let document = rendered("pandoc", &["-f", "gfm", "-t", "json"], &report);
        let mut words = String::new();
        gather(&serde_json::from_str::<Value>(&document).unwrap()["blocks"], &mut words);
        assert_eq!(bare(&words), seen(&report), "{name}");
    }
}

/// The words of a document of pandoc's, in order.
fn gather(value: &Value, words: &mut String) {
    match (value, value["t"].as_str()) {
        (Value::Object(_), Some("Str")) => words.push_str(value["c"].as_str().unwrap()),
        (Value::Object(_), Some("Code" | "CodeBlock")) => words.push_str(value["c"][1].as_str().unwrap()),
        (Value::Object(_), _) => gather(&value["c"], words),
        (Value::Array(all), _) => all.iter().for_each(|value| gather(value, words)),
        _ => {}
    }
}

#[test]
#[ignore = "needs chromium"]
fn a_browser_shows_every_template_of_every_outage() {
    let browser = Browser::new();
    for (name, incident) in three() {
        for built_in in templates::BUILT_IN {
            let (dom, said) = browser.opens(&page(built_in.name, &incident), &["--dump-dom"]);
            assert_eq!(said, "", "{name} as {}", built_in.name);
            assert!(dom.contains("</main>") && dom.contains("<svg"), "{name} as {}", built_in.name);
        }
        for screen in [360, 1200] {
            assert_eq!(browser.measures(&page("default", &incident), screen), (screen, 0), "{name}");
        }
    }
}
