//! The timeline of our own report: entries, and rows that stand for a change of something else.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::mem::discriminant;

use chrono::NaiveDate;

use super::page::{Item, Kind, Section, Words};
use super::{Sheet, hypotheses};
use crate::import::just_added;
use crate::log::Change;
use crate::model::at::Day;
use crate::model::{At, EntryKind, MilestoneKind, Moment, Status};
use crate::text::{Raw, marks};

const HEADING: &str = "Timeline";

/// A row of the timeline.
struct Row {
    line: u32,
    when: Moment,
    key: bool,
    text: String,
    by: Option<Raw>,
}

impl Sheet {
    pub(super) fn timeline(&mut self, section: &Section) {
        let rows = self.rows(section);
        let standing: Vec<Vec<Change>> = rows.iter().map(|row| self.stands_for(row)).collect();
        for told in &mut self.milestones {
            let mut at_time = rows.iter().zip(&standing).filter(|(row, _)| row.when.at == told.when.at);
            told.has_row = at_time.any(|(row, changes)| {
                let of = |change: &Change| matches!(change, Change::MilestoneSet { milestone, .. } if *milestone == told.kind);
                changes.iter().any(of) || status_tells(told.kind, &row.text)
            });
        }
        let unmet = self.unmet(&standing);
        let mut beside = self.beside(&rows, &standing);
        for (at, (row, mut changes)) in rows.into_iter().zip(standing).enumerate() {
            let kind = changes.first().map_or(EntryKind::Note, kind_of);
            changes.extend(beside.remove(&at).unwrap_or_default());
            self.row(row, kind, changes);
        }
        for milestone in unmet {
            self.say(section.line, Change::MilestoneCleared { milestone });
        }
    }

    /// What a status that was set would set as met, and the summary does not have: it was cleared later.
    fn unmet(&self, standing: &[Vec<Change>]) -> Vec<MilestoneKind> {
        let was_set = |kind: MilestoneKind| {
            let sets = |change: &Change| matches!(change, Change::StatusSet { status, .. } if same_word(kind, *status));
            standing.iter().flatten().any(sets)
        };
        let is_met = |kind| self.milestones.iter().any(|told| told.kind == kind);
        MilestoneKind::ALL.into_iter().filter(|kind| was_set(*kind) && !is_met(*kind)).collect()
    }

    /// What no row is the row of: a document from elsewhere said it in an entry of its own words. By the place of the row
    /// at its time, for which it makes none; where there is no such row, it is known all the same.
    fn beside(&mut self, rows: &[Row], standing: &[Vec<Change>]) -> BTreeMap<usize, Vec<Change>> {
        let mut free: BTreeMap<i64, (&At, usize)> = BTreeMap::new();
        for (at, row) in rows.iter().enumerate().filter(|(at, _)| standing[*at].is_empty()) {
            free.entry(row.when.at.sort_key()).or_insert((&row.when.at, at));
        }
        let place = |at: &At| free.get(&at.sort_key()).filter(|(time, _)| *time == at).map(|(_, at)| *at);
        let mut beside: BTreeMap<usize, Vec<Change>> = BTreeMap::new();
        for told in self.milestones.clone().into_iter().filter(|told| !told.has_row) {
            let row = place(&told.when.at);
            let (milestone, how, when) = (told.kind, told.how, Some(told.when.into()));
            let change = Change::MilestoneSet { milestone, how, when };
            match row {
                Some(row) => beside.entry(row).or_default().push(change),
                None => self.say(told.line, change),
            }
        }
        let about = |change: &Change| Some((discriminant(change), change.about()?.subject.key()));
        let timed = standing.iter().flatten().filter(|change| change.when().is_some());
        let has_row: HashSet<_> = timed.filter_map(about).collect();
        for change in self.hypotheses.iter().flat_map(hypotheses::Told::timed) {
            let row = change.when().and_then(|when| place(&when.at));
            if let (Some(row), false) = (row, about(&change).is_some_and(|one| has_row.contains(&one))) {
                beside.entry(row).or_default().push(change);
            }
        }
        beside
    }

    fn row(&mut self, row: Row, kind: EntryKind, changes: Vec<Change>) {
        let (tags, people) = marks::named(&row.text);
        let when = Some(row.when.into());
        let first = self.reading.found.len();
        self.say(row.line, Change::EntryAdded { text: row.text.into(), tags, people, kind, when });
        for change in changes {
            self.say(row.line, change);
        }
        if row.key {
            self.say(row.line, Change::EntryStarred { entry: just_added() });
        }
        if let Some(by) = row.by {
            self.reading.by.extend((first..self.reading.found.len()).map(|at| (at, by.clone())));
        }
    }

    /// All rows, with their days and their authors.
    fn rows(&mut self, section: &Section) -> Vec<Row> {
        let mut day = self.only_day();
        let mut rows = Vec::new();
        for block in &section.blocks {
            match &block.kind {
                Kind::Paragraph(words) if words.text() == "No entries yet." => {}
                Kind::Paragraph(words) => match words.strong().and_then(|(text, _)| day_of(text)) {
                    Some(other) => day = other,
                    None => self.keep_block(HEADING, block),
                },
                Kind::Items(items) => {
                    for item in self.items(HEADING, items) {
                        match self.moment(&item.words, day) {
                            Some((when, words)) => rows.push(row(item, when, &words)),
                            None => self.keep(HEADING, item.line, &item.words.text()),
                        }
                        self.keep_below(HEADING, item);
                    }
                }
                _ => self.keep_block(HEADING, block),
            }
        }
        take_authors(&mut rows);
        rows
    }

    /// The day of a timeline that names none: that on which the milestones were met.
    fn only_day(&self) -> Day {
        let face = crate::model::Face::new(&self.times.zone, self.reading.clock);
        let date = self.milestones.iter().find_map(|told| face.date(&told.when.at));
        date.map_or(Day::Unknown, Day::Full)
    }

    /// The time that a row begins with, and the words after it. One that somebody added need not stand out.
    fn moment(&self, words: &Words, day: Day) -> Option<(Moment, String)> {
        if let Some((time, rest)) = words.strong() {
            let rest = rest.text();
            return Some((self.times.row(time, day)?, rest.strip_prefix("— ").unwrap_or(&rest).to_owned()));
        }
        let text = words.text();
        let ends = text.match_indices(' ').map(|(at, _)| at).take(4).chain([text.len()]);
        let ends: Vec<usize> = ends.collect();
        ends.into_iter().rev().find_map(|end| {
            let time = text[..end].trim_end_matches([':', '-', '—', ',', ' ']);
            Some((self.times.row(time, day)?, without_dash(&text[end..]).to_owned()))
        })
    }

    /// What a row stands for; nothing where it is an entry of its own.
    fn stands_for(&mut self, row: &Row) -> Vec<Change> {
        let (text, when) = (row.text.as_str(), Some(Box::new(row.when.clone())));
        let met = self.milestones.iter().find(|told| {
            told.when.at == row.when.at && text == milestone_words(told.kind, told.how.as_ref())
        });
        if let Some(told) = met {
            let (milestone, how) = (told.kind, told.how.clone());
            return vec![Change::MilestoneSet { milestone, how, when: Some(told.when.clone().into()) }];
        }
        if let Some(status) = status_of(text) {
            return vec![Change::StatusSet { status, when }];
        }
        if let Some(level) = text.strip_prefix("Severity ") {
            let severity = level.parse().ok();
            if severity.is_some() || level == "no longer set" {
                return vec![Change::SeveritySet { severity, when }];
            }
        }
        if let Some(change) = self.role(text, when) {
            return vec![change];
        }
        self.of_hypothesis(text, &row.when).into_iter().collect()
    }

    /// `alice is commander`, where somebody is, or where nobody is any more.
    fn role(&self, text: &str, when: Option<Box<Moment>>) -> Option<Change> {
        if let Some(role) = text.strip_prefix("Nobody is ") {
            return Some(Change::RoleCleared { role: role.into(), when });
        }
        let mut parts = text.match_indices(" is ").map(|(at, is)| (&text[..at], &text[at + is.len()..]));
        let known =
            |role: &str| self.roles.iter().any(|(known, ..)| known.as_typed().eq_ignore_ascii_case(role));
        // `bob takes over as commander from alice`
        let mut over = text.match_indices(" takes over as ").filter_map(|(at, over)| {
            let rest = &text[at + over.len()..];
            let role = rest.match_indices(" from ").map(|(end, _)| &rest[..end]).find(|role| known(role))?;
            Some((&text[..at], role))
        });
        let (name, role) = parts.find(|(_, role)| known(role)).or_else(|| over.next())?;
        Some(Change::RoleTaken { role: role.into(), name: name.into(), when })
    }
}

fn row(item: &Item, when: Moment, text: &str) -> Row {
    let (key, text) = text.strip_prefix("★ ").map_or((false, text), |text| (true, text));
    Row { line: item.line, when, key, text: text.to_owned(), by: None }
}

fn without_dash(text: &str) -> &str {
    text.trim_start().trim_start_matches(['—', '-', ':']).trim_start()
}

/// Takes the names off the rows, where all have one: a report with one author has none.
fn take_authors(rows: &mut [Row]) {
    let author = |row: &Row| {
        let (text, name) = row.text.strip_suffix(')')?.rsplit_once(" (")?;
        Some((text.len(), name.to_owned()))
    };
    let all: Option<Vec<(usize, String)>> = rows.iter().map(author).collect();
    let Some(all) = all else { return };
    if all.iter().map(|(_, name)| name).collect::<BTreeSet<_>>().len() > 1 {
        for (row, (length, name)) in rows.iter_mut().zip(all) {
            row.text.truncate(length);
            row.by = Some(Raw::new(name));
        }
    }
}

/// `2024-08-10, Saturday`, or `no date`.
fn day_of(text: &str) -> Option<Day> {
    if text == "no date" {
        return Some(Day::Unknown);
    }
    let (date, _) = text.split_once(", ")?;
    date.parse::<NaiveDate>().ok().map(Day::Full)
}

fn kind_of(change: &Change) -> EntryKind {
    match change {
        Change::MilestoneSet { .. } => EntryKind::Milestone,
        Change::StatusSet { .. } => EntryKind::Status,
        Change::SeveritySet { .. } => EntryKind::Severity,
        Change::RoleTaken { .. } | Change::RoleCleared { .. } => EntryKind::Role,
        _ => EntryKind::Hypothesis,
    }
}

/// The row of a milestone: `Detected: synthetic check`.
fn milestone_words(kind: MilestoneKind, how: Option<&Raw>) -> String {
    let word = kind.word();
    let how = how.map(|how| format!(": {}", how.as_typed()));
    format!("{}{}{}", word[..1].to_uppercase(), &word[1..], how.unwrap_or_default())
}

fn status_of(text: &str) -> Option<Status> {
    let word = text.strip_prefix("Status ")?;
    Status::ALL.into_iter().find(|status| status.word() == word)
}

/// Whether a status that was set says the same as a milestone.
fn status_tells(kind: MilestoneKind, text: &str) -> bool {
    status_of(text).is_some_and(|status| same_word(kind, status))
}

/// Whether the one sets the other.
fn same_word(kind: MilestoneKind, status: Status) -> bool {
    let sets = [MilestoneKind::Identified, MilestoneKind::Resolved, MilestoneKind::Closed];
    sets.contains(&kind) && kind.word() == status.word()
}
