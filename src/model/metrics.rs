//! Metrics: the lengths of time that a report counts, each defined once by the two milestones it lies between.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{At, Instant, MilestoneKind, Milestones, Zone};

/// Minutes between milestones; null where one of the two is not known or they contradict each other. Those that came later
/// are left out instead: records with metrics in them were written before, and keep their bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Metrics {
    /// Started to resolved.
    pub duration_minutes: Option<i64>,
    /// Started to detected.
    pub time_to_detect_minutes: Option<i64>,
    /// Started to acknowledged.
    pub time_to_acknowledge_minutes: Option<i64>,
    /// Started to identified.
    pub time_to_identify_minutes: Option<i64>,
    /// Started to mitigated.
    pub time_to_mitigate_minutes: Option<i64>,
    /// Started to resolved.
    pub time_to_resolve_minutes: Option<i64>,
    /// Detected to identified.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub diagnosis_minutes: Option<i64>,
    /// What share of the duration the diagnosis took, in whole percent: the part of it between started and resolved.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub diagnosis_percent: Option<u8>,
    /// How long a hypothesis was followed that was ruled out later: the part between started and resolved, as far as
    /// those are known. What two of them took at once counts once.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wrong_paths_minutes: Option<i64>,
    /// What share of the duration that is, in whole percent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wrong_paths_percent: Option<u8>,
}

/// What a metric is: the time from one milestone to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Definition {
    /// What a person reads.
    pub name: &'static str,
    /// Where it begins.
    pub from: MilestoneKind,
    /// Where it ends.
    pub to: MilestoneKind,
    /// What it says, in a sentence.
    pub meaning: &'static str,
    /// Who defines it so.
    pub source: &'static str,
}

/// GitLab, "Visual guide to incident metrics" (2023), which counts each from the first impact on the product.
const GUIDE: &str = "GitLab, Visual guide to incident metrics (2023)";
const OWN: &str = "warroom";

impl Definition {
    /// From the start to the end.
    pub const DURATION: Self = Self {
        name: "Duration",
        from: MilestoneKind::Started,
        to: MilestoneKind::Resolved,
        meaning: "How long it was not as it should be.",
        source: GUIDE,
    };
    /// Until somebody or something noticed.
    pub const DETECT: Self = Self {
        name: "Time to detect",
        from: MilestoneKind::Started,
        to: MilestoneKind::Detected,
        meaning: "How long the harm went unnoticed.",
        source: GUIDE,
    };
    /// Until somebody took it on.
    pub const ACKNOWLEDGE: Self = Self {
        name: "Time to acknowledge",
        from: MilestoneKind::Started,
        to: MilestoneKind::Acknowledged,
        meaning: "How long until somebody worked on it, counted from the start and not from the alarm.",
        source: GUIDE,
    };
    /// Until the cause was found.
    pub const IDENTIFY: Self = Self {
        name: "Time to identify",
        from: MilestoneKind::Started,
        to: MilestoneKind::Identified,
        meaning: "How long the cause was not known.",
        source: OWN,
    };
    /// Until the harm ended.
    pub const MITIGATE: Self = Self {
        name: "Time to mitigate",
        from: MilestoneKind::Started,
        to: MilestoneKind::Mitigated,
        meaning: "How long people were harmed, a workaround being enough to end that.",
        source: GUIDE,
    };
    /// Until all was as it had been.
    pub const RESOLVE: Self = Self {
        name: "Time to resolve",
        from: MilestoneKind::Started,
        to: MilestoneKind::Resolved,
        meaning: "How long until all was as it had been; the same as the duration.",
        source: GUIDE,
    };
    /// The search for the cause.
    pub const DIAGNOSIS: Self = Self {
        name: "Diagnosis",
        from: MilestoneKind::Detected,
        to: MilestoneKind::Identified,
        meaning: "How long the cause was looked for; its share is that of the part within the duration.",
        source: OWN,
    };

    /// All of them, in the order of a report.
    pub const ALL: [Self; 7] = [
        Self::DURATION,
        Self::DETECT,
        Self::ACKNOWLEDGE,
        Self::IDENTIFY,
        Self::MITIGATE,
        Self::RESOLVE,
        Self::DIAGNOSIS,
    ];

    /// The time between its two milestones.
    pub fn measured(&self, milestones: &Milestones) -> Measured {
        let ends = [self.from, self.to];
        let lacks: Vec<MilestoneKind> =
            ends.into_iter().filter(|kind| milestones.get(*kind).is_none()).collect();
        if !lacks.is_empty() {
            return Measured::Lacks(lacks);
        }
        match between(ends.map(|kind| milestones.get(kind).map(|met| met.at))) {
            [Some(from), Some(to)] if from <= to => Measured::Between(from, to),
            [Some(_), Some(_)] => Measured::Contradictory,
            [None, _] => Measured::Vague(self.from),
            [_, None] => Measured::Vague(self.to),
        }
    }

    /// Whether both of its milestones are known with their zones: only then their instants can be compared with others.
    pub fn is_placed(&self, milestones: &Milestones) -> bool {
        [self.from, self.to].iter().all(|kind| milestones.instant(*kind).is_some())
    }

    /// The same in minutes, where it is known.
    pub fn minutes(&self, milestones: &Milestones) -> Option<i64> {
        match self.measured(milestones) {
            Measured::Between(from, to) => Some((to - from).num_minutes()),
            _ => None,
        }
    }
}

/// The instants of two times. Where both lack the zone, it is that of one document, and any serves to count between them.
pub(super) fn between(ends: [Option<At>; 2]) -> [Option<Instant>; 2] {
    let is_zoneless = |at: &Option<At>| at.is_some_and(|at| at.offset.is_none() && at.time.is_some());
    let common = ends.iter().all(is_zoneless);
    ends.map(|at| at.and_then(|at| if common { at.about(&Zone::default()) } else { at.instant() }))
}

/// How long a hypothesis was followed that was ruled out later, as a person reads it.
pub const WRONG_PATHS: (&str, &str) = (
    "Wrong paths",
    "How long a hypothesis was followed that was ruled out later, within the duration; what two took at once counts once.",
);

/// What is known of the time between two milestones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Measured {
    /// Both are known, and the first is not the later one. Where both lack the zone, as if they were in UTC.
    Between(Instant, Instant),
    /// These were not recorded.
    Lacks(Vec<MilestoneKind>),
    /// This one was recorded without its date, its time of day or its zone.
    Vague(MilestoneKind),
    /// The second lies before the first.
    Contradictory,
}
