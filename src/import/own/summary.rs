//! The summary of our own report: severity, status, impact, milestones, roles.

use super::page::{Item, Kind, Page, Section, Words};
use super::{Sheet, known, times};
use crate::grammar;
use crate::log::{Change, Fact, List};
use crate::model::{MilestoneKind, Moment, Status, Zone};
use crate::text::Raw;

/// The heading under which it stands.
const HEADING: &str = "Issue Summary";

/// A milestone as the summary tells it.
#[derive(Clone, Debug)]
pub(super) struct Told {
    pub kind: MilestoneKind,
    pub when: Moment,
    pub how: Option<Raw>,
    pub line: u32,
    /// A row of the timeline stands for it.
    pub has_row: bool,
}

impl Sheet {
    /// Finds out the zone and the clock style, before any time is read.
    pub(super) fn set_times(&mut self, page: &Page) {
        let mut printed: Vec<&str> = Vec::new();
        for section in &page.sections {
            for item in section.blocks.iter().flat_map(|block| match &block.kind {
                Kind::Items(items) => items.as_slice(),
                _ => &[],
            }) {
                match item.words.strong() {
                    Some(("Time zone:", rest)) if section.heading == HEADING => {
                        self.reading.zone = Zone::read(&rest.text(), None).ok();
                    }
                    Some((time, _)) if section.heading == "Timeline" => printed.push(time),
                    Some(("Milestones:", _)) => {
                        let texts = item.below.iter().filter_map(|(_, words)| words.0.first());
                        printed.extend(
                            texts.filter_map(|piece| milestone_time(&piece.text)).map(|(_, time)| time),
                        );
                    }
                    _ => {}
                }
            }
        }
        self.reading.clock = times::clock_of(&printed);
        self.reading.zone = self.reading.zone.take().or_else(|| times::zone_of(&printed));
        self.times.zone = self.reading.zone.clone().unwrap_or_default();
    }

    pub(super) fn summary(&mut self, section: &Section) {
        for (line, words) in milestones(section) {
            self.milestone(*line, words);
        }
        for block in &section.blocks {
            let Kind::Items(items) = &block.kind else {
                self.keep_block(HEADING, block);
                continue;
            };
            for item in self.items(HEADING, items) {
                let told = item.words.labelled().map(|(label, value)| (label.to_owned(), value));
                let understood = told.is_some_and(|(label, value)| self.fact(&label, &value, item));
                if !understood {
                    self.keep(HEADING, item.line, &item.words.text());
                    self.keep_below(HEADING, item);
                }
            }
        }
    }

    /// Takes one fact in; whether it is one.
    fn fact(&mut self, label: &str, value: &Words, item: &Item) -> bool {
        let line = item.line;
        let text = value.text();
        match label {
            "Duration" => return is_derived(&text) && item.below.is_empty(),
            "Time zone" => return self.reading.zone.as_ref().is_some_and(|zone| zone.name() == text),
            "Severity" => {
                let severity = text.parse().ok();
                self.reading.severity = severity;
                if severity.is_none() {
                    return false;
                }
                self.say(line, Change::SeveritySet { severity, when: None });
            }
            "Status" => {
                let status = Status::ALL.into_iter().find(|status| status.word() == text);
                self.status = status.map(|status| (status, line)).or(self.status);
                return status.is_some();
            }
            "Services" => {
                for service in text.split(", ").filter(|service| !service.is_empty()) {
                    self.say(line, Change::ItemAdded { list: List::Services, text: service.into() });
                }
            }
            "Impact" => self.impact(value, item),
            // Read before everything else.
            "Milestones" => {}
            "Roles" => {
                for (line, words) in &item.below {
                    match words.text().split_once(": ") {
                        Some((role, name)) => self.roles.push((role.into(), name.into(), *line)),
                        None => self.keep(HEADING, *line, &words.text()),
                    }
                }
            }
            // The timeline says who took a role over, and when.
            "Handed over" => {
                for (line, words) in &item.below {
                    let text = words.text();
                    let told = |(_, had): (&str, &str)| had.contains(" from ") || had.contains(" until ");
                    if !text.split_once(": ").is_some_and(told) {
                        self.keep(HEADING, *line, &text);
                    }
                }
            }
            // Where nothing else was said of it, the report tells how the milestone was met.
            "Detection" if self.detected_so(&text) => {}
            _ => match fact_of(label) {
                Some(fact) => {
                    self.set(fact, value, line);
                    self.keep_below(HEADING, item);
                }
                None => return false,
            },
        }
        true
    }

    pub(super) fn set(&mut self, fact: Fact, value: &Words, line: u32) {
        if let Some(text) = known(value) {
            self.say(line, Change::FactSet { fact, text });
        }
    }

    fn detected_so(&self, text: &str) -> bool {
        let mut met = self.milestones.iter().filter(|told| told.kind == MilestoneKind::Detected);
        met.any(|told| told.how.as_ref().is_some_and(|how| how.as_typed() == text))
    }

    /// In words, and below it how many were affected and what was lost.
    fn impact(&mut self, value: &Words, item: &Item) {
        self.set(Fact::Impact, value, item.line);
        for (line, words) in &item.below {
            let text = words.text();
            if let Some(affected) = text.strip_prefix("Affected: ") {
                self.say(*line, Change::AffectedAdded { affected: grammar::affected(affected) });
            } else if let Some(loss) = text.strip_prefix("Loss: ") {
                self.say(*line, Change::ItemAdded { list: List::Losses, text: loss.into() });
            } else {
                self.keep("Impact", *line, &text);
            }
        }
    }

    /// `Detected: about 2025-01-10 23:41 UTC, 11 minutes after started — synthetic check`.
    fn milestone(&mut self, line: u32, words: &Words) {
        let text = words.text();
        let (head, how) =
            text.split_once(" — ").map_or((text.as_str(), None), |(head, how)| (head, Some(how)));
        let told = milestone_time(head).and_then(|(kind, time)| {
            let (approximate, time) = time.strip_prefix("about ").map_or((false, time), |time| (true, time));
            let when = Moment { approximate, ..self.times.full(time)? };
            Some(Told { kind, when, how: how.map(Raw::new), line, has_row: false })
        });
        match told {
            Some(told) => self.milestones.push(told),
            None => self.keep("Milestones", line, &text),
        }
    }
}

fn milestones(section: &Section) -> impl Iterator<Item = &(u32, Words)> {
    let lists = section.blocks.iter().filter_map(|block| match &block.kind {
        Kind::Items(items) => Some(items),
        _ => None,
    });
    let items = lists.flatten().filter(|item| item.odd.is_none());
    items
        .filter(|item| item.words.labelled().is_some_and(|(label, _)| label == "Milestones"))
        .flat_map(|item| &item.below)
}

/// `Detected: 2025-01-10 23:41 UTC, 11 minutes after started` is that milestone and its time.
fn milestone_time(text: &str) -> Option<(MilestoneKind, &str)> {
    let (word, time) = text.split_once(": ")?;
    let kind = MilestoneKind::ALL.into_iter().find(|kind| kind.word().eq_ignore_ascii_case(word))?;
    let time = time.split_once(" — ").map_or(time, |(time, _)| time);
    let time = match time.rsplit_once(", ") {
        Some((time, after)) if after.ends_with(" after started") => time,
        _ => time,
    };
    Some((kind, time))
}

fn fact_of(label: &str) -> Option<Fact> {
    Some(match label {
        "Summary" => Fact::Summary,
        "Root Cause" => Fact::RootCause,
        "Trigger" => Fact::Trigger,
        "Detection" => Fact::Detection,
        _ => return None,
    })
}

/// Whether the words on the duration are those that follow from the milestones.
fn is_derived(text: &str) -> bool {
    let counted = text.starts_with(|c: char| c.is_ascii_digit()) || text.starts_with("less than a minute");
    let between = counted && text.contains(", from ") && text.contains(" to ");
    let starts = ["not known: ", "ongoing since ", "not recorded", "the start was not set; "];
    between || starts.iter().any(|start| text.starts_with(start))
}
