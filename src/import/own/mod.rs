//! Our own report read back: what `warroom export` writes with the default template, also where somebody has worked on it
//! since. What does not fit its form is kept as a note under its heading.
//!
//! What cannot come back, because the report does not print it:
//! - seconds of what was stamped while it happened, the words that a time was given in, ranges of more than a day;
//! - who logged entries where all were logged by one, who told updates and decisions, when something was logged;
//! - what was struck out, taken back, edited, and milestones that were set anew;
//! - tags that are not in the words of an entry, and whether an entry came from an alert or a command;
//! - the numbers of actions where tasks and improvements were added in turns, and when one was done or dropped;
//! - blank lines, blanks at the ends of lines, and characters that are not seen;
//! - the owner and the time-box of a hypothesis beyond its tests, and the time between updates;
//! - which word parted two services where one has ", " in its name, and the like: a note in exactly the words of a row that
//!   stands for a change ("Ruled out database: idle") is taken for that change, and where changes were told out of order
//!   their order is that of their times.

mod actions;
mod forms;
mod html;
mod hypotheses;
mod page;
mod rest;
mod rows;
mod summary;
mod times;

use super::decode::Decoded;
use super::{Found, Reading};
use crate::log::{Change, List};
use crate::model::{Incident, Status};
use crate::text::Raw;
use page::{Block, Item, Kind, Page, Section, Words};
use times::Times;

/// The headings that every report has.
const HEADINGS: [&str; 4] = [
    "## Issue Summary",
    "## Timeline",
    "## Root Cause and Resolution",
    "## Corrective and Preventative Measures",
];

/// What stands where nothing is known.
const UNKNOWN: [&str; 4] = ["not recorded", "None recorded.", "No entries yet.", ""];

/// Reads a report of ours; none where it is none.
pub fn read(decoded: &Decoded) -> Option<Reading> {
    let page = html::markdown(&decoded.lines);
    let lines = page.as_ref().map_or(&decoded.lines, |page| &page.lines);
    let form = forms::as_default(lines);
    let lines = form.as_ref().map_or(lines, |(form, _)| &form.lines);
    let has = |heading: &&str| lines.iter().any(|line| line.trim_end() == *heading);
    let has_status = form.is_some() || lines.iter().any(|line| tells_status(line));
    if !HEADINGS.iter().all(has) || !has_status {
        return None;
    }
    let mut reading = Sheet::read(&Page::read(&lines.join("\n")));
    for origin in form.iter().map(|(form, _)| form).chain(&page) {
        reading
            .found
            .iter_mut()
            .filter_map(|found| found.line.as_mut())
            .for_each(|line| *line = origin.of(*line));
    }
    let doubt = |(line, text): &(Option<u32>, String)| Found {
        line: *line,
        change: Change::ItemAdded { list: List::Warnings, text: text.as_str().into() },
    };
    reading.found.extend(decoded.doubts.iter().map(doubt));
    if let Some((_, name)) = form {
        let text = format!(
            "it is a report in the form of {name}, which does not tell all; `warroom export --format json` does"
        );
        reading.found.push(doubt(&(None, text)));
    }
    Some(reading)
}

fn tells_status(line: &str) -> bool {
    let told = line.strip_prefix("- **Status:** ").map(str::trim_end);
    told.is_some_and(|told| Status::ALL.into_iter().any(|status| status.word() == told))
}

/// A report while it is read.
#[derive(Default)]
struct Sheet {
    reading: Reading,
    times: Times,
    /// Where the incident stands, and the line that says so.
    status: Option<(Status, u32)>,
    milestones: Vec<summary::Told>,
    roles: Vec<(Raw, Raw, u32)>,
    hypotheses: Vec<hypotheses::Told>,
}

impl Sheet {
    fn read(page: &Page) -> Reading {
        let mut sheet = Self::default();
        let title = page.title.as_ref();
        sheet.reading.title = title.map(|(_, words)| Raw::new(words.text())).unwrap_or_default();
        if let Some((line, _)) = title {
            sheet.say(*line, Change::TitleSet { title: sheet.reading.title.clone() });
        }
        let section = |name| page.sections.iter().filter(move |section: &&Section| section.heading == name);
        sheet.set_times(page);
        section("Issue Summary").for_each(|section| sheet.summary(section));
        for name in ["Misleading paths", "Root Cause and Resolution", "Open hypotheses"] {
            section(name).for_each(|section| sheet.suspected(section));
        }
        section("Timeline").for_each(|section| sheet.timeline(section));
        sheet.settle();
        for section in &page.sections {
            sheet.rest(section);
        }
        // It says so last, whatever the rows have made of it.
        if let Some((status, line)) = sheet.status {
            sheet.say(line, Change::StatusSet { status, when: None });
        }
        section("Doubts").for_each(|section| sheet.doubts(section));
        sheet.reading
    }

    fn say(&mut self, line: u32, change: Change) {
        self.reading.found.push(Found { line: Some(line), change });
    }

    /// Keeps what is not understood, as it is written.
    fn keep(&mut self, heading: &str, line: u32, text: &str) {
        let heading = if heading.is_empty() { "Notes" } else { heading };
        if !text.trim().is_empty() {
            self.say(line, Change::NoteAdded { heading: heading.into(), text: text.into() });
        }
    }

    fn keep_block(&mut self, heading: &str, block: &Block) {
        self.keep(heading, block.line, &block.source);
    }

    /// The items of a list that have the form of ours; the others are kept.
    fn items<'a>(&mut self, heading: &str, items: &'a [Item]) -> Vec<&'a Item> {
        for item in items {
            if let Some(source) = &item.odd {
                self.keep(heading, item.line, source);
            }
        }
        items.iter().filter(|item| item.odd.is_none()).collect()
    }

    /// Keeps the items below one that has none in our reports.
    fn keep_below(&mut self, heading: &str, item: &Item) {
        for (line, words) in &item.below {
            self.keep(heading, *line, &words.text());
        }
    }

    /// The incident as far as it was read.
    fn folded(&self) -> Incident {
        let document = crate::model::Document { file: Raw::default(), bytes: 0, crc: 0, channel: None };
        let by = Raw::default();
        let now = crate::model::Instant::UNIX_EPOCH;
        let hlc = crate::log::Hlc::new(crate::model::Writer::from_bits(0));
        let recording = super::Recording { id: "", document: &document, by: &by, now };
        super::folded(&recording.records(&self.reading, hlc))
    }

    /// Doubts, but for those that follow from the milestones again.
    fn doubts(&mut self, section: &Section) {
        let found_again = self.folded().warnings;
        for block in &section.blocks {
            let Kind::Items(items) = &block.kind else {
                self.keep_block("Doubts", block);
                continue;
            };
            for item in self.items("Doubts", items) {
                let text = Raw::new(item.words.text());
                if !found_again.contains(&text) {
                    self.say(item.line, Change::ItemAdded { list: List::Warnings, text });
                }
                self.keep_below("Doubts", item);
            }
        }
    }
}

/// The words, where they say something.
fn known(words: &Words) -> Option<Raw> {
    let text = words.text();
    (!UNKNOWN.contains(&text.as_str())).then(|| Raw::new(text))
}
