//! What is to be done afterwards.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{At, Id, Source};
use crate::text::Raw;

/// How broad an action is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ActionKind {
    /// Broad.
    Improvement,
    /// Specific.
    #[default]
    Task,
}

impl ActionKind {
    /// Its word in the files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Improvement => "improvement",
            Self::Task => "task",
        }
    }
}

/// Where an action stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ActionStatus {
    /// To be done.
    #[default]
    Open,
    /// Done.
    Done,
    /// Will not be done; the reason says why.
    Dropped,
}

impl ActionStatus {
    /// Its word in the files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Done => "done",
            Self::Dropped => "dropped",
        }
    }
}

/// What is to be done afterwards.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Action {
    /// The stamp of the record that added it.
    pub id: Id,
    /// What people call it by: 1, 2, 3 in the order of the records.
    pub number: u32,
    /// How broad it is.
    #[serde(default)]
    pub kind: ActionKind,
    /// What is to be done.
    pub text: Raw,
    /// Who does it.
    #[serde(default)]
    pub owner: Option<Raw>,
    /// Until when, a date in the incident's zone.
    #[serde(default)]
    pub due: Option<NaiveDate>,
    /// 0 is the most urgent.
    #[serde(default)]
    pub priority: Option<u8>,
    /// What it is good for: prevent, detect, mitigate.
    #[serde(default)]
    pub class: Option<Raw>,
    /// Where it is tracked.
    #[serde(default)]
    pub link: Option<Raw>,
    /// Where it stands.
    #[serde(default)]
    pub status: ActionStatus,
    /// Why it was dropped.
    #[serde(default)]
    pub reason: Option<Raw>,
    /// When it was done or dropped.
    #[serde(default)]
    pub closed_at: Option<At>,
    /// Where it stands in the document it was imported from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
}
