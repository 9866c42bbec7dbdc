//! Where an incident is shared with other hosts.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// A server, what the incident is called there, and what lets one in. It is a fact of this host, not of the incident: each
/// host may reach the server by another name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shared {
    /// The address of the NATS server: `nats://nats.example:4222`, `tls://…`; several, with commas, of one cluster.
    pub server: String,
    /// What the incident is called there: its id where it was shared first, and what founded it.
    pub name: String,
    /// A file of credentials, as `nsc` writes one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credentials: Option<PathBuf>,
    /// A file of certificates that the server's is checked against, beside those of the system.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ca: Option<PathBuf>,
    /// Nothing is changed here: it was joined to be read.
    #[serde(default)]
    pub read_only: bool,
    /// Whose records came stamped so far ahead that the clock of this host does not follow them: those of hosts whose clocks
    /// are wrong.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ahead: Vec<String>,
    /// On how many servers of a cluster the stream lies that is made for it; one where none is told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replicas: Option<usize>,
}

impl Shared {
    /// Whether it leads to the same place in the same way.
    pub fn is_same(&self, other: &Self) -> bool {
        let bare = |shared: &Self| Self { ahead: Vec::new(), ..shared.clone() };
        bare(self) == bare(other)
    }
}
