//! One line of the timeline.

use chrono::TimeDelta;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::at::instant;
use super::{At, Face, Id, Instant, Machine, MilestoneKind, Moment, Precision, Source, Test};
use crate::text::Raw;

/// What is logged more than this after it happened was logged late.
const LATE: TimeDelta = TimeDelta::minutes(5);

/// What an entry stands for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum EntryKind {
    /// What somebody noted.
    #[default]
    Note,
    /// A change of a hypothesis.
    Hypothesis,
    /// A milestone that was set.
    Milestone,
    /// A change of the status.
    Status,
    /// A change of the severity.
    Severity,
    /// A role that was taken or handed over.
    Role,
    /// What an alert sender reported.
    Alert,
    /// A command that was run.
    Command,
}

impl EntryKind {
    /// Whether a machine told it, not a person.
    pub fn is_machine(self) -> bool {
        matches!(self, Self::Alert | Self::Command)
    }

    /// Whether its words are its own; those of the others follow from the change that they stand for.
    pub fn has_own_words(self) -> bool {
        matches!(self, Self::Note | Self::Alert | Self::Command)
    }

    /// Whether somebody's words may stand behind what happened: a reason, how it was detected.
    pub fn has_words(self) -> bool {
        self.has_own_words() || matches!(self, Self::Hypothesis | Self::Milestone)
    }
}

/// One line of the timeline: when it happened, when it was logged, by whom, and what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Entry {
    /// The stamp of the record that added it.
    pub id: Id,
    /// When it happened.
    pub at: At,
    /// When it ended, where it is a range.
    #[serde(default)]
    pub until: Option<Box<At>>,
    /// How precisely `at` is known.
    #[serde(default)]
    pub precision: Precision,
    /// Given as "about".
    #[serde(default)]
    pub approximate: bool,
    /// The words the time was given in.
    #[serde(default)]
    pub as_written: Option<Raw>,
    /// When it was logged, in UTC.
    #[serde(with = "instant")]
    #[schemars(with = "At")]
    pub logged_at: Instant,
    /// Who logged it.
    pub by: Raw,
    /// What happened.
    pub text: Raw,
    /// Its tags, without the `#`.
    #[serde(default)]
    pub tags: Box<[Raw]>,
    /// The people it names, without the `@`.
    #[serde(default)]
    pub people: Box<[Raw]>,
    /// Marked as part of the short story.
    #[serde(default)]
    pub key: bool,
    /// What it stands for.
    #[serde(default)]
    pub kind: EntryKind,
    /// The hypothesis it stands for a change of.
    #[serde(default)]
    pub hypothesis: Option<Box<Id>>,
    /// The milestone it stands for.
    #[serde(default)]
    pub milestone: Option<MilestoneKind>,
    /// Struck out: kept, but no part of the report.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub struck: bool,
    /// Its text or its time was changed after it was logged.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub edited: bool,
    /// The wall clock stood behind the order of the records when it was logged, or the clock that logged it was over a
    /// hundred years ahead.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub skewed: bool,
    /// Where it stands in the document it was imported from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Box<Source>>,
    /// What stands behind it where a machine told it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub machine: Option<Box<Machine>>,
}

impl Entry {
    /// When it happened, as one value.
    pub fn moment(&self) -> Moment {
        Moment {
            at: self.at,
            until: self.until.as_deref().copied(),
            precision: self.precision,
            approximate: self.approximate,
            as_written: self.as_written.clone(),
        }
    }

    /// Sets when it happened.
    pub fn set_moment(&mut self, when: &Moment) {
        self.at = when.at;
        self.until = when.until.map(Box::new);
        self.precision = when.precision;
        self.approximate = when.approximate;
        self.as_written.clone_from(&when.as_written);
    }

    /// What it says with these words behind what happened, where it stands for a change.
    pub fn with_words(&self, words: &Raw) -> Raw {
        let text = self.text.as_typed();
        let happened = text.split_once(": ").map_or(text, |(happened, _)| happened);
        Raw::new([happened, ": ", words.as_typed()].concat())
    }

    /// The words that a person can put right: all of an entry of its own; of one that stands for a change, what was said of
    /// it. `tests` are those of its hypothesis, with whose words an owner and a time-box are told.
    pub fn words(&self, tests: &[Test]) -> Option<Raw> {
        if self.kind.has_own_words() {
            return Some(self.text.clone());
        }
        let (_, said) = self.text.as_typed().split_once(": ").filter(|_| self.kind.has_words())?;
        let tested = tests.iter().map(|test| test.text.as_typed()).filter(|text| !text.is_empty());
        let tested = tested.filter(|text| said.strip_prefix(text).is_some_and(|rest| rest.starts_with(" (")));
        Some(Raw::new(tested.max_by_key(|text| text.len()).unwrap_or(said)))
    }

    /// What it says, and what became of it where a machine told it: `disk full on db-2 (resolved 10:55)`.
    pub fn with_state(&self, face: &Face<'_>) -> Raw {
        let state =
            self.machine.as_ref().map(|machine| machine.state(face)).filter(|state| !state.is_blank());
        let Some(state) = state else { return self.text.clone() };
        Raw::new([self.text.as_typed(), " (", state.as_typed(), ")"].concat())
    }

    /// Who tells it: whoever logged it, or wrote it in a chat. What was imported from a document was typed by nobody here: the
    /// document tells it.
    pub fn told_by(&self) -> &Raw {
        self.source.as_ref().filter(|source| source.message.is_none()).map_or(&self.by, |source| &source.file)
    }

    /// When it was known: when it was logged; of what was imported, when the document says that it happened, what that does
    /// not say counted as the first of its kind.
    pub fn known_at(&self) -> Instant {
        let told = self.source.as_ref().and_then(|_| Instant::from_timestamp_millis(self.at.sort_key()));
        told.unwrap_or(self.logged_at)
    }

    /// How much later than it happened it was logged, where that is late: what was imported is told by people who
    /// were there, and a machine knows by itself when it was.
    pub fn late(&self) -> Option<TimeDelta> {
        let late = self.at.instant().map(|at| self.logged_at - at);
        late.filter(|late| *late > LATE && self.source.is_none() && !self.kind.is_machine())
    }

    /// Whether it stands for a change of this hypothesis.
    pub fn is_about(&self, hypothesis: Id) -> bool {
        self.hypothesis.as_deref() == Some(&hypothesis)
    }

    /// Its place in the timeline: when it happened, then the order of logging.
    pub fn place(&self) -> (i64, Id) {
        (self.at.sort_key(), self.id)
    }
}
