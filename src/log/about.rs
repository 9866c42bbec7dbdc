//! What is said about hypotheses.

use serde::{Deserialize, Serialize};

use super::Change;
use crate::model::{HypothesisStatus, Moment, Subject};
use crate::text::Raw;

/// Something said about a hypothesis: of whom or what, in which words, and when (none: when it was stamped).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// The hypothesis.
    pub subject: Subject,
    /// Why, what was seen, what was done; by the change it stands in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Raw>,
    /// When it happened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Box<Moment>>,
}

impl Change {
    /// What was said of which hypothesis, where it is about one.
    pub fn about(&self) -> Option<&About> {
        match self {
            Self::HypothesisRaised(about)
            | Self::HypothesisRuledOut(about)
            | Self::HypothesisConfirmed(about)
            | Self::HypothesisParked(about)
            | Self::HypothesisReopened(about)
            | Self::HypothesisTested { about, .. }
            | Self::EvidenceAdded { about, .. } => Some(about),
            _ => None,
        }
    }

    /// What it settles a hypothesis as, where it rules one out, confirms it or parks it.
    pub fn settles(&self) -> Option<HypothesisStatus> {
        match self {
            Self::HypothesisRuledOut(_) => Some(HypothesisStatus::RuledOut),
            Self::HypothesisConfirmed(_) => Some(HypothesisStatus::Confirmed),
            Self::HypothesisParked(_) => Some(HypothesisStatus::Parked),
            _ => None,
        }
    }
}
