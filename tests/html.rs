//! The page: what was typed is seen on it as typed, and nothing else is on it; it can be read in every light.

use proptest::prelude::*;
use warroom::export::{Outline, html, markdown, svg};
use warroom::model::Incident;
use warroom::settings::theme::Rgb;
use warroom::text::Raw;

use crate::scene::Scene;
use crate::themes::contrast;

pub mod browser;
mod dom;
pub mod everywhere;

use dom::{folded, skeleton};

/// An SVG, as small as one can be.
const SVG: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"></svg>";

fn page(incident: &Incident) -> String {
    let picture = svg::figure(incident);
    html::page(&incident.title, &markdown::render(&Outline::of(incident)), Some(&picture))
}

/// The page of a report.
fn of(markdown: &str, picture: Option<&str>) -> String {
    html::page(&Raw::new("Title"), markdown, picture)
}

/// What the page shows, without the frame around it.
fn story(page: &str) -> &str {
    &page[page.find("<body>").unwrap()..]
}

#[test]
fn an_outage_of_two_days() {
    let incident = Scene::new("Europe/Lisbon")
        .at("2024-08-11 03:00")
        .after(&[
            "/title Parcels are not sorted",
            "/sev 1",
            "/started 2024-08-10 22:50",
            "/detected 23:00 the belt stands still #belt",
            "/suspect 23:05 scanner: it was cleaned in the afternoon",
            "/test 23:06 scanner: scan one by hand @rui for:10m",
            "/out 23:15 scanner: it reads every label",
            "/suspect 23:20 label format: a <sender> & co. changed it",
            "~23:40 the depot in Porto says the same",
            "23:50..0:10 all parcels of that sender are taken off by hand",
            "/confirm 0:15 label format: two digits more than the table has",
            "/star last",
            "/identified 0:15",
            "/mitigated 0:30",
            "/resolved 1:20 the table takes them",
            "/affected about 12,000 parcels",
            "/cause A sender's labels have two digits more",
            "/improve Test the labels of a new sender #prevent",
            "+ Widen the table @rui due:2024-08-20 p0 link:https://tickets.example/81",
            "/well Porto called by itself",
            "/link Dashboard https://graphs.example/belt?from=22:50&to=1:20",
            "/link Photo IMG_2041.jpg",
        ])
        .incident();
    insta::assert_snapshot!(story(&page(&incident)));
}

#[test]
fn an_outage_that_goes_on() {
    let incident =
        Scene::new("America/Chicago").after(&["/clock 12h", "?power", "~7:10 AM half the pumps stop"]);
    insta::assert_snapshot!(story(&page(&incident.incident())));
}

#[test]
fn a_report_of_every_block_that_markdown_has() {
    let markdown = "# Title\n\nA lead.\n\n## One\n\n| Owner | Due |\n|---|---|\n| bob | 2025-01-20 |\n| a longer cell than these | x |\n\n\
        ## Two\n\n```mermaid\nflowchart LR\n```\n\n```mermaid\nanother\n```\n\n## Three\n\n1. a\n2. b\n\n- [ ] open\n- [x] done\n\n> said\n\n\
        ## Three\n\n<details open><b>x</b></details>\n\nIn a line <i>y</i>.\n\n![alt](https://evil.example/p.png)\n\n\
        ## Five & \"six\"\n\n[a](https://a.example/?x=1&y=2 \"title\") [b](javascript:alert%281%29) [c](#one) [d](//evil.example) \
        <https://a.example> <x@a.example> [e](mailto:x@a.example)\n";
    insta::assert_snapshot!(story(&of(markdown, Some(SVG))));
}

#[test]
fn the_picture_stands_where_the_diagram_is_else_before_the_first_section() {
    let with_diagram = "# T\n\n## A\n\n```mermaid\nflowchart\n```\n\n## B\n";
    let page = of(with_diagram, Some(SVG));
    assert!(page.find("id=\"a\"").unwrap() < page.find("<svg").unwrap());
    assert!(page.find("<svg").unwrap() < page.find("id=\"b\"").unwrap());
    assert!(!page.contains("flowchart"), "the picture tells it");
    assert!(of(with_diagram, None).contains("flowchart"), "nothing else would tell it");
    let page = of("# T\n\nlead\n\n## A\n", Some(SVG));
    assert!(page.find("lead").unwrap() < page.find("<svg").unwrap());
    assert!(page.find("<svg").unwrap() < page.find("id=\"a\"").unwrap());
    for report in ["", "only words", "# T"] {
        assert_eq!(of(report, Some(SVG)).matches("<svg").count(), 1, "{report:?}");
    }
}

#[test]
fn every_heading_has_an_id_of_its_own_that_stays() {
    let ids = |markdown: &str| {
        let mut ids = Vec::new();
        dom::walk(&dom::read(&of(markdown, None)), &mut |found| {
            if let dom::Found::Element(_, attrs) = found {
                ids.extend(attrs.into_iter().filter(|(name, _)| name == "id").map(|(_, value)| value));
            }
        });
        ids.sort();
        ids
    };
    let found = ids("## Notes\n## Notes\n## Notes 2\n## Notes\n## Report\n## Contents\n## 日本\n## 日本\n");
    assert_eq!(
        found,
        [
            "contents",
            "contents-2",
            "notes",
            "notes-2",
            "notes-2-2",
            "notes-3",
            "report",
            "report-2",
            "section",
            "section-2"
        ]
    );
    assert_eq!(ids("# A\n## Notes\n"), ["a", "notes", "report"]);
}

#[test]
fn a_table_of_contents_comes_with_the_fifth_section() {
    let four = "# T\n## A\n## B\n## C\n## D\n";
    assert!(!of(four, None).contains("<nav"));
    assert!(of(&format!("{four}## <E> *f* `g`\n"), None).contains("<a href=\"#e-f-g\">&lt;E&gt; f g</a>"));
}

#[test]
fn a_page_needs_no_other_file_and_runs_nothing() {
    let page = page(&everywhere::with("x"));
    let policy = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">";
    let before = &page[..page.find(policy).unwrap()];
    assert!(!before.contains("title") && !before.contains("style"), "the policy comes first:\n{before}");
    // What leads to a part of the page itself, and the name of a language.
    let page = page.replace("url(#", "").replace("http://www.w3.org/2000/svg", "");
    for part in ["@import", "url(", "<script", "src=", "http://"] {
        assert!(!page.contains(part), "{part}");
    }
    for part in ["<!DOCTYPE html>", "<html lang=\"en\">", "<meta charset=\"utf-8\">", "name=\"viewport\""] {
        assert!(page.contains(part), "{part}");
    }
}

/// The colours of the page in one light.
fn colours(page: &str, dark: bool) -> impl Fn(&str) -> Rgb {
    let start = if dark { "prefers-color-scheme: dark" } else { ":root" };
    let rules = page[page.find(start).unwrap()..].to_owned();
    move |name: &str| {
        let at = rules.find(&format!("--{name}: #")).unwrap() + name.len() + 5;
        let channel = |n: usize| u8::from_str_radix(&rules[at + 2 * n..at + 2 * n + 2], 16).unwrap();
        Rgb(channel(0), channel(1), channel(2))
    }
}

#[test]
fn every_word_can_be_read_in_the_light_and_in_the_dark() {
    let page = of("", None);
    for dark in [false, true] {
        let colour = colours(&page, dark);
        // WCAG 2.2, 1.4.3: 4.5 for text; 1.4.11: 3 for what has to be seen.
        for ground in ["paper", "wash"] {
            for (ink, least) in [("ink", 7.0), ("quiet", 4.5), ("link", 4.5), ("mark", 4.5)] {
                let found = contrast(colour(ink), colour(ground));
                assert!(found >= least, "{ink} on {ground}, dark {dark}: {found:.1}");
            }
        }
    }
    assert_ne!(colours(&page, false)("paper"), colours(&page, true)("paper"));
}

#[test]
fn what_is_escaped_already_is_shown_as_typed() {
    let page = page(&everywhere::with("zebra &lt;b&gt; &amp;amp; heron"));
    assert!(dom::text(&page).contains("zebra &lt;b&gt; &amp;amp; heron"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever is typed, wherever it is typed: it is seen as often as a plain word would be, and makes nothing. The picture
    /// shortens texts, and has tests of its own.
    #[test]
    fn text_makes_nothing_in_the_page_and_is_all_seen(text in everywhere::any()) {
        let page = |text: &str| {
            let incident = everywhere::with(text);
            html::page(&incident.title, &markdown::render(&Outline::of(&incident)), Some(SVG))
        };
        let plain = page("zebra heron");
        let text = format!("zebra{text}heron");
        let page = page(&text);
        prop_assert_eq!(skeleton(&page), skeleton(&plain), "{:?}", &text);
        let rows = Raw::new(text.as_str()).for_term_lines();
        let rows: Vec<String> = rows.iter().map(ToString::to_string).collect();
        let seen = dom::text(&page).matches(&folded(&rows.join(" "))).count();
        prop_assert_eq!(seen, dom::text(&plain).matches("zebra heron").count(), "{:?}\n{}", &text, dom::text(&page));
    }

    /// A report of any words at all, as a template may yield, leads nowhere that a link may not lead, and shows no image.
    #[test]
    fn markdown_of_any_kind_stays_within_what_a_page_may_hold(text in everywhere::any(), lead in "[#>*|`~ -]{0,4}") {
        let found = dom::read(&of(&format!("{lead}{text}\n\n{text}{lead}\n{text}"), None));
        let mut wrong = Vec::new();
        dom::walk(&found, &mut |found| {
            if let dom::Found::Element(name, attrs) = found {
                let of = |wanted: &str| attrs.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str());
                let leads = of("href").filter(|_| name == "a").is_none_or(|to| {
                    to.starts_with('#') || ["http://", "https://", "mailto:"].iter().any(|scheme| to.starts_with(scheme)) && of("rel") == Some("noopener noreferrer")
                });
                let known = ["script", "img", "svg", "iframe", "object", "form", "details", "b", "i"];
                if !leads || known.contains(&name.as_str()) || attrs.iter().any(|(name, _)| name.starts_with("on") || name == "style") {
                    wrong.push(format!("{name} {attrs:?}"));
                }
            }
        });
        prop_assert_eq!(wrong, Vec::<String>::new());
    }
}
