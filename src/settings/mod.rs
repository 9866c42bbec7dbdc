//! Settings: plain data with defaults. Who loads them is upstairs, in `config`.

pub mod theme;

use serde::Deserialize;

use crate::model::Clock;

/// What a person can set for all incidents.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Who makes changes; else the login name.
    pub name: Option<String>,
    /// The zone of new incidents; else the system's.
    pub zone: Option<String>,
    /// The clock style of new incidents.
    pub clock: Clock,
}
