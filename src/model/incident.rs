//! The incident: one outage with everything that is known of it.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    Action, At, Attachment, Disputed, Document, Entry, FieldSource, FormerRole, Hypothesis, Id, Metrics,
    MilestoneKind, Milestones, Role, Source, Subject, Timeline, Zone,
};
use crate::text::Raw;

/// The version of the incident file.
pub const SCHEMA: u32 = 1;

/// Where an incident stands.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// The cause is not known.
    #[default]
    Investigating,
    /// The cause is known.
    Identified,
    /// The harm is being ended.
    Mitigating,
    /// The harm seems ended; people are watching.
    Monitoring,
    /// All is as it was.
    Resolved,
    /// The work after it is done.
    Closed,
}

impl Status {
    /// All of them, in order.
    pub const ALL: [Self; 6] = [
        Self::Investigating,
        Self::Identified,
        Self::Mitigating,
        Self::Monitoring,
        Self::Resolved,
        Self::Closed,
    ];

    /// Its word in the files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Investigating => "investigating",
            Self::Identified => "identified",
            Self::Mitigating => "mitigating",
            Self::Monitoring => "monitoring",
            Self::Resolved => "resolved",
            Self::Closed => "closed",
        }
    }

    /// Whether the outage is over.
    pub fn is_over(self) -> bool {
        self >= Self::Resolved
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// How times of day are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub enum Clock {
    /// 15:04
    #[default]
    #[serde(rename = "24h")]
    H24,
    /// 3:04 PM
    #[serde(rename = "12h")]
    H12,
}

/// How many were affected.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Affected {
    /// A share in percent.
    pub percent: Option<Percent>,
    /// Of whom or what that share is; null where the number is no share of anybody ("25% degradation").
    pub of: Option<Raw>,
    /// A count ("12,000 orders").
    pub count: Option<u64>,
    /// Given as "about".
    pub approximate: bool,
    /// The words as typed.
    pub text: Raw,
}

/// A number of percent. Its equality is that of its bits, so that records can be compared.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Percent(#[serde(serialize_with = "whole")] pub f64);

impl PartialEq for Percent {
    fn eq(&self, other: &Self) -> bool {
        self.0.to_bits() == other.0.to_bits()
    }
}
impl Eq for Percent {}

/// Writes 40 as `40`, not as `40.0`: it is what the person typed.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature is serde's")]
#[expect(clippy::cast_possible_truncation, reason = "guarded by the comparison")]
fn whole<S: serde::Serializer>(number: &f64, to: S) -> Result<S::Ok, S::Error> {
    // As an integer, -0.0 would lose its sign, and would then be another number.
    let minus_zero = number.to_bits() == (-0.0_f64).to_bits();
    if number.fract() == 0.0 && number.abs() < 1e15 && !minus_zero {
        to.serialize_i64(*number as i64)
    } else {
        to.serialize_f64(*number)
    }
}

/// What the outage meant for people.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Impact {
    /// In words.
    pub text: Option<Raw>,
    /// How many were affected.
    pub affected: Vec<Affected>,
    /// What was lost: "$150,000 potential".
    pub loss: Vec<Raw>,
}

/// How it was ended.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Resolution {
    /// What ended the harm for the time being.
    pub temporary: Option<Raw>,
    /// What ended it for good.
    pub permanent: Option<Raw>,
}

/// What stakeholders were told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Update {
    /// The stamp of its record.
    pub id: Id,
    /// When.
    pub at: At,
    /// By whom.
    pub by: Raw,
    /// For whom: `internal` or `public`.
    pub audience: Raw,
    /// What.
    pub text: Raw,
    /// Where it stands in the document it was imported from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
}

/// What was decided, and who approved it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Decision {
    /// The stamp of its record.
    pub id: Id,
    /// When.
    pub at: At,
    /// Who logged it.
    pub by: Raw,
    /// Who decided, where that was said.
    #[serde(default)]
    pub who: Option<Raw>,
    /// What.
    pub text: Raw,
    /// Where it stands in the document it was imported from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
}

/// What was learned.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Lessons {
    /// What went well.
    pub went_well: Vec<Raw>,
    /// What went wrong.
    pub went_wrong: Vec<Raw>,
    /// Where luck helped.
    pub lucky: Vec<Raw>,
}

/// A pointer to something outside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Link {
    /// What it is.
    pub label: Raw,
    /// Where it is.
    pub url: Raw,
}

/// What fits nowhere else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Note {
    /// Its heading.
    pub heading: Raw,
    /// Its text.
    pub text: Raw,
}

/// What of the journal this state comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct JournalSummary {
    /// How many records, those that were purged counted.
    pub records: u64,
    /// The stamp of the last.
    pub last: Option<Id>,
}

/// One outage with everything that is known of it: what `incident.json` holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Incident {
    /// The version of this form.
    pub schema: u32,
    /// The name of its folder: the date and a slug of the title.
    pub id: Raw,
    /// What people call it.
    pub title: Raw,
    /// 1 is the worst.
    #[serde(default)]
    pub severity: Option<u8>,
    /// Where it stands.
    #[serde(default)]
    pub status: Status,
    /// The zone that times are printed in, as typed.
    #[serde(default)]
    pub zone: Zone,
    /// How times of day are printed.
    #[serde(default)]
    pub clock: Clock,
    /// The services affected.
    #[serde(default)]
    pub services: Vec<Raw>,
    /// The milestones that were met.
    #[serde(default)]
    pub milestones: Milestones,
    /// Who has which role.
    #[serde(default)]
    pub roles: Vec<Role>,
    /// Who had a role before, in the order in which they gave it up.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub former_roles: Vec<FormerRole>,
    /// The short story in words.
    #[serde(default)]
    pub summary: Option<Raw>,
    /// What it meant for people.
    #[serde(default)]
    pub impact: Impact,
    /// Why it happened.
    #[serde(default)]
    pub root_cause: Option<Raw>,
    /// What set it off.
    #[serde(default)]
    pub trigger: Option<Raw>,
    /// What helped it along.
    #[serde(default)]
    pub factors: Vec<Raw>,
    /// How it was noticed.
    #[serde(default)]
    pub detection: Option<Raw>,
    /// How it was ended.
    #[serde(default)]
    pub resolution: Resolution,
    /// What happened, in the order it happened.
    #[serde(default)]
    pub timeline: Timeline,
    /// What was suspected, in the order of the first mention.
    #[serde(default)]
    pub hypotheses: Vec<Hypothesis>,
    /// What is to be done.
    #[serde(default)]
    pub actions: Vec<Action>,
    /// What stakeholders were told.
    #[serde(default)]
    pub updates: Vec<Update>,
    /// Minutes between two updates to stakeholders.
    #[serde(default)]
    pub update_every_minutes: Option<u32>,
    /// Since when that is settled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub update_every_since: Option<At>,
    /// What was decided.
    #[serde(default)]
    pub decisions: Vec<Decision>,
    /// The files that are kept with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
    /// What was learned.
    #[serde(default)]
    pub lessons: Lessons,
    /// Pointers to something outside.
    #[serde(default)]
    pub links: Vec<Link>,
    /// What fits nowhere else.
    #[serde(default)]
    pub notes: Vec<Note>,
    /// Other incidents that belong to this one, by their ids.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<Raw>,
    /// The incidents that were merged into this one, by their ids.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub merged: Vec<Raw>,
    /// The incident that this one was merged into, by its id: what is added here is not added there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub merged_into: Option<Raw>,
    /// Doubts: what contradicts itself, what was read but not understood.
    #[serde(default)]
    pub warnings: Vec<Raw>,
    /// Values that do not show, because two people set a field without having seen each other's change.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub disputed: Vec<Disputed>,
    /// Where fields stand in the document they were imported from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<FieldSource>,
    /// The documents that it was imported from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub documents: Vec<Document>,
    /// Minutes between milestones, and what they say.
    #[serde(default)]
    pub metrics: Metrics,
    /// What of the journal this state comes from.
    #[serde(default)]
    pub journal: JournalSummary,
}

impl Default for Incident {
    fn default() -> Self {
        Self {
            schema: SCHEMA,
            id: Raw::default(),
            title: Raw::default(),
            severity: None,
            status: Status::default(),
            zone: Zone::default(),
            clock: Clock::default(),
            services: Vec::new(),
            milestones: Milestones::default(),
            roles: Vec::new(),
            former_roles: Vec::new(),
            summary: None,
            impact: Impact::default(),
            root_cause: None,
            trigger: None,
            factors: Vec::new(),
            detection: None,
            resolution: Resolution::default(),
            timeline: Timeline::default(),
            hypotheses: Vec::new(),
            actions: Vec::new(),
            updates: Vec::new(),
            update_every_minutes: None,
            update_every_since: None,
            decisions: Vec::new(),
            attachments: Vec::new(),
            lessons: Lessons::default(),
            links: Vec::new(),
            notes: Vec::new(),
            related: Vec::new(),
            merged: Vec::new(),
            merged_into: None,
            warnings: Vec::new(),
            disputed: Vec::new(),
            sources: Vec::new(),
            documents: Vec::new(),
            metrics: Metrics::default(),
            journal: JournalSummary::default(),
        }
    }
}

impl Incident {
    /// The hypothesis about this subject.
    pub fn hypothesis(&self, subject: &Subject) -> Option<&Hypothesis> {
        let key = subject.key();
        self.hypotheses.iter().find(|h| h.subject.key() == key)
    }

    /// The action with this number.
    pub fn action(&self, number: u32) -> Option<&Action> {
        self.actions.iter().find(|a| a.number == number)
    }

    /// The entry with this id.
    pub fn entry(&self, id: Id) -> Option<&Entry> {
        self.timeline.iter().rfind(|e| e.id == id)
    }

    /// When it began as far as is known: `started`, else the first entry. The flag says that it is the latter.
    pub fn began(&self) -> Option<(super::Instant, bool)> {
        if let Some(at) = self.milestones.instant(MilestoneKind::Started) {
            return Some((at, false));
        }
        self.timeline.iter().find_map(|e| e.at.instant()).map(|at| (at, true))
    }
}
