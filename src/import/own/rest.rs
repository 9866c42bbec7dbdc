//! The sections of our own report after the causes: actions, lessons, updates, decisions, links, notes; and what somebody
//! has added.

use super::page::{Block, Item, Kind, Section};
use super::{Sheet, actions};
use crate::log::{Change, List};
use crate::model::metrics::WRONG_PATHS;
use crate::model::{Definition, Moment};
use crate::text::Raw;

impl Sheet {
    /// Reads a section that has not been read yet.
    pub(super) fn rest(&mut self, section: &Section) {
        match section.heading.as_str() {
            "Issue Summary"
            | "Timeline"
            | "Misleading paths"
            | "Root Cause and Resolution"
            | "Open hypotheses"
            | "Doubts" => {}
            actions::HEADING => self.actions(section),
            "Incident flow" => self.each(section, |_, block| block.kind == Kind::Diagram),
            "Metrics" => self.lists(section, |_, item| is_metric(item)),
            "Lessons Learned" => self.lessons(section),
            "Updates" => self.lists(section, Self::update),
            "Decisions" => self.lists(section, Self::decision),
            "Links" => self.lists(section, Self::link),
            "Related incidents" => self.lists(section, |sheet, item| {
                sheet.item_of(List::Related, item);
                true
            }),
            "Notes" => self.notes(section),
            other => {
                let heading = other.to_owned();
                self.added(&heading, section);
            }
        }
    }

    /// Keeps the blocks that `ours` does not take.
    fn each(&mut self, section: &Section, mut ours: impl FnMut(&mut Self, &Block) -> bool) {
        for block in &section.blocks {
            if !ours(self, block) {
                self.keep_block(&section.heading, block);
            }
        }
    }

    /// The same of the items of lists.
    fn lists(&mut self, section: &Section, mut ours: impl FnMut(&mut Self, &Item) -> bool) {
        self.each(section, |sheet, block| {
            let Kind::Items(items) = &block.kind else { return false };
            for item in sheet.items(&section.heading, items) {
                if !ours(sheet, item) {
                    sheet.keep(&section.heading, item.line, &item.words.text());
                }
                sheet.keep_below(&section.heading, item);
            }
            true
        });
    }

    fn item_of(&mut self, list: List, item: &Item) {
        self.say(item.line, Change::ItemAdded { list, text: item.words.text().into() });
    }

    fn lessons(&mut self, section: &Section) {
        let mut list = None;
        self.each(section, |sheet, block| match (&block.kind, list) {
            (Kind::Heading(words), _) => {
                list = match words.text().as_str() {
                    "What went well" => Some(List::WentWell),
                    "What went wrong" => Some(List::WentWrong),
                    "Where we got lucky" => Some(List::Lucky),
                    _ => None,
                };
                list.is_some()
            }
            (Kind::Items(items), Some(list)) => {
                for item in sheet.items(&section.heading, items) {
                    sheet.item_of(list, item);
                    sheet.keep_below(&section.heading, item);
                }
                true
            }
            _ => false,
        });
    }

    /// `**2025-01-11 01:31 UTC** — public: We know why`.
    fn update(&mut self, item: &Item) -> bool {
        let Some((when, text)) = self.told_at(item) else { return false };
        let Some((audience, text)) = text.split_once(": ") else { return false };
        let (audience, text) = (audience.into(), text.into());
        self.say(item.line, Change::UpdateSent { audience, text, when: Some(when.into()) });
        true
    }

    /// `**2025-01-11 01:32 UTC** — Put the old one back (decided by alice)`.
    fn decision(&mut self, item: &Item) -> bool {
        let Some((when, text)) = self.told_at(item) else { return false };
        let who = text.strip_suffix(')').and_then(|text| text.rsplit_once(" (decided by "));
        let (text, who) = who.map_or((text.as_str(), None), |(text, who)| (text, Some(who.into())));
        self.say(item.line, Change::DecisionMade { text: text.into(), who, when: Some(when.into()) });
        true
    }

    fn told_at(&self, item: &Item) -> Option<(Moment, String)> {
        let (time, rest) = item.words.strong()?;
        let when = self.times.full(time)?;
        Some((when, rest.text().strip_prefix("— ")?.to_owned()))
    }

    /// `[label](target)`, or `label: target` where the target cannot be followed.
    fn link(&mut self, item: &Item) -> bool {
        let (label, url) = match item.words.0.as_slice() {
            [only] => match (&only.link, only.text.rsplit_once(": ")) {
                (Some(target), _) => (only.text.as_str(), target.as_str()),
                (None, Some((label, url))) => (label, url),
                (None, None) => ("", only.text.as_str()),
            },
            _ => return false,
        };
        self.say(item.line, Change::LinkAdded { label: label.into(), url: url.into() });
        true
    }

    /// Each under its heading; one without a text has a heading alone.
    fn notes(&mut self, section: &Section) {
        let mut heading: Option<(Raw, u32)> = None;
        let mut told = true;
        for block in &section.blocks {
            if let Kind::Heading(words) = &block.kind {
                self.empty_note(heading.take().filter(|_| !told));
                (heading, told) = (Some((Raw::new(words.text()), block.line)), false);
                continue;
            }
            let text = match &block.kind {
                Kind::Paragraph(words) => Raw::new(words.text()),
                _ => Raw::new(block.source.as_str()),
            };
            let (under, line) = heading.clone().unwrap_or_else(|| ("Notes".into(), block.line));
            let line = if told { block.line } else { line };
            told = true;
            self.say(line, Change::NoteAdded { heading: under, text });
        }
        self.empty_note(heading.filter(|_| !told));
    }

    fn empty_note(&mut self, heading: Option<(Raw, u32)>) {
        if let Some((heading, line)) = heading {
            self.say(line, Change::NoteAdded { heading, text: Raw::default() });
        }
    }

    /// A section that somebody has added.
    fn added(&mut self, heading: &str, section: &Section) {
        let mut under = heading.to_owned();
        for block in &section.blocks {
            match &block.kind {
                Kind::Heading(words) => {
                    under = format!("{heading} – {}", words.text()).trim_start_matches(" – ").into();
                }
                _ => self.keep_block(&under, block),
            }
        }
    }
}

/// What follows from the milestones.
fn is_metric(item: &Item) -> bool {
    let names = || Definition::ALL.iter().map(|definition| definition.name).chain([WRONG_PATHS.0]);
    item.words.labelled().is_some_and(|(label, _)| names().any(|name| name == label))
}
