//! Milestones: the instants of an incident that a person can set, each at most once.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{At, Instant, Moment, Precision};
use crate::text::Raw;

/// Which milestone, in the order an incident meets them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MilestoneKind {
    /// The harm began.
    Started,
    /// Somebody or something noticed.
    Detected,
    /// Somebody took it on.
    Acknowledged,
    /// It was declared an incident.
    Declared,
    /// The cause was found.
    Identified,
    /// The harm ended, perhaps by a workaround.
    Mitigated,
    /// All is as it was.
    Resolved,
    /// The work after it is done.
    Closed,
}

impl MilestoneKind {
    /// All of them, in order.
    pub const ALL: [Self; 8] = [
        Self::Started,
        Self::Detected,
        Self::Acknowledged,
        Self::Declared,
        Self::Identified,
        Self::Mitigated,
        Self::Resolved,
        Self::Closed,
    ];

    /// Its word in the files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Started => "started",
            Self::Detected => "detected",
            Self::Acknowledged => "acknowledged",
            Self::Declared => "declared",
            Self::Identified => "identified",
            Self::Mitigated => "mitigated",
            Self::Resolved => "resolved",
            Self::Closed => "closed",
        }
    }
}

impl fmt::Display for MilestoneKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// When a milestone was met, and how that is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Milestone {
    /// When it was met.
    pub at: At,
    /// How precisely that is known.
    #[serde(default)]
    pub precision: Precision,
    /// Given as "about".
    #[serde(default)]
    pub approximate: bool,
    /// The words the time was given in.
    #[serde(default)]
    pub as_written: Option<Raw>,
    /// How it was met: "Prometheus latency alert".
    #[serde(default)]
    pub how: Option<Raw>,
}

impl Milestone {
    /// A milestone met at `when`.
    pub fn new(when: &Moment, how: Option<Raw>) -> Self {
        Self {
            at: when.at,
            precision: when.precision,
            approximate: when.approximate,
            as_written: when.as_written.clone(),
            how,
        }
    }

    /// When it was met.
    pub fn moment(&self) -> Moment {
        Moment {
            at: self.at,
            until: None,
            precision: self.precision,
            approximate: self.approximate,
            as_written: self.as_written.clone(),
        }
    }
}

/// The milestones that were met; those that were not are left out in the file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Milestones {
    #[serde(skip_serializing_if = "Option::is_none")]
    started: Option<Milestone>,
    #[serde(skip_serializing_if = "Option::is_none")]
    detected: Option<Milestone>,
    #[serde(skip_serializing_if = "Option::is_none")]
    acknowledged: Option<Milestone>,
    #[serde(skip_serializing_if = "Option::is_none")]
    declared: Option<Milestone>,
    #[serde(skip_serializing_if = "Option::is_none")]
    identified: Option<Milestone>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mitigated: Option<Milestone>,
    #[serde(skip_serializing_if = "Option::is_none")]
    resolved: Option<Milestone>,
    #[serde(skip_serializing_if = "Option::is_none")]
    closed: Option<Milestone>,
}

impl Milestones {
    /// The milestone, where it was met.
    pub fn get(&self, kind: MilestoneKind) -> Option<&Milestone> {
        match kind {
            MilestoneKind::Started => self.started.as_ref(),
            MilestoneKind::Detected => self.detected.as_ref(),
            MilestoneKind::Acknowledged => self.acknowledged.as_ref(),
            MilestoneKind::Declared => self.declared.as_ref(),
            MilestoneKind::Identified => self.identified.as_ref(),
            MilestoneKind::Mitigated => self.mitigated.as_ref(),
            MilestoneKind::Resolved => self.resolved.as_ref(),
            MilestoneKind::Closed => self.closed.as_ref(),
        }
    }

    /// The instant it was met, where that is wholly known.
    pub fn instant(&self, kind: MilestoneKind) -> Option<Instant> {
        self.get(kind).and_then(|m| m.at.instant())
    }

    /// Sets or clears one.
    pub fn set(&mut self, kind: MilestoneKind, to: Option<Milestone>) {
        let slot = match kind {
            MilestoneKind::Started => &mut self.started,
            MilestoneKind::Detected => &mut self.detected,
            MilestoneKind::Acknowledged => &mut self.acknowledged,
            MilestoneKind::Declared => &mut self.declared,
            MilestoneKind::Identified => &mut self.identified,
            MilestoneKind::Mitigated => &mut self.mitigated,
            MilestoneKind::Resolved => &mut self.resolved,
            MilestoneKind::Closed => &mut self.closed,
        };
        *slot = to;
    }
}
