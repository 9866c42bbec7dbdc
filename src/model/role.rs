//! Who has which role, and who had it before.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::At;
use crate::text::Raw;

/// Who has which role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Role {
    /// "commander", "scribe".
    pub role: Raw,
    /// The person.
    pub name: Raw,
    /// Since when, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<At>,
}

/// Who had a role before somebody else took it over, or nobody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FormerRole {
    /// "commander", "scribe".
    pub role: Raw,
    /// The person.
    pub name: Raw,
    /// Since when, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<At>,
    /// Until when, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<At>,
}
