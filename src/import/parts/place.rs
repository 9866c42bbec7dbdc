//! What the headings of a document make of what stands under them.

use crate::import::document::{Document, Section};
use crate::import::sections::Topic;

/// As much of a heading as names a part, in characters.
const LONGEST_NAME: usize = 200;

/// What stands under a heading.
#[derive(Clone, Default)]
pub(super) struct Place {
    pub(super) topics: Vec<Topic>,
    pub(super) heading: String,
    pub(super) under: Option<String>,
}

/// What each section is about: its own heading, else that of the section it is a part of.
pub(super) fn places(document: &Document) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::with_capacity(document.sections.len());
    let title = title(document);
    for (at, section) in document.sections.iter().enumerate() {
        let above = section.parent.and_then(|parent| places.get(parent)).cloned().unwrap_or_default();
        let own = own_topics(&section.heading, title == Some(at));
        let heading: String = section.heading.chars().take(LONGEST_NAME).collect();
        let to_do = above.topics.iter().any(|t| t.is_to_do());
        // What is to be done may be parted by anything: "Detection", "Monitoring".
        let kept = own.is_empty()
            || (to_do
                && (!own.iter().any(|t| t.is_to_do()) || names_more(section, document))
                && !is_part(section.level, &own));
        if to_do && own.is_empty() && is_aside(&section.heading) {
            places.push(Place { topics: own, heading, under: None });
            continue;
        }
        places.push(if kept && !above.topics.is_empty() {
            Place { under: Some(heading), ..above }
        } else {
            Place { topics: own, heading, under: None }
        });
    }
    places
}

/// What a heading is about. What happened when in a follow-up is no follow-up.
fn own_topics(heading: &str, title: bool) -> Vec<Topic> {
    let own = if title { Topic::label(heading) } else { Topic::all(heading) };
    if own.contains(&Topic::Timeline) {
        own.into_iter().filter(|topic| !topic.is_to_do()).collect()
    } else {
        own
    }
}

/// Whether a heading below another says more than that things are to be done: "Enhancement of the monitoring". Measures are parted into
/// improvements and tasks, in whatever words.
fn names_more(section: &Section, document: &Document) -> bool {
    let above = section.parent.and_then(|parent| document.sections.get(parent));
    let bare = section.heading.split('(').next().unwrap_or_default();
    let measures = |heading: &str| Topic::all(heading).contains(&Topic::Measures);
    above.is_some_and(|above| section.level > above.level && !measures(&above.heading))
        && Topic::label(bare).is_empty()
}

/// The heading of a document with other headings below: what it tells of, "Corrections service down", is no part of it.
fn title(document: &Document) -> Option<usize> {
    let mut headed = document.sections.iter().enumerate().filter(|(_, s)| !s.heading.trim().is_empty());
    let (first, top) = headed.next()?;
    let deeper = document.sections.iter().skip(first + 1).any(|s| s.level > top.level);
    (top.level <= 1 && deeper).then_some(first)
}

/// Whether a heading below what is to be done leads to something that is none of it: "Reminder", "Why this helps".
fn is_aside(heading: &str) -> bool {
    const WORDS: &[&str] = &[
        "reminder",
        "reminders",
        "note",
        "notes",
        "caveat",
        "caveats",
        "background",
        "rationale",
        "example",
        "examples",
        "explanation",
        "disclaimer",
        "thanks",
        "acknowledgements",
        "acknowledgments",
        "credits",
        "glossary",
        "faq",
    ];
    heading.to_lowercase().split(|c: char| !c.is_alphanumeric()).any(|word| WORDS.contains(&word))
}

/// Whether a heading without marks opens a part of its own although it stands below what is to be done.
fn is_part(level: u8, topics: &[Topic]) -> bool {
    level >= 7
        && topics.iter().any(|t| {
            !matches!(
                t,
                Topic::Detection
                    | Topic::Workaround
                    | Topic::Resolution
                    | Topic::Impact
                    | Topic::Duration
                    | Topic::Cause
            )
        })
}
