//! Where in a document the timeline stands: by the headings and the labels above each block.

use crate::import::clock;
use crate::import::document::{Block, Document, Kind, is_section_name, label, normal};
use crate::import::sections::Topic;

/// What a block stands under.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// The timeline.
    Timeline,
    /// A part of the timeline that has a name of its own ("Detection"): rows, but no stories.
    Within,
    /// The cause or the harm, told within the timeline: only what begins with a time is a row.
    Beside,
    /// How long it took: times that are no rows.
    Span,
    /// A part where no row stands: what is to be done, what was learned.
    After,
    /// Anything else.
    Open,
}

/// The place of each block.
pub(super) fn places(document: &Document) -> Vec<Place> {
    let mut sections: Vec<Place> = Vec::with_capacity(document.sections.len());
    for (at, section) in document.sections.iter().enumerate() {
        let place = of_section(document, at);
        // A time or a day as a heading goes on with the timeline before it, whatever its level.
        let goes_on =
            place == Place::Open && sections.last() == Some(&Place::Timeline) && is_when(&section.heading);
        sections.push(if goes_on { Place::Timeline } else { place });
    }
    let mut labels: Vec<(u8, Option<Place>)> = Vec::new();
    let mut places = Vec::with_capacity(document.blocks.len());
    for block in &document.blocks {
        let section = sections.get(block.section).copied().unwrap_or(Place::Open);
        if matches!(block.kind, Kind::Heading(_)) {
            labels.clear();
        }
        let item = matches!(block.kind, Kind::Item { .. });
        if item || (block.depth == 0 && block.gap) {
            while labels.last().is_some_and(|(depth, _)| *depth >= block.depth) {
                labels.pop();
            }
        }
        // A label holds for what stands under it, not for its own line.
        let under = labels.iter().rev().find_map(|(_, place)| *place);
        if item {
            labels.push((block.depth, named(block)));
        }
        places.push(match (section, under) {
            (Place::Timeline | Place::Within, Some(Place::Beside)) => Place::Beside,
            (Place::Timeline | Place::Within, Some(Place::Open | Place::After | Place::Within)) => {
                Place::Within
            }
            (_, Some(Place::Beside)) => Place::Open,
            (_, Some(place)) => place,
            (section, None) => section,
        });
    }
    places
}

/// Whether a heading begins with a time, or is a day.
fn is_when(heading: &str) -> bool {
    clock::leading(heading).is_some_and(|lead| lead.expression.is_timed() && !lead.expression.is_doubtful())
        || clock::whole(heading).is_some()
        || clock::nth_day(heading).is_some()
}

/// Words that make a timeline one of what is to be done.
const TO_COME: &[&str] = &[
    "action",
    "actions",
    "task",
    "tasks",
    "item",
    "items",
    "improvement",
    "improvements",
    "plan",
    "measures",
    "remediation",
    "preventive",
    "preventative",
    "corrective",
    "roadmap",
    "implementation",
    "next",
    "todo",
    "future",
    "target",
    "proposed",
];

/// "Follow-up timeline" tells what happened, "Timeline of follow-up actions" what is to be done.
fn tells_when(heading: &str) -> bool {
    let normal = normal(heading);
    let words = || normal.split(' ');
    words().any(|word| matches!(word, "timeline" | "chronology" | "timelines"))
        && !words().any(|word| TO_COME.contains(&word))
}

fn of_section(document: &Document, section: usize) -> Place {
    let mut nearest = None;
    for heading in document.path(section) {
        let Some(place) = of_name(heading) else { continue };
        match (place, nearest) {
            (Place::Timeline, None) => return Place::Timeline,
            // "Resolution" in the timeline; but what is to be done stands beside it, whatever its level.
            (Place::Timeline, Some(Place::Open | Place::Within)) => return Place::Within,
            (Place::Timeline, Some(Place::Beside)) => return Place::Beside,
            (_, None) => nearest = Some(place),
            _ => {}
        }
    }
    // Outside of a timeline they are parts like any other.
    nearest.filter(|place| *place != Place::Beside).unwrap_or(Place::Open)
}

fn of_name(heading: &str) -> Option<Place> {
    let topics = Topic::all(heading);
    if topics.contains(&Topic::Timeline)
        && (tells_when(heading) || !topics.iter().any(|topic| topic.is_to_do()))
    {
        return Some(Place::Timeline);
    }
    Some(match topics.first()? {
        Topic::Duration => Place::Span,
        Topic::Measures
        | Topic::Improvements
        | Topic::Tasks
        | Topic::Lessons
        | Topic::WentWell
        | Topic::WentWrong
        | Topic::Lucky
        | Topic::Links
        | Topic::Roles => Place::After,
        Topic::Cause | Topic::Trigger | Topic::Factors | Topic::Impact | Topic::Services => Place::Beside,
        _ => Place::Open,
    })
}

/// The place that an item opens for what stands under it, where it is a label.
fn named(block: &Block) -> Option<Place> {
    let text = block.text.as_str();
    if text.len() > 160 {
        return None;
    }
    match label(text) {
        Some((name, _)) => of_name(&name),
        None if is_section_name(text) || text.ends_with("**") => of_name(text),
        None => None,
    }
}
