//! How it is told: as a page of text, as Markdown, as a picture, as JSON.

use insta::assert_snapshot;
use warroom::archive::{Subjects, figures};
use warroom::export::{insights, svg};
use warroom::model::insight::Insight;

use super::{day, ferries, insight, past};
use crate::pictures::{browser, hostile, reading};

/// The page as text.
pub fn page(insight: &Insight, width: usize, ascii: bool) -> String {
    let rows = insights::page(insight, width, ascii);
    let rows: Vec<&str> = rows.iter().map(|row| row.text.as_str().trim_end()).collect();
    rows.join("\n") + "\n"
}

#[test]
fn as_a_page() {
    let insight = insight(&ferries());
    assert_snapshot!("page of 80", page(&insight, 80, false));
    assert_snapshot!("page of 46", page(&insight, 46, false));
}

#[test]
fn as_ascii() {
    let drawn = page(&insight(&ferries()), 80, true);
    let chart = drawn.split("How long it took").nth(1).unwrap().split("First guesses").next().unwrap();
    assert!(chart.is_ascii() && chart.contains('o') && chart.contains("---"), "{chart}");
}

#[test]
fn as_markdown() {
    let insight = insight(&ferries());
    let section = insights::in_markdown(&insight, false);
    assert!(section.starts_with("## "), "it stands in a report: {section}");
    assert_eq!(insights::in_markdown(&insight, true), format!("# {}\n\n{section}", insights::TITLE));
    assert_snapshot!("sections", section);
}

#[test]
fn as_json() {
    let insight = insight(&ferries());
    let json = serde_json::to_string_pretty(&insight).unwrap();
    assert_eq!(serde_json::from_str::<Insight>(&json).unwrap(), insight);
    assert_snapshot!("json", json);
}

#[test]
fn as_a_picture() {
    let picture = svg::insights(&insight(&ferries()));
    let document = reading::timeline(&picture);
    let texts = reading::texts(&document);
    for said in
        ["Time to detect", "median 10 min, p90 30 min, which is the longest (3 of 5 known)", "database"]
    {
        assert!(texts.contains(&said), "{said}: {texts:?}");
    }
    let dots =
        document.descendants().filter(|node| node.has_tag_name(("http://www.w3.org/2000/svg", "circle")));
    // 3 + 2 + 1 + 4, besides those of the textures.
    assert_eq!(dots.filter(|dot| dot.attribute("class") == Some("wr-ink")).count(), 10);
    assert_snapshot!("picture", picture);
}

#[test]
fn a_picture_says_where_it_draws_fewer_dots_than_there_are() {
    assert!(!svg::insights(&insight(&ferries())).contains("+ is more"));
    let mut many = vec![ferries().swap_remove(0); 40];
    // Days apart: copies of one outage would count once.
    many.iter_mut().zip(1..).for_each(|(digest, nth)| {
        digest.id = format!("i{nth}").into();
        digest.began = digest.began.map(|at| at + chrono::TimeDelta::days(3 * nth));
    });
    assert!(svg::insights(&insight(&many)).contains("Each dot is an incident, + is more"));
}

#[test]
fn as_a_page_for_a_browser() {
    let page = insights::in_html(&insight(&ferries()));
    for said in ["What past incidents say</h1>", "<svg", "<table"] {
        assert!(page.contains(said), "{said}: {page}");
    }
    assert!(!page.contains("<script"), "{page}");
}

#[test]
fn few_are_said_to_be_few() {
    let few = |count: usize| page(&insight(&ferries()[..count]), 80, false);
    assert!(few(3).contains("Only 3 incidents: read these as stories, not as statistics."), "{}", few(3));
    assert!(few(1).contains("Only 1 incident: read it as a story, not as a statistic."), "{}", few(1));
    assert!(!few(5).contains("Only"), "{}", few(5));
    assert!(page(&insight(&[]), 80, false).contains("No incident to tell of."));
}

#[test]
fn the_scale_grows_where_lengths_differ_much() {
    let lasting =
        |id: &str, until: &str| past(id, id, &["/started 2024-01-01 00:00", &format!("/resolved {until}")]);
    let even = [lasting("a", "2024-01-01 00:10"), lasting("b", "2024-01-01 08:20")];
    assert!(!page(&insight(&even), 80, false).contains("logarithmic"), "10 and 500 minutes: 50 times");
    let wide = [lasting("a", "2024-01-01 00:10"), lasting("b", "2024-01-01 08:30")];
    let told = page(&insight(&wide), 80, false);
    assert!(told.contains("logarithmic") && told.contains("10m"), "{told}");
    assert!(svg::insights(&insight(&wide)).contains("logarithmic"));
}

#[test]
fn dots_at_one_place_are_counted() {
    let same = |count: usize| -> Vec<_> {
        let lines = ["/started 2024-01-01 00:00", "/resolved 2024-01-01 01:00"];
        (0..count).map(|nth| past(&format!("i{nth:02}"), "I", &lines)).collect()
    };
    let drawn = |count| page(&insight(&same(count)), 60, false);
    // A median and a p90 of equal values are one mark.
    assert!(drawn(1).contains(&format!("{}●\n", " ".repeat(59))), "{}", drawn(1));
    assert!(
        drawn(9).contains(&format!("{}9\n", " ".repeat(59))) && drawn(9).contains("─X\n"),
        "{}",
        drawn(9)
    );
    assert!(drawn(10).contains(&format!("{}+\n", " ".repeat(59))), "{}", drawn(10));
}

#[test]
fn what_was_asked_for_is_said() {
    let filter = Some("service *checkout*".into());
    let insight = figures::of(&ferries(), day("2025-05-04"), &Subjects::default(), filter);
    assert!(page(&insight, 80, false).contains("chosen by service *checkout*"));
    assert!(insights::in_markdown(&insight, false).contains("chosen by service \\*checkout\\*"));
}

#[test]
#[ignore = "needs chromium"]
fn a_browser_draws_the_picture() {
    let many: Vec<_> = (0..200)
        .map(|nth: i64| {
            let subject =
                format!("/suspect subject number {} with a long name that goes on and on", nth % 30);
            let mut digest = past(&format!("i{nth:03}"), "I", &["/started 2024-01-01 00:00", &subject]);
            digest.resolve_minutes = Some(nth * nth % 3_000);
            digest.detect_minutes = Some(nth % 4);
            digest
        })
        .collect();
    let mut all =
        vec![("ferries", ferries()), ("none", Vec::new()), ("one", ferries()[..1].to_vec()), ("many", many)];
    let piece = |piece: &&&str| piece.bytes().all(|byte| (b' '..=b'~').contains(&byte));
    for piece in hostile::PIECES.iter().filter(piece) {
        let subject = format!("/suspect x{}", piece.repeat(30));
        all.push((piece, vec![past("i", "I", &["/started 2024-01-01 00:00", &subject])]));
    }
    let pictures: Vec<(String, String)> =
        all.iter().map(|(name, digests)| ((*name).to_owned(), svg::insights(&insight(digests)))).collect();
    let seen = browser::looked_at(&pictures);
    let mut wrong = Vec::new();
    for ((name, source), seen) in pictures.iter().zip(seen.as_array().unwrap()) {
        let document = reading::timeline(source);
        let said: Vec<&str> =
            reading::texts(&document).into_iter().filter(|text| !text.trim().is_empty()).collect();
        if seen["texts"] != serde_json::json!(said) || seen["out"] != serde_json::json!([]) {
            wrong.push(format!("{name}: {seen}"));
        }
        if seen["on"] != serde_json::json!([]) {
            wrong.push(format!("{name}: lie on each other {}", seen["on"]));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
