//! Settings of incidents that are shared with other hosts.

use serde::Serialize;

/// The server that they are shared over, where none is named.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ShareSettings {
    /// Its address: `tls://nats.example:4222`.
    pub server: Option<String>,
    /// A file of credentials.
    pub credentials: Option<String>,
    /// A file of certificates that the server's is checked against, beside those of the system.
    pub ca: Option<String>,
    /// On how many servers of a cluster a stream lies: 1, 3 or 5.
    pub replicas: Option<u8>,
}

impl ShareSettings {
    /// What the settings file may say.
    pub const NAMES: [&str; 4] = ["server", "credentials", "ca", "replicas"];
}
