//! The timeline of a document: its rows in whatever shape they stand, each with its moment and its line.

mod base;
mod context;
mod draft;
mod gather;
mod milestones;
mod outages;
mod place;
mod prose;
mod settle;
mod table;
mod zone;

use std::ops::Range;

use super::document::{Claims, Document};
use crate::model::{Clock, MilestoneKind, Moment, Zone};

pub use milestones::identified_by;
pub use zone::zone_stated;

/// One row of the timeline.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The line it begins on.
    pub line: u32,
    /// The blocks it is made of.
    pub blocks: Range<usize>,
    /// When.
    pub moment: Moment,
    /// What, without markup; what stands under it on lines of its own.
    pub text: String,
    /// The milestone that its cell in a column of kinds names.
    pub named: Option<Named>,
}

/// What a row is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Named {
    /// The milestone.
    pub milestone: MilestoneKind,
    /// It is the name of the milestone itself, and not only of what comes with it.
    pub sure: bool,
}

/// A milestone that the document tells.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// Which.
    pub milestone: MilestoneKind,
    /// When.
    pub moment: Moment,
    /// The line that tells it.
    pub line: u32,
    /// The row that tells it, where it is one: an index of [`Timeline::rows`].
    pub row: Option<usize>,
    /// In which words.
    pub how: Option<String>,
}

/// What a document tells of when.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Timeline {
    /// In the order of the document.
    pub rows: Vec<Row>,
    /// When it began, was found, was over.
    pub milestones: Vec<Told>,
    /// How many rows count from a start that is not told: they are none of `rows`.
    pub untold: usize,
    /// The zone of most of its times; none where none is named.
    pub zone: Option<Zone>,
    /// How it writes times of day.
    pub clock: Clock,
    /// What is not sure, with its line.
    pub doubts: Vec<(Option<u32>, String)>,
}

/// Reads the timeline of a document with the name of its file, and claims the blocks that it is made of.
pub fn read(document: &Document, name: &str, claims: &mut Claims) -> Timeline {
    let drafts = gather::rows(document, claims);
    let mut context = context::Context::of(document, name, &drafts);
    let mut timeline = Timeline { clock: context.clock, ..Timeline::default() };
    let spans = milestones::stated(document, &drafts, &mut context, claims);
    let settled = settle::rows(drafts, &mut context, spans.start());
    timeline.rows = settled.rows;
    timeline.untold = settled.untold.len();
    for block in settled.untold.into_iter().flatten() {
        claims.release(block);
    }
    timeline.milestones = milestones::all(&timeline.rows, &spans, &mut context);
    let said = context.doubts.iter().any(|(_, doubt)| doubt.starts_with("a second outage"));
    if let Some(line) = outages::second(document, &timeline.rows).filter(|_| !said) {
        let doubt = "a second outage may begin here, with a day and a cause of its own: to keep two, cut the document before this line and import both parts";
        context.doubts.push((Some(line), doubt.into()));
    }
    timeline.zone.clone_from(&context.zone);
    timeline.doubts = context.doubts;
    timeline
}
