//! The facts that a document tells besides its timeline.

use proptest::prelude::*;
use warroom::import::{self, Reading};
use warroom::log::{Change, Fact, List};

fn read(text: &str) -> Reading {
    import::read(text.as_bytes(), "outage.md").unwrap()
}

fn fact(reading: &Reading, which: Fact) -> Option<(u32, String)> {
    reading.found.iter().find_map(|found| match &found.change {
        Change::FactSet { fact, text } if *fact == which => {
            Some((found.line.unwrap(), text.as_typed().to_owned()))
        }
        _ => None,
    })
}

fn items(reading: &Reading, which: List) -> Vec<&str> {
    let item = |found: &'_ import::Found| match &found.change {
        Change::ItemAdded { list, text } if *list == which => Some(text.clone()),
        _ => None,
    };
    let texts: Vec<_> = reading.found.iter().filter_map(item).collect();
    texts.into_iter().map(|t| t.as_typed().to_owned().leak() as &str).collect()
}

const TIMES: &str = "## Timeline\n- 2024-05-01 10:00 UTC incident began, pages went blank\n- 2024-05-01 11:00 UTC incident resolved, pages are back\n\n";

#[test]
fn sections_and_labels_are_facts() {
    let reading = read(&format!(
        "# Blank pages\n\n## Summary\n\nPages were blank.\n\n**Impact:** Nobody could read.\n\n**Trigger:** a release\n\n\
         {TIMES}## Root cause and resolution\n\nA template was empty. It was fixed by restoring the template.\n\n\
         ## Detection\n\nA reader called.\n\n## Mitigation\n\nThe cache was kept for a day.\n\n## Contributing factors\n\n\
         - no review\n- a holiday\n\n## What went well\n\n- tea\n\n## What went wrong\n\n- no alarm\n\n## Where we got lucky\n\n- few readers\n\n\
         ## Affected services\n\nweb, mail\n",
    ));
    let one = |which| fact(&reading, which).map(|(_, text)| text);
    assert_eq!(one(Fact::Summary).as_deref(), Some("Pages were blank."));
    assert_eq!(fact(&reading, Fact::Impact), Some((7, "Nobody could read.".to_owned())));
    assert_eq!(one(Fact::Trigger).as_deref(), Some("a release"));
    assert_eq!(one(Fact::RootCause).as_deref(), Some("A template was empty."));
    assert_eq!(one(Fact::Fix).as_deref(), Some("It was fixed by restoring the template."));
    assert_eq!(one(Fact::Workaround).as_deref(), Some("The cache was kept for a day."));
    assert_eq!(one(Fact::Detection).as_deref(), Some("A reader called."));
    assert_eq!(items(&reading, List::Factors), ["no review", "a holiday"]);
    assert_eq!(items(&reading, List::WentWell), ["tea"]);
    assert_eq!(items(&reading, List::WentWrong), ["no alarm"]);
    assert_eq!(items(&reading, List::Lucky), ["few readers"]);
    assert_eq!(items(&reading, List::Services), ["web", "mail"]);
}

#[test]
fn a_resolution_that_says_that_it_is_temporary_is_one() {
    let reading =
        read(&format!("# A\n\n{TIMES}## Resolution\n\nAs a temporary workaround we served old pages.\n"));
    assert!(fact(&reading, Fact::Workaround).is_some() && fact(&reading, Fact::Fix).is_none());
    let reading = read(&format!("# A\n\n{TIMES}## Resolution\n\nThe template was restored.\n"));
    assert!(fact(&reading, Fact::Fix).is_some() && fact(&reading, Fact::Workaround).is_none());
}

#[test]
fn the_same_fact_twice_keeps_both_texts() {
    let reading = read(&format!(
        "# A\n\n**Root cause:** a template\n\n{TIMES}## Root cause\n\nIt was empty.\n- since May\n"
    ));
    assert_eq!(fact(&reading, Fact::RootCause).unwrap().1, "a template\n\nIt was empty.\n- since May");
}

#[test]
fn links_are_kept_once_and_people_have_roles() {
    let reading = read(&format!(
        "# A\n\n**Authors:** Ann, Bob\n**Commander:** Cid\n\n{TIMES}## Links\n\n- [board](https://example.org/b)\n- https://example.org/b\n- ![graph](g.png)\n",
    ));
    let links: Vec<_> =
        reading.found.iter().filter(|f| matches!(f.change, Change::LinkAdded { .. })).collect();
    assert_eq!(links.len(), 2, "{links:?}");
    let said = format!("{:?}", reading.found);
    assert!(said.contains("\"author\"") && said.contains("Ann, Bob") && said.contains("Cid"), "{said}");
}

#[test]
fn a_duration_that_contradicts_is_a_doubt() {
    let doubts = |duration: &str| {
        let reading = read(&format!("# A\n\n**Duration:** {duration}\n\n{TIMES}"));
        items(&reading, List::Warnings).into_iter().filter(|w| w.contains("from start to end")).count()
    };
    assert_eq!(doubts("3 hours"), 1);
    assert_eq!(doubts("90min"), 1);
    for right in ["1 hour", "60 minutes", "1h", "about 58 minutes", "3 hosts"] {
        assert_eq!(doubts(right), 0, "{right}");
    }
}

#[test]
fn the_cause_is_the_sentence_that_says_it() {
    let cause = |text: &str| {
        read(text).found.into_iter().find_map(|found| match found.change {
            Change::FactSet { fact: Fact::RootCause, text } => Some(text.as_typed().to_owned()),
            _ => None,
        })
    };
    for said in [
        "The outage was caused by a cat on the keyboard.",
        "The root cause was a cat.",
        "The culprit turned out to be a cat.",
        "All of this happened because of a cat.",
        "The noise was traced back to a cat.",
        "Sleeping cats were to blame.",
        "It was due to a cat.",
        "The failure resulted from a cat.",
    ] {
        let text = format!("# A\n\n## Summary\n\nPages were blank. {said} We fed it.\n\n{TIMES}");
        assert_eq!(cause(&text).as_deref(), Some(said), "{said}");
        let text = format!("{text}\n## Reason\n\nThe dog.\n");
        assert_eq!(cause(&text).as_deref(), Some("The dog."), "a part that is for it comes first");
    }
    for none in
        ["The cause is unknown.", "We suspected that it was caused by a cat.", "Was it because of a cat?"]
    {
        assert_eq!(cause(&format!("# A\n\n## Summary\n\n{none}\n\n{TIMES}")), None, "{none}");
    }
}

#[test]
fn a_label_that_says_more_is_kept() {
    let said = format!("{:?}", read(&format!("# A\n\n**Who suffered:** two bakers\n\n{TIMES}")).found);
    assert!(said.contains("Who suffered") && said.contains("two bakers"), "{said}");
}

proptest! {
    /// Whatever the section and the shape, each word of the text stands somewhere in what was read.
    #[test]
    fn no_word_of_a_section_is_lost(
        heading in prop::sample::select(vec![
            "Summary", "Impact", "Root cause", "Root cause and resolution", "Detection", "Resolution", "Action items",
            "Improvements", "Lessons learned", "What went well", "Contributing factors", "Wrong turns", "Investigation",
            "Participants", "Services", "Links", "Something else", "Mitigation", "Trigger",
        ]),
        lines in prop::collection::vec(
            ("(- |1\\. |  - |)", prop::sample::select(vec!["", "Impact: ", "**Tasks:** ", "Note: ", "We suspected ", "By doing ", "[x] "]), "[a-z]{4,9}( [a-z]{4,9}){0,6}[.:]?", any::<bool>()),
            1..7,
        ),
    ) {
        let mut text = format!("# Blank pages\n\n{TIMES}## {heading}\n\n");
        let mut words: Vec<String> = Vec::new();
        for (mark, label, line, gap) in &lines {
            text.push_str(&format!("{mark}{label}{line}\n{}", if *gap { "\n" } else { "" }));
            words.extend(line.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).map(str::to_owned));
        }
        let said = format!("{:?}", read(&text).found);
        for word in words {
            prop_assert!(said.contains(&word), "{word:?} of\n{text}\nin {said}");
        }
    }
}
