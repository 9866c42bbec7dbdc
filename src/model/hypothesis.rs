//! Hypotheses: suspected causes, with what speaks for and against them.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::at::instant;
use super::metrics::between;
use super::{At, Id, Instant, Source};
use crate::text::Raw;

/// The short name of a suspected cause ("database"). Two that differ only in case or blanks are the same.
#[derive(Clone, Debug, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Subject(Raw);

impl Subject {
    /// A subject from the words typed, blanks folded.
    pub fn new(words: &str) -> Self {
        Self(Raw::new(words.split_whitespace().collect::<Vec<_>>().join(" ")))
    }

    /// The words as typed.
    pub fn raw(&self) -> &Raw {
        &self.0
    }

    /// What is compared: case and blanks do not count.
    pub fn key(&self) -> String {
        self.0.as_typed().split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
    }
}

impl PartialEq for Subject {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

/// Where a hypothesis stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum HypothesisStatus {
    /// Raised, nobody is on it.
    #[default]
    Open,
    /// Somebody is testing it.
    Testing,
    /// It is not the cause.
    RuledOut,
    /// It is the cause.
    Confirmed,
    /// Set aside.
    Parked,
}

impl HypothesisStatus {
    /// The words a person reads.
    pub fn words(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Testing => "testing",
            Self::RuledOut => "ruled out",
            Self::Confirmed => "confirmed",
            Self::Parked => "parked",
        }
    }

    /// Whether a verdict was given.
    pub fn is_closed(self) -> bool {
        matches!(self, Self::RuledOut | Self::Confirmed)
    }

    /// Whether nobody looks into it any more: a verdict was given, or it was parked.
    pub fn is_set_aside(self) -> bool {
        self.is_closed() || self == Self::Parked
    }
}

impl fmt::Display for HypothesisStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.words())
    }
}

/// Which way a piece of evidence points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// It speaks for the hypothesis.
    For,
    /// It speaks against it.
    Against,
    /// What following the hypothesis made worse.
    Harm,
}

/// One line for, against, or harm.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Evidence {
    /// When it was seen; null where a document does not tell.
    #[serde(default)]
    pub at: Option<At>,
    /// Who gave it.
    pub by: Raw,
    /// Which way it points.
    pub side: Side,
    /// What was seen.
    pub text: Raw,
    /// The entry of the timeline that shows it.
    #[serde(default)]
    pub entry: Option<Id>,
    /// That entry was struck out: kept, but it counts no more.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub struck: bool,
}

/// What is done to find out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Test {
    /// What is done.
    pub text: Raw,
    /// Who does it.
    #[serde(default)]
    pub owner: Option<Raw>,
    /// Since when; null where a document does not tell.
    #[serde(default)]
    pub started_at: Option<At>,
    /// What came of it.
    #[serde(default)]
    pub result: Option<Raw>,
}

/// That a verdict, or setting it aside, did not hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Reopened {
    /// When it was opened again; null where a document does not tell.
    #[serde(default)]
    pub at: Option<At>,
    /// How it stood until then: ruled out, confirmed or parked.
    pub was: HypothesisStatus,
    /// Why it was opened again.
    #[serde(default)]
    pub why: Option<Raw>,
}

impl Reopened {
    /// `opened again 08:59, was confirmed`, without why.
    pub fn words(&self, at: impl Fn(&At) -> String) -> String {
        let at = self.at.as_ref().map(|known| format!(" {}", at(known))).unwrap_or_default();
        format!("opened again{at}, was {}", self.was)
    }
}

/// A suspected cause.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Hypothesis {
    /// The stamp of the first record that names it.
    pub id: Id,
    /// Its short name, and its identity: one subject is one hypothesis.
    pub subject: Subject,
    /// Why it is suspected.
    #[serde(default)]
    pub why: Option<Raw>,
    /// Where it stands.
    pub status: HypothesisStatus,
    /// Who is on it.
    #[serde(default)]
    pub owner: Option<Raw>,
    /// When it was raised; null where only its verdict is known.
    #[serde(default)]
    pub raised_at: Option<At>,
    /// When it was ruled out or confirmed.
    #[serde(default)]
    pub closed_at: Option<At>,
    /// Why it was ruled out, confirmed or parked.
    #[serde(default)]
    pub reason: Option<Raw>,
    /// That it was settled before and was opened again; none where it never was, and once it is settled anew.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reopened: Option<Reopened>,
    /// How long its running test may take, in minutes.
    #[serde(default)]
    pub timebox_minutes: Option<u32>,
    /// What was done to find out.
    #[serde(default)]
    pub tests: Vec<Test>,
    /// What speaks for and against it, and what harm following it did.
    #[serde(default)]
    pub evidence: Vec<Evidence>,
    /// When the first record of it was written, in UTC.
    #[serde(with = "instant")]
    #[schemars(with = "At")]
    pub logged_at: Instant,
    /// Where the first mention of it stands in the document it was imported from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
}

impl Hypothesis {
    /// From raising to the verdict; unknown where either is, or where they contradict each other. Where both lack the zone, as
    /// if they were in UTC: to count between them, any serves.
    pub fn followed(&self) -> Option<(Instant, Instant)> {
        match between([self.raised_at, self.closed_at]) {
            [Some(raised), Some(closed)] => Some((raised, closed)).filter(|_| closed >= raised),
            _ => None,
        }
    }

    /// Whether its verdict has an instant: only then it can be compared with other times.
    pub fn is_placed(&self) -> bool {
        self.closed_at.is_some_and(|at| at.instant().is_some())
    }

    /// Whether its verdict was given after this.
    pub fn is_closed_after(&self, at: &At) -> bool {
        self.closed_at.is_some_and(|closed| at.sort_key() < closed.sort_key())
    }

    /// The same in minutes.
    pub fn minutes(&self) -> Option<i64> {
        self.followed().map(|(raised, closed)| (closed - raised).num_minutes())
    }

    /// Why it is suspected, where why it was opened again does not say the same.
    pub fn suspected_because(&self) -> Option<&Raw> {
        let again = self.reopened.as_ref().and_then(|reopened| reopened.why.as_ref());
        self.why.as_ref().filter(|why| Some(*why) != again)
    }

    /// The evidence of one side that counts, in the order it came.
    pub fn evidence_of(&self, side: Side) -> impl Iterator<Item = &Evidence> {
        self.evidence.iter().filter(move |e| e.side == side && !e.struck)
    }
}
